"""When questions changed, to the second, against repositories that are made here."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from bank.edits import read_edits, split_questions
from bank.library import load_bank

ONE = "### One?\n\n<!--\nid: one\nlevel: beginner\n-->\n\nText.\n"
TWO = "### Two?\n\n<!--\nid: two\nlevel: beginner\n-->\n\n![a line\nthat rises](figures/rise.svg)\n"


def _time(day: str) -> int:
    return int(datetime.fromisoformat(f"{day}T12:00:00").replace(tzinfo=UTC).timestamp())


def _commit(folder: Path, day: str, **files: str) -> None:
    for name, text in files.items():
        file = folder / "docs" / name.replace("__", "/").replace("_svg", ".svg").replace("_md", ".md")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "A change"]):
        _git(folder, day, *command)


def _git(folder: Path, day: str, *command: str) -> None:
    moment = f"{day}T12:00:00+0000"
    environment = {"GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment, "GIT_CONFIG_GLOBAL": "/dev/null"}
    environment["PATH"] = "/usr/bin:/bin:/usr/local/bin"
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *who, *command], cwd=folder, check=True, env=environment)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    _commit(tmp_path, "2026-01-01", a_md=f"# A\n\n{ONE}\n{TWO}", figures__rise_svg="<svg/>")
    return tmp_path


def test_only_the_edited_question_has_changed(repository: Path) -> None:
    _commit(repository, "2026-02-01", a_md=f"# A\n\n{ONE}\nMore.\n\n{TWO}")
    assert read_edits(repository / "docs") == {"one": _time("2026-02-01"), "two": _time("2026-01-01")}


def test_a_line_that_is_taken_out_is_a_change(repository: Path) -> None:
    _commit(repository, "2026-02-01", a_md=f"# A\n\n{ONE.replace('Text.', '')}\n{TWO}")
    assert read_edits(repository / "docs")["one"] == _time("2026-02-01")


def test_a_question_that_moves_has_not_changed(repository: Path) -> None:
    _commit(repository, "2026-02-01", a_md=f"# A\n\n{TWO}\n{ONE}")
    _commit(repository, "2026-03-01", a_md=f"# A\n\n{TWO}", b_md=f"# B\n\n{ONE}")
    assert set(read_edits(repository / "docs").values()) == {_time("2026-01-01")}


def test_a_new_drawing_is_a_change(repository: Path) -> None:
    _commit(repository, "2026-02-01", figures__rise_svg="<svg><g/></svg>")
    assert read_edits(repository / "docs") == {"one": _time("2026-01-01"), "two": _time("2026-02-01")}


def test_what_a_merge_brings_has_changed_when_it_came(repository: Path) -> None:
    _git(repository, "2026-02-01", "checkout", "-q", "-b", "branch")
    _commit(repository, "2026-02-01", a_md=f"# A\n\n{ONE}\nMore.\n\n{TWO}")
    _git(repository, "2026-03-01", "checkout", "-q", "-")
    _commit(repository, "2026-03-01", b_md="# B\n")
    _git(repository, "2026-04-01", "merge", "-q", "--no-ff", "-m", "A merge", "branch")
    assert read_edits(repository / "docs") == {"one": _time("2026-04-01"), "two": _time("2026-01-01")}


def test_without_a_whole_history_nothing_is_known(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    bare = tmp_path_factory.mktemp("bare")
    assert read_edits(bare) == {}
    subprocess.run(["git", "clone", "-q", "--depth", "1", repository.as_uri(), "copy"], cwd=bare, check=True)
    assert read_edits(bare / "copy" / "docs") == {}


def test_fences_hide_headings() -> None:
    text = f"# A\n\n{ONE}\n````text\n```\n### No heading\nid: no-id\n````\n\nEnd.\n\n{TWO}"
    found = split_questions(text)
    assert list(found) == ["one", "two"]
    assert found["one"].endswith("End.")


def test_it_sees_the_questions_that_the_parser_sees() -> None:
    for page in load_bank().pages.values():
        if page.holds_questions:
            assert list(split_questions(page.text)) == [question.id for question in page.questions]
