// Which known words somebody may have meant who wrote one wrong. Knows no engine.

const MOST = 2

/** The known words that are nearest to one, as long as they are near; itself alone where it is known. */
export function nearest(word, known) {
  if (known.includes(word)) return [word]
  const far = Math.max(1, Math.round(word.length * (word.length > 7 ? 0.25 : 0.2)))
  let best = [], least = far
  for (const one of known) {
    if (Math.abs(one.length - word.length) > least) continue
    const steps = distance(word, one, least)
    if (steps < least) [best, least] = [[], steps]
    if (steps === least) best.push(one)
  }
  return best.sort((one, other) => (other[0] === word[0]) - (one[0] === word[0])).slice(0, MOST)
}

/** How many letters have to be put in, left out, replaced or swapped with the next; more than `most` is not counted out. */
export function distance(one, other, most) {
  let before = [], last = Array.from({ length: other.length + 1 }, (_, i) => i)
  for (let i = 1; i <= one.length; i++) {
    const row = [i]
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1]
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1))
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1)
    }
    if (Math.min(...row) > most) return most + 1
    before = last
    last = row
  }
  return last[other.length]
}
