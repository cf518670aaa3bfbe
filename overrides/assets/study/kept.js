// A site that is kept on this device: asks before a new version comes in. Loaded only where a service worker answers.
import { say } from "../copy.js"

/** Offers every new version, the one that waits already and those that come. */
export async function watchKept() {
  const registration = await navigator.serviceWorker.getRegistration()
  if (!registration) return
  let left = false
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (left) return
    left = true
    location.reload()
  })
  if (registration.waiting) offer(registration)
  registration.addEventListener("updatefound", () => {
    const coming = registration.installing
    coming.addEventListener("statechange", () => {
      if (coming.state === "installed" && navigator.serviceWorker.controller) offer(registration)
    })
  })
}

function offer(registration) {
  if (document.querySelector(".new-version")) return
  const box = Object.assign(document.createElement("p"), { className: "new-version" })
  const button = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: "Reload" })
  button.addEventListener("click", () => {
    say("Loading the new version.")
    registration.waiting?.postMessage("enter")
  })
  const later = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: "Later" })
  later.addEventListener("click", () => box.remove())
  box.setAttribute("role", "status")
  document.body.append(box)
  requestAnimationFrame(() => box.append("A new version of the site is ready. ", button, " ", later)) // what is new in a live region is read
}
