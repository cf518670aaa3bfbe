"""Markers, the lists in their place, and the plan of study."""

from __future__ import annotations

from dataclasses import replace
from xml.etree.ElementTree import Element

import pytest
from bank.library import Role, load_bank
from bank.marker import find_markers
from bank.parse import parse
from bank.render.context import Context, number
from bank.render.lists import render_marker, wanted_questions
from bank.render.plan import MOST_A_DAY, MOST_A_SHORT_DAY, MOST_AN_HOUR, plan_days, plan_hours
from markdown import Markdown


def test_lists_are_what_markers_ask_for() -> None:
    bank = load_bank()
    every = [question.id for _, question in wanted_questions(bank, "all")]
    assert every == [question.id for _, question in bank.questions]
    assert len(every) == len(set(every))
    assert all(question.core for _, question in wanted_questions(bank, "core"))
    assert all(
        "evaluation" in question.values("topics") for _, question in wanted_questions(bank, "topic", "evaluation")
    )
    assert {page.category for page, _ in wanted_questions(bank, "category", "coding")} == {"coding"}
    assert wanted_questions(bank, "company", "nobody") == []
    assert wanted_questions(bank, "nothing") == []


def test_markers_are_found_where_no_questions_are() -> None:
    text = "# T\n\nD.\n\n<!-- questions: company: acme -->\n\n<!-- start -->\n\n<!-- just a note -->\n"
    assert [(m.kind, m.wanted) for m in find_markers(parse(text, "a.md"))] == [
        ("questions", ("company", "acme")),
        ("start", ("", "")),
    ]
    assert find_markers(parse(text, "questions/coding/a.md")) == ()


@pytest.mark.parametrize(("count", "text"), [(1, "1 category"), (2, "2 categories"), (0, "0 categories")])
def test_numbers_agree_with_their_noun(count: int, text: str) -> None:
    assert number(count, "category") == text


def test_every_folder_of_questions_is_a_category() -> None:
    bank = load_bank()
    assert {page.category for page in bank.pages.values() if page.holds_questions} <= set(bank.categories)
    assert len(bank.categories) == 18


def test_a_plan_brings_core_questions_first_and_rests_on_review_days() -> None:
    bank = load_bank()
    plan = plan_days(bank, 28)
    assert len(plan) == 28
    assert [day + 1 for day in range(28) if not plan[day]][-3:] == [26, 27, 28]
    assert plan[6] == plan[13] == plan[20] == []
    flat = [question for day in plan for _, question in day]
    assert [question.core for question in flat] == sorted((question.core for question in flat), reverse=True)
    sizes = [len(day) for number, day in enumerate(plan, 1) if number % 7 and number < 26]
    assert len({question.id for question in flat}) == len(flat) == min(len(bank.questions), MOST_A_DAY * len(sizes))
    assert max(sizes) - min(sizes) <= 1, "no day is empty while another is full"


def test_a_short_plan_takes_what_fits() -> None:
    bank = load_bank()
    assert [len(day) for day in plan_days(bank, 1)] == [MOST_A_SHORT_DAY]
    assert all(question.core for day in plan_days(bank, 1) for _, question in day)
    week = plan_days(bank, 7)
    assert [bool(day) for day in week] == [True] * 6 + [False]
    assert max(map(len, week)) <= MOST_A_SHORT_DAY


def test_an_evening_ends_with_what_went_wrong() -> None:
    bank = load_bank()
    plan = plan_hours(bank, 3)
    assert [len(hour) for hour in plan] == [MOST_AN_HOUR, MOST_AN_HOUR, 0]
    assert all(question.core for hour in plan for _, question in hour)
    assert [len(hour) for hour in plan_hours(bank, 1)] == [MOST_AN_HOUR]
    assert len({page.category for page, _ in plan[0]}) == MOST_AN_HOUR, "categories take turns"


def test_a_plan_of_no_days_is_empty() -> None:
    assert plan_days(load_bank(), 0) == []


def test_roles_weigh_categories_that_exist() -> None:
    bank = load_bank()
    assert {folder for role in bank.roles.values() for folder in role.weights} == set(bank.categories)
    assert all(1 <= weight <= 5 for role in bank.roles.values() for weight in role.weights.values())
    weights = {"a": 1, "b": 5, "c": 5}
    assert Role("r", "R", "Does.", weights).heaviest == ["b", "c", "a"]


def test_a_folder_that_the_list_lacks_loses_no_question() -> None:
    """Another test keeps the list whole; until it is, the index shows the folder's own name."""
    bank = replace(load_bank(), categories={})
    context = Context(Markdown(), bank.pages["questions/index.md"], bank, "")
    root = Element("div")
    (marker,) = find_markers(context.page)
    render_marker(root, marker, context)
    assert [row.get("data-question") for row in root.iter("li")] == [question.id for _, question in bank.questions]
    assert "ml-fundamentals" in [heading.text for heading in root.iter("h2")]
