"""A stand-in for the site at its full size: rows of the real length, made of the real pages' own sentences."""

from __future__ import annotations

import random
import re
from typing import Any

from bank.library import Bank
from bank.text import plain
from publish.data import search_index

PLANNED = 548
"""How many questions the whole site is to have."""

QUESTIONS_A_PAGE = 12


def planned_index(bank: Bank, seed: int = 0) -> dict[str, Any]:
    """A search index of the planned size: every field as long as in a real row, and no sentence longer in use than real
    text would repeat itself, so that it compresses as the real one will."""
    rng = random.Random(seed)
    real = search_index(bank)
    pool = sentences(bank)
    words = sorted({word.lower() for sentence in pool for word in re.findall(r"[A-Za-z]{4,}", sentence)})
    rows = []
    for number in range(PLANNED):
        like = real["questions"][number % len(real["questions"])]
        identifier = "-".join(rng.sample(words, 3))
        texts = [_text(rng, pool, len(field)) for field in like[3:]]
        rows.append([identifier, number // QUESTIONS_A_PAGE, like[2], *texts])
    pages = [
        [f"questions/{'-'.join(rng.sample(words, 2))}/{'-'.join(rng.sample(words, 2))}/", real["pages"][0][1]]
        for _ in range(PLANNED // QUESTIONS_A_PAGE + 1)
    ]
    return {"pages": pages, "questions": rows}


def sentences(bank: Bank) -> list[str]:
    """Every sentence of prose on the question pages, once."""
    inlines = (
        inline
        for _, question in bank.questions
        for part in question.parts
        for block in part.blocks
        if block.kind in ("paragraph", "list")
        for inline in block.inlines
    )
    found = (sentence for inline in inlines for sentence in re.split(r"(?<=[.?!:;]) ", plain(inline.text)))
    return [sentence for sentence in dict.fromkeys(found) if len(sentence) > 30]


def _text(rng: random.Random, pool: list[str], length: int) -> str:
    text = rng.choice(pool)
    while len(text) < length:
        text += " " + rng.choice(pool)
    return text[:length]
