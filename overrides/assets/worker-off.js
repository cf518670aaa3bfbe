// The kill switch: published in the place of the service worker, it takes away what that one kept, and itself.
addEventListener("install", () => skipWaiting())
addEventListener("activate", event => event.waitUntil(leave()))

async function leave() {
  for (const name of await caches.keys()) if (name.startsWith(`precision-and-recall ${registration.scope} `)) await caches.delete(name)
  await registration.unregister()
  for (const client of await clients.matchAll({ type: "window" })) client.navigate(client.url)
}
