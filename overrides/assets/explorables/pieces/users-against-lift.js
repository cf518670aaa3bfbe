// The users that a test needs, against the relative lift it is to detect: the plan on its curve, and how long it takes.
// Two equal arms, two-sided 5 %, each arm with its own variance, as in the figure.
import { cut } from "../normal.js"

const ALPHA = 0.05
const PARTS = 100 // of the area under the normal curve
const WEEK = 7
const YEAR = 365.25
const LIFTS = [1, 2, 5, 10, 20] // %
const REFERENCES = [[1, "c1"], [20, "c3"]] // base rates in %, as in the figure
const NUMBERS = [[100, "100"], [1e3, "1,000"], [1e4, "10,000"], [1e5, "100,000"], [1e6, "1 million"], [1e7, "10 million"]]
const [LEFT, LOW] = [0.92, 100] // where the axes meet: room for the point at a lift of 1 %

const percent = value => `${value} %`
const whole = value => Math.round(value).toLocaleString("en")

export const title = "Users that a test needs"
export const controls = [
  { name: "base", label: "Base rate", min: 1, max: 50, step: 1, value: 4, say: percent },
  { name: "lift", label: "Relative lift", min: 1, max: 20, step: 0.5, value: 5, say: percent },
  { name: "power", label: "Power", min: 0.5, max: 0.95, step: 0.05, value: 0.8, say: value => value.toFixed(2) },
  { name: "traffic", label: "New users a week", min: 5_000, max: 200_000, step: 5_000, value: 60_000, say: whole },
]

const density = z => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)

/** `cut` to 1e-9, since its 1e-6 would be a user too few in a million: one step of Newton, with the area by Simpson's rule. */
export function quantile(share) {
  const z = cut(share)
  const part = z / PARTS
  let area = density(0) - density(z)
  for (let place = 1; place <= PARTS; place++) area += 4 * density((place - 0.5) * part) + 2 * density(place * part)
  return z + (0.5 - (area * part) / 6 - share) / density(z)
}

/** Users in each of two equal arms; base rate, relative lift and power are shares. */
export function perArm(base, lift, power) {
  const next = base * (1 + lift)
  const z = quantile(ALPHA / 2) + quantile(1 - power)
  return (z ** 2 * (base * (1 - base) + next * (1 - next))) / (next - base) ** 2
}

/** Days until both arms are full. */
export const days = (users, traffic) => (2 * users * WEEK) / traffic

export function draw(stage, { base, lift, power, traffic }) {
  const users = (rate, gain) => perArm(rate / 100, gain / 100, power)
  const panel = stage.panel({ box: [66, 20, 322, 200], x: [LEFT, 20], y: [LOW, 5e7], log: "xy", xs: LIFTS, ys: NUMBERS, across: "relative lift, %", up: "users per arm" })
  const curve = rate => LIFTS.map(gain => [gain, users(rate, gain)])
  for (const [rate, look] of REFERENCES) {
    const points = curve(rate)
    panel.line(points, `${look} dash`)
    panel.text(21.5, 0.8 * points.at(-1)[1], `rate ${rate} %`, look)
  }
  const need = users(base, lift)
  panel.line([[LEFT, need], [lift, need], [lift, LOW]], "thin")
  panel.line(curve(base), "c2")
  panel.dots([[lift, need]], "c2", 5)
  panel.text(20, 2e7, `rate ${base} %, lift ${lift} %: ${whole(need)}`, "c2", "end")

  const time = days(need, traffic)
  const day = Math.ceil(time)
  const weeks = Math.ceil(day / WEEK)
  const digit = value => value.toLocaleString("en", { minimumFractionDigits: 1, maximumFractionDigits: 1 })
  const full = time > YEAR ? `after ${digit(time / YEAR)} years` : `on day ${day}`
  const plan = time > YEAR ? "too long for a test" : `plan ${weeks} whole week${weeks > 1 ? "s" : ""}`
  return `To detect a rise from ${base} % to ${(base * (1 + lift / 100)).toLocaleString("en")} % with power ${power.toFixed(2)}: ${whole(need)} users per arm. With ${whole(traffic)} new users a week both arms are full ${full}: ${plan}.`
}
