"""The front-end parts: the same bytes each time, and a site that can do without."""

from __future__ import annotations

from pathlib import Path

import build_assets
import pytest


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Builds into a folder of its own: other processes read the real one."""
    monkeypatch.setattr(build_assets, "BUILT", tmp_path / "built")
    monkeypatch.setattr(build_assets.subset_math_font, "TARGET", tmp_path / "built" / "formula.woff2")


def test_the_bundle_is_the_same_each_time() -> None:
    def bundle() -> dict[str, bytes]:
        return {file.name: file.read_bytes() for file in build_assets.BUILT.glob("*.js")}

    build_assets.build()
    first = bundle()
    build_assets.build()
    assert bundle() == first


def test_the_style_sheet_has_every_part_in_its_order() -> None:
    """`paper.css` stands last, because what it says of paper overrides all else; a sheet that is not listed is lost."""
    sheets = {file.stem for file in (build_assets.SOURCES / "styles").glob("*.css")}
    assert sheets == {*build_assets.STYLES, *build_assets.OWN_STYLES}
    joined = build_assets.joined_styles()
    starts = [
        joined.index((build_assets.SOURCES / "styles" / f"{name}.css").read_text()) for name in build_assets.STYLES
    ]
    assert starts == sorted(starts)
    assert build_assets.STYLES[-1] == "paper"


def test_without_node_the_site_goes_on_where_it_may(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> None:
        raise OSError("no node here")

    monkeypatch.setattr(build_assets, "build", fail)
    assert build_assets.main(["--if-possible"]) == 0
    assert "pages read and fold" in capsys.readouterr().err
    assert build_assets.main([]) == 1


def test_without_node_there_is_a_style_sheet_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> dict[str, str]:
        raise OSError("no node here")

    monkeypatch.setattr(build_assets, "node_environment", fail)
    assert build_assets.main(["--if-possible"]) == 0
    assert (build_assets.BUILT / "site.css").read_text(encoding="utf-8") == build_assets.joined_styles()


def test_an_old_node_is_not_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name, says in {"node": "v18.19.0", "npm": "9"}.items():
        (tmp_path / name).write_text(f"#!/bin/sh\necho {says}\n", encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))  # where `node` and `npm` are old
    asked: list[list[str]] = []
    monkeypatch.setattr(build_assets, "_run", lambda command, environment: asked.append(command))
    build_assets.node_environment()
    assert [command[-3:] for command in asked] == [["--require-hashes", "-r", str(build_assets.NODE_LOCK)]]
