#!/usr/bin/env python3
"""Prints what of others' work readers get, with versions, licences and their texts. Publishing puts it into the site.

The list is made of what is installed: the theme, its icons, and the packages of package-lock.json that are no tools; on
a large site Pagefind too, which its search is read with.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import importlib.util
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NAME = "third-party.txt"  # in the site; the footer of every page leads there
INTRO = """Text and figures of this site are under CC BY 4.0, its code is under the MIT licence.

What readers get of others' work stands below: first the list, then the text of each licence. Of the style sheet, the
icons and the font, readers get the part that the pages use.
"""
ICONS = {
    "material": ("Material Design Icons", "Apache-2.0"),
    "octicons": ("Octicons", "MIT"),
}
"""The sets from which Material's style sheet takes icons, by their folder in it, with the name and licence of each."""

PAGEFIND = "search/pagefind.js"  # in the site, where it is large
PAGEFIND_LICENCE = ROOT / "scripts" / "publish" / "pagefind.LICENSE.txt"
APACHE = "requests"  # a package of requirements.txt whose licence is the text of Apache 2.0


@dataclass(frozen=True)
class Work:
    """Something of others that readers get, with the text of its licence."""

    name: str
    version: str
    licence: str
    text: str


def main(argv: list[str] | None = None) -> int:
    """Exit status: 0 printed, 1 something is not installed or has no licence, 2 wrong usage."""
    argparse.ArgumentParser(description=__doc__.split("\n")[0]).parse_args(argv)
    try:
        print(document(), end="")
    except OSError as error:
        print(f"list_licences: {error}", file=sys.stderr)
        return 1
    return 0


def write_licences(site: Path) -> None:
    """Puts the list into the site. Raises OSError where a licence has no text."""
    (site / NAME).write_text(document(large=(site / PAGEFIND).is_file()), encoding="utf-8")


def document(*, large: bool = False) -> str:
    """The list and the texts; `large` for a site whose search is in chunks."""
    works = [*theme(), *packages(ROOT), *([pagefind()] if large else [])]
    width = max(len(f"{work.name} {work.version}") for work in works)
    lines = [f"{f'{work.name} {work.version}':{width}}  {work.licence}" for work in works]
    texts = [f"{'=' * 80}\n{work.name} {work.version}\n{'=' * 80}\n\n{work.text.strip()}\n" for work in works]
    return "\n".join([INTRO, *lines, "", *texts])


def theme() -> Iterator[Work]:
    """Material for MkDocs and the icons in its style sheet."""
    found = importlib.util.find_spec("material")
    if found is None or not found.submodule_search_locations:
        raise OSError("Material for MkDocs is not installed")
    about = importlib.metadata.distribution("mkdocs-material")
    licence = about.metadata["License-Expression"] or "see below"
    yield Work("Material for MkDocs", about.version, licence, _licence_of("mkdocs-material"))
    icons = Path(found.submodule_search_locations[0]) / "templates" / ".icons"
    for folder, (name, licence) in ICONS.items():
        text = _licence_text(icons / folder)
        if licence == "Apache-2.0":  # the set only names it, and it asks that its text be passed on
            text += "\n\n" + _licence_of(APACHE)
        yield Work(name, f"in Material {about.version}", licence, text)


def packages(root: Path) -> Iterator[Work]:
    """The npm packages that are no tools. Without them installed, as `make serve` allows, readers get none."""
    lock = json.loads((root / "package-lock.json").read_text(encoding="utf-8"))
    for path, package in sorted(lock["packages"].items()):
        if path and not package.get("dev") and (root / path).is_dir():
            name = path.rpartition("node_modules/")[2]
            yield Work(name, package["version"], package["license"], _licence_text(root / path))


def pagefind() -> Work:
    """What reads the index of a large site. Its package names its licence and brings no text."""
    about = importlib.metadata.distribution("pagefind-bin")
    return Work("pagefind", about.version, about.metadata["License"], PAGEFIND_LICENCE.read_text(encoding="utf-8"))


def _licence_of(package: str) -> str:
    """The licence that comes with an installed Python package."""
    about = importlib.metadata.distribution(package)
    text = about.read_text("licenses/LICENSE") or about.read_text(
        "LICENSE"
    )  # its list of files would take half a second
    if not text:
        raise OSError(f"no licence beside {package}")
    return text


def _licence_text(folder: Path) -> str:
    """The licence in a folder. Raises OSError where there is none: then nothing could be passed on."""
    for file in sorted(folder.iterdir()):
        if file.is_file() and file.stem.lower() in ("license", "licence"):
            return file.read_text(encoding="utf-8")
    raise OSError(f"no licence in {folder.name}")


if __name__ == "__main__":
    raise SystemExit(main())
