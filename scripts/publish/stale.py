"""While the site is served: which pages an edit makes stale. Remembers what was built last, and knows no generator."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bank.library import Bank, moving_figures, proof_file
from bank.model import Page, Question
from bank.render.explorables import pictures


@dataclass(frozen=True)
class State:
    """A digest of each page by its path, and one of all that pages say of others."""

    pages: dict[str, str]
    lists: str
    ids: frozenset[str]


@dataclass(frozen=True)
class Change:
    """The paths of the pages to be built again, and whether lists and data files say something else now."""

    pages: frozenset[str]
    of_lists: bool


_built = State({}, "", frozenset())
_seen = _built


def look(bank: Bank) -> Change:
    """What differs from what was built last."""
    global _seen
    _seen = State(
        {path: _page_digest(page, bank) for path, page in bank.pages.items()},
        _digest(_said_elsewhere(page) + _stamp(proof_file(page, bank.proofs)) for page in bank.pages.values()),
        frozenset(bank.places),
    )
    pages = {path for path, digest in _seen.pages.items() if _built.pages.get(path) != digest}
    if _seen.ids != _built.ids:  # links of any page may lead to one
        pages = set(bank.pages)
    elif _seen.lists != _built.lists:  # a page without questions may hold lists, the links of a company or the counts
        pages |= {path for path, page in bank.pages.items() if not page.holds_questions}
    return Change(frozenset(pages), _seen.lists != _built.lists)


def accept() -> bool:
    """Takes what was looked at for built, and says whether lists and data files have changed with it."""
    global _built
    before, _built = _built, _seen
    return before.lists != _built.lists


def _page_digest(page: Page, bank: Bank) -> str:
    """Of all that a page is rendered from: its text, its figures, and its proofs."""
    figures = sorted((bank.docs / page.path).parent.glob("figures/*.svg")) if page.holds_questions else []
    return _digest([page.text, *map(_stamp, [*figures, proof_file(page, bank.proofs)])])


@cache  # a page that is not edited stays the same object
def _said_elsewhere(page: Page) -> str:
    """What other pages and the data files can say of this one. Of an answer that is its beginning and its rubric."""
    if not page.holds_questions:
        return repr((page.path, page.title, page.text))
    links = [link for _, link in page.links()]
    return repr((page.path, page.title, [_said_of(question) for question in page.questions], links))


def _said_of(question: Question) -> tuple[object, ...]:
    points = question.part("Key points")
    rubric = [block.text for block in points.blocks] if points else []
    fields = [(item.name, item.value) for item in question.fields]
    quiz = question.quiz.key if question.quiz else ""
    runs = [fence.runs for fence in question.fences]
    moving = [picture for picture in pictures(question) if picture[0] in moving_figures()]
    sources = question.part("Sources")
    counted = sum(len(block.inlines) for block in sources.blocks) if sources else 0
    answer = question.first_paragraph, rubric, quiz, question.minutes, question.answered, counted
    return question.text, fields, answer, runs, moving


def _stamp(file: Path) -> str:
    return str(file.stat().st_mtime_ns) if file.is_file() else ""


def _digest(texts: Iterable[str]) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()
