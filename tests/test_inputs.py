"""What the pages are made from: a page gets another name exactly when something of it has changed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from bank.library import Bank, load_bank
from bank.parse import parse
from publish.inputs import page_names, read_inputs

PAGE = "questions/coding/sql-basics.md"
OTHER = "questions/coding/programming-basics.md"
Changed = Callable[[Bank], set[str]]


def edited(old: str, new: str, path: str = PAGE) -> Bank:
    bank = load_bank()
    text = bank.pages[path].text
    assert old in text
    return bank.with_page(parse(text.replace(old, new, 1), path))


def changed(bank: Bank) -> set[str]:
    """The pages that have another name than in the bank as it is on disk."""
    before = page_names(read_inputs(load_bank()), load_bank())
    return {path for path, name in page_names(read_inputs(bank), bank).items() if before.get(path) != name}


def question_pages(paths: set[str]) -> set[str]:
    return {path for path in paths if load_bank().pages[path].holds_questions}


def test_without_an_edit_all_names_stay() -> None:
    assert not changed(edited("\n#### Key points\n", "\n#### Key points\n"))
    names = page_names(read_inputs(load_bank()), load_bank())
    assert len(set(names.values())) == len(names), "and no two pages share one"


def test_the_body_of_an_answer_renames_its_page_and_those_that_count() -> None:
    paths = changed(edited("\n#### Common mistakes\n", "\n#### Common mistakes\n\n- Zebras.\n"))
    assert question_pages(paths) == {PAGE}
    assert "about/ledger.md" in paths


@pytest.mark.parametrize(("old", "new"), [("\n### ", "\n### Zebras: "), ("short: ", "short: Z"), ("id: ", "id: z")])
def test_what_other_pages_are_checked_against_renames_them(old: str, new: str) -> None:
    assert changed(edited(old, new)) == set(load_bank().pages)


@pytest.mark.parametrize("name", ["GITHUB_REPOSITORY", "SITE_URL", "SOURCE_DATE_EPOCH"])
def test_the_environment_that_pages_show_renames_them(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    bank = load_bank()
    before = page_names(read_inputs(bank), bank)
    monkeypatch.setenv(name, "1")
    after = page_names(read_inputs(bank), bank)
    assert not set(before.values()) & set(after.values())


def test_a_commit_renames_the_pages_that_show_dates(monkeypatch: pytest.MonkeyPatch) -> None:
    bank = load_bank()
    before = page_names(read_inputs(bank), bank)
    monkeypatch.setattr("publish.inputs.read_head", lambda docs: "false\nanother")
    after = page_names(read_inputs(bank), bank)
    assert {path for path in before if before[path] != after[path]} == {
        path for path, page in bank.pages.items() if not page.holds_questions
    }
