"""What problems look like to people: lines, annotations for a workflow run, a summary. Finds nothing itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .model import Page, Problem


def as_line(problem: Problem) -> str:
    """`path:line: code message`, which editors and terminals turn into a link."""
    return f"{problem.path}:{problem.line}: {problem.code} {problem.message}"


def as_annotation(problem: Problem) -> str:
    """The command that makes a workflow run show the problem in the diff."""
    message = problem.message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return f"::error file={problem.path},line={problem.line},title={problem.code}::{message}"


def summary(pages: Iterable[Page], problems: Sequence[Problem]) -> str:
    """One sentence on what was read and found."""
    pages = list(pages)
    questions = [question for page in pages for question in page.questions]
    still_open = sum(not question.answered for question in questions)
    return (
        f"{_count(len(questions), 'question')} on {_count(len(pages), 'page')}, "
        f"{still_open} open, {_count(len(problems), 'problem')}"
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}"
