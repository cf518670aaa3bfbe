"""Figures that move: in their answers, on their own page, by keyboard, in words, and still without a script."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import build_assets
from bank.library import PIECES, load_bank
from bank.render.explorables import find_explorables
from playwright.sync_api import Locator, Page
from waiting import until

PLACES = {name: (page, question) for page, question, name, _ in find_explorables(load_bank())}
NAMES = sorted(file.stem for file in PIECES.glob("*.js"))
ALL = "guide/pictures-that-move/"
WATCH_SHIFTS = """() => {
  globalThis.shifted = 0
  const sum = list => { for (const one of list.getEntries()) globalThis.shifted += one.hadRecentInput ? 0 : one.value }
  new PerformanceObserver(sum).observe({ type: "layout-shift", buffered: true })
}"""
ALIVE_BELOW = """[...document.querySelectorAll("[data-explore]")].every(figure =>
  figure.querySelector("output") || figure.getBoundingClientRect().top > innerHeight + 800)"""
SPOKEN = """(() => {{
  const figure = document.querySelector("[data-explore='{name}']")
  return figure.querySelector("output").textContent === figure.querySelector(".explore-said").textContent
}})()"""
LIMITS = {"stage": 2_000, "piece": 1_500}  # bytes, compressed


def _shown(figure: Locator) -> str:
    """What a figure says, and what it draws."""
    return figure.locator(".explore-said").inner_text() + figure.locator(".explore-drawing").inner_html()


def test_every_piece_has_one_figure() -> None:
    assert sorted(Path(src).stem for _, _, src, _ in find_explorables(load_bank())) == NAMES


def test_keys_move_each_and_it_says_what_it_shows(new_page: Callable[..., Page]) -> None:
    page = new_page(ALL)
    for name in NAMES:
        figure = page.locator(f"[data-explore='{name}']")
        figure.scroll_into_view_if_needed()
        figure.locator(".explore-said").wait_for()
        for slider in figure.locator("input").all():
            before, spoken = _shown(figure), slider.get_attribute("aria-valuetext")
            slider.press("ArrowRight" if slider.input_value() != slider.get_attribute("max") else "ArrowLeft")
            assert slider.get_attribute("aria-valuetext") != spoken, name
            assert _shown(figure) != before, name
            for end in ("Home", "End"):
                slider.press(end)
                assert not re.search(r"NaN|Infinity|undefined|null", _shown(figure)), name
        for button in figure.locator("button").all():
            before = _shown(figure)
            button.press("Enter")
            assert _shown(figure) != before, name
        until(page, SPOKEN.format(name=name))
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    page.emulate_media(media="print")
    assert page.locator("[data-explore] > svg[role=img]:visible").count() == len(NAMES)
    assert page.locator(".explore-drawing:visible, .explore-said:visible, [data-explore] input:visible").count() == 0


def test_it_moves_in_its_answer_once_that_is_open(new_page: Callable[..., Page]) -> None:
    page, question = PLACES["figures/roc.svg"]
    opened = new_page(f"{page.path.removesuffix('.md')}/#{question.id}")
    figure = opened.locator("[data-explore='roc']")
    assert figure.locator("input").count() == 0, "nothing is fetched for a closed answer"
    opened.locator(f"[data-question='{question.id}'] .q-a > summary").click()
    figure.locator("input").first.wait_for()
    assert figure.get_attribute("role") == "group" and figure.get_attribute("aria-label", timeout=1_000)


def test_it_moves_on_a_card_of_the_review(new_page: Callable[..., Page]) -> None:
    counts = Counter(topic for _, question in load_bank().questions for topic in question.values("topics"))
    rarest = min(
        (topic for _, question in PLACES.values() for topic in question.values("topics")), key=counts.__getitem__
    )
    page = new_page("practice/review/")
    page.locator(".app", has_not_text="Loading").wait_for()
    page.locator("select[name=topic]").select_option(rarest)
    page.get_by_role("button", name="Start reviewing").click()
    for _ in range(counts[rarest]):
        page.locator(".card-show").click()
        page.locator(".card-rest > summary").click()
        if page.locator("[data-explore]").count():
            break
        page.locator(".grades button", has_text="Good").click()
    page.locator("[data-explore] input").first.wait_for()


def test_it_stands_still_without_a_script(new_page: Callable[..., Page]) -> None:
    page = new_page(ALL, java_script_enabled=False)
    assert page.locator("[data-explore] > svg[role=img]").count() == len(NAMES)
    assert page.locator("[data-explore] input").count() == 0


def test_it_stands_still_where_its_module_is_missing(new_page: Callable[..., Page]) -> None:
    page = new_page("about/decisions/")
    page.route("**/stage-*.js", lambda route: route.fulfill(body="export {}", content_type="text/javascript"))
    page.goto(page.url.replace("about/decisions/", ALL), wait_until="networkidle")
    assert page.locator("[data-explore] > svg[role=img]").count() == len(NAMES)


def test_the_page_does_not_jump_as_it_scrolls(new_page: Callable[..., Page]) -> None:
    page = new_page(ALL)
    page.evaluate(WATCH_SHIFTS)
    for _ in range(12):
        page.mouse.wheel(0, 400)
        until(page, ALIVE_BELOW)  # a reader is slower than a busy machine
    assert page.evaluate("globalThis.shifted") < 0.01


def test_each_is_small() -> None:
    built = build_assets.BUILT
    sizes = {name: _size(next(built.glob(f"{name}-*.js"))) for name in ["stage", *NAMES]}
    assert sizes.pop("stage") <= LIMITS["stage"]
    assert {name: size for name, size in sizes.items() if size > LIMITS["piece"]} == {}


def _size(file: Path) -> int:
    return len(gzip.compress(file.read_bytes(), 9))
