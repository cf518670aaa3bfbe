// Small comforts of a reading page that CSS cannot give: keyboard scrolling, clean copies of formulas, printing.

/** Lets the keyboard scroll what is wider than the page. */
export function focusScrollers() {
  const mark = () => {
    for (const wide of document.querySelectorAll(".formula, .highlight code, .md-typeset__table, .figure")) {
      if (wide.closest("details:not([open])")) continue // measuring it would fetch the font of its formulas
      if (wide.scrollWidth > wide.clientWidth) wide.tabIndex = 0
      else wide.removeAttribute("tabindex")
    }
  }
  addEventListener("toggle", mark, true) // a fold that opens gives its contents a width
  addEventListener("resize", mark)
  mark()
}

/** Puts the TeX of formulas on the clipboard instead of their letters, one to a line. */
export function copyFormulas() {
  addEventListener("copy", event => {
    const selection = getSelection()
    if (!selection.rangeCount) return
    const picked = selection.getRangeAt(0).cloneContents()
    const formulas = picked.querySelectorAll("math")
    if (!formulas.length) return
    for (const math of formulas) {
      const tex = math.querySelector("annotation")?.textContent ?? math.textContent
      math.replaceWith(math.getAttribute("display") === "block" ? `\n${tex}\n` : `$${tex}$`)
    }
    event.clipboardData.setData("text/plain", picked.textContent)
    event.preventDefault()
  })
}

/** Opens every fold for the printer where the style sheet cannot. */
export function printFolds() {
  if (CSS.supports("selector(::details-content)")) return
  const opened = []
  addEventListener("beforeprint", () => {
    for (const fold of document.querySelectorAll("details:not([open])")) {
      fold.open = true
      opened.push(fold)
    }
  })
  addEventListener("afterprint", () => {
    for (const fold of opened.splice(0)) fold.open = false
  })
}
