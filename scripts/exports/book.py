"""The book: title page, contents, and one leaf for each page of questions, as elements. Knows neither EPUB nor PDF."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from xml.etree.ElementTree import Element

from bank.library import Bank
from bank.model import Page
from bank.text import plain

from .edition import Entry, leads_to, tex
from .figures import figure_name, plain_figure
from .flat import labelled_parts
from .markup import contents, copies, tag

TITLE = "Precision & Recall"
SUBTITLE = "Machine-learning interview questions, with answers you can say out loud"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
FIGURES = "figures"  # the folder of the drawings, beside the leaves
WHOLE = 18  # lines of code that stay together on one page
MATHML = "http://www.w3.org/1998/Math/MathML"


@dataclass(frozen=True)
class Leaf:
    """One page of questions. `name` is unique in the book; `body` is its `<section>`."""

    name: str
    title: str
    body: Element
    questions: tuple[tuple[str, str], ...]  # id and short name, in order


@dataclass(frozen=True)
class Chapter:
    """A category and its leaves."""

    name: str
    title: str
    leaves: tuple[Leaf, ...]


@dataclass(frozen=True)
class Book:
    """Everything that a reader turns over. Inner links are `#q-<id>`; drawings are by file name."""

    cover: Element
    chapters: tuple[Chapter, ...]
    drawings: dict[str, str]
    date: datetime.datetime

    @property
    def leaves(self) -> list[Leaf]:
        return [leaf for chapter in self.chapters for leaf in chapter.leaves]


def read_book(entries: Sequence[Entry], bank: Bank, site_url: str, now: int) -> Book:
    """The book of these entries. `site_url` is the site's address or "", `now` the Unix time of the edition."""
    binder = Binder(bank, site_url, frozenset(entry.question.id for entry in entries))
    chapters = []
    for category, inside in groupby(entries, lambda entry: entry.page.category):
        leaves = [binder.leaf(page, list(found)) for page, found in _by_page(inside)]
        chapters.append(Chapter(category, bank.category(category).title, tuple(leaves)))
    date = datetime.datetime.fromtimestamp(now, datetime.UTC)
    return Book(_cover(entries, bank, site_url, date), tuple(chapters), binder.drawings, date)


class Binder:
    """Turns entries into leaves, and collects the drawings that they show."""

    def __init__(self, bank: Bank, site_url: str, held: frozenset[str]) -> None:
        self.bank, self.site_url, self.held = bank, site_url, held
        self.drawings: dict[str, str] = {}

    def leaf(self, page: Page, entries: list[Entry]) -> Leaf:
        """One page: its title, what it is about, and its questions under their groups."""
        title = plain(page.title)
        body = tag("section", tag("h2", title), tag("p", plain(page.blocks[1].text), class_="about"), class_="leaf")
        by_id = {entry.question.id: entry for entry in entries}
        for group in page.groups:
            found = [by_id[question.id] for question in group.questions if question.id in by_id]
            if found:
                body.append(tag("h3", plain(group.text)))
                body.extend(self._question(entry) for entry in found)
        name = page.path.removeprefix("questions/").removesuffix(".md").replace("/", "-")
        return Leaf(name, title, body, tuple((entry.question.id, entry.question.short) for entry in entries))

    def _question(self, entry: Entry) -> Element:
        question = entry.question
        facts = [str(question.level or "").capitalize(), "Core" * question.core, ", ".join(question.values("topics"))]
        section = tag("section", class_="q", id=f"q-{question.id}")
        section.append(tag("h4", *contents(entry.title)))
        section.append(tag("p", " · ".join(fact for fact in facts if fact), class_="meta"))
        section.extend(copies(entry.prompt))
        if entry.hint:
            section.append(tag("div", tag("p", "Hint", class_="label"), *copies(entry.hint), class_="hint"))
        answer = tag("div", tag("div", *copies(entry.short), class_="short"), class_="answer")
        answer.extend(copies([*entry.full, *labelled_parts(entry)]))
        section.append(answer)
        for element in list(section.iter()):
            self._adapt(element, entry.page)
        return section

    def _adapt(self, element: Element, page: Page) -> None:
        if element.tag == "math":
            element.set("xmlns", MATHML)
            element.set("alttext", tex(element))
            for child in list(element.iter()):
                _style_outside(child)
        elif element.get("class") == "highlight" and "".join(element.itertext()).count("\n") > WHOLE:
            element.set("class", "highlight long")
        elif element.tag == "a":
            self._link(element, page)
        elif element.tag == "img":
            src = element.get("src", "")
            drawing = plain_figure(self.bank, page, src)
            if drawing:
                self.drawings[figure_name(page, src)] = drawing
                element.set("src", f"{FIGURES}/{figure_name(page, src)}")

    def _link(self, link: Element, page: Page) -> None:
        name, target = leads_to(page, link.get("href", ""), self.bank)
        if name in self.held:
            link.set("href", f"#q-{name}")
        elif target and self.site_url:
            link.set("href", self.site_url + target)
        elif target:
            link.tag = "span"
            del link.attrib["href"]


def contents_list(book: Book, address: str = "#{leaf}", *, questions: bool = False) -> Element:
    """The table of contents, down to the questions if asked. `address` says where a leaf is, by its name."""
    chapters = tag("ol")
    for chapter in book.chapters:
        leaves = tag("ol")
        for leaf in chapter.leaves:
            place = address.format(leaf=leaf.name)
            leaves.append(tag("li", tag("a", leaf.title, href=place)))
            if questions:
                links = (tag("a", short, href=f"{place}#q-{name}") for name, short in leaf.questions)
                leaves[-1].append(tag("ol", *(tag("li", link) for link in links)))
        chapters.append(tag("li", tag("span", chapter.title), leaves))
    return chapters


def _cover(entries: Sequence[Entry], bank: Bank, site_url: str, date: datetime.datetime) -> Element:
    executed = sum(bank.executed(entry.page, entry.question) for entry in entries)
    chapters = len({entry.page.category for entry in entries})
    cover = tag(
        "section",
        tag("h1", TITLE),
        tag("p", SUBTITLE, class_="subtitle"),
        tag(
            "p",
            f"{len(entries)} questions in {chapters} chapters; the claims of {executed} answers are executed by tests.",
        ),
        tag(
            "p",
            "Cover the answer, say yours aloud, then compare: the first paragraph is what you say first, the key "
            "points are what a strong answer makes. Questions marked Core come first when time is short.",
        ),
        class_="cover",
    )
    if site_url:
        cover.append(
            tag("p", "Quizzes, reviews and mock interviews, and newer editions: ", tag("a", site_url, href=site_url))
        )
    licence = tag("a", "CC BY 4.0", href=LICENCE)
    cover.append(tag("p", f"Edition of {date:%Y-%m-%d}. Text and figures: ", licence, "; code: MIT.", class_="meta"))
    return cover


def _by_page(entries: Iterable[Entry]) -> Iterable[tuple[Page, Iterable[Entry]]]:
    for _, found in groupby(entries, lambda entry: entry.page.path):
        inside = list(found)
        yield inside[0].page, inside


def _style_outside(element: Element) -> None:
    """Moves what books do not allow on a part of a formula to an `<mstyle>` around its children's row."""
    names = [name for name in ("displaystyle", "scriptlevel") if name in element.attrib]
    if not names or element.tag == "math":
        return
    settings: dict[str, str] = {name: element.attrib.pop(name) for name in names}
    moved = Element(element.tag, element.attrib)
    moved.text, moved[:] = element.text, list(element)
    tail = element.tail
    element.clear()
    element.tag, element.tail = "mstyle", tail
    element.attrib.update(settings)
    element.append(moved)
