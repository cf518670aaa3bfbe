// The seam behind the search box: everything else asks the engine that this opens and knows none. `search.json` says which
// it is: all questions of a small site, or where a large site has its index in many small files.
import { askedFor, finder, openWhole } from "./whole.js"

let engine

/**
 * An engine; what its functions give are promises. Rejects where its files cannot be had; the next call tries again.
 *
 * - `search(text, most)`: the best questions, at most that many; their `count` is that of all found
 * - `ids(text)`: of all questions that are a match
 * - `calm()`: when it may be asked if nobody has typed on
 * - `any()`: the address of a question at random
 */
export function openEngine(base) {
  engine ??= open(base).catch(error => {
    engine = undefined
    throw error
  })
  return engine
}

async function open(base) {
  const answer = await fetch(`${base}search.json`)
  if (!answer.ok) throw new Error(`search.json: ${answer.status}`)
  const said = await answer.json()
  return said.chunks ? (await import("./chunked.js")).openChunked(base, said, { askedFor, finder }) : openWhole(base, said)
}
