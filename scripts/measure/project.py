"""Puts a project of any size into a folder, for our build and for plain Material. Builds nothing."""

from __future__ import annotations

import json
import posixpath
import re
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bank.library import ROOT, Bank, Category

from .growth import Grown, grow

FOLDERS = ("docs", "overrides", "scripts")
FILES = ("mkdocs.yml", "package.json", "package-lock.json")
PLAIN = "plain.yml"
LEFT_OUT = shutil.ignore_patterns("__pycache__", "node_modules")

_QUESTIONS = re.compile(r"(?ms)^  - Questions:\n.*?(?=^  - )")
_NAV = re.compile(r"(?ms)^nav:\n.*?(?=^\S)")


@dataclass(frozen=True)
class Project:
    """A folder that can be built: with `mkdocs.yml` by us, with `plain.yml` by Material alone."""

    root: Path
    name: str
    questions: int
    pages: int


def real_project(bank: Bank, root: Path) -> Project:
    """The site as it is, with its history, in a folder of its own, so that nobody's edit meets a build."""
    _copy_sources(root)
    if (ROOT / ".git").exists():  # only read: the build asks it when pages changed
        (root / ".git").symlink_to(ROOT / ".git")
    _write_plain(root)
    answered = sum(question.answered for _, question in bank.questions)
    return Project(root, "real", answered, len(list((root / "docs").rglob("*.md"))))


def grown_project(bank: Bank, root: Path, wanted: int) -> Project:
    """A project of about as many made questions; all other pages are the real ones."""
    _copy_sources(root)
    docs = root / "docs"
    for file in (docs / "questions").glob("*/*.md"):
        file.unlink()
    pages = list(grow(bank, wanted))
    for folder in {page.folder for page in pages}:
        figures = docs / re.sub(r"-\d+$", "", folder) / "figures"
        if not (docs / folder).exists():
            (docs / folder).mkdir()
            if figures.is_dir():
                shutil.copytree(figures, docs / folder / "figures")
    for page in pages:
        (docs / page.path).write_text(page.text, encoding="utf-8")
    settings = root / "mkdocs.yml"
    settings.write_text(with_menu(settings.read_text(encoding="utf-8"), bank, pages), encoding="utf-8")
    categories = root / "scripts" / "bank" / "categories.yml"
    added = more_categories(bank.categories.values(), {posixpath.basename(page.folder) for page in pages})
    categories.write_text(categories.read_text(encoding="utf-8") + added, encoding="utf-8")
    _write_plain(root)
    answered = sum(page.text.count("\n#### Answer\n") for page in pages)
    return Project(root, str(wanted), answered, len(list(docs.rglob("*.md"))))


def with_menu(settings: str, bank: Bank, pages: Sequence[Grown]) -> str:
    """The configuration whose menu leads to these pages of questions instead of the real ones."""
    lines = ["  - Questions:", "      - All questions: questions/index.md"]
    folders: dict[str, list[Grown]] = {}
    for page in pages:
        folders.setdefault(posixpath.basename(page.folder), []).append(page)
    for folder, held in folders.items():
        real, number = _origin(folder, bank)
        lines.append(f"      - {json.dumps(bank.category(real).title + number)}:")
        lines += [f"          - {json.dumps(page.title)}: {page.path}" for page in held]
    return _QUESTIONS.sub(lambda _: "\n".join(lines) + "\n", settings, count=1)


def more_categories(categories: Iterable[Category], folders: set[str]) -> str:
    """The lines of the list of categories that folders of copies need."""
    lines = []
    for shelf in range(2, len(folders) + 2):
        for category in categories:
            if f"{category.folder}-{shelf}" in folders:
                title = json.dumps(f"{category.title} {shelf}")
                lines.append(f"{category.folder}-{shelf}: {{title: {title}, covers: {json.dumps(category.covers)}}}\n")
    return "".join(lines)


def plain_settings(settings: str) -> str:
    """Material's own defaults for the same pages: its theme, its search, the same menu, and the extensions that the
    Markdown asks for. Its formulas stay TeX and its fonts are Google's; a script that shows formulas is left out."""
    menu = _NAV.search(settings)
    return f"""site_name: Plain Material
site_url: !ENV [SITE_URL, ""]
{menu[0] if menu else ""}
exclude_docs: |
  *.py
theme:
  name: material
plugins: [search]
markdown_extensions:
  - attr_list
  - md_in_html
  - tables
  - toc
  - pymdownx.arithmatex: {{generic: true}}
  - pymdownx.highlight
  - pymdownx.tasklist
  - pymdownx.tilde: {{subscript: false}}
  - pymdownx.superfences:
      custom_fences:
        - name: math
          class: arithmatex
          format: !!python/object/apply:pymdownx.arithmatex.arithmatex_fenced_format
            kwds: {{mode: generic, tag: div}}
"""


def _origin(folder: str, bank: Bank) -> tuple[str, str]:
    """The real folder behind one of copies, and what its title has at the end."""
    stem, _, number = folder.rpartition("-")
    return (stem, f" {number}") if number.isdigit() and stem in bank.categories else (folder, "")


def _copy_sources(root: Path) -> None:
    for name in FOLDERS:
        shutil.copytree(ROOT / name, root / name, ignore=LEFT_OUT)
    for name in FILES:
        shutil.copy(ROOT / name, root / name)
    (root / "node_modules").symlink_to(ROOT / "node_modules")


def _write_plain(root: Path) -> None:
    settings = (root / "mkdocs.yml").read_text(encoding="utf-8")
    (root / PLAIN).write_text(plain_settings(settings), encoding="utf-8")
