// All questions as a list, and each one whole from its page: the pages are the only place where answers are written.
const base = document.body.dataset.base
let opened
const pages = new Map()

/** The list: { questions, byId, categories, companies, roles, heirs }. Rejects where it cannot be had; ask again then. */
export function openQuestions() {
  opened ??= fetch(`${base}study.json`)
    .then(response => (response.ok ? response.json() : Promise.reject(new Error(response.status))))
    .then(shape)
    .catch(error => {
      opened = undefined
      throw error
    })
  return opened
}

function shape({ categories, topics, companies, roles, pages: addresses, heirs, questions }) {
  const rows = questions.map(([id, short, page, category, level, core, topic, company, minutes, quiz]) => ({
    id, short, level, minutes,
    core: Boolean(core),
    quiz: Boolean(quiz),
    address: addresses[page],
    category: categories[category][0],
    topics: topic.map(one => topics[one]),
    companies: company.map(one => companies[one][0]),
  }))
  return {
    questions: rows,
    byId: new Map(rows.map(row => [row.id, row])),
    categories: new Map(categories),
    companies: new Map(companies),
    roles: new Map(roles.map(([slug, title, weights]) => [slug, { title, weights: new Map(Object.entries(weights)) }])),
    heirs: new Map(Object.entries(heirs)),
  }
}

/** Whether a question passes the choices of a form: { category, level (a list), topic, company, core }. */
export function suits(question, { category, level = [], topic, company, core }) {
  return (!category || question.category === category)
    && (!level.length || level.includes(String(question.level)))
    && (!topic || question.topics.includes(topic))
    && (!company || question.companies.includes(company))
    && (!core || question.core)
}

/** A question as its page has it, in parts: { title, prompt, hint, short, full, points, rest, quiz, link }. */
export async function fetchQuestion(question) {
  const address = new URL(base + question.address, location.href).href
  const box = document.importNode((await page(address)).querySelector(`.q[data-question="${question.id}"]`), true)
  for (const link of box.querySelectorAll("a[href]")) {
    link.href = new URL(link.getAttribute("href"), address).href
    link.target = "_blank" // a session under way stays where it is
  }
  for (const anchor of box.querySelectorAll("h3, .q-body")) anchor.removeAttribute("id")
  const part = name => box.querySelector(`.q-part[data-part="${name}"]`)
  const fold = box.querySelector(".q-a")
  const children = [...box.children]
  return {
    title: [...box.querySelector("h3").childNodes],
    prompt: children.slice(2).filter(child => child !== fold && !child.matches(".q-hint, .q-open, .q-part")),
    hint: box.querySelector(".q-hint"),
    short: box.querySelector(".q-short"),
    full: box.querySelector(".q-full"),
    points: [...(part("key-points")?.querySelectorAll("li") ?? [])],
    rest: ["common-mistakes", "follow-ups", "sources"].map(part).filter(Boolean),
    quiz: box.querySelector(".quiz"),
    link: `${address}#${question.id}-a`,
  }
}

/** A page's document. The browser parses it, runs nothing in it, and our policy needs no exception for it. */
function page(address) {
  if (!pages.has(address)) {
    pages.set(address, new Promise((resolve, reject) => {
      const request = new XMLHttpRequest()
      const fail = () => {
        pages.delete(address)
        reject(new Error(`${address}: ${request.status || "no connection"}`))
      }
      request.open("GET", address)
      request.responseType = "document"
      request.onload = () => (request.status < 400 && request.response ? resolve(request.response) : fail())
      request.onerror = fail
      request.send()
    }))
  }
  return pages.get(address)
}
