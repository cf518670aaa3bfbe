#!/usr/bin/env python3
"""Writes beside each requirements*.txt a lock with the hashes of every file of every release. Chooses no version.

The readable files name every package with its exact version, also those that others bring along, so a lock holds the
same lines on every platform. Both end in .txt, so that Dependabot raises a version and its hashes in one go.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 300  # seconds
HEADER = "# Written by scripts/lock_requirements.py from {name}, which has the reasons. What pip installs is in here.\n"

_PIN = re.compile(r"(?m)^([\w.-]+)==([\w.!+]+)")


def main(argv: list[str] | None = None) -> int:
    """Exit status: 0 written, or nothing to write; 1 a lock is old, or could not be made; 2 wrong usage."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--check", action="store_true", help="only compare names and versions; needs no network")
    options = parser.parse_args(argv)
    sources = readable_files(ROOT)
    if options.check:
        old = [source.name for source in sources if difference(source)]
        for source in sources:
            for line in difference(source):
                print(f"{lock_of(source).name}: {line}")
        if old:
            print("lock_requirements: run 'make lock'", file=sys.stderr)
        return 1 if old else 0
    for source in sources:
        try:
            write_lock(source)
        except (OSError, subprocess.SubprocessError) as error:
            print(f"lock_requirements: {error}", file=sys.stderr)
            return 1
    return 0


def readable_files(root: Path) -> list[Path]:
    """The files that people write."""
    return sorted(file for file in root.glob("requirements*.txt") if not file.name.endswith(".lock.txt"))


def lock_of(source: Path) -> Path:
    """Where the hashes of a file stand."""
    return source.with_suffix(".lock.txt")


def pins(text: str) -> dict[str, str]:
    """Versions by name, names as the registry compares them."""
    return {re.sub(r"[-_.]+", "-", name).lower(): version for name, version in _PIN.findall(text)}


def difference(source: Path) -> list[str]:
    """What a lock says otherwise than its source, in words."""
    lock = lock_of(source)
    if not lock.is_file():
        return ["is missing"]
    wanted, locked = (pins(file.read_text(encoding="utf-8")) for file in (source, lock))
    return [
        f"{name} is {locked.get(name, 'missing')}, wanted {wanted.get(name, 'none')}"
        for name in sorted(wanted.keys() | locked.keys())
        if wanted.get(name) != locked.get(name)
    ]


def write_lock(source: Path) -> None:
    """Asks the registry for the hashes. Raises SubprocessError where it does not answer."""
    # No resolving, no settings of this machine, and nothing of it in the output.
    how = ["--no-deps", "--no-config", "--generate-hashes", "--no-header", "--no-annotate"]
    command = [sys.executable, "-m", "uv", "pip", "compile", "--quiet", *how, "--python", sys.executable, source.name]
    result = subprocess.run(command, cwd=source.parent, capture_output=True, text=True, timeout=PATIENCE, check=False)
    if result.returncode:
        raise subprocess.SubprocessError(result.stderr.strip() or f"uv failed on {source.name}")
    lock_of(source).write_text(HEADER.format(name=source.name) + result.stdout, encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
