// What the log says of each question: known, shaky, or nothing yet; saved or not. Derives, and shows it where a page
// names questions: headings, contents list, index, plans, bar. Writes nothing.
import { events, onChange } from "./log.js"

const WORDS = { known: "Known", shaky: "Shaky" }
const SHAKY_GRADES = 2 // Again and Hard

/** A map from question id to { grade, at, day, mark, saved }. What was said of a removed question counts for its heir. */
export async function readMarks() {
  const marks = new Map()
  const heirs = new Map([...document.querySelectorAll("[data-was]")].flatMap(box => box.dataset.was.split(" ").map(was => [was, box.dataset.question])))
  for (const event of await events()) {
    const question = heirs.get(event.question) ?? event.question
    const mark = marks.get(question) ?? {}
    if (event.kind === "review" && Number.isInteger(event.grade) && event.grade >= 1 && event.grade <= 4) {
      Object.assign(mark, { grade: event.grade, at: event.at, day: event.day, mark: event.grade > SHAKY_GRADES ? "known" : "shaky" })
    } else if (event.kind === "state" && event.field === "saved") {
      mark.saved = event.value === true
    } else continue
    marks.set(question, mark)
  }
  return marks
}

/** Shows the marks of all questions on this page, now and whenever they change in any tab; `also` gets them each time. */
export function showMarks(also = () => {}) {
  let turn = 0
  const show = async () => {
    const mine = ++turn
    const marks = await readMarks()
    if (mine !== turn) return // a later change has been read meanwhile
    for (const box of document.querySelectorAll(".q[data-question], .list > li[data-question], .plan a[data-question]")) mark(box, marks.get(box.dataset.question))
    for (const link of document.querySelectorAll(".md-nav--secondary a[href^='#']")) {
      const known = marks.get(decodeURIComponent(link.hash.slice(1)))
      if (known || link.dataset.mark) mark(link, known)
    }
    showBar(marks)
    showPlan(marks)
    also(marks)
  }
  onChange(show)
  return show()
}

function mark(box, known = {}) {
  box.dataset.mark = known.mark ?? ""
  box.dataset.saved = known.saved ? "yes" : ""
  const place = box.matches(".q") ? box.querySelector(".q-meta") : box.querySelector(".list-facts") ?? box
  let words = place.querySelector(".mark-words")
  if (!words) {
    words = document.createElement("span")
    words.className = "mark-words hidden-words"
    place.append(words)
  }
  words.textContent = [WORDS[known.mark], known.saved && "Saved"].filter(Boolean).map(word => ` ${word}.`).join("")
}

function showPlan(marks) {
  const said = document.querySelector(".plan-said")
  if (!said) return
  const planned = [...document.querySelectorAll(".plan a[data-question]")].map(link => marks.get(link.dataset.question)?.mark)
  const count = name => planned.filter(mark => mark === name).length
  said.textContent = `${count("known")} of ${planned.length} known, ${count("shaky")} shaky`
}

function showBar(marks) {
  const bar = document.querySelector(".bar")
  if (!bar) return
  const here = [...document.querySelectorAll(".q[data-question]")].map(box => marks.get(box.dataset.question)?.mark)
  const count = name => here.filter(mark => mark === name).length
  bar.querySelector(".bar-marks").textContent = ` · ${count("known")} known, ${count("shaky")} shaky`
  bar.querySelector("progress").value = count("known")
}
