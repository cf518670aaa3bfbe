// The engine of a small site: MiniSearch over one file of all questions. On a large site it puts those in order that may be
// meant.
import MiniSearch from "minisearch"
import { form, WORD } from "./forms.js"

const MOST = 50
const FIELDS = { question: 3, aliases: 4, short: 5, topics: 1, answer: 0.5 }
const COVERAGE = 1.5 // a question that has all words of the query goes before one that has a rare one
const CORE = 1.4 // what most readers look for
const NAMED = 2.5 // a question that goes by just these words goes before one that holds them somewhere
const COMMON = new Set("a an and are as at be by can do does for from how i if in is it its many much of on or should that the to use used using vs versus was what when which who why will with would you your between difference explain describe define meaning tell me about".split(" "))

/** The engine over what `search.json` says. */
export function openWhole(base, { pages, topics, core, questions }) {
  const first = new Set(core)
  const entries = questions.map(([id, page, level, question, short, about, aliases, sentence], place) => ({
    id, level, question, short, aliases, answer: sentence, core: first.has(place), topics: about.map(topic => topics[topic]).join(", "),
    category: pages[page][1], url: `${base}${pages[page][0]}#${id}`,
  }))
  const { add, find } = finder()
  add(entries)
  return {
    calm: async () => {},
    search: async (text, most = MOST) => {
      const found = find(text)
      return Object.assign(found.slice(0, most), { count: found.length })
    },
    ids: async text => find(text).map(entry => entry.id),
    any: async () => entries[Math.floor(Math.random() * entries.length)].url,
  }
}

/** What finds a text in the entries that it has been given: the best of them, or of those with the ids that may be. */
export function finder() {
  const index = new MiniSearch({
    fields: Object.keys(FIELDS),
    tokenize: words,
    processTerm: form,
  })
  const byId = new Map()
  return {
    add: entries => {
      index.addAll(entries)
      for (const entry of entries) byId.set(entry.id, { ...entry, names: namesOf(entry) })
    },
    find: (text, ids) => find(index, byId, text, ids),
  }
}

function find(index, byId, text, ids) {
  const typed = words(text)
  const asked = telling(typed).join(" ")
  const name = bare(typed)
  const options = {
    boost: FIELDS,
    prefix: (term, at, terms) => at === terms.length - 1 || term.length > 3,
    fuzzy: term => term.length > 3 ? (term.length > 7 ? 0.25 : 0.2) : false,
    weights: { fuzzy: 0.4, prefix: 0.6 },
    ...(ids && { filter: ({ id }) => ids.has(id) }),
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

const namesOf = ({ short, aliases }) => new Set([short, ...aliases.split(", ")].map(name => bare(words(name))))

/** The forms of those, each once. */
export const askedFor = text => [...new Set(telling(words(text)).map(form))]

/** A name as it is compared with others, in whatever order its words come. */
const bare = all => telling(all).map(form).sort().join(" ")
