"""Q05x: fenced code. That a fence runs and prints what the page shows is the tests' part, not the rules'."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from ..blocks import is_closed
from ..library import Bank
from ..model import Fence, Page, Question
from .registry import Finding, did_you_mean, each_question, rule

LANGUAGES = ("python", "sql", "text", "math", "bash", "json", "yaml", "html")
CODE_WIDTH = 88  # what the answer's column holds on a desktop
_INFO = re.compile(r'\S+(?:\s+title="[^"]*")?')


@rule("Q050", "a fence is closed", everywhere=True, tears=True)
def closed(page: Page, bank: Bank) -> Iterator[Finding]:
    """GitHub shows the rest of the page as code. The closing fence is a line of its own, as long as the opening one."""
    for block in page.blocks:
        if block.kind == "fence" and block.line == page.unclosed:
            mark = block.tokens[0].markup
            yield block.line, f"the fence is never closed: write {mark} on a line of its own after the code"


@rule("Q051", "a fence names its language: " + ", ".join(LANGUAGES), everywhere=True)
def language(page: Page, bank: Bank) -> Iterator[Finding]:
    """The language decides whether it runs (python, sql), is typeset (math) or is only shown (the others)."""
    for line, token in page.fences():
        word = next(iter(token.info.split()), "")
        if word not in LANGUAGES:
            hint = did_you_mean(word, LANGUAGES) or "; use one of " + ", ".join(LANGUAGES)
            yield line, f"unknown language '{word}' of a fence{hint}" if word else f"the fence names no language{hint}"


@rule("Q052", 'after its language a fence has nothing, or `title="…"`', everywhere=True)
def info(page: Page, bank: Bank) -> Iterator[Finding]:
    """A bare word after the language turns the fence into inline code on the site."""
    for line, token in page.fences():
        text = token.info.strip()
        if text and not _INFO.fullmatch(text):
            word = text.split()[0]
            yield line, f'write the fence as ```{word} or ```{word} title="…", not ```{text}'


@rule("Q053", 'titles are "Output" (text), "Your test" (python, in the prompt) and "Not run: why" (python, sql)')
@each_question
def titles(question: Question) -> Iterator[Finding]:
    """A title decides what the tests do with a fence, so a misspelled one would switch a check off. "Your test" runs
    after the Answer's code; "Not run: needs a GPU" is the only way not to run, and says why."""
    for fence in question.fences:
        if not _is_titled_well(fence):
            if fence.title == "Your test":
                yield fence.line, "'Your test' stands in the prompt, above the first part"
            elif fence.title.startswith("Not run"):
                yield fence.line, 'say why it does not run: title="Not run: needs a GPU"'
            else:
                hint = did_you_mean(fence.title, _titles(fence)) or "; leave the title out"
                yield fence.line, f"unknown title '{fence.title}'{hint}"


@rule("Q054", "an Output fence follows the code that prints it")
@each_question
def output(question: Question) -> Iterator[Finding]:
    """The tests run the fence before it and compare; without one, nobody would check the numbers."""
    before = None
    for fence in question.fences:
        mended_first = before and (before.language not in LANGUAGES or not _is_titled_well(before))
        if fence.is_output and not mended_first and not (before and before.runs and before.part == fence.part):
            yield fence.line, "no code that runs stands before this output; move it, or show it as ```text"
        before = fence


@rule("Q055", "python compiles")
@each_question
def compiles(question: Question) -> Iterator[Finding]:
    """Also where it is not run: readers copy it."""
    for fence in question.fences:
        if fence.language == "python":
            try:
                ast.parse(fence.body)
            except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
                offset = getattr(error, "lineno", None) or 1
                yield fence.line + min(offset, fence.body.count("\n") or 1), f"python: {getattr(error, 'msg', error)}"


@rule("Q056", "code stands in a fence, not in an indented block", everywhere=True)
def indented(page: Page, bank: Bank) -> Iterator[Finding]:
    """An indented block has no language, cannot run, and appears by accident."""
    for block in page.blocks:
        for token in block.tokens:
            if token.type == "code_block" and token.map:
                yield (
                    token.map[0] + 1,
                    "indented by four this is a code block; use a ``` fence, or take the blanks away",
                )


@rule("Q057", "a fence inside a list or quote is closed there", everywhere=True)
def closed_inside(page: Page, bank: Bank) -> Iterator[Finding]:
    """Where it is not, GitHub ends it with the list, and the site reads on."""
    for line, token in page.fences():
        if token.level and not is_closed(token, page.lines):
            yield line, f"the fence is never closed: write {token.markup} at the same indent"


@rule("Q058", f"a line of code has at most {CODE_WIDTH} characters")
@each_question
def width(question: Question) -> Iterator[Finding]:
    """What is wider scrolls sideways at every size of screen and is cut on paper."""
    for fence in question.fences:
        if fence.language != "math":
            for line, text in enumerate(fence.body.split("\n"), fence.line + 1):
                if len(text) > CODE_WIDTH:
                    yield line, f"{len(text)} characters in a line of code; wrap it at {CODE_WIDTH}"


def _titles(fence: Fence) -> list[str]:
    """The titles that a fence of this language may have where it stands."""
    known = {"text": ["Output"], "python": ["Not run: why", *["Your test"] * (not fence.part)], "sql": ["Not run: why"]}
    return known.get(fence.language, [])


def _is_titled_well(fence: Fence) -> bool:
    reasoned = "Not run: why" in _titles(fence) and re.fullmatch(r"Not run: \S.*", fence.title)
    return not fence.title or fence.title in _titles(fence) or bool(reasoned)
