"""Which questions of the bank a new one resembles. Compares words, weighed by how rare they are; judges no meaning."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from .library import Bank
from .model import Page, Question
from .text import plain

SAME = 0.85
"""From this likeness on, a question is taken for the same one in other words."""

_COMMON = """
a an and are as at be between by can could did do does explain for from give had has have how i if in is it its me my of
on one or our should so some state than that the their them then there these they this to two up use used using vs
versus was we were what when where which while who why will with would you your describe difference differ different
compare contrast tell mean means
"""

NEAR = 0.1
"""Below this likeness two questions have nothing to do with each other."""

COMMON = frozenset(_COMMON.split())
"""Words that questions are asked with, and that say nothing of what is asked."""


@dataclass(frozen=True)
class Neighbor:
    """A question of the bank, and how like the new one it is, from 0 to 1."""

    page: Page
    question: Question
    likeness: float


def nearest(text: str, bank: Bank, count: int = 3) -> list[Neighbor]:
    """The questions that resemble a text most, the most like first. Each name of a question is compared by itself."""
    names = [(page, question, [words(name) for name in _names(question)]) for page, question in bank.questions]
    seen = Counter(word for _, _, known in names for word in set().union(*known))
    rarity = {word: math.log((1 + len(names)) / (1 + times)) + 1 for word, times in seen.items()}
    wanted = words(text)
    found = [
        Neighbor(page, question, max((_likeness(wanted, name, rarity, len(names)) for name in known), default=0.0))
        for page, question, known in names
    ]
    found.sort(key=lambda neighbor: (-neighbor.likeness, neighbor.question.id))
    return found[:count]


def words(text: str) -> frozenset[str]:
    """What a question is about: its words without those of asking, by their stems."""
    found = re.findall(r"[a-z0-9]+", plain(text).lower().replace("'s", ""))
    return frozenset(_stem(word) for word in found if word not in COMMON) or frozenset(found)


def _names(question: Question) -> Iterable[str]:
    return (question.text, question.short, question.id.replace("-", " "), *question.values("aliases"))


def _stem(word: str) -> str:
    """The word without the endings that a plural or another form of it adds."""
    for ending in ("izations", "ization", "ising", "izing", "ings", "ing", "ers", "ies", "es", "ed", "er", "s", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word.removesuffix(ending)
    return word


def _likeness(first: frozenset[str], second: frozenset[str], rarity: dict[str, float], total: int) -> float:
    """The weight of the common words over that of all (weighted Jaccard): 1 for the same words, 0 for none."""
    new = math.log(1 + total) + 1  # a word that no question has yet is as rare as can be
    both, either = (sum(rarity.get(word, new) for word in group) for group in (first & second, first | second))
    return both / either if either else 0.0
