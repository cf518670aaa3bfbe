"""What is new: by day, the questions that came and the pages that changed, from the repository's history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from itertools import groupby
from xml.etree.ElementTree import Element

from ..history import read_history
from ..library import Bank, Place
from ..model import Page
from ..text import plain
from .context import Context, element, number

MOST_DAYS = 30  # on which something came or changed; older ones are in the repository's history
MOST_NAMES = 12  # new questions of one page that are named; of more, the number is said


def render_news(root: Element, context: Context) -> None:
    """Appends a heading for each day, newest first, with what it brought."""
    history = read_history(context.bank.docs)
    born = _by_day(context.bank, history.born)
    changed: dict[date, list[Page]] = defaultdict(list)
    for path, day in history.changed.items():
        if path in context.bank.pages and path != context.page.path:
            changed[day].append(context.bank.pages[path])
    for day in sorted({*born, *changed}, reverse=True)[:MOST_DAYS]:
        element(root, "h2", f"{day:%Y-%m-%d}", id=f"{day:%Y-%m-%d}")
        rows = element(root, "ul")
        grown = [(page, list(inside)) for page, inside in groupby(born[day], lambda place: place[0])]
        for page, places in grown:
            _add_questions(element(rows, "li"), page, places, context)
        rest = [page for page in changed[day] if page not in [page for page, _ in grown]]
        if rest:
            _add_pages(element(rows, "li"), sorted(rest, key=lambda page: page.path), context)
    if not born and not changed:
        element(root, "p", "This copy of the site was built without the history of its pages.")


def _by_day(bank: Bank, born: Mapping[str, date]) -> dict[date, list[Place]]:
    days: dict[date, list[Place]] = defaultdict(list)
    for place in bank.questions:
        if place[1].id in born:
            days[born[place[1].id]].append(place)
    return days


def _add_questions(row: Element, page: Page, places: list[Place], context: Context) -> None:
    element(
        row, "a", plain(page.title), href=context.link_to(page.path)
    ).tail = f": {number(len(places), 'new question')}"
    if len(places) > MOST_NAMES:
        return
    for index, (_, question) in enumerate(places):
        row[-1].tail = f"{row[-1].tail}, " if index else f"{row[-1].tail}: "
        element(row, "a", question.short, href=context.link_to(f"{page.path}#{question.id}"))
        row[-1].tail = ""


def _add_pages(row: Element, pages: list[Page], context: Context) -> None:
    row.text = "Changed: "
    for index, page in enumerate(pages):
        link = element(row, "a", plain(page.title), href=context.link_to(page.path))
        link.tail = ", " if index < len(pages) - 1 else ""
