"""Reads Markdown as GitHub does, into top-level blocks and the inline pieces of each. Knows no questions."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from markdown_it import MarkdownIt
from markdown_it.token import Token

from .formula import Formula, find_formulas, mask_code

_KINDS = {
    "heading_open": "heading",
    "paragraph_open": "paragraph",
    "bullet_list_open": "list",
    "ordered_list_open": "list",
    "blockquote_open": "quote",
    "table_open": "table",
    "fence": "fence",
    "code_block": "indented",
    "html_block": "html",
    "hr": "rule",
}

_reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
# A link that could carry a script has to be seen, to be refused.
_reader.validateLink = lambda url: True  # type: ignore[method-assign]
_reader.normalizeLink = lambda url: url  # type: ignore[method-assign]

# Most text holds no marks of interest, so it is read when somebody asks, and not with the blocks.
_outliner = MarkdownIt("commonmark", {"html": True}).enable("table").disable("inline")
_outliner.validateLink = _reader.validateLink  # type: ignore[method-assign]
_LETTER = re.compile(r"\w")
_MARKED = re.compile(r"[\[<]| {2}\n|\\\n|://|www\.")


@dataclass(frozen=True)
class Inline:
    """The text of one paragraph, heading, item or cell: its source, and the pieces that Markdown sees in it."""

    text: str
    line: int
    environment: dict = field(repr=False, compare=False)  # the page's link definitions, as the reader keeps them

    @cached_property
    def pieces(self) -> tuple[Token, ...]:
        """What Markdown makes of the text: words, code, marks, links."""
        return tuple(_reader.parseInline(self.text, self.environment)[0].children or ())

    @cached_property
    def marked(self) -> tuple[tuple[int, Token], ...]:
        """Each piece with its line in the file; nothing of a text without links, tags, line breaks and addresses."""
        placed = []
        line = self.line
        for piece in self.pieces if _MARKED.search(self.text) else ():
            placed.append((line, piece))
            line += piece.type in ("softbreak", "hardbreak")
        return tuple(placed)

    def line_at(self, offset: int) -> int:
        """The line in the file of a place in the text."""
        return self.line + self.text.count("\n", 0, offset)

    @cached_property
    def formulas(self) -> tuple[Formula, ...]:
        """The formulas in the text."""
        return tuple(find_formulas(self.text))

    @cached_property
    def masked(self) -> str:
        """The text with code and formulas blanked, every other character in its place."""
        return mask_code(self.text)


@dataclass(frozen=True)
class Block:
    """One top-level block of Markdown. `line` and `end` are the first and last line of it, counted from 1."""

    kind: str  # heading, paragraph, list, quote, fence, indented, table, html, rule
    line: int
    end: int
    text: str  # as it stands in the file
    tokens: tuple[Token, ...] = field(repr=False, compare=False)
    environment: dict = field(repr=False, compare=False)

    @cached_property
    def inlines(self) -> tuple[Inline, ...]:
        """Every run of inline text in the block, in the order of the file."""
        found = []
        line = self.line
        for token in self.tokens:
            if token.map:
                line = token.map[0] + 1
            if token.type == "inline":
                found.append(Inline(token.content, line, self.environment))
        return tuple(found)

    def items(self) -> list[tuple[int, int]]:
        """First and last line of each item of a list."""
        opened = (token for token in self.tokens if token.type == "list_item_open" and token.level == 1)
        return [(first + 1, min(last, self.end)) for first, last in (token.map or (0, 0) for token in opened)]

    @property
    def words(self) -> int:
        """Words of prose in the block: a formula counts as one, code as none."""
        if self.kind in ("fence", "indented"):
            return 0
        total = 0
        for inline in self.inlines:
            text = inline.text
            for formula in reversed(inline.formulas):
                text = f"{text[: formula.start]}x{text[formula.end :]}"
            total += sum(bool(_LETTER.search(word)) for word in text.split())
        return total


def read_blocks(text: str) -> tuple[tuple[Block, ...], frozenset[str]]:
    """The top-level blocks of a page, and the names of its link definitions."""
    environment: dict = {}
    tokens = _outliner.parse(text, environment)
    lines = text.split("\n")
    blocks = []
    start = 0
    for index, token in enumerate(tokens):
        if token.level or token.nesting > 0:
            continue
        opening = tokens[start]
        first, last = opening.map or (0, 0)
        while last > first + 1 and not lines[last - 1].strip() and opening.type != "fence":
            last -= 1  # a list's range may include the blank lines after it
        source = "\n".join(lines[first:last])
        held = tuple(tokens[start : index + 1])
        blocks.append(Block(_KINDS[opening.type], first + 1, last, source, held, environment))
        start = index + 1
    return tuple(blocks), frozenset(environment.get("references", {}))


def is_closed(fence: Token, lines: list[str]) -> bool:
    """Whether a fence token of the page has its closing line. A longer one would close it on GitHub alone."""
    first, last = fence.map or (0, 0)
    closing = lines[last - 1].lstrip(" >").rstrip() if last <= len(lines) else ""
    return last > first + 1 and closing == fence.markup
