"""What the figures are held against. Whether a goal is met is said beside the figure; nothing fails because of one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

QUESTION_PAGE = 32.0  # kB of the first view of the median page of questions
HOME_PAGE = 28.0  # kB of the first view of the home page
NEXT_PAGE = 20.0  # kB that the next page of questions adds
SCORE = 100.0  # each of Lighthouse's four
SHIFT = 0.0  # cumulative layout shift
PAINT = 1.25  # largest contentful paint, as a multiple of that of the bare article
BUILD = 1.5  # CPU of a clean build of the first size, as a multiple of plain Material's
UNCHANGED = 0.5  # CPU of a build after which nothing has changed, as a multiple of a clean one's
ON_DISK = 10.0  # kB of site a question
EDIT = 1.0  # seconds from saving an answer to its reloaded page
SEARCH = 100.0  # kB until the first result
SEARCH_LARGE = 260.0  # the same on a site whose index is in chunks
FIRST_RESULT = 150.0  # ms, cold
QUERY = 5.0  # ms, the median
GROWTH = 1.05  # CPU a question at the largest size, as a multiple of that at the smallest; 1 and some noise


@dataclass(frozen=True)
class Goal:
    """A goal in words, what was measured, and whether that meets it."""

    words: str
    figure: str
    met: bool


def judged(parts: Mapping[str, Any]) -> list[Goal]:
    """The goals of all parts that have been measured."""
    builds = parts.get("builds")
    return [
        *_builds(builds),
        *_growth(builds),
        *_serve(parts.get("serve")),
        *_views(parts.get("views")),
        *_search(parts.get("search"), builds),
        *_lighthouse(parts.get("lighthouse")),
    ]


def total(view: Mapping[str, Any]) -> float:
    """The kB (of 1,000 bytes) of a view."""
    return sum(view["bytes"].values()) / 1000


def _builds(part: Mapping[str, Any] | None) -> Iterator[Goal]:
    made = [row for row in part["rows"] if row["project"] != "real"] if part else []
    ways = {row["way"]: row for row in reversed(made)}  # of the first size
    if not ways:
        return
    ours, size = ways["ours"], f"{ways['ours']['questions']:,}"
    ratio = ours["cpu"] / ways["plain"]["cpu"]
    yield Goal(
        f"Clean build of {size} questions: at most {BUILD:g} times plain Material's CPU", f"{ratio:.2f}", ratio <= BUILD
    )
    ratio = ways["warm"]["cpu"] / ours["cpu"]
    words = f"The same with nothing changed: at most {UNCHANGED:g} times a clean one's"
    yield Goal(words, f"{ratio:.2f}", ratio <= UNCHANGED)
    size_of_one = max(row["bytes"] / 1000 / row["questions"] for row in made if row["way"] == "ours")
    yield Goal(f"Size of the site: at most {ON_DISK:g} kB a question", f"{size_of_one:.1f} kB", size_of_one <= ON_DISK)


def _serve(part: Mapping[str, Any] | None) -> Iterator[Goal]:
    if part:
        taken = part["median"]["body"]
        yield Goal(f"From saving an answer to its reloaded page: at most {EDIT:g} s", f"{taken:.2f} s", taken <= EDIT)


def _search(part: Mapping[str, Any] | None, builds: Mapping[str, Any] | None) -> Iterator[Goal]:
    if part:
        ours = part["ours"]
        for words, figure, limit, unit in (
            ("Search: until the first result", ours["kilobytes"], SEARCH, "kB"),
            ("Search: first result, cold", ours["first_result_ms"], FIRST_RESULT, "ms"),
            ("Search: median query", ours["query_ms"], QUERY, "ms"),
        ):
            yield Goal(f"{words}, at most {limit:g} {unit}", f"{figure:.1f} {unit}", figure <= limit)
    large = [row for row in builds.get("search", []) if row["engine"] == "chunked"] if builds else []
    if large:
        most = max(row["kilobytes"] for row in large)
        words = f"Search of larger banks: until the first result, at most {SEARCH_LARGE:g} kB"
        yield Goal(words, f"{most:.1f} kB at most", most <= SEARCH_LARGE)


def _views(part: Mapping[str, Any] | None) -> Iterator[Goal]:
    rows = {row["first"]["label"]: row for row in part["rows"]} if part else {}
    for label, step, limit, words in (
        ("question", "first", QUESTION_PAGE, "First view of the median page of questions"),
        ("home", "first", HOME_PAGE, "First view of the home page"),
        ("question", "next", NEXT_PAGE, "The next page of questions"),
    ):
        if label in rows:
            size = total(rows[label][step])
            yield Goal(f"{words}: at most {limit:g} kB", f"{size:.1f} kB", size <= limit)


def _lighthouse(part: Mapping[str, Any] | None) -> Iterator[Goal]:
    if not part:
        return
    ours = [(row["label"], row["ours"]) for row in part["rows"]]
    low = [label for label, figures in ours if min(figures["scores"].values()) < SCORE]
    held = len(ours) - len(low)
    words = f"Lighthouse: four times {SCORE:g} on every page measured"
    yield Goal(words, f"{held} of {len(ours)} pages", not low)
    shift = max(figures["cls"] for _, figures in ours)
    yield Goal(f"Layout shift: {SHIFT:g}", f"{shift:g} at most", shift <= SHIFT)
    label, ratio = max(((row["label"], paint_ratio(row)) for row in part["rows"]), key=lambda pair: pair[1])
    words = f"Largest paint: at most {PAINT:g} times that of the bare article"
    yield Goal(words, f"{ratio:.2f} times at most ({label})", ratio <= PAINT)


def paint_ratio(row: Mapping[str, Any]) -> float:
    """The largest contentful paint of a page as a multiple of its bare article's."""
    return float(row["ours"]["lcp"]) / max(float(row["bare"]["lcp"]), 1.0)


def _growth(part: Mapping[str, Any] | None) -> Iterator[Goal]:
    rows = [row for row in part["rows"] if row["way"] == "ours" and row["project"] != "real"] if part else []
    if len(rows) > 1:
        ratio = rows[-1]["cpu"] / rows[-1]["questions"] / (rows[0]["cpu"] / rows[0]["questions"])
        words = (
            f"CPU a question, from {rows[0]['questions']:,} to {rows[-1]['questions']:,} questions: at most the same"
        )
        yield Goal(words, f"{ratio:.2f} times", ratio <= GROWTH)
