"""The search box in a real browser: what it finds for readers' own words, how it is used, and what it costs."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from bank.library import ROOT, load_bank
from planned import PLANNED, planned_index
from playwright.sync_api import Page, Request
from waiting import until

Open = Callable[..., Page]
BANK = load_bank()
QUERIES = yaml.safe_load((ROOT / "tests" / "data" / "search_queries.yml").read_text(encoding="utf-8"))
BUDGET = 100_000  # bytes, gzip, from the focus to the first result, at the planned size

ASK = """async ([address, queries]) => {
    const [openEngine] = Object.values(await import(address))
    const engine = await openEngine(document.body.dataset.base)
    return Promise.all(queries.map(async query => (await engine.search(query, 3)).map(hit => hit.id)))
}"""


def ask(page: Page, site: Path, queries: list[str]) -> list[list[str]]:
    """The first three answers of the engine itself. Its module is the one of all that names the index."""
    built = site / "assets" / "built"
    (name,) = [file.name for file in built.glob("*.js") if "search.json" in file.read_text(encoding="utf-8")]
    folder = page.evaluate("document.querySelector('script[type=module]').src").rpartition("/")[0]
    return page.evaluate(ASK, [f"{folder}/{name}", queries])


def look_for(page: Page, text: str) -> None:
    page.locator(".search input").fill(text)
    page.locator(".search-said", has_text=re.compile(r"\d+ question|Nothing found")).wait_for()


def test_readers_words_find_the_question(new_page: Open, sites: dict[str, Path]) -> None:
    """Queries by somebody who knew what the questions are about and had seen none of their other names."""
    found = ask(new_page("questions/"), sites["mkdocs"], [query["query"] for query in QUERIES])
    first = [query for query, ids in zip(QUERIES, found, strict=True) if ids[:1] == [query["id"]]]
    among = [query for query, ids in zip(QUERIES, found, strict=True) if query["id"] in ids]
    missed = [
        (query["query"], query["id"], ids)
        for query, ids in zip(QUERIES, found, strict=True)
        if ids[:1] != [query["id"]]
    ]
    assert len(QUERIES) >= 60
    assert sum(query["typo"] for query in QUERIES) >= 10
    assert len(first) >= 0.90 * len(QUERIES), missed
    assert len(among) >= 0.97 * len(QUERIES), missed


def test_prefixes_typos_spellings_and_plurals(new_page: Open, sites: dict[str, Path]) -> None:
    queries = ["regulariz", "regularisation", "regularisaton", "REGULARIZATIONS", "régularization"]
    assert [ids[0] for ids in ask(new_page("questions/"), sites["mkdocs"], queries)] == ["regularization"] * 5


def test_the_question_that_goes_by_a_name_comes_before_those_that_hold_its_words(
    new_page: Open, sites: dict[str, Path]
) -> None:
    queries = ["Lasso vs. ridge", "difference between ridge and lasso", "MLE"]
    found = ask(new_page("questions/"), sites["mkdocs"], queries)
    assert [ids[0] for ids in found] == ["regularization", "regularization", "maximum-likelihood"]


def test_nothing_is_fetched_before_the_box_has_the_focus(new_page: Open) -> None:
    page = new_page("")
    fetched: list[str] = []
    page.wait_for_load_state("networkidle")
    page.on("request", lambda request: fetched.append(request.url))
    page.wait_for_timeout(300)
    assert fetched == []
    page.locator(".search input").focus()
    look_for(page, "bias")
    assert any(url.endswith("search.json") for url in fetched)


@pytest.mark.parametrize("how", ["Enter", "click"])
def test_a_result_opens_its_answer_with_the_words_marked(new_page: Open, how: str) -> None:
    page = new_page("about/decisions/")
    look_for(page, "weight decay shrinkage")
    first = page.locator("#search-results li").first
    assert "Intermediate · ML fundamentals" in first.inner_text()
    if how == "Enter":
        page.keyboard.press("Enter")
    else:
        first.click()
    page.wait_for_url("**/learning-from-data/#regularization-a")
    assert page.locator("details.q-a[open]").count() == 1
    page.locator("[id=regularization-a] mark").first.wait_for()
    marked = {text.lower() for text in page.locator("mark").all_text_contents()}
    assert marked <= {"weight", "weights", "decay", "shrinkage"}
    assert page.locator("[id=regularization-a] .q-short").is_visible()


def test_the_same_page_again(new_page: Open) -> None:
    """From an answer to another one of the same page, which changes only what stands after the `#`."""
    page = new_page("questions/ml-fundamentals/learning-from-data/#overfitting-a")
    look_for(page, "k-fold")
    page.keyboard.press("Enter")
    page.wait_for_url("**/learning-from-data/#cross-validation-a")
    page.locator("[id=cross-validation-a] mark").first.wait_for()


def test_by_keyboard_as_a_combobox(new_page: Open) -> None:
    page = new_page("")
    page.keyboard.press("Control+k")
    box = page.locator(".search input")
    assert box.evaluate("e => e === document.activeElement")
    look_for(page, "learning")
    options = page.locator("#search-results [role=option]")
    assert box.get_attribute("aria-expanded") == "true"
    assert box.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    page.keyboard.press("ArrowDown")
    assert options.nth(1).get_attribute("aria-selected") == "true"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert options.last.get_attribute("aria-selected") == "true"
    page.keyboard.press("Escape")
    assert page.locator(".search-results").is_hidden()
    assert box.get_attribute("aria-expanded") == "false"
    assert box.input_value() == "learning"


def test_nothing_found_is_said_and_enter_leads_to_the_list(new_page: Open) -> None:
    page = new_page("")
    look_for(page, "xyzzyplugh")
    assert "Nothing found" in page.locator(".search-said").inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url("**/questions/?text=xyzzyplugh")


def test_a_search_that_cannot_be_loaded_can_be_tried_again(new_page: Open) -> None:
    page = new_page("")
    page.route("**/search.json", lambda route: route.fulfill(status=200, body="<html>"))
    page.locator(".search input").fill("bias")
    page.locator(".search-said", has_text="could not be loaded").wait_for()
    page.unroute("**/search.json")
    look_for(page, "bias v")
    assert page.locator("#search-results li").count() > 0


def test_no_result_shows_tex(sites: dict[str, Path]) -> None:
    text = (sites["mkdocs"] / "search.json").read_text(encoding="utf-8")
    assert not re.search(r"\$|\\\\(frac|mid|theta|mathbb)|\*\*", text)


def test_the_first_result_is_cheap_at_full_size(new_page: Open) -> None:
    page = new_page("")
    index = json.dumps(planned_index(BANK), ensure_ascii=False, separators=(",", ":"))
    page.route("**/search.json", lambda route: route.fulfill(content_type="application/json", body=index))
    fetched: list[Request] = []
    page.on("requestfinished", lambda request: fetched.append(request))
    look_for(page, "the error of the model")
    assert page.locator("#search-results li").count() > 0
    size = sum(len(gzip.compress(request.response().body(), 6)) for request in fetched)
    assert size <= BUDGET, f"{size} bytes for {PLANNED} questions"


def test_without_the_index_the_list_still_filters(new_page: Open) -> None:
    page = new_page("")
    page.route("**/search.json", lambda route: route.fulfill(status=200, body="<html>"))
    page.goto(page.url + "questions/?text=overfit")
    until(page, "document.querySelectorAll('.list > li:not([hidden])').length < 8")
    assert page.locator(".list > li[data-question=overfitting]").is_visible()
