"""A question in a real browser: its two anchors, its folds, its links, its looks, on paper and without JavaScript."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Callable

import pytest
from bank.library import ROOT, load_bank
from playwright.sync_api import Page
from pypdf import PdfReader
from sites import TOPIC

Open = Callable[..., Page]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
TOPIC_PAGE = load_bank().pages["questions/ml-fundamentals/learning-from-data.md"]
IDS = [question.id for question in TOPIC_PAGE.questions]
LAST = IDS[-1]


def is_open(page: Page, name: str) -> bool:
    return page.locator(f"[id='{name}-a']").evaluate("e => e.closest('details').open")


def test_every_question_is_there_and_closed(new_page: Open) -> None:
    page = new_page(TOPIC)
    assert page.locator("section.q > h3").evaluate_all("all => all.map(e => e.id)") == IDS
    assert page.locator("details.q-a[open]").count() == 0


@pytest.mark.parametrize("script", [True, False])
def test_id_shows_the_question_and_leaves_the_answer_closed(new_page: Open, script: bool) -> None:
    page = new_page(f"{TOPIC}#{LAST}", java_script_enabled=script)
    assert page.locator(f"h3[id='{LAST}']").is_visible()
    assert not is_open(page, LAST)


@pytest.mark.parametrize("script", [True, False])
def test_id_a_opens_the_answer_below_the_header(new_page: Open, script: bool) -> None:
    page = new_page(f"{TOPIC}#{LAST}-a", java_script_enabled=script)
    assert is_open(page, LAST)
    heading = page.locator(f"h3[id='{LAST}']").bounding_box()
    header = page.locator(".md-header").bounding_box()
    assert heading and header
    assert heading["y"] >= header["y"] + header["height"]
    assert heading["y"] < 900, "the question is on the screen with its answer"


def test_reveal_by_keyboard(new_page: Open) -> None:
    page = new_page(TOPIC)
    page.locator("details.q-a > summary").first.focus()
    page.keyboard.press("Enter")
    assert is_open(page, IDS[0])
    page.keyboard.press("Space")
    assert not is_open(page, IDS[0])


def test_contents_list_has_the_short_labels(new_page: Open) -> None:
    page = new_page(TOPIC)
    shown = page.locator(".md-sidebar--secondary .md-nav__link").evaluate_all("all => all.map(e => e.innerText.trim())")
    shorts = [question.short for question in TOPIC_PAGE.questions]
    assert [text for text in shown if text in shorts] == shorts
    assert not [text for text in shown if text in ("Answer", "Key points", "Sources")], "labels are no headings"


def test_links_that_mend_and_share(new_page: Open) -> None:
    page = new_page(TOPIC)
    foot = page.locator(f"[id='{LAST}-a'] .q-foot a")
    assert foot.nth(0).get_attribute("href") == f"#{LAST}-a"
    line = TOPIC_PAGE.questions[-1].line
    assert (
        foot.nth(1).get_attribute("href") == f"https://github.com/acme/study/edit/main/docs/{TOPIC_PAGE.path}#L{line}"
    )


def test_proven_questions_say_so(new_page: Open) -> None:
    page = new_page(TOPIC)
    page.locator(".q-proven").first.click()
    assert page.locator("h1").inner_text() == "How answers are proven"


def test_without_javascript_everything_can_be_read(new_page: Open) -> None:
    page = new_page(TOPIC, java_script_enabled=False)
    for summary in page.locator("details.q-a > summary").all():
        summary.click()
    for question in TOPIC_PAGE.questions:
        body = page.locator(f"[id='{question.id}-a']")
        assert body.locator(".q-short").is_visible()
        assert body.locator(".q-part[data-part=sources] li").first.is_visible()
    why = page.locator(".why").first
    assert why.locator(".why-body").is_hidden(), "the key is not given away"
    why.locator("summary").click()
    assert why.locator(".verdict").is_visible()
    assert page.locator(".quiz-check").first.is_hidden(), "no button that does nothing"


@pytest.mark.parametrize("script", [True, False])
def test_paper_holds_every_answer_and_reason(new_page: Open, script: bool) -> None:
    page = new_page(TOPIC, java_script_enabled=script)
    pdf = PdfReader(io.BytesIO(page.pdf(format="A4")))
    text = unicodedata.normalize("NFKC", "".join(sheet.extract_text() for sheet in pdf.pages))  # without ligatures
    printed = re.sub(r"\W+", "", text)
    for question in TOPIC_PAGE.questions:
        for part in question.parts:
            words = letters(part.blocks[-1].text)[-25:]
            assert part.blocks[-1].words == 0 or words in printed, f"{question.id}, {part.name}: …{words}"
        assert question.quiz
        for option in question.quiz.options:
            assert letters(option.reason)[-20:] in printed, f"{question.id}: {option.reason}"
    assert "Showanswer" not in printed
    assert "Checkanswer" not in printed


def letters(markdown: str) -> str:
    """The letters after the last formula or code of a Markdown text: what can be compared with paper."""
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", markdown)
    return re.sub(r"\W+", "", unicodedata.normalize("NFKC", re.split(r"[$`]", text)[-1]))


SCREENS = [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")]
SHORT = ["", "companies/google/", "about/your-data/", "404.html"]
LONG = [TOPIC, "questions/"]  # in the same frame as the others: each width and each scheme once


@pytest.mark.parametrize(
    ("path", "width", "scheme"),
    [(path, *screen) for path in SHORT for screen in SCREENS]
    + [(path, *screen) for path in LONG for screen in (SCREENS[0], SCREENS[3])],
)
def test_axe_finds_nothing(new_page: Open, path: str, width: int, scheme: str) -> None:
    page = new_page(path, viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true })")
    for box in page.locator(".quiz").all()[:2]:  # one answered wrongly, one rightly
        box.locator("input").first.check()
        box.locator(".quiz-check").click()
    for button in page.locator(".grade [data-grade='1'], .grade [data-grade='3']").all()[:3]:
        button.click()
    page.locator(".search input").fill("bias")
    page.locator("#search-results li").first.wait_for()
    page.evaluate(AXE.read_text(encoding="utf-8"))
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    found = page.evaluate("tags => axe.run({ runOnly: tags }).then(result => result.violations)", tags)
    assert not [(v["id"], [node["html"][:200] for node in v["nodes"]][:5]) for v in found]


@pytest.mark.parametrize("width", [320, 390, 768, 1440])
@pytest.mark.parametrize("path", ["", TOPIC, "questions/", "companies/google/", "about/your-data/"])
def test_no_sideways_scroll(new_page: Open, path: str, width: int) -> None:
    page = new_page(path, viewport={"width": width, "height": 800})
    page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_what_scrolls_takes_the_keyboard(new_page: Open) -> None:
    page = new_page(TOPIC, viewport={"width": 390, "height": 800})
    page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true })")
    page.wait_for_timeout(100)
    wide = page.locator(".formula, .highlight code").evaluate_all(
        "all => all.filter(e => e.scrollWidth > e.clientWidth).map(e => e.tabIndex)"
    )
    assert wide
    assert set(wide) == {0}


def test_the_math_font_waits_for_the_first_opened_answer(new_page: Open) -> None:
    page = new_page()
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url) if "formula" in request.url else None)
    page.goto(page.url + TOPIC)
    page.wait_for_timeout(300)
    assert fetched == []
    page.locator("details.q-a > summary").first.click()
    page.wait_for_timeout(300)
    assert len(fetched) <= 1, "none where a math font is installed"


def test_copied_formulas_are_tex(new_page: Open) -> None:
    page = new_page(f"{TOPIC}#gradient-descent-a")
    copied = page.evaluate("""() => {
        const math = document.querySelector('#gradient-descent-a p math:has(annotation)')
        getSelection().selectAllChildren(math.closest('p'))
        const data = new DataTransfer()
        document.dispatchEvent(new ClipboardEvent('copy', { clipboardData: data, bubbles: true, cancelable: true }))
        return [data.getData('text/plain'), math.querySelector('annotation').textContent]
    }""")
    assert f"${copied[1]}$" in copied[0]
