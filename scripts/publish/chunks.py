"""The search of a large site: an index in many small files, of which a query fetches a few, by Pagefind; and the rows
of `search.json` in small files of their own. Knows neither the bank nor how results are ranked: `search/chunked.js`."""

from __future__ import annotations

import html
import importlib.util
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bank.library import ROOT

from .numbering import numbered, unpack

LARGE = 2000
"""Questions above which one file of all of them is more than a reader should wait for on a slow line."""

FOLDER = "search/"
LOCK = ROOT / "requirements-search.lock.txt"
PATIENCE = 600  # seconds; 20,000 questions take some 20
ROWS_A_FILE = 4  # fewer would be more files, more would be longer ones: one is fetched for each question looked at
EVERYWHERE = 1 / 3  # of all questions: a word that more of them have tells nothing
LEAST = 4  # letters of a word of which the spelling is mended
KEPT = ("pagefind.js", "pagefind-entry.json", "wasm.en.pagefind", "pagefind.en_*.pf_meta", "index/*.pf_index")
"""What the browser asks Pagefind's own files for; its records and its widgets are not ours."""

Row = list[Any]
"""Id, page, category, level, question, short name, topics, aliases, first sentence, core."""


def write_chunks(site: Path, index: dict[str, Any]) -> None:
    """Puts the folder into the site and a `search.json` that names it. `index` is what `search_index` gives. Same
    rows, same bytes. Raises OSError or SubprocessError."""
    folder = site / FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    with tempfile.TemporaryDirectory() as work:
        made = Path(work, "made")
        rows = _indexed(whole_rows(index), Path(work, "records"), made)
        for pattern in KEPT:
            for file in sorted(made.glob(pattern)):
                target = folder / file.relative_to(made)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, target)
    for start in range(0, len(rows), ROWS_A_FILE):
        _write(folder / "rows" / f"{start // ROWS_A_FILE}.json", rows[start : start + ROWS_A_FILE])
    _write(folder / "ids.json", [row[0] for row in rows])
    _write(folder / "words.json", known_words(rows))
    _write(site / "search.json", {"chunks": FOLDER, "count": len(rows), "share": ROWS_A_FILE})


def whole_rows(index: dict[str, Any]) -> list[Row]:
    """The rows with words instead of places in other lists."""
    core = set(index["core"])
    return [
        [
            name,
            *index["pages"][page],
            level,
            question,
            short,
            ", ".join(index["topics"][topic] for topic in topics),
            aliases,
            sentence,
            int(place in core),
        ]
        for place, (name, page, level, question, short, topics, aliases, sentence) in enumerate(index["questions"])
    ]


def known_words(rows: Iterable[Row]) -> list[str]:
    """The words of questions and names, for what is spelled wrong: a query fetches them where it finds no such word."""
    return sorted({word for row in rows for word in _words(f"{row[4]} {row[5]} {row[7]}") if len(word) >= LEAST})


def record(row: Row, common: Iterable[str] = ()) -> str:
    """The page that Pagefind reads: each word of a question once, in the weightiest of its parts. What stands in no
    part has no weight to store, so that is what most words are: names."""
    _, _, _, _, question, short, topics, aliases, sentence, _ = row
    seen = set(common)
    parts = []
    for text, weight in ((f"{short} {aliases}", 0), (question, 0.85), (f"{topics} {sentence}", 0.5)):
        words = [word for word in dict.fromkeys(_words(text)) if word not in seen]
        seen.update(words)
        inside = html.escape(" ".join(words))
        parts.append(f'<p data-pagefind-weight="{weight}">{inside}</p>' if weight else f"<p>{inside}</p>")
    return f'<!doctype html><html lang="en"><body data-pagefind-body>{"".join(parts)}</body></html>'


def common_words(rows: list[Row]) -> set[str]:
    """The words that tell nothing."""
    found = Counter(word for row in rows for word in set(_words(" ".join(map(str, row[4:9])))))
    return {word for word, count in found.items() if count > EVERYWHERE * len(rows)}


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.lower())


def _indexed(rows: list[Row], records: Path, made: Path) -> list[Row]:
    """Lets Pagefind read the records; the rows in the order of its list of them, which is numbered."""
    records.mkdir()
    common = common_words(rows)
    for place, row in enumerate(rows):
        (records / f"{place}.html").write_text(record(row, common), encoding="utf-8")
    _install()
    command = [sys.executable, "-m", "pagefind_bin", "--site", str(records), "--output-path", str(made), "--silent"]
    subprocess.run([*command, "--force-language", "en"], check=True, timeout=PATIENCE)
    (file,) = made.glob("*.pf_meta")
    content, names = numbered(file.read_bytes())
    file.write_bytes(content)
    if len(names) != len(rows):
        raise OSError(f"Pagefind has read {len(names)} of {len(rows)} questions")
    return [rows[_place(made / "fragment" / f"{name}.pf_fragment")] for name in names]


def _place(fragment: Path) -> int:
    """Which row a record was made of."""
    return int(Path(json.loads(unpack(fragment.read_bytes()))["url"]).stem)


def _install() -> None:
    """Pagefind is a program of 10 MB that small sites never start, so it comes when it is first needed."""
    if importlib.util.find_spec("pagefind_bin") is None:
        print("Installing Pagefind into .venv, because the site is large", file=sys.stderr)
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*command, "--require-hashes", "-r", str(LOCK)], check=True, timeout=PATIENCE)


def _write(file: Path, data: object) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
