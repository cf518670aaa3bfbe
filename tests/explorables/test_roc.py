"""The moving ROC curve against SciPy."""

from __future__ import annotations

import pytest
from pieces import piece
from scipy.stats import norm

roc = piece("roc")


@pytest.mark.parametrize(("threshold", "share"), [(-2, 0.01), (0, 0.1), (1, 0.1), (2.3, 0.5), (4, 0.2)])
def test_rates(threshold: float, share: float) -> None:
    recall, alarm = norm.sf(threshold - 2), norm.sf(threshold)
    precision = share * recall / (share * recall + (1 - share) * alarm)
    expected = {"recall": recall, "alarm": alarm, "precision": precision}
    assert roc("rates", threshold, share) == pytest.approx(expected, abs=1e-5)


def test_counts_add_up_and_are_those_of_the_rates() -> None:
    counts = roc("counts", 1, 0.1)
    expected = {"hits": 841.3, "misses": 158.7, "alarms": 1427.9, "passed": 7572.1}
    assert counts == pytest.approx(expected, abs=0.05)
    assert sum(counts.values()) == pytest.approx(10_000)
    assert counts["hits"] == pytest.approx(1_000 * norm.sf(-1), abs=0.01)
    assert counts["alarms"] == pytest.approx(9_000 * norm.sf(1), abs=0.01)
