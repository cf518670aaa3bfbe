// One question as a card: first alone, then what to say first with its key points to tick, a proposed grade, the rest.
import { enlivenFigures } from "../reading.js"
import { el } from "./dom.js"

const SHARES = [1 / 3, 2 / 3] // of the points that everybody owes: below the first Again, below the second Hard, else Good

/** What a card shows before the answer. `place` says where in the session it stands. */
export function front(question, parts, place) {
  return [
    el("p", { className: "card-place", id: "card-place" }, place),
    title(parts.title),
    el("div", { className: "card-prompt" }, parts.prompt, parts.hint),
  ]
}

/** The heading that gets the focus; where it stands is read after it. */
function title(words) {
  const heading = el("h2", { className: "card-title" }, words)
  heading.setAttribute("aria-describedby", "card-place")
  return heading
}

/** The first paragraph and the points to tick; `change` is called at every tick. Hashes of ticked points in `ticked()`. */
export function back(parts, change = () => {}, ticked = new Set()) {
  const boxes = parts.points.map(point => {
    const box = el("input", { type: "checkbox", onchange: change })
    box.point = point
    hashOf(point.textContent).then(hash => {
      box.dataset.point = hash
      if (ticked.has(hash)) {
        box.checked = true
        change()
      }
    })
    return box
  })
  const rows = boxes.map(box => el("label", { className: "point" }, box, el("span", {}, [...box.point.cloneNode(true).childNodes])))
  const short = el("div", { className: "q-short" }, [...parts.short.cloneNode(true).childNodes])
  const sheet = el("div", { className: "card-sheet" }, short,
    rows.length ? el("fieldset", { className: "points" }, el("legend", {}, "Which of these did you say?"), rows) : undefined)
  return {
    sheet,
    ticked: () => boxes.filter(box => box.checked).map(box => box.dataset.point).filter(Boolean),
    of: boxes.length,
    proposal: () => propose(boxes.map(box => ({ made: box.checked, senior: /\(senior\)\s*$/.test(box.point.textContent) }))),
  }
}

/** The rest of an answer, behind a fold. */
export function rest(parts) {
  const inside = [parts.full, ...parts.rest].filter(Boolean)
  const fold = el("details", { className: "q-hint card-rest" }, el("summary", {}, "Full answer"), el("div", { className: "q-body" }, inside),
    el("p", {}, el("a", { href: parts.link, target: "_blank" }, "Open it on its page")))
  enlivenFigures(fold)
  return fold
}

/** The grade that ticked points speak for, 1 to 3, or 0 where nothing is ticked. Easy is for the reader to say. */
export function propose(points) {
  if (!points.some(point => point.made)) return 0
  const owed = points.filter(point => !point.senior)
  const asked = owed.length ? owed : points
  const share = asked.filter(point => point.made).length / asked.length
  return share < SHARES[0] ? 1 : share < SHARES[1] ? 2 : 3
}

/** A hash of the words of a point, so that a tick survives a new order and not a new meaning. */
export async function hashOf(text) {
  const words = new TextEncoder().encode(text.trim().replace(/\s+/g, " "))
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", words))
  return [...bytes.slice(0, 6)].map(byte => byte.toString(16).padStart(2, "0")).join("")
}
