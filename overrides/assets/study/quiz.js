// Quick checks: choose, press the button, read why. Without this script every option still folds out its reason.
import { append, events } from "./log.js"

/** Brings every quick check of the page to life. */
export function startQuizzes() {
  const boxes = [...document.querySelectorAll(".quiz")]
  boxes.forEach(box => startQuiz(box))
  if (boxes.length) recall(boxes)
}

/** Brings one to life; `checked` is told of every check whether it was right. */
export function startQuiz(box, checked = () => {}) {
  box.dataset.live = ""
  box.addEventListener("submit", event => {
    event.preventDefault()
    check(box, checked)
  })
  box.addEventListener("change", () => conceal(box))
}

async function check(box, checked) {
  const rows = [...box.querySelectorAll(".option")]
  const chosen = rows.filter(row => row.querySelector("input").checked)
  if (!chosen.length) return say(box, "Choose an option first.")
  const wanted = rows.filter(row => "right" in row.dataset)
  const right = chosen.length === wanted.length && chosen.every(row => wanted.includes(row))
  for (const row of new Set([...chosen, ...wanted])) reveal(row)
  const said = verdict(right, chosen, wanted)
  say(box, said, right)
  checked(right)
  const { question, item } = box.dataset
  const unkept = await append("quiz", { question, item, chosen: chosen.map(row => row.dataset.option), right })
  if (unkept) say(box, `${said} ${unkept}`, right)
}

function verdict(right, chosen, wanted) {
  if (right) return "Right."
  const hits = chosen.filter(row => wanted.includes(row)).length
  if (wanted.length === 1 || !hits) return "Not quite. The reasons are under your choice and under the right answer."
  return `Not quite: ${hits} of ${wanted.length} right answers, ${chosen.length - hits} wrong.`
}

function reveal(row) {
  row.dataset.shown = ""
  row.querySelector(".why").open = true
}

function conceal(box) {
  for (const row of box.querySelectorAll(".option[data-shown]")) delete row.dataset.shown
  say(box, "")
}

function say(box, text, right) {
  const result = box.querySelector(".quiz-result")
  result.textContent = text
  if (right === undefined) delete result.dataset.right
  else result.dataset.right = right ? "yes" : "no"
}

/** Says how it went last time, without giving the answer away. */
async function recall(boxes) {
  const last = new Map((await events("quiz")).map(event => [event.question, event]))
  for (const box of boxes) {
    const event = last.get(box.dataset.question)
    if (!event || box.querySelector(".quiz-result").textContent) continue
    const day = new Date(event.at * 1000).toLocaleDateString(document.documentElement.lang || "en", { dateStyle: "medium" })
    const same = event.item === box.dataset.item
    say(box, same ? `Last time, ${day}: ${event.right ? "right" : "wrong"}.` : "The question has changed since you answered it.")
  }
}
