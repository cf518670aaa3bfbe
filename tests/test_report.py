"""Problems as people see them."""

from __future__ import annotations

from bank.model import Problem
from bank.parse import parse
from bank.report import as_annotation, as_line, summary

PROBLEM = Problem("docs/a.md", 7, "Q061", "50 % of\nit")


def test_a_line_is_clickable() -> None:
    assert as_line(PROBLEM) == "docs/a.md:7: Q061 50 % of\nit"


def test_an_annotation_is_one_escaped_line() -> None:
    assert as_annotation(PROBLEM) == "::error file=docs/a.md,line=7,title=Q061::50 %25 of%0Ait"


def test_the_summary_counts() -> None:
    page = parse("# T\n\n## G\n\n### A?\n\n### B?\n\n#### Answer\n\nB.\n", "questions/c/t.md")
    assert summary([page], [PROBLEM]) == "2 questions on 1 page, 1 open, 1 problem"
    assert summary([], []) == "0 questions on 0 pages, 0 open, 0 problems"
