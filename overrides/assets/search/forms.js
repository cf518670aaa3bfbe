// The form in which a word is compared with others: no accents, no case, one spelling, one number. Enough to meet, not
// grammar.

export const WORD = /[\p{L}\p{N}]+/gu

/** British spellings become American ones, plurals singulars. */
export function form(word) {
  const plain = word.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
  const one = plain.replace(/isation/, "ization").replace(/ise(d|r|s)?$/, "ize$1").replace(/our(s|ed|ing)?$/, "or$1")
  return one.length > 4 && /[^aiosu]s$/.test(one) ? one.slice(0, -1) : one
}
