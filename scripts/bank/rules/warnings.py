"""Q10x: what could be better and stops nothing. Lint lists it apart."""

from __future__ import annotations

from collections.abc import Iterator

from ..errata import read_claims
from ..library import Bank
from ..model import Page
from ..numbers import unexplained, unexplained_in
from .registry import Finding, rule


@rule(
    "Q100",
    "warning: a number in an answer is explained by an output, a proof or a cited source",
    everywhere=True,
    warns=True,
)
def numbers(page: Page, bank: Bank) -> Iterator[Finding]:
    """Readers take numbers along, so each comes from code that runs, from the question's proof in tests/proofs/, or
    from a source linked or named with its year in the same paragraph. Small counts, round numbers and customary levels
    such as 95 % need none. On the page of wrong answers, what explains a linked question explains its numbers too."""
    found = [number for question in page.questions for number in unexplained(page, question, bank)]
    found += [number for claim in read_claims(page) for number in unexplained_in(claim, bank)]
    for number in found:
        yield (
            number.line,
            f"nothing explains '{number.text}': compute it in a fence or in a proof, cite a source, or take it out",
        )
