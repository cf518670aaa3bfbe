"""When pages and questions came and changed, as the repository's history says. Without one, everything is empty."""

from __future__ import annotations

import datetime
import re
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

_COMMIT = "\x01"  # begins the line that says a commit's day; the lines of a change begin otherwise
_SETTINGS = ("core.quotepath", "diff.renames", "diff.noprefix", "diff.mnemonicPrefix")
_OPTIONS = [word for name in _SETTINGS for word in ("-c", f"{name}=false")]
"""Names and paths as they are, whatever somebody has set."""

_ID = re.compile(r"\+id:\s*([a-z0-9-]+)\s*$")


@dataclass(frozen=True)
class History:
    """The day of the last commit of each page, by path below `docs/`, and the day on which each question id came."""

    changed: Mapping[str, datetime.date] = field(default_factory=dict)
    born: Mapping[str, datetime.date] = field(default_factory=dict)


def read_history(docs: Path) -> History:
    """The history of the pages below `docs`; read again only after another commit."""
    shallow, _, head = read_head(docs).partition("\n")
    return _read(docs, head) if shallow == "false" and head else History()  # a cut history dates everything alike


def read_head(docs: Path) -> str:
    """What decides the history: whether it is cut ("true" or "false"), and in the next line the last commit."""
    return run_git(docs, "rev-parse", "--is-shallow-repository", "HEAD").strip()


@lru_cache(maxsize=1)
def _read(docs: Path, head: str) -> History:
    changed: dict[str, datetime.date] = {}
    born: dict[str, datetime.date] = {}
    log = run_git(docs, "log", f"--format={_COMMIT}%cs", "--relative", "-p", "-U0", head, "--", ".")
    for day, path, ids in _changes(log):
        changed.setdefault(path, day)  # the newest commit comes first
        born.update(dict.fromkeys(ids, day))  # and the oldest last
    return History(changed, born)


def _changes(log: str) -> Iterator[tuple[datetime.date, str, list[str]]]:
    """Every page that a commit wrote, newest first, with the ids of questions that it added there."""
    for commit in re.split(f"(?m)^{_COMMIT}", log)[1:]:
        head, *files = re.split(r"(?m)^diff --git .*$", commit)
        day = datetime.date.fromisoformat(head.strip())
        for text in files:
            path = re.search(r"(?m)^\+\+\+ b/(.+\.md)$", text)
            if path:
                yield day, path[1], [match[1] for match in map(_ID.match, text.split("\n")) if match]


def run_git(docs: Path, *arguments: str) -> str:
    """What git says of the folder, "" where there is no git or no repository."""
    try:
        result = subprocess.run(["git", *_OPTIONS, *arguments], cwd=docs, capture_output=True, check=False)
    except OSError:
        return ""
    return result.stdout.decode("utf-8", errors="replace") if result.returncode == 0 else ""
