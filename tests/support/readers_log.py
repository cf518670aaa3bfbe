"""The reader's log, put into a browser's database and read from it past all of the site's own code."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from bank.library import load_bank
from playwright.sync_api import Locator, Page
from publish.data import study_index
from waiting import until

Open = Callable[..., Page]
Row = dict[str, Any]
PROGRESS = "practice/progress/"
QUIET = "about/decisions/"  # a page that opens no database
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
NAME = "precision-and-recall"
VERSION = 2

INDEX = study_index(load_bank())
IDS: dict[str, list[str]] = {
    title: [row[0] for row in INDEX["questions"] if row[3] == place]
    for place, (_, title) in enumerate(INDEX["categories"])
}
"""The ids of each category's questions, in the order of study."""

TOTAL = len(INDEX["questions"])

ONCE = pytest.mark.parametrize("address", ["mkdocs"], indirect=True)
"""For what takes long and is the same whichever generator has built the site."""

_numbers = itertools.count()

EVENTS = """(store = 'events') => new Promise((resolve, reject) => {
    const request = indexedDB.open('precision-and-recall')
    request.onerror = () => reject(request.error)
    request.onsuccess = () => {
        const all = request.result.transaction(store).objectStore(store).getAll()
        all.onsuccess = () => { request.result.close(); resolve(all.result) }
    }
})"""

IN_ORDER = f"() => ({EVENTS})().then(all => all.sort((one, other) => one.at - other.at))"
"""The events in the order in which they were made."""

PUT = """([rows, version]) => new Promise((resolve, reject) => {
    const request = indexedDB.open('precision-and-recall', version)
    request.onupgradeneeded = ({ oldVersion }) => {
        if (oldVersion < 1) request.result.createObjectStore('events', { keyPath: 'id' })
        if (oldVersion < 2 && version > 1) request.result.createObjectStore('aside', { autoIncrement: true })
    }
    request.onerror = () => reject(request.error)
    request.onsuccess = () => {
        const change = request.result.transaction('events', 'readwrite')
        for (const row of rows) change.objectStore('events').put(row)
        change.oncomplete = () => { request.result.close(); resolve() }
        change.onerror = () => reject(change.error)
    }
})"""


def event(kind: str, question: str = "", ahead: int = 0, **what: Any) -> Row:
    """An event of noon, `ahead` days from today; each a moment after the one made before it."""
    number = next(_numbers)
    moment = NOON + timedelta(days=ahead)
    day, at = moment.date().isoformat(), moment.timestamp() - 3600 + number / 1000
    return {"id": f"made-{number}", "at": round(at, 3), "day": day, "kind": kind, "question": question, **what}


def review(question: str, grade: int, ahead: int = 0) -> Row:
    return event("review", question, ahead, grade=grade)


def opened(new_page: Open, rows: Sequence[Row] = (), path: str = PROGRESS, version: int = VERSION, **more: Any) -> Page:
    """A page of the site at noon of the same day, always, after these rows have been stored."""
    page = new_page(QUIET, timezone_id="UTC", **more)
    page.clock.set_fixed_time(NOON)
    if rows:
        page.evaluate(PUT, [list(rows), version])
    page.goto(page.url.removesuffix(QUIET) + path)
    if path == PROGRESS:
        part(page, "data").locator("h2").wait_for()
    return page


def later(page: Page, **time: float) -> None:
    """The same page again, so much after the noon at which it was first opened."""
    page.clock.set_fixed_time(NOON + timedelta(**time))
    page.reload()
    part(page, "data").locator("h2").wait_for()


def go(page: Page, path: str) -> None:
    """To another page of the site."""
    page.goto(page.url.split("/study/")[0] + "/study/" + path)


def part(page: Page, name: str) -> Locator:
    """A part of the progress page."""
    return page.locator(f".app [data-part={name}]")


def stored(page: Page, store: str = "events") -> list[Row]:
    """All rows of a store as they are, in the order of their keys."""
    return page.evaluate(EVENTS, store)


def wait_stored(page: Page, count: int) -> list[Row]:
    until(page, f"({EVENTS})().then(all => all.length === {count})")
    return stored(page)


def said(page: Page, words: str) -> str:
    """What the data part says of the last thing done there, once it has these words."""
    line = part(page, "data").locator("[role=status]").filter(has_text=words)
    line.wait_for()
    return line.inner_text()


def export(page: Page, folder: Path) -> tuple[Path, dict[str, Any]]:
    """Presses Export; gives the file and what it holds."""
    with page.expect_download() as download:
        part(page, "data").get_by_role("button", name="Export").click()
    said(page, "exported. Keep the file")
    file = folder / f"{next(_numbers)}-{download.value.suggested_filename}"
    download.value.save_as(file)
    return file, json.loads(file.read_text(encoding="utf-8"))


def bring(page: Page, file: Path | bytes) -> None:
    """Chooses a file to import."""
    name = {"name": "x.json", "mimeType": "application/json", "buffer": file} if isinstance(file, bytes) else file
    page.locator(".app input[type=file]").set_input_files(name)


def as_file(rows: object, **more: Any) -> bytes:
    """A file as the site writes it, but with these rows and fields."""
    return json.dumps({"app": NAME, "format": VERSION, "exported": "", "events": rows, **more}).encode()
