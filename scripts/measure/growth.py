"""Makes pages of questions out of the bank's own, as many as are asked for. Pure: text in, text out.

Every copy of a page is said in other words (`words`), also the first one, so that all sizes are made alike and can be
compared with each other; the real site is measured apart and shows how true they are. The first copy keeps the ids and
places of the real pages, because other pages link to them; the others have ids and places of their own. Figures are the
real drawings. The vocabulary is the bank's at every size, so search indexes grow a little slower than real ones would.
"""

from __future__ import annotations

import posixpath
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count

from bank.library import Bank
from bank.model import Page
from bank.rules.metadata import ID_LIMIT

from .words import dictionary, say_otherwise, shift_digits, vocabulary

COPIES_A_FOLDER = 4
"""How many copies of a page share a folder; then the next folders begin. Menus and folders both grow, as they would."""

WHOLE = frozenset({"questions/system-design"})
"""Folders that hold all their copies: a rule allows answers of that folder, by its name, to be longer."""

_APART = re.compile(
    r"""(?msx)
    ^(?P<indent>[ ]*)(?P<mark>```+)[^\n]*\n .*? ^(?P=indent)(?P=mark)[ ]*$  # a fence
    | (?P<comment> ^<!--\n .*? ^-->$ )                                    # what is known of a question
    | ^\#\#\#\#[ ][^\n]*$                                                # the name of a part
    """
)
_FIELD = re.compile(r"(?m)^(id|short|aliases): (.*)$")


@dataclass(frozen=True)
class Grown:
    """A made page: its path below `docs/`, its title and its text."""

    path: str
    title: str
    text: str

    @property
    def folder(self) -> str:
        return posixpath.dirname(self.path)


def grow(bank: Bank, wanted: int, seed: int = 1) -> Iterator[Grown]:
    """Pages with the wanted number of answered questions together, to the page; the same ones for the same seed. Where
    fewer are wanted than there are, the rest stand open."""
    pages = list({page.path: page for page, _ in bank.questions}.values())
    if not pages:
        return
    words = vocabulary(page.text for page in pages)
    ids = {page.path: frozenset(question.id for question in page.questions) for page in pages}
    planned = list(_plan(pages, wanted))
    copies = {path: max(copy for page, copy, _ in planned if page.path == path) for path in ids}
    for page, copy, answered in planned:
        rng = random.Random(f"{seed} {copy} {page.path}")
        # Where the last round of copies ends early, links to what is missing lead to the first copy.
        copy_of = {path: copy if copy <= last else 1 for path, last in copies.items()}
        grown = _copy(page, copy, Targets(ids, copy_of), dictionary(words, rng))
        yield grown if answered else replace(grown, text=opened(grown.text))


def _plan(pages: Sequence[Page], wanted: int) -> Iterator[tuple[Page, int, bool]]:
    """Each page, the number of the copy, and whether its questions have answers."""
    made = 0
    for copy in count(1):
        for page in pages:
            if made < wanted or copy == 1:
                yield page, copy, made < wanted
                made += len(page.questions)
        if made >= wanted:
            return


def opened(text: str) -> str:
    """A page whose questions have no answers; they keep their ids, since other pages link to them."""
    kept, skips, fence = [], False, False
    for line in text.splitlines(keepends=True):
        fence ^= line.startswith("```")
        if not fence and line.startswith("#"):
            skips = line.startswith("#### ")
        if not skips:
            kept.append(line)
    return "".join(kept)


def copied_path(path: str, copy: int) -> str:
    """Where a copy of a page of questions stands. The first one keeps its place."""
    if copy == 1:
        return path
    stem = path.removesuffix(".md")
    return f"{copied_folder(posixpath.dirname(stem), copy)}/{posixpath.basename(stem)}-{copy}.md"


def copied_folder(folder: str, copy: int) -> str:
    """The folder of a copy: the real one for the first few, then others."""
    shelf = 0 if folder in WHOLE else (copy - 1) // COPIES_A_FOLDER
    return f"{folder}-{shelf + 1}" if shelf else folder


def copied_id(identifier: str, copy: int) -> str:
    """The id of a question's copy; distinct for distinct ids, as long as those differ in what is kept of them."""
    if copy == 1:
        return identifier
    suffix = f"-copy{copy}"
    return identifier[: ID_LIMIT - len(suffix)].rstrip("-") + suffix


@dataclass(frozen=True)
class Targets:
    """What links on a copy can lead to: the questions of each page, and which of its copies is meant."""

    ids: Mapping[str, frozenset[str]]
    copy_of: Mapping[str, int]


def copied_link(page: str, target: str, copy: int, targets: Targets) -> str:
    """A link on a page, as the page's copy has it. Links to other pages go where they went, figures come along with
    their page, and a link to a heading becomes one to its page, since the copy says the heading in other words."""
    address, mark, anchor = target.partition("#")
    if ":" in address or address.startswith("figures/"):
        return target
    path = posixpath.normpath(posixpath.join(posixpath.dirname(page), address)) if address else page
    here = posixpath.dirname(copied_path(page, copy))
    if path not in targets.ids:
        return posixpath.relpath(path, here) + mark + anchor
    meant = targets.copy_of[path]
    question = anchor.removesuffix("-a")
    fresh = copied_id(question, meant) + anchor[len(question) :] if question in targets.ids[path] else ""
    to_page = posixpath.relpath(copied_path(path, meant), here) if address or not fresh else ""
    return f"{to_page}#{fresh}" if fresh else to_page


def _copy(page: Page, copy: int, targets: Targets, exchanged: Mapping[str, str]) -> Grown:
    def prose(text: str) -> str:
        return say_otherwise(text, exchanged, lambda target: copied_link(page.path, target, copy, targets))

    def field(match: re.Match[str]) -> str:
        name, value = match[1], match[2]
        return f"{name}: {copied_id(value, copy) if name == 'id' else say_otherwise(value, exchanged)}"

    text, end = "", 0
    for match in _APART.finditer(page.text):
        text += prose(page.text[end : match.start()])
        if match["comment"]:
            text += _FIELD.sub(field, match[0])
        else:
            text += shift_digits(match[0], exchanged) if match["mark"] else match[0]
        end = match.end()
    text += prose(page.text[end:])
    head, _, rest = text.partition("\n")
    if copy > 1:  # short titles of two copies may have become the same words
        head += f" {copy}"
    return Grown(copied_path(page.path, copy), head.removeprefix("# "), f"{head}\n{rest}")
