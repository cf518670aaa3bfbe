// What all pictures that move share: a drawing with axes, controls beneath it, and the result in words that are spoken.
// A piece is a module with `controls`, `draw(stage, values)` and its own arithmetic; it never touches the page.
const SPACE = "http://www.w3.org/2000/svg"
const WIDTH = 460

const PAUSE = 500 // milliseconds after which the result is spoken, so that a held key does not talk all the time

/** Puts a piece in the place of a figure's drawing, which stays for the printer. */
export function mount(figure, { title, controls, draw, height = 260 }) {
  const [still] = figure.children
  const svg = make("svg", { viewBox: `0 0 ${WIDTH} ${height}`, class: "explore-drawing", "aria-hidden": true })
  const [said, first, inputs] = ["explore-said", "explore-words", "explore-controls"].map(name => element("span", name))
  const spoken = element("output", "explore-words")
  said.setAttribute("aria-hidden", true) // the same is spoken
  first.textContent = `At first: ${still.getAttribute("aria-label")}`
  const values = {}
  let timer
  const render = () => {
    svg.replaceChildren()
    said.textContent = draw(stage(svg, height), values).replaceAll(" %", "\u00a0%") // not at the start of a line
    clearTimeout(timer)
    timer = setTimeout(() => (spoken.textContent = said.textContent), PAUSE)
  }
  for (const control of controls) inputs.append(control.press ? presser(control, values, render) : slider(control, values, render))
  figure.setAttribute("role", "group")
  figure.setAttribute("aria-label", title)
  figure.classList.add("explore")
  render()
  spoken.textContent = said.textContent
  figure.append(svg, first, said, spoken, inputs)
}

// A control `{ name, label, min, max, step, value, say }`: a slider; `say` gives its value in words.
function slider({ name, label, say = String, ...range }, values, render) {
  const box = element("label")
  const shown = element("b")
  shown.setAttribute("aria-hidden", true) // the slider says it
  const input = Object.assign(document.createElement("input"), { type: "range", autocomplete: "off" })
  for (const key of ["min", "max", "step", "value"]) input[key] = range[key]
  const read = () => {
    values[name] = input.valueAsNumber
    shown.textContent = say(values[name])
    input.setAttribute("aria-valuetext", shown.textContent)
  }
  input.oninput = () => {
    read()
    render()
  }
  read()
  box.append(label, shown, input)
  return box
}

// A control `{ name, label, value, press }`: a button; `press` gives the next value of the name from all values.
function presser({ name, label, value, press }, values, render) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: label })
  values[name] ??= value
  button.onclick = () => {
    values[name] = press(values)
    render()
  }
  return button
}

/** The drawing as pieces see it: `panel` gives axes, and what is drawn in their units. */
export function stage(svg, height) {
  const add = (parent, name, attributes, text) => {
    const made = make(name, attributes)
    if (text !== undefined) made.textContent = text
    parent.append(made)
    return made
  }
  return {
    /**
     * Axes in the box `[left, top, width, height]` of a drawing 460 wide. `x` and `y` are what they reach from and to,
     * `xs` and `ys` their ticks: numbers, or `[number, words]`. `log: "x"`, `"y"` or `"xy"` makes powers equally far apart.
     */
    panel({ box: [left, top, wide, high] = [42, 14, WIDTH - 58, height - 54], x, y, xs = x, ys = y, across = "", up = "", log = "" }) {
      const group = add(svg, "g", { class: "panel" })
      const scale = ([from, to], start, length, axis) => {
        const of = log.includes(axis) ? Math.log : Number
        return value => round(start + ((of(value) - of(from)) / (of(to) - of(from))) * length)
      }
      const px = scale(x, left, wide, "x")
      const py = scale(y, top + high, -high, "y")
      const foot = top + high
      add(group, "path", { d: `M${left} ${top}V${foot}H${left + wide}`, class: "axis" })
      for (const tick of xs) {
        const [value, words = value] = [tick].flat()
        add(group, "text", { x: px(value), y: foot + 15, "text-anchor": "middle" }, words)
      }
      for (const tick of ys) {
        const [value, words = value] = [tick].flat()
        add(group, "text", { x: left - 5, y: py(value) + 4, "text-anchor": "end" }, words)
      }
      if (across) add(group, "text", { x: left + wide / 2, y: foot + 32, "text-anchor": "middle" }, across)
      if (up) add(group, "text", { x: left, y: top - 4 }, up)
      return {
        line: (points, look = "c1") => add(group, "path", { d: `M${points.map(([a, b]) => `${px(a)} ${py(b)}`).join("L")}`, class: `line ${look}` }),
        dots: (points, look = "c1", r = 3.5) => points.map(([a, b]) => add(group, "circle", { cx: px(a), cy: py(b), r, class: `dot ${look}` })),
        bar: (from, to, value, look = "c1", base = y[0]) => add(group, "rect", { x: px(from), y: Math.min(py(value), py(base)), width: round(px(to) - px(from)), height: round(Math.abs(py(value) - py(base))), class: `bar ${look}` }),
        text: (a, b, words, look = "", anchor = "start") => add(group, "text", { x: px(a), y: py(b), class: look, "text-anchor": anchor }, words),
      }
    },
  }
}

const element = (tag, className = "") => Object.assign(document.createElement(tag), { className })

function make(name, attributes) {
  const made = document.createElementNS(SPACE, name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  return made
}

const round = value => Math.round(value * 10) / 10
