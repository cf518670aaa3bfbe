// Weights under an L1 and an L2 penalty: two twins and two columns on their own, while the strength grows.
// As in the answer, columns enter by their correlations and their covariances with y, as with unlimited rows.
const [WEAKEST, STRONGEST] = [0.02, 2]
const EDGE = 0.0105 // where the axis begins, so that the names stand before the paths
const STEPS = 100 // of the drawn paths
const PASSES = 400 // twins correlated 0.95 gain a factor of 0.9 a pass: 1e-18 in all
const ROUNDING = 1e-12 // a pull that exceeds the strength by no more than this equals it
const APART = 0.12 // names that are closer would overlap
const NAMES = ["A", "B", "C", "D"]
const LOOKS = ["c1", "c1 dash", "c2", "c3"]

const fixed = value => value.toFixed(2)

export const title = "Weights under L1 and L2 penalties"
export const controls = [
  { name: "strength", label: "Strength", min: WEAKEST, max: STRONGEST, step: 0.02, value: 0.4, say: fixed },
  { name: "twins", label: "Correlation of A and B", min: 0, max: 0.95, step: 0.05, value: 0.95, say: fixed },
  { name: "second", label: "Covariance of B with y (A: 1.00)", min: 0.94, max: 1.06, step: 0.02, value: 0.96, say: fixed },
]
export const height = 230

/** The weights that are best at strengths `l1` and `l2`: coordinate descent, one weight after the other. */
export function fit(l1, l2, twins, second) {
  const covariances = [1, second, 0.5, -0.3]
  const weights = [0, 0, 0, 0]
  for (let pass = 0; pass < PASSES; pass++) {
    covariances.forEach((covariance, column) => {
      const pull = covariance - (column < 2 ? twins * weights[1 - column] : 0)
      const left = Math.abs(pull) - l1
      weights[column] = left > ROUNDING ? (Math.sign(pull) * left) / (1 + l2) : 0
    })
  }
  return weights
}

const grid = Array.from({ length: STEPS + 1 }, (_, step) => WEAKEST * (STRONGEST / WEAKEST) ** (step / STEPS))
const known = {}
// Small ones get more digits, so that none but a true zero is called 0.
const words = weight => (weight ? weight.toFixed(Math.abs(weight) < 0.01 ? 4 : 2).replace("-", "−") : "0")

export function draw(stage, { strength, twins, second }) {
  const said = ["L1", "L2"].map((name, side) => {
    const at = power => fit(power * (1 - side), power * side, twins, second)
    const here = at(strength)
    const paths = (known[[side, twins, second]] ??= grid.map(at))
    const panel = stage.panel({ box: [36 + 232 * side, 20, 178, 165], x: [EDGE, STRONGEST], y: [-0.4, 1.2], xs: [0.02, 0.2, 2], ys: [0, 0.5, 1], across: "strength", up: `weights, ${name}`, log: "x" })
    panel.line([[WEAKEST, 0], [STRONGEST, 0]], "thin")
    let above = Infinity
    for (const column of [0, 1, 2, 3].sort((a, b) => paths[0][b] - paths[0][a])) {
      panel.line(grid.map((power, step) => [power, paths[step][column]]), LOOKS[column])
      panel.dots([[strength, here[column]]], LOOKS[column], 4.5)
      above = Math.min(paths[0][column], above - APART)
      panel.text(EDGE * 1.13, above - 0.04, NAMES[column], LOOKS[column])
    }
    const zeros = here.filter(weight => !weight).length
    return `${name} gives ${NAMES.map((name, column) => `${name}\u00a0${words(here[column])}`).join(", ")}: ${{ 0: "none", 4: "all" }[zeros] ?? `${zeros} of 4`} exactly zero.`
  })
  return `At strength ${fixed(strength)}, ${said.join(" ")}`
}
