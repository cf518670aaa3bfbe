"""What a phone fetches for a page, the first time and for the next one. Measures bytes and requests, no time."""

from __future__ import annotations

import gzip
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from .browser import PHONE, browser
from .server import LEVEL, Request, Served, serve
from .workshop import Workshop, say

SETTLED = 1_500  # milliseconds after the network's silence, for what a page fetches when it is idle
HOME, INDEX, REVIEW, QUIZ = "", "questions/", "practice/review/", "practice/quiz/"
COMPANIES = ("companies/google/", "companies/meta/")


@dataclass(frozen=True)
class View:
    """What a visit to a page fetched: bytes of bodies as sent and requests, by kind, without what is fetched ahead."""

    label: str
    page: str
    bytes: dict[str, int]
    requests: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.bytes.values())


def measure_views(shop: Workshop) -> dict[str, Any]:
    """First and next views of the real site's pages, and of plain Material's median page. Raises OSError."""
    project = shop.project("real")
    ours, plain = shop.site(project, "ours"), shop.site(project, "plain")
    with serve(ours) as served, browser() as opened:
        pages = question_pages(ours)
        firsts = []
        for number, page in enumerate(pages, 1):
            firsts.append(_visits(opened, served, [("question", page)])[0])
            if number % 10 == 0 or number == len(pages):
                say(f"views: {number} of {len(pages)} pages of questions")
        firsts.sort(key=lambda view: (view.total, view.page))
        middle = firsts[len(firsts) // 2].page
        other = firsts[len(firsts) // 2 - 1].page
        tours = {
            "home": [HOME, middle],
            "question": [middle, other],
            "company": list(COMPANIES),
            "index": [INDEX, middle],
            "review": [REVIEW, QUIZ],
        }
        views = [_visits(opened, served, [(label, page) for page in tour]) for label, tour in tours.items()]
    with serve(plain) as served, browser() as opened:
        pages = by_weight(plain)
        tour = [pages[len(pages) // 2], pages[len(pages) // 2 - 1]]
        yardstick = _visits(opened, served, [("plain", page) for page in tour])
    return {
        "rows": [{"first": asdict(first), "next": asdict(after)} for first, after in [*views, yardstick]],
        "question_pages": len(firsts),
        "lightest": firsts[0].total,
        "heaviest": firsts[-1].total,
        "heaviest_page": firsts[-1].page,
        "source": _weight(project.root / "docs" / f"{middle.removesuffix('/')}.md"),
    }


def question_pages(site: Path) -> list[str]:
    """The addresses of the pages of questions of a built site."""
    return sorted(f"{file.parent.relative_to(site).as_posix()}/" for file in site.glob("questions/*/*/index.html"))


def by_weight(site: Path) -> list[str]:
    """Those addresses, the lightest HTML first."""
    return sorted(question_pages(site), key=lambda page: (_weight(site / page / "index.html"), page))


def middle_page(site: Path) -> str:
    """The page of questions whose HTML is of median weight."""
    pages = by_weight(site)
    return pages[len(pages) // 2]


def sorted_out(label: str, page: str, requests: list[Request]) -> View:
    """The requests of a visit by kind."""
    sizes: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    for request in requests:
        if request.kind != "ahead":
            sizes[request.kind] += request.size
            counts[request.kind] += 1
    return View(label, page, dict(sorted(sizes.items())), dict(sorted(counts.items())))


def _visits(opened: Any, served: Served, tour: list[tuple[str, str]]) -> list[View]:
    """Visits pages one after the other with one cache, empty at first."""
    context = opened.new_context(**PHONE)
    try:
        tab = context.new_page()
        views = []
        served.take()
        for label, page in tour:
            tab.goto(served.address + page)
            tab.wait_for_load_state("networkidle")
            tab.wait_for_timeout(SETTLED if len(tour) > 1 else 0)
            views.append(sorted_out(label, page, served.take()))
        return views
    finally:
        context.close()


def _weight(file: Path) -> int:
    return len(gzip.compress(file.read_bytes(), LEVEL))
