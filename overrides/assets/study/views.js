// How much of the answers a page shows: none, what to say first, or all. Every visit begins with none.

export function startViews() {
  const buttons = [...document.querySelectorAll(".bar-views [data-view]")]
  const article = document.querySelector("article")
  for (const button of buttons) {
    button.addEventListener("click", () => {
      const place = anchor(button.dataset.view === "hide")
      for (const other of buttons) other.ariaPressed = String(other === button)
      article.dataset.view = button.dataset.view
      for (const fold of article.querySelectorAll(".q-a")) fold.open = button.dataset.view !== "hide"
      place()
    })
  }
}

/** Remembers which question is at the top of the screen, and gives what brings it back there, also after the rows that
 * opened answers get a moment later. One whose answer `closes` comes back with its heading in sight. */
function anchor(closes) {
  const edge = document.querySelector(".md-header").offsetHeight
  const box = [...document.querySelectorAll(".q")].findLast(one => one.getBoundingClientRect().top < 2 * edge)
  if (!box || scrollY < box.closest("article").offsetTop) return () => {}
  const before = Math.max(box.getBoundingClientRect().top, closes ? edge : -Infinity)
  const place = () => scrollBy({ top: box.getBoundingClientRect().top - before, behavior: "instant" })
  return () => {
    document.documentElement.style.overflowAnchor = "none" // else the browser corrects it a second time
    place()
    setTimeout(() => {
      place()
      document.documentElement.style.overflowAnchor = ""
    }, 50)
  }
}
