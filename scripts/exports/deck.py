"""The deck for Anki: one note a question. What identifies notes, decks and fields is fixed for ever, because learners'
schedules hang on it."""

from __future__ import annotations

import hashlib
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import genanki
from bank.library import Bank
from bank.order import study_order

from .archive import add
from .edition import Entry, leads_to, tex
from .figures import figure_name, plain_figure
from .flat import labelled_parts
from .markup import become, copies, inner_markup, markup

NAMESPACE = "precision-and-recall"
TITLE = "Precision & Recall"
FIELDS = ("Id", "Question", "Prompt", "Hint", "Short", "Points", "Answer", "Meta", "Link", "Spare1", "Spare2", "Spare3")
"""Frozen: one field more would be a new note type, and every learner's notes would stop being updated."""

RENDERED = 0
"""Unix time from which all notes count as changed. Raise it to now when notes are made differently, so that learners
get that; it also overwrites what they wrote into the notes themselves."""

FRONT = """<article class="pr"><h1>{{Question}}</h1>{{Prompt}}
{{#Hint}}<details><summary>Hint</summary>{{Hint}}</details>{{/Hint}}
<p class="meta">{{Meta}}</p></article>"""
BACK = """<article class="pr"><h1 id="answer">{{Question}}</h1>{{Prompt}}
<div class="short">{{Short}}</div>
{{#Points}}<p class="label">Key points</p>{{Points}}{{/Points}}
<details><summary>Full answer</summary>{{Answer}}</details>
<p class="meta">{{Meta}}{{#Link}} · <a href="{{Link}}">on the site</a>{{/Link}}</p></article>"""
CSS = Path(__file__).with_name("deck.css")


class Note(genanki.Note):
    """A note with a time of change of its own: an import updates exactly the notes that have become newer."""

    changed: int

    def write_to_db(self, cursor: Any, timestamp: float, deck_id: int, id_gen: Any) -> None:
        """What the library does, with the note's time instead of the package's."""
        super().write_to_db(cursor, self.changed, deck_id, id_gen)


def write_deck(
    file: Path, entries: Sequence[Entry], bank: Bank, site_url: str, edits: Mapping[str, int], now: int
) -> None:
    """Writes the `.apkg`; the same input gives the same bytes.

    `edits` are the Unix times at which questions changed; `now` stands for those it lacks, and for the package.
    """
    model = note_type()
    place = {question.id: rank for rank, (_, question) in enumerate(study_order(bank), 1)}
    decks: dict[str, genanki.Deck] = {}
    media: dict[str, str] = {}
    for entry in sorted(entries, key=lambda entry: place[entry.question.id]):
        category = bank.category(entry.page.category)
        name = f"{TITLE}::{category.title}"
        deck = decks.setdefault(category.folder, genanki.Deck(_number(f"deck {category.folder}"), name))
        note = Note(
            model=model,
            fields=fields(entry, bank, site_url, media),
            guid=genanki.guid_for(NAMESPACE, entry.question.id),
            tags=tags(entry, bank),
            due=place[entry.question.id],
        )
        note.changed = max(edits.get(entry.question.id, now), RENDERED)
        deck.add_note(note)
    with tempfile.TemporaryDirectory() as folder:
        for name, drawing in media.items():
            Path(folder, name).write_text(drawing, encoding="utf-8")
        loose = Path(folder, "loose.apkg")
        package = genanki.Package(list(decks.values()), [str(Path(folder, name)) for name in sorted(media)])
        package.write_to_file(str(loose), timestamp=now)
        _pack(loose, file)


def note_type() -> genanki.Model:
    """The one note type: the question in front, then what to say first, its key points, and all else in a fold."""
    return genanki.Model(
        _number("note type"),
        TITLE,
        fields=[{"name": name} for name in FIELDS],
        templates=[{"name": "Say it", "qfmt": FRONT, "afmt": BACK}],
        css=CSS.read_text(encoding="utf-8"),
    )


def tags(entry: Entry, bank: Bank) -> list[str]:
    """Anki shows `::` as a tree. A tag holds no blank."""
    question = entry.question
    found = [f"topic::{topic.replace(' ', '-')}" for topic in question.values("topics")]
    found += [f"level::{question.level}"] if question.level else []
    found += [f"company::{company.slug}" for company in bank.companies if bank.suits(company, question)]
    return sorted(found) + ["core"] * question.core


def fields(entry: Entry, bank: Bank, site_url: str, media: dict[str, str]) -> list[str]:
    """The fields of a note as HTML. Puts the figures that they show into `media`, by file name."""
    question = entry.question

    def shown(blocks: Sequence[Element]) -> list[Element]:
        copied = copies(blocks)
        for element in [element for block in copied for element in block.iter()]:
            _adapt(element, entry, bank, site_url, media)
        return copied

    values = {
        "Id": question.id,
        "Question": inner_markup(shown([entry.title])[0]),
        "Prompt": markup(shown(entry.prompt)),
        "Hint": markup(shown(entry.hint)),
        "Short": markup(shown(entry.short)),
        "Points": markup(shown(entry.parts.get("Key points", ()))),
        "Answer": markup(shown([*entry.full, *labelled_parts(entry, without=("Key points",))])),
        "Meta": " · ".join([str(question.level or "").capitalize(), ", ".join(question.values("topics"))]),
        "Link": f"{site_url}q/{question.id}/" if site_url else "",
    }
    return [values.get(name, "") for name in FIELDS]


def _adapt(element: Element, entry: Entry, bank: Bank, site_url: str, media: dict[str, str]) -> None:
    """Formulas become Anki's own, which can be edited there; links lead to the site, figures to the deck's media."""
    if element.tag == "math":
        start, end = (r"\[", r"\]") if element.get("display") == "block" else (r"\(", r"\)")
        become(element, "span", f"{start}{tex(element)}{end}")
    elif element.tag == "a":
        _, target = leads_to(entry.page, element.get("href", ""), bank)
        if target and site_url:
            element.set("href", site_url + target)
        elif target:
            element.tag = "span"
            del element.attrib["href"]
    elif element.tag == "img":
        drawing = plain_figure(bank, entry.page, element.get("src", ""))
        if drawing:
            name = figure_name(entry.page, element.get("src", ""))
            media[name] = drawing
            element.set("src", name)
    elif element.get("class") == "highlight":
        element.set("class", "hl")


def _pack(loose: Path, file: Path) -> None:
    """The same package compressed, and without the time at which it was made."""
    with zipfile.ZipFile(loose) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            add(new, name, old.read(name))


def _number(name: str) -> int:
    """A number of a name that is fixed for ever, in the range that Anki uses."""
    return (1 << 30) + int.from_bytes(hashlib.sha256(f"{NAMESPACE} {name}".encode()).digest()[:4], "big") % (1 << 30)
