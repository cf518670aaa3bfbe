"""Q07x: links, pictures and what could carry a script."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from ..addresses import is_inside, is_picture, linked_path, split_address
from ..drawing import read_drawing
from ..library import Bank, read_text
from ..model import FIGURE, Page
from ..parse import is_comment
from .registry import Finding, rule

HINTS = 5  # on one page; looking for what was meant takes a moment each

_ADDRESS = re.compile(r"https?://\S+|\bwww\.\w+\.\w+")
_DEFINITION = re.compile(r"[ >]*(?:[-*+] )?\[(?P<name>[^\]]+)\]:(?:\s|$)")
_WHOLE_DEFINITION = re.compile(r"\[[^\]]+\]: (?:<\S+>|[^\s<]\S*)")
_DEFINE = "write a link definition as '[name]: https://…' on a line of its own, nothing after it"
_NO_FOOTNOTES = "no footnotes; say it in the text, or under Sources"


@rule("Q070", "links go to `https://…`, to `page.md`, to `page.md#id` or to `#id`", everywhere=True)
def targets(page: Page, bank: Bank) -> Iterator[Finding]:
    """Other schemes can carry a script or leave the reader without encryption; a path from the root breaks on a site
    that lives below one."""
    for line, href in page.links():
        parts = split_address(href)
        if parts is None:
            yield line, f"'{href[:60]}' is no address; link a page or an https:// address"
        elif parts.scheme == "http":
            yield line, f"write https:// instead of {href[:60]}"
        elif parts.scheme not in ("", "https"):
            yield line, f"a link cannot begin with '{parts.scheme}:'; link a page or an https:// address"
        elif not parts.scheme and (parts.netloc or href.startswith("/")):
            yield line, f"write '{href[:60]}' as a path from this file, such as ../topic/page.md"


@rule("Q071", "an internal link leads to a page, question or heading that exists", everywhere=True)
def existing(page: Page, bank: Bank) -> Iterator[Finding]:
    """Write the path of the Markdown file, so that the link works on GitHub too; `#id` is a question, `#id-a` its
    opened answer."""
    hints = iter(range(HINTS))
    for line, href in page.links():
        parts = split_address(href)
        if parts is None or parts.scheme or parts.netloc or href.startswith("/"):
            continue
        path = linked_path(page, parts.path)
        target = bank.pages.get(path)
        if target is None:
            if path.endswith(".md") or not is_inside(bank.docs, path):
                near = difflib.get_close_matches(path, bank.pages, 1) if next(hints, None) is not None else ()
                hint = f"did you mean docs/{near[0]}?" if near else "link the .md file"
                if parts.fragment.removesuffix("-a") in bank.places:
                    hint = _nearest(parts.fragment, page, bank)
                elif near and near[0] == page.path:
                    hint = "link a question of this page as #id"
                yield line, f"no page docs/{path[:80]}; {hint}"
        elif parts.fragment and target.torn is None and parts.fragment not in target.anchors:
            hint = _nearest(parts.fragment, target, bank) if next(hints, None) is not None else "see the ids there"
            yield line, f"docs/{path} has no #{parts.fragment[:80]}; {hint}"


def _nearest(anchor: str, target: Page, bank: Bank) -> str:
    """Where an anchor that is not on a page may have been meant to lead."""
    if places := bank.places.get(anchor.removesuffix("-a")):
        return f"it is on docs/{places[0][0].path}"
    near = difflib.get_close_matches(anchor, target.anchors, 1)
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


@rule("Q074", "no footnotes", everywhere=True)
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
    for line, src, words in _images(page):
        if not FIGURE.fullmatch(src):
            yield line, f"'{src[:60]}' is no figure: write ![what it shows](figures/name.svg), drawn by figures/name.py"
            continue
        if len(words.split()) < 3:
            yield line, "say in words what the figure shows: ![what it shows, in words](…)"
        files = (src, src.removesuffix("svg") + "py")
        missing = [name for name in files if not is_inside(bank.docs, linked_path(page, name))]
        if missing:
            yield line, f"no file {missing[0]} beside the page; write figures/name.py and run 'make figures'"


@rule("Q078", "a figure holds shapes and words alone", everywhere=True)
def drawings(page: Page, bank: Bank) -> Iterator[Finding]:
    """Its drawing becomes a part of the page, so it can bring no script, no link and no request. What
    `scripts/draw_figures.py` draws is of that kind."""
    for line, src, _ in _images(page):
        path = linked_path(page, src)
        if FIGURE.fullmatch(src) and is_inside(bank.docs, path):
            try:
                read_drawing(read_text(bank.docs / path))
            except ValueError as error:
                yield line, f"{src}: {error}"


@rule("Q076", "a picture outside questions says what it shows and stands in the repository", everywhere=True)
def pictures(page: Page, bank: Bank) -> Iterator[Finding]:
    """No request leaves the site's origin, so pictures are never linked from elsewhere."""
    if page.holds_questions:
        return
    for line, src, words in _images(page):
        path = linked_path(page, src)
        if not words.strip():
            yield line, "say in words what the picture shows: ![what it shows](…)"
        if not is_inside(bank.docs, path):
            yield line, f"no file {src[:60]} beside the page; add the picture to the repository"
        elif not (is_picture(path) or FIGURE.fullmatch(src)):
            yield line, f"'{src[:60]}' is no picture that pages may show; use .png, .jpg, .webp or figures/name.svg"


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


@rule("Q092", "a link definition is one line, `[name]: https://…`, after a blank line or another one", everywhere=True)
def definitions(page: Page, bank: Bank) -> Iterator[Finding]:
    """The two readers of a page take several-line definitions, repeated ones and those inside a paragraph, list or
    quote for different things."""
    if not any("]:" in text for text in page.lines):
        return
    held = {line for block in page.blocks for line in range(block.line, block.end + 1)}
    fenced = {
        line
        for block in page.blocks
        for token in block.tokens
        if token.type in ("fence", "code_block") and token.map
        for line in range(token.map[0] + 1, token.map[1] + 1)
    }
    seen: set[str] = set()
    for line, text in enumerate(page.lines, 1):
        match = _DEFINITION.match(text) if "]:" in text else None
        if not match or match["name"].startswith("^") or line in fenced:
            continue
        name = " ".join(match["name"].lower().split())
        above = page.lines[line - 2] if line > 1 else ""
        if line in held or not _WHOLE_DEFINITION.fullmatch(text) or (above.strip() and not _DEFINITION.match(above)):
            yield line, _DEFINE
        elif name in seen:
            yield line, f"'[{match['name'][:40]}]:' is defined twice; take one away"
        seen.add(name)


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


def _images(page: Page) -> Iterator[tuple[int, str, str]]:
    for inline in page.inlines():
        for line, piece in inline.marked:
            if piece.type == "image":
                yield line, str(piece.attrGet("src") or ""), piece.content


def _first_tag(text: str) -> str:
    return text.strip().split("\n")[0][:40]
