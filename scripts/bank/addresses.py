"""Where links and pictures may lead: one reading of an address for the rules, the lists and what is rendered."""

from __future__ import annotations

import html
import posixpath
import re
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from .model import Page

_INVISIBLE = re.compile(r"[\x00-\x20\x7f\xa0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff]")
_ASSET = re.compile(r"[a-z0-9/-]+\.(?:png|jpg|webp)")


def split_address(address: str) -> SplitResult | None:
    """The parts of an address, or None where it is none that a browser could read."""
    try:
        parts = urlsplit(address)
        return parts if parts.port is None or parts.port else None
    except ValueError:
        return None


def leads_astray(address: str) -> bool:
    """Whether a rendered link could run a script, leave encryption or the site's own paths without saying so.

    Reads the address as a browser would: entities decoded, blanks and control characters gone.
    """
    plain = _INVISIBLE.sub("", html.unescape(address))
    parts = split_address(plain)
    if parts is None or parts.scheme not in ("", "https"):
        return True
    return not parts.scheme and (plain.startswith(("/", "\\")) or ":" in plain.split("/")[0].split("#")[0])


def linked_path(page: Page, link: str) -> str:
    """The path of a linked file below `docs/`; an empty link is the page itself."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(page.path), unquote(link))) if link else page.path


def is_inside(docs: Path, path: str) -> bool:
    """Whether a path names a file below `docs/`, itself and not through a link to somewhere else."""
    try:
        file = docs / path
        return file.is_file() and file.resolve().is_relative_to(docs.resolve())
    except (OSError, ValueError):  # too long for a name, or holding a NUL
        return False


def is_picture(path: str) -> bool:
    """Whether a path below `docs/` has the form of a picture that pages may show."""
    return bool(_ASSET.fullmatch(path))
