"""What is kept between runs: whole and under its own name, or computed again."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from bank import cache

NAME = cache.digest(["a name"])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PAGE_CACHE", str(tmp_path / "kept"))
    return tmp_path / "kept"


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_parts_stay_apart() -> None:
    assert cache.digest(["ab", "c"]) != cache.digest(["a", "bc"])
    assert cache.digest(["a", ""]) != cache.digest(["a"])
    assert cache.digest(["ä"]) == cache.digest(["ä".encode()])


def test_what_is_kept_comes_back(folder: Path) -> None:
    assert cache.recall(NAME) is None
    cache.keep(NAME, {"a": [1, "ä"]})
    assert cache.recall(NAME) == {"a": [1, "ä"]}
    assert cache.recall(cache.digest(["another"])) is None
    assert [file.suffix for file in files(folder)] == [""], "no part is left behind"


@pytest.mark.parametrize(
    "damage", [lambda kept: kept[:-1], lambda kept: kept[:-1] + b"?", lambda _: b"", lambda _: b"x" * 40]
)
def test_what_is_damaged_is_computed_again(folder: Path, damage: Callable[[bytes], bytes]) -> None:
    cache.keep(NAME, list(range(100)))
    (file,) = files(folder)
    file.write_bytes(damage(file.read_bytes()))
    assert cache.recall(NAME) is None
    cache.keep(NAME, "new")
    assert cache.recall(NAME) == "new"


def test_an_empty_name_keeps_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PAGE_CACHE", "")
    cache.keep(NAME, 1)
    cache.forget_old()
    assert cache.recall(NAME) is None and not files(tmp_path)


def test_a_folder_that_cannot_be_written_stops_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    monkeypatch.setenv("PAGE_CACHE", str(tmp_path / "file" / "kept"))
    cache.keep(NAME, 1)
    cache.forget_old()
    assert cache.recall(NAME) is None


def test_what_nobody_asks_for_goes_after_two_weeks(folder: Path) -> None:
    used, unused = cache.digest(["used"]), cache.digest(["unused"])
    for name in (used, unused):
        cache.keep(name, name)
    for file in files(folder):
        os.utime(file, times=(time.time() - 13 * 86_400,) * 2)
    assert cache.recall(used) == used
    for file in files(folder):
        status = file.stat()
        os.utime(file, times=(status.st_mtime - 2 * 86_400,) * 2)
    cache.forget_old()
    assert cache.recall(used) == used and cache.recall(unused) is None
