"""The progress page in a real browser: what is due, what would be recalled, how tries went, mocks, the interview; what
was done with ids that are gone; and all of it for a screen reader and on the smallest phone."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from bank.library import ROOT
from fsrs.scheduler import DEFAULT_PARAMETERS
from playwright.sync_api import Page, Route
from readers_log import (
    IDS,
    ONCE,
    PROGRESS,
    TOTAL,
    Open,
    Row,
    event,
    export,
    go,
    later,
    opened,
    part,
    review,
    stored,
    wait_stored,
)
from waiting import until

pytestmark = ONCE

LEARNING, METRICS, STATISTICS = "ML fundamentals", "Data and metrics", "Statistics and inference"
AGAIN, HARD, GOOD, EASY = 1, 2, 3, 4
AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
DECAY = -DEFAULT_PARAMETERS[20]
FACTOR = 0.9 ** (1 / DECAY) - 1


def recall(grade: int, days: int) -> float:
    """The chance that a question is recalled so many days after its one review, from the formula of FSRS-6."""
    return (1 + FACTOR * days / DEFAULT_PARAMETERS[grade - 1]) ** DECAY


def interval(grade: int, retention: float) -> int:
    """When a question is due after its one review."""
    return max(1, round(DEFAULT_PARAMETERS[grade - 1] / FACTOR * (retention ** (1 / DECAY) - 1)))


def percent(*shares: float) -> str:
    return f"{math.floor(100 * sum(shares) / len(shares) + 0.5)} %"


def quiz(question: str, right: bool) -> Row:
    return event("quiz", question, item="0" * 12, chosen=["0" * 12], right=right)


def mock(who: str, items: Sequence[object], **more: object) -> Row:
    return event("mock", **{"who": who, "level": [], "n": 3, "seed": "s", "items": items, **more})


def rows(page: Page, name: str) -> list[list[str]]:
    """The table of a part, by its cells."""
    table = part(page, name).locator("tbody tr")
    return table.evaluate_all("all => all.map(row => [...row.cells].map(cell => cell.textContent))")


def due(page: Page) -> dict[int, int]:
    """How many questions the table says are due, by days ahead, without the days of none."""
    numbers = [int(row[1]) for row in rows(page, "due")]
    return {ahead: number for ahead, number in enumerate(numbers) if number}


def choose(page: Page, label: str, value: object) -> None:
    """Fills in a setting and leaves the field, as a reader would by Tab."""
    field = page.get_by_label(label)
    if label == "Recall to aim for":
        field.select_option(label=str(value))
    else:
        field.fill(str(value))
        field.press("Tab")


def forecast(page: Page, words: str) -> str:
    line = page.locator(".forecast").filter(has_text=words)
    line.wait_for()
    return line.inner_text()


def test_due_recall_tries_and_mocks_are_what_the_log_says(new_page: Open) -> None:
    first, second, third = IDS[LEARNING][:3]
    easy, slip = IDS[METRICS][:2]
    undone = review(IDS["Probability"][0], AGAIN)
    log = [
        review(first, GOOD, -interval(GOOD, 0.9)),
        review(second, GOOD, -10),
        review(easy, EASY),
        review(slip, AGAIN),
        review(slip, GOOD),  # the last one of a day counts
        review(IDS[STATISTICS][0], GOOD, -1),
        undone,
        event("undo", event=undone["id"]),
        *(quiz(first, right) for right in (False, True, True)),
        quiz(second, True),
        *(quiz(easy, right) for right in (True, False)),
        mock("role:data-scientist", [[first, 60, 3, 2, 4], [easy, 5, 1, 0, 1]], level=["1", "2"], seed="two"),
        mock("company:nobody", [[third, 3725, 4, 3, 3]], n=1),
    ]
    page = opened(new_page)
    for name, words in {"due": "Nothing yet", "tries": "None answered", "mocks": "None finished"}.items():
        assert words in part(page, name).inner_text()
        assert part(page, name).get_by_role("link").count() == 1, "what to do about it"
    assert {row[2] for row in rows(page, "recall")} == {"–"}

    page = opened(new_page, log)
    assert part(page, "due").locator("p").inner_text().startswith("2 questions today."), "one of them is overdue"
    assert len(rows(page, "due")) == 14
    assert [row[0] for row in rows(page, "due")][:3] == ["Today", "Tomorrow", "2026-11-23"]
    assert due(page) == {0: 2, 1: 1, 2: 1, 8: 1}
    assert (
        part(page, "due")
        .get_by_role("img")
        .get_attribute("aria-label")
        .startswith("Questions due on each day: Today 2, Tomorrow 1, 2026-11-23 1, 2026-11-24 0")
    )
    expected = {
        LEARNING: (2, percent(recall(GOOD, 2), recall(GOOD, 10))),
        METRICS: (2, "100 %"),
        STATISTICS: (1, percent(recall(GOOD, 1))),
    }
    for name, seen, share in rows(page, "recall"):
        number, wanted = expected.get(name, (0, "–"))
        assert (seen, share) == (f"{number} of {len(IDS[name])}", wanted), name
    assert rows(page, "tries") == [[LEARNING, "2", "50 %", "100 %"], [METRICS, "1", "100 %", "0 %"]]
    assert rows(page, "mocks") == [
        ["2026-11-21", "Practice for nobody", "1", "62:05", "3 of 3"],
        ["2026-11-21", "Data scientist", "2", "1:05", "2 of 5"],
    ]
    link = urlsplit(part(page, "mocks").get_by_role("link").nth(1).get_attribute("href"))
    assert link.path == "../mock/"
    again = [("who", "role:data-scientist"), ("level", "1"), ("level", "2"), ("n", "3"), ("seed", "two")]
    assert parse_qsl(link.query) == again


def test_an_interview_date_caps_intervals_and_settings_last(new_page: Open) -> None:
    good, easy = IDS[LEARNING][:2]
    page = opened(new_page, [review(good, GOOD), review(easy, EASY)])
    assert forecast(page, "With a date, no question waits until after it")
    assert due(page) == {interval(GOOD, 0.9): 1, interval(EASY, 0.9): 1}
    assert page.get_by_role("button", name="No date").is_hidden()

    choose(page, "Day of the interview", "2026-11-26")
    begun = 2 + (10 - 2) + 4 * 10  # today's two count among today's ten
    assert f" {min(begun, TOTAL)} of {TOTAL} questions seen" in forecast(page, "In 5 days, at this pace:")
    assert due(page) == {2: 1, 4: 1}, "none leads past the day before"
    choose(page, "New questions a day", 3)
    forecast(page, f" {2 + 1 + 4 * 3} of {TOTAL} ")
    choose(page, "Recall to aim for", "95 %")
    until(page, "document.querySelector('[data-part=due] tbody').rows[1].cells[1].textContent === '1'")
    assert due(page) == {interval(GOOD, 0.95): 1, interval(EASY, 0.95): 1}

    later(page, minutes=1)
    forecast(page, f"In 5 days, at this pace: {2 + 1 + 4 * 3} of {TOTAL} ")
    values = [
        page.get_by_label(label).input_value()
        for label in ("Day of the interview", "New questions a day", "Recall to aim for")
    ]
    assert values == ["2026-11-26", "3", "0.95"]
    settings = [row for row in sorted(stored(page), key=lambda row: row["at"]) if row["kind"] == "setting"]
    assert [(row["field"], row["value"], row["question"]) for row in settings] == [
        ("interview", "2026-11-26", ""),
        ("pace", 3, ""),
        ("retention", 0.95, ""),
    ]

    choose(page, "New questions a day", 0)
    choose(page, "Day of the interview", "2026-11-22")
    wanted = percent(recall(GOOD, 1), recall(EASY, 1))
    assert forecast(page, "In 1 day, ") == (
        f"In 1 day, at this pace: 2 of {TOTAL} questions seen, {wanted} of them recalled, if you review what is due."
    )
    choose(page, "Day of the interview", "2026-11-20")
    assert forecast(page, "That day is past.")
    assert interval(EASY, 0.95) in due(page), "a day that is past caps nothing"
    page.get_by_role("button", name="No date").click()
    assert forecast(page, "With a date")
    assert page.get_by_label("Day of the interview").input_value() == ""
    assert page.get_by_role("button", name="No date").is_hidden()
    assert page.evaluate("document.activeElement.type") == "date", "the focus is not lost with the button"
    later(page, minutes=2)
    assert forecast(page, "With a date")


def test_a_setting_that_makes_no_sense_is_put_right_in_its_field(new_page: Open) -> None:
    page = opened(new_page, [event("setting", field="retention", value=0.87)])
    assert page.get_by_label("Recall to aim for").locator("option:checked").inner_text() == "87 %"
    for typed, kept in (("1000", "100"), ("-5", "0"), ("", "10"), ("2.6", "3")):
        choose(page, "New questions a day", typed)
        until(page, f"document.querySelector('.app input[type=number]').value === '{kept}'")
    wait_stored(page, 5)
    later(page, minutes=1)
    assert page.get_by_label("New questions a day").input_value() == "3"
    assert page.get_by_label("Recall to aim for").locator("option:checked").inner_text() == "87 %"


def test_ids_that_are_gone_keep_their_history(new_page: Open, tmp_path: Path) -> None:
    """No id has gone yet, so the list of questions says that some have."""
    heir = IDS[LEARNING][0]
    log = [
        review("its-old-name", EASY, -20),
        review("an-older-name", EASY, -12),
        review(heir, AGAIN, -3),
        quiz("its-old-name", False),
        quiz(heir, True),
        review("taken-away", GOOD, -1),
        mock("role:data-scientist", [["taken-away", 60, 3, 2, 4]]),
    ]
    page = opened(new_page, log, "about/decisions/")
    page.context.route("**/study.json", redirect)
    go(page, PROGRESS)
    part(page, "data").locator("h2").wait_for()
    seen = [row[:2] for row in rows(page, "recall") if row[2] != "–"]
    assert seen == [[LEARNING, f"1 of {len(IDS[LEARNING])}"]]
    words = "1 question that you graded is no longer on the site; what you did is kept."
    assert words in part(page, "recall").inner_text()
    assert rows(page, "tries") == [[LEARNING, "1", "0 %", "100 %"]]
    assert rows(page, "mocks")[0][2:] == ["1", "1:00", "2 of 4"]
    assert due(page) == {0: 1}, "what is gone is not due"
    _, file = export(page, tmp_path)
    assert [row["question"] for row in file["events"]] == [row["question"] for row in sorted(log, key=order)]
    go(page, "practice/review/")
    page.locator(".app-state", has_text="1 question due and 10 new today.").wait_for()


def order(row: Row) -> tuple[float, str]:
    return row["at"], row["id"]


def redirect(route: Route) -> None:
    answer = route.fetch()
    heirs = {"its-old-name": IDS[LEARNING][0], "an-older-name": IDS[LEARNING][0]}
    route.fulfill(response=answer, json={**answer.json(), "heirs": heirs})


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_for_everybody_and_for_the_smallest_phone(new_page: Open, scheme: str) -> None:
    log = [
        *(review(ids[0], 1 + place % 4, -place) for place, ids in enumerate(IDS.values())),
        *(quiz(ids[0], place % 2 == 0) for place, ids in enumerate(IDS.values())),
        *(mock("company:" + "long-name-" * 9, [[IDS[LEARNING][0], 36_000, 3, 2, 4]] * 10) for _ in range(2)),
        event("setting", field="interview", value="2026-12-31"),
        {"id": "no event"},
    ]
    page = opened(new_page, log, color_scheme=scheme, viewport={"width": 320, "height": 700})
    page.get_by_role("button", name="Delete everything").click()
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.evaluate(f"() => {{ {AXE} }}")  # the drawer's box belongs to the frame of every page
    found = page.evaluate("() => axe.run({ exclude: ['#__drawer'] }, { resultTypes: ['violations'] })")
    assert [(one["id"], node["target"]) for one in found["violations"] for node in one["nodes"]] == []
    small = page.locator(".app :is(button, input, select):visible").evaluate_all(
        "all => all.filter(one => one.getBoundingClientRect().height < 24).map(one => one.outerHTML)"
    )
    assert small == [], "nothing is too small for a thumb"
