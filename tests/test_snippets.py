"""The runner of the pages' code: every fence is run or says why not, and a wrong output cannot pass."""

from __future__ import annotations

import re
import shutil
import sqlite3
import subprocess
import time
from pathlib import Path

import pytest
from bank.library import DOCS
from snippets import as_columns, cpu_limit, difference, find_snippets, run_sql
from sybil import Document

FENCE = re.compile(r"^[ >]*(?:`{3,}|~{3,})(python|sql)\b(.*)$", re.MULTILINE)
QUESTION = "# T\n\nD.\n\n## G\n\n### Q?\n\n<!--\nid: q\n-->\n\n{}\n"


def run(page: str, tmp_path: Path) -> list[object]:
    """What each region of a question page gives: nothing, or how its output differs."""
    file = tmp_path / "page.md"
    file.write_text(QUESTION.format(page), encoding="utf-8")
    document = Document.parse(str(file), find_snippets)
    return [example.evaluate() for example in document.examples()]


def test_fences_run_and_not_run_are_all_fences() -> None:
    """Counted a second time by a plain pattern, so that no fence is missed in silence."""
    found = ran = skipped = 0
    for file in sorted(DOCS.rglob("questions/**/*.md")):
        fences = FENCE.findall(file.read_text(encoding="utf-8"))
        found += len(fences)
        skipped += sum('title="Not run: ' in options for _, options in fences)
        ran += sum(region.parsed.runs for _, region in Document.parse(str(file), find_snippets).regions)
    assert found > 0
    assert ran + skipped == found


def test_names_last_within_a_question_and_no_longer(tmp_path: Path) -> None:
    first = '```python\nx = 1\n```\n\n#### Answer\n\n```python\nprint(x)\n```\n\n```text title="Output"\n1\n```'
    assert run(first, tmp_path) == [None, None, None]
    other = first + "\n\n### Other?\n\n<!--\nid: other\n-->\n\n```python\nx\n```"
    with pytest.raises(NameError):
        run(other, tmp_path)


def test_a_wrong_output_fails_with_the_difference(tmp_path: Path) -> None:
    page = '```python\nprint(0.5)\n```\n\n```text title="Output"\n0.4\n```'
    with pytest.raises(Exception, match=r"(?s)-0\.4.*\+0\.5"):
        run(page, tmp_path)


def test_your_test_runs_after_the_answer(tmp_path: Path) -> None:
    page = '```python title="Your test"\nassert f() == {}\n```\n\n#### Answer\n\n```python\ndef f(): return 1\n```'
    assert run(page.format(1), tmp_path) == [None, None]
    with pytest.raises(AssertionError):
        run(page.format(2), tmp_path)


def test_what_is_not_run_is_not_run(tmp_path: Path) -> None:
    assert run('```python title="Not run: needs a GPU"\nraise SystemExit\n```', tmp_path) == []


def test_an_error_carries_the_line_of_the_page(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError) as caught:
        run("```python\n1 / 1\n1 / 0\n```", tmp_path)
    page = QUESTION.format("```python\n1 / 1\n1 / 0\n```").split("\n")
    assert page[caught.traceback[-1].lineno] == "1 / 0"


def test_sql_keeps_its_tables_and_prints_columns(tmp_path: Path) -> None:
    page = "```sql\nCREATE TABLE t (a, b);\nINSERT INTO t VALUES (1, 'x; y'), (2.5, NULL);\n```\n\n#### Answer\n\n"
    page += "```sql\nSELECT a, b AS name FROM t\nORDER BY a;\n```\n\n"
    page += '```text title="Output"\na    name\n---  ----\n1    x; y\n2.5\n```'
    assert run(page, tmp_path) == [None, None, None]


@pytest.mark.skipif(shutil.which("sqlite3") is None, reason="compared with SQLite's own shell, where it is installed")
def test_column_mode_is_that_of_sqlite() -> None:
    query = "SELECT 1 AS n, 'text' AS t, 2.0 AS x, NULL AS empty UNION ALL SELECT 22, 'longer text', 0.1 + 0.2, 'e'"
    shell = subprocess.run(
        ["sqlite3", "-header", "-cmd", ".mode column", ":memory:", query], capture_output=True, text=True, check=True
    ).stdout
    assert difference(shell, run_sql(sqlite3.connect(":memory:"), query)) is None


def test_no_rows_print_nothing() -> None:
    assert as_columns(["a"], []) == ""


def test_what_runs_on_is_stopped() -> None:
    with pytest.raises(TimeoutError, match="of CPU"), cpu_limit(0.05):
        while True:
            pass


def test_what_only_waits_is_stopped_too() -> None:
    with pytest.raises(TimeoutError, match="by the clock"), cpu_limit(0.05):
        time.sleep(20)
