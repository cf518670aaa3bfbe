"""Every question as elements: rendered once by the site's own Markdown, and taken out of its folds."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from bank.addresses import linked_path, split_address
from bank.extension import BankExtension
from bank.library import Bank
from bank.model import Page, Question
from markdown import Markdown
from publish.data import address

Blocks = tuple[Element, ...]

_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)(#?\w+;)?")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # what no XML may hold
_DROPPED = ("itemprop", "itemscope", "itemtype")


@dataclass(frozen=True)
class Entry:
    """One answered question. `parts` are the blocks of the labelled parts by their names, `Quick check` left out."""

    page: Page
    question: Question
    title: Element
    prompt: Blocks
    hint: Blocks
    short: Blocks
    full: Blocks
    parts: Mapping[str, Blocks]
    check: Check | None


@dataclass(frozen=True)
class Check:
    """A quick check: what is asked, and the options."""

    prompt: Blocks
    options: tuple[Choice, ...]


@dataclass(frozen=True)
class Choice:
    """One option with the reason why it is right or wrong."""

    text: Element
    right: bool
    reason: Blocks


def read_edition(bank: Bank, pages: Sequence[str] = (), tell: Callable[[str], None] = lambda page: None) -> list[Entry]:
    """Every answered question of the bank in the order of its pages, or of some pages alone.

    `tell` is called with the path of each page before it is rendered, which takes about a seventh of a second.
    """
    paths = dict.fromkeys(page.path for page, question in bank.questions if question.answered)
    entries: list[Entry] = []
    for path in (path for path in paths if not pages or path in pages):
        tell(path)
        entries.extend(_entries(bank.pages[path]))
    return entries


def leads_to(page: Page, href: str, bank: Bank) -> tuple[str, str]:
    """Where a link of a page leads: the id of a question, "" for all else; the address below the site's, "" outside."""
    parts = split_address(href)
    if parts is None or parts.scheme:
        return "", ""
    path, name = linked_path(page, parts.path), parts.fragment.removesuffix("-a")
    if name in bank.places:
        return name, f"q/{name}/"
    return "", address(path) + (f"#{parts.fragment}" if parts.fragment else "")


def tex(formula: Element) -> str:
    """The TeX of a formula: its annotation, or what it shows where that is the same, as with `$n - 1$`."""
    annotation = formula.find(".//annotation")
    shown = annotation.text if annotation is not None else "".join(formula.itertext()).replace("−", "-")
    return (shown or "").strip()


def parse_markup(text: str) -> Element:
    """The elements of rendered Markdown, in a `<div>`. XML knows five entities; the others become what they stand for.

    Raises ParseError.
    """
    return ElementTree.fromstring(f"<div>{_ENTITY.sub(_character, text)}</div>")


def _character(entity: re.Match[str]) -> str:
    character = html.escape(html.unescape(entity[0]))
    return "" if _CONTROL.search(character) else character


def _entries(page: Page) -> Iterator[Entry]:
    extension = BankExtension(path=page.path, inline=False, check=False)
    try:
        root = parse_markup(Markdown(extensions=[extension], output_format="xhtml").convert(page.text))
    except ElementTree.ParseError as error:
        raise OSError(f"docs/{page.path} cannot be made into a book: {error}") from None
    for element in root.iter():
        for name in _DROPPED:
            element.attrib.pop(name, None)
    answered = {question.id: question for question in page.questions if question.answered}
    for section in root.iter("section"):
        question = answered.get(section.get("data-question", ""))
        if question:
            yield _entry(page, question, section)


def _entry(page: Page, question: Question, section: Element) -> Entry:
    title, _, *rest = section
    title.attrib.clear()
    folds = {fold.get("class"): fold for fold in rest if fold.tag == "details"}
    body = list(folds["q-a"][1])
    parts = {part[0].text or "": tuple(part)[1:] for part in body if part.get("class") == "q-part"}
    form = next(iter(parts.pop("Quick check", ())), None)
    return Entry(
        page=page,
        question=question,
        title=title,
        prompt=tuple(block for block in rest if block.tag != "details"),
        hint=tuple(folds["q-hint"])[1:] if "q-hint" in folds else (),
        short=_inside(body, "q-short"),
        full=_inside(body, "q-full"),
        parts=parts,
        check=_check(form[0]) if form is not None and form.tag == "form" else None,
    )


def _inside(body: list[Element], name: str) -> Blocks:
    return next((tuple(block) for block in body if block.get("class") == name), ())


def _check(fieldset: Element) -> Check:
    prompt, options = [], []
    for child in fieldset:
        if child.get("class") == "option":
            label, why = child
            reason = tuple(why[1])[1:]
            options.append(Choice(label[1], child.get("data-right") is not None, reason))
        else:
            child.tag = "p" if child.tag == "legend" else child.tag
            prompt.append(child)
    return Check(tuple(prompt), tuple(options))
