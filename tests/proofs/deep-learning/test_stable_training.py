"""Proofs for "Training that stays stable": what the page states and has no room to run, one function each."""

from __future__ import annotations

from itertools import product
from math import e, exp, log, log10, sqrt

import numpy as np


def test_batch_normalization() -> None:
    """7 becomes 1.34; two rows become -1 and 1 for 7 and for 1,000; weights times a leave the output and divide the
    gradient by a; a bias cancels; 0.35 of the start stays after ten steps; fixed averages are a scale and a shift."""

    def norm(z: np.ndarray) -> np.ndarray:
        return (z - z.mean(0)) / np.sqrt(z.var(0) + 1e-12)

    batch = np.array([1.0, 3.0, 5.0, 7.0])
    assert batch.mean() == 4 and batch.var() == 5 and round(3 / sqrt(5), 2) == 1.34 == round(float(norm(batch)[3]), 2)
    assert np.allclose(norm(np.array([3.0, 7.0])), [-1, 1]) and np.allclose(norm(np.array([3.0, 1_000.0])), [-1, 1])
    assert round(0.9**10, 2) == 0.35
    rng = np.random.default_rng(0)
    x, w, target = rng.normal(size=(16, 5)), rng.normal(size=5), rng.normal(size=16)

    def slope(w: np.ndarray) -> np.ndarray:
        steps = 1e-5 * np.eye(5)
        return np.array([(target @ np.tanh(norm(x @ (w + s))) - target @ np.tanh(norm(x @ (w - s)))) / 2e-5
                         for s in steps])  # fmt: skip

    assert np.allclose(norm(x @ w), norm(x @ (7 * w))) and np.allclose(norm(x @ w), norm(x @ w + 3))
    assert np.linalg.norm(slope(w)) > 0.1 and np.allclose(slope(7 * w), slope(w) / 7, atol=1e-6)


def test_layer_or_batch_norm() -> None:
    """Layer norm ignores the scale of a token and the other tokens; its output has mean 0 and one length; root mean
    square norm does not remove the mean; batch norm at inference merges into the linear map before it."""
    rng = np.random.default_rng(0)
    x = rng.normal(2, 3, (4, 6))

    def layer(x: np.ndarray) -> np.ndarray:
        return (x - x.mean(1, keepdims=True)) / x.std(1, keepdims=True)

    scaled = x * np.array([[1], [10], [1], [1]])
    assert np.allclose(layer(scaled), layer(x)) and np.allclose(layer(x + 5), layer(x))
    assert np.allclose(layer(x).mean(1), 0) and np.allclose(np.linalg.norm(layer(x), axis=1), sqrt(6))
    rms = x / np.sqrt((x**2).mean(1, keepdims=True))
    assert np.allclose((rms**2).mean(1), 1) and np.all(abs(rms.mean(1)) > 0.05)
    weights, mean, var, gain, shift = rng.normal(size=(6, 3)), rng.normal(size=3), 1 + rng.random(3), 2.0, 0.5
    after = gain * (x @ weights - mean) / np.sqrt(var) + shift
    assert np.allclose(after, x @ (weights * gain / np.sqrt(var)) + shift - gain * mean / np.sqrt(var))


def test_residual_connections() -> None:
    """2 to the 50 is about 10 to the 15; 1.01 to the 100 is 2.70, below e; branches on normalized inputs give 1 + L;
    a zero last layer has a gradient, two zero layers have none; 20 slopes of 0.1 leave 1e-20, with skips 0.12 to 6.7,
    and the product of I + F contains I."""
    assert round(log10(2**50)) == 15 and round(1.01**100, 2) == 2.70 and round(1.01**100, 1) == 2.7
    assert all((1 + 1 / blocks) ** blocks < e for blocks in range(1, 500))
    assert np.isclose(0.1**20, 1e-20) and round(0.9**20, 2) == 0.12 and round(1.1**20, 1) == 6.7
    rng = np.random.default_rng(0)
    f, g = rng.normal(size=(2, 3, 3))
    assert np.allclose((np.eye(3) + f) @ (np.eye(3) + g) - (f + g + f @ g), np.eye(3))
    h = rng.normal(size=(256, 256))
    grown, stream = h, h
    for _ in range(8):
        branch = rng.normal(size=(256, 256)) / 16
        stream = stream + branch @ (stream / stream.std())
        grown = grown + branch @ grown
    assert abs(stream.var() / 9 - 1) < 0.1 and abs(grown.var() / 2**8 - 1) < 0.1
    x, g = rng.normal(size=(8, 5)), rng.normal(size=(8, 5))

    def gradients(first: np.ndarray, last: np.ndarray) -> tuple[float, float]:
        hidden = np.maximum(x @ first, 0)
        back = g @ last.T * (x @ first > 0)
        return float(abs(x.T @ back).max()), float(abs(hidden.T @ g).max())

    first, zero = rng.normal(size=(5, 5)), np.zeros((5, 5))
    assert gradients(first, zero)[1] > 0.1 and gradients(zero, zero) == (0, 0)


def test_dropout() -> None:
    """Over all masks: the mean stays, the variance is p/(1 - p) of the square, and the expected squared error of a
    linear model is that without dropout plus the penalty; 1.25; 8 and 6; variance 2 and 0.71 before batch norm."""
    rng = np.random.default_rng(0)
    x, y, w = rng.normal(size=(5, 3)), rng.normal(size=5), rng.normal(size=3)
    for p in (0.2, 0.5):
        total, mean, square = 0.0, np.zeros((5, 3)), np.zeros((5, 3))
        for mask in product((0, 1), repeat=3):  # rows have their own masks; their expectations add up
            m = np.array(mask)
            chance = (1 - p) ** m.sum() * p ** (3 - m.sum())
            dropped = x * m / (1 - p)
            total += chance * ((y - dropped @ w) ** 2).sum()
            mean += chance * dropped
            square += chance * dropped**2
        assert np.allclose(mean, x) and np.allclose(square - mean**2, x**2 * p / (1 - p))
        assert np.isclose(total, ((y - x @ w) ** 2).sum() + p / (1 - p) * (w**2 * (x**2).sum(0)).sum())
    assert 1 / (1 - 0.2) == 1.25 and 6 / (1 - 0.25) == 8 and 0.75 * 8 == 6 and 0.75 * 6 == 4.5 and 6 / 0.25 == 24
    variance = (1 + 0) / (1 - 0.5)  # E h^2 / (1 - p) - mean^2 with mean 0
    assert variance == 2 and round(1 / sqrt(variance), 2) == 0.71


def test_data_augmentation() -> None:
    """A half-turn makes a 6 a 9 in this font; with random labels, five copies a row with noise 0.1 and a random
    fifth held out, one neighbor scores above 99 % on average; noise is an L2 penalty of n s^2 on the summed error."""
    codes = ["75557", "26227", "71747", "71717", "55711", "74717", "74757", "71111", "75757", "75717"]
    font = np.array([[[int(row) >> k & 1 for k in (2, 1, 0)] for row in c] for c in codes])
    assert np.array_equal(font[6][::-1, ::-1], font[9])

    def predict(x: np.ndarray, y: np.ndarray, new: np.ndarray) -> np.ndarray:
        return y[((x**2).sum(1) - 2 * new @ x.T).argmin(1)]

    scores = []
    for seed in range(20):
        rng = np.random.default_rng(seed)
        rows, labels = rng.normal(size=(200, 20)), rng.integers(0, 2, 200)
        copies = np.concatenate([rows + 0.1 * rng.normal(size=rows.shape) for _ in range(5)])
        order, tiled = rng.permutation(1_000), np.tile(labels, 5)
        held, kept = order[:200], order[200:]
        scores.append((predict(copies[kept], tiled[kept], copies[held]) == tiled[held]).mean())
    assert np.mean(scores) - 4 * np.std(scores, ddof=1) / sqrt(20) > 0.99
    # E (y - (x + s z)w)^2 = (y - xw)^2 + s^2 w^2, here with z = -1 and 1 in every column, over all signs
    x, y, w, s = rng.normal(size=(6, 3)), rng.normal(size=6), rng.normal(size=3), 0.3
    noisy = np.mean([((y - (x + s * np.array(z)) @ w) ** 2).sum() for z in product((-1, 1), repeat=3)])
    assert np.isclose(noisy, ((y - x @ w) ** 2).sum() + 6 * s**2 * (w @ w))


def test_label_smoothing() -> None:
    """Gap ln 91 = 4.5, probability 0.91, loss 0.50 for ten classes at 0.1; 1,005 and 230, 0.1 and 187; the minimum
    with two classes at 0.95; (1 - eps) eta + eps/K in general; 0.85 in the quick check; focal loss keeps the order
    and the 0.5 decision, and pulls toward one half; of 100 classes it gives the one with 0.10 the probability 0.113."""
    k, eps = 10, 0.1
    top, rest = 1 - eps + eps / k, eps / k
    assert np.isclose(top, 0.91) and np.isclose(log(top / rest), log(1 + k * (1 - eps) / eps))
    assert round(log(91), 1) == 4.5 and round(-top * log(top) - 9 * rest * log(rest), 2) == 0.50
    assert round(-100_000 * log(0.99)) == 1_005 and round(-100 * log(0.1)) == 230
    assert round(-100_000 * 0.01**2 * log(0.99), 1) == 0.1 and round(-100 * 0.9**2 * log(0.1)) == 187
    p = np.linspace(0.001, 0.999, 999)
    assert np.isclose(p[np.argmin(-0.95 * np.log(p) - 0.05 * np.log(1 - p))], 0.95)
    assert np.isclose(1 - 0.2 + 0.2 / 4, 0.85) and np.isclose(0.85 + 3 * 0.05, 1)
    p, best = np.linspace(0.0001, 0.9999, 9_999), []
    for eta in np.linspace(0.05, 0.95, 19):
        focal = -eta * (1 - p) ** 2 * np.log(p) - (1 - eta) * p**2 * np.log(1 - p)
        share = 0.95 * eta + 0.05 * (1 - eta)  # of smoothed targets
        smooth = -share * np.log(p) - (1 - share) * np.log(1 - p)
        best.append(p[focal.argmin()])
        assert abs(p[smooth.argmin()] - (0.9 * eta + 0.05)) < 2e-4
        assert abs(best[-1] - 0.5) <= abs(eta - 0.5) + 1e-6 and (best[-1] - 0.5) * (eta - 0.5) > -1e-6
    assert np.all(np.diff(best) > 0)
    q = (1 - p) / 99  # of each other class; by symmetry they are equal
    many = -0.1 * (1 - p) ** 2 * np.log(p) - 0.9 * (1 - q) ** 2 * np.log(q)
    assert round(float(p[many.argmin()]), 3) == 0.113
    assert 0.9**2 * 100 > 80 and np.all(((1 - p) ** 2)[p >= 0.6] <= 0.16 + 1e-9)


def test_overfit_one_batch() -> None:
    """ln 10 = 2.30; a second softmax cannot get below 1.46; two equal rows with different labels cost 2 ln 2, that is
    0.14 averaged over ten; large last-layer weights start far above ln 10."""
    assert round(log(10), 2) == 2.30 and round(-log(exp(1) / (exp(1) + 9)), 2) == 1.46
    rng = np.random.default_rng(0)
    p = rng.dirichlet(np.full(10, 0.05), 5_000)  # many near the corners
    assert np.all(-np.log(np.exp(p[:, 0]) / np.exp(p).sum(1)) >= -log(e / (e + 9)) - 1e-12)
    q = np.linspace(0.001, 0.999, 999)
    assert np.isclose((-np.log(q) - np.log(1 - q)).min(), 2 * log(2)) and round(2 * log(2) / 10, 2) == 0.14
    z = 20 * rng.normal(size=(1_000, 10))
    assert (np.log(np.exp(z - z.max(1, keepdims=True)).sum(1)) + z.max(1) - z[:, 0]).mean() > 5 * log(10)


def test_loss_is_nan() -> None:
    """One NaN row makes loss, gradient, weights and the next batch NaN; clipping keeps it; a hidden branch of where
    gives NaN by 0 times infinity and a safe input does not; so does a softmax over a fully masked row; float16
    ends at 65,504 and rounds 1e-8 to 0."""
    rng = np.random.default_rng(0)
    x, w = rng.normal(size=(8, 3)), np.zeros(3)
    x[5, 1] = np.nan
    g = 2 * x.T @ (x @ w - 1) / 8
    w = w - 0.1 * g
    assert np.isnan(g).all() and np.isnan(w).all() and np.isnan(rng.normal(size=(8, 3)) @ w).all()
    assert np.isnan(g * min(1, 1 / np.linalg.norm(g))).all()
    values = np.array([0.0, 1.0, 4.0])
    with np.errstate(all="ignore"):
        hidden = np.where(values > 0, np.log(values), 0)
        assert np.isfinite(hidden).all() and np.isnan((values > 0) * (1 / values))[0]
        safe = np.where(values > 0, values, 1)
        assert np.isfinite(np.log(safe)).all() and np.array_equal((values > 0) * (1 / safe), [0, 1, 0.25])
    assert float(np.finfo(np.float16).max) == 65_504 and np.float16(1e-8) == 0
    masked = np.full(3, -np.inf)
    with np.errstate(invalid="ignore"):
        assert np.isnan(np.exp(masked - masked.max())).all()
    assert 5_000 + 1 == 5_001


def test_training_plateau() -> None:
    """2.30, 0.325 (0.33) for 90:10 and 0.693 are losses of constants, and no constant does better; the variance for
    squared error; a fifth flipped costs at least 0.50; the floor of SGD is proportional to the rate when it is
    small; with both losses added, a cut at 1,000 steps leaves 0.135 at step 5,100; one at 5,000 leaves 0.016; on
    absolute error, full batches bounce without any noise, and a tenth of the rate lowers the loss at once."""
    assert round(log(10), 2) == 2.30 and round(log(2), 3) == 0.693
    q = np.linspace(0.001, 0.999, 999)
    cost = -0.9 * np.log(q) - 0.1 * np.log(1 - q)
    assert np.isclose(q[cost.argmin()], 0.9) and round(float(cost.min()), 3) == 0.325 and round(0.325083, 2) == 0.33
    flips = -0.8 * np.log(q) - 0.2 * np.log(1 - q)
    assert round(float(flips.min()), 2) == 0.50
    y = np.random.default_rng(0).normal(3, 2, 100)
    grid = np.linspace(0, 6, 601)
    assert np.isclose(((y[:, None] - grid) ** 2).mean(0).min(), y.var(), atol=1e-4)
    floor = [rate**2 / (1 - (1 - rate) ** 2) for rate in (0.01, 0.001)]
    assert abs(floor[0] / floor[1] / 10 - 1) < 0.01

    def both(*plan: tuple[float, int]) -> float:
        sharp, flat = 1.0, 1_000.0
        for rate, steps in plan:
            for _ in range(steps):
                sharp, flat = (1 - rate) ** 2 * sharp + rate**2, (1 - rate * 0.001) ** 2 * flat
        return (sharp + 0.001 * flat) / 2

    assert round(both((0.5, 1_000), (0.05, 4_100)), 3) == 0.135 and round(both((0.5, 5_000), (0.05, 100)), 3) == 0.016
    rng = np.random.default_rng(0)
    x, w, losses = rng.normal(size=(200, 5)), np.zeros(5), []
    target = x.sum(1)  # linear, without noise; every step takes all rows
    for step in range(1_100):
        error = x @ w - target
        losses.append(float(abs(error).mean()))
        w = w - (0.5 if step < 1_000 else 0.05) * x.T @ np.sign(error) / 200
    early, late, cut = (np.mean(losses[start : start + 20]) for start in (100, 980, 1_020))
    assert late > 0.1 and abs(late / early - 1) < 0.05 and cut < 0.5 * late
