"""The bank as read from disk: it follows the files, and knows what is proven where."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from bank.library import load_bank, proof_file, proof_name
from bank.parse import parse

PAGE = "# T\n\nD.\n\n## G\n\n### {}?\n\n<!--\nid: {}\n-->\n"


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    folder = tmp_path / "docs" / "questions" / "games"
    folder.mkdir(parents=True)
    (folder / "coin-tosses.md").write_text(PAGE.format("One", "one"), encoding="utf-8")
    return tmp_path / "docs"


def test_pages_are_read_again_when_they_change(docs: Path) -> None:
    first = load_bank(docs)
    assert load_bank(docs) is first
    assert list(first.places) == ["one"]
    file = docs / "questions" / "games" / "coin-tosses.md"
    file.write_text(PAGE.format("Two", "two"), encoding="utf-8")
    os.utime(file, ns=(1, 1))
    assert list(load_bank(docs).places) == ["two"]


def test_bytes_that_are_no_text_stop_nothing(docs: Path) -> None:
    (docs / "odd.md").write_bytes(b"# T\xff\n")
    assert load_bank(docs).pages["odd.md"].text == "# T\ufffd\n"


def test_a_byte_order_mark_is_no_text(docs: Path) -> None:
    (docs / "marked.md").write_text("# T\n", encoding="utf-8-sig")
    assert load_bank(docs).pages["marked.md"].text == "# T\n"


def test_a_question_is_executed_by_a_fence_or_by_its_proof(docs: Path, tmp_path: Path) -> None:
    bank = replace(load_bank(docs), proofs=tmp_path / "proofs")
    page = bank.pages["questions/games/coin-tosses.md"]
    (question,) = page.questions
    assert not bank.executed(page, question)
    fence = "```python\nprint(1)\n```\n"
    assert bank.executed(page, parse(page.text + fence, page.path).questions[0])
    not_run = fence.replace("python", 'python title="Not run: why"')
    assert not bank.executed(page, parse(page.text + not_run, page.path).questions[0])
    file = proof_file(page, bank.proofs)
    assert (file.parent.name, file.name, proof_name(question)) == ("games", "test_coin_tosses.py", "test_one")
    file.parent.mkdir(parents=True)
    file.write_text("def test_one() -> None:\n    assert True\n", encoding="utf-8")
    assert bank.executed(page, question)
