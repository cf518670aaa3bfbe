"""What readers can take away, as a list. Sizes and dates come in when the files are there: see `publish.downloads`."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from .context import element


@dataclass(frozen=True)
class Download:
    """A file of the site: its path, what it is called, and what it is for."""

    path: str
    title: str
    says: str


DOWNLOADS = (
    Download(
        "downloads/precision-and-recall.apkg",
        "Anki deck",
        "One note a question, a deck for each category, tags for topic, level and company. Import a newer edition over "
        "it: answers that have changed are replaced, with tags and words that you added to them; your schedule stays. "
        "A note that you edited after us is left alone.",
    ),
    Download(
        "downloads/precision-and-recall.epub",
        "Book for e-readers, EPUB",
        "All questions with their answers, figures and formulas.",
    ),
    Download(
        "downloads/precision-and-recall.pdf",
        "Book to print, PDF",
        "The same on A4 pages, with an outline and links inside.",
    ),
    Download(
        "questions.json",
        "All questions as data, JSON",
        "Ids, levels, topics, companies, first paragraphs, key points, quick checks and sources.",
    ),
    Download("questions.schema.json", "Its JSON Schema", "Every field with its meaning."),
    Download(
        "llms-full.txt",
        "All questions as one text, Markdown",
        "Questions with whole answers, for language models and for grep.",
    ),
)


def render_downloads(root: Element) -> None:
    """Appends the list. A file that is not there yet has no link."""
    rows = element(root, "ul", class_="cards")
    for download in DOWNLOADS:
        row = element(rows, "li")
        element(row, "span", download.title, class_="card-title", data_download=download.path)
        element(row, "span", download.says, class_="card-text")
