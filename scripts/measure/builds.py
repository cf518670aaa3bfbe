"""What builds take, ours and plain Material's, as the bank grows. Looks at no page."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

from .process import Usage
from .project import Project
from .searches import measure_box
from .workshop import Workshop, say

WAYS = ("ours", "warm", "plain")
ROUNDS = 3
LARGE = 1_000
"""From so many questions on a project is built once: it takes minutes, and CPU seconds move little."""


@dataclass(frozen=True)
class BuildFigures:
    """The medians of a project built in one way: seconds of CPU and on the clock, MB of the largest process, the built
    site in bytes and files, and the bytes of the pages of questions that it was made from."""

    project: str
    questions: int
    pages: int
    way: str
    rounds: int
    cpu: float
    wall: float
    peak: float
    bytes: int
    files: int
    source: int


def measure_builds(shop: Workshop, sizes: Sequence[int], rounds: int = ROUNDS) -> Iterator[dict[str, Any]]:
    """Builds the real site and one of each size, the ways in turn, so that a busy moment meets all of them alike.
    Gives what is known after each project, since the large ones take hours. Raises CommandError and OSError."""
    rows: list[BuildFigures] = []
    boxes: list[dict[str, Any]] = []
    for name in ["real", *map(str, sizes)]:
        project = shop.project(name)
        rows += _measure(shop, project, 1 if project.questions > LARGE else rounds)
        if name != "real":  # its sites serve the other parts
            say(f"{name}: asking the box")
            boxes.append({"questions": project.questions, **measure_box(shop.site(project, "ours"))})
            shop.forget(name)
        yield {"rows": [asdict(row) for row in rows], "search": list(boxes)}


def _measure(shop: Workshop, project: Project, rounds: int) -> list[BuildFigures]:
    usages: dict[str, list[Usage]] = {way: [] for way in WAYS}
    say(f"{project.name}: filling the cache of pages")
    shop.build(project, "warm")
    extents: dict[str, tuple[int, int]] = {}
    for number in range(rounds):
        for way in ("warm", "ours", "plain"):  # ours and warm share a folder; they are the same bytes
            usage = shop.build(project, way)
            usages[way].append(usage)
            extents[way] = extent(shop.site_folder(project, way))
            say(f"{project.name}, round {number + 1} of {rounds}, {way}: {usage.cpu:.1f} s of CPU, {usage.wall:.1f} s")
    return [_figures(project, way, usages[way], extents[way]) for way in WAYS]


def _figures(project: Project, way: str, usages: list[Usage], extent_of_site: tuple[int, int]) -> BuildFigures:
    cpu, wall, peak = (median(values) for values in zip(*((u.cpu, u.wall, u.peak) for u in usages), strict=True))
    bytes_of_site, files = extent_of_site
    return BuildFigures(
        project.name,
        project.questions,
        project.pages,
        way,
        len(usages),
        round(cpu, 2),
        round(wall, 2),
        round(peak, 1),
        bytes_of_site,
        files,
        sum(file.stat().st_size for file in (project.root / "docs" / "questions").glob("*/*.md")),
    )


def extent(folder: Path) -> tuple[int, int]:
    """The bytes in a folder and the number of its files."""
    sizes = [(Path(place) / name).stat().st_size for place, _, names in os.walk(folder) for name in names]
    return sum(sizes), len(sizes)
