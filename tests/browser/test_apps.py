"""Every page that practices starts, from either generator. The rest is tested once: both build the same pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from bank.marker import APPS
from playwright.sync_api import Page

Open = Callable[..., Page]
BEGUN = {
    "review": ".card-show",
    "quiz": ".quiz[data-live]",
    "mock": ".mock-next",
    "progress": "[data-part=data] h2",
    "offline": ".app .button-first",
}


@pytest.mark.parametrize("app", APPS)
def test_an_app_begins(new_page: Open, app: str) -> None:
    page = new_page(f"practice/{app}/")
    if page.locator("form.setup").count():  # in the page itself; the progress page makes one that needs no pressing
        page.locator("form.setup .button-first:enabled").click()
    page.locator(BEGUN[app]).wait_for()


def test_without_a_script_every_app_says_so(new_page: Open) -> None:
    for app in APPS:
        page = new_page(f"practice/{app}/", java_script_enabled=False)
        assert page.locator(".app-without").is_visible()
        assert page.locator(".app, .setup").filter(visible=True).count() == 0
