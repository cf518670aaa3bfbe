"""All pages checked by several processes: the same verdicts as by one."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from bank import crew
from bank.library import DOCS, bank_of
from bank.report import judge
from bank.rules import advise, check


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """The real pages, one of which is spoilt: it takes another page's id and links to what is not there."""
    shutil.copytree(DOCS, tmp_path / "docs")
    page = tmp_path / "docs" / "questions" / "coding" / "programming-basics.md"
    text = page.read_text(encoding="utf-8").replace("id: static-vs-dynamic-typing", "id: bayes-theorem")
    page.write_text(f"{text}\n- [x](../statistics/averages-and-association.md#none)\n", encoding="utf-8")
    return tmp_path / "docs"


def test_several_processes_say_what_one_says(docs: Path) -> None:
    alone = crew.check_all(docs, 1)
    assert crew.check_all(docs, 3) == alone
    codes = {problem.code for verdict in alone for problem in verdict.problems}
    assert {"Q007", "Q071"} <= codes


def test_an_outline_holds_all_that_other_pages_ask_for(docs: Path) -> None:
    pages = {page.path: page for page in (crew.read_page(docs, file) for file in docs.rglob("*.md"))}
    outlines = {path: crew.outline(page) for path, page in pages.items()}
    whole = bank_of(docs, pages)
    for path, page in pages.items():
        outlined = bank_of(docs, {**outlines, path: page})
        assert judge(page, check(page, whole), advise(page, whole)) == judge(
            page, check(page, outlined), advise(page, outlined)
        )
    assert max(len(outline.text) for path, outline in outlines.items() if not path.startswith("companies/")) == 0


def test_a_process_that_dies_is_reported_and_not_waited_for(docs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parent = os.getpid()
    real = crew.read_page

    def read(folder: Path, file: Path):
        if os.getpid() != parent:
            os._exit(3)
        return real(folder, file)

    monkeypatch.setattr(crew, "read_page", read)
    with pytest.raises(RuntimeError, match="status 3"):
        crew.check_all(docs, 2)
