"""What Lighthouse says of the real site's pages on a phone, each beside its own article as bare HTML. Mends nothing."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from statistics import median
from typing import Any

import build_assets
from bank.library import ROOT

from .browser import chromium, sandbox
from .process import CommandError, measured
from .server import serve
from .tables import SCORES
from .views import COMPANIES, HOME, INDEX, REVIEW, middle_page
from .workshop import Workshop, say

HERE = Path(__file__).resolve().parent
FOLDER = ROOT / ".cache" / "lighthouse"  # not below scripts/, which `make serve` watches file by file
INSTALLED = FOLDER / "node_modules" / ".installed-from"  # a copy of the lock, as build_assets.py keeps one
METRICS = {
    "fcp": "first-contentful-paint",
    "lcp": "largest-contentful-paint",
    "tbt": "total-blocking-time",
    "cls": "cumulative-layout-shift",
    "si": "speed-index",
}
RUNS = 3
PATIENCE = 300  # seconds for npm
BARE = "bare"

_ARTICLE = re.compile(r"(?s)<article\b.*</article>")
_MAIN = re.compile(r"(?s)<main\b.*</main>")
_LOADS = re.compile(r"(?s)<(script|style)\b.*?</\1>|<link\b[^>]*>")


def measure_lighthouse(shop: Workshop, page: str = "", runs: int = RUNS) -> dict[str, Any]:
    """The medians of each page and of its bare article, in turn. `page` is the page of questions; by default the one of
    median weight. Raises OSError or SubprocessError where Lighthouse, node or the browser cannot be had."""
    install()
    site = shop.site(shop.project("real"), "ours")
    pages = {
        "home": HOME,
        "question": page or middle_page(site),
        "company": COMPANIES[0],
        "index": INDEX,
        "review": REVIEW,
    }
    for label, address in pages.items():
        target = site / BARE / label / "index.html"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(bare((site / address / "index.html").read_text(encoding="utf-8")), encoding="utf-8")
    found: dict[str, list[dict[str, Any]]] = {}
    with serve(site) as served:
        for number in range(runs):
            for label, address in pages.items():
                for way, path in (("ours", address), (BARE, f"{BARE}/{label}/")):
                    report = _run(shop.root, served.address + path)
                    found.setdefault(f"{label} {way}", []).append(report)
                    say(f"lighthouse: round {number + 1} of {runs}, {label}, {way}: {_short(report)}")
    rows = [
        {
            "label": label,
            "page": address,
            "ours": medians(found[f"{label} ours"]),
            "bare": medians(found[f"{label} {BARE}"]),
        }
        for label, address in pages.items()
    ]
    return {"runs": runs, "version": _version(), "rows": rows}


def install() -> None:
    """Installs Lighthouse, as the lock file beside this one has it. Raises OSError or SubprocessError."""
    lock = HERE / "package-lock.json"
    if INSTALLED.is_file() and INSTALLED.read_bytes() == lock.read_bytes():
        return
    say("Installing Lighthouse")
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, FOLDER)
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    subprocess.run(
        command, cwd=FOLDER, env=build_assets.node_environment(), stdout=2, check=True, timeout=PATIENCE
    )  # standard output is for data
    INSTALLED.write_bytes(lock.read_bytes())


def bare(page: str) -> str:
    """The article of a page as HTML that loads nothing: no script, no style sheet."""
    article = _ARTICLE.search(page) or _MAIN.search(page)
    title = re.search(r"(?s)<title>(.*?)</title>", page)
    body = _LOADS.sub("", article[0]) if article else ""
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">'
    icon = '<link rel="icon" href="data:,">'
    return f'<!doctype html><html lang="en">{head}<title>{title[1] if title else ""}</title>{icon}{body}</html>\n'


def medians(reports: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Scores of 0 to 100, metrics in milliseconds (layout shift has no unit), and how often which audit cost points in
    a category whose own median is below 100."""
    kept = list(reports)
    scores = {name: median(report["scores"][name] for report in kept) for name in SCORES}
    lost = Counter(audit for report in kept for name in SCORES if scores[name] < 100 for audit in report["lost"][name])
    metrics = {name: round(median(report["metrics"][name] for report in kept), 4) for name in METRICS}
    return {"scores": scores, **metrics, "lost": dict(sorted(lost.items())), "pace": median(r["pace"] for r in kept)}


def read_report(report: dict[str, Any]) -> dict[str, Any]:
    """What is kept of a report of Lighthouse. `pace` is its own measure of the machine: more is quicker."""
    audits = report["audits"]
    lost = {
        name: [
            reference["id"]
            for reference in report["categories"][name]["auditRefs"]
            if reference["weight"] and (score := audits[reference["id"]]["score"]) is not None and score < 1
        ]
        for name in SCORES
    }
    return {
        "scores": {name: round(100 * (report["categories"][name]["score"] or 0)) for name in SCORES},
        "metrics": {name: audits[audit].get("numericValue", 0) for name, audit in METRICS.items()},
        "lost": lost,
        "pace": report["environment"]["benchmarkIndex"],
    }


def _run(folder: Path, address: str) -> dict[str, Any]:
    """One run. It is tried a second time, since a browser may fail to start on a busy machine."""
    output = folder / "lighthouse.json"
    flags = " ".join(["--headless=new", *sandbox()])
    command = ["node", str(FOLDER / "node_modules" / "lighthouse" / "cli" / "index.js"), address]
    command += [f"--only-categories={','.join(SCORES)}", "--output=json", f"--output-path={output}", "--quiet"]
    command += ["--no-enable-error-reporting", f"--chrome-flags={flags}"]
    environment = {**build_assets.node_environment(), "CHROME_PATH": chromium()}
    try:
        measured(command, folder, environment, folder / "lighthouse.log")
    except CommandError:
        measured(command, folder, environment, folder / "lighthouse.log")
    return read_report(json.loads(output.read_text(encoding="utf-8")))


def _short(report: dict[str, Any]) -> str:
    scores = "/".join(str(report["scores"][name]) for name in SCORES)
    return f"{scores}, LCP {report['metrics']['lcp']:.0f} ms"


def _version() -> str:
    package = FOLDER / "node_modules" / "lighthouse" / "package.json"
    return str(json.loads(package.read_text(encoding="utf-8"))["version"])
