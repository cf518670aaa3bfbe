// Quiz: quick checks one at a time, drawn by a seed that stands in the address. Answers go into the log like all others.
import { drawn, newSeed, randomOf, shuffled } from "../study/draw.js"
import { fetchQuestion, openQuestions, suits } from "../study/questions.js"
import { startQuiz } from "../study/quiz.js"
import { button, choices, count, el, fill, links, remember, show, showFailure, state } from "./dom.js"
import { helpButton, startKeys } from "./keys.js"

/** Brings the page to life. */
export function start(root, form) {
  const session = new Session(root, form)
  form.addEventListener("submit", event => {
    event.preventDefault()
    session.begin()
  })
  startKeys(session.keys)
  const shared = fill(form) && new URLSearchParams(location.search).has("seed")
  root.replaceChildren(state(""))
  if (shared) session.begin()
}

/** The questions of a quiz: the same for the same choices and seed. */
export function draw(questions, want) {
  const fitting = questions.filter(question => question.quiz && suits(question, want)).sort((a, b) => (a.id < b.id ? -1 : 1))
  return drawn(fitting, () => 1, Number(want.n) || 10, randomOf(`quiz ${want.seed}`))
}

class Session {
  constructor(root, form) {
    Object.assign(this, { root, form })
    this.keys = [
      ...["1", "2", "3", "4", "5", "6"].map((key, place) => [key, `option ${key}`, () => this.choose(place)]),
      ["c", "check the answer", () => this.press(".quiz-check")],
      ["n", "next question", () => this.press(".quiz-next:not(:disabled)")],
    ]
  }

  async begin(seed = this.form.elements.seed.value) {
    const want = { ...choices(this.form), seed: seed.trim().toLowerCase() || newSeed() } // a telephone begins with a capital
    try {
      const bank = await openQuestions()
      Object.assign(this, { bank, want, queue: draw(bank.questions, want), place: 0, right: 0, wrong: [] })
      if (!this.queue.length) return show(this.root, state("No quick check matches these choices. Take one away."))
      remember(this.form, { seed: want.seed })
      this.form.hidden = true
      await this.ask()
    } catch (error) {
      this.form.hidden = false
      showFailure(this.root, () => this.begin(want.seed), error)
    }
  }

  async ask() {
    const question = this.queue[this.place]
    const parts = await fetchQuestion(question)
    const options = parts.quiz.querySelector("fieldset")
    for (const option of shuffled(options.querySelectorAll(".option"), randomOf(`${this.want.seed} ${question.id}`))) options.append(option)
    let tried = false
    const last = this.place === this.queue.length - 1
    const next = button(last ? "See how it went" : "Next question", () => {
      next.disabled = true // a second press would pass over a question
      this.next()
    }, { className: "button button-first quiz-next", disabled: true })
    const link = el("a", { href: parts.link, hidden: true }, "Read the answer")
    startQuiz(parts.quiz, right => {
      if (!tried) right ? this.right++ : this.wrong.push({ short: question.short, link: parts.link })
      tried = true // the first try counts
      next.disabled = link.hidden = false
    })
    show(this.root, el("h2", { className: "card-place" }, `Quick check ${this.place + 1} of ${this.queue.length} · ${this.bank.categories.get(question.category)}`),
      el("details", { className: "q-hint quiz-about" }, el("summary", {}, "What it belongs to"), el("p", {}, parts.title), parts.prompt),
      parts.quiz, el("p", { className: "buttons" }, next, button("Stop", () => this.finish()), helpButton(this.keys)), el("p", {}, link))
    if (last) return
    fetchQuestion(this.queue[this.place + 1]).catch(() => {})
  }

  async next() {
    this.place++
    if (this.place >= this.queue.length) return this.finish()
    try {
      await this.ask()
    } catch (error) {
      this.place--
      showFailure(this.root, () => this.next(), error)
    }
  }

  finish() {
    this.form.hidden = false
    const asked = this.right + this.wrong.length
    show(this.root, el("h2", {}, `${this.right} of ${asked} right`),
      this.wrong.length ? [el("p", {}, `To look at again, ${count(this.wrong.length, "answer")}:`), links(this.wrong)] : el("p", {}, asked ? "Nothing to look at again." : "No question was answered."),
      el("p", {}, "Whoever opens ", el("a", { href: location.href }, "this address"), ` is asked the same. Its seed: ${this.want.seed}`),
      el("p", { className: "buttons" }, button("The same questions again", () => this.begin(this.want.seed)), button("New questions", () => this.renew(), { className: "button button-first" })))
  }

  renew() {
    this.form.elements.seed.value = ""
    this.begin()
  }

  choose(place) {
    const input = this.root.querySelectorAll(".option input")[place]
    input?.click()
    return Boolean(input)
  }

  press(selector) {
    const target = this.root.querySelector(selector)
    target?.click()
    return Boolean(target)
  }
}
