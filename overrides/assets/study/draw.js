// Chance that can be repeated: the same seed draws the same questions in the same order, on every device.

/** Numbers from 0 to 1, the same for the same words (mulberry32 over an FNV-1a hash). */
export function randomOf(seed) {
  let state = 2166136261
  for (const letter of seed) state = Math.imul(state ^ letter.codePointAt(0), 16777619)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** A seed that is easy to say to somebody else. */
export function newSeed() {
  const letters = "abcdefghjkmnpqrstuvwxyz23456789"
  return [...crypto.getRandomValues(new Uint8Array(6))].map(byte => letters[byte % letters.length]).join("")
}

/** The same things in another order. */
export function shuffled(things, random) {
  const left = [...things]
  for (let last = left.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1))
    ;[left[last], left[other]] = [left[other], left[last]]
  }
  return left
}

/** Up to `count` different things, each the likelier the more it weighs; what weighs nothing is not drawn. */
export function drawn(things, weight, count, random) {
  const keyed = things.map(thing => [random(), weight(thing), thing]) // one number each, so that a weight moves no other
  return keyed
    .filter(([, heavy]) => heavy > 0)
    .map(([chance, heavy, thing]) => [chance ** (1 / heavy), thing])
    .sort((a, b) => b[0] - a[0])
    .slice(0, count)
    .map(([, thing]) => thing)
}
