// What the schedule leads to: how many questions are due on each day, and what will be recalled on a day ahead.
import { dayNumber } from "../study/schedule.js"

const FIRST = 3 // the grade assumed for a question's first try: Good

/** How many questions are due on each of the next days, today's with all that are overdue. New ones are not counted. */
export function dueCounts(schedule, days) {
  const counts = Array.from({ length: days }, () => 0)
  for (const card of schedule.cards.values()) {
    const ahead = Math.max(0, card.due - schedule.today)
    if (ahead < days) counts[ahead]++
  }
  return counts
}

/**
 * What will have been seen and recalled on the day of the interview, if `pace` new questions are begun a day until the
 * day before, every due question is reviewed on its day, and reviews go well: { days, seen, recall }.
 */
export function forecast(schedule, { interview, pace, total }) {
  const last = dayNumber(interview)
  const days = last - schedule.today
  if (!(days >= 0)) return undefined
  const begun = [...schedule.cards.values()].filter(card => card.first === schedule.today).length
  const memories = [...schedule.cards.values()].map(({ memory, day, due }) => ({ memory, day, due }))
  for (let ahead = 0; ahead < days && memories.length < total; ahead++) {
    const fresh = Math.min(total - memories.length, ahead ? pace : Math.max(0, pace - begun))
    for (let one = 0; one < fresh; one++) memories.push(reviewed(schedule, { memory: null, day: NaN }, schedule.today + ahead))
  }
  for (const card of memories) {
    while (card.due < last) Object.assign(card, reviewed(schedule, card, Math.max(card.due, schedule.today)))
  }
  const recalled = memories.reduce((sum, { memory, day }) => sum + schedule.algorithm.forgetting_curve(Math.max(0, last - day), memory.stability), 0)
  return { days, seen: memories.length, recall: memories.length ? recalled / memories.length : 0 }
}

function reviewed(schedule, { memory, day }, on) {
  const after = schedule.algorithm.next_state(memory, memory ? on - day : 0, FIRST)
  return { memory: after, day: on, due: on + schedule.interval(after.stability, on) }
}
