// A clock that counts up, from times and not from ticks, because a tab in the background is slowed down.
import { el } from "./dom.js"

/** `2:05` for 125 seconds. */
export const asTime = seconds => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`

/** An element that shows the seconds since a moment; after `target` seconds it says so once, quietly. Ends by itself. */
export function clock(since, target) {
  const time = el("span", { className: "clock-time", role: "timer", ariaLabel: "Time" })
  const nudge = el("span", { className: "clock-nudge", role: "status" })
  const box = el("p", { className: "clock" }, time, " ", el("span", { className: "clock-target" }, `about ${asTime(target)}`), " ", nudge)
  const tick = () => {
    const seconds = (Date.now() - since) / 1000
    time.textContent = asTime(Math.max(0, seconds))
    if (seconds > target && !nudge.textContent) nudge.textContent = "Most answers would be over about now."
  }
  const timer = setInterval(() => (box.isConnected ? tick() : clearInterval(timer)), 500)
  tick()
  return box
}
