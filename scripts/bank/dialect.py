"""The dialect of Markdown: fences, formulas, tables, escapes, and no raw HTML. Knows no questions.

It stands here and not in a generator's configuration, so that every generator reads pages alike.
"""

from __future__ import annotations

import html
import re
import string
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from . import formula
from .render.code import code_fences

_MARKS = re.compile(r"[.,;:!?)\]]*")


def set_dialect(md: Markdown) -> Preprocessor:
    """Makes `md` read our dialect, and returns what reads the fences: generators may put another one in its place."""
    md.registerExtensions(
        ["tables", "pymdownx.highlight", "pymdownx.superfences", "pymdownx.tilde"],
        {
            "pymdownx.superfences": {
                "custom_fences": [{"name": "math", "class": "formula", "format": _display}, *code_fences()]
            },
            "pymdownx.tilde": {"subscript": False},
        },
    )
    md.ESCAPED_CHARS = sorted({*md.ESCAPED_CHARS, *string.punctuation})  # as CommonMark does
    md.preprocessors.deregister("html_block")  # raw HTML becomes text: no page can bring an element of its own,
    md.inlinePatterns.deregister("html")  # and a lone `<!--` in code cannot hide the comments after it
    # Code spans are read at 190 and escapes at 180, tables after the text in them.
    md.inlinePatterns.register(Inline(formula.TICKED, md), "bank_ticked", 195)
    md.inlinePatterns.register(Inline(formula.PLAIN, md), "bank_formula", 185)
    md.treeprocessors.register(Cells(md), "bank_cells", 13)
    return md.preprocessors["fenced_code_block"]


class Cells(Treeprocessor):
    """Shows `\\|` in a table cell's code as the `|` that it is on GitHub, where no cell can hold a bare one."""

    def run(self, root: Element) -> None:
        for cell in (element for element in root.iter() if element.tag in ("td", "th")):
            for code in cell.iter("code"):
                code.text = AtomicString((code.text or "").replace("\\|", "|"))


class Inline(InlineProcessor):
    """An inline formula. The MathML is stashed, so that no later step reads Markdown in it.

    Punctuation after it joins it in one run that does not break, else a line could begin with a comma.
    """

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str, int, int]:  # noqa: N802, the library's name
        mathml = _mathml(m[1], display=False)
        marks = _MARKS.findall(data, m.end(0))[0]
        run = f'<span class="formula-run">{mathml}{marks}</span>' if marks else mathml
        return AtomicString(self.md.htmlStash.store(run)), m.start(0), m.end(0) + len(marks)


def _display(source: str, language: str, class_name: str, options: dict, md: Markdown, **rest: object) -> str:
    """A `math` fence."""
    return f'<div class="{class_name}">{_mathml(source, display=True)}</div>'


def _mathml(tex: str, *, display: bool) -> str:
    """The formula. One that cannot be read has stopped the page before; without checks its TeX is shown."""
    try:
        return formula.to_mathml(tex, display=display)
    except ValueError:
        return f"<code>{html.escape(tex)}</code>"
