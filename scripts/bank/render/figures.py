"""Figures: the drawing itself in the page, not a link to it, so that it follows the palette and needs no request."""

from __future__ import annotations

import html
from pathlib import PurePosixPath
from xml.etree.ElementTree import Element

from ..addresses import is_inside, linked_path
from ..drawing import read_drawing
from ..library import moving_figures, read_text
from ..model import FIGURE, Page
from .context import Context


def inline_figures(root: Element, context: Context) -> None:
    """Replaces every picture `figures/<name>.svg` of the page by its drawing, named by the words of the picture.

    One that holds more than shapes and words stays a picture; a rule has stopped the page before.
    """
    for parent in root.iter():
        for image in list(parent):
            if image.tag == "img":
                inline_figure(image, context.page, context)


def inline_figure(image: Element, page: Page, context: Context) -> None:
    """The same for one picture of `page`. A script makes it move where there is a module of its name."""
    src = image.get("src", "")
    path = linked_path(page, src)
    if not FIGURE.fullmatch(src) or not is_inside(context.bank.docs, path):
        return
    try:
        drawing = read_drawing(read_text(context.bank.docs / path))
    except ValueError:
        return
    words = html.escape(context.words(image.get("alt", "")))
    svg = drawing.replace("<svg ", f'<svg role="img" aria-label="{words}" ', 1)
    image.tag, image.text = "span", context.md.htmlStash.store(svg)
    image.attrib.clear()
    image.set("class", "figure")
    if src in moving_figures():
        image.set("data-explore", PurePosixPath(src).stem)
