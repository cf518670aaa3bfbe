"""`lint.py --fix`: what it mends, what it leaves, and that no word is ever lost."""

from __future__ import annotations

import re

import pytest
from bank.library import ROOT, Bank
from bank.mend import MENDS, mend
from bank.parse import parse
from bank.rules import RULES, check

GOOD = (ROOT / "tests" / "fixtures" / "good" / "page.md").read_text(encoding="utf-8")
FIXTURES = ROOT / "tests" / "fixtures"
TOPICS = {"evaluation": "", "overfitting": ""}


def mended(text: str) -> tuple[str, list[str], list[str]]:
    """The text after the mend, the codes that are gone, and those that are left."""
    bank = Bank(FIXTURES / "good", {}, TOPICS, {})
    page = parse(text, "page.md", "good")
    after, gone = mend(page, bank.with_page(page))
    again = parse(after, "page.md", "good")
    return after, [problem.code for problem in gone], [problem.code for problem in check(again, bank.with_page(again))]


SLIPS = {
    "Q010": ("topics: overfitting, evaluation", "topics: overfitting,, evaluation,"),
    "Q042": ("- [x] one half", "-[X]one half"),
    "Q045": ("  > Tosses are", "> Tosses are"),
    "Q061": ("costs \\$5 to", "costs $5 to"),
    "Q062": ("$x + y$", "$x * y$"),
    "Q080": ("\n- Says that", "- Says that"),
    "Q082": ("1. Toss once.\n2. Toss", "1) Toss once.\n2) Toss"),
    "Q085": ("    Then stop.", "\tThen stop."),
    "Q087": ("- Says that", " - Says that"),
}


def test_every_mend_has_its_slip() -> None:
    assert set(SLIPS) == set(MENDS) <= set(RULES)


@pytest.mark.parametrize("code", SLIPS)
def test_a_slip_is_mended(code: str) -> None:
    right, wrong = SLIPS[code]
    assert right in GOOD
    after, gone, left = mended(GOOD.replace(right, wrong, 1))
    assert code in gone
    assert left == []
    if code not in ("Q062", "Q010"):  # spelled anew, as the rule asks
        assert after == GOOD


@pytest.mark.parametrize("file", sorted((FIXTURES / "bad").glob("*.md")), ids=lambda file: file.stem)
def test_no_mend_loses_a_word_or_makes_a_page_worse(file) -> None:
    bad = file.read_text(encoding="utf-8")
    bank = Bank(FIXTURES / "good", {}, TOPICS, {})
    page = parse(bad, "page.md", "good")
    before = check(page, bank.with_page(page))
    after, gone, left = mended(bad)
    assert re.findall(r"\w+", after.lower()) == re.findall(r"\w+", bad.lower())
    assert len(left) == len(before) - len(gone)


def test_two_amounts_and_a_formula_in_one_line() -> None:
    after, _, left = mended(GOOD.replace("It costs \\$5 to play", "From $5 to \\$10, with $x$, it costs $7 to play"))
    assert "From \\$5 to \\$10, with $x$, it costs \\$7 to play" in after
    assert left == []
