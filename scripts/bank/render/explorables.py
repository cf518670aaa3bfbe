"""The figures that move, all on one page, each under the question that it explains."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from xml.etree.ElementTree import Element

from ..library import Bank, moving_figures
from ..model import Page, Question
from ..text import plain
from .context import Context, element
from .figures import inline_figure


def render_explorables(root: Element, context: Context) -> None:
    """Appends every figure that has a module of its name, in the order of the questions."""
    for page, question, src, alt in find_explorables(context.bank):
        element(root, "h2", question.short, id=PurePosixPath(src).stem)
        link = element(element(root, "p"), "a", href=context.link_to(f"{page.path}#{question.id}"))
        link.text = question.text  # Markdown, which is read later
        image = element(element(root, "p"), "img", src=src, alt=plain(alt))
        inline_figure(image, page, context)


def find_explorables(bank: Bank) -> Iterator[tuple[Page, Question, str, str]]:
    """Each figure that moves: where it stands, its address beside the page, and its words."""
    for page, question in bank.questions:
        for src, alt in pictures(question):
            if src in moving_figures():
                yield page, question, src, alt


def pictures(question: Question) -> Iterator[tuple[str, str]]:
    """The address and the words of each picture in a question."""
    blocks = [*question.prompt, *(block for part in question.parts for block in part.blocks)]
    for inline in (inline for block in blocks for inline in block.inlines):
        for _, piece in inline.marked:
            if piece.type == "image":
                yield str(piece.attrGet("src") or ""), piece.content
