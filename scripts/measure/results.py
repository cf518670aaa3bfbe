"""The figures of a run, kept in one file so that a part can be measured again alone; and the machine they come from."""

from __future__ import annotations

import datetime
import json
import os
import platform
import subprocess
from importlib.metadata import version
from pathlib import Path
from typing import Any

from .browser import chromium

PARTS = ("builds", "serve", "views", "search", "lighthouse")

Results = dict[str, Any]
"""`parts`: for each part its figures, with the `date` and the `machine` of its run."""


def read_results(file: Path) -> Results:
    """What has been measured so far; nothing where there is no file. Raises ValueError where it is no such file."""
    if not file.is_file():
        return {"parts": {}}
    results = json.loads(file.read_text(encoding="utf-8"))
    if not isinstance(results, dict) or not isinstance(results.get("parts"), dict):
        raise ValueError(f"{file.name} holds no results of bench.py; remove it")
    return results


def write_results(file: Path, results: Results) -> None:
    """Keeps the figures. Raises OSError."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(as_json(results), encoding="utf-8")


def as_json(results: Results) -> str:
    """The figures as text, the same for the same figures."""
    return json.dumps(results, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def today() -> str:
    """The day of a run, in UTC."""
    return datetime.datetime.now(datetime.UTC).date().isoformat()


def machine() -> dict[str, str]:
    """What a figure depends on: processor, memory and versions. No name and no path of the machine."""
    return {
        "processor": _processor(),
        "cores": str(os.cpu_count() or 1),
        "memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB",
        "system": platform.system(),
        "Python": platform.python_version(),
        "Chromium": _browser(),
        "MkDocs": version("mkdocs"),
        "Material": version("mkdocs-material"),
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").split("\n")
    except OSError:
        return platform.processor() or platform.machine()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown")


def _browser() -> str:
    try:
        said = subprocess.run([chromium(), "--version"], capture_output=True, text=True, timeout=60, check=False).stdout
    except (OSError, subprocess.SubprocessError):
        return "none"
    return next((word for word in said.split() if word[:1].isdigit()), "unknown")
