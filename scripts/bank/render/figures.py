"""Figures: the drawing itself in the page, not a link to it, so that it follows the palette and needs no request."""

from __future__ import annotations

import html
import re
from xml.etree.ElementTree import Element

from ..model import FIGURE
from .context import Context

_STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)
_PROLOG = re.compile(r"\A.*?(?=<svg\b)", re.DOTALL)


def inline_figures(root: Element, context: Context) -> None:
    """Replaces every picture `figures/<name>.svg` of the page by its drawing, named by the words of the picture."""
    folder = (context.bank.docs / context.page.path).parent
    for parent in root.iter():
        for image in list(parent):
            file = folder / image.get("src", "")
            if image.tag == "img" and FIGURE.fullmatch(image.get("src", "")) and file.is_file():
                svg = _drawing(file.read_text(encoding="utf-8"), image.get("alt", ""))
                image.tag, image.text = "span", context.md.htmlStash.store(svg)
                for name in list(image.attrib):
                    del image.attrib[name]
                image.set("class", "figure")


def _drawing(svg: str, words: str) -> str:
    """The `<svg>` element alone; its own style element is for viewers outside a page and would be refused in one."""
    drawing = _STYLE.sub("", _PROLOG.sub("", svg, count=1), count=1)
    return drawing.replace("<svg ", f'<svg role="img" aria-label="{html.escape(words)}" ', 1).strip()
