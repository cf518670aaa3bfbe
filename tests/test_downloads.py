"""What readers take away: the page that names it, the text for language models, and the snippets that read the data."""

from __future__ import annotations

import contextlib
import io
import json
import re
from pathlib import Path

import make_exports
import pytest
from bank.library import DOCS, Bank, bank_of, load_bank
from bank.model import PARTS
from bank.parse import parse
from bank.render.downloads import DOWNLOADS
from publish.data import write_data
from publish.downloads import PAGE, fill_downloads, size_in_words
from publish.fulltext import full_text, write_full_text

URL = "https://acme.github.io/study/"
NOW = 1_795_000_000
FEW = ("questions/probability/conditioning-and-counting.md", "questions/coding/sql-basics.md")
PLACE = "<li><span class=card-title data-download={path}>{title}</span><span class=card-text>…</span>"  # minified


@pytest.fixture
def few() -> Bank:
    pages = {path: page for path, page in load_bank().pages.items() if path in FEW}
    return bank_of(DOCS, pages)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A site with nothing but the page of downloads, as it is once it is built."""
    (tmp_path / PAGE).parent.mkdir(parents=True)
    (tmp_path / "index.html").write_text("home", encoding="utf-8")
    (tmp_path / "assets" / "built").mkdir(parents=True)
    rows = "".join(PLACE.format(path=download.path, title=download.title) for download in DOWNLOADS)
    (tmp_path / PAGE).write_text(f"<ul>{rows}</ul>", encoding="utf-8")
    return tmp_path


def test_the_snippets_of_the_page_read_the_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bank = load_bank()
    write_data(tmp_path, bank, URL)
    write_full_text(tmp_path, bank, URL)
    monkeypatch.chdir(tmp_path)
    page = parse((DOCS / "downloads.md").read_text(encoding="utf-8"), "downloads.md")
    printed = []
    for _, token in page.fences():
        if token.info.startswith("python"):
            with contextlib.redirect_stdout(io.StringIO()) as said:
                exec(compile(token.content, "downloads.md", "exec"), {})
            printed.append(said.getvalue())
    data, text = printed
    assert re.match(rf".+\n{URL}questions/.+\n\n- ", data)
    calibration = [question for _, question in bank.questions if "calibration" in question.values("topics")]
    assert text.startswith(f"{len(bank.questions)} questions, about calibration:\n")
    assert text.count("\n- ") == len(calibration) > 1


def test_the_text_holds_every_answer_and_nothing_that_only_the_site_needs() -> None:
    bank = load_bank()
    sections = dict(re.findall(r"(?ms)^id: ([a-z0-9-]+)$(.*?)(?=^## [^\n]+\n\nid: |\Z)", full_text(bank, URL)))
    assert list(sections) == [question.id for _, question in bank.questions if question.answered]
    for _, question in bank.questions:
        section = sections[question.id]
        assert f"url: {URL}q/{question.id}/" in section
        for part in question.parts:
            assert f"\n### {part.name}\n" in section
        assert question.first_paragraph in section or "](" in question.first_paragraph
        assert "<!--" not in section and "](figures/" not in section
        assert not re.search(r"\]\((?:#[a-z]|[\w./-]+\.md)", section)
    assert not re.search(rf"(?m)^#### (?:{'|'.join(PARTS)})$", "".join(sections.values()))


def test_without_an_address_the_text_leads_from_where_it_stands() -> None:
    text = full_text(load_bank())
    assert "\nurl: " not in text and "](q/bias-variance-tradeoff/)" in text


def test_the_page_names_what_is_there_and_may_be_filled_again(root: Path) -> None:
    (root / "questions.json").write_bytes(b"x" * 1_530_000)
    fill_downloads(root, NOW)
    page = (root / PAGE).read_text(encoding="utf-8")
    data = '<a href="../questions.json" download>All questions as data, JSON</a><br><small>1.5 MB · 2026-11-18</small>'
    assert data in page
    assert "Anki deck<br><small>made when the site is published</small>" in page
    (root / "downloads" / "precision-and-recall.apkg").write_bytes(b"x" * 640_400)
    fill_downloads(root, NOW)
    fill_downloads(root, NOW)
    page = (root / PAGE).read_text(encoding="utf-8")
    deck = '<a href="precision-and-recall.apkg" download>Anki deck</a><br><small>640 kB · 2026-11-18</small></span>'
    assert deck in page and data in page and page.count("<span") == 2 * len(DOWNLOADS)


@pytest.mark.parametrize(
    ("size", "words"), [(12, "1 kB"), (5_400, "5 kB"), (1_552_015, "1.6 MB"), (13_303_981, "13 MB")]
)
def test_sizes_as_people_compare_them(size: int, words: str) -> None:
    assert size_in_words(size) == words


def test_everything_is_made_and_said(
    root: Path, few: Bank, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for worker in ("worker.js", "worker-off.js"):
        (root / worker).write_text("const version = '{version}'", encoding="utf-8")
    monkeypatch.setattr(make_exports, "BUILT", root)  # another process may be building the real ones
    make_exports.make_exports(root, few, URL, NOW)
    folder = root / "downloads"
    made = {file.name for file in folder.iterdir()}
    assert made == {"index.html", *(Path(d.path).name for d in DOWNLOADS if d.path.startswith("downloads/"))}
    assert (folder / "precision-and-recall.pdf").read_bytes().startswith(b"%PDF-")
    page = (root / PAGE).read_text(encoding="utf-8")
    assert page.count("<a href=") == 3
    said = capsys.readouterr().err
    assert f"Read {len(few.questions)} questions on {len(FEW)} pages\n" in said
    assert re.search(
        r"Deck for Anki … \d+ kB, \d+ s\nBook as EPUB … \d+ kB, \d+ s\nBook as PDF, .* … \d+ kB, \d+ s\n", said
    )
    listed = json.loads((root / "offline.json").read_text(encoding="utf-8"))["files"]
    assert "downloads/" in listed and not [name for name in listed if name.startswith("downloads/precision")]


def test_without_a_site_it_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert make_exports.main([str(tmp_path)]) == 2
    assert "build the site first" in capsys.readouterr().err


def test_a_failing_tool_is_one_line(root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture) -> None:
    def fail(*_: object) -> None:
        raise OSError("no browser; run scripts/find_browser.py --install")

    monkeypatch.setattr(make_exports, "make_exports", fail)
    assert make_exports.main([str(root)]) == 1
    assert capsys.readouterr().err == "make_exports: no browser; run scripts/find_browser.py --install\n"
