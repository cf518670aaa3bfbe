// A threshold that moves: the point on the ROC curve, the same one on precision against recall, and the four counts.
// Scores are normal around 0 for negatives and around 2 for positives, as in the figure.
import { above } from "../normal.js"

const SHIFT = 2
const PEOPLE = 10_000
const RATES = [0, 0.5, 1]

export const title = "A threshold on the ROC curve"
export const controls = [
  { name: "threshold", label: "Threshold", min: -2, max: 4, step: 0.1, value: 1, say: value => value.toFixed(1) },
  { name: "share", label: "Positives", min: 1, max: 50, step: 1, value: 10, say: value => `${value} %` },
]
export const height = 230

/** Recall, false positive rate and precision at a threshold, when this share is positive. */
export function rates(threshold, share) {
  const recall = above(threshold - SHIFT)
  const alarm = above(threshold)
  return { recall, alarm, precision: (share * recall) / (share * recall + (1 - share) * alarm) }
}

/** True and false positives, false and true negatives among 10,000, on average. */
export function counts(threshold, share) {
  const { recall, alarm } = rates(threshold, share)
  const positives = PEOPLE * share
  const negatives = PEOPLE - positives
  return { hits: positives * recall, alarms: negatives * alarm, misses: positives * (1 - recall), passed: negatives * (1 - alarm) }
}

export function draw(stage, { threshold, share }) {
  const part = share / 100
  const here = rates(threshold, part)
  const cuts = Array.from({ length: 101 }, (_, place) => -4 + place / 10)
  const curve = cuts.map(cut => rates(cut, part))
  const left = stage.panel({ box: [36, 20, 178, 165], x: [0, 1], y: [0, 1], xs: RATES, ys: RATES, across: "false positive rate", up: "recall" })
  left.line([[0, 0], [1, 1]], "thin")
  left.line(curve.map(({ alarm, recall }) => [alarm, recall]))
  left.dots([[here.alarm, here.recall]], "c2", 6)
  const right = stage.panel({ box: [268, 20, 178, 165], x: [0, 1], y: [0, 1], xs: RATES, ys: RATES, across: "recall", up: "precision" })
  right.line([[0, part], [1, part]], "thin")
  right.line(curve.map(({ recall, precision }) => [recall, precision]), "c3")
  right.dots([[here.recall, here.precision]], "c2", 6)
  const { hits, alarms, misses, passed } = counts(threshold, part)
  const percent = value => `${value > 0.995 && value < 1 ? Math.floor(1000 * value) / 10 : (100 * value).toFixed(value < 0.1 ? 1 : 0)} %`
  const number = value => value.toLocaleString("en", { maximumFractionDigits: value < 20 ? 1 : 0 })
  return `Of 10,000 on average: hits ${number(hits)}, misses ${number(misses)}, false alarms ${number(alarms)}, rightly passed ${number(passed)}. Recall ${percent(here.recall)}, false positive rate ${percent(here.alarm)}, precision ${percent(here.precision)}.`
}
