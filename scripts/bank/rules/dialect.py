"""Q08x: ordinary Markdown that GitHub and the site would show differently."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ..library import Bank
from ..model import Page
from .registry import Finding, rule

INDENT = 4  # blanks that the site needs for what belongs to a list item


@rule("Q080", "a blank line stands before and after a heading, list, table, quote and fence", everywhere=True)
def blank_lines(page: Page, bank: Bank) -> Iterator[Finding]:
    """Without it the site reads one run-on paragraph, or takes a heading into the list above it."""
    apart = {"heading", "list", "table", "fence", "quote"}
    checks = _quick_check_lines(page)
    for before, block in pairwise(page.blocks):
        if before.line in checks and {before.kind, block.kind} <= {"list", "quote"}:
            continue  # options and reasons, which have rules of their own
        # The line above may be a link definition, which is no block.
        if block.kind in apart and page.lines[block.line - 2].strip():
            yield block.line, f"write a blank line before the {block.kind}"
        elif before.kind in apart and before.end + 1 == block.line and block.kind != "html":
            yield block.line, f"write a blank line after the {before.kind}"


@rule("Q081", "what belongs to a list item is indented by four", everywhere=True)
def nesting(page: Page, bank: Bank) -> Iterator[Finding]:
    """With two blanks a nested list is flattened and a second paragraph or fence ends the list. The reason of a quick
    check is the exception: it is quoted with two."""
    for block in page.blocks:
        if block.kind != "list":
            continue
        lines = block.text.split("\n")
        first_in_item = False
        for token in block.tokens:
            if token.type == "list_item_open":
                first_in_item = True
            elif token.map and token.level >= 2 and token.type not in ("inline", "blockquote_open"):
                line = token.map[0] + 1
                text = lines[line - block.line]
                needed = INDENT * (token.level // 2)
                quoted = text.lstrip().startswith(">")
                if not first_in_item and not quoted and "\t" not in text and not text.startswith(" " * needed):
                    yield line, f"indent this by {needed} blanks, so that it belongs to the list item above"
                first_in_item = False
        for inline in block.inlines:
            for line, text in enumerate(inline.text.split("\n")[1:], inline.line + 1):
                if re.match(r"\s*(\d+[.)]|[-*+])\s", text):
                    yield line, "this is an item to the site and text to GitHub; begin it at the margin"


@rule("Q082", "a numbered list is `1.`, and one list is not interrupted", everywhere=True)
def numbering(page: Page, bank: Bank) -> Iterator[Finding]:
    """The site numbers every list from 1 and reads '1)' as text."""
    for block in page.blocks:
        for token in block.tokens:
            if token.type == "ordered_list_open" and token.map:
                if token.markup == ")":
                    yield token.map[0] + 1, "write the numbers of a list as '1.'"
                elif token.attrGet("start") is not None:
                    yield token.map[0] + 1, "a list cannot begin in the middle: indent what interrupts it by four"


@rule("Q083", "no callouts", everywhere=True)
def callouts(page: Page, bank: Bank) -> Iterator[Finding]:
    """`> [!NOTE]` is a box on GitHub and a quote with brackets on the site."""
    for inline in page.inlines():
        if re.match(r"\[!\w+\]", inline.text):
            yield inline.line, "no callouts: write an ordinary paragraph"


@rule("Q084", "no hard line breaks", everywhere=True)
def line_breaks(page: Page, bank: Bank) -> Iterator[Finding]:
    """Two blanks at the end of a line are invisible, and a backslash there is text on the site."""
    for inline in page.inlines():
        for line, piece in inline.marked:
            if piece.type == "hardbreak":
                yield line, "no line break by two blanks or a backslash; begin a paragraph or a list"


@rule("Q085", "no tabs at the start of a line", everywhere=True)
def tabs(page: Page, bank: Bank) -> Iterator[Finding]:
    """Their width differs between GitHub, the site and editors. Code in a fence may hold them."""
    for block in page.blocks:
        if block.kind != "fence":
            for line, text in enumerate(block.text.split("\n"), block.line):
                if re.match(r"[ >]*\t", text):
                    yield line, "use blanks instead of a tab at the start of the line"


@rule("Q086", "a table has rows, each with as many cells as its head", everywhere=True)
def tables(page: Page, bank: Bank) -> Iterator[Finding]:
    """A bare `|` in code or in a formula ends the cell, and what is too much in a row is dropped."""
    for block in page.blocks:
        if block.kind == "table":
            lines = block.text.split("\n")
            head = _cells(lines[0])
            for line, text in enumerate(lines[2:], block.line + 2):
                if (count := _cells(text)) != head:
                    yield line, f"{count} cells under a head of {head}; write '|' as '\\|', in a formula as \\mid"
            if len(lines) < 3:
                yield block.line, "the table has no rows under its head; add one or take it out"


@rule("Q087", "headings, lists, tables, quotes and fences begin at the margin", everywhere=True)
def margin(page: Page, bank: Bank) -> Iterator[Finding]:
    """Up to three blanks before them are nothing to GitHub and a paragraph to the site."""
    checks = _quick_check_lines(page)
    for block in page.blocks:
        lines = list(enumerate(block.text.split("\n"), block.line))
        if block.kind == "fence":
            lines = [lines[0], lines[-1]]
        elif block.kind == "list":
            lines = [lines[first - block.line] for first, _ in block.items()]
        elif block.kind == "quote" and block.line in checks:
            continue  # a reason, which has a rule of its own
        elif block.kind not in ("quote", "table"):
            lines = lines[:1]
        for line, text in lines:
            listed = block.kind == "quote" and re.match(r"[> ]*> {2,}([-*+]|\d+\.)\s", text)
            if listed or (block.kind not in ("indented", "html") and re.match(r" {1,3}\S", text)):
                yield line, f"take the blanks before this {block.kind} away"


@rule("Q088", "two lists or two quotes do not follow each other", everywhere=True)
def neighbors(page: Page, bank: Bank) -> Iterator[Finding]:
    """GitHub shows two, the site one."""
    checks = _quick_check_lines(page)
    for before, block in pairwise(page.blocks):
        if before.kind == block.kind and block.kind in ("list", "quote") and block.line not in checks:
            yield block.line, f"a {block.kind} follows a {block.kind}: join them, or write a sentence between them"


@rule("Q089", "a page is UTF-8 text", everywhere=True)
def encoding(page: Page, bank: Bank) -> Iterator[Finding]:
    """Bytes in another encoding reach readers as question marks, control characters as nothing."""
    for line, text in enumerate(page.lines, 1):
        if re.search(r"[\x00-\x08\x0b-\x1f\x7f\ufffd]", text):
            yield (
                line,
                "this line holds a character that is no text: save the file as UTF-8 and write the character again",
            )


def _quick_check_lines(page: Page) -> set[int]:
    """The lines at which the options of quick checks, and what follows them, begin."""
    lines: set[int] = set()
    for question in page.questions:
        part = question.part("Quick check")
        lists = [block.line for block in part.blocks if block.kind == "list"] if part else []
        if part and lists:
            lines.update(block.line for block in part.blocks if block.line >= lists[0])
    return lines


def _cells(row: str) -> int:
    return len(re.split(r"(?<!\\)\|", row.strip().removeprefix("|").removesuffix("|")))
