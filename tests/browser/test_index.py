"""The list of all questions, and the lists that markers ask for, in a real browser."""

from __future__ import annotations

from collections.abc import Callable

from bank.library import load_bank
from bank.render.lists import wanted_questions
from playwright.sync_api import Page
from waiting import until

Open = Callable[..., Page]
BANK = load_bank()
ALL = [question for _, question in BANK.questions]


def shown(page: Page) -> list[str]:
    return page.locator(".list > li:visible").evaluate_all("all => all.map(e => e.dataset.question)")


def wait_for(page: Page, count: int) -> None:
    words = f"{count} of {len(ALL)} questions" if count < len(ALL) else f"{count} questions"
    page.locator("output", has_text=words).wait_for()


def test_every_question_is_listed_without_a_script(new_page: Open) -> None:
    page = new_page("questions/", java_script_enabled=False)
    assert shown(page) == [question.id for question in ALL]
    assert page.locator(".filters").is_hidden()
    page.locator(".list > li > a").last.click()
    assert page.locator(f"h3[id='{ALL[-1].id}']").is_visible()
    assert page.locator("details.q-a[open]").count() == 0


def test_filters_join_by_or_inside_and_by_and_between(new_page: Open) -> None:
    page = new_page("questions/")
    page.locator("label", has_text="Beginner").click()
    beginners = [question.id for question in ALL if question.level == "beginner"]
    wait_for(page, len(beginners))
    assert shown(page) == beginners
    page.locator("label", has_text="Intermediate").click()
    page.locator("label", has_text="Core only").click()
    wanted = [question.id for question in ALL if question.level in ("beginner", "intermediate") and question.core]
    wait_for(page, len(wanted))
    assert shown(page) == wanted
    page.locator("select[name=topic]").select_option("evaluation")
    wanted = [question.id for question in ALL if question.id in wanted and "evaluation" in question.values("topics")]
    wait_for(page, len(wanted))
    assert shown(page) == wanted


def test_the_address_holds_the_filters(new_page: Open) -> None:
    page = new_page("questions/")
    page.locator("label", has_text="Advanced").click()
    page.locator("select[name=company]").select_option("google")
    assert page.url.endswith("?level=3&company=google")
    google = [question.id for _, question in wanted_questions(BANK, "company", "google")]
    wanted = [question.id for question in ALL if question.id in google and question.level == "advanced"]
    wait_for(page, len(wanted))
    page.reload()
    wait_for(page, len(wanted))
    assert shown(page) == wanted
    page.locator("button[type=reset]").click()
    wait_for(page, len(ALL))
    assert page.url.endswith("/questions/")


def test_a_company_page_and_the_filter_agree(new_page: Open) -> None:
    page = new_page("companies/google/")
    listed = shown(page)
    assert set(listed) == {question.id for _, question in wanted_questions(BANK, "company", "google")}
    cores = [BANK.places[name][0][1].core for name in listed]
    assert cores == sorted(cores, reverse=True), "core questions first"


def test_text_finds_other_names(new_page: Open) -> None:
    page = new_page("questions/?text=lasso")
    page.locator(".list > li[data-question=regularization]").wait_for()
    until(page, "document.querySelectorAll('.list > li:not([hidden])').length < 5")
    assert "regularization" in shown(page)


def test_no_match_is_explained(new_page: Open) -> None:
    page = new_page("questions/?status=shaky")
    page.locator(".list-none", has_text="You have no marks yet").wait_for()
    page = new_page("questions/?level=3&topic=programming+languages")
    page.locator(".list-none", has_text="No question matches").wait_for()
    assert page.locator("h2:visible").count() == 0


def test_a_topic_that_is_gone_filters_nothing(new_page: Open) -> None:
    page = new_page("questions/?topic=phlogiston&level=9")
    wait_for(page, len(ALL))


def test_surprise_me_leads_to_one_of_the_shown(new_page: Open) -> None:
    page = new_page("questions/?level=1&core=yes")
    wanted = [question.id for question in ALL if question.level == "beginner" and question.core]
    wait_for(page, len(wanted))
    page.locator(".filters [data-random]").click()
    page.wait_for_url("**/*#*")
    assert page.url.split("#")[1] in wanted


def test_surprise_me_at_home(new_page: Open) -> None:
    page = new_page("")
    page.locator("[data-random]").click()
    page.wait_for_url("**/*#*")
    assert page.url.split("#")[1] in BANK.places


def test_home_counts_and_offers_one_to_try(new_page: Open) -> None:
    page = new_page("", viewport={"width": 1280, "height": 800})
    facts = page.locator(".start-facts").inner_text()
    categories = {page.category for page in BANK.pages.values() if page.holds_questions}
    assert facts.startswith(f"{len(ALL)} questions in {len(categories)} categories")
    summary = page.locator(".sample summary").first
    box = summary.bounding_box()
    assert box, "what, how much, what it costs, and a question to try, on the first screen"
    assert box["y"] + box["height"] < 800
    summary.click()
    assert page.locator(".sample .q-short").is_visible()
    page.locator(".sample .q-foot a").click()
    page.locator("details.q-a[open]").wait_for()  # the browser opens it when it has found the address's place
    assert page.locator("details.q-a[open]").count() == 1
    assert page.locator(".cards a").count() == 0
    page.go_back()
    assert page.locator(".made-categories a").count() == len(categories)


def test_a_short_address_leads_to_the_question(new_page: Open) -> None:
    for script in (True, False):
        page = new_page("q/overfitting/", java_script_enabled=script)
        page.wait_for_url("**/learning-from-data/#overfitting")
        assert page.locator("h3[id=overfitting]").is_visible()


def test_a_wrong_address_finds_what_was_meant(new_page: Open, address: str) -> None:
    page = new_page("404.html")
    assert page.locator("h1").inner_text() == "This page does not exist"
    page.evaluate("history.replaceState(null, '', '/study/questions/machine-learning/over-fiting/')")
    page.evaluate("document.querySelector('[data-missing]').replaceChildren()")
    script = page.locator("script[type=module]").get_attribute("src")
    page.evaluate(f"import('{script}?again')")
    page.locator("[data-missing] a").first.wait_for()
    assert page.locator("[data-missing] a").first.get_attribute("href").endswith("#overfitting")
