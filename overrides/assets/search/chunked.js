// The engine of a large site: Pagefind finds one word at a time in an index of many small files, of which it fetches those
// that may hold it. The words of a query are added up here, since Pagefind would ask for all of them; then the rows of the
// best are fetched and put in order as on a small site.
import { form, WORD } from "./forms.js"
import { nearest } from "./spelling.js"

const MOST = 50
const LOOKED_AT = 16 // the rows of that many are fetched, of which the best are shown
const PAUSE = 120 // milliseconds: words are fetched, so not every letter of one that is being typed is looked up
const COVERAGE = 1.5 // as on a small site
const ENDING = 2 // letters by which a word may differ from one with the same beginning
const RANKING = { pageLength: 0, termFrequency: 0.2, termSaturation: 1.5, termSimilarity: 3 }

/** The engine over the files that `search.json` names, which `publish/chunks.py` writes; with parts of the one of a small
 * site, which does not import them: they would become a file more of every site. */
export async function openChunked(base, { chunks, count, share }, { finder, askedFor }) {
  const home = new URL(base + chunks, location.href).href
  const { createInstance } = await import(`${home}pagefind.js`)
  const pagefind = createInstance({ noWorker: true }) // the pages' policy lets no script start a worker
  await pagefind.options({ ranking: RANKING }) // waits until it is there
  const ranked = finder()
  const kept = new Map()

  /** What `make` has promised for a name, once; again where it could not be had. */
  const keep = (name, make) => {
    if (!kept.has(name)) kept.set(name, make().catch(error => { kept.delete(name); throw error }))
    return kept.get(name)
  }
  const list = name => keep(name, () => fetched(`${home}${name}.json`))

  const entryAt = async place => {
    const shelf = Math.floor(place / share)
    const entries = await keep(shelf, async () => {
      const found = (await fetched(`${home}rows/${shelf}.json`)).map(row => entryOf(base, row))
      ranked.add(found)
      return found
    })
    return entries[place % share]
  }

  const having = async word => (await pagefind.search(word)).results.map(({ id, score }) => [numberOf(id), score])

  /** The word, or what may have been meant by it, with the questions that have it. Pagefind goes by ever shorter beginnings
   * until it finds something, so its best questions are asked whether they hold the word. */
  const understood = word => keep(`word ${word}`, async () => {
    const hits = await having(word)
    const best = await Promise.all(hits.slice(0, 2).map(([place]) => entryAt(place)))
    if (word.length < 4 || best.some(entry => holds(entry, word))) return { meant: [word], hits }
    const meant = nearest(word, (await list("words")).map(form))
    return { meant, hits: meant[0] === word ? hits : (await Promise.all(meant.map(having))).flat() }
  })

  const ask = async text => {
    const answers = await Promise.all(askedFor(text).map(understood))
    const found = new Map()
    for (const { hits } of answers) {
      for (const [place, score] of hits) {
        const sum = found.get(place) ?? { place, score: 0, words: 0 }
        found.set(place, Object.assign(sum, { score: sum.score + score, words: sum.words + 1 }))
      }
    }
    const rating = hit => hit.score * hit.words ** COVERAGE
    return { meant: answers.flatMap(answer => answer.meant), hits: [...found.values()].sort((one, other) => rating(other) - rating(one)) }
  }

  return {
    calm: () => new Promise(done => setTimeout(done, PAUSE)),
    search: async (text, most = MOST) => {
      const { meant, hits } = await ask(text)
      const best = await Promise.all(hits.slice(0, Math.max(most, LOOKED_AT)).map(hit => entryAt(hit.place)))
      const found = ranked.find(meant.join(" "), new Set(best.map(entry => entry.id)))
      return Object.assign(found.slice(0, most), { count: best.length < hits.length ? hits.length : found.length })
    },
    ids: async text => {
      const [{ hits }, ids] = await Promise.all([ask(text), list("ids")])
      const words = Math.max(...hits.map(hit => hit.words))
      return hits.filter(hit => hit.words === words).map(hit => ids[hit.place])
    },
    any: async () => (await entryAt(Math.floor(Math.random() * count))).url,
  }
}

/** Asks the server each time: rows have to be of the same build as the index, whose list Pagefind fetches anew too. */
async function fetched(address) {
  const answer = await fetch(address, { cache: "no-cache" })
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`)
  return answer.json()
}

function entryOf(base, [id, page, category, level, question, short, topics, aliases, answer, core]) {
  return { id, level, question, short, aliases, answer, topics, category, core: Boolean(core), url: `${base}${page}#${id}` }
}

/** A record's name is its number, written from the last digit to the first. */
const numberOf = name => Number([...name].reverse().join(""))

/** Whether an entry has a word of the same beginning. */
function holds({ question, short, topics, aliases, answer }, word) {
  const beginning = word.slice(0, Math.max(4, word.length - ENDING))
  const own = `${question} ${short} ${topics} ${aliases} ${answer}`.match(WORD).map(form)
  return own.some(one => one.startsWith(beginning) || (one.length > 4 && word.startsWith(one)))
}
