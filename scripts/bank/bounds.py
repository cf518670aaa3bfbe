"""How large a page and what stands on it may be: no page can keep a reader of Markdown busy, or exhaust its stack.

The limits are several times what the longest good page holds. Where one is passed, nothing is judged or rendered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .blocks import Block, Inline

PAGE = 200_000  # characters
LINES = 4_000
LINE = 8_000
FENCE = 12_000  # characters of code in one fence; coloring code takes its time
FENCES = 200  # on one page
TABLE = 500  # cells of one table: every row is filled up to the width of the head
PARAGRAPH = 8_000  # more than 1,200 words; also items, cells and headings
MARKS = 300  # in one paragraph: readers of Markdown look for a partner to each, so their time grows with the square
NESTING = 5  # lists and quotes in each other
FORMULA = 2_000
BRACES = 20  # in each other, in a formula

Excess = tuple[int, str]
"""A line of the page, and which limit it passes."""

_MARK = re.compile(r"[\[\]*_`$<>&\\!|~{}]")
_CONTAINERS = re.compile(r"(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t])))*")
_OPENING = re.compile(r"[ >]*(?:(?:[-*+]|\d{1,9}[.)]) +)?(`{3,}|~{3,})")
_BEGINNINGS = frozenset(">-*+0123456789")
_CONTAINER = re.compile(r">|[-*+](?=[ \t])|\d[.)](?=[ \t])")


def excess_of_text(text: str) -> Excess | None:
    """What of a text is too large to be read at all, before any reader of Markdown sees it."""
    if len(text) > PAGE:
        return 1, f"the page has {len(text):,} characters; split it, {PAGE:,} is the limit"
    lines = text.split("\n")
    if len(lines) > LINES:
        return LINES, f"the page has {len(lines):,} lines; split it, {LINES:,} is the limit"
    for number, line in enumerate(lines, 1):
        if len(line) > LINE:
            return number, f"the line has {len(line):,} characters; wrap it, {LINE:,} is the limit"
        opened = _CONTAINERS.match(line) if line.lstrip()[:1] in _BEGINNINGS else None
        if opened and len(_CONTAINER.findall(opened[0])) > NESTING:
            return number, _nested()
    return next((found for piece in _pieces(lines) if (found := _excess_of_piece(*piece))), None)


def _pieces(lines: Sequence[str]) -> Iterator[tuple[int, list[str], bool]]:
    """The fences of a text, and what stands between blank lines outside them: first line, lines, and which it is."""
    start, mark = 0, ""
    for index, line in enumerate(lines):
        opening = _OPENING.match(line) if "```" in line or "~~~" in line else None
        if mark and line.strip(" >") == mark:
            yield start + 1, list(lines[start:index]), True
            start, mark = index + 1, ""
        elif not mark and (opening or not line.strip(" >")):
            yield start + 1, list(lines[start:index]), False
            start, mark = (index, opening[1]) if opening else (index + 1, "")
    yield from ((number, piece, False) for number, piece in _split(lines, start))


def _split(lines: Sequence[str], start: int) -> Iterator[tuple[int, list[str]]]:
    """What stands between blank lines from a line on, as after a fence that is never closed."""
    for index in range(start, len(lines) + 1):
        if index == len(lines) or not lines[index].strip(" >"):
            yield start + 1, list(lines[start:index])
            start = index + 1


def _excess_of_piece(line: int, lines: Sequence[str], fenced: bool) -> Excess | None:
    size = sum(map(len, lines)) + len(lines)
    if fenced:
        return (line, f"the fence has {size:,} characters; show less, {FENCE:,} is the limit") if size > FENCE else None
    if len(lines) > 1 and re.fullmatch(r"[ |:-]*[:|-][ |:-]*", lines[1]) and "|" in lines[1]:
        cells = len(lines) * (lines[1].count("|") + 1)
        return (line, f"the table has {cells:,} cells; split it, {TABLE} is the limit") if cells > TABLE else None
    if size > PARAGRAPH:
        return line, f"the paragraph has {size:,} characters; split it, {PARAGRAPH:,} is the limit"
    marks = sum(len(_MARK.findall(text)) for text in lines)
    if marks > MARKS and not any(text.lstrip(" >").startswith(("- ", "* ", "+ ", "1. ", "|")) for text in lines):
        return line, f"the paragraph holds {marks} marks such as '*' and '['; split it, {MARKS} is the limit"
    return None


def excess_of_blocks(blocks: Sequence[Block]) -> Excess | None:
    """What of a page is too large to be judged: a paragraph, a formula, or how deep something is nested."""
    return next((found for block in blocks if (found := _excess_of_block(block))), None)


def _excess_of_block(block: Block) -> Excess | None:
    depth = 0
    for token in block.tokens:
        opens = token.type in ("bullet_list_open", "ordered_list_open", "blockquote_open")
        depth += opens - (token.type in ("bullet_list_close", "ordered_list_close", "blockquote_close"))
        line = (token.map or [0])[0] + 1
        if depth > NESTING:
            return line, _nested()
        if token.type == "fence" and token.info.split()[:1] == ["math"] and (message := _formula(token.content)):
            return line, message
    return next((found for inline in block.inlines if (found := _excess_of_inline(inline))), None)


def _excess_of_inline(inline: Inline) -> Excess | None:
    if len(inline.text) > PARAGRAPH:
        return inline.line, f"the paragraph has {len(inline.text):,} characters; split it, {PARAGRAPH:,} is the limit"
    if (count := len(_MARK.findall(inline.text))) > MARKS:
        return inline.line, f"the paragraph holds {count} marks such as '*' and '['; split it, {MARKS} is the limit"
    for formula in inline.formulas:
        if message := _formula(formula.tex):
            return inline.line_at(formula.start), message
    return None


def _formula(tex: str) -> str:
    if len(tex) > FORMULA:
        return f"the formula has {len(tex):,} characters; split it, {FORMULA:,} is the limit"
    depth = deepest = 0
    for brace in re.findall(r"\\.|[{}]", tex):
        depth += (brace == "{") - (brace == "}")
        deepest = max(deepest, depth)
    return f"the formula nests {deepest} braces; name its parts, {BRACES} is the limit" if deepest > BRACES else ""


def _nested() -> str:
    return f"lists and quotes are nested more than {NESTING} deep; write paragraphs between them"
