// "How did it go?" under an answer: four grades and a mark to save it for later. Made when an answer is first opened.
import { append, studyDay } from "./log.js"

const GRADES = { 1: ["Again", "I could not say it"], 2: ["Hard", "I said part of it"], 3: ["Good", "I said it"], 4: ["Easy", "I said it at once"] }

let latest = new Map()

/** Adds a row to each answer that is opened. */
export function startGrading() {
  const add = fold => {
    const box = fold.closest(".q[data-question]")
    if (fold.matches?.(".q-a[open]") && box && !box.querySelector(".grade")) addRow(box)
  }
  addEventListener("toggle", event => add(event.target), true)
  document.querySelectorAll(".q-a[open]").forEach(add)
}

/** Shows what the log says now. */
export function showGrades(marks) {
  latest = marks
  document.querySelectorAll(".q[data-question]:has(.grade)").forEach(showRow)
}

function addRow(box) {
  const row = document.createElement("div")
  row.className = "grade"
  row.role = "group"
  row.ariaLabel = "How did it go?"
  const add = (tag, text, properties, data) => {
    const child = Object.assign(document.createElement(tag), { textContent: text, ...properties })
    Object.assign(child.dataset, data)
    row.append(child)
  }
  add("p", "How did it go?", { className: "grade-title", ariaHidden: "true" })
  for (const [grade, [word, meaning]] of Object.entries(GRADES)) add("button", word, { type: "button", title: meaning }, { grade })
  add("button", "Save for later", { type: "button" }, { save: "" })
  add("p", "", { className: "grade-said", role: "status" })
  row.addEventListener("click", event => press(box, row, event.target))
  box.querySelector(".q-foot").before(row)
  showRow(box)
}

async function press(box, row, button) {
  const { question } = box.dataset
  let unkept
  if (button.dataset.grade) unkept = await append("review", { question, grade: Number(button.dataset.grade) })
  else if ("save" in button.dataset) unkept = await append("state", { question, field: "saved", value: button.ariaPressed !== "true" })
  else return
  row.dataset.unkept = unkept
  if (unkept) row.querySelector(".grade-said").textContent = unkept
}

function showRow(box) {
  const { grade, at, day, saved } = latest.get(box.dataset.question) ?? {}
  const row = box.querySelector(".grade")
  const today = day === studyDay()
  for (const button of row.querySelectorAll("[data-grade]")) button.ariaPressed = String(today && Number(button.dataset.grade) === grade)
  const save = row.querySelector("[data-save]")
  save.ariaPressed = String(Boolean(saved))
  save.textContent = saved ? "Saved" : "Save for later"
  const when = at && new Date(at * 1000).toLocaleDateString(document.documentElement.lang || "en", { dateStyle: "medium" })
  if (!row.dataset.unkept) row.querySelector(".grade-said").textContent = grade && !today ? `Last time, ${when}: ${GRADES[grade][0]}.` : ""
}
