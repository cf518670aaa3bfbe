"""What a reader can keep on a device: the list of files with a hash of each, and the worker that fetches them."""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path

WORKER = "sw.js"
LIST = "offline.json"
OFF = False
"""The kill switch. Published with True, the worker of every reader takes away what it kept, and itself."""

_LEFT_OUT = ("q/", "assets/built/worker")
"""The worker answers for the addresses of questions itself."""

_NOT_READ = (
    "questions.json",
    "questions.schema.json",
    "llms-full.txt",
    "sitemap.xml",
    "sitemap.xml.gz",
    "third-party.txt",
    "robots.txt",
    "assets/social.png",
    WORKER,
    LIST,
)


def write_offline(site: Path, *, off: bool = OFF) -> None:
    """Writes the list and the worker into a finished site. Same files, same bytes."""
    built = site / "assets" / "built"
    workers = {name: built / f"{name}.js" for name in ("worker", "worker-off")}
    if all(file.is_file() for file in workers.values()):  # not where the parts could not be bundled
        files = {_address(path): site / path for path in _kept(site)}
        hashes = {
            address: hashlib.sha256(file.read_bytes()).hexdigest()[:12] for address, file in sorted(files.items())
        }
        version = hashlib.sha256(json.dumps(hashes).encode()).hexdigest()[:12]
        size = sum(len(gzip.compress(file.read_bytes(), mtime=0)) for file in files.values())
        listed = {"version": version, "bytes": size, "files": hashes} | ({"off": True} if off else {})
        (site / LIST).write_text(json.dumps(listed, separators=(",", ":")) + "\n", encoding="utf-8")
        text = workers["worker-off" if off else "worker"].read_text(encoding="utf-8")
        (site / WORKER).write_text(text.replace("{version}", version), encoding="utf-8")
    for file in workers.values():
        file.unlink(missing_ok=True)


def _kept(site: Path) -> list[str]:
    files = (file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file())
    return [path for path in files if not (path.startswith(_LEFT_OUT) or path in _NOT_READ or _is_side(path))]


def _is_side(path: str) -> bool:
    """Whether no page needs it: maps, licences, and what whoever wants it saves as a file."""
    return path.endswith((".map", ".LEGAL.txt", ".LICENSE.txt", ".gz", ".apkg", ".epub", ".pdf"))


def _address(path: str) -> str:
    """The address below the site's: `a/index.html` is at `a/`."""
    return path.removesuffix("index.html") if path == "index.html" or path.endswith("/index.html") else path
