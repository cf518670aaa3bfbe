"""The moving p-values against SciPy."""

from __future__ import annotations

import numpy as np
import pytest
from pieces import piece
from scipy.stats import kstest, norm

p_values = piece("p-values")


def _below(p: np.ndarray, effect: float) -> np.ndarray:
    """The share of two-sided p-values up to p, when z is normal around the effect."""
    cut = norm.isf(p / 2)
    return np.asarray(norm.sf(cut - effect) + norm.cdf(-cut - effect))


@pytest.mark.parametrize("effect", [0, 0.04, 1, 1.96, 2.8, 4])
def test_bars(effect: float) -> None:
    bars = p_values("bars", effect)
    assert bars == pytest.approx(np.diff(_below(np.linspace(0, 1, 21), effect)), abs=1e-6)
    assert sum(bars) == pytest.approx(1, abs=1e-6)


@pytest.mark.parametrize(("level", "effect"), [(0.01, 0), (0.05, 2.8), (0.03, 0.8), (0.1, 4)])
def test_power(level: float, effect: float) -> None:
    assert p_values("below", level, effect) == pytest.approx(float(_below(np.array(level), effect)), abs=1e-6)


def test_power_is_the_share_among_drawn_studies() -> None:
    """The formula of this test and of the piece is the distribution of p itself."""
    z = np.random.default_rng(0).normal(1.2, size=20_000)
    p = 2 * norm.sf(abs(z))
    assert kstest(p, lambda cut: _below(cut, 1.2)).pvalue > 0.01
    assert np.mean(p < 0.05) == pytest.approx(p_values("below", 0.05, 1.2), abs=0.01)


def test_it_starts_as_the_figure() -> None:
    effect, percent = (control["value"] for control in p_values("controls"))
    assert (effect, percent) == (pytest.approx(norm.isf(0.025), abs=1e-3), 5)
    bars = p_values("bars", effect)
    assert [round(100 * share) for share in bars[:2]] == [50, 12]
    assert bars[-1] < 0.01 and bars == sorted(bars, reverse=True)
