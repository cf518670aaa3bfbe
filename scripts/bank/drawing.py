"""What a figure may consist of. The drawing becomes part of the page, so only shapes and words come in."""

from __future__ import annotations

import re
from xml.etree import ElementTree

LIMIT = 300_000  # characters

_ELEMENTS = """
svg g defs path rect circle ellipse line polyline polygon text tspan use clipPath marker linearGradient
radialGradient stop pattern title desc
"""
_ATTRIBUTES = """
id class d x y x1 y1 x2 y2 cx cy r rx ry dx dy width height points transform viewBox version style fill stroke
opacity offset refX refY orient markerWidth markerHeight gradientUnits gradientTransform patternUnits clip-path
clip-rule fill-rule fill-opacity stroke-width stroke-opacity stroke-dasharray stroke-linecap stroke-linejoin
font-size font-family font-weight font-style text-anchor dominant-baseline preserveAspectRatio stop-color
stop-opacity marker-start marker-mid marker-end
"""
ELEMENTS = frozenset(_ELEMENTS.split())
ATTRIBUTES = frozenset(_ATTRIBUTES.split())
_STYLE = re.compile(r"<style>[^<]*</style>")
_PROLOG = re.compile(r"\A\s*(?:<\?xml[^>]*>\s*)?(?:<!DOCTYPE svg[^>\[]*>\s*)?")
_LOADS = re.compile(r"url\((?!#[\w.-]+\))|@import|expression|\\|javascript:|data:", re.IGNORECASE)


def read_drawing(svg: str) -> str:
    """The `<svg>` element alone, without the one style element that is for viewers outside a page.

    Raises ValueError in words where it holds anything but shapes and text.
    """
    if len(svg) > LIMIT:
        raise ValueError(f"the drawing has {len(svg):,} characters; draw less, {LIMIT:,} is the limit")
    drawing = _STYLE.sub("", _PROLOG.sub("", svg, count=1), count=1).strip()
    if "<!" in drawing or "<?" in drawing or re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", drawing):
        raise ValueError("the drawing holds a comment, a declaration or a control character")
    try:
        root = ElementTree.fromstring(drawing)
    except (ElementTree.ParseError, ValueError) as error:
        raise ValueError(f"the drawing is no SVG: {error}") from None
    for node in root.iter():
        tag = _local(node.tag)
        if tag not in ELEMENTS or (tag == "svg") != (node is root):
            raise ValueError(f"a drawing holds no <{tag}>; draw with shapes and text")
        for name, value in node.attrib.items():
            local = _local(name)
            allowed = value.startswith("#") if local == "href" else local in ATTRIBUTES
            if not allowed or _LOADS.search(value):
                raise ValueError(f'a drawing holds no {local}="{value[:40]}"; draw with shapes and text')
    return drawing


def _local(name: str) -> str:
    return name.rpartition("}")[2]
