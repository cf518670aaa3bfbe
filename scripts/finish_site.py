#!/usr/bin/env python3
"""Makes of a built site what readers get: lean pages, one small style sheet, data files, redirects and a sitemap.

MkDocs calls it through a hook; after Zensical, which runs no hooks, `make zensical` does.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

# Works from any folder, also without the virtual environment's .pth file.
sys.path.insert(0, str(Path(__file__).resolve().parent))

from bank.library import load_bank
from list_licences import write_licences
from publish.addresses import write_manifest, write_redirects, write_sitemap
from publish.chunks import LARGE, write_chunks
from publish.data import address, search_index, write_data
from publish.downloads import edition_time, fill_downloads
from publish.fulltext import write_full_text
from publish.offline import write_offline
from publish.pages import describe, read_pages, shrink
from publish.policy import guard
from publish.scripts import imports_of, preload
from publish.styles import purge_styles

NAME = "Precision & Recall"
DESCRIPTION = "Machine-learning interview questions, with answers you can say out loud"
LEFT_OVER = (
    "assets/javascripts",
    "assets/stylesheets",
    "assets/images",
    "assets/styles",
    "assets/study",
    "assets/practice",
    "assets/search",
)
"""The theme's scripts and sheets, which no page of ours loads, and the sources of ours, which are joined in built/."""


def main(argv: list[str] | None = None) -> int:
    """Exit status: 0 done; 1 failed; 2 wrong usage."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("site", type=Path, help="the folder that a generator has written")
    parser.add_argument("--url", default=os.environ.get("SITE_URL", ""), help="where it will live; $SITE_URL")
    options = parser.parse_args(argv)
    if not (options.site / "index.html").is_file():
        print(f"finish_site: {options.site} holds no index.html; build the site first", file=sys.stderr)
        return 2
    try:
        finish(options.site, options.url)
    except (OSError, subprocess.SubprocessError) as error:
        print(f"finish_site: {error}", file=sys.stderr)
        return 1
    return 0


def finish(site: Path, site_url: str) -> None:
    """Changes the folder in place. Raises OSError or SubprocessError where a tool fails."""
    bank = load_bank()
    pages = read_pages(site)
    large = len(bank.questions) > LARGE
    write_data(site, bank, site_url)
    if large:
        write_chunks(site, search_index(bank))
    write_full_text(site, bank, site_url)
    write_redirects(site, bank, site_url)
    write_sitemap(site, [path.removesuffix("index.html") for path in pages if path.endswith("index.html")], site_url)
    write_licences(site)
    write_manifest(site, NAME, DESCRIPTION)
    sources = {address(path) + "index.html": page for path, page in bank.pages.items()}
    modules = imports_of(site / "assets" / "built" / "site.js")
    for path, text in pages.items():
        described = describe(preload(text, modules), sources.get(path), site_url)
        (site / path).write_text(shrink(guard(described, site_url, wasm=large)), encoding="utf-8")
    purge_styles(site, pages.values())
    for name in LEFT_OVER:
        shutil.rmtree(site / name, ignore_errors=True)
    for source in (site / "assets").glob("*.js"):
        source.unlink()
    fill_downloads(site, edition_time())
    write_offline(site)


def accompany(site: Path, site_url: str) -> None:
    """Makes what pages need beside them while the site is served; they stay as they are. The search has one file,
    however large the site: from the same machine it comes at once. Raises OSError."""
    bank = load_bank()
    write_data(site, bank, site_url)
    write_full_text(site, bank, site_url)
    write_redirects(site, bank, site_url)
    write_licences(site)
    write_manifest(site, NAME, DESCRIPTION)


if __name__ == "__main__":
    raise SystemExit(main())
