"""The book as PDF: one long page, printed by Chromium, and packed without the time of printing."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import find_browser
import pikepdf
from bank.library import ROOT
from playwright.sync_api import Error, Route, sync_playwright

from .book import FIGURES, SUBTITLE, TITLE, Book, contents_list
from .markup import copies, tag, words

STYLES = (Path(__file__).with_name("book.css"), Path(__file__).with_name("paper.css"))
FONTS = ROOT / "node_modules" / "@fontsource"
FACES = (
    *(f"stix-two-text/{face}.css" for face in ("400", "400-italic", "700", "700-italic")),
    "stix-two-math/400.css",
    "source-code-pro/400.css",
)
ORIGIN = "http://book.invalid/"  # where the browser finds the book's files; nothing leaves the machine
HEADINGS = ("h1", "h2", "h3", "h4")
PATIENCE = 300_000  # milliseconds

_NODE = re.compile(rb"node\d{8}")


def write_pdf(file: Path, book: Book) -> None:
    """Writes the `.pdf`. Raises OSError without a browser or the fonts."""
    if not all((FONTS / face).is_file() for face in FACES):
        raise OSError("the fonts of the book are not installed; run scripts/build_assets.py")
    document = as_elements(book)
    titles = [words(element) for element in document.iter() if element.tag in HEADINGS]
    with ThreadPoolExecutor(1) as thread:  # a thread can drive one browser, and the caller's may have one already
        try:
            printed = thread.submit(_print, as_html(document), book.drawings).result()
        except Error as error:
            raise OSError(f"the browser did not print the book: {error.message}") from None
    file.write_bytes(_packed(printed, book, titles))


def as_elements(book: Book) -> Element:
    """The whole book as one document."""
    head = tag("head", tag("meta", charset="utf-8"), tag("title", TITLE))
    head.extend(tag("link", rel="stylesheet", href=f"fonts/{face}") for face in FACES)
    head.append(tag("style", "\n".join(style.read_text(encoding="utf-8") for style in STYLES)))
    body = tag("body", *copies([book.cover]), tag("nav", tag("h2", "Contents"), contents_list(book)))
    for chapter in book.chapters:
        body.append(tag("h1", chapter.title))
        for leaf in chapter.leaves:
            (section,) = copies([leaf.body])
            section.set("id", leaf.name)
            body.append(section)
    return tag("html", head, body, lang="en")


def as_html(document: Element) -> str:
    """The document as HTML, where an element that may have contents but has none needs its closing tag."""
    text = ElementTree.tostring(document, encoding="unicode", method="html")
    return f"<!doctype html>\n{text}"


def _print(html: str, drawings: Mapping[str, str]) -> bytes:
    """The document as Chromium prints it, with its fonts and drawings."""
    browser = find_browser.find()
    if not browser:
        raise OSError("no browser; run scripts/find_browser.py --install")

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(ORIGIN)
        if not path:
            route.fulfill(body=html, content_type="text/html")
        elif path.startswith("fonts/"):
            route.fulfill(path=FONTS / path.removeprefix("fonts/"))
        elif path.removeprefix(f"{FIGURES}/") in drawings:
            route.fulfill(body=drawings[path.removeprefix(f"{FIGURES}/")], content_type="image/svg+xml")
        else:
            route.abort()

    options = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
    options += ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=options)
        page = chromium.new_page()
        page.set_default_timeout(PATIENCE)
        page.route("**", answer)
        page.goto(ORIGIN)
        page.evaluate("document.fonts.ready.then(() => 0)")
        return page.pdf(prefer_css_page_size=True, print_background=True, tagged=True, outline=True)


def _packed(printed: bytes, book: Book, titles: list[str]) -> bytes:
    """Takes out what differs between two printings, and gives the outline its words.

    Chromium joins the lines of a heading without a blank, so that "is" and "right" become "isright".
    """
    pikepdf.settings.set_flate_compression_level(9)
    packed = io.BytesIO()
    with pikepdf.open(io.BytesIO(_renumbered(printed))) as pdf:
        for name in ("/CreationDate", "/ModDate"):
            if name in pdf.docinfo:
                del pdf.docinfo[name]
        pdf.docinfo["/Title"] = TITLE
        pdf.docinfo["/Subject"] = f"{SUBTITLE}. Edition of {book.date:%Y-%m-%d}, CC BY 4.0"
        pdf.Root.PageMode = pikepdf.Name.UseOutlines
        with pdf.open_outline() as outline:
            for item, title in zip(_items(outline.root), titles, strict=True):
                item.title = title
        pdf.save(
            packed,
            deterministic_id=True,
            compress_streams=True,
            recompress_flate=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return packed.getvalue()


def _renumbered(printed: bytes) -> bytes:
    """The same file with the cells of its tables counted from one: Chromium's own numbers differ from run to run.

    They are names of eight digits, so that nothing moves; what is compressed holds none.
    """
    order = {name: place for place, name in enumerate(sorted(set(_NODE.findall(printed))), 1)}
    return _NODE.sub(lambda node: b"node%08d" % order[node[0]], printed)


def _items(items: list[pikepdf.OutlineItem]) -> Iterator[pikepdf.OutlineItem]:
    """Every entry of an outline, in the order of the book."""
    for item in items:
        yield item
        yield from _items(item.children)
