"""A mock interview in a real browser: how questions are drawn, the clock, notes, recordings that stay in the tab, our
answers beside the reader's, the report on paper and as Markdown, and what a reload or a blocked store may not lose."""

from __future__ import annotations

import hashlib
import heapq
import json
import random
import re
import statistics
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from bank.library import ROOT, load_bank
from playwright.sync_api import Browser, Locator, Page
from readers_log import IN_ORDER, ONCE
from waiting import until

pytestmark = ONCE

Open = Callable[..., Page]
MOCK = "practice/mock/"
SHORT = f"{MOCK}?who=role:ml-engineer&n=3&seed=abc"
WORDS = ["Again", "Hard", "Good", "Easy"]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
BANK = load_bank()
ANSWERED = {question.id: (page, question) for page, question in BANK.questions if question.answered}
SIGMAS = 4.5  # that a count may be off: the seeds are fixed, but every new question changes what they draw

DRAW = """async ({ seeds, who, level }) => {
    history.replaceState = () => {}  // the browser allows only so many in a while
    const form = document.querySelector('.setup')
    form.elements.who.value = who
    form.elements.n.value = '10'
    for (const box of form.elements.level) box.checked = level.includes(box.value)
    const drawn = []
    for (const seed of seeds) {
        form.elements.seed.value = seed
        form.requestSubmit()
        while (!document.querySelector('.mock-next')) await new Promise(done => setTimeout(done))
        drawn.push(JSON.parse(sessionStorage.getItem('precision-and-recall mock')).ids)
        for (const press of ['asks', 'leaves']) document.querySelector('.mock-leave').click(press)
    }
    return drawn
}"""
"""Begins an interview with each seed, notes what it asks, leaves it."""

STORED = """async () => {
    const found = [JSON.stringify(sessionStorage), JSON.stringify(localStorage), ...await caches.keys()]
    for (const { name } of await indexedDB.databases()) {
        const db = await new Promise(done => { indexedDB.open(name).onsuccess = event => done(event.target.result) })
        for (const store of db.objectStoreNames) {
            const all = db.transaction(store).objectStore(store).getAll()
            for (const row of await new Promise(done => { all.onsuccess = () => done(all.result) })) {
                for (const value of Object.values(row)) found.push(String(value))
            }
        }
        db.close()
    }
    for await (const name of (await navigator.storage.getDirectory()).keys()) found.push(name)
    return found.join('\\n')
}"""
"""All that this origin has stored, as text: a recording would be "[object Blob]", a "blob:" address or a file."""

LISTEN = """
    globalThis.tracks = []
    const ask = MediaDevices.prototype.getUserMedia
    MediaDevices.prototype.getUserMedia = async function (...given) {
        const stream = await ask.apply(this, given)
        await globalThis.permission
        tracks.push(...stream.getTracks())
        return stream
    }
    const start = MediaRecorder.prototype.start
    MediaRecorder.prototype.start = function () {
        globalThis.heard = 0
        this.addEventListener('dataavailable', event => { heard += event.data.size })
        start.call(this, 50)  // in pieces, so that it can be known when there is a sound
    }
"""
"""Notes every microphone that is given out, what comes from it, and lets a test say when the reader allows it."""

OFF = "tracks.length > 0 && tracks.every(track => track.readyState === 'ended')"


def leave(page: Page) -> None:
    """One press asks, the second leaves."""
    page.locator(".mock-leave").click()
    page.locator(".mock-leave", has_text="lose it all").click()


def ready(page: Page) -> None:
    """Waits until the script listens: a press before that sends the form, which loads the page again."""
    until(page, "document.querySelector('.app')?.textContent.startsWith('Loading') === false")


def begin(page: Page) -> None:
    ready(page)
    page.get_by_role("button", name="Start the interview").click()
    page.locator(".mock-next").wait_for()


def at(page: Page, place: str) -> Locator:
    """Waits until this question is shown, and gives its title."""
    page.locator(".card-place", has_text=re.compile(f"^{place}$")).wait_for()
    return page.locator(".card-title")


def asked(page: Page) -> list[str]:
    """The ids of the questions of the interview that is under way."""
    return json.loads(page.evaluate("sessionStorage.getItem('precision-and-recall mock')"))["ids"]


def go_through(page: Page, count: int) -> None:
    """Answers every question without a word."""
    for place in range(1, count + 1):
        at(page, f"Question {place} of {count}")
        page.locator(".mock-next").click()
    at(page, f"Compare 1 of {count}")


def grade(page: Page, word: str) -> None:
    page.locator(".grades button", has_text=word).click()


def report(page: Page, count: int, word: str = "Good") -> None:
    """From the first question to the report, every answer with the same grade."""
    go_through(page, count)
    for place in range(1, count + 1):
        at(page, f"Compare {place} of {count}")
        grade(page, word)
    page.get_by_role("heading", name="Your report").wait_for()


def rows(page: Page, number: int) -> list[list[str]]:
    """The cells of a table of the report."""
    table = page.locator(".app table").nth(number)
    return [row.locator("td").all_inner_texts() for row in table.locator("tbody tr").all()]


def test_a_role_is_asked_by_its_weights(new_page: Open) -> None:
    """Each category as the role weighs it, however many questions it has, and core ones twice as likely as others."""
    weights = BANK.roles["data-scientist"].weights
    sizes = Counter(owner.category for owner, _ in ANSWERED.values())
    heavy = {
        id: weights.get(owner.category, 0) / sizes[owner.category] * (2 if question.core else 1)
        for id, (owner, question) in ANSWERED.items()
    }
    page = new_page(MOCK)
    ready(page)
    seeds = [f"s{number}" for number in range(60)]
    drawn = page.evaluate(DRAW, {"seeds": seeds, "who": "role:data-scientist", "level": []})
    assert {len(set(ids)) for ids in drawn} == {10}
    assert min(heavy[id] for ids in drawn for id in ids) > 0, "a category that does not come up"

    chance = random.Random(7)
    many = [
        heapq.nlargest(10, heavy, key=lambda id: heavy[id] and chance.random() ** (1 / heavy[id])) for _ in range(2000)
    ]

    def is_as_often_as_it_weighs(name: str, inside: Callable[[str], bool]) -> None:
        simulated = [sum(map(inside, ids)) for ids in many]
        mean, spread = statistics.mean(simulated), statistics.stdev(simulated)
        found = statistics.mean(sum(map(inside, ids)) for ids in drawn)
        assert abs(found - mean) <= SIGMAS * spread / len(drawn) ** 0.5, f"{name}: {found:.2f} of 10, {mean:.2f} is due"

    is_as_often_as_it_weighs("core", lambda id: ANSWERED[id][1].core)
    for category in sizes:
        is_as_often_as_it_weighs(category, lambda id, category=category: ANSWERED[id][0].category == category)


def test_a_company_and_levels_narrow_it(new_page: Open) -> None:
    page = new_page(MOCK)
    ready(page)
    company = next(one for one in BANK.companies if one.slug == "google")
    fitting = {
        id
        for id, (_, question) in ANSWERED.items()
        if BANK.suits(company, question) and question.level and question.level.rank in (1, 3)
    }
    seeds = [f"s{number}" for number in range(15)]
    drawn = page.evaluate(DRAW, {"seeds": seeds, "who": "company:google", "level": ["1", "3"]})
    assert {id for ids in drawn for id in ids} <= fitting
    assert {ANSWERED[id][1].level.rank for ids in drawn for id in ids} == {1, 3}
    assert {ANSWERED[id][1].core for ids in drawn for id in ids} == {True, False}, "all that fit may come"
    page.route("**/study.json", lambda route: without_questions(route))
    page.reload()
    ready(page)
    page.get_by_role("button", name="Start the interview").click()
    page.locator(".app-state", has_text="No question fits").wait_for()
    assert page.locator(".setup").is_visible()


def without_questions(route) -> None:
    answer = route.fetch()
    route.fulfill(response=answer, body=json.dumps({**answer.json(), "questions": []}))


def test_two_people_with_one_seed_are_asked_the_same(new_page: Open) -> None:
    one = new_page(f"{MOCK}?who=role:ml-engineer&n=10")
    begin(one)
    seed = re.search(r"seed=(\w{6})$", one.url)
    assert seed, "what was drawn by chance can be shared"
    heard = [at(one, "Question 1 of 10").inner_text()]
    for place in range(2, 11):
        one.locator(".mock-next").click()
        heard.append(at(one, f"Question {place} of 10").inner_text())
    assert len(set(heard)) == 10

    other = new_page(MOCK)
    other.get_by_label("Interview as").select_option("Machine-learning engineer")
    other.get_by_label("How long").select_option("10 questions")
    other.get_by_label("Seed").fill(f" {seed[1].upper()} ")  # as a telephone writes it
    begin(other)
    assert [at(other, "Question 1 of 10").inner_text(), asked(other)] == [heard[0], asked(one)]
    leave(other)
    other.get_by_label("Seed").fill("another")
    begin(other)
    assert asked(other) != asked(one)
    assert other.url.endswith("seed=another")


def test_by_keyboard_with_nothing_else_on_the_screen(new_page: Open) -> None:
    page = new_page(SHORT)
    frame = page.locator(
        ".md-header, .md-tabs, .md-sidebar--primary, .md-footer, h1, #how-it-works, .page-foot, .setup"
    )
    around = frame.count()
    assert around == 8
    seen = "all => all.filter(e => e.checkVisibility()).length"
    assert frame.evaluate_all(seen) == around
    ready(page)
    page.get_by_role("button", name="Start the interview").focus()
    page.keyboard.press("Enter")
    at(page, "Question 1 of 3")
    assert frame.evaluate_all(seen) == 0
    assert page.evaluate("document.activeElement.className") == "card-title"

    page.keyboard.press("?")
    dialog = page.locator("dialog.keys[open]")
    assert dialog.locator("kbd").all_inner_texts() == ["n", "r", "1", "2", "3", "4", "?"]
    page.keyboard.press("n")
    dialog.get_by_label("Use these keys").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    page.locator(".mock-next").click()
    at(page, "Question 2 of 3")  # and not the third: two keys did nothing
    page.get_by_role("button", name="Keys").click()
    dialog.get_by_label("Use these keys").check()
    page.keyboard.press("Escape")
    page.locator(".notes textarea").press_sequentially("new notes in 3")
    at(page, "Question 2 of 3")
    page.locator(".card-title").focus()
    page.keyboard.down("n")
    page.keyboard.down("n")  # held, it repeats
    page.keyboard.up("n")
    at(page, "Question 3 of 3")
    page.locator(".mock-next").evaluate("e => { e.click(); e.click() }")  # twice, before anything could be loaded
    at(page, "Compare 1 of 3")
    assert frame.evaluate_all(seen) == 0
    page.keyboard.press("3")
    at(page, "Compare 2 of 3")
    page.locator(".grades [data-grade='4']").evaluate("e => { e.click(); e.click() }")
    at(page, "Compare 3 of 3")
    page.keyboard.press("1")
    page.get_by_role("heading", name="Your report").wait_for()
    assert [row[3] for row in rows(page, 0)] == ["Good", "Easy", "Again"]
    assert frame.evaluate_all(seen) == around
    assert page.evaluate("document.activeElement.textContent") == "Your report"


def test_the_clock_counts_up_and_only_nudges(new_page: Open) -> None:
    page = new_page()
    page.clock.install(time="2026-03-10T12:00:00Z")
    page.goto(page.url + SHORT)
    page.clock.pause_at("2026-03-10T12:01:00Z")
    begin(page)
    id = asked(page)[0]
    target = 30 + 60 * ANSWERED[id][1].minutes
    clock, nudge = page.locator(".clock-time"), page.locator(".clock-nudge")
    assert page.locator(".clock-target").inner_text() == f"about {target // 60}:{target % 60:02}"
    assert (clock.inner_text(), nudge.inner_text()) == ("0:00", "")
    page.clock.fast_forward(65_000)  # as a tab in the background: one tick for all of it
    assert (clock.inner_text(), nudge.inner_text()) == ("1:05", "")
    page.clock.fast_forward((target - 65) * 1000)
    assert nudge.inner_text() == "", "the target itself is in time"
    page.clock.fast_forward(1000)
    assert nudge.inner_text() == "Most answers would be over about now."
    assert nudge.get_attribute("role") == "status"
    page.clock.fast_forward(3_600_000)
    assert clock.inner_text() == f"{(target + 3601) // 60}:{(target + 3601) % 60:02}", "nothing stops the reader"
    page.locator(".mock-next").click()
    at(page, "Question 2 of 3")
    assert (clock.inner_text(), nudge.inner_text()) == ("0:00", ""), "each question has its own time"


def test_a_reload_loses_nothing_and_leaving_keeps_nothing(new_page: Open) -> None:
    page = new_page()
    page.clock.install(time="2026-03-10T12:00:00Z")
    page.goto(page.url + SHORT)
    begin(page)
    ids = asked(page)
    page.locator(".mock-next").click()
    title = at(page, "Question 2 of 3").inner_text()
    page.locator(".notes textarea").fill("first <b>this</b>\nthen that")
    page.clock.fast_forward(600_000)
    page.goto(page.url.split("?")[0])  # as from the menu: the choices of the interview come from the tab
    assert at(page, "Question 2 of 3").inner_text() == title
    assert page.locator(".clock-time").inner_text().startswith("10:")
    assert page.locator(".notes textarea").input_value() == "first <b>this</b>\nthen that"
    page.locator(".mock-next").click()
    at(page, "Question 3 of 3")
    page.locator(".mock-next").click()
    at(page, "Compare 1 of 3")
    grade(page, "Good")
    at(page, "Compare 2 of 3")
    assert page.locator(".notes-text").inner_text() == "first <b>this</b>\nthen that"
    page.locator(".point input").nth(1).check()
    said = page.locator(".grades-said").inner_text()
    page.reload()
    at(page, "Compare 2 of 3")
    page.locator(".point input:checked").wait_for()
    assert page.locator(".point input").evaluate_all("all => all.map(e => e.checked)").index(True) == 1
    page.locator(".grades-said", has_text=said).wait_for()
    grade(page, "Hard")
    at(page, "Compare 3 of 3")
    grade(page, "Easy")
    page.get_by_role("heading", name="Your report").wait_for()
    assert [[row[2][0], row[3]] for row in rows(page, 0)] == [["0", "Good"], ["1", "Hard"], ["0", "Easy"]]
    assert [event["question"] for event in page.evaluate(IN_ORDER)] == [*ids, ""]
    shared = page.get_by_role("link", name="this address").get_attribute("href")
    assert shared == "?who=role%3Aml-engineer&n=3&seed=abc", "not what the address bar says by now"
    page.reload()
    ready(page)
    assert page.locator(".card-title, .app table").count() == 0, "what is finished does not come back"

    begin(page)
    page.locator(".notes textarea").fill("gone")
    leave(page)
    page.locator(".app-state", has_text="nothing of it was kept").wait_for()
    assert page.locator(".md-header").is_visible()
    assert page.evaluate("sessionStorage.length") == 0
    page.reload()
    ready(page)
    assert page.locator(".setup").is_visible()
    assert len(page.evaluate(IN_ORDER)) == 4


def test_a_reload_without_a_connection_keeps_the_interview(browser: Browser, address: str) -> None:
    """A context of its own, since the console may say what could not be loaded."""
    page = browser.new_context().new_page()
    page.goto(address + SHORT)
    begin(page)
    page.locator(".notes textarea").fill("still here")
    page.route("**/study.json", lambda route: route.abort())
    page.reload()
    page.locator(".app-state", has_text="could not be loaded").wait_for()
    page.unroute("**/study.json")
    page.get_by_role("button", name="Try again").click()
    at(page, "Question 1 of 3")
    assert page.locator(".notes textarea").input_value() == "still here"
    page.route("**/questions/**", lambda route: route.abort())
    page.reload()
    page.locator(".app-state", has_text="could not be loaded").wait_for()
    leave(page)  # nobody is locked in
    page.locator(".md-header").wait_for()
    page.context.close()


def test_a_recording_is_played_beside_our_answer_and_stored_nowhere(new_page: Open, tmp_path: Path) -> None:
    page = new_page(permissions=["microphone"])
    page.add_init_script(LISTEN)
    sent: list[str] = []
    page.on("request", lambda request: request.method == "GET" or sent.append(request.url))
    page.goto(page.url + SHORT)
    begin(page)
    ids = asked(page)
    press, said = page.locator(".record"), page.locator(".record-said")
    press.focus()
    page.keyboard.press("Enter")
    said.filter(has_text="Recording.").wait_for()
    assert said.get_attribute("role") == "status"
    assert press.evaluate("e => e === document.activeElement"), "the same key stops it"
    until(page, "heard > 1000")
    page.keyboard.press("Enter")
    said.filter(has_text="Recorded.").wait_for()
    assert press.inner_text() == "Record it again"
    until(page, OFF)
    page.locator(".mock-next").click()
    at(page, "Question 2 of 3")
    page.keyboard.press("r")
    said.filter(has_text="Recording.").wait_for()
    until(page, "heard > 1000")
    page.locator(".mock-next").click()  # going on stops it too
    at(page, "Question 3 of 3")
    until(page, OFF)
    page.locator(".mock-next").click()

    for place in (1, 2):
        at(page, f"Compare {place} of 3")
        player = page.get_by_label("Your recording")
        until(page, "document.querySelector('.app audio').readyState > 0")  # it is sound that this browser can play
        assert player.evaluate("e => !!(e.compareDocumentPosition(document.querySelector('.card-sheet')) & 4)")
        with page.expect_download() as saving:
            page.get_by_role("link", name="Save this recording").click()
        assert saving.value.suggested_filename == f"{ids[place - 1]}.webm"
        saving.value.save_as(tmp_path / "saved")
        assert (tmp_path / "saved").read_bytes().startswith(b"\x1a\x45\xdf\xa3"), "what all WebM files begin with"
        stored = page.evaluate(STORED)
        assert ids[0] in stored
        assert not re.search("blob|webm|audio|buffer", stored, re.IGNORECASE)
        grade(page, "Good")
    at(page, "Compare 3 of 3")
    assert page.locator(".app audio").count() == 0
    grade(page, "Good")
    page.get_by_role("heading", name="Your report").wait_for()
    stored = page.evaluate(STORED)
    assert ids[0] in stored
    assert not re.search("blob|webm|audio|buffer", stored, re.IGNORECASE)
    assert sent == []


def test_a_microphone_is_refused_or_off_when_the_reader_goes_on(new_page: Open) -> None:
    page = new_page()
    page.add_init_script("""
        MediaDevices.prototype.getUserMedia = async () => { throw new DOMException('no', 'NotAllowedError') }
    """)
    page.goto(page.url + SHORT)
    begin(page)
    page.locator(".record").click()
    page.locator(".record-said", has_text="not allowed").wait_for()
    go_through(page, 3)
    assert page.locator(".app audio").count() == 0

    page = new_page(permissions=["microphone"])
    page.add_init_script(LISTEN)
    page.goto(page.url + SHORT)
    begin(page)
    page.evaluate("() => { permission = new Promise(done => { allow = done }) }")
    page.locator(".record").click()
    page.locator(".mock-next").click()
    at(page, "Question 2 of 3")
    page.evaluate("() => { allow() }")
    until(page, OFF)  # allowed too late: nobody would see that it records
    page.evaluate("() => { tracks.length = 0 }")
    page.locator(".record").click()
    page.locator(".record-said", has_text="Recording.").wait_for()
    assert page.evaluate("tracks[0].readyState") == "live"
    leave(page)
    until(page, OFF)
    begin(page)
    go_through(page, 3)
    assert page.locator(".app audio").count() == 0, "of an interview that was left"


def test_ticks_grades_report_log_and_history(new_page: Open) -> None:
    page = new_page()
    page.clock.install(time="2026-03-10T12:00:00Z")
    page.goto(page.url + f"{MOCK}?who=role:ml-engineer&level=1&level=2&n=3&seed=abc")
    begin(page)
    ids = asked(page)
    for place, seconds in ((1, 65), (2, 130), (3, 0)):
        at(page, f"Question {place} of 3")
        page.clock.fast_forward(seconds * 1000)
        page.locator(".mock-next").click()
    hashes: list[list[str]] = []
    for place, (share, word) in enumerate([(1.0, "Good"), (0.2, "Again"), (0.0, "Easy")], start=1):
        at(page, f"Compare {place} of 3")
        hashes.append(tick(page, share))
        grade(page, word)
    page.get_by_role("heading", name="Your report").wait_for()
    questions = [ANSWERED[id][1] for id in ids]
    points = [question.part("Key points").blocks[0].inlines for question in questions]
    senior = [any(point.text.endswith("(senior)") for point in these) for these in points]
    assert any(senior[:2]), "else this says nothing of points that only seniors owe; take another seed"
    counts = [len(these) for these in points]

    *reviews, mock = page.evaluate(IN_ORDER)
    assert [(one["kind"], one["question"], one["grade"], one["points"], one["of"]) for one in reviews] == [
        ("review", id, value, made, count)
        for id, value, made, count in zip(ids, (3, 1, 4), hashes, counts, strict=True)
    ]
    assert {name: mock[name] for name in mock.keys() - {"id", "at", "items"}} == {
        "kind": "mock",
        "question": "",
        "day": "2026-03-10",
        "who": "role:ml-engineer",
        "level": ["1", "2"],
        "n": 3,
        "seed": "abc",
    }
    assert [[item[0], *item[2:]] for item in mock["items"]] == [
        [id, value, len(made), count] for id, value, made, count in zip(ids, (3, 1, 4), hashes, counts, strict=True)
    ]
    times = [item[1] for item in mock["items"]]
    assert [0 <= time - least < 20 for time, least in zip(times, (65, 130, 0), strict=True)] == [True] * 3

    total, made = clock_words(sum(times)), len(hashes[0]) + len(hashes[1])
    facts = f"{total} in all, {made} of {sum(counts)} key points"
    page.get_by_text(f"Machine-learning engineer, 2026-03-10: {facts}.").wait_for()
    assert rows(page, 0) == [
        [q.short, f"{clock_words(time)} of {clock_words(30 + 60 * q.minutes)}", f"{len(done)} of {count}", word]
        for q, time, done, count, word in zip(questions, times, hashes, counts, ["Good", "Again", "Easy"], strict=True)
    ]
    groups = dict.fromkeys(BANK.category(ANSWERED[id][0].category).title for id in ids)
    assert len(groups) > 1, "else there is nothing to tell apart; take another seed"
    assert [(row[0], row[1]) for row in rows(page, 1)] == [
        (name, str(sum(BANK.category(ANSWERED[id][0].category).title == name for id in ids))) for name in groups
    ]
    assert sum(int(row[2].split(" of ")[0]) for row in rows(page, 1)) == made
    weakest = page.locator("h3", has_text="To come back to").locator("+ ul a")
    assert weakest.all_inner_texts() == [questions[1].short, questions[2].short], "weakest first, what went well not"
    assert weakest.first.get_attribute("href").endswith(f"#{ids[1]}-a")

    page.goto(page.url.split("mock/")[0] + "progress/")
    row = page.locator("section:has(#mocks) tbody tr")
    row.wait_for()
    assert row.locator("td").all_inner_texts() == [
        "2026-03-10",
        "Machine-learning engineer",
        "3",
        total,
        f"{made} of {sum(counts)}",
    ]
    row.locator("a").click()
    page.wait_for_url("**/mock/?*")
    begin(page)
    assert asked(page) == ids


def tick(page: Page, share: float) -> list[str]:
    """Ticks points from the last one up, at least this share of them; the grade is proposed from those that everybody
    owes. Gives the hashes of the words that were ticked, in their order on the page."""
    said = page.locator(".grades-said")
    assert said.inner_text() == ""
    texts = [" ".join(text.split()) for text in page.locator(".point > span").all_text_contents()]
    owed = [not text.endswith("(senior)") for text in texts]
    first = len(texts)
    while len(texts) - first < share * len(texts):
        first -= 1
        page.locator(".point input").nth(first).check()
        made = sum(owed[first:]) / sum(owed)
        word = WORDS[0] if made < 1 / 3 else WORDS[1] if made < 2 / 3 else WORDS[2]
        assert said.inner_text() == f"Your ticks speak for {word}."
        assert page.locator(".grades .proposed").all_inner_texts() == [word]
    return [hashlib.sha256(text.encode()).hexdigest()[:12] for text in texts[first:]]


def clock_words(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02}"


def test_the_report_on_paper_and_as_markdown(new_page: Open) -> None:
    page = new_page(SHORT, permissions=["clipboard-read", "clipboard-write"])
    begin(page)
    ids = asked(page)
    page.locator(".notes textarea").fill("one | two")
    report(page, 3, "Hard")
    page.evaluate("() => { globalThis.print = () => { globalThis.printed = true } }")
    page.get_by_role("button", name="Print").click()
    assert page.evaluate("() => globalThis.printed") is True
    page.emulate_media(media="print")
    assert page.locator(".app table").first.is_visible()
    assert page.locator(".app h3", has_text="To come back to").is_visible()
    for away in (".md-header", ".md-footer", ".setup", ".app .buttons", "#how-it-works"):
        assert page.locator(away).is_hidden(), away
    page.emulate_media(media="screen")

    page.get_by_role("button", name="Copy as Markdown").click()
    page.locator(".said", has_text="Report copied.").wait_for()
    lines = page.evaluate("navigator.clipboard.readText()").split("\n")
    (event,) = [event for event in page.evaluate(IN_ORDER) if event["kind"] == "mock"]
    assert lines[0] == f"# Mock interview, {event['day']}"
    assert lines[2].startswith("Machine-learning engineer: ")
    assert lines[2].endswith(" key points. Seed: abc")
    site = page.url.split("practice/")[0]
    addresses = [f"{site}{ANSWERED[id][0].path.removesuffix('.md')}/#{id}-a" for id in ids]
    assert [
        re.findall(r"\]\((.*?)\).*\| (\w+) \|$", line)[0] for line in lines if " of " in line and line[0] == "|"
    ] == [(address, "Hard") for address in addresses]
    assert sorted(re.findall(r"^- \[.*\]\((.*)\)$", "\n".join(lines), re.MULTILINE)) == sorted(addresses)
    assert lines[-3:] == [f"## {ANSWERED[ids[0]][1].short}", "", "one | two"]


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")], ids=str)
def test_every_phase_is_accessible_and_fits(new_page: Open, width: int, scheme: str) -> None:
    page = new_page(SHORT, viewport={"width": width, "height": 800}, color_scheme=scheme, permissions=["microphone"])
    page.evaluate(AXE.read_text(encoding="utf-8"))
    check(page, width, "to begin")
    begin(page)
    page.locator(".record").click()
    page.locator(".record-said", has_text="Recording.").wait_for()
    page.locator(".notes textarea").fill("unbroken" * 20)
    check(page, width, "asking")
    page.locator(".card-title").focus()
    page.keyboard.press("?")
    page.locator("dialog.keys[open]").wait_for()
    check(page, width, "keys")
    page.keyboard.press("Escape")
    go_through(page, 3)
    page.locator(".point input").first.check()
    page.locator(".app summary", has_text="Full answer").click()
    page.locator(".app audio").wait_for()
    check(page, width, "comparing")
    for place in (1, 2, 3):
        at(page, f"Compare {place} of 3")
        grade(page, "Hard")
    page.get_by_role("heading", name="Your report").wait_for()
    check(page, width, "report")


def check(page: Page, width: int, phase: str) -> None:
    tags: Sequence[str] = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    page.evaluate("() => Promise.all(document.getAnimations().map(one => one.finished))")  # the header fades in again
    found = page.evaluate("tags => axe.run({ runOnly: tags }).then(result => result.violations)", tags)
    assert not [(v["id"], [node["html"][:200] for node in v["nodes"]][:5]) for v in found], phase
    assert page.evaluate("document.documentElement.scrollWidth") <= width, phase


def test_a_blocked_store_stops_nobody(new_page: Open) -> None:
    page = new_page()
    page.add_init_script("""
        const refuse = () => { throw new DOMException('no', 'SecurityError') }
        for (const name of ['sessionStorage', 'localStorage']) Object.defineProperty(window, name, { get: refuse })
        IDBFactory.prototype.open = refuse
    """)
    page.goto(page.url + SHORT)
    ready(page)
    assert page.locator(".app-state").inner_text() == "", "nothing was left that could be said to be lost"
    begin(page)
    leave(page)
    page.locator(".app-state", has_text="nothing of it was kept").wait_for()
    assert page.locator(".md-header").is_visible()
    begin(page)
    report(page, 3)
    page.locator(".app-state", has_text="does not let the site remember it").wait_for()
    assert len(rows(page, 0)) == 3
    assert page.locator(".setup").is_visible()
