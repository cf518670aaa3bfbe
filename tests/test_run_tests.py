"""The processes of the tests: together they run everything, and what needs the built site is in the first two."""

from __future__ import annotations

import re

import run_tests
from bank.library import ROOT

NEEDS_SITE = re.compile(r"\bsites?: (?:dict|Path)|\bnew_page\b|\baddress(?:es)?: (?:str|dict)")


def test_what_needs_the_built_site_runs_in_the_first_processes() -> None:
    listed = [path for half in run_tests.WITH_SITE for path in half]
    assert all((ROOT / path).is_file() for path in listed)
    assert len(listed) == len(set(listed)), "nothing runs twice"
    for file in [*(ROOT / "tests").glob("test_*.py"), *(ROOT / "tests" / "browser").glob("test_*.py")]:
        path, text = file.relative_to(ROOT).as_posix(), file.read_text(encoding="utf-8")
        assert not NEEDS_SITE.search(text) or path in listed, path
