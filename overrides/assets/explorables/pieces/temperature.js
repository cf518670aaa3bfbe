// Temperature, then top-k, then top-p: how likely eight tokens are before the two cuts, and what the cuts leave.
// The logits are the figure's. They fall, so the first tokens are the most probable ones at every temperature.

const LOGITS = [7, 6, 5, 4, 3, 2, 1, 0]
const TIE = 1e-12 // a sum equal to p is enough, and rounding must not decide that
const ALMOST = 0.995 // beyond this, whole percents would say 100 too early
const [WIDE, NARROW] = [0.36, 0.24] // half a bar, before and after: the one behind stays visible

export const title = "Temperature, top-k and top-p"
export const controls = [
  { name: "temperature", label: "Temperature", min: 0.1, max: 3, step: 0.1, value: 1, say: value => value.toFixed(1) },
  { name: "k", label: "Top-k", min: 1, max: LOGITS.length, step: 1, value: LOGITS.length },
  { name: "p", label: "Top-p", min: 0.1, max: 1, step: 0.05, value: 1, say: value => value.toFixed(2) },
]
export const height = 230

const sum = values => values.reduce((total, value) => total + value, 0)
const scaled = values => values.map(value => value / sum(values))

/** The probabilities of the eight tokens, before any cut. */
export const softmax = temperature => scaled(LOGITS.map(logit => Math.exp((logit - LOGITS[0]) / temperature)))

/** What the first `k` tokens have together, one by one, as shares of all `k`: that is what top-p looks at. */
export const sums = (probabilities, k) => scaled(probabilities.slice(0, k)).map((_, place, first) => sum(first.slice(0, place + 1)))

/** How many tokens remain: of the first `k` the fewest that hold at least `p`. At 1 top-p is off, as very small ones count. */
export const remaining = (probabilities, k, p) => (p === 1 ? k : sums(probabilities, k).findIndex(held => held >= p - TIE) + 1)

/** The probabilities of the tokens that remain, divided by their sum. */
export const cut = (probabilities, k, p) => scaled(probabilities.slice(0, remaining(probabilities, k, p)))

export function draw(stage, { temperature, k, p }) {
  const before = softmax(temperature)
  const after = cut(before, k, p)
  const count = after.length
  const panel = stage.panel({ box: [48, 18, 400, 168], x: [0.5, 8.5], y: [0, 1.12], xs: LOGITS.map((_, place) => place + 1), ys: [0, [0.5, "50 %"], [1, "100 %"]], across: "token, most probable first", up: "probability" })
  const bar = (at, value, half, look, base) => panel.bar(at - half, at + half, value, look, base)
  before.forEach((value, place) => {
    const now = after[place] ?? 0
    bar(place + 1, value, WIDE, "c1 faint")
    if (now) bar(place + 1, now, NARROW)
    panel.text(place + 1, Math.max(value, now) + 0.03, now ? percent(now) : "cut", "", "middle")
  })
  for (const [y, half, look, words] of [[0.95, WIDE, "c1 faint", "before the cuts"], [0.82, NARROW, "c1", "after them"]]) {
    bar(5.4, y + 0.07, half, look, y)
    panel.text(5.9, y + 0.01, words)
  }
  const held = sums(before, k)
  const exact = place => percent(held[place - 1], 2) // whole percents would blur what falls just short of p
  const fewest = count > 1 ? `${count} hold ${exact(count)}, ${count - 1} only ${exact(count - 1)}` : `1 holds ${exact(1)}`
  const nucleus = p < 1 ? `then top-p the fewest with at least ${percent(p)} of their sum: ${fewest}` : "then top-p all of these"
  const remain = count > 1 ? `Tokens 1 ${count > 2 ? "to" : "and"} ${count} remain, token 1 with` : "Token 1 remains, with"
  return `Token 1 has ${percent(before[0])} at temperature ${temperature.toFixed(1)}. Top-k keeps ${k}, ${nucleus}. ${remain} ${percent(after[0])}.`
}

function percent(share, digits = 0) {
  if (share < 0.01) return "<1 %"
  const places = share > 1 - TIE ? 0 : share > ALMOST ? 3 : digits
  return `${(100 * share).toFixed(places)} %`
}
