"""The forms by which a practice starts, and the place where our script goes on; without one, what to do instead."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from xml.etree.ElementTree import Element

from ..model import Level
from .context import INDEX, Context, element

COUNTS = {"3": "3 questions", "5": "5 questions", "10": "10 questions"}
LONGER = {"5": "5 questions", "10": "10 questions", "20": "20 questions"}


def render_app(root: Element, name: str, context: Context) -> None:
    """Appends the form of one app, where it has one, and its place."""
    without = element(
        root, "p", "This page needs JavaScript, because nothing of it runs on a server. ", class_="app-without"
    )
    link = element(without, "a", "All questions", href=context.link_to(INDEX))
    link.tail = " read, fold and print without it."
    if name in _FORMS:
        form = element(root, "form", class_="setup needs-script", data_setup=name, aria_label=_TITLES[name])
        _FORMS[name](form, context)
    element(
        element(root, "div", class_="app needs-script", data_app=name),
        "p",
        "Loading …",
        class_="app-state",
        role="status",
    )


def render_ways(root: Element, company: str, context: Context) -> None:
    """Appends the links by which a company's questions are practiced."""
    ways = element(root, "p", class_="buttons needs-script")
    for words, page, query in (
        ("Review these", "practice/review.md", f"company={company}"),
        ("Mock interview", "practice/mock.md", f"who=company:{company}"),
    ):
        element(ways, "a", words, class_="button", href=f"{context.link_to(page)}?{query}")


def _review(form: Element, context: Context) -> None:
    _narrow(form, context)
    _choice(form, "Company", "company", "Any company", _companies(context))
    _start(form, "Start reviewing")


def _quiz(form: Element, context: Context) -> None:
    _narrow(form, context)
    _choice(form, "How many", "n", "", LONGER, chosen="10")
    _seed(form)
    _start(form, "Start the quiz")


def _mock(form: Element, context: Context) -> None:
    bank = context.bank
    who = {f"role:{role.slug}": role.title for role in bank.roles.values()}
    who |= {f"company:{slug}": f"Practice for {name}" for slug, name in _companies(context).items()}
    _choice(form, "Interview as", "who", "", who)
    _levels(form)
    _choice(form, "How long", "n", "", COUNTS, chosen="5")
    _seed(form)
    _start(form, "Start the interview")


_FORMS: Mapping[str, Callable[[Element, Context], None]] = {"review": _review, "quiz": _quiz, "mock": _mock}
_TITLES = {"review": "What to review", "quiz": "What to be asked", "mock": "Which interview"}


def _companies(context: Context) -> dict[str, str]:
    return {company.slug: company.name for company in context.bank.companies}


def _narrow(form: Element, context: Context) -> None:
    """Category, topic and level."""
    bank = context.bank
    present = {page.category: bank.category(page.category).title for page, _ in bank.questions}
    _choice(form, "Category", "category", "All categories", present)
    topics = sorted({topic for _, question in bank.questions for topic in question.values("topics")})
    _choice(form, "Topic", "topic", "Any topic", {topic: topic for topic in topics})
    _levels(form)


def _levels(form: Element) -> None:
    group = element(form, "fieldset")
    element(group, "legend", "Level")
    for level in Level:
        label = element(group, "label", class_="filter-box")
        box = element(label, "input", type="checkbox", name="level", value=str(level.rank))
        box.tail = f" {level.capitalize()}"


def _choice(form: Element, title: str, name: str, none: str, options: Mapping[str, str], chosen: str = "") -> None:
    """A select with a label; `none` is the words of no choice, "" where one has to be made."""
    select = element(element(form, "label", title), "select", name=name)
    if none:
        element(select, "option", none, value="")
    for value, words in options.items():
        option = element(select, "option", words, value=value)
        if value == chosen:
            option.set("selected", "selected")


def _seed(form: Element) -> None:
    """What draws the questions: two people who give the same get the same."""
    label = element(form, "label", "Seed, to share the same questions")
    element(label, "input", type="text", name="seed", maxlength="24", autocomplete="off", autocapitalize="none")


def _start(form: Element, words: str) -> None:
    """The button; the script enables it, because without one the form would only load the page again."""
    foot = element(form, "p", class_="filter-foot")
    element(foot, "button", words, type="submit", class_="button button-first", disabled="disabled")
