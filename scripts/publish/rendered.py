"""Pages of MkDocs as they were rendered before: a build takes from the cache what none of its inputs has changed. Knows
what MkDocs keeps of a page, and nothing of what is on it.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

from bank.cache import keep, recall
from bank.extension import NOTICE
from bank.library import Bank

from .inputs import Inputs, page_names


@dataclass(frozen=True)
class Rendered:
    """What rendering leaves in a page of MkDocs; links to anchors by the paths of the files that they lead to."""

    content: str
    toc: Any
    title: str | None
    anchors: set[str]
    links: dict[str, dict[str, str]] | None


class _Warnings(logging.Handler):
    """Counts what MkDocs complains about. Such a page is not kept: the next build has to complain again."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.count = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.count += 1


_names: dict[str, str] = {}
_warnings = _Warnings()


def begin(bank: Bank, inputs: Inputs) -> None:
    """Takes note of what the pages are made from; to be called once a build."""
    global _names
    _names = page_names(inputs, bank)
    logger = logging.getLogger("mkdocs")
    for handler in [one for one in logger.handlers if type(one).__name__ == _Warnings.__name__]:
        logger.removeHandler(handler)  # of this module as it was before an edit
    logger.addHandler(_warnings)


def enable(page: Any) -> None:
    """Makes a page render itself from the cache, and into it."""
    name = _names.get(page.file.src_uri)
    if name is None:
        return
    render = page.render

    def render_once(config: Any, files: Any) -> None:
        found = recall(name)
        if isinstance(found, Rendered):
            _put(found, page, files)
            return
        before = _warnings.count
        render(config, files)
        if _warnings.count == before and NOTICE not in page.content:
            keep(name, _take(page))

    page.render = render_once


def _take(page: Any) -> Rendered:
    links = page.links_to_anchors
    named = None if links is None else {file.src_uri: anchors for file, anchors in links.items()}
    return Rendered(page.content, page.toc, page._title_from_render, page.present_anchor_ids, named)


def _put(found: Rendered, page: Any, files: Any) -> None:
    page.content, page.toc, page._title_from_render = found.content, found.toc, found.title
    page.present_anchor_ids = found.anchors
    if found.links is not None:
        page.links_to_anchors = {files.get_file_from_path(path): anchors for path, anchors in found.links.items()}
