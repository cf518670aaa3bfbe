// The reader's data: out as a file, in from one, kept from being cleared, deleted. What happens is said in words.
import { announce, close, NAME, REASONS, studyDay } from "../study/log.js"
import { changeSetting } from "../study/settings.js"
import { allEvents, asFile, importEvents, MOST_BYTES, readFile, setAside } from "./transfer.js"
import { button, count, el, state } from "./dom.js"
import { forgetKept } from "./offline.js"

const REMIND = 14 // days after which an export is old
const DAY = 86_400_000
const UNKEPT = {
  newer: "A newer version of this site has stored this log: it is shown, and nothing you do here is stored. Reload the page to get that version.",
  full: "This device has no room left: what you do from now on lasts until you close the page. Export it before.",
  blocked: "This browser does not let the site store anything: what you do lasts until you close the page. Export it before.",
}

/** Shows the part, once; what changes in it is told by `settings`. */
export async function showData(place, settings) {
  if (!place.said) build(place)
  const log = await allEvents()
  const age = settings.exported === undefined ? undefined : Math.max(0, Math.floor((Date.now() - settings.exported) / DAY))
  const old = log.length > 0 && !(age < REMIND)
  place.facts.textContent = `${count(log.length, "event")} in the log. ${!log.length ? "" : age === undefined ? "Never exported." : age ? `Last exported ${count(age, "day")} ago.` : "Exported today."}${old ? " Export now: this browser has the only copy of what is new." : ""}`
  place.facts.classList.toggle("shaky-words", old)
  const { aside, reason } = await setAside()
  place.aside.textContent = reason ? UNKEPT[reason] : aside ? `${count(aside, "row")} could not be read as an event and ${aside === 1 ? "was" : "were"} set aside; the rest works.` : ""
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
  const text = chosen.size > MOST_BYTES ? " ".repeat(MOST_BYTES + 1) : await chosen.text().catch(() => "")
  const { events, dropped, refused } = readFile(text)
  input.value = ""
  if (refused) return say(refused)
  const { added, differing, reason } = await importEvents(events)
  if (reason) return say(reason === "newer" ? REASONS.newer : "Nothing was imported: this browser does not let the site store it, or the device is full.")
  say(`${count(added, "new event")} of ${events.length}${dropped ? `; ${count(dropped, "entry").replace("entrys", "entries")} made no sense and ${dropped === 1 ? "was" : "were"} left out` : ""}${differing ? `; ${count(differing, "event")} stood here with other words, and one of the two was kept, the same on every device` : ""}.`)
}

function ask(place, say) {
  place.asked?.remove()
  const row = el("p", { className: "buttons", role: "group", ariaLabel: "Delete everything? This cannot be undone." }, "This cannot be undone. ",
    button("Delete", () => forget(say), { className: "button delete" }), button("Keep it", () => {
      row.remove()
      place.querySelector(".delete").focus()
    }))
  place.asked = row
  place.said.before(row)
  row.querySelector("button:last-child").focus()
}

async function forget(say) {
  await close()
  const gone = await new Promise(resolve => {
    const request = indexedDB.deleteDatabase(NAME)
    request.onsuccess = () => resolve(true)
    request.onerror = request.onblocked = () => resolve(false)
  }).catch(() => true) // a browser that allows no database holds none
  try {
    localStorage.removeItem("scheme")
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(NAME)) sessionStorage.removeItem(key)
  } catch {
    // no storage, nothing to forget
  }
  say(gone ? "Everything is deleted." : "Another tab still has it open; close the other tabs and try again.")
  if (!gone) return
  announce()
  await forgetKept()
  location.reload()
}
