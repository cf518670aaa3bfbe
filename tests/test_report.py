"""Problems as people see them."""

from __future__ import annotations

from dataclasses import replace

from bank.model import Problem
from bank.parse import parse
from bank.report import as_annotation, as_line, as_table, judge, summary

PROBLEM = Problem("docs/a.md", 7, "Q061", "50 % of\nit")
WARNING = Problem("docs/a.md", 9, "Q100", "why 3?", warning=True)
PAGE = parse("# T\n\n## G\n\n### A?\n\n### B?\n\n#### Answer\n\nB.\n", "questions/c/t.md")


def test_a_line_is_clickable() -> None:
    assert as_line(PROBLEM) == "docs/a.md:7: Q061 50 % of it"
    assert as_line(WARNING) == "docs/a.md:9: Q100 warning: why 3?"


def test_an_annotation_is_one_escaped_line() -> None:
    assert as_annotation(PROBLEM) == "::error file=docs/a.md,line=7,title=Q061::50 %25 of it"
    assert as_annotation(WARNING) == "::warning file=docs/a.md,line=9,title=Q100::why 3?"


def test_the_summary_counts() -> None:
    assert summary([judge(PAGE, [PROBLEM], [])]) == "2 questions on 1 page, 1 open, 1 problem, 0 warnings"
    assert summary([]) == "0 questions on 0 pages, 0 open, 0 problems, 0 warnings"


def test_the_table_has_a_row_for_each_rule_that_found_something() -> None:
    verdict = judge(PAGE, [PROBLEM, replace(PROBLEM, line=8)], [WARNING])
    lines = as_table([verdict], {"Q061": "`$` or |", "Q100": "numbers"}).split("\n")
    assert lines[0] == "**Pages:** 2 questions on 1 page, 1 open, 2 problems, 1 warning."
    assert lines[2:] == [
        "| rule | found | asks for |",
        "| --- | --: | --- |",
        "| Q061 | 2 | `$` or \\| |",
        "| Q100 | 1 | numbers |",
        "",
    ]
    assert "|" not in as_table([judge(PAGE, [], [])], {})
