"""The built site as files: the same bytes twice, the same questions from both generators, every link inside it good."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from bank.library import load_bank
from sites import BASE, finish_raw


class Reader(HTMLParser):
    """Collects what the generators must agree on, and all links."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.shape: list[tuple[str, str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attributes}
        if "id" in known:
            self.ids.append(known["id"])
        self.links += [known[name] for name in ("href", "src") if name in known and tag != "use"]
        first = known.get("class", "").split(" ")[0]
        if first.startswith(
            ("q", "quiz", "option", "why", "formula", "figure", "list", "filter", "card", "bar", "sample")
        ):
            self.shape.append((tag, first))


def article(file: Path) -> str:
    """What stands in the page's article, without the theme around it."""
    found = re.search(r"<article.*?</article>", file.read_text(encoding="utf-8"), re.DOTALL)
    assert found, file
    return found[0]


def test_two_builds_are_the_same_bytes(sites: dict[str, Path], raw_site: Path, tmp_path: Path) -> None:
    again = finish_raw(raw_site, tmp_path / "again")
    first = {
        file.relative_to(sites["mkdocs"]): file.read_bytes() for file in sites["mkdocs"].rglob("*") if file.is_file()
    }
    second = {file.relative_to(again): file.read_bytes() for file in again.rglob("*") if file.is_file()}
    assert sorted(first) == sorted(second)
    assert [name for name in first if first[name] != second[name]] == []


def test_both_generators_fold_quiz_and_link_alike(sites: dict[str, Path]) -> None:
    pages = sorted(file.relative_to(sites["mkdocs"]) for file in sites["mkdocs"].rglob("index.html"))
    assert pages == sorted(file.relative_to(sites["zensical"]) for file in sites["zensical"].rglob("index.html"))
    for page in pages:
        if page.parts[0] == "q":  # a redirect: the same bytes from both
            assert (sites["mkdocs"] / page).read_bytes() == (sites["zensical"] / page).read_bytes()
            continue
        one, other = (Reader(article(sites[name] / page)) for name in ("mkdocs", "zensical"))
        own = [name for name in other.ids if not name.startswith("__")]  # the theme's skip anchor
        assert [name for name in one.ids if not name.startswith("__")] == own
        assert one.shape == other.shape
        inner = [link for link in other.links if not link.startswith("https://github.com/acme/study/blob")]
        here = f"https://acme.github.io{BASE}{page.as_posix().removesuffix('index.html')}"
        assert [urljoin(here, link) for link in one.links] == [urljoin(here, link) for link in inner]


@pytest.mark.parametrize("generator", ["mkdocs", "zensical"])
def test_every_question_is_folded_and_quizzed(sites: dict[str, Path], generator: str) -> None:
    for page in load_bank().pages.values():
        if page.holds_questions:
            shape = Reader(article(sites[generator] / page.path.removesuffix(".md") / "index.html")).shape
            assert shape.count(("section", "q")) == len(page.questions)
            assert shape.count(("details", "q-a")) == sum(question.answered for question in page.questions)
            assert shape.count(("form", "quiz")) == sum(question.quiz is not None for question in page.questions)


@pytest.mark.parametrize("generator", ["mkdocs", "zensical"])
def test_every_link_inside_the_site_leads_somewhere(sites: dict[str, Path], generator: str) -> None:
    site = sites[generator]
    pages = {file: Reader(file.read_text(encoding="utf-8")) for file in site.rglob("*.html")}
    dead = []
    for file, reader in pages.items():
        name = file.relative_to(site).as_posix()
        here = f"https://acme.github.io{BASE}{name.removesuffix('index.html')}"
        for link in reader.links:
            target = urlsplit(urljoin(here, link))
            if target.netloc != "acme.github.io" or target.scheme != "https":
                continue
            found = site / unquote(target.path).removeprefix(BASE)
            found = found / "index.html" if found.is_dir() else found
            anchors = pages[found].ids if found in pages else []
            if not found.is_file() or (target.fragment and unquote(target.fragment) not in anchors):
                dead.append(f"{name}: {link}")
    assert dead == []
