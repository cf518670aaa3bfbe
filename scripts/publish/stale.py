"""While the site is served: which pages an edit makes stale. Remembers what was built last, and knows no generator."""

from __future__ import annotations

from dataclasses import dataclass

from bank.library import Bank

from .inputs import Inputs, read_inputs


@dataclass(frozen=True)
class Change:
    """The paths of the pages to be built again, and whether data files say something else now."""

    pages: frozenset[str]
    of_data: bool


SAMPLE = "index.md"
"""The one page that shows how an answer of another begins."""

_built = Inputs({}, "", "", frozenset())
_seen = _built


def look(bank: Bank) -> Change:
    """What differs from what was built last."""
    global _seen
    _seen = read_inputs(bank)
    pages = {path for path, digest in _seen.pages.items() if _built.pages.get(path) != digest}
    if _seen.ids != _built.ids:  # links of any page may lead to one
        pages = set(bank.pages)
    elif _seen.lists != _built.lists:  # a page without questions may hold lists, the links of a company or the counts
        pages |= {path for path, page in bank.pages.items() if not page.holds_questions}
    elif _seen.data != _built.data and SAMPLE in bank.pages:
        pages.add(SAMPLE)
    return Change(frozenset(pages), _seen.data != _built.data)


def seen() -> Inputs:
    """What was looked at last."""
    return _seen


def accept() -> bool:
    """Takes what was looked at for built, and says whether data files have changed with it."""
    global _built
    before, _built = _built, _seen
    return before.data != _built.data
