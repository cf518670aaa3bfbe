"""Proofs for "Networks and gradients": what the page states and has no room to run, one function a question."""

from __future__ import annotations

import warnings
from itertools import pairwise, product
from math import exp, log, pi, sqrt

import numpy as np
import pytest
from scipy.special import expit, ndtr
from sklearn.datasets import load_digits
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier


def growth(kind: str, variance: float, depth: int, seed: int, width: int = 128, skip: float = 0) -> float:
    """Norm of the gradient at the input over that at the output, log10, for Gaussian weights of variance v/n."""
    rng = np.random.default_rng(seed)
    h, layers = rng.normal(size=(width, 16)), []
    for _ in range(depth):
        W = sqrt(variance / width) * rng.normal(size=(width, width))
        z = W @ h
        a = np.tanh(z) if kind == "tanh" else np.maximum(z, 0)
        layers.append((W, 1 - a**2 if kind == "tanh" else (a > 0).astype(float)))
        h = skip * h + a
    g = last = rng.normal(size=h.shape)
    for W, slope in reversed(layers):
        g = skip * g + W.T @ (slope * g)
    return float(np.log10(np.linalg.norm(g) / np.linalg.norm(last)))


def test_neural_network_pros_cons() -> None:
    """7,510 parameters, whatever the number of rows; the penalties of both models are the same; split by split the
    network is 5 to 6 points behind at 50 rows with almost no penalty; each at its better penalty, they are within
    about one, and level at 0.1; at 500 rows and penalty 1 it is surer and better calibrated; a missing value is
    refused; two seeds disagree on rows, and the average of four errs less and is less sure of its errors. One
    temperature changes confidence, not the decision. Key of the quick check: at equal penalties the gap of 44
    points is 3 or 12."""
    assert 64 * 100 + 100 + 100 * 10 + 10 == 7_510
    X, y = load_digits(return_X_y=True)
    X = X / 16
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for rows in (50, 500):
            model = MLPClassifier(hidden_layer_sizes=(100,), max_iter=1).fit(X[:rows], y[:rows])
            assert sum(w.size for w in model.coefs_ + model.intercepts_) == 7_510
        holes = X[:100].copy()
        holes[3, 5] = np.nan
        with pytest.raises(ValueError, match="NaN"):
            model.fit(holes, y[:100])

        # a network without a hidden layer is logistic regression, and alpha is then the reciprocal of C
        line = LogisticRegression(C=1, tol=1e-8, max_iter=500).fit(X[:100], y[:100])
        bare = MLPClassifier((), solver="lbfgs", alpha=1, max_iter=500, tol=1e-9).fit(X[:100], y[:100])
        assert np.allclose(line.predict_proba(X), bare.predict_proba(X), atol=1e-3)
        right, sure = {}, {}
        for rows, penalty in ((50, 1e-4), (50, 0.1), (50, 1.0), (500, 1e-4), (500, 0.1), (500, 1.0)):
            line = LogisticRegression(C=1 / penalty, max_iter=40)
            net = MLPClassifier((50,), solver="lbfgs", alpha=penalty, max_iter=40, random_state=0)
            for name, model in (("line", line), ("net", net)):
                runs = []
                for seed in range(4):
                    train, new = np.split(np.random.default_rng(seed).permutation(len(X)), [rows])
                    chances = model.fit(X[train], y[train]).predict_proba(X[new])
                    runs.append([np.mean(chances.argmax(1) == y[new]), chances.max(1).mean()])
                right[name, rows, penalty], sure[name, rows, penalty] = np.mean(runs, 0)
        assert -0.07 < right["net", 50, 1e-4] - right["line", 50, 1e-4] < -0.045
        better = {
            (name, rows): max(right[name, rows, p] for p in (1e-4, 1.0))
            for name in ("line", "net")
            for rows in (50, 500)
        }
        assert all(abs(right["net", rows, 0.1] - right["line", rows, 0.1]) < 0.0075 for rows in (50, 500))
        assert 0.005 < better["line", 50] - better["net", 50] < 0.02
        assert 0.004 < better["net", 500] - better["line", 500] < 0.0125
        for name, confidence, accuracy in (("net", 0.93, 0.96), ("line", 0.84, 0.95)):
            assert abs(sure[name, 500, 1.0] - confidence) < 0.005 and abs(right[name, 500, 1.0] - accuracy) < 0.006
        assert (92 - 48, 92 - 89, 60 - 48) == (44, 3, 12)

        nets = [
            MLPClassifier(hidden_layer_sizes=(50,), solver="lbfgs", max_iter=60, random_state=s).fit(X[:500], y[:500])
            for s in range(4)
        ]
    chances = np.array([net.predict_proba(X[500:]) for net in nets])
    errors = np.mean(chances.argmax(2) != y[500:], 1)
    assert np.mean(chances[0].argmax(1) != chances[1].argmax(1)) > 0.02
    together = chances.mean(0)
    wrong = together.argmax(1) != y[500:]
    assert wrong.mean() < errors.mean()
    alone = np.mean([c.max(1)[c.argmax(1) != y[500:]].mean() for c in chances])
    assert together.max(1)[wrong].mean() < alone
    logits = np.log(chances[0] + 1e-300) / 3  # temperature 3
    cooled = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
    assert np.array_equal(cooled.argmax(1), chances[0].argmax(1)) and cooled.max(1).mean() < chances[0].max(1).mean()


def test_exploding_gradients() -> None:
    """14,000 and 0.00003; singular value 5 against spectral radius 0; the rates 1.25 and 0.8 per layer (25 % larger
    weights); the step from 1.05 lands at 0.53 with a gradient below 1e-10; clipping by norm keeps the direction, by
    value not, and an infinite norm makes NaN; tanh explodes with 4 times the weights; Adam's steps ignore a constant
    scale, and 37 % of a squared spike is left (beta 0.999). Key of the quick check: twice the weights, 2^20."""
    assert abs(1.1**100 / 14_000 - 1) < 0.02 and round(0.9**100, 5) == 0.00003
    W = np.array([[0.0, 5.0], [0.0, 0.0]])
    assert np.isclose(np.linalg.norm(W, 2), 5) and not (W @ W).any() and not np.linalg.eigvals(W).any()
    rng = np.random.default_rng(0)
    A = rng.normal(size=(5, 5))
    radius = abs(np.linalg.eigvals(A)).max()
    assert abs(np.linalg.norm(np.linalg.matrix_power(A, 200), 2) ** (1 / 200) / radius - 1) < 0.05

    # a common factor of the weights is a common factor of every layer, since ReLU passes the same units
    for factor in (1.25, 0.8, 2.0):
        for depth in (10, 20):
            ratio = growth("relu", 2 * factor**2, depth, 1) - growth("relu", 2, depth, 1)
            assert np.isclose(ratio, depth * np.log10(factor))
    assert 1.25 == 1 + 25 / 100 and 2**20 == 1_048_576

    def slope(w: float) -> float:
        return (w**50 - 2) * 50 * w**49

    landed = 1.05 - 1e-4 * slope(1.05)
    assert round(landed, 2) == 0.53 and abs(slope(landed)) < 1e-10
    assert np.isclose((1.1 + 1e-6) ** 50 - (1.1 - 1e-6) ** 50, 2e-6 * 50 * 1.1**49)
    assert abs(1.1 - 1e-4 * slope(1.1)) > 50  # and (−60)^50 overflows soon

    g = np.array([10.0, 1.0])
    by_norm = g * min(1, 1 / np.linalg.norm(g))
    assert np.isclose(np.linalg.norm(by_norm), 1) and np.allclose(by_norm / by_norm[1], g)
    assert np.clip(g, -1, 1).tolist() == [1, 1]
    with np.errstate(invalid="ignore"):
        broken = np.array([np.inf, 1.0])
        broken = broken * min(1, 1 / np.linalg.norm(broken))
    assert np.isnan(broken[0]) and broken[1] == 0
    assert np.finfo(np.float16).max == 65_504  # 16 bits overflow early

    grown = np.array([growth("tanh", 16, 30, seed, 200) for seed in range(3)])
    assert np.all((grown > 5.3) & (grown < 5.95))  # 200,000 to 900,000

    def adam(scale: float) -> float:
        m = v = w = 0.0
        for step, raw in enumerate(np.random.default_rng(3).normal(1, 1, 200), 1):
            m, v = 0.9 * m + 0.1 * raw * scale, 0.999 * v + 0.001 * (raw * scale) ** 2
            w -= 1e-3 * (m / (1 - 0.9**step)) / (sqrt(v / (1 - 0.999**step)) + 1e-8)
        return w

    assert np.isclose(adam(1), adam(1_000), rtol=1e-6)
    assert round(100 * 0.999**1_000) == 37

    # skips around He layers: more than 1e10 after 50 blocks; scaled branches stay within a factor of ten
    assert growth("relu", 2, 50, 2, skip=1) > 10 and 0 < growth("relu", 2 / 50, 50, 2, skip=1) < 1
    # the same with random signs of the branches: uncorrelated, so the root of 2 a layer; without them the stream is > 0
    rng, rates = np.random.default_rng(5), []
    for signed in (True, False):
        h, layers = rng.normal(size=(128, 16)), []
        for _ in range(50):
            W = sqrt(2 / 128) * rng.normal(size=(128, 128))
            sign = rng.choice([-1.0, 1.0], (128, 1)) if signed else 1.0
            layers.append((W, sign * (W @ h > 0)))
            h = h + sign * np.maximum(W @ h, 0)
            if len(layers) == 6 and not signed:
                assert np.mean(h > 0) > 0.95
        g = last = rng.normal(size=h.shape)
        for W, slope in reversed(layers):
            g = g + W.T @ (slope * g)
        rates.append(float(np.linalg.norm(g) / np.linalg.norm(last)) ** (1 / 50))
    assert abs(rates[0] - sqrt(2)) < 0.02 and round(rates[1], 1) == 1.6


def test_vanishing_gradients() -> None:
    """Slopes: 1/4 for a sigmoid, 1 for tanh; ten of 1/4 are 1e-6; a ReLU layer halves the square, so v = 2; uniform
    weights on ±1/√n have v = 1/3; a normalized layer ignores the scale of its weights, forward and backward; gates
    0.9, 0.99, 0.73 and ln 99 after 100 steps (0.37, 2.5e-14 is left); batch normalization grows gradients by 1.2 a
    layer; ten sigmoid layers stay at ln 10, ten tanh layers reach 93 %; sigmoids at v = 100 lose almost nothing
    with 65 % saturated, and with skips the later ones saturate; the third of the variance. Key of the quick check:
    2^10."""
    z = np.linspace(-8, 8, 1_601)
    s = 1 / (1 + np.exp(-z))
    assert np.isclose((s * (1 - s)).max(), 0.25) and np.isclose((1 - np.tanh(z) ** 2).max(), 1)
    assert abs(0.25**10 / 1e-6 - 1) < 0.05
    rng = np.random.default_rng(0)
    h = rng.normal(size=(400, 50))
    a = np.maximum(sqrt(2 / 400) * rng.normal(size=(400, 400)) @ h, 0)
    assert abs(np.mean(a**2) / np.mean(h**2) - 1) < 0.1 and abs(np.mean(a > 0) - 0.5) < 0.02
    for seed in range(3):
        lost = growth("relu", 1, 20, seed) - growth("relu", 2, 20, seed)
        assert np.isclose(lost, -10 * np.log10(2)) and abs(growth("relu", 2, 20, seed)) < 0.6
    assert 2**10 == 1_024
    edge = rng.uniform(-1, 1, 400_000) / sqrt(128)
    assert abs(edge.var() * 128 - 1 / 3) < 0.005
    assert growth("relu", 1, 30, 0) < -4 and -1 < growth("tanh", 1, 30, 0) < -0.5

    # batch normalization after a linear map: forward values and backward gradient of 10 W are those of W
    def normalized(W: np.ndarray, h: np.ndarray, g: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        z = W @ h
        sd = z.std(1, keepdims=True)
        x = (z - z.mean(1, keepdims=True)) / sd
        a, g = np.maximum(x, 0), g * (x > 0)
        back = (g - g.mean(1, keepdims=True) - x * (g * x).mean(1, keepdims=True)) / sd
        return a, W.T @ back

    W, h, g = rng.normal(size=(20, 20)), rng.normal(size=(20, 30)), rng.normal(size=(20, 30))
    for once, tenfold in zip(normalized(W, h, g), normalized(10 * W, h, g), strict=True):
        assert np.allclose(once, tenfold)
    nudge = np.zeros_like(h)
    nudge[2, 3] = 1e-6
    numeric = np.sum(g * (normalized(W, h + nudge, g)[0] - normalized(W, h - nudge, g)[0])) / 2e-6
    assert np.isclose(numeric, normalized(W, h, g)[1][2, 3], atol=1e-4)  # the backward pass is right
    width, h, states = 256, rng.normal(size=(256, 128)), []
    for _ in range(20):
        W = rng.normal(size=(width, width)) * sqrt(2 / width)
        states.append((W, h))
        h = normalized(W, h, h)[0]
    g, norms = rng.normal(size=h.shape), []
    for W, h in reversed(states):
        g = normalized(W, h, g)[1]
        norms.append(np.linalg.norm(g))
    rate = (norms[19] / norms[4]) ** (1 / 15)
    assert abs(rate - 1.2) < 0.05 and abs(sqrt(pi / (pi - 1)) - 1.21) < 0.002  # at width 256, and in the limit

    assert round(0.9**100, 5) == 0.00003 and round(0.99**100, 2) == 0.37
    start = 1 / (1 + exp(-1))
    assert round(start, 2) == 0.73 and round(1e14 * start**100, 1) == 2.5
    assert round(log(99), 1) == 4.6 and np.isclose(1 / (1 + exp(-log(99))), 0.99)

    # I + F': the product of the Jacobians contains the identity
    F = 0.01 * rng.normal(size=(30, 10, 10))
    product = np.linalg.multi_dot([np.eye(10) + f for f in F])
    assert np.linalg.norm(product - np.eye(10)) < 1 and np.linalg.norm(np.linalg.multi_dot(list(F))) < 1e-30

    # sigmoid layers: the share outside 0.05 to 0.95, in plain layers at v = 100 and layer by layer with skips at v = 1
    shares: dict[float, list[float]] = {}
    for variance, skip in ((100.0, 0), (1.0, 1)):
        h = rng.normal(size=(128, 16))
        for _ in range(30):
            a = 1 / (1 + np.exp(-sqrt(variance / 128) * rng.normal(size=(128, 128)) @ h))
            shares.setdefault(variance, []).append(float(np.mean(abs(a - 0.5) > 0.45)))
            h = skip * h + a
    assert round(float(np.mean(shares[100.0])), 2) == 0.65
    assert shares[1.0][0] < 0.05 and np.mean(shares[1.0][20:]) > 0.6

    X, y = load_digits(return_X_y=True)
    X, starts = X / 16, {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for kind in ("logistic", "tanh"):
            net = MLPClassifier((300,), activation=kind, max_iter=1, learning_rate_init=1e-12, random_state=0)
            starts[kind] = net.fit(X[:50], y[:50]).coefs_[0].var()
        assert np.isclose(starts["logistic"] / starts["tanh"], 1 / 3, rtol=1e-3)
        right = []
        for kind, seed in (("logistic", 0), ("tanh", 0)):
            order = np.random.default_rng(seed).permutation(len(X))
            train, new = order[:1_000], order[1_000:]
            net = MLPClassifier((32,) * 10, activation=kind, max_iter=30, random_state=seed).fit(X[train], y[train])
            if kind == "logistic":
                assert abs(net.loss_ - log(10)) < 0.01 and net.score(X[new], y[new]) < 0.15
            else:
                right.append(net.score(X[new], y[new]))
        assert abs(np.mean(right) - 0.93) < 4 * 0.01  # 0.01 is the spread of five splits: 0.934 0.930 0.910 0.931 0.934


def test_perceptron_and_xor() -> None:
    """No weights give XOR, 14 of 16 functions have some (small integers suffice); OR but not AND; x1 + x2 - 2 x1 x2;
    logistic regression cuts by a line; two linear layers are one; the quick check; 100 random starts of 2 and of 16
    ReLU units."""
    points = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    weights = np.array(list(product(range(-2, 3), repeat=2)))
    scores = (weights @ points.T)[:, None, :] + (np.arange(-4, 5) + 0.5)[None, :, None]
    found = {tuple(row) for row in (scores > 0).reshape(-1, 4).astype(int).tolist()}
    xor, xnor = (0, 1, 1, 0), (1, 0, 0, 1)
    assert len(found) == 14 and set(product((0, 1), repeat=4)) - found == {xor, xnor}
    # the two sums of the four conditions contradict each other: their coefficients of w1, w2, b are the same
    rows = np.c_[points, np.ones(4)]
    assert np.array_equal(rows[1] + rows[2], rows[0] + rows[3])
    total = points.sum(1)
    either, both = (total > 0.5).astype(int), (total > 1.5).astype(int)
    assert tuple((either - both > 0.5).astype(int)) == xor
    assert sorted(zip(either, both, strict=True)) == [(0, 0), (1, 0), (1, 0), (1, 1)]
    assert tuple(points[:, 0] + points[:, 1] - 2 * points[:, 0] * points[:, 1]) == xor
    score = np.linspace(-5, 5, 101)
    assert np.array_equal(1 / (1 + np.exp(-score)) > 0.5, score > 0)
    three = np.array(list(product((0, 1), repeat=3)))
    assert np.array_equal(three.sum(1) > 1.5, three.sum(1) >= 2)
    assert tuple(three[three[:, 2] == 0].sum(1) % 2) == xor

    def found_xor(units: int) -> float:
        rng = np.random.default_rng(0)
        x, y = points.astype(float), np.array(xor)[:, None]
        W, b = rng.normal(size=(100, 2, units)), np.zeros((100, 1, units))
        v, c = rng.normal(size=(100, units, 1)) * sqrt(2 / units), np.zeros((100, 1, 1))
        for _ in range(1_000):
            z = x @ W + b
            h = np.maximum(z, 0)
            e = (h @ v + c - y) / 2  # mean of four squares
            d = e @ v.swapaxes(1, 2) * (z > 0)
            v, c = v - 0.1 * h.swapaxes(1, 2) @ e, c - 0.1 * e.sum(1, keepdims=True)
            W, b = W - 0.1 * x.T @ d, b - 0.1 * d.sum(1, keepdims=True)
        return float(np.mean((abs(np.maximum(x @ W + b, 0) @ v + c - y) < 0.5).all((1, 2))))

    assert found_xor(2) < 1 / 3 and found_xor(16) > 0.9


def test_universal_approximation() -> None:
    """Twice the units, a quarter of the error, below step squared over 8; ten folds have 1,024 pieces from 20 units, a
    layer of m units at most m + 1; squares stay quadratic; a jump costs at least 1/2; polynomials approximate too;
    10 a side are 10^10 points."""
    x = np.linspace(0, 2 * pi, 20_001)
    errors = [
        abs(np.interp(x, k, np.sin(k)) - np.sin(x)).max() for k in (np.linspace(0, 2 * pi, u + 1) for u in (10, 20, 40))
    ]
    assert all(abs(a / b - 4) < 0.1 for a, b in pairwise(errors)) and errors[0] < (2 * pi / 10) ** 2 / 8
    grid = np.arange(2**11 + 1) / 2**11  # two grid steps a piece, exact in binary

    def fold(t: np.ndarray) -> np.ndarray:
        return 2 * np.maximum(t, 0) - 4 * np.maximum(t - 0.5, 0)  # two ReLU units

    assert np.array_equal(fold(grid), np.where(grid <= 0.5, 2 * grid, 2 - 2 * grid))
    folded = grid
    for _ in range(10):
        folded = fold(folded)
    pieces = 1 + int(np.sum(np.diff(folded, 2) != 0))
    assert pieces == 1_024 == 2**10 and 2 * 10 == 20 and pieces - 1 == 1_023
    rng = np.random.default_rng(0)
    w, b, a = rng.normal(size=(3, 12))
    line = np.linspace(-50, 50, 100_001)
    bends = abs(np.diff(np.maximum(line[:, None] * w + b, 0) @ a, 2)) > 1e-9
    runs = int(np.sum(np.diff(bends.astype(int), prepend=0) == 1))
    assert runs + 1 <= 12 + 1
    square = (line[::1000, None] * w + b) ** 2 @ a
    assert np.allclose(np.diff(square, 3), 0, atol=1e-6)  # a quadratic has no third differences
    cheb = np.polynomial.Chebyshev.interpolate(lambda t: abs(t - 0.3), 200)
    assert abs(cheb(np.linspace(-1, 1, 2_001)) - abs(np.linspace(-1, 1, 2_001) - 0.3)).max() < 0.01
    near, far = 1 / (1 + np.exp(-1e3 * np.array([-1e-9, 1e-9]))), (0, 1)
    assert max(abs(near - far)) > 0.499  # steep, and still 1/2 off at the jump
    assert 10**10 == 10_000_000_000


def test_activation_functions() -> None:
    """The slopes of the table (1/4, 1, -0.13 to 1.13, -0.10 to 1.10), those at z = 5, the collapse of linear layers,
    tanh as a rescaled sigmoid, 0.5 to 0.731 for a sigmoid applied twice; two thirds of the width keep the weights."""
    z = np.linspace(-12, 12, 24_001)
    s, phi = expit(z), np.exp(-(z**2) / 2) / sqrt(2 * pi)
    slopes = {
        "sigmoid": s * (1 - s),
        "tanh": 1 - np.tanh(z) ** 2,
        "gelu": ndtr(z) + z * phi,
        "silu": s + z * s * (1 - s),
    }
    forms = {"sigmoid": s, "tanh": np.tanh(z), "gelu": z * ndtr(z), "silu": z * s}
    for name, form in forms.items():
        assert np.allclose(np.gradient(form, z)[1:-1], slopes[name][1:-1], atol=1e-6)
    assert np.isclose(slopes["sigmoid"].max(), 1 / 4) and np.isclose(slopes["tanh"].max(), 1)
    assert (round(slopes["gelu"].min(), 2), round(slopes["gelu"].max(), 2)) == (-0.13, 1.13)
    assert (round(slopes["silu"].min(), 2), round(slopes["silu"].max(), 2)) == (-0.10, 1.10)
    at5 = int(np.argmin(abs(z - 5)))
    assert round(slopes["sigmoid"][at5], 4) == 0.0066 and round(slopes["tanh"][at5], 4) == 0.0002
    assert np.allclose(np.tanh(z), 2 * expit(2 * z) - 1)
    twice = expit(expit(np.array([-1e3, 1e3])))
    assert twice[0] == 0.5 and round(twice[1], 3) == 0.731
    rng = np.random.default_rng(0)
    W1, b1, W2, b2, x = (rng.normal(size=k) for k in ((4, 3), 4, (2, 4), 2, 3))
    assert np.allclose(W2 @ (W1 @ x + b1) + b2, W2 @ W1 @ x + (W2 @ b1 + b2))
    d, h = 12, 48
    assert 3 * d * (h * 2 // 3) == 2 * d * h


def test_backpropagation() -> None:
    """The gradients by hand agree with differences of the loss, and the three formulas on a random layer; at rate 0.1
    the output weights become (3, 1.75), so the error would come out as 1.75; without the slope it is 3; the gradient of
    a mean is the mean; a skip adds; softmax minus one-hot."""
    x, y = np.array([1.0, 2.0]), 4.0
    theta = np.array([1, -1, 0.5, 1, 0, 0, 3, 2, 0.0])  # W, b, v, c

    def loss(t: np.ndarray) -> float:
        return float((t[6:8] @ np.maximum(t[:4].reshape(2, 2) @ x + t[4:6], 0) + t[8] - y) ** 2 / 2)

    numeric = np.array([(loss(theta + e) - loss(theta - e)) / 2e-5 for e in 1e-5 * np.eye(9)])
    assert np.allclose(numeric, [0, 0, 2, 4, 0, 2, 0, 2.5, 1], atol=1e-8) and loss(theta) == 0.5
    assert np.allclose(theta[6:8] - 0.1 * numeric[6:8], [3, 1.75])
    assert theta[6] * 1 == 3  # the error of the unit that is off, if its slope is left out

    rng = np.random.default_rng(0)
    W, b, h, target = rng.normal(size=(3, 4)), rng.normal(size=3), rng.normal(size=4), rng.normal(size=3)

    def layer(W: np.ndarray, b: np.ndarray, h: np.ndarray) -> float:
        return float(np.sum((np.tanh(W @ h + b) - target) ** 2) / 2)

    out = np.tanh(W @ h + b)
    delta = (1 - out**2) * (out - target)
    for i in range(4):
        e = 1e-5 * np.eye(4)[i]
        assert np.isclose((layer(W, b, h + e) - layer(W, b, h - e)) / 2e-5, (W.T @ delta)[i], atol=1e-8)
        E = np.outer([1, 0, 0], e)
        assert np.isclose((layer(W + E, b, h) - layer(W - E, b, h)) / 2e-5, np.outer(delta, h)[0, i], atol=1e-8)
    e = 1e-5 * np.eye(3)[1]
    assert np.isclose((layer(W, b + e, h) - layer(W, b - e, h)) / 2e-5, delta[1], atol=1e-8)
    A, g = rng.normal(size=(4, 4)), rng.normal(size=4)
    skip = np.array([g @ ((h + d) + np.tanh(A @ (h + d)) - (h - d) - np.tanh(A @ (h - d))) for d in 1e-5 * np.eye(4)])
    assert np.allclose(skip / 2e-5, g + A.T @ ((1 - np.tanh(A @ h) ** 2) * g), atol=1e-8)
    soft = np.exp(target) / np.exp(target).sum()

    def entropy(s: np.ndarray) -> float:
        return float(np.log(np.exp(s).sum()) - s[2])

    slopes = [(entropy(target + d) - entropy(target - d)) / 2e-5 for d in 1e-5 * np.eye(3)]
    assert np.allclose(slopes, soft - np.eye(3)[2], atol=1e-8)


def test_gradient_checking() -> None:
    """A factor of 2 is an error of 0.5, a wrong sign one of 2, whichever is larger in the denominator; ReLU at its kink
    gives 0.5; 0.8 % of directions hide an error below 1 %; the step moves the error of a right gradient, not a bug;
    along normal entries ReLU units switch, along a direction of length 1 they do not; all-zero tanh networks have
    gradient zero with and without the bugs; a bias before batch norm has gradient 0 and a false alarm."""
    rng = np.random.default_rng(0)
    n = rng.normal(size=(4, 3))

    def error(a: np.ndarray) -> float:
        return float(np.linalg.norm(a - n) / max(np.linalg.norm(a), np.linalg.norm(n)))

    assert np.isclose(error(n / 2), 0.5) and np.isclose(error(2 * n), 0.5) and np.isclose(error(-n), 2)
    h = 1e-5
    assert (max(0, h) - max(0, -h)) / (2 * h) == 0.5
    assert round(2 * ndtr(0.01) - 1, 3) == 0.008
    e = rng.normal(size=7)
    shown = rng.normal(size=(40_000, 7)) @ e
    assert abs(shown.std() / np.linalg.norm(e) - 1) < 4 / sqrt(2 * 40_000)
    v = rng.normal(size=(4_000, 500))
    v /= np.linalg.norm(v, axis=1, keepdims=True)
    wrong = rng.normal(size=500)
    usual = v @ wrong / (np.linalg.norm(wrong) / sqrt(500))  # directions of length 1
    assert abs(np.mean(usual**2) - 1) < 4 * sqrt(2 / 4_000)
    assert abs(np.mean(abs(usual) < 0.01) - 0.008) < 4 * sqrt(0.008 / 4_000)
    # a right gradient: its error moves with the step; a relative bug of 1e-6 does not
    slopes = [(np.sin(1 + h) - np.sin(1 - h)) / (2 * h) for h in (1e-3, 1e-4)]
    right, bug = ([abs(k * np.cos(1) - n) / np.cos(1) for n in slopes] for k in (1, 1 + 1e-6))
    assert 90 < right[0] / right[1] < 110 and abs(bug[1] / 1e-6 - 1) < 0.01
    # ReLU units that switch: a step along normal entries errs, one of length 1 does not
    X, Y, W1 = rng.normal(size=(16, 300)), rng.normal(size=(16, 1)), rng.normal(size=(300, 400)) / sqrt(150)
    w2 = rng.normal(size=(400, 1)) / 20
    on = X @ W1 > 0
    delta = 2 * (np.maximum(X @ W1, 0) @ w2 - Y) / Y.size
    grad = X.T @ (delta @ w2.T * on)
    worst = {}
    for length in ("entries", "one"):
        gaps = []
        for _ in range(8):
            d = rng.normal(size=W1.shape)
            d = d / np.linalg.norm(d) if length == "one" else d
            up, down = (np.mean((np.maximum(X @ (W1 + k * d), 0) @ w2 - Y) ** 2) for k in (1e-5, -1e-5))
            typical = np.linalg.norm(grad) * np.linalg.norm(d) / sqrt(d.size)
            gaps.append(abs((up - down) / 2e-5 - np.sum(grad * d)) / typical)
        worst[length] = max(gaps)
    assert worst["one"] < 1e-7 and worst["entries"] > 1e-4
    # tanh network of the page at all-zero weights: hidden values, and all that is passed back, are 0
    X, Y = rng.normal(size=(6, 5)), rng.normal(size=(6, 3))
    W1, W2, W3 = np.zeros((5, 4)), np.zeros((4, 4)), np.zeros((4, 3))
    h1 = np.tanh(X @ W1)
    h2 = np.tanh(h1 @ W2)
    for factor in (1, 2):
        delta = factor * (h2 @ W3 - Y) / Y.size
        for slope in (1, 1 - h2**2):
            for back in (W2, W2.T):
                d = delta @ W3.T * slope
                assert not (X.T @ (d @ back * (1 - h1**2))).any()
                assert not (h1.T @ d).any() and not (h2.T @ delta).any()
    # batch normalization takes a bias out again
    Z, T = rng.normal(size=(6, 4)), rng.normal(size=(6, 4))

    def normalized(bias: np.ndarray) -> np.ndarray:
        z = Z + bias
        return (z - z.mean(0)) / np.sqrt(z.var(0) + 1e-5)

    u = np.tanh(normalized(np.ones(4)))
    g = 2 * (u - T) / T.size * (1 - u**2)
    q = normalized(np.ones(4))
    a = ((g - g.mean(0) - q * (g * q).mean(0)) / np.sqrt(Z.var(0) + 1e-5)).sum(0)
    steps = [[np.mean((np.tanh(normalized(1 + k * d)) - T) ** 2) for k in (1e-5, -1e-5)] for d in np.eye(4)]
    n = np.array([(up - down) / 2e-5 for up, down in steps])
    assert max(np.linalg.norm(a), np.linalg.norm(n)) < 1e-10
    assert np.linalg.norm(a - n) > 1e-4 * max(np.linalg.norm(a), np.linalg.norm(n))


def test_cross_entropy_or_squared_error() -> None:
    """Both slopes, by differences; the strongest pull of squares at q = 1/3 is 8/27, and there the curve bends over;
    both expectations are smallest at p; 13.8; a score of 3 costs 4; the quick check; higher rates keep the exponential;
    squares have 1.48 times the variance of the slope; the softmax Jacobian vanishes at a corner."""
    s = np.linspace(-10, 10, 20_001)
    q = expit(s)
    for y in (0, 1):
        entropy, squares = np.logaddexp(0, s) - y * s, (q - y) ** 2
        assert np.allclose(np.gradient(entropy, s)[1:-1], (q - y)[1:-1], atol=1e-6)
        assert np.allclose(np.gradient(squares, s)[1:-1], (2 * (q - y) * q * (1 - q))[1:-1], atol=1e-6)
        assert np.all(np.diff(entropy, 2) > 0)  # convex in the score, so in the weights of a linear score
    pull = 2 * (1 - q) * q * (1 - q)
    assert abs(q[pull.argmax()] - 1 / 3) < 1e-3 and np.isclose(pull.max(), 8 / 27)
    bend = np.diff((q - 1) ** 2, 2)
    assert np.all(bend[q[1:-1] < 0.333] < 0) and np.all(bend[(q[1:-1] > 0.334) & (q[1:-1] < 0.999)] > 0)
    grid = np.linspace(0.001, 0.999, 999)
    for p in (0.1, 0.3, 0.8):
        assert np.isclose(grid[np.argmin(p * (1 - grid) ** 2 + (1 - p) * grid**2)], p)
        assert np.isclose(grid[np.argmin(-p * np.log(grid) - (1 - p) * np.log(1 - grid))], p)
    assert round(-log(1e-6), 1) == 13.8 and (1 - 1e-6) ** 2 < 1 and (3 - 1) ** 2 == 4 == (-1 - 1) ** 2
    a, b = 1 / (1 + exp(2)), 1 / (1 + exp(6))
    assert (round(1 - a, 2), round(1 - b, 3)) == (0.88, 0.998)
    assert (round(2 * (1 - a) ** 2 * a, 3), round(2 * (1 - b) ** 2 * b, 3)) == (0.185, 0.005)

    def steps(score: float, rate: float) -> int:
        count = 0
        while score < 0:
            p = 1 / (1 + exp(-score))
            score += rate * 2 * (1 - p) ** 2 * p
            count += 1
        return count

    for rate in (3, 10):  # fewer steps, and the exponential stays
        assert steps(-8, rate) < steps(-8, 1) and abs(steps(-8, rate) / steps(-6, rate) / exp(2) - 1) < 0.15
    # slope 3, x standard normal: asymptotic variances of both estimates of the slope
    x = np.linspace(-9, 9, 20_001)
    density, w = np.exp(-(x**2) / 2) / np.exp(-(x**2) / 2).sum(), expit(3 * x) * expit(-3 * x)
    fisher, bread, meat = ((density * x**2 * w**k).sum() for k in (1, 2, 3))
    assert round(meat / bread**2 * fisher, 2) == 1.48
    soft = np.exp([0, 0, 30.0]) / np.exp([0, 0, 30.0]).sum()
    assert abs(np.diag(soft) - np.outer(soft, soft)).max() < 1e-12


def test_weight_initialization() -> None:
    """E z^2 = n v mean(h^2) and half of it after ReLU; 0.0625 for 512; uniform starts of He's variance and of a
    sixth; 0.01 multiplies by 0.16, ten layers leave 1e-8; ln 10 = 2.30; log odds -4.6; which gradients are zero at an
    all-zero start; equal units get equal gradients; a last layer of zeros moves first; dropout tells copies apart."""
    rng = np.random.default_rng(0)
    n, v = 64, 0.03
    h = np.maximum(rng.normal(1, 1, n), 0)
    z = sqrt(v) * rng.normal(size=(20_000, n)) @ h
    expected = n * v * np.mean(h**2)
    assert abs(np.mean(z**2) / expected - 1) < 4 * sqrt(2 / 20_000)  # z is normal given h
    assert abs(np.mean(np.maximum(z, 0) ** 2) / expected - 0.5) < 4 * sqrt(1.25 / 20_000)
    assert sqrt(2 / 512) == 0.0625 and round(0.01 / 0.0625, 2) == 0.16 and round(0.16**10 * 1e8) == 1
    assert np.isclose(sqrt(6 / 512) ** 2 / 3, 2 / 512) and np.isclose((2 / 512) / (1 / (3 * 512)), 6)
    assert round(log(10), 2) == 2.30 and round(log(0.01 / 0.99), 1) == -4.6
    signal = rng.normal(size=(512, 8))
    begin = np.sqrt(np.mean(signal**2))
    for _ in range(4):
        signal = np.maximum(0.01 * rng.normal(size=(512, 512)) @ signal, 0)
    assert abs((np.sqrt(np.mean(signal**2)) / begin * sqrt(2)) ** (1 / 4) / 0.16 - 1) < 0.12  # the first halves nothing

    x, y = rng.normal(size=(30, 3)), 1 + 0.1 * rng.normal(size=(30, 1))

    def gradients(W: np.ndarray, v: np.ndarray, kind: str = "tanh", keep: np.ndarray | float = 1.0) -> list[np.ndarray]:
        z = x @ W
        h = (np.tanh(z) if kind == "tanh" else np.maximum(z, 0)) * keep
        slope = (1 - np.tanh(z) ** 2 if kind == "tanh" else (z > 0)) * keep
        delta = (h @ v - y) / len(x)
        d = delta @ v.T * slope
        return [x.T @ d, d.sum(0), h.T @ delta, delta.sum(0)]

    for kind in ("tanh", "relu"):
        moved = [bool(g.any()) for g in gradients(np.zeros((3, 4)), np.zeros((4, 1)), kind)]
        assert moved == [False, False, False, True]
        same = gradients(np.tile(rng.normal(size=(3, 1)), 4), np.full((4, 1), 0.7), kind)
        assert np.allclose(same[0], same[0][:, :1]) and np.allclose(same[2], same[2][0])
    moved = [bool(g.any()) for g in gradients(rng.normal(size=(3, 4)), np.zeros((4, 1)))]
    assert moved == [False, False, True, True]
    masks = (rng.random((30, 4)) < 0.5) * 2.0
    same = gradients(np.tile(rng.normal(size=(3, 1)), 4), np.full((4, 1), 0.7), keep=masks)
    assert not np.allclose(same[0], same[0][:, :1], rtol=1e-3)


def test_dying_relu() -> None:
    """The sum over active rows is the gradient; one step moves z by 2.6, and on every row if all inputs are positive;
    the mean push falls from 6 to 1; a lower rate alone leaves 48 % dead, new weights 6 %, and the output unmoved; 0.53
    for 64 rows; GELU's slope at -5; decay keeps the sign of z; Adam's first step is 0.51; a dead unit of a second layer
    comes back when the first moves."""
    rng = np.random.default_rng(0)
    x = np.full(100, 0.5)
    assert np.isclose(-0.1 * (x @ x + 1), -2.6)
    for shift in (0.0, 0.5):
        rows = rng.random((50, 100)) - shift
        w, b = rng.normal(size=100) / 10, 0.1
        moved = rows @ (w - 0.1 * rows[0]) + (b - 0.1) - (rows @ w + b)
        assert np.allclose(moved, -0.1 * (rows @ rows[0] + 1))
        assert shift or np.all(moved[1:] < -1)
    for shift, push in ((0.0, 6), (0.5, 1)):
        pairs = (rng.random((2, 20_000, 20)) - shift).prod(0).sum(1) + 1
        assert abs(pairs.mean() - push) < 4 * pairs.std() / sqrt(20_000) and 20 * (0.5 - shift) ** 2 + 1 == push

    def dead_at_end(seed: int) -> list[float]:
        """The page's run at rate 0.1 on inputs from 0 to 1, then 100 steps at 0.03: as it is, and with new weights."""
        rng = np.random.default_rng(seed)
        x = rng.random((100, 20))
        y = 3 + 2 * (x[:, :1] - x[:, 1:2])

        def run(W: np.ndarray, b: np.ndarray, v: np.ndarray, c: float, rate: float, steps: int) -> tuple:
            for _ in range(steps):
                z = x @ W + b
                h = np.maximum(z, 0)
                delta = 2 * (h @ v + c - y) / 100
                back = delta @ v.T * (z > 0)
                v, c = v - rate * h.T @ delta, c - rate * delta.sum()
                W, b = W - rate * x.T @ back, b - rate * back.sum(0)
            return W, b, v, c

        W, v = rng.normal(size=(20, 50)) * sqrt(2 / 20), rng.normal(size=(50, 1)) * sqrt(2 / 50)
        W, b, v, c = run(W, np.zeros(50), v, 0.0, 0.1, 100)
        off = (x @ W + b <= 0).all(0)
        fresh = np.where(off, rng.normal(size=W.shape) * sqrt(2 / 20), W), np.where(off, 0, b), np.where(off, 0, v.T).T
        assert np.allclose(np.maximum(x @ fresh[0] + fresh[1], 0) @ fresh[2], np.maximum(x @ W + b, 0) @ v)
        ends = run(W, b, v, c, 0.03, 100), run(*fresh, c, 0.03, 100)
        return [100 * (x @ W + b <= 0).all(0).mean() for W, b, *_ in ends]

    assert np.mean([dead_at_end(seed) for seed in range(8)], 0).round().tolist() == [48, 6]
    assert round(0.99**64, 2) == 0.53
    assert round((ndtr(-5) - 5 * exp(-12.5) / sqrt(2 * pi)) * 1e6) == -7
    assert round(1 / 0.01) == 100
    rows, w, b = rng.normal(size=(50, 5)), rng.normal(size=5), -0.3
    assert np.array_equal(np.sign(rows @ (0.9 * w) + 0.9 * b), np.sign(rows @ w + b))
    for g in (1e-6, 1.0):  # Adam's first step: rate times the sign, up to epsilon
        first = 0.01 * (g * x) / (np.sqrt((g * x) ** 2) + 1e-8)
        bias = 0.01 * g / (g + 1e-8)
        assert round(float(first @ x + bias), 2) == (0.51 if g == 1 else 0.5)

    y = rng.normal(size=50)

    def loss(w: np.ndarray) -> float:
        return float(np.sum((np.maximum(rows @ w + b, 0) - y) ** 2) / 2)

    on = rows @ w + b > 0
    by_rows = ((np.maximum(rows @ w + b, 0) - y)[on, None] * rows[on]).sum(0)
    numeric = [(loss(w + d) - loss(w - d)) / 2e-6 for d in 1e-6 * np.eye(5)]
    assert np.allclose(by_rows, numeric, atol=1e-6)
    # second layer: unit 0 is dead and gets nothing; the first layer learns through unit 1 and lifts unit 0 above zero
    h, a = np.array([0.2, 0.4, 0.6]), 1.0  # first layer: a h, one weight
    u = np.array([1.0, 1.0])
    c = np.array([-1.0, 0.0])
    assert np.all(a * h * u[0] + c[0] < 0)
    for _ in range(200):
        active = a * h * u[1] + c[1] > 0
        a -= 0.05 * float(((a * h - 5 * h) * active * h * u[1]).sum())  # target 5 h through unit 1
    assert np.any(a * h * u[0] + c[0] > 0)
