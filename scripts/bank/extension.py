"""The Python-Markdown extension `bank.extension`: reads, checks and folds pages in whatever generator loads it."""

from __future__ import annotations

import re
import sys
from xml.etree.ElementTree import Element

from click import ClickException
from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from .dialect import set_dialect
from .library import load_bank
from .marker import find_markers
from .model import Page, Problem
from .parse import parse
from .render.context import Context
from .render.evidence import mark_old_evidence
from .render.figures import inline_figures
from .render.lists import render_marker, render_page_foot
from .render.safety import make_safe
from .render.section import fold_questions, stashed
from .report import as_line
from .rules import check, check_files

NOTICE = "What is wrong with this page"
"""The heading of what a served page shows in its place when it breaks a rule."""


class PageError(ClickException):
    """Stops a build with the problems of one page. Generators print the message of this class without a traceback."""


class BankExtension(Extension):
    """Folds questions. `check` off renders pages that break rules, as tests do; with `inline` off, as in books, figures
    stay pictures; `repository` is `owner/name` or ""."""

    def __init__(self, **settings: object) -> None:
        self.config = {
            "check": [True, "stop at a page that breaks a rule"],
            "show": [False, "show what is wrong in the place of the page instead of stopping, as while serving"],
            "inline": [True, "put the drawings of figures into the page"],
            "path": ["", "the page's path below docs, where no generator says it"],
            "repository": ["", "owner/name on GitHub, for the links that mend an answer"],
        }
        super().__init__(**settings)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802, the library's name
        md.registerExtension(self)  # so that `reset` is called once all extensions are in
        self.md, self.fences = md, set_dialect(md)
        reader = Reader(md, self.getConfigs())
        # Priorities: before normalization, at 30, a page has its own lines; after it, Python-Markdown's marks survive.
        # Blocks are a tree when the tree processors start, and the text in them is read at 20. What moves before that
        # is rendered afterwards like everything else.
        md.preprocessors.register(reader, "bank_reader", 100)
        md.preprocessors.register(Comments(md, reader), "bank_comments", 28)
        md.treeprocessors.register(Folder(md, reader), "bank_questions", 22)
        md.treeprocessors.register(Lists(md, reader), "bank_lists", 21)
        if self.getConfig("inline"):
            md.treeprocessors.register(Figures(md, reader), "bank_figures", 12)
        md.treeprocessors.register(Safe(md, reader), "bank_safe", 11)

    def reset(self) -> None:
        """Puts our fences back where a generator has registered plain ones after them, as Zensical does."""
        self.md.preprocessors.register(self.fences, "fenced_code_block", 25)


class Reader(Preprocessor):
    """Parses and checks the page before Markdown touches it, and keeps what the later steps need."""

    context: Context | None = None

    def __init__(self, md: Markdown, settings: dict[str, object]) -> None:
        super().__init__(md)
        self.settings = settings

    def run(self, lines: list[str]) -> list[str]:
        bank = load_bank()
        path = source_path(self.md) or str(self.settings["path"]) or "page.md"
        page = bank.pages.get(path)
        text = "\n".join(lines)
        problems: list[Problem] = []
        if page and self.settings["check"]:
            strays = check_files(bank.docs) if path == "index.md" else []
            problems = [*strays, *check(page, bank)]  # also of what a generator cuts off before we see it
        if not problems and (page is None or page.text.rstrip() != text.rstrip()):
            page = parse(text, path)
            bank = bank.with_page(page)
            if self.settings["check"] or page.excess:
                problems = check(page, bank)
        if page is None or problems:
            self.context = None
            return self.stop(_told(path, problems))
        self.context = Context(self.md, page, bank, str(self.settings["repository"] or ""))
        return lines

    def stop(self, message: str) -> list[str]:
        """Raises PageError; while serving, prints the message and returns it as the lines of a page."""
        if not self.settings["show"]:
            raise PageError(message)
        print(message, file=sys.stderr)
        fence = "`" * 12
        return [f"# {NOTICE}", "", f"{fence}text", *message.split("\n"), fence]


class Step:
    """What the later steps share: they are made with the reader, and look up there which page is on its way."""

    def __init__(self, md: Markdown, reader: Reader) -> None:
        super().__init__(md)  # type: ignore[call-arg]  # the processor that the step is mixed with
        self.reader = reader


class Comments(Step, Preprocessor):
    """Sets the comments aside that mean something, questions' metadata and markers; later steps look for them."""

    def run(self, lines: list[str]) -> list[str]:
        if self.reader.context is None:
            return lines
        page = self.reader.context.page
        comments = [question.comment for question in page.questions if question.comment]
        comments += [marker.block for marker in find_markers(page)]
        marked = list(lines)
        for comment in sorted(comments, key=lambda block: -block.line):
            marked[comment.line - 1 : comment.end] = ["", self.md.htmlStash.store(comment.text), ""]
        return marked


class Folder(Step, Treeprocessor):
    """Turns each question's heading, comment and parts into one section."""

    def run(self, root: Element) -> None:
        if self.reader.context is None:
            return
        found = fold_questions(root, self.reader.context)
        if self.reader.settings["check"]:
            forms = [box.get("data-question") for box in root.iter("form")]
            if lost := _losses(self.reader.context.page, found, forms):
                self.reader.stop(lost)


class Lists(Step, Treeprocessor):
    """Puts what the bank knows in the place of markers, and ages into the evidence of a company."""

    def run(self, root: Element) -> None:
        context = self.reader.context
        if context is None or context.page.holds_questions:
            return
        markers = {marker.block.text: marker for marker in find_markers(context.page)}
        for place in list(root):
            marker = markers.get(stashed(place, context))
            if marker:
                place.text, place.tag = None, "div"
                place.set("class", f"made made-{marker.kind}")
                render_marker(place, marker, context)
        mark_old_evidence(root, context)
        render_page_foot(root, context)


class Figures(Step, Treeprocessor):
    """Puts the drawings of a page into it, so that they follow its colors."""

    def run(self, root: Element) -> None:
        if self.reader.context is not None:
            inline_figures(root, self.reader.context)


class Safe(Step, Treeprocessor):
    """Lets nothing into the page that only the site's reader has seen, such as a link that the rules took for text."""

    def run(self, root: Element) -> None:
        if self.reader.context is not None:
            refused = make_safe(root, self.reader.context)
            if refused and self.reader.settings["check"]:
                self.reader.stop(_refusal(self.reader.context.page, refused[0]))


def source_path(md: Markdown) -> str | None:
    """The page's path below `docs/`. Both generators keep it in a processor of theirs, and none documents where."""
    if "relpath" in md.treeprocessors:
        return md.treeprocessors["relpath"].file.src_uri  # MkDocs
    if "rendering_context" in md.preprocessors:
        return md.preprocessors["rendering_context"].page.path  # Zensical
    return None


def makeExtension(**settings: object) -> BankExtension:  # noqa: N802, the library's name
    """What Python-Markdown calls for the name `bank.extension`."""
    return BankExtension(**settings)


def _losses(page: Page, found: list[str], forms: list[str | None]) -> str:
    """Two readers saw the page, Markdown and `parse`: where a question or a quick check got lost, "" if nowhere."""
    for question in page.questions:
        lost = "question" if question.id not in found else ""
        lost = lost or ("quick check" if question.quiz and question.id not in forms else "")
        if lost:
            return f"docs/{page.path}:{question.line}: this {lost} is lost on the site; simplify the Markdown above it"
    return ""


def _refusal(page: Page, refused: str) -> str:
    """Where the words of what was refused stand in the file, as nearly as can be told."""
    words = re.findall(r"[\w.:/-]{3,}", refused.partition("=")[2] or refused)
    line = next((n for n, text in enumerate(page.lines, 1) if any(word in text for word in words)), 1)
    return f"docs/{page.path}:{line}: Q070 the site would show {refused}; write the link as [words](https://…)"


def _told(path: str, problems: list[Problem]) -> str:
    """The problems of one page in lines."""
    return "\n".join([f"docs/{path} breaks {len(problems)} rule(s):", *(f"docs/{as_line(one)}" for one in problems)])
