"""Q09x: what a page must not be able to do to the build and to its readers."""

from __future__ import annotations

from collections.abc import Iterator

from ..library import Bank
from ..model import Page
from .registry import Finding, rule


@rule("Q090", "a page, a line, a paragraph, a formula and nesting stay within bounds", everywhere=True, tears=True)
def size(page: Page, bank: Bank) -> Iterator[Finding]:
    """The limits, in scripts/bank/bounds.py, are several times what a good page needs. Beyond them readers of Markdown
    need minutes or run out of stack, so nothing else on the page is judged until it is smaller."""
    if page.excess:
        yield page.excess
