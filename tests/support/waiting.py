"""Waits until something is so on a page. Playwright's own way evaluates a string there, which its policy refuses."""

from __future__ import annotations

import time

from playwright.sync_api import Page

PATIENCE = 10.0  # seconds


def until(page: Page, condition: str) -> None:
    """Returns when a JavaScript expression, or the promise that it gives, is true. Raises TimeoutError."""
    deadline = time.monotonic() + PATIENCE
    while not page.evaluate(f"() => {condition}"):
        if time.monotonic() > deadline:
            raise TimeoutError(f"never true on {page.url}: {condition}")
        page.wait_for_timeout(50)
