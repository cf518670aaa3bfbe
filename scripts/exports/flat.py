"""The parts of an answer one after the other, without folds and forms: as decks and books need them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from string import ascii_uppercase
from xml.etree.ElementTree import Element

from bank.model import PARTS

from .edition import Check, Entry
from .markup import contents, copies, tag


def labelled_parts(entry: Entry, without: Collection[str] = ()) -> Iterator[Element]:
    """What follows the answer, each part under its label, in the order of the page."""
    for name in PARTS:
        blocks = [*quick_check(entry.check)] if name == "Quick check" and entry.check else entry.parts.get(name, ())
        if blocks and name not in without:
            yield tag("p", name, class_="label")
            yield from blocks


def quick_check(check: Check) -> Iterator[Element]:
    """What is asked, the options by letters, and then which are right and why the others are not."""
    yield from copies(check.prompt)
    options, reasons = tag("ol", class_="options"), tag("ul", class_="reasons")
    for letter, choice in zip(ascii_uppercase, check.options, strict=False):
        options.append(tag("li", *contents(choice.text)))
        verdict = tag("strong", f"{letter} is {'right' if choice.right else 'wrong'}.")
        first, *more = copies(choice.reason) or [tag("p")]
        said = contents(first) if first.tag == "p" else [first]
        reasons.append(tag("li", verdict, " ", *said, *more))
    yield options
    yield reasons
