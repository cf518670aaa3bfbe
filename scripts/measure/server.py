"""Serves a folder as GitHub Pages does, below a path and compressed, and notes what was asked for. Times nothing."""

from __future__ import annotations

import gzip
import http.server
import mimetypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

BASE = "/study/"
LEVEL = 6  # of gzip, as bodies come from GitHub Pages
AGE = 600  # seconds for which a browser may keep a file, as there
COMPRESSED = ("text/", "application/json", "application/javascript", "application/manifest+json", "image/svg+xml")
KINDS = {"style": "stylesheet", "worker": "script", "serviceworker": "script", "sharedworker": "script"}
SHOWN_KINDS = ("document", "stylesheet", "script", "font", "image")


@dataclass(frozen=True)
class Request:
    """One answer with a body: its path below BASE, its kind, and the bytes of the body as they were sent."""

    path: str
    kind: str
    size: int


@dataclass
class Served:
    """A folder that is being served: its address, and the requests so far. `take` gives them and begins anew."""

    site: Path
    address: str = ""
    requests: list[Request] = field(default_factory=list)
    bodies: dict[Path, bytes] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self) -> list[Request]:
        """The requests since the last call."""
        with self.lock:
            taken, self.requests = self.requests, []
        return taken

    def body(self, file: Path) -> tuple[bytes, str, bool]:
        """What is sent for a file: bytes, type, and whether they are compressed. Each file is compressed once."""
        mime = MIMES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        small = mime.startswith(COMPRESSED)
        if file not in self.bodies:
            raw = file.read_bytes()
            self.bodies[file] = gzip.compress(raw, LEVEL, mtime=0) if small else raw
        return self.bodies[file], mime, small


MIMES = {".js": "text/javascript", ".webmanifest": "application/manifest+json", ".woff2": "font/woff2"}


@contextmanager
def serve(site: Path) -> Iterator[Served]:
    """Serves the folder on a free port of this machine for as long as the context lasts."""
    served = Served(site)

    class Handler(_Handler):
        state = served

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    served.address = f"http://127.0.0.1:{server.server_port}{BASE}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def kind_of(destination: str, purpose: str) -> str:
    """The kind of a request by what the browser says of it; what it fetches for a page to come is `ahead`."""
    if "prefetch" in purpose:
        return "ahead"
    kind = KINDS.get(destination, destination)
    return kind if kind in SHOWN_KINDS else "other"


class _Handler(http.server.BaseHTTPRequestHandler):
    """Answers GET and HEAD. One connection serves many requests, as on any real host."""

    protocol_version = "HTTP/1.1"
    state: Served

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def _answer(self, *, with_body: bool) -> None:
        path = unquote(urlsplit(self.path).path)
        file = self._file(path)
        if file is None:
            self._send(404, b"not found", "text/plain", compressed=False, with_body=with_body)
            return
        body, mime, compressed = self.state.body(file)
        if with_body:
            kind = kind_of(self.headers.get("Sec-Fetch-Dest", ""), self.headers.get("Sec-Purpose", ""))
            with self.state.lock:
                self.state.requests.append(Request(path.removeprefix(BASE), kind, len(body)))
        self._send(200, body, mime, compressed=compressed, with_body=with_body)

    def _file(self, path: str) -> Path | None:
        """The file of an address; none outside BASE and outside the folder."""
        if not path.startswith(BASE):
            return None
        site = self.state.site.resolve()
        file = (site / path.removeprefix(BASE)).resolve()
        if file.is_dir():
            file /= "index.html"
        return file if file.is_file() and file.is_relative_to(site) else None

    def _send(self, status: int, body: bytes, mime: str, *, compressed: bool, with_body: bool) -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{mime}; charset=utf-8" if mime.startswith("text/") else mime)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", f"max-age={AGE}")
        if compressed:
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Vary", "Accept-Encoding")
        self.end_headers()
        if with_body:
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Says nothing: standard error shows progress."""
