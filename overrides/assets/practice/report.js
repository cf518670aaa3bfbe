// The report of a mock interview: time, points, by category, three questions to come back to; on paper and as Markdown.
import { copy } from "../copy.js"
import { asTime } from "./clock.js"
import { button, el, links, show, state, table } from "./dom.js"
import { GRADES } from "./grades.js"
import { target, title } from "./interview.js"

const REVISIT = 3

/** Shows it. `event` is the interview as the log has it. */
export function showReport(root, { event, bank, notes, unkept, renew }) {
  const rows = event.items.map(([id, seconds, grade, made, of], place) => ({ question: bank.byId.get(id), seconds, grade, made, of, notes: notes[place] }))
  const sum = (list, field) => list.reduce((total, row) => total + row[field], 0)
  const facts = `${asTime(sum(rows, "seconds"))} in all, ${sum(rows, "made")} of ${sum(rows, "of")} key points`
  const weakest = revisit(rows)
  const groups = grouped(rows)
  const base = document.body.dataset.base
  const again = `?${new URLSearchParams([["who", event.who], ...event.level.map(one => ["level", one]), ["n", event.n], ["seed", event.seed]])}`
  const link = question => `${base}${question.address}#${question.id}-a`
  const text = markdown(event, `${title(event.who, bank)}: ${facts}`, rows, weakest, question => new URL(link(question), location.href).href)
  show(root, el("h2", {}, "Your report"), el("p", {}, `${title(event.who, bank)}, ${event.day}: ${facts}.`), unkept ? state(unkept) : "",
    table(["Question", "Time", "Points", "Grade"], rows.map(row => [el("a", { href: link(row.question) }, row.question.short), `${asTime(row.seconds)} of ${asTime(target(row.question))}`, `${row.made} of ${row.of}`, GRADES[row.grade]])),
    groups.size > 1 ? [el("h3", {}, "By category"), table(["Category", "Questions", "Points"], [...groups].map(([category, list]) => [bank.categories.get(category), list.length, `${sum(list, "made")} of ${sum(list, "of")}`]))] : "",
    rows.some(row => row.notes) ? [el("h3", {}, "Your notes"), rows.filter(row => row.notes).map(row => [el("p", { className: "q-label" }, row.question.short), el("p", { className: "notes-text" }, row.notes)])] : "",
    weakest.length ? [el("h3", {}, "To come back to"), links(weakest.map(row => ({ short: row.question.short, link: link(row.question) })))] : el("p", {}, "Every point of every question was made."),
    el("p", { className: "buttons" }, button("Another interview", renew, { className: "button button-first" }), button("Print", () => print()), button("Copy as Markdown", () => copy(text, "Report copied."))),
    el("p", {}, "Whoever opens ", el("a", { href: again }, "this address"), " is asked the same questions."))
}

/** The weakest rows: by grade, then by the share of points; none that was Good or Easy with every point. */
export function revisit(rows) {
  const share = row => (row.of ? row.made / row.of : 1)
  return rows.filter(row => row.grade < 3 || share(row) < 1).sort((a, b) => a.grade - b.grade || share(a) - share(b)).slice(0, REVISIT)
}

function markdown(event, facts, rows, weakest, link) {
  const said = text => text.replaceAll("|", "\\|").replaceAll("\n", " ")
  return [`# Mock interview, ${event.day}`, "", `${facts}. Seed: ${event.seed}`, "", "| question | time | points | grade |", "| --- | --: | --: | --- |",
    ...rows.map(row => `| [${said(row.question.short)}](${link(row.question)}) | ${asTime(row.seconds)} | ${row.made} of ${row.of} | ${GRADES[row.grade]} |`),
    "", ...(weakest.length ? ["To come back to:", "", ...weakest.map(row => `- [${row.question.short}](${link(row.question)})`)] : []),
    ...rows.filter(row => row.notes).flatMap(row => ["", `## ${row.question.short}`, "", row.notes])].join("\n")
}

function grouped(rows) {
  const groups = new Map()
  for (const row of rows) groups.set(row.question.category, [...(groups.get(row.question.category) ?? []), row])
  return groups
}

