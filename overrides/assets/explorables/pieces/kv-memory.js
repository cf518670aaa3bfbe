// The memory of the weights and of the KV cache against the tokens of a sequence, and whether both fit on one card.
// The shape is that of Llama 3 8B, as in the answer; its weights stay at 16 bits, the numbers in the cache need not.

const [LAYERS, QUERY_HEADS, GROUPS, HEAD_WIDTH, WIDTH] = [32, 32, 8, 128, 4096]
const PARAMETERS = 8.03e9 // with 8 KV heads
const [GIB, KIB] = [2 ** 30, 2 ** 10]
const CARD = 80
const TOP = 120 // of the drawing, in GiB; more runs out of it
const [SHORTEST, LONGEST] = [2 ** 10, 2 ** 17]
const EDGES = [SHORTEST * 0.75, LONGEST * 1.15] // of the left panel: ticks and dot keep clear of the corner
const NAMES = { 1: " (MQA)", [QUERY_HEADS]: " (MHA)" }

export const title = "Memory of weights and KV cache"
export const controls = [
  { name: "length", label: "Tokens per sequence", min: 10, max: 17, step: 1, value: 13, say: value => said(2 ** value) },
  { name: "sequences", label: "Sequences at once", min: 1, max: 128, step: 1, value: 32 },
  { name: "heads", label: "KV heads", min: 0, max: 5, step: 1, value: 3, say: value => 2 ** value + (NAMES[2 ** value] ?? " (GQA)") },
  { name: "bits", label: "Bits per cached number", min: 2, max: 4, step: 1, value: 4, say: value => `${2 ** value}` },
]
export const height = 230

/** GiB of weights, of cache for a token and for all, and how many sequences of this length the card holds. */
export function memory(tokens, sequences, heads, bits) {
  const maps = (heads - GROUPS) * 2 * LAYERS * WIDTH * HEAD_WIDTH // other KV heads mean other weights, too
  const weights = ((PARAMETERS + maps) * 2) / GIB
  const token = (2 * LAYERS * heads * HEAD_WIDTH * bits) / 8 / GIB // scales of small numbers left out
  return { weights, token, cache: token * tokens * sequences, most: Math.floor((CARD - weights) / (token * tokens)) }
}

const said = value => value.toLocaleString("en", { maximumFractionDigits: 1 })
const size = gib => (gib < 1 ? `${said(gib * KIB)} MiB` : `${said(gib)} GiB`)

export function draw(stage, values) {
  const [tokens, heads, bits] = [2 ** values.length, 2 ** values.heads, 2 ** values.bits]
  const { weights, token, cache, most } = memory(tokens, values.sequences, heads, bits)
  const total = weights + cache
  const shown = Math.min(total, TOP)
  const left = stage.panel({ box: [36, 20, 232, 165], x: EDGES, y: [0, TOP], xs: [10, 12, 14, 16].map(power => [2 ** power, said(2 ** power)]), ys: [0, 40, 80, 120], across: "tokens per sequence", up: "GiB", log: "x" })
  const end = Math.min(LONGEST, (TOP - weights) / token / values.sequences)
  const lengths = Array.from({ length: 61 }, (_, place) => SHORTEST * (end / SHORTEST) ** (place / 60))
  left.line([[EDGES[0], weights], [EDGES[1], weights]], "thin")
  left.line([[EDGES[0], CARD], [EDGES[1], CARD]], "dash c3")
  left.line([[tokens, weights], [tokens, shown]], "thin")
  left.text(SHORTEST, 2.6, "weights")
  left.line(lengths.map(length => [length, weights + token * length * values.sequences]), "c2")
  if (total <= TOP) left.dots([[tokens, total]], "c2", 6)
  const right = stage.panel({ box: [292, 20, 164, 165], x: [0, 164], y: [0, TOP], xs: [[24, "now"]], ys: [] })
  right.line([[0, CARD], [164, CARD]], "dash c3")
  right.bar(6, 42, weights)
  right.bar(6, 42, shown, "c2", weights)
  right.text(50, 3, `weights ${size(weights)}`, "c1")
  right.text(50, Math.max((weights + shown) / 2 - 3, 15), `cache ${size(cache)}${total > TOP ? " ↑" : ""}`, "c2")
  right.text(50, CARD + 3, `card of ${CARD} GiB`, "c3")
  const fits = total <= CARD ? `fit on ${CARD} GiB, with ${size(CARD - total)} left for all else` : `are ${size(total - CARD)} too much for ${CARD} GiB`
  return `${size(weights)} of weights and ${size(cache)} of cache ${fits}. The cache takes ${said(token * GIB / KIB)} KiB per token. Sequences of ${said(tokens)} tokens that fit: ${most ? `at most ${said(most)}` : "none"}.`
}
