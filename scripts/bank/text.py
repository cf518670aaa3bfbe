"""Plain text of inline Markdown, for search, descriptions and data: no marks, no TeX, no addresses."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from .blocks import Inline, read_blocks
from .formula import find_formulas, to_mathml

_SENTENCE = re.compile(r".+?[.?!](?=\s+[^a-z\s]|$)")
_ABBREVIATED = re.compile(r"(?:\b(?:e\.g|i\.e|vs|cf|Eq|Fig|al|approx|resp)|\b[A-Z])\.$")


def plain(markdown: str) -> str:
    """What a reader would read aloud of one paragraph, item or heading: `**P**($A$)` gives `P(A)`."""
    for found in reversed(list(find_formulas(markdown))):
        markdown = markdown[: found.start] + _escaped(symbols(found.tex)) + markdown[found.end :]
    blocks, _ = read_blocks(markdown)
    return " ".join(" ".join(_words(inline) for block in blocks for inline in block.inlines).split())


def first_sentence(text: str) -> str:
    """The first sentence of a plain text; all of it where no end can be told."""
    for match in re.finditer(_SENTENCE, text):
        sentence = text[: match.end()]
        if not _ABBREVIATED.search(sentence):
            return sentence
    return text


def symbols(tex: str) -> str:
    """The characters of a formula without its layout: `\\frac{a}{b}` gives `a/b`. "" where it cannot be read."""
    try:
        root = ElementTree.fromstring(to_mathml(tex, display=False))
    except (ValueError, ElementTree.ParseError):
        return ""
    return _flat(root).strip()


def _flat(node: ElementTree.Element) -> str:
    tag = node.tag.rpartition("}")[2]
    if tag == "annotation":
        return ""
    inner = [_flat(child) for child in node]
    if tag == "mfrac" and len(inner) == 2:
        return "/".join(part if len(part) < 2 else f"({part})" for part in inner)
    if tag in ("msup", "munder", "msub") and len(inner) == 2:
        return inner[0] + ("^" if tag == "msup" else "_") + inner[1]
    if tag == "msqrt":
        return "√(" + "".join(inner) + ")"
    own = (node.text or "").strip()
    if tag == "mo" and own and own not in "()[]{}|,.!′⁡":
        own = f" {own} "
    return own + "".join(inner)


def _words(inline: Inline) -> str:
    text = ""
    for piece in inline.pieces:
        if piece.type in ("softbreak", "hardbreak"):
            text += " "
        elif piece.type in ("text", "code_inline", "image"):
            text += piece.content
    return text


def _escaped(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>#])", r"\\\1", text)
