#!/usr/bin/env python3
"""Runs every test, in two processes at once: what needs the built site and a browser, and all the rest.

A browser waits a good deal and proofs compute, so two cores finish both in the time of the longer one. Both use the
scripts of the site as `make test` has built them. The first process prints as it goes; what the second one had to say
follows when both are done.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WITH_SITE = (
    "tests/browser",
    "tests/test_build_assets.py",
    "tests/test_list_licences.py",
    "tests/test_offline.py",
    "tests/test_practice.py",
    "tests/test_publish.py",
    "tests/test_site.py",
    "tests/test_small_sites.py",
)
"""What builds the site or its scripts: one process alone may do that, since both would write the same folders."""

APART = ("tests/browser/test_hostile.py", "tests/test_small_sites.py")
"""Build sites in folders of their own, for minutes: left to the second process, which has less to do. They copy the
built scripts early, long before a test of the first process builds them anew."""


def main(argv: list[str] | None = None) -> int:
    """Exit status: 0 all passed, 1 not."""
    argparse.ArgumentParser(description=__doc__.split("\n")[0]).parse_args(argv)
    environment = {**os.environ, "ASSETS_ARE_BUILT": "yes"}
    pytest = [sys.executable, "-m", "pytest"]
    site = [*pytest, *(name for name in WITH_SITE if name not in APART), *(f"--ignore={path}" for path in APART)]
    others = [path for name in WITH_SITE for path in _files(name) if path not in APART]
    rest = [*pytest, "-p", "no:cacheprovider", *APART, "docs", "tests", *(f"--ignore={path}" for path in others)]
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        second = subprocess.Popen(rest, cwd=ROOT, env=environment, stdout=said, stderr=subprocess.STDOUT)
        try:
            first = subprocess.run(site, cwd=ROOT, env=environment, check=False).returncode
            print("Waiting for proofs and units", file=sys.stderr)
            status = second.wait()
        finally:
            second.kill()
        said.seek(0)
        print("Proofs and units:", flush=True)
        print(said.read(), flush=True)
    return int(first != 0 or status != 0)


def _files(name: str) -> list[str]:
    place = ROOT / name
    return [file.relative_to(ROOT).as_posix() for file in place.glob("test_*.py")] if place.is_dir() else [name]


if __name__ == "__main__":
    raise SystemExit(main())
