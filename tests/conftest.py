"""What many tests share: the built sites, a browser, and a page that fails on whatever must never happen."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import build_assets
import find_browser
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from sites import BASE, GENERATORS, build_once, build_raw, serve

UNUSED = (
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxPopup",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
)
"""Features of Chromium that no test needs. The first two are pages behind the address bar, which it opens unseen in
each new window: they took more than half of the time of a short test. The rest repeats what Playwright switches off
for steady tests, since Chromium heeds only the last list that it is given."""

WITH_BOTH = ("test_apps", "test_frame", "test_quiz")


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The folder that each generator has built, with the scripts as they are now."""
    if "ASSETS_ARE_BUILT" not in os.environ:  # `make test` has done it, for all processes
        build_assets.build()
    return build_once(Path(os.environ.get("SHARED_SITES") or tmp_path_factory.mktemp("sites")))


@pytest.fixture(scope="session")
def raw_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a second build by MkDocs, as it is before publishing changes it."""
    return build_raw(tmp_path_factory.mktemp("raw"))


@pytest.fixture(scope="session")
def addresses(sites: dict[str, Path]) -> Iterator[dict[str, str]]:
    """Where each built site is served."""
    with serve(sites["mkdocs"]) as first, serve(sites["zensical"]) as second:
        yield {"mkdocs": first, "zensical": second}


@pytest.fixture
def address(request: pytest.FixtureRequest, addresses: dict[str, str]) -> str:
    """The site, from the generator that `pytest_generate_tests` chooses."""
    return addresses[request.param]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Runs a browser test once, and those of the frame and of what is alive in it against both generators' sites: that
    these are alike otherwise is what tests/test_site.py compares."""
    chosen = any("address" in mark.args[0] for mark in metafunc.definition.iter_markers("parametrize"))
    if "address" in metafunc.fixturenames and not chosen:
        both = metafunc.module.__name__.rpartition(".")[2] in WITH_BOTH
        metafunc.parametrize("address", GENERATORS if both else GENERATORS[:1], indirect=True)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium. Its own calls home are switched off: they would be refused, slowly."""
    path = find_browser.find()
    assert path, "no browser; run 'python scripts/find_browser.py --install'"
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
    quiet.append(f"--disable-features={','.join(UNUSED)}")
    voice = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]  # a microphone that beeps
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=path, args=[*quiet, *voice, *sandbox])


@pytest.fixture
def new_page(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Opens pages in contexts of their own. Fails on a foreign request, an error answer or a word in the console."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(path: str = "", **settings: object) -> Page:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **settings})
        context.set_default_timeout(30_000)
        contexts.append(context)
        page = context.new_page()
        origin = address.removesuffix(BASE)
        own = (origin, f"blob:{origin}", "data:")  # a blob is what the page itself has made
        page.on("request", lambda r: r.url.startswith(own) or complaints.append(f"foreign: {r.url}"))
        page.on("response", lambda r: r.status < 400 or complaints.append(f"{r.status}: {r.url}"))
        page.on("console", lambda m: complaints.append(f"console {m.type}: {m.text}"))
        page.on("pageerror", lambda e: complaints.append(f"error: {e}"))
        page.goto(address + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not complaints, "\n".join(complaints)
