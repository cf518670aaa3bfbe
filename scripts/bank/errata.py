"""The page of wrong answers as data: claims, what stands below each, the questions that treat it. Judges nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from markdown.extensions.toc import slugify

from .addresses import split_address
from .blocks import Block
from .model import Page
from .parse import heading_text

PATH = "about/errata.md"
VERDICTS = ("Measured", "Argued", "Source")
"""What the last paragraph of a claim rests on: a run, an argument, or what somebody else has shown."""


@dataclass(frozen=True)
class Claim:
    """One wrong answer. `section` is the slug of the `##` heading above it, `links` the ids that it links to."""

    text: str
    slug: str
    section: str
    line: int
    blocks: tuple[Block, ...]
    links: tuple[str, ...]

    @property
    def proof(self) -> str:
        """The function that decides it, where no question that it links to does."""
        return "test_" + self.slug.replace("-", "_")


def read_claims(page: Page) -> tuple[Claim, ...]:
    """The claims of the page of wrong answers, in order; of every other page none."""
    if page.path != PATH:
        return ()
    found: list[tuple[str, Block, list[Block]]] = []
    section, inside = "", False
    for block in page.blocks:
        if block.kind != "heading":
            if inside:
                found[-1][2].append(block)
            continue
        inside = block.tokens[0].tag == "h3"
        if inside:
            found.append((section, block, []))
        else:
            section = slugify(heading_text(block), "-")
    return tuple(_claim(*parts) for parts in found)


def proof_file(claim: Claim, proofs: Path) -> Path:
    """Where the proofs of a section stand: `tests/proofs/errata/test_<section>.py`."""
    return proofs / "errata" / f"test_{claim.section.replace('-', '_')}.py"


def _claim(section: str, heading: Block, blocks: list[Block]) -> Claim:
    text = heading_text(heading)
    return Claim(text, slugify(text, "-"), section, heading.line, tuple(blocks), tuple(_questions(blocks)))


def _questions(blocks: list[Block]) -> Iterator[str]:
    for block in blocks:
        for inline in block.inlines:
            for _, piece in inline.marked:
                parts = split_address(str(piece.attrGet("href") or "")) if piece.type == "link_open" else None
                if parts and parts.fragment and not parts.scheme:
                    yield parts.fragment.removesuffix("-a")
