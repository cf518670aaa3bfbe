"""The search of a large site in a real browser: a small site that is published as if it were one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from bank.library import ROOT, load_bank
from playwright.sync_api import Page
from sites import TOPIC, copy_sources, run_build, serve
from waiting import until

Open = Callable[..., Page]
BANK = load_bank()
QUERIES = yaml.safe_load((ROOT / "tests" / "data" / "search_queries.yml").read_text(encoding="utf-8"))

ASK = """async ([address, queries]) => {
    const [openEngine] = Object.values(await import(address))
    const engine = await openEngine(document.body.dataset.base)
    const found = []
    for (const query of queries) found.push((await engine.search(query, 3)).map(hit => hit.id))
    return found
}"""


@pytest.fixture(scope="module")
def chunked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site whose bank counts as large, with the answers of one page."""
    root = tmp_path_factory.mktemp("large")
    copy_sources(root, keep=[f"{TOPIC.removesuffix('/')}.md"])
    module = root / "scripts" / "publish" / "chunks.py"
    text = module.read_text(encoding="utf-8")
    assert "\nLARGE = 2000\n" in text
    module.write_text(text.replace("\nLARGE = 2000\n", "\nLARGE = 20\n"), encoding="utf-8")
    result = run_build("mkdocs", root, root / "site")
    assert result.returncode == 0, result.stdout + result.stderr
    return root / "site"


@pytest.fixture(scope="module")
def served(chunked: Path) -> Iterator[str]:
    with serve(chunked) as address:
        yield address


@pytest.fixture
def address(served: str) -> str:
    """What `new_page` opens, in place of the site that the other tests share."""
    return served


def ask(page: Page, site: Path, queries: list[str]) -> list[list[str]]:
    built = (site / "assets" / "built").glob("*.js")
    (name,) = [file.name for file in built if "search.json" in file.read_text(encoding="utf-8")]
    folder = page.evaluate("document.querySelector('script[type=module]').src").rpartition("/")[0]
    return page.evaluate(ASK, [f"{folder}/{name}", queries])


def look_for(page: Page, text: str) -> None:
    page.locator(".search input").fill(text)
    page.locator(".search-said", has_text=re.compile(r"\d+ question|Nothing found")).wait_for()


def test_the_box_finds_and_opens_a_question(new_page: Open) -> None:
    page = new_page("about/decisions/")
    assert "wasm-unsafe-eval" in page.locator("meta[http-equiv=Content-Security-Policy]").get_attribute("content")
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    look_for(page, "weight decay shrinkage")
    assert "Intermediate · ML fundamentals" in page.locator("#search-results li").first.inner_text()
    assert page.locator("#search-results li").count() == 8
    assert any("/search/index/" in url for url in fetched)
    assert not any(url.endswith(("ids.json", "worker.js")) for url in fetched)
    page.keyboard.press("Enter")
    page.wait_for_url("**/learning-from-data/#regularization-a")
    page.locator("[id=regularization-a] mark").first.wait_for()


def test_nothing_found_is_said(new_page: Open) -> None:
    page = new_page("")
    look_for(page, "xyzzyplugh")
    assert "Nothing found" in page.locator(".search-said").inner_text()


def test_readers_words_find_the_question(new_page: Open, chunked: Path) -> None:
    found = ask(new_page("questions/"), chunked, [query["query"] for query in QUERIES])
    first = [query for query, ids in zip(QUERIES, found, strict=True) if ids[:1] == [query["id"]]]
    among = [query for query, ids in zip(QUERIES, found, strict=True) if query["id"] in ids]
    assert len(first) >= 0.88 * len(QUERIES)
    assert len(among) >= 0.96 * len(QUERIES)
    assert sum(query["typo"] for query in among) >= 0.9 * sum(query["typo"] for query in QUERIES)


def test_words_that_no_question_has_together_find_those_with_most_of_them(new_page: Open, chunked: Path) -> None:
    queries = ["ridge xyzzyplugh lasso", "the regularisaton of what", "difference between ridge and lasso"]
    found = ask(new_page(""), chunked, queries)
    assert [ids[:1] for ids in found] == [["regularization"]] * 3


def test_the_filter_shows_all_that_match(new_page: Open) -> None:
    page = new_page("questions/?text=lasso")
    until(page, "document.querySelectorAll('.list > li:not([hidden])').length < 10")
    assert page.locator(".list > li[data-question=regularization]").is_visible()
    page.locator(".filters input[name=text]").fill("gradient")
    until(page, "document.querySelectorAll('.list > li:not([hidden])').length > 15")
    assert page.locator(".list > li[data-question=gradient-descent]").is_visible()
    assert page.locator(".list > li[data-question=p-value]").is_hidden()
    page.locator(".filters input[name=text]").fill("xyzzyplugh")
    page.locator(".list-none", has_text="No question matches").wait_for()


def test_surprise_me_leads_to_a_question(new_page: Open) -> None:
    page = new_page("")
    page.locator("[data-random]").click()
    page.wait_for_url("**/*#*")
    assert page.url.split("#")[1] in BANK.places


def test_a_wrong_address_finds_what_was_meant(new_page: Open) -> None:
    page = new_page("404.html")
    page.evaluate("history.replaceState(null, '', '/study/questions/machine-learning/over-fiting/')")
    page.evaluate("document.querySelector('[data-missing]').replaceChildren()")
    script = page.locator("script[type=module]").get_attribute("src")
    page.evaluate(f"import('{script}?again')")
    page.locator("[data-missing] a").first.wait_for()
    links = page.locator("[data-missing] a").evaluate_all("all => all.map(link => link.getAttribute('href'))")
    assert any(link.endswith("#overfitting") for link in links[:2])


def test_files_that_cannot_be_had_can_be_asked_for_again(new_page: Open) -> None:
    page = new_page("")
    page.route("**/search/rows/*", lambda route: route.fulfill(status=200, body="<html>"))
    page.locator(".search input").fill("bias")
    page.locator(".search-said", has_text="could not be loaded").wait_for()
    page.unroute("**/search/rows/*")
    look_for(page, "bias v")
    assert page.locator("#search-results li").count() > 0
