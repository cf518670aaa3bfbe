"""Sites that a test changes before it builds them: copies with few answers, in folders of their own."""

from __future__ import annotations

from pathlib import Path

import pytest
from sites import TOPIC, copy_sources, run_build, serve_sources, wait_for

EDITED = "questions/coding/sql-basics.md"
PART = "\n#### Key points\n"


def test_no_address_is_invented_without_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sites.REPOSITORY", "")
    copy_sources(tmp_path, keep=[f"{TOPIC.removesuffix('/')}.md"])
    result = run_build("mkdocs", tmp_path, tmp_path / "site")
    assert result.returncode == 0, result.stdout + result.stderr
    page = (tmp_path / "site" / TOPIC / "index.html").read_text(encoding="utf-8")
    assert page.count("<details class=q-a>") > 8, "its answers are there"
    article = page[page.index("<article") : page.index("</article>")]
    assert "github.com" not in article.replace("https://github.com/scikit-learn", "")


@pytest.mark.parametrize("generator", ["mkdocs", "zensical"])
def test_a_formula_that_cannot_be_read_stops_the_build_with_its_place(generator: str, tmp_path: Path) -> None:
    copy_sources(tmp_path, keep=())
    page = tmp_path / "docs" / "about" / "decisions.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(text + "\nA broken formula: $\\frac{a}{b$.\n", encoding="utf-8")
    result = run_build(generator, tmp_path, tmp_path / "site")
    assert result.returncode == 1
    line = text.count("\n") + 2
    assert f"docs/about/decisions.md:{line}: Q060 Expected closing token" in result.stdout + result.stderr


def _article(page: str) -> str:
    """A served page without the script that reloads it, which differs each time."""
    return page[page.index("<article") : page.index("</article>")]


def test_while_it_is_served_an_edit_builds_what_it_touches(tmp_path: Path) -> None:
    copy_sources(tmp_path, keep=[EDITED])
    page, text = tmp_path / "docs" / EDITED, (tmp_path / "docs" / EDITED).read_text(encoding="utf-8")
    address, listed = EDITED.removesuffix(".md") + "/", "questions/"
    with serve_sources(tmp_path) as get:
        before = get(listed)
        page.write_text(text.replace(PART, f"\nZebras.\n{PART}", 1), encoding="utf-8")
        assert wait_for(get, address, lambda page: "Zebras." in page)
        assert _article(get(listed)) == _article(before)
        page.write_text(text.replace(PART, f"\n<b>Zebras.</b>\n{PART}", 1), encoding="utf-8")
        assert wait_for(get, address, lambda page: "What is wrong with this page" in page and "&lt;b&gt;" in page)
        page.write_text(text.replace("\n### ", "\n### Zebras. ", 1), encoding="utf-8")
        assert wait_for(get, address, lambda page: "What is wrong" not in page and "Zebras. " in page)
        assert "Zebras. " in get(listed), "lists follow a title"


def _edit(docs: Path, path: str, old: str, new: str) -> None:
    text = (docs / path).read_text(encoding="utf-8")
    assert old in text
    (docs / path).write_text(text.replace(old, new, 1), encoding="utf-8")


def _files(site: Path) -> dict[str, bytes]:
    return {file.relative_to(site).as_posix(): file.read_bytes() for file in site.rglob("*") if file.is_file()}


def test_with_and_without_the_cache_the_same_edits_give_the_same_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = "questions/language-models/decoding-and-memory.md"
    copy_sources(tmp_path, keep=[EDITED, other])
    docs = tmp_path / "docs"

    def build(name: str, cache: str) -> dict[str, bytes]:
        monkeypatch.setenv("PAGE_CACHE", cache)
        result = run_build("mkdocs", tmp_path, tmp_path / name)
        assert result.returncode == 0, result.stdout + result.stderr
        return _files(tmp_path / name)

    build("cold", str(tmp_path / "kept"))
    _edit(docs, EDITED, PART, f"\nZebras graze.\n{PART}")  # within an answer
    _edit(docs, other, "\n### ", "\n### Zebras: ")  # what lists, the index and links say
    figure = next((docs / "questions" / "language-models" / "figures").glob("*.svg"))
    drawn = figure.read_text(encoding="utf-8")
    figure.write_text(drawn.replace("</svg>", "<desc>Zebras</desc></svg>"), encoding="utf-8")
    warm = build("warm", str(tmp_path / "kept"))
    assert b"Zebras" in warm["questions/index.html"]
    assert warm == build("without", "")
