"""Q038: the shape of a claim on the page of wrong answers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..errata import VERDICTS, Claim, read_claims
from ..library import Bank
from ..model import Page
from .registry import Finding, rule

_CLAIM_LIMIT = 80  # characters; the contents list shows it in one or two lines
_LEADS = " or ".join(f"'**{word}:**'" for word in VERDICTS)


@rule(
    "Q038",
    "a wrong answer is quoted, then why it fails, what is right, and a proof that links to a question",
    everywhere=True,
)
def claims(page: Page, bank: Bank) -> Iterator[Finding]:
    """On about/errata.md a claim is a heading in quotation marks. Three paragraphs follow: why it fails, '**Right:**'
    with what to say instead, and '**Measured:**', '**Argued:**' or '**Source:**' with a link to the question that
    treats it."""
    for claim in read_claims(page):
        if finding := _claim(claim, bank):
            yield claim.line, finding


def _claim(claim: Claim, bank: Bank) -> str:
    if not re.fullmatch(r'"[^"]+"', claim.text) or len(claim.text) > _CLAIM_LIMIT:
        return f"write the claim as '### \"What people say\"', at most {_CLAIM_LIMIT} characters"
    leads = [re.match(r"\*\*(\w+):\*\*|", block.text) for block in claim.blocks]
    words = [lead[1] if lead else None for lead in leads]
    if len(words) != 3 or words[0] or words[1] != "Right" or words[2] not in VERDICTS:
        return f"write three paragraphs: why it fails, one that begins '**Right:**', one that begins with {_LEADS}"
    if not any(link in bank.places for link in claim.links):
        return "link to the question that treats it, as in '[words](../questions/category/topic.md#id)'"
    return ""
