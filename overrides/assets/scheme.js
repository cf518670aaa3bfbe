// Colors: as the system says, light, or dark. early.js has put a stored choice on the root before the first paint; this
// changes it.
const NAMES = { "": "as the system", light: "light", dark: "dark" }

export function startScheme() {
  const root = document.documentElement
  const button = document.querySelector("[data-scheme-button]")
  const show = () => {
    button.title = button.ariaLabel = `Colors: ${NAMES[root.dataset.scheme ?? ""]}`
  }
  button.addEventListener("click", () => {
    const all = Object.keys(NAMES)
    const next = all[(all.indexOf(root.dataset.scheme ?? "") + 1) % all.length]
    if (next) root.dataset.scheme = next
    else delete root.dataset.scheme
    try {
      if (next) localStorage.scheme = next
      else localStorage.removeItem("scheme")
    } catch {
      // a blocked store keeps the choice for this page alone
    }
    show()
  })
  show()
}
