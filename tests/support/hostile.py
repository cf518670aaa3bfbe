"""Hostile pages: where each stands, and what of its HTML would be dangerous. Knows nothing of our renderer."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

from bank.library import ROOT

FOLDER = ROOT / "tests" / "fixtures" / "hostile"
PAGES = sorted(FOLDER.glob("*.md"))

_NAMES = """
script style iframe object embed base meta link video audio applet frame foreignobject animate set image template
noscript title head body html
"""
_DANGEROUS = frozenset(_NAMES.split())
_SCHEME = re.compile(r"(?!https:)[a-z][a-z0-9+.-]*:|[/\\]{2}", re.IGNORECASE)


def place(file: Path) -> str:
    """The path below `docs/` at which a page has its effect."""
    if file.stem.startswith("company"):
        return f"companies/{file.stem}.md"
    return (
        f"about/{file.stem}.md"
        if "prose" in file.stem or file.stem.startswith("foot")
        else f"questions/coding/{file.stem}.md"
    )


class Reader(HTMLParser):
    """Collects what no page may bring: elements, handlers, addresses, and Markdown's own marks."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag in _DANGEROUS:
            self.found.append(f"<{tag}>")
        for name, value in attributes:
            plain = re.sub(r"[\x00-\x20]", "", value or "")
            leads = name in ("href", "src", "xlink:href", "action", "formaction", "srcset", "poster", "data")
            if name.startswith("on") or (leads and _SCHEME.match(plain)) or (name == "src" and "//" in plain):
                self.found.append(f"{name}={plain[:60]}")
            if "\x02" in plain or "\x03" in plain:
                self.found.append(f"a mark in {name}")
