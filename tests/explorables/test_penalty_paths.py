"""The moving paths of penalized weights against scikit-learn, and against the figure."""

from __future__ import annotations

import itertools
import runpy
from typing import Any

import numpy as np
import pytest
from bank.library import DOCS
from numpy.typing import NDArray
from pieces import piece
from sklearn.linear_model import Lasso, Ridge

Array = NDArray[np.float64]
paths = piece("penalty-paths")
FIGURE = DOCS / "questions/ml-fundamentals/figures/penalty-paths.py"
ROWS = 40


def rows(twins: float, second: float) -> tuple[Array, Array]:
    """Columns and labels with exactly these correlations and covariances."""
    corr = np.eye(4)
    corr[0, 1] = corr[1, 0] = twins
    white = np.linalg.qr(np.random.default_rng(0).normal(size=(ROWS, 4)))[0] * ROWS**0.5
    x = white @ np.linalg.cholesky(corr).T
    return x, x @ np.linalg.solve(corr, [1, second, 0.5, -0.3])


@pytest.mark.parametrize(
    ("strength", "twins", "second"),
    [(0.02, 0.95, 0.94), (0.1, 0.95, 0.96), (0.3, 0.5, 1.06), (0.4, 0.95, 0.96), (0.4, 0.95, 1.04), (0.6, 0, 1)],
)
def test_fit(strength: float, twins: float, second: float) -> None:
    x, y = rows(twins, second)
    lasso = Lasso(strength, fit_intercept=False, tol=1e-14, max_iter=100_000).fit(x, y).coef_
    ridge = Ridge(strength * ROWS, fit_intercept=False).fit(x, y).coef_
    sparse = np.array(paths("fit", strength, 0, twins, second))
    assert sparse == pytest.approx(lasso, abs=1e-6)
    assert ((sparse == 0) == (abs(lasso) < 1e-6)).all()
    shrunk = np.array(paths("fit", 0, strength, twins, second))
    assert shrunk == pytest.approx(ridge, abs=1e-9)
    assert (shrunk != 0).all()


@pytest.mark.parametrize(
    ("strength", "twins", "second", "zeros"),
    [
        (0.18, 0.95, 0.96, ""),
        (0.2, 0.95, 0.96, "B"),
        (0.3, 0.95, 0.96, "BD"),
        (0.5, 0.95, 0.96, "BCD"),
        (0.24, 0.95, 1.04, "A"),  # the twins creep to it: exactly zero only once they have settled
        (1.04, 0.95, 1.06, "ACD"),
        (1.06, 0.95, 1.06, "ABCD"),
    ],
)
def test_weights_are_exactly_zero_from_the_strength_at_which_they_should_be(
    strength: float, twins: float, second: float, zeros: str
) -> None:
    weights = paths("fit", strength, 0, twins, second)
    assert "".join(name for name, weight in zip("ABCD", weights, strict=True) if weight == 0) == zeros


def test_it_starts_as_the_figure_and_as_the_answer_says() -> None:
    shown = {control["name"]: control["value"] for control in paths("controls")}
    assert shown == {"strength": 0.4, "twins": 0.95, "second": 0.96}
    given = [shown["twins"], shown["second"]]
    assert np.round(paths("fit", 0.4, 0, *given), 2).tolist() == [0.6, 0, 0.1, 0]
    assert np.round(paths("fit", 0, 0.4, *given), 2).tolist() == [0.46, 0.37, 0.36, -0.21]
    assert np.round(paths("fit", 0.2, 0.2, *given), 2)[:2].tolist() == [0.44, 0.28]
    still: dict[str, Any] = runpy.run_path(str(FIGURE))
    for side, panel in enumerate(still["figure"]().axes):
        lines = [np.array(line.get_data(), dtype=float) for line in panel.lines[1:]]
        drawn, dots = lines[::2], lines[1::2]
        for place in (0, 45):
            at = drawn[0][0, place]
            weights = paths("fit", at * (1 - side), at * side, *given)
            assert [line[1, place] for line in drawn] == pytest.approx(weights, abs=1e-9)
        at_start = paths("fit", 0.4 * (1 - side), 0.4 * side, *given)
        assert [dot.ravel().tolist() for dot in dots] == [[0.4, pytest.approx(w, abs=1e-9)] for w in at_start]


def test_what_the_words_of_the_figure_say() -> None:
    still: dict[str, Any] = runpy.run_path(str(FIGURE))
    for strength, zero in ((0.2, 1), (0.3, 3), (0.5, 2), (1, 0)):
        weights = still["lasso"](strength - 1e-3), still["lasso"](strength)
        assert weights[0][zero] != 0 and abs(weights[1][zero]) < 1e-12
    first, second = (np.array(line.get_ydata(), dtype=float) for line in still["figure"]().axes[1].lines[1:4:2])
    assert [round(second[0], 2), round(second.max(), 2)] == [0.21, 0.38]
    assert 0 < second.argmax() < 60 and second[-1] < second.max() - 0.1 and abs(first - second)[-1] < 0.03


def test_none_but_a_true_zero_looks_like_one() -> None:
    """The sentence shows four digits of small weights: on no stop of the sliders is one smaller than that."""
    lines = [round(0.02 * step, 2) for step in range(1, 101)]
    for twins, second in itertools.product(np.arange(0, 0.96, 0.05), np.arange(0.94, 1.07, 0.02)):
        corr = np.array([[1, twins], [twins, 1]])
        for strength in lines:
            ridge = np.linalg.solve(corr + strength * np.eye(2), [1, second])
            both = np.linalg.solve(corr, np.array([1, second]) - strength)
            assert abs(ridge).min() > 5e-5
            assert both.min() < 1e-9 or both.min() > 5e-5
