// Two walks down a long valley seen from above, with momentum and without: rate, momentum and steps move, and beyond its
// limit a walk flies apart. Start and valley are those of the figure.
const CURVATURE = [1, 100] // along the floor and across it
const START = [-10, 1]
const VIEW = [[-11, 11], [-2.2, 2.2]]
const LEVELS = [2, 10, 30, 70, 150]
const FAR = 10 // so many views away no walk that settles has ever been
const CORNERS = 72 // of a contour
const [TINY, HUGE] = [0.01, 1e6] // beyond these losses, digits say nothing
const axes = [0, 1]

export const title = "Descent with and without momentum"
export const controls = [
  { name: "power", label: "Learning rate", min: -60, max: -26, step: 1, value: -35, say: power => String(rate(power)) },
  { name: "beta", label: "Momentum", min: 0, max: 0.99, step: 0.01, value: 0.9, say: beta => beta.toFixed(2) },
  { name: "steps", label: "Steps", min: 0, max: 100, step: 1, value: 30 },
]
export const height = 288

/** The rate at a place of the slider: twenty places make a factor of ten, two digits are kept. */
export function rate(power) {
  return Number((10 ** (power / 20)).toPrecision(2))
}

/** All points visited from the start, with v = beta v + gradient. */
export function walk(eta, beta, steps) {
  const points = [START]
  let speed = [0, 0]
  for (let [step, point] = [0, START]; step < steps; step++) {
    speed = axes.map(axis => beta * speed[axis] + CURVATURE[axis] * point[axis])
    point = axes.map(axis => point[axis] - eta * speed[axis])
    points.push(point)
  }
  return points
}

export const loss = point => axes.reduce((sum, axis) => sum + (CURVATURE[axis] * point[axis] ** 2) / 2, 0)

/** The rate from which on the walk no longer settles; the steepest direction decides. */
export const limit = beta => (2 * (1 + beta)) / CURVATURE[1]

/** What becomes of the walk in the end: 1 it settles, 0 it swings for ever, -1 it flies apart. */
export const fate = (eta, beta) => Math.sign(Math.round((limit(beta) - eta) * 1e9))

const seen = (point, margin = 1) => axes.every(axis => Math.abs(point[axis]) <= margin * VIEW[axis][1])

/** The pieces of a line that lie in the view, cut at its edges. They end where it is lost for good, far outside. */
export function visible(points) {
  const pieces = []
  for (let next = 1; next < points.length && seen(points[next - 1], FAR); next++) {
    const [from, to] = [points[next - 1], points[next]]
    let [enter, leave] = [0, 1]
    for (const axis of axes) {
      const [one, other] = VIEW[axis].map(edge => (edge - from[axis]) / (to[axis] - from[axis]))
      enter = Math.max(enter, Math.min(one, other))
      leave = Math.min(leave, Math.max(one, other))
    }
    if (!(enter < leave)) continue
    const at = share => axes.map(axis => from[axis] + share * (to[axis] - from[axis]))
    if (enter || !pieces.length) pieces.push([at(enter)])
    pieces.at(-1).push(at(leave))
  }
  return pieces
}

let rings // the contours, which no slider moves

const ring = level => Array.from({ length: CORNERS + 1 }, (_, corner) => {
  const turn = (2 * Math.PI * corner) / CORNERS
  return [Math.cos(turn), Math.sin(turn)].map((part, axis) => part * Math.sqrt((2 * level) / CURVATURE[axis]))
})

/** A loss as it is said. */
const size = value => value < TINY ? `below ${TINY}` : value > HUGE ? "over a million" : Number(value.toPrecision(2)).toLocaleString("en")
/** A coordinate as it is said, without a minus before nothing. */
const tidy = value => String(Math.round(value * 100) / 100).replace("-", "−")

export function draw(stage, { power, beta, steps }) {
  const eta = rate(power)
  rings ??= LEVELS.flatMap(level => visible(ring(level)))
  const show = (name, part, top, look, color) => {
    const points = walk(eta, part, steps)
    const last = points.at(-1)
    const end = fate(eta, part)
    const place = seen(last) ? `at (${last.map(tidy).join(", ")})` : "out of the picture"
    const panel = stage.panel({ box: [30, top, 420, 100], x: VIEW[0], y: VIEW[1], xs: [[-10, "−10, start"], [0, "0, minimum"], 10], ys: [[-1, "−1"], 0, 1], up: `${name}: ${place}` })
    for (const piece of rings) panel.line(piece, "axis faint")
    for (const piece of visible(points)) panel.line(piece, look)
    panel.dots(points.filter(point => seen(point)), color, 2.5)
    panel.dots([last].filter(point => seen(point)), color, 6)
    return `${name}: ${place}, loss ${size(loss(last))}; the rate is ${["above", "just at", "below"][end + 1]} ${Number(limit(part).toFixed(4))}, so it ${["flies apart", "swings for ever", "settles"][end + 1]}.`
  }
  return `Step ${steps}; the loss began at ${loss(START)}. ${show("Gradient descent", 0, 20, "c2 dash", "c2")} ${show(`Momentum ${beta.toFixed(2)}`, beta, 164, "c1", "c1")}`
}
