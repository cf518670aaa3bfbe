"""Pages that nobody would write: no crash, no hang, no lost word, no danger, and each problem on a line of the file.

The examples are the same on every machine. `FUZZ=5000 pytest tests/test_fuzz.py` looks further, at others each time.
"""

from __future__ import annotations

import html
import os
import re

from bank.extension import PageError
from bank.library import DOCS, ROOT, Bank, load_bank
from bank.mend import mend
from bank.model import Page
from bank.parse import parse
from bank.rules import advise, check
from hostile import PAGES, Reader
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown import Markdown
from snippets import cpu_limit

EXAMPLES = int(os.environ.get("FUZZ", "120"))
SECONDS = 5.0

fuzzed = settings(
    max_examples=EXAMPLES,
    derandomize="FUZZ" not in os.environ,
    deadline=None,  # the time is limited below, in CPU seconds
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example, HealthCheck.data_too_large],
)

GOOD = sorted((ROOT / "tests" / "fixtures" / "good").glob("*.md"))
BASES = [file.read_text(encoding="utf-8") for file in GOOD]
BASES += [(DOCS / "about" / "decisions.md").read_text(encoding="utf-8")]
BASES += [file.read_text(encoding="utf-8", errors="replace") for file in PAGES[::12]]

_MARKS = """
``` ```` ~~~ ```python ```math $ $$ $` `$ ` `` <!-- --> [ ]( ) ![ [a](b.md#c) <b> </b> &lt; \\ | ** * _ ~~ --- ===
{: [^1] id: level: https://example.org é 漢字 🙂 ﷽
"""
PIECES = [
    *_MARKS.split(),
    *("# ", "## ", "### ", "#### Answer", "#### Quick check", "- ", "* ", "1. ", "> ", "> > ", "    ", "  ", "\t"),
    *("\n", "\n\n", "- [ ] ", "- [x] ", "| --- |", "[a]: https://example.org", "topics: ,", "{: .a }"),
    *('```text title="Output"', "(as of 2026-11)", "\u202e", "\u200b", "\ufeff", "\u2028", "\x00", "\x02", "\x03"),
    *("\x02wzxhzdk:0\x03", "\x02klzzwxh:0000\x03", "\r", "\r\n"),
]


@st.composite
def pages(draw: st.DrawFn) -> str:
    """A page, good or hostile, with up to eight changes: cut, doubled, moved, torn, or something set in."""
    text = draw(st.sampled_from(BASES))
    for _ in range(draw(st.integers(1, 8))):
        place = draw(st.integers(0, len(text)))
        end = min(len(text), place + draw(st.integers(0, 60)))
        match draw(st.sampled_from(["insert", "insert", "cut", "double", "move", "random", "line", "tear"])):
            case "insert":
                text = text[:place] + draw(st.sampled_from(PIECES)) + text[place:]
            case "cut":
                text = text[:place] + text[end:]
            case "double":
                text = text[:end] + text[place:end] + text[end:]
            case "move":
                target = draw(st.integers(0, len(text)))
                text = (text[:place] + text[end:])[:target] + text[place:end] + (text[:place] + text[end:])[target:]
            case "random":
                text = text[:place] + draw(st.text(max_size=20)) + text[place:]
            case "line":
                lines = text.split("\n")
                number = draw(st.integers(0, len(lines) - 1))
                lines[number] = draw(st.sampled_from(["", "  ", "> ", "- ", "    "])) + lines[number]
                text = "\n".join(lines)
            case "tear":
                text = text[:place]
    return text


def read(text: str) -> tuple[Page, Bank]:
    page = parse(text, "questions/good/page.md")
    return page, load_bank().with_page(page)


def render(text: str, *, checked: bool) -> str | None:
    """The page's HTML, None where the build would stop."""
    loaded = ["toc", "tables", "fenced_code", "bank.extension"]
    site = Markdown(extensions=loaded, extension_configs={"bank.extension": {"check": checked}})
    try:
        return site.convert(text)
    except PageError as error:
        assert re.match(r"docs/page\.md", str(error.message))
        return None


def judge(text: str) -> None:
    """All that must hold of any text whatever."""
    with cpu_limit(SECONDS):
        page, bank = read(text)
        assert page.text == text.replace("\r\n", "\n").replace("\r", "\n"), "the text is kept as it is"
        for problem in (*check(page, bank), *advise(page, bank)):
            assert 1 <= problem.line <= len(page.lines)
            assert problem.message.strip()
        made = render(text, checked=False)
        assert made is not None or page.excess, "only what is too large is not rendered"
        assert Reader(made or "").found == []
        mended, gone = mend(page, bank)
        assert gone or mended == page.text
        assert re.findall(r"\w+", mended.lower()) == re.findall(r"\w+", page.text.lower())


@fuzzed
@given(pages())
def test_changed_pages(text: str) -> None:
    judge(text)


@fuzzed
@given(st.text(max_size=400))
def test_any_text(text: str) -> None:
    judge(text)
    judge(f"# T\n\nD.\n\n## G\n\n### Q?\n\n<!--\nid: q\n-->\n\n#### Answer\n\n{text}\n")


@fuzzed
@given(st.lists(st.sampled_from([*PIECES, "word ", "x"]), max_size=60).map("".join))
def test_marks_in_any_order(text: str) -> None:
    judge(text)
    judge(f"# T\n\nD.\n\n## G\n\n### Q?\n\n<!--\nid: q\n-->\n\n#### Quick check\n\n{text}\n")


@fuzzed
@given(pages())
def test_a_page_without_problems_loses_no_word(text: str) -> None:
    """What the rules let through either stops the build, by the comparison of the two readers, or is all there."""
    page, bank = read(text)
    if check(page, bank):
        return
    made = render(text, checked=True)
    if made is not None:
        shown = html.unescape(
            re.sub(r"<[^>]*>", " ", re.sub(r"<annotation.*?</annotation>", "", made, flags=re.DOTALL))
        )
        seen = set(re.findall(r"[^\W_]{3,}", shown))
        words = {word for word in re.findall(r"[^\W_]{3,}", _prose(page)) if not word.isdigit()}
        assert words <= seen, words - seen


def _prose(page: Page) -> str:
    """The words of paragraphs, lists, quotes and tables, which readers are to see; not those of code and formulas."""
    return " ".join(
        re.sub(r"\]\([^)]*\)|\]\[[^\]]*\]|\[[ xX]\]|!\[[^\]]*\]", " ", inline.masked)
        for block in page.blocks
        if block.kind in ("paragraph", "list", "quote", "table")
        for inline in block.inlines
    )
