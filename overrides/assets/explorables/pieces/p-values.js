// The p-values of a two-sided z test in twenty bars: flat without an effect, the higher near zero the larger it is. The small
// curve is the share below a level, so the power. Exact: z is normal around the true effect, counted in standard errors.
import { above, cut } from "../normal.js"

const BARS = 20
const WIDE = 1 / BARS
const GAP = 0.0025 // on either side of a bar, so that equal ones can be told apart
const LARGEST = 4 // effect
const EFFECTS = Array.from({ length: 41 }, (_, place) => (place * LARGEST) / 40)

export const title = "p-values with and without an effect"
export const controls = [
  { name: "effect", label: "True effect, standard errors", min: 0, max: LARGEST, step: 0.04, value: 1.96, say: value => value.toFixed(2) },
  { name: "percent", label: "Level α", min: 1, max: 10, step: 1, value: 5, say: value => (value / 100).toFixed(2) },
]
export const height = 270

/** The share of studies whose p-value is at most `p`: the power at that level, or `p` itself without an effect. */
export function below(p, effect) {
  const far = cut(p / 2)
  return above(far - effect) + above(far + effect)
}

/** The share of studies in each of the bars. */
export function bars(effect) {
  const sums = Array.from({ length: BARS + 1 }, (_, edge) => below(edge / BARS, effect))
  return sums.slice(1).map((sum, place) => sum - sums[place])
}

export function draw(stage, { effect, percent }) {
  const level = percent / 100
  const under = `below ${level.toFixed(2)}`
  const shares = bars(effect)
  const found = below(level, effect)
  const main = stage.panel({ box: [36, 20, 408, 210], x: [0, 1], y: [0, 100], xs: [0, 0.2, 0.4, 0.6, 0.8, 1], ys: [0, 25, 50, 75, 100], across: "p-value", up: "share of studies, %" })
  shares.forEach((share, place) => main.bar(place * WIDE + GAP, (place + 1) * WIDE - GAP, 100 * share))
  main.line([[0, 100 * WIDE], [1, 100 * WIDE]], "c2 dash")
  main.text(1, 100 * WIDE + 3, "no effect: flat, 5 % a bar", "c2", "end")
  if (effect) main.text(0.125, 18, "with the effect", "c1")
  main.line([[level, 0], [level, 100]], "thin")
  main.text(Math.max(level, WIDE) + 0.015, 91, `p = ${level.toFixed(2)}`) // beside the first bar, which can be high
  const power = stage.panel({ box: [240, 42, 190, 84], x: [0, LARGEST], y: [0, 100], xs: [0, 1, 2, 3, 4], ys: [0, 50, 100], across: "true effect", up: `share ${under}, %` })
  power.line(EFFECTS.map(size => [size, 100 * below(level, size)]), "c3")
  power.dots([[effect, 100 * found]], "c3", 5)

  const says = share => `${share < 0.1 ? (100 * share).toPrecision(2) : Math.round(100 * share)} %`
  if (!effect) return `Without an effect p is uniform: every bar holds 5 %. So ${percent} % of the studies have p ${under}, all false alarms.`
  return `With an effect of ${effect.toFixed(2)} standard errors, ${says(found)} of the studies have p ${under}: that is the power. The first bar holds ${says(shares[0])}, the second ${says(shares[1])}, the last ${says(shares.at(-1))}. Without an effect ${percent} % would be ${under}, all false alarms.`
}
