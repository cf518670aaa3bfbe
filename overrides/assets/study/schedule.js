// When a question comes back: what you remember of each, computed from the log by FSRS-6. Reads and writes nothing.
//
// The algorithm counts whole study days, never hours, and one review of a question a day: the last one. Its parameters
// are those that fit most learners. Intervals are its own, rounded to whole days, at least one; with an interview ahead,
// none leads past the day before it.
import { FSRSAlgorithm, generatorParameters } from "ts-fsrs"

export const RETENTION = 0.9 // the share of due questions that should still be known
const DAY = 86_400_000
const STUDY_DAY = /^\d{4}-\d\d-\d\d$/

/** The number of a study day, counted from 1970, or NaN. */
export const dayNumber = day => (typeof day === "string" && STUDY_DAY.test(day) ? Math.round(Date.parse(`${day}T00:00Z`) / DAY) : NaN)

/** The study day of a number. */
export const dayName = number => new Date(number * DAY).toISOString().slice(0, 10)

/**
 * What is known of each question that was ever graded.
 *
 * `today` is the number of a day. `heirs` leads from the id of a removed question to the one that took its place.
 */
export class Schedule {
  constructor(events, { today, retention = RETENTION, interview = NaN, heirs = new Map() }) {
    Object.assign(this, { today, interview })
    this.algorithm = new FSRSAlgorithm(generatorParameters({ request_retention: retention, enable_fuzz: false }))
    this.cards = new Map()
    for (const [question, days] of reviewDays(events, heirs)) this.cards.set(question, this.replay(days))
  }

  /** The memory after these reviews, [[day, grade], ...] in order, and what it was before today. */
  replay(days) {
    const card = { reviews: days.length, first: days[0][0], day: NaN, grade: 0, memory: null, before: null, dayBefore: NaN }
    for (const [day, grade] of days) {
      if (day < this.today) Object.assign(card, { before: null })
      else Object.assign(card, { before: card.memory, dayBefore: card.day })
      card.memory = this.algorithm.next_state(card.memory, card.memory ? day - card.day : 0, grade)
      Object.assign(card, { day, grade })
    }
    if (card.day < this.today) Object.assign(card, { before: card.memory, dayBefore: card.day })
    card.due = card.day + this.interval(card.memory.stability, card.day)
    return card
  }

  /** Whole days until a memory of this stability is due again, from a day on. */
  interval(stability, day = this.today) {
    const days = this.algorithm.next_interval(stability, 0)
    const left = this.interview - 1 - day
    return this.interview >= this.today ? Math.max(1, Math.min(days, left)) : days
  }

  /** For each grade, in how many days a question would come back if it were given today. */
  choices(question) {
    const { before = null, dayBefore } = this.cards.get(question) ?? {}
    const after = grade => this.algorithm.next_state(before, before ? this.today - dayBefore : 0, grade)
    return Object.fromEntries([1, 2, 3, 4].map(grade => [grade, this.interval(after(grade).stability)]))
  }

  /** The chance, from 0 to 1, that a question is recalled on a day; 0 where it was never graded. */
  recall(question, day = this.today) {
    const card = this.cards.get(question)
    return card ? this.algorithm.forgetting_curve(Math.max(0, day - card.day), card.memory.stability) : 0
  }

  /** Whether a question is due on a day, or was before. */
  isDue(question, day = this.today) {
    return this.cards.get(question)?.due <= day
  }
}

/** The days of each question's reviews with the last grade of each, in order. */
export function reviewDays(events, heirs = new Map()) {
  const found = new Map()
  for (const event of events) {
    const day = dayNumber(event.day)
    if (event.kind !== "review" || !Number.isInteger(event.grade) || event.grade < 1 || event.grade > 4 || Number.isNaN(day)) continue
    const question = heirs.get(event.question) ?? event.question
    if (!found.has(question)) found.set(question, new Map())
    found.get(question).set(day, event.grade)
  }
  return [...found].map(([question, days]) => [question, [...days].sort((a, b) => a[0] - b[0])])
}
