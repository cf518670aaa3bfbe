"""What a search costs a reader: requests, bytes and time of the real search box in a cold browser. Builds nothing."""

from __future__ import annotations

import json
import os
import re
import statistics
from dataclasses import dataclass
from pathlib import Path

import find_browser
from playwright.sync_api import Browser, Request, sync_playwright

from .server import serve

COLD_RUNS = 5
SETTLING = 500  # ms in which a page fetches what it wants of itself
PATIENCE = 60_000  # ms for a first result
PHONE = {"width": 390, "height": 800}

WATCH = """() => {
    const form = document.querySelector(".search")
    window.firstResult = new Promise(done => {
        let start
        form.addEventListener("focusin", () => { start ??= performance.now() })
        new MutationObserver(() => {
            if (form.querySelector("[role=option]")) done(performance.now() - start)
        }).observe(form, { childList: true, subtree: true })
    })
}"""

ASK = """async ([address, queries]) => {
    const [openEngine] = Object.values(await import(address))
    const engine = await openEngine(document.body.dataset.base)
    await engine.search(queries[0], 8)
    const times = []
    for (const query of queries) {
        const start = performance.now()
        await engine.search(query, 8)
        times.push(performance.now() - start)
    }
    return times
}"""


@dataclass(frozen=True)
class SearchFigures:
    """What a search costs on one site."""

    engine: str
    """`whole`, all questions in one file, or `chunked`, an index in many small files."""
    requests: int
    """Sent from the focus of the box until the first result shows; the median of the cold runs."""
    kilobytes: float
    """Bodies of their answers as sent, gzip where a host compresses, in 1000 bytes; the median of the cold runs."""
    first_result_ms: float
    """From the focus until the first result shows, in milliseconds; the median of the cold runs. No network is slower
    than this machine's own."""
    query_ms: float
    """Of one query that the warm engine is asked for the first time through its module, in milliseconds; with what it
    fetches for it; the median over the queries."""


def measure_search(site: Path, queries: list[str]) -> SearchFigures:
    """Serves a built site and drives its search. The first query is the one of the cold runs; it has to find something.

    Raises OSError where the site has no search or there is no browser, and Playwright's errors where nothing is found.
    """
    said = json.loads((site / "search.json").read_text(encoding="utf-8"))
    executable = find_browser.find()
    if not executable:
        raise OSError("no browser; run 'python scripts/find_browser.py --install'")
    sandbox = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with serve(site) as served, sync_playwright() as playwright:
        address = served.address
        browser = playwright.chromium.launch(executable_path=executable, args=sandbox)
        runs = [_first_result(browser, address, queries[0]) for _ in range(COLD_RUNS)]
        times = _warm_queries(browser, f"{address}assets/built/{_engine_module(site)}", address, queries)
        browser.close()
    requests, sizes, first = (statistics.median(column) for column in zip(*runs, strict=True))
    return SearchFigures(
        engine="chunked" if "chunks" in said else "whole",
        requests=round(requests),
        kilobytes=round(sizes / 1000, 1),
        first_result_ms=round(first, 1),
        query_ms=round(statistics.median(times), 2),
    )


def _first_result(browser: Browser, address: str, query: str) -> tuple[int, int, float]:
    """Requests, bytes and milliseconds in a context of its own, which has nothing in its cache."""
    context = browser.new_context(viewport=PHONE)  # type: ignore[arg-type]
    try:
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(address)
        page.wait_for_timeout(SETTLING)
        done: list[Request] = []
        page.on("requestfinished", lambda request: done.append(request))
        page.evaluate(WATCH)
        page.locator(".search input").focus()
        page.keyboard.insert_text(query)
        milliseconds = page.evaluate("() => window.firstResult")
        fetched = list(done)
        return len(fetched), sum(request.sizes()["responseBodySize"] for request in fetched), milliseconds
    finally:
        context.close()


def _warm_queries(browser: Browser, module: str, address: str, queries: list[str]) -> list[float]:
    context = browser.new_context(viewport=PHONE)  # type: ignore[arg-type]
    try:
        page = context.new_page()
        page.goto(address)
        times: list[float] = page.evaluate(ASK, [module, queries])
        return times
    finally:
        context.close()


def _engine_module(site: Path) -> str:
    """The file of the seam behind the box: the one script that names the index."""
    built = (site / "assets" / "built").glob("*.js")
    names = [file.name for file in built if re.search(r"search\.json", file.read_text(encoding="utf-8"))]
    if len(names) != 1:
        raise OSError(f"{len(names)} scripts name search.json, not one")
    return names[0]
