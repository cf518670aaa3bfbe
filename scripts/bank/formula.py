"""Formulas: where they stand in a text, and what they become. One definition for the rules and for the rendering.

Inline `$…$`, or ``$`…`$`` where the TeX holds characters that Markdown would read first; display is a `math` fence.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from math_core import LatexError, LatexToMathML

PLAIN = r"(?<![\\$\w])\$(?![\s$`])((?:\\.|[^$\\`\x02])+?)(?<![\s\\])\$(?![\w$])"
"""`$…$`: no blank inside the dollars, no letter or digit outside, so that "from $5 to $10" holds none.

The control character is Python-Markdown's mark for what it has already read, such as a code span."""

TICKED = r"(?<![\\$\w])\$`([^`]+)`\$(?![\w$])"
"""``$`…`$``: what stands inside is out of Markdown's reach."""

CODE = r"(?<!`)(`+)(?!`).+?(?<!`)\2(?!`)"

_FORMULA_OR_CODE = re.compile(f"{TICKED}|{CODE}|{PLAIN}", re.DOTALL)

NEEDS_TICKS = re.compile(r"\\[{}\\]|[*_|]")
"""What Markdown or a table would change inside `$…$`."""

_converter = LatexToMathML(annotation=True, fancy_error=False)
_EMPTY = re.compile(r"<(\w+)((?: [^<>]*?)?)/>")
_PADDED = re.compile(r"<mrow><mspace></mspace>(<mi[^<]*</mi>)</mrow>")
"""An upright letter, which the converter pads against acting as an operator. A letter never does."""

_ANNOTATION = re.compile(r"</?semantics>|<annotation .*?</annotation>", re.DOTALL)
_TAGS = re.compile(r"<[^>]*>")
_OFFSET = re.compile(r"^\d+: ")


@dataclass(frozen=True)
class Formula:
    """One inline formula; `start` and `end` are offsets of the whole, dollars included."""

    tex: str
    ticked: bool
    start: int
    end: int


def find_formulas(text: str) -> Iterator[Formula]:
    """The inline formulas of a paragraph's source; dollars in code spans do not count."""
    for match in _FORMULA_OR_CODE.finditer(text) if "$" in text else ():
        if match[1] is not None:
            yield Formula(match[1], True, match.start(), match.end())
        elif match[3] is not None:
            yield Formula(match[3], False, match.start(), match.end())


def mask_code(text: str) -> str:
    """The text with formulas and code spans blanked, lengths and line breaks kept."""
    if "$" not in text and "`" not in text:
        return text
    return _FORMULA_OR_CODE.sub(_blank, text)


def _blank(match: re.Match[str]) -> str:
    return "\n".join(" " * len(line) for line in match[0].split("\n"))


def to_mathml(tex: str, *, display: bool) -> str:
    """MathML with the TeX as its annotation, unless what it shows is the TeX itself, as with `$n - 1$`.

    Raises `ValueError` in words where it cannot be read.
    """
    mathml = _convert(tex, display=display)
    # HTML needs no closing slash, and some programs that read HTML lose the rest of the page after one.
    mathml = _PADDED.sub(r"\1", _EMPTY.sub(r"<\1\2></\1>", mathml))
    shown = _TAGS.sub("", _ANNOTATION.sub("", mathml)).replace("−", "-")
    return _ANNOTATION.sub("", mathml) if html.unescape(shown) == re.sub(r"\s", "", tex) else mathml


def error_in(tex: str, *, display: bool) -> str:
    """Why a formula cannot be read, "" where it can."""
    try:
        _convert(tex, display=display)
    except ValueError as error:
        return str(error)
    return ""


def _convert(tex: str, *, display: bool) -> str:
    if not tex.strip():
        raise ValueError("the formula is empty")
    try:
        return _converter.convert_with_local_state(tex.strip(), displaystyle=display)
    except LatexError as error:
        raise ValueError(_OFFSET.sub("", str(error)).rstrip(".")) from None
