"""The moving walks down a valley against NumPy: their points, when they settle, and how they are cut at the edges."""

from __future__ import annotations

import runpy
from typing import Any

import numpy as np
import pytest
from bank.library import DOCS
from pieces import piece

valley = piece("momentum-in-a-valley")
FIGURE = DOCS / "questions/deep-learning/figures/momentum-in-a-valley.py"
CURVATURE = np.array([1.0, 100.0])
EDGES = np.array([11.0, 2.2])


def step_matrix(eta: float, beta: float, curvature: float) -> np.ndarray:
    """What one step does to (parameter, velocity) in a direction of this curvature."""
    return np.array([[1 - eta * curvature, -eta * beta], [curvature, beta]])


@pytest.mark.parametrize(("eta", "beta"), [(0.001, 0), (0.018, 0.9), (0.02, 0), (0.035, 0.99), (0.05, 0.5)])
def test_walk(eta: float, beta: float) -> None:
    states = np.array([[-10.0, 1.0], [0.0, 0.0]])  # parameters, velocities
    expected = [states[0]]
    for _ in range(40):
        states = np.array([step_matrix(eta, beta, c) @ states[:, axis] for axis, c in enumerate(CURVATURE)]).T
        expected.append(states[0])
    points = np.array(valley("walk", eta, beta, 40), dtype=float)
    np.testing.assert_allclose(points, expected, rtol=1e-7, atol=1e-12)


def test_loss() -> None:
    assert valley("loss", [-10, 1]) == 100
    assert valley("loss", [3, -0.2]) == pytest.approx((CURVATURE * np.array([3, -0.2]) ** 2).sum() / 2)


def test_rates_rise_by_a_constant_factor() -> None:
    rates = [valley("rate", power) for power in (-60, -40, -35, -34, -26)]
    assert rates == [0.001, 0.01, 0.018, 0.02, 0.05]


@pytest.mark.parametrize(
    ("eta", "beta", "fate"),
    [
        (0.019, 0, 1),
        (0.02, 0, 0),
        (0.021, 0, -1),
        (0.022, 0.1, 0),
        (0.0379, 0.9, 1),
        (0.0381, 0.9, -1),
        (0.04, 0.99, -1),
    ],
)
def test_fate_is_that_of_the_eigenvalues(eta: float, beta: float, fate: int) -> None:
    growth = max(abs(np.linalg.eigvals(step_matrix(eta, beta, c))).max() for c in CURVATURE)
    assert valley("fate", eta, beta) == fate == -np.sign(np.round(growth - 1, 9))


def test_limit() -> None:
    for beta in (0, 0.9):
        limit = valley("limit", beta)
        just = [max(abs(np.linalg.eigvals(step_matrix(share * limit, beta, 100)))) for share in (0.999, 1.001)]
        assert limit == pytest.approx(2 * (1 + beta) / 100) and just[0] < 1 < just[1]


def test_what_is_drawn_lies_in_the_view() -> None:
    for eta, beta in ((0.05, 0), (0.05, 0.99), (0.035, 0.75), (0.03, 0.9)):
        walk = np.array(valley("walk", eta, beta, 100), dtype=float)
        pieces = [np.array(one) for one in valley("visible", walk.tolist())]
        corners = np.concatenate(pieces)
        assert np.isfinite(corners).all() and (abs(corners) <= EDGES + 1e-9).all()
        inside = walk[: 1 + int(np.argmax(np.append((abs(walk) > 10 * EDGES).any(1), True)))]
        inside = inside[(abs(inside) <= EDGES).all(1)]
        assert all(np.isclose(corners, point).all(1).any() for point in inside)  # nothing that could be seen is lost
        ends = [end for one in pieces for end in (one[0], one[-1])][1:-1]
        assert all(np.isclose(abs(end), EDGES).any() for end in ends)  # only at an edge does a line break off


def test_a_line_is_cut_at_the_edge() -> None:
    assert valley("visible", [[0, 0], [0, 4.4], [2, 4.4], [2, 0]]) == [[[0, 0], [0, 2.2]], [[2, 2.2], [2, 0]]]


def test_it_starts_as_the_figure() -> None:
    still: dict[str, Any] = runpy.run_path(str(FIGURE))
    shown = {control["name"]: control["value"] for control in valley("controls")}
    assert valley("rate", shown["power"]) == still["RATE"] and shown["steps"] == still["STEPS"]
    for beta in (0.0, shown["beta"]):
        np.testing.assert_allclose(valley("walk", still["RATE"], beta, shown["steps"]), still["path"](beta), atol=1e-12)
    assert shown["beta"] == 0.9  # as the answer says
