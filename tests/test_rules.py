"""Each rule against its fixtures: a slip gives exactly the expected lines, and undoing it gives a clean page."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from bank.library import ROOT, Bank
from bank.model import Page
from bank.parse import parse
from bank.report import as_line
from bank.rules import RULES, advise, check

FIXTURES = ROOT / "tests" / "fixtures"
GOOD = {file.name: file.read_text(encoding="utf-8") for file in sorted((FIXTURES / "good").glob("*.md"))}
BAD = sorted((FIXTURES / "bad").glob("*.md"))
TOPICS = {"evaluation": "", "overfitting": ""}


def page_of(name: str, text: str) -> Page:
    path = {"company.md": "companies/acme.md", "errata.md": "about/errata.md"}.get(name, name)
    return parse(text, path, category="" if name in ("prose.md", "company.md", "errata.md") else "good")


def problems(name: str, text: str) -> list[str]:
    """What the rules say of a text that stands in the place of a good page."""
    page = page_of(name, text)
    others = [page_of(other, GOOD[other]) for other in ("page.md", "prose.md", "company.md", "errata.md")]
    pages = {one.path: one for one in [*others, page]}
    bank = Bank(FIXTURES / "good", pages, TOPICS, {"retired-id": "fair-coin"})
    return [as_line(problem) for problem in (*check(page, bank), *advise(page, bank))]


def undone(bad: str) -> str:
    """The name of the good page that a bad one was made of. Fails where they differ over more than 12 lines."""
    lines = bad.split("\n")
    matchers = {name: SequenceMatcher(None, GOOD[name].split("\n"), lines, autojunk=False) for name in GOOD}
    name = max(matchers, key=lambda name: matchers[name].ratio())
    slips = [code for code in matchers[name].get_opcodes() if code[0] != "equal"]
    first, last = slips[0], slips[-1]
    assert last[2] - first[1] <= 12, f"more than one slip against {name}: undoing it would not be one edit"
    return name


@pytest.mark.parametrize("name", GOOD)
def test_good_pages_are_clean(name: str) -> None:
    assert problems(name, GOOD[name]) == []


@pytest.mark.parametrize("file", BAD, ids=lambda file: file.stem)
def test_one_slip_gives_the_expected_lines(file: Path) -> None:
    bad = file.read_text(encoding="utf-8")
    name = undone(bad)
    assert "\n".join(problems(name, bad)) + "\n" == file.with_suffix(".out").read_text(encoding="utf-8")
    assert problems(name, GOOD[name]) == [], "undoing the slip makes the page good"


@pytest.mark.parametrize("file", BAD, ids=lambda file: file.stem)
def test_a_fixture_is_named_by_the_only_code_it_gives(file: Path) -> None:
    codes = re.findall(r"(?m)^\S+ (Q\d{3}) ", file.with_suffix(".out").read_text(encoding="utf-8"))
    assert set(codes) == {file.name[:4]}


def test_every_rule_has_a_fixture_and_an_explanation() -> None:
    assert {file.name[:4] for file in BAD} == set(RULES) - {"Q091", "Q093"}, "which judge names: tests/test_files.py"
    assert [code for code, rule in RULES.items() if not rule.explanation] == []


def test_every_rule_has_its_line_in_contributing() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    lines = re.findall(r"(?m)^- (Q\d{3}): (.*)$", text)
    assert lines == [(code, RULES[code].meaning) for code in sorted(RULES)]


def test_a_page_is_judged_alike_wherever_its_slip_stands() -> None:
    """The line of a problem follows the text: three lines more above it, three more in every number."""
    for file in BAD:
        bad = file.read_text(encoding="utf-8")
        if file.name[:4] in ("Q020", "Q021", "Q022") or undone(bad) != "page.md":
            continue
        title, rest = bad.split("\n\n", 1)
        moved = problems("page.md", f"{title}\n\n\n\n\n{rest}")
        numbers = [[int(line.split(":")[1]) for line in found] for found in (problems("page.md", bad), moved)]
        assert [number + 3 for number in numbers[0]] == numbers[1], file.name
