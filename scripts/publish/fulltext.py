"""The whole bank as one plain text, `llms-full.txt`: the Markdown of the pages without what only the site needs."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from bank.addresses import linked_path, split_address
from bank.library import Bank
from bank.model import PARTS, Page, Question
from bank.text import plain

from .data import address

NAME = "llms-full.txt"
_FIGURE = re.compile(r"!\[((?:[^\]]|\](?!\())*)\]\(figures/[^)\s]+\)")
_LINK = re.compile(r"\]\(((?:[\w./-]+\.md)?(?:#[\w-]+)?)\)")
_HEADING = re.compile(r"(?m)^#### (?=(?:" + "|".join(PARTS) + r")$)")


def write_full_text(site: Path, bank: Bank, site_url: str) -> None:
    """Writes the text into the site's folder. `site_url` is its address or ""."""
    (site / NAME).write_text(full_text(bank, site_url), encoding="utf-8")


def full_text(bank: Bank, site_url: str = "") -> str:
    """What the site is, and every answered question with its metadata, in the order of the pages."""
    places = [place for place in bank.questions if place[1].answered]
    categories = dict.fromkeys(page.category for page, _ in places)
    executed = sum(bank.executed(page, question) for page, question in places)
    lines = [
        "# Precision & Recall",
        "",
        f"> {len(places)} machine-learning interview questions with answers, in {len(categories)} categories. "
        f"The claims of {executed} answers are executed by tests. Text: CC BY 4.0.",
        "",
    ]
    if site_url:
        lines += [f"Site: {site_url}", f"The same as data: {site_url}questions.json", ""]
    for folder in categories:
        lines += [f"# {bank.category(folder).title}", ""]
        for page, question in places:
            if page.category == folder:
                lines += [_question(page, question, bank, site_url), ""]
    return "\n".join(lines)


def _question(page: Page, question: Question, bank: Bank, site_url: str) -> str:
    facts = {
        "id": question.id,
        "level": str(question.level or ""),
        "topics": ", ".join(question.values("topics")),
        "core": "yes" * question.core,
        "url": f"{site_url}q/{question.id}/" if site_url else "",
    }
    head = [f"## {plain(question.text)}", "", *(f"{name}: {value}" for name, value in facts.items() if value)]
    source = _source(page, question)
    text = _HEADING.sub("### ", _LINK.sub(_resolver(page, bank, site_url), _FIGURE.sub(_described, source)))
    return "\n".join([*head, "", text.strip()])


def _source(page: Page, question: Question) -> str:
    """The lines of a question after its metadata."""
    lines = [one.line for one in page.questions] + [group.line for group in page.groups] + [len(page.lines) + 1]
    start = question.comment.end if question.comment else question.line
    end = min(line for line in lines if line > question.line)
    return "\n".join(page.lines[start : end - 1])


def _described(figure: re.Match[str]) -> str:
    return f"[Figure: {' '.join(figure[1].split())}]"


def _resolver(page: Page, bank: Bank, site_url: str) -> Callable[[re.Match[str]], str]:
    """What turns a link of a page into one of the site: from its address, or from where the text itself stands."""

    def resolve(link: re.Match[str]) -> str:
        parts = split_address(link[1])
        if not link[1] or parts is None:
            return link[0]
        name = parts.fragment.removesuffix("-a")
        target = f"q/{name}/" if name in bank.places else address(linked_path(page, parts.path))
        return f"]({site_url}{target})"

    return resolve
