"""Lists of questions, categories and companies in the place of marker comments. Every count in them is counted here."""

from __future__ import annotations

from collections.abc import Callable, Collection
from itertools import groupby
from xml.etree.ElementTree import Element

from ..company import CHOOSER
from ..library import Bank, Place
from ..marker import Marker
from ..model import Page, Question
from .context import INDEX, PROVEN, REVIEW, Context, element, number
from .downloads import render_downloads
from .explorables import render_explorables
from .filters import render_filters
from .ledger import render_ledger
from .news import render_news
from .plan import render_plan
from .practice import render_app, render_ways
from .roles import render_roles
from .sample import render_sample


def render_marker(root: Element, marker: Marker, context: Context) -> None:
    """Appends to `root` what a marker asks for. An unknown one, which a rule refuses, leaves nothing."""
    _RENDERERS.get(marker.kind, lambda *_: None)(root, marker, context)


def render_page_foot(root: Element, context: Context) -> None:
    """Appends the link that mends a page without questions, where the repository is known."""
    if edit := context.edit_url(1):
        element(element(root, "p", class_="page-foot"), "a", "Fix this page", href=edit)


def wanted_questions(bank: Bank, which: str, name: str = "") -> list[Place]:
    """The questions of a list: all, core, open, or those of a topic, company (core ones first) or category."""
    if which == "company":
        company = next((company for company in bank.companies if company.slug == name), None)
        suiting = [pair for pair in bank.questions if company and bank.suits(company, pair[1])]
        return sorted(suiting, key=lambda pair: not pair[1].core)
    wanted: dict[str, Callable[[Page, Question], bool]] = {
        "all": lambda page, question: True,
        "core": lambda page, question: question.core,
        "open": lambda page, question: not question.answered,
        "topic": lambda page, question: name in question.values("topics"),
        "category": lambda page, question: page.category == name,
    }
    return [pair for pair in bank.questions if which in wanted and wanted[which](*pair)]


def _questions(root: Element, marker: Marker, context: Context) -> None:
    which, name = marker.wanted
    found = wanted_questions(context.bank, which, name)
    if which == "all":
        render_filters(root, context.bank)
        for folder, inside in groupby(found, lambda pair: pair[0].category):
            element(root, "h2", context.bank.category(folder).title, id=folder)
            _rows(root, list(inside), context)
        element(root, "p", class_="list-none", hidden="hidden")
    elif found:
        if which == "company":
            render_ways(root, name, context)
        _rows(root, found, context)
    else:
        element(
            root, "p", "There is no such question yet." if which != "open" else "No question is open: all have answers."
        )


def _rows(root: Element, found: Collection[Place], context: Context) -> None:
    rows = element(root, "ol", class_="list", style=f"--rows:{len(found)}")  # how high it will be, before it is drawn
    for page, question in found:
        row = element(rows, "li", data_question=question.id)
        companies = [company.slug for company in context.bank.companies if context.bank.suits(company, question)]
        if companies:
            row.set("data-companies", " ".join(companies))
        if ancestors := context.bank.ancestors.get(question.id):
            row.set("data-was", " ".join(ancestors))
        link = element(row, "a", href=context.link_to(f"{page.path}#{question.id}"))
        link.text = question.text  # Markdown, which is read later: it may hold code or a formula
        facts = element(row, "span", class_="list-facts")
        if question.level:
            row.set("data-level", str(question.level.rank))
            element(facts, "span", question.level.capitalize(), class_="q-level").tail = " "
        if question.core:
            element(facts, "span", "Core", class_="q-core").tail = " "
        if not question.answered:
            element(facts, "span", "Open", class_="q-unanswered").tail = " "
        element(facts, "span", ", ".join(question.values("topics")), class_="q-topics")


def _categories(root: Element, marker: Marker, context: Context) -> None:
    cards = element(root, "ul", class_="cards")
    for folder, inside in groupby(context.bank.questions, lambda pair: pair[0].category):
        category = context.bank.category(folder)
        card = element(cards, "li")
        element(card, "a", category.title, href=context.link_to(f"{INDEX}#{folder}"))
        element(card, "span", category.covers, class_="card-text")
        element(card, "span", number(len(list(inside)), "question"), class_="card-count")


def _companies(root: Element, marker: Marker, context: Context) -> None:
    cards = element(root, "ul", class_="cards")
    for company in context.bank.companies:
        card = element(cards, "li")
        element(card, "a", company.name, href=context.link_to(company.path))
        dates = sorted(entry.date for entry in company.evidence if entry.date[0].isdigit())
        newest = f"newest of {dates[-1]}" if dates else "undated"
        element(card, "span", f"{number(len(company.evidence), 'source')}, {newest}", class_="card-text")
        count = len(wanted_questions(context.bank, "company", company.slug))
        element(card, "span", f"{number(count, 'question')} to practice", class_="card-count")


def _start(root: Element, marker: Marker, context: Context) -> None:
    """What there is, in one line of counts, and the first steps."""
    bank = context.bank
    count, categories = len(bank.questions), len({page.category for page, _ in bank.questions})
    proven = sum(bank.executed(page, question) for page, question in bank.questions)
    line = element(root, "p", class_="start-facts")
    line.text = f"{number(count, 'question')} in {number(categories, 'category')}; "
    element(
        line, "a", f"{proven} answers executed", href=context.link_to(PROVEN)
    ).tail = " in our tests. Free, no account."
    buttons = element(root, "p", class_="buttons")
    element(buttons, "a", "Browse all questions", class_="button button-first", href=context.link_to(INDEX))
    element(buttons, "a", "Review", class_="button needs-script", href=context.link_to(REVIEW))
    element(buttons, "a", "Surprise me", class_="button needs-script", href=context.link_to(INDEX), data_random="")
    element(buttons, "a", "Choose a company", class_="button", href=context.link_to(CHOOSER))


def _sample(root: Element, marker: Marker, context: Context) -> None:
    places = context.bank.places.get(marker.argument)
    if places:
        render_sample(root, *places[0], context)


def _plan(root: Element, marker: Marker, context: Context) -> None:
    render_plan(root, *marker.time, context)


_RENDERERS: dict[str, Callable[[Element, Marker, Context], None]] = {
    "questions": _questions,
    "categories": _categories,
    "companies": _companies,
    "start": _start,
    "sample": _sample,
    "plan": _plan,
    "app": lambda root, marker, context: render_app(root, marker.argument, context),
    "roles": lambda root, _, context: render_roles(root, context),
    "ledger": lambda root, _, context: render_ledger(root, context),
    "news": lambda root, _, context: render_news(root, context),
    "downloads": lambda root, _, context: render_downloads(root),
    "explorables": lambda root, _, context: render_explorables(root, context),
}
