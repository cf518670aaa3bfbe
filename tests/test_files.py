"""What may lie in `docs/`: the rule that judges names and kinds of files, not texts."""

from __future__ import annotations

from pathlib import Path

import lint
import pytest
from bank.library import DOCS, load_bank
from bank.parse import parse
from bank.rules import check, check_files

GOOD = ["index.md", "questions/c/topic-2.md", "assets/page.png", "questions/c/figures/roc.svg", "c/figures/roc.py"]
BAD = [
    "page.html",
    "assets/site.js",
    "questions/c/Topic.md",
    "questions/c/a b.md",
    "questions/c/_draft.md",
    "notes.txt",
    "page.markdown",
    "assets/picture.svg",
    "figures/roc.png.exe",
    "x</script>.md",
    ".env",
]


@pytest.mark.parametrize("name", BAD)
def test_what_would_be_published_unseen_is_named_and_taking_it_out_is_enough(name: str, tmp_path: Path) -> None:
    for path in [*GOOD, name]:
        file = tmp_path / path.replace("</", "<")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("x", encoding="utf-8")
    name = name.replace("</", "<")
    found = check_files(tmp_path)
    assert [(problem.path, problem.line, problem.code) for problem in found] == [(name, 1, "Q091")]
    (tmp_path / name).unlink()
    assert check_files(tmp_path) == []


def test_a_link_to_another_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "page.md").symlink_to("/etc/hostname")
    (tmp_path / "folder").symlink_to("/etc")
    assert [problem.path for problem in check_files(tmp_path)] == ["folder", "page.md"]


def test_a_page_with_a_name_that_is_no_address() -> None:
    page = parse("# T\n\nD.\n", "about/Über uns.md")
    assert "Q091" in {problem.code for problem in check(page, load_bank())}


def test_the_real_folder_is_clean_and_lint_looks_at_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check_files(DOCS) == []
    monkeypatch.setattr(lint, "DOCS", tmp_path)
    (tmp_path / "x.js").write_text("tripwire()", encoding="utf-8")
    assert lint.main([]) == 1
    assert "x.js:1: Q091 docs/ holds pages (.md)" in capsys.readouterr().out


def test_a_page_that_the_menu_lacks_is_named_and_a_line_there_is_enough(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "new.md").write_text("# New\n\nA page.\n", encoding="utf-8")
    menu = tmp_path / "mkdocs.yml"
    menu.write_text("nav:\n  - Home: index.md\n  # - New: new.md\n", encoding="utf-8")
    bank = load_bank(tmp_path / "docs")
    found = [(problem.code, problem.line) for problem in check(bank.pages["new.md"], bank)]
    assert found == [("Q093", 1)]
    menu.write_text("nav:\n  - Home: index.md\n  - New: new.md\n", encoding="utf-8")
    assert check(bank.pages["new.md"], bank) == []


def test_every_page_of_the_menu_has_a_title_of_its_own() -> None:
    """A title that a generator takes from the page is not escaped everywhere."""
    lines = (DOCS.parent / "mkdocs.yml").read_text(encoding="utf-8").split("nav:")[1].split("\n\n")[0].split("\n")
    assert [
        line for line in lines if line.strip() and not line.strip().startswith("#") and ": " not in line + " "
    ] == []
