// The search box of the header, as a combobox: results are questions; Enter or a click opens the answer. Fetched when the
// box gets the focus.
import { openEngine } from "./engine.js"
import { markWords } from "./words.js"

const SHOWN = 8
const LEVELS = ["", "Beginner", "Intermediate", "Advanced"]

const make = (tag, properties) => Object.assign(document.createElement(tag), properties)

/** Brings the box to life; it has the focus already. */
export function startBox(form) {
  const input = form.querySelector("input")
  const panel = make("div", { className: "search-results", hidden: true })
  const said = make("p", { className: "search-said", role: "status" })
  const list = make("ul", { id: "search-results", role: "listbox", ariaLabel: "Questions found" })
  panel.append(said, list)
  form.append(panel)
  input.setAttribute("aria-controls", list.id)
  const base = document.body.dataset.base
  let results = [], chosen = -1, turn = 0

  const show = async () => {
    const mine = ++turn
    const text = input.value.trim()
    if (!text) return close()
    let found
    try {
      said.textContent ||= "Searching…"
      const engine = await openEngine(base)
      await engine.calm()
      if (mine !== turn) return // a later key was quicker
      found = await engine.search(text, SHOWN)
    } catch {
      return offer([], "The search could not be loaded. Type on to try again, or press Enter for the list of all questions.")
    }
    if (mine !== turn) return // a later key was quicker
    offer(found, saying(found.count, text))
  }

  const offer = (found, words) => {
    results = found
    list.replaceChildren(...found.map(draw))
    said.textContent = words
    panel.hidden = false
    input.ariaExpanded = "true"
    choose(found.length ? 0 : -1)
  }

  const close = () => {
    panel.hidden = true
    input.ariaExpanded = "false"
    input.removeAttribute("aria-activedescendant")
    results = []
    said.textContent = ""
  }

  const choose = index => {
    chosen = index
    list.querySelectorAll("li").forEach((row, i) => { row.ariaSelected = String(i === index) })
    const row = list.children[index]
    if (!row) return input.removeAttribute("aria-activedescendant")
    input.setAttribute("aria-activedescendant", row.id)
    row.scrollIntoView({ block: "nearest" })
  }

  const go = (result, apart) => {
    const address = addressOf(result)
    if (apart) return open(address)
    close()
    input.blur()
    location.assign(address)
  }

  input.addEventListener("input", show)
  input.addEventListener("focus", show)
  input.addEventListener("keydown", event => {
    if (event.key === "Escape" && !panel.hidden) { close(); event.preventDefault() }
    if (!results.length) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step) {
      choose((chosen + step + results.length) % results.length)
      event.preventDefault()
    }
  })
  form.addEventListener("submit", event => {
    if (!results[chosen]) return // the list of all questions takes the text over
    event.preventDefault()
    go(results[chosen], false)
  })
  form.addEventListener("focusout", event => { if (!form.contains(event.relatedTarget)) close() })
  panel.addEventListener("mousedown", event => event.preventDefault()) // the box keeps the focus
  list.addEventListener("click", event => pick(event))
  list.addEventListener("auxclick", event => { if (event.button === 1) pick(event) })
  const pick = event => {
    const row = event.target.closest("li")
    if (row) go(results[[...list.children].indexOf(row)], event.ctrlKey || event.metaKey || event.button === 1)
  }
  show()
}

function saying(count, text) {
  if (!count) return `Nothing found for “${text}”. Try another word for it; Enter leads to the list of all questions.`
  return `${count} question${count === 1 ? "" : "s"}`
}

/** The opened answer, with the words that were looked for. */
function addressOf({ url, terms }) {
  const [page, id] = url.split("#")
  return `${page}?h=${encodeURIComponent(terms.join(" "))}#${id}-a`
}

function draw(result, index) {
  const row = document.createElement("li")
  row.id = `search-result-${index}`
  row.role = "option"
  row.append(
    line("search-question", result.question, result.terms),
    line("search-facts", `${LEVELS[result.level]} · ${result.category}`, []),
    line("search-text", result.answer, result.terms),
  )
  return row
}

function line(name, text, terms) {
  const box = document.createElement("span")
  box.className = name
  box.textContent = text
  markWords(box, terms)
  return box
}
