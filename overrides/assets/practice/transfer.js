// The log as a file: written, read, joined with the one on this device. Whatever a file holds, nothing here is lost.
import { announce, events, isEvent, NAME, open, tryWriting, VERSION } from "../study/log.js"

export const MOST_BYTES = 50_000_000
const MOST_TEXT = 20_000 // characters of one value
const DEEPEST = 5
const LATEST = 1e11 // seconds since 1970: beyond, a row would count as the last word for ever
const FORBIDDEN = new Set(["__proto__", "constructor", "prototype"])

/** The text of a file that holds these events. */
export function asFile(log, now = new Date()) {
  return JSON.stringify({ app: NAME, format: VERSION, exported: now.toISOString(), events: log }, null, 1)
}

/** What a file holds: { events, dropped } or { refused }, why it cannot be used, in words. Never throws. */
export function readFile(text) {
  if (text.length > MOST_BYTES) return { refused: "This file is too large to be an export of this site." }
  let file
  try {
    file = JSON.parse(text)
  } catch {
    return { refused: text.includes(NAME) ? "This file is damaged or cut off: its end is missing. Export it again where it came from." : "This file is no export of this site." }
  }
  if (file?.app !== NAME || !Array.isArray(file.events)) return { refused: "This file is no export of this site." }
  if (!Number.isInteger(file.format) || file.format < 1) return { refused: "This file does not say which version it is, so it was not read." }
  if (file.format > VERSION) return { refused: "This file comes from a newer version of this site. Reload this page to get that version, then import it again." }
  const clean = file.events.map(row => cleaned(row)).filter(isSound)
  return { events: clean, dropped: file.events.length - clean.length }
}

/** The union of two logs by id, in one order. Where two events share an id, both sides choose the same one. */
export function merge(ours, theirs) {
  const found = new Map()
  for (const event of [...ours, ...theirs]) {
    const other = found.get(event.id)
    if (!other || canonical(event) < canonical(other)) found.set(event.id, event)
  }
  return [...found.values()].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
}

/** Joins a file's events with those on this device, all or none. Gives { added, differing } or { reason }. */
export async function importEvents(theirs) {
  let added = 0
  let differing = 0
  const reason = await tryWriting(async db => {
    const change = db.transaction("events", "readwrite")
    const stored = await change.store.getAll()
    const known = new Map(stored.map(event => [event.id, canonical(event)]))
    for (const event of merge(stored.filter(isEvent), theirs)) {
      if (known.get(event.id) === canonical(event)) continue
      if (!known.has(event.id)) added++
      change.store.put(event)
    }
    differing = theirs.filter(event => known.has(event.id) && known.get(event.id) !== canonical(event)).length
    await change.done
  })
  if (!reason) announce()
  return reason ? { reason } : { added, differing }
}

/** Moves rows that are no events out of the log. Gives { aside }, how many there are, or { reason }. Nothing is thrown away. */
export async function setAside() {
  let aside = 0
  const reason = await tryWriting(async db => {
    const change = db.transaction(["events", "aside"], "readwrite")
    const [log, place] = [change.objectStore("events"), change.objectStore("aside")]
    for (const row of await log.getAll()) {
      if (isEvent(row)) continue
      place.add({ row, at: Date.now() / 1000 })
      log.delete(row.id)
    }
    aside = await place.count()
    await change.done
  })
  return { aside, reason }
}

/** Every event for a file, also those that were taken back: another device may know of them. */
export async function allEvents() {
  try {
    return merge((await (await open()).getAll("events")).filter(isEvent), await events())
  } catch {
    return events()
  }
}

function isSound(event) {
  return isEvent(event) && event.at > 0 && event.at < LATEST && event.id.length <= 100 && event.question.length <= 100 && event.kind.length <= 40 && typeof event.day === "string" && /^\d{4}-\d\d-\d\d$/.test(event.day)
}

/** A copy of what a file said, of plain values only: no prototypes, nothing too deep, no endless text. */
function cleaned(value, depth = 0) {
  if (typeof value === "string") return value.slice(0, MOST_TEXT)
  if (value === null || typeof value !== "object") return value
  if (depth >= DEEPEST) return null
  if (Array.isArray(value)) return value.map(one => cleaned(one, depth + 1))
  return Object.fromEntries(Object.entries(value).filter(([name]) => !FORBIDDEN.has(name)).map(([name, one]) => [name, cleaned(one, depth + 1)]))
}

/** The same text for the same event, whatever the order of its fields. */
function canonical(event) {
  const sorted = value => (value && typeof value === "object" && !Array.isArray(value)
    ? Object.fromEntries(Object.keys(value).sort().map(name => [name, sorted(value[name])]))
    : Array.isArray(value) ? value.map(sorted) : value)
  return JSON.stringify(sorted(event))
}
