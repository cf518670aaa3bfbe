// Marks words in a part of a page. Leaves code, formulas and figures as they are.
import { form } from "./forms.js"

/** Puts every word whose form is one of the terms into a `<mark>`. */
export function markWords(box, terms) {
  if (!terms.length) return
  const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT)
  const texts = []
  while (walker.nextNode()) if (!walker.currentNode.parentElement.closest("math, svg, mark, .quiz, .hidden-words")) texts.push(walker.currentNode)
  for (const text of texts) {
    const pieces = text.data.split(/([\p{L}\p{N}]+)/u)
    if (!pieces.some((piece, i) => i % 2 && terms.includes(form(piece)))) continue
    text.replaceWith(...pieces.map((piece, i) => {
      if (!(i % 2 && terms.includes(form(piece)))) return piece
      const mark = document.createElement("mark")
      mark.textContent = piece
      return mark
    }))
  }
}
