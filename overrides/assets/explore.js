// Pictures that move: each figure that has a module of its name takes it in when it comes near the screen. Without this, or
// where the module cannot be fetched, the figure stays as it is.

/** Watches the figures of the page. */
export function startExplorables(figures) {
  const watcher = new IntersectionObserver(entries => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue
      watcher.unobserve(target)
      enliven(target).catch(() => {}) // offline: the drawing says the same, standing still
    }
  }, { rootMargin: "1200px" }) // early, so that nothing moves before the reader's eyes
  for (const figure of figures) watcher.observe(figure)
}

async function enliven(figure) {
  const name = figure.dataset.explore
  const [{ mount }, piece] = await Promise.all([import("./explorables/stage.js"), import(`./explorables/pieces/${name}.js`), dressed()])
  mount(figure, piece)
}

let sheet

/** The style sheet, once for all figures. */
function dressed() {
  sheet ??= new Promise((resolve, reject) => {
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", onload: resolve, onerror: reject })
    link.href = new URL("explore.css", import.meta.url)
    document.head.append(link)
  })
  return sheet
}
