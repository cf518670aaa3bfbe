// What a mock interview is called and how long its answers may take: shared by the interview, its report and its history.
const THINKING = 30 // seconds before an answer begins

/** Who was interviewed, in words: a role, or practice for a company. */
export function title(who, bank) {
  const [kind, name = kind] = who.split(":")
  return kind === "role" ? (bank.roles.get(name)?.title ?? name) : `Practice for ${bank.companies.get(name) ?? name}`
}

/** Seconds that an answer takes to think of and to say. */
export const target = question => THINKING + 60 * question.minutes

/** Whether an event is an interview that can be shown; a file may have brought anything. */
export const isInterview = ({ kind, who, level, n, seed, items, day }) =>
  kind === "mock" && areTexts([who, seed, day]) && Array.isArray(level) && areTexts(level) && Number.isFinite(n)
  && Array.isArray(items) && items.every(item => Array.isArray(item) && item.length === 5 && item.slice(1).every(Number.isFinite))

const areTexts = values => values.every(value => typeof value === "string")
