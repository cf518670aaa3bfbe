// Peeking at tests without any effect: walks of z-scores that cross a bound at some look, and the exact chance of it.
// The chance is by recursion over the looks (Armitage, McPherson and Rowe, 1969).
import { above, random } from "../normal.js"

const TESTS = 20
const LOOKS = Array.from({ length: 50 }, (_, place) => place + 1)
const BEFORE = 97 // seeds left out, so that the first twenty tests do as those of the figure
const STEP = 0.5 // of the recursion at most, in standard deviations of what a look adds
const LEAST = 16 // of its steps, for the first looks, whose bounds are near
const FAR = 6 // standard deviations, beyond which nothing counts
const ENDS = [0.5, LOOKS.length + 0.5]
const HIGH = 4.8 // of the drawing, as in the figure

export const title = "Peeking at tests without an effect"
export const controls = [
  { name: "looks", label: "Looks", min: 1, max: LOOKS.length, step: 1, value: LOOKS.length },
  { name: "bound", label: "Bound", min: 1.5, max: 3.5, step: 0.01, value: 1.96, say: value => value.toFixed(2) },
  { name: "run", label: "Run twenty more", value: 1, press: ({ run }) => run + 1 },
]
export const height = 270

const density = z => (Math.abs(z) > FAR ? 0 : Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI))

/** The chance of |z| beyond the bound by each look, without an effect: follows |sum| as long as no look crosses. */
export function chances(bound) {
  let [before, apart] = [[1], 0] // shares of tests by |sum|, and how far apart the places are: all at zero
  return LOOKS.map(look => {
    const edge = bound * Math.sqrt(look)
    const parts = Math.max(LEAST, 2 * Math.ceil(edge / STEP / 2))
    const gap = edge / parts
    const next = []
    for (let place = 0; place <= parts; place++) {
      let share = 0
      for (let from = 0; from < before.length; from++) share += before[from] * (density(place * gap - from * apart) + density(place * gap + from * apart))
      next.push((share * gap * (place % parts ? 2 + 2 * (place % 2) : 1)) / 3) // Simpson's rule
    }
    before = next
    apart = gap
    return 1 - next.reduce((sum, share) => sum + share)
  })
}

/** O'Brien and Fleming's bound at the last look, for 5 % in all, to 0.003: that of a continuous walk, 2.241, corrected. */
export const fleming = looks => 2.2414 - 0.5826 / Math.sqrt(looks) + 0.3012 / looks

/** Twenty tests without an effect: their z-scores at every look. */
export function walks(run) {
  const next = random(BEFORE + run)
  return Array.from({ length: TESTS }, () => {
    let sum = 0
    return LOOKS.map(look => {
      sum += Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
      return sum / Math.sqrt(look)
    })
  })
}

/** How many tests of a run cross a bound by a look: the same at all looks, or one that falls to it as O'Brien and Fleming's. */
export function crossed(run, looks, bound, falls = false) {
  const at = look => (falls ? bound * Math.sqrt(looks / look) : bound)
  return walked(run).filter(test => test.slice(0, looks).some((z, place) => Math.abs(z) > at(place + 1))).length
}

const walked = remembered(walks)
const exact = remembered(chances)

// The same function, which works out each value once.
function remembered(work) {
  const known = {}
  return key => (known[key] ??= work(key))
}

export function draw(stage, { looks, bound, run }) {
  const panel = stage.panel({ box: [30, 20, 390, 200], x: ENDS, y: [-HIGH, HIGH], xs: [1, 10, 20, 30, 40, 50], ys: [[-4, "−4"], [-2, "−2"], 0, 2, 4], across: "look", up: "z-score, no effect" })
  const over = ([, z]) => Math.abs(z) > bound
  const paths = walked(run).map(test => test.slice(0, looks).map((z, place) => [place + 1, z]))
  // Those that cross come last, so that none of the others hides them.
  for (const path of paths.sort((a, b) => a.some(over) - b.some(over))) {
    const first = path.filter(over).slice(0, 1)
    panel.line(path, first.length ? "c2" : "c1 faint")
    panel.dots(path.slice(-1), over(path.at(-1)) ? "c2" : "c1", 2.5)
    panel.dots(first, "c2", 4.5)
  }
  const last = fleming(looks)
  const start = Math.max(ENDS[0], looks * (last / HIGH) ** 2) // where it enters the drawing
  const falls = LOOKS.map(part => start + ((looks - start) * (part - 1)) / (LOOKS.length - 1))
  for (const side of [-1, 1]) {
    panel.line(ENDS.map(end => [end, side * bound]), "c1 dash")
    panel.text(ENDS[1] + 0.5, side * bound - 0.2, `${side < 0 ? "−" : ""}${bound.toFixed(2)}`, "c1")
    panel.line(falls.map(look => [look, side * last * Math.sqrt(looks / look)]), "c3 dash")
  }
  panel.text(start + 5.5, 4, "O'Brien-Fleming: 5 % in all", "c3")

  const percent = share => `${share < 0.1 ? (100 * share).toPrecision(2) : Math.round(100 * share)} %`
  let sum = 0
  for (let past = 1; past <= run; past++) sum += crossed(past, looks, bound)
  const far = run > 1 ? ` So far ${sum} of ${run * TESTS} crossed ${bound.toFixed(2)}.` : ""
  const many = looks > 1 ? `${percent(exact(bound)[looks - 1])} in ${looks} looks, ` : ""
  return `Of ${TESTS} tests without an effect, ${crossed(run, looks, bound)} crossed ${bound.toFixed(2)}${looks > 1 ? ` at some look, ${paths.filter(path => over(path.at(-1))).length} ended beyond it` : ""}, ${crossed(run, looks, last, true)} crossed O'Brien-Fleming's bound.${far} The exact chance of crossing ${bound.toFixed(2)} is ${many}${percent(2 * above(bound))} in one look.`
}
