// The reader's log: events that are only ever appended, kept on this device. Derives nothing and shows nothing.
//
// Format 1, described in docs/about/your-data.md. An event is { id, at, day, kind, question, ... }: a unique id, the Unix
// time in seconds with milliseconds, and the local study day, which cannot be computed later in another time zone. A
// study day begins at 4 a.m. Kinds:
//   review { grade }                 1 Again, 2 Hard, 3 Good, 4 Easy; the last one of a study day counts
//   quiz   { item, chosen, right }   item and chosen are hashes of words, never positions
//   state  { field, value }          the last value of a field counts; so far "saved", true or false
// Kinds and fields that this version does not know stay where they are. Rows that are no events are passed over.
import { openDB } from "idb"

const NAME = "precision-and-recall"
const VERSION = 1 // of the format and of the database; a newer database is read and not written
const DAY_BEGINS = 4 // o'clock, local time

/** Why an event was not kept, in words for the reader. */
const REASONS = {
  newer: "A newer version of this site has stored your marks in this browser; reload the page to use it.",
  full: "This device has no room left, so this mark lasts until you close the page.",
  blocked: "This browser does not let the site remember it, so this mark lasts until you close the page.",
}

const unkept = [] // what could not be stored, for as long as the page is open
const listeners = new Set()
const channel = "BroadcastChannel" in globalThis ? new BroadcastChannel(NAME) : undefined
channel?.addEventListener("message", () => listeners.forEach(listener => listener()))

let database, last = 0

function open() {
  database ??= openDB(NAME, VERSION, {
    upgrade: db => db.createObjectStore("events", { keyPath: "id" }),
    blocking: () => database.then(db => db.close()).finally(() => { database = undefined }),
    terminated: () => { database = undefined },
  }).catch(error => {
    if (error.name === "VersionError") return openDB(NAME)
    throw error
  }).catch(error => {
    database = undefined // a blocked store may be allowed later: the next call asks again
    throw error
  })
  return database
}

/** The study day of a moment, as YYYY-MM-DD. */
export function studyDay(moment = new Date()) {
  const day = new Date(moment)
  day.setHours(day.getHours() - DAY_BEGINS)
  const two = number => String(number).padStart(2, "0")
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`
}

/** Appends one event and tells every tab. Gives "" where it was stored, else the reason why not, in words. */
export async function append(kind, what) {
  const now = new Date()
  last = Math.max(now / 1000, last + 0.001) // two events of one tab never share a moment
  const event = { id: crypto.randomUUID(), at: Math.round(last * 1000) / 1000, day: studyDay(now), kind, ...what }
  let reason = ""
  try {
    const db = await open()
    if (db.version > VERSION) reason = "newer"
    else await db.add("events", event)
  } catch (error) {
    reason = error.name === "QuotaExceededError" ? "full" : "blocked"
  }
  if (reason) unkept.push(event)
  listeners.forEach(listener => listener())
  channel?.postMessage(kind)
  return reason && REASONS[reason]
}

/** Every event that can be read, oldest first; of one kind, if one is named. */
export async function events(kind) {
  let stored = []
  try {
    stored = await (await open()).getAll("events")
  } catch {
    // nothing can be read: what this page has seen is all there is
  }
  return [...stored.filter(isEvent), ...unkept]
    .filter(event => !kind || event.kind === kind)
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
}

/** Calls back whenever an event was appended, in this tab or in another one. */
export function onChange(listener) {
  listeners.add(listener)
}

function isEvent(row) {
  return typeof row?.id === "string" && Number.isFinite(row.at) && typeof row.kind === "string" && typeof row.question === "string"
}
