"""Reads one page into the model. Never raises, never judges: what is odd is kept as it stands, for the rules."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from .blocks import Block, is_closed, read_blocks
from .bounds import excess_of_blocks, excess_of_text
from .model import Fence, Field, Group, Page, Part, Question
from .quiz import read_quiz

_FIELD = re.compile(r"^\s*([\w-]+)\s*:\s*(.*?)\s*$")
_INFO = re.compile(r'^(\S+)(?:\s+title="([^"]*)")?\s*$')
FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?:.*\n)*?---[ \t]*(?:\n|\Z)")


def parse(text: str, path: str, category: str | None = None) -> Page:
    """The page that a file's text makes. `path` is relative to the folder of all pages and tells the category."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")  # as every reader of Markdown does
    excess = excess_of_text(text)
    # Front matter has a rule of its own; without it the lines below keep their numbers and are judged as they are.
    body = FRONT_MATTER.sub(lambda match: "\n" * match[0].count("\n"), text)
    blocks, references = read_blocks("" if excess else body)
    excess = excess or excess_of_blocks(blocks)
    if excess:
        blocks, references = (), frozenset()  # no other page reads what this one may not hold
    torn = excess[0] if excess else _torn_at(blocks, text.split("\n"))
    groups: list[Group] = []
    strays: list[Question] = []
    heading: Block | None = None
    questions: list[Question] = []
    for start, end in _sections(blocks):
        tag = blocks[start].tokens[0].tag
        if tag == "h3":
            questions.append(_question(blocks[start:end]))
        elif heading is None:
            strays, questions, heading = questions, [], blocks[start]
        else:
            groups.append(_group(heading, questions))
            questions, heading = [], blocks[start]
    if heading is None:
        strays = questions
    else:
        groups.append(_group(heading, questions))
    category = category_of(path) if category is None else category
    return Page(path, category, text, blocks, tuple(groups), tuple(strays), references, torn, excess)


def category_of(path: str) -> str:
    """The folder of a page of questions: `questions/<category>/<topic>.md`."""
    folders = path.split("/")
    return folders[1] if len(folders) == 3 and folders[0] == "questions" else ""


def heading_text(block: Block) -> str:
    """The Markdown of a heading, without its marks."""
    return block.tokens[1].content


def is_comment(block: Block) -> bool:
    """Whether a block is one HTML comment."""
    return block.kind == "html" and block.text.lstrip().startswith("<!--")


def metadata_lines(comment: Block) -> list[tuple[int, str]]:
    """The lines between `<!--` and `-->` with their numbers, the two marks taken away."""
    numbered = list(enumerate(comment.text.split("\n"), comment.line))
    inner = [(line, text.replace("<!--", "", 1) if line == comment.line else text) for line, text in numbered]
    last, text = inner[-1]
    inner[-1] = last, text.split("-->")[0]
    # The marks usually stand on lines of their own, and these are then empty: they hold no field.
    return [pair for pair in inner if pair[1].strip() or comment.line < pair[0] < last]


def _sections(blocks: Sequence[Block]) -> list[tuple[int, int]]:
    """Where each group and question begins and where the next one does. A second `#` begins a group."""
    starts = [i for i, block in enumerate(blocks) if i and block.kind == "heading" and block.tokens[0].tag < "h4"]
    return list(pairwise([*starts, len(blocks)]))


def _group(heading: Block, questions: list[Question]) -> Group:
    return Group(heading, heading_text(heading), heading.line, tuple(questions))


def _question(blocks: Sequence[Block]) -> Question:
    heading, *rest = blocks
    comment = rest.pop(0) if rest and is_comment(rest[0]) else None
    starts = [i for i, block in enumerate(rest) if block.kind == "heading" and block.tokens[0].tag == "h4"]
    bounds = list(pairwise([*starts, len(rest)]))
    parts = tuple(Part(heading_text(rest[i]), rest[i].line, tuple(rest[i + 1 : j])) for i, j in bounds)
    prompt = tuple(rest[: starts[0]] if starts else rest)
    fences = [fence for block in prompt for fence in _fences(block, "")]
    fences += [fence for part in parts for block in part.blocks for fence in _fences(block, part.name)]
    check = next((part for part in parts if part.name == "Quick check"), None)
    return Question(
        heading=heading,
        text=heading_text(heading),
        line=heading.line,
        comment=comment,
        fields=_fields(comment) if comment else (),
        prompt=prompt,
        parts=parts,
        fences=tuple(fences),
        quiz=read_quiz(check.blocks, check.line) if check else None,
    )


def _fields(comment: Block) -> tuple[Field, ...]:
    matches = ((line, _FIELD.match(text)) for line, text in metadata_lines(comment))
    return tuple(Field(match[1], match[2], line) for line, match in matches if match)


def _fences(block: Block, part: str) -> list[Fence]:
    fences = []
    for token in block.tokens:
        if token.type == "fence":
            info = _INFO.match(token.info.strip())
            language, title = (info[1], info[2] or "") if info else (token.info.strip(), "")
            fences.append(Fence(language, title, token.content, (token.map or [0])[0] + 1, part))
    return fences


def _torn_at(blocks: Sequence[Block], lines: list[str]) -> int | None:
    """The line of the first comment or fence that is never closed, if any.

    A comment that lacks its `-->` runs to the next one: it then holds a blank line, a heading or a key twice.
    """
    for block in blocks:
        if block.kind == "fence" and not is_closed(block.tokens[0], lines):
            return block.line
        if is_comment(block):
            inner = [text for _, text in metadata_lines(block)]
            keys = [match[1] for match in map(_FIELD.match, inner) if match]
            swallows = any(not text.strip() or text.lstrip().startswith("#") for text in inner)
            if "-->" not in block.text or swallows or len(keys) > len(set(keys)):
                return block.line
    return None
