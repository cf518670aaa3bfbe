"""A quick check in a real browser: by keyboard alone, right, wrong and several, remembered by what it says."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from bank.library import load_bank
from playwright.sync_api import Locator, Page
from readers_log import IN_ORDER
from sites import TOPIC
from waiting import until

Open = Callable[..., Page]
QUESTION = load_bank().pages["questions/ml-fundamentals/learning-from-data.md"].questions[0]
QUIZ = QUESTION.quiz
assert QUIZ is not None
RIGHT = next(i for i, option in enumerate(QUIZ.options) if option.right)
WRONG = next(i for i, option in enumerate(QUIZ.options) if not option.right)


def quiz(page: Page) -> Locator:
    return page.locator(f".quiz[data-question='{QUESTION.id}']")


def test_by_keyboard_alone(new_page: Open) -> None:
    page = new_page(f"{TOPIC}#{QUESTION.id}-a")
    box = quiz(page)
    box.locator("input").first.focus()
    page.keyboard.press("Space")
    for _ in range(RIGHT):
        page.keyboard.press("ArrowDown")
    assert box.locator("input").nth(RIGHT).is_checked()
    assert box.locator(".quiz-result").inner_text() == "", "choosing is not answering"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert box.locator(".quiz-result").inner_text() == "Right."
    assert box.locator(".option[data-shown]").count() == 1


def test_a_wrong_answer_shows_two_reasons_in_words(new_page: Open) -> None:
    page = new_page(f"{TOPIC}#{QUESTION.id}-a")
    box = quiz(page)
    box.locator("label").nth(WRONG).click()
    assert box.locator(".why-body").nth(WRONG).is_hidden()
    box.locator(".quiz-check").click()
    for index, word in ((WRONG, "Wrong"), (RIGHT, "Right")):
        assert box.locator(".option").nth(index).locator(".verdict").inner_text().strip().endswith(word)
        assert box.locator(".why-body").nth(index).is_visible()
    assert box.locator(".option[data-shown]").count() == 2
    assert box.locator("[role=status]").inner_text().startswith("Not quite")
    box.locator("label").nth(RIGHT).click()
    assert box.locator(".option[data-shown]").count() == 0, "another choice is another try"


def test_nothing_chosen(new_page: Open) -> None:
    page = new_page(f"{TOPIC}#{QUESTION.id}-a")
    quiz(page).locator(".quiz-check").click()
    assert quiz(page).locator(".quiz-result").inner_text() == "Choose an option first."
    assert page.evaluate(IN_ORDER) == []


def test_the_log_holds_hashes_and_survives_a_reload(new_page: Open) -> None:
    page = new_page(f"{TOPIC}#{QUESTION.id}-a")
    quiz(page).locator("label").nth(WRONG).click()
    quiz(page).locator(".quiz-check").click()
    until(page, f"({IN_ORDER})().then(all => all.length === 1)")
    (event,) = page.evaluate(IN_ORDER)
    assert event["kind"] == "quiz"
    assert event["question"] == QUESTION.id
    assert event["item"] == QUIZ.key
    assert event["chosen"] == [QUIZ.options[WRONG].key]
    assert event["right"] is False
    assert set(event) == {"id", "at", "day", "kind", "question", "item", "chosen", "right"}
    page.reload()
    result = quiz(page).locator(".quiz-result")
    result.filter(has_text="Last time").wait_for()
    assert result.inner_text().endswith("wrong.")
    assert quiz(page).locator(".option[data-shown]").count() == 0, "the key is not given away"


def test_a_changed_item_is_not_the_answered_one(new_page: Open) -> None:
    page = new_page(f"{TOPIC}#{QUESTION.id}-a")
    quiz(page).locator("label").nth(RIGHT).click()
    quiz(page).locator(".quiz-check").click()
    until(page, f"({IN_ORDER})().then(all => all.length === 1)")
    page.route("**/learning-from-data/*", lambda route: reword(route))
    page.reload()
    quiz(page).locator(".quiz-result").filter(has_text="changed since").wait_for()


def reword(route) -> None:
    answer = route.fetch()
    route.fulfill(response=answer, body=answer.text().replace(QUIZ.key, "0" * 12))


def test_a_blocked_store_is_said_and_loses_nothing_else(new_page: Open) -> None:
    page = new_page()
    page.add_init_script("IDBFactory.prototype.open = () => { throw new DOMException('blocked', 'SecurityError') }")
    page.goto(page.url + f"{TOPIC}#{QUESTION.id}-a")
    quiz(page).locator("label").nth(RIGHT).click()
    quiz(page).locator(".quiz-check").click()
    quiz(page).locator(".quiz-result").filter(has_text="does not let the site remember").wait_for()
    assert quiz(page).locator(".option[data-shown]").count() == 1


@pytest.mark.parametrize(
    ("moment", "zone", "day"),
    [
        ("2026-03-01T03:59:00", "America/Los_Angeles", "2026-02-28"),
        ("2026-03-01T04:00:00", "America/Los_Angeles", "2026-03-01"),
        ("2026-01-01T00:30:00", "Asia/Tokyo", "2025-12-31"),
    ],
)
def test_a_study_day_begins_at_four(new_page: Open, moment: str, zone: str, day: str) -> None:
    page = new_page(f"{TOPIC}#{QUESTION.id}-a", timezone_id=zone)
    page.evaluate(f"""() => {{
        const real = Date
        globalThis.Date = class extends real {{
            constructor(...given) {{ super(...(given.length ? given : [{json.dumps(moment)}])) }}
        }}
    }}""")
    quiz(page).locator("label").nth(RIGHT).click()
    quiz(page).locator(".quiz-check").click()
    until(page, f"({IN_ORDER})().then(all => all.length === 1)")
    assert page.evaluate(IN_ORDER)[0]["day"] == day


def test_several_right_answers_are_counted(new_page: Open) -> None:
    """No page has such an item yet, so one is made in place of the options of the first."""
    page = new_page()
    page.route("**/learning-from-data/*", lambda route: choose_all(route))
    page.goto(page.url + f"{TOPIC}#{QUESTION.id}-a")
    box = quiz(page)
    box.locator("label").nth(RIGHT).click()
    box.locator(".quiz-check").click()
    assert box.locator(".quiz-result").inner_text() == "Not quite: 1 of 2 right answers, 0 wrong."
    box.locator("label").nth(WRONG).click()
    box.locator(".quiz-check").click()
    assert box.locator(".quiz-result").inner_text() == "Right."


def choose_all(route) -> None:
    answer = route.fetch()
    key = QUIZ.options[WRONG].key
    text = re.sub(r'type="?radio"?', "type=checkbox", answer.text())
    text, changed = re.subn(rf'(data-option="?{key}"?)', r"\1 data-right", text)
    assert changed == 1
    route.fulfill(response=answer, body=text)
