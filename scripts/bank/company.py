"""A company page as data: the topics and questions it points to, and its dated evidence. Judges nothing."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from .addresses import split_address
from .blocks import Block, Inline
from .model import Page
from .parse import heading_text

FOLDER = "companies/"
CHOOSER = FOLDER + "index.md"
KINDS = ("official", "first-hand", "third-party")
UNDATED = "undated"
OLD_YEARS = 2

_EVIDENCE = re.compile(
    r"(?P<date>\d{4}(?:-\d\d){0,2}|undated) · (?P<kind>[a-z-]+) · \[(?P<title>.+)\]\(https://[^\s)]+\) · (?P<text>.+)"
)


@dataclass(frozen=True)
class Evidence:
    """One dated source. The date may lack its day or month where the source does."""

    date: str
    kind: str
    line: int

    def is_old(self, today: datetime.date) -> bool:
        """Whether the source has a date, and that is more than two years before today."""
        return self.date != UNDATED and is_past(self.date, today, OLD_YEARS)


@dataclass(frozen=True)
class Company:
    """`slug` is the name of the file, `topics` what Focus names in bold, `links` the question ids it links to."""

    slug: str
    name: str
    path: str
    topics: tuple[tuple[int, str], ...]  # with their lines
    links: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    unread: tuple[int, ...]  # lines of the evidence list that are not in its form


def is_past(date: str, today: datetime.date, years: int) -> bool:
    """Whether a date that may lack its day or month is more than some years ago, whichever day it means."""
    parts = [int(part) for part in date.split("-")]
    last = (*parts, *(12, 31)[len(parts) - 1 :])
    return last < (today.year - years, today.month, today.day)


def read_company(page: Page) -> Company | None:
    """The company of a page, or None for every page that is not a company's."""
    if not page.path.startswith(FOLDER) or page.path == CHOOSER:
        return None
    focus = [inline for block in _under(page, "Focus") if block.kind == "list" for inline in block.inlines]
    lines = [inline for block in _under(page, "Evidence") if block.kind == "list" for inline in block.inlines]
    matches = [(inline.line, _EVIDENCE.fullmatch(" ".join(inline.text.split()))) for inline in lines]
    return Company(
        slug=PurePosixPath(page.path).stem,
        name=page.title,
        path=page.path,
        topics=tuple((inline.line, topic) for inline in focus for topic in _bold(inline)),
        links=tuple(link for inline in focus for link in _fragments(inline)),
        evidence=tuple(Evidence(match["date"], match["kind"], line) for line, match in matches if match),
        unread=tuple(line for line, match in matches if not match),
    )


def _under(page: Page, title: str) -> Iterator[Block]:
    """The blocks below one `##` heading."""
    inside = False
    for block in page.blocks:
        if block.kind == "heading":
            inside = block.tokens[0].tag == "h2" and heading_text(block) == title
        elif inside:
            yield block


def _bold(inline: Inline) -> Iterator[str]:
    """The names in bold at the beginning, which may be several with commas between them."""
    match = re.match(r"\*\*(.+?)\*\*", inline.text, re.DOTALL)
    if match:
        yield from (" ".join(name.split()) for name in match[1].split(","))


def _fragments(inline: Inline) -> Iterator[str]:
    for piece in inline.pieces:
        if piece.type == "link_open":
            parts = split_address(str(piece.attrGet("href") or ""))
            if parts and parts.fragment:
                yield parts.fragment.removesuffix("-a")
