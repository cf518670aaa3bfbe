// The menu of narrow screens. It is a check box, so it opens without this script; here are Enter, Escape and the focus.
const OUTSIDE = ".md-header, .md-tabs, .md-content, .md-sidebar--secondary, .md-footer"

export function startMenu() {
  const box = document.getElementById("__drawer")
  const menu = document.querySelector(".md-sidebar--primary")
  const set = open => {
    box.checked = open
    for (const part of document.querySelectorAll(OUTSIDE)) part.inert = open
    if (open) menu.addEventListener("transitionend", () => menu.querySelector("a").focus(), { once: true })
    else box.focus()
  }
  box.addEventListener("change", () => set(box.checked))
  addEventListener("keydown", event => {
    if (event.key === "Escape" && box.checked) set(false)
    if (event.key === "Enter" && event.target === box) set(!box.checked)
  })
  menu.addEventListener("click", event => {
    if (box.checked && event.target.closest("a[href*='#']")) set(false)
  })
}
