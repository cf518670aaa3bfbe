"""The command that checks one page: it runs what the page holds, and nothing else."""

from __future__ import annotations

import subprocess
from pathlib import Path

import check_page
import pytest
from bank.library import DOCS

PAGE = DOCS / "questions" / "coding" / "sql-basics.md"


@pytest.mark.parametrize(("failing", "status"), [("", 0), ("lint.py", 1), ("pytest", 1)])
def test_every_check_counts(failing: str, status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[str] = []

    def run(command: list[str], **settings: object) -> subprocess.CompletedProcess[str]:
        ran.append(" ".join(command[1:]))
        return subprocess.CompletedProcess(command, int(bool(failing) and failing in ran[-1]))

    monkeypatch.setattr(subprocess, "run", run)
    assert check_page.main([str(PAGE)]) == status
    assert any("lint.py" in command and str(PAGE) in command for command in ran)
    assert any("-m pytest" in command and "test_sql_basics.py" in command for command in ran)


def test_what_is_no_page_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check_page.main([str(tmp_path / "page.md")]) == 2
    assert "is no page below docs/" in capsys.readouterr().err
