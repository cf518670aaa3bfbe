// Which script a practice page wants, fetched when it is known.
import { showFailure } from "./dom.js"

const APPS = {
  review: () => import("./review.js"),
  quiz: () => import("./quiz.js"),
  mock: () => import("./mock.js"),
  progress: () => import("./progress.js"),
  offline: () => import("./offline.js"),
}

/** Starts the app of a page, with its form where it has one. */
export function startApp(root) {
  const form = document.querySelector(".setup")
  APPS[root.dataset.app]().then(({ start }) => {
    if (form) form.querySelector("button").disabled = false
    return start(root, form)
  }).catch(error => {
    showFailure(root, () => location.reload(), error)
  })
}
