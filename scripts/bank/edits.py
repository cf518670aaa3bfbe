"""When each question was last changed, to the second, as the repository's history says; without one, nobody knows."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

from .history import run_git

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_ID = re.compile(r"id:\s*([a-z0-9-]+)\s*")
_FIGURE = re.compile(r"\]\(figures/([a-z0-9-]+)\.svg\)")


def read_edits(docs: Path) -> Mapping[str, int]:
    """The Unix time of the last commit that changed the text of a question or a figure in it, by the question's id.

    A question that only moves, in its page or to another one, has not changed.
    """
    shallow, _, head = run_git(docs, "rev-parse", "--is-shallow-repository", "HEAD").strip().partition("\n")
    if shallow != "false" or not head:
        return {}  # a cut history would date everything alike
    commits = list(_commits(docs, head))
    pages = [pair for _, files in commits for path, pair in files.items() if path.endswith(".md")]
    texts = _read_blobs(docs, {blob for pair in pages for blob in pair})
    edits: dict[str, int] = {}
    drawn: dict[str, int] = {}
    shown: dict[str, set[str]] = {}
    for time, files in commits:  # the newest first
        before, after = (
            {name: text for pair in files.values() for name, text in split_questions(texts.get(pair[side], "")).items()}
            for side in (0, 1)
        )
        for name, text in after.items():
            if name not in shown:
                shown[name] = set(_FIGURE.findall(text))
            if before.get(name) != text:
                edits[name] = max(time, edits.get(name, 0))
        for path in files:
            if path.endswith(".svg"):
                drawn.setdefault(Path(path).stem, time)
    for name, figures in shown.items():
        edits[name] = max([edits.get(name, 0), *(drawn[figure] for figure in figures if figure in drawn)])
    return edits


def split_questions(text: str) -> dict[str, str]:
    """The source of each question of a page by its id: from its heading to the next one. Fences are no headings."""
    found: dict[str, str] = {}
    lines: list[str] = []
    fence = ""
    for line in [*text.split("\n"), "### "]:
        mark = _FENCE.match(line)
        if fence:
            fence = "" if mark and mark[1].startswith(fence) and not line.strip(" `~") else fence
        elif mark:
            fence = mark[1]
        elif line.startswith(("### ", "## ", "# ")):
            name = next((match[1] for match in map(_ID.fullmatch, lines) if match), "")
            if name:
                found[name] = "\n".join(lines).strip()
            lines = []
        lines.append(line)
    return found


def _commits(docs: Path, head: str) -> Iterator[tuple[int, dict[str, tuple[str, str]]]]:
    """Each commit that touched the pages, newest first: its time, and for each file the blobs before and after."""
    merged = ["-m", "--first-parent"]  # what a merge brings has changed when it came, not when it was written
    shape = ["--format=\x01%ct", "--raw", "--no-abbrev", "--relative"]
    log = run_git(docs, "log", *merged, *shape, head, "--", "*.md", "*.svg")
    for commit in log.split("\x01")[1:]:
        time, *changes = commit.strip().split("\n")
        files = {}
        for change in changes:
            if change.startswith(":"):
                facts, path = change.split("\t", 1)
                _, _, before, after, _ = facts.split()
                files[path] = (before, after)
        yield int(time), files


def _read_blobs(docs: Path, blobs: set[str]) -> dict[str, str]:
    """The texts of these objects; one that does not exist, such as the side before a new file, is left out."""
    names = sorted(blob for blob in blobs if blob.strip("0"))
    result = subprocess.run(
        ["git", "cat-file", "--batch"], cwd=docs, input="\n".join(names).encode(), capture_output=True, check=False
    )
    texts: dict[str, str] = {}
    rest = result.stdout
    place = 0
    while place < len(rest):
        end = rest.index(b"\n", place)
        name, *facts = rest[place:end].decode().split()
        size = int(facts[1]) if len(facts) == 2 else 0
        texts[name] = rest[end + 1 : end + 1 + size].decode("utf-8", errors="replace")
        place = end + 1 + (size + 1 if len(facts) == 2 else 0)
    return texts
