"""The whole site kept on a device, in a real browser: asked for, whole without a server, renewed, taken away.

Every test has a copy of a built site and a server of its own, so that it can change files, break answers and end it.
"""

from __future__ import annotations

import json
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import build_assets
import pytest
from playwright.sync_api import Browser, Page
from publish.offline import write_offline
from sites import BASE, GENERATORS, TOPIC, Handler, serve
from waiting import PATIENCE, until

Open = Callable[..., Page]
ID = "overfitting"
CHANGED = "about/decisions/"
ONCE = pytest.mark.parametrize("site", ["mkdocs"], indirect=True)
"""For what no generator has a part in."""

EVENTS = """() => new Promise((resolve, reject) => {
    const request = indexedDB.open('precision-and-recall')
    request.onerror = () => reject(request.error)
    request.onsuccess = () => {
        const all = request.result.transaction('events').objectStore('events').getAll()
        all.onsuccess = () => { request.result.close(); resolve(all.result) }
    }
})"""

REGISTERED = "navigator.serviceWorker.getRegistrations().then(all => all.map(one => one.scope))"
CACHES = "caches.keys().then(names => names.sort())"

COMPARE = """async files => {
    const wrong = [], { base } = document.body.dataset
    for (const [path, hash] of Object.entries(files)) {
        const answer = await fetch(base + path, { cache: 'no-store' }).catch(error => error)
        const bytes = new Uint8Array(answer.ok ? await crypto.subtle.digest('SHA-256', await answer.arrayBuffer()) : 0)
        const found = [...bytes.slice(0, 6)].map(byte => byte.toString(16).padStart(2, '0')).join('')
        if (found !== hash) wrong.push(`${path}: ${found || answer.status || answer}`)
    }
    return wrong
}"""
"""The files of a list that are not kept, or in another state than the list says. Past the browser's own cache."""

UPDATE = """async () => {
    const registration = await navigator.serviceWorker.getRegistration()
    await registration.update()
    const coming = registration.installing
    if (!coming) return 'none'
    await new Promise(resolve => {
        const look = () => { if (coming.state !== 'installing') resolve() }
        coming.addEventListener('statechange', look)
        look()
    })
    return coming.state
}"""
"""Looks for a new version as the browser does by itself now and then, and says what became of it."""


class Desk:
    """A server of a copy of the site: notes what it is asked for, and answers badly, late or not where a test says."""

    def __init__(self, site: Path) -> None:
        self.site = site
        self.asked: list[str] = []
        self.answers: dict[str, int] = {}
        self.held: dict[str, threading.Event] = {}
        self.ended = False
        self._serving = ExitStack()
        self.address = self._serving.enter_context(serve(site))

    def answer(self, handler: Handler, usual: Callable[[Handler], None]) -> None:
        path = handler.path.partition("?")[0].removeprefix(BASE)
        if self.ended:  # over a connection that the browser had opened ahead
            handler.close_connection = True
            return
        self.asked.append(path)
        del handler.headers["If-Modified-Since"]  # in seconds; two versions of a test lie closer together
        if path in self.held:
            self.held[path].wait(PATIENCE)
        if status := self.answers.get(path):
            handler.send_response(status)
            handler.send_header("Location", f"{BASE}404.html")
            handler.end_headers()
        else:
            usual(handler)

    def end(self) -> None:
        self.ended = True
        self._serving.close()

    def listed(self) -> dict[str, Any]:
        return json.loads((self.site / "offline.json").read_text(encoding="utf-8"))

    def publish(self, word: str, path: str = CHANGED, *, off: bool = False) -> dict[str, Any]:
        """Puts a word into the title of a page and writes list and worker as a build does."""
        page = self.site / path / "index.html"
        page.write_text(re.sub("</h1>", f" {word}</h1>", page.read_text(encoding="utf-8"), count=1), encoding="utf-8")
        for name in ("worker.js", "worker-off.js"):
            shutil.copy(build_assets.BUILT / name, self.site / "assets" / "built")
        write_offline(self.site, off=off)
        return self.listed()


@pytest.fixture(params=GENERATORS)
def site(request: pytest.FixtureRequest, sites: dict[str, Path], tmp_path: Path) -> Path:
    return Path(shutil.copytree(sites[request.param], tmp_path / "site"))


@pytest.fixture
def desk(site: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """Answers may be kept for ten minutes without asking again, as where the site is published."""
    made = Desk(site)
    usual, headers = Handler.do_GET, Handler.end_headers

    def keep_a_while(handler: Handler) -> None:
        handler.send_header("Cache-Control", "max-age=600")
        headers(handler)

    monkeypatch.setattr(Handler, "do_GET", lambda handler: made.answer(handler, usual))
    monkeypatch.setattr(Handler, "end_headers", keep_a_while)
    yield made
    made.end()


@pytest.fixture
def address(desk: Desk) -> str:
    """In place of the shared one: `new_page` opens the copy."""
    return desk.address


def lone_page(browser: Browser) -> Page:
    """For what ends in the console, as broken answers do; `new_page` allows no word there."""
    page = browser.new_page()
    page.set_default_timeout(30_000)
    return page


def said(page: Page, words: str) -> None:
    page.locator(".app .app-state", has_text=words).wait_for()


def press(page: Page, words: str) -> None:
    page.locator(".app button", has_text=words).click()


def keep(page: Page) -> None:
    press(page, "Keep the whole site")
    said(page, "is kept on this device")


def title(page: Page) -> str:
    return page.locator("h1").inner_text()


def grade(page: Page, address: str) -> list[dict[str, Any]]:
    """Something for the reader's log. Gives the log."""
    page.goto(f"{address}{TOPIC}#{ID}-a")
    page.locator(f"[id='{ID}-a'] .grade button", has_text="Good").click()
    until(page, f"({EVENTS})().then(all => all.length === 1)")
    return page.evaluate(EVENTS)


def others(desk: Desk) -> list[str]:
    """Caches of the same origin that are not ours: of another site made of this repository, and of anybody."""
    return [f"precision-and-recall {desk.address}fork/ 0123456789ab", "somebody else's"]


def open_others(page: Page, desk: Desk) -> None:
    fill = "names => Promise.all(names.map(async name => (await caches.open(name)).put('/x', new Response('x'))))"
    page.evaluate(fill, others(desk))


def cache(desk: Desk) -> str:
    return f"precision-and-recall {desk.address} {desk.listed()['version']}"


def caches_are(page: Page, names: list[str]) -> None:
    wanted = json.dumps(sorted(names), separators=(",", ":"))
    until(page, f"{CACHES}.then(names => JSON.stringify(names) === {json.dumps(wanted)})")


def test_nothing_is_kept_before_the_reader_asks(new_page: Open, desk: Desk) -> None:
    listed = {**desk.listed(), "bytes": 1_460_000}
    (desk.site / "offline.json").write_text(json.dumps(listed), encoding="utf-8")
    page = new_page()
    for path in ("", TOPIC, "practice/review/", "practice/offline/"):
        page.goto(desk.address + path)
        page.wait_for_load_state("networkidle")
        assert page.evaluate(f"() => {REGISTERED}") == []
        assert page.evaluate(f"() => {CACHES}") == []
    total = len(listed["files"])
    said(page, f"{total} files, about 1.5 MB to download.")
    button = page.locator(".app button")
    assert button.all_inner_texts() == ["Keep the whole site on this device (1.5 MB)"]
    assert "sw.js" not in desk.asked
    assert desk.asked.count("offline.json") == 1, "only the page about it asks how much it is"

    late = desk.held["404.html"] = threading.Event()
    button.click()
    said(page, "Fetching the site …")
    page.locator(".app", has_text=f"{total - 1} of {total} files").wait_for()
    bar = page.locator(".app progress")
    assert bar.evaluate("bar => [bar.value, bar.max]") == [total - 1, total]
    assert bar.get_attribute("aria-label")
    assert page.evaluate("() => navigator.serviceWorker.controller") is None, "nothing is answered from half a copy"
    late.set()
    said(page, "The whole site is kept on this device.")
    assert page.evaluate(f"() => {REGISTERED}") == [desk.address]
    assert page.evaluate(f"() => {CACHES}") == [f"precision-and-recall {desk.address} {listed['version']}"]
    assert set(desk.asked) <= {"sw.js", "offline.json", *listed["files"]}


def test_every_page_opens_without_a_server(new_page: Open, desk: Desk) -> None:
    study = desk.site / "study.json"
    index = json.loads(study.read_text(encoding="utf-8"))
    study.write_text(json.dumps({**index, "heirs": {"old-name": ID}}), encoding="utf-8")
    files = desk.publish("kept")["files"]
    page = new_page("practice/offline/")
    keep(page)
    desk.end()
    assert page.evaluate(COMPARE, files) == []

    pages = sorted(path for path in files if path.endswith("/") or not path)
    kinds = {path.partition("/")[0]: path for path in pages}
    for path in [*kinds.values(), *pages[:: len(pages) // 10]]:
        page.goto(desk.address + path)
        assert page.locator("h1").count() == 1, path
        page.locator("article *").first.wait_for()
        until(page, "getComputedStyle(document.body).backgroundColor !== 'rgba(0, 0, 0, 0)'")
        assert title(page) != "This page does not exist", path

    page.goto(desk.address + CHANGED.rstrip("/") + "?a=b#main")
    assert title(page).endswith("kept")
    assert page.url == f"{desk.address}{CHANGED}?a=b#main", "else no relative link of it leads where it should"
    page.goto(f"{desk.address}{TOPIC}?h=validation#{ID}-a")
    page.locator(f"[id='{ID}-a'] mark", has_text="validation").first.wait_for()
    for name in (ID, "old-name"):
        for end in ("/", ""):
            page.goto(f"{desk.address}q/{name}{end}")
            assert page.url == f"{desk.address}{TOPIC}#{ID}-a"
            page.locator(f"[id='{ID}-a'] .q-short").wait_for()
    for wrong in ("questions/overfiting/", "q/overfiting/", "about/nothing"):
        page.goto(desk.address + wrong)
        assert title(page) == "This page does not exist"
        assert page.url == desk.address + wrong
    page.goto(desk.address + "questions/overfiting/")
    page.locator("[data-missing] a").first.wait_for()


@ONCE
def test_search_review_quiz_and_mock_work_without_a_server(new_page: Open, desk: Desk) -> None:
    page = new_page("practice/offline/")
    keep(page)
    desk.end()
    page.goto(desk.address)
    page.locator(".search input").fill("overfitting")
    page.locator(".search-said", has_text=re.compile(r"\d+ question")).wait_for()
    page.keyboard.press("Enter")
    page.locator(".q mark").first.wait_for()

    page.goto(desk.address + "practice/review/")
    said(page, "new today")
    page.locator(".setup button").first.click()
    page.locator(".card-show").click()
    page.locator(".card-sheet .q-short").wait_for()
    page.locator("[data-grade='3']").click()
    until(page, f"({EVENTS})().then(all => all.length === 1)")
    page.locator(".card-place", has_text="2 of").wait_for()

    page.goto(desk.address + "practice/quiz/")
    page.locator(".setup button").first.click()
    page.locator(".app .quiz .option").first.wait_for()

    page.goto(desk.address + "practice/mock/")
    page.locator(".setup button").first.click()
    page.locator(".card-title").wait_for()
    page.locator(".mock-next").click()
    page.locator(".card-place", has_text="Question 2").wait_for()
    page.goto(desk.address + "practice/progress/")
    page.locator(".app h2", has_text="Your data").wait_for()


def test_a_new_version_waits_until_the_reader_lets_it_in(new_page: Open, desk: Desk) -> None:
    before = new_page(CHANGED)
    tab = before.context.new_page()
    log = grade(tab, desk.address)
    tab.goto(desk.address + "practice/offline/")
    open_others(tab, desk)
    keep(tab)
    tab.goto(desk.address + CHANGED)
    old = title(tab)
    desk.asked.clear()

    desk.publish("renewed")
    tab.reload()
    prompt = tab.locator(".new-version[role=status]", has_text="A new version of the site is ready.")
    prompt.wait_for()
    before.locator(".new-version").wait_for()
    assert sorted(path for path in desk.asked if path != "sw.js") == [CHANGED, "offline.json"]
    tab.reload()
    prompt.wait_for()
    assert tab.locator(".new-version").count() == 1
    assert [title(tab), title(before)] == [old, old], "until the reader lets it in"

    prompt.locator("button", has_text="Reload").click()
    for page in (tab, before):
        page.locator("h1", has_text=f"{old} renewed").wait_for()
        until(page, "navigator.serviceWorker.getRegistration().then(one => !one.waiting)")
        assert page.locator(".new-version").count() == 0
    caches_are(tab, [*others(desk), cache(desk)])
    desk.end()
    assert tab.evaluate(COMPARE, desk.listed()["files"]) == []
    assert tab.evaluate(EVENTS) == log


@ONCE
def test_looking_for_a_new_version(new_page: Open, desk: Desk) -> None:
    """On the very page where the site was kept, which began without a service worker."""
    page = new_page("practice/offline/")
    keep(page)
    press(page, "Look for a new version")
    said(page, "This is the newest version.")
    desk.publish("second")
    press(page, "Look for a new version")
    said(page, "A new version is coming; you will be asked before it comes in.")
    page.locator(".new-version").wait_for()
    desk.asked.clear()
    desk.publish("third", "about/errata/")
    assert page.evaluate(UPDATE) == "installed"
    assert set(desk.asked) == {"sw.js", "offline.json", "about/errata/"}, "the rest is taken from the one that waits"
    with page.expect_event("load"):
        page.locator(".new-version button:first-of-type").click()
    for path, word in ((CHANGED, "second"), ("about/errata/", "third")):
        page.goto(desk.address + path)
        assert title(page).endswith(word)
    caches_are(page, [cache(desk)])


@ONCE
def test_what_is_published_badly_leaves_the_old_version_whole(browser: Browser, desk: Desk) -> None:
    page = lone_page(browser)
    page.goto(desk.address + "practice/offline/")
    keep(page)
    old = desk.listed()
    for number, (path, status) in enumerate(((CHANGED, 404), (CHANGED, 500), (CHANGED, 302), ("offline.json", 500))):
        desk.publish(str(number))
        desk.answers = {path: status}
        assert page.evaluate(UPDATE) == "redundant", (path, status)
        assert page.evaluate(COMPARE, old["files"]) == [], (path, status)
        assert page.evaluate(f"() => {CACHES}") == [f"precision-and-recall {desk.address} {old['version']}"]
    desk.answers = {}
    text = (desk.site / "offline.json").read_text(encoding="utf-8")
    (desk.site / "offline.json").write_text(json.dumps(old), encoding="utf-8")
    assert page.evaluate(UPDATE) == "redundant", "the worker of one version with the list of another"
    assert page.evaluate(COMPARE, old["files"]) == []
    (desk.site / "offline.json").write_text(text, encoding="utf-8")
    assert page.evaluate(UPDATE) == "installed"
    desk.end()
    assert page.evaluate(COMPARE, old["files"]) == []
    page.context.close()


@ONCE
def test_a_version_that_is_kept_already_is_not_fetched_again(browser: Browser, desk: Desk) -> None:
    """Its cache is the one that answers, so nothing may be taken out of it when the network fails."""
    page = lone_page(browser)
    page.goto(desk.address + "practice/offline/")
    keep(page)
    old = desk.listed()
    folder = shutil.copytree(desk.site, desk.site.with_name("old"))
    for change in ("another worker for the same files", "a version taken back"):
        if change.startswith("another"):
            (desk.site / "sw.js").write_bytes((desk.site / "sw.js").read_bytes() + b"// mended")
        else:
            desk.publish("mistaken")
            assert page.evaluate(UPDATE) == "installed"
            shutil.copytree(folder, desk.site, dirs_exist_ok=True)
        desk.asked.clear()
        desk.answers = dict.fromkeys(old["files"], 500)
        assert page.evaluate(UPDATE) == "installed", change
        assert set(desk.asked) == {"sw.js", "offline.json"}, change
        assert page.evaluate(COMPARE, old["files"]) == [], change
        desk.answers = {}
    with page.expect_event("load"):
        page.locator(".new-version button:first-of-type").click()
    caches_are(page, [cache(desk)])
    assert page.evaluate(COMPARE, old["files"]) == []
    page.context.close()


@ONCE
def test_a_copy_that_fails_leaves_nothing_and_can_be_tried_again(browser: Browser, desk: Desk) -> None:
    page = lone_page(browser)
    page.goto(desk.address + "practice/offline/")
    session = page.context.new_cdp_session(page)
    origin = {"origin": desk.address.removesuffix(BASE)}
    for broken, words in (
        ({"search.json": 500}, "The connection broke; nothing was kept."),
        ({"offline.json": 500}, "It could not be kept; nothing has changed."),
        ({"sw.js": 404}, "It could not be kept; nothing has changed."),
    ):
        desk.answers = broken
        page.locator(".app button").press("Enter")
        said(page, words)
        page.locator(".app button", has_text="Try again").wait_for()
        assert page.evaluate("() => document.activeElement.className") == "app-state", "the pressed button is gone"
        assert page.evaluate(f"() => {REGISTERED}") == []
        caches_are(page, [])
    desk.answers = {}
    session.send("Storage.overrideQuotaForOrigin", {**origin, "quotaSize": 200_000})
    press(page, "Try again")
    said(page, "This device has no room for it; nothing was kept.")
    caches_are(page, [])
    session.send("Storage.overrideQuotaForOrigin", origin)
    press(page, "Try again")
    said(page, "The whole site is kept on this device.")
    desk.end()
    assert page.evaluate(COMPARE, desk.listed()["files"]) == []
    page.context.close()


def take_away(page: Page, desk: Desk) -> None:
    press(page, "Take it away again")
    page.locator(".app button", has_text="Keep the whole site").wait_for()
    assert page.evaluate(f"() => {REGISTERED}") == []
    page.evaluate("() => fetch('../../study.json').then(answer => answer.text())")  # the worker still hears of it
    caches_are(page, others(desk))


@ONCE
def test_taking_it_away_takes_only_the_copy(new_page: Open, desk: Desk) -> None:
    page = new_page()
    log = grade(page, desk.address)
    open_others(page, desk)
    page.goto(desk.address + "practice/offline/")
    keep(page)
    take_away(page, desk)
    with page.expect_event("load"):  # the worker of the first copy answers this page as long as it is open
        press(page, "Keep the whole site")
    said(page, "is kept on this device")
    caches_are(page, [*others(desk), cache(desk)])
    assert page.evaluate(COMPARE, desk.listed()["files"]) == []
    take_away(page, desk)
    assert page.evaluate(EVENTS) == log
    page.goto(desk.address + CHANGED)
    assert page.evaluate("() => navigator.serviceWorker.controller") is None
    caches_are(page, others(desk))


@ONCE
def test_the_kill_switch(new_page: Open, desk: Desk) -> None:
    page = new_page()
    log = grade(page, desk.address)
    open_others(page, desk)
    page.goto(desk.address + "practice/offline/")
    keep(page)
    page.goto(desk.address + CHANGED)
    desk.publish("without", off=True)
    page.evaluate("() => navigator.serviceWorker.getRegistration().then(one => one.update())")
    page.locator("h1", has_text="without").wait_for()
    page.goto(desk.address)  # away from a page that may be loaded twice, by its script and by the worker
    until(page, f"{REGISTERED}.then(all => all.length === 0)")
    assert page.evaluate("() => navigator.serviceWorker.controller") is None
    caches_are(page, others(desk))
    page.goto(desk.address + "practice/offline/")
    said(page, "Keeping the site is switched off at the moment.")
    assert page.locator(".app button").count() == 0
    assert page.evaluate(EVENTS) == log


@ONCE
@pytest.mark.parametrize(
    "lack",
    [
        "delete Navigator.prototype.serviceWorker",
        "Object.defineProperty(globalThis, 'isSecureContext', { value: false })",
        "ServiceWorkerContainer.prototype.getRegistration = async () => { throw new DOMException('', 'NotAllowed') }",
    ],
    ids=["none", "insecure", "refused"],
)
def test_a_browser_that_cannot_keep_it_is_told_so(new_page: Open, lack: str) -> None:
    page = new_page()
    page.add_init_script(lack)
    page.goto(page.url + "practice/offline/")
    said(
        page, "This browser cannot keep a site: it needs service workers, which private windows and old browsers lack."
    )
    assert page.locator(".app button").count() == 0
    page.goto(page.url.replace("offline", "progress"))
    page.locator(".app button", has_text="Delete everything").click()
    with page.expect_event("load"):  # after everything is deleted
        page.locator(".app button", has_text=re.compile("^Delete$")).click()


@ONCE
def test_a_page_can_name_one_other_script_and_no_more(browser: Browser, desk: Desk) -> None:
    page = lone_page(browser)
    for path in ("", TOPIC, "practice/offline/", "404.html"):
        page.goto(desk.address + path)
        policy = page.locator("meta[http-equiv]").first.get_attribute("content") or ""
        assert "trusted-types offline;" in f"{policy};"
        assert "allow-duplicates" not in policy
        allowed = """names => names.filter(name => {
            try { return trustedTypes.createPolicy(name, { createScriptURL: text => text }) } catch { return false }
        })"""
        assert page.evaluate(allowed, ["default", "other", "offline", "offline", "offline2"]) == ["offline"]
        register = "() => navigator.serviceWorker.register('/study/sw.js').then(() => 'done', error => error.name)"
        assert page.evaluate(register) == "TypeError", "a string is no address of a script"
    page.context.close()
