"""Runs the fences of a page where they stand: python top to bottom per question, sql on SQLite, outputs compared."""

from __future__ import annotations

import contextlib
import difflib
import io
import signal
import sqlite3
import time
import warnings
from collections.abc import Iterator, Sequence
from itertools import accumulate

from bank.model import Fence, Question
from bank.parse import parse
from sybil import Document, Example, Region

CPU_GOAL = 2.0  # seconds for one fence; more is a warning
CPU_LIMIT = 20  # seconds after which a fence is stopped: ten times the goal, so that no busy machine fails


class Scope:
    """What the fences of one question share: Python's names, a database, and what was printed last."""

    def __init__(self) -> None:
        self.names: dict[str, object] = {"__name__": "page"}
        self.database = sqlite3.connect(":memory:")
        self.printed = ""

    def run(self, fence: Fence, path: str) -> None:
        """Runs a fence; its tracebacks carry the line of the page."""
        self.printed = run_sql(self.database, fence.body) if fence.language == "sql" else self._python(fence, path)

    def _python(self, fence: Fence, path: str) -> str:
        code = compile("\n" * fence.line + fence.body, path, "exec")
        printed = io.StringIO()
        start = time.process_time()
        with contextlib.redirect_stdout(printed), cpu_limit(CPU_LIMIT):
            exec(code, self.names)
        used = time.process_time() - start
        if used > CPU_GOAL:
            warnings.warn(f"{path}:{fence.line}: {used:.1f} s of CPU; a fence has {CPU_GOAL:.0f}", stacklevel=1)
        return printed.getvalue()


def find_snippets(document: Document) -> Iterator[Region]:
    """One region for each fence that runs or shows an output, in the order of the page."""
    page = parse(document.text, document.path)
    starts = [0, *accumulate(len(line) + 1 for line in document.text.split("\n"))]
    for question in page.questions:
        scope = Scope()
        for fence in question.fences:
            if fence.runs or fence.is_output:
                last = fence.line + fence.body.count("\n") + 1
                evaluate = _evaluator(question, fence, scope)
                yield Region(starts[fence.line - 1], starts[last] - 1, parsed=fence, evaluator=evaluate)


def _evaluator(question: Question, fence: Fence, scope: Scope):
    def evaluate(example: Example) -> str | None:
        path = str(example.path)
        if fence.is_output:
            return difference(fence.body, scope.printed)
        if fence.title == "Your test":
            answer = Scope()  # the test stands above the answer that it judges
            for other in question.fences:
                if other.runs and other.language == "python" and other.title != "Your test":
                    answer.run(other, path)
            answer.run(fence, path)
        else:
            scope.run(fence, path)
        return None

    return evaluate


def difference(shown: str, printed: str) -> str | None:
    """How the page's output differs from what was printed; blanks at the ends of lines do not count."""
    expected, actual = ([line.rstrip() for line in text.strip("\n").split("\n")] for text in (shown, printed))
    if expected == actual:
        return None
    return "\n".join(difflib.unified_diff(expected, actual, "on the page", "printed", lineterm=""))


def run_sql(database: sqlite3.Connection, script: str) -> str:
    """Runs the statements; the result of the last one as SQLite's shell prints it in column mode."""
    statement, cursor = "", None
    for line in script.rstrip().rstrip(";").split("\n"):
        statement += line + "\n"
        if sqlite3.complete_statement(statement):
            database.execute(statement)
            statement = ""
    if statement.strip():
        cursor = database.execute(statement)
    if cursor is None or cursor.description is None:
        return ""
    return as_columns([column[0] for column in cursor.description], cursor.fetchall())


def as_columns(names: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Column mode: names, a rule, rows; columns as wide as their widest entry, two blanks apart, NULL empty."""
    table = [list(names), *([_as_text(value) for value in row] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    lines = ["  ".join(entry.ljust(width) for entry, width in zip(row, widths, strict=True)) for row in table]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(line.rstrip() for line in lines) + "\n" if rows else ""


def _as_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        text = f"{value:.15g}"
        return text if any(mark in text for mark in ".en") else f"{text}.0"
    return str(value)


@contextlib.contextmanager
def cpu_limit(seconds: float) -> Iterator[None]:
    """Stops what has used that much CPU, or ten times as long by the clock, with a TimeoutError."""

    def stop(number: int, frame: object) -> None:
        used = "of CPU" if number == signal.SIGPROF else "by the clock"
        raise TimeoutError(f"stopped after {limits[number]:.0f} s {used}")

    limits = {signal.SIGPROF: seconds, signal.SIGALRM: 10 * seconds}
    timers = {signal.SIGPROF: signal.ITIMER_PROF, signal.SIGALRM: signal.ITIMER_REAL}
    before = {number: signal.signal(number, stop) for number in limits}
    for number, limit in limits.items():
        signal.setitimer(timers[number], limit)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.setitimer(timers[number], 0)
            signal.signal(number, handler)
