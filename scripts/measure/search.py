"""What the site's search takes in its real box: from the focus to the first result, and for a query. Judges no hit."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from statistics import median

from .browser import browser
from .server import serve

QUERIES = 50
PATIENCE = 60_000  # milliseconds for one answer; a slow machine is no failure

_ASK = """async text => {
    const input = document.querySelector('.search input')
    const answered = new Promise(done => {
        const watch = new MutationObserver(() => {
            if (input.value && document.querySelector('.search-results li')) { watch.disconnect(); done() }
        })
        watch.observe(document.querySelector('.search'), { childList: true, subtree: true, characterData: true })
    })
    const start = performance.now()
    input.focus()
    input.value = text
    input.dispatchEvent(new InputEvent('input', { bubbles: true }))
    await answered
    return performance.now() - start
}"""


@dataclass(frozen=True)
class SearchFigures:
    """What search takes: its engine, the requests and kB (of 1,000 bytes, compressed) from the focus to the first
    result, the milliseconds until it is there, and the median of a query's once everything is there."""

    engine: str
    requests: int
    kilobytes: float
    first_result_ms: float
    query_ms: float


def measure_search(site: Path, questions: list[str]) -> SearchFigures:
    """Asks a built site's box for words of some questions. Raises OSError without a browser."""
    queries = [" ".join(text.split()[-3:]).strip("?.,") for text in questions[:QUERIES]]
    with serve(site) as served, browser() as opened:
        tab = opened.new_page(viewport={"width": 1280, "height": 900})
        tab.set_default_timeout(PATIENCE)
        tab.goto(f"{served.address}about/decisions/")
        tab.wait_for_load_state("networkidle")
        served.take()
        first = tab.evaluate(_ASK, queries[0])
        asked = [request for request in served.take() if request.kind != "ahead"]
        times = [tab.evaluate(_ASK, query) for query in queries[1:]]
    size = sum(request.size for request in asked) / 1000
    return SearchFigures("MiniSearch", len(asked), round(size, 1), round(first, 1), round(median(times), 1))
