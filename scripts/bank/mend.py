"""Mends what needs no opinion: blanks, and marks whose one meaning is plain. The words of a page stay as they are.

A mend is kept only if every word of the page is still there, in its order, and the page has fewer problems than before.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from .formula import NEEDS_TICKS, PLAIN, mask_code
from .library import Bank
from .model import Page, Problem
from .parse import parse
from .rules import check

Lines = list[str]

ROUNDS = 10  # a mend can uncover a second problem on its line; more than this is a circle


def mend(page: Page, bank: Bank) -> tuple[str, list[Problem]]:
    """The page's text with all that could be mended, and the problems that are gone by it."""
    mended: list[Problem] = []
    for _ in range(ROUNDS):
        step = _mend_one_code(page, bank)
        if step is None:
            break
        page, gone = step
        mended += gone
    return page.text, sorted(mended)


def _mend_one_code(page: Page, bank: Bank) -> tuple[Page, list[Problem]] | None:
    """The page with every problem of one rule mended, the first rule for which that makes the page better."""
    before = check(page, bank.with_page(page))
    for code in sorted({problem.code for problem in before} & MENDS.keys()):
        problems = [problem for problem in before if problem.code == code]
        lines = list(page.lines)
        for line in sorted({problem.line for problem in problems}, reverse=True):
            MENDS[code](lines, line - 1)
        after = parse("\n".join(lines), page.path, page.category)
        left = check(after, bank.with_page(after))
        if len(left) < len(before) and _words(after.text) == _words(page.text):
            kept = {(problem.line, problem.message) for problem in left}
            gone = [problem for problem in problems if (problem.line, problem.message) not in kept]
            return after, (gone or problems)[: len(before) - len(left)]
    return None


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _commas(lines: Lines, i: int) -> None:
    """Q010: an empty entry."""
    name, _, entries = lines[i].partition(":")
    lines[i] = f"{name}: " + ", ".join(entry.strip() for entry in entries.split(",") if entry.strip())


def _option(lines: Lines, i: int) -> None:
    """Q042: `-[x]`, `- []`, `* [X ]`, `1. [ ]`."""
    spelled = re.match(r"\s*(?:[-*+]|\d+[.)])\s*\[\s*([xX]?)\s*\]\s*(.*)", lines[i])
    if spelled:
        lines[i] = f"- [{spelled[1].lower() or ' '}] {spelled[2]}"


def _reason(lines: Lines, i: int) -> None:
    """Q045: a reason that is not indented by two, or stands below a blank line."""
    while i and not lines[i - 1].strip():
        del lines[i - 1]
        i -= 1
    while i < len(lines) and lines[i].lstrip().startswith(">"):
        lines[i] = "  " + lines[i].lstrip()
        i += 1


def _money(lines: Lines, i: int) -> None:
    """Q061: a `$` before an amount, outside code and formulas."""
    for match in reversed(list(re.finditer(r"(?<![\\$])\$(?=\d)", mask_code(lines[i])))):
        lines[i] = f"{lines[i][: match.start()]}\\{lines[i][match.start() :]}"


def _ticks(lines: Lines, i: int) -> None:
    """Q062: a formula with marks in it."""
    lines[i] = re.sub(PLAIN, lambda match: f"$`{match[1]}`$" if NEEDS_TICKS.search(match[1]) else match[0], lines[i])


def _blank_line(lines: Lines, i: int) -> None:
    """Q080: a blank line before what the problem points at."""
    if i and lines[i - 1].strip():
        lines.insert(i, "")


def _number(lines: Lines, i: int) -> None:
    """Q082: `1)`, and the items after it."""
    while i < len(lines) and re.match(r"\s*(\d+[.)]\s|$)| ", lines[i]):
        lines[i] = re.sub(r"^(\s*\d+)\)", r"\1.", lines[i])
        i += 1


def _tab(lines: Lines, i: int) -> None:
    """Q085: tabs before the text."""
    indent = re.match(r"[ >\t]*", lines[i])
    if indent:
        lines[i] = indent[0].replace("\t", "    ") + lines[i][indent.end() :]


def _margin(lines: Lines, i: int) -> None:
    """Q087: one to three blanks before a block."""
    lines[i] = lines[i].lstrip(" ")


MENDS: dict[str, Callable[[Lines, int], None]] = {
    "Q010": _commas,
    "Q042": _option,
    "Q045": _reason,
    "Q061": _money,
    "Q062": _ticks,
    "Q080": _blank_line,
    "Q082": _number,
    "Q085": _tab,
    "Q087": _margin,
}
"""What can be mended by rule: each changes the lines at an index, in place."""
