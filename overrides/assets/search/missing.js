// On the page for wrong addresses: what the words of the address may have meant.
import { openEngine } from "./engine.js"
import { WORD } from "./forms.js"

const SHOWN = 5
const NO_WORDS = new Set(["q", "questions", "index", "html", "md"])

export async function suggest(box) {
  const path = decodeURIComponent(location.pathname.slice(new URL(document.body.dataset.base, location.href).pathname.length))
  const parts = path.split("/").map(wordsOf).filter(Boolean).reverse() // the last part of an address says most
  if (!parts.length) return
  const engine = await openEngine(document.body.dataset.base)
  let found = []
  for (const words of [...parts, parts.join(" ")]) if (!found.length) found = await meant(engine, words)
  if (!found.length) return
  const title = document.createElement("h2")
  title.textContent = "Did you mean"
  const list = document.createElement("ul")
  for (const { url, question } of found) {
    const link = document.createElement("a")
    link.href = url
    link.textContent = question
    list.appendChild(document.createElement("li")).append(link)
  }
  box.replaceChildren(title, list)
}

/** What words name, written as one (`over-fiting`) or apart. */
async function meant(engine, words) {
  const hits = await Promise.all([words.replaceAll(" ", ""), words].map(text => engine.search(text, SHOWN)))
  return [...new Map(hits.flat().map(hit => [hit.id, hit])).values()].slice(0, SHOWN)
}

function wordsOf(part) {
  return (part.match(WORD) ?? []).filter(word => !NO_WORDS.has(word)).join(" ")
}
