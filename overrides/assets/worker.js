// The service worker of a kept site: everything the build listed, from one version, also without a connection.
//
// It is installed only when the reader asks for it. A new version is fetched beside the old one, of which it takes what has
// not changed, and waits until the reader lets it in; so no page ever mixes two versions. `publish/offline.py` writes
// the version in and the list beside it.
const VERSION = "{version}"
const LIST = "offline.json"
const PREFIX = `precision-and-recall ${registration.scope} `
const NAME = PREFIX + VERSION
const AT_ONCE = 6 // requests

addEventListener("install", event => event.waitUntil(install()))
addEventListener("activate", event => event.waitUntil(activate()))
addEventListener("fetch", event => {
  const url = new URL(event.request.url)
  if (event.request.method === "GET" && url.href.startsWith(registration.scope)) event.respondWith(answer(event.request, url))
})
addEventListener("message", event => {
  if (event.data === "enter") skipWaiting()
})

const at = path => new URL(path, registration.scope).href
const find = address => caches.match(address, { cacheName: NAME }) // makes no cache where there is none

async function install() {
  const list = await fetched(LIST)
  const { version, files } = await list.clone().json()
  if (version !== VERSION) throw new Error("the site is being published; the browser will try again")
  if (await find(at(LIST))) return // the very files that are kept already, and perhaps answering: nothing to put at risk
  const cache = await caches.open(NAME)
  const old = await newest()
  const waiting = Object.keys(files)
  let done = 0
  const work = async () => {
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
      const kept = old?.files[path] === files[path] ? await old.cache.match(at(path)) : undefined
      await cache.put(at(path), kept ?? await fetched(path))
      tell({ done: ++done, total: Object.keys(files).length })
    }
  }
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, work))
    await cache.put(at(LIST), list) // last: a cache with a list is whole
    if (!old) skipWaiting() // the first copy, or one after it was taken away: no page shows an older one
  } catch (error) {
    await caches.delete(NAME)
    await tell({ failed: error.name === "QuotaExceededError" ? "full" : "network" })
    throw error
  }
}

/** A file as the server has it now, past the browser's own cache, which may be ten minutes old. */
async function fetched(path) {
  const response = await fetch(at(path), { cache: "reload" })
  if (!response.ok || response.redirected) throw new Error(`${path}: ${response.status}`)
  return response
}

/** The whole version that is kept already, with its list. */
async function newest() {
  for (const name of (await caches.keys()).reverse()) {
    if (!name.startsWith(PREFIX) || name === NAME) continue
    const cache = await caches.open(name)
    const list = await cache.match(at(LIST))
    if (list) return { cache, files: (await list.json()).files }
  }
}

async function activate() {
  for (const name of await caches.keys()) if (name.startsWith(PREFIX) && name !== NAME) await caches.delete(name)
  await clients.claim()
}

async function tell(what) {
  for (const client of await clients.matchAll({ includeUncontrolled: true })) client.postMessage({ offline: what })
}

async function answer(request, url) {
  const path = url.origin + url.pathname
  const kept = await find(path) ?? (request.mode === "navigate" ? await redirect(url, path) : undefined)
  if (kept) return kept
  try {
    return await fetch(request)
  } catch (error) {
    if (request.mode !== "navigate") throw error
    return await find(at("404.html")) ?? Response.error()
  }
}

/** Where an address leads without its final slash, which relative links need, or that of a question, a page on the server. */
async function redirect(url, path) {
  if (await find(`${path}/`)) return Response.redirect(`${path}/${url.search}`)
  const id = url.href.startsWith(at("q/")) && url.pathname.split("/").filter(Boolean).at(-1)
  const list = id && await find(at("study.json"))
  if (!list) return undefined
  const { heirs, pages, questions } = await list.json()
  const row = questions.find(([one]) => one === (heirs[id] ?? id))
  return row && Response.redirect(at(`${pages[row[2]]}#${row[0]}-a`))
}
