// The script of every page. All of it is an enhancement: without it the page reads, folds, links, prints, and its menu opens.
// What few visits need is fetched when it is needed.
import { followReader } from "./contents.js"
import { copy, startCopying } from "./copy.js"
import { startMenu } from "./menu.js"
import { enlivenFigures, focusScrollers, printFolds } from "./reading.js"
import { startScheme } from "./scheme.js"
import { showGrades, startGrading } from "./study/grade.js"
import { showMarks } from "./study/marks.js"
import { startQuizzes } from "./study/quiz.js"
import { startViews } from "./study/views.js"

startScheme()
startMenu()
followReader()
startCopying()
focusScrollers()
printFolds()
enlivenFigures()
startQuizzes()
startGrading()
startViews()
if (document.querySelector(".q, .list, .plan")) showMarks(showGrades)

const form = document.querySelector(".search")
Object.assign(form.querySelector("input"), { role: "combobox", ariaExpanded: "false", ariaAutoComplete: "list" })
const waitForSearch = () => form.addEventListener("focusin", startSearch, { once: true })
const startSearch = () => import("./search/box.js").then(({ startBox }) => startBox(form), waitForSearch) // offline: again later
waitForSearch()
addEventListener("keydown", event => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    event.preventDefault()
    form.querySelector("input").focus()
  }
})

const watch = () => import("./study/kept.js").then(({ watchKept }) => watchKept())
if (navigator.serviceWorker?.controller) watch()
else navigator.serviceWorker?.addEventListener("controllerchange", watch, { once: true }) // kept while this page was open
const app = document.querySelector("[data-app]")
if (app) import("./practice/start.js").then(({ startApp }) => startApp(app))
const filters = document.querySelector(".filters")
if (filters) import("./filters.js").then(({ startFilters }) => startFilters(filters))
const missing = document.querySelector("[data-missing]")
if (missing) import("./search/missing.js").then(({ suggest }) => suggest(missing)).catch(() => {}) // the page says enough
if (new URLSearchParams(location.search).has("h")) import("./search/arrival.js").then(({ markArrival }) => markArrival())

document.addEventListener("click", event => {
  if (event.target.closest("[data-random]")) {
    event.preventDefault()
    import("./random.js").then(({ surprise }) => surprise())
  }
  const link = event.target.closest("[data-copy]")
  if (link) {
    event.preventDefault()
    copy(new URL(`${document.body.dataset.base}q/${link.closest(".q").dataset.question}/`, location.href).href, "Link copied.")
  }
})
