"""The book as EPUB 3: a zip of XHTML, one file a leaf, the same bytes each time."""

from __future__ import annotations

import uuid
import zipfile
from pathlib import Path
from xml.etree.ElementTree import Element

from bank.library import ROOT

from .archive import add
from .book import FIGURES, LICENCE, SUBTITLE, TITLE, Book, Leaf, contents_list
from .markup import copies, markup, tag

IDENTIFIER = uuid.uuid5(uuid.NAMESPACE_DNS, "precision-and-recall.book").urn
"""Of every edition, so that a reading device knows a new one for the same book."""

STYLE = Path(__file__).with_name("book.css")
COVER = ROOT / "overrides" / "assets" / "icon-512.png"

_CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="book/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
_ACCESS = {
    "accessMode": ("textual", "visual"),
    "accessModeSufficient": ("textual",),
    "accessibilityFeature": ("tableOfContents", "readingOrder", "structuralNavigation", "MathML", "alternativeText"),
    "accessibilityHazard": ("none",),
    "accessibilitySummary": ("Formulas are MathML with their TeX; figures have descriptions in words.",),
}


def write_epub(file: Path, book: Book) -> None:
    """Writes the `.epub`."""
    where = {question: leaf.name for leaf in book.leaves for question, _ in leaf.questions}
    chapters = {chapter.leaves[0].name: chapter.title for chapter in book.chapters}
    files: dict[str, str | bytes] = {
        "style.css": STYLE.read_text(encoding="utf-8"),
        "cover.png": COVER.read_bytes(),
        "title.xhtml": _document(TITLE, [book.cover]),
        "contents.xhtml": _document("Contents", [_navigation(book)]),
    }
    for leaf in book.leaves:
        heading = [tag("h1", chapters[leaf.name])] if leaf.name in chapters else []
        files[f"{leaf.name}.xhtml"] = _document(leaf.title, [*heading, _linked(leaf, where)])
    files |= {f"{FIGURES}/{name}": drawing for name, drawing in sorted(book.drawings.items())}
    files["package.opf"] = _package(book, files)
    with zipfile.ZipFile(file, "w") as archive:
        add(archive, "mimetype", "application/epub+zip", compress=False)  # first, as the format asks
        for name, text in [("META-INF/container.xml", _CONTAINER), *((f"book/{name}", files[name]) for name in files)]:
            add(archive, name, text)


def _document(title: str, blocks: list[Element]) -> str:
    head = tag("head", tag("title", title), tag("link", rel="stylesheet", href="style.css"))
    html = tag("html", head, tag("body", *blocks), lang="en")
    html.set("xmlns", "http://www.w3.org/1999/xhtml")
    html.set("xmlns:epub", "http://www.idpf.org/2007/ops")
    html.set("xml:lang", "en")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n{markup([html])}\n'


def _linked(leaf: Leaf, where: dict[str, str]) -> Element:
    """The leaf with links that name the file in which a question stands."""
    (body,) = copies([leaf.body])
    for link in body.iter("a"):
        name = link.get("href", "").removeprefix("#q-")
        if link.get("href", "").startswith("#q-"):
            link.set("href", f"{where[name]}.xhtml#q-{name}")
    return body


def _navigation(book: Book) -> Element:
    nav = tag("nav", tag("h1", "Contents"), contents_list(book, "{leaf}.xhtml", questions=True), id="toc")
    nav.set("epub:type", "toc")
    return nav


def _package(book: Book, files: dict[str, str | bytes]) -> str:
    package = tag("package", version="3.0")
    package.attrib |= {"xmlns": "http://www.idpf.org/2007/opf", "unique-identifier": "book", "xml:lang": "en"}
    facts = tag("metadata")
    facts.set("xmlns:dc", "http://purl.org/dc/elements/1.1/")
    facts.append(tag("dc:identifier", IDENTIFIER, id="book"))
    facts.append(tag("dc:title", f"{TITLE}: {SUBTITLE}"))
    facts.append(tag("dc:language", "en"))
    facts.append(tag("dc:creator", f"Contributors of {TITLE}"))
    facts.append(tag("dc:rights", LICENCE))
    facts.append(tag("dc:date", f"{book.date:%Y-%m-%d}"))
    facts.append(tag("meta", f"{book.date:%Y-%m-%dT%H:%M:%SZ}", property="dcterms:modified"))
    for name, values in _ACCESS.items():
        facts.extend(tag("meta", value, property=f"schema:{name}") for value in values)
    package.append(facts)
    manifest, spine = tag("manifest"), tag("spine")
    for place, name in enumerate(files):
        item = tag("item", id=f"f{place}", href=name, **{"media-type": _media_type(name)})
        properties = {"contents.xhtml": "nav", "cover.png": "cover-image"}.get(name, "")
        if name.endswith(".xhtml") and "<math" in str(files[name]):
            properties = "mathml"
        if properties:
            item.set("properties", properties)
        manifest.append(item)
        if name.endswith(".xhtml"):
            spine.append(tag("itemref", idref=f"f{place}"))
    package.extend([manifest, spine])
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{markup([package])}\n'


def _media_type(name: str) -> str:
    types = {".css": "text/css", ".png": "image/png", ".svg": "image/svg+xml", ".xhtml": "application/xhtml+xml"}
    return types[Path(name).suffix]
