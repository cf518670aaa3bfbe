"""The ledger: what the bank holds and how it stands, counted at each build. Only the rules judge."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from xml.etree.ElementTree import Element

from ..history import read_history
from ..library import Bank, Place
from ..model import Level, Question
from ..rules import advise
from ..text import plain
from .context import Context, element

_COUNTS = ("Questions", *(level.capitalize() for level in Level), "Core", "Executed", "Quick checks", "Sources")


def render_ledger(root: Element, context: Context) -> None:
    """Appends the counts by category, the pages with their last change, the warnings and the open questions."""
    bank = context.bank
    element(root, "h2", "By category", id="by-category")
    _categories(root, bank)
    element(root, "h2", "By page", id="by-page")
    _pages(root, context)
    element(root, "h2", "Warnings", id="warnings")
    _warnings(root, context)
    element(root, "h2", "Open questions", id="open-questions")
    _links(root, [place for place in bank.questions if not place[1].answered], context)


def _categories(root: Element, bank: Bank) -> None:
    rows = [
        [bank.category(folder).title, *_counts(list(inside), bank)]
        for folder, inside in groupby(bank.questions, lambda place: place[0].category)
    ]
    body = _table(root, ["Category", *_COUNTS], [*rows, ["All", *_counts(bank.questions, bank)]])
    body[-1].set("class", "total")


def _counts(places: Sequence[Place], bank: Bank) -> list[str]:
    questions = [question for _, question in places]
    levels = [sum(question.level is level for question in questions) for level in Level]
    core = sum(question.core for question in questions)
    executed = sum(bank.executed(*place) for place in places)
    quizzes = sum(question.quiz is not None for question in questions)
    counts = [len(questions), *levels, core, executed, quizzes, sum(map(_sources, questions))]
    return [f"{count:,}" for count in counts]


def _sources(question: Question) -> int:
    part = question.part("Sources")
    return sum(len(block.inlines) for block in part.blocks) if part else 0


def _pages(root: Element, context: Context) -> None:
    bank, changed = context.bank, read_history(context.bank.docs).changed
    pages = [(page, list(inside)) for page, inside in groupby(bank.questions, lambda place: place[0])]
    days = [changed.get(page.path) for page, _ in pages]
    rows = [["", str(len(inside)), str(day or "")] for (_, inside), day in zip(pages, days, strict=True)]
    head = ["Page", "Questions", "Last change"][: 3 if any(days) else 2]
    body = _table(root, head, [row[: len(head)] for row in rows])
    for row, (page, _) in zip(body, pages, strict=True):
        element(
            row[0], "a", f"{bank.category(page.category).title}: {plain(page.title)}", href=context.link_to(page.path)
        )


def _warnings(root: Element, context: Context) -> None:
    found = [problem for page in context.bank.pages.values() for problem in advise(page, context.bank)]
    if not found:
        element(root, "p", "None: an output, a proof or a source explains every number in every answer.")
        return
    rows = element(root, "ul")
    for problem in sorted(found):
        link = element(element(rows, "li"), "a", problem.path, href=context.link_to(problem.path))
        link.tail = f", line {problem.line}: {problem.message}"


def _links(root: Element, places: Iterable[Place], context: Context) -> None:
    rows = None
    for page, question in places:
        rows = element(root, "ul") if rows is None else rows
        link = element(element(rows, "li"), "a", href=context.link_to(f"{page.path}#{question.id}"))
        link.text = question.text  # Markdown, which is read later
    if rows is None:
        element(root, "p", "None: all have answers.")


def _table(root: Element, head: Sequence[str], rows: Iterable[Sequence[str]]) -> Element:
    """Appends a table, all columns but the first of numbers or days, and gives its body."""
    table = element(root, "table", class_="ledger")
    line = element(element(table, "thead"), "tr")
    for name in head:
        element(line, "th", name)
    body = element(table, "tbody")
    for row in rows:
        line = element(body, "tr")
        for text in row:
            element(line, "td", text)
    return body
