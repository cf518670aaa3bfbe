#!/usr/bin/env python3
"""Prints which questions differ between a revision and the files as they are now, as a Markdown table. Judges no text.

An id that is gone without an heir is the one thing that fails: readers' marks and shared addresses are kept under it.
"""

from __future__ import annotations

import argparse
import io
import re
import subprocess
import sys
import tarfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

# Works from any folder, also without the virtual environment's .pth file.
sys.path.insert(0, str(Path(__file__).resolve().parent))

import yaml
from bank.library import ROOT, Place
from bank.model import Page, Question
from bank.parse import parse

REDIRECTS = "scripts/bank/redirects.yml"
SHOWN = 200  # rows; a summary has a limited size
PATIENCE = 60  # seconds for git


@dataclass(frozen=True)
class Change:
    """What happened to one question: `before` is None for a new one, `after` for one that is gone."""

    id: str
    before: Place | None
    after: Place | None

    @property
    def kind(self) -> str:
        """One word for it."""
        return "added" if self.before is None else "removed" if self.after is None else "changed"

    @property
    def what(self) -> list[str]:
        """The pieces that differ, in the order of the page."""
        if self.before is None or self.after is None:
            return []
        (old_page, old), (new_page, new) = self.before, self.after
        moved = [f"moved from {old_page.path}"] if old_page.path != new_page.path else []
        one, other = pieces(old), pieces(new)
        return moved + [name for name in {**other, **one} if one.get(name) != other.get(name)]


def main(argv: list[str] | None = None) -> int:
    """Exit status: 0 printed, 1 an id is gone without an heir, 2 wrong usage."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--base", required=True, metavar="REV", help="the git revision to compare with")
    parser.add_argument("--root", type=Path, default=ROOT, help="the repository; this one when left out")
    options = parser.parse_args(argv)
    try:
        before = questions(pages_at(options.root, options.base))
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode(errors="replace").strip()
        print(f"summarize_changes: cannot read the revision '{options.base}': {said}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"summarize_changes: {error}", file=sys.stderr)
        return 2
    after = questions(pages_now(options.root))
    found = changes(before, after)
    lost = {change.id for change in found if change.after is None and not _heir(change.id, options.root, after)}
    print(table(found, lost))
    return 1 if lost else 0


def pages_at(root: Path, revision: str) -> Iterator[Page]:
    """The pages of a revision. Raises CalledProcessError where git does not know it."""
    # "git archive" would take a name that begins with "-" for an option; this takes it for a revision, or refuses it.
    tree = _git(root, "rev-parse", "--verify", f"{revision}^{{tree}}").decode().strip()
    with tarfile.open(fileobj=io.BytesIO(_git(root, "archive", "--format=tar", tree, "docs"))) as archive:
        for member in archive:
            if member.isfile() and member.name.endswith(".md"):
                file = archive.extractfile(member)
                text = file.read().decode("utf-8-sig", errors="replace") if file else ""
                yield parse(text, member.name.removeprefix("docs/"))


def pages_now(root: Path) -> Iterator[Page]:
    """The pages as they are on disk."""
    docs = root / "docs"
    for file in sorted(docs.rglob("*.md")):
        yield parse(file.read_text(encoding="utf-8-sig", errors="replace"), file.relative_to(docs).as_posix())


def questions(pages: Iterable[Page]) -> dict[str, Place]:
    """Every question by its id; by its words where it has none, which the rules refuse anyway."""
    return {
        question.id or question.text: (page, question)
        for page in pages
        if page.holds_questions
        for question in page.questions
    }


def changes(before: Mapping[str, Place], after: Mapping[str, Place]) -> list[Change]:
    """What is new, gone or different, by page and place on it."""
    found = [Change(name, before.get(name), after.get(name)) for name in {**after, **before}]
    found = [change for change in found if change.kind != "changed" or change.what]
    return sorted(found, key=lambda change: (_place(change)[0].path, _place(change)[1].line, change.id))


def pieces(question: Question) -> dict[str, str]:
    """The text of everything that belongs to a question, by name."""
    found = {"question": question.text}
    found.update((field.name, field.value) for field in question.fields)
    found["prompt"] = "\n\n".join(block.text for block in question.prompt)
    for part in question.parts:
        found[part.name] = found.get(part.name, "") + "\n\n".join(block.text for block in part.blocks)
    return found


def table(found: list[Change], lost: set[str]) -> str:
    """The Markdown of the summary."""
    if not found:
        return "### Questions\n\nNo question differs.\n"
    counts = ", ".join(
        f"{number} {kind}"
        for kind in ("added", "changed", "removed")
        if (number := sum(change.kind == kind for change in found))
    )
    lines = [f"### Questions: {counts}", ""]
    if lost:
        names = ", ".join(f"`{name}`" for name in sorted(lost))
        lines += [f"**Gone without an heir:** {names}. Add a line `old-id: new-id` to `{REDIRECTS}`.", ""]
    lines += [
        "| | id | question | page | what differs | words of the answer |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    lines += [_row(change, change.id in lost) for change in found[:SHOWN]]
    if len(found) > SHOWN:
        lines += ["", f"… and {len(found) - SHOWN} more."]
    return "\n".join(lines) + "\n"


def _row(change: Change, lost: bool) -> str:
    page, question = _place(change)
    words = [str(place[1].words) if place else "–" for place in (change.before, change.after)]
    count = words[0] if words[0] == words[1] else " → ".join(words)
    kind = f"**{change.kind}, no heir**" if lost else change.kind
    cells = [kind, *map(_cell, (change.id, question.text, page.path, ", ".join(change.what))), count]
    return "| " + " | ".join(cells) + " |"


def _cell(text: str) -> str:
    """Text of a pull request as text: none of its characters may be read as Markdown or close the cell."""
    return re.sub(r"([\\`*_\[\]<>#|~$&@:])", r"\\\1", " ".join(text.split()))


def _place(change: Change) -> Place:
    place = change.after or change.before
    assert place
    return place


def _heir(name: str, root: Path, after: Mapping[str, Place]) -> bool:
    """Whether a retired id leads to a question that is there."""
    file = root / REDIRECTS
    redirects = yaml.safe_load(file.read_text(encoding="utf-8")) if file.is_file() else None
    return (redirects or {}).get(name) in after


def _git(root: Path, *arguments: str) -> bytes:
    return subprocess.run(["git", *arguments], cwd=root, capture_output=True, check=True, timeout=PATIENCE).stdout


if __name__ == "__main__":
    raise SystemExit(main())
