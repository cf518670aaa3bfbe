#!/usr/bin/env python3
"""Keeps one issue equal to a report: creates, edits or closes it with gh. Judges nothing, needs no package.

It is what runs with the right to write issues, so it imports the standard library alone and shows the report as code:
no name in it notifies anybody, no markup in it is rendered.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

LIMIT = 60_000  # characters; GitHub takes 65,536 in a body
PATIENCE = 60  # seconds for one call
DONE = "Nothing is left to report, so this is closed. The next finding opens a new issue."


@dataclass(frozen=True)
class Kind:
    """What an issue is called, and what it says above the report."""

    title: str
    about: str


KINDS = {
    "links": Kind(
        "Links to other sites that need a look",
        "Links that gave an error, did not answer, or have moved for good. Find the page's new address, or a better "
        "source. The list is renewed every week.",
    ),
    "freshness": Kind(
        "Facts and evidence that have grown old",
        "Look each one up again and write the new date beside it, or take it out. The list is renewed every month.",
    ),
    "audit": Kind(
        "Known holes in the packages",
        "Raise the version where one is fixed, and run `make lock`. The list is renewed every week.",
    ),
}


def main(argv: list[str] | None = None) -> int:
    """Exit status: 0 done, 1 gh failed, 2 wrong usage."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("label", choices=KINDS, help="which issue; also its label")
    parser.add_argument("report", type=Path, help="a text file; an empty one closes the issue")
    options = parser.parse_args(argv)
    try:
        report = options.report.read_text(encoding="utf-8", errors="replace")
    except OSError as error:  # a report that was not written must not close the issue
        print(f"keep_issue: {error}", file=sys.stderr)
        return 2
    try:
        print(keep(options.label, report), file=sys.stderr)
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        print(f"keep_issue: {getattr(error, 'stderr', None) or error}", file=sys.stderr)
        return 1
    return 0


def keep(label: str, report: str) -> str:
    """Makes the issue say what the report says. Returns what was done."""
    kind = KINDS[label]
    issue = find(label)
    if not report.strip():
        if issue is None:
            return "nothing to report, no issue"
        _gh("issue", "close", str(issue["number"]), "--comment", DONE)
        return f"closed #{issue['number']}"
    body = body_of(kind, report)
    if issue is None:
        _gh("label", "create", label, "--force", "--description", "Kept up to date by a workflow")
        _gh("issue", "create", "--title", kind.title, "--label", label, "--body-file", "-", stdin=body)
        return "created"
    if issue["body"].replace("\r\n", "\n").strip() == body.strip():
        return f"#{issue['number']} says it already"
    _gh("issue", "edit", str(issue["number"]), "--body-file", "-", stdin=body)
    return f"edited #{issue['number']}"


def find(label: str) -> dict | None:
    """The oldest open issue that a workflow has written under the label, if any. A person's issue is left alone."""
    asked = ("--label", label, "--state", "open", "--limit", "100", "--json", "number,body,title")
    issues = [issue for issue in json.loads(_gh("issue", "list", *asked)) if issue["title"] == KINDS[label].title]
    return min(issues, key=lambda issue: issue["number"], default=None)


def body_of(kind: Kind, report: str) -> str:
    """The text of the issue: what it is about, and the report in a fence that nothing in it can close."""
    lines = report.rstrip().split("\n")
    shown: list[str] = []
    size = 0
    for line in lines:
        size += len(line) + 1
        if size > LIMIT:
            shown.append(f"… and {len(lines) - len(shown)} lines more; the run's artifact has them all")
            break
        shown.append(line)
    text = "\n".join(shown)
    fence = "`" * max(3, *(len(run) + 1 for run in re.findall("`+", text)), 3)
    return f"{kind.about}\n\n{fence}text\n{text}\n{fence}\n"


def _gh(*arguments: str, stdin: str | None = None) -> str:
    """What gh prints. Raises CalledProcessError where it fails."""
    command = ["gh", *arguments]
    return subprocess.run(
        command, input=stdin, capture_output=True, text=True, encoding="utf-8", timeout=PATIENCE, check=True
    ).stdout


if __name__ == "__main__":
    raise SystemExit(main())
