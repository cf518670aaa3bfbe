"""Proofs for "Distances, margins and naive Bayes": what the page states and cannot run, one function a question.

Numbers of the prose, keys of the quick checks, and the claims in mistakes and follow-ups.
"""

from __future__ import annotations

from math import log, sqrt

import numpy as np
import pytest
from scipy.optimize import linprog
from scipy.stats import norm
from sklearn.cluster import KMeans
from sklearn.datasets import load_wine, make_circles
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import adjusted_rand_score
from sklearn.model_selection import cross_val_score
from sklearn.naive_bayes import BernoulliNB, GaussianNB, MultinomialNB
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler, scale
from sklearn.svm import SVC, LinearSVC
from sklearn.tree import DecisionTreeClassifier


def test_knn_vs_kmeans() -> None:
    """178 wines, 13 columns, 3 classes, 0.68 raw and 0.97 scaled, Rand index 0.90 and 0.37; the rectangle's two
    fixed points, W = 1 and 16; W never rises in a step and falls with k; centers are means of their rows; kNN
    regresses; k = 1 recalls, k = n says the majority; ties with an odd k; one neighbor errs at most twice as often
    as the best rule; long groups are cut and a wide one loses rows to a narrow one. Key of the quick check."""
    X, y = load_wine(return_X_y=True)
    assert X.shape == (178, 13) and np.unique(y).size == 3
    knn = KNeighborsClassifier(5)
    assert round(cross_val_score(knn, X, y, cv=10).mean(), 2) == 0.68
    assert round(cross_val_score(make_pipeline(StandardScaler(), knn), X, y, cv=10).mean(), 2) == 0.97
    for data, index in ((scale(X), 0.90), (X, 0.37)):
        groups = KMeans(3, n_init=10, random_state=0).fit(data)
        assert round(adjusted_rand_score(y, groups.labels_), 2) == index
        means = np.array([data[groups.labels_ == c].mean(0) for c in range(3)])
        assert np.allclose(means, groups.cluster_centers_)
        assert np.isclose(((data - means[groups.labels_]) ** 2).sum(), groups.inertia_)

    folds = [
        cross_val_score(make_pipeline(StandardScaler(), KNeighborsClassifier(k)), X, y, cv=10) for k in (5, 20, 50)
    ]
    errors = np.std(folds, axis=1, ddof=1) / sqrt(10)
    assert round(min(errors), 3) == 0.009 and round(max(errors), 3) == 0.015
    corners = np.array([[0.0, 0], [0, 1], [4, 0], [4, 1]])
    for split, total in (([0, 0, 1, 1], 1), ([0, 1, 0, 1], 16)):
        labels = np.array(split)
        means = np.array([corners[labels == c].mean(0) for c in (0, 1)])
        assert np.isclose(((corners - means[labels]) ** 2).sum(), total)
        nearest = ((corners[:, None] - means) ** 2).sum(2).argmin(1)
        assert nearest.tolist() == split  # neither step changes it
        assert np.isclose(KMeans(2, init=means, n_init=1).fit(corners).inertia_, total)

    rng = np.random.default_rng(0)
    rows = rng.normal(size=(200, 3))
    for _ in range(20):  # Lloyd, step by step
        centers, last = rows[rng.choice(200, 6, replace=False)], np.inf
        for _ in range(15):
            distance = ((rows[:, None] - centers) ** 2).sum(2)
            labels = distance.argmin(1)
            assigned = distance.min(1).sum()
            centers = np.array([rows[labels == c].mean(0) if np.any(labels == c) else centers[c] for c in range(6)])
            moved = ((rows - centers[labels]) ** 2).sum()
            assert moved <= assigned + 1e-9 <= last + 2e-9
            last = moved

    first, across = np.repeat([0, 1], 300), rng.normal(size=600)
    for data in (
        np.column_stack([10 * across, 4 * first]),  # two long strips
        np.column_stack([8 * first + across * np.where(first == 0, 3, 0.3), across[::-1]]),  # a wide and a narrow group
    ):
        groups = KMeans(2, n_init=10, random_state=0).fit(data)
        truth = sum(((data[first == c] - data[first == c].mean(0)) ** 2).sum() for c in (0, 1))
        assert groups.inertia_ < truth and adjusted_rand_score(first, groups.labels_) < 0.95

    # the best W on a line, exactly: splits of sorted points are contiguous; strictly smaller with every cluster
    line = np.sort(rng.normal(size=12))

    def cost(part: np.ndarray) -> float:
        return float(((part - part.mean()) ** 2).sum())

    best = {1: [cost(line[: i + 1]) for i in range(12)]}
    for k in range(2, 13):
        best[k] = [
            min((best[k - 1][j - 1] + cost(line[j : i + 1]) for j in range(k - 1, i + 1)), default=np.inf)
            for i in range(12)
        ]
    assert np.all(np.diff([best[k][-1] for k in range(1, 13)]) < 0) and np.isclose(best[12][-1], 0)

    labels = np.repeat([0, 1], [80, 120])
    assert KNeighborsClassifier(1).fit(rows, labels).score(rows, labels) == 1
    assert set(KNeighborsClassifier(200).fit(rows, labels).predict(rng.normal(size=(50, 3)))) == {1}
    assert KMeans(200, n_init=1, random_state=0).fit(rows).inertia_ < 1e-12
    assert KMeans(1, n_init=1).fit(rows).labels_.max() == 0
    assert KNeighborsRegressor(2).fit([[0], [1], [9]], [4.0, 6.0, 50.0]).predict([[0.4]])[0] == 5
    assert all(votes != 3 - votes for votes in range(4)) and 1 + 1 + 1 == 3  # two classes, k = 3; three classes

    # Cover and Hart, two classes: the limit 2 p (1 - p) on average, against min(p, 1 - p)
    p = rng.random(10_000)
    assert np.mean(2 * p * (1 - p)) <= 2 * np.mean(np.minimum(p, 1 - p))


def test_distance_for_knn_and_kmeans() -> None:
    """0, 0, 0, 1, 100: mean 20.2 minimizes squares, median 0 absolute distances, 101 against 159.6; coordinate-wise
    medians for columns; concentration 0.07 and 0.06 at 100 uniform columns and the rate; squares keep the order;
    KMeans on a distance matrix takes it as features; unit vectors; the mean minimizes Kullback-Leibler to the center;
    units; a plain Euclidean sum has another center. Key of the quick check: 4.24 and 5, 6 and 5."""
    values = np.array([0.0, 0, 0, 1, 100])
    grid = np.linspace(-5, 105, 11_001)
    squares, absolute = (((values - grid[:, None]) ** 2).sum(1), abs(values - grid[:, None]).sum(1))
    assert np.isclose(grid[squares.argmin()], 20.2) and np.isclose(values.mean(), 20.2)
    assert np.isclose(grid[absolute.argmin()], 0) and np.median(values) == 0
    assert np.isclose(abs(values - 20.2).sum(), 159.6) and abs(values).sum() == 101

    rng = np.random.default_rng(0)
    cloud = rng.standard_t(2, (51, 3))
    median, mean = np.median(cloud, 0), cloud.mean(0)
    for _ in range(200):
        other = median + rng.normal(size=3) * 0.3
        assert abs(cloud - other).sum() >= abs(cloud - median).sum()
        assert ((cloud - mean - other) ** 2).sum() >= ((cloud - mean) ** 2).sum()
    assert abs(cloud - mean).sum() > abs(cloud - median).sum()

    spreads = {}
    for d in (100, 400):
        gap = abs(rng.random((4_000, d)) - rng.random((4_000, d)))
        both = gap.sum(1), np.sqrt((gap**2).sum(1))
        spreads[d] = np.array([one.std() / one.mean() for one in both])
        exact = np.array([sqrt(1 / 18) / (1 / 3), sqrt(7 / 180) / (1 / 6) / 2]) / sqrt(d)
        assert np.all(abs(spreads[d] / exact - 1) < 4 / sqrt(2 * 4_000) + 0.01)
    assert spreads[100].round(2).tolist() == [0.07, 0.06] and np.allclose(spreads[100] / spreads[400], 2, rtol=0.1)

    X, q = rng.normal(size=(100, 5)), rng.normal(size=5)
    squared = ((X - q) ** 2).sum(1)
    assert np.array_equal(squared.argsort(), np.sqrt(squared).argsort())
    unit = X / np.linalg.norm(X, axis=1, keepdims=True)
    assert np.allclose(((unit - unit[0]) ** 2).sum(1), 2 - 2 * unit @ unit[0])
    matrix = abs(X[:, None] - X).sum(2)
    groups = KMeans(3, n_init=3, random_state=0).fit(matrix)
    means = np.array([matrix[groups.labels_ == c].mean(0) for c in range(3)])
    assert means.shape == (3, 100)  # a center has one coordinate a row of the data
    assert np.isclose(((matrix - means[groups.labels_]) ** 2).sum(), groups.inertia_)

    shares = rng.dirichlet(np.ones(4), 30)
    center = shares.mean(0)
    divergence = (shares * np.log(shares / center)).sum()
    for other in rng.dirichlet(50 * center, 200):
        assert (shares * np.log(shares / other)).sum() >= divergence

    sums = [np.linalg.norm(cloud - point, axis=1).sum() for point in (mean, median)]
    assert min(sums) < sums[0]  # the mean is not the best center of plain distances
    kilograms = np.array([[60.0, 1.0], [61.0, 9.0]]) - [60.0, 0.0]
    for p in (1, 2):  # the second column decides in kilograms, the first in grams
        for unit_size, share in ((1, False), (1_000, True)):
            parts = (abs(kilograms[1] - kilograms[0]) * [unit_size, 1]) ** p
            assert bool(parts[0] > parts[1]) is share

    a, b = np.array([3.0, 3.0]), np.array([0.0, 5.0])
    assert round(float(np.linalg.norm(a)), 2) == 4.24 and np.linalg.norm(b) == 5
    assert abs(a).sum() == 6 and abs(b).sum() == 5


def test_naive_bayes() -> None:
    """0.0024 against 0.0036, that is 0.4; the underflow; smoothing; correlation 0.36 with independence within each
    class, and naive Bayes exact there; ln 4 = 1.39 and 0.08; equal moments and different shapes; linear log-odds for
    counts and bits and for shared variances, quadratic otherwise; a missing feature; counts updated in a stream. Key of
    the quick check: 0.90, others 0.75, 0.86, 0.56."""
    spam, rest = 0.4 * 0.3 * 0.02, 0.6 * 0.03 * 0.2
    assert np.isclose(spam, 0.0024) and np.isclose(rest, 0.0036)
    assert np.isclose(spam + rest, 0.0060) and np.isclose(spam / (spam + rest), 0.4)
    assert 0.001**1_000 == 0 and np.isclose(1_000 * np.log10(0.001), -3_000)

    counts, classes = np.array([[3, 0, 1], [2, 0, 2], [0, 4, 1], [1, 5, 0]]), np.array([0, 0, 1, 1])
    model = MultinomialNB(alpha=1).fit(counts, classes)
    for c in (0, 1):
        total = counts[classes == c].sum(0)
        assert np.allclose(np.exp(model.feature_log_prob_[c]), (total + 1) / (total.sum() + 3))
    veto = MultinomialNB(alpha=1e-300, force_alpha=True).fit(counts, classes)
    assert veto.predict([[50, 1, 0]])[0] == 1 and model.predict([[50, 1, 0]])[0] == 0
    halves = MultinomialNB(alpha=1).partial_fit(counts[::2], classes[::2], [0, 1])
    halves.partial_fit(counts[1::2], classes[1::2])
    assert np.allclose(halves.feature_log_prob_, model.feature_log_prob_)

    # two words, 80 % against 20 %: exact joint distribution
    on = np.array([0.8, 0.2])
    p1, p11 = 0.5 * on.sum(), 0.5 * (on**2).sum()
    assert np.isclose(p1, 0.5) and np.isclose((p11 - p1**2) / (p1 * (1 - p1)), 0.36)
    for first in (0, 1):
        for second in (0, 1):
            given = [(q if first else 1 - q) * (q if second else 1 - q) for q in on]
            assert np.isclose(sum(given) / 2, p11 if first and second else (0.5 - p11 if first != second else p11))
    assert np.isclose(log(0.8 / 0.2), log(4)) and round(log(4), 2) == 1.39 and round(log(0.52 / 0.48), 2) == 0.08

    rng = np.random.default_rng(0)
    n = 20_000
    y = np.arange(n) % 2
    spread = rng.normal(size=n)
    pair = 0.98 * rng.choice([-1, 1], n) + sqrt(1 - 0.98**2) * rng.normal(size=n)
    x = np.where(y == 1, pair, spread)[:, None]
    half = n // 2
    naive = GaussianNB().fit(x[:half], y[:half]).score(x[half:], y[half:])
    tree = DecisionTreeClassifier(max_leaf_nodes=8, random_state=0).fit(x[:half], y[:half]).score(x[half:], y[half:])
    assert abs(naive - 0.5) < 0.05 and tree > 0.75

    bits = (rng.random((400, 4)) < np.where(y[:400, None] == 1, 0.7, 0.4)).astype(int)
    rows = np.vstack([np.zeros(4), np.eye(4), np.ones(4)])
    odds = np.diff(BernoulliNB().fit(bits, y[:400]).predict_log_proba(rows), axis=1)[:, 0]
    assert np.isclose(odds[-1] - odds[0], (odds[1:5] - odds[0]).sum())
    odds = np.diff(model.predict_joint_log_proba([[0, 0, 0], [1, 0, 0], [0, 1, 0], [2, 3, 0]]), axis=1)[:, 0]
    assert np.isclose(odds[3] - odds[0], 2 * (odds[1] - odds[0]) + 3 * (odds[2] - odds[0]))
    gauss = GaussianNB().fit(np.array([[0.0], [2], [3], [9]]), [0, 0, 1, 1])
    line = np.linspace(-3, 3, 7)[:, None]
    bend = np.diff(np.diff(gauss.predict_joint_log_proba(line), axis=1)[:, 0], 2)
    assert np.all(abs(bend) > 0.01) and np.allclose(bend, bend[0])  # quadratic
    gauss.var_[:] = gauss.var_.mean(0)
    assert np.allclose(np.diff(np.diff(gauss.predict_joint_log_proba(line), axis=1)[:, 0], 2), 0)  # linear

    # leaving a factor out is summing over the feature: Bernoulli, exactly
    q = np.array([[0.3, 0.02], [0.03, 0.2]])
    summed = q[:, 0] * (q[:, 1] + (1 - q[:, 1]))
    assert np.allclose(summed, q[:, 0])
    with pytest.raises(ValueError, match="NaN"):
        GaussianNB().fit([[0.0], [np.nan], [1], [2]], [0, 0, 1, 1])

    once, twice = 3 / (3 + 1), 9 / (9 + 1)
    assert once == 0.75 and twice == 0.9 and round(6 / 7, 2) == 0.86 and round(0.75**2, 2) == 0.56
    feature = np.repeat([[1, 1], [0, 0], [1, 1], [0, 0]], [30_000, 10_000, 10_000, 30_000], axis=0)
    copied = BernoulliNB().fit(feature, np.repeat([1, 0], 40_000))
    assert abs(copied.predict_proba([[1, 1]])[0, 1] - 0.9) < 1e-3


def shared_variances(X: np.ndarray, y: np.ndarray, test: np.ndarray) -> np.ndarray:
    """Gaussian naive Bayes with one variance a feature, the same in both classes; equal priors."""
    means = np.array([X[y == c].mean(0) for c in (0, 1)])
    weights = (means[1] - means[0]) / ((X - means[y]) ** 2).mean(0)
    return (test - means.mean(0)) @ weights > 0


def draw(n: int, rho: float, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """The page's two classes."""
    rng = np.random.default_rng(seed)
    shift = rng.normal(size=30)
    shift *= 3.29 / sqrt(shift @ np.linalg.solve((1 - rho) * np.eye(30) + rho, shift))
    y = np.arange(n + 2_000) % 2
    own, shared = rng.normal(size=(len(y), 30)), rng.normal(size=(len(y), 1))
    return sqrt(1 - rho) * own + sqrt(rho) * shared + np.outer(y, shift), y


def test_generative_vs_discriminative() -> None:
    """The lowest error 5 %; naive Bayes leads default logistic regression at 100 and 400 rows of independent
    features; 60 variances; 0.10 with shared variances at 20 rows; the limits of naive Bayes under correlation, exactly,
    and of the best rule, which is the key of the quick check; linear log-odds for shared variances; unlabeled rows
    that make a wrong model worse."""
    assert round(norm.sf(3.29 / 2), 3) == 0.05 and 2 * 30 == 60
    for n in (100, 400):
        gaps = []
        for seed in range(100, 124):
            X, y = draw(n, 0, seed)
            train, test = (X[:n], y[:n]), (X[n:], y[n:])
            naive = 1 - GaussianNB().fit(*train).score(*test)
            gaps.append(1 - LogisticRegression().fit(*train).score(*test) - naive)
        assert np.mean(gaps) > 4 * np.std(gaps, ddof=1) / sqrt(len(gaps))

    few = []
    for seed in range(40):
        X, y = draw(20, 0, seed)
        few.append(np.mean(shared_variances(X[:20], y[:20], X[20:]) != y[20:]))
    assert abs(np.mean(few) - 0.10) < 0.005 + 4 * np.std(few, ddof=1) / sqrt(40)
    assert np.std(few, ddof=1) / sqrt(40) < 0.004

    # endless rows: naive Bayes weighs by shift / variance, the best rule by the inverse covariance
    limits = []
    cov = 0.5 * np.eye(30) + 0.5
    for seed in range(200):
        shift = np.random.default_rng(seed).normal(size=30)
        best = np.linalg.solve(cov, shift)
        shift, best = (v * 3.29 / sqrt(shift @ best) for v in (shift, best))
        assert np.isclose(norm.sf(shift @ best / sqrt(best @ cov @ best) / 2), 0.05, atol=1e-3)
        limits.append(norm.sf(shift @ shift / sqrt(shift @ cov @ shift) / 2))
    assert min(limits) > 0.0499 and 0.09 < np.mean(limits) < 0.14
    equal = np.ones(30) * 3.29 / sqrt(np.ones(30) @ np.linalg.solve(cov, np.ones(30)))
    assert round(norm.sf(equal @ equal / sqrt(equal @ cov @ equal) / 2), 3) == 0.05  # equal shifts: the lowest error

    rng = np.random.default_rng(0)
    mu, var = rng.normal(size=(2, 3)), rng.random(3) + 0.5
    points = rng.normal(size=(50, 3))
    odds = [norm.logpdf(points, m, np.sqrt(var)).sum(1) for m in mu]
    design = np.column_stack([points, np.ones(50)])
    assert np.allclose(design @ np.linalg.lstsq(design, odds[1] - odds[0])[0], odds[1] - odds[0])

    # unlabeled rows and a wrong model: two bumps, each with rows of both classes
    worse = []
    for seed in range(10):
        rng = np.random.default_rng(seed)
        y = np.arange(1_040) % 2
        bump = np.where(rng.random(1_040) < 0.7, y, 1 - y)
        X = np.column_stack([8 * bump, 2 * y]) + rng.normal(size=(1_040, 2))
        labeled = slice(0, 40)
        start = GaussianNB().fit(X[labeled], y[labeled])
        means, spread, prior = start.theta_.copy(), start.var_.copy(), start.class_prior_.copy()
        known = np.eye(2)[y[labeled]]
        for _ in range(40):  # EM
            scores = [norm.logpdf(X, means[c], np.sqrt(spread[c])).sum(1) + log(prior[c]) for c in (0, 1)]
            log_joint = np.column_stack(scores)
            weight = np.exp(log_joint - np.logaddexp.reduce(log_joint, axis=1, keepdims=True))
            weight[labeled] = known
            total = weight.sum(0)
            means, prior = (weight.T @ X) / total[:, None], total / total.sum()
            spread = np.array([(weight[:, c] @ (X - means[c]) ** 2) / total[c] for c in (0, 1)])
        worse.append(np.mean(log_joint[40:].argmax(1) != y[40:]) - np.mean(start.predict(X[40:]) != y[40:]))
    assert np.mean(worse) > 0.05 and np.mean(worse) > 4 * np.std(worse, ddof=1) / sqrt(10)


def separable(X: np.ndarray, sign: np.ndarray) -> bool:
    """Whether some plane separates the rows: linear programming."""
    rows = -sign[:, None] * np.column_stack([X, np.ones(len(X))])
    return linprog(np.zeros(X.shape[1] + 1), A_ub=rows, b_ub=-np.ones(len(X)), bounds=(None, None)).status == 0


def test_soft_margin_vs_linear_kernel() -> None:
    """0.841 is the best accuracy on the overlap, whose rows no plane separates; no line gets 68 % of the rings right;
    the fit with a linear kernel is the soft-margin primal (no duality gap) with multipliers up to C; the margin narrows
    and slack falls as C grows; from the largest hard multiplier on, C changes nothing; RBF separates random labels of
    distinct rows; one wrong label makes a hard margin impossible, one row turns it; C near zero; LinearSVC squares the
    hinge and penalizes the intercept."""
    assert round(norm.cdf(1), 3) == 0.841
    rng = np.random.default_rng(0)
    for seed in range(5):
        page = np.random.default_rng(seed)
        y = page.integers(2, size=2_200)
        X = page.normal(size=(2_200, 2)) + np.outer(2 * y - 1, [1, 0])
        assert not separable(X[:200], (2 * y - 1)[:200])
    X, sign = X[:200], (2 * y - 1)[:200]
    for seed in range(5):  # every line, in any direction: right for fewer than 68 % of the rows
        rings, inner = make_circles(2_200, noise=0.1, factor=0.4, random_state=seed)
        radius, turns = np.linalg.norm(rings, axis=1).max(), 600
        width = radius * np.pi / turns / 2  # a turn to the nearest tried direction moves no row farther than a bin
        for angle in np.arange(turns) * np.pi / turns:
            bins = ((rings @ [np.cos(angle), np.sin(angle)] + radius) / width).astype(int) + 2
            counts = np.array([np.bincount(bins[inner == c], minlength=2 * turns) for c in (0, 1)])
            left = np.pad(np.cumsum(counts, 1), ((0, 0), (3, 3)), mode="edge")
            below, above = left[:, :-3], left[:, -1:] - left[:, 3:]  # three bins at the line may all be right
            doubtful = 2_200 - below.sum(0) - above.sum(0)
            best = np.maximum(below[0] + above[1], below[1] + above[0]) + doubtful
            assert best.max() / 2_200 < 0.68

    widths, slacks = [], []
    for C in (0.01, 0.1, 1.0, 10.0):
        svm = SVC(kernel="linear", C=C, tol=1e-8).fit(X, sign)
        w, alpha = svm.coef_[0], svm.dual_coef_[0]
        slack = np.maximum(0, 1 - sign * svm.decision_function(X))
        primal = w @ w / 2 + C * slack.sum()
        dual = abs(alpha).sum() - w @ w / 2
        assert np.isclose(primal, dual, rtol=1e-5) and abs(alpha).max() <= C * (1 + 1e-9)
        assert np.allclose(alpha @ svm.support_vectors_, w)
        widths.append(2 / np.linalg.norm(w))
        slacks.append(slack.sum())
    assert np.all(np.diff(widths) < 0) and np.all(np.diff(slacks) < 0)
    assert np.linalg.norm(SVC(kernel="linear", C=1e-6).fit(X, sign).coef_) < 1e-3

    # rows that can be separated: soft equals hard from the largest multiplier on
    apart = rng.normal(size=(60, 2)) + np.outer(np.tile([-1, 1], 30), [3.0, 0])
    side = np.tile([-1, 1], 30)
    assert separable(apart, side)
    hard = SVC(kernel="linear", C=1e6, tol=1e-8).fit(apart, side)
    top = abs(hard.dual_coef_).max()
    for factor, same in ((1.01, True), (100.0, True), (0.1, False)):
        soft = SVC(kernel="linear", C=factor * top, tol=1e-8).fit(apart, side)
        assert np.allclose(soft.coef_, hard.coef_, rtol=1e-4) is same
    wrong = side.copy()
    wrong[np.argmax(apart[:, 0])] *= -1
    assert not separable(apart, wrong)
    near = np.vstack([apart, [[3.0, 8.0]]])  # one row more, and the plane turns
    turned = SVC(kernel="linear", C=1e6, tol=1e-8).fit(near, np.append(side, -1)).coef_[0]
    cosine = turned @ hard.coef_[0] / np.linalg.norm(turned) / np.linalg.norm(hard.coef_)
    assert separable(near, np.append(side, -1)) and cosine < 0.99  # by 10 degrees

    coin = rng.choice([-1, 1], 200)
    gram = np.exp(-200 * ((X[:, None] - X) ** 2).sum(2))
    assert np.linalg.eigvalsh(gram).min() > 0
    assert np.allclose(gram @ np.linalg.solve(gram, coin), coin, atol=1e-4)
    assert SVC(C=1e6, gamma=200).fit(X, coin).score(X, coin) == 1

    # LinearSVC: the minimum of w²/2 + b²/2 + C sum of squared hinges
    model = LinearSVC(C=1, tol=1e-8, max_iter=100_000).fit(X, sign)
    point = np.append(model.coef_[0], model.intercept_[0])

    def objective(v: np.ndarray) -> float:
        hinge = np.maximum(0, 1 - sign * (X @ v[:2] + v[2]))
        return float(v @ v / 2 + (hinge**2).sum())

    for _ in range(100):
        assert objective(point) <= objective(point + 0.02 * rng.normal(size=3))
