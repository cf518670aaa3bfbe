"""The moving peeks against NumPy and SciPy: the exact chance to cross, the bounds and the walks."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.polynomial.legendre import leggauss
from pieces import piece
from scipy.stats import kstest, multivariate_normal, norm

z_paths = piece("z-paths")
NODES, WEIGHTS = leggauss(151)


def _crossed(bounds: np.ndarray) -> np.ndarray:
    """The chance of |z| beyond its bound by each look: the density of the sum on both sides, by Gauss-Legendre."""
    chances, sums, shares = [], np.zeros(1), np.ones(1)
    for look, bound in enumerate(bounds, 1):
        edge = bound * np.sqrt(look)
        steps = np.exp(-((edge * NODES[:, None] - sums) ** 2) / 2) / np.sqrt(2 * np.pi)
        shares = (steps @ shares) * WEIGHTS * edge
        sums = edge * NODES
        chances.append(1 - shares.sum())
    return np.array(chances)


@pytest.mark.parametrize("bound", [1.5, 1.96, 2.81, 3.5])
def test_chance_by_every_look(bound: float) -> None:
    assert z_paths("chances", bound) == pytest.approx(_crossed(np.full(50, bound)), abs=1e-4)


def test_chance_of_few_looks_by_the_joint_normal() -> None:
    bound, looks = 1.96, np.arange(1, 5)
    correlation = np.sqrt(np.minimum.outer(looks, looks) / np.maximum.outer(looks, looks))
    chances = z_paths("chances", bound)
    for upto in looks:
        cut = np.full(upto, bound)
        inside = multivariate_normal.cdf(cut, cov=correlation[:upto, :upto], lower_limit=-cut, rng=0)
        assert chances[upto - 1] == pytest.approx(1 - inside, abs=1e-4)


def test_the_answers_chances() -> None:
    peeking = z_paths("chances", 1.96)
    assert peeking[0] == pytest.approx(0.05, abs=1e-4) and round(peeking[9], 2) == 0.19
    assert z_paths("chances", 2.555)[9] == pytest.approx(0.05, abs=5e-5)  # Pocock


@pytest.mark.parametrize("looks", [1, 2, 5, 10, 50])
def test_fleming_keeps_five_percent(looks: int) -> None:
    bounds = z_paths("fleming", looks) * np.sqrt(looks / np.arange(1, looks + 1))
    assert _crossed(bounds)[-1] == pytest.approx(0.05, abs=4e-4)


def test_fleming_is_that_of_the_answer_and_the_figure() -> None:
    ten = z_paths("fleming", 10)
    assert ten == pytest.approx(2.087, abs=1e-3) and round(ten * 10**0.5, 1) == 6.6
    assert z_paths("fleming", 50) == pytest.approx(2.17, abs=0.01)


def test_walks_have_independent_normal_steps() -> None:
    steps = []
    for run in (1, 2, 3):
        sums = np.array(z_paths("walks", run)) * np.sqrt(np.arange(1, 51))
        steps.append(np.diff(sums, prepend=0))
        assert steps[-1].shape == (20, 50)
    drawn = np.concatenate(steps)
    assert kstest(drawn.ravel(), norm.cdf).pvalue > 0.01
    assert abs(np.corrcoef(drawn[:, :-1].ravel(), drawn[:, 1:].ravel())[0, 1]) < 0.06
    assert not np.allclose(steps[0], steps[1])


@pytest.mark.parametrize(("run", "looks", "bound"), [(1, 10, 1.96), (2, 50, 1.5), (5, 1, 1.6)])
def test_crossings_are_counted(run: int, looks: int, bound: float) -> None:
    z = abs(np.array(z_paths("walks", run)))[:, :looks]
    assert z_paths("crossed", run, looks, bound) == (z > bound).any(1).sum()
    falling = bound * np.sqrt(looks / np.arange(1, looks + 1))
    assert z_paths("crossed", run, looks, bound, True) == (z > falling).any(1).sum()


def test_it_starts_as_the_figure() -> None:
    looks, bound, run = (control["value"] for control in z_paths("controls"))
    assert (looks, bound, run) == (50, 1.96, 1)
    assert z_paths("crossed", run, looks, bound) == 6
    assert z_paths("crossed", run, looks, z_paths("fleming", looks), True) == 0
    ends = abs(np.array(z_paths("walks", run)))[:, -1]
    assert [round(end, 1) for end in ends if end > bound] == [2.0]  # one, barely
