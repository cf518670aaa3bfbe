"""What a question page consists of: immutable values that `parse` makes and all else reads. No I/O, no checks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from markdown.extensions.toc import slugify, unique
from markdown_it.token import Token

from .blocks import Block, Inline
from .bounds import Excess
from .formula import Formula
from .quiz import Quiz

PARTS = ("Hint", "Answer", "Key points", "Common mistakes", "Follow-ups", "Quick check", "Sources")
"""The parts of a question, in the only order they may stand in."""

ANSWERED_PARTS = ("Answer", "Key points", "Sources")
"""What every answered question has. A question without an Answer is open."""

FIGURE = re.compile(r"figures/[a-z0-9-]+\.svg")
"""Where a page's figure stands, beside the page; the script of the same name draws it."""

SPOKEN_WORDS_PER_MINUTE = 150
"""The pace of somebody who explains; English lectures run at 140 to 170 words a minute."""


class Level(StrEnum):
    """How much a candidate is expected to know, from any to senior or specialist."""

    BEGINNER = "beginner"
    INTERMEDIATE = "intermediate"
    ADVANCED = "advanced"

    @property
    def rank(self) -> int:
        """1, 2 or 3: the number of bars of the level's mark."""
        return list(Level).index(self) + 1


@dataclass(frozen=True)
class Field:
    """One `key: value` line of a metadata comment."""

    name: str
    value: str
    line: int


@dataclass(frozen=True)
class Fence:
    """One fenced block of code. `line` is the line of the opening fence, `body` what stands between the fences."""

    language: str
    title: str
    body: str
    line: int
    part: str = ""  # "" for the prompt

    @property
    def runs(self) -> bool:
        """Whether the tests execute it. A title is the only way out, and it has to say why."""
        return self.language in ("python", "sql") and not self.title.startswith("Not run")

    @property
    def is_output(self) -> bool:
        """Whether it shows what the fence before it printed."""
        return self.language == "text" and self.title == "Output"


@dataclass(frozen=True)
class Part:
    """What stands under one `####` heading."""

    name: str
    line: int
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Question:
    """One question, answered or open. `line` is the line of its heading."""

    heading: Block
    text: str
    line: int
    comment: Block | None
    fields: tuple[Field, ...]
    prompt: tuple[Block, ...]
    parts: tuple[Part, ...]
    fences: tuple[Fence, ...]
    quiz: Quiz | None

    def value(self, name: str) -> str:
        """The first value of a metadata field, "" where it is absent."""
        return next((item.value for item in self.fields if item.name == name), "")

    def values(self, name: str) -> tuple[str, ...]:
        """The entries of a metadata field that is a list separated by commas."""
        value = self.value(name)
        return tuple(entry.strip() for entry in value.split(",")) if value else ()

    def part(self, name: str) -> Part | None:
        """The first part of that name."""
        return next((part for part in self.parts if part.name == name), None)

    @property
    def id(self) -> str:
        return self.value("id")

    @property
    def short(self) -> str:
        return self.value("short")

    @property
    def core(self) -> bool:
        return self.value("core") == "yes"

    @property
    def level(self) -> Level | None:
        value = self.value("level")
        return Level(value) if value in list(Level) else None

    @property
    def answered(self) -> bool:
        return self.part("Answer") is not None

    @property
    def first_paragraph(self) -> str:
        """The Markdown of what to say first, "" for an open question."""
        answer = self.part("Answer")
        return answer.blocks[0].text if answer and answer.blocks else ""

    @property
    def words(self) -> int:
        """Words of prose in the answer."""
        answer = self.part("Answer")
        return sum(block.words for block in answer.blocks) if answer else 0

    @property
    def minutes(self) -> int:
        """How long the answer takes to say, in whole minutes, at least one."""
        return max(1, round(self.words / SPOKEN_WORDS_PER_MINUTE))


@dataclass(frozen=True)
class Group:
    """A `##` heading and the questions below it."""

    heading: Block
    text: str
    line: int
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Page:
    """One Markdown file. `path` is relative to `docs/` and uses slashes."""

    path: str
    category: str  # the folder below `questions/`; "" for a page that holds no questions
    text: str = field(repr=False)
    blocks: tuple[Block, ...] = field(repr=False)
    groups: tuple[Group, ...]
    strays: tuple[Question, ...]  # questions that stand before the first group
    references: frozenset[str]  # the names of link definitions, normalised
    torn: int | None  # the line from which nothing can be judged: an unclosed comment or fence, or what is too large
    excess: Excess | None = None

    @property
    def holds_questions(self) -> bool:
        return bool(self.category)

    @cached_property
    def title(self) -> str:
        """The Markdown of its first heading, "" where it has none."""
        return next((block.tokens[1].content for level, block in self.headings() if level == 1), "")

    @cached_property
    def anchors(self) -> frozenset[str]:
        """What `page.md#…` can name: questions, their answers, and headings by their slugs."""
        slugs = {anchor for question in self.questions for anchor in (question.id, f"{question.id}-a")}
        for level, block in self.headings():
            if level < 3 or not self.holds_questions:
                unique(slugify(block.tokens[1].content.replace("`", ""), "-"), slugs)
        return frozenset(slugs)

    @property
    def unclosed(self) -> int | None:
        """The line of the first comment or fence that is never closed."""
        return None if self.excess else self.torn

    @cached_property
    def lines(self) -> list[str]:
        return self.text.split("\n")

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """The questions in order. On a page of prose, a heading of that level is no question, unless it has an id."""
        found = self.strays + tuple(question for group in self.groups for question in group.questions)
        return found if self.holds_questions else tuple(question for question in found if question.id)

    def inlines(self) -> Iterator[Inline]:
        """Every run of inline text on the page."""
        for block in self.blocks:
            yield from block.inlines

    def links(self) -> Iterator[tuple[int, str]]:
        """Every link of the page with its line."""
        for inline in self.inlines():
            for line, piece in inline.marked:
                if piece.type == "link_open":
                    yield line, str(piece.attrGet("href") or "")

    def fences(self) -> Iterator[tuple[int, Token]]:
        """Every fence of the page with its line, those in lists and quotes included."""
        for block in self.blocks:
            for token in block.tokens:
                if token.type == "fence" and token.map:
                    yield token.map[0] + 1, token

    def formulas(self) -> Iterator[tuple[int, Formula]]:
        """Every inline formula of the page with its line."""
        for inline in self.inlines():
            for formula in inline.formulas:
                yield inline.line_at(formula.start), formula

    def displays(self) -> Iterator[tuple[int, str]]:
        """The TeX of every `math` fence of the page with the line of the fence."""
        for line, token in self.fences():
            if token.info.split()[:1] == ["math"]:
                yield line, token.content

    def headings(self) -> Iterator[tuple[int, Block]]:
        """Every top-level heading with its level."""
        for block in self.blocks:
            if block.kind == "heading":
                yield int(block.tokens[0].tag[1]), block


@dataclass(frozen=True, order=True)
class Problem:
    """What is wrong in one place, and what to write instead. A warning stops nothing."""

    path: str
    line: int
    code: str
    message: str
    warning: bool = False
