"""The tables of the page of measurements, each out of the figures of one part. Writes no prose and measures nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from .goals import Goal, paint_ratio, total
from .server import SHOWN_KINDS

Row = Mapping[str, Any]

WAYS = {"ours": "ours", "warm": "ours, nothing changed", "plain": "plain Material"}
LABELS = {
    "home": "Home",
    "question": "Questions, median page",
    "company": "A company",
    "index": "All questions",
    "review": "Review",
    "plain": "Plain Material, median page",
}
EDITS = {
    "body": "the body of an answer",
    "beginning": "how an answer begins, which data files repeat",
    "title": "a question, which lists show",
}
KINDS = (*SHOWN_KINDS, "other")
SCORES = ("performance", "accessibility", "best-practices", "seo")
"""Lighthouse's categories, in the order in which it shows them."""


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown; all columns but the first hold figures and stand to the right."""
    marks = ["---", *["---:"] * (len(head) - 1)]
    return "\n".join(f"| {' | '.join(row)} |" for row in [head, marks, *rows])


def goals(found: Sequence[Goal]) -> str:
    """Each goal, what was measured, and whether it is met."""
    return table(
        ["goal", "measured", "met"],
        [[goal.words, goal.figure, "yes" if goal.met else "**no**"] for goal in found],
    )


def builds(rows: Sequence[Row]) -> str:
    """Time, memory and size of every build."""
    head = ["questions", "build", "CPU s", "clock s", "peak MB", "site MB", "files", "kB a question", "rounds"]
    lines = [
        [
            _size(row),
            WAYS[row["way"]],
            f"{row['cpu']:,.1f}",
            f"{row['wall']:,.1f}",
            f"{row['peak']:,.0f}",
            f"{row['bytes'] / 1e6:,.1f}",
            f"{row['files']:,}",
            f"{row['bytes'] / 1000 / max(row['questions'], 1):.1f}",
            str(row["rounds"]),
        ]
        for row in rows
    ]
    return table(head, lines)


def ratios(rows: Sequence[Row]) -> str:
    """Ours against plain Material, the second build against the first, and the cost of a question."""
    lines = []
    for _, same in groupby(rows, key=lambda row: row["project"]):
        ways = {row["way"]: row for row in same}
        ours, warm, plain = (ways[way] for way in WAYS)
        lines.append(
            [
                _size(ours),
                f"{ours['cpu'] / plain['cpu']:.2f}",
                f"{warm['cpu'] / plain['cpu']:.2f}",
                f"{warm['cpu'] / ours['cpu']:.2f}",
                f"{1000 * ours['cpu'] / max(ours['questions'], 1):.1f}",
                f"{1000 * plain['cpu'] / max(plain['questions'], 1):.1f}",
                f"{ours['bytes'] / plain['bytes']:.2f}",
            ]
        )
    head = ["questions", "ours / plain", "unchanged / plain", "unchanged / ours"]
    return table([*head, "ms CPU a question, ours", "plain", "size of site, ours / plain"], lines)


def views(rows: Sequence[Row]) -> str:
    """The first view of each page by kind of file, and what the next page adds. A kind that no page has is left out."""
    kinds = [kind for kind in KINDS if any(kind in row["first"]["bytes"] for row in rows)]
    shown = [f"{kind} kB" for kind in kinds]
    head = ["page", *shown, "first view kB", "first requests", "next page kB", "next requests"]
    lines = []
    for row in rows:
        first, after = row["first"], row["next"]
        parts = [_kilobytes(first["bytes"].get(kind, 0)) for kind in kinds]
        counts = [str(sum(view["requests"].values())) for view in (first, after)]
        sums = [f"{total(view):,.1f}" for view in (first, after)]
        lines.append([LABELS[first["label"]], *parts, f"**{sums[0]}**", counts[0], f"**{sums[1]}**", counts[1]])
    return table(head, lines)


def search(part: Row) -> str:
    """The box of the site; of plain Material the bytes alone."""
    plain = part["plain"]
    material = [f"{plain['requests']:,}", f"{plain['kilobytes']:,}", "", ""]
    return table(["search", *_BOX], [["ours", *_box(part["ours"])], ["plain Material", *material]])


def boxes(rows: Sequence[Row]) -> str:
    """The box of made sites, by their size."""
    return table(["questions", "index", *_BOX], [[f"{row['questions']:,}", row["engine"], *_box(row)] for row in rows])


_BOX = ["requests", "kB", "first result ms", "query ms"]


def _box(row: Row) -> list[str]:
    return [f"{row[name]:,}" for name in ("requests", "kilobytes", "first_result_ms", "query_ms")]


def edits(part: Row) -> str:
    """Seconds from saving to the reloaded page, by what was edited."""
    median, longest = part["median"], part["longest"]
    lines = [[words, f"{median[kind]:.2f}", f"{longest[kind]:.2f}"] for kind, words in EDITS.items()]
    return table(["what was edited", "median s", "longest s"], lines)


def lighthouse(rows: Sequence[Row]) -> str:
    """Scores and metrics of each page, and its bare article beneath."""
    head = ["page", "scores", "first paint ms", "largest ms", "bare article ms", "ratio", "blocking ms", "shift"]
    lines = []
    for row in rows:
        ours, bare = row["ours"], row["bare"]
        scores = "/".join(f"{ours['scores'][name]:g}" for name in SCORES)
        paints = [f"{figure:,.0f}" for figure in (ours["fcp"], ours["lcp"], bare["lcp"])]
        lines.append(
            [
                LABELS[row["label"]],
                scores,
                *paints,
                f"{paint_ratio(row):.2f}",
                f"{ours['tbt']:,.0f}",
                f"{ours['cls']:g}",
            ]
        )
    return table(head, lines)


def _size(row: Row) -> str:
    return f"{row['questions']:,}, the site" if row["project"] == "real" else f"{row['questions']:,}"


def _kilobytes(size: int) -> str:
    return f"{size / 1000:,.1f}" if size else ""
