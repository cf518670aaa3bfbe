#!/usr/bin/env python3
"""Measures builds, pages, search and Lighthouse, and writes docs/about/performance.md. Takes long; no test calls it."""

from __future__ import annotations

import argparse
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NoReturn

# Works from any folder, also without the virtual environment's .pth file.
sys.path.insert(0, str(Path(__file__).resolve().parent))

from bank.library import DOCS, ROOT
from measure import builds, editing, lighthouse, searches, views
from measure.page import as_page
from measure.results import PARTS, Results, as_json, machine, read_results, today, write_results
from measure.workshop import say, workshop

KEPT = ROOT / ".cache" / "bench.json"
PAGE = DOCS / "about" / "performance.md"
SIZES = (500, 5_000)
FULL = 20_000
RUNS = 5  # of Lighthouse with --full


def main(argv: Sequence[str] | None = None) -> int:
    """Exit status: 0 measured, whatever the figures are; 1 something could not be measured; 2 wrong usage."""
    options = _arguments(argv)
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        results = read_results(options.results)
        if not options.render:
            measure(options, results)
        elif not results["parts"]:
            raise ValueError("nothing has been measured yet; run it without --render")
        options.page.write_text(as_page(results), encoding="utf-8")
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("bench: stopped; what was measured before is kept, and --render writes the page from it", file=sys.stderr)
        return 1
    print(as_json(results), end="")
    return 0


def measure(options: argparse.Namespace, results: Results) -> None:
    """Measures the parts that are asked for, and keeps each as soon as it is there. Raises OSError, ValueError or
    SubprocessError."""
    sizes = options.sizes or [*SIZES, *([FULL] if options.full else [])]
    runs = options.runs or (RUNS if options.full else lighthouse.RUNS)
    on = machine()
    with workshop() as shop:
        parts: dict[str, Callable[[], Iterable[dict[str, Any]]]] = {
            "builds": lambda: builds.measure_builds(shop, sizes, options.rounds),
            "serve": lambda: [editing.measure_editing(shop, sizes[0])],
            "views": lambda: [views.measure_views(shop)],
            "search": lambda: [searches.measure_searches(shop)],
            "lighthouse": lambda: [lighthouse.measure_lighthouse(shop, _question_page(results), runs)],
        }
        for name in PARTS:
            if name in options.only:
                say(f"Measuring: {name}")
                for figures in parts[name]():
                    results["parts"][name] = {**figures, "date": today(), "machine": on}
                    write_results(options.results, results)


def _question_page(results: Results) -> str:
    """The median page of questions by what its first view weighs, if that is known."""
    rows = results["parts"].get("views", {}).get("rows", [])
    return next((row["first"]["page"] for row in rows if row["first"]["label"] == "question"), "")


def _interrupt(*_: object) -> NoReturn:
    """Being asked to end is as Ctrl+C: what was started ends, and what was made is removed."""
    raise KeyboardInterrupt


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help=f"also {FULL:,} questions, and {RUNS} runs of Lighthouse")
    parser.add_argument("--only", type=_parts, default=PARTS, help=f"parts, with commas between: {', '.join(PARTS)}")
    parser.add_argument("--render", action="store_true", help="only write the page again, from what was measured last")
    parser.add_argument("--results", type=Path, default=KEPT, help="where the figures are kept, as JSON")
    parser.add_argument("--page", type=Path, default=PAGE, help="the page to write")
    parser.add_argument("--sizes", type=_sizes, help=argparse.SUPPRESS)  # for trying out
    parser.add_argument("--rounds", type=int, default=builds.ROUNDS, help=argparse.SUPPRESS)
    parser.add_argument("--runs", type=int, help=argparse.SUPPRESS)
    return parser.parse_args(argv)


def _parts(text: str) -> list[str]:
    names = text.split(",")
    if unknown := next((name for name in names if name not in PARTS), None):
        raise argparse.ArgumentTypeError(f"no part '{unknown}'; there are {', '.join(PARTS)}")
    return names


def _sizes(text: str) -> list[int]:
    sizes = [int(size) for size in text.split(",")]
    if min(sizes) < 1:
        raise argparse.ArgumentTypeError("a size is a number of questions")
    return sizes


if __name__ == "__main__":
    raise SystemExit(main())
