"""What each page is made from, as digests: where they are equal, so are the pages. Knows no generator."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bank.cache import digest, tools
from bank.history import read_head
from bank.library import Bank, moving_figures, proof_file
from bank.model import Page, Question
from bank.render.explorables import pictures

_ENVIRONMENT = ("GITHUB_REPOSITORY", "SITE_URL", "SOURCE_DATE_EPOCH")


@dataclass(frozen=True)
class Inputs:
    """A digest of each page by its path, one of all that pages show of others, one of that and all that only the data
    files say, and the ids of all questions."""

    pages: dict[str, str]
    lists: str
    data: str
    ids: frozenset[str]


def read_inputs(bank: Bank) -> Inputs:
    """The inputs as they are now."""
    pages = {path: _of_page(page, bank) for path, page in bank.pages.items()}
    said = [_said_elsewhere(page) for page in bank.pages.values()]
    proofs = [_content(_proofs(page, bank)) for page in bank.pages.values()]
    lists = digest([*(shown for shown, _ in said), *proofs])
    return Inputs(pages, lists, digest([lists, *(rest for _, rest in said)]), frozenset(bank.places))


def page_names(inputs: Inputs, bank: Bank) -> dict[str, str]:
    """For each page a digest of all that decides its HTML. A page of questions shows its own text and what its links
    may lead to, and is checked against what the others say; any other page may hold lists, counts and dates."""
    shared = digest([tools(), *(os.environ.get(name, "") for name in _ENVIRONMENT), *sorted(bank.pages), inputs.data])
    whole = digest([shared, read_head(bank.docs), *(inputs.pages[path] for path in sorted(inputs.pages))])
    return {
        path: digest([path, shared if page.holds_questions else whole, inputs.pages[path]])
        for path, page in bank.pages.items()
    }


def _of_page(page: Page, bank: Bank) -> str:
    """Of all that a page is rendered from itself: its text, its figures, and its proofs."""
    folder = (bank.docs / page.path).parent
    figures = sorted(folder.glob("figures/*.svg")) if page.holds_questions else []
    parts = [part for figure in figures for part in (figure.name, _content(figure))]
    return digest([page.text, _content(_proofs(page, bank)), *parts])


def _proofs(page: Page, bank: Bank) -> Path:
    return proof_file(page, bank.proofs)


_said: dict[str, tuple[Page, tuple[str, str]]] = {}
"""What was found last of each path: a page that is not edited stays the same object."""


def _said_elsewhere(page: Page) -> tuple[str, str]:
    """What other pages show of this one, and what only the data files say: how an answer begins, and its rubric."""
    known, said = _said.get(page.path, (None, ("", "")))
    if known is not page:
        questions = page.questions if page.holds_questions else ()
        links = [link for _, link in page.links()]
        shown = (page.path, page.title, links, page.text if not page.holds_questions else "")
        said = repr((shown, [_shown_of(one) for one in questions])), repr([_told_of(one) for one in questions])
        _said[page.path] = page, said
    return said


def _shown_of(question: Question) -> tuple[object, ...]:
    fields = [(item.name, item.value) for item in question.fields]
    runs = [fence.runs for fence in question.fences]
    moving = [picture for picture in pictures(question) if picture[0] in moving_figures()]
    sources = question.part("Sources")
    counted = sum(len(block.inlines) for block in sources.blocks) if sources else 0
    return question.text, fields, question.minutes, question.answered, counted, runs, moving


def _told_of(question: Question) -> tuple[object, ...]:
    points = question.part("Key points")
    rubric = [block.text for block in points.blocks] if points else []
    return question.first_paragraph, rubric, question.quiz.key if question.quiz else ""


def _content(file: Path) -> str:
    try:
        status = file.stat()
    except OSError:
        return ""
    return _read(file, status.st_mtime_ns, status.st_size)


@cache
def _read(file: Path, changed: int, size: int) -> str:
    return digest([file.read_bytes()])
