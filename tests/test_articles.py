"""The two articles that the site grew from: each of their questions is answered, each of their errors corrected.

`data/article_questions.csv` and `data/article_errors.csv` name the question, page or claim for every reference.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator

import pytest
from bank.errata import PATH as ERRATA
from bank.errata import read_claims
from bank.library import ROOT, Bank, load_bank

DATA = ROOT / "tests" / "data"


def rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


@pytest.fixture(scope="module")
def bank() -> Bank:
    return load_bank()


def test_every_question_of_the_articles_is_answered(bank: Bank) -> None:
    found = list(rows("article_questions.csv"))
    wanted = [f"S0-{n:02}" for n in range(1, 24)] + [f"S1-{n:02}" for n in range(1, 71)]
    assert [row["reference"] for row in found] == wanted
    for row in found:
        target = row["target"]
        if target.endswith(".md"):
            assert row["question"].startswith("Section: "), f"{row['reference']}: a question is answered by a question"
            assert target in bank.pages, row
        else:
            assert all(question.answered for _, question in bank.places[target]), row


def test_the_71_distinct_questions_have_a_quick_check_each(bank: Bank) -> None:
    targets = {row["target"] for row in rows("article_questions.csv") if not row["target"].endswith(".md")}
    assert len(targets) == 71
    for target in targets:
        ((_, question),) = bank.places[target]
        assert question.quiz, target
        assert all(option.reason for option in question.quiz.options), target


def test_every_grave_error_of_the_articles_is_corrected(bank: Bank) -> None:
    """88 errors of severity A and B; what is about a company or the market is answered by a page instead."""
    found = list(rows("article_errors.csv"))
    claims = {claim.slug for claim in read_claims(bank.pages[ERRATA])}
    assert len({row["reference"] for row in found}) == 88
    for row in found:
        assert row["target"] in (bank.pages if row["target"].endswith(".md") else claims), row
    corrected = {row["target"] for row in found if not row["target"].endswith(".md")}
    assert claims == corrected, "a claim that no article makes has its place on the page of its question"
