"""Links, sizes and dates on the Downloads page, of the files that are there."""

from __future__ import annotations

import html
import os
import re
import time
from datetime import UTC, datetime
from pathlib import Path

from bank.render.downloads import DOWNLOADS, Download

PAGE = "downloads/index.html"


def fill_downloads(site: Path, now: int) -> None:
    """Writes into the page what the site holds now; may be called again when there is more. `now` is a Unix time."""
    page = site / PAGE
    if not page.is_file():
        return
    text = page.read_text(encoding="utf-8")
    for download in DOWNLOADS:
        place = re.compile(rf'(<span\b[^>]*\bdata-download="?{re.escape(download.path)}"?[^>]*>).*?</span>', re.DOTALL)
        text = place.sub(rf"\1{_shown(site, download, now)}</span>", text)
    page.write_text(text, encoding="utf-8")


def edition_time() -> int:
    """The Unix time that the site says it is of: that of the last commit, which the Makefile hands over; else now."""
    return int(os.environ.get("SOURCE_DATE_EPOCH") or time.time())


def size_in_words(size: int) -> str:
    """`640 kB`, `1.5 MB`, `13 MB`: bytes as people compare them."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1_000))} kB"
    return f"{size / 1_000_000:.1f} MB" if size < 10_000_000 else f"{round(size / 1_000_000)} MB"


def _shown(site: Path, download: Download, now: int) -> str:
    title, file = html.escape(download.title), site / download.path
    if not file.is_file():
        return f"{title}<br><small>made when the site is published</small>"
    address = os.path.relpath(download.path, Path(PAGE).parent.as_posix())
    day = datetime.fromtimestamp(now, UTC).date()
    return f'<a href="{address}" download>{title}</a><br><small>{size_in_words(file.stat().st_size)} · {day}</small>'
