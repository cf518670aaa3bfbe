"""Never lose an answer, in a real browser: the log as a file and back, two devices, two tabs, rows and files that make
no sense, older and newer databases, no storage at all, and a deletion that deletes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from readers_log import (
    IDS,
    NAME,
    NOON,
    ONCE,
    PROGRESS,
    PUT,
    VERSION,
    Open,
    Row,
    as_file,
    bring,
    event,
    export,
    go,
    later,
    opened,
    part,
    review,
    said,
    stored,
    wait_stored,
)
from sites import TOPIC

pytestmark = ONCE

FIRST, SECOND, THIRD = IDS["ML fundamentals"][:3]
ON_TOPIC = ("overfitting", "regularization")  # both on TOPIC
DEEP = 100_000
HTML = "<img src=x onerror=\"document.title='tripped'\"><script>document.title='tripped'</script>"
SHOWN = ("due", "interview", "recall", "tries", "mocks")

VERSION_NOW = """() => new Promise(resolve => {
    const request = indexedDB.open('precision-and-recall')
    request.onsuccess = () => { request.result.close(); resolve(request.result.version) }
})"""

HOLD = """() => new Promise(resolve => {
    const request = indexedDB.open('precision-and-recall')
    request.onsuccess = () => {
        request.result.onversionchange = () => request.result.close()
        resolve()
    }
})"""
"""What a tab with the site as it was does: it holds the database and lets go of it when a newer one asks."""


def history() -> list[Row]:
    """A little of everything that a reader does."""
    undone = review(SECOND, 1)
    return [
        review(FIRST, 3, -3),
        undone,
        event("undo", event=undone["id"]),
        review(THIRD, 4),
        event("quiz", FIRST, item="a" * 12, chosen=["b" * 12], right=True),
        event("state", FIRST, field="saved", value=True),
        event("setting", field="pace", value=7),
        event("mock", who="role:data-scientist", level=[], n=1, seed="s", items=[[FIRST, 60, 3, 2, 4]]),
    ]


def facts(page: Page) -> str:
    return part(page, "data").locator("h2 + p").inner_text()


def by_id(rows: list[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: str(row["id"]))


def without_exports(rows: list[Row]) -> list[Row]:
    """The log without what each device says of its own exports."""
    return by_id([row for row in rows if row.get("field") != "exported"])


def grade(page: Page, question: str, word: str) -> None:
    fold = page.locator(f".q[data-question='{question}'] > .q-a")
    if fold.get_attribute("open") is None:
        fold.locator("> summary").click()
    fold.locator(".grade button", has_text=word).click()


def mark(page: Page, question: str, state: str) -> None:
    """Waits until a question of a topic page is known or shaky."""
    page.locator(f".q[data-question='{question}'][data-mark={state}]").wait_for()


def test_an_export_has_everything_and_its_age_is_said(new_page: Open, tmp_path: Path) -> None:
    log = history()
    page = opened(new_page, log)
    assert facts(page).startswith(f"{len(log)} events in the log. Never exported. Export now")
    file, content = export(page, tmp_path)
    assert file.name.endswith("-precision-and-recall-2026-11-21.json")
    assert (content["app"], content["format"], content["exported"]) == (NAME, VERSION, "2026-11-21T12:00:00.000Z")
    assert content["events"] == sorted(log, key=lambda row: row["at"]), "also what was taken back"
    part(page, "data").locator("p", has_text="Exported today.").wait_for()
    for days, words in ((1, "Last exported 1 day ago."), (13, "Last exported 13 days ago.")):
        later(page, days=days)
        assert facts(page) == f"{len(log) + 1} events in the log. {words}"
    later(page, days=14)
    assert facts(page).endswith("Last exported 14 days ago. Export now: this browser has the only copy of what is new.")
    later(page, days=-14)
    assert facts(page).endswith("Exported today."), "a clock that was set back makes no days of less than none"


def test_two_devices_join_into_the_same_state(new_page: Open, tmp_path: Path) -> None:
    log = history()
    one, two = opened(new_page, log), opened(new_page)
    first, _ = export(one, tmp_path)
    bring(two, first)
    assert said(two, "new events") == f"{len(log)} new events of {len(log)}."
    assert by_id(stored(two)) == by_id([row for row in stored(one) if row.get("field") != "exported"])
    bring(two, first)
    assert said(two, "0 new") == f"0 new events of {len(log)}."
    assert len(stored(two)) == len(log)

    twin = review(THIRD, 2, -5)  # no page makes two events of one id, but a file may have been written by hand
    saved = [row["id"] for row in log if row["kind"] == "state"]
    edits = (
        [
            review(FIRST, 1),
            event("setting", field="pace", value=5),
            event("quiz", SECOND, item="c", chosen=[], right=False),
            twin,
        ],
        [
            review(FIRST, 2),
            event("setting", field="pace", value=9),
            event("undo", event=saved[0]),
            {**twin, "grade": 3},
        ],
    )
    for page, rows in zip((one, two), edits, strict=True):
        page.evaluate(PUT, [rows, VERSION])
        later(page, minutes=5)
    files = [export(page, tmp_path) for page in (one, two)]
    for page, (file, content) in zip((one, two), reversed(files), strict=True):
        new = {row["id"] for row in content["events"]} - {row["id"] for row in stored(page)}
        bring(page, file)
        words = f"{len(new)} new events of {len(content['events'])}; 1 event stood here with other words"
        said(page, words)
        page.reload()
        part(page, "data").locator("h2").wait_for()
    assert without_exports(stored(one)) == without_exports(stored(two))
    kept = [row for row in without_exports(stored(one)) if row["id"] != twin["id"]]
    assert kept == by_id([*log, *edits[0][:-1], *edits[1][:-1]])
    assert len({page.get_by_label("New questions a day").input_value() for page in (one, two)} | {"9"}) == 1
    for name in SHOWN:
        assert part(one, name).inner_html() == part(two, name).inner_html(), name


def broken_files(log: list[Row]) -> dict[str, tuple[bytes, str]]:
    """Files by name, and some of the words with which each is met."""
    foreign, newer, damaged = "no export of this site", "newer version of this site. Reload", "damaged or cut off"
    whole, none = as_file(log), "0 new events of 0"
    nested = b"[" * DEEP + b"]" * DEEP
    deep = b'[{"id":"d","at":1,"day":"2026-01-01","kind":"review","question":"x","grade":' + nested + b"}]"
    return {
        "empty": (b"", foreign),
        "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00\xff\xfe", foreign),
        "cut off": (whole[: len(whole) * 2 // 3], damaged),
        "cut off at once": (whole[:1], foreign),
        "a number": (b"17", foreign),
        "null": (b"null", foreign),
        "a list": (b"[]", foreign),
        "of another site": (json.dumps({"app": "anki", "format": VERSION, "events": log}).encode(), foreign),
        "without events": (as_file(None), foreign),
        "events as an object": (as_file({"length": 3, "0": log[0]}), foreign),
        "no version": (as_file(log, format=None), "does not say which version"),
        "a version in words": (as_file(log, format="2"), "does not say which version"),
        "version none": (as_file(log, format=0), "does not say which version"),
        "newer": (as_file(log, format=VERSION + 1), newer),
        "deep": (nested, foreign),
        "deep and cut off": (b"[" * DEEP, foreign),
        "a deep version": (as_file([], format="deep").replace(b'"deep"', nested), "does not say which version"),
        "deep events": (as_file([]).replace(b"[]", nested), f"{none}; 1 entry made no sense and was left out."),
        "a prototype": (as_file([]).replace(b'{"app"', b'{"__proto__":{"polluted":1},"app"'), f"{none}."),
        "no events": (
            as_file([1, None, "x", [], {}, {"id": 5}]),
            f"{none}; 6 entries made no sense and were left out.",
        ),
        "an older version": (as_file([log[0]], format=1), "0 new events of 1."),
        "one deep value": (as_file([]).replace(b"[]", deep), "1 new event of 1."),
    }


def test_files_that_cannot_be_used_are_refused_in_words(new_page: Open) -> None:
    log = history()
    page = opened(new_page, log)
    line = part(page, "data").locator("[role=status]")
    for name, (file, words) in broken_files(log).items():
        line.evaluate("line => { line.textContent = '' }")  # so that no words are those of the file before
        bring(page, file)
        assert words in said(page, "."), name
        rows = [row for row in stored(page) if row["id"] != "d"]
        assert by_id(rows) == by_id(log), name
    assert page.evaluate("() => ({}).polluted") is None
    row = next(row for row in stored(page) if row["id"] == "d")
    assert json.dumps(row["grade"]).count("[") <= 5, "what is too deep is cut"


def hostile_rows(known: Row) -> list[Any]:
    """What somebody might write into a file by hand. Some of it is as good as an event, and is kept as one."""
    at, day = NOON.timestamp(), "2026-11-21"
    odd: list[Any] = [None, True, -1, 1.5, 1e308, "", HTML, [], {}, [[3]], {"toString": 1, "valueOf": 1}, "__proto__"]
    base = {"at": at, "day": day, "question": FIRST}
    rows: list[Any] = [
        {**base, "id": "proto", "kind": "review", "grade": 3, "question": "__proto__", "constructor": {"prototype": 1}},
        {**known, "grade": 1},  # the id of an event that is there
        {**base, "id": "n" * 101, "kind": "review", "grade": 3},
        {**base, "id": "long", "kind": "review", "grade": 3, "question": "q" * 101},
        {**base, "id": "ahead", "day": "2099-01-01", "kind": "review", "grade": 3},  # a clock that is ahead
        {**base, "id": "further-ahead", "day": "2099-01-03", "kind": "review", "grade": 3},
        {**base, "id": "no-day", "day": "2026-99-99", "kind": "review", "grade": 3},
    ]
    mock = {"who": f"company:{HTML}", "level": [HTML], "n": 1, "seed": HTML, "items": [[HTML, 60, 3, 2, 4]]}
    rows.append({**base, "id": "html", "kind": "mock", **mock})
    for number, value in enumerate(odd):
        rows += [
            {**base, "id": f"grade-{number}", "kind": "review", "grade": value, "points": value, "of": value},
            {**base, "id": f"quiz-{number}", "kind": "quiz", "item": value, "chosen": value, "right": value},
            {**base, "id": f"state-{number}", "kind": "state", "field": value, "value": value},
            {**base, "id": f"field-{number}", "kind": "setting", "field": value, "value": 1},
            {**base, "id": f"undo-{number}", "kind": "undo", "event": value},
            {**base, "id": f"kind-{number}", "kind": value},
            {**base, "id": f"day-{number}", "kind": "review", "grade": 3, "day": value},
            {**base, "id": f"at-{number}", "kind": "hologram", "at": value},
            {**base, "id": f"question-{number}", "kind": "review", "grade": 3, "question": value},
            {**base, "id": value, "kind": "review", "grade": 3},
        ]
        rows += [
            {**base, "id": f"{field}-{number}", "kind": "setting", "field": field, "value": value}
            for field in ("interview", "pace", "retention", "keys", "exported")
        ]
        rows += [{**base, "id": f"mock-{field}-{number}", "kind": "mock", **mock, field: value} for field in mock]
        rows += [
            {**base, "id": f"items-{number}", "kind": "mock", **mock, "items": [value]},
            {**base, "id": f"item-{number}", "kind": "mock", **mock, "items": [[value] * 5]},
        ]
    return rows


def test_a_hostile_file_breaks_no_page(new_page: Open) -> None:
    """Anything that broke would be an error in the console, which fails the test."""
    mine = review(SECOND, 4)
    page = opened(new_page, [mine, review(THIRD, 3, -40)])
    hostile = as_file(hostile_rows(mine)).replace(b'"constructor":', b'"__proto__": {"polluted": 1}, "constructor":')
    bring(page, hostile)
    words = said(page, "made no sense")
    assert "1 event stood here with other words, and one of the two was kept" in words
    rows = {row["id"]: row for row in stored(page)}
    assert rows[mine["id"]] in (mine, {**mine, "grade": 1})
    assert set(rows["proto"]) == {"id", "at", "day", "kind", "question", "grade"}
    assert not [name for name in rows if len(name) > 100 or name.startswith(("long", "kind-0", "day-1", "question-0"))]
    bring(page, hostile)
    said(page, "0 new events of")

    later(page, minutes=1)
    part(page, "mocks").get_by_role("cell").filter(has_text="<img src=x").first.wait_for()
    page.get_by_label("Day of the interview").fill("2026-12-24")
    page.locator(".forecast", has_text="In 33 days").wait_for()
    for name in SHOWN:
        words = part(page, name).inner_text()
        assert not [word for word in ("NaN", "undefined", "Infinity", "object Object", "Invalid") if word in words], (
            name
        )
    go(page, "practice/review/")
    page.locator(".app-state", has_text="due and").wait_for()
    page.get_by_role("button", name="Start reviewing").click()
    page.get_by_role("button", name="Show what to say first").click()
    page.locator(".app [data-grade='3']").click()
    page.locator(".card-place", has_text="2 of ").wait_for()
    page.get_by_role("button", name="Stop").click()
    page.locator(".app h2", has_text="Done: 1 question").wait_for()
    go(page, TOPIC)
    mark(page, FIRST, "known")
    grade(page, FIRST, "Hard")
    mark(page, FIRST, "shaky")
    for path in ("practice/quiz/", "practice/mock/", "questions/", "guide/one-evening/"):
        go(page, path)
        page.locator("h1").wait_for()
    go(page, PROGRESS)
    part(page, "data").locator("h2").wait_for()
    assert page.title().startswith("Progress")
    assert page.evaluate("() => ({}).polluted") is None
    assert page.locator(".app img, .app script").count() == 0


def test_two_tabs_of_three_hundred_answers_each_lose_none(new_page: Open) -> None:
    one = opened(new_page, path=f"{TOPIC}#{ON_TOPIC[0]}-a")
    two = one.context.new_page()
    two.goto(one.url.split("#")[0] + f"#{ON_TOPIC[1]}-a")
    press = "selector => { for (let i = 0; i < 300; i++) document.querySelector(selector).click() }"
    for page, question in zip((one, two), ON_TOPIC, strict=True):
        page.locator(f"[id='{question}-a'] .grade").wait_for()
    for page, question in zip((one, two), ON_TOPIC, strict=True):
        page.evaluate(press, f"[id='{question}-a'] .grade [data-grade='3']")
    rows = wait_stored(one, 600)
    assert [sum(row["question"] == question for row in rows) for question in ON_TOPIC] == [300, 300]
    go(two, PROGRESS)
    part(two, "data").locator("h2 + p", has_text="600 events in the log.").wait_for()


def test_rows_that_are_no_events_are_set_aside_and_an_old_database_is_carried_over(
    new_page: Open, tmp_path: Path
) -> None:
    log = [row for row in history() if row["kind"] in ("review", "quiz", "state")]
    unknown = event("hologram", FIRST, depth=3)
    odd: list[Row] = [
        {"id": "empty"},
        {"id": 17, "at": 1, "day": "2026-01-01", "kind": "review", "question": FIRST, "grade": 3},
        {"id": "soon", "at": "soon", "day": "2026-01-01", "kind": "review", "question": FIRST, "grade": 3},
        {"id": "nothing", "at": 1, "day": "2026-01-01", "kind": None, "question": FIRST, "note": HTML},
    ]
    page = opened(new_page, [*log, unknown, *odd], "about/decisions/", version=1)
    page.evaluate(HOLD)
    other = page.context.new_page()
    other.goto(page.url.split("about/")[0] + TOPIC)
    mark(other, FIRST, "known")
    assert other.evaluate(VERSION_NOW) == VERSION
    go(page, PROGRESS)
    words = "4 rows could not be read as an event and were set aside; the rest works."
    part(page, "data").locator("p", has_text=words).wait_for()
    assert by_id(stored(page)) == by_id([*log, unknown])
    assert by_id([entry["row"] for entry in stored(page, "aside")]) == by_id(odd)
    page.evaluate(PUT, [[{"id": "late"}], VERSION])
    later(page, minutes=1)
    part(page, "data").locator("p", has_text="5 rows could not be read").wait_for()
    assert len(stored(page, "aside")) == 5
    assert export(page, tmp_path)[1]["events"] == sorted([*log, unknown], key=lambda row: row["at"])


def test_a_newer_database_is_shown_and_not_written(new_page: Open, tmp_path: Path) -> None:
    log = [*history(), event("hologram", FIRST, depth=3)]
    page = opened(new_page, log, version=3)
    part(page, "data").locator("p", has_text="A newer version of this site has stored this log").wait_for()
    assert facts(page).startswith(f"{len(log)} events in the log.")
    assert f"2 of {len(IDS['ML fundamentals'])}" in part(page, "recall").inner_text()
    page.get_by_label("New questions a day").fill("3")
    page.get_by_label("New questions a day").press("Tab")
    part(page, "interview").locator("[role=status]", has_text="newer version").wait_for()
    bring(page, as_file([review(SECOND, 4)]))
    assert "newer version" in said(page, "newer")
    assert len(export(page, tmp_path)[1]["events"]) == len(log) + 1, "with the setting, which is in memory alone"
    go(page, f"{TOPIC}#{FIRST}-a")
    grade(page, FIRST, "Easy")
    page.locator(".grade-said", has_text="newer version").wait_for()
    assert by_id(stored(page)) == by_id(log)
    assert page.evaluate(VERSION_NOW) == 3


@pytest.mark.parametrize(
    ("where", "error", "words"),
    [
        ("IDBFactory.prototype.open", "SecurityError", "does not let the site"),
        ("IDBObjectStore.prototype.add = IDBObjectStore.prototype.put", "QuotaExceededError", "no room left"),
    ],
)
def test_without_storage_it_lasts_while_the_page_is_open(
    new_page: Open, tmp_path: Path, where: str, error: str, words: str
) -> None:
    log = [review(FIRST, 3), review(SECOND, 4)]
    page = opened(new_page, log, "about/decisions/")
    page.add_init_script(f"{where} = () => {{ throw new DOMException('no', '{error}') }}")
    go(page, PROGRESS)
    there = log if "Quota" in error else []
    part(page, "data").locator("p", has_text=f"{len(there)} events in the log.").wait_for()
    if not there:
        part(page, "data").locator("p", has_text="does not let the site store anything").wait_for()
    page.get_by_label("Day of the interview").fill("2026-12-01")
    part(page, "interview").locator("[role=status]", has_text=words).wait_for()
    page.locator(".forecast", has_text="In 10 days").wait_for()
    bring(page, as_file([review(THIRD, 4)]))
    assert "Nothing was imported" in said(page, "imported")
    assert [row["kind"] for row in export(page, tmp_path)[1]["events"]] == [*(row["kind"] for row in there), "setting"]
    page.reload()
    part(page, "data").locator("p", has_text=f"{len(there)} events in the log.").wait_for()
    assert page.get_by_label("Day of the interview").input_value() == ""


def test_everything_is_deleted_and_the_browser_may_be_asked_to_keep_it(new_page: Open) -> None:
    page = opened(new_page, [*history(), {"id": "no event"}], "about/decisions/")
    page.add_init_script("""
        let kept = false
        StorageManager.prototype.persisted = async () => kept
        StorageManager.prototype.persist = async () => (kept = globalThis.asked ?? false, globalThis.asked = true, kept)
    """)
    go(page, PROGRESS)
    ask = page.get_by_role("button", name="Ask the browser to keep it")
    ask.click()
    said(page, "The browser did not promise it.")
    ask.click()
    said(page, "The browser will not clear it by itself.")
    page.evaluate("() => { localStorage.scheme = 'dark'; sessionStorage['precision-and-recall mock'] = 'null' }")
    other = page.context.new_page()
    other.goto(page.url.replace(PROGRESS, TOPIC))
    mark(other, FIRST, "known")

    start = page.get_by_role("button", name="Delete everything")
    start.click()
    page.get_by_role("button", name="Keep it", exact=True).click()
    page.get_by_role("button", name="Delete", exact=True).wait_for(state="hidden")
    assert page.evaluate("document.activeElement.textContent").startswith("Delete everything")
    assert len(stored(page)) == len(history())
    start.click()
    start.click()
    assert page.get_by_role("button", name="Delete", exact=True).count() == 1, "asked once"
    assert page.evaluate("document.activeElement.textContent") == "Keep it", "Enter deletes nothing"
    page.get_by_role("button", name="Delete", exact=True).click()
    part(page, "data").locator("p", has_text="0 events in the log.").wait_for()
    assert "Nothing yet" in part(page, "due").inner_text()
    assert stored(page) == stored(page, "aside") == []
    assert page.evaluate("() => ({ ...localStorage, ...sessionStorage })") == {}
    other.locator(f".q[data-question='{FIRST}'][data-mark='']").wait_for()
    grade(other, FIRST, "Good")
    wait_stored(other, 1)
