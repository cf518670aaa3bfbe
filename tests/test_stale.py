"""Which pages an edit makes stale while the site is served."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from types import ModuleType

import pytest
from bank.library import Bank, load_bank
from bank.parse import parse
from publish import stale

PAGE = "questions/coding/sql-basics.md"
Edit = Callable[[str, str], Bank]


@pytest.fixture
def watch() -> ModuleType:
    """The module as it is after a first build."""
    fresh = importlib.reload(stale)
    first = fresh.look(load_bank())
    assert first.pages == set(load_bank().pages) and first.of_data
    assert fresh.accept()
    return fresh


@pytest.fixture
def edit() -> Edit:
    def replaced(old: str, new: str, path: str = PAGE) -> Bank:
        bank = load_bank()
        text = bank.pages[path].text
        assert old in text
        return bank.with_page(parse(text.replace(old, new, 1), path))

    return replaced


def test_nothing_is_stale_without_an_edit(watch: ModuleType) -> None:
    assert watch.look(load_bank()) == watch.Change(frozenset(), False)


def test_the_body_of_an_answer_touches_its_page_alone(watch: ModuleType, edit: Edit) -> None:
    change = watch.look(edit("\n#### Common mistakes\n", "\n#### Common mistakes\n\n- Zebras.\n"))
    assert change == watch.Change(frozenset({PAGE}), False)
    assert not watch.accept()
    assert watch.look(edit("\n#### Common mistakes\n", "\n#### Common mistakes\n\n- Zebras.\n")).pages == set()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\n### ", "\n### Zebras: "),
        ("short: ", "short: Z"),
    ],
)
def test_what_lists_and_data_say_touches_all_pages_that_may_hold_lists(
    watch: ModuleType, edit: Edit, old: str, new: str
) -> None:
    change = watch.look(edit(old, new))
    assert change.of_data
    assert {PAGE, "index.md", "questions/index.md", "companies/google.md"} <= change.pages
    assert [path for path in change.pages if path.startswith("questions/") and path.count("/") > 1] == [PAGE]


@pytest.mark.parametrize(
    ("old", "new"),
    [("\n#### Answer\n\n", "\n#### Answer\n\nZebras. "), ("\n#### Key points\n\n- ", "\n#### Key points\n\n- Zebras ")],
)
def test_how_an_answer_begins_touches_its_page_the_sample_and_the_data(
    watch: ModuleType, edit: Edit, old: str, new: str
) -> None:
    assert watch.look(edit(old, new)) == watch.Change(frozenset({PAGE, "index.md"}), True)


def test_a_new_page_is_stale(watch: ModuleType) -> None:
    change = watch.look(load_bank().with_page(parse("# New\n\nWords.\n", "guide/new.md")))
    assert "guide/new.md" in change.pages and change.of_data
