"""Quick checks: the item, its options, and how they are read from a task list. Judges nothing, renders nothing."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from .blocks import Block

_OPTION = re.compile(r"^\[([ xX])\][ \n]\s*(.*)$", re.DOTALL)


@dataclass(frozen=True)
class Option:
    """One option of a quick check. `text` and `reason` are Markdown."""

    text: str
    right: bool
    reason: str
    line: int

    @property
    def key(self) -> str:
        """Names the option by what it says, so that a stored answer survives a new order."""
        return digest(self.text)


@dataclass(frozen=True)
class Quiz:
    """A quick check: what is asked, and the options."""

    prompt: str
    options: tuple[Option, ...]
    line: int

    @property
    def key(self) -> str:
        """Names the item by all it says; a stored answer to other words is "changed since"."""
        options = sorted(f"{option.key}{'+' if option.right else '-'}" for option in self.options)
        return digest("\n".join([self.prompt, *options]))

    @property
    def chooses_many(self) -> bool:
        """Whether two options or more are right, which makes it "choose all"."""
        return sum(option.right for option in self.options) > 1


def read_quiz(blocks: Sequence[Block], line: int) -> Quiz | None:
    """The quick check in the blocks of its part; a quote that stands after a list belongs to the option before it."""
    first = next((i for i, block in enumerate(blocks) if block.kind == "list"), None)
    if first is None:
        return None
    options: list[Option] = []
    for block in blocks[first:]:
        if block.kind == "list":
            options += _options(block)
        elif block.kind == "quote" and options:
            last = options.pop()
            options.append(Option(last.text, last.right, f"{last.reason}\n\n{_unquote(block.text)}".strip(), last.line))
    prompt = "\n\n".join(block.text for block in blocks[:first])
    return Quiz(prompt, tuple(options), line)


def _options(block: Block) -> list[Option]:
    options = []
    for first, last in block.items():
        source = block.text.split("\n")[first - block.line : last - block.line + 1]
        indent = len(source[0]) - len(source[0].lstrip("*+- \t"))
        inner = [source[0][indent:], *(line[min(indent, len(line) - len(line.lstrip())) :] for line in source[1:])]
        quote = next((i for i, line in enumerate(inner) if i and line.lstrip().startswith(">")), len(inner))
        match = _OPTION.match("\n".join(inner[:quote]).rstrip())
        if match:
            options.append(Option(match[2].strip(), match[1] != " ", _unquote("\n".join(inner[quote:])), first))
    return options


def _unquote(text: str) -> str:
    """The Markdown inside a block quote."""
    return re.sub(r"(?m)^[ \t]*>[ ]?", "", text).strip()


def digest(text: str) -> str:
    """12 hexadecimal digits of the SHA-256 of the text, white space folded: 48 bits, enough to tell options apart."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:12]
