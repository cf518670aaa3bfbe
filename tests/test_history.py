"""When pages and questions came and changed, against repositories that are made here."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

import pytest
from bank.history import History, read_history

PAGE = "# T\n\n### Q?\n\n<!--\nid: {id}\nlevel: beginner\n-->\n"


def git(folder: Path, *arguments: str, day: str = "2026-01-01") -> None:
    moment = f"{day}T12:00:00+0000"
    environment = {
        "GIT_AUTHOR_DATE": moment,
        "GIT_COMMITTER_DATE": moment,
        "GIT_CONFIG_GLOBAL": "/dev/null",
        "PATH": "/usr/bin:/bin:/usr/local/bin",
    }
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True, env=environment)


def commit(folder: Path, day: str, **pages: str) -> None:
    for name, text in pages.items():
        file = folder / "docs" / "questions" / f"{name}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    git(folder, "add", "-A")
    git(folder, "commit", "-m", f"{day} id: not-a-question", day=day)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    git(tmp_path, "init", "-b", "main")
    commit(tmp_path, "2026-01-01", a=PAGE.format(id="one"), b=PAGE.format(id="two"))
    commit(tmp_path, "2026-02-01", b=PAGE.format(id="two") + "\x012026-09-09\n+id: in-text\n" + PAGE.format(id="three"))
    commit(tmp_path, "2026-03-01", a=PAGE.format(id="one") + "\nMore.\n")
    return tmp_path


def test_pages_changed_with_their_last_commit_and_questions_came_with_their_first(repository: Path) -> None:
    history = read_history(repository / "docs")
    assert history.changed == {"questions/a.md": date(2026, 3, 1), "questions/b.md": date(2026, 2, 1)}
    assert history.born == {"one": date(2026, 1, 1), "two": date(2026, 1, 1), "three": date(2026, 2, 1)}


def test_a_question_that_moves_keeps_its_day(repository: Path) -> None:
    commit(repository, "2026-04-01", a="# T\n", c=PAGE.format(id="one"))
    history = read_history(repository / "docs")
    assert history.born["one"] == date(2026, 1, 1)
    assert history.changed["questions/c.md"] == date(2026, 4, 1)


def test_without_a_whole_history_there_is_none(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    bare = tmp_path_factory.mktemp("bare")
    assert read_history(bare) == History()
    git(bare, "clone", "--depth", "1", repository.as_uri(), "copy")
    assert read_history(bare / "copy" / "docs") == History(), "a cut history would date every page alike"
