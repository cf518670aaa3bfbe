"""The book: some pages of it as EPUB, judged by epubcheck, and one as PDF, printed by the real browser.

The workflow judges the whole of it, with every change.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import check_epub
import pytest
from bank.library import load_bank
from bank.text import plain
from exports.book import Book, read_book
from exports.edition import Entry, read_edition
from exports.epub import write_epub
from exports.pdf import write_pdf
from pypdf import PageObject, PdfReader
from pypdf.generic import Destination

BOUND = (
    "questions/mathematics/linear-algebra.md",
    "questions/ml-fundamentals/choosing-a-model.md",
    "questions/data-and-metrics/classification-metrics.md",
    "questions/language-models/attention.md",
    "questions/coding/sql-basics.md",
    "questions/product-and-behavioral/business-questions.md",
)
PRINTED = ("questions/data-and-metrics/classification-metrics.md",)
URL = "https://acme.github.io/study/"
NOW = 1_795_000_000
XHTML = "{http://www.w3.org/1999/xhtml}"
FOOT = 68  # points from the lower edge of a page to its text: the margin, in which the page's number stands


@pytest.fixture(scope="module")
def entries() -> list[Entry]:
    return read_edition(load_bank(), BOUND)


@pytest.fixture(scope="module")
def book(entries: list[Entry]) -> Book:
    return read_book(entries, load_bank(), URL, NOW)


@pytest.fixture(scope="module")
def epub(book: Book, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("epub") / "book.epub"
    write_epub(file, book)
    return file


@pytest.fixture(scope="module")
def printed(entries: list[Entry], tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("pdf") / "book.pdf"
    write_pdf(file, _printed_book(entries))
    return file


def _printed_book(entries: list[Entry]) -> Book:
    return read_book([entry for entry in entries if entry.page.path in PRINTED], load_bank(), URL, NOW)


@pytest.fixture(scope="module")
def leaves(epub: Path) -> dict[str, ElementTree.Element]:
    """The root of every XHTML file by its name."""
    with zipfile.ZipFile(epub) as archive:
        names = [name for name in archive.namelist() if name.endswith(".xhtml")]
        return {Path(name).name: ElementTree.fromstring(archive.read(name)) for name in names}


def test_every_answered_question_is_in_it(entries: list[Entry]) -> None:
    questions = [question for page, question in load_bank().questions if page.path in BOUND]
    assert [entry.question.id for entry in entries] == [question.id for question in questions if question.answered]
    for entry in entries:
        assert "".join(entry.title.itertext()).strip() and entry.short
        assert (entry.check is None) == (entry.question.quiz is None)
        if entry.check and entry.question.quiz:
            assert [c.right for c in entry.check.options] == [o.right for o in entry.question.quiz.options]
            assert all(choice.reason for choice in entry.check.options)


def test_epubcheck_finds_nothing(epub: Path) -> None:
    assert check_epub.main([str(epub)]) == 0


def test_links_inside_the_epub_lead_somewhere(leaves: dict[str, ElementTree.Element]) -> None:
    ids = {
        f"{name}#{element.get('id')}" for name, root in leaves.items() for element in root.iter() if element.get("id")
    }
    inner = 0
    for root in leaves.values():
        for link in root.iter(f"{XHTML}a"):
            href = link.get("href", "")
            if not href.startswith("https://"):
                inner += 1
                assert (href in ids) if "#" in href else (href in leaves), href
    assert inner > 50


def test_its_formulas_have_words_and_its_figures_are_files(epub: Path, leaves: dict[str, ElementTree.Element]) -> None:
    with zipfile.ZipFile(epub) as archive:
        names = set(archive.namelist())
    formulas = [f for root in leaves.values() for f in root.iter("{http://www.w3.org/1998/Math/MathML}math")]
    assert len(formulas) > 500 and all(formula.get("alttext") for formula in formulas)
    pictures = [picture for root in leaves.values() for picture in root.iter(f"{XHTML}img")]
    assert len(pictures) >= 5
    assert all(f"book/{picture.get('src')}" in names and picture.get("alt") for picture in pictures)


def test_two_epubs_have_the_same_bytes(epub: Path, entries: list[Entry], tmp_path: Path) -> None:
    again = tmp_path / "again.epub"
    write_epub(again, read_book(entries, load_bank(), URL, NOW))
    assert again.read_bytes() == epub.read_bytes()


def test_without_an_address_the_book_leads_nowhere_else(entries: list[Entry], tmp_path: Path) -> None:
    file = tmp_path / "book.epub"
    write_epub(file, read_book([entry for entry in entries if entry.page.path in PRINTED], load_bank(), "", NOW))
    with zipfile.ZipFile(file) as archive:
        text = "".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".xhtml"))
    assert not [href for href in re.findall(r' href="([^"]+)"', text) if ".md" in href or href.startswith("..")]


def test_the_pdf_is_tagged_and_says_what_it_is(printed: Path) -> None:
    pdf = PdfReader(printed)
    assert pdf.root_object["/MarkInfo"]["/Marked"] and pdf.root_object["/Lang"] == "en"
    assert pdf.metadata and pdf.metadata.title == "Precision & Recall"
    assert "2026-11-18" in str(pdf.metadata.subject)
    assert "/CreationDate" not in pdf.metadata and "/ModDate" not in pdf.metadata


def test_its_outline_names_every_question(printed: Path, entries: list[Entry]) -> None:
    def titles(outline: list) -> list[str]:
        return [t for item in outline for t in (titles(item) if isinstance(item, list) else [str(item.title)])]

    shown = {" ".join(title.split()) for title in titles(PdfReader(printed).outline)}
    questions = [entry.question for entry in entries if entry.page.path in PRINTED]
    assert len(questions) > 5
    assert {plain(q.text) for q in questions if "$" not in q.text} <= shown
    assert {"Contents", "Data and metrics", "Metrics"} <= shown


def test_its_pages_are_numbered_and_full(printed: Path) -> None:
    pages = PdfReader(printed).pages
    halves = []
    for number, page in enumerate(pages, 1):
        places = _texts(page)
        foot, text = min(places)
        assert number == 1 or (foot < FOOT and text == str(number)), f"page {number} has no number"
        if min(place for place, _ in places if place > FOOT) > float(page.mediabox.height) / 2:
            halves.append(number)
    assert set(halves) <= {1, 2, len(pages)}, "only the title, the contents and the last page may end early"


def _texts(page: PageObject) -> list[tuple[float, str]]:
    """The pieces of a page's text, each with how many points it stands above the lower edge."""
    places: list[tuple[float, str]] = []

    def visit(text: str, cm: list[float], tm: list[float], *_: object) -> None:
        if text.strip():
            places.append((tm[4] * cm[1] + tm[5] * cm[3] + cm[5], text.strip()))

    page.extract_text(visitor_text=visit)
    return places


def test_its_inner_links_lead_to_pages(printed: Path) -> None:
    pdf = PdfReader(printed)
    names = pdf.named_destinations
    inner = 0
    for page in pdf.pages:
        for link in (entry.get_object() for entry in page.get("/Annots", [])):
            target = link.get("/Dest") or link.get("/A", {}).get("/D")
            if target is None:
                assert link["/A"]["/URI"].startswith("https://")
                continue
            inner += 1
            found = names[target] if isinstance(target, str) else Destination("", *target[:2])
            assert pdf.get_destination_page_number(found) is not None
    assert inner > len(PRINTED), "the contents and links between answers"


def test_two_pdfs_have_the_same_bytes(printed: Path, entries: list[Entry], tmp_path: Path) -> None:
    again = tmp_path / "again.pdf"
    write_pdf(again, _printed_book(entries))
    assert again.read_bytes() == printed.read_bytes()


def test_epubcheck_finds_what_is_wrong(epub: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "broken.epub"
    with zipfile.ZipFile(epub) as old, zipfile.ZipFile(broken, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'href="coding-sql-basics.xhtml', b'href="nowhere.xhtml'))
    assert check_epub.main([str(broken)]) == 1
    assert "nowhere.xhtml" in capsys.readouterr().out
    assert check_epub.main([str(tmp_path / "missing.epub")]) == 2
