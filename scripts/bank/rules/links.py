"""Q07x: links, pictures and what could carry a script."""

from __future__ import annotations

import difflib
import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from markdown.extensions.toc import slugify, unique

from ..library import Bank
from ..model import FIGURE, Page
from ..parse import heading_text, is_comment
from .registry import Finding, rule

_ADDRESS = re.compile(r"https?://\S+|\bwww\.\w+\.\w+")
_NO_FOOTNOTES = "no footnotes in questions; say it in the text or under Sources"


@rule("Q070", "links go to `https://…`, to `page.md`, to `page.md#id` or to `#id`", everywhere=True)
def targets(page: Page, bank: Bank) -> Iterator[Finding]:
    """Other schemes can carry a script or leave the reader without encryption; a path from the root breaks on a site
    that lives below one."""
    for line, href in _links(page):
        parts = urlsplit(href)
        if parts.scheme == "http":
            yield line, f"write https:// instead of {href[:60]}"
        elif parts.scheme not in ("", "https"):
            yield line, f"a link cannot begin with '{parts.scheme}:'; link a page or an https:// address"
        elif not parts.scheme and (parts.netloc or href.startswith("/")):
            yield line, f"write '{href[:60]}' as a path from this file, such as ../topic/page.md"


@rule("Q071", "an internal link leads to a page, question or heading that exists", everywhere=True)
def existing(page: Page, bank: Bank) -> Iterator[Finding]:
    """Write the path of the Markdown file, so that the link works on GitHub too; `#id` is a question, `#id-a` its
    opened answer."""
    for line, href in _links(page):
        parts = urlsplit(href)
        if parts.scheme or parts.netloc or href.startswith("/"):
            continue
        path = _resolve(page.path, unquote(parts.path))
        target = bank.pages.get(path)
        if target is None:
            if path.endswith(".md") or not (bank.docs / path).is_file():
                near = difflib.get_close_matches(path, bank.pages, 1)
                yield (
                    line,
                    f"no page docs/{path}; " + (f"did you mean docs/{near[0]}?" if near else "link the .md file"),
                )
        elif parts.fragment and target.torn is None and parts.fragment not in _anchors(target):
            yield line, f"docs/{path} has no #{parts.fragment}; {_nearest(parts.fragment, target, bank)}"


def _resolve(here: str, link: str) -> str:
    """The path of a linked file below `docs/`; an empty link is the page itself."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(here), link)) if link else here


def _nearest(anchor: str, target: Page, bank: Bank) -> str:
    """Where an anchor that is not on a page may have been meant to lead."""
    if places := bank.places.get(anchor.removesuffix("-a")):
        return f"it is on docs/{places[0][0].path}"
    near = difflib.get_close_matches(anchor, _anchors(target), 1)
    return f"did you mean #{near[0]}?" if near else "see the ids there"


@rule("Q072", "no raw HTML", everywhere=True)
def html(page: Page, bank: Bank) -> Iterator[Finding]:
    """It could carry a script to every reader, and GitHub and the site treat it differently. In a formula, write `\\lt`
    for '<'."""
    for block in page.blocks:
        for token in block.tokens if not is_comment(block) else ():
            if token.type == "html_block" and token.map:
                yield token.map[0] + 1, f"no raw HTML: write Markdown, or `{_first_tag(token.content)}` in backticks"
        for inline in block.inlines:
            tags = {line: piece.content for line, piece in reversed(inline.marked) if piece.type == "html_inline"}
            for line, tag in tags.items():
                yield line, f"no raw HTML: write Markdown, or `{_first_tag(tag)}` in backticks"


@rule("Q073", "no attribute lists", everywhere=True)
def attributes(page: Page, bank: Bank) -> Iterator[Finding]:
    """`{: .class }` and `{ #id }` show as text on GitHub. Code and formulas may hold anything."""
    for inline in page.inlines():
        for match in re.finditer(r"\{:?[ \t]*[.#][\w-][^{}\n]*\}|\{:[^{}\n]*\}", inline.masked):
            yield inline.line_at(match.start()), f"no attribute list: take '{match[0][:30]}' out"


@rule("Q074", "no footnotes in questions")
def footnotes(page: Page, bank: Bank) -> Iterator[Finding]:
    """An answer is also shown alone, in reviews and exports, where a footnote at the end of the page is lost."""
    for inline in page.inlines():
        for match in re.finditer(r"\[\^[^\]\s]+\]", inline.masked):
            yield inline.line_at(match.start()), _NO_FOOTNOTES
    if any(name.startswith("^") for name in page.references):
        fenced = {line for block in page.blocks if block.kind == "fence" for line in range(block.line, block.end + 1)}
        for line, text in enumerate(page.lines, 1):
            if line not in fenced and re.match(r"[ >]*\[\^[^\]]+\]:", text):
                yield line, _NO_FOOTNOTES


@rule("Q075", "a figure is `![words](figures/name.svg)`, drawn by figures/name.py beside it")
def figures(page: Page, bank: Bank) -> Iterator[Finding]:
    """The words say what the figure shows to somebody who cannot see it. `python scripts/draw_figures.py` draws it."""
    folder = (bank.docs / page.path).parent
    for line, src, words in _images(page):
        if not FIGURE.fullmatch(src):
            yield line, f"'{src[:60]}' is no figure: write ![what it shows](figures/name.svg), drawn by figures/name.py"
            continue
        if len(words.split()) < 3:
            yield line, "say in words what the figure shows: ![what it shows, in words](…)"
        missing = [name for name in (src, src.removesuffix("svg") + "py") if not (folder / name).is_file()]
        if missing:
            yield line, f"no file {missing[0]} beside the page; write figures/name.py and run scripts/draw_figures.py"


@rule("Q076", "a picture outside questions says what it shows and stands in the repository", everywhere=True)
def pictures(page: Page, bank: Bank) -> Iterator[Finding]:
    """No request leaves the site's origin, so pictures are never linked from elsewhere."""
    if page.holds_questions:
        return
    folder = (bank.docs / page.path).parent
    for line, src, words in _images(page):
        if not words.strip():
            yield line, "say in words what the picture shows: ![what it shows](…)"
        if not (folder / src).is_file():
            yield line, f"no file {src[:60]} beside the page; add the picture to the repository"


@rule("Q077", "a reference link has its definition", everywhere=True)
def references(page: Page, bank: Bank) -> Iterator[Finding]:
    """`[text][name]` needs a line `[name]: https://…` on the same page."""
    for inline in page.inlines():
        for match in re.finditer(r"\[([^\[\]]+)\]\[([^\[\]]*)\]", inline.masked):
            name = " ".join((match[2] or match[1]).split()).upper()
            if name not in page.references:
                line = inline.line_at(match.start())
                wanted = f"[{match[2] or match[1]}]: https://…"
                yield line, f"no definition '{wanted}' on this page; add it or write [text](address)"


@rule("Q079", "an address is written as a link", everywhere=True)
def bare(page: Page, bank: Bank) -> Iterator[Finding]:
    """A bare address is a link on GitHub and text on the site."""
    for inline in page.inlines():
        depth = 0
        for line, piece in inline.marked:
            depth += piece.nesting * piece.type.startswith("link_")
            found = _ADDRESS.search(piece.content) if piece.type == "text" and not depth else None
            if found:
                yield line, f"write [title]({found[0][:60]}) instead of the bare address"


def _links(page: Page) -> Iterator[tuple[int, str]]:
    for inline in page.inlines():
        for line, piece in inline.marked:
            if piece.type == "link_open":
                yield line, str(piece.attrGet("href") or "")


def _images(page: Page) -> Iterator[tuple[int, str, str]]:
    for inline in page.inlines():
        for line, piece in inline.marked:
            if piece.type == "image":
                yield line, str(piece.attrGet("src") or ""), piece.content


def _anchors(page: Page) -> set[str]:
    """What `page.md#…` can name: questions, their answers, and headings by their slugs."""
    known = {anchor for question in page.questions for anchor in (question.id, f"{question.id}-a")}
    slugs: set[str] = set(known)
    for level, block in page.headings():
        if level < 3 or not page.holds_questions:
            unique(slugify(heading_text(block).replace("`", ""), "-"), slugs)
    return slugs


def _first_tag(text: str) -> str:
    return text.strip().split("\n")[0][:40]
