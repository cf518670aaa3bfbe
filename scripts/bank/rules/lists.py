"""Q035 to Q037: markers that ask for a list, and the two lists of a company page."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from ..company import KINDS as EVIDENCE_KINDS
from ..company import UNDATED, read_company
from ..library import Bank
from ..marker import APPS, KINDS, LISTS, NAMED, Marker, find_markers
from ..model import Page
from .registry import Finding, did_you_mean, rule

_EXAMPLE = "'- 2026-08-16 · official · [title](https://…) · what it says'"


@rule("Q035", "a marker asks for a list that exists: `<!-- questions: topic: overfitting -->`", everywhere=True)
def markers(page: Page, bank: Bank) -> Iterator[Finding]:
    """The build writes a list in the place of the comment. `questions` takes all, core, open, topic, company or
    category, the last three with a name; `sample` takes the id of a question, `plan` a time, such as 28 days or
    3 hours, and `app` the name of a page that practices."""
    for marker in find_markers(page):
        finding = _marker(marker, bank)
        if finding:
            yield marker.block.line, finding


def _marker(marker: Marker, bank: Bank) -> str:
    if marker.kind not in KINDS:
        return f"unknown marker '{marker.kind}'{did_you_mean(marker.kind, KINDS)}"
    if marker.kind == "sample":
        near = did_you_mean(marker.argument, bank.places)
        return "" if marker.argument in bank.places else f"no question has the id '{marker.argument}'{near}"
    if marker.kind == "app":
        near = did_you_mean(marker.argument, APPS) or "; write " + ", ".join(APPS)
        return "" if marker.argument in APPS else f"no app '{marker.argument}'{near}"
    if marker.kind == "plan":
        return "" if marker.time[0] else "write how long, as in 'plan: 28 days' or 'plan: 3 hours'"
    if marker.kind != "questions":
        return f"'{marker.kind}' takes no '{marker.argument}'; take it out" if marker.argument else ""
    which, name = marker.wanted
    if which not in LISTS:
        return f"no list '{which}'{did_you_mean(which, LISTS) or '; write ' + ', '.join(LISTS)}"
    if which not in NAMED:
        return f"'{which}' takes no '{name}'; take it out" if name else ""
    known = {
        "topic": list(bank.topics),
        "company": [company.slug for company in bank.companies],
        "category": list(bank.categories),
    }[which]
    if not name:
        return f"write which {which}, as in 'questions: {which}: {known[0] if known else '…'}'"
    return "" if name in known else f"no {which} '{name}'{did_you_mean(name, known)}"


@rule("Q036", "Focus of a company page names topics in bold and links to questions", everywhere=True)
def focus(page: Page, bank: Bank) -> Iterator[Finding]:
    """The build lists every question that a line links to or that has one of its topics. Bold at the beginning of a
    line is a topic of scripts/bank/topics.yml, or several with commas between them."""
    company = read_company(page)
    if company is None:
        return
    for line, topic in company.topics:
        if topic not in bank.topics:
            yield line, f"unknown topic '{topic}'{did_you_mean(topic, bank.topics)}; see scripts/bank/topics.yml"
    if not company.topics and not company.links:
        yield 1, "no focus: write '## Focus' and a list of '- **topic**: [question](../questions/…#id)'"


@rule("Q037", f"a line of Evidence is {_EXAMPLE[1:-1]}", everywhere=True)
def evidence(page: Page, bank: Bank) -> Iterator[Finding]:
    """What is said of a company stands on a dated source that a reader can open. The kind is official, first-hand or
    third-party. Where a source has no day or month, leave them out; where it has no date, write undated."""
    company = read_company(page)
    if company is None:
        return
    for line in company.unread:
        yield line, f"write {_EXAMPLE}; the date may be 'undated'"
    for entry in company.evidence:
        if entry.kind not in EVIDENCE_KINDS:
            hint = did_you_mean(entry.kind, EVIDENCE_KINDS) or "; write " + ", ".join(EVIDENCE_KINDS)
            yield entry.line, f"unknown kind '{entry.kind}'{hint}"
        if entry.date != UNDATED and not _exists(entry.date):
            yield entry.line, f"there is no date {entry.date}; write year, year-month or year-month-day"
    if not company.evidence and not company.unread:
        yield 1, f"no evidence: write '## Evidence' and a list of {_EXAMPLE}"


def _exists(date: str) -> bool:
    try:
        datetime.date.fromisoformat((date + "-01-01")[:10])
    except ValueError:
        return False
    return True
