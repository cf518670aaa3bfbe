// The seam behind the search box: everything else asks `search` and knows no engine. This one is MiniSearch over one file,
// fetched when it is first needed; a site of many thousand questions would put a chunked index behind the same function.
import MiniSearch from "minisearch"
import { form, WORD } from "./forms.js"

const MOST = 50
const FIELDS = { question: 3, aliases: 4, short: 5, topics: 1, answer: 0.5 }
const COVERAGE = 1.5 // a question that has all words of the query goes before one that has a rare one
const CORE = 1.4 // what most readers look for
const NAMED = 2.5 // a question that goes by just these words goes before one that holds them somewhere
const COMMON = new Set("a an and are as at be by can do does for from how i if in is it its many much of on or should that the to use used using vs versus was what when which who why will with would you your between difference explain describe define meaning tell me about".split(" "))

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
  const { pages, topics, core, questions } = await answer.json()
  const first = new Set(core)
  const entries = questions.map(([id, page, level, question, short, about, aliases, sentence], place) => ({
    id, level, question, short, aliases, answer: sentence, core: first.has(place), topics: about.map(topic => topics[topic]).join(", "),
    category: pages[page][1], url: `${base}${pages[page][0]}#${id}`,
    names: new Set([short, ...aliases.split(", ")].map(name => bare(words(name)))),
  }))
  const index = new MiniSearch({
    fields: Object.keys(FIELDS),
    tokenize: words,
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
  const typed = words(text)
  const asked = telling(typed).join(" ")
  const name = bare(typed)
  const options = {
    boost: FIELDS,
    prefix: (term, at, terms) => at === terms.length - 1 || term.length > 3,
    fuzzy: term => term.length > 3 ? (term.length > 7 ? 0.25 : 0.2) : false,
    weights: { fuzzy: 0.4, prefix: 0.6 },
  }
  const hits = index.search(asked, options)
  for (const hit of hits) {
    hit.score *= (hit.queryTerms.length / typed.length) ** COVERAGE
    const { core, names } = byId.get(hit.id)
    if (core) hit.score *= CORE
    if (names.has(name)) hit.score *= NAMED
  }
  hits.sort((one, other) => other.score - one.score)
  return hits.slice(0, MOST).map(hit => ({ ...byId.get(hit.id), terms: hit.terms }))
}

const words = text => text.match(WORD) ?? []

/** The words that tell questions apart, or all where none does. */
function telling(all) {
  const left = all.filter(word => !COMMON.has(word.toLowerCase()))
  return left.length ? left : all
}

/** A name as it is compared with others, in whatever order its words come. */
const bare = all => telling(all).map(form).sort().join(" ")
