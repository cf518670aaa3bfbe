"""The Markdown extension: what it makes of a page, and where it stops a build."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
import yaml
from bank.extension import PageError
from bank.library import DOCS, ROOT, Bank
from bank.parse import parse
from bank.render.context import Context
from bank.render.figures import inline_figures
from bank.rules import RULES
from markdown import Markdown
from markdown_it import MarkdownIt

GOOD = ROOT / "tests" / "fixtures" / "good"


def render(text: str, *, check: bool = False) -> str:
    extensions = ["toc", "tables", "fenced_code", "bank.extension"]  # the first three as MkDocs loads them
    settings = {"bank.extension": {"check": check, "repository": "acme/study"}, "toc": {"toc_depth": 3}}
    return Markdown(extensions=extensions, extension_configs=settings).convert(text)


@pytest.fixture(scope="module")
def page() -> str:
    return render((GOOD / "page.md").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def unusual() -> str:
    return render((GOOD / "unusual.md").read_text(encoding="utf-8"))


def test_a_question_is_a_section_with_two_anchors(page: str) -> None:
    pattern = r'<section class="q" data-level="(\d)" data-question="([\w-]+)"[^>]*>\s*<h3 [^>]*id="([\w-]+)"'
    assert re.findall(pattern, page) == [
        ("1", "fair-coin", "fair-coin"),
        ("2", "open-one", "open-one"),
        ("3", "open-two", "open-two"),
    ]
    assert re.findall(r'<div class="q-body" id="([\w-]+)"', page) == ["fair-coin-a"]


def test_no_metadata_and_no_part_heading_is_left(page: str, unusual: str) -> None:
    for html in (page, unusual):
        assert "<!--" not in html
        assert "<h4" not in html
        assert "\x02" not in html


def test_an_open_question_invites_an_answer(page: str) -> None:
    section = page.split('data-question="open-one"')[1].split("</section>")[0]
    assert "still open" in section
    assert re.search(r'href="https://github.com/acme/study/edit/main/docs/page.md#L\d+">Write the answer', section)
    assert "<details" not in section


def test_a_problem_is_reported_in_a_form_that_names_the_question(page: str) -> None:
    link = re.search(
        r'href="https://github.com/acme/study/issues/new\?template=([\w.-]+)&amp;(\w+)=fair-coin">Report', page
    )
    assert link
    form = yaml.safe_load((ROOT / ".github" / "ISSUE_TEMPLATE" / link[1]).read_text(encoding="utf-8"))
    assert link[2] in [field.get("id") for field in form["body"]]


def test_formulas_tables_links_and_code_inside_an_answer(page: str) -> None:
    assert page.count("<math") == 4
    assert '<div class="formula"><math display="block">' in page
    assert "<td" in page
    assert '<a href="https://example.org/reference">its source</a>' in page
    assert '<span class="filename">Output</span>' in page
    assert "costs $5" in page


def test_punctuation_stays_with_its_formula() -> None:
    assert re.search(r'<span class="formula-run"><math>.*?</math>\),</span> b', render("a ($x$), b"))


def test_what_stands_in_options_survives(unusual: str) -> None:
    labels = re.findall(r"<label>.*?<span>(.*?)</span></label>", unusual, re.DOTALL)
    assert labels[0] == '<code>df[["a"]]</code>'
    assert "<math>" in labels[1]
    assert "&lt;!--" in labels[1]
    assert labels[2] == "<code>[x] [ ]</code>"
    assert unusual.count('type="checkbox"') == 3
    assert "Choose all that apply" in unusual


@pytest.mark.parametrize(
    "options",
    [
        "- [ ] A\n  > no\n- [x] B\n  > yes",
        "- [ ] A\n\n  > no\n\n- [x] B\n\n  > yes",
        "- [ ] A\n> no\n\n- [x] B\n> yes",
        "* [ ] A\n  > no\n* [X] B\n  > yes",
        "- [ ] A\n\n> no\n\n- [x] B\n\n> yes",
    ],
)
def test_the_spellings_of_a_quick_check(options: str) -> None:
    head = "# T\n\nD.\n\n## G\n\n### Q?\n\n<!--\nid: q\n-->\n\n#### Answer\n\nA.\n\n"
    html = render(f"{head}#### Quick check\n\nWhich?\n\n{options}\n")
    assert re.findall(r"<label>.*?<span>(.*?)</span></label>", html) == ["A", "B"]
    assert re.findall(r'<div class="option" data-option="\w+"( data-right)?', html) == ["", " data-right"]
    assert re.findall(r'<p class="verdict">(\w+)</p>\s*<p>(\w+)</p>', html) == [("Wrong", "no"), ("Right", "yes")]


def test_raw_html_becomes_text() -> None:
    html = render("<script>alert(1)</script>\n\na <img src=x onerror=alert(1)> b")
    assert "<script" not in html
    assert "<img" not in html


def test_a_page_that_breaks_a_rule_stops_the_build() -> None:
    bad = (ROOT / "tests" / "fixtures" / "bad" / "Q060-unknown-command.md").read_text(encoding="utf-8")
    with pytest.raises(PageError) as caught:
        render(f"{bad}\n\n<b>two</b>\n", check=True)
    lines = str(caught.value.message).split("\n")
    assert lines[0].endswith("rule(s):")
    assert all(re.match(r"docs/page\.md:\d+: Q\d{3} ", line) for line in lines[1:])
    assert {line.split(" ")[1] for line in lines[1:]} <= set(RULES)


def test_while_serving_a_page_says_what_is_wrong_with_it(capsys: pytest.CaptureFixture[str]) -> None:
    bad = (ROOT / "tests" / "fixtures" / "bad" / "Q060-unknown-command.md").read_text(encoding="utf-8")
    site = Markdown(extensions=["toc", "bank.extension"], extension_configs={"bank.extension": {"show": True}})
    html = site.convert(bad)
    assert "What is wrong with this page" in html
    assert re.search(r"docs/page\.md:\d+: Q060 ", html)
    assert "q-body" not in html
    assert "docs/page.md breaks" in capsys.readouterr().err


def test_a_figure_is_drawn_into_the_page(tmp_path: Path) -> None:
    markdown = Markdown()
    page = parse("# T", "page.md")
    root = fromstring(
        '<div><p><img src="figures/coin.svg" alt="A &lt;coin&gt;"/><img src="https://x.org/a.svg" alt="b"/></p></div>'
    )
    inline_figures(root, Context(markdown, page, Bank(GOOD, {}, {}, {}), ""))
    drawing = markdown.htmlStash.rawHtmlBlocks[0]
    assert drawing.startswith('<svg role="img" aria-label="A &lt;coin&gt;"')
    assert "<style" not in drawing
    assert "var(--fig-1" in drawing
    assert [child.tag for child in root[0]] == ["span", "img"]


def skeleton(html: str) -> Counter[str]:
    """How many blocks and marks of each kind a page has."""
    return Counter(
        re.findall(r"<(ul|ol|li|pre|blockquote|table|tr|h[1-6]|strong|em|del|hr|a|img)\b", html.replace("<s>", "<del>"))
    )


@pytest.mark.parametrize("file", [*GOOD.glob("*.md"), *sorted(DOCS.rglob("*.md"))], ids=lambda file: file.stem)
def test_github_and_the_site_show_the_same_blocks(file: Path) -> None:
    """The two readers of a page agree: CommonMark's, which is GitHub's, and Python-Markdown's without the folding."""
    text = file.read_text(encoding="utf-8")
    site = Markdown(
        extensions=["tables", "fenced_code", "bank.extension"], extension_configs={"bank.extension": {"check": False}}
    )
    for step in ("bank_questions", "bank_lists", "bank_figures"):
        site.treeprocessors.deregister(step)
    seen = skeleton(site.convert(text))
    seen["pre"] += len(re.findall(r"(?m)^```math$", text))  # formulas here, code there
    assert seen == skeleton(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(text))


def test_a_page_without_questions_may_have_headings_of_the_third_level() -> None:
    html = render("# T\n\nD.\n\n## G\n\n### A step\n\nText.\n", check=True)
    assert '<h3 id="a-step">A step</h3>' in html
