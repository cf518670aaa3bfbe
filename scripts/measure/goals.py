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
GROWTH = 1.05  # CPU a question at the largest size, as a multiple of that at the smallest; 1 and some noise


@dataclass(frozen=True)
class Goal:
    """A goal in words, what was measured, and whether that meets it."""

    words: str
    figure: str
    met: bool


def judged(parts: Mapping[str, Any]) -> list[Goal]:
    """The goals of all parts that have been measured."""
    return [*_views(parts.get("views")), *_lighthouse(parts.get("lighthouse")), *_growth(parts.get("builds"))]


def total(view: Mapping[str, Any]) -> float:
    """The kB (of 1,000 bytes) of a view."""
    return sum(view["bytes"].values()) / 1000


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
