// The filters of the list of all questions. Choices of one kind are joined by "or", kinds by "and"; the address holds them.
import { openEngine } from "./search/engine.js"
import { readMarks } from "./study/marks.js"
import { onChange } from "./study/log.js"

const MANY = ["level", "status"]
const ONE = ["text", "core", "topic", "company"]

/** Brings the form to life. */
export function startFilters(form) {
  const rows = [...document.querySelectorAll(".list > li")]
  const none = document.querySelector(".list-none")
  let marks = new Map()
  let turn = 0

  const wanted = () => {
    const given = new FormData(form)
    return Object.fromEntries([...MANY.map(name => [name, given.getAll(name)]), ...ONE.map(name => [name, (given.get(name) ?? "").trim()])])
  }

  const apply = async () => {
    const mine = ++turn
    const want = wanted()
    const found = want.text ? await idsOf(want.text, rows, () => mine === turn) : undefined
    if (mine !== turn) return // a later key was quicker
    for (const row of rows) row.hidden = !suits(row, want, found, marks)
    for (const list of document.querySelectorAll(".list")) {
      const empty = [...list.children].every(row => row.hidden)
      list.hidden = empty
      if (list.previousElementSibling?.matches("h2")) list.previousElementSibling.hidden = empty
    }
    const shown = rows.filter(row => !row.hidden).length
    form.querySelector("output").textContent = shown === rows.length ? `${shown} questions` : `${shown} of ${rows.length} questions`
    none.hidden = shown > 0
    none.textContent = shown ? "" : excuse(want, marks)
  }

  const remember = () => {
    const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value)).toString()
    history.replaceState(history.state, "", (query ? `?${query}` : location.pathname) + location.hash)
  }

  const restore = () => {
    const query = new URLSearchParams(location.search)
    for (const field of form.elements) {
      if (field.type === "checkbox") field.checked = query.getAll(field.name).includes(field.value)
      else if (field.name) field.value = query.get(field.name) ?? ""
    }
    for (const select of form.querySelectorAll("select")) if (select.selectedIndex < 0) select.value = "" // a topic that is gone
  }

  form.addEventListener("input", () => { remember(); apply() })
  form.addEventListener("submit", event => event.preventDefault())
  form.addEventListener("reset", () => setTimeout(() => { remember(); apply() }))
  addEventListener("popstate", () => { restore(); apply() })
  onChange(async () => { marks = await readMarks(); apply() })
  if (location.search) restore()
  else remember() // what was chosen before this script was there
  apply()
  readMarks().then(read => { marks = read; apply() })
}

/** The questions that a text finds; by the letters of the list alone where the search cannot be loaded. */
async function idsOf(text, rows, isWanted) {
  try {
    const engine = await openEngine(document.body.dataset.base)
    await engine.calm()
    return new Set(isWanted() ? await engine.ids(text) : [])
  } catch {
    const same = rows.filter(row => row.textContent.toLowerCase().includes(text.toLowerCase()))
    return new Set(same.map(row => row.dataset.question))
  }
}

function suits(row, want, found, marks) {
  const { mark, saved } = marks.get(row.dataset.question) ?? {}
  const status = [mark ?? "new", saved && "saved"]
  const topics = row.querySelector(".q-topics").textContent.split(", ")
  return (!found || found.has(row.dataset.question))
    && (!want.level.length || want.level.includes(row.dataset.level))
    && (!want.core || row.querySelector(".q-core"))
    && (!want.topic || topics.includes(want.topic))
    && (!want.company || row.dataset.companies?.split(" ").includes(want.company))
    && (!want.status.length || want.status.some(one => status.includes(one)))
}

function excuse(want, marks) {
  if (want.status.length && ![...marks.values()].some(mark => mark.mark || mark.saved)) {
    return "You have no marks yet. Open an answer and say how it went; the marks stay on this device."
  }
  return "No question matches all of these. Take one filter away, or clear them."
}
