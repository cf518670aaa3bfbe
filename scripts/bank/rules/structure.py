"""Q02x: title, description, groups and headings of a page of questions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..blocks import Block
from ..library import Bank
from ..marker import find_markers
from ..model import Page
from ..parse import FRONT_MATTER, is_comment
from .registry import Finding, rule

GROUP_SIZES = range(3, 10)


@rule("Q020", "a page begins with its only `# Title`", everywhere=True)
def title(page: Page, bank: Bank) -> Iterator[Finding]:
    """The title is the page's name in the menu, in search and in the browser."""
    titles = [block for level, block in page.headings() if level == 1]
    if not page.blocks or page.blocks[0] not in titles:
        yield page.blocks[0].line if page.blocks else 1, "the page has to begin with '# Title'"
    for block in titles[1:]:
        yield block.line, "a page has one '# Title'; write '## …' for a group"


@rule("Q021", "no front matter", everywhere=True)
def front_matter(page: Page, bank: Bank) -> Iterator[Finding]:
    """GitHub shows it as a table above the page. The title and the first paragraph say all that is needed."""
    if FRONT_MATTER.match(page.text):
        yield 1, "no front matter: begin with '# Title' and one paragraph that describes the page"


@rule("Q022", "one paragraph between the title and the first group describes the page")
def description(page: Page, bank: Bank) -> Iterator[Finding]:
    """Search engines and link previews show it, so it is one paragraph of plain prose."""
    levels = [int(block.tokens[0].tag[1]) if block.kind == "heading" else 0 for block in page.blocks]
    if 1 not in levels:
        return
    first = levels.index(1) + 1
    end = next((i for i in range(first, len(levels)) if levels[i]), len(levels))
    between = page.blocks[first:end]
    if not between or between[0].kind != "paragraph":
        yield page.blocks[first - 1].line, "no description: write one paragraph under the title"
    elif len(between) > 1:
        yield between[1].line, "only one paragraph may stand between the title and the first group; join or move this"


@rule("Q023", "questions stand in groups of 3 to 9")
def groups(page: Page, bank: Bank) -> Iterator[Finding]:
    """A `##` heading over a handful of questions is what a contents list can show and a reader can hold."""
    for question in page.strays[:1]:
        yield question.line, "the question stands in no group; write '## Group' above it"
    for group in page.groups:
        count = len(group.questions)
        if count not in GROUP_SIZES:
            do = "join it with another group" if count < min(GROUP_SIZES) else "split it"
            yield group.line, f"the group holds {count} question{'s' * (count != 1)}; {do} (3 to 9)"


@rule("Q024", "headings are `#`, `##`, `###` and the parts' `####`, at the start of a line")
def headings(page: Page, bank: Bank) -> Iterator[Finding]:
    """A heading in a list or quote, an underlined heading and a fifth level are read as questions by nobody. A `#`
    without a blank after it is a heading on the site and a paragraph on GitHub."""
    asked = False
    for block in page.blocks:
        if block.kind == "heading":
            level = int(block.tokens[0].tag[1])
            asked = level == 3 or (asked and level > 3)
            if block.tokens[0].markup[0] in "=-":
                yield block.line, "underlined heading: write '#' marks before it, or a blank line above the '---'"
            elif block.text.endswith("\\"):
                yield block.line, "take the backslash at the end of the heading away; the site reads it as more text"
            elif level > 4:
                yield block.line, "headings below '####' are not used; write a bold first sentence instead"
            elif level == 4 and not asked:
                yield block.line, "this part belongs to no question; write '### The question' and its comment above it"
        else:
            for token in block.tokens:
                if token.type == "heading_open" and token.map:
                    yield token.map[0] + 1, "a heading inside a list or quote is not read as one; move it to the margin"
        if block.kind in ("paragraph", "list", "quote"):
            yield from _nearly_headings(block)


def _nearly_headings(block: Block) -> Iterator[Finding]:
    """Lines that are a heading to the site and none to GitHub, where the block's own fences do not hold them."""
    fenced = {line for token in block.tokens if token.type == "fence" and token.map for line in range(*token.map)}
    above = ""
    for line, text in enumerate(block.text.split("\n"), block.line):
        if line - 1 not in fenced:
            if re.match(r"[ >]*#{1,6}[^#\s\d]", text) and block.kind == "paragraph":
                yield line, "write a blank after the '#' of a heading"
            elif above.strip() and re.fullmatch(r"[ >]*(=+|-{2,})\s*", text):
                yield (
                    line,
                    "this line underlines the one above as a heading; take it out, or write a blank line above it",
                )
        above = text


@rule("Q033", "the question is text: no link, picture or footnote in its heading")
def question_heading(page: Page, bank: Bank) -> Iterator[Finding]:
    """Lists show the heading itself as a link."""
    for question in page.questions:
        if not question.text.strip():
            yield question.line, "the question is empty; write what the interviewer says"
        for inline in question.heading.inlines:
            linked = any(piece.type in ("link_open", "image") for _, piece in inline.marked)
            if linked or re.search(r"\[\^|\]\[", inline.text):
                yield question.line, "no link, picture or footnote in a question's heading; move it to the answer"


@rule("Q034", "comments are metadata, directly under a question, or markers", everywhere=True)
def comments(page: Page, bank: Bank) -> Iterator[Finding]:
    """Readers never see a comment, so a note in one is lost; notes to editors belong in the pull request."""
    known = {question.comment.line for question in page.questions if question.comment}
    known |= {marker.block.line for marker in find_markers(page)}
    late = {block.line for question in page.questions if not question.comment for block in question.prompt}
    for block in page.blocks:
        if is_comment(block) and block.line not in known | late:
            yield block.line, "a comment that is no metadata is lost to readers; take it out"
