"""The search of the real site and of larger ones, and what plain Material's loads with every page. How one is asked is
`search`'s part."""

from __future__ import annotations

import gzip
import random
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bank.library import load_bank
from bank.text import plain

from .search import measure_search
from .server import LEVEL
from .workshop import Workshop, say

ASKED = 60  # questions, of all over the bank


def measure_searches(shop: Workshop) -> dict[str, Any]:
    """The figures of our box on the real site, and the bytes of Material's index and worker, compressed."""
    project = shop.project("real")
    say("search: asking the box")
    ours = measure_box(shop.site(project, "ours"))
    site = shop.site(project, "plain")
    files = [site / "search" / "search_index.json", *site.glob("assets/javascripts/workers/search.*.min.js")]
    loaded = sum(len(gzip.compress(file.read_bytes(), LEVEL)) for file in files)
    return {"ours": ours, "plain": {"kilobytes": round(loaded / 1000, 1), "requests": len(files)}}


def measure_box(site: Path) -> dict[str, Any]:
    """What the box of a built site takes when it is asked questions of the bank. On a larger site too these are words
    that many of its pages hold, so that no query is easier there."""
    texts = [plain(question.text) for _, question in load_bank().questions]
    return asdict(measure_search(site, random.Random(1).sample(texts, min(ASKED, len(texts)))))
