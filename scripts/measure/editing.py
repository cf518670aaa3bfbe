"""How long an editor waits: from saving an answer to the reloaded page that shows it. Builds for nobody else."""

from __future__ import annotations

import re
import socket
import sys
import time
import urllib.request
from pathlib import Path
from statistics import median
from typing import Any

from .browser import browser
from .process import started
from .workshop import Workshop, environment, say

EDITS = 5
PATIENCE = 120  # seconds for the first page, and for each edit
CALM = 4_000  # ms in which the page asks to be told of changes, and what the last edit left to do is done
WORD = "benchmarked"
KINDS = ("body", "beginning", "title")
"""An edit within an answer; of what it begins with, which data files repeat; and of a question, which lists show."""


def measure_editing(shop: Workshop, size: int, edits: int = EDITS) -> dict[str, Any]:
    """Serves a project as `make serve` does and edits several answers; the median of the seconds. Raises OSError."""
    project = shop.project(str(size))
    files = sorted((project.root / "docs" / "questions").glob("*/*.md"))
    files = [file for file in files if "\n#### Answer\n" in file.read_text(encoding="utf-8")]
    port = _free_port()
    settings = {**environment(project.root), "SITE_URL": ""}
    settings.pop("PAGE_CACHE")
    command = [sys.executable, "-m", "mkdocs", "serve", "--no-strict", "--dirty", "--dev-addr", f"127.0.0.1:{port}"]
    say(f"serve: first build of {project.questions} questions")
    start = time.perf_counter()
    with started(command, project.root, settings), browser() as opened:
        address = f"http://127.0.0.1:{port}/"
        _wait_for(address)
        first = time.perf_counter() - start
        tab = opened.new_page()
        seconds: dict[str, list[float]] = {kind: [] for kind in KINDS}
        for number, kind in enumerate(KINDS * edits):
            file = files[number * len(files) // (edits * len(KINDS))]
            tab.goto(f"{address}{file.relative_to(project.root / 'docs').with_suffix('').as_posix()}/")
            tab.wait_for_timeout(CALM)
            seconds[kind].append(_edit(tab, file, f"{WORD}{number}", kind))
            say(f"serve: edit {number + 1} of {edits * len(KINDS)}, {kind}: {seconds[kind][-1]:.2f} s")
    return {
        "questions": project.questions,
        "edits": edits,
        "first": round(first, 2),
        "median": {kind: round(median(taken), 2) for kind, taken in seconds.items()},
        "longest": {kind: round(max(taken), 2) for kind, taken in seconds.items()},
    }


def edited(text: str, word: str, kind: str) -> str:
    """The page with another word in one of the questions in its middle. One word more could be one too many for a
    rule."""
    mark = "\n### " if kind == "title" else "\n#### Answer\n\n"
    parts = text.split(mark)
    middle = len(parts) // 2
    rest = mark.join(parts[middle:])
    start = rest.index("\n\n") if kind == "body" else 0
    changed = re.sub(r"(?<=[a-z] )[a-z]{4,}(?= [a-z])", word, rest[start:], count=1)
    return mark.join([*parts[:middle], rest[:start] + changed])


def _edit(tab: Any, file: Path, word: str, kind: str) -> float:
    text = edited(file.read_text(encoding="utf-8"), word, kind)
    start = time.perf_counter()
    file.write_text(text, encoding="utf-8")
    tab.wait_for_function(
        "word => document.body.textContent.includes(word)", arg=word, polling=20, timeout=PATIENCE * 1_000
    )
    return time.perf_counter() - start


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait_for(address: str) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            with urllib.request.urlopen(address, timeout=PATIENCE):
                return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
