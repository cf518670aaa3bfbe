"""Proofs for "Learning from data": what the page states and has no room to run, one function a question.

Numbers of the prose and of the figure, keys of the quick checks, and the claims in mistakes and follow-ups.
"""

from __future__ import annotations

import pickle
import runpy
from collections.abc import Callable
from itertools import pairwise, product
from math import sqrt
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, stats
from sklearn.cluster import KMeans
from sklearn.datasets import load_digits
from sklearn.decomposition import LatentDirichletAllocation
from sklearn.ensemble import BaggingRegressor, GradientBoostingRegressor, RandomForestClassifier
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import DotProduct
from sklearn.linear_model import Lasso, LogisticRegression, Ridge
from sklearn.metrics import adjusted_rand_score
from sklearn.model_selection import GroupKFold, KFold, TimeSeriesSplit, cross_val_score
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

Array = NDArray[np.float64]
FIGURE = Path(__file__).parents[3] / "docs" / "questions" / "ml-fundamentals" / "figures" / "bias-variance.py"


def test_supervised_vs_unsupervised() -> None:
    """Key of the quick check: on raw columns the best of 50 restarts of k-means splits income, and no start beats it;
    a split by churn has a worse objective; a tree on the same columns finds churn, a nearest-neighbor classifier does
    not. The split is stable under resampling all the same."""
    for seed in range(3):
        rng = np.random.default_rng(seed)
        tickets = rng.integers(0, 10, 600)
        churn = tickets >= 5
        income = rng.normal(60_000, 20_000, 600)
        x = np.column_stack([income, tickets])
        fit = KMeans(2, n_init=50, random_state=seed).fit(x)
        assert abs(adjusted_rand_score(churn, fit.labels_)) < 0.02
        order = np.sort(income)  # the optimum on income alone, by trying every threshold
        best = min(i * order[:i].var() + (600 - i) * order[i:].var() for i in range(1, 600))
        assert abs(fit.inertia_ / best - 1) < 1e-4
        by_churn = sum(((x[churn == c] - x[churn == c].mean(0)) ** 2).sum() for c in (False, True))
        assert by_churn > 2 * fit.inertia_
        assert DecisionTreeClassifier(random_state=0).fit(x[:300], churn[:300]).score(x[300:], churn[300:]) == 1.0
        assert 0.4 < KNeighborsClassifier().fit(x[:300], churn[:300]).score(x[300:], churn[300:]) < 0.6
        halves = [KMeans(2, n_init=5, random_state=seed).fit(half).predict(x) for half in (x[:300], x[300:])]
        assert adjusted_rand_score(*halves) > 0.7  # two fits without a common row agree: stable, and worthless


def test_machine_learning_vs_deep_learning() -> None:
    """XOR: no linear threshold gets all four corners (three at best); |a - b| does. Without activations, layers with
    biases are one affine map, whose least-squares fit to XOR is 0.5 everywhere, without biases 0, 1/3, 1/3, 2/3 (quick
    check). An MLP learns shuffled pixels just as well. Trees ignore the scale."""
    corners = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], float)
    xor = np.array([0, 1, 1, 0])
    rng = np.random.default_rng(0)
    w = rng.normal(size=(20_000, 3))
    score = w[:, :2] @ corners.T + w[:, 2:]
    assert np.allclose(score[:, 0] + score[:, 3], score[:, 1] + score[:, 2])  # the identity that forbids XOR
    right = ((score > 0) == xor).sum(1)
    assert right.max() == 3
    design = np.column_stack([corners, np.ones(4)])
    assert np.allclose(design @ np.linalg.lstsq(design, xor)[0], 0.5)
    assert np.allclose(corners @ np.linalg.lstsq(corners, xor)[0], [0, 1 / 3, 1 / 3, 2 / 3])
    widths = [2, 32, 32, 32, 32, 32, 1]
    layers = [(rng.normal(size=(a, b)), rng.normal(size=b)) for a, b in pairwise(widths)]

    def network(inputs: np.ndarray) -> np.ndarray:
        for weights, bias in layers:
            inputs = inputs @ weights + bias
        return inputs

    offset = network(np.zeros((1, 2)))
    slope = network(np.eye(2)) - offset
    points = rng.normal(size=(50, 2))
    assert np.allclose(network(points), points @ slope + offset)
    # five linear layers trained on XOR by gradient descent also end at 0.5
    params = [np.eye(2, 8), *(np.eye(8) for _ in range(4)), rng.normal(size=(8, 1)) * 0.3]
    bias = 0.0
    for _ in range(4_000):
        acts = [corners]
        for p in params:
            acts.append(acts[-1] @ p)
        delta = (acts[-1] + bias - xor[:, None]) / 4
        bias -= 0.05 * delta.sum()
        for k in reversed(range(len(params))):
            grad, delta = acts[k].T @ delta, delta @ params[k].T
            params[k] = params[k] - 0.05 * grad
    assert np.allclose(acts[-1] + bias, 0.5, atol=0.02)
    # an MLP on shuffled columns, started from shuffled weights (as likely as the others), makes the same predictions
    images, target = rng.normal(size=(40, 16)), rng.normal(size=40)
    shuffle = rng.permutation(16)
    first, second = rng.normal(size=(16, 8)) / 4, rng.normal(size=8) / 3

    def trained(u: np.ndarray, w: np.ndarray, v: np.ndarray) -> np.ndarray:
        for _ in range(300):
            h = np.maximum(0, u @ w)
            r = (h @ v - target) / 40
            w, v = w - 0.05 * u.T @ (np.outer(r, v) * (h > 0)), v - 0.05 * h.T @ r
        return np.maximum(0, u @ w) @ v

    plain = trained(images, first, second)
    assert np.mean((plain - target) ** 2) < 0.5 * np.mean(target**2)  # it did learn
    assert np.allclose(plain, trained(images[:, shuffle], first[shuffle], second))
    assert not np.allclose(plain, trained(images[:, shuffle], first, second))
    x = rng.normal(size=(400, 4))
    y = x[:, 0] * x[:, 1] > 0
    scale = np.array([1.0, 1024.0, 1 / 64, 8.0])
    a = DecisionTreeClassifier(random_state=0).fit(x[:200], y[:200]).predict(x[200:])
    b = DecisionTreeClassifier(random_state=0).fit(x[:200] * scale, y[:200]).predict(x[200:] * scale)
    assert (a == b).mean() > 0.99


def test_parametric_vs_nonparametric() -> None:
    """The quadratic kernel on 5 features has rank 21 at any n, and the fitted SVM equals 21 weights (quick check); the
    RBF kernel matrix keeps full rank; LDA's topic table has size K x V at any n; a depth-4 tree has at most 16 leaves;
    a Gaussian process keeps n rows, but with a linear kernel it equals ridge regression, one weight per column; a tree
    predicts without the data; 2^(14/4) is about 11; a wrong form levels off near 0.15 however many rows there are;
    kNN overtakes it with few rows in 2 dimensions and with many in 10."""
    assert 1 + 5 + 15 == 21 and round(2 ** (14 / 4)) == 11
    for n in (100, 300, 600):
        rng = np.random.default_rng(n)
        x = rng.normal(size=(n, 5))
        assert np.linalg.matrix_rank((1 + x @ x.T) ** 2) == 21
        words = rng.poisson(1.0, (n, 30))
        assert LatentDirichletAllocation(3, max_iter=1, random_state=0).fit(words).components_.shape == (3, 30)
        # (the topic shares, one line per document, are computed for a given document and not kept)
        noise = rng.integers(0, 2, n)
        tree = DecisionTreeClassifier(max_depth=4, random_state=0).fit(x, noise)
        assert tree.get_n_leaves() <= 16
        stored = pickle.dumps(tree)  # no row of x is in it: the size does not depend on n
        assert len(stored) < 5_000 and (pickle.loads(stored).predict(x) == tree.predict(x)).all()
    x = np.random.default_rng(0).uniform(-3, 3, (60, 5))
    assert np.linalg.matrix_rank(np.exp(-((x[:, None] - x) ** 2).sum(2))) == 60
    rng = np.random.default_rng(1)
    x = rng.normal(size=(300, 5))
    y = (x[:, 0] * x[:, 1] + rng.normal(size=300) > 0).astype(int)
    svm = SVC(kernel="poly", degree=2, gamma=1, coef0=1).fit(x, y)

    def features(u: np.ndarray) -> np.ndarray:
        i, j = np.triu_indices(5, 1)
        return np.column_stack([np.ones(len(u)), 2**0.5 * u, u**2, 2**0.5 * u[:, i] * u[:, j]])

    weights = svm.dual_coef_[0] @ features(svm.support_vectors_)
    new = rng.normal(size=(50, 5))
    assert weights.size == 21 and len(svm.support_) > 21
    assert np.allclose(features(new) @ weights + svm.intercept_, svm.decision_function(new))
    linear = SVC(kernel="linear").fit(x, y)
    assert np.allclose(linear.dual_coef_ @ linear.support_vectors_, linear.coef_)
    for n in (20, 60):
        assert len(GaussianProcessRegressor().fit(x[:n], y[:n]).X_train_) == n
    kernel = DotProduct(sigma_0=0, sigma_0_bounds="fixed")
    process = GaussianProcessRegressor(kernel, alpha=0.5, optimizer=None).fit(x, y)
    ridge = np.linalg.solve(x.T @ x + 0.5 * np.eye(5), x.T @ y)  # five weights, whatever n is
    assert np.allclose(process.predict(new), new @ ridge)

    def bent(d: int, n: int, test: int, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        r = np.random.default_rng(seed)
        u = r.normal(size=(n + test, d))
        t = u[:, 0] + 0.5 * (u[:, 1] ** 2 - 1) > 0
        return u[:n], t[:n] ^ (r.random(n) < 0.1), u[n:], t[n:]

    for n in (10_000, 100_000):  # logistic regression has levelled off, above zero
        u, t, u_new, t_new = bent(2, n, 100_000, 0)
        assert 0.14 < 1 - LogisticRegression().fit(u, t).score(u_new, t_new) < 0.16
    for d, n, sign in ((2, 100, 1), (2, 500, 1), (10, 100, -1), (10, 500, -1), (10, 2_500, 1)):
        lead = []  # of kNN over logistic regression; paired differences over 10 seeds
        for seed in range(10, 20):
            u, t, u_new, t_new = bent(d, n, 500, seed)
            a, b = (m.fit(u, t).score(u_new, t_new) for m in (KNeighborsClassifier(int(n**0.5)), LogisticRegression()))
            lead.append(a - b)
        assert sign * np.mean(lead) > 2 * np.std(lead, ddof=1) / 10**0.5


def descend(
    gradient: Callable[[np.ndarray], np.ndarray], start: float | list[float], eta: float, steps: int
) -> np.ndarray:
    """The end of plain gradient descent."""
    x = np.atleast_1d(np.asarray(start, float))
    for _ in range(steps):
        x = x - eta * gradient(x)
    return x


def curvature_times_step(eta: float, steps: int) -> tuple[np.ndarray, float, float]:
    """Full-batch training of a tanh network with 12 hidden units on 20 points: the largest curvature times the step
    size at 9 times, the share of steps on which the loss rose, and the factor by which it fell."""
    h = 12
    rng = np.random.default_rng(1)
    x, y = np.linspace(-1, 1, 20), np.sin(4 * np.linspace(-1, 1, 20))
    inputs = np.column_stack([x, np.ones(20)])
    p = np.concatenate([0.7 * rng.normal(size=2 * h), 0.3 * rng.normal(size=h)])

    def parts(p: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        hidden = np.tanh(inputs @ p[: 2 * h].reshape(2, h))
        return hidden, hidden @ p[2 * h :] - y

    def gradient(p: np.ndarray) -> np.ndarray:
        hidden, r = parts(p)
        return np.concatenate([(inputs.T @ (np.outer(r, p[2 * h :]) * (1 - hidden**2))).ravel(), hidden.T @ r]) / 20

    losses, sharpness = [], []
    for t in range(steps + 1):
        if t % (steps // 8) == 0:
            hessian = np.array([gradient(p + 1e-4 * e) - gradient(p - 1e-4 * e) for e in np.eye(3 * h)]) / 2e-4
            sharpness.append(np.linalg.eigvalsh((hessian + hessian.T) / 2)[-1] * eta)
        losses.append(np.mean(parts(p)[1] ** 2) / 2)
        p = p - eta * gradient(p)
    return np.array(sharpness), float(np.mean(np.diff(losses) > 0)), losses[0] / losses[-1]


def test_gradient_descent() -> None:
    """The 2/L threshold and the growth of 21 % (quick check); the descent inequality on a non-quadratic loss; rates of
    convex and strongly convex losses; the two ends of x^4 - 4x^2 + x; saddles; whitening; mini-batch gradients are
    unbiased and half of late steps go up at several step sizes; which decay of the step size converges; a small step
    only looks converged; at a kink the bound fails; the curvature of a small network rises to 2/eta and stays there;
    Adam undoes a rescaled gradient; the weights of separable classes grow without end."""
    curvature = np.array([1.0, 100.0])
    for eta, factor in ((0.0199, 0.99), (0.02, 1.0), (0.021, 1.1)):
        e = descend(lambda v: curvature * v, [1, 1], eta, 50)
        assert np.isclose(abs(e[1]), factor**50) and abs(e[0]) < 1
    assert 2 / curvature.mean() > 0.021 and np.isclose(1 - 0.021, 0.979)
    ends = [descend(lambda v: curvature * v, [0.3, 0.01], 0.021, n) for n in (100, 101)]  # not far from the flat axis
    before, after = (curvature @ e**2 / 2 for e in ends)
    assert np.isclose(after / before, 1.21, atol=0.001)

    rng = np.random.default_rng(0)
    x = rng.normal(size=(200, 3))
    y = rng.random(200) < 1 / (1 + np.exp(-x[:, 0]))

    def loss(w: np.ndarray) -> float:
        return float(np.mean(np.logaddexp(0, x @ w) - y * (x @ w)))

    def slope(w: np.ndarray) -> np.ndarray:
        return x.T @ (1 / (1 + np.exp(-x @ w)) - y) / 200

    big = np.linalg.eigvalsh(x.T @ x / 200)[-1] / 4  # curvature of the log loss is at most this
    for share in (0.1, 1.0, 1.9):
        for _ in range(20):
            w = rng.normal(size=3) * 3
            g, eta = slope(w), share / big
            assert loss(w - eta * g) <= loss(w) - eta * (1 - eta * big / 2) * (g @ g) + 1e-12

    for power in (4, 20):  # convex, flat at its minimum 0; curvature on [-1, 1] is at most p(p - 1)
        eta = 1 / (power * (power - 1))
        gaps = [descend(lambda v, p=power: p * v ** (p - 1), 1, eta, n)[0] ** power for n in (1_000, 2_000)]
        assert gaps[0] <= 1 / (2 * eta * 1_000) and gaps[1] <= 1 / (2 * eta * 2_000)  # at least like 1/t
        assert gaps[1] > gaps[0] / 5  # and no fixed factor a step: twice the steps only divide the gap by less than 5
    path = [descend(lambda v: slope(v) + 0.1 * v, [3, 3, 3], 1.0, n) for n in (*range(6), 2_000)]
    penalized = np.array([loss(w) + 0.05 * w @ w for w in path])
    gap = penalized[:-1] - penalized[-1]
    assert np.all(gap[1:] <= (1 - 0.1) * gap[:-1])  # mu = 0.1, eta = 1 < 1/L: a fixed factor per step
    assert big + 0.1 < 1

    def f(v: np.ndarray) -> float:
        return float((v**4 - 4 * v**2 + v)[0])

    right, left = (descend(lambda v: 4 * v**3 - 8 * v + 1, s, 0.01, 5_000) for s in (1, -1))
    assert round(right[0], 2) == 1.35 and round(f(right), 2) == -2.62
    assert round(left[0], 2) == -1.47 and round(f(left), 2) == -5.44
    grid = np.linspace(-5, 5, 100_001)
    assert np.isclose((grid**4 - 4 * grid**2 + grid).min(), f(left), atol=1e-6)

    def saddle(v: np.ndarray) -> np.ndarray:  # x^2 + (y^2 - 1)^2 has a strict saddle at the origin
        return np.array([2 * v[0], 4 * v[1] * (v[1] ** 2 - 1)])

    assert np.allclose(descend(saddle, [1, 0], 0.05, 500), 0)
    for start in rng.normal(size=(20, 2)) * 0.5:
        assert np.allclose(abs(descend(saddle, start, 0.05, 500)), [0, 1], atol=1e-6)
    assert abs(descend(saddle, [1, 1e-9], 0.05, 80)[1]) < 0.1  # but it loses time near one

    shares = []
    for eta in (0.005, 0.02, 0.04):
        for seed in range(2):
            r = np.random.default_rng(seed)
            a = r.normal(size=(300, 10))
            b = a @ r.normal(size=10) + r.normal(size=300)
            w = np.linalg.lstsq(a, b)[0]
            rows = np.array([a[i] * (a[i] @ w - b[i]) for i in range(300)])
            assert np.allclose(rows.mean(0), a.T @ (a @ w - b) / 300)  # unbiased
            values = []
            for _ in range(3_000):
                i = r.integers(300, size=10)
                w = w - eta * a[i].T @ (a[i] @ w - b[i]) / 10
                values.append(np.mean((a @ w - b) ** 2))
            shares.append(np.mean(np.diff(values[1_000:]) > 0))
    assert min(shares) > 0.45 and max(shares) < 0.55

    # excess loss late in the run for steps that are constant, fall like 1/t, or fall so fast that their sum is finite
    schedules = {
        "constant": lambda t: 0.02,
        "like 1/t": lambda t: 0.02 / (1 + t / 100),
        "too fast": lambda t: 0.02 * 0.95**t,
    }
    late = {name: [] for name in schedules}
    for name, schedule in schedules.items():
        for seed in range(4):
            r = np.random.default_rng(seed)
            a = r.normal(size=(300, 5))
            b = a.sum(1) + r.normal(size=300)
            best, w, excess = np.linalg.lstsq(a, b)[0], np.zeros(5), []
            for t, i in enumerate(r.integers(300, size=3_000)):
                w = w - schedule(t) * a[i] * (a[i] @ w - b[i])
                excess.append(np.mean((a @ (w - best)) ** 2))
            late[name].append(np.mean(excess[2_000:]))
    assert max(late["like 1/t"]) < min(late["constant"]) / 2
    assert min(late["too fast"]) > 3 * max(late["constant"])  # it stopped on the way

    sample = rng.normal(size=(400, 2)) @ np.linalg.cholesky([[1, 0.99], [0.99, 1]]).T
    standardized = (sample - sample.mean(0)) / sample.std(0)
    assert np.linalg.cond(standardized.T @ standardized) > 100
    white = standardized @ np.linalg.inv(np.linalg.cholesky(standardized.T @ standardized / 400)).T
    assert np.isclose(np.linalg.cond(white.T @ white), 1)

    for eta in (1.0, 0.1, 0.001):  # relu(x) + relu(-x) = |x|: every step size is too large close to the kink
        x0 = 0.3 * eta
        assert abs(descend(np.sign, x0, eta, 1)[0]) > x0

    lasting, rises, fell = curvature_times_step(eta=0.3, steps=4_000)
    assert lasting[0] < 1 and np.allclose(lasting[2:], 2, atol=0.3)  # it rose to about 2/eta and stays there
    assert 0 < rises < 0.5 and fell > 100  # single steps go up, yet the loss fell by more than a factor of 100

    slow = descend(lambda v: curvature * v, [1, 1], 1e-4, 500)  # flat direction: 95 % of the way still to go
    assert abs(slow[1]) < 0.01 and slow[0] > 0.95

    def adam(gradients: np.ndarray) -> np.ndarray:
        m, v, path = 0.0, 0.0, []
        for t, g in enumerate(gradients, 1):
            m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g**2
            path.append(m / (1 - 0.9**t) / (np.sqrt(v / (1 - 0.999**t)) + 1e-12))
        return np.array(path)

    g = rng.normal(size=50)
    assert np.allclose(adam(g), adam(1_000 * g))

    line, label = np.array([-2.0, -1.0, 1.0, 2.0]), np.array([0, 0, 1, 1])  # separable

    def push(v: np.ndarray) -> np.ndarray:
        return np.atleast_1d(np.mean(line * (1 / (1 + np.exp(-line * v)) - label)))

    sizes = [descend(push, 0, 1.0, n)[0] for n in (100, 1_000, 10_000)]
    assert np.all(np.diff(sizes) > 1.5)  # grows like a logarithm, without end
    ends = [descend(lambda v: push(v) + 0.1 * v, 0, 1.0, n)[0] for n in (100, 1_000)]
    assert np.isclose(*ends)  # with a penalty it settles


def mean_se(values: Any) -> tuple[float, float]:
    """Mean and standard error of a list of runs."""
    v = np.asarray(values, dtype=float)
    return float(v.mean()), float(v.std(ddof=1) / len(v) ** 0.5)


def ols_errors(n: int, p: int, runs: int, seed: int = 0) -> Array:
    """Training error and exact test error (noise variance 1) of least squares on Gaussian rows, one run per row."""
    rng = np.random.default_rng(seed)
    out = []
    for _ in range(runs):
        X, noise = rng.normal(size=(n, p)), rng.normal(size=n)
        miss = np.linalg.lstsq(X, noise)[0]  # the estimation error does not depend on the true weights
        out.append((np.mean((noise - X @ miss) ** 2), 1 + miss @ miss))
    return np.array(out)


def test_overfitting() -> None:
    """Expected errors of least squares; digits forest 0/3 % against 2/7 %, its gap narrows with rows although depth 5
    is no better; 17 points against the standard error of 82 % on 100 rows; two high close curves from underfitting or
    from label noise, told apart by a flexible model; target encoding on its own rows; a constant has no gap; the quick
    check (60 -> 6,000 rows, 50 weights)."""
    for n, p in ((100, 80), (100, 50), (300, 80)):
        train, test = ols_errors(n, p, 100).T
        for values, truth in ((train, 1 - p / n), (test, 1 + p / (n - p - 1))):
            mean, se = mean_se(values)
            assert abs(mean - truth) < 4 * se and se < 0.06 * truth
    before, after = ols_errors(60, 50, 150), ols_errors(6_000, 50, 5)
    assert after[:, 0].min() > before[:, 0].max() and after[:, 1].max() < before[:, 1].min()
    assert abs(mean_se(before[:, 0])[0] - (1 - 50 / 60)) < 0.02
    assert np.allclose(after, [1 - 50 / 6000, 1 + 50 / 5949], atol=0.08)

    X, y = load_digits(return_X_y=True)
    result = {}
    for n, splits, trees in ((50, 2, 30), (200, 2, 30), (900, 3, 100)):
        for depth in (None, 5):
            runs = []
            for seed in range(splits):
                order = np.random.default_rng(seed).permutation(len(y))
                a, b = order[:n], order[n:]
                forest = RandomForestClassifier(trees, max_depth=depth, random_state=seed).fit(X[a], y[a])
                runs.append((1 - forest.score(X[a], y[a]), 1 - forest.score(X[b], y[b])))
            result[n, depth] = np.mean(runs, axis=0)
    assert all(result[n, None][0] == 0 for n in (50, 200, 900))
    full, (shallow_train, shallow) = result[900, None][1], result[900, 5]
    assert (
        abs(full - 0.034) < 0.005 and abs(shallow_train - 0.024) < 0.004 and abs(shallow - 0.067) < 0.007
    )  # means over 40 splits
    gap = [result[n, None][1] for n in (50, 200, 900)]  # training error is 0, so this is the gap
    assert gap[0] > 2 * gap[1] > 4 * gap[2] and all(result[n, 5][1] >= result[n, None][1] for n in (50, 200, 900))

    closeness = {}  # logistic regression on an exclusive or, and on a linear rule with a fifth of the labels flipped
    for name in ("underfit", "noisy"):
        rng = np.random.default_rng(0)
        X = rng.normal(size=(3_000, 2))
        y = (X[:, 0] * X[:, 1] > 0) if name == "underfit" else (X[:, 0] > 0) ^ (rng.random(3_000) < 0.2)
        line, tree = (
            LogisticRegression().fit(X[:1500], y[:1500]),
            DecisionTreeClassifier(max_depth=6, random_state=0).fit(X[:1500], y[:1500]),
        )
        closeness[name] = [
            1 - m.score(X[part], y[part]) for m in (line, tree) for part in (slice(0, 1500), slice(1500, None))
        ]
    for train, validation, _, _ in closeness.values():
        assert validation > 0.15 and abs(validation - train) < 0.05  # high and close in both cases
    assert (
        closeness["underfit"][3] < 0.15 * closeness["underfit"][1]
        and closeness["noisy"][3] > 0.95 * closeness["noisy"][1]
    )

    rng = np.random.default_rng(0)  # labels are coin flips; 2,000 categories
    category, label = rng.integers(0, 2_000, 6_000), rng.integers(0, 2, 6_000)
    a, b = slice(0, 3_000), slice(3_000, None)
    total = np.bincount(category[a], label[a], 2_000)
    count = np.bincount(category[a], minlength=2_000)
    code = np.where(count > 0, total / np.maximum(count, 1), 0.5)[category]
    assert np.mean((code[a] > 0.5) == label[a]) > 0.75 and abs(np.mean((code[b] > 0.5) == label[b]) - 0.5) < 0.03

    target = rng.normal(size=(500, 2, 1_000))  # a constant prediction: almost no gap
    constant = target[:, 0].mean(1, keepdims=True)
    gap = ((target[:, 1] - constant) ** 2).mean(1) - ((target[:, 0] - constant) ** 2).mean(1)
    assert abs(gap.mean()) < 0.01
    error = (0.82 * 0.18 / 100) ** 0.5
    assert round(100 * error) == 4 and 4 * error < 0.99 - 0.82


def polynomial_terms(n: int, degree: int, sigma: float = 0.5) -> tuple[float, float]:
    """Exact average bias squared and variance of a least-squares polynomial at its n fixed inputs on [-1, 1]."""
    x = np.linspace(-1, 1, n)
    truth = np.tanh(4 * x + 1)
    q = np.linalg.qr(np.polynomial.legendre.legvander(x, degree))[0]
    return float(np.mean((q @ (q.T @ truth) - truth) ** 2)), sigma**2 * float(np.trace(q @ q.T)) / n


def random_features(p: int, noise: float, seed: int, n: int = 60, dim: int = 6) -> tuple[Array, Array]:
    """Rectified random features of n + 300 rows, and their targets."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n + 300, dim))
    y = np.tanh(x.sum(1) / dim**0.5) + rng.normal(0, noise, n + 300)
    return np.maximum(x @ rng.normal(0, dim**-0.5, (dim, p)) + rng.uniform(-1, 1, p), 0), y


def smallest_weights(p: int, noise: float, seed: int, n: int = 60) -> tuple[float, float, float, float]:
    """Training error, test error and weight norm of the minimum-norm fit, and the smallest singular value of its
    matrix."""
    Z, y = random_features(p, noise, seed)
    w, _, _, singular = np.linalg.lstsq(Z[:n], y[:n])
    e = (Z @ w - y) ** 2
    return float(e[:n].mean()), float(e[n:].mean()), float(np.linalg.norm(w)), float(singular.min())


def tuned_ridge(p: int, noise: float, seed: int, n: int = 60) -> float:
    """Test error of ridge, its penalty chosen by explicit validation on a third of the training rows, then
    refitted to all."""
    Z, y = random_features(p, noise, seed)
    fit, held = Z[:40], Z[40:n]
    grid = np.logspace(-4, 4, 9)

    def weights(A: Array, b: Array, c: float) -> Array:
        return A.T @ np.linalg.solve(A @ A.T + c * np.eye(len(A)), b)

    loss = [((held @ weights(fit, y[:40], c) - y[40:n]) ** 2).mean() for c in grid]
    return float(((Z[n:] @ weights(Z[:n], y[:n], grid[np.argmin(loss)]) - y[n:]) ** 2).mean())


def terms_of(
    make: Callable[[int], Any], truth: Callable[[Array], Array], n: int, dim: int, runs: int, noise: float = 0.5
) -> tuple[float, float]:
    """Average bias squared and variance over 150 points of [0, 1]^dim, from `runs` training sets of n rows."""
    grid = np.random.default_rng(99).uniform(size=(150, dim))
    draws = []
    for seed in range(runs):
        r = np.random.default_rng(seed)
        X = r.uniform(size=(n, dim))
        draws.append(make(seed).fit(X, truth(X) + r.normal(0, noise, n)).predict(grid))
    d = np.array(draws)
    v = float(d.var(0, ddof=1).mean())
    return float(((d.mean(0) - truth(grid)) ** 2).mean()) - v / runs, v


def test_bias_variance_tradeoff() -> None:
    """Variance is sigma^2 (d+1)/n; the numbers of the figure; the best degree grows with n; the quick check; cross
    terms; more rows leave the bias of a fixed polynomial but not that of a tree, of nearest neighbors or of ridge; the
    peak at p = n comes from a nearly singular matrix, noise or not; the second valley is lower with little noise only;
    a tuned ridge has no peak; bagging, boosting, 0/1 error."""
    terms = {d: polynomial_terms(20, d) for d in range(1, 15)}
    assert all(np.isclose(v, 0.25 * (d + 1) / 20) for d, (_, v) in terms.items())
    error = {d: b + v + 0.25 for d, (b, v) in terms.items()}
    assert min(error, key=error.__getitem__) == 4
    assert [round(error[d], 2) for d in (1, 4, 14)] == [0.38, 0.32, 0.44]
    assert (
        round(terms[1][0], 2) == 0.10
        and terms[6][0] < 0.002
        and round(terms[14][1], 2) == 0.19
        and np.isclose(terms[1][1], 0.025)
    )
    best = [min(range(1, 19), key=lambda d, n=n: sum(polynomial_terms(n, d))) for n in (20, 200, 2_000)]
    assert best[0] < best[1] < best[2]

    x = np.repeat(np.linspace(-1, 1, 20), 10)  # quick check: ten rows at each of the same inputs
    truth = np.tanh(4 * x + 1)
    q = np.linalg.qr(np.polynomial.legendre.legvander(x, 1))[0]
    bias2, variance = np.mean((q @ (q.T @ truth) - truth) ** 2), 0.25 * 2 / 200
    assert np.isclose(bias2, terms[1][0]) and np.isclose(variance, 0.0025)
    assert round(bias2 + variance + 0.25, 2) == 0.35
    assert [round(v, 2) for v in (bias2 / 10 + variance + 0.25, bias2 + variance + 0.025, error[1] / 10)] == [
        0.26,
        0.13,
        0.04,
    ]

    figure = runpy.run_path(str(FIGURE))["figure"]()
    lines = [np.asarray(line.get_ydata(), dtype=float) for line in figure.axes[0].lines]
    curves = [list(error.values()), [v for _, v in terms.values()], [b for b, _ in terms.values()]]
    assert sorted(len(y) for y in lines) == [1, 2, 14, 14, 14]
    assert all(sum(len(y) == 14 and np.allclose(y, curve) for y in lines) == 1 for curve in curves)
    assert any(len(y) == 1 and np.isclose(y, error[4]).all() for y in lines) and any(
        len(y) == 2 and np.allclose(y, 0.25) for y in lines
    )

    rng = np.random.default_rng(
        5
    )  # cross terms at one input: zero because of independence, and by definition of the mean
    sets, spot = truth[::10] + rng.normal(0, 0.5, (200_000, 20)), 3
    hat = np.linalg.qr(np.polynomial.legendre.legvander(np.linspace(-1, 1, 20), 3))[0]
    fit = sets @ hat @ hat[spot]
    fresh = rng.normal(0, 0.5, len(fit))
    gap = truth[::10][spot] - fit.mean()
    assert abs(np.mean(fresh * (truth[::10][spot] - fit))) < 0.004 and abs(gap * np.mean(fit - fit.mean())) < 1e-12
    own = sets[:, spot] - truth[::10][spot]  # with the noise of its own training row, the term would stay
    assert (
        abs(np.mean(own * (truth[::10][spot] - fit)) + 0.25 * hat[spot] @ hat[spot]) < 0.004
        and hat[spot] @ hat[spot] > 0.1
    )

    def wave(X: Array) -> Array:
        return np.asarray(np.sin(6 * X[:, 0]) + 2 * X[:, 1] * X[:, 2])

    def boosted(rounds: int) -> Callable[[int], Any]:
        return lambda s: GradientBoostingRegressor(n_estimators=rounds, max_depth=1, random_state=s)

    makers: dict[str, Callable[[int], Any]] = {
        "tree": lambda s: DecisionTreeRegressor(random_state=s),
        "neighbor": lambda s: KNeighborsRegressor(1),
        "ridge": lambda s: Ridge(10),
        "line": lambda s: Ridge(1e-9),
    }
    small, large = ({name: terms_of(make, wave, n, 3, 12) for name, make in makers.items()} for n in (50, 2_000))
    for name in ("tree", "neighbor"):
        assert large[name][0] < 0.35 * small[name][0]
    assert large["ridge"][0] < 0.7 * small["ridge"][0] and abs(large["line"][0] / small["line"][0] - 1) < 0.1
    assert all(large[name][1] < small[name][1] for name in ("tree", "neighbor", "line"))
    assert 0.21 < large["neighbor"][1] < 0.3  # the noise is 0.25; one neighbor copies it

    plain = {p: np.array([smallest_weights(p, 0.3, s) for s in range(10)]) for p in (20, 40, 60, 80, 200, 1_000)}
    assert all(plain[p][:, 0].max() < 1e-8 for p in (80, 200, 1_000)) and plain[20][:, 0].min() > 0.01
    norms = [np.median(plain[p][:, 2]) for p in (60, 80, 200, 1_000)]
    assert norms == sorted(norms, reverse=True)
    assert all(
        np.median(plain[60][:, 3]) < 0.1 * np.median(plain[p][:, 3]) for p in (40, 80)
    )  # nearly singular only at p = n
    still = {p: np.median([smallest_weights(p, 0, s)[1] for s in range(10)]) for p in (20, 60, 200)}
    assert still[60] > 5 * still[20] > 5 * still[200]  # the peak needs no noise
    second = {
        noise: np.array(
            [smallest_weights(1_000, noise, s)[1] < smallest_weights(20, noise, s)[1] for s in range(100, 140)]
        )
        for noise in (0.1, 0.5)
    }
    assert second[0.1].mean() > 0.9 and second[0.5].mean() < 0.35
    for noise in (0.1, 0.5):
        ridge = {p: np.array([tuned_ridge(p, noise, s) for s in range(20)]) for p in (20, 40, 60, 80, 200)}
        middle = [np.median(ridge[p]) for p in (20, 40, 60, 80, 200)]
        assert max(middle[1:4]) < middle[0] and middle[4] < 1.1 * min(middle[1:4])  # no bump between 20 and 200

    line = np.linspace(-1, 1, 50)  # no noise: predictions differ across inputs, never across training sets
    fits = np.array(
        [np.polyval(np.polyfit(s, 100 * s, 1), line) for s in np.random.default_rng(0).normal(size=(50, 30))]
    )
    assert fits.var(1).mean() > 1_000 and fits.var(0).max() < 1e-15

    wrong_side = [stats.norm.cdf(0.5, loc=0.4, scale=s) for s in (0.05, 0.5)]  # truth: class 1 likelier, mean vote 0.4
    assert wrong_side[1] < wrong_side[0]  # chance of predicting class 0: less with more variance

    rng = np.random.default_rng(0)  # Brier score is squared error: the same identity holds
    prob, vote = 0.7, rng.beta(2, 2, 400_000)
    brier = np.mean((vote - (rng.random(vote.size) < prob)) ** 2)
    assert abs(brier - ((vote.mean() - prob) ** 2 + vote.var() + prob * (1 - prob))) < 0.002

    tree, bagged = (
        terms_of(makers["tree"], wave, 120, 3, 8),
        terms_of(lambda s: BaggingRegressor(n_estimators=15, random_state=s), wave, 120, 3, 8),
    )
    assert bagged[1] < 0.5 * tree[1] and bagged[0] - tree[0] < 0.2 * (tree[1] - bagged[1])
    weak, short, long = (terms_of(boosted(rounds), wave, 120, 3, 8) for rounds in (3, 20, 150))
    assert weak[0] > short[0] > long[0] and weak[1] < short[1] < long[1]


def test_regularization() -> None:
    """Closed forms for one weight; correlated features, where one weight grows but the vector shrinks; the pull with
    several features; invertibility of ridge and the at most n features of the lasso; units, and the quick check with
    its numbers; intercept; scikit-learn's conventions; prior; early stopping; dropout; augmentation; twins; posterior
    mean under a Laplace prior; p-values after selection; weight decay in plain gradient descent."""
    w = np.linspace(-3, 3, 600_001)
    for a in (-2.0, -0.4, 0.3, 0.8, 2.0):
        l2, l1 = (w[np.argmin(0.5 * (w - a) ** 2 + p)] for p in (0.25 * w**2, 0.5 * abs(w)))
        assert abs(l2 - a / 1.5) < 1e-5 and abs(l1 - np.sign(a) * max(abs(a) - 0.5, 0)) < 1e-5
    assert round(2 / 1.5, 2) == 1.33 and np.isclose(0.3 / 1.5, 0.2)

    R, free = np.array([[1, 0.9], [0.9, 1]]), np.array([2.0, 0.0])  # lambda per row, beside half the mean squared error
    paths = np.array([np.linalg.solve(R + c * np.eye(2), R @ free) for c in (0.1, 0.3, 1.0, 10.0)])
    assert np.allclose(paths[0], [1.45, 0.45], atol=0.005) and np.all(paths != 0)
    lengths = [np.linalg.norm(free), *np.linalg.norm(paths, axis=1)]
    assert lengths == sorted(lengths, reverse=True)

    rng = np.random.default_rng(0)
    wide, target = rng.normal(size=(20, 60)), rng.normal(size=20)  # more features than rows, and one column twice
    wide[:, 1] = wide[:, 0]
    assert np.linalg.matrix_rank(wide.T @ wide) < 60 and np.linalg.matrix_rank(wide.T @ wide + np.eye(60)) == 60
    for strength in (0.3, 0.1, 0.01, 0.001):
        assert (
            0
            < np.count_nonzero(Lasso(strength, fit_intercept=False, max_iter=200_000, tol=1e-8).fit(wide, target).coef_)
            <= 20
        )

    length = rng.normal(size=1_000)  # quick check: standard deviation 5 m, 1,000 rows, strength 1
    length = 5 * (length - length.mean()) / length.std()
    effect = []
    for unit in (1, 1_000):
        x = (length / unit)[:, None]
        effect.append(float(Ridge(1).fit(x, 2 * length).coef_[0] / unit / 2))
    assert round(float(length @ length)) == 25_000 and np.isclose(length @ length / 1e6, 0.025)
    assert effect[0] > 0.999 and round(effect[1], 2) == 0.02 and np.isclose(effect[1], 0.025 / 1.025)
    both = np.c_[length / 1_000, rng.normal(size=1_000)]
    assert (
        abs(
            Ridge(1).fit(both, 2 * length + both[:, 1]).predict(both)
            - Ridge(1).fit(both * [1_000, 1], 2 * length + both[:, 1]).predict(both * [1_000, 1])
        ).max()
        > 5
    )

    X = rng.normal(size=(60, 5))
    y = X @ np.array([1.0, -1, 0.5, 0, 0]) + rng.normal(size=60)
    M = X * np.array([1000.0, 1, 1, 1, 1])
    km, meters, strong = Ridge(30).fit(X, y), Ridge(30).fit(M, y), Ridge(1e-9).fit(X, y)
    assert np.abs(km.predict(X) - meters.predict(M)).max() > 0.1  # predictions change with the unit
    lone = Ridge(30).fit(X[:, 1:], y - X[:, 0] * meters.coef_[0] * 1000)  # feature 0 as good as unpenalized
    assert np.allclose(lone.coef_, meters.coef_[1:], atol=1e-3) and abs(meters.coef_[0] * 1000) > abs(km.coef_[0])
    assert np.allclose(
        strong.predict(X), Ridge(1e-9).fit(M, y).predict(M), atol=1e-5
    )  # without a penalty nothing happens
    scaled = make_pipeline(StandardScaler(), Ridge(30))
    assert np.allclose(scaled.fit(X, y).predict(X), scaled.fit(M, y).predict(M))

    A = np.c_[np.ones(60), X]  # penalized intercept: shifting y by 10 does not shift the predictions by 10
    penalized = [A @ np.linalg.solve(A.T @ A + 30 * np.eye(6), A.T @ t) for t in (y, y + 10)]
    assert np.abs(penalized[1] - penalized[0] - 10).max() > 1
    assert np.allclose(Ridge(30).fit(X, y + 10).predict(X) - km.predict(X), 10)

    Xc, yc = X - X.mean(0), y - y.mean()
    assert np.allclose(km.coef_, np.linalg.solve(Xc.T @ Xc + 30 * np.eye(5), Xc.T @ yc))  # sum of squares + alpha |w|^2
    lasso = Lasso(0.2).fit(X, y).coef_
    grad = (
        Xc.T @ (yc - Xc @ lasso) / 60
    )  # half the mean squared error + alpha |w|_1; the pull of a feature at zero is this covariance
    assert (lasso == 0).any()
    assert np.allclose(grad[lasso != 0], 0.2 * np.sign(lasso[lasso != 0]), atol=1e-3) and np.all(abs(grad) < 0.2 + 1e-3)
    label = (y > 0).astype(int)
    default, weaker, free = (
        LogisticRegression(**kw, max_iter=1_000).fit(X, label).coef_ for kw in ({}, {"C": 10}, {"C": np.inf})
    )
    assert np.linalg.norm(default) < np.linalg.norm(weaker) < np.linalg.norm(free)

    sigma2, tau2 = 0.8, 0.3  # Gaussian prior: the mode is ridge with sigma^2 / tau^2; Laplace prior: L1
    mode = optimize.minimize(
        lambda v: ((yc - Xc @ v) ** 2).sum() / (2 * sigma2) + (v**2).sum() / (2 * tau2), np.zeros(5)
    ).x
    assert np.allclose(mode, np.linalg.solve(Xc.T @ Xc + sigma2 / tau2 * np.eye(5), Xc.T @ yc), atol=1e-4)
    scale = 0.7
    slope = np.diff(stats.laplace.logpdf(np.array([1.0, 2, 3]), scale=scale))
    assert np.allclose(slope, -1 / scale)  # minus log prior grows linearly in |w|
    posterior = np.exp(-0.5 * (w - 0.3) ** 2 - abs(w))  # mode 0, mean not 0
    assert abs(w[posterior.argmax()]) < 1e-9 and (w * posterior).sum() / posterior.sum() > 0.05

    s = np.logspace(-4, 2, 400)  # early stopping: shrinkage by direction of strength s
    eta, t = 0.005, 400
    v = np.zeros(400)
    for _ in range(t):
        v += eta * s * (1 - v)
    assert np.allclose(v, 1 - (1 - eta * s) ** t) and np.all(np.diff(v) >= 0)
    assert np.abs(v - s / (s + 1 / (eta * t))).max() < 0.21 and np.corrcoef(v, s / (s + 1 / (eta * t)))[0, 1] > 0.98
    one = np.zeros(5)  # on data: the path of gradient descent passes close to ridge
    H, c = Xc.T @ Xc, Xc.T @ yc
    for _ in range(50):
        one -= 0.0005 * (H @ one - c)
    ridge = np.linalg.solve(H + np.eye(5) / (50 * 0.0005), c)
    assert one @ ridge / np.linalg.norm(one) / np.linalg.norm(ridge) > 0.99

    u, small, out = rng.normal(size=3), rng.normal(size=(4, 3)), rng.normal(size=4)
    rate = 0.4  # dropout of inputs: average over all masks = squared error + feature-dependent L2
    noisy = 0.0
    for masks in product((0, 1), repeat=3):  # rows are independent, so row by row is enough
        keep = np.array(masks)
        noisy += np.prod(np.where(keep, 1 - rate, rate)) * ((out - (small * keep / (1 - rate)) @ u) ** 2).sum()
    assert np.isclose(noisy, ((out - small @ u) ** 2).sum() + rate / (1 - rate) * ((small**2).sum(0) * u**2).sum())
    jitter = rng.normal(0, 0.5, (200_000, 4, 3))  # augmentation with noise of variance 0.25: L2 of strength n * 0.25
    augmented = (((out - (small + jitter) @ u) ** 2).sum(1)).mean()
    assert abs(augmented / (((out - small @ u) ** 2).sum() + 4 * 0.25 * (u**2).sum()) - 1) < 0.01

    kept, shares = [], []  # twins: L1 keeps one (which one changes), L2 shares
    for seed in range(40):
        r = np.random.default_rng(seed)
        base = r.normal(size=80)
        T = np.c_[base + 0.05 * r.normal(size=80), base + 0.05 * r.normal(size=80)]
        goal = 2 * base + r.normal(size=80)
        l1, l2 = Lasso(0.2).fit(T, goal).coef_, Ridge(20).fit(T, goal).coef_
        kept.append(np.argmax(abs(l1)) if abs(l1).min() < 0.2 * abs(l1).max() else -1)
        shares.append(l2.min() / l2.max())
    assert np.mean(np.array(kept) >= 0) > 0.5 and {0, 1} <= set(kept) and np.min(shares) > 0.7

    hits = []  # p-values after selection by L1 on pure noise
    for seed in range(40):
        r = np.random.default_rng(seed)
        N, z = r.normal(size=(100, 50)), r.normal(size=100)
        chosen = np.flatnonzero(Lasso(0.15).fit(N, z).coef_)
        if chosen.size:
            Q = np.c_[np.ones(100), N[:, chosen]]
            inv = np.linalg.inv(Q.T @ Q)
            b = inv @ Q.T @ z
            df = 100 - Q.shape[1]
            se = np.sqrt(((z - Q @ b) ** 2).sum() / df * np.diag(inv))
            hits.append(np.mean(2 * stats.t.sf(abs(b / se), df)[1:] < 0.05))
    assert len(hits) > 30 and np.mean(hits) > 0.25

    g, start = (
        np.array([0.3, -0.2]),
        np.array([1.0, 2.0]),
    )  # plain descent: penalty gradient = decay; Adam's first step: not
    assert np.allclose(start - 0.1 * (g + 0.5 * start), (1 - 0.1 * 0.5) * start - 0.1 * g)
    coupled, decoupled = start - 0.1 * np.sign(g + 0.5 * start), start - 0.1 * np.sign(g) - 0.1 * 0.5 * start
    assert not np.allclose(coupled, decoupled)

    goals = 3 * rng.normal(
        size=(300, 2)
    )  # corners: the nearest point of a diamond is often one, the nearest point of a circle is not special
    edge = np.linspace(0, 1, 2_001)
    ring = np.c_[np.r_[edge, -edge, edge, -edge], np.r_[1 - edge, 1 - edge, edge - 1, edge - 1]]
    circle = np.c_[np.cos(2 * np.pi * edge), np.sin(2 * np.pi * edge)]
    best = [np.array([shape[((shape - v) ** 2).sum(1).argmin()] for v in goals]) for shape in (ring, circle)]
    assert np.mean(abs(best[0]).min(1) == 0) > 0.25 and np.mean(abs(best[1]).min(1) < 1e-9) < 0.02

    few = [
        ((1 - a) ** 2) for a in (1 / 1.1, 1 / 11)
    ]  # too strong a penalty underfits: one exact weight of 1, strengths 0.1 and 10
    assert few[1] > 50 * few[0]

    # L1 with a = 0.3 and strength 0.5: plain (sub)gradient steps jump across the zero, a proximal step lands on it.
    w = v = 1.0
    seen = []
    for _ in range(1_000):
        w -= 0.13 * (w - 0.3 + 0.5 * np.sign(w))
        moved = v - 0.13 * (v - 0.3)
        v = np.sign(moved) * max(abs(moved) - 0.13 * 0.5, 0.0)
        seen.append(w)
    assert v == 0.0 and min(map(abs, seen)) > 0 and min(seen[500:]) < 0 < max(seen[500:])


def fold_ids(n: int, k: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """A random fold number for every row."""
    return rng.permutation(np.arange(n) % k)


def stump_accuracies(X: Array, y: NDArray[np.int64], folds: NDArray[np.int64]) -> Array:
    """Cross-validated accuracy of one nearest-mean classifier for each single feature."""
    hits = np.zeros(X.shape[1])
    for fold in np.unique(folds):
        train = folds != fold
        one, zero = X[train & (y == 1)].mean(0), X[train & (y == 0)].mean(0)
        hits += (((X[~train] > (one + zero) / 2) == (one > zero)) == (y[~train, None] == 1)).sum(0)
    return hits / len(y)


def fold_differences(X: Array, y: Array, repeats: int, rng: np.random.Generator) -> Array:
    """Test error of least squares on the first half of the columns minus that on the second, for each of 5 folds."""
    halves = np.split(X, 2, axis=1)
    found = []
    for _ in range(repeats):
        folds = rng.permutation(len(y)) % 5
        for k in range(5):
            a, b = folds != k, folds == k
            errors = [np.mean((half[b] @ np.linalg.lstsq(half[a], y[a])[0] - y[b]) ** 2) for half in halves]
            found.append(errors[0] - errors[1])
    return np.array(found)


def test_cross_validation() -> None:
    """k fits, each row held out once; error of least squares at (k-1)n/k rows; folds see the procedure, not the weights
    of least squares; leave-one-out steady for least squares, unsteady for a majority vote; fold spread too small, also
    over repeated splits; groups; time and labels that take time to be known; the quick check (best of 200 about 69 %,
    nested 50 %); oversampling first; shortcut of ridge."""
    splits = list(KFold(5, shuffle=True, random_state=0).split(np.zeros((50, 1))))
    assert len(splits) == 5 and sorted(np.concatenate([b for _, b in splits])) == list(range(50))
    assert all(len(a) == 40 and not set(a) & set(b) for a, b in splits)

    assert [round(1 + 50 / (n - 51), 2) for n in (100, 90, 80)] == [2.02, 2.28, 2.72]
    rng = np.random.default_rng(0)
    for k, truth in ((5, 1 + 50 / 29), (10, 1 + 50 / 39)):
        scores = []
        for _ in range(60):
            X, noise = rng.normal(size=(100, 50)), rng.normal(size=100)
            errors = [(noise[b] - X[b] @ np.linalg.lstsq(X[a], noise[a])[0]) ** 2 for a, b in KFold(k).split(X)]
            scores.append(np.mean(errors))
        mean, se = mean_se(scores)
        assert abs(mean - truth) < 4 * se and mean - (1 + 50 / 49) > 3 * se

    pairs, spread = [], []  # leave-one-out of least squares against the true error of the very fit; and 10-fold spread
    for _ in range(600):
        X, noise = rng.normal(size=(60, 20)), rng.normal(size=60)
        pinv = np.linalg.pinv(X)
        miss = pinv @ noise
        pairs.append((np.mean(((noise - X @ miss) / (1 - np.einsum("ij,ji->i", X, pinv))) ** 2), miss @ miss))
    assert abs(np.corrcoef(np.log(pairs).T)[0, 1]) < 0.2

    for seed in range(150):
        r = np.random.default_rng(seed)
        X, noise = r.normal(size=(40, 15)), r.normal(size=40)
        fold = [np.mean((noise[b] - X[b] @ np.linalg.lstsq(X[a], noise[a])[0]) ** 2) for a, b in KFold(10).split(X)]
        spread.append((np.mean(fold), np.std(fold, ddof=1) / 10**0.5))
    estimate, naive = np.array(spread).T
    assert np.sqrt(np.mean(naive**2)) < 0.9 * estimate.std(ddof=1)

    swing: dict[tuple[str, int], list[float]] = {
        (name, k): [] for name in ("least squares", "majority") for k in (5, 10, 40)
    }
    for seed in range(200):
        r = np.random.default_rng(seed)
        X, noise, coin = r.normal(size=(40, 10)), r.normal(size=40), r.integers(0, 2, 40)
        hat_matrix = X @ np.linalg.pinv(X)
        for k in (5, 10, 40):
            misses, wrong = [], []
            for held in np.arange(40).reshape(
                k, -1
            ):  # the fold's residuals are those of the full fit through (I - H)^-1
                block = np.eye(len(held)) - hat_matrix[np.ix_(held, held)]
                misses.append(np.mean(np.linalg.solve(block, (noise - hat_matrix @ noise)[held]) ** 2))
                wrong.append(np.mean((np.delete(coin, held).mean() > 0.5) != coin[held]))
            swing["least squares", k].append(float(np.mean(misses)))
            swing["majority", k].append(float(np.mean(wrong)))
    sd = {key: float(np.std(values)) for key, values in swing.items()}
    assert sd["least squares", 40] < sd["least squares", 10] < sd["least squares", 5]
    assert sd["majority", 40] > 1.3 * sd["majority", 10] and sd["majority", 40] > 1.5 * sd["majority", 5]

    lead, claimed = [], []  # two equally good models on the same folds of five shuffles
    for seed in range(80):
        r = np.random.default_rng(seed)
        X = r.normal(size=(60, 10))
        y = X.sum(1) + r.normal(size=60)
        gaps = []
        for _ in range(5):
            folds = fold_ids(60, 5, r)
            score = np.zeros(2)
            for part in range(5):
                a, b = folds != part, folds == part
                score += [
                    np.mean((y[b] - X[b][:, half] @ np.linalg.lstsq(X[a][:, half], y[a])[0]) ** 2) / 5
                    for half in (slice(0, 5), slice(5, 10))
                ]
            gaps.append(score[0] - score[1])
        lead.append(np.mean(gaps))
        claimed.append(np.std(gaps, ddof=1) / 5**0.5)
    assert np.sqrt(np.mean(np.square(claimed))) < 0.5 * np.std(lead) and abs(np.mean(lead)) < 3 * mean_se(lead)[1]

    shuffled, grouped = [], []
    for seed in range(10):
        r = np.random.default_rng(seed)
        person = np.repeat(np.arange(40), 5)
        X = r.normal(size=(40, 6))[person] + 0.01 * r.normal(size=(200, 6))
        y = r.integers(0, 2, 40)[person]
        nearest = KNeighborsClassifier(1)
        shuffled.append(cross_val_score(nearest, X, y, cv=KFold(5, shuffle=True, random_state=seed)).mean())
        grouped.append(cross_val_score(nearest, X, y, cv=GroupKFold(5), groups=person).mean())
    assert np.mean(shuffled) > 0.995 and abs(np.mean(grouped) - 0.5) < 0.06

    walks = []
    for seed in range(10):
        y = np.random.default_rng(seed).normal(size=300).cumsum()
        X, near = np.arange(300.0)[:, None], KNeighborsRegressor(3)
        walks.append(
            [
                cross_val_score(near, X, y, cv=cv).mean()
                for cv in (KFold(5, shuffle=True, random_state=seed), TimeSeriesSplit(5))
            ]
        )
    assert np.array(walks)[:, 0].min() > 0.8 and np.median(np.array(walks)[:, 1]) < 0
    assert all(a.max() + 3 < b.min() for a, b in TimeSeriesSplit(5, gap=3).split(X))
    late = np.convolve(
        np.random.default_rng(1).normal(size=20_000), np.ones(5), "valid"
    )  # a label made of the next five days' noise
    shared = [
        np.corrcoef(late[gap + 1 :], late[: -gap - 1])[0, 1] for gap in (0, 4)
    ]  # last training label against first test label
    assert shared[0] > 0.7 and abs(shared[1]) < 0.05

    best, nested = [], []
    for seed in range(100):
        r = np.random.default_rng(seed)
        X, y = r.normal(size=(60, 200)), r.integers(0, 2, 60)
        best.append(stump_accuracies(X, y, fold_ids(60, 5, r)).max())
        outer, hits = fold_ids(60, 5, r), 0
        for fold in range(5):
            train = outer != fold
            A, b = X[train], y[train]
            j = stump_accuracies(A, b, fold_ids(len(b), 5, r)).argmax()
            one, zero = A[b == 1, j].mean(), A[b == 0, j].mean()
            hits += int((((X[~train, j] > (one + zero) / 2) == (one > zero)) == (y[~train] == 1)).sum())
        nested.append(hits / 60)
    assert abs(np.mean(best) - 0.69) < 0.005 and abs(np.mean(nested) - 0.5) < 3 * mean_se(nested)[1] + 0.005

    copies = []  # oversampling before the split puts copies of one row on both sides
    for seed in range(10):
        r = np.random.default_rng(seed)
        X, y = r.normal(size=(110, 4)), np.r_[np.zeros(100, int), np.ones(10, int)]
        more = np.r_[np.arange(110), r.choice(np.arange(100, 110), 90)]
        copies.append(
            cross_val_score(
                KNeighborsClassifier(1), X[more], y[more], cv=KFold(5, shuffle=True, random_state=seed)
            ).mean()
        )
    assert np.mean(copies) > 0.85  # balanced labels without signal: the truth is 0.5

    X, y = rng.normal(size=(30, 6)), rng.normal(size=30)
    hat = X @ np.linalg.solve(X.T @ X + 2 * np.eye(6), X.T)
    slow = [
        y[i]
        - X[i]
        @ np.linalg.solve(
            np.delete(X, i, 0).T @ np.delete(X, i, 0) + 2 * np.eye(6), np.delete(X, i, 0).T @ np.delete(y, i)
        )
        for i in range(30)
    ]
    assert np.allclose(slow, (y - hat @ y) / (1 - np.diag(hat)))

    # Two procedures that are equally good: how often two standard errors tell them apart, over 6 shuffles of 5 folds.
    alarms = np.zeros(2)
    for seed in range(150):
        rng = np.random.default_rng(seed)
        X = rng.normal(size=(100, 20))
        d = fold_differences(X, X.sum(1) / 10**0.5 + rng.normal(size=100), repeats=6, rng=rng)
        errors = d.std(ddof=1) * np.sqrt([1 / len(d), 1 / len(d) + 20 / 80])
        alarms += abs(d.mean()) > 2 * errors
    assert alarms[0] / 150 > 0.3, "the plain standard error of repeated splits"
    assert alarms[1] / 150 < 0.08, "corrected as Nadeau and Bengio do"


def test_l1_zeros_l2_shrinks() -> None:
    """Both closed forms minimize their sums on a grid; the condition for any columns against scikit-learn's lasso; all
    weights are zero from the largest pull on; the third column is kept below strength 0.7 with weight 5/7 of it; exact
    twins may be split in any way under L1, equally under the elastic net; powers of the weight; the quick check, and
    0.0015 at strength 1,000."""
    w = np.linspace(-2, 2, 400_001)
    for b, lasso, ridge in ((1.5, 1.1, 1.07), (0.5, 0.1, 0.36), (-0.3, 0.0, -0.21)):
        half = 0.5 * (w - b) ** 2
        assert abs(w[np.argmin(half + 0.4 * abs(w))] - lasso) < 1e-5
        assert abs(w[np.argmin(half + 0.2 * w**2)] - b / 1.4) < 1e-5 and round(b / 1.4, 2) == ridge
        assert (abs(b) <= 0.4) == (lasso == 0)
    assert round(1.5 / 1_001, 4) == 0.0015

    rng = np.random.default_rng(0)
    x = rng.normal(size=(50, 8)) @ rng.normal(size=(8, 8))
    y = x[:, 0] + rng.normal(size=50)
    for strength in (2.0, 20.0, 60.0):  # scikit-learn divides the sum of squares by the rows
        model = Lasso(strength / 50, fit_intercept=False, tol=1e-12, max_iter=100_000).fit(x, y)
        pull, kept = x.T @ (y - model.predict(x)), model.coef_ != 0
        assert np.all(abs(pull[~kept]) <= strength + 1e-6)
        assert np.allclose(pull[kept], strength * np.sign(model.coef_[kept]), atol=1e-4)
    top = abs(x.T @ y).max()
    for factor, empty in ((0.999, False), (1.001, True)):
        weights = Lasso(factor * top / 50, fit_intercept=False, tol=1e-12, max_iter=100_000).fit(x, y).coef_
        assert bool(np.all(weights == 0)) is empty
    q = np.linalg.qr(x)[0]  # orthonormal columns: the sum of squares splits
    b = q.T @ y
    for v in rng.normal(size=(3, 8)):
        assert np.isclose(0.5 * np.sum((y - q @ v) ** 2), 0.5 * np.sum((v - b) ** 2) + 0.5 * (y @ y - b @ b))

    corr = np.array([[1, 0, 0.6], [0, 1, 0.6], [0.6, 0.6, 1]])
    cov = corr @ [1, 1, 0]
    assert np.linalg.eigvalsh(corr).min() > 0 and np.isclose(abs(cov).max(), 1.2)
    for s in (0.001, 0.1, 0.3, 0.5, 0.69):
        third = 5 / 7 * s
        weights = np.array([1 - s - 0.6 * third, 1 - s - 0.6 * third, third])
        assert np.all(weights > 0) and np.allclose(cov - corr @ weights, s)  # optimal: the problem is convex
    for s in (0.71, 0.8, 1.0, 1.19):  # only the third column is left
        weights = np.array([0, 0, 1.2 - s])
        pull = cov - corr @ weights
        assert np.isclose(pull[2], s) and np.all(abs(pull[:2]) <= s)
    near = np.array([[1, 0.95], [0.95, 1]])
    for s, both in ((0.19, True), (0.21, False), (0.4, False)):  # near twins: the second is kept below 0.2 only
        kept = np.linalg.solve(near, np.array([1.00, 0.96]) - s)
        assert kept[0] > 0 and bool(kept[1] > 0) is both
    twin, cov2 = np.ones((2, 2)), np.ones(2)
    for split in ((0.6, 0.0), (0.3, 0.3), (0.1, 0.5)):
        assert np.allclose(cov2 - twin @ np.array(split), 0.4)
    assert np.allclose(np.linalg.solve(twin + 0.2 * np.eye(2), cov2 - 0.2), 0.8 / 2.2)  # elastic net: equal
    for power, zero in ((0.5, True), (1.0, True), (1.5, False), (2.0, False)):
        assert bool(abs(w[np.argmin(0.5 * (w - 0.3) ** 2 + 0.4 * abs(w) ** power)]) < 1e-9) is zero
    assert 2 * 0.5**0.5 > 0.1**0.5 + 0.9**0.5  # a power below 1 is not convex
    b = np.array([0.9, -0.4, 0.1])
    assert np.allclose(np.sign(b) * np.maximum(abs(b) - 0.3, 0), [0.6, -0.1, 0])
    assert np.allclose((b / 1.3).round(2), [0.69, -0.31, 0.08]) and np.allclose(b - 0.3, [0.6, -0.7, -0.2])


def test_early_stopping() -> None:
    """The filter of gradient descent against the iteration itself, and the table; a bound on the risk ratio of 1.69 in
    random cases; a smaller step lowers the noise floor at once; boosting with a smaller learning rate needs more rounds
    on a quadratic; quick check 0.63, 0.37 and 0.50; the best of noisy scores is too good."""
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(40, 5)), rng.normal(size=40)
    u, s, vt = np.linalg.svd(x, full_matrices=False)
    eta, w = 0.01, np.zeros(5)
    assert eta * s.max() ** 2 < 2
    for t in range(1, 31):
        w = w - eta * x.T @ (x @ w - y)
        assert np.allclose(vt @ w, (1 - (1 - eta * s**2) ** t) * (u.T @ y) / s)
    penalized = np.linalg.solve(x.T @ x + 3 * np.eye(5), x.T @ y)
    assert np.allclose(vt @ penalized, s**2 / (s**2 + 3) * (u.T @ y) / s)
    table = [(1 - (1 - 0.05 * v) ** 20, v / (v + 1)) for v in (10, 1, 0.1)]
    assert np.allclose(np.round(table, 3), [(1.000, 0.909), (0.642, 0.500), (0.095, 0.091)])
    assert np.isclose(1 / (0.05 * 20), 1)

    # risk of small steps (gradient flow) and of ridge for a truth c, singular value squared v, noise variance 1
    v, c, time = 10.0 ** rng.uniform(-3, 3, (3, 20_000))
    flow = c * np.exp(-2 * v * time) + (1 - np.exp(-v * time)) ** 2 / v
    ridge = c / (1 + v * time) ** 2 + (v * time / (1 + v * time)) ** 2 / v
    assert (flow / ridge).max() <= 1.69

    runs, floor = 400, []
    truth, w = rng.normal(size=(runs, 10)), np.zeros((runs, 10))
    for t in range(260):  # fresh rows, constant step, then a tenth of it
        rows = rng.normal(size=(runs, 10))
        error = np.sum(rows * (w - truth), 1) + rng.normal(size=runs)
        w = w - (0.05 if t < 200 else 0.005) * rows * error[:, None]
        floor.append(np.sum((w - truth) ** 2, 1))
    fall = floor[199] - floor[259]
    assert fall.mean() > 4 * fall.std() / sqrt(runs)
    assert np.isclose(1 - 0.99**100, 0.634, atol=5e-4) and round(0.99**100, 2) == 0.37 and np.isclose(1 / (1 + 1), 0.50)
    rounds = [int(np.ceil(np.log(0.1) / np.log(1 - rate))) for rate in (0.3, 0.1, 0.03)]
    assert rounds == sorted(rounds)  # rounds until a tenth of the residual is left
    assert rng.normal(size=(1_000, 20)).min(1).mean() < -1


def test_double_descent() -> None:
    """The noise part below and beyond the threshold against simulated Gaussian columns; its digits at 60 rows; gradient
    descent from zero ends at the minimum-norm fit; exact fits beyond the threshold; ridge at strength 1 and 0.0001;
    quick check: 10 times the noise variance at 90 rows, and typical errors that jump at 100."""
    below, beyond = (lambda p, n: p / (n - p - 1)), (lambda p, n: n / (p - n - 1))
    assert [round(below(30, 60), 2), below(55, 60), beyond(65, 60), round(beyond(600, 60), 2)] == [
        1.03,
        13.75,
        15,
        0.11,
    ]
    rng = np.random.default_rng(0)
    for p, n, expected in ((10, 20, below(10, 20)), (40, 20, beyond(40, 20))):
        x = rng.normal(size=(1_000, min(n, p), max(n, p)))
        parts = np.trace(np.linalg.inv(x @ np.swapaxes(x, 1, 2)), axis1=1, axis2=2)  # noise variance 1
        assert abs(parts.mean() - expected) < 4 * parts.std() / sqrt(1_000)

    x, y = rng.normal(size=(10, 40)), rng.normal(size=10)
    w, step = np.zeros(40), 1 / np.linalg.norm(x, 2) ** 2
    for _ in range(400):
        w = w - step * x.T @ (x @ w - y)
    least = np.linalg.pinv(x) @ y
    assert np.allclose(w, least, atol=1e-6) and np.allclose(x @ least, y)
    other = least + (np.eye(40) - np.linalg.pinv(x) @ x) @ rng.normal(size=40)
    assert np.allclose(x @ other, y) and np.linalg.norm(other) > np.linalg.norm(least)

    smallest = {
        p: np.median(np.linalg.svd(rng.normal(size=(5, 60, p)), compute_uv=False)[:, -1]) for p in (30, 60, 600)
    }
    assert smallest[60] < 0.2 < 2 < smallest[30] < smallest[600]
    z = np.maximum(rng.normal(size=(60, 6)) @ rng.normal(size=(6, 1_000)) + rng.uniform(-1, 1, 1_000), 0)
    assert np.linalg.matrix_rank(z) == 60  # every row can be fitted exactly

    totals: dict[float, list[float]] = {1.0: [], 1e-4: []}
    for seed in range(15):  # the page's run at 60 features
        own = np.random.default_rng(seed)
        x = own.normal(size=(160, 6))
        f, v = np.tanh(x.sum(1) / sqrt(6)), own.normal(0, 1 / sqrt(6), (6, 60))
        z = np.maximum(x @ v + own.uniform(-1, 1, 60), 0)
        for strength, total in totals.items():
            h = z[60:] @ z[:60].T @ np.linalg.inv(z[:60] @ z[:60].T + strength * np.eye(60))
            total.append(np.mean((h @ f[:60] - f[60:]) ** 2) + 0.2**2 * np.mean(np.sum(h**2, 1)))
    assert [round(float(np.median(total)), 2) for total in totals.values()] == [0.06, 2.56]

    assert beyond(100, 90) == 10
    error = {}
    for n in (90, 100):  # signal and noise of variance 1
        rows, truth = rng.normal(size=(25, n, 100)), rng.normal(size=(25, 100, 1)) / 10
        y_all = rows @ truth + rng.normal(size=(25, n, 1))
        fit = np.swapaxes(rows, 1, 2) @ np.linalg.solve(rows @ np.swapaxes(rows, 1, 2), y_all)
        error[n] = np.sum((fit - truth) ** 2, (1, 2))
    assert np.median(error[100]) > 5 * np.median(error[90])


def test_learning_curve_diagnosis() -> None:
    """Both error formulas against simulated rows, missing columns included; the table; the gap and the gains at 240
    rows; the extrapolations 1.18 for 1.09, 1.17 for 1.01 and 1.25 for 1.20; falls of the quick check."""

    def errors(n: Array, p: int, v: float) -> tuple[Array, Array]:
        return v * (1 - p / n), v * (1 + p / (n - p - 1))

    rng = np.random.default_rng(0)
    for p, v in ((5, 2.0), (40, 1.0)):
        x = rng.normal(size=(400, 60, 40))
        y = x[..., 5:].sum(2) / sqrt(35) + rng.normal(size=(400, 60))  # what five columns explain is fitted exactly
        q, r = np.linalg.qr(x[..., :p])
        fitted = np.swapaxes(q, 1, 2) @ y[..., None]
        w = np.linalg.solve(r, fitted)[..., 0]
        train = np.mean((y - (q @ fitted)[..., 0]) ** 2, 1)
        true = np.r_[np.zeros(5), np.full(35, 1 / sqrt(35))]
        new = np.sum((np.pad(w, ((0, 0), (0, 40 - p))) - true) ** 2, 1) + 1
        for seen, expected in zip((train, new), errors(np.array(60), p, v), strict=True):
            assert abs(seen.mean() - expected) < 4 * seen.std() / sqrt(400)
    n = np.array([60, 240, 960])
    small, large = np.round(errors(n, 5, 2), 2), np.round(errors(n, 40, 1), 2)
    assert small.T.tolist() == [[1.83, 2.19], [1.96, 2.04], [1.99, 2.01]]
    assert large.T.tolist() == [[0.33, 3.11], [0.83, 1.20], [0.96, 1.04]]
    train, new = errors(np.array(240), 5, 2)
    assert round(new - train, 2) == 0.08 and round(new - 2, 2) == 0.04 and round(new - 1, 2) == 1.04

    sizes = np.array([60.0, 90, 120, 180, 240])
    for used, checks in ((5, ((480, 1.18, 1.09), (4_000, 1.17, 1.01))), (4, ((240, 1.25, 1.20),))):
        exact, fits = errors(sizes[:used], 40, 1)[1], []
        for c in np.linspace(0.05, 5, 1_000):  # least squares for a + b n^-c
            basis = np.c_[np.ones(used), sizes[:used] ** -c]
            a, b = np.linalg.lstsq(basis, exact)[0]
            fits.append((np.sum((basis @ [a, b] - exact) ** 2), a, b, c))
        _, a, b, c = min(fits)
        assert 0.1 < c < 4.9 and a > 0 and b > 0  # inside the grid
        for at, guess, true in checks:
            assert round(a + b * at**-c, 2) == guess and round(errors(np.array(at), 40, 1)[1], 2) == true
    falls = 1 - np.array([19, 15, 12]) / np.array([24, 19, 15])
    assert np.all(abs(falls - 0.2) < 0.02)
