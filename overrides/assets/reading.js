// What a reading page needs and a style sheet cannot give: keyboard scrolling of what is wide, and folds on paper.

/** Lets the keyboard scroll what is wider than the page. */
export function focusScrollers() {
  addEventListener("toggle", markScrollers, true) // a fold that opens gives its contents a width
  addEventListener("resize", markScrollers)
  markScrollers()
}

/** The same once, for what has just come onto the page. */
export function markScrollers() {
  for (const wide of document.querySelectorAll(".formula, pre > code, .md-typeset table, .figure")) {
    if (wide.closest("details:not([open])")) continue // measuring it would fetch the font of its formulas
    if (wide.scrollWidth > wide.clientWidth) wide.tabIndex = 0
    else wide.removeAttribute("tabindex")
  }
}

/** Makes the figures alive that can be moved. */
export function enlivenFigures(root = document) {
  const figures = root.querySelectorAll("[data-explore]")
  if (figures.length) import("./explore.js").then(({ startExplorables }) => startExplorables(figures), () => {}) // offline: they stand still
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
