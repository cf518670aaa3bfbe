"""The index of a large site: what stands in its files, and that the same questions give the same bytes."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import list_licences
import pytest
from bank.library import ROOT, load_bank
from publish.chunks import EVERYWHERE, FOLDER, KEPT, LARGE, common_words, known_words, record, whole_rows, write_chunks
from publish.data import search_index
from publish.numbering import name_of, numbered, pack, unpack
from publish.offline import write_offline
from publish.policy import guard

BANK = load_bank()
INDEX = search_index(BANK)
ROWS = whole_rows(INDEX)
META = b"\x83\x651.5.2\x82\x82\x64en_a\x18\x35\x82\x64en_b\x05\x80"  # a version, two records, and what is left


@pytest.fixture(scope="module")
def chunked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = tmp_path_factory.mktemp("chunked")
    write_chunks(site, INDEX)
    return site


def read(file: Path) -> object:
    return json.loads(file.read_text(encoding="utf-8"))


def test_every_question_is_in_one_file_of_rows_where_its_number_says(chunked: Path) -> None:
    said = read(chunked / "search.json")
    assert said == {"chunks": FOLDER, "count": len(BANK.questions), "share": 4}
    files = sorted((chunked / FOLDER / "rows").glob("*.json"), key=lambda file: int(file.stem))
    rows = [row for file in files for row in read(file)]  # type: ignore[attr-defined]
    assert {len(read(file)) for file in files[:-1]} == {4}  # type: ignore[arg-type]
    assert sorted(rows) == sorted(ROWS)
    assert read(chunked / FOLDER / "ids.json") == [row[0] for row in rows]


def test_a_row_holds_what_a_result_shows() -> None:
    row = next(row for row in ROWS if row[0] == "regularization")
    _, question = BANK.places["regularization"][0]
    category = BANK.category(BANK.places["regularization"][0][0].category).title
    assert row[1:3] == ["questions/ml-fundamentals/learning-from-data/", category]
    assert row[5] == question.short
    assert row[6].split(", ") == list(question.values("topics"))
    assert "lasso" in row[7]
    assert row[9] == int(question.core)


def test_no_file_holds_all_rows_and_nothing_of_pagefind_is_there_that_no_reader_needs(chunked: Path) -> None:
    assert (chunked / "search.json").stat().st_size < 100
    ours = {"rows", "ids.json", "words.json"}
    names = {file.relative_to(chunked / FOLDER).as_posix() for file in (chunked / FOLDER).rglob("*.*")}
    theirs = {name for name in names if name.split("/")[0] not in ours}
    assert theirs
    assert [name for name in theirs if not any(Path(name).match(pattern) for pattern in KEPT)] == []
    assert all(any(Path(name).match(pattern) for name in theirs) for pattern in KEPT)
    sizes = [file.stat().st_size for file in (chunked / FOLDER / "index").iterdir()]
    assert max(sizes) < 40_000, "what one word costs"


def test_same_questions_same_bytes(chunked: Path, tmp_path: Path) -> None:
    for _ in range(2):  # the second time over the first
        write_chunks(tmp_path, INDEX)
    first, second = (
        {file.relative_to(site): file.read_bytes() for file in site.rglob("*") if file.is_file()}
        for site in (chunked, tmp_path)
    )
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []


def test_a_record_has_each_word_once_and_no_word_that_all_have() -> None:
    row = ["i", "p/", "C", 1, "What is <b> in a & b?", "Bees", "nature", "bees, the hive", "A bee & its hive.", 1]
    text = record(row, {"the"})
    words = re.findall(r"\w+", re.sub(r"<[^>]*>", " ", text))
    assert words == ["bees", "hive", "what", "is", "b", "in", "a", "nature", "bee", "its"]
    common = common_words(ROWS)
    assert {"the", "of"} <= common
    assert common.isdisjoint({"regularization", "gradient", "model", "test"})
    having = sum(bool(re.search(r"\bmodel\b", record(row, common))) for row in ROWS)
    assert 0 < having <= EVERYWHERE * len(ROWS)


def test_known_words_are_those_of_names_and_questions(chunked: Path) -> None:
    words = known_words(ROWS)
    assert {"hallucination", "lasso", "overfitting"} <= set(words)
    assert words == sorted(set(words))
    assert min(map(len, words)) == 4
    assert read(chunked / FOLDER / "words.json") == words


def test_records_are_numbered_and_the_rest_of_the_list_stays() -> None:
    content, names = numbered(pack(META))
    assert names == ["en_a", "en_b"]
    assert unpack(content) == b"\x83\x651.5.2\x82\x82\x610\x18\x20\x82\x611\x18\x20\x80"
    assert [name_of(number, 2001) for number in (0, 17, 2000)] == ["0000", "7100", "0002"]


@pytest.mark.parametrize(
    "content", [b"", META[:9], META.replace(b"\x82\x82", b"\x82\x83"), META.replace(b"\x64", b"\x44"), b"\x9f" + META]
)
def test_a_list_of_another_shape_stops_publishing(content: bytes) -> None:
    with pytest.raises(OSError, match="not as expected"):
        numbered(pack(content))
    with pytest.raises(OSError):
        unpack(b"<html>")


def test_only_a_large_site_may_run_webassembly() -> None:
    page = '<head><meta charset="utf-8"></head>'
    assert "wasm-unsafe-eval" not in guard(page, "")
    assert guard(page, "", wasm=True) == guard(page, "").replace("';style-src", "' 'wasm-unsafe-eval';style-src")
    assert len(BANK.questions) < LARGE, "this site is small: see the tests of small sites"


def test_an_offline_copy_keeps_the_index(chunked: Path, tmp_path: Path) -> None:
    shutil.copytree(chunked, tmp_path, dirs_exist_ok=True)
    built = tmp_path / "assets" / "built"
    built.mkdir(parents=True)
    for name in ("worker.js", "worker-off.js"):
        (built / name).write_text("{version}", encoding="utf-8")
    write_offline(tmp_path)
    files = read(tmp_path / "offline.json")["files"]  # type: ignore[index]
    assert {path for path in files if path.startswith(FOLDER)} == {
        file.relative_to(chunked).as_posix() for file in (chunked / FOLDER).rglob("*.*")
    }


def test_pagefind_is_on_the_list_of_a_large_site_alone(chunked: Path, tmp_path: Path) -> None:
    list_licences.write_licences(chunked)
    list_licences.write_licences(tmp_path)
    large, small = ((site / list_licences.NAME).read_text(encoding="utf-8") for site in (chunked, tmp_path))
    version = re.search(r"(?m)^pagefind-bin==(\S+)", (ROOT / "requirements-search.txt").read_text(encoding="utf-8"))
    assert version
    assert re.search(rf"(?m)^pagefind {re.escape(version[1])} +MIT$", large)
    assert "The above copyright notice and this permission notice shall be included" in list_licences.pagefind().text
    assert "pagefind" not in small.lower()
