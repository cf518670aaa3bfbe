"""The quiz in a real browser: drawn by the seed in the address, the first try counts, reasons, result, failures."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

from bank.library import ROOT, load_bank
from playwright.sync_api import Browser, Locator, Page
from readers_log import IN_ORDER, ONCE
from waiting import until

pytestmark = ONCE

Open = Callable[..., Page]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
QUIZ = "practice/quiz/"
BANK = load_bank()
SHORT = {question.id: question.short for _, question in BANK.questions}
ITEMS = {question.id: question.quiz for _, question in BANK.questions if question.quiz}


def at(page: Page, place: str) -> str:
    """Waits until a quick check says this of where it stands, and gives the id of its question."""
    page.locator(".card-place", has_text=place).wait_for()
    return page.locator(".quiz").get_attribute("data-question") or ""


def order(page: Page) -> list[str]:
    return page.locator(".option").evaluate_all("all => all.map(one => one.dataset.option)")


def option(page: Page, right: bool) -> Locator:
    return page.locator(".option[data-right]" if right else ".option:not([data-right])").first


def answer(page: Page, right: bool) -> None:
    """Chooses a right or a wrong option of an item that has one right one, and checks it."""
    option(page, right).locator("label").click()
    page.locator(".quiz-check").click()
    page.locator(".quiz-result", has_text="Right." if right else "Not quite.").wait_for()


def button(page: Page, words: str) -> Locator:
    return page.locator(".app").get_by_role("button", name=words)


def ended(page: Page, heading: str) -> str:
    """Waits for the result and gives all that it says."""
    page.locator(".app h2", has_text=heading).wait_for()
    return page.locator(".app").inner_text()


def seed(page: Page) -> str:
    return parse_qs(urlsplit(page.url).query)["seed"][0]


def stored(page: Page, count: int) -> list[dict[str, Any]]:
    until(page, f"({IN_ORDER})().then(all => all.length === {count})")
    return page.evaluate(IN_ORDER)


def sitting(page: Page, count: int) -> list[tuple[str, list[str]]]:
    """Goes through a whole quiz by keyboard. Gives each item's question and the order of its options."""
    found = []
    for place in range(1, count + 1):
        found.append((at(page, f"{place} of {count}"), order(page)))
        for key in "1cn":
            page.keyboard.press(key)
    ended(page, f"of {count} right")
    return found


def test_who_opens_the_same_address_is_asked_the_same(new_page: Open) -> None:
    path = f"{QUIZ}?level=2&n=5&seed=Ünal+%26+Bo"
    page = new_page(path)
    first = sitting(page, 5)
    assert seed(page) == "ünal & bo", "a telephone writes capitals by itself"
    assert len({question for question, _ in first}) == 5
    assert sitting(new_page(path, viewport={"width": 390, "height": 700}), 5) == first
    as_written = [[option.key for option in ITEMS[question].options] for question, _ in first]
    assert [sorted(keys) for _, keys in first] == [sorted(keys) for keys in as_written]
    assert [keys for _, keys in first] != as_written, "options are shuffled"
    other = sitting(new_page(path.replace("Bo", "Co")), 5)
    assert [question for question, _ in other] != [question for question, _ in first]


def test_the_first_try_counts_and_the_end_leads_to_the_answers(new_page: Open) -> None:
    page = new_page(f"{QUIZ}?category=ml-fundamentals&n=5")
    page.locator(".app", has_not_text="Loading").wait_for()
    assert page.locator(".setup").is_visible(), "a choice in the address is no seed: nothing has begun"
    assert page.get_by_label("Category").input_value() == "ml-fundamentals"
    page.get_by_role("button", name="Start the quiz").click()
    wrong = at(page, "1 of 5 · ML fundamentals")
    drawn = seed(page)
    link, following = page.locator(".app a", has_text="Read the answer"), button(page, "Next question")
    assert link.is_hidden()
    assert following.is_disabled()
    assert page.locator(".why-body:visible").count() == 0
    answer(page, right=False)
    for right in (True, False):
        assert option(page, right).locator(".why-body").is_visible(), "the reason stands under both"
    assert (link.get_attribute("href") or "").endswith(f"#{wrong}-a")
    assert link.is_visible()
    answer(page, right=True)
    following.evaluate("e => { e.click(); e.click() }")
    asked = [wrong]
    for place in range(2, 6):
        asked.append(at(page, f"{place} of 5 · ML fundamentals"))
        answer(page, right=True)
        button(page, "Next question" if place < 5 else "See how it went").click()
    words = ended(page, "4 of 5 right")
    assert "To look at again, 1 answer:" in words
    assert page.locator(".app li").all_inner_texts() == [SHORT[wrong]]
    assert (page.locator(".app li a").get_attribute("href") or "").endswith(f"#{wrong}-a")
    events = stored(page, 6)
    assert [event["right"] for event in events] == [False, True, True, True, True, True], "every check is kept"
    assert [event["question"] for event in events] == [wrong, *asked]
    assert {event["kind"] for event in events} == {"quiz"}
    for event in events:
        item = ITEMS[event["question"]]
        assert event["item"] == item.key
        right = [one.key for one in item.options if one.right]
        assert (event["chosen"] == right) == event["right"]

    button(page, "The same questions again").click()
    assert [question for question, _ in sitting(page, 5)] == asked
    assert seed(page) == drawn
    button(page, "New questions").click()
    at(page, "1 of 5 · ML fundamentals")
    assert seed(page) != drawn
    button(page, "Stop").click()
    assert "No question was answered." in ended(page, "0 of 0 right")
    foreign = next(topic for page_, one in BANK.questions for topic in one.values("topics") if topic not in topics())
    page.get_by_label("Topic").select_option(foreign)
    page.get_by_role("button", name="Start the quiz").click()
    page.locator(".app-state", has_text="No quick check matches these choices. Take one away.").wait_for()


def topics() -> set[str]:
    """The topics of the category that the test above chooses."""
    inside = [question for page, question in BANK.questions if page.category == "ml-fundamentals"]
    return {topic for question in inside for topic in question.values("topics")}


def test_keys_and_typing(new_page: Open) -> None:
    page = new_page(f"{QUIZ}?n=5")
    page.locator(".app", has_not_text="Loading").wait_for()
    page.get_by_label("Seed").focus()
    page.keyboard.type("1cn?")
    assert page.get_by_label("Seed").input_value() == "1cn?"
    assert page.get_by_role("dialog").count() == 0
    page.keyboard.press("Enter")
    at(page, "1 of 5")
    assert seed(page) == "1cn?"
    button(page, "Keys").click()
    dialog = page.get_by_role("dialog", name="Keys")
    assert "check the answer" in dialog.inner_text()
    for key in "1c":
        page.keyboard.press(key)
    assert page.locator(".option input:checked").count() == 0, "the list lies above the quiz"
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    page.keyboard.press("2")
    assert page.locator(".option input").nth(1).is_checked()
    assert at(page, "1 of 5"), "an unanswered one is not passed over"
    page.keyboard.press("c")
    page.locator(".option[data-shown]").first.wait_for()
    page.keyboard.press("n")
    at(page, "2 of 5")


def test_axe_finds_nothing_on_a_narrow_screen(new_page: Open) -> None:
    page = new_page(f"{QUIZ}?seed=axe&n=5", viewport={"width": 320, "height": 640}, reduced_motion="reduce")
    at(page, "1 of 5")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    page.locator(".quiz-about summary").click()
    answer(page, right=False)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found = page.evaluate("tags => axe.run({ runOnly: tags }).then(result => result.violations)", TAGS)
        assert not [(one["id"], [node["html"][:200] for node in one["nodes"]][:5]) for one in found]
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_shared_quiz_that_cannot_be_loaded_is_tried_again(browser: Browser, address: str) -> None:
    """In a context of its own, because a request that fails is a word in the console."""
    page = browser.new_page()
    page.set_default_timeout(10_000)
    page.route("**/study.json", lambda route: route.abort())
    page.goto(f"{address}{QUIZ}?seed=shared&n=5")
    page.locator(".app-state", has_text="The questions could not be loaded.").wait_for()
    page.unroute("**/study.json")
    page.get_by_role("button", name="Try again").click()
    at(page, "1 of 5")
    assert seed(page) == "shared"
    page.context.close()
