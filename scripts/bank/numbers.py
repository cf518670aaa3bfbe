"""Numbers that an answer says, and whether something on the page or in the tests explains them. Judges no style.

A number is explained by code that runs, its output, the prompt, the question's proof, or a source cited in the same
paragraph. Numbers that need no explanation are left out: small counts, round ones, years, customary levels, and what a
wrong option says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .blocks import Block, Inline
from .errata import Claim, proof_file
from .library import Bank, proof_name, read_functions
from .model import Page, Question

CUSTOMARY = frozenset({95.0, 99.0, 0.95, 0.99, 1.96, 99.9})
"""Levels and quantiles that everybody uses and nobody derives."""

_NUMBER = re.compile(r"(?<![\w.,^_{#/-])\d+(?:[,  ]\d{3})*(?:\.\d+)?(?:e[+-]?\d+)?(?![\w-]|[.,]\d)")
_SAID_IN_CODE = re.compile(r"\d+(?:[,_]\d{3})+(?:\.\d+)?|\d+\.?\d*(?:e[+-]?\d+)?")
_DIGITS = re.compile(r"\d\d|\d[.,]")
_DATE = re.compile(r"\b(?:19|20)\d\d(?:-\d\d){0,2}\b")
_LINKED = re.compile(r"\]\([^)]*\)|\]\[[^\]]*\]")
_PERCENT = re.compile(r"\s?(?:\\?%|percent|to \d+\s?%)|–\d+\s?%")
_CITED = re.compile(r"\]\(https://|\((?:[^()]*,\s)?(?:19|20)\d\d[a-z]?\)")


@dataclass(frozen=True)
class Said:
    """One number of the prose. `places` are the decimals with which it is said."""

    text: str
    value: float
    places: int
    percentage: bool
    line: int

    def follows_from(self, value: float) -> bool:
        """Whether it is this value, rounded as it is said; a percentage may say a share, or what a share leaves."""
        meant = (value, 100 * value, 100 - 100 * value) if self.percentage else (value, 100 * value)
        step = 0.5 * 10.0**-self.places
        return any(abs(self.value - one) <= step * (1 + 1e-9) for one in meant)


def unexplained(page: Page, question: Question, bank: Bank) -> tuple[Said, ...]:
    """The numbers of an answered question that nothing explains, in the order of the page."""
    if not question.answered:
        return ()
    said = [number for part in question.parts if part.name != "Sources" for number in _said(part.blocks)]
    known = _read(_explanations(page, question, bank)) if said else set()
    return tuple(number for number in said if not any(map(number.follows_from, known)))


def unexplained_in(claim: Claim, bank: Bank) -> tuple[Said, ...]:
    """The numbers said against a wrong answer that neither its own proof nor a question that it links to explains."""
    said = list(_said(claim.blocks))
    if not said:
        return ()
    texts = [read_functions(proof_file(claim, bank.proofs)).get(claim.proof, "")]
    for page, question in (place for link in claim.links for place in bank.places.get(link, ())):
        texts += _explanations(page, question, bank)
    known = _read(texts)
    return tuple(number for number in said if not any(map(number.follows_from, known)))


def _said(blocks: Iterable[Block]) -> Iterator[Said]:
    for block in blocks:
        for inline in block.inlines:
            if not _DIGITS.search(inline.text) or inline.text.startswith("[ ]"):
                continue
            if not _CITED.search(inline.text):
                yield from _numbers(inline)


def _numbers(inline: Inline) -> Iterator[Said]:
    """The numbers in words and formulas; those in code spans are names or code."""
    text = _LINKED.sub(lambda match: " " * len(match[0]), inline.text)
    text = _DATE.sub(lambda match: " " * len(match[0]), re.sub(r"(?<!\$)`[^`]*`(?!\$)", _blanks, text))
    for match in _NUMBER.finditer(text):
        digits = re.sub(r"[,  ]", "", match[0])
        places = len(digits.partition(".")[2].partition("e")[0])
        percentage = bool(_PERCENT.match(text, match.end()))
        said = Said(match[0], float(digits), places, percentage, inline.line_at(match.start()))
        if _wants_explanation(said, digits):
            yield said


def _blanks(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _wants_explanation(said: Said, digits: str) -> bool:
    significant = len(digits.replace(".", "").strip("0"))
    return significant >= (2 if said.places or said.percentage else 3) and said.value not in CUSTOMARY


def _explanations(page: Page, question: Question, bank: Bank) -> list[str]:
    """What explains the numbers of a question: its prompt, its code and outputs, and its proof."""
    texts = [fence.body for fence in question.fences if fence.runs or fence.is_output]
    texts += [block.text for block in question.prompt]
    return [*texts, bank.proof_sources(page).get(proof_name(question), "")]


def _read(texts: Iterable[str]) -> set[float]:
    return {float(re.sub(r"[,_]", "", match)) for text in texts for match in _SAID_IN_CODE.findall(text)}
