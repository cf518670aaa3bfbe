// Progress: what is due, what would be recalled, how tries went, mocks; the interview date; the data to take along.
import { changeSetting, readSettings } from "../study/settings.js"
import { events, onChange, studyDay } from "../study/log.js"
import { openQuestions } from "../study/questions.js"
import { dayName, dayNumber, Schedule } from "../study/schedule.js"
import { bars } from "./bars.js"
import { asTime } from "./clock.js"
import { showData } from "./data.js"
import { button, count, el, showFailure, state, table } from "./dom.js"
import { dueCounts, forecast } from "./forecast.js"
import { isInterview, title } from "./interview.js"

const AHEAD = 14 // days that the table of due questions shows

const percent = share => `${Math.round(100 * share)} %`
const section = (id, words, ...inside) => el("section", {}, el("h2", { id }, words), inside)

/** Brings the page to life. */
export function start(root) {
  const places = ["due", "interview", "recall", "tries", "mocks", "data"].map(name => el("div", { data: { part: name } }))
  const [due, interview, recall, tries, mocks, data] = places
  const showInterview = makeInterview(interview)
  let turn = 0
  const draw = async () => {
    const mine = ++turn
    try {
      const [bank, log] = await Promise.all([openQuestions(), events()])
      if (mine !== turn) return
      const settings = readSettings(log)
      const schedule = new Schedule(log, { today: dayNumber(studyDay()), retention: settings.retention, interview: dayNumber(settings.interview), heirs: bank.heirs })
      const gone = [...schedule.cards.keys()].filter(id => !bank.byId.has(id))
      for (const id of gone) schedule.cards.delete(id) // no review can ask them
      if (!due.isConnected) root.replaceChildren(...places)
      due.replaceChildren(showDue(schedule))
      showInterview(schedule, settings, bank)
      recall.replaceChildren(showRecall(schedule, bank, gone.length))
      tries.replaceChildren(showTries(log, bank))
      mocks.replaceChildren(showMocks(log, bank))
      await showData(data, settings)
    } catch (error) {
      showFailure(root, draw, error)
    }
  }
  onChange(draw)
  draw()
}

function showDue(schedule) {
  if (!schedule.cards.size) {
    return section("due", "Due", el("p", {}, "Nothing yet: grade a question under its answer, or ", el("a", { href: "../review/" }, "begin a review"), "."))
  }
  const counts = dueCounts(schedule, AHEAD)
  const names = counts.map((_, ahead) => (ahead === 0 ? "Today" : ahead === 1 ? "Tomorrow" : dayName(schedule.today + ahead)))
  return section("due", "Due", el("p", {}, `${count(counts[0], "question")} today. `, el("a", { href: "../review/" }, "Review")),
    el("details", { className: "q-hint", open: true }, el("summary", {}, `The next ${AHEAD} days`), table(["Day", "Due"], counts.map((number, ahead) => [names[ahead], number]))),
    bars(counts, names, "Questions due on each day"))
}

/** The form, made once, so that no change takes the reader's field away. Gives what shows the settings and forecast. */
function makeInterview(place) {
  const said = state("")
  const ahead = el("p", { className: "forecast", role: "status" })
  const change = async (field, value) => { said.textContent = await changeSetting(field, value) }
  const date = el("input", { type: "date", onchange: () => change("interview", date.value) })
  const pace = el("input", { type: "number", min: 0, max: 100, onchange: () => {
    pace.value = readSettings([{ kind: "setting", field: "pace", value: pace.valueAsNumber }]).pace // within its bounds
    change("pace", pace.valueAsNumber)
  } })
  const aim = el("select", { onchange: () => change("retention", Number(aim.value)) }, [0.8, 0.85, 0.9, 0.95].map(share => el("option", { value: share }, percent(share))))
  const none = button("No date", () => {
    date.value = ""
    date.focus() // the button goes away
    change("interview", "")
  })
  const fields = [[date, "interview"], [pace, "pace"], [aim, "retention"]]
  place.replaceChildren(section("interview", "Your interview", el("div", { className: "setup" },
    el("label", {}, "Day of the interview", date), el("label", {}, "New questions a day", pace), el("label", {}, "Recall to aim for", aim), el("p", { className: "filter-foot" }, none)), ahead, said))
  return (schedule, settings, bank) => {
    date.min = dayName(schedule.today)
    none.hidden = !settings.interview
    if (![...aim.options].some(option => Number(option.value) === settings.retention)) aim.append(el("option", { value: settings.retention }, percent(settings.retention)))
    for (const [field, name] of fields) if (field !== document.activeElement) field.value = settings[name]
    const words = forecastWords(schedule, settings, bank)
    if (ahead.textContent !== words) ahead.textContent = words // else a screen reader would hear it at every change
  }
}

function forecastWords(schedule, settings, bank) {
  const ahead = forecast(schedule, { ...settings, total: bank.questions.length })
  if (!ahead) return settings.interview ? "That day is past." : "With a date, no question waits until after it, and a forecast stands here."
  return `In ${count(ahead.days, "day")}, at this pace: ${ahead.seen} of ${bank.questions.length} questions seen, ${percent(ahead.recall)} of them recalled, if you review what is due.`
}

function showRecall(schedule, bank, gone) {
  const rows = [...bank.categories].map(([folder, name]) => {
    const all = bank.questions.filter(question => question.category === folder)
    const seen = all.filter(question => schedule.cards.has(question.id))
    const recall = seen.reduce((sum, question) => sum + schedule.recall(question.id), 0) / seen.length
    return [name, `${seen.length} of ${all.length}`, seen.length ? percent(recall) : "–"]
  })
  return section("recall", "Expected recall today", table(["Category", "Seen", "Recall"], rows),
    gone ? el("p", {}, `${count(gone, "question")} that you graded ${gone === 1 ? "is" : "are"} no longer on the site; what you did is kept.`) : "")
}

function showTries(log, bank) {
  const tries = new Map()
  for (const { kind, question, right } of log) {
    const id = bank.heirs.get(question) ?? question
    if (kind === "quiz" && bank.byId.has(id)) tries.set(id, { first: tries.get(id)?.first ?? right, last: right })
  }
  if (!tries.size) return section("tries", "Quick checks", el("p", {}, "None answered yet. ", el("a", { href: "../quiz/" }, "Take a quiz"), "."))
  const rows = [...bank.categories].map(([folder, name]) => {
    const inside = [...tries].filter(([id]) => bank.byId.get(id).category === folder).map(([, one]) => one)
    const share = field => percent(inside.filter(one => one[field]).length / inside.length)
    return inside.length ? [name, inside.length, share("first"), share("last")] : undefined
  }).filter(Boolean)
  return section("tries", "Quick checks", table(["Category", "Answered", "First try", "Last try"], rows))
}

function showMocks(log, bank) {
  const mocks = log.filter(isInterview).reverse()
  if (!mocks.length) return section("mocks", "Mock interviews", el("p", {}, "None finished yet. ", el("a", { href: "../mock/" }, "Sit one"), "."))
  const rows = mocks.map(({ who, level, n, seed, items, day }) => {
    const query = new URLSearchParams([["who", who], ...level.map(one => ["level", one]), ["n", n], ["seed", seed]])
    const sum = place => items.reduce((total, item) => total + item[place], 0)
    return [el("a", { href: `../mock/?${query}` }, day), title(who, bank), items.length, asTime(sum(1)), `${sum(3)} of ${sum(4)}`]
  })
  return section("mocks", "Mock interviews", table(["Day", "As", "Questions", "Time", "Points"], rows))
}
