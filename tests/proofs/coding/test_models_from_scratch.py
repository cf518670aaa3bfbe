"""Proofs for "Models from scratch": what the page states and its fences do not decide, one function a question."""

from __future__ import annotations

import math
from collections import Counter
from itertools import pairwise, permutations

import numpy as np
import pytest
from scipy import stats
from scipy.special import expit


def test_code_linear_regression() -> None:
    """The correlation matrix has eigenvalues from 0 to d; rate 1/d contracts by 1 - λ/d; two copies and two
    uncorrelated columns give 2 and a limit of rate 1, not 2 or 1/4; forming the Gram matrix squares the condition
    number; (n,) against (n, 1) is an n × n table; lstsq takes the smallest norm; rank n - 1 interpolates; ridge is
    invertible."""
    rng = np.random.default_rng(0)
    X = rng.normal(size=(60, 5)) @ rng.normal(size=(5, 5))
    Z = (X - X.mean(axis=0)) / X.std(axis=0)
    hessian = Z.T @ Z / 60
    values, vectors = np.linalg.eigh(hessian)
    assert np.isclose(values.sum(), 5) and 0 <= values[0] <= values[-1] <= 5
    v = vectors[:, -1].copy()
    v -= hessian @ v / 5
    assert np.allclose(v, (1 - values[-1] / 5) * vectors[:, -1])
    near = np.linalg.eigvalsh(np.array([[1, 0.999], [0.999, 1]]))
    assert np.isclose(near[0], 0.001) and (1 - near[0] / 2) ** 2_000 > 0.3  # 2,000 steps leave a third of the error
    four = np.array([[1.0, 1, 0, 0], [1, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]])
    top = np.linalg.eigvalsh(four)
    assert np.allclose(top, [0, 1, 1, 2])
    w = rng.normal(size=4)
    for rate, shrinks in ((0.25, True), (0.99, True), (1.01, False), (1.9, False)):
        error = np.linalg.matrix_power(np.eye(4) - rate * four, 400) @ (w - vectors[:4, 0])
        assert (np.abs(four @ error).max() < 0.02) == shrinks
    at_one = np.linalg.matrix_power(np.eye(4) - four, 101)
    assert np.allclose(at_one @ [1, 1, 0, 0], [-1, -1, 0, 0])  # oscillates for ever
    assert np.isclose(np.linalg.cond(X.T @ X), np.linalg.cond(X) ** 2)
    assert (np.ones(7) - np.ones((7, 1))).shape == (7, 7)

    y = rng.normal(size=60)
    twice = np.column_stack([Z, Z[:, 0]])
    best = np.linalg.lstsq(twice, y, rcond=None)[0]
    other = best + 0.3 * np.array([1, 0, 0, 0, 0, -1])
    assert np.allclose(twice @ best, twice @ other) and np.linalg.norm(best) < np.linalg.norm(other)
    assert np.isclose(best[0], best[5]) and np.linalg.matrix_rank(twice.T @ twice) == 5
    assert np.linalg.eigvalsh(twice.T @ twice + 0.1 * np.eye(6))[0] > 0.09
    wide = rng.normal(size=(8, 20))
    wide -= wide.mean(axis=0)
    target = rng.normal(size=8)
    target -= target.mean()
    assert np.linalg.matrix_rank(wide) == 7
    assert np.allclose(wide @ np.linalg.lstsq(wide, target, rcond=None)[0], target)
    with pytest.warns(RuntimeWarning):
        assert np.isnan(np.zeros((0, 2)).mean(axis=0)).all()
    assert np.array_equal(np.linalg.lstsq(np.zeros((0, 2)), np.zeros(0), rcond=None)[0], [0, 0])


def sigmoid(z: np.ndarray) -> np.ndarray:
    """The page's stable sigmoid."""
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, e) / (1 + e)


def logistic(X: np.ndarray, y: np.ndarray, l2: float, steps: int = 20_000) -> tuple[float, np.ndarray]:
    """The page's gradient descent."""
    n, d = X.shape
    A = np.column_stack([np.ones(n), X])
    shrink = l2 * np.r_[0, np.ones(d)]
    rate = 1 / (np.linalg.norm(A, 2) ** 2 / (4 * n) + l2)
    v = np.zeros(d + 1)
    for _ in range(steps):
        gradient = A.T @ (sigmoid(A @ v) - y) / n + shrink * v
        if np.abs(gradient).max() < 1e-8:
            return v[0], v[1:]
        v -= rate * gradient
    raise RuntimeError("no optimum reached")


def test_code_logistic_regression() -> None:
    """Equals scikit-learn at C = 1/(n l2); one class and separable data without penalty raise; p(1 - p) ≤ 1/4; the
    step never raises the loss; the slope is p - y; the naive sigmoid overflows at -1,000 with the right value 0;
    clipping flattens the loss; an undamped Newton step can raise the loss; with l2 = 100 all rows get about 0.2."""
    from sklearn.linear_model import LogisticRegression

    rng = np.random.default_rng(1)
    X = rng.normal(size=(120, 3))
    y = (rng.random(120) < expit(X @ [1.0, -2, 0] - 1)).astype(float)
    b, w = logistic(X, y, 0.01)
    oracle = LogisticRegression(C=1 / (120 * 0.01), tol=1e-10, max_iter=1_000).fit(X, y)
    assert np.allclose(w, oracle.coef_[0], atol=1e-5) and np.isclose(b, oracle.intercept_[0], atol=1e-5)
    with pytest.raises(RuntimeError):
        logistic(X[:20], np.zeros(20), 0.01, 5_000)
    logistic(X, y, 0.01, 1_000)
    with pytest.raises(RuntimeError):
        logistic(X + 5, y, 0.01, 1_000)  # means far from zero: slow
    with pytest.raises(RuntimeError):
        logistic(np.array([[-1.0], [1.0]]), np.array([0.0, 1.0]), 0.0, 5_000)
    z = np.linspace(-30, 30, 1_201)
    assert np.allclose(sigmoid(z), expit(z)) and (expit(z) * (1 - expit(z))).max() <= 0.25
    slope = (np.logaddexp(0, z + 1e-6) - np.logaddexp(0, z - 1e-6)) / 2e-6
    assert np.allclose(slope, expit(z), atol=1e-8)
    with pytest.warns(RuntimeWarning, match="overflow"):
        assert 1 / (1 + np.exp(np.array([1_000.0])))[0] == 0
    assert np.logaddexp(0, 1_000.0) == 1_000 and expit(-1_000.0) == 0
    low = np.clip(expit(np.array([-50.0, -60.0])), 1e-15, 1)
    assert low[0] == low[1] and expit(-50.0) != expit(-60.0)

    A = np.column_stack([np.ones(120), X])
    v, last, rate = np.zeros(4), np.inf, 1 / (np.linalg.norm(A, 2) ** 2 / 480)
    for _ in range(200):
        loss = float(np.mean(np.logaddexp(0, A @ v) - y * (A @ v)))
        assert loss <= last + 1e-12
        v, last = v - rate * A.T @ (expit(A @ v) - y) / 120, loss

    def cost(x: float) -> float:  # rows 1 and 1 with labels 1 and 0, seen from a far start
        return float(np.logaddexp(0, x) - x / 2)

    start = 5.0
    p = float(expit(start))
    assert cost(start - (p - 0.5) / (p * (1 - p))) > cost(start)

    Z = (X - X.mean(axis=0)) / X.std(axis=0)
    labels = (np.arange(120) % 5 == 0).astype(float)
    shifted = Z + 2 * labels[:, None]  # strongly informative columns, standardized again
    b, w = logistic((shifted - shifted.mean(axis=0)) / shifted.std(axis=0), labels, 100.0)
    spread = expit(b + (shifted - shifted.mean(axis=0)) / shifted.std(axis=0) @ w)
    assert np.isclose(spread.mean(), 0.2, atol=1e-6) and abs(spread - 0.2).max() < 0.01


def test_code_pca() -> None:
    """Agrees with scikit-learn up to sign; the error of mapping back is the sum of dropped squared singular values; n
    rows have n - 1 directions; eigh ascends; the condition number is squared, and a tiny variance lost by the
    covariance; 36/49 = 36/(36 + 9 + 4), not 6/11; two correlated standardized columns give entries of 0.71, where a
    plain argmax lets rounding choose the sign and the page's rule does not."""
    from sklearn.decomposition import PCA

    rng = np.random.default_rng(2)
    X = rng.normal(size=(40, 6)) * [5, 4, 3, 2, 1, 0.5] + 7
    centered = X - X.mean(axis=0)
    _, s, V = np.linalg.svd(centered, full_matrices=False)
    oracle = PCA(3).fit(X)
    assert np.allclose(abs(oracle.components_), abs(V[:3]))
    assert np.allclose(oracle.explained_variance_ratio_, s[:3] ** 2 / (s**2).sum())
    back = centered @ V[:3].T @ V[:3] + X.mean(axis=0)
    assert np.isclose(((X - back) ** 2).sum(), (s[3:] ** 2).sum())
    assert np.linalg.matrix_rank(X[:4] - X[:4].mean(axis=0)) == 3
    values, vectors = np.linalg.eigh(np.cov(X.T))
    assert (np.diff(values) > 0).all() and np.allclose(abs(vectors[:, -1]), abs(V[0]))
    assert not np.allclose(abs(V[:, 0]), abs(V[0]))
    assert np.isclose(np.linalg.cond(centered.T @ centered), np.linalg.cond(centered) ** 2)
    Q, R = (np.linalg.qr(rng.normal(size=shape))[0] for shape in ((40, 2), (2, 2)))
    tiny = Q * [1, 1e-10] @ R
    assert np.isclose(np.linalg.svd(tiny)[1][1], 1e-10, rtol=1e-3)
    assert not np.isclose(abs(np.linalg.eigvalsh(tiny.T @ tiny)[0]), 1e-20, rtol=0.5, atol=0)
    share = np.array([6.0, 3, 2]) ** 2 / (36 + 9 + 4)

    def signed(table: np.ndarray, slack: float) -> np.ndarray:
        V = np.linalg.svd(table - table.mean(axis=0), full_matrices=False)[2]
        size = np.abs(V)
        largest = (size >= (1 - slack) * size.max(axis=1, keepdims=True)).argmax(axis=1)
        return V * np.sign(V[np.arange(2), largest])[:, None]

    flips = [0, 0]
    for _ in range(200):
        u = rng.normal(size=30)
        pair = np.column_stack([u, -u + 0.5 * rng.normal(size=30)])
        pair = (pair - pair.mean(axis=0)) / pair.std(axis=0)
        for i, slack in enumerate((0, 1e-6)):
            one, two = signed(pair, slack), signed(pair[::-1], slack)
            assert np.allclose(np.abs(one), 0.71, atol=0.005)
            flips[i] += not np.allclose(one, two)
    assert flips[0] > 20 and flips[1] == 0
    assert np.isclose(share[0], 36 / 49) and not np.isclose(share[0], 6 / 11)


def test_code_k_means() -> None:
    """0, 1, 10, 12 from centers 0 and 1: 0 and 23/3 after one round, 0.5 and 11 at the end; the best cost falls with k;
    another start can end in a worse optimum, and a start far off stays empty; the mean minimizes squares, the median
    absolute distances; the cost equals scikit-learn's; no labeling returns when ties go to the earlier center."""
    from sklearn.cluster import KMeans

    def rounds(x: np.ndarray, centers: list[float]) -> list[list[float]]:
        seen, path = set(), [list(centers)]
        last: tuple[int, ...] = ()
        while True:
            labels = np.argmin(abs(x[:, None] - np.array(path[-1])), axis=1)
            if path[1:] and tuple(labels) == last:
                return path
            last = tuple(labels)
            assert last not in seen
            seen.add(last)
            path.append([x[labels == j].mean() if (labels == j).any() else c for j, c in enumerate(path[-1])])

    def cost(x: np.ndarray, centers: list[float]) -> float:
        return float((abs(x[:, None] - np.array(centers)).min(axis=1) ** 2).sum())

    x = np.array([0.0, 1, 10, 12])
    path = rounds(x, [0, 1])
    assert np.allclose(path[1], [0, 23 / 3]) and np.allclose(path[-1], [0.5, 11])
    blobs = np.array([0.0, 1, 10, 11, 100, 101])
    good, bad = rounds(blobs, [0, 10, 100])[-1], rounds(blobs, [0, 100, 101])[-1]
    assert cost(blobs, bad) > 10 * cost(blobs, good)
    empty = rounds(blobs, [0, 100, 1_000])[-1]
    assert empty[2] == 1_000
    best = [min(cost(blobs, rounds(blobs, list(c))[-1]) for c in permutations(blobs, k)) for k in (1, 2, 3, 4)]
    assert all(a > b for a, b in pairwise(best))
    for seed in range(50):
        grid = np.random.default_rng(seed).integers(0, 5, 12).astype(float)
        rounds(grid, [float(v) for v in np.unique(grid)[:3]])  # integers: many ties, none of them returns
    table = np.random.default_rng(6).normal(size=(30, 2))
    to_each = ((table[:, None] - table[:5]) ** 2).sum(axis=2)
    running = to_each[:, 0]
    for j in range(1, 5):  # the start's running minimum is the minimum over all centers so far
        running = np.minimum(running, to_each[:, j])
        assert np.array_equal(running, to_each[:, : j + 1].min(axis=1))
    assert np.array([16], dtype=np.uint8) ** 2 == 0  # small integers overflow
    fit = KMeans(3, n_init=10, random_state=0).fit(blobs[:, None])
    assert np.isclose(fit.inertia_, cost(blobs, good))
    skewed, at = np.array([0.0, 0, 0, 1, 100]), np.linspace(0, 100, 10_001)
    assert np.isclose(at[((skewed[:, None] - at) ** 2).sum(axis=0).argmin()], skewed.mean())
    assert np.isclose(at[abs(skewed[:, None] - at).sum(axis=0).argmin()], np.median(skewed))


def test_code_knn() -> None:
    """Equals scikit-learn without ties; A, B, B, A gives A at k = 4 and A at k = 5, while the smallest code would
    depend on names; the square root keeps the order; k = 1 on its own rows is 100 % right, even for random labels; NaN
    sorts last; scaling queries by themselves moves them."""
    from sklearn.neighbors import KNeighborsClassifier

    def knn(X: np.ndarray, y: np.ndarray, queries: np.ndarray, k: int) -> np.ndarray:
        classes, codes = np.unique(y, return_inverse=True)
        answers = []
        for query in queries:
            near = codes[np.argsort(((X - query) ** 2).sum(axis=1), kind="stable")[:k]]
            votes = np.bincount(near, minlength=len(classes))
            answers.append(classes[near[votes[near] == votes.max()][0]])
        return np.array(answers)

    rng = np.random.default_rng(3)
    X, queries = rng.normal(size=(200, 3)), rng.normal(size=(50, 3))
    y = rng.integers(0, 2, 200)
    for k in (1, 5, 15):
        assert np.array_equal(knn(X, y, queries, k), KNeighborsClassifier(k).fit(X, y).predict(queries))
    assert np.array_equal(knn(X, y, X, 1), y)  # 100 % on the training rows
    line = np.arange(5.0)[:, None]
    for names in ("ABBAC", "BAABC"):
        for k in (4, 5):
            assert knn(line, np.array(list(names)), np.array([[-1.0]]), k)[0] == names[0]
    assert np.bincount(np.array([1, 0, 0, 1])).argmax() == 0  # the smallest code, although 1 is nearest
    d = ((X - queries[0]) ** 2).sum(axis=1)
    assert np.array_equal(np.argsort(d), np.argsort(np.sqrt(d)))
    holed = X.copy()
    holed[7, 0] = np.nan
    assert np.argsort(((holed - queries[0]) ** 2).sum(axis=1), kind="stable")[-1] == 7
    assert np.array_equal(np.argsort(np.full(9, np.nan), kind="stable"), np.arange(9))  # NaN in the query
    assert knn(X, y, queries[:0], 1).size == 0
    assert (np.array([1], dtype=np.uint8) - np.array([3], dtype=np.uint8))[0] == 254  # wraps around
    shifted = queries + 5
    own = (shifted - shifted.mean(axis=0)) / shifted.std(axis=0)
    assert abs(own - (shifted - X.mean(axis=0)) / X.std(axis=0)).min() > 3


def test_code_decision_tree() -> None:
    """The rewritten impurity equals m minus the sum of squares over m; running sums equal counting afresh; the root
    cut's impurity equals scikit-learn's; XOR offers no first gain; A, A, B, A: 4/3, 1, 4/3; unweighted impurities can
    split one row off; the midpoint of neighboring floats may be the upper one; squared sums rank regression cuts."""
    from sklearn.tree import DecisionTreeClassifier

    def gini(labels: np.ndarray) -> float:
        return 1 - float(((np.unique(labels, return_counts=True)[1] / len(labels)) ** 2).sum())

    def weighted(labels: np.ndarray, i: int) -> float:
        return i * gini(labels[:i]) + (len(labels) - i) * gini(labels[i:])

    rng = np.random.default_rng(4)
    X, y = rng.normal(size=(60, 3)), rng.integers(0, 3, 60)
    Y, m = np.eye(3)[y], np.arange(1, 60)
    best = np.inf
    for j in range(3):
        order = np.argsort(X[:, j])
        left = Y[order].cumsum(axis=0)[:-1]
        right = Y.sum(axis=0) - left
        score = (left**2).sum(axis=1) / m + (right**2).sum(axis=1) / (60 - m)
        afresh = [weighted(y[order], i) for i in m]
        assert np.allclose(60 - score, afresh)
        best = min(best, min(afresh))
    stump = DecisionTreeClassifier(max_depth=1).fit(X, y).tree_
    assert np.isclose(stump.n_node_samples[1:] @ stump.impurity[1:], best)
    xor = np.array([0, 1, 1, 0])
    assert gini(xor) == 0.5 and weighted(xor, 2) == 4 * gini(xor)  # sorted by the first column
    assert weighted(xor[[0, 2, 1, 3]], 2) == 4 * gini(xor)  # and by the second
    assert np.allclose([weighted(np.array(list("AABA")), i) for i in (1, 2, 3)], [4 / 3, 1, 4 / 3])
    labels = np.array([1, 0, 1, 0, 0])
    plain = [gini(labels[:i]) + gini(labels[i:]) for i in range(1, 5)]
    assert int(np.argmin(plain)) == 0 and int(np.argmin([weighted(labels, i) for i in range(1, 5)])) == 2
    a = np.nextafter(1.0, 2.0)
    b = np.nextafter(a, 2.0)
    assert (a + b) / 2 == b  # rounds up: x <= b would send both left
    assert a / 2 + b / 2 == b  # so the page's check is needed here, too
    pixels = np.array([200, 250], dtype=np.uint8)
    assert pixels[:1] + pixels[1:] == 194 and pixels[0] / 2 + pixels[1] / 2 == 225
    assert -1.7e308 / 2 - 1e308 / 2 == -1.35e308
    t = rng.normal(size=30)
    sums = [t[:i].sum() ** 2 / i + t[i:].sum() ** 2 / (30 - i) for i in range(1, 30)]
    errors = [i * t[:i].var() + (30 - i) * t[i:].var() for i in range(1, 30)]
    assert np.argmax(sums) == np.argmin(errors)


def test_code_roc_auc() -> None:
    """By hand: ranks 1, 2.5, 2.5, 4, R = 6.5, AUC 3.5/4 = 0.875; 0.10 + 0.45 = 0.55 for one of ten positives ahead;
    equals scikit-learn and U over pairs, with weights too; hard labels give the mean of both rates."""
    from sklearn.metrics import roc_auc_score

    def auc(y: np.ndarray, score: np.ndarray) -> float:
        ranks = stats.rankdata(score)
        ones = int(y.sum())
        return float((ranks[y == 1].sum() - ones * (ones + 1) / 2) / (ones * (len(y) - ones)))

    y, score = np.array([0, 1, 0, 1]), np.array([1, 2, 2, 3])
    assert stats.rankdata(score).tolist() == [1, 2.5, 2.5, 4] and auc(y, score) == (6.5 - 3) / 4 == 0.875
    assert np.isclose(auc(np.arange(100) < 10, np.arange(100) < 1), 0.55) and np.isclose(0.1 + 0.9 / 2, 0.55)
    rng = np.random.default_rng(5)
    y, score, weight = rng.integers(0, 2, 200), rng.integers(0, 20, 200), rng.random(200)
    assert np.isclose(auc(y, score), roc_auc_score(y, score))
    u = stats.mannwhitneyu(score[y == 1], score[y == 0]).statistic
    assert np.isclose(u / (y.sum() * (200 - y.sum())), auc(y, score))
    below = np.array([weight[(y == 0) & (score < s)].sum() + weight[(y == 0) & (score == s)].sum() / 2 for s in score])
    total = (weight * below)[y == 1].sum() / (weight[y == 1].sum() * weight[y == 0].sum())
    assert np.isclose(total, roc_auc_score(y, score, sample_weight=weight))
    hard = score > 9
    assert np.isclose(auc(y, hard), (hard[y == 1].mean() + (~hard)[y == 0].mean()) / 2)


def test_code_naive_bayes() -> None:
    """By hand: 8/27 against 1/18 is 16/19, about 0.84; equals scikit-learn's multinomial model; smoothing zeros alone
    adds up to more than 1; exp of a log score of -3,000 is 0; (1 + 1)/(6 + 4) is 2/10, not 1/6, 2/7 or 1/10;
    math.log(0) raises; counts add up over mails."""
    from sklearn.naive_bayes import MultinomialNB

    spam, ham = 2 / 3 * (3 + 1) / (5 + 4), 1 / 3 * (0 + 1) / (2 + 4)
    assert math.isclose(spam, 8 / 27) and math.isclose(ham, 1 / 18)
    assert math.isclose(spam / (spam + ham), 16 / 19) and round(16 / 19, 2) == 0.84
    words = ["free", "money", "now", "meeting"]
    table = np.array([[1, 1, 1, 0], [2, 0, 0, 0], [0, 0, 1, 1]])
    model = MultinomialNB(alpha=1.0).fit(table, ["spam", "spam", "ham"])
    query = [[1, 0, 0, 0]]
    assert math.isclose(model.predict_proba(query)[0][list(model.classes_).index("spam")], 16 / 19)
    counts = Counter({"free": 3, "money": 1, "now": 1})
    assert sum((counts[w] or 1) / 5 for w in words) > 1
    assert sum((counts[w] + 1) / 9 for w in words) == pytest.approx(1)
    assert math.exp(-3_000) == 0
    offer = (1 + 1) / (6 + 1 * 4)
    assert offer == 2 / 10 and all(not math.isclose(offer, other) for other in (1 / 6, 2 / 7, 1 / 10))
    with pytest.raises(ValueError):
        math.log(0)
    assert Counter(["free", "now"]) + Counter(["free"]) == Counter(["free", "now", "free"])
