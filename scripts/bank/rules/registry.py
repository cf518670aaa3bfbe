"""Where rules are entered by code, and how they are asked. Holds no rule itself."""

from __future__ import annotations

import difflib
import inspect
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from ..library import Bank
from ..model import Page, Problem, Question

Finding = tuple[int, str]
"""A line of the page, and what is wrong there with the way out."""

Check = Callable[[Page, Bank], Iterator[Finding]]


@dataclass(frozen=True)
class Rule:
    """One thing that pages must do. `meaning` is its line in CONTRIBUTING; `--explain` prints the explanation."""

    code: str
    meaning: str
    explanation: str
    check: Check
    everywhere: bool  # also on pages that hold no questions
    tears: bool  # its slip swallows what follows, so nothing after it is worth reporting
    warns: bool  # what it finds is listed apart and stops nothing


RULES: dict[str, Rule] = {}


def rule(
    code: str, meaning: str, *, everywhere: bool = False, tears: bool = False, warns: bool = False
) -> Callable[[Check], Check]:
    """Enters a check under a code. The check's docstring is its explanation."""

    def enter(check: Check) -> Check:
        if code in RULES:
            raise ValueError(f"rule {code} is entered twice")
        RULES[code] = Rule(code, meaning, inspect.getdoc(check) or "", check, everywhere, tears, warns)
        return check

    return enter


def check(page: Page, bank: Bank) -> list[Problem]:
    """Everything wrong on one page, sorted. Where a slip swallows the rest of the page, the rest is not judged."""
    return _ask(page, bank, warns=False)


def advise(page: Page, bank: Bank) -> list[Problem]:
    """What could be better on one page and stops nothing, sorted."""
    return _ask(page, bank, warns=True)


def _ask(page: Page, bank: Bank, *, warns: bool) -> list[Problem]:
    rules = [entry for entry in RULES.values() if entry.warns == warns and (entry.everywhere or page.holds_questions)]
    if page.torn is not None:
        rules = [entry for entry in rules if entry.tears]
    return sorted(
        {
            Problem(page.path, line, entry.code, message, warns)
            for entry in rules
            for line, message in entry.check(page, bank)
        }
    )


def each_question(find: Callable[[Question], Iterator[Finding]]) -> Check:
    """Turns a check of one question into a check of a page."""

    def check_page(page: Page, bank: Bank) -> Iterator[Finding]:
        for question in page.questions:
            yield from find(question)

    check_page.__doc__ = find.__doc__
    return check_page


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The nearest known word as a question, or nothing where none is near."""
    names = {name.lower(): name for name in known}
    near = difflib.get_close_matches(word.lower(), names, 1)
    return f"; did you mean '{names[near[0]]}'?" if near else ""
