"""What readers mark, in a real browser: grades, marks wherever questions are named, tabs, blocked and full stores."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from bank.library import load_bank
from playwright.sync_api import Page
from readers_log import IN_ORDER, PUT, VERSION
from sites import TOPIC
from waiting import until

Open = Callable[..., Page]
ID = "overfitting"
OTHER = "regularization"
COUNT = len(load_bank().pages[f"{TOPIC.removesuffix('/')}.md"].questions)


def grade(page: Page, question: str, word: str) -> None:
    page.locator(f"[id='{question}-a'] .grade button", has_text=word).click()


def mark(page: Page, question: str) -> str:
    return page.locator(f".q[data-question='{question}']").get_attribute("data-mark") or ""


def stored(page: Page, count: int) -> list[dict[str, Any]]:
    until(page, f"({IN_ORDER})().then(all => all.length === {count})")
    return page.evaluate(IN_ORDER)


def test_a_grade_is_kept_and_shown_everywhere(new_page: Open) -> None:
    page = new_page(f"{TOPIC}#{ID}-a")
    grade(page, ID, "Good")
    (event,) = stored(page, 1)
    assert {name: event[name] for name in ("kind", "question", "grade")} == {
        "kind": "review",
        "question": ID,
        "grade": 3,
    }
    assert set(event) == {"id", "at", "day", "kind", "question", "grade"}
    page.reload()
    page.locator(f".q[data-question='{ID}'][data-mark=known]").wait_for()
    assert page.locator(".bar-said").inner_text() == f"{COUNT} questions · 1 known, 0 shaky"
    assert page.locator(".bar progress").evaluate("e => e.value") == 1
    assert page.locator(f".md-sidebar--secondary a[href='#{ID}']").get_attribute("data-mark") == "known"
    assert "Known" in page.locator(f".q[data-question='{ID}'] .mark-words").inner_text()
    page.goto(page.url.split("/questions/")[0] + "/questions/")
    page.locator(f".list > li[data-question='{ID}'][data-mark=known]").wait_for()
    page.locator("label", has_text="Known").click()
    page.locator("output", has_text="1 of").wait_for()


def test_the_last_grade_of_a_day_counts(new_page: Open) -> None:
    page = new_page(f"{TOPIC}#{ID}-a")
    for word, state in (("Easy", "known"), ("Again", "shaky"), ("Hard", "shaky"), ("Good", "known")):
        grade(page, ID, word)
        page.locator(f".q[data-question='{ID}'][data-mark={state}]").wait_for()
        pressed = page.locator(f"[id='{ID}-a'] .grade [aria-pressed=true]")
        pressed.filter(has_text=word).wait_for()
        assert pressed.count() == 1
    events = stored(page, 4)
    assert [event["grade"] for event in events] == [4, 1, 2, 3]
    assert len({event["at"] for event in events}) == 4, "no two of a tab at the same moment"


def test_yesterdays_grade_is_said_and_not_pressed(new_page: Open) -> None:
    page = new_page(TOPIC)
    event = {"id": "x", "at": 1700000000, "day": "2023-11-14", "kind": "review", "question": ID, "grade": 2}
    page.evaluate(PUT, [[event], VERSION])
    page.reload()
    page.locator(f".q[data-question='{ID}'] > .q-a > summary").click()
    page.locator(".grade-said", has_text="2023: Hard.").wait_for()
    assert page.locator(".grade [aria-pressed=true]").count() == 0


def test_saved_for_later(new_page: Open) -> None:
    page = new_page(f"{TOPIC}#{ID}-a")
    grade(page, ID, "Save for later")
    page.locator(".grade [data-save][aria-pressed=true]", has_text="Saved").wait_for()
    page.goto(page.url.split("/questions/")[0] + "/questions/?status=saved")
    page.locator("output", has_text="1 of").wait_for()
    assert page.locator(".list > li:visible").get_attribute("data-question") == ID
    page.goto(page.url.split("?")[0].replace("/questions/", f"/{TOPIC}") + f"#{ID}-a")
    page.locator(".grade [data-save][aria-pressed=true]").click()
    page.locator(".grade [data-save][aria-pressed=false]").wait_for()
    assert [event["value"] for event in stored(page, 2)] == [True, False]


def test_two_tabs_lose_nothing_and_tell_each_other(new_page: Open) -> None:
    one = new_page(f"{TOPIC}#{ID}-a")
    two = one.context.new_page()
    two.goto(one.url.split("#")[0] + f"#{OTHER}-a")
    many = "([box, times]) => { for (let i = 0; i < times; i++) document.querySelector(box).click() }"
    for page, question in ((one, ID), (two, OTHER)):
        page.locator(f"[id='{question}-a'] .grade").wait_for()
    for page, question in ((one, ID), (two, OTHER)):
        page.evaluate(many, [f"[id='{question}-a'] .grade [data-grade='3']", 50])
    events = stored(one, 100)
    assert [sum(event["question"] == name for event in events) for name in (ID, OTHER)] == [50, 50]
    assert all(len({event["at"] for event in events if event["question"] == name}) == 50 for name in (ID, OTHER))
    for page in (one, two):
        for question in (ID, OTHER):
            page.locator(f".q[data-question='{question}'][data-mark=known]").wait_for()
    grade(one, ID, "Again")
    two.locator(f".q[data-question='{ID}'][data-mark=shaky]").wait_for()


@pytest.mark.parametrize(
    ("error", "words"), [("SecurityError", "does not let the site remember"), ("QuotaExceededError", "no room left")]
)
def test_what_cannot_be_stored_is_said_and_lasts_while_the_page_is_open(new_page: Open, error: str, words: str) -> None:
    page = new_page()
    where = "IDBFactory.prototype.open" if error == "SecurityError" else "IDBObjectStore.prototype.add"
    page.add_init_script(f"{where} = () => {{ throw new DOMException('no', '{error}') }}")
    page.goto(page.url + f"{TOPIC}#{ID}-a")
    grade(page, ID, "Good")
    page.locator(".grade-said", has_text=words).wait_for()
    page.locator(f".q[data-question='{ID}'][data-mark=known]").wait_for()
    page.reload()
    page.wait_for_timeout(200)
    assert mark(page, ID) == ""


def test_rows_that_are_no_events_and_unknown_kinds_stay_and_disturb_nothing(new_page: Open) -> None:
    page = new_page(TOPIC)
    rows: list[dict[str, Any]] = [
        {"id": "a"},
        {"id": "b", "at": "soon", "kind": "review", "question": ID, "grade": 4},
        {"id": "c", "at": 1, "day": "1970-01-01", "kind": "hologram", "question": ID, "depth": 3},
        {"id": "d", "at": 2, "day": "1970-01-01", "kind": "review", "question": ID, "grade": 9},
        {"id": "e", "at": 3, "day": "1970-01-01", "kind": "state", "question": ID, "field": "color", "value": "red"},
        {"id": "f", "at": 4, "day": "1970-01-01", "kind": "review", "question": "__proto__", "grade": 4},
        {"id": "g", "at": 5, "day": "1970-01-01", "kind": "review", "question": OTHER, "grade": 1},
    ]
    page.evaluate(PUT, [rows, VERSION])
    page.reload()
    page.locator(f".q[data-question='{OTHER}'][data-mark=shaky]").wait_for()
    assert mark(page, ID) == ""
    page.locator(f".q[data-question='{ID}'] > .q-a > summary").click()
    grade(page, ID, "Easy")
    events = stored(page, len(rows) + 1)
    assert [row for row in sorted(events, key=lambda row: row["id"]) if row in rows] == rows


def test_a_newer_database_is_read_and_not_written(new_page: Open) -> None:
    page = new_page(f"{TOPIC}#{ID}-a")
    stored(page, 0)
    page.goto(page.url.replace(f"{TOPIC}#{ID}-a", "about/decisions/"))
    page.evaluate("""() => new Promise(resolve => {
        const request = indexedDB.open('precision-and-recall', 7)
        request.onupgradeneeded = () => request.transaction.objectStore('events')
            .put({ id: 'n', at: 5, day: '2030-01-01', kind: 'review', question: 'overfitting', grade: 4 })
        request.onsuccess = () => { request.result.close(); resolve() }
    })""")
    page.goto(page.url.replace("about/decisions/", f"{TOPIC}#{OTHER}-a"))
    page.locator(f".q[data-question='{ID}'][data-mark=known]").wait_for()
    grade(page, OTHER, "Good")
    page.locator(".grade-said", has_text="newer version").wait_for()
    assert len(stored(page, 1)) == 1


def test_the_page_switch(new_page: Open) -> None:
    page = new_page(TOPIC)
    page.locator("[data-view=short]").click()
    assert page.locator("details.q-a[open]").count() == COUNT
    assert page.locator(".q-short").first.is_visible()
    assert page.locator(".q-full").first.is_hidden()
    page.locator("[data-view=full]").click()
    assert page.locator(".q-full").first.is_visible()
    page.locator("[data-view=hide]").click()
    assert page.locator("details.q-a[open]").count() == 0
    assert page.locator(".bar-views [aria-pressed=true]").inner_text() == "Hide"


def test_the_switch_keeps_the_readers_place(new_page: Open) -> None:
    page = new_page(f"{TOPIC}#{OTHER}")
    page.wait_for_timeout(200)
    before = page.locator(f"h3[id='{OTHER}']").evaluate("e => e.getBoundingClientRect().top")
    page.evaluate("document.querySelector('[data-view=full]').click()")
    page.wait_for_timeout(200)
    after = page.locator(f"h3[id='{OTHER}']").evaluate("e => e.getBoundingClientRect().top")
    assert abs(after - before) < 5
    page.mouse.wheel(0, 600)  # into the answer
    page.wait_for_timeout(200)
    page.evaluate("document.querySelector('[data-view=hide]').click()")
    page.wait_for_timeout(200)
    hidden = page.locator(f"h3[id='{OTHER}']").evaluate("e => e.getBoundingClientRect().top")
    assert 0 < hidden < 120, "the heading of the answer that was read, below the header"


def test_without_a_script_there_are_no_dead_buttons(new_page: Open) -> None:
    page = new_page(f"{TOPIC}#{ID}-a", java_script_enabled=False)
    assert page.locator(".bar").is_hidden()
    assert page.locator(".grade").count() == 0
    assert page.locator(".search").is_hidden()
    assert page.locator("[data-scheme-button]").is_hidden()
