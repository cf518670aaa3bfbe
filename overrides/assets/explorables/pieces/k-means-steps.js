// k-means, half a round at a time: every row goes to its nearest center, then every center to the mean of its rows. Other
// starts and another k end elsewhere. The rows and the first start are those of the figure.
import { random } from "../normal.js"

export const ROWS = [
  [2.9, 2.7], [3, 5.9], [3.4, 7.4], [4.5, 3.5], [4.5, 8.4], [4.9, 4.2], [5.3, 7.6], [5.9, 7.3],
  [5.6, 1.2], [5.5, 8.6], [6.2, 3.1], [6.6, 2.1], [6.6, 6.8], [6.9, 4.3], [7.4, 8.8], [9.2, 4],
  [11.9, 4.8], [13.7, 5], [14.3, 6.2], [16, 4.8], [16.2, 6.8], [16.5, 4.5], [17.1, 4.1], [18.8, 5.4],
]
const STARTS = 8

export const title = "k-means, step by step"
export const controls = [
  { name: "k", label: "Centers", min: 2, max: 5, step: 1, value: 3 },
  { name: "start", label: "Start", min: 1, max: STARTS, step: 1, value: 1, say: start => `${start} of ${STARTS}` },
  { name: "at", label: "Next step", press: values => go(values, (walked(values) + 1) % path(values).length) },
  { name: "at", label: "To the end", press: values => go(values, path(values).length - 1) },
]
export const height = 248

const known = {} // what no step changes, by k

/** All half rounds of every start with k centers. */
export function paths(k) {
  return known[k] ??= Array.from({ length: STARTS }, (_, place) => run(drawn(k, place + 1)))
}

const path = ({ k, start }) => paths(k)[start - 1]

// How far one has walked, which counts for this k and this start only. After the end it begins again.
const go = ({ k, start }, steps) => ({ k, start, steps })
const walked = ({ k, start, at }) => at?.k === k && at.start === start ? at.steps : 0

const square = (one, other) => (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2
const mean = rows => [0, 1].map(axis => rows.reduce((sum, row) => sum + row[axis], 0) / rows.length)

// The rows on which the centers stand at first: k different ones, drawn at random.
function drawn(k, start) {
  const next = random(start)
  const places = new Set()
  while (places.size < k) places.add(Math.floor(next() * ROWS.length))
  return [...places].map(place => ROWS[place])
}

/**
 * All half rounds until no row changes its group, in turn: assigned, `changed` of them; and moved, from `before`. `sum` is W.
 * A center without rows takes over the row that lies farthest from its own, among those that have company.
 */
export function run(centers, rows = ROWS) {
  const states = []
  let groups = []
  for (;;) {
    const old = groups
    groups = rows.map((row, place) => {
      const far = centers.map(center => square(row, center))
      const near = far.indexOf(Math.min(...far))
      return far[old[place]] <= far[near] ? old[place] : near // a tie stays
    })
    const changed = groups.flatMap((group, place) => group === old[place] ? [] : place)
    const sum = () => rows.reduce((total, row, place) => total + square(row, centers[groups[place]]), 0)
    states.push({ centers, groups, changed, sum: sum() })
    if (!changed.length) return states
    const before = centers
    groups = [...groups]
    centers.forEach((_, center) => {
      if (groups.includes(center)) return
      const far = rows.map((row, place) => groups.filter(group => group === groups[place]).length > 1 ? square(row, before[groups[place]]) : -1)
      groups[far.indexOf(Math.max(...far))] = center
    })
    centers = centers.map((_, center) => mean(rows.filter((_, place) => groups[place] === center)))
    states.push({ centers, before, groups, sum: sum() })
  }
}

const ARM = 0.5 // of the cross that marks a center

const said = sum => sum.toFixed(1)
const look = group => `c${1 + (group % 3)}` // two groups may share a color: the lines to the center tell them apart

export function draw(stage, values) {
  const states = path(values)
  const steps = walked(values)
  const { centers, before, groups, changed, sum } = states[steps]
  const panel = stage.panel({ box: [30, 10, 420, 210], x: [0, 20], y: [0, 10], xs: [0, 5, 10, 15, 20], ys: [0, 5, 10] })
  ROWS.forEach((row, place) => panel.line([centers[groups[place]], row], `${look(groups[place])} faint`))
  ROWS.forEach((row, place) => panel.dots([row], look(groups[place]), steps && changed?.includes(place) ? 6 : 3.5))
  centers.forEach(([a, b], group) => {
    if (before) panel.line([before[group], [a, b]], "thin")
    panel.line([[a - ARM, b], [a + ARM, b]], look(group))
    panel.line([[a, b - ARM], [a, b + ARM]], look(group))
  })
  const round = `Round ${1 + (steps >> 1)}: `
  if (!steps) return `${round}all ${ROWS.length} rows go to the nearest of ${values.k} centers, which start on rows. W, the squared lengths of the lines added up, is ${said(sum)}.`
  const fall = `W falls from ${said(states[steps - 1].sum)} to ${said(sum)}.`
  if (before) return `${round}each center moves to the mean of its rows. ${fall}`
  if (changed.length) return `${round}${changed.length} of ${ROWS.length} rows (large) found a nearer center and changed over. ${fall}`
  const ends = paths(values.k).map(other => other.at(-1).sum)
  const lowest = Math.min(...ends)
  return `${round}no row changes its group, so the centers stay. Finished at W = ${said(sum)}: ${said(lowest) === said(sum) ? `none of the ${STARTS} starts ends lower` : `start ${ends.indexOf(lowest) + 1} ends lowest, at ${said(lowest)}`}.`
}
