"""Writes docs/about/performance.md out of the figures. No number stands here: what is said of one is chosen by it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from . import goals, tables

WIDTH = 120

HEAD = """
What it costs to build this site, to open its pages and to search it. `make bench` measures all of it and writes this
page; no number here was typed by hand. A goal that is missed says so.
"""

MADE = """
Larger banks do not exist yet, so they are made of this one. A copy of a page keeps its shape, with as many formulas,
tables, figures, links and quick checks, and says other words of the same length, with other numbers in its code. All
sizes are made alike. The first row is the site as it is, and shows how true the made ones are.
"""

YARDSTICK = """
Plain Material is the yardstick: the same pages and the same menu with its own theme, its own search and its defaults.
It does less: no quick checks, no lists of questions, no rules, no data files, and formulas stay TeX. "Nothing
changed" is a second build with the pages of the first one kept; the builds before it keep none.
"""

SECONDS = """
CPU seconds are those of all processes together, and move little when a machine is busy. Seconds on the clock do move.
Memory is that of the largest process. A site's size is on disk, uncompressed.
"""

VIEWS = """
A phone-sized browser opens a page with an empty cache, then the next page of the same kind; from the home page and
from the list of all questions it goes on to a page of questions. Bytes are bodies as they are sent, compressed as
GitHub Pages does; a kB is a thousand bytes. What the browser fetches ahead, for a page that nobody has opened yet, is
not counted. Plain Material would add its fonts from Google and a script for formulas; neither is in its row.
"""

SEARCH = """
From the focus in the box to the first result on the screen, then the median of further queries. Plain Material
fetches its index and its worker with every page, before anybody searches.
"""

BOXES = """
The search box of the made sites, asked questions of this bank. Past two thousand questions an index in chunks takes the
place of one file; its queries fetch what they need.
"""

LIGHTHOUSE = """
Lighthouse as a phone, throttled by its own model. The four scores are performance, accessibility, best practices and
search engines. The bare article is the same text as HTML alone, with no style sheet and no script, measured in turn
with the page: nothing can show this text sooner.
"""

NOT_MEASURED = """
- Real phones and real networks: Chromium on the machine above stands for all of them
- Firefox and Safari
- The host: its compression is imitated, its distance and its certificates are not
- New words: made questions use the words of this bank, so a search index of a real larger bank would be somewhat larger
- Drawing the figures, the proofs and the tests; the downloads
"""


def as_page(results: Mapping[str, Any]) -> str:
    """The whole page. The same figures give the same bytes."""
    parts = results["parts"]
    blocks = ["# Performance", _filled(HEAD), *_origin(parts), *_goals(parts)]
    for name, section in (
        ("builds", _builds),
        ("serve", _serve),
        ("views", _views),
        ("search", _search),
        ("lighthouse", _lighthouse),
    ):
        if name in parts:
            blocks += section(parts[name])
    blocks += ["## What is not measured", NOT_MEASURED.strip()]
    return "\n\n".join(blocks) + "\n"


def _origin(parts: Mapping[str, Any]) -> Iterator[str]:
    """When and on what; a part that was measured apart may have another day, and even another machine."""
    dates = sorted({part["date"] for part in parts.values()})
    machines = list(dict.fromkeys(tuple(sorted(part["machine"].items())) for part in parts.values()))
    for number, known in enumerate(map(dict, machines)):
        days = " and ".join(dict.fromkeys([dates[0], dates[-1]])) if number == 0 else "in part"
        versions = ", ".join(f"{name} {known[name]}" for name in ("Python", "Chromium", "MkDocs", "Material"))
        yield _filled(
            f"Measured {days} on {known['system']}, {known['processor']}, {known['cores']} cores, {known['memory']} "
            f"of memory, with {versions}."
        )


def _goals(parts: Mapping[str, Any]) -> Iterator[str]:
    found = goals.judged(parts)
    if found:
        missed = sum(not goal.met for goal in found)
        yield "## Goals"
        words = (
            "All of them are met." if not missed else f"Not met: {missed} of {len(found)}. They stay as they were set."
        )
        yield _filled(words)
        yield tables.goals(found)


def _builds(part: Mapping[str, Any]) -> Iterator[str]:
    yield "## Builds"
    yield _filled(MADE)
    yield _filled(YARDSTICK)
    yield tables.builds(part["rows"])
    first = part["rows"][0]
    yield _filled(f"{SECONDS} A question here is {first['source'] / 1000 / first['questions']:.1f} kB of Markdown.")
    yield "Ratios of CPU seconds, and what one question takes of them:"
    yield tables.ratios(part["rows"])
    if part.get("search"):
        yield _filled(BOXES)
        yield tables.boxes(part["search"])


def _serve(part: Mapping[str, Any]) -> Iterator[str]:
    yield "## From an edit to the page"
    yield _filled(
        f"`make serve` on {part['questions']:,} questions, a page open in a browser: from saving the file to the "
        f"reloaded page that shows the edit. {part['edits']} edits of each kind, on different pages. The first page is "
        f"there {part['first']:.0f} seconds after the start."
    )
    yield tables.edits(part)


def _views(part: Mapping[str, Any]) -> Iterator[str]:
    yield "## First and next views"
    yield _filled(VIEWS)
    yield tables.views(part["rows"])
    yield _filled(
        f"Of {part['question_pages']} pages of questions, the lightest first view takes "
        f"{part['lightest'] / 1000:.1f} kB and the heaviest {part['heaviest'] / 1000:.1f} kB. The Markdown of the "
        f"median page alone takes {part['source'] / 1000:.1f} kB, compressed."
    )


def _search(part: Mapping[str, Any]) -> Iterator[str]:
    yield "## Search"
    yield _filled(SEARCH)
    yield tables.search(part)


def _lighthouse(part: Mapping[str, Any]) -> Iterator[str]:
    yield "## Lighthouse"
    runs = f"medians of {part['runs']} runs" if part["runs"] > 1 else "a single run"
    yield _filled(f"{LIGHTHOUSE} Version {part['version']}; {runs}.")
    yield tables.lighthouse(part["rows"])
    lost = [(row["label"], row["ours"]["lost"]) for row in part["rows"] if row["ours"]["lost"]]
    if lost:
        yield "What costs points where a score is below 100:"
        yield "\n".join(f"- {tables.LABELS[label]}: {_names(audits)}" for label, audits in lost)


def _names(audits: Iterable[str]) -> str:
    return ", ".join(f"`{audit}`" for audit in audits)


def _filled(text: str) -> str:
    """A paragraph in lines, as on the other pages."""
    return textwrap.fill(" ".join(text.split()), WIDTH, break_long_words=False, break_on_hyphens=False)
