// Review: what is due, then a few new questions; each said aloud, ticked, graded. Ends with what comes tomorrow.
import { markScrollers } from "../reading.js"
import { append, events, keep, newEvent, onChange, studyDay } from "../study/log.js"
import { fetchQuestion, openQuestions, suits } from "../study/questions.js"
import { dayNumber, Schedule } from "../study/schedule.js"
import { readSettings } from "../study/settings.js"
import { back, front, rest } from "./card.js"
import { button, choices, count, el, fill, links, remember, show, showFailure, state } from "./dom.js"
import { GRADES, gradeButtons } from "./grades.js"
import { helpButton, startKeys } from "./keys.js"

const WEEK = 7 // days that the end looks ahead

/** Brings the page to life. */
export function start(root, form) {
  const session = new Session(root, form)
  form.addEventListener("submit", event => {
    event.preventDefault()
    remember(form)
    session.once(() => session.begin())
  })
  form.addEventListener("input", () => session.announce())
  onChange(() => {
    if (!root.querySelector("h2")) session.announce() // a report stays until the reader goes on
  })
  startKeys(session.keys)
  fill(form)
  session.announce()
}

/** The plan of a day: what is due, the longest overdue first, then new ones in the order of the list, core ones first. */
export function plan(bank, log, want) {
  const settings = readSettings(log)
  const today = dayNumber(studyDay())
  const schedule = new Schedule(log, { today, retention: settings.retention, interview: dayNumber(settings.interview), heirs: bank.heirs })
  const fitting = bank.questions.filter(question => suits(question, want))
  const due = fitting.filter(question => schedule.isDue(question.id)).sort((a, b) => schedule.cards.get(a.id).due - schedule.cards.get(b.id).due)
  const begun = [...schedule.cards.values()].filter(card => card.first === today).length
  const unseen = fitting.filter(question => !schedule.cards.has(question.id))
  return { schedule, today, due, fresh: unseen.slice(0, Math.max(0, settings.pace - begun)), unseen: unseen.length, settings, fitting }
}

class Session {
  constructor(root, form) {
    Object.assign(this, { root, form, running: false })
    this.keys = [
      [" ", "show what to say first", () => this.press(".card-show")],
      ["1", "Again", () => this.press("[data-grade='1']")],
      ["2", "Hard", () => this.press("[data-grade='2']")],
      ["3", "Good", () => this.press("[data-grade='3']")],
      ["4", "Easy", () => this.press("[data-grade='4']")],
      ["f", "open or close the full answer", () => this.press(".card-rest > summary")],
      ["u", "take back the last grade", () => this.press(".card-undo")],
    ]
  }

  /** Does one thing at a time: a second press, before the next card is there, would count for that one. */
  async once(work) {
    if (this.busy) return
    this.busy = true
    try {
      await work()
    } finally {
      this.busy = false
    }
  }

  /** Says before the start what there is. */
  async announce() {
    if (this.running) return
    try {
      const { due, fresh, unseen, fitting } = plan(await openQuestions(), await events(), choices(this.form))
      if (this.running) return
      const words = !fitting.length
        ? "No question matches these choices. Take one away."
        : due.length + fresh.length
          ? `${count(due.length, "question")} due and ${fresh.length} new today.`
          : unseen ? "Nothing is due, and today's new questions are done. Raise the number under Progress, or come back tomorrow." : "Nothing is due, and you have seen every question that matches."
      this.root.replaceChildren(state(words))
      this.form.querySelector("button").disabled = !(due.length + fresh.length)
    } catch (error) {
      showFailure(this.root, () => this.announce(), error)
    }
  }

  async begin() {
    try {
      this.bank = await openQuestions()
      const { due, fresh } = plan(this.bank, await events(), choices(this.form))
      if (!due.length && !fresh.length) return this.announce()
      Object.assign(this, { queue: [...due, ...fresh], fresh: new Set(fresh), done: [], place: 0, running: true, counted: true })
      await this.ask()
    } catch (error) {
      this.running = this.form.hidden = false
      showFailure(this.root, () => this.begin(), error)
    }
  }

  get question() {
    return this.queue[this.place]
  }

  async ask() {
    if (this.place >= this.queue.length) return this.finish()
    this.form.hidden = true
    const parts = await fetchQuestion(this.question)
    const kind = !this.counted ? "once more, not counted" : this.fresh.has(this.question) ? "new" : "due"
    const reveal = button("Show what to say first", () => this.once(() => this.reveal(parts)), { className: "button button-first card-show" })
    show(this.root, front(this.question, parts, `${this.place + 1} of ${this.queue.length} · ${kind} · ${this.bank.categories.get(this.question.category)}`),
      this.unkept ? state(this.unkept) : "", el("p", { className: "card-say" }, "Say your answer aloud, then look."), el("p", { className: "buttons" }, reveal, this.tools()))
    fetchQuestion(this.queue[this.place + 1] ?? this.question).catch(() => {}) // so that the next one is there at once
  }

  tools() {
    return [this.undoButton(), button("Stop", () => this.once(() => this.finish())), helpButton(this.keys)].filter(Boolean)
  }

  undoButton() {
    return this.done.length && this.counted ? button("Undo", () => this.once(() => this.undo()), { className: "button card-undo", title: "Take back the last grade" }) : ""
  }

  async reveal(parts) {
    const { schedule } = plan(this.bank, await events(), {})
    const buttons = gradeButtons(grade => this.once(() => this.grade(grade, answer)), this.counted ? schedule.choices(this.question.id) : undefined)
    const answer = back(parts, () => buttons.propose(answer.proposal()))
    this.root.querySelector(".card-say")?.remove()
    this.root.querySelector(".buttons").replaceWith(answer.sheet, buttons.group, rest(parts), el("p", { className: "buttons" }, this.tools()))
    markScrollers()
    answer.sheet.tabIndex = -1
    answer.sheet.focus({ preventScroll: true }) // so that a screen reader goes on with the answer
  }

  async grade(grade, answer) {
    const question = this.question
    this.place++
    if (this.counted) {
      const event = newEvent("review", { question: question.id, grade, points: answer.ticked(), of: answer.of })
      this.done.push({ question, grade, id: event.id })
      this.unkept = await keep(event)
    }
    await this.go()
  }

  async undo() {
    const { id } = this.done.pop()
    this.running = true // also after the end
    await append("undo", { event: id })
    this.place--
    await this.go()
  }

  async go() {
    try {
      await this.ask()
    } catch (error) {
      showFailure(this.root, () => this.go(), error)
    }
  }

  async finish() {
    this.running = false
    this.form.hidden = false
    const { schedule, today } = plan(this.bank, await events(), {})
    const given = Object.entries(GRADES).map(([value, word]) => [word, this.done.filter(one => one.grade === Number(value)).length]).filter(([, number]) => number)
    const wrong = this.done.filter(one => one.grade === 1).map(one => one.question)
    const dueBy = day => [...schedule.cards].filter(([id, card]) => this.bank.byId.has(id) && card.due <= day).length
    const base = document.body.dataset.base
    show(this.root, el("h2", {}, this.done.length ? `Done: ${count(this.done.length, "question")}` : "Stopped"),
      given.length ? el("p", {}, given.map(([word, number]) => `${number} ${word}`).join(", "), ".") : "",
      this.unkept ? state(this.unkept) : "",
      el("p", {}, `Tomorrow ${count(dueBy(today + 1), "question")} will be due; within ${WEEK} days, ${dueBy(today + WEEK)}.`),
      wrong.length ? [el("p", {}, "Look at these before you stop:"), links(wrong.map(question => ({ short: question.short, link: `${base}${question.address}#${question.id}-a` }))),
        el("p", {}, button(`Say ${wrong.length === 1 ? "it" : "them"} once more, not counted`, () => this.again(wrong), { className: "button button-first" }))] : "",
      this.done.length && this.counted ? el("p", {}, this.undoButton()) : "")
    this.form.querySelector("button").disabled = false
  }

  again(wrong) {
    Object.assign(this, { queue: wrong, place: 0, running: true, counted: false })
    this.go()
  }

  /** Presses what a key stands for, if it is there. */
  press(selector) {
    const target = this.root.querySelector(selector)
    target?.click()
    return Boolean(target)
  }
}
