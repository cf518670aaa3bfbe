"""Figures: the same bytes each time, in the palette's colors, and stale drawings are found."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from xml.etree.ElementTree import fromstring

import draw_figures
import pytest
from bank.library import ROOT

COIN = ROOT / "tests" / "fixtures" / "good" / "figures" / "coin.py"


def test_a_drawing_is_the_same_each_time_and_the_committed_one() -> None:
    drawing = draw_figures.draw(COIN)
    assert drawing == draw_figures.draw(COIN) == COIN.with_suffix(".svg").read_text(encoding="utf-8")


def test_a_drawing_follows_the_palette_and_can_stand_beside_others() -> None:
    drawing = draw_figures.draw(COIN)
    assert fromstring(drawing).tag == "{http://www.w3.org/2000/svg}svg"
    colors = set(re.findall(r"(?:fill|stroke): ([^;\"]+)", drawing))
    assert colors == {"none", "currentColor", "var(--fig-1, #0b5d66)"}
    assert all(name.startswith("coin-") for name in re.findall(r'\bid="([^"]+)"', drawing))
    assert "DejaVu" not in drawing
    assert "<metadata" not in drawing


def test_a_stale_drawing_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    script = tmp_path / "coin.py"
    shutil.copy(COIN, script)
    assert draw_figures.main(["--check", str(script)]) == 1
    assert "coin.svg:1: not what coin.py draws" in capsys.readouterr().out
    assert draw_figures.main([str(script)]) == 0
    assert draw_figures.main(["--check", str(script)]) == 0
    script.write_text(script.read_text(encoding="utf-8").replace("0.5, 0.5", "0.4, 0.6"), encoding="utf-8")
    assert draw_figures.main(["--check", str(script)]) == 1
