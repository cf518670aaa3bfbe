#!/usr/bin/env python3
"""Runs every test, in three processes at once: two with what needs the built site and a browser, one with all the rest.

A browser waits a good deal and proofs compute, so two cores finish all three in little more than the time of the
longest. They share the scripts of the site as `make test` has built them, one build of the site by each generator, and
one cache of pages (`PAGE_CACHE=` for none). The first prints as it goes; what the others had to say follows at the end.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WITH_SITE = (
    (
        "tests/browser/test_apps.py",
        "tests/browser/test_bytes.py",
        "tests/browser/test_data.py",
        "tests/browser/test_explorables.py",
        "tests/browser/test_frame.py",
        "tests/browser/test_hostile.py",
        "tests/browser/test_index.py",
        "tests/browser/test_marks.py",
        "tests/browser/test_mock.py",
        "tests/browser/test_policy.py",
        "tests/test_publish.py",
        "tests/test_site.py",
    ),
    (
        "tests/browser/test_chunks.py",
        "tests/browser/test_offline.py",
        "tests/browser/test_progress.py",
        "tests/browser/test_question.py",
        "tests/browser/test_quiz.py",
        "tests/browser/test_quiz_page.py",
        "tests/browser/test_review.py",
        "tests/browser/test_schedule.py",
        "tests/browser/test_search.py",
        "tests/test_list_licences.py",
        "tests/test_offline.py",
        "tests/test_practice.py",
        "tests/test_small_sites.py",
    ),
)
"""Two halves of what reads the built site, about as long; what needs the site unfinished stays together."""


def main(argv: list[str] | None = None) -> int:
    """Exit status: 0 all passed, 1 not."""
    argparse.ArgumentParser(description=__doc__.split("\n")[0]).parse_args(argv)
    rest = ["docs", "tests", *(f"--ignore={path}" for half in WITH_SITE for path in half)]
    with ExitStack() as stack:
        shared = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        environment = {
            "PAGE_CACHE": str(shared / "pages"),
            **os.environ,
            "ASSETS_ARE_BUILT": "yes",
            "SHARED_SITES": str(shared / "sites"),
        }
        pytest = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider"]
        others = []
        for number, paths in enumerate((WITH_SITE[1], rest)):
            said = stack.enter_context((shared / f"said-{number}").open("w+", encoding="utf-8"))
            command = [*pytest, *paths]
            process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=said, stderr=subprocess.STDOUT)
            stack.callback(process.kill)
            others.append((process, said))
        failed = subprocess.run([*pytest, *WITH_SITE[0]], cwd=ROOT, env=environment, check=False).returncode != 0
        print("Waiting for the others", file=sys.stderr)
        for process, said in others:
            failed |= process.wait() != 0
            said.seek(0)
            print(said.read(), flush=True)
    return int(failed)


if __name__ == "__main__":
    raise SystemExit(main())
