#!/usr/bin/env python3
"""Draws the figures: runs `figures/<name>.py` beside the pages and writes `<name>.svg`, the same bytes every time.

A figure script defines `figure() -> matplotlib.figure.Figure` in plain matplotlib. Its colors C0, C1, C2 become the
palette's variables and its default text color becomes the reader's, so that the drawing follows light and dark.
"""

from __future__ import annotations

import argparse
import io
import re
import runpy
import sys
from pathlib import Path
from typing import Any

import matplotlib as mpl
from cycler import cycler
from matplotlib.figure import Figure

DOCS = Path(__file__).resolve().parents[1] / "docs"

# Colors that nobody would choose stand for the palette while matplotlib draws. The second value is for viewers that
# know no variables, such as GitHub.
PALETTE = {
    "#010001": "var(--fig-1, #0b5d66)",
    "#020002": "var(--fig-2, #a3262a)",
    "#030003": "var(--fig-3, #6a3fb0)",
    "#000001": "currentColor",
}
TEXT = "#000001"
STYLE: Any = {  # matplotlib types its settings name by name
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.size": 12,  # a figure of 6.4 inches is read at 400 to 580 pixels
    "axes.prop_cycle": cycler(color=list(PALETTE)[:3]),
    "axes.spines.top": False,
    "axes.spines.right": False,
    "figure.constrained_layout.use": True,
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "legend.frameon": False,
    **dict.fromkeys(["text.color", "axes.edgecolor", "axes.labelcolor", "xtick.color", "ytick.color"], TEXT),
}
ON_DARK = "<style>@media (prefers-color-scheme: dark) { svg { color: #e7e5df } }</style>"


def main(argv: list[str] | None = None) -> int:
    """Exit status: 0 drawn or up to date, 1 a figure differs from its script, 2 wrong usage."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument(
        "paths", nargs="*", type=Path, metavar="SCRIPT", help="figure scripts; all of docs/ when left out"
    )
    parser.add_argument("--check", action="store_true", help="write nothing, and fail where a drawing is out of date")
    options = parser.parse_args(argv)
    stale = 0
    for script in options.paths or sorted(DOCS.rglob("figures/*.py")):
        if script.suffix != ".py" or not script.is_file():
            print(f"draw_figures: {script} is no script of a figure, such as docs/…/figures/roc.py", file=sys.stderr)
            return 2
        try:
            drawing, file = draw(script.resolve()), script.resolve().with_suffix(".svg")
        except ValueError as error:
            print(f"{_shown(script.resolve())}:1: {error}")
            return 1
        if file.is_file() and file.read_text(encoding="utf-8") == drawing:
            continue
        stale += 1
        if options.check:
            print(f"{_shown(file)}:1: not what {script.name} draws; run 'make figures'")
        else:
            file.write_text(drawing, encoding="utf-8")
            print(_shown(file))
    return 1 if stale and options.check else 0


def draw(script: Path) -> str:
    """The SVG of a figure script, without dates, with ids of its own and in the palette's colors.

    Raises ValueError where the script makes no figure.
    """
    mpl.use("Agg")
    with mpl.rc_context({**STYLE, "svg.hashsalt": script.stem}):
        drawn = runpy.run_path(str(script)).get("figure")
        figure = drawn() if callable(drawn) else None
        if not isinstance(figure, Figure):
            raise ValueError("define figure() -> matplotlib.figure.Figure, and return the figure")
        buffer = io.StringIO()
        figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    return _tidy(buffer.getvalue(), script.stem)


def _tidy(svg: str, name: str) -> str:
    svg = re.sub(r"\A.*?(?=<svg)", "", svg, flags=re.DOTALL)
    svg = re.sub(r"\s*<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = re.sub(r"<style.*?</style>", ON_DARK, svg, count=1, flags=re.DOTALL)
    for color, meaning in PALETTE.items():
        svg = svg.replace(color, meaning)
    svg = re.sub(r"font-family: [^;\"]*", "font-family: system-ui, sans-serif", svg)
    svg = re.sub(r'(\bid="|url\(#|href="#)', rf"\g<1>{name}-", svg)
    svg = re.sub(r'(<svg[^>]*?) width="[^"]*"', r"\1", svg, count=1)
    svg = re.sub(r'(<svg[^>]*?) height="[^"]*"', r"\1", svg, count=1)
    return svg.strip() + "\n"


def _shown(file: Path) -> str:
    return file.relative_to(DOCS.parent).as_posix() if file.is_relative_to(DOCS.parent) else str(file)


if __name__ == "__main__":
    raise SystemExit(main())
