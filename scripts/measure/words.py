"""Says a text in other words of the same length and frequency. Knows Markdown's marks, and no question.

Within a page a word becomes the same other word wherever it stands, so that repetition, which compression and search
indexes live on, stays as dense as it was. Digits are exchanged likewise. Code, formulas, tables and lists keep their
shape, and so their cost.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from itertools import count

KEPT = frozenset({"senior", "https", "http"})
"""Words that a rule or a reader of addresses knows by their letters."""

SHORTEST = 4  # letters; shorter words hold sentences together and stay
_WORD = re.compile(rf"[A-Za-z]{{{SHORTEST},}}")
_BASED = r"0[box][0-9a-fA-F]+"  # a digit that the base does not have would not compile
_PIECES = re.compile(
    rf"""(?P<link>\]\([^)\s]*)            # where a link leads
       | (?P<kept>https?://\S+ | \b(?:19|20)\d\d(?:-\d\d)*\b | (?m:^[ ]*\d+\.(?=[ ])))
       | (?P<exact>\$`[^`]+`\$ | `+[^`]+`+ | (?<![\\$])\$[^$\s](?:[^$]*[^$\s\\])?\$(?!\d))
       | (?P<word>(?<![\w\\-])[A-Za-z]{{{SHORTEST},}}(?![\w-]))
       | (?P<digit>[1-9])
    """,
    re.VERBOSE,
)

Translate = Callable[[str], str]


def vocabulary(texts: Iterable[str]) -> dict[int, list[str]]:
    """The words of some texts in lower case, by length, the most frequent first."""
    found = Counter(word.lower() for text in texts for word in _WORD.findall(text))
    by_length: dict[int, list[str]] = {}
    for word in sorted(found, key=lambda word: (-found[word], word)):
        if word not in KEPT:
            by_length.setdefault(len(word), []).append(word)
    return by_length


def dictionary(words: Mapping[int, list[str]], rng: random.Random) -> dict[str, str]:
    """For each word another one as long and about as frequent, and for each digit but 0 another digit. No two words
    become one, so that what is told apart by its words stays apart."""
    exchanged: dict[str, str] = {}
    for length in sorted(words):
        ranked = words[length]
        start = 0
        for power in count(3):  # bands of 8, 16, 32, … ranks: frequencies fall as fast
            band = ranked[start : start + 2**power]
            if not band:
                break
            exchanged.update(zip(band, rng.sample(band, len(band)), strict=True))
            start += len(band)
    digits = list("123456789")
    exchanged.update(zip(digits, rng.sample(digits, len(digits)), strict=True))
    return exchanged


def say_otherwise(text: str, exchanged: Mapping[str, str], relink: Translate = str) -> str:
    """Prose in the words of a dictionary. Code spans and formulas change their digits alone; `relink` gives the new
    address of a link."""

    def replaced(match: re.Match[str]) -> str:
        if match["link"]:
            return "](" + relink(match["link"][2:])
        if match["exact"]:
            return shift_digits(match["exact"], exchanged)
        if match["word"]:
            return _as_written(match["word"], exchanged)
        return match["kept"] or exchanged[match["digit"]]

    return _PIECES.sub(replaced, text)


def shift_digits(text: str, exchanged: Mapping[str, str]) -> str:
    """Code or a formula with other digits; it compiles as before, and no cache of formulas has seen it."""
    return re.sub(rf"{_BASED}|[1-9]", lambda match: exchanged.get(match[0], match[0]), text)


def _as_written(word: str, exchanged: Mapping[str, str]) -> str:
    other = exchanged.get(word.lower(), word)
    if word.isupper():
        return other.upper()
    return other.capitalize() if word[0].isupper() else other
