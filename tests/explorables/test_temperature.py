"""Temperature, top-k and top-p in the moving figure against SciPy and the answers of the page."""

from __future__ import annotations

import numpy as np
import pytest
from pieces import piece
from scipy.special import softmax

temperature = piece("temperature")

LOGITS = np.arange(7, -1, -1)


@pytest.mark.parametrize("t", [0.1, 0.7, 3])
def test_softmax(t: float) -> None:
    assert temperature("softmax", t) == pytest.approx(softmax(LOGITS / t).tolist(), rel=1e-9)


@pytest.mark.parametrize(("t", "k", "p"), [(0.1, 8, 0.95), (1, 8, 0.9), (1.5, 5, 0.8), (3, 8, 0.95)])
def test_both_cuts(t: float, k: int, p: float) -> None:
    """The way of masks: top-k sets the other logits to minus infinity, top-p then drops what begins at p or beyond."""
    logits = np.where(LOGITS + k >= 8, LOGITS / t, -np.inf)
    first = softmax(logits)
    held_before = first.cumsum() - first
    expected = softmax(np.where(held_before < p, logits, -np.inf))
    kept = temperature("cut", softmax(LOGITS / t).tolist(), k, p)
    assert kept == pytest.approx(expected[expected > 0].tolist(), rel=1e-9)


def test_top_p_looks_at_what_top_k_left() -> None:
    """The first token holds less than 0.7 of all eight, and more than that of the first two."""
    before = softmax(LOGITS).tolist()
    assert before[0] < 0.7 < before[0] / sum(before[:2])
    assert temperature("remaining", before, 8, 0.7) == 2
    assert temperature("remaining", before, 2, 0.7) == 1
    assert temperature("sums", before, 2) == pytest.approx([before[0] / sum(before[:2]), 1])


@pytest.mark.parametrize(("k", "p", "count"), [(2, 1, 2), (5, 0.8, 3), (5, 0.7, 2), (5, 0.85, 3)])
def test_the_five_tokens_of_the_answer(k: int, p: float, count: int) -> None:
    """0.8 needs three; a sum that is equal to p is enough: 0.5 + 0.2, and 0.15 more."""
    assert temperature("remaining", [0.5, 0.2, 0.15, 0.1, 0.05], k, p) == count


def test_what_is_left_is_divided_by_its_sum() -> None:
    assert temperature("cut", [0.5, 0.2, 0.15, 0.1, 0.05], 2, 1) == pytest.approx([0.71, 0.29], abs=0.005)


def test_without_top_p_the_smallest_ones_stay() -> None:
    """At a temperature of 0.1 a plain running sum reaches 1 long before the last token."""
    before = softmax(LOGITS / 0.1)
    assert (before.cumsum() >= 1).argmax() < 7
    assert temperature("remaining", before.tolist(), 8, 1) == 8


def test_it_begins_as_the_figure_stands() -> None:
    """Nothing is cut, at the temperature of the middle curve; its first token has 0.63, others 0.86 and 0.40."""
    start = {control["name"]: control["value"] for control in temperature("controls")}
    assert start == {"temperature": 1, "k": 8, "p": 1}
    assert [round(temperature("softmax", t)[0], 2) for t in (0.5, 1, 2)] == [0.86, 0.63, 0.40]
    assert temperature("cut", temperature("softmax", 1), 8, 1)[0] == pytest.approx(0.63, abs=0.005)
