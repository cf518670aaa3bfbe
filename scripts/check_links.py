#!/usr/bin/env python3
"""Visits every https link of the pages, politely, and prints those that lead nowhere or have moved. Changes nothing.

An address that refuses programs (401, 403, 429) may well open for a reader: it is counted, and printed with --all only.
"""

from __future__ import annotations

import argparse
import http.client
import os
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

# Works from any folder, also without the virtual environment's .pth file.
sys.path.insert(0, str(Path(__file__).resolve().parent))

from bank.library import load_bank
from bank.model import Page

REPOSITORY = os.environ.get("GITHUB_REPOSITORY", "")
AGENT = "Mozilla/5.0 (compatible; link-check" + (f"; +https://github.com/{REPOSITORY})" if REPOSITORY else ")")
REFUSED = (
    401,
    403,
    405,
    406,
    418,
    429,
    451,
    999,
)  # the server is there, and does not talk to programs or to this place
MOVED = (301, 308)  # for good; other redirects are followed without a word
REDIRECTS = (301, 302, 303, 307, 308)
HOPS = 6
LONGEST_WAIT = 60  # seconds that a server may ask us to wait


@dataclass(frozen=True)
class Visit:
    """How a visit ended: a status, or 0 with the reason; and where to, if the address has moved for good."""

    status: int
    reason: str = ""
    moved_to: str = ""

    @property
    def refused(self) -> bool:
        """Whether the server only does not want programs."""
        return self.status in REFUSED

    @property
    def good(self) -> bool:
        """Whether a reader gets a page, from this very address."""
        return 200 <= self.status < 300 and not self.moved_to

    def __str__(self) -> str:
        return str(self.status or self.reason)


@dataclass(frozen=True)
class Manners:
    """How long to wait: for an answer, between two visits to one host, and how often to try."""

    timeout: float = 20
    delay: float = 1
    tries: int = 3


def main(argv: list[str] | None = None) -> int:
    """Exit status: 0 every link is good, 1 some are not, 2 wrong usage."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0], epilog="Exit status: 0 good, 1 not, 2 usage.")
    parser.add_argument("--all", action="store_true", help="print the good and the refused links too")
    parser.add_argument("--pool", type=int, default=8, help="how many hosts are visited at once; 8")
    parser.add_argument("--timeout", type=float, default=Manners.timeout, help="seconds for an answer; 20")
    parser.add_argument("--delay", type=float, default=Manners.delay, help="seconds between visits to a host; 1")
    parser.add_argument("--tries", type=int, default=Manners.tries, help="visits before giving up; 3")
    options = parser.parse_args(argv)
    if options.pool < 1 or options.tries < 1 or options.timeout <= 0 or options.delay < 0:
        parser.error("--pool and --tries are at least 1, --timeout is above 0, --delay is not below")
    places = sorted(links(load_bank().pages.values()))
    found = visit_all(
        {url for _, _, url in places}, options.pool, Manners(options.timeout, options.delay, options.tries)
    )
    bad = 0
    for path, line, url in places:
        visit = found[url]
        bad += not (visit.good or visit.refused)
        if options.all or not (visit.good or visit.refused):
            moved = f" -> {visit.moved_to}" if visit.moved_to else ""
            print(f"docs/{path}:{line}: {visit} {url}{moved}")
    refused = sum(visit.refused for visit in found.values())
    print(f"{len(found)} addresses, {bad} links to mend, {refused} addresses refuse programs", file=sys.stderr)
    return 1 if bad else 0


def links(pages: Iterable[Page]) -> Iterator[tuple[str, int, str]]:
    """Each https link with its page and line."""
    for page in pages:
        for line, href in page.links():
            if href.startswith("https://"):
                yield page.path, line, href


def visit_all(urls: Iterable[str], pool: int, manners: Manners) -> dict[str, Visit]:
    """How each visit ended. Hosts are visited at the same time, the addresses of one host one after the other."""
    hosts: dict[str, list[str]] = {}
    for url in sorted(urls):
        hosts.setdefault(urlsplit(url).netloc.lower(), []).append(url)
    with ThreadPoolExecutor(pool) as workers:
        found = workers.map(lambda group: _visit_host(group, manners), hosts.values())
    return {url: visit for group in found for url, visit in group.items()}


def _visit_host(urls: list[str], manners: Manners) -> dict[str, Visit]:
    known: dict[str, Visit] = {}  # addresses that differ in their fragment are one page
    found = {}
    for url in urls:
        address = urldefrag(url).url
        if address not in known:
            if known:
                time.sleep(manners.delay)
            known[address] = visit(address, manners)
        found[url] = known[address]
    return found


def visit(url: str, manners: Manners) -> Visit:
    """Asks for the head, else for the page, and later again where the server is in trouble."""
    result = Visit(0, "not tried")
    for number in range(manners.tries):
        wait = manners.delay * 2**number
        for method in ("HEAD", "GET"):
            result, asked = _follow(url, method, manners.timeout)
            if 200 <= result.status < 300:
                return result
            wait = max(wait, asked)
            if result.status == 429:
                break  # asking again at once is what it asks us not to do
        if result.status and result.status < 500 and result.status != 429:
            return result  # a clear answer does not change by asking again
        if number + 1 < manners.tries:
            time.sleep(min(wait, LONGEST_WAIT))
    return result


def _follow(url: str, method: str, timeout: float) -> tuple[Visit, float]:
    """Where an address leads in the end, and how many seconds the server asks to wait."""
    here, moved, for_good = url, "", True
    for _ in range(HOPS):
        status, headers, reason = _ask(here, method, timeout)
        target = headers.get("Location") if headers else None
        if status not in REDIRECTS or not target:
            return Visit(status, reason, moved if status < 400 else ""), _seconds(headers)
        here = urljoin(here, target)
        if urlsplit(here).scheme not in ("https", urlsplit(url).scheme):
            return Visit(0, "leads away from https"), 0
        for_good = for_good and status in MOVED  # after a step that may change, nothing is said for good
        moved = here if for_good else moved
    return Visit(0, "redirects without end"), 0


class _Still(urllib.request.HTTPRedirectHandler):
    """Follows nothing, so that each step is seen."""

    def redirect_request(self, *_: object) -> None:
        return None


_opener = urllib.request.build_opener(_Still)


def _ask(url: str, method: str, timeout: float) -> tuple[int, Message | None, str]:
    """Status and headers of one request; 0 and the reason where there is no answer."""
    try:
        request = urllib.request.Request(url, method=method, headers={"User-Agent": AGENT, "Accept": "*/*"})
        with _opener.open(request, timeout=timeout) as answer:  # the body is not read
            return answer.status, answer.headers, ""
    except urllib.error.HTTPError as error:
        error.close()
        return error.code, error.headers, ""
    except urllib.error.URLError as error:
        return 0, None, _short(error.reason)
    except (OSError, http.client.HTTPException, ValueError) as error:
        return 0, None, _short(error)


def _short(reason: object) -> str:
    """One line of words for what went wrong."""
    if isinstance(reason, TimeoutError):
        return "no answer"
    return " ".join(str(reason).split())[:100] or type(reason).__name__


def _seconds(headers: Message | None) -> float:
    """What Retry-After says in seconds; its other form, a date, is rare and not worth a clock."""
    value = (headers.get("Retry-After") or "") if headers else ""
    return float(value) if value.isascii() and value.isdigit() else 0


if __name__ == "__main__":
    raise SystemExit(main())
