"""Company pages as data: focus, dated evidence and its age."""

from __future__ import annotations

import datetime
from xml.etree.ElementTree import Element, SubElement

import pytest
from bank.company import Evidence, read_company
from bank.library import ROOT, Bank
from bank.parse import parse
from bank.render.context import Context
from bank.render.evidence import OLD, mark_old_evidence
from markdown import Markdown

TEXT = (ROOT / "tests" / "fixtures" / "good" / "company.md").read_text(encoding="utf-8")
PAGE = parse(TEXT, "companies/acme.md")


def test_a_company_page_is_read() -> None:
    company = read_company(PAGE)
    assert company is not None
    assert (company.slug, company.name) == ("acme", "Acme")
    assert {topic for _, topic in company.topics} == {"overfitting", "evaluation"}
    assert company.links == ("fair-coin",)
    assert [(entry.date, entry.kind) for entry in company.evidence] == [
        ("2026-08-16", "official"),
        ("2023-05", "first-hand"),
        ("undated", "third-party"),
    ]
    assert company.unread == ()


@pytest.mark.parametrize("path", ["companies/index.md", "about/decisions.md", "questions/coding/acme.md"])
def test_other_pages_are_no_company(path: str) -> None:
    assert read_company(parse(TEXT, path)) is None


@pytest.mark.parametrize(
    ("date", "old"),
    [
        ("2024-11-20", True),
        ("2024-11-21", False),
        ("2024-11", False),
        ("2024-10", True),
        ("2024", False),
        ("2023", True),
        ("undated", False),
    ],
)
def test_evidence_is_old_when_its_last_possible_day_is(date: str, old: bool) -> None:
    assert Evidence(date, "official", 1).is_old(datetime.date(2026, 11, 21)) is old


def test_old_lines_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def marked(epoch: str) -> list[bool]:
        root = Element("div")
        SubElement(root, "h2").text = "Evidence"
        rows = SubElement(root, "ul")
        for name in "abc":
            SubElement(rows, "li").text = name
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
        mark_old_evidence(root, Context(Markdown(), PAGE, Bank(ROOT, {}, {}, {}), ""))
        return [OLD in (row.text or "") for row in rows]

    assert marked("1795219200") == [False, True, False]  # 2026-11-21
    assert marked("1685577600") == [False, False, False]  # 2023-06-01
    assert marked("") == [False, False, False]
