"""What a page weighs as a reader's browser loads it: bodies as sent, gzip, everything before search is opened."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from bank.library import DOCS, load_bank
from bank.marker import APPS
from planned import typical_page
from playwright.sync_api import Browser, Page, Request
from sites import copy_sources, run_build, serve

BANK = load_bank()
FIRST_VISIT = 40_000
"""Bytes of a first visit to a page of 15 questions with formulas; inline figures and a fetched math font apart."""

HTML_SHARE = 1.5  # of a page's HTML to its own Markdown
FULL = 8  # questions from which a page is of the intended size; a smaller one carries the same frame over less text
SCRIPT = 12_000  # bytes of script on a reading page
STUDY_SCRIPT = 25_000  # and on a page that practices, libraries included
RICH = ("questions/coding/sql-basics.md", "questions/language-models/decoding-and-memory.md")
"""Pages that use what the style sheet has for answers: tables, figures, SQL, outputs, formulas, quick checks."""


def weight(body: bytes) -> int:
    return len(gzip.compress(body, 6))


def loaded(page: Page, address: str) -> dict[str, bytes]:
    """The bodies that a visit fetches, by their kind and address."""
    requests: list[Request] = []
    page.on("requestfinished", lambda request: requests.append(request))
    page.goto(address)
    page.wait_for_load_state("networkidle")
    return {f"{request.resource_type}: {request.url}": request.response().body() for request in requests}


@pytest.fixture
def cold(browser: Browser) -> Iterator[Page]:
    """A phone-sized page with an empty cache."""
    context = browser.new_context(viewport={"width": 390, "height": 800})
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def typical(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site whose page of questions is of the size for which the budget was set."""
    root = tmp_path_factory.mktemp("typical")
    copy_sources(root, keep=RICH)
    (root / "docs" / "questions" / "coding" / "typical.md").write_text(typical_page(), encoding="utf-8")
    settings = (root / "mkdocs.yml").read_text(encoding="utf-8")
    line = "          - SQL basics: questions/coding/sql-basics.md\n"
    assert line in settings
    added = settings.replace(line, f"{line}          - Typical: questions/coding/typical.md\n")
    (root / "mkdocs.yml").write_text(added, encoding="utf-8")
    result = run_build("mkdocs", root, root / "site")
    assert result.returncode == 0, result.stdout + result.stderr
    with serve(root / "site") as address:
        yield address


def test_a_first_visit_to_a_typical_page(cold: Page, typical: str) -> None:
    bodies = loaded(cold, f"{typical}questions/coding/typical/")
    assert cold.locator("section.q").count() == 15
    assert cold.locator("math").count() >= 40
    sizes = {name: weight(body) for name, body in bodies.items() if not name.startswith("font")}
    print(sizes)
    assert sum(sizes.values()) <= FIRST_VISIT, sizes


@pytest.mark.parametrize("name", ["mkdocs", "zensical"])
def test_html_is_little_more_than_its_markdown(sites: dict[str, Path], name: str) -> None:
    heavy = {}
    for page in BANK.pages.values():
        if len(page.questions) >= FULL:
            html = (sites[name] / page.path.removesuffix(".md") / "index.html").read_bytes()
            html = re.sub(rb"<span class=figure\b[^>]*>.*?</span>", b"", html, flags=re.DOTALL)  # figures count apart
            share = weight(html) / weight((DOCS / page.path).read_bytes())
            if share > HTML_SHARE:
                heavy[page.path] = round(share, 3)
    assert heavy == {}
    assert any(len(page.questions) >= FULL for page in BANK.pages.values())


def test_a_reading_page_loads_little_script_and_no_font(cold: Page, address: str) -> None:
    bodies = loaded(cold, f"{address}questions/ml-fundamentals/learning-from-data/")
    kinds = {name.split(":")[0] for name in bodies}
    assert "font" not in kinds, "formulas stand in closed answers"
    assert sum(weight(body) for name, body in bodies.items() if name.startswith("script")) <= SCRIPT
    assert sum(name.startswith("stylesheet") for name in bodies) == 1


@pytest.mark.parametrize("app", APPS)
def test_a_study_page_loads_little_script(cold: Page, addresses: dict[str, str], app: str) -> None:
    bodies = loaded(cold, f"{addresses['mkdocs']}practice/{app}/")
    scripts = {name: weight(body) for name, body in bodies.items() if name.startswith("script")}
    assert sum(scripts.values()) <= STUDY_SCRIPT, scripts
    assert len(scripts) > 2, "its own script came"
