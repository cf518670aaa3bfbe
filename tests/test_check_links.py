"""Visits to a server on this machine that answers in every way: what is reported, tried again, and how politely."""

from __future__ import annotations

import http.server
import threading
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import check_links
import pytest
from bank.library import Bank
from bank.parse import parse
from check_links import Manners, Visit, links, visit, visit_all

QUICK = Manners(timeout=2, delay=0, tries=2)


class Server(http.server.ThreadingHTTPServer):
    """Remembers every request with its time."""

    asked: list[tuple[str, str, float, str]]
    daemon_threads = True


class Handler(http.server.BaseHTTPRequestHandler):
    """`/404` answers with that status; some paths do more."""

    server: Server

    def do_HEAD(self) -> None:
        self.answer()

    def do_GET(self) -> None:
        self.answer()

    def answer(self) -> None:
        self.server.asked.append((self.command, self.path, time.monotonic(), self.headers["User-Agent"]))
        name, _, target = self.path[1:].partition("/")
        status = int(name) if name.isdigit() else 200
        if name == "get-only":
            status = 405 if self.command == "HEAD" else 200
        if name == "later":
            status = 503 if sum(path == self.path for _, path, _, _ in self.server.asked) <= 2 else 200
        if name == "silent":
            time.sleep(3)
        self.send_response(status)
        if 300 <= status < 400:
            self.send_header("Location", target if target.startswith("ftp:") else f"/{target}")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Server]:
    with Server(("127.0.0.1", 0), Handler) as one:
        one.asked = []
        thread = threading.Thread(target=one.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield one
        one.shutdown()


def address(server: Server, path: str) -> str:
    return f"http://127.0.0.1:{server.server_address[1]}/{path}"


@pytest.mark.parametrize("status", [404, 410, 500])
def test_an_error_is_bad(server: Server, status: int) -> None:
    assert visit(address(server, str(status)), QUICK) == Visit(status)


def test_a_good_page_is_asked_for_once_and_by_its_head(server: Server) -> None:
    assert visit(address(server, "200"), QUICK).good
    assert [(method, agent == check_links.AGENT) for method, _, _, agent in server.asked] == [("HEAD", True)]


def test_a_server_without_head_is_asked_for_the_page(server: Server) -> None:
    assert visit(address(server, "get-only"), QUICK).good
    assert [method for method, *_ in server.asked] == ["HEAD", "GET"]


def test_trouble_of_a_server_is_given_time(server: Server) -> None:
    assert visit(address(server, "later"), QUICK).good
    assert not visit(address(server, "later/2"), Manners(2, 0, tries=1)).good


def test_a_clear_answer_is_not_asked_for_again(server: Server) -> None:
    visit(address(server, "404"), Manners(2, 0, tries=5))
    assert len(server.asked) == 2


@pytest.mark.parametrize("status", [401, 403, 429])
def test_who_refuses_programs_is_neither_good_nor_bad(server: Server, status: int) -> None:
    found = visit(address(server, str(status)), QUICK)
    assert found.refused and not found.good


def test_a_move_for_good_is_reported_with_where_to(server: Server) -> None:
    found = visit(address(server, "301/308/200"), QUICK)
    assert (found.status, found.moved_to, found.good) == (200, address(server, "200"), False)


@pytest.mark.parametrize(("path", "moved"), [("302/200", ""), ("302/301/200", ""), ("301/302/200", "302/200")])
def test_a_detour_is_no_move(server: Server, path: str, moved: str) -> None:
    assert visit(address(server, path), QUICK).moved_to == (moved and address(server, moved))


def test_a_move_to_nowhere_is_an_error(server: Server) -> None:
    assert visit(address(server, "301/404"), QUICK) == Visit(404)


def test_endless_and_foreign_redirects_end(server: Server) -> None:
    assert visit(address(server, "/".join(["302"] * 9)), QUICK).reason == "redirects without end"
    assert visit(address(server, "302/ftp://x"), QUICK).reason == "leads away from https"


def test_no_answer_is_said_in_words(server: Server) -> None:
    assert str(visit(address(server, "silent"), Manners(0.1, 0, 1))) == "no answer"
    closed = address(server, "200")
    server.shutdown()
    server.server_close()
    assert "refused" in str(visit(closed, QUICK))


def test_one_host_is_visited_slowly_and_a_page_once(server: Server) -> None:
    urls = [address(server, path) for path in ("a", "a#one", "a#two", "b", "c")]
    found = visit_all(urls, pool=4, manners=Manners(2, 0.1, 1))
    assert set(found) == set(urls) and all(one.good for one in found.values())
    times = [when for _, _, when, _ in server.asked]
    assert len(times) == 3
    assert min(after - before for before, after in pairwise(times)) >= 0.1


def test_links_are_found_with_page_and_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture) -> None:
    text = "# T\n\nSee [one](https://a.example/x) and\n[two](b.md), `[no](https://no.example)`.\n\n- [three](https://c.example)\n"
    page = parse(text, "about/a.md")
    assert list(links([page])) == [("about/a.md", 3, "https://a.example/x"), ("about/a.md", 6, "https://c.example")]
    answers = {"https://a.example/x": Visit(404), "https://c.example": Visit(403)}
    monkeypatch.setattr(check_links, "load_bank", lambda: Bank(Path("docs"), {page.path: page}, {}, {}))
    monkeypatch.setattr(check_links, "visit_all", lambda urls, *_: {url: answers[url] for url in urls})
    assert check_links.main([]) == 1
    assert capsys.readouterr().out == "docs/about/a.md:3: 404 https://a.example/x\n"
    answers["https://a.example/x"] = Visit(200)
    assert check_links.main([]) == 0
    assert check_links.main(["--all"]) == 0
    assert capsys.readouterr().out.count("docs/about/a.md:") == 2


@pytest.mark.parametrize("wrong", ["--pool=0", "--tries=0", "--timeout=0", "--delay=-1"])
def test_impossible_manners_are_wrong_usage(wrong: str) -> None:
    with pytest.raises(SystemExit, match="2"):
        check_links.main([wrong])
