"""The two processes of the tests: together they run everything, and one alone builds the site."""

from __future__ import annotations

import re

import run_tests
from bank.library import ROOT

BUILDS = re.compile(
    r"\bsites?: (?:dict|Path)|\bnew_page\b|\baddress(?:es)?: (?:str|dict)|\bimport build_assets\b|\brun_build\b"
)


def test_what_builds_the_site_runs_in_one_process() -> None:
    outside = [file for file in (ROOT / "tests").glob("test_*.py") if f"tests/{file.name}" not in run_tests.WITH_SITE]
    assert [file.name for file in outside if BUILDS.search(file.read_text(encoding="utf-8"))] == []
    assert all((ROOT / path).exists() for path in run_tests.WITH_SITE)
