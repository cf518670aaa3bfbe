// Arriving from the search: `?h=words#id-a` marks the words in the opened answer, and takes them out of the address.
import { markWords } from "./words.js"

export function markArrival() {
  const query = new URLSearchParams(location.search)
  const box = document.getElementById(decodeURIComponent(location.hash.slice(1)))?.closest(".q")
  if (box) markWords(box, (query.get("h") ?? "").split(" ").filter(Boolean))
  query.delete("h")
  const rest = query.toString()
  history.replaceState(history.state, "", location.pathname + (rest && `?${rest}`) + location.hash)
}
