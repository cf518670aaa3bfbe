"""Figures outside the site, where no palette reaches them: one file each, on paper white, in the colors of the day."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from bank.addresses import is_inside, linked_path
from bank.drawing import read_drawing
from bank.library import Bank, read_text
from bank.model import FIGURE, Page

INK = "#1d2126"
PAPER = '<rect width="100%" height="100%" fill="#ffffff"/>'

_VARIABLE = re.compile(r"var\(--[\w-]+,\s*(#[0-9a-f]{6})\)")
_PREFIX = "precision-recall"  # Anki keeps the media of all decks in one folder


def figure_name(page: Page, src: str) -> str:
    """The file's name, which no other deck and no other category has."""
    return f"{_PREFIX}-{page.category}-{PurePosixPath(src).name}"


def plain_figure(bank: Bank, page: Page, src: str) -> str | None:
    """The SVG of a picture of a page; None where it is no figure that could be read."""
    path = linked_path(page, src)
    if not FIGURE.fullmatch(src) or not is_inside(bank.docs, path):
        return None
    try:
        drawing = read_drawing(read_text(bank.docs / path))
    except ValueError:
        return None
    colored = _VARIABLE.sub(r"\1", drawing).replace("currentColor", INK)
    return re.sub(r"(<svg\b[^>]*>)", rf"\1{PAPER}", colored, count=1) + "\n"
