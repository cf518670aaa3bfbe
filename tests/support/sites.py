"""Builds the site with either generator and serves it, as a project page below a path. Knows no test."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from bank.library import ROOT
from bank.parse import parse

GENERATORS = ("mkdocs", "zensical")
REPOSITORY = "acme/study"
BASE = "/study/"
EPOCH = "1767225600"
TOPIC = "questions/ml-fundamentals/learning-from-data/"


def build(generator: str, folder: Path) -> Path:
    """Builds the site and returns its folder: the one given, or the configured one of Zensical, which has no option."""
    result = run_build(generator, ROOT, folder)
    assert result.returncode == 0, result.stdout + result.stderr
    return folder if generator == "mkdocs" else ROOT / "site-zensical"


def build_once(folder: Path) -> dict[str, Path]:
    """Builds the site with each generator, once for all processes that name the same folder, and returns its folders.
    A process builds what no other has begun, and waits for the rest."""
    for name in GENERATORS:
        try:
            (folder / f"{name}-begun").mkdir(parents=True)
        except FileExistsError:
            continue
        build(name, folder / name)
        (folder / f"{name}-done").mkdir()
    end = time.monotonic() + 300
    while not all((folder / f"{name}-done").is_dir() for name in GENERATORS):
        assert time.monotonic() < end, "another process did not finish its build"
        time.sleep(0.2)
    return {"mkdocs": folder / "mkdocs", "zensical": ROOT / "site-zensical"}


def copy_sources(root: Path, *, keep: Collection[str] | None = None) -> None:
    """Puts what a site is built from into a folder, so that a test may change it. With the answers of some question
    pages alone (`keep`, paths below docs) all questions and links are there, and a build takes a fraction of the time.
    """
    for name in ("docs", "overrides", "scripts"):
        shutil.copytree(ROOT / name, root / name)
    for name in ("mkdocs.yml", "zensical.yml", "package.json", "package-lock.json"):
        shutil.copy(ROOT / name, root / name)
    (root / "node_modules").symlink_to(ROOT / "node_modules")
    if keep is not None:
        cut_answers(root / "docs", keep)


def cut_answers(docs: Path, keep: Collection[str] = ()) -> None:
    """Leaves every question open, but on the pages to keep."""
    for file in (docs / "questions").glob("*/*.md"):
        if file.relative_to(docs).as_posix() not in keep:
            file.write_text(_without_answers(file.read_text(encoding="utf-8")), encoding="utf-8")


def _without_answers(text: str) -> str:
    """A page whose questions are open: each is cut off where its first part begins."""
    page = parse(text, "page.md")
    lines = text.splitlines(keepends=True)
    for question in reversed(page.questions):
        if question.parts:
            start = question.parts[0].line - 1
            after = (n for n, line in enumerate(lines[start:], start) if line.startswith(("### ", "## ")))
            inside = {
                n for fence in question.fences for n in range(fence.line - 1, fence.line + fence.body.count("\n"))
            }
            del lines[start : next((n for n in after if n not in inside), len(lines))]
    return "".join(lines)


def run_build(generator: str, root: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Runs a generator over the sources in `root`, as a workflow of the repository would."""
    environment = _environment(root)
    if generator == "mkdocs":
        command = [sys.executable, "-m", "mkdocs", "build", "--site-dir", str(folder)]
    else:
        command = [sys.executable, "-m", "zensical", "build", "--clean", "--config-file", "zensical.yml"]
    result = _run(command, root, environment)
    if generator == "zensical" and not result.returncode:  # it has no hooks, so `make zensical` does this too
        return _run([sys.executable, "scripts/finish_site.py", "site-zensical"], root, environment)
    return result


def build_raw(folder: Path) -> Path:
    """Builds the site with MkDocs alone: the pages as the generator writes them, before they are finished."""
    settings = folder / "mkdocs.yml"
    theme = f"theme: {{custom_dir: {ROOT / 'overrides'}}}"
    folder.mkdir(exist_ok=True)
    settings.write_text(
        f"INHERIT: {ROOT / 'mkdocs.yml'}\ndocs_dir: {ROOT / 'docs'}\nhooks: []\nwatch: []\n{theme}\n", encoding="utf-8"
    )
    command = [sys.executable, "-m", "mkdocs", "build", "--config-file", str(settings)]
    result = _run([*command, "--site-dir", str(folder / "site")], ROOT, _environment(ROOT))
    assert result.returncode == 0, result.stdout + result.stderr
    return folder / "site"


def finish_raw(raw: Path, folder: Path) -> Path:
    """A finished copy of such a site."""
    shutil.copytree(raw, folder)
    result = _run([sys.executable, "scripts/finish_site.py", str(folder)], ROOT, _environment(ROOT))
    assert result.returncode == 0, result.stdout + result.stderr
    return folder


def _environment(root: Path) -> dict[str, str]:
    """What a workflow of the repository would set."""
    return {
        **os.environ,
        "PYTHONPATH": str(root / "scripts"),  # before the path of the virtual environment, which leads to ROOT
        "GITHUB_REPOSITORY": REPOSITORY,
        "SITE_URL": f"https://acme.github.io{BASE}",
        "SOURCE_DATE_EPOCH": EPOCH,
        "NO_MKDOCS_2_WARNING": "1",
    }


def _run(command: list[str], root: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, timeout=300, check=False)


@contextmanager
def serve_sources(root: Path) -> Iterator[Callable[[str], str]]:
    """Runs `mkdocs serve` as `make serve` does over the sources in `root`; gives what fetches a page, "" for none."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "PYTHONPATH": str(root / "scripts"), "NO_MKDOCS_2_WARNING": "1", "SITE_URL": ""}
    command = [sys.executable, "-m", "mkdocs", "serve", "--no-strict", "--dirty", "--dev-addr", f"127.0.0.1:{port}"]
    with (root / "served.log").open("w", encoding="utf-8") as log:
        server = subprocess.Popen(command, cwd=root, env=environment, stdout=log, stderr=subprocess.STDOUT)

        def get(path: str) -> str:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/{path}", timeout=60) as answer:
                    return answer.read().decode("utf-8")
            except OSError:
                return ""

        try:
            assert wait_for(get, "", bool), (root / "served.log").read_text(encoding="utf-8")
            yield get
        finally:
            server.terminate()
            server.wait(30)


def wait_for(get: Callable[[str], str], path: str, wanted: Callable[[str], bool]) -> bool:
    """Whether a served page becomes what is wanted, within a time that only a broken server needs."""
    end = time.monotonic() + 90
    while time.monotonic() < end:
        if wanted(get(path)):
            return True
        time.sleep(0.1)
    return False


@contextmanager
def serve(site: Path, handler: type[Handler] | None = None) -> Iterator[str]:
    """The address at which a built site is served, on any free port."""
    serving = functools.partial(handler or Handler, directory=str(site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), serving)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{BASE}"
    finally:
        server.shutdown()
        server.server_close()  # else the port goes on taking connections that nobody answers


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves the folder below BASE, and nothing else, so that a link to the root of the host fails."""

    def translate_path(self, path: str) -> str:
        return super().translate_path(path[len(BASE) - 1 :]) if path.startswith(BASE) else os.devnull + "/none"

    def log_message(self, *arguments: object) -> None:
        pass
