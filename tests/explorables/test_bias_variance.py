"""The moving bias, variance and fits against NumPy, and against the figure."""

from __future__ import annotations

import runpy
from typing import Any

import numpy as np
import pytest
from bank.library import DOCS
from pieces import piece

curves = piece("bias-variance")
FIGURE = DOCS / "questions/ml-fundamentals/figures/bias-variance.py"
INPUTS = np.linspace(-1, 1, 20)
TRUTH = np.tanh(4 * INPUTS + 1)


def test_the_polynomials_are_orthonormal_over_the_inputs() -> None:
    basis = np.array(curves("polynomials", INPUTS.tolist()))
    assert basis @ basis.T == pytest.approx(np.eye(15), abs=1e-12)
    elsewhere = np.linspace(-1, 1, 58)
    for power, values in enumerate(curves("polynomials", elsewhere.tolist())):
        through = np.polynomial.Legendre.fit(INPUTS, basis[power], power)
        assert values == pytest.approx(through(elsewhere), abs=1e-9)


@pytest.mark.parametrize("degree", [1, 4, 9, 14])
def test_fits_and_their_errors(degree: int) -> None:
    labels = np.array(curves("labels", 39))
    fit = np.polynomial.Legendre.fit(INPUTS, labels, degree)(INPUTS)
    basis = curves("polynomials", INPUTS.tolist())
    assert curves("fitted", labels.tolist(), degree, basis) == pytest.approx(fit, abs=1e-9)
    expected = {"training": np.mean((labels - fit) ** 2), "test": np.mean((fit - TRUTH) ** 2) + 0.25}
    assert curves("errors", 39, degree) == pytest.approx(expected, abs=1e-9)


def test_the_noise_is_normal() -> None:
    noise = np.concatenate([np.array(curves("labels", sample)) - TRUTH for sample in range(31, 41)])
    assert len(set(noise)) == 200
    assert abs(noise.mean()) < 3 * 0.5 / 200**0.5 and abs(noise.std() - 0.5) < 3 * 0.5 / 400**0.5  # 200 values


def test_a_curve_is_cut_where_it_leaves_the_panel() -> None:
    """On the grid of the drawing: no step is drawn that lies beyond the edge, and none that lies within is lost."""
    grid = np.linspace(-1, 1, 96)
    curve = 12 * np.sin(40 * grid) * grid**2  # leaves the panel many times, on both sides
    curve[:3] = 9  # and begins beyond it
    runs = [np.array(run) for run in curves("visible", curve.tolist())]
    points = np.concatenate(runs)
    assert points == pytest.approx(np.column_stack([grid, np.clip(curve, -2.4, 2.4)]), abs=1e-12)
    starts = np.cumsum([len(run) for run in runs])[:-1]
    out = abs(curve) > 2.4
    assert starts.tolist() == (1 + np.flatnonzero(out[:-1] & out[1:])).tolist() and 5 < len(starts) < 60


def test_it_starts_as_the_figure_and_as_the_answer_says() -> None:
    start = {control["name"]: control["value"] for control in curves("controls")}
    still: dict[str, Any] = runpy.run_path(str(FIGURE))
    panel = still["figure"]().axes[0]
    floor, error, variance, bias2, best = (np.array(line.get_ydata(), dtype=float) for line in panel.lines)
    assert start["degree"] == panel.lines[-1].get_xdata()[0] == 1 + error.argmin() == 4
    for degree in (1, 8, 14):
        place = degree - 1
        expected = {"bias2": bias2[place], "variance": variance[place], "error": error[place]}
        assert curves("terms", degree) == pytest.approx(expected, abs=1e-12)
    shown = curves("terms", 4)
    assert (round(shown["bias2"], 3), shown["variance"], round(shown["error"], 3)) == (0.007, 0.0625, 0.320)
    assert best[0] == pytest.approx(shown["error"]) and floor[0] == 0.25
    first = curves("errors", start["sample"], 4)  # a typical sample: close to what is expected of one
    assert first["test"] == pytest.approx(shown["error"], abs=0.02)
    assert first["training"] == pytest.approx(0.195, abs=0.02)
