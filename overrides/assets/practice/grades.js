// The four buttons under a card, one of them proposed, each with when the question would come back.
import { days, el } from "./dom.js"

export const GRADES = { 1: "Again", 2: "Hard", 3: "Good", 4: "Easy" }
const MEANS = { 1: "I could not say it", 2: "I said part of it", 3: "I said it", 4: "I said it at once" }

/** A group of buttons; `grade` is called with 1 to 4. `choices` are days by grade, left out where nothing comes back. */
export function gradeButtons(grade, choices) {
  const group = el("div", { className: "grades", role: "group", ariaLabel: "How did it go?" }, el("p", { className: "grades-title" }, "How did it go?"))
  for (const [value, word] of Object.entries(GRADES)) {
    const when = choices ? el("span", { className: "grades-when" }, ` ${days(choices[value])}`) : ""
    group.append(el("button", { type: "button", className: "button", title: MEANS[value], data: { grade: value }, onclick: () => grade(Number(value)) },
      el("span", {}, word), when))
  }
  const said = el("p", { className: "grades-said", role: "status" })
  group.append(said)
  return {
    group,
    /** Marks the grade that the ticks speak for. */
    propose(value) {
      for (const one of group.querySelectorAll("[data-grade]")) one.classList.toggle("proposed", Number(one.dataset.grade) === value)
      said.textContent = value ? `Your ticks speak for ${GRADES[value]}.` : ""
    },
    /** Marks the grade that was given. */
    press(value) {
      for (const one of group.querySelectorAll("[data-grade]")) one.ariaPressed = String(Number(one.dataset.grade) === value)
    },
  }
}
