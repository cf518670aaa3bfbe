"""A stand-in for the site at its full size: the real rows, and more of their length, of the pages' own sentences."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from typing import Any

from bank.library import Bank, load_bank
from bank.text import plain
from publish.data import search_index

PLANNED = 548
"""How many questions the whole site is to have."""

QUESTIONS_A_PAGE = 12


def planned_index(bank: Bank, seed: int = 0) -> dict[str, Any]:
    """A search index of the planned size: the real rows, and for every question that is still missing one whose fields
    are as long as a real row's. Made rows repeat themselves less than real ones and weigh a fifth more, so that
    the whole is estimated too large rather than too small, and the better the more is written."""
    rng = random.Random(seed)
    index = search_index(bank)
    real = index["questions"][:PLANNED]
    pool = sentences(bank)
    words = sorted({word.lower() for sentence in pool for word in re.findall(r"[A-Za-z]{4,}", sentence)})
    pages, rows = list(index["pages"]), list(real)
    for number in range(PLANNED - len(real)):
        if number % QUESTIONS_A_PAGE == 0:
            folder, page = ("-".join(rng.sample(words, 2)) for _ in range(2))
            pages.append([f"questions/{folder}/{page}/", index["pages"][0][1]])
        like = real[number % len(real)]
        identifier = "-".join(rng.sample(words, 3))
        question, short, aliases, sentence = (_text(rng, pool, len(like[field])) for field in (3, 4, 6, 7))
        rows.append([identifier, len(pages) - 1, like[2], question, short, like[5], aliases, sentence])
    return {"pages": pages, "topics": index["topics"], "core": list(range(0, PLANNED, 4)), "questions": rows}


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


def typical_page() -> str:
    """A page of 15 questions with 45 formulas, 5 blocks of code and 3 tables; about 10 kB of Markdown, compressed."""
    rng = random.Random(1)
    pool = sentences(load_bank())
    rng.shuffle(pool)
    words = iter(pool * 3)
    head = ["# Learning from data", "", next(words), ""]
    for number in range(15):
        if number % 5 == 0:
            head += [f"## Group {number // 5 + 1}", ""]
        head += _typical_question(number, words, rng)
    return "\n".join(head) + "\n"


def _typical_question(number: int, words: Iterator[str], rng: random.Random) -> list[str]:
    a, b = rng.sample("abcfghkmnpqrstuvwxyz", 2)
    text = [
        f"### {_safe(next(words))[:70].strip()}, question {number}?",
        "",
        f"<!--\nid: typical-{number}\nlevel: intermediate\nshort: Typical {number}\ntopics: evaluation\n-->",
        "",
        "#### Answer",
        "",
        " ".join(_safe(next(words)) for _ in range(2)),
        "",
        f"{_safe(next(words))} Here ${a} > {b}$ and $`{a}_{{{b}}} = \\frac{{{a}}}{{1 + {b}^2}}`$. {_safe(next(words))}",
        "",
        f"```math\n\\sum_{{i=1}}^{{n}} ({a}_i - {b}_i)^2 + \\lambda \\lVert {a} \\rVert\n```",
        "",
    ]
    text += [" ".join(_safe(next(words)) for _ in range(7)), ""]
    if number % 3 == 0:
        text += [f"```python\nfor {a} in range({number + 3}):\n    print({a} ** 2 + {number})\n```", ""]
    if number % 5 == 0:
        text += [
            f"| {a} | {b} |",
            "| --- | --- |",
            f"| {number} | {number + 2} |",
            f"| {number + 1} | {number * 3} |",
            "",
        ]
    text += ["#### Key points", "", *(f"- {_safe(next(words))}" for _ in range(3)), ""]
    text += ["#### Common mistakes", "", *(f"- {_safe(next(words))}" for _ in range(2)), ""]
    text += ["#### Follow-ups", "", f"- **{_safe(next(words))[:60].strip()}?** {_safe(next(words))}", ""]
    text += ["#### Sources", "", f"- {_safe(next(words))[:60].strip()}", ""]
    return text


def _safe(sentence: str) -> str:
    """A sentence without what Markdown would read as a mark."""
    return re.sub(r"[^\w ,.%'()-]", "", sentence)[:150].strip()
