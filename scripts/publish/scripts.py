"""What the frame's script imports, asked for together with it: a browser would learn of each module from another."""

from __future__ import annotations

import re
from pathlib import Path

_IMPORT = re.compile(r'(?:\bfrom|\bimport)\s?"\./([\w.-]+\.js)"')
_FRAME = re.compile(r'(<script\b[^>]*\bsrc="([^"]*)site\.js"[^>]*></script>)')


def imports_of(entry: Path) -> list[str]:
    """The names of the modules that a built one imports, and those import, before it runs; none where it is missing."""
    found: set[str] = set()
    waiting = [entry.name]
    while waiting:
        file = entry.with_name(waiting.pop())
        names = set(_IMPORT.findall(file.read_text(encoding="utf-8"))) if file.is_file() else set()
        waiting += names - found
        found |= names
    return sorted(found - {entry.name})


def preload(text: str, modules: list[str]) -> str:
    """A page's HTML that asks for the modules with the frame's script. They give way to what is painted first."""
    links = "".join(f'<link rel="modulepreload" href="\\g<2>{name}" fetchpriority="low">' for name in modules)
    return _FRAME.sub(rf"\1{links}", text, count=1)
