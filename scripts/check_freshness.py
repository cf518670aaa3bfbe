#!/usr/bin/env python3
"""Lists facts "(as of 2026-11)" older than a year, and evidence of companies older than two. Looks nothing up."""

from __future__ import annotations

import argparse
import datetime
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

# Works from any folder, also without the virtual environment's .pth file.
sys.path.insert(0, str(Path(__file__).resolve().parent))

from bank.company import OLD_YEARS, UNDATED, Company, is_past
from bank.library import load_bank
from bank.model import Page

FACT_YEARS = 1

Finding = tuple[str, int, str]
"""Path below `docs/`, line, what is old."""

# A fact and when it was true, or seen to be. "As reported in 2025-08" is no such: what was reported then stays so.
_FACT = re.compile(r"\bas\s+(?:of|seen)(?:\s+(?:in|on))?\s+(\d{4}(?:-\d\d){0,2})\b")


def main(argv: list[str] | None = None) -> int:
    """Exit status: 0 all is fresh, 1 something is old, 2 wrong usage."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--today", type=datetime.date.fromisoformat, default=datetime.date.today(), metavar="DATE")
    options = parser.parse_args(argv)
    bank = load_bank()
    found = sorted([*old_facts(bank.pages.values(), options.today), *old_evidence(bank.companies, options.today)])
    for path, line, message in found:
        print(f"docs/{path}:{line}: {message}")
    print(f"{len(bank.pages)} pages, {len(found)} to look up again", file=sys.stderr)
    return 1 if found else 0


def old_facts(pages: Iterable[Page], today: datetime.date) -> Iterator[Finding]:
    """Dated facts of which even the last day that the date can mean is more than a year ago. Code is not prose."""
    for page in pages:
        for inline in page.inlines():
            for match in _FACT.finditer(inline.masked):
                if is_past(match[1], today, FACT_YEARS):
                    yield page.path, inline.line_at(match.start(1)), f"a fact of {match[1]}: is it still so?"


def old_evidence(companies: Iterable[Company], today: datetime.date) -> Iterator[Finding]:
    """Evidence that the build marks as old, and the pages that have no newer one."""
    for company in companies:
        dated = [evidence for evidence in company.evidence if evidence.date != UNDATED]
        old = [evidence for evidence in dated if evidence.is_old(today)]
        for evidence in old:
            yield company.path, evidence.line, f"evidence of {evidence.date}, more than {OLD_YEARS} years old"
        if dated and len(old) == len(dated):
            newest = max(evidence.date for evidence in dated)
            yield company.path, 1, f"{company.name}: the newest evidence is of {newest}; the page needs a new look"


if __name__ == "__main__":
    raise SystemExit(main())
