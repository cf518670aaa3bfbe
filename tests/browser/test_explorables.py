"""Figures that move: in their answers, on their own page, by keyboard, in words, and still without a script."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import build_assets
import pytest
from bank.library import PIECES, load_bank
from bank.render.explorables import find_explorables
from playwright.sync_api import Page

PLACES = {name: (page, question) for page, question, name, _ in find_explorables(load_bank())}
NAMES = sorted(file.stem for file in PIECES.glob("*.js"))
ALL = "guide/pictures-that-move/"
WATCH_SHIFTS = """() => {
  globalThis.shifted = 0
  const sum = list => { for (const one of list.getEntries()) globalThis.shifted += one.hadRecentInput ? 0 : one.value }
  new PerformanceObserver(sum).observe({ type: "layout-shift", buffered: true })
}"""
LIMITS = {"stage": 2_000, "piece": 1_500}  # bytes, compressed


def _address(name: str) -> str:
    page, question = PLACES[f"figures/{name}.svg"]
    return f"{page.path.removesuffix('.md')}/#{question.id}-a"


def test_every_piece_has_one_figure() -> None:
    assert sorted(Path(src).stem for _, _, src, _ in find_explorables(load_bank())) == NAMES


def test_all_move_on_one_page(new_page: Callable[..., Page]) -> None:
    page = new_page(ALL)
    for name in NAMES:
        figure = page.locator(f"[data-explore='{name}']")
        figure.scroll_into_view_if_needed()
        figure.locator("output").wait_for()
        assert len(figure.locator("output").inner_text()) > 20


@pytest.mark.parametrize("name", NAMES)
def test_keys_move_it_in_its_answer(new_page: Callable[..., Page], name: str) -> None:
    page = new_page(_address(name))
    figure = page.locator(f"[data-explore='{name}']")
    figure.scroll_into_view_if_needed()
    said = figure.locator("output")
    said.wait_for()
    for slider in figure.locator("input").all():
        before, spoken = said.inner_text(), slider.get_attribute("aria-valuetext")
        drawn = figure.locator("svg").inner_html()
        slider.press("ArrowRight" if slider.input_value() != slider.get_attribute("max") else "ArrowLeft")
        assert slider.get_attribute("aria-valuetext") != spoken
        assert (said.inner_text(), figure.locator("svg").inner_html()) != (before, drawn)
        for end in ("Home", "End"):
            slider.press(end)
            assert not {"NaN", "Infinity", "undefined"} & set(said.inner_text().replace(".", " ").split())
            assert "NaN" not in figure.locator("svg").inner_html()
    for button in figure.locator("button").all():
        drawn = figure.locator("svg").inner_html() + said.inner_text()
        button.press("Enter")
        assert figure.locator("svg").inner_html() + said.inner_text() != drawn or "again" in button.inner_text().lower()
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


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
        page.mouse.wheel(0, 500)
        page.wait_for_timeout(50)
    assert page.evaluate("globalThis.shifted") < 0.01


def test_each_is_small() -> None:
    built = build_assets.BUILT
    sizes = {name: _size(next(built.glob(f"{name}-*.js"))) for name in ["stage", *NAMES]}
    assert sizes.pop("stage") <= LIMITS["stage"]
    assert {name: size for name, size in sizes.items() if size > LIMITS["piece"]} == {}


def _size(file: Path) -> int:
    return len(gzip.compress(file.read_bytes(), 9))
