// The reader's log: events that are only ever appended, kept on this device. Derives nothing and shows nothing.
//
// Format 2, described in docs/about/your-data.md. An event is { id, at, day, kind, question, ... }: a unique id, the Unix
// time in seconds with milliseconds, and the local study day, which cannot be computed later in another time zone. A
// study day begins at 4 a.m. Kinds:
//   review  { grade, points?, of? }  1 Again, 2 Hard, 3 Good, 4 Easy; the last one of a study day counts; hashes of the
//                                    key points that were made, and how many there are
//   undo    { event }                takes back the event of that id
//   quiz    { item, chosen, right }  item and chosen are hashes of words, never positions
//   state   { field, value }         of a question: the last value of a field counts; so far "saved", true or false
//   setting { field, value }         of the reader: the last value counts; `question` is ""
//   mock    { ... }                  a finished mock interview, see practice/mock.js; `question` is ""
// Kinds and fields that this version does not know stay where they are. Rows that are no events are passed over.
import { openDB } from "idb"

export const NAME = "precision-and-recall"
export const VERSION = 2 // of the format and of the database; a newer database is read and not written
const DAY_BEGINS = 4 // o'clock, local time
const GATHER = 30 // milliseconds in which changes are told as one

/** Why an event was not kept, in words for the reader. */
export const REASONS = {
  newer: "A newer version of this site has stored your marks in this browser; reload the page to use it.",
  full: "This device has no room left, so this mark lasts until you close the page.",
  blocked: "This browser does not let the site remember it, so this mark lasts until you close the page.",
}

const unkept = [] // what could not be stored, for as long as the page is open
const listeners = new Set()
const channel = "BroadcastChannel" in globalThis ? new BroadcastChannel(NAME) : undefined
channel?.addEventListener("message", () => tell())

let database, told, last = 0

/** The database; rejects where the browser allows none. Version 2 added a place for rows that are no events. */
export function open() {
  const lettingGo = { blocking: () => close(), terminated: () => { database = undefined } }
  database ??= openDB(NAME, VERSION, {
    ...lettingGo,
    upgrade: (db, from) => {
      if (from < 1) db.createObjectStore("events", { keyPath: "id" })
      db.createObjectStore("aside", { autoIncrement: true })
    },
  }).catch(error => {
    if (error.name === "VersionError") return openDB(NAME, undefined, lettingGo)
    throw error
  }).catch(error => {
    database = undefined // a blocked store may be allowed later: the next call asks again
    throw error
  })
  return database
}

/** Lets go of the database, so that it can be deleted or become newer. */
export function close() {
  const closing = database
  database = undefined
  return closing?.then(db => db.close()).catch(() => {})
}

/** The study day of a moment, as YYYY-MM-DD. */
export function studyDay(moment = new Date()) {
  const day = new Date(moment)
  day.setHours(day.getHours() - DAY_BEGINS)
  const two = number => String(number).padStart(2, "0")
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`
}

/** A new event, not yet in the log. */
export function newEvent(kind, what) {
  const now = new Date()
  last = Math.max(now / 1000, last + 0.001) // two events of one tab never share a moment
  return { id: crypto.randomUUID(), at: Math.round(last * 1000) / 1000, day: studyDay(now), kind, question: "", ...what }
}

/** Appends one event and tells every tab. Gives "" where it was stored, else the reason why not, in words. */
export async function append(kind, what) {
  return keep(newEvent(kind, what))
}

/** Appends an event that is made already. */
export async function keep(event) {
  const reason = await tryWriting(db => db.add("events", event))
  if (reason) unkept.push(event)
  announce()
  return reason && REASONS[reason]
}

/** Runs a change of the database. Gives "" or the name of the reason why it did not happen. */
export async function tryWriting(change) {
  try {
    const db = await open()
    if (db.version > VERSION) return "newer"
    await change(db)
    return ""
  } catch (error) {
    return error.name === "QuotaExceededError" ? "full" : "blocked"
  }
}

/** Tells this tab and all others that the log has changed. */
export function announce() {
  tell()
  channel?.postMessage("changed")
}

/** Tells this tab, once for many changes that come together: everybody who is told reads the whole log. */
function tell() {
  told ??= setTimeout(() => {
    told = undefined
    listeners.forEach(listener => listener())
  }, GATHER)
}

/** Every event that can be read and was not taken back, oldest first; of one kind, if one is named. */
export async function events(kind) {
  let stored = []
  try {
    stored = await (await open()).getAll("events")
  } catch {
    // nothing can be read: what this page has seen is all there is
  }
  const readable = [...stored.filter(isEvent), ...unkept]
  const undone = new Set(readable.map(event => event.kind === "undo" && event.event))
  return readable.filter(event => (!kind || event.kind === kind) && !undone.has(event.id)).sort(inOrder)
}

/** Calls back whenever an event was appended, in this tab or in another one. */
export function onChange(listener) {
  listeners.add(listener)
}

/** Events are told apart by time, and where two devices share a moment, by id: the same order everywhere. */
export function inOrder(a, b) {
  return a.at - b.at || (a.id < b.id ? -1 : Number(a.id > b.id))
}

export function isEvent(row) {
  return typeof row?.id === "string" && Number.isFinite(row.at) && typeof row.kind === "string" && typeof row.question === "string"
}
