"""A plan of study: which questions on which day or in which hour."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from ..library import Bank, Place
from ..order import study_order
from .context import INDEX, Context, element

REVIEW_EVERY = 7  # the last day of a week brings nothing new
SHORT = 10  # days up to which a plan is short
MOST_A_DAY = 6  # new questions; what does not fit is left out, core questions last of all
MOST_A_SHORT_DAY = 10
MOST_AN_HOUR = 6  # about eight minutes to say, open, compare and check one, and some for the rest


def plan_days(bank: Bank, days: int) -> list[list[Place]]:
    """The new questions of each day; an empty day is one of review. The last days bring nothing new either."""
    rest = 1 if days <= SHORT else 3
    learning = [day for day in range(days) if (day + 1) % REVIEW_EVERY and day < days - rest] or [0]
    return _spread(bank, days, learning, MOST_A_SHORT_DAY if days <= SHORT else MOST_A_DAY)


def plan_hours(bank: Bank, hours: int) -> list[list[Place]]:
    """The new questions of each hour of one evening; the last hour is for what went wrong."""
    return _spread(bank, hours, list(range(hours - 1)) or [0], MOST_AN_HOUR)


def render_plan(root: Element, count: int, unit: str, context: Context) -> None:
    """Appends the plan as a list of days or hours, each with its questions or with what to review."""
    plan = plan_hours(context.bank, count) if unit == "hours" else plan_days(context.bank, count)
    element(root, "p", class_="plan-said needs-script", role="status")
    rows = element(root, "ol", class_=f"plan plan-{unit}")
    for part in plan:
        row = element(element(rows, "li"), "span")
        if not part:
            row.text = "Review: "
            link = element(row, "a", "what you marked as shaky", href=context.link_to(f"{INDEX}?status=shaky"))
            link.tail = ", aloud and without looking"
        for number, (page, question) in enumerate(part):
            address = context.link_to(f"{page.path}#{question.id}")
            link = element(row, "a", question.short, href=address, data_question=question.id)
            link.tail = ", " if number < len(part) - 1 else ""


def _spread(bank: Bank, count: int, learning: list[int], most: int) -> list[list[Place]]:
    """`count` parts, of which those in `learning` share the first questions evenly, at most `most` each."""
    taken = study_order(bank)[: most * len(learning)]
    plan: list[list[Place]] = [[] for _ in range(count)]
    for place, pair in enumerate(taken if count else []):
        plan[learning[place * len(learning) // len(taken)]].append(pair)
    return plan
