"""How large a page and what stands on it may be: no page can keep a reader of Markdown busy, or exhaust its stack.

The limits are several times what the longest good page holds. Where one is passed, nothing is judged or rendered.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .blocks import Block, Inline

PAGE = 300_000  # characters
LINE = 8_000
PARAGRAPH = 8_000  # more than 1,200 words; also items, cells and headings
MARKS = 300  # in one paragraph: readers of Markdown look for a partner to each, so their time grows with the square
NESTING = 5  # lists and quotes in each other
FORMULA = 2_000
BRACES = 20  # in each other, in a formula

Excess = tuple[int, str]
"""A line of the page, and which limit it passes."""

_MARK = re.compile(r"[\[\]*_`$<>&\\!|~{}]")
_CONTAINERS = re.compile(r"(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t])))*")
_CONTAINER = re.compile(r">|[-*+](?=[ \t])|\d[.)](?=[ \t])")


def excess_of_text(text: str) -> Excess | None:
    """What of a text is too large to be read at all: the whole, a line, or what a line nests."""
    if len(text) > PAGE:
        return 1, f"the page has {len(text):,} characters; split it, {PAGE:,} is the limit"
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > LINE:
            return number, f"the line has {len(line):,} characters; wrap it, {LINE:,} is the limit"
        opened = _CONTAINERS.match(line)
        if opened and len(_CONTAINER.findall(opened[0])) > NESTING:
            return number, _nested()
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
