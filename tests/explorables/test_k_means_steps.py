"""The moving k-means against steps in NumPy and against scikit-learn, from every start that a reader can choose."""

from __future__ import annotations

import runpy
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from bank.library import DOCS
from pieces import piece
from sklearn.cluster import KMeans

steps = piece("k-means-steps")
FIGURE = DOCS / "questions/unsupervised-and-time-series/figures/k-means-steps.py"
ROWS = np.array(steps("ROWS"))
CONTROLS = {control["label"]: control for control in steps("controls")}


def spread(rows: np.ndarray, centers: np.ndarray, groups: np.ndarray) -> float:
    return float(((rows - centers[groups]) ** 2).sum())


def by_hand(rows: np.ndarray, centers: np.ndarray) -> list[tuple[np.ndarray, np.ndarray, float]]:
    """Centers, groups and W after each half round. No group may run empty, no row lie equally near to two centers."""
    states: list[tuple[np.ndarray, np.ndarray, float]] = []
    while True:
        distances = ((rows[:, None] - centers) ** 2).sum(2)
        assert (np.diff(np.sort(distances, 1)[:, :2]) > 1e-6).all()
        groups = distances.argmin(1)
        states.append((centers, groups, spread(rows, centers, groups)))
        if len(states) > 1 and (groups == states[-2][1]).all():
            return states
        centers = np.array([rows[groups == j].mean(0) for j in range(len(centers))])
        states.append((centers, groups, spread(rows, centers, groups)))


@pytest.mark.parametrize("k", range(CONTROLS["Centers"]["min"], CONTROLS["Centers"]["max"] + 1))
def test_every_start(k: int) -> None:
    ends = []
    for states in steps("paths", k):
        first = np.array(states[0]["centers"])
        assert len(np.unique(first, axis=0)) == k and all((center == ROWS).all(1).any() for center in first)
        expected = by_hand(ROWS, first)
        assert len(states) == len(expected)
        for state, (centers, groups, total) in zip(states, expected, strict=True):
            np.testing.assert_allclose(state["centers"], centers)
            assert state["groups"] == groups.tolist() and state["sum"] == pytest.approx(total)
        changes = [(now[1] != then[1]).sum() for then, now in pairwise(expected[::2])]
        assert [len(state["changed"]) for state in states[2::2]] == changes
        fit = KMeans(k, init=first, n_init=1, max_iter=100, tol=0, algorithm="lloyd").fit(ROWS)
        assert states[-1]["groups"] == fit.labels_.tolist() and states[-1]["sum"] == pytest.approx(fit.inertia_)
        said = [f"{state['sum']:.1f}" for state in states[:-1]]
        assert len(set(said)) == len(said)  # whenever W is said to fall, the words show it
        ends.append(states[-1]["sum"])
    assert len(ends) == CONTROLS["Start"]["max"]
    best = KMeans(k, n_init=50, random_state=0).fit(ROWS).inertia_
    assert min(ends) == pytest.approx(best)  # so "none ends lower" means the best split
    assert k == 2 or max(ends) > 1.15 * min(ends)  # some starts end worse


def test_all_rows_are_assigned_first_and_none_last() -> None:
    states = steps("run", [[1, 1], [2, 2]], [[1, 1], [2, 2], [3, 3], [8, 8]])
    assert states[0]["changed"] == [0, 1, 2, 3] and states[-1]["changed"] == []
    assert ["before" in state for state in states] == [place % 2 == 1 for place in range(len(states))]


def test_the_answers_table() -> None:
    column = [[x, 0] for x in (1, 2, 3, 8, 10, 12)]
    states = steps("run", [[1, 0], [2, 0]], column)
    assert [state["sum"] for state in states] == [201, 76, 40, 10, 10]
    assert [center[0] for center in states[-1]["centers"]] == [2, 10]


def test_a_tie_stays() -> None:
    states = steps("run", [[3, 0], [-2, 0]], [[-4, 0], [0, 0], [2, 0], [2, 0]])  # 0 lies between the means 2 and -2
    assert states[-1]["groups"] == [1, 1, 0, 0] and len(states) == 3


@pytest.mark.parametrize("column", [(0, 1, 5, 6, 40), (0, 1, 5, 6.5, 40, 43)])
def test_an_empty_center_takes_over_the_farthest_row(column: tuple[float, ...]) -> None:
    rows, first = np.array([[x, 0] for x in column]), np.array([[0.0, 0], [5, 0], [1_000, 0]])
    states = steps("run", first.tolist(), rows.tolist())
    fit = KMeans(3, init=first, n_init=1, max_iter=100, tol=0, algorithm="lloyd").fit(rows)
    assert 2 not in states[0]["groups"] and states[1]["groups"][int(rows[:, 0].argmax())] == 2
    assert states[-1]["groups"] == fit.labels_.tolist() and states[-1]["sum"] == pytest.approx(fit.inertia_)
    assert (np.diff([state["sum"] for state in states]) <= 1e-9).all()


def test_more_centers_than_different_rows_come_to_an_end() -> None:
    states = steps("run", [[0, 0], [0, 0], [9, 9]], [[0, 0], [0, 0], [0, 0], [1, 0]])
    assert states[-1]["sum"] == 0 and np.isfinite([state["centers"] for state in states]).all()


def test_it_starts_as_the_figure() -> None:
    still: dict[str, Any] = runpy.run_path(str(FIGURE))
    assert (still["ROWS"] == ROWS).all()
    shown = {label: control.get("value") for label, control in CONTROLS.items()}
    states, rounds = steps("paths", shown["Centers"])[shown["Start"] - 1], still["rounds"]()
    assert len(states) == 2 * len(rounds) - 1
    for state, (centers, groups, _) in zip(states[::2], rounds, strict=True):
        np.testing.assert_allclose(state["centers"], centers)
        assert state["groups"] == groups.tolist() and state["sum"] == pytest.approx(still["spread"](centers, groups))
    # as the figure's words on the page say
    assert [len(state["changed"]) for state in states[::2]] == [24, 3, 2, 0]
    assert (round(states[0]["sum"], -1), round(states[-1]["sum"])) == (460, 94)
