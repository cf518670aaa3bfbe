#!/usr/bin/env python3
"""Makes the font of the formulas: STIX Two Math, cut down to what the pages' formulas can need. Reads the bank."""

from __future__ import annotations

import argparse
import contextlib
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

# Works from any folder, also without the virtual environment's .pth file.
sys.path.insert(0, str(Path(__file__).resolve().parent))

from bank.formula import to_mathml
from bank.library import ROOT, load_bank
from bank.model import Page

SOURCE = ROOT / "node_modules" / "@fontsource" / "stix-two-math" / "files" / "stix-two-math-latin-400-normal.woff2"
TARGET = ROOT / "overrides" / "assets" / "built" / "formula.woff2"
NAME = "Formula"  # a changed font has a name of its own

# What browsers draw without its being in the text: an italic for each single letter of <mi>, the root sign of <msqrt>,
# the pieces of stretched brackets, accents.
ITALICS = [*range(0x1D434, 0x1D455), 0x210E, *range(0x1D456, 0x1D468), *range(0x1D6E2, 0x1D71C)]
PIECES = [0x221A, 0x2016, 0x2223, 0x2225, *range(0x239B, 0x23B4), *range(0x23DC, 0x23E2), *range(0x27E8, 0x27EC)]
ACCENTS = [*map(ord, "^~¯ˆ˜‾"), *range(0x302, 0x306), 0x307, 0x308, 0x20D7, *range(0x2190, 0x2195)]
GREEK = [*range(0x391, 0x3A2), *range(0x3A3, 0x3CA)]
ALWAYS = {*range(0x20, 0x7F), *map(ord, "±·×′−"), *GREEK, *ITALICS, *PIECES, *ACCENTS}


def main(argv: list[str] | None = None) -> int:
    """Exit status: 0 done, 1 the font is not installed, 2 wrong usage."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.parse_args(argv)
    if not SOURCE.is_file():
        print("subset_math_font: the font is not installed; run scripts/build_assets.py", file=sys.stderr)
        return 1
    characters = characters_of(load_bank().pages.values())
    make_font(characters, TARGET)
    print(f"{TARGET.name}: {len(characters)} characters, {TARGET.stat().st_size} bytes", file=sys.stderr)
    return 0


def characters_of(pages: Iterable[Page]) -> set[int]:
    """The code points that the formulas of these pages can need."""
    found = set(ALWAYS)
    for page in pages:
        for mathml in _formulas(page):
            text = re.sub(r"<annotation.*?</annotation>|<[^>]+>", "", mathml, flags=re.DOTALL)
            found.update(map(ord, text))
    return {code for code in found if code >= 0x20}


def make_font(characters: set[int], target: Path) -> None:
    """Writes the subset as woff2, the same bytes each time, with the font's licence beside it."""
    options = subset.Options()
    options.flavor = "woff2"
    options.layout_features = ["*"]
    options.hinting = False
    options.name_IDs = [0, 1, 2, 13, 14]  # copyright, names, licence
    font = TTFont(SOURCE, recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    for record in font["name"].names:
        if record.nameID == 1:
            record.string = NAME
    font.flavor = "woff2"
    target.parent.mkdir(parents=True, exist_ok=True)
    font.save(target)
    licence = SOURCE.parents[1] / "LICENSE"
    target.with_suffix(".LICENSE.txt").write_bytes(licence.read_bytes())


def _formulas(page: Page) -> Iterator[str]:
    """The MathML of every formula of a page that can be read."""
    inline = ((formula.tex, False) for _, formula in page.formulas())
    for tex, display in [*inline, *((tex, True) for _, tex in page.displays())]:
        with contextlib.suppress(ValueError):  # the rules report it
            yield to_mathml(tex, display=display)


if __name__ == "__main__":
    raise SystemExit(main())
