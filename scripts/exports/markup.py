"""Small tools for elements: building them, copying them, and writing them down. Knows no file format."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from xml.etree import ElementTree
from xml.etree.ElementTree import Element


def tag(name: str, *children: Element | str, **attributes: str) -> Element:
    """A new element. `class_` becomes `class`, and a string among the children is text."""
    made = Element(name, {key.rstrip("_"): value for key, value in attributes.items()})
    for child in children:
        if isinstance(child, str):
            if len(made):
                made[-1].tail = (made[-1].tail or "") + child
            else:
                made.text = (made.text or "") + child
        else:
            made.append(child)
    return made


def become(element: Element, name: str, text: str) -> None:
    """Turns an element into another one in its place, with text and nothing else; what follows it stays."""
    tail = element.tail
    element.clear()
    element.tag, element.text, element.tail = name, text, tail


def copies(blocks: Iterable[Element]) -> list[Element]:
    """The blocks once more, to be changed, without what follows each."""
    made = [deepcopy(block) for block in blocks]
    for block in made:
        block.tail = "\n"
    return made


def contents(element: Element) -> list[Element | str]:
    """What stands in an element, text and elements in turn, copied."""
    found: list[Element | str] = [element.text or ""]
    for child in element:
        copied = deepcopy(child)
        copied.tail = ""
        found += [copied, child.tail or ""]
    return found


def words(element: Element) -> str:
    """The text of an element on one line, without the TeX behind its formulas."""
    return " ".join(_text(element).split())


def _text(element: Element) -> str:
    if element.tag == "annotation":
        return ""
    return (element.text or "") + "".join(_text(child) + (child.tail or "") for child in element)


def markup(blocks: Iterable[Element]) -> str:
    """The elements as XHTML."""
    return "".join(ElementTree.tostring(block, encoding="unicode") for block in blocks).strip()


def inner_markup(element: Element) -> str:
    """What stands in an element as XHTML."""
    whole = markup([tag("x", *contents(element))])
    return whole.removeprefix("<x>").removesuffix("</x>") if whole != "<x />" else ""
