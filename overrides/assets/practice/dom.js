// Small tools for building what a practice shows. Text is only ever set as text.
import { markScrollers } from "../reading.js"

/** A new element: `properties` are set, `data` becomes data attributes, `children` are nodes or strings. */
export function el(tag, { data = {}, ...properties } = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties)
  Object.assign(made.dataset, data)
  made.append(...children.flat(Infinity).filter(child => child !== undefined && child !== null && child !== ""))
  return made
}

/** A button that does something. */
export const button = (words, onclick, properties = {}) => el("button", { type: "button", className: "button", onclick, ...properties }, words)

/** Replaces what a practice shows, and takes the reader along: focus to its heading, the top of it into view. */
export function show(root, ...children) {
  root.replaceChildren(...children.flat(Infinity).filter(Boolean))
  markScrollers()
  const heading = root.querySelector("h2")
  if (!heading) return
  heading.tabIndex = -1
  heading.focus({ preventScroll: true })
  const header = document.querySelector(".md-header").getBoundingClientRect().bottom // it stays, and covers what is below it
  if (root.getBoundingClientRect().top < header || heading.getBoundingClientRect().bottom > innerHeight) root.scrollIntoView({ block: "start" })
}

/** One line that says how things stand; screen readers hear it. */
export const state = (words, ...more) => el("p", { className: "app-state", role: "status" }, words, ...more)

/** Says that something could not be loaded, and tries again when asked. The console knows what it was. */
export function showFailure(root, retry, error) {
  console.error(error)
  show(root, state("The questions could not be loaded. What you did is safe on this device. "), el("p", {}, button("Try again", retry)))
}

/** `1 question`, `2 questions`. */
export const count = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`

/** `1 day`, `3 weeks`: how long an interval is, as people say it. */
export function days(number) {
  if (number < 14) return count(number, "day")
  if (number < 60) return count(Math.round(number / 7), "week")
  if (number < 730) return count(Math.round(number / 30.4), "month")
  return count(Math.round(number / 365), "year")
}

/** The links of a list of questions. */
export const links = questions => el("ul", {}, questions.map(({ short, link }) => el("li", {}, el("a", { href: link }, short))))

/** A table of strings, numbers and nodes; all columns but the first are set to the right. */
export function table(head, rows) {
  const cells = (tag, row) => el("tr", {}, row.map(cell => el(tag, {}, typeof cell === "number" ? String(cell) : cell)))
  const wide = el("div", { className: "table-scroll" }, el("table", { className: "numbers" }, el("thead", {}, cells("th", head)), el("tbody", {}, rows.map(row => cells("td", row)))))
  new ResizeObserver(() => { // the keyboard can scroll what has the focus
    if (wide.scrollWidth > wide.clientWidth) wide.tabIndex = 0
    else wide.removeAttribute("tabindex")
  }).observe(wide)
  return wide
}

/** The choices of a setup form: lists for boxes, the value of everything else. */
export function choices(form) {
  const given = new FormData(form)
  return { ...Object.fromEntries(given), level: given.getAll("level") }
}

/** Fills a form from the address, and gives whether the address says anything; if not, what was chosen already stays. */
export function fill(form) {
  const query = new URLSearchParams(location.search)
  if (!query.size) return false
  for (const field of form.elements) {
    if (field.type === "checkbox") field.checked = query.getAll(field.name).includes(field.value)
    else if (field.name && query.has(field.name)) field.value = query.get(field.name)
  }
  for (const select of form.querySelectorAll("select")) if (select.selectedIndex < 0) select.selectedIndex = 0 // what is gone
  return true
}

/** Puts the choices of a form, and what else is given, into the address. */
export function remember(form, more = {}) {
  const query = new URLSearchParams([...new FormData(form)].filter(([name, value]) => value && !(name in more)))
  for (const [name, value] of Object.entries(more)) query.set(name, value)
  history.replaceState(history.state, "", query.size ? `?${query}` : location.pathname)
}
