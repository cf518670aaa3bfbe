"""A plan of study: which questions on which day, core ones first, categories in turn. Counts nothing but days."""

from __future__ import annotations

from itertools import zip_longest
from xml.etree.ElementTree import Element

from ..library import Bank, Place
from .context import INDEX, Context, element

REVIEW_EVERY = 7  # the last day of a week brings nothing new
LAST_DAYS = 3  # before the interview nothing new either
MOST_A_DAY = 6  # new questions; what does not fit is left out, core questions last of all


def plan_days(bank: Bank, days: int) -> list[list[Place]]:
    """The new questions of each day; an empty day is one of review."""
    if not days:
        return []
    ordered = _in_turn([pair for pair in bank.questions if pair[1].core])
    ordered += _in_turn([pair for pair in bank.questions if not pair[1].core])
    learning = [day for day in range(days) if (day + 1) % REVIEW_EVERY and day < days - LAST_DAYS] or [0]
    taken = ordered[: MOST_A_DAY * len(learning)]
    plan: list[list[Place]] = [[] for _ in range(days)]
    for place, pair in enumerate(taken):
        plan[learning[place * len(learning) // len(taken)]].append(pair)  # spread evenly over the days
    return plan


def render_plan(root: Element, days: int, context: Context) -> None:
    """Appends the plan as a list of days, each with its questions or with what to review."""
    rows = element(root, "ol", class_="plan")
    for day in plan_days(context.bank, days):
        row = element(element(rows, "li"), "span")
        if not day:
            row.text = "Review: "
            link = element(row, "a", "what you marked as shaky", href=context.link_to(f"{INDEX}?status=shaky"))
            link.tail = ", aloud and without looking"
        for number, (page, question) in enumerate(day):
            link = element(row, "a", question.short, href=context.link_to(f"{page.path}#{question.id}"))
            link.tail = ", " if number < len(day) - 1 else ""


def _in_turn(pairs: list[Place]) -> list[Place]:
    """One of each category, then the next of each, so that no day is all of one kind."""
    by_category: dict[str, list[Place]] = {}
    for pair in pairs:
        by_category.setdefault(pair[0].category, []).append(pair)
    return [pair for turn in zip_longest(*by_category.values()) for pair in turn if pair]
