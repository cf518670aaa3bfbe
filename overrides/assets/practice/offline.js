// Keeps the whole site on this device when the reader asks for it, shows how far that is, and takes it away again.
import { button, el, show, state } from "./dom.js"

const base = document.body.dataset.base
let policy

/** Brings the page to life. */
export async function start(root) {
  if ("serviceWorker" in navigator && isSecureContext && await registered().then(() => true, () => false)) return draw(root)
  tell(root, state("This browser cannot keep a site: it needs service workers, which private windows and old browsers lack."))
}

/** The registration of the service worker, if there is one. Rejects where the browser has them and lets no site use them. */
const registered = () => navigator.serviceWorker.getRegistration(base)

/** Shows how things stand. The button that led here is gone, so the focus goes to the words. */
function tell(root, said, ...more) {
  const here = root.contains(document.activeElement)
  show(root, said, ...more)
  said.tabIndex = -1
  if (here) said.focus({ preventScroll: true })
}

async function draw(root) {
  const registration = await registered()
  if (registration?.active) {
    return tell(root, state("The whole site is kept on this device. Reading, search, review, quiz and mock interviews work without a connection."),
      el("p", { className: "buttons" }, button("Look for a new version", () => renew(root, registration)), button("Take it away again", () => leave(root))))
  }
  try {
    const { bytes, files, off } = await (await fetch(`${base}offline.json`, { cache: "no-cache" })).json()
    if (off) return tell(root, state("Keeping the site is switched off at the moment."))
    const size = (bytes / 1e6).toFixed(1)
    const saving = navigator.connection?.saveData ? " Your device asks sites to save data; this needs a download." : ""
    tell(root, state(`${Object.keys(files).length} files, about ${size} MB to download.${saving}`),
      el("p", { className: "buttons" }, button(`Keep the whole site on this device (${size} MB)`, () => keep(root), { className: "button button-first" })))
  } catch {
    tell(root, state("The list of files could not be loaded. Try again with a connection. "), el("p", {}, button("Try again", () => draw(root))))
  }
}

async function keep(root) {
  const bar = el("progress", { className: "offline-bar", max: 1, value: 0, ariaLabel: "Files kept" })
  const said = state("Fetching the site …") // and not each file, which a screen reader would read out
  const number = el("span")
  tell(root, said, el("p", {}, bar, " ", number))
  let why
  const listen = ({ data: { offline } = {} }) => {
    if (offline?.failed) said.textContent = why = offline.failed === "full" ? "This device has no room for it; nothing was kept." : "The connection broke; nothing was kept. Try again."
    if (!offline?.total) return
    Object.assign(bar, { max: offline.total, value: offline.done })
    number.textContent = `${offline.done} of ${offline.total} files`
  }
  navigator.serviceWorker.addEventListener("message", listen)
  navigator.serviceWorker.startMessages()
  try {
    const registration = await navigator.serviceWorker.register(address(), { scope: base })
    const worker = registration.installing ?? registration.waiting ?? registration.active
    await new Promise((resolve, reject) => {
      const look = () => (worker.state === "activated" ? resolve() : worker.state === "redundant" ? reject(new Error("failed")) : undefined)
      worker.addEventListener("statechange", look)
      look()
    })
    navigator.serviceWorker.removeEventListener("message", listen)
    await draw(root)
  } catch (error) {
    console.error(error)
    said.textContent = why ?? "It could not be kept; nothing has changed." // the worker's reason may still come
    root.append(el("p", {}, button("Try again", () => keep(root))))
  }
}

async function renew(root, registration) {
  try {
    await registration.update()
    root.querySelector(".app-state").textContent = registration.installing || registration.waiting ? "A new version is coming; you will be asked before it comes in." : "This is the newest version."
  } catch {
    root.querySelector(".app-state").textContent = "No connection; what is kept goes on working."
  }
}

async function leave(root) {
  await forgetKept()
  await draw(root)
}

/** Takes away what is kept: the files and the service worker. The reader's log stays. */
export async function forgetKept() {
  const registration = await navigator.serviceWorker?.getRegistration(base).catch(() => undefined) // none where none may be
  for (const name of await globalThis.caches?.keys() ?? []) if (registration && name.startsWith(`precision-and-recall ${registration.scope} `)) await caches.delete(name)
  await registration?.unregister()
}

/**
 * The address of the service worker, in the one form that the pages' policy takes. It is new each time, because while a page
 * is open that a worker answered for, the browser would bring that worker back without installing it again.
 */
function address() {
  const path = () => `${base}sw.js?${Date.now()}`
  policy ??= globalThis.trustedTypes?.createPolicy("offline", { createScriptURL: path }) // a name is given out once
  return policy?.createScriptURL("") ?? path()
}
