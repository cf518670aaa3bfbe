// How likely fraud is after an alert, against the base rate, and the flagged payments it is made of: Bayes' theorem in counts.
// Counts are averages of 10,000 payments. They are shown with all their decimals, so that each share can be checked.

const PAYMENTS = 10_000
/** The base rates of the slider, in percent. */
export const BASES = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50]
const ONE = 6 // where 1 % stands, the answer's
const EDGES = [0.008, 60] // of the left panel: the dot never hides the ticks

export const title = "Base rate and false alarms"
export const controls = [
  { name: "base", label: "Payments that are fraud", min: 0, max: BASES.length - 1, step: 1, value: ONE, say: place => `${BASES[place]} %` },
  { name: "caught", label: "Frauds flagged", min: 50, max: 100, step: 1, value: 99, say: value => `${value} %` },
  { name: "alarms", label: "Honest flagged", min: 0.5, max: 20, step: 0.5, value: 5, say: value => `${value} %` },
]
export const height = 230

/** The probability of fraud after an alert; all rates in percent. */
export const posterior = (base, caught, alarms) => (caught * base) / (caught * base + alarms * (100 - base))

/** Frauds and honest payments of 10,000, and how many of each are flagged on average. */
export function counts(base, caught, alarms) {
  const fraud = (PAYMENTS * base) / 100
  const honest = PAYMENTS - fraud
  return { fraud, honest, hits: (fraud * caught) / 100, false: (honest * alarms) / 100 }
}

export function draw(stage, { base: place, caught, alarms }) {
  const base = BASES[place]
  const [from, to] = [BASES[0], BASES.at(-1)]
  const grid = Array.from({ length: 101 }, (_, step) => from * (to / from) ** (step / 100))
  const after = posterior(base, caught, alarms)
  const left = stage.panel({ box: [48, 20, 242, 165], x: EDGES, y: [0, 1], xs: [0.01, 0.1, 1, 10].map(tick => [tick, `${tick} %`]), ys: [0, [0.5, "50 %"], [1, "100 %"]], across: "payments that are fraud", up: "alerts that are fraud", log: "x" })
  left.line(grid.map(share => [share, share / 100]), "thin")
  left.line(grid.map(share => [share, posterior(share, caught, alarms)]))
  left.text(to, 0.02, "prior", "", "end")
  left.dots([[base, after]], "c2", 6)
  const { fraud, honest, hits, false: wrong } = counts(base, caught, alarms)
  const most = Math.max(hits, wrong)
  const right = stage.panel({ box: [330, 20, 126, 165], x: [0, 2], y: [0, most * 1.12], xs: [[0.5, "fraud"], [1.5, "honest"]], ys: [], across: "flagged", up: "of 10,000" })
  right.bar(0.2, 0.8, hits, "c2")
  right.bar(1.2, 1.8, wrong)
  right.text(0.5, hits + most * 0.03, said(hits), "c2", "middle")
  right.text(1.5, wrong + most * 0.03, said(wrong), "c1", "middle")
  return `Of 10,000 payments, on average ${said(fraud)} ${fraud > 1 ? "are" : "is"} fraud, ${said(hits)} of them flagged; of ${said(honest)} honest ones ${said(wrong)} are. So ${said(hits)} of ${said(hits + wrong)} alerts are fraud: ${((100 * hits) / (hits + wrong)).toFixed(after < 0.01 ? 2 : 1)} %.`
}

const said = value => value.toLocaleString("en") // up to three decimals: all there are
