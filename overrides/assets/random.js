// "Surprise me": a question at random, of those that the list shows, or of all.
import { openEngine } from "./search/engine.js"

export async function surprise() {
  const shown = [...document.querySelectorAll(".filters ~ .list > li:not([hidden]) > a")].map(link => link.href)
  const all = shown.length ? shown : (await openEngine(document.body.dataset.base)).all.map(entry => entry.url)
  location.assign(all[Math.floor(Math.random() * all.length)])
}
