"""What the rendering of one page needs to know, and the small tools for building elements."""

from __future__ import annotations

import html
import posixpath
import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.util import AMP_SUBSTITUTE, ETX, HTML_PLACEHOLDER, STX, AtomicString

from ..library import Bank
from ..model import Page, Question

BRANCH = "main"
INDEX = "questions/index.md"
REPORT_FORM = "wrong-answer.yml"  # in .github/ISSUE_TEMPLATE/; its field `question` takes the id
PROVEN = "about/how-answers-are-proven.md"
REVIEW = "practice/review.md"

_PLACE = re.compile(f"{HTML_PLACEHOLDER % r'(?P<stashed>[0-9]+)'}|{STX}(?P<escaped>[0-9]+){ETX}|{STX}|{ETX}")
_TAG = re.compile(r"<annotation.*?</annotation>|<[^>]*>", re.DOTALL)


@dataclass(frozen=True)
class Context:
    """The page on its way to the site. `repository` is `owner/name`, or "" where it is not known."""

    md: Markdown
    page: Page
    bank: Bank
    repository: str

    def edit_url(self, line: int) -> str:
        """Where the page is edited at a line, "" without a repository."""
        return f"{self._github}/edit/{BRANCH}/docs/{self.page.path}#L{line}" if self.repository else ""

    def report_url(self, question: Question) -> str:
        """The form for a wrong answer, which names the question already; "" without a repository."""
        return f"{self._github}/issues/new?template={REPORT_FORM}&question={question.id}" if self.repository else ""

    @property
    def _github(self) -> str:
        return f"https://github.com/{self.repository}"

    def words(self, attribute: str) -> str:
        """The value of an attribute in plain words: without Markdown's own marks for what it set aside or escaped."""
        return _PLACE.sub(self._words_of_mark, attribute.replace(AMP_SUBSTITUTE, "&"))

    def _words_of_mark(self, match: re.Match[str]) -> str:
        stash = self.md.htmlStash.rawHtmlBlocks
        if match["stashed"] and int(match["stashed"]) < len(stash):  # a formula
            return html.unescape(_TAG.sub("", str(stash[int(match["stashed"])])))
        escaped = int(match["escaped"] or 0)
        return chr(escaped) if 31 < escaped < 127 else ""

    def link_to(self, path: str) -> str:
        """A relative link to another page's file; generators turn it into the page's address."""
        return posixpath.relpath(path, posixpath.dirname(self.page.path) or ".")


def element(parent: Element, tag: str, text: str = "", **attributes: str) -> Element:
    """A new last child. Markdown does not read its text. `class_` and `data_x` become `class` and `data-x`."""
    names = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
    child = SubElement(parent, tag, names)
    if text:
        child.text = AtomicString(text)
    return child


def number(count: int, noun: str) -> str:
    """`1 question`, `2 questions`, `2 categories`."""
    plural = noun[:-1] + "ies" if noun.endswith("y") else noun + "s"
    return f"{count} {noun if count == 1 else plural}"
