// What the reader has chosen, as events of the log: the last value counts, on every device after a merge.
import { append } from "./log.js"
import { dayNumber, RETENTION } from "./schedule.js"

const LEAST_RETENTION = 0.8
const MOST_RETENTION = 0.95
const NEW_A_DAY = 10
const MOST_NEW_A_DAY = 100

/** The settings in these events, each within its bounds: { interview (a day or ""), retention, pace, keys, exported }. */
export function readSettings(events) {
  const said = Object.fromEntries(events.filter(event => event.kind === "setting" && typeof event.field === "string").map(event => [event.field, event.value]))
  return {
    interview: Number.isNaN(dayNumber(said.interview)) ? "" : said.interview,
    retention: bounded(said.retention, LEAST_RETENTION, MOST_RETENTION, RETENTION),
    pace: Math.round(bounded(said.pace, 0, MOST_NEW_A_DAY, NEW_A_DAY)),
    keys: said.keys !== false,
    exported: Number.isFinite(said.exported) ? said.exported : undefined,
  }
}

/** Remembers one of them. Gives "" or why it could not be kept. */
export const changeSetting = (field, value) => append("setting", { field, value })

function bounded(value, least, most, otherwise) {
  return Number.isFinite(value) ? Math.min(most, Math.max(least, value)) : otherwise
}
