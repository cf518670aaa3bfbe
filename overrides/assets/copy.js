// Copying: code at a press, addresses at a press, and formulas as the TeX that they were written in.
const ICON = "M8 3h11v14h-2V5H8zM5 7h10v14H5zm2 2v10h6V9z"
const SHOWN = 2500 // milliseconds

let box, timer

/** Says something for a moment, to the eye and to a screen reader. */
export function say(text) {
  if (!box) {
    box = document.createElement("p")
    box.className = "said"
    box.setAttribute("role", "status")
    document.body.append(box)
  }
  requestAnimationFrame(() => { box.textContent = text }) // after the element: what is new in a live region is read
  clearTimeout(timer)
  timer = setTimeout(() => { box.textContent = "" }, SHOWN)
}

/** Puts a text on the clipboard and says so. */
export async function copy(text, said) {
  try {
    await navigator.clipboard.writeText(text)
    say(said)
  } catch {
    say("The browser does not allow copying here; select the text instead.")
  }
}

/** A drawing of one line. The page's policy allows no markup in a string. */
function drawing(path) {
  const [svg, line] = ["svg", "path"].map(name => document.createElementNS("http://www.w3.org/2000/svg", name))
  svg.setAttribute("viewBox", "0 0 24 24")
  svg.setAttribute("aria-hidden", "true")
  line.setAttribute("d", path)
  svg.append(line)
  return svg
}

/** Gives every block of code its button. */
export function startCopying() {
  for (const code of document.querySelectorAll("pre > code")) {
    const button = document.createElement("button")
    Object.assign(button, { type: "button", className: "copy", title: "Copy the code", ariaLabel: "Copy the code" })
    button.append(drawing(ICON))
    button.addEventListener("click", () => copy(code.textContent.trimEnd(), "Code copied."))
    code.before(button)
  }
  addEventListener("copy", copyFormulas)
}

/** One formula to a line where it is displayed, between dollars where it runs in the text. */
function copyFormulas(event) {
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
}
