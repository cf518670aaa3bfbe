// Keeps the whole site on this device when the reader asks for it, shows how far that is, and takes it away again.
import { button, el, show, state } from "./dom.js"

const base = document.body.dataset.base

/** Brings the page to life. */
export async function start(root) {
  if (!("serviceWorker" in navigator) || !isSecureContext) {
    return show(root, state("This browser cannot keep a site: it needs service workers, which private windows and old browsers lack."))
  }
  await draw(root)
}

async function draw(root) {
  const registration = await navigator.serviceWorker.getRegistration(base)
  if (registration?.active) {
    return show(root, state("The whole site is kept on this device. Reading, search, review, quiz and mock interviews work without a connection."),
      el("p", { className: "buttons" }, button("Look for a new version", () => renew(root, registration)), button("Take it away again", () => leave(root))))
  }
  try {
    const { bytes, files } = await (await fetch(`${base}offline.json`)).json()
    const size = (bytes / 1e6).toFixed(1)
    const saving = navigator.connection?.saveData ? " Your device asks sites to save data; this needs a download." : ""
    show(root, state(`${Object.keys(files).length} files, about ${size} MB to download.${saving}`),
      el("p", { className: "buttons" }, button(`Keep the whole site on this device (${size} MB)`, () => keep(root), { className: "button button-first" })))
  } catch {
    show(root, state("The list of files could not be loaded. Try again with a connection. "), el("p", {}, button("Try again", () => draw(root))))
  }
}

async function keep(root) {
  const bar = el("progress", { className: "offline-bar", max: 1, value: 0, ariaLabel: "Files kept" })
  const said = state("Starting …")
  show(root, said, el("p", {}, bar))
  const listen = ({ data: { offline } = {} }) => {
    if (offline?.failed) said.textContent = offline.failed === "full" ? "This device has no room for it; nothing was kept." : "The connection broke; nothing was kept. Try again."
    if (!offline?.total) return
    Object.assign(bar, { max: offline.total, value: offline.done })
    said.textContent = `${offline.done} of ${offline.total} files`
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
    await draw(root)
  } catch (error) {
    console.error(error)
    if (!said.textContent.includes("nothing was kept")) said.textContent = "It could not be kept; nothing has changed."
    root.append(el("p", {}, button("Try again", () => keep(root))))
  }
  navigator.serviceWorker.removeEventListener("message", listen)
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
  const registration = await navigator.serviceWorker?.getRegistration(base)
  for (const name of await globalThis.caches?.keys() ?? []) if (registration && name.startsWith(`precision-and-recall ${registration.scope} `)) await caches.delete(name)
  await registration?.unregister()
}

/** The address of the service worker, in the one form that the pages' policy takes. */
function address() {
  const path = `${base}sw.js`
  return globalThis.trustedTypes ? trustedTypes.createPolicy("offline", { createScriptURL: () => path }).createScriptURL("") : path
}
