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


def test_counts_add_up() -> None:
    counts = roc("counts", 1, 0.1)
    assert counts == {"hits": 841, "misses": 159, "alarms": 1428, "passed": 7572}
    assert counts["hits"] == round(1_000 * norm.sf(-1)) and counts["alarms"] == round(9_000 * norm.sf(1))
