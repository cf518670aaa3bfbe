// Mock interview: questions for a role or a company against a clock, then the reader's answers beside ours, then a report.
//
// An event of kind "mock" is { who, level, n, seed, items: [[question, seconds, grade, points made, points], ...] }. An
// unfinished one is kept in this tab's session storage, so that a reload loses nothing but recordings.
import { append, newEvent, keep } from "../study/log.js"
import { drawn, newSeed, randomOf } from "../study/draw.js"
import { fetchQuestion, openQuestions, suits } from "../study/questions.js"
import { back, front, rest } from "./card.js"
import { clock } from "./clock.js"
import { button, choices, el, fill, remember, show, showFailure, state } from "./dom.js"
import { gradeButtons } from "./grades.js"
import { target } from "./interview.js"
import { helpButton, startKeys } from "./keys.js"
import { canRecord, player, recordButton } from "./recorder.js"
import { showReport } from "./report.js"

const KEPT = "precision-and-recall mock"
const CORE = 2 // how much likelier a core question is than another one of its category

/** Brings the page to life. */
export function start(root, form) {
  const mock = new Mock(root, form)
  form.addEventListener("submit", event => {
    event.preventDefault()
    mock.begin()
  })
  startKeys(mock.keys)
  fill(form)
  root.replaceChildren(state(""))
  mock.resume()
}

/** The questions of an interview: the same for the same choices and seed, whoever asks. */
export function draw(bank, { who, level, n, seed }) {
  const [kind, name] = who.split(":")
  const pool = bank.questions.filter(question => suits(question, { level, company: kind === "company" ? name : "" })).sort((a, b) => (a.id < b.id ? -1 : 1))
  const weights = kind === "role" ? bank.roles.get(name)?.weights : undefined
  const size = category => pool.filter(question => question.category === category).length
  const weight = question => (weights ? (weights.get(question.category) ?? 0) / size(question.category) : 1) * (question.core ? CORE : 1)
  return drawn(pool, weight, Number(n) || 5, randomOf(`mock ${who} ${seed}`))
}

class Mock {
  constructor(root, form) {
    Object.assign(this, { root, form, recordings: new Map() })
    this.keys = [
      ["n", "next question", () => this.press(".mock-next")],
      ["r", "start or stop recording", () => this.press(".record")],
      ["1", "Again", () => this.press("[data-grade='1']")],
      ["2", "Hard", () => this.press("[data-grade='2']")],
      ["3", "Good", () => this.press("[data-grade='3']")],
      ["4", "Easy", () => this.press("[data-grade='4']")],
    ]
  }

  async begin() {
    const want = choices(this.form)
    want.seed = want.seed.trim().toLowerCase() || newSeed() // a telephone begins with a capital
    try {
      this.bank = await openQuestions()
      const ids = draw(this.bank, want).map(question => question.id)
      if (!ids.length) return show(this.root, state("No question fits these choices yet. Choose another level or role."))
      remember(this.form, { seed: want.seed })
      this.recordings = new Map()
      this.run = { want, ids, phase: "ask", place: 0, since: Date.now(), answers: ids.map(() => ({ seconds: 0, notes: "" })) }
      await this.go()
    } catch (error) {
      showFailure(this.root, () => this.begin(), error)
    }
  }

  /** Goes on with what a reload interrupted. */
  async resume() {
    this.run = kept()
    if (!this.run) return
    try {
      this.bank = await openQuestions()
    } catch (error) {
      return showFailure(this.root, () => this.resume(), error)
    }
    if (!this.run.ids.every(id => this.bank.byId.has(id))) return this.leave()
    await this.go()
  }

  /** Shows the phase that the run is in, and remembers it. */
  async go() {
    const { phase, place, ids } = this.run
    if (phase === "ask" && place >= ids.length) Object.assign(this.run, { phase: "compare", place: 0 })
    else if (phase === "compare" && place >= ids.length) return this.finish()
    this.save()
    this.form.hidden = true
    document.body.dataset.focus = ""
    try {
      await (this.run.phase === "ask" ? this.ask() : this.compare())
    } catch (error) {
      if (!this.run) return // left meanwhile
      showFailure(this.root, () => this.go(), error)
      this.root.append(el("p", {}, this.leaving()))
    }
  }

  get question() {
    return this.bank.byId.get(this.run?.ids[this.run.place])
  }

  get answer() {
    return this.run.answers[this.run.place]
  }

  async ask() {
    const { question, answer, recordings } = this
    const parts = await fetchQuestion(question)
    if (this.question !== question) return // left meanwhile
    const recorder = canRecord() ? recordButton(recording => recordings.set(question.id, recording)) : undefined
    this.recorder = recorder
    const notes = el("textarea", { rows: 5, value: answer.notes, oninput: () => { answer.notes = notes.value; this.save() } })
    const last = this.run.place === this.run.ids.length - 1
    const next = async () => {
      if (this.question !== question) return // pressed twice
      answer.seconds = Math.round((Date.now() - this.run.since) / 1000)
      const { run } = this
      run.place++
      await recorder?.end()
      run.since = Date.now()
      if (this.run === run) this.go()
    }
    show(this.root, front(question, parts, `Question ${this.run.place + 1} of ${this.run.ids.length}`), clock(this.run.since, target(question)),
      el("label", { className: "notes" }, "Notes, for you alone", notes),
      el("p", { className: "buttons" }, button(last ? "That was the last one" : "Next question", next, { className: "button button-first mock-next" }), recorder?.parts ?? "", this.leaving(), helpButton(this.keys)))
    const following = this.bank.byId.get(this.run.ids[this.run.place + 1])
    if (following) fetchQuestion(following).catch(() => {})
  }

  async compare() {
    const { question, answer } = this
    const parts = await fetchQuestion(question)
    if (this.question !== question) return // left meanwhile
    const buttons = gradeButtons(grade => {
      if (this.question !== question) return // pressed twice
      Object.assign(answer, { grade, points: sheet.ticked(), of: sheet.of })
      this.run.place++
      this.go()
    })
    const sheet = back(parts, () => {
      buttons.propose(sheet.proposal())
      answer.points = sheet.ticked()
      this.save()
    }, new Set(answer.points))
    const recording = this.recordings.get(question.id)
    show(this.root, front(question, parts, `Compare ${this.run.place + 1} of ${this.run.ids.length}`),
      recording ? player(recording, question.id) : "",
      answer.notes ? el("div", { className: "notes-said" }, el("p", { className: "q-label" }, "Your notes"), el("p", { className: "notes-text" }, answer.notes)) : "",
      sheet.sheet, buttons.group, rest(parts), el("p", { className: "buttons" }, this.leaving(), helpButton(this.keys)))
  }

  /** Puts the grades and the interview into the log, once, and shows the report. */
  async finish() {
    const { want, ids, answers } = this.run
    forget()
    delete document.body.dataset.focus
    const unkept = new Set()
    for (const [place, { grade, points, of }] of answers.entries()) unkept.add(await append("review", { question: ids[place], grade, points, of }))
    const items = answers.map(({ seconds, grade, points, of }, place) => [ids[place], seconds, grade, points.length, of])
    const event = newEvent("mock", { who: want.who, level: want.level, n: Number(want.n), seed: want.seed, items })
    unkept.add(await keep(event))
    this.form.hidden = false
    const notes = answers.map(answer => answer.notes)
    showReport(this.root, { event, bank: this.bank, notes, unkept: [...unkept].find(Boolean), renew: () => this.renew() })
  }

  renew() {
    this.form.elements.seed.value = ""
    this.begin()
  }

  /** It stands beside "Next question", so one slip of a thumb does not lose half an hour. */
  leaving() {
    const leave = button("Leave the interview", () => {
      if (leave.dataset.sure) return this.leave()
      leave.dataset.sure = "yes"
      leave.textContent = "Leave, and lose it all"
    }, { className: "button mock-leave" })
    return leave
  }

  leave() {
    this.recorder?.end()
    Object.assign(this, { run: undefined, recordings: new Map() })
    forget()
    delete document.body.dataset.focus
    this.form.hidden = false
    this.root.replaceChildren(state("The interview was left; nothing of it was kept."))
    this.form.querySelector("select").focus({ preventScroll: true })
  }

  save() {
    try {
      sessionStorage.setItem(KEPT, JSON.stringify(this.run))
    } catch {
      // no storage: a reload would begin anew
    }
  }

  press(selector) {
    const found = this.root.querySelector(selector)
    found?.click()
    return Boolean(found)
  }
}

/** The unfinished interview that this tab keeps, if there is one. */
function kept() {
  try {
    const run = JSON.parse(sessionStorage.getItem(KEPT))
    return Array.isArray(run?.ids) ? run : undefined
  } catch {
    return undefined // blocked, or no interview
  }
}

function forget() {
  try {
    sessionStorage.removeItem(KEPT)
  } catch {
    // blocked: there is nothing
  }
}
