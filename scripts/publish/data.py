"""The bank as files for programs: `questions.json` with its schema for everybody, `search.json` for the search box,
`study.json` for the pages that practice."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bank.library import Bank
from bank.model import Page, Question
from bank.order import study_order
from bank.text import first_sentence, plain

VERSION = 1
"""Of the shape of `questions.json`: changes when a program that reads it would have to."""

SCHEMA = Path(__file__).with_name("questions.schema.json")
SENTENCE_LIMIT = 80  # characters of an answer that the search box knows and shows


def write_data(site: Path, bank: Bank, site_url: str) -> None:
    """Writes the files into the site's folder. `site_url` is its address or ""."""
    _write(site / "questions.json", {"version": VERSION, "questions": records(bank, site_url)}, indent=1)
    (site / SCHEMA.name).write_bytes(SCHEMA.read_bytes())
    _write(site / "search.json", search_index(bank))
    _write(site / "study.json", study_index(bank))


def records(bank: Bank, site_url: str = "") -> list[dict[str, Any]]:
    """What `questions.json` says of each question. Texts are Markdown as they stand on the page."""
    return [_record(page, question, bank, site_url) for page, question in bank.questions]


def search_index(bank: Bank) -> dict[str, Any]:
    """The least that finds a question: rows instead of names, pages once. `search/whole.js` reads it.

    A row is id, index of its page, level from 1 to 3, question, short name, indices of its topics, aliases, first
    sentence; `core` holds the places of rows to know if time is short.
    """
    pages = list(dict.fromkeys(page.path for page, _ in bank.questions))
    titles = {path: bank.category(bank.pages[path].category).title for path in pages}
    topics = sorted({topic for _, question in bank.questions for topic in question.values("topics")})
    return {
        "pages": [[address(path), titles[path]] for path in pages],
        "topics": topics,
        "core": [place for place, (_, question) in enumerate(bank.questions) if question.core],
        "questions": [
            [
                question.id,
                pages.index(page.path),
                question.level.rank if question.level else 0,
                plain(question.text),
                question.short,
                [topics.index(topic) for topic in question.values("topics")],
                ", ".join(question.values("aliases")),
                _shortened(first_sentence(plain(question.first_paragraph))),
            ]
            for page, question in bank.questions
        ],
    }


def study_index(bank: Bank) -> dict[str, Any]:
    """The least by which answered questions are chosen and scheduled, in the order of study; texts come from the pages.
    `study/questions.js` reads it.

    A row is id, short name, index of its page, index of its category, level from 1 to 3, core, indices of its topics
    and companies, minutes, whether it has a quick check.
    """
    places = [(page, question) for page, question in study_order(bank) if question.answered]
    pages = list(dict.fromkeys(page.path for page, _ in places))
    categories = list(dict.fromkeys(page.category for page, _ in bank.questions))
    topics = sorted({topic for _, question in places for topic in question.values("topics")})
    return {
        "categories": [[folder, bank.category(folder).title] for folder in categories],
        "topics": topics,
        "companies": [[company.slug, company.name] for company in bank.companies],
        "roles": [[role.slug, role.title, dict(role.weights)] for role in bank.roles.values()],
        "pages": [address(path) for path in pages],
        "heirs": dict(bank.redirects),
        "questions": [
            [
                question.id,
                question.short,
                pages.index(page.path),
                categories.index(page.category),
                question.level.rank if question.level else 0,
                int(question.core),
                [topics.index(topic) for topic in question.values("topics")],
                [place for place, company in enumerate(bank.companies) if bank.suits(company, question)],
                question.minutes,
                int(question.quiz is not None),
            ]
            for page, question in places
        ],
    }


def address(path: str) -> str:
    """The address of a page below the site's: `a/b.md` is at `a/b/`."""
    return (path.removesuffix("index.md") if path.endswith("index.md") else path.removesuffix(".md") + "/").lstrip("/")


def _record(page: Page, question: Question, bank: Bank, site_url: str) -> dict[str, Any]:
    points, sources = question.part("Key points"), question.part("Sources")
    return {
        "id": question.id,
        "url": f"{site_url}{address(page.path)}#{question.id}",
        "category": page.category,
        "page": page.path,
        "question": question.text,
        "short": question.short,
        "level": str(question.level or ""),
        "core": question.core,
        "topics": list(question.values("topics")),
        "aliases": list(question.values("aliases")),
        "companies": [company.slug for company in bank.companies if bank.suits(company, question)],
        "first_paragraph": question.first_paragraph,
        "key_points": [inline.text for block in points.blocks for inline in block.inlines] if points else [],
        "quiz": _quiz(question),
        "words": question.words,
        "minutes": question.minutes,
        "executed": bank.executed(page, question),
        "sources": [" ".join(inline.text.split()) for block in sources.blocks for inline in block.inlines]
        if sources
        else [],
    }


def _quiz(question: Question) -> dict[str, Any] | None:
    quiz = question.quiz
    if quiz is None:
        return None
    options = [
        {"key": option.key, "text": option.text, "right": option.right, "reason": option.reason}
        for option in quiz.options
    ]
    return {"key": quiz.key, "prompt": quiz.prompt, "options": options}


def _shortened(text: str) -> str:
    if len(text) <= SENTENCE_LIMIT:
        return text
    return text[:SENTENCE_LIMIT].rsplit(" ", 1)[0].rstrip(",;:") + " …"


def _write(file: Path, data: object, indent: int | None = None) -> None:
    separators = (",", ":") if indent is None else None
    text = json.dumps(data, ensure_ascii=False, indent=indent, separators=separators)
    file.write_text(text + "\n", encoding="utf-8")
