// A row of bars as a drawing: small whole numbers, each with its name. The table beside it says the same.
const SPACE = "http://www.w3.org/2000/svg"
const [WIDTH, HEIGHT, FOOT] = [420, 90, 14]

/** An SVG of these numbers. */
export function bars(numbers, names, title) {
  const svg = part("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT + FOOT}`, class: "bars", role: "img", "aria-label": `${title}: ${numbers.map((number, place) => `${names[place]} ${number}`).join(", ")}` })
  const step = WIDTH / numbers.length
  const most = Math.max(1, ...numbers)
  for (const [place, number] of numbers.entries()) {
    const height = Math.round((number / most) * (HEIGHT - 16))
    svg.append(part("rect", { x: place * step + 2, y: HEIGHT - height, width: step - 4, height: Math.max(height, 1), rx: 2 }))
    if (number) svg.append(words(number, place * step + step / 2, HEIGHT - height - 3))
    svg.append(words(place % 7 === 0 ? (place ? `+${place}` : "today") : "", place * step + step / 2, HEIGHT + FOOT - 2))
  }
  return svg
}

function words(text, x, y) {
  const made = part("text", { x, y, "text-anchor": "middle" })
  made.textContent = text
  return made
}

function part(name, attributes) {
  const made = document.createElementNS(SPACE, name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  return made
}
