"""The frame around every page in a real browser: what readers of a Material site expect, without Material's script."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest
from bank.library import load_bank
from playwright.sync_api import Browser, Page
from sites import TOPIC, Handler, serve
from waiting import until

Open = Callable[..., Page]
IDS = [question.id for question in load_bank().pages["questions/ml-fundamentals/learning-from-data.md"].questions]
PHONE = {"width": 390, "height": 800}
DARK, LIGHT = "rgb(21, 24, 27)", "rgb(251, 250, 247)"
CONTENTS = ".md-sidebar--secondary .md-nav--secondary"


def background(page: Page) -> str:
    return page.evaluate("getComputedStyle(document.body).backgroundColor")


def top(page: Page, selector: str) -> float:
    return page.locator(selector).evaluate("e => e.getBoundingClientRect().top")


def header_bottom(page: Page) -> float:
    return page.locator(".md-header").evaluate("e => e.getBoundingClientRect().bottom")


def test_the_contents_list_marks_where_the_reader_is(new_page: Open) -> None:
    page = new_page(TOPIC)
    page.evaluate(f"document.getElementById('{IDS[3]}').scrollIntoView()")
    current = page.locator(f"{CONTENTS} [aria-current=location]")
    until(page, f"document.querySelector('{CONTENTS} [aria-current]')?.hash === '#{IDS[3]}'")
    assert current.count() == 1
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    until(page, f"document.querySelector('{CONTENTS} [aria-current]')?.hash === '#{IDS[-1]}'")


def test_the_contents_list_keeps_the_current_entry_in_sight(new_page: Open) -> None:
    page = new_page(TOPIC, viewport={"width": 1280, "height": 330})
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    until(page, f"document.querySelector('{CONTENTS} [aria-current]')?.hash === '#{IDS[-1]}'")
    page.wait_for_timeout(100)
    inside = page.evaluate(f"""() => {{
        const link = document.querySelector('{CONTENTS} [aria-current]').getBoundingClientRect()
        const frame = document.querySelector('.md-sidebar--secondary .md-sidebar__scrollwrap').getBoundingClientRect()
        return link.top >= frame.top && link.bottom <= frame.bottom + 1
    }}""")
    assert inside


def test_the_header_takes_the_title_over(new_page: Open) -> None:
    page = new_page(TOPIC)
    shown = page.locator(".md-header__topic").nth(1)
    assert shown.evaluate("e => getComputedStyle(e).opacity") == "0"
    page.evaluate("scrollTo(0, 600)")
    until(page, "getComputedStyle(document.querySelectorAll('.md-header__topic')[1]).opacity === '1'")
    assert shown.inner_text() == "Learning from data"


def test_a_way_back_to_the_top_on_the_way_up(new_page: Open) -> None:
    page = new_page(TOPIC)
    button = page.locator(".md-top")
    page.evaluate("scrollTo(0, 1500)")
    page.wait_for_timeout(200)
    assert button.is_hidden(), "not on the way down"
    page.evaluate("scrollTo(0, 1200)")
    button.wait_for(state="visible")
    button.click()
    until(page, "scrollY === 0")
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_contents_link_lands_below_the_header(new_page: Open) -> None:
    page = new_page(TOPIC)
    page.locator(f"{CONTENTS} a[href='#{IDS[2]}']").click()
    page.wait_for_timeout(200)
    assert header_bottom(page) <= top(page, f"h3[id='{IDS[2]}']") < 300
    assert page.locator("details.q-a[open]").count() == 0, "try first"


def test_code_is_copied_and_the_reader_told(new_page: Open) -> None:
    page = new_page(TOPIC, permissions=["clipboard-read", "clipboard-write"])
    page.locator("details.q-a > summary").first.click()
    code = page.locator("details.q-a[open] pre").first
    code.locator(".copy").focus()
    page.keyboard.press("Enter")
    page.locator(".said", has_text="Code copied").wait_for()
    assert page.locator(".said").get_attribute("role") == "status"
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == code.locator("code").inner_text().rstrip()


def test_the_copy_button_is_reached_by_tab(new_page: Open) -> None:
    page = new_page(TOPIC)
    page.locator("details.q-a > summary").first.click()
    page.locator("details.q-a[open] > summary").first.focus()
    reached = []
    for _ in range(12):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.className"))
    assert "copy" in reached


def test_the_address_that_lasts_is_copied(new_page: Open) -> None:
    page = new_page(f"{TOPIC}#{IDS[1]}-a", permissions=["clipboard-read", "clipboard-write"])
    page.locator(f"[id='{IDS[1]}-a'] [data-copy]").click()
    page.locator(".said", has_text="Link copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()").endswith(f"/study/q/{IDS[1]}/")


def test_colors_follow_the_system_with_and_without_a_script(new_page: Open) -> None:
    for script in (True, False):
        page = new_page(TOPIC, color_scheme="dark", java_script_enabled=script)
        assert background_without_script(page) == DARK
    assert background(new_page(TOPIC, color_scheme="light")) == LIGHT


def background_without_script(page: Page) -> str:
    return page.locator("body").evaluate("e => getComputedStyle(e).backgroundColor")


def test_colors_are_chosen_by_keyboard_and_kept(new_page: Open) -> None:
    page = new_page(TOPIC, color_scheme="light")
    button = page.locator("[data-scheme-button]")
    for _ in range(12):
        page.keyboard.press("Tab")
        if button.evaluate("e => e === document.activeElement"):
            break
    assert button.get_attribute("aria-label") == "Colors: as the system"
    page.keyboard.press("Enter")
    assert (background(page), button.get_attribute("aria-label")) == (LIGHT, "Colors: light")
    page.keyboard.press("Enter")
    assert (background(page), button.get_attribute("aria-label")) == (DARK, "Colors: dark")
    page.reload()
    assert background(page) == DARK
    page.locator("[data-scheme-button]").click()
    assert background(page) == LIGHT
    page.reload()
    assert background(page) == LIGHT, "the system's again"


def test_stored_dark_never_flashes(new_page: Open) -> None:
    page = new_page(TOPIC, color_scheme="light")
    page.evaluate("localStorage.scheme = 'dark'")
    page.add_init_script("""
        globalThis.seen = new Set()
        const look = () => {
            if (document.body) seen.add(getComputedStyle(document.body).backgroundColor)
            requestAnimationFrame(look)
        }
        requestAnimationFrame(look)
    """)
    page.reload()
    page.wait_for_timeout(300)
    assert set(page.evaluate("[...seen]")) - {"rgba(0, 0, 0, 0)"} == {DARK}


def test_the_menu_opens_and_closes_beside_it(new_page: Open) -> None:
    page = new_page(TOPIC, viewport=PHONE)
    menu = page.locator(".md-sidebar--primary")
    assert not menu.is_visible()
    page.locator("label.menu-button").click()
    menu.locator("a", has_text="All questions").wait_for(state="visible")
    assert page.locator(".md-content").evaluate("e => e.inert")
    page.mouse.click(380, 500)
    menu.wait_for(state="hidden")
    assert not page.locator(".md-content").evaluate("e => e.inert")


def test_the_menu_works_without_a_script(new_page: Open) -> None:
    page = new_page(TOPIC, viewport=PHONE, java_script_enabled=False)
    page.locator("label.menu-button").click()
    page.locator(".md-sidebar--primary a", has_text="Companies").click()
    assert page.locator("h1").inner_text() == "Companies"


def test_the_menu_by_keyboard(new_page: Open) -> None:
    page = new_page(TOPIC, viewport=PHONE)
    box = page.locator("[id=__drawer]")
    for _ in range(4):
        page.keyboard.press("Tab")
        if box.evaluate("e => e === document.activeElement"):
            break
    page.keyboard.press("Enter")
    until(page, "document.activeElement.closest('.md-sidebar--primary') !== null")
    page.keyboard.press("Escape")
    page.locator(".md-sidebar--primary").wait_for(state="hidden")
    assert box.evaluate("e => e === document.activeElement"), "the focus goes back"


def test_the_menu_holds_the_contents_and_a_link_closes_it(new_page: Open) -> None:
    page = new_page(TOPIC, viewport=PHONE)
    page.locator("label.menu-button").click()
    page.locator(f".md-sidebar--primary a[href='#{IDS[2]}']").click()
    page.locator(".md-sidebar--primary").wait_for(state="hidden")
    assert header_bottom(page) <= top(page, f"h3[id='{IDS[2]}']") < 400


def test_the_menu_names_the_current_page(new_page: Open) -> None:
    page = new_page(TOPIC)
    assert page.locator(".menu [aria-current=page]").inner_text() == "Learning from data"
    links = page.locator(".menu a:visible").all_inner_texts()
    assert links[0] == "All questions"
    assert "Distributions and Bayes" not in links, "other categories are one link each"


def test_the_first_tab_skips_to_the_content(new_page: Open) -> None:
    page = new_page(TOPIC)
    page.keyboard.press("Tab")
    assert page.locator(".skip").evaluate(
        "e => e === document.activeElement && getComputedStyle(e).clipPath === 'none'"
    )
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def shift(page: Page) -> float:
    """What has moved on a page since it began to show, as browsers score it."""
    return page.evaluate("""() => new Promise(resolve => {
        let total = 0
        new PerformanceObserver(list => {
            for (const entry of list.getEntries()) if (!entry.hadRecentInput) total += entry.value
        }).observe({ type: 'layout-shift', buffered: true })
        setTimeout(() => resolve(total), 100)
    })""")


@pytest.mark.parametrize("path", ["", TOPIC, "questions/", "companies/google/"])
def test_nothing_moves_while_a_page_loads(new_page: Open, path: str) -> None:
    page = new_page()
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(page.url.split("/study/")[0] + f"/study/{path}")
        page.wait_for_timeout(300)
        assert shift(page) == 0, f"{path} at {width}"


SLOWLY = {b"</form>": "header", b"First paragraph</button>": "bar", b"<th>Machine learning": "table"}
"""Ends of what a slow network brings first; each is in a row that the rest of it moves."""


class Hesitant(Handler):
    """Sends the part of a page that the address names, and the rest later."""

    def copyfile(self, source: BinaryIO, outputfile: BinaryIO) -> None:  # type: ignore[override]
        page = source.read()
        end = next((end for end, name in SLOWLY.items() if self.path.endswith(f"?{name}")), b"")
        first = page.index(end) + len(end)
        outputfile.write(page[:first])
        if first:
            time.sleep(0.3)
        outputfile.write(page[first:])


@pytest.mark.parametrize(
    ("path", "width", "part"), [(TOPIC, 390, "header"), (TOPIC, 390, "bar"), ("companies/google/", 1280, "table")]
)
def test_half_a_page_is_not_shown_so_that_nothing_moves(
    browser: Browser, sites: dict[str, Path], path: str, width: int, part: str
) -> None:
    size = {"width": width, "height": 800}
    with serve(sites["mkdocs"], Hesitant) as address, browser.new_context(viewport=size) as context:
        page = context.new_page()
        page.goto(address)
        page.goto(f"{address}{path}?{part}")
        assert shift(page) == 0


@pytest.mark.parametrize("setting", [{"forced_colors": "active"}, {"reduced_motion": "reduce"}])
def test_forced_colors_and_reduced_motion(new_page: Open, setting: dict[str, str]) -> None:
    page = new_page(f"{TOPIC}#{IDS[0]}-a", **setting)
    page.locator(".quiz label").first.click()
    page.locator(".quiz-check").first.click()
    assert page.locator(".option[data-shown] .verdict").first.is_visible(), "a word, not only a color"
    if "reduced_motion" in setting:
        moving = (
            "[...document.querySelectorAll('*')].filter(e => getComputedStyle(e).transitionDuration !== '0s').length"
        )
        assert page.evaluate(moving) == 0
