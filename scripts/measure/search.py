"""What a search costs a reader: requests, bytes and time of the real search box in a cold browser. Builds nothing."""

from __future__ import annotations

import functools
import gzip
import http.server
import json
import os
import re
import statistics
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

import find_browser
from playwright.sync_api import Browser, Request, sync_playwright

BASE = "/study/"
COLD_RUNS = 5
SETTLING = 500  # ms in which a page fetches what it wants of itself
PATIENCE = 60_000  # ms for a first result
PHONE = {"width": 390, "height": 800}
PACKED = (".html", ".js", ".css", ".json", ".svg", ".txt", ".xml", ".webmanifest")  # what hosts compress

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
    with serve(site) as address, sync_playwright() as playwright:
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


@contextmanager
def serve(site: Path) -> Iterator[str]:
    """The address below which a site is served as a host of static files does: compressed with gzip -6."""
    serving = functools.partial(_Handler, directory=str(site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), serving)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{BASE}"
    finally:
        server.shutdown()
        server.server_close()


class _Handler(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # one connection for many files, as hosts do

    def do_GET(self) -> None:
        below = self.path.partition("?")[0].removeprefix(BASE)
        file = (
            Path(self.directory, below, "index.html")
            if not below or below.endswith("/")
            else Path(self.directory, below)
        )
        if not self.path.startswith(BASE) or not file.is_file():
            return self.send_error(HTTPStatus.NOT_FOUND)
        body = file.read_bytes()
        self.send_response(HTTPStatus.OK)
        if file.suffix in PACKED:
            body = gzip.compress(body, 6, mtime=0)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=600")
        self.end_headers()
        self.wfile.write(body)
        return None

    def log_message(self, *arguments: object) -> None:
        pass


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
