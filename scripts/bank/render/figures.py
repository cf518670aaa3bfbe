"""Figures: the drawing itself in the page, not a link to it, so that it follows the palette and needs no request."""

from __future__ import annotations

import html
from xml.etree.ElementTree import Element

from ..addresses import is_inside, linked_path
from ..drawing import read_drawing
from ..library import read_text
from ..model import FIGURE
from .context import Context


def inline_figures(root: Element, context: Context) -> None:
    """Replaces every picture `figures/<name>.svg` of the page by its drawing, named by the words of the picture.

    One that holds more than shapes and words stays a picture; a rule has stopped the page before.
    """
    for parent in root.iter():
        for image in list(parent):
            src = image.get("src", "")
            path = linked_path(context.page, src)
            if image.tag == "img" and FIGURE.fullmatch(src) and is_inside(context.bank.docs, path):
                try:
                    drawing = read_drawing(read_text(context.bank.docs / path))
                except ValueError:
                    continue
                words = html.escape(context.words(image.get("alt", "")))
                svg = drawing.replace("<svg ", f'<svg role="img" aria-label="{words}" ', 1)
                image.tag, image.text = "span", context.md.htmlStash.store(svg)
                for name in list(image.attrib):
                    del image.attrib[name]
                image.set("class", "figure")
