// The reader's log: events that are only ever appended, kept on this device. Derives nothing and shows nothing.
//
// An event is { id, at, day, kind, ... }: a unique id, the Unix time in seconds, and the local study day, which cannot
// be computed later in another time zone. A study day begins at 4 a.m. Kinds so far:
//   quiz   { question, item, chosen, right }   item and chosen are hashes of words, never positions
import { openDB } from "idb"

const NAME = "precision-and-recall"
const VERSION = 1
const DAY_BEGINS = 4 // o'clock, local time

let database
const open = () => (database ??= openDB(NAME, VERSION, {
  upgrade(db) {
    db.createObjectStore("events", { keyPath: "id" })
  },
}).catch(error => {
  database = undefined // a blocked store may be allowed later: the next write asks again
  throw error
}))

/** The study day of a moment, as YYYY-MM-DD. */
export function studyDay(moment = new Date()) {
  const day = new Date(moment)
  day.setHours(day.getHours() - DAY_BEGINS)
  const two = number => String(number).padStart(2, "0")
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`
}

/** Appends one event. Rejects where the browser cannot store it. */
export async function append(kind, what) {
  const now = new Date()
  const event = { id: crypto.randomUUID(), at: Math.floor(now / 1000), day: studyDay(now), kind, ...what }
  await (await open()).add("events", event)
  return event
}

/** All events of a kind, oldest first. Rejects where the browser cannot read them. */
export async function events(kind) {
  const all = await (await open()).getAll("events")
  return all.filter(event => event.kind === kind).sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
}
