"""One question as readers meet it: heading, meta line, prompt, hint, and the answer behind one native `<details>`."""

from __future__ import annotations

from itertools import pairwise
from xml.etree.ElementTree import Element

from markdown.util import HTML_PLACEHOLDER_RE

from ..model import Page, Question
from .bar import render_bar
from .context import PROVEN, Context, element
from .quick_check import render_quiz

SCHEMA = "https://schema.org/"  # names the structured data for search engines; nothing is requested from there


def fold_questions(root: Element, context: Context) -> list[str]:
    """Folds every question of the tree in place, and returns the ids in the order in which they were found.

    A bar with the reader's progress stands before the first group.
    """
    written = {question.comment.text: question for question in context.page.questions if question.comment}
    children = list(root)
    starts = [i for i, child in enumerate(children) if child.tag in ("h1", "h2", "h3")]
    found = []
    barred = False
    for child in children:
        root.remove(child)
    root.extend(children[: starts[0]] if starts else children)
    for start, end in pairwise([*starts, len(children)]):
        heading, *rest = children[start:end]
        question = written.get(stashed(rest[0], context)) if rest and heading.tag == "h3" else None
        if heading.tag == "h2" and written and not barred:
            render_bar(root, len(written))
            barred = True
        if question:
            found.append(question.id)
            _section(root, heading, rest[1:], question, context)
        else:
            root.extend([heading, *rest])
    return found


def stashed(block: Element, context: Context) -> str:
    """What was set aside in the place of a paragraph, such as a comment; "" if nothing was."""
    match = HTML_PLACEHOLDER_RE.fullmatch((block.text or "").strip()) if block.tag == "p" and not len(block) else None
    return str(context.md.htmlStash.rawHtmlBlocks[int(match[1])]) if match else ""


def _section(root: Element, heading: Element, blocks: list[Element], question: Question, context: Context) -> None:
    section = element(root, "section", class_="q", data_question=question.id)
    if question.level:
        section.set("data-level", str(question.level.rank))
    if ancestors := context.bank.ancestors.get(question.id):
        section.set("data-was", " ".join(ancestors))
    if question.answered:
        _describe(section, "mainEntity", "Question")
        heading.set("itemprop", "name")
    heading.set("id", question.id)
    heading.set("data-toc-label", question.short)
    section.append(heading)
    render_meta(section, question, context, context.page)
    starts = [i for i, block in enumerate(blocks) if block.tag == "h4"]
    section.extend(blocks[: starts[0]] if starts else blocks)
    bodies = {"".join(blocks[i].itertext()).strip(): blocks[i + 1 : j] for i, j in pairwise([*starts, len(blocks)])}
    if "Hint" in bodies:
        hint = element(section, "details", class_="q-hint")
        element(hint, "summary", "Hint")
        hint.extend(bodies.pop("Hint"))
    if question.answered:
        _answer(section, bodies, question, context)
    else:
        _invitation(section, bodies, question, context)


def render_meta(section: Element, question: Question, context: Context, page: Page) -> None:
    """Appends the line of level, topics and proof under a question's heading. `page` is where the question lives."""
    meta = element(section, "p", class_="q-meta")
    if question.level:
        element(meta, "span", question.level.capitalize(), class_="q-level")
    if question.core:
        element(meta, "span", "Core", class_="q-core")
    if question.values("topics"):
        element(meta, "span", ", ".join(question.values("topics")), class_="q-topics")
    if context.bank.executed(page, question):
        element(meta, "a", "Executed", class_="q-proven", href=context.link_to(PROVEN))
    if page is context.page:
        element(meta, "a", "#", class_="q-link", href=f"#{question.id}", aria_labelledby=question.id)


def render_summary(details: Element, minutes: int) -> None:
    """Appends what opens and closes an answer."""
    summary = element(details, "summary")
    element(summary, "span", "Show answer", class_="q-show")
    element(summary, "span", "Hide answer", class_="q-hide")
    element(summary, "span", f"say yours first · about {minutes} min", class_="q-say")


def _describe(box: Element, role: str, kind: str) -> None:
    """Structured data: what `box` is to the box around it. Attributes on what is there anyway, no second copy."""
    box.set("itemprop", role)
    box.set("itemscope", "itemscope")
    box.set("itemtype", SCHEMA + kind)


def _answer(section: Element, bodies: dict[str, list[Element]], question: Question, context: Context) -> None:
    details = element(section, "details", class_="q-a")
    render_summary(details, question.minutes)
    body = element(details, "div", class_="q-body", id=f"{question.id}-a")
    _describe(body, "acceptedAnswer", "Answer")
    answer = bodies.pop("Answer", [])
    element(body, "div", class_="q-short", itemprop="text").extend(answer[:1])
    if answer[1:]:
        element(body, "div", class_="q-full").extend(answer[1:])
    _parts(body, bodies, question)
    foot = element(body, "p", class_="q-foot")
    element(foot, "a", "Copy link", href=f"#{question.id}-a", data_copy="")
    if edit := context.edit_url(question.line):
        element(foot, "a", "Fix this answer", href=edit)
        element(foot, "a", "Report a problem", href=context.report_url(question))


def _invitation(section: Element, bodies: dict[str, list[Element]], question: Question, context: Context) -> None:
    open_question = element(section, "p", class_="q-open")
    element(open_question, "span", "This question is still open.")
    if edit := context.edit_url(question.line):
        element(open_question, "a", "Write the answer", href=edit)
    _parts(section, bodies, question)


def _parts(parent: Element, bodies: dict[str, list[Element]], question: Question) -> None:
    """The other parts, each under a label that is no heading: headings would be contents entries and search hits."""
    for name, blocks in bodies.items():
        part = element(parent, "div", class_="q-part", data_part=name.lower().replace(" ", "-"))
        element(part, "p", name, class_="q-label")
        if name == "Quick check" and question.quiz:
            render_quiz(part, blocks, question)
        else:
            part.extend(blocks)
