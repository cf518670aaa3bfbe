// Polynomials of growing degree: the fit to one noisy sample among the fits to others, and the errors that are expected.
// Inputs, truth and noise are the figure's: 20 points on [-1, 1], tanh(4x + 1), standard deviation 0.5.
import { cut, random } from "../normal.js"

const ROWS = 20
const NOISE = 0.25 // variance
const DEGREES = 14
const OTHERS = 8 // enough to see the spread, few enough to see each
const STEPS = 95 // of the drawn curves: five from one input to the next
const REACH = 2.4 // of the left panel; what a wild curve does beyond it is not drawn

export const title = "Polynomial degree, bias and variance"
export const controls = [
  { name: "degree", label: "Polynomial degree", min: 1, max: DEGREES, step: 1, value: 4 },
  { name: "sample", label: "Another sample", value: 39, press: ({ sample }) => sample + 1 }, // a sample whose errors are close to the expected ones
]
export const height = 230

const even = parts => Array.from({ length: parts + 1 }, (_, place) => (2 * place) / parts - 1)
const truth = x => Math.tanh(4 * x + 1)
const inputs = even(ROWS - 1)
const grid = even(STEPS)
const product = (one, other) => one.reduce((total, value, place) => total + value * other[place], 0)

/** The mean squared difference at the inputs. */
function gap(fit, target) {
  const miss = fit.map((value, row) => value - target[row])
  return product(miss, miss) / ROWS
}

/** Polynomials of degree 0 to 14 at these points, orthonormal over the 20 inputs: the recurrence of Gram and Chebyshev. */
export function polynomials(points) {
  const rise = power => Math.sqrt((power ** 2 * (ROWS ** 2 - power ** 2)) / (4 * power ** 2 - 1)) / (ROWS - 1)
  const basis = [points.map(() => 0), points.map(() => 1 / Math.sqrt(ROWS))]
  for (let power = 1; power <= DEGREES; power++) {
    const [before, last] = basis.slice(-2)
    basis.push(points.map((x, place) => (x * last[place] - rise(power - 1) * before[place]) / rise(power)))
  }
  return basis.slice(1)
}

const [atInputs, atGrid] = [polynomials(inputs), polynomials(grid)]

/** The least-squares fit of a degree to labels of the inputs, at the points of a basis: at the inputs or on the grid. */
export function fitted(labels, degree, basis) {
  const weights = atInputs.slice(0, degree + 1).map(values => product(values, labels))
  return basis[0].map((_, place) => weights.reduce((total, weight, power) => total + weight * basis[power][place], 0))
}

const signal = inputs.map(truth)

/** Squared bias, variance and expected test error at a degree, averaged over the inputs, exact. */
export function terms(degree) {
  const bias2 = gap(fitted(signal, degree, atInputs), signal)
  const variance = (NOISE * (degree + 1)) / ROWS
  return { bias2, variance, error: bias2 + variance + NOISE }
}

const curves = Array.from({ length: DEGREES }, (_, place) => terms(place + 1))
const drawn = {}

/** The labels of a sample, drawn once: a normal number costs 60 steps. */
export function labels(sample) {
  const next = random(sample)
  return (drawn[sample] ??= signal.map(value => value + Math.sqrt(NOISE) * cut(next())))
}

/** The mean squared error of a sample's fit: on its own labels, and expected on new ones. */
export function errors(sample, degree) {
  const fit = fitted(labels(sample), degree, atInputs)
  return { training: gap(fit, labels(sample)), test: gap(fit, signal) + NOISE }
}

/** A curve in the pieces that lie within the panel; the step that leaves or enters it ends at the edge. */
export function visible(curve) {
  const runs = [[]]
  const held = curve.map(value => Math.max(-REACH, Math.min(value, REACH)))
  held.forEach((value, place) => {
    if (value !== curve[place] && held[place - 1] !== curve[place - 1]) runs.push([])
    runs.at(-1).push([grid[place], value])
  })
  return runs
}

export function draw(stage, { degree, sample }) {
  const left = stage.panel({ box: [28, 20, 190, 165], x: [-1, 1], y: [-REACH, REACH], xs: [-1, 0, 1], ys: [-2, 0, 2], across: "x", up: "a sample of 20 rows" })
  const fit = (chosen, look) => visible(fitted(labels(chosen), degree, atGrid)).forEach(run => left.line(run, look))
  for (let other = 1; other <= OTHERS; other++) fit(sample - other, "c1 faint")
  left.line(grid.map(x => [x, truth(x)]), "c3 dash")
  left.dots(labels(sample).map((label, row) => [inputs[row], label]), "c2", 3)
  fit(sample, "c2")
  const keys = [["its fit", "c2"], ["truth", "c3 dash"], ["other samples", "c1 faint"]]
  keys.forEach(([words, look], place) => {
    const y = -1.1 - place * 0.45 // lower right, where no rows are
    left.line([[-0.22, y], [-0.05, y]], look)
    left.text(0, y - 0.1, words)
  })
  const right = stage.panel({ box: [268, 20, 178, 165], x: [0.5, DEGREES + 0.5], y: [0, 0.46], xs: [1, 4, 7, 10, 14], ys: [0, 0.2, 0.4], across: "degree", up: "squared error" })
  right.line([[1, NOISE], [DEGREES, NOISE]], "thin")
  const here = curves[degree - 1]
  for (const [part, look] of [["bias2", "c1 dash"], ["variance", "c2"], ["error", "c3"]]) {
    right.line(curves.map((at, place) => [place + 1, at[part]]), look)
    right.dots([[degree, here[part]]], look, 5)
  }
  right.text(1.9, 0.1, "bias²", "c1")
  right.text(10, 0.16, "variance", "c2", "end")
  right.text(14, 0.22, "noise", "", "end")
  right.text(5.5, 0.41, "test error", "c3", "middle")
  const { bias2, variance, error } = here
  const { training, test } = errors(sample, degree)
  const best = curves.every(other => other.error >= error)
  return `Degree ${degree}: bias² ${bias2.toFixed(4)} + variance ${variance.toFixed(4)} + noise ${NOISE} = expected test error ${error.toFixed(4)}${best ? ", the lowest" : ""}. This fit: ${training.toFixed(2)} on its own rows, ${test.toFixed(2)} expected on new labels at the same inputs.`
}
