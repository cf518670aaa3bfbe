// "Surprise me": a question at random, of those that the list shows, or of all.
import { openEngine } from "./search/engine.js"

export async function surprise() {
  const shown = [...document.querySelectorAll(".filters ~ .list > li:not([hidden]) > a")].map(link => link.href)
  const { base } = document.body.dataset
  const all = shown.length ? shown : await openEngine(base).then(engine => engine.all.map(entry => entry.url), () => [`${base}questions/`])
  location.assign(all[Math.floor(Math.random() * all.length)])
}
