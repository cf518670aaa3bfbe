// "Surprise me": a question at random, of those that the list shows, or of all.
import { openEngine } from "./search/engine.js"

export async function surprise() {
  const shown = [...document.querySelectorAll(".filters ~ .list > li:not([hidden]) > a")].map(link => link.href)
  const { base } = document.body.dataset
  const any = () => openEngine(base).then(engine => engine.any()).catch(() => `${base}questions/`)
  location.assign(shown.length ? shown[Math.floor(Math.random() * shown.length)] : await any())
}
