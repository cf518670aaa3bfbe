"""What problems look like to people: lines, annotations, a table, a summary. Finds nothing itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from .model import Page, Problem


@dataclass(frozen=True)
class Verdict:
    """What a check says of one page: how much it holds, what is wrong, and what could be better."""

    questions: int
    open: int
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    pages: int = 1

    def at(self, path: str) -> Verdict:
        """The same verdict, of a page that is called by another path."""
        problems, warnings = (
            tuple(replace(one, path=path) for one in found) for found in (self.problems, self.warnings)
        )
        return replace(self, problems=problems, warnings=warnings)


def judge(page: Page, problems: Iterable[Problem], warnings: Iterable[Problem]) -> Verdict:
    """The verdict on a page."""
    still_open = sum(not question.answered for question in page.questions)
    return Verdict(len(page.questions), still_open, tuple(problems), tuple(warnings))


def as_line(problem: Problem) -> str:
    """`path:line: code message`, which editors and terminals turn into a link."""
    warning = "warning: " if problem.warning else ""
    return f"{problem.path}:{problem.line}: {problem.code} {warning}{_one_line(problem.message)}"


def as_annotation(problem: Problem) -> str:
    """The command that makes a workflow run show the problem in the diff."""
    kind = "warning" if problem.warning else "error"
    message = _one_line(problem.message).replace("%", "%25")
    return f"::{kind} file={problem.path},line={problem.line},title={problem.code}::{message}"


def summary(verdicts: Sequence[Verdict]) -> str:
    """One sentence on what was read and found."""
    counts = {
        "question": sum(verdict.questions for verdict in verdicts),
        "page": sum(verdict.pages for verdict in verdicts),
        "problem": sum(len(verdict.problems) for verdict in verdicts),
        "warning": sum(len(verdict.warnings) for verdict in verdicts),
    }
    questions, pages, problems, warnings = (_count(number, noun) for noun, number in counts.items())
    still_open = sum(verdict.open for verdict in verdicts)
    return f"{questions} on {pages}, {still_open} open, {problems}, {warnings}"


def as_table(verdicts: Sequence[Verdict], meanings: dict[str, str]) -> str:
    """The summary as Markdown, with a row for each rule that found something. `meanings` are the rules' by code."""
    found = Counter(found.code for verdict in verdicts for found in (*verdict.problems, *verdict.warnings))
    rows = [
        f"| {code} | {count} | {meanings[code].replace('|', chr(92) + '|')} |" for code, count in sorted(found.items())
    ]
    table = ["", "| rule | found | asks for |", "| --- | --: | --- |", *rows] if rows else []
    return "\n".join([f"**Pages:** {summary(verdicts)}.", *table, ""])


def _one_line(message: str) -> str:
    """Page text in a message could otherwise begin a line of its own, which a workflow run takes for a command."""
    return re.sub(r"\s*[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]\s*", " ", message)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}"
