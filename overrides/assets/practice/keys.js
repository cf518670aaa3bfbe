// Keys for practicing: "?" lists them, and they can be switched off, for whoever speaks to the computer or types by chance.
import { events } from "../study/log.js"
import { changeSetting, readSettings } from "../study/settings.js"
import { button, el } from "./dom.js"

let on = true

/** Listens for keys. `actions` are [key, what it does, function that gives whether it did it]. */
export function startKeys(actions) {
  events("setting").then(found => { on = readSettings(found).keys })
  addEventListener("keydown", event => {
    if (event.repeat || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || document.querySelector("dialog[open]")) return
    if (event.target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]")) return
    if (!on) return
    if (event.key === "?") return openHelp(actions)
    if ((event.key === " " && event.target.closest?.("button, a, summary, input, label"))) return
    const action = actions.find(([key]) => key === event.key.toLowerCase())
    if (action?.[2]()) event.preventDefault()
  })
}

/** The button that opens the list, for whoever has no key for it. */
export const helpButton = actions => button("Keys", () => openHelp(actions), { className: "button keys-open" })

function openHelp(actions) {
  const names = { " ": "Space" }
  const rows = actions.flatMap(([key, what]) => [el("dt", {}, el("kbd", {}, names[key] ?? key)), el("dd", {}, what)])
  const box = el("input", { type: "checkbox", checked: on })
  box.onchange = () => {
    on = box.checked
    changeSetting("keys", on)
  }
  const dialog = el("dialog", { className: "keys md-typeset" }, el("h2", {}, "Keys"), el("dl", {}, rows, el("dt", {}, el("kbd", {}, "?")), el("dd", {}, "this list")),
    el("label", { className: "filter-box" }, box, " Use these keys"), el("p", {}, button("Close", () => dialog.close(), { autofocus: true })))
  dialog.setAttribute("aria-label", "Keys")
  dialog.onclose = () => dialog.remove()
  document.body.append(dialog)
  dialog.showModal()
}
