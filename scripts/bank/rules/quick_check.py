"""Q04x: the task list of a quick check."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..library import Bank
from ..model import Page, Part, Question
from .registry import Finding, each_question, rule

_OPTION = re.compile(r"\s*- \[[ xX]\] +\S")
_NEARLY = re.compile(r"\s*(?:[-*+]|\d+[.)])\s*\[\s*\w{0,2}\s*\]")


@rule("Q040", "a quick check is a question, then its options, then nothing")
@each_question
def shape(question: Question) -> Iterator[Finding]:
    """What stands after the options would belong to none of them; put the explanation into the reasons."""
    part = question.part("Quick check")
    if not part or not part.blocks:
        return
    kinds = [block.kind for block in part.blocks]
    if "list" not in kinds:
        if not any(_malformed(part)):
            yield part.line, "no options; write '- [ ] text', and '- [x] text' for the right one"
        return
    first = kinds.index("list")
    if first == 0:
        yield part.line, "no question above the options; write what is asked"
    for block in part.blocks[first:]:
        if block.kind not in ("list", "quote"):
            yield block.line, "nothing may follow the options; move it above them or into a reason ('  > …')"


@rule("Q041", "two options or more, at least one right and one wrong")
@each_question
def key(question: Question) -> Iterator[Finding]:
    """`- [x]` marks a right option. Two or more make the check "choose all"."""
    part = question.part("Quick check")
    if not part or not question.quiz or any(_malformed(part)):
        return
    right = [option.right for option in question.quiz.options]
    if len(right) < 2:
        yield part.line, f"{len(right) or 'no'} option{'s' * (len(right) != 1)}; write at least two"
    elif not any(right):
        yield part.line, "no option is marked right; write '- [x] …' for it"
    elif all(right):
        yield part.line, "every option is marked right; write '- [ ] …' for the wrong ones"


@rule("Q042", "an option is `- [ ] text`, a right one `- [x] text`")
@each_question
def options(question: Question) -> Iterator[Finding]:
    """`- []`, `-[x]`, `1. [ ]` and a plain `- text` would be lost or shown with their brackets."""
    part = question.part("Quick check")
    if part:
        for line in _malformed(part):
            yield line, "write an option as '- [ ] text', or '- [x] text' when it is right"


@rule("Q043", "every option has its reason, quoted under it")
@each_question
def reasons(question: Question) -> Iterator[Finding]:
    """Readers learn from why a believable mistake is one. Write it as `  > why` on the next line."""
    part = question.part("Quick check")
    if part and question.quiz and not any(_malformed(part)):
        for option in question.quiz.options:
            if not option.reason:
                yield option.line, "the option has no reason; write '  > why' on the line under it"


@rule("Q044", "an option holds no link, picture, list or fence")
@each_question
def plain(question: Question) -> Iterator[Finding]:
    """The option is a label that is pressed, so it cannot hold a link; a fence under it swallows the options that
    follow. Both may stand in the question or in a reason."""
    part = question.part("Quick check")
    for block in part.blocks if part else ():
        quoted = 0
        inlines = iter(block.inlines)
        for token in block.tokens if block.kind == "list" else ():
            quoted += token.nesting * token.type.startswith("blockquote")
            line = (token.map or [0])[0] + 1
            inline = next(inlines) if token.type == "inline" else None
            if quoted or token.level < 2:
                continue
            if token.type in ("fence", "code_block", "table_open", "bullet_list_open", "ordered_list_open"):
                yield line, "no fence, table or list in an option; move it above the options or into a reason"
            if inline and any(piece.type in ("link_open", "image") for _, piece in inline.marked):
                yield line, "no link or picture in an option; move it into the reason"


@rule("Q045", "a reason stands directly under its option, indented by two")
@each_question
def indent(question: Question) -> Iterator[Finding]:
    """Otherwise GitHub still shows a quote, and the site shows the bare '>' or takes the next option into the quote."""
    part = question.part("Quick check")
    kinds = [block.kind for block in part.blocks] if part else []
    first = kinds.index("list") if "list" in kinds else len(kinds)
    for block in part.blocks[first:] if part else ():
        above = ""
        for line, text in enumerate(block.text.split("\n"), block.line):
            if block.kind in ("list", "quote") and text.lstrip().startswith(">"):
                if not text.startswith("  >"):
                    yield line, "indent the reason by two: '  > why'"
                elif block.kind == "list" and not above.strip():
                    yield line, "take the blank line above this reason out; it stands directly under its option"
            above = text


@rule("Q046", "no two options say the same")
@each_question
def distinct(question: Question) -> Iterator[Finding]:
    """A stored answer is kept under the option's words, so the words have to tell options apart."""
    seen: set[str] = set()
    for option in question.quiz.options if question.quiz else ():
        if option.key in seen:
            yield option.line, "this option says the same as one above it; change or remove it"
        seen.add(option.key)


@rule("Q047", "task lists stand in quick checks only", everywhere=True)
def elsewhere(page: Page, bank: Bank) -> Iterator[Finding]:
    """Anywhere else the site shows the brackets."""
    checks = [block for question in page.questions if (part := question.part("Quick check")) for block in part.blocks]
    lines = {block.line for block in checks}
    for block in page.blocks:
        if block.kind == "list" and block.line not in lines:
            for inline in block.inlines:
                if re.match(r"\[[ xX]\](\s|$)", inline.text):
                    yield inline.line, "a task list is read in '#### Quick check' only; write '- text'"


def _malformed(part: Part) -> Iterator[int]:
    """The lines that look like options and are none, and items without brackets."""
    for block in part.blocks:
        firsts = {first for first, _ in block.items()} if block.kind == "list" else set()
        if block.kind in ("list", "paragraph", "quote"):
            for line, text in enumerate(block.text.split("\n"), block.line):
                if (line in firsts or _NEARLY.match(text)) and not (block.kind == "list" and _OPTION.match(text)):
                    yield line
