// The seam behind the search box: everything else asks `search` and knows no engine. This one is MiniSearch over one file,
// fetched when it is first needed; a site of many thousand questions would put a chunked index behind the same function.
import MiniSearch from "minisearch"
import { form, WORD } from "./forms.js"

const MOST = 50
const FIELDS = { question: 3, aliases: 4, short: 3, topics: 1, answer: 1 }
const COVERAGE = 1.5 // a question that has all words of the query goes before one that has a rare one
const COMMON = new Set("a an and are as at be by can do does for from how i if in is it its of on or should that the to use used using vs versus was what when which who why will with would you your between difference explain describe define meaning tell me about".split(" "))

let engine

/** The engine, with `search(text)` and `all`, the entries in the order of the site. Rejects where its file cannot be had. */
export function openEngine(base) {
  engine ??= load(base).catch(error => {
    engine = undefined // the next key tries again
    throw error
  })
  return engine
}

async function load(base) {
  const answer = await fetch(`${base}search.json`)
  if (!answer.ok) throw new Error(`search.json: ${answer.status}`)
  const { pages, questions } = await answer.json()
  const entries = questions.map(([id, page, level, question, short, topics, aliases, sentence]) => ({
    id, level, question, short, topics, aliases, answer: sentence, category: pages[page][1], url: `${base}${pages[page][0]}#${id}`,
  }))
  const index = new MiniSearch({
    fields: Object.keys(FIELDS),
    tokenize: text => text.match(WORD) ?? [],
    processTerm: form,
  })
  index.addAll(entries)
  const byId = new Map(entries.map(entry => [entry.id, entry]))
  return {
    all: entries,
    search: text => find(index, byId, text),
  }
}

function find(index, byId, text) {
  const words = text.match(WORD) ?? []
  const telling = words.filter(word => !COMMON.has(word.toLowerCase()))
  const asked = (telling.length ? telling : words).join(" ")
  const options = {
    boost: FIELDS,
    prefix: (term, at, terms) => at === terms.length - 1 || term.length > 3,
    fuzzy: term => term.length > 3 ? (term.length > 7 ? 0.25 : 0.2) : false,
    weights: { fuzzy: 0.4, prefix: 0.6 },
  }
  const hits = index.search(asked, options)
  for (const hit of hits) hit.score *= (hit.queryTerms.length / words.length) ** COVERAGE
  hits.sort((one, other) => other.score - one.score)
  return hits.slice(0, MOST).map(hit => ({ ...byId.get(hit.id), terms: hit.terms }))
}
