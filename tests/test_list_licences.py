"""Whatever of others' work is in the built site is on its list, with the text that has to be passed on."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from urllib.parse import unquote

import build_assets
import list_licences
import pytest
import subset_math_font
from bank.library import ROOT

WORKS = {work.name: work for work in [*list_licences.theme(), *list_licences.packages(ROOT)]}


def test_every_bundled_package_is_on_the_list(tmp_path: Path) -> None:
    entries = [str(build_assets.SOURCES / entry) for entry in build_assets.ENTRIES]
    how = ["--bundle", "--format=esm", "--splitting", f"--outdir={tmp_path}", f"--metafile={tmp_path / 'meta.json'}"]
    esbuild = str(ROOT / "node_modules" / ".bin" / "esbuild")
    environment = build_assets.node_environment()
    subprocess.run([esbuild, *entries, *how, "--log-level=error"], cwd=ROOT, env=environment, check=True, timeout=60)
    inputs = json.loads((tmp_path / "meta.json").read_text(encoding="utf-8"))["inputs"]
    bundled = {match[1] for file in inputs if (match := re.search(r".*node_modules/((?:@[^/]+/)?[^/]+)/", file))}
    assert {"minisearch", "idb"} <= bundled
    assert bundled <= WORKS.keys()


def test_the_font_is_on_the_list() -> None:
    folder = subset_math_font.SOURCE.parents[1]
    assert f"{folder.parent.name}/{folder.name}" in WORKS


def test_every_icon_in_the_style_sheet_is_of_a_set_on_the_list() -> None:
    icons = next(path for path in map(Path, _theme_folders()) if path.is_dir())
    files = [file for folder in list_licences.ICONS for file in (icons / folder).rglob("*.svg")]
    known = {shape for file in files for shape in re.findall(r' d="([^"]+)"', file.read_text(encoding="utf-8"))}
    drawn = re.findall(r"data:image/svg\+xml[^)]*", build_assets.joined_styles())
    shapes = {shape for address in drawn for shape in re.findall(r"""\sd=['"]([^'"]+)""", unquote(address))}
    assert len(shapes) > 10
    assert shapes <= known


def _theme_folders() -> list[str]:
    import material

    return [f"{folder}/templates/.icons" for folder in material.__path__]


@pytest.mark.parametrize("work", WORKS.values(), ids=WORKS.keys())
def test_each_has_a_version_and_the_whole_text(work: list_licences.Work) -> None:
    assert re.search(r"\d", work.version)
    says = {
        "MIT": "The above copyright notice and this permission notice shall be included",
        "ISC": "provided that the above copyright notice and this permission notice appear in all copies",
        "OFL-1.1": "SIL OPEN FONT LICENSE",
        "Apache-2.0": "TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION",
    }
    assert says[work.licence] in " ".join(work.text.split())


def test_tools_are_not_on_the_list() -> None:
    assert WORKS.keys().isdisjoint({"esbuild", "axe-core", "purgecss"})


def test_the_document_holds_the_list_and_the_texts(tmp_path: Path) -> None:
    list_licences.write_licences(tmp_path)
    text = (tmp_path / list_licences.NAME).read_text(encoding="utf-8")
    assert [work.name for work in WORKS.values() if work.text.strip() not in text] == []
    assert re.search(r"(?m)^idb 8\S+ +ISC$", text)
    footer = (ROOT / "overrides" / "partials" / "footer.html").read_text(encoding="utf-8")
    assert list_licences.NAME in footer


def test_a_package_without_a_licence_stops_publishing(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    lock = {"packages": {"": {}, "node_modules/x": {"version": "1", "license": "MIT"}}}
    (tmp_path / "package-lock.json").write_text(json.dumps(lock), encoding="utf-8")
    assert list(list_licences.packages(tmp_path)) == []
    (tmp_path / "node_modules" / "x").mkdir(parents=True)
    with pytest.raises(OSError, match="no licence in x"):
        list(list_licences.packages(tmp_path))
