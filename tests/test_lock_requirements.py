"""The locks name what the readable files name, with a hash for everything, for every platform that we promise."""

from __future__ import annotations

import importlib.metadata
import re
from pathlib import Path

import lock_requirements
import pytest
from bank.library import ROOT
from lock_requirements import difference, lock_of, pins, readable_files
from packaging.requirements import Requirement

FILES = readable_files(ROOT)
PLATFORMS = {"linux": "Linux", "darwin": "Darwin", "win32": "Windows"}
PYTHONS = ("3.11", "3.12", "3.13")


@pytest.mark.parametrize("source", FILES, ids=lambda file: file.name)
def test_a_lock_says_what_its_source_says(source: Path) -> None:
    assert difference(source) == []


@pytest.mark.parametrize("source", FILES, ids=lambda file: file.name)
def test_every_pin_has_hashes_and_a_lock_holds_nothing_else(source: Path) -> None:
    header, *entries = re.split(r"(?m)^(?=[\w.-]+==)", lock_of(source).read_text(encoding="utf-8"))
    assert header == lock_requirements.HEADER.format(name=source.name)
    assert len(entries) == len(pins(source.read_text(encoding="utf-8")))
    assert [e for e in entries if not re.fullmatch(r"\S+==\S+( \\\n    --hash=sha256:[0-9a-f]{64})+\n", e)] == []


def test_files_that_are_installed_together_agree() -> None:
    base = pins((ROOT / "requirements.txt").read_text(encoding="utf-8"))
    for source in FILES:
        other = pins(source.read_text(encoding="utf-8"))
        assert {name for name in base.keys() & other.keys() if base[name] != other[name]} == set()


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-test.txt"])
@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("python", PYTHONS)
def test_what_packages_ask_for_is_named_on_every_platform(name: str, platform: str, python: str) -> None:
    """pip resolves nothing for us: with hashes, a package that is asked for and not named is refused."""
    named = pins("\n".join((ROOT / file).read_text(encoding="utf-8") for file in ("requirements.txt", name)))
    place = {
        "sys_platform": platform,
        "platform_system": PLATFORMS[platform],
        "os_name": "nt" if platform == "win32" else "posix",
        "python_version": python,
        "python_full_version": f"{python}.9",
        "extra": "",
    }
    missing = []
    for package in named:
        for text in importlib.metadata.requires(package) or ():
            wanted = Requirement(text)
            if wanted.marker is None or wanted.marker.evaluate(place):
                version = named.get(next(iter(pins(f"{wanted.name}==0"))))
                if version is None or not wanted.specifier.contains(version, prereleases=True):
                    missing.append(f"{package} asks for {text}, named is {version}")
    assert missing == []


def test_a_difference_is_told_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    source = tmp_path / "requirements-x.txt"
    source.write_text("# why\nPy_YAML==6.0  # reads\nnew==1\n", encoding="utf-8")
    monkeypatch.setattr(lock_requirements, "ROOT", tmp_path)
    assert lock_requirements.main(["--check"]) == 1
    assert capsys.readouterr().out == "requirements-x.lock.txt: is missing\n"
    lock_of(source).write_text(
        "py-yaml==5.0 \\\n    --hash=sha256:0\nold==1 \\\n    --hash=sha256:0\n", encoding="utf-8"
    )
    assert lock_requirements.main(["--check"]) == 1
    assert capsys.readouterr().out.split("\n") == [
        "requirements-x.lock.txt: new is missing, wanted 1",
        "requirements-x.lock.txt: old is 1, wanted none",
        "requirements-x.lock.txt: py-yaml is 5.0, wanted 6.0",
        "",
    ]
    lock_of(source).write_text("py-yaml==6.0\nnew==1\n", encoding="utf-8")
    assert lock_requirements.main(["--check"]) == 0
