"""What counts as old: the last day that a date can mean decides."""

from __future__ import annotations

import datetime
from pathlib import Path

import check_freshness
import pytest
from bank.company import is_past
from bank.library import Bank
from bank.parse import parse
from check_freshness import old_evidence, old_facts

TODAY = datetime.date(2027, 11, 15)


@pytest.mark.parametrize(
    ("date", "old"),
    [
        ("2026-11-14", True),
        ("2026-11-15", False),
        ("2026-10", True),
        ("2026-11", False),
        ("2025", True),
        ("2026", False),
    ],
)
def test_a_fact_is_old_when_its_last_possible_day_is(date: str, old: bool) -> None:
    assert is_past(date, TODAY, 1) is old


def test_facts_are_found_in_prose_alone() -> None:
    text = """# T

True (as of 2026-03), seen (as seen 2026-10-01), fresh (as of 2027-01), told (as reported in 2020-01).

Over a line (as of
2020), code `as of 2020-01`.

```text
as of 2020-01
```
"""
    assert [line for _, line, _ in old_facts([parse(text, "a.md")], TODAY)] == [3, 3, 6]


def company(*dates: str) -> list[tuple[str, int, str]]:
    lines = "\n".join(f"- {date} · official · [T](https://example.org) · says it" for date in dates)
    page = parse(f"# Acme\n\nD.\n\n## Evidence\n\n{lines}\n", "companies/acme.md")
    return list(old_evidence(Bank(Path("docs"), {page.path: page}, {}, {}).companies, TODAY))


def test_old_evidence_is_listed_by_line() -> None:
    assert [line for _, line, _ in company("2027-01-01", "2025-11-14", "undated", "2025-11-15")] == [8]


def test_a_page_with_old_evidence_alone_is_listed_too() -> None:
    found = company("2024", "2025-01", "undated")
    assert [line for _, line, _ in found] == [7, 8, 1]
    assert found[-1][2] == "Acme: the newest evidence is of 2025-01; the page needs a new look"


def test_undated_evidence_alone_is_not_called_old() -> None:
    assert company("undated") == []


def test_the_exit_status_tells(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture) -> None:
    page = parse("# T\n\nTrue (as of 2026-03).\n", "about/a.md")
    monkeypatch.setattr(check_freshness, "load_bank", lambda: Bank(Path("docs"), {page.path: page}, {}, {}))
    assert check_freshness.main(["--today", "2027-11-15"]) == 1
    assert capsys.readouterr().out == "docs/about/a.md:3: a fact of 2026-03: is it still so?\n"
    assert check_freshness.main(["--today", "2027-03-01"]) == 0
    with pytest.raises(SystemExit, match="2"):
        check_freshness.main(["--today", "soon"])
