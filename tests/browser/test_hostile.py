"""All hostile pages in one site, built with the checks off, opened with the policy switched off: nothing happens."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from bank.library import ROOT
from hostile import PAGES, Reader, place
from playwright.sync_api import Browser
from sites import BASE, copy_sources, run_build, serve

TRIPWIRE = "window.tripwire = () => { window.tripped = true }"
LINKS = """() => [...document.querySelectorAll("[href], [src], [action]")]
    .map(e => e.href?.baseVal ?? e.href ?? e.src ?? e.action)
    .filter(a => typeof a === "string" && !/^https?:/.test(a))"""
ELEMENTS = """() => [...document.querySelectorAll("article *")].filter(e =>
    /^(script|style|iframe|object|embed|base|meta|link|video|audio|frame|foreignObject|animate|set|image)$/i.test(e.localName)
    || e.getAttributeNames().some(name => name.startsWith("on"))).map(e => e.outerHTML.slice(0, 80))"""


def build_hostile(generator: str, root: Path) -> Path:
    """A site in which every hostile page has a place, though not in the menu."""
    copy_sources(root, keep=())
    for file in PAGES:
        if generator == "mkdocs" or not file.stem.startswith("front"):  # Zensical names such a file and stops
            shutil.copy(file, root / "docs" / place(file))
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").replace("strict: true", "strict: false")
    settings = settings.replace("  - bank.extension:\n", "  - bank.extension:\n      check: false\n")
    (root / "mkdocs.yml").write_text(settings, encoding="utf-8")
    result = run_build(generator, root, root / "site")
    assert result.returncode == 0, result.stdout[-2000:] + result.stderr[-2000:]
    return root / ("site" if generator == "mkdocs" else "site-zensical")


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """The folder and the address of the hostile site."""
    site = build_hostile("mkdocs", tmp_path_factory.mktemp("hostile"))
    with serve(site) as address:
        yield site, address


def test_the_other_generator_writes_nothing_dangerous_either(tmp_path: Path) -> None:
    site = build_hostile("zensical", tmp_path)
    opened = 0
    for file in PAGES:
        built = site / place(file).removesuffix(".md") / "index.html"
        if built.is_file():
            article = re.search(r"<article.*</article>", built.read_text(encoding="utf-8"), re.DOTALL)
            assert article, file.stem
            assert Reader(article[0]).found == [], file.stem
            opened += 1
    assert opened > 150


def test_no_hostile_page_does_anything(browser: Browser, hostile_site: tuple[Path, str]) -> None:
    site, address = hostile_site
    context = browser.new_context(bypass_csp=True)  # the renderer alone has to be enough
    context.add_init_script(TRIPWIRE)
    page = context.new_page()
    asked: list[str] = []
    dialogs: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    opened = 0
    for file in PAGES:
        path = place(file).removesuffix(".md") + "/"
        if not (site / path / "index.html").is_file():
            continue  # too large, or no UTF-8
        opened += 1
        page.goto(address + path)
        page.evaluate("() => document.querySelectorAll('details').forEach(fold => { fold.open = true })")
        assert page.evaluate("() => window.tripped") is None, path
        assert page.evaluate(LINKS) == [], path
        assert page.evaluate(ELEMENTS) == [], path
        assert page.url == address + path, "nothing leads away"
    assert opened > 150
    assert dialogs == []
    origin = address.removesuffix(BASE)
    assert [url for url in asked if not url.startswith((origin, "data:")) or "tripwire" in url] == []
    context.close()
