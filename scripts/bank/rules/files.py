"""Q091 and Q093: what may lie in `docs/`, where everything is published, and that the menu leads to each page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from ..library import Bank
from ..model import Page, Problem
from .registry import Finding, rule

_NAME = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_KNOWN = re.compile(rf"(?:{_NAME}/)*(?:{_NAME}\.(?:md|png|jpg|webp)|figures/{_NAME}\.(?:py|svg))")
_ALLOWED = "pages (.md), pictures (.png, .jpg, .webp), figures/name.svg and figures/name.py, in lower case with hyphens"


@rule("Q091", "docs/ holds pages, pictures and figures, named in lower case with hyphens", everywhere=True)
def names(page: Page, bank: Bank) -> Iterator[Finding]:
    """The name is the address. Other files would be published as they are, scripts too; a symbolic link could publish
    any file of the machine that builds."""
    if page.path.endswith(".md") and "/" in page.path and not _KNOWN.fullmatch(page.path):
        yield 1, f"'{page.path}' is no name for a page; use lower case, digits and hyphens"


@rule("Q093", "every page stands in the nav of mkdocs.yml", everywhere=True)
def listed(page: Page, bank: Bank) -> Iterator[Finding]:
    """A page that is not there has no place in the menu, and the build stops at it."""
    menu = _menu(bank.docs)
    if menu and page.path not in menu and (bank.docs / page.path).is_file():
        yield 1, f"not in the menu: add a line '- The title: {page.path}' to the nav of mkdocs.yml"


def _menu(docs: Path) -> frozenset[str]:
    """The pages that the configuration beside `docs/` names; none where there is no configuration."""
    settings = docs.parent / "mkdocs.yml"
    if not settings.is_file():
        return frozenset()
    return frozenset(re.findall(r"(?m)^ +- [^#\n]*?(\S+\.md)\s*$", settings.read_text(encoding="utf-8")))


def check_files(docs: Path) -> list[Problem]:
    """What lies in the folder of all pages and must not: other kinds of files, links, and names that are no address."""
    problems = []
    for file in sorted(docs.rglob("*")):
        path = file.relative_to(docs).as_posix()
        if "__pycache__" in path.split("/"):
            continue
        if file.is_symlink():
            problems.append(Problem(path, 1, "Q091", "a symbolic link; put the file itself here"))
        elif file.is_file() and not _KNOWN.fullmatch(path):
            problems.append(Problem(path, 1, "Q091", f"docs/ holds {_ALLOWED}"))
    return problems
