"""The ledger and what is new: every count against one taken another way."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from xml.etree.ElementTree import Element

import pytest
from bank.history import History
from bank.library import Bank, load_bank
from bank.parse import parse
from bank.render import ledger, news
from bank.render.context import Context
from markdown import Markdown

PAGE = """# Coins *and* dice

D.

## G

### A fair coin?

<!--
id: fair-coin
level: beginner
short: Coin
topics: t
core: yes
-->

#### Answer

Of 1,234 tosses half.

#### Key points

- a

#### Sources

- one
- two

### An open one?

<!--
id: open-one
level: advanced
short: Open
topics: t
-->
"""
PATH = "questions/probability/coins.md"


def context_of(bank: Bank) -> Context:
    return Context(Markdown(), parse("# N\n", "questions/probability/ledger.md"), bank, "")


def small_bank() -> Bank:
    return replace(load_bank(), pages={PATH: parse(PAGE, PATH)})


def cells(root: Element, table: int) -> list[list[str]]:
    found = list(root.iter("table"))[table]
    return [["".join(cell.itertext()) for cell in row] for row in found.iter("tr")]


def test_the_ledger_counts_what_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "read_history", lambda docs: History({PATH: date(2026, 3, 1)}))
    root = Element("div")
    ledger.render_ledger(root, context_of(small_bank()))
    head = [
        "Category",
        "Questions",
        "Beginner",
        "Intermediate",
        "Advanced",
        "Core",
        "Executed",
        "Quick checks",
        "Sources",
    ]
    counts = ["2", "1", "0", "1", "1", "0", "0", "2"]
    assert cells(root, 0) == [head, ["Probability", *counts], ["All", *counts]]
    assert cells(root, 1) == [
        ["Page", "Questions", "Last change"],
        ["Probability: Coins and dice", "2", "2026-03-01"],
    ]
    warnings, opens = root.findall("ul")
    assert "line 19: nothing explains '1,234'" in "".join(warnings.itertext())
    assert [link.get("href") for link in opens.iter("a")] == ["coins.md#open-one"]


def test_the_ledger_of_the_site_adds_up() -> None:
    bank = load_bank()
    root = Element("div")
    ledger.render_ledger(root, context_of(bank))
    _, *rows, total = cells(root, 0)
    columns = zip(*([int(cell.replace(",", "")) for cell in row[1:]] for row in rows), strict=True)
    assert [sum(column) for column in columns] == [int(cell.replace(",", "")) for cell in total[1:]]
    assert int(total[1]) == len(bank.questions) == sum(int(row[1]) for row in cells(root, 1)[1:])
    levels = Counter(str(question.level) for _, question in bank.questions)
    assert [int(cell) for cell in total[2:5]] == [levels[name] for name in ("beginner", "intermediate", "advanced")]


def test_without_a_history_the_ledger_names_no_days(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "read_history", lambda docs: History())
    root = Element("div")
    ledger.render_ledger(root, context_of(small_bank()))
    assert cells(root, 1)[0] == ["Page", "Questions"]


def test_news_name_new_questions_and_changed_pages_by_day(monkeypatch: pytest.MonkeyPatch) -> None:
    days = {"fair-coin": date(2026, 2, 1), "open-one": date(2026, 3, 1), "gone": date(2026, 4, 1)}
    changed = {PATH: date(2026, 5, 1), "questions/gone.md": date(2026, 6, 1)}
    monkeypatch.setattr(news, "read_history", lambda docs: History(changed, days))
    root = Element("div")
    news.render_news(root, context_of(small_bank()))
    texts = {head.text: "".join(rows.itertext()) for head, rows in zip(root.iter("h2"), root.iter("ul"), strict=True)}
    assert texts == {
        "2026-05-01": "Changed: Coins and dice",
        "2026-03-01": "Coins and dice: 1 new question: Open",
        "2026-02-01": "Coins and dice: 1 new question: Coin",
    }
    monkeypatch.setattr(news, "read_history", lambda docs: History())
    empty = Element("div")
    news.render_news(empty, context_of(small_bank()))
    assert "without the history" in "".join(empty.itertext())
