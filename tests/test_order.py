"""The order of study: core first, weighty categories more often, what others refer to first."""

from __future__ import annotations

from dataclasses import replace

from bank.library import Bank, Role, load_bank
from bank.order import study_order
from bank.parse import parse

QUESTION = "### {id}?\n\n<!--\nid: {id}\nlevel: beginner\nshort: s\ntopics: t\n{core}-->\n\n#### Answer\n\n{text}\n\n"


def page_of(category: str, *questions: tuple[str, bool, str]) -> dict:
    path = f"questions/{category}/p.md"
    texts = (QUESTION.format(id=name, core="core: yes\n" if core else "", text=text) for name, core, text in questions)
    return {path: parse("# T\n\nD.\n\n## G\n\n" + "".join(texts), path)}


def bank_of(**categories: tuple) -> Bank:
    pages = {}
    for name, questions in categories.items():
        pages |= page_of(name, *questions)
    roles = {"r": Role("r", "R", "Does.", {"coding": 5})}
    return replace(load_bank(), pages=pages, roles=roles)


def ids(bank: Bank) -> list[str]:
    return [question.id for _, question in study_order(bank)]


def test_core_comes_first_and_weight_decides_the_turns() -> None:
    coding = [(f"c{n}", n < 4, "x") for n in range(5)]
    statistics = [(f"s{n}", n < 2, "x") for n in range(3)]
    # seats by weights 6 and 1: 6, 2, 1.2, 0.86 for coding against 1 and 0.33 for statistics
    assert ids(bank_of(coding=coding, statistics=statistics)) == ["c0", "c1", "c2", "s0", "c3", "s1", "c4", "s2"]


def test_what_others_refer_to_comes_first() -> None:
    linked = [("a", True, "[x](#b)"), ("b", True, "[x](#c) [y](p.md#c-a)"), ("c", True, "[z](https://example.org/#a)")]
    bank = bank_of(coding=linked)
    assert bank.references == {"b": 1, "c": 2}
    assert ids(bank) == ["c", "b", "a"]


def test_every_question_of_the_site_comes_once() -> None:
    bank = load_bank()
    ordered = study_order(bank)
    assert sorted(question.id for _, question in ordered) == sorted(question.id for _, question in bank.questions)
    core = [question.core for _, question in ordered]
    assert core == sorted(core, reverse=True)
