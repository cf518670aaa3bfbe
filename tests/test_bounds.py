"""How large a page may be: what passes a limit is named by its line and keeps nobody busy."""

from __future__ import annotations

import re
import time

import pytest
from bank import bounds
from bank.extension import PageError
from bank.library import load_bank
from bank.parse import parse
from bank.rules import check
from markdown import Markdown

HEAD = "# T\n\nD.\n\n## G\n\n"

LARGE = {
    "a line of a megabyte": ("x" * 1_000_000, 1),
    "a page of a megabyte": (HEAD + "word and word\n\n" * 70_000, 1),
    "a line": (HEAD + "x" * (bounds.LINE + 1), 7),
    "a paragraph": (HEAD + "many words\n" * 800, 7),
    "an item": (HEAD + "- one\n- many" + "\n  words" * 2_000, 7),
    "marks": (HEAD + "**a" * 200, 7),
    "marks in a cell": (HEAD + "| a |\n| --- |\n| " + "*" * 301 + " |", 9),
    "quotes in one line": (HEAD + "> " * 6 + "x", 7),
    "lists in one line": (HEAD + "- " * 6 + "x", 7),
    "numbers in one line": (HEAD + "1. " * 3_000 + "x", 7),
    "lists line by line": (HEAD + "\n".join("  " * i + "- x" for i in range(8)), 12),
    "a formula": (HEAD + "text\n$" + "x+" * 1_001 + "$", 8),
    "a formula's braces": (HEAD + "$`" + "{" * 21 + "}" * 21 + "`$", 7),
    "a fence's braces": (HEAD + "```math\n" + r"\sqrt{" * 5_000 + "x" + "}" * 5_000 + "\n```", 8),
    "braces in a listed fence": (HEAD + "- x\n\n    ```math\n    " + "{" * 21 + "\n    ```", 9),
}


@pytest.mark.parametrize("name", LARGE)
def test_what_is_too_large_is_named_by_its_line_at_once(name: str) -> None:
    text, line = LARGE[name]
    start = time.process_time()
    page = parse(text, "questions/c/t.md")
    found = check(page, load_bank())
    assert [(problem.code, problem.line) for problem in found] == [("Q090", line)]
    assert re.search(r"limit|nested more than", found[0].message)
    assert page.text == text, "nothing is lost"
    assert time.process_time() - start < 5


@pytest.mark.parametrize("checked", [True, False])
def test_it_stops_a_build_even_where_nothing_else_is_checked(checked: bool) -> None:
    site = Markdown(extensions=["bank.extension"], extension_configs={"bank.extension": {"check": checked}})
    with pytest.raises(PageError, match="Q090"):
        site.convert(LARGE["a fence's braces"][0])


def test_good_pages_are_far_from_every_limit() -> None:
    for page in load_bank().pages.values():
        assert len(page.text) * 2 < bounds.PAGE
        assert max(map(len, page.lines)) * 4 < bounds.LINE
        assert all(len(inline.text) * 4 < bounds.PARAGRAPH for inline in page.inlines())
