"""Proofs for the section "Probability and statistics" of the errata: numbers that no linked question shows."""

from __future__ import annotations

from math import sqrt

import numpy as np
from scipy import stats


def test_a_distribution_is_a_list_of_values_and_their_probabilities() -> None:
    """A normal error of standard deviation 0.1 s: 0.68, 0.080, 0.0080 within 0.1, 0.01, 0.001 s; density 3.989."""
    clock = stats.norm(0, 0.1)
    near = [clock.cdf(h) - clock.cdf(-h) for h in (0.1, 0.01, 0.001)]
    assert [f"{near[0]:.2f}", f"{near[1]:.3f}", f"{near[2]:.4f}"] == ["0.68", "0.080", "0.0080"]
    assert clock.cdf(1e-12) - clock.cdf(-1e-12) < 1e-10
    assert round(float(clock.pdf(0)), 3) == 3.989


def test_the_average_of_many_draws_always_settles_at_the_expected_value() -> None:
    """A single Cauchy draw and averages of 10 and of 10,000 lie beyond ±1 half of the time: exactly, and simulated."""
    assert np.isclose(2 * stats.cauchy.sf(1), 1 / 2)
    t, sims = np.linspace(-5, 5, 11), 4_000
    for n in (10, 10_000):
        # the characteristic function exp(-|t|) of one draw is that of the average as well
        assert np.allclose(np.exp(-abs(t / n)) ** n, np.exp(-abs(t)))
        beyond = [abs(np.random.default_rng(seed).standard_cauchy((sims // 16, n)).mean(1)) > 1 for seed in range(16)]
        assert abs(np.mean(beyond) - 1 / 2) < 4 * sqrt(0.25 / sims)
