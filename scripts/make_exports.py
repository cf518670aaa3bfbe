#!/usr/bin/env python3
"""Makes what readers take away and puts it into a built site: a deck for Anki, and a book as EPUB and PDF.

Reads the bank, not the site; the same commit gives the same bytes. Says on stderr how far it is.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Works from any folder, also without the virtual environment's .pth file.
sys.path.insert(0, str(Path(__file__).resolve().parent))

from bank.edits import read_edits
from bank.library import Bank, load_bank
from build_assets import BUILT
from exports.book import read_book
from exports.deck import write_deck
from exports.edition import Entry, read_edition
from exports.epub import write_epub
from exports.pdf import write_pdf
from publish.downloads import edition_time, fill_downloads, size_in_words
from publish.offline import write_offline

NAME = "precision-and-recall"


def main(argv: list[str] | None = None) -> int:
    """Exit status: 0 done; 1 a tool or a file failed; 2 wrong usage."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("site", type=Path, help="the folder of the built site")
    parser.add_argument("--url", default=os.environ.get("SITE_URL", ""), help="where it will live; $SITE_URL")
    options = parser.parse_args(argv)
    if not (options.site / "index.html").is_file():
        print(f"make_exports: {options.site} holds no index.html; build the site first", file=sys.stderr)
        return 2
    try:
        make_exports(options.site, load_bank(), options.url, edition_time())
    except OSError as error:
        print(f"make_exports: {error}", file=sys.stderr)
        return 1
    return 0


def make_exports(site: Path, bank: Bank, site_url: str, now: int) -> None:
    """Writes the files into `downloads/` and their sizes into the Downloads page. Raises OSError.

    `now` is the Unix time of the edition.
    """
    folder = site / "downloads"
    folder.mkdir(exist_ok=True)
    entries = _read(bank)
    edits = read_edits(bank.docs)
    book = read_book(entries, bank, site_url, now)
    with _telling("Deck for Anki", folder / f"{NAME}.apkg") as file:
        write_deck(file, entries, bank, site_url, edits, now)
    with _telling("Book as EPUB", folder / f"{NAME}.epub") as file:
        write_epub(file, book)
    with _telling("Book as PDF, which takes longest", folder / f"{NAME}.pdf") as file:
        write_pdf(file, book)
    fill_downloads(site, now)
    for worker in ("worker.js", "worker-off.js"):  # the Downloads page has changed, so the list of the offline copy too
        shutil.copy(BUILT / worker, site / "assets" / "built")
    write_offline(site)


def _read(bank: Bank) -> list[Entry]:
    """The edition. Counts its pages on stderr where somebody watches."""
    pages = len({page.path for page, question in bank.questions if question.answered})
    done = 0

    def tell(path: str) -> None:
        nonlocal done
        done += 1
        if sys.stderr.isatty():
            print(f"\rReading page {done} of {pages}", end="", file=sys.stderr, flush=True)

    entries = read_edition(bank, tell=tell)
    start = "\r" if sys.stderr.isatty() else ""
    print(f"{start}Read {len(entries)} questions on {pages} pages", file=sys.stderr)
    return entries


@contextmanager
def _telling(what: str, file: Path) -> Iterator[Path]:
    """Says what is being made, and when it is there how large it is and how long it took."""
    print(f"{what} … ", end="", file=sys.stderr, flush=True)
    start = time.monotonic()
    yield file
    print(f"{size_in_words(file.stat().st_size)}, {time.monotonic() - start:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    raise SystemExit(main())
