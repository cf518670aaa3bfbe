"""Code blocks, colored at build. Names, numbers, operators and punctuation have the text's color and get no element."""

from __future__ import annotations

import html
from functools import cache, lru_cache
from typing import Any

from markdown import Markdown
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, Keyword, Name, String, _TokenType

COLORED = (Keyword, Comment, String, Name.Function, Name.Class, Name.Decorator, Name.Tag, Name.Attribute)
PLAIN = (String.Affix, String.Interpol, Keyword.Constant)
"""Of these what reads as text all the same: the `f` and the braces of a formatted string, and `None`."""

LANGUAGES = ("python", "sql", "text", "bash", "json", "yaml", "html")


class LeanFormatter(HtmlFormatter):
    """Writes a `<span>` only where the style sheet has another color than the text's."""

    def _get_css_class(self, ttype: _TokenType) -> str:
        if ttype in PLAIN or not any(ttype in kind for kind in COLORED):
            return ""
        return super()._get_css_class(ttype)


_formatter = LeanFormatter(nowrap=True)  # making one takes as long as using it


@cache
def _lexer(language: str) -> Lexer:
    return get_lexer_by_name(language, stripnl=False)


def code_fences() -> list[dict[str, Any]]:
    """How the fence reader renders each language that pages may use."""
    return [{"name": name, "class": "highlight", "format": _format, "validator": _validate} for name in LANGUAGES]


def _validate(language: str, inputs: dict, options: dict, attributes: dict, md: Markdown) -> bool:
    options["title"] = inputs.pop("title", "")
    return not inputs


def _format(source: str, language: str, class_name: str, options: dict, md: Markdown, **rest: object) -> str:
    title = f'<span class="filename">{html.escape(options["title"])}</span>' if options["title"] else ""
    return f'<div class="{class_name}">{title}<pre><code>{_colored(source, language)}\n</code></pre></div>'


@lru_cache(maxsize=4096)  # while the site is served, most fences of an edited page are as they were
def _colored(source: str, language: str) -> str:
    return highlight(source, _lexer(language), _formatter).rstrip()
