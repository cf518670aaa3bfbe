"""Results kept on disk between runs, each under a digest of all that it was computed from. Knows no page, and nothing
depends on it: what is missing, damaged or cannot be written is computed again.

`PAGE_CACHE` names the folder; empty, nothing is kept.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
import platform
import sysconfig
import time
import uuid
from collections.abc import Iterable
from functools import cache
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
_FOLDER = _ROOT / ".cache" / "pages"
_DAYS = 14
_DIGEST = hashlib.sha256().digest_size


def digest(parts: Iterable[str | bytes]) -> str:
    """One name for many parts, which stay apart: "ab", "c" is not "a", "bc"."""
    whole = hashlib.sha256()
    for part in parts:
        content = part.encode() if isinstance(part, str) else part
        whole.update(b"%d:" % len(content) + content)
    return whole.hexdigest()


@cache
def tools() -> str:
    """A digest of what turns text into pages: our code and settings, the packages, and Python."""
    files = [
        *sorted((_ROOT / "scripts").rglob("*.py")),
        *sorted((_ROOT / "scripts").rglob("*.yml")),
        _ROOT / "mkdocs.yml",
    ]
    packages = sorted(path.name for path in Path(sysconfig.get_path("purelib")).glob("*.dist-info"))
    named = (
        part for file in files if file.is_file() for part in (file.relative_to(_ROOT).as_posix(), file.read_bytes())
    )
    return digest([platform.python_version(), *packages, *named])


def recall(name: str) -> object | None:
    """What was kept under a digest, None if nothing was."""
    file = _file(name)
    if file is None:
        return None
    try:
        content = file.read_bytes()
        if hashlib.sha256(content[_DIGEST:]).digest() != content[:_DIGEST]:
            return None
        if file.stat().st_mtime < time.time() - _DAYS / 2 * 86_400:
            file.touch()  # still in use
        return pickle.loads(content[_DIGEST:])
    except Exception:  # whatever is wrong with it, it can be computed again
        return None


def keep(name: str, value: object) -> None:
    """Keeps a value, whole or not at all."""
    file = _file(name)
    if file is None:
        return
    content = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    part = file.with_name(f"{uuid.uuid4().hex}.part")
    with contextlib.suppress(OSError):  # a full disk, or a folder that is not ours
        file.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(hashlib.sha256(content).digest() + content)
        part.replace(file)


def forget_old() -> None:
    """Removes what nothing has asked for in two weeks."""
    folder, oldest = _folder(), time.time() - _DAYS * 86_400
    for file in folder.glob("*/*") if folder else ():
        with contextlib.suppress(OSError):
            if file.stat().st_mtime < oldest:
                file.unlink()


def _file(name: str) -> Path | None:
    folder = _folder()
    return folder / name[:2] / name if folder else None


def _folder() -> Path | None:
    named = os.environ.get("PAGE_CACHE")
    return _FOLDER if named is None else Path(named) if named else None
