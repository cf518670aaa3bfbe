"""The command that contributors meet first: what it prints, where, and with which exit status."""

from __future__ import annotations

import shutil
from pathlib import Path

import lint
import pytest
from bank.library import ROOT
from bank.rules import RULES

FIXTURES = ROOT / "tests" / "fixtures"


def test_good_pages(capsys: pytest.CaptureFixture[str]) -> None:
    assert lint.main([str(FIXTURES / "good" / "page.md")]) == 0
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err == "3 questions on 1 page, 2 open, 0 problems, 0 warnings\n"


@pytest.fixture
def bad(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The bad pages beside the figures that they show, outside a workflow."""
    for name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY"):
        monkeypatch.delenv(name, raising=False)
    shutil.copytree(FIXTURES / "bad", tmp_path / "bad")
    shutil.copytree(FIXTURES / "good" / "figures", tmp_path / "bad" / "figures")
    return tmp_path / "bad"


def test_problems_are_lines_on_stdout(bad: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = bad / "Q004-unknown-level.md"
    assert lint.main([str(page)]) == 1
    assert capsys.readouterr().out == f"{page}:86: Q004 unknown level 'intermediat'; did you mean 'intermediate'?\n"


def test_annotations_in_a_workflow(
    bad: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    page = bad / "Q004-unknown-level.md"
    lint.main([str(page)])
    assert f"::error file={page},line=86,title=Q004::" in capsys.readouterr().out


def test_all_problems_in_one_run_sorted(bad: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert lint.main([str(bad)]) == 1
    places = [line.split(": ")[0].rsplit(":", 1) for line in capsys.readouterr().out.split("\n") if line]
    assert places == sorted(places, key=lambda place: (place[0], int(place[1])))
    clean = {"Q007-retired.md"}  # the id is retired in the fixtures' list only
    assert {Path(file).name for file, _ in places} == {file.name for file in bad.glob("*.md")} - clean


def test_warnings_stand_apart_and_stop_nothing(bad: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = bad / "Q100-unexplained.md"
    assert lint.main([str(page), str(bad / "Q004-unknown-level.md")]) == 1
    lines = capsys.readouterr().out.split("\n")
    assert [line.split(" ")[1] for line in lines if line] == ["Q004", "Q100"], "errors first, whatever their path"
    assert lint.main([str(page)]) == 0


def test_the_table_of_a_workflow_run(bad: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    lint.main([str(bad / "Q004-unknown-level.md")])
    assert f"| Q004 | 1 | {RULES['Q004'].meaning} |" in (tmp_path / "summary.md").read_text(encoding="utf-8")


def test_fix_mends_in_place_and_says_so(bad: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = bad / "page.md"
    good = (FIXTURES / "good" / "page.md").read_text(encoding="utf-8")
    page.write_text(good.replace("costs \\$5", "costs $5"), encoding="utf-8")
    assert lint.main(["--fix", str(page)]) == 0
    assert page.read_text(encoding="utf-8") == good
    assert capsys.readouterr().err.startswith(f"fixed {page}:28: Q061 ")
    before = page.stat().st_mtime_ns
    assert lint.main(["--fix", str(page)]) == 0
    assert page.stat().st_mtime_ns == before, "a good page is not written again"


def test_explain(capsys: pytest.CaptureFixture[str]) -> None:
    assert lint.main(["--explain", "q004"]) == 0
    assert RULES["Q004"].meaning in capsys.readouterr().out
    assert lint.main(["--explain", "Q999"]) == 2


@pytest.mark.parametrize("name", ["none.md", "data.csv"])
def test_wrong_usage(name: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "data.csv").write_text("a,b", encoding="utf-8")
    assert lint.main([str(tmp_path / name)]) == 2
    shown = capsys.readouterr()
    assert (shown.out, shown.err) == ("", f"lint: {tmp_path / name} is no folder and no Markdown file\n")
