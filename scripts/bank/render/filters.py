"""The form that narrows the list of all questions. The page's script obeys it; without one it is hidden."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from ..library import Bank
from ..model import Level
from .context import element, number

STATES = {"new": "New", "shaky": "Shaky", "known": "Known", "saved": "Saved"}
"""What a reader's marks can say of a question; names and order are the script's too."""


def render_filters(root: Element, bank: Bank) -> None:
    """Appends the form with the topics and companies that the bank's questions have."""
    form = element(root, "form", class_="filters needs-script", aria_label="Filter the questions")
    text = element(form, "label", "Find", class_="filter-text")
    element(text, "input", type="search", name="text", placeholder="e.g. lasso, AUC, bayes", autocomplete="off")
    _boxes(form, "Level", "level", {str(level.rank): level.capitalize() for level in Level})
    _boxes(form, "Priority", "core", {"yes": "Core only"})
    topics = sorted({topic for _, question in bank.questions for topic in question.values("topics")})
    _choice(form, "Topic", "topic", "Any topic", {topic: topic for topic in topics})
    companies = {company.slug: company.name for company in bank.companies}
    if companies:
        _choice(form, "Company", "company", "Any company", companies)
    _boxes(form, "My status", "status", STATES)
    foot = element(form, "p", class_="filter-foot")
    element(foot, "output", number(len(bank.questions), "question"), aria_live="polite")
    element(foot, "button", "Surprise me", type="button", class_="button", data_random="")
    element(foot, "button", "Clear filters", type="reset", class_="button")


def _boxes(form: Element, title: str, name: str, options: dict[str, str]) -> None:
    group = element(form, "fieldset")
    element(group, "legend", title)
    for value, words in options.items():
        label = element(group, "label", class_="filter-box")
        element(label, "input", type="checkbox", name=name, value=value).tail = f" {words}"


def _choice(form: Element, title: str, name: str, none: str, options: dict[str, str]) -> None:
    label = element(form, "label", title)
    select = element(label, "select", name=name)
    element(select, "option", none, value="")
    for value, words in options.items():
        element(select, "option", words, value=value)
