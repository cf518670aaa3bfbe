"""Q06x: formulas, inline and display, so that GitHub and the site show the same."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..formula import NEEDS_TICKS, error_in
from ..library import Bank
from ..model import Page
from .registry import Finding, rule

_NAMED = re.compile(r"\\(?:text|math[a-z]+|operatorname\*?|begin|end)\s*\{[^}]*\}|\\[a-zA-Z]+")
_REFUSED = re.compile(r"\\(operatorname|[hv]?phantom|def|let|newcommand|renewcommand|DeclareMathOperator)\b")
_STRAY = re.compile(r"(?<!\\)\$")


@rule("Q060", "a formula can be read", everywhere=True)
def readable(page: Page, bank: Bank) -> Iterator[Finding]:
    """The build turns TeX into MathML and stops where it cannot; GitHub would show the bare TeX in red."""
    for line, formula in page.formulas():
        if message := error_in(formula.tex, display=False):
            yield line, f"{message}, in ${formula.tex}$"
    for line, tex in page.displays():
        if message := error_in(tex, display=True):
            yield line, f"{message}, in the formula of this fence"


@rule("Q061", "a `$` opens a formula or is written `\\$`", everywhere=True)
def dollars(page: Page, bank: Bank) -> Iterator[Finding]:
    """`$ x $` with blanks inside and `$$…$$` stay text without a word, and two amounts of money in one paragraph can
    become a formula."""
    for inline in page.inlines():
        for match in _STRAY.finditer(inline.masked):
            line = inline.line_at(match.start())
            if "$$" in inline.masked[max(0, match.start() - 1) : match.start() + 2]:
                yield line, "write display math as a ```math fence instead of $$"
            else:
                yield line, "this '$' opens no formula: write '\\$' for money, and no blanks inside $…$"


@rule("Q062", "a formula that holds `\\{`, `\\\\`, `*`, `_` or `|` is written ``$`…`$``", everywhere=True)
def ticks(page: Page, bank: Bank) -> Iterator[Finding]:
    """GitHub reads emphasis, escapes and table cells before it reads the formula."""
    for line, formula in page.formulas():
        if not formula.ticked and (found := NEEDS_TICKS.search(formula.tex)):
            yield line, f"'{found[0]}' in a formula needs ticks: write $`{formula.tex}`$"


@rule("Q063", "a formula holds no bare words", everywhere=True)
def words(page: Page, bank: Bank) -> Iterator[Finding]:
    """`$5 and $` between two amounts of money is not a formula. In a real one, names are `\\log` or `\\text{…}`:
    bare letters are set as a product of variables."""
    for line, formula in page.formulas():
        if found := re.search(r"[a-z]{3,}", _NAMED.sub(" ", formula.tex)):
            word = found[0]
            yield (
                line,
                f"'{word}' in ${formula.tex}$ reads like a word: write '\\$' for money, \\text{{{word}}} in a formula",
            )


@rule("Q064", "no blank line inside a formula", everywhere=True)
def blank_lines(page: Page, bank: Bank) -> Iterator[Finding]:
    """TeX ends the formula there."""
    for line, tex in page.displays():
        for offset, text in enumerate(tex.rstrip("\n").split("\n"), 1):
            if not text.strip() and tex.strip():
                yield line + offset, "take the blank line out of the formula"


@rule("Q065", "no formula in `#` and `##`", everywhere=True)
def headings(page: Page, bank: Bank) -> Iterator[Finding]:
    """The contents list, the browser's title and the anchor would hold it twice, as letters."""
    for level, block in page.headings():
        if level < 3 and any(inline.formulas for inline in block.inlines):
            yield block.line, "no formula in a title or group; say it in words"


@rule(
    "Q066",
    "a formula uses no macro that GitHub refuses: `\\operatorname`, `\\phantom`, definitions",
    everywhere=True,
)
def refused(page: Page, bank: Bank) -> Iterator[Finding]:
    """GitHub shows an error in place of the whole formula (github/markup issue 1688 and its kin, as of 2026-11)."""
    inline = ((line, formula.tex) for line, formula in page.formulas())
    for line, tex in [*inline, *page.displays()]:
        for offset, text in enumerate(tex.split("\n"), 1 if "\n" in tex else 0):
            if found := _REFUSED.search(text):
                instead = "\\mathrm{…}" if found[1] == "operatorname" else "the formula without it"
                yield line + offset, f"GitHub refuses \\{found[1]}; write {instead}"
