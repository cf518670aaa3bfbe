"""What the pages' policy lets through: nothing that a page's text could bring, and all that the site itself needs."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from publish.policy import prerendering
from sites import BASE, TOPIC, Handler
from waiting import until

REDIRECT = re.compile(r'location\.replace\("\.\./\.\./[\w/-]+#[\w-]+"\)')

MAKE = "const made = document.createElement('{tag}'); Object.assign(made, {given}); document.body.append(made)"
"""An element as a page's text might bring it."""

ATTACKS = {
    "an inline script": MAKE.format(tag="script", given="{ textContent: 'tripped = 1' }"),
    "an event attribute": "document.body.setAttribute('onclick', 'tripped = 1'); document.body.click()",
    "a script of another site": MAKE.format(tag="script", given="{ src: 'https://x.example/x.js' }"),
    "markup in a string": "document.body.innerHTML = '<img src=x onerror=\"tripped = 1\">'",
    "a script address": MAKE.format(tag="a", given="{ href: 'javascript:tripped=1' }") + "; made.click()",
    "a style sheet in the page": MAKE.format(tag="style", given="{ textContent: 'body { outline: 9px solid }' }"),
    "a picture of another site": MAKE.format(tag="img", given="{ src: 'https://x.example/x.png' }"),
    "a request to another site": "fetch('https://x.example/').catch(() => {})",
    "a frame of another site": MAKE.format(tag="iframe", given="{ src: 'https://x.example/' }"),
    "a form to another site": MAKE.format(tag="form", given="{ action: 'https://x.example/' }") + "; made.submit()",
    "another base for links": MAKE.format(tag="base", given="{ href: 'https://x.example/' }"),
}


def pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


@pytest.mark.parametrize("generator", ["mkdocs", "zensical"])
def test_every_page_has_a_policy_before_all_it_governs(sites: dict[str, Path], generator: str) -> None:
    for file in pages(sites[generator]):
        head = file.read_text(encoding="utf-8")[:1500]
        policy = re.search(r"<meta [^>]*Content-Security-Policy[^>]*>", head)
        assert policy, file
        assert head.index(policy[0]) < min(head.find(tag) % 10**6 for tag in ("<script", "<link", "<title")), file
        assert "unsafe-inline" not in re.sub(r"style-src-attr '\w+-\w+'", "", policy[0])
        assert "unsafe-eval" not in policy[0]


@pytest.mark.parametrize("generator", ["mkdocs", "zensical"])
def test_no_page_holds_a_script_that_runs(sites: dict[str, Path], generator: str) -> None:
    for file in pages(sites[generator]):
        scripts = re.findall(r"<script([^>]*)>(.*?)</script>", file.read_text(encoding="utf-8"), re.DOTALL)
        inline = [(kind, text) for kind, text in scripts if "src=" not in kind and "speculationrules" not in kind]
        if file.parent.parent.name == "q":
            assert [bool(REDIRECT.fullmatch(text)) for _, text in inline] == [True]
        else:
            assert inline == []


@pytest.mark.parametrize("name", ATTACKS)
def test_what_slipped_into_a_page_is_refused(browser: Browser, addresses: dict[str, str], name: str) -> None:
    """As if a page's text had brought it, past every rule and past the renderer."""
    page = browser.new_page()
    asked: list[str] = []
    page.goto(addresses["mkdocs"] + TOPIC)
    page.on("requestfinished", lambda request: asked.append(request.url))
    page.on("requestfailed", lambda request: request.failure == "csp" or asked.append(request.url))
    page.evaluate(
        f"""() => {{
            window.refused = 0
            addEventListener("securitypolicyviolation", () => {{ refused++ }})
            try {{ {ATTACKS[name]} }} catch {{ refused++ }}
        }}"""
    )
    until(page, "refused > 0")
    assert page.evaluate("() => window.tripped") is None
    assert page.evaluate("() => getComputedStyle(document.body).outlineWidth") != "9px"
    assert [url for url in asked if "x.example" in url] == []
    page.context.close()


def test_the_next_page_is_prerendered(
    browser: Browser, addresses: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The policy allows it: a request with this purpose comes while the pointer rests on a link."""
    purposes: dict[str, str] = {}
    answer = Handler.do_GET

    def note(handler: Handler) -> None:
        purposes[handler.path] = handler.headers.get("Sec-Purpose", "")
        answer(handler)

    monkeypatch.setattr(Handler, "do_GET", note)
    page = browser.new_page()
    page.goto(addresses["mkdocs"])
    page.locator(".cards a").first.hover()
    deadline = time.monotonic() + 10
    while not any(purposes.values()) and time.monotonic() < deadline:
        page.wait_for_timeout(100)
    assert {path for path, purpose in purposes.items() if "prerender" in purpose} == {f"{BASE}questions/"}
    page.context.close()


def test_pages_that_work_by_themselves_are_not_prerendered() -> None:
    inside, outside = json.loads(prerendering("https://acme.github.io/study/"))["prerender"][0]["where"]["and"]
    assert inside == {"href_matches": "/study/*"}
    assert outside == {"not": {"href_matches": "/study/practice/*"}}
    assert '"href_matches":"/*"' in prerendering("")
