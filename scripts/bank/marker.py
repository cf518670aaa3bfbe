"""Marker comments, such as `<!-- questions: topic: overfitting -->`: where a page wants a list that the build makes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .blocks import Block
from .model import Page
from .parse import is_comment

LISTS = ("all", "core", "open", "topic", "company", "category")
"""What `questions:` can be followed by. The last three take a name."""

NAMED = ("topic", "company", "category")

KINDS = (
    "questions",
    "categories",
    "companies",
    "start",
    "sample",
    "plan",
    "roles",
    "ledger",
    "news",
    "app",
    "explorables",
    "downloads",
)
"""What a marker can ask for."""

APPS = ("review", "quiz", "mock", "progress", "offline")
"""What `app:` can be followed by: the pages that practice."""

_MARKER = re.compile(r"<!--\s*([a-z]+)\s*(?::\s*(.*?))?\s*-->")


@dataclass(frozen=True)
class Marker:
    """One marker. `kind` is what stands before the first colon, `argument` what stands after it, both as written."""

    kind: str
    argument: str
    block: Block

    @property
    def time(self) -> tuple[int, str]:
        """For `plan`: how many days or hours, `(28, "days")`; `(0, "")` where that is not said."""
        match = re.fullmatch(r"([1-9]\d?) (days|hours)", self.argument)
        return (int(match[1]), match[2]) if match else (0, "")

    @property
    def wanted(self) -> tuple[str, str]:
        """For `questions`: which list and, for a named one, its name."""
        which, _, name = self.argument.partition(":")
        return which.strip(), name.strip()


def find_markers(page: Page) -> tuple[Marker, ...]:
    """The markers of a page, in order. A page of questions has none: its comments are metadata."""
    if page.holds_questions:
        return ()
    found = ((block, _MARKER.fullmatch(block.text.strip())) for block in page.blocks if is_comment(block))
    return tuple(Marker(match[1], match[2] or "", block) for block, match in found if match)
