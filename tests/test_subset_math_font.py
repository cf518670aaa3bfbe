"""The font of the formulas: whole for these pages, small, and the same bytes each time."""

from __future__ import annotations

from pathlib import Path

import pytest
import subset_math_font
from bank.library import load_bank
from bank.parse import parse
from fontTools.ttLib import TTFont

BUDGET = 45_000  # bytes


def test_the_font_has_what_the_pages_need_and_no_more_than_its_budget(tmp_path: Path) -> None:
    needed = subset_math_font.characters_of(load_bank().pages.values())
    file = tmp_path / "formula.woff2"
    subset_math_font.make_font(needed, file)
    font = TTFont(file)
    drawn = needed - {0x2061, 0x2062, 0xFE00}  # invisible operators, and the mark that chooses between two scripts
    assert drawn <= set(font.getBestCmap())
    assert "MATH" in font
    assert file.stat().st_size <= BUDGET
    assert "Open Font License" in file.with_suffix(".LICENSE.txt").read_text(encoding="utf-8")
    again = tmp_path / "again" / "formula.woff2"
    subset_math_font.make_font(needed, again)
    assert again.read_bytes() == file.read_bytes()


@pytest.mark.parametrize(
    ("formula", "character"), [("$x$", "𝑥"), (r"$\aleph$", "ℵ"), (r"$`\mathbb{E}_1`$", "𝔼"), (r"$\sqrt 2$", "√")]
)
def test_what_a_formula_needs(formula: str, character: str) -> None:
    page = parse(f"# T\n\n{formula}\n", "page.md")
    assert ord(character) in subset_math_font.characters_of([page])


def test_a_broken_formula_stops_nothing() -> None:
    assert subset_math_font.characters_of([parse(r"$\frac{1$", "page.md")]) == subset_math_font.ALWAYS
