"""One issue for one report: created, edited or closed, and nobody else's touched."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import keep_issue
import pytest

TITLE = keep_issue.KINDS["links"].title

GH = """#!{python}
import json, pathlib, sys
here = pathlib.Path(__file__).parent
text = sys.stdin.read() if "--body-file" in sys.argv else ""
with (here / "calls").open("a") as calls:
    calls.write(json.dumps([sys.argv[1:], text]) + "\\n")
if sys.argv[1:3] == ["issue", "list"]:
    print((here / "issues").read_text())
sys.exit((here / "fails").exists())
"""


class Tracker:
    """A `gh` that remembers what it was asked."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "gh").write_text(GH.format(python=sys.executable), encoding="utf-8")
        (folder / "gh").chmod(0o755)
        self.has()

    def has(self, *issues: tuple[int, str, str]) -> None:
        found = [{"number": number, "title": title, "body": body} for number, title, body in issues]
        (self.folder / "issues").write_text(json.dumps(found), encoding="utf-8")

    @property
    def calls(self) -> list[tuple[list[str], str]]:
        """What was asked, the listing left out."""
        lines = (self.folder / "calls").read_text(encoding="utf-8").splitlines()
        return [(call, text) for call, text in map(json.loads, lines) if call[:2] != ["issue", "list"]]


@pytest.fixture
def tracker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tracker:
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    return Tracker(tmp_path)


def run(tmp_path: Path, report: str) -> int:
    file = tmp_path / "report.txt"
    file.write_text(report, encoding="utf-8")
    return keep_issue.main(["links", str(file)])


def test_a_first_finding_creates_the_issue_under_its_label(tracker: Tracker, tmp_path: Path) -> None:
    assert run(tmp_path, "docs/a.md:3: 404 https://example.org\n") == 0
    (label, _), (create, body) = tracker.calls
    assert label[:3] == ["label", "create", "links"]
    assert create == ["issue", "create", "--title", TITLE, "--label", "links", "--body-file", "-"]
    assert "\n```text\ndocs/a.md:3: 404 https://example.org\n```\n" in body


def test_a_new_finding_edits_the_oldest_and_leaves_peoples_issues_alone(tracker: Tracker, tmp_path: Path) -> None:
    tracker.has((9, TITLE, "old"), (7, TITLE, "old"), (2, "A link of mine", "old"))
    assert run(tmp_path, "new\n") == 0
    assert [call for call, _ in tracker.calls] == [["issue", "edit", "7", "--body-file", "-"]]


def test_the_same_finding_does_nothing(tracker: Tracker, tmp_path: Path) -> None:
    body = keep_issue.body_of(keep_issue.KINDS["links"], "same\n")
    tracker.has((7, TITLE, body.replace("\n", "\r\n")))
    assert run(tmp_path, "same\n") == 0
    assert tracker.calls == []


@pytest.mark.parametrize("issues", [[], [(7, TITLE, "old")]], ids=["none", "one"])
def test_an_empty_report_closes_what_is_open(tracker: Tracker, tmp_path: Path, issues: list) -> None:
    tracker.has(*issues)
    assert run(tmp_path, "\n") == 0
    assert [call[:3] for call, _ in tracker.calls] == [["issue", "close", "7"]] * len(issues)


def test_a_report_that_was_not_written_closes_nothing(tracker: Tracker, tmp_path: Path) -> None:
    tracker.has((7, TITLE, "old"))
    assert keep_issue.main(["links", str(tmp_path / "none.txt")]) == 2
    assert not (tmp_path / "calls").exists()


def test_a_failure_of_gh_is_a_failure(tracker: Tracker, tmp_path: Path) -> None:
    (tmp_path / "fails").touch()
    assert run(tmp_path, "x\n") == 1


def test_a_report_is_shown_as_it_is_and_cannot_leave_its_fence() -> None:
    body = keep_issue.body_of(keep_issue.KINDS["links"], "````\n@somebody <b>\n")
    assert body.endswith("\n\n`````text\n````\n@somebody <b>\n`````\n")


def test_a_long_report_is_cut_between_lines_and_says_so() -> None:
    body = keep_issue.body_of(keep_issue.KINDS["links"], "\n".join(["x" * 99] * 1000))
    assert len(body) < 65_536
    assert "\n… and 400 lines more; the run's artifact has them all\n```\n" in body
    assert {len(line) for line in body.split("\n") if line.startswith("xx")} == {99}
