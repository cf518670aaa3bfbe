// The reader's data: out as a file, in from one, kept from being cleared, deleted. What happens is said in words.
import { close, NAME, REASONS, studyDay } from "../study/log.js"
import { changeSetting } from "../study/settings.js"
import { allEvents, asFile, importEvents, readFile, setAside } from "./transfer.js"
import { button, count, el, state } from "./dom.js"
import { forgetKept } from "./offline.js"

const REMIND = 14 // days after which an export is old
const DAY = 86_400_000

/** Shows the part, once; what changes in it is told by `settings`. */
export async function showData(place, settings) {
  if (!place.said) build(place)
  const log = await allEvents()
  const age = settings.exported ? Math.floor((Date.now() - settings.exported) / DAY) : undefined
  place.facts.textContent = `${count(log.length, "event")} in the log. ${!log.length ? "" : age === undefined ? "Never exported." : age ? `Last exported ${count(age, "day")} ago.` : "Exported today."}`
  place.facts.classList.toggle("shaky-words", log.length > 0 && !(age < REMIND))
  const aside = await setAside()
  place.aside.textContent = aside ? `${count(aside, "row")} could not be read as an event and ${aside === 1 ? "was" : "were"} set aside; the rest works.` : ""
  const kept = await navigator.storage?.persisted?.().catch(() => undefined)
  place.persist.hidden = kept !== false
}

function build(place) {
  const said = state("")
  const say = words => { said.textContent = words }
  const file = el("input", { type: "file", accept: ".json,application/json", onchange: () => bring(file, say) })
  const persist = button("Ask the browser to keep it", async () => say(await navigator.storage.persist() ? "The browser will not clear it by itself." : "The browser did not promise it. Export now and then."))
  Object.assign(place, { said, facts: el("p", {}), aside: el("p", {}), persist: el("p", {}, "A browser may clear what a site has stored, some after a week without a visit. ", persist) })
  place.replaceChildren(el("section", {}, el("h2", { id: "data" }, "Your data"), place.facts, place.aside,
    el("p", { className: "buttons" }, button("Export", () => take(say), { className: "button button-first" })),
    el("p", {}, el("label", {}, "Import a file, or join it with what is here ", file)), place.persist,
    el("p", {}, button("Delete everything …", () => ask(place, say), { className: "button delete" })), said))
}

async function take(say) {
  const log = await allEvents()
  const source = URL.createObjectURL(new Blob([asFile(log)], { type: "application/json" }))
  el("a", { href: source, download: `${NAME}-${studyDay()}.json` }).click()
  setTimeout(() => URL.revokeObjectURL(source), 60_000)
  await changeSetting("exported", Date.now())
  say(`${count(log.length, "event")} exported. Keep the file where you find it again.`)
}

async function bring(input, say) {
  const [chosen] = input.files
  if (!chosen) return
  const { events, dropped, refused } = readFile(await chosen.text())
  input.value = ""
  if (refused) return say(refused)
  const { added, reason } = await importEvents(events)
  if (reason) return say(reason === "newer" ? REASONS.newer : "Nothing was imported: this browser does not let the site store it, or the device is full.")
  say(`${count(added, "new event")} of ${events.length}${dropped ? `; ${count(dropped, "entry").replace("entrys", "entries")} made no sense and ${dropped === 1 ? "was" : "were"} left out` : ""}.`)
}

function ask(place, say) {
  const row = el("p", { className: "buttons" }, "This cannot be undone. ", button("Delete", () => forget(say), { className: "button delete" }), button("Keep it", () => row.remove()))
  place.said.before(row)
  row.querySelector("button:last-child").focus()
}

async function forget(say) {
  await close()
  const gone = await new Promise(resolve => {
    const request = indexedDB.deleteDatabase(NAME)
    request.onsuccess = () => resolve(true)
    request.onerror = request.onblocked = () => resolve(false)
  })
  try {
    localStorage.removeItem("scheme")
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(NAME)) sessionStorage.removeItem(key)
  } catch {
    // no storage, nothing to forget
  }
  say(gone ? "Everything is deleted." : "Another tab still has it open; close the other tabs and try again.")
  if (!gone) return
  await forgetKept()
  location.reload()
}
