"""What a reader can keep on a device: which files the list names, with which hashes, and which worker fetches them."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import build_assets
import pytest
from publish.offline import write_offline
from sites import GENERATORS, TOPIC

LEFT_OUT = {"questions.json", "questions.schema.json", "sitemap.xml", "third-party.txt", "sw.js", "offline.json"}
LEFT_OUT |= {"robots.txt", "assets/social.png", "llms-full.txt"}
"""For programs and lawyers, and what the worker is about."""

LICENCES = (".LEGAL.txt", ".LICENSE.txt")
Make = Callable[[], Path]


def listed(site: Path) -> dict[str, Any]:
    return json.loads((site / "offline.json").read_text(encoding="utf-8"))


def publish(site: Path, *, off: bool = False) -> dict[str, Any]:
    """Writes list and worker as a build does, with the parts that the bundler has left."""
    for name in ("worker.js", "worker-off.js"):
        shutil.copy(build_assets.BUILT / name, site / "assets" / "built")
    write_offline(site, off=off)
    return listed(site)


@pytest.fixture
def small(sites: dict[str, Path], tmp_path: Path) -> Make:
    """Makes sites of a few files, all the same."""
    files = {
        "index.html": "home",
        "404.html": "missing",
        "about/deep/index.html": "page",
        "assets/built/site.js": "script",
        "about/old-index.html": "page",
        "q/overfitting/index.html": "redirect",
    }

    def make() -> Path:
        site = tmp_path / str(len(list(tmp_path.iterdir())))
        for path, text in files.items():
            (site / path).parent.mkdir(parents=True, exist_ok=True)
            (site / path).write_text(text, encoding="utf-8")
        return site

    return make


@pytest.mark.parametrize("generator", GENERATORS)
def test_all_that_readers_open_is_listed_with_its_hash(sites: dict[str, Path], generator: str) -> None:
    site = sites[generator]
    files = {file.relative_to(site).as_posix(): file for file in site.rglob("*") if file.is_file()}
    kept, size = {}, 0
    for path, file in files.items():
        if path in LEFT_OUT or path.endswith(LICENCES) or path.startswith("q/"):
            continue
        address = path[: -len("index.html")] if f"/{path}".endswith("/index.html") else path
        kept[address] = hashlib.sha256(file.read_bytes()).hexdigest()[:12]
        size += len(gzip.compress(file.read_bytes()))
    found = listed(site)
    assert found["files"] == kept
    assert found["bytes"] == pytest.approx(size, rel=0.01)
    assert {"", "404.html", TOPIC, "practice/review/", "search.json", "study.json", "assets/built/site.js"} <= {*kept}
    assert list(found) == ["version", "bytes", "files"]


@pytest.mark.parametrize("generator", GENERATORS)
def test_the_worker_knows_its_version_and_needs_no_other_file(sites: dict[str, Path], generator: str) -> None:
    """It is registered as a plain script, which may import none of the bundler's chunks."""
    worker = (sites[generator] / "sw.js").read_text(encoding="utf-8")
    assert worker.count(f'"{listed(sites[generator])["version"]}"') == 1
    assert "{version}" not in worker
    assert not any(word in worker for word in ("import ", "import{", 'import"', "import(", "importScripts", "export"))
    assert not list((sites[generator] / "assets" / "built").glob("worker*")), "nothing is published twice"


def test_same_files_same_bytes(small: Make) -> None:
    one, two = small(), small()
    for number, file in enumerate(sorted(two.rglob("*"), reverse=True)):
        os.utime(file, (number, number))
    publish(one)
    publish(two)
    publish(two)
    for name in ("offline.json", "sw.js"):
        assert (one / name).read_bytes() == (two / name).read_bytes()
    assert (one / "offline.json").read_text(encoding="utf-8").endswith("}\n")
    assert list(listed(one)["files"]) == [
        "",
        "404.html",
        "about/deep/",
        "about/old-index.html",
        "assets/built/site.js",
    ]


def test_the_version_changes_with_what_is_kept_and_with_nothing_else(small: Make) -> None:
    site = small()
    before = publish(site)
    for path in ("x.js.map", "questions.json", "q/new/index.html", "downloads/book.epub", "sitemap.xml.gz"):
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text("for few", encoding="utf-8")
    assert publish(site) == before
    (site / "about" / "deep" / "index.html").write_text("page, mended", encoding="utf-8")
    after = publish(site)
    assert after["version"] != before["version"]
    assert {path for path in after["files"] if after["files"][path] != before["files"][path]} == {"about/deep/"}
    assert after["version"] in (site / "sw.js").read_text(encoding="utf-8")
    shutil.move(site / "about" / "deep", site / "about" / "else")
    assert publish(site)["version"] not in (before["version"], after["version"]), "another address is a change too"


def test_the_kill_switch_is_another_worker(small: Make) -> None:
    site = small()
    on = publish(site)
    worker = (site / "sw.js").read_text(encoding="utf-8")
    off = publish(site, off=True)
    killer = (site / "sw.js").read_text(encoding="utf-8")
    assert off == {**on, "off": True}
    assert "unregister" in killer
    assert "fetch" not in killer, "it answers nothing"
    assert publish(site) == on
    assert (site / "sw.js").read_text(encoding="utf-8") == worker, "one commit there, one back"


@pytest.mark.parametrize("missing", ["worker.js", "worker-off.js"])
def test_where_the_parts_could_not_be_bundled_nothing_is_offered(small: Make, missing: str) -> None:
    site = small()
    for name in {"worker.js", "worker-off.js"} - {missing}:
        shutil.copy(build_assets.BUILT / name, site / "assets" / "built")
    write_offline(site)
    assert not (site / "offline.json").exists()
    assert not (site / "sw.js").exists()
    assert not list((site / "assets" / "built").glob("worker*"))
