"""Pages that try to bring a script, a request, a file or a template: refused in words, and harmless even unchecked."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from bank.drawing import read_drawing
from bank.extension import PageError
from bank.library import ROOT, load_bank
from bank.parse import parse
from bank.rules import check
from hostile import PAGES, Reader, place
from markdown import Markdown

SECONDS = 5


def render(text: str, *, check: bool) -> str:
    loaded = ["toc", "tables", "fenced_code", "bank.extension"]
    return Markdown(extensions=loaded, extension_configs={"bank.extension": {"check": check}}).convert(text)


@pytest.mark.parametrize("file", PAGES, ids=lambda file: file.stem)
def test_a_hostile_page_is_harmless(file: Path) -> None:
    text = file.read_text(encoding="utf-8", errors="replace")
    page = parse(text, place(file))
    start = time.process_time()
    problems = check(page, load_bank().with_page(page))
    assert all(1 <= problem.line <= len(page.lines) for problem in problems), "every problem is on a line of the file"
    try:
        html = render(text, check=False)  # even with all checks off
    except PageError as error:
        html = ""
        assert "Q090" in str(error), "only what is too large is not rendered"
    assert Reader(html).found == []
    assert time.process_time() - start < SECONDS


def test_what_the_rules_take_for_text_stops_the_build() -> None:
    """One blank in an address: text to GitHub, a link to the site."""
    text = "# T\n\nD.\n\n## A\n\nText.\n\nSee [a page](javascript:tripwire() //).\n"
    assert check(parse(text, "about/x.md"), load_bank()) == []
    with pytest.raises(PageError, match=r'docs/page\.md:9: Q070 the site would show href="javascript:'):
        render(text, check=True)


def test_a_formula_in_a_pictures_words_becomes_words() -> None:
    html = render("# T\n\nD.\n\n![A curve of $x_1$ over \\$5](../assets/page.png)\n", check=False)
    assert 'alt="A curve of x1 over $5"' in html


HEAD = "# T\n\nD.\n\n## G\n\n"
SLOW = {
    "brackets in a definition's title": HEAD + '[a]: /x "t\n' + ("[" * 200 + "\n") * 900,
    "a fence closed by a longer one": HEAD + "```\n" + ("[" * 200 + "\n") * 900 + "````\n",
    "a fence after a fence": HEAD + "```text\n" + "*a [b " * 30_000 + "\n",
    "a table of dots": HEAD + ".|" * 95 + "\n" + ":|" * 95 + "\n" + ".\n" * 3_700,
    "a wide table": HEAD + "a|" * 95 + "\n" + "-|" * 95 + "\n" + "a\n" * 3_700,
    "code that is hard to color": HEAD + "```html\n" + "<!--" * 40_000 + "\n```\n",
    "scripts that are hard to color": HEAD + "```html\n" + "<script>\n" * 20_000 + "```\n",
    "many fences": HEAD + "```text\nx\n```\n\n" * 20_000,
    "links that lead nowhere": HEAD + "[a](none.md#b)\n" * 300 + "\n" + "[a](none.md)\n\n" * 1_500,
    "many headings and links to none of them": HEAD + "## A\n\n[a](#b)\n\n" * 900,
    "rules": HEAD + "---\n\n" * 20_000,
    "loose items": HEAD + "- a\n\n" * 1_900,
    "small paragraphs": HEAD + "a\n\n" * 1_900,
    "headings without a blank": HEAD + "#a\n" * 3_900,
    "definitions": HEAD + "".join(f"[a{n}]: /x\n" for n in range(3_900)),
    "footnotes": HEAD + "".join(f"a[^{n}]\n\n[^{n}]: b\n\n" for n in range(900)),
    "quotes": HEAD + (("> " * 5 + "a\n\n") * 1_900),
    "a name of 3,000 characters": HEAD + f"[a]({'x' * 3_000}.md) ![b c d](figures/{'x' * 3_000}.svg)\n",
}


@pytest.mark.parametrize("name", SLOW)
def test_no_page_keeps_the_build_busy(name: str, tmp_path: Path) -> None:
    """Each in a process of its own, so that one that hangs is stopped and named."""
    (tmp_path / "page.md").write_text(SLOW[name], encoding="utf-8")
    command = [sys.executable, str(ROOT / "tests" / "support" / "judge_page.py"), str(tmp_path / "page.md")]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "scripts")}
    result = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert result.returncode == 0, result.stderr[-500:]
    assert float(result.stdout) < 2 * SECONDS


SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 1 1">{}</svg>'


@pytest.mark.parametrize(
    "inside",
    [
        "<script>tripwire()</script>",
        '<path d="M0 0" onload="tripwire()"/>',
        "<foreignObject><iframe/></foreignObject>",
        '<image href="https://tripwire.example/p.png"/>',
        '<use xlink:href="https://tripwire.example/s.svg#a"/>',
        '<a href="javascript:tripwire()"><text>a</text></a>',
        '<animate attributeName="href" to="javascript:tripwire()"/>',
        '<set attributeName="onload" to="tripwire()"/>',
        "<style>a{}</style><style>@import url(https://tripwire.example)</style>",
        '<path style="fill: url(https://tripwire.example/#a)"/>',
        '<path style="fill: \\75rl(https://tripwire.example/#a)"/>',
        '<path fill="url(//tripwire.example#a)"/>',
        "<svg/>",
        "<!-- a comment -->",
        "<![CDATA[<script>]]>",
        "<?xml-stylesheet href='x'?>",
        "\x02wzxhzdk:0\x03",
        "</svg><script>tripwire()</script><svg>",
        "<sty<style></style>le>",
    ],
)
def test_a_drawing_brings_nothing_but_shapes_and_words(inside: str) -> None:
    with pytest.raises(ValueError, match="drawing"):
        read_drawing(SVG.format(inside))


@pytest.mark.parametrize(
    "text", ["", "root:x:0:0", '<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.format("&a;"), "<p/>", "<svg"]
)
def test_what_is_no_drawing_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="drawing"):
        read_drawing(text)


def test_our_figures_are_drawings() -> None:
    for file in [*ROOT.glob("docs/**/figures/*.svg"), ROOT / "tests/fixtures/good/figures/coin.svg"]:
        drawing = read_drawing(file.read_text(encoding="utf-8"))
        assert drawing.startswith("<svg ")
        assert "<style" not in drawing
