"""The deck for Anki, imported by Anki itself: what comes in, what an update changes, and what the cards show."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from anki.collection import Collection, ImportAnkiPackageRequest
from anki.import_export_pb2 import ImportResponse
from bank.library import load_bank
from exports.deck import write_deck
from exports.edition import Entry, read_edition
from exports.markup import tag

PAGES = ("questions/data-and-metrics/classification-metrics.md", "questions/coding/sql-basics.md")
FROZEN = "Id Question Prompt Hint Short Points Answer Meta Link Spare1 Spare2 Spare3"
URL = "https://acme.github.io/study/"
THEN, NOW = 1_790_000_000, 1_795_000_000  # Unix times of two editions


@pytest.fixture(scope="module")
def entries() -> list[Entry]:
    return read_edition(load_bank(), PAGES)


@pytest.fixture
def deck(tmp_path: Path) -> Callable[..., Path]:
    """Writes a deck: of these entries, all changed then, but for some that changed at another time."""

    def write(entries: Sequence[Entry], now: int = THEN, url: str = URL, **changed: int) -> Path:
        file = tmp_path / f"{now}.apkg"
        edits = {entry.question.id: changed.get(entry.question.id.replace("-", "_"), THEN) for entry in entries}
        write_deck(file, entries, load_bank(), url, edits, now)
        return file

    return write


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Collection]:
    learner = Collection(str(tmp_path / "learner.anki2"))
    yield learner
    learner.close()


def imported(collection: Collection, file: Path) -> tuple[int, int, int]:
    """How many notes were new, updated, and left as they are. None may be in conflict."""
    log: ImportResponse.Log = collection.import_anki_package(ImportAnkiPackageRequest(package_path=str(file))).log
    assert not log.conflicting and not log.missing_deck and not log.missing_notetype
    return len(log.new), len(log.updated), len(log.duplicate)


def note_of(collection: Collection, name: str) -> dict[str, str]:
    (number,) = collection.find_notes(f"Id:{name}")
    return dict(collection.get_note(number).items())


def test_a_second_import_brings_nothing(
    collection: Collection, deck: Callable[..., Path], entries: list[Entry]
) -> None:
    assert imported(collection, deck(entries)) == (len(entries), 0, 0)
    assert imported(collection, deck(entries)) == (0, 0, len(entries))
    assert imported(collection, deck(entries, NOW)) == (0, 0, len(entries)), "a new edition without an edit"


def test_an_edit_updates_one_note_and_keeps_its_schedule(
    collection: Collection, deck: Callable[..., Path], entries: list[Entry]
) -> None:
    imported(collection, deck(entries))
    (card,) = collection.find_cards("Id:roc-auc")
    collection.sched.set_due_date([card], "17")
    before = collection.get_card(card)
    edited = [
        replace(one, short=(tag("p", "Said better."),)) if one.question.id == "roc-auc" else one for one in entries
    ]
    assert imported(collection, deck(edited, NOW, roc_auc=NOW)) == (0, 1, len(entries) - 1)
    after = collection.get_card(card)
    assert note_of(collection, "roc-auc")["Short"] == "<p>Said better.</p>"
    assert (after.due, after.ivl, after.type) == (before.due, before.ivl, before.type)


def test_a_removed_question_stays_and_a_new_one_comes(
    collection: Collection, deck: Callable[..., Path], entries: list[Entry]
) -> None:
    imported(collection, deck(entries[1:]))
    assert imported(collection, deck(entries[:-1], NOW)) == (1, 0, len(entries) - 2)
    assert collection.note_count() == len(entries)


def test_what_a_learner_wrote_stays(collection: Collection, deck: Callable[..., Path], entries: list[Entry]) -> None:
    imported(collection, deck(entries))
    (number,) = collection.find_notes("Id:roc-auc")
    note = collection.get_note(number)
    note["Spare1"] = "Mine."
    collection.update_note(note)
    assert imported(collection, deck(entries, NOW)) == (0, 0, len(entries))
    assert note_of(collection, "roc-auc")["Spare1"] == "Mine."


def test_every_card_renders(collection: Collection, deck: Callable[..., Path], entries: list[Entry]) -> None:
    imported(collection, deck(entries))
    cards = [collection.get_card(number) for number in collection.find_cards("")]
    assert len(cards) == len(entries), "one card a note"
    for card in cards:
        shown = card.render_output(browser=False)
        note = card.note()
        assert note["Question"] in shown.question_text and note["Short"] in shown.answer_text
        assert note["Points"] in shown.answer_text and note["Answer"] in shown.answer_text
        assert f"{URL}q/{note['Id']}/" in shown.answer_text
        for side in (shown.question_text, shown.answer_text):
            assert "{{" not in side.replace(note["Answer"], "").replace(note["Prompt"], "")
            assert "<math" not in side and "\x02" not in side


def test_decks_tags_and_order(collection: Collection, deck: Callable[..., Path], entries: list[Entry]) -> None:
    imported(collection, deck(entries))
    names = {deck.name for deck in collection.decks.all_names_and_ids()}
    assert {"Precision & Recall::Data and metrics", "Precision & Recall::Coding"} <= names
    tags = set(collection.tags.all())
    assert {"core", "level::beginner", "topic::sql", "company::google"} <= tags
    dues = [collection.get_card(number).due for number in collection.find_cards("tag:core")]
    others = [collection.get_card(number).due for number in collection.find_cards("-tag:core")]
    assert max(dues) < min(others), "core questions come first"


def test_formulas_code_and_figures(collection: Collection, deck: Callable[..., Path], entries: list[Entry]) -> None:
    imported(collection, deck(entries))
    note = note_of(collection, "roc-auc")
    (picture,) = re.findall(r'<img [^>]*src="([^"]+)"', note["Answer"])
    assert picture == "precision-recall-data-and-metrics-roc.svg"
    drawing = Path(collection.media.dir(), picture).read_text(encoding="utf-8")
    assert "var(" not in drawing and "currentColor" not in drawing and 'fill="#ffffff"' in drawing
    every = "".join(value for entry in entries for value in note_of(collection, entry.question.id).values())
    assert r"\(" in every and r"\[" in every
    assert '<div class="hl">' in every and 'class="k"' in every
    assert ".nightMode .hl" in collection.models.by_name("Precision & Recall")["css"]
    links = re.findall(r'href="([^"]+)"', every)
    assert links and all(link.startswith("https://") for link in links)


def test_without_an_address_there_are_no_links_to_the_site(deck: Callable[..., Path], entries: list[Entry]) -> None:
    collection = Collection(str(deck(entries, url="").with_name("other.anki2")))
    imported(collection, deck(entries, url=""))
    note = note_of(collection, "roc-auc")
    card = collection.get_card(collection.find_cards("Id:roc-auc")[0])
    assert note["Link"] == "" and "on the site" not in card.render_output(browser=False).answer_text
    assert not re.search(r'href="(?!https://)', "".join(note.values()))
    collection.close()


def test_the_same_input_gives_the_same_bytes(deck: Callable[..., Path], entries: list[Entry]) -> None:
    first = deck(entries).read_bytes()
    assert deck(entries).read_bytes() == first
    with zipfile.ZipFile(deck(entries)) as package:
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_what_identifies_a_note_never_changes(
    collection: Collection, deck: Callable[..., Path], entries: list[Entry]
) -> None:
    imported(collection, deck(entries))
    model = collection.models.by_name("Precision & Recall")
    (number,) = collection.find_notes("Id:roc-auc")
    assert " ".join(field["name"] for field in model["flds"]) == FROZEN
    assert (model["id"], collection.get_note(number).guid) == (1868091286, "Ccd[>D=Pv1")
