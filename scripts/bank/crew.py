"""Checks all pages in several processes, each its share of them. Below some hundred questions one process is quicker.

A page is judged against the others only by what an outline holds: ids, headings, names, and the code that explains
numbers. So each process reads its own pages, tells the others their outlines, and checks.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path

from .company import FOLDER
from .library import bank_of, read_page
from .model import Group, Page, Question
from .report import Verdict, judge
from .rules import advise, check

ALONE = 40  # pages up to which a second process costs more than it saves
MOST = 8  # processes; beyond that the telling takes longer than the reading


def check_all(docs: Path, processes: int | None = None) -> list[Verdict]:
    """The verdict on every page below a folder, in the order of their paths."""
    files = sorted(docs.rglob("*.md"))
    wanted = processes or (min(MOST, os.cpu_count() or 1) if len(files) > ALONE else 1)
    if "fork" not in multiprocessing.get_all_start_methods():
        wanted = 1
    shares = [files[place::wanted] for place in range(wanted)]
    verdicts = _check_shares(docs, shares) if wanted > 1 else _check_share(docs, _read(docs, files), {})
    return [verdicts[path] for path in sorted(verdicts)]


def outline(page: Page) -> Page:
    """The page without what no other page asks for. Pages of companies are small and stay whole."""
    if page.path.startswith(FOLDER):
        return page
    blocks = tuple(block for block in page.blocks if block.kind == "heading" and block.tokens[0].tag < "h3")
    groups = tuple(
        Group(group.heading, group.text, group.line, tuple(map(_bare, group.questions))) for group in page.groups
    )
    return replace(page, text="", blocks=blocks, groups=groups, strays=tuple(map(_bare, page.strays)))


def _bare(question: Question) -> Question:
    prompt = tuple(replace(block, tokens=()) for block in question.prompt)
    return replace(question, comment=None, prompt=prompt, parts=(), quiz=None)


def _check_shares(docs: Path, shares: Sequence[Sequence[Path]]) -> dict[str, Verdict]:
    context = multiprocessing.get_context("fork")
    pipes = [context.Pipe() for _ in shares[1:]]
    helpers = [
        context.Process(target=_help, args=(docs, share, theirs), daemon=True)
        for share, (_, theirs) in zip(shares[1:], pipes, strict=True)
    ]
    for helper in helpers:
        helper.start()
    own = _read(docs, shares[0])
    outlines = {path: outline(page) for path, page in own.items()}
    for helper, (ours, _) in zip(helpers, pipes, strict=True):
        outlines |= _received(ours, helper)
    for ours, _ in pipes:
        ours.send(outlines)
    verdicts = _check_share(docs, own, outlines)
    for helper, (ours, _) in zip(helpers, pipes, strict=True):
        verdicts |= _received(ours, helper)
        helper.join()
    return verdicts


def _received(pipe: Connection, helper: BaseProcess) -> dict:
    """What a process has sent. Raises RuntimeError where it died instead, so that nobody waits for ever."""
    if pipe not in wait([pipe, helper.sentinel]):
        raise RuntimeError(f"a process that checked pages ended with status {helper.exitcode}")
    return pipe.recv()


def _help(docs: Path, share: Sequence[Path], pipe: Connection) -> None:
    """What every process but the first does."""
    own = _read(docs, share)
    pipe.send({path: outline(page) for path, page in own.items()})
    pipe.send(_check_share(docs, own, pipe.recv()))


def _read(docs: Path, files: Sequence[Path]) -> dict[str, Page]:
    return {page.path: page for page in (read_page(docs, file) for file in files)}


def _check_share(docs: Path, own: Mapping[str, Page], outlines: Mapping[str, Page]) -> dict[str, Verdict]:
    bank = bank_of(docs, {**outlines, **own})
    return {path: judge(page, check(page, bank), advise(page, bank)) for path, page in own.items()}
