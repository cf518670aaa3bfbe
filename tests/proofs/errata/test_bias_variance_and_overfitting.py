"""Proofs for the section "Bias, variance and overfitting" of the errata, one function a claim."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.distance import cdist
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression, Ridge

Array = NDArray[np.float64]


def bias_and_variance(predictions: Array, truth: Array) -> tuple[float, float]:
    """Squared bias, cleared of variance, and variance over training sets (one a row), averaged over points."""
    variance = predictions.var(0, ddof=1)
    return float(np.mean((predictions.mean(0) - truth) ** 2 - variance / len(predictions))), float(variance.mean())


def test_regularization_cures_high_bias() -> None:
    """A line on 20 inputs, penalties 0, 10, 100: squared bias 0.10, 0.30, 0.63, test error 0.38, 0.57, 0.89."""
    # exact, and compared with a simulation; training error rises as well
    x = np.linspace(-1, 1, 20)
    truth, noise = np.tanh(4 * x + 1), 0.25
    shown = {0: (0.10, 0.38), 10: (0.30, 0.57), 100: (0.63, 0.89)}
    rng = np.random.default_rng(0)
    rows, new = truth + rng.normal(0, noise**0.5, (2, 20, 20_000)).transpose(0, 2, 1)
    training = []
    for penalty, numbers in shown.items():
        hat = np.full((20, 20), 1 / 20) + np.outer(x, x) / (x @ x + penalty)  # the intercept is free
        assert np.allclose(hat @ rows[0], Ridge(penalty).fit(x[:, None], rows[0]).predict(x[:, None]))
        bias2, variance = np.mean((hat @ truth - truth) ** 2), noise * np.sum(hat**2) / 20
        assert (round(float(bias2), 2), round(float(bias2 + variance + noise), 2)) == numbers
        errors = ((new - rows @ hat) ** 2).mean(1)
        assert abs(errors.mean() - (bias2 + variance + noise)) < 4 * errors.std() / 20_000**0.5
        training.append(float(np.mean((rows - rows @ hat) ** 2)))
    assert training == sorted(training)
    fine = [np.mean((truth - truth.mean() - x * (x @ truth) / (x @ x + c)) ** 2) for c in np.logspace(-3, 3, 25)]
    assert np.all(np.diff(fine) > 0)  # squared bias at every stronger penalty is larger


def test_logistic_regression_has_low_bias_and_high_variance() -> None:
    """Squared bias and variance of its probability: 0.08 and 0.002, of boosted trees 0.04 and 0.013, where columns
    interact (1,200 rows); 0.01 and 0.03, of trees 0.03 and 0.10, where the truth is linear (50 rows)."""
    # the models and truths of the linked question; six other seeds gave the same within the tolerances
    trees = HistGradientBoostingClassifier(learning_rate=0.2, max_iter=30, max_leaf_nodes=8, min_samples_leaf=5)
    models = (LogisticRegression(), trees)

    def parts(interacting: bool, rows: int, sets: int) -> list[tuple[float, float]]:
        rng = np.random.default_rng(rows)

        def draw(n: int) -> tuple[Array, Array]:
            x = rng.normal(size=(n, 10))
            score = x[:, 0] + x[:, 1] + 2 * x[:, 2] * x[:, 3] if interacting else x[:, :5].sum(1)
            return x, 1 / (1 + np.exp(-1.5 * score))

        new, truth = draw(12_000)
        fits: list[list[Array]] = [[], []]
        for _ in range(sets):
            x, p = draw(rows)
            y = rng.random(rows) < p
            for model, out in zip(models, fits, strict=True):
                out.append(model.fit(x, y).predict_proba(new)[:, 1])
        return [bias_and_variance(np.array(out), truth) for out in fits]

    (bias2, variance), (trees_bias2, trees_variance) = parts(interacting=True, rows=1_200, sets=20)
    assert abs(bias2 - 0.08) < 0.007 and abs(trees_bias2 - 0.04) < 0.007
    assert abs(variance - 0.002) < 0.0006 and abs(trees_variance - 0.013) < 0.001
    assert bias2 + variance > 1.4 * (trees_bias2 + trees_variance)
    (bias2, variance), (trees_bias2, trees_variance) = parts(interacting=False, rows=50, sets=40)
    assert abs(bias2 - 0.01) < 0.005 and abs(trees_bias2 - 0.03) < 0.007
    assert abs(variance - 0.03) < 0.008 and abs(trees_variance - 0.10) < 0.012
    assert trees_variance - variance > 2 * (trees_bias2 - bias2)


def test_bias_is_the_error_on_the_training_data() -> None:
    """One nearest neighbor on 100 rows of a linear truth in ten columns: training error 0, squared bias 0.18."""
    rng = np.random.default_rng(0)
    new = rng.normal(size=(4_000, 10))
    fits = []
    for _ in range(100):
        x = rng.normal(size=(100, 10))  # truth of variance 1, noise of variance 0.25
        y = x.sum(1) / 10**0.5 + rng.normal(0, 0.5, 100)
        assert np.array_equal(y[cdist(x, x).argmin(1)], y)  # its training error
        fits.append(y[cdist(new, x).argmin(1)])
    assert abs(bias_and_variance(np.array(fits), new.sum(1) / 10**0.5)[0] - 0.18) < 0.015  # standard error 0.005
    # least squares with p of n weights: expected training error minus noise is bias² - noise p/n, close at small p/n
    truth, line = np.tanh(4 * np.linspace(-1, 1, 2_000) + 1), np.vander(np.linspace(-1, 1, 2_000), 2)
    bias2 = np.mean((truth - line @ np.linalg.lstsq(line, truth)[0]) ** 2)
    y = truth + rng.normal(0, 0.5, (200, 2_000))
    avoidable = np.mean((y - y @ np.linalg.pinv(line).T @ line.T) ** 2) - 0.25
    assert abs(avoidable / bias2 - 1) < 0.03


def test_more_complexity_always_means_more_variance() -> None:
    """Smallest weights, 60 rows: median variance above 3 with 60 random features, 0.08 with 80, 0.015 with 1,000."""
    # over fresh noise of variance 0.01, exact at given inputs and features; the median is over 120 draws of
    # these (the task of the linked question), as means have heavy tails
    median = {}
    for features in (60, 80, 1_000):
        variances = []
        for seed in range(120):
            rng = np.random.default_rng([features, seed])
            x = rng.normal(size=(260, 6))
            z = np.maximum(x @ rng.normal(0, 6**-0.5, (6, features)) + rng.uniform(-1, 1, features), 0)
            hat = z[60:] @ np.linalg.pinv(z[:60])
            variances.append(0.01 * float(np.mean(np.sum(hat**2, axis=1))))
            if seed == 0 and features == 1_000:  # by simulation, for one draw
                fits = rng.normal(0, 0.1, (4_000, 60)) @ hat.T
                assert abs(fits.var(0).mean() / variances[0] - 1) < 0.05
        median[features] = float(np.median(variances))
    assert median[60] > 3 and abs(median[80] - 0.08) < 0.01 and round(median[1_000], 3) == 0.015


def test_low_bias_means_that_every_fit_is_close_to_the_truth() -> None:
    """Degree 12 on 20 fixed inputs, noise of variance 0.25: single fits are off by 0.40, the root of bias² + 0.162."""
    x = np.linspace(-1, 1, 20)
    truth, design = np.tanh(4 * x + 1), np.polynomial.legendre.legvander(x, 12)
    hat = design @ np.linalg.pinv(design)
    bias2, variance = float(np.mean((hat @ truth - truth) ** 2)), 0.25 * 13 / 20
    assert bias2 < 0.0005 and abs(variance - 0.162) < 0.001 and round((bias2 + variance) ** 0.5, 2) == 0.40
    fits = (truth + np.random.default_rng(0).normal(0, 0.5, (20_000, 20))) @ hat
    off = np.sqrt(np.mean((fits - truth) ** 2, axis=1))  # of single fits
    assert abs(np.mean(off**2) - bias2 - variance) < 0.003 and 0.37 < np.median(off) < 0.43
