"""Pages taken from the cache instead of being rendered, with stand-ins for those of MkDocs."""

from __future__ import annotations

import logging
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from bank.extension import NOTICE
from bank.library import load_bank
from publish import rendered
from publish.inputs import read_inputs

PATH = "questions/coding/sql-basics.md"


class StandIn:
    """A page that counts how often it is rendered."""

    def __init__(self, content: str = "<h1>SQL</h1>", warning: str = "") -> None:
        self.file = SimpleNamespace(src_uri=PATH)
        self.made, self.warning, self.times = content, warning, 0

    def render(self, config: object, files: Any) -> None:
        self.times += 1
        if self.warning:
            logging.getLogger("mkdocs.structure.pages").warning(self.warning)
        self.content, self.toc, self._title_from_render = self.made, ["toc"], "SQL"
        self.present_anchor_ids = {"joins"}
        self.links_to_anchors = {files.get_file_from_path("index.md"): {"x": "../index.md#x"}}


class Files:
    def get_file_from_path(self, path: str) -> Any:
        return self.known.setdefault(path, FileOf(path))

    def __init__(self) -> None:
        self.known: dict[str, FileOf] = {}


class FileOf:
    def __init__(self, path: str) -> None:
        self.src_uri = path


@pytest.fixture(autouse=True)
def begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAGE_CACHE", str(tmp_path))
    rendered.begin(load_bank(), read_inputs(load_bank()))


def render(page: StandIn) -> tuple[StandIn, Files]:
    files = Files()
    rendered.enable(page)
    page.render({}, files)
    return page, files


def test_a_page_is_rendered_once() -> None:
    first, _ = render(StandIn())
    second, files = render(StandIn())
    assert (first.times, second.times) == (1, 0)
    for name in ("content", "toc", "_title_from_render", "present_anchor_ids"):
        assert getattr(second, name) == getattr(first, name)
    assert second.links_to_anchors == {files.known["index.md"]: {"x": "../index.md#x"}}, "of this build's files"


def test_a_page_with_a_warning_warns_again() -> None:
    render(StandIn(warning="a link leads nowhere"))
    assert render(StandIn())[0].times == 1


def test_what_is_wrong_with_a_page_is_not_kept() -> None:
    render(StandIn(f'<h1 id="what">{NOTICE}</h1>'))
    assert render(StandIn())[0].times == 1


def test_another_text_is_rendered() -> None:
    render(StandIn())
    bank = load_bank().with_page(load_bank().pages["index.md"])
    changed = read_inputs(bank)
    changed.pages[PATH] = "another digest"
    rendered.begin(bank, changed)
    assert render(StandIn())[0].times == 1


def test_a_page_that_the_bank_lacks_is_left_alone() -> None:
    page = StandIn()
    page.file.src_uri = "made/by-a-plugin.md"
    assert [render(page)[0].times, render(page)[0].times] == [1, 2]
