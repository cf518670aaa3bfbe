"""What the build gives the pages that practice: the list of questions, the forms, the ways in from a company."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from bank.library import load_bank
from bank.marker import APPS
from bank.order import study_order
from bank.render.context import Context
from bank.render.practice import render_app, render_ways
from markdown import Markdown
from publish.data import study_index

BANK = load_bank()


def rendered(app: str) -> Element:
    root = Element("div")
    render_app(root, app, Context(Markdown(), BANK.pages[f"practice/{app}.md"], BANK, ""))
    return root


def test_the_list_of_study_names_every_answered_question(sites: dict[str, Path]) -> None:
    lists = [json.loads((site / "study.json").read_text(encoding="utf-8")) for site in sites.values()]
    assert lists[0] == lists[1] == json.loads(json.dumps(study_index(BANK)))
    index = lists[0]
    answered = [(page, question) for page, question in study_order(BANK) if question.answered]
    for row, (page, question) in zip(index["questions"], answered, strict=True):
        name, short, place, category, level, core, topics, companies, minutes, quiz = row
        assert (name, short, minutes, bool(core), bool(quiz)) == (
            question.id,
            question.short,
            question.minutes,
            question.core,
            question.quiz is not None,
        )
        assert index["pages"][place] == page.path.removesuffix(".md") + "/"
        assert index["categories"][category][0] == page.category
        assert [index["topics"][topic] for topic in topics] == list(question.values("topics"))
        assert level == (question.level.rank if question.level else 0)
        suiting = [company.slug for company in BANK.companies if BANK.suits(company, question)]
        assert [index["companies"][company][0] for company in companies] == suiting
    assert {slug: weights for slug, _, weights in index["roles"]} == {
        role.slug: role.weights for role in BANK.roles.values()
    }


def test_retired_ids_come_with_their_heirs() -> None:
    bank = replace(BANK, redirects={"old-name": "overfitting"})
    assert study_index(bank)["heirs"] == {"old-name": "overfitting"}
    assert bank.ancestors == {"overfitting": ("old-name",)}


@pytest.mark.parametrize("app", APPS)
def test_every_app_has_its_page_its_place_and_words_without_a_script(app: str) -> None:
    root = rendered(app)
    (place,) = [box for box in root.iter("div") if box.get("data-app")]
    assert place.get("data-app") == app
    assert "needs JavaScript" in "".join(root.itertext())
    assert [link.get("href") for link in root.iter("a")] == ["../questions/index.md"]


def test_forms_offer_what_the_bank_has() -> None:
    options = {
        app: {select.get("name"): [option.get("value") for option in select] for select in rendered(app).iter("select")}
        for app in ("review", "quiz", "mock")
    }
    companies = [company.slug for company in BANK.companies]
    assert options["review"]["company"] == ["", *companies]
    assert set(options["quiz"]["category"]) == {"", *(page.category for page, _ in BANK.questions)}
    assert options["mock"]["who"] == [f"role:{slug}" for slug in BANK.roles] + [f"company:{slug}" for slug in companies]
    assert options["mock"]["n"] == ["3", "5", "10"]
    levels = [box.get("value") for box in rendered("mock").iter("input") if box.get("name") == "level"]
    assert levels == ["1", "2", "3"]


def test_a_company_page_leads_to_its_review_and_its_interview() -> None:
    root = Element("div")
    render_ways(root, "google", Context(Markdown(), BANK.pages["companies/google.md"], BANK, ""))
    assert [link.get("href") for link in root.iter("a")] == [
        "../practice/review.md?company=google",
        "../practice/mock.md?who=company:google",
    ]
