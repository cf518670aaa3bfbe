"""The share of frauds among alerts in the moving figure against counting a table of payments."""

from __future__ import annotations

import numpy as np
import pytest
from pieces import piece
from sklearn.metrics import confusion_matrix, precision_score

base_rate = piece("base-rate")


@pytest.mark.parametrize(("base", "caught", "alarms"), [(1, 99, 5), (1, 99, 0.5), (10, 50, 20), (50, 100, 0.5)])
def test_against_rows(base: float, caught: float, alarms: float) -> None:
    """10,000 payments twice over, so that every count is whole."""
    rows = 20_000
    fraud = np.arange(rows) < rows * base / 100
    place = np.where(fraud, np.arange(rows) / fraud.sum(), (np.arange(rows) - fraud.sum()) / (~fraud).sum())
    flagged = place < np.where(fraud, caught, alarms) / 100 - 1e-9
    (_, wrong), (_, hits) = confusion_matrix(fraud, flagged)
    counted = {"fraud": fraud.sum(), "honest": (~fraud).sum(), "hits": hits, "false": wrong}
    expected = {name: count / 2 for name, count in counted.items()}
    assert base_rate("counts", base, caught, alarms) == pytest.approx(expected)
    assert base_rate("posterior", base, caught, alarms) == pytest.approx(precision_score(fraud, flagged))


@pytest.mark.parametrize(("base", "caught", "alarms"), [(0.01, 50, 20), (0.02, 99, 0.5), (0.5, 77, 13.5), (20, 60, 3)])
def test_odds_times_likelihood_ratio(base: float, caught: float, alarms: float) -> None:
    odds = base / (100 - base) * caught / alarms
    assert base_rate("posterior", base, caught, alarms) == pytest.approx(odds / (1 + odds))
    counts = base_rate("counts", base, caught, alarms)
    assert counts["hits"] / (counts["hits"] + counts["false"]) == pytest.approx(odds / (1 + odds))
    decimals = [1_000 * count for count in counts.values()]
    assert decimals == pytest.approx(np.round(decimals).tolist(), abs=1e-6)  # three decimals say all


def test_it_begins_with_the_numbers_of_the_answer() -> None:
    """Base rate 1 %, 99 % caught, 5 % false alarms: 99 of 594, one in six; a tenth of the false alarms: 66.7 %."""
    start = {control["name"]: control["value"] for control in base_rate("controls")}
    assert (start["caught"], start["alarms"]) == (99, 5)
    counts = base_rate("counts", 1, 99, 5)
    assert counts == {"fraud": 100, "honest": 9_900, "hits": 99, "false": 495}
    assert base_rate("posterior", 1, 99, 5) == pytest.approx(1 / 6)
    assert base_rate("posterior", 1, 99, 0.5) == pytest.approx(0.667, abs=0.0005)
    assert base_rate("BASES")[start["base"]] == 1
