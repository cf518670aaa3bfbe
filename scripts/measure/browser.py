"""Opens Chromium, quietly: it calls nobody but this machine, and is closed when the context ends. Measures nothing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import find_browser

PHONE = {"viewport": {"width": 390, "height": 800}, "is_mobile": True, "has_touch": True, "device_scale_factor": 2}
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # a route of Playwright's would switch the cache off
)


class NoBrowserError(OSError):
    """No Chromium is installed."""


def chromium() -> str:
    """The path of the browser. Raises NoBrowserError."""
    path = find_browser.find()
    if path is None:
        raise NoBrowserError("no Chromium or Chrome; run 'python scripts/find_browser.py --install'")
    return path


def sandbox() -> list[str]:
    """What Chromium asks for where it is started by root, as in a container."""
    return ["--no-sandbox"] if os.geteuid() == 0 else []


@contextmanager
def browser() -> Iterator[Any]:
    """A browser of Playwright's. Raises NoBrowserError."""
    from playwright.sync_api import sync_playwright

    path = chromium()
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=[*QUIET, *sandbox()])
        try:
            yield opened
        finally:
            opened.close()
