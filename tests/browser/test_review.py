"""Review in a real browser: what comes when, the card and its grades, the log, undo, the end, keys, failures."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from bank.library import ROOT, load_bank
from bank.model import Question
from bank.order import study_order
from playwright.sync_api import Browser, Locator, Page
from readers_log import IN_ORDER, ONCE, PUT, VERSION
from sites import TOPIC
from waiting import until

pytestmark = ONCE

Open = Callable[..., Page]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
REVIEW = "practice/review/"
MOST = 100  # new questions a day: the bound of the setting
BANK = load_bank()
PLACES = [(page, question) for page, question in study_order(BANK) if question.answered]
ORDER = [question for _, question in PLACES]
CORE = [question for question in ORDER if question.core]
OTHERS = [question for question in ORDER if not question.core]
PACE = 10  # new questions a day, where the reader has not said otherwise
FIRST_INTERVALS = ["Again 1 day", "Hard 1 day", "Good 2 days", "Easy 8 days"]  # FSRS-6: 0.21, 1.29, 2.31 and 8.30 days
CHANNEL = "new BroadcastChannel('precision-and-recall')"


def on(page: Page, day: str) -> None:
    """Opens the review at noon of a day. The clock stands still; timers run."""
    page.clock.set_fixed_time(f"{day}T12:00:00Z")
    page.goto(page.url.split("/study/")[0] + f"/study/{REVIEW}")
    said(page, "")


def put(page: Page, *rows: dict[str, Any]) -> None:
    """Puts events into the log, as if they had been made before, and opens the page again."""
    said(page, "")  # by now the page has made the database
    full = [{"id": str(place), "at": 1e9 + place, "day": "2001-09-09", **row} for place, row in enumerate(rows)]
    page.evaluate(PUT, [full, VERSION])
    page.reload()
    said(page, "")


def graded(question: Question, grade: int, day: str) -> dict[str, Any]:
    return {"kind": "review", "question": question.id, "grade": grade, "day": day}


def setting(field: str, value: Any) -> dict[str, Any]:
    return {"kind": "setting", "question": "", "field": field, "value": value}


def said(page: Page, words: str) -> None:
    """Waits until the page says this instead of that it loads."""
    page.locator(".app-state", has_text=words, has_not_text="Loading").wait_for()


def begin(page: Page) -> None:
    page.locator(".app", has_not_text="Loading").wait_for()  # before that, the browser itself would send the form
    page.get_by_role("button", name="Start reviewing").click()
    page.locator(".card-show").wait_for()


def at(page: Page, place: str) -> Locator:
    """Waits until a card says this of where it stands."""
    card = page.locator(".card-place", has_text=place)
    card.wait_for()
    return card


def show(page: Page) -> None:
    page.locator(".card-show").click()
    page.locator(".grades").wait_for()


def grade(page: Page, word: str) -> None:
    show(page)
    page.locator(".grades button", has_text=word).click()


def button(page: Page, words: str) -> Locator:
    return page.locator(".app").get_by_role("button", name=words)


def ended(page: Page, heading: str) -> str:
    """Waits for the end and gives all that it says."""
    page.locator(".app h2", has_text=heading).wait_for()
    return page.locator(".app").inner_text()


def stored(page: Page, count: int) -> list[dict[str, Any]]:
    until(page, f"({IN_ORDER})().then(all => all.length === {count})")
    return page.evaluate(IN_ORDER)


def hashed(text: str) -> str:
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:12]


def violations(page: Page) -> list[tuple[str, list[str]]]:
    found = page.evaluate("tags => axe.run({ runOnly: tags }).then(result => result.violations)", TAGS)
    return [(one["id"], [node["html"][:200] for node in one["nodes"]][:5]) for one in found]


def test_due_ones_come_first_then_new_ones_and_the_end_says_what_comes_tomorrow(new_page: Open) -> None:
    """All core questions but the last were graded: two are due, the others are not."""
    page = new_page(REVIEW, timezone_id="UTC")
    on(page, "2026-03-10")
    late, later, *known, unseen = CORE
    rows = [graded(late, 3, "2026-03-07"), graded(later, 1, "2026-03-02")]  # due on the 9th and on the 3rd
    put(page, setting("pace", 2), *rows, *(graded(question, 4, "2026-03-09") for question in known))
    said(page, "2 questions due and 2 new today.")
    begin(page)
    for place, word in (("1 of 4 · due", "Again"), ("2 of 4 · due", "Good"), ("3 of 4 · new", "Hard")):
        at(page, place)
        grade(page, word)
    title = BANK.category(next(place.category for place, question in PLACES if question is OTHERS[0])).title
    at(page, f"4 of 4 · new · {title}")
    grade(page, "Easy")
    words = ended(page, "Done: 4 questions")
    assert "1 Again, 1 Hard, 1 Good, 1 Easy." in words
    assert "Tomorrow 2 questions will be due" in words, "what was said to be Again or Hard"
    assert page.locator(".app li").all_inner_texts() == [later.short]
    assert page.locator(".app li a").get_attribute("href").endswith(f"#{later.id}-a")
    events = stored(page, len(CORE) + 4)[-4:]
    assert [event["question"] for event in events] == [question.id for question in (later, late, unseen, OTHERS[0])]
    assert {event["day"] for event in events} == {"2026-03-10"}

    button_start = page.get_by_role("button", name="Start reviewing")
    button_start.click()
    said(page, "Nothing is due, and today's new questions are done.")
    assert button_start.is_disabled()
    on(page, "2026-03-11")
    said(page, "2 questions due and 2 new today.")


def test_the_answer_waits_and_the_reader_decides(new_page: Open) -> None:
    page = new_page(REVIEW)
    said(page, f"0 questions due and {PACE} new today.")
    begin(page)
    front = page.locator(".app").text_content() or ""
    for part in (".q-short", ".q-full", ".points", ".grades", "details.card-rest"):
        assert page.locator(part).count() == 0, f"{part} is shown before it is asked for"
    page.locator(".card-show").evaluate("e => { e.click(); e.click() }")
    page.locator(".grades").wait_for()
    assert page.locator(".card-sheet").count() == 1, "pressed twice, shown once"
    points = page.locator(".point > span").all_text_contents()
    assert not [text for text in [page.locator(".q-short").text_content() or "", *points] if text in front]
    assert [" ".join(text.split()) for text in page.locator(".grades button").all_inner_texts()] == FIRST_INTERVALS

    (senior,) = (place for place, text in enumerate(points) if text.rstrip().endswith("(senior)"))
    owed = [place for place in range(len(points)) if place != senior]
    status, boxes = page.locator(".grades-said"), page.locator(".point input")
    assert not status.inner_text()
    boxes.nth(senior).check()
    assert status.inner_text() == "Your ticks speak for Again.", "a point for seniors is not owed"
    for made, place in enumerate(owed, 1):
        boxes.nth(place).check()
        word = "Again" if 3 * made < len(owed) else "Hard" if 3 * made < 2 * len(owed) else "Good"
        assert status.inner_text() == f"Your ticks speak for {word}."
        assert page.locator(".grades .proposed").inner_text().startswith(word)
    boxes.nth(senior).uncheck()
    page.keyboard.press("f")
    assert page.locator(".card-rest .q-full").is_visible()
    assert page.locator(".card-rest [data-part=sources] li").first.is_visible()
    link = page.locator(".card-rest a", has_text="Open it on its page").get_attribute("href")
    page.locator("[data-grade='4']").evaluate("e => { e.click(); e.click() }")
    at(page, "2 of")
    (event,) = stored(page, 1)
    assert set(event) == {"id", "at", "day", "kind", "question", "grade", "points", "of"}
    assert (event["kind"], event["question"], event["grade"]) == ("review", ORDER[0].id, 4), "not what was proposed"
    assert event["points"] == [hashed(points[place]) for place in owed]
    assert event["of"] == len(points)
    page.goto(link or "")
    page.locator(f".q[data-question='{ORDER[0].id}'][data-mark=known]").wait_for()
    assert page.url.endswith(f"#{ORDER[0].id}-a")


def test_undo_stop_and_once_more(new_page: Open) -> None:
    page = new_page(REVIEW)
    begin(page)
    button(page, "Stop").click()
    assert "Tomorrow 0 questions" in ended(page, "Stopped")
    begin(page)
    assert button(page, "Undo").count() == 0, "there is nothing to take back"
    grade(page, "Good")
    at(page, "2 of")
    button(page, "Undo").evaluate("e => { e.click(); e.click() }")
    at(page, "1 of")
    review, undo = stored(page, 2)
    assert (undo["kind"], undo["event"]) == ("undo", review["id"])
    button(page, "Stop").click()
    assert "within 7 days, 0." in ended(page, "Stopped"), "as if it had never been graded"
    begin(page)
    at(page, f"1 of {PACE} · new")
    grade(page, "Easy")
    at(page, "2 of")
    button(page, "Stop").click()
    assert "1 Easy." in ended(page, "Done: 1 question")
    button(page, "Undo").click()  # the last grade of all can be taken back too
    at(page, "1 of")
    grade(page, "Again")
    at(page, "2 of")
    button(page, "Stop").click()
    assert "1 Again." in ended(page, "Done: 1 question")
    page.evaluate(f"{CHANNEL}.postMessage('changed')")  # as another tab does after a grade

    events = stored(page, 5)
    assert [event["kind"] for event in events] == ["review", "undo", "review", "undo", "review"]
    button(page, "Say it once more, not counted").click()
    at(page, "1 of 1 · once more, not counted")
    show(page)
    assert page.locator(".grades button").all_inner_texts() == ["Again", "Hard", "Good", "Easy"], "nothing comes back"
    assert button(page, "Undo").count() == 0
    page.locator(".grades button", has_text="Good").click()
    assert "1 Again." in ended(page, "Done: 1 question")
    assert stored(page, 5) == events, "nothing was written"
    page.locator(".app li a").click()
    page.locator(f".q[data-question='{ORDER[0].id}'][data-mark=shaky]").wait_for()


def today(questions: Sequence[Question]) -> str:
    """What is said of new questions: as many as there are, up to the day's measure."""
    return f"{min(len(questions), MOST)} new today."


def test_filters_narrow_and_stand_in_the_address(new_page: Open) -> None:
    fitting = {company.slug: [one for one in ORDER if BANK.suits(company, one)] for company in BANK.companies}
    slug = max((slug for slug in fitting if len(fitting[slug]) < MOST), key=lambda slug: len(fitting[slug]))
    fits = fitting[slug]
    page = new_page(f"{REVIEW}?company={slug}&level=1&level=3&category=gone")
    said(page, "")
    put(page, setting("pace", MOST))
    low, some = ([question for question in fits if question.level.rank in levels] for levels in ((1,), (1, 3)))
    assert 0 < len(low) < len(some) < len(fits) < len(ORDER), "each choice makes a difference"
    said(page, today(some))
    assert page.locator("[name=category]").input_value() == "", "what is gone is no choice"
    page.get_by_label("Advanced").uncheck()
    said(page, today(low))
    page.get_by_label("Beginner").uncheck()
    said(page, today(fits))
    page.get_by_label("Company").select_option("Any company")
    said(page, today(ORDER))
    category = PLACES[-1][0].category
    page.get_by_label("Category").select_option(category)
    inside = [question for place, question in PLACES if place.category == category]
    said(page, today(inside))
    topic = inside[-1].values("topics")[0]
    page.get_by_label("Topic").select_option(topic)
    both = [question for question in inside if topic in question.values("topics")]
    said(page, today(both))
    begin(page)
    assert page.url.split("?")[1] == f"category={category}&topic={topic}".replace(" ", "+")
    at(page, f"1 of {len(both)} · new · {BANK.category(category).title}")
    page.reload()
    said(page, today(both))

    foreign = next(
        topic
        for _, one in PLACES
        for topic in one.values("topics")
        if not any(topic in q.values("topics") for q in inside)
    )
    page.get_by_label("Topic").select_option(foreign)
    said(page, "No question matches these choices. Take one away.")
    assert page.get_by_role("button", name="Start reviewing").is_disabled()


def test_keys(new_page: Open) -> None:
    page = new_page(REVIEW)
    begin(page)
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys")
    rows = dialog.locator("dl").inner_text().split("\n")
    assert [row.strip() for row in rows if row.strip()][:4] == ["Space", "show what to say first", "1", "Again"]
    assert page.evaluate("document.activeElement.textContent") == "Close", "a press of Space switches nothing off"
    page.keyboard.press("Escape")
    dialog.wait_for(state="detached")
    page.keyboard.press("Space")
    page.locator(".grades").wait_for()
    assert page.locator(".point input:checked").count() == 0, "the same press of Space ticks nothing"
    page.locator(".search input").focus()
    page.keyboard.type("3f?")
    assert page.locator(".search input").input_value() == "3f?"
    assert dialog.count() == 0
    assert page.locator(".card-rest[open]").count() == 0
    page.keyboard.press("Escape")
    page.locator(".point input").first.focus()
    page.keyboard.press("3")
    at(page, "2 of")
    page.keyboard.press("u")
    at(page, "1 of")
    assert [event["kind"] for event in stored(page, 2)] == ["review", "undo"], "typing graded nothing"

    button(page, "Keys").click()
    page.get_by_label("Use these keys").uncheck()
    button_close = dialog.get_by_role("button", name="Close")
    button_close.click()
    stored(page, 3)
    for path in (REVIEW, f"practice/quiz/?seed={PACE}"):  # they stay off, on every page that has keys
        page.goto(page.url.split("practice/")[0] + path)
        if path == REVIEW:
            begin(page)
        else:
            page.locator(".quiz").wait_for()
        for key in ("Space", "1"):
            page.keyboard.press(key)
        assert page.locator(".grades, .app input:checked").count() == 0
    page.keyboard.press("?")
    assert dialog.count() == 0
    button(page, "Keys").click()
    page.get_by_label("Use these keys").check()
    button_close.click()
    page.keyboard.press("1")
    assert page.locator(".option input").first.is_checked()


def test_a_blocked_store_is_said_at_once_and_the_session_goes_on(new_page: Open) -> None:
    page = new_page()
    page.add_init_script("IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError') }")
    page.goto(page.url + REVIEW)
    begin(page)
    grade(page, "Again")
    at(page, f"2 of {PACE} · new")
    said(page, "does not let the site remember it")
    button(page, "Stop").click()
    words = ended(page, "Done: 1 question")
    assert "does not let the site remember it" in words
    assert "Tomorrow 1 question will be due" in words, "it counts while the page is open"
    assert "1 of" not in words


def test_what_cannot_be_loaded_is_said_and_tried_again(browser: Browser, address: str) -> None:
    """In a context of its own, because a request that fails is a word in the console."""
    page = browser.new_page()
    page.set_default_timeout(10_000)
    failure = page.locator(".app-state", has_text="The questions could not be loaded. What you did is safe")
    again = page.get_by_role("button", name="Try again")
    page.route("**/study.json", lambda route: route.abort())
    page.goto(address + REVIEW)
    failure.wait_for()
    page.unroute("**/study.json")
    again.click()
    said(page, f"{PACE} new today.")
    second = next(place for place, question in PLACES if question is ORDER[1]).path.removesuffix(".md")
    page.route(f"**/{second}/", lambda route: route.abort())
    begin(page)
    grade(page, "Good")
    failure.wait_for()
    again.click()
    failure.wait_for()
    page.unroute(f"**/{second}/")
    again.click()
    at(page, "2 of")
    assert [event["question"] for event in stored(page, 1)] == [ORDER[0].id], "it was kept, once"
    page.context.close()


def test_on_a_narrow_screen_axe_finds_nothing_and_all_is_in_sight(new_page: Open) -> None:
    page = new_page(REVIEW, viewport={"width": 320, "height": 640}, reduced_motion="reduce")
    wide = next(
        question for question in ORDER if any(not fence.part for fence in question.fences)
    )  # code is asked about
    put(page, graded(wide, 1, "2001-09-09"))
    begin(page)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    assert not violations(page)
    show(page)
    page.locator(".point input").first.check()
    page.locator(".card-rest > summary").click()
    page.evaluate("document.querySelectorAll('.app details').forEach(fold => { fold.open = true })")
    page.locator(".card-rest").scroll_into_view_if_needed()
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        assert not violations(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.locator("[data-grade='1']").click()
    place = at(page, "2 of").bounding_box()
    header = page.locator(".md-header").bounding_box()
    assert place and header
    assert header["y"] + header["height"] <= place["y"] < 320, "the next card begins below the header"
    button(page, "Keys").click()
    page.get_by_role("dialog").wait_for()
    assert not violations(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.keyboard.press("Escape")
    button(page, "Stop").click()
    ended(page, "Done: 1 question")
    heading = page.locator(".app h2").bounding_box()
    assert heading
    assert header["height"] <= heading["y"] < 600, "the end is on the screen, below the form"
    assert not violations(page)


@pytest.mark.parametrize("path", [REVIEW, "practice/quiz/"])
def test_without_a_script_it_is_explained_and_leads_on(new_page: Open, path: str) -> None:
    page = new_page(path, java_script_enabled=False)
    assert "needs JavaScript" in page.locator(".app-without").inner_text()
    assert page.locator(".setup").is_hidden()
    assert page.locator(".app").is_hidden(), "nothing says that it loads"
    page.locator(".app-without a").click()
    assert page.locator(f".list a[href*='{TOPIC.split('/')[-2]}']").count()
