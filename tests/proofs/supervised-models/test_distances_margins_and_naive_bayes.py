"""Proofs for "Distances, margins and naive Bayes": what the page states and cannot run, one function a question.

Numbers of the prose, keys of the quick checks, and the claims in mistakes and follow-ups.
"""

from __future__ import annotations

from math import comb, log, sqrt

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


def test_choose_k_in_knn() -> None:
    """Variance 4 and 0.16; the formula for the error against a simulation; more noise never lowers the best k (quick
    check); the root of n costs under 5 % in one case of six, over 40 % in the others; 5 rows of a class are no majority
    from k = 11 on; weights of one over distance recall the targets; k = 5 gives six shares; k = 1 has
    no training error; near-copies across folds favor k = 1."""
    assert 2**2 / 1 == 4 and 2**2 / 25 == 0.16
    rng = np.random.default_rng(0)
    x = (np.arange(40) + 0.5) / 40
    f = np.sin(2 * np.pi * x)
    near = np.argsort(abs(x - 0.31))[:7]
    draws = ((f[near] + rng.normal(0, 0.5, (40_000, 7))).mean(1) - np.sin(2 * np.pi * 0.31)) ** 2
    exact = (np.sin(2 * np.pi * 0.31) - f[near].mean()) ** 2 + 0.5**2 / 7
    assert abs(draws.mean() - exact) < 4 * draws.std() / 200

    costs = []
    for rows in (100, 900):  # the six cases of the fence: what the root of n costs
        x, query = (np.arange(rows) + 0.5) / rows, np.linspace(0, 1, 101)
        order = abs(query[:, None] - x).argsort(1, kind="stable")
        for waves, noise in ((1, 1), (1, 0.1), (5, 0.1)):
            means = np.sin(2 * np.pi * waves * x)[order].cumsum(1) / np.arange(1, rows + 1)
            squared = (np.sin(2 * np.pi * waves * query)[:, None] - means) ** 2
            error = squared.mean(0) + noise**2 / np.arange(1, rows + 1)
            costs.append(error[round(rows**0.5) - 1] / error.min() - 1)
    assert sorted(costs)[0] < 0.05 and sorted(costs)[1] > 0.40

    k = np.arange(1, 101)
    rose = 0
    for bias in rng.random((200, 1)) * rng.random((200, 100)).cumsum(1) / 10:
        one, two = ((bias + s / k).argmin() for s in (1, 2))
        assert one <= two
        rose += one < two
    assert rose > 100
    assert 2 * 5 < 11 and 2 * 5 == 10 and len({votes / 5 for votes in range(6)}) == 6

    rows, target = rng.normal(size=(80, 2)), rng.normal(size=80)
    for neighbors in (5, 40):
        knn = KNeighborsRegressor(neighbors, weights="distance").fit(rows, target)
        assert np.allclose(knn.predict(rows), target)
    labels = (target > 0).astype(int)
    assert set(KNeighborsClassifier(80).fit(rows, labels).predict(rows)) == {int(labels.mean() > 0.5)}
    assert KNeighborsClassifier(1).fit(rows, labels).score(rows, labels) == 1
    copies = rows + 1e-6 * rng.normal(size=rows.shape)
    scores = [KNeighborsClassifier(j).fit(rows, labels).score(copies, labels) for j in (1, 5, 15)]
    assert scores[0] == 1 > max(scores[1:])


def test_kernel_trick() -> None:
    """25 both ways; 96,560,646, 10,626 and 3,108,105 coordinates, about 290 and 86,000 times; 25 million entries;
    80 GB; n³/3 operations of a Cholesky factor; -|x - z|² has eigenvalue -1, RBF none below zero; sums, products,
    multiples; k-means by kernel sums; a tiny width fits random labels. 3 coordinates against 50 unknowns
    stands in the fence."""

    def phi(x: np.ndarray) -> np.ndarray:
        return np.array([x[0] ** 2, sqrt(2) * x[0] * x[1], x[1] ** 2])

    a, b = np.array([1.0, 2]), np.array([3.0, 1])
    assert np.allclose(phi(a) * phi(b), [9, 12, 4]) and np.isclose(phi(a) @ phi(b), 25) and (a @ b) ** 2 == 25
    assert comb(105, 5) == 96_560_646 and comb(24, 4) == 10_626 and comb(28, 8) == 3_108_105
    ratio = comb(28, 8) / comb(24, 4)
    assert 285 < ratio < 295 and round(ratio**2, -3) == 86_000 and 5_000**2 == 25_000_000
    assert 100_000**2 * 8 == 80e9
    # Cholesky, operations counted: for each pivot a root, j divisions, a multiply and subtract for each pair below it
    n = 1_000
    assert abs(sum(1 + j + j * (j + 1) for j in range(n)) / (n**3 / 3) - 1) < 0.01
    assert np.isclose(np.linalg.eigvalsh([[0, -1], [-1, 0]]).min(), -1)

    rng = np.random.default_rng(0)
    x = rng.normal(size=(40, 3))
    squared = ((x[:, None] - x) ** 2).sum(2)
    rbf, poly = np.exp(-squared), (1 + x @ x.T) ** 3
    for matrix in (rbf, poly, rbf + poly, rbf * poly, 7 * rbf):
        assert np.linalg.eigvalsh(matrix).min() > -1e-8 * abs(matrix).max()
    # the distance to a cluster's center, from inner products alone
    gram, part = x @ x.T, np.arange(12)
    by_kernel = np.diag(gram) - 2 * gram[:, part].mean(1) + gram[np.ix_(part, part)].mean()
    assert np.allclose(by_kernel, ((x - x[part].mean(0)) ** 2).sum(1))
    y = rng.choice([-1.0, 1.0], 40)
    narrow = np.exp(-100 * squared)
    assert np.array_equal(np.sign(narrow @ np.linalg.solve(narrow, y)), y)


def test_lda_vs_qda() -> None:
    """Equal matrices give a linear difference of scores; |x| < 1.57, 74 %; 465, 1,395; 12 rows: ten points; a matrix of
    d rows or fewer has no inverse (quick check: rank 14 of 20, pooled 20); GaussianNB is QDA with diagonal matrices;
    a linear map changes nothing; K - 1 directions keep LDA's choices; LDA on classes that are not Gaussian."""
    rng = np.random.default_rng(0)
    mix = rng.normal(size=(3, 3))
    cov = mix @ mix.T + np.eye(3)
    x, m0, m1 = rng.normal(size=(50, 3)), rng.normal(size=3), rng.normal(size=3)

    def score(x: np.ndarray, mean: np.ndarray, cov: np.ndarray) -> np.ndarray:
        gap = x - mean
        return -0.5 * np.linalg.slogdet(cov)[1] - 0.5 * (gap * np.linalg.solve(cov, gap.T).T).sum(1)

    difference = score(x, m1, cov) - score(x, m0, cov)
    design = np.column_stack([np.ones(50), x])
    assert np.linalg.lstsq(design, difference, rcond=None)[1].max() < 1e-18
    other = score(x, m1, cov + np.eye(3)) - score(x, m0, cov)
    assert np.linalg.lstsq(design, other, rcond=None)[1].max() > 0.1

    edge = sqrt(2 * log(3) / (1 - 1 / 9))
    right = ((2 * norm.cdf(edge) - 1) + 2 * norm.sf(edge / 3)) / 2
    assert round(edge, 2) == 1.57 and round(100 * right) == 74
    assert 30 * 31 // 2 == 465 and 3 * 465 == 1_395
    assert np.linalg.matrix_rank(np.cov(rng.normal(size=(15, 20)).T)) == 14
    assert np.linalg.matrix_rank(np.cov(rng.normal(size=(20, 20)).T)) == 19
    small, large = rng.normal(size=(15, 20)), rng.normal(size=(800, 20))
    assert np.linalg.matrix_rank(np.cov(small.T) * 14 + np.cov(large.T) * 799) == 20

    train, y = np.vstack([rng.normal(size=(60, 3)), 1 + 2 * rng.normal(size=(60, 3))]), np.repeat([0, 1], 60)
    naive = GaussianNB(var_smoothing=0).fit(train, y).predict_log_proba(x)
    own = [score(x, train[y == c].mean(0), np.diag(train[y == c].var(0))) for c in (0, 1)]
    assert np.allclose(naive[:, 1] - naive[:, 0], own[1] - own[0])

    def qda(train: np.ndarray, new: np.ndarray) -> np.ndarray:
        parts = [train[y == c] for c in (0, 1)]
        return score(new, parts[1].mean(0), np.cov(parts[1].T)) - score(new, parts[0].mean(0), np.cov(parts[0].T))

    assert np.allclose(qda(train, x), qda(train @ mix, x @ mix))
    # four classes, six columns: whitened, the gaps between the scores only use the span of the centered means
    means, new = rng.normal(size=(4, 6)), rng.normal(size=(30, 6))
    basis = np.linalg.svd(means - means.mean(0))[2][:3]
    full = ((new[:, None] - means) ** 2).sum(2)
    low = (((new - means.mean(0)) @ basis.T)[:, None] - (means - means.mean(0)) @ basis.T) ** 2
    assert np.allclose(np.diff(full, axis=1), np.diff(low.sum(2), axis=1))
    uniform = np.vstack([rng.uniform(0, 1, (500, 2)), rng.uniform(0.8, 1.8, (500, 2))])
    half = [uniform[:500], uniform[500:]]
    pooled = (np.cov(half[0].T) + np.cov(half[1].T)) / 2
    says = score(uniform, half[1].mean(0), pooled) > score(uniform, half[0].mean(0), pooled)
    assert np.mean(says == (np.arange(1_000) >= 500)) > 0.95


def test_naive_bayes_smoothing() -> None:
    """The table: 0.000009, 8.7 %, 0.0018; 0.000091, 87 %, 0.0003; 9 to 1 against and 5 to 1 for spam; the posterior
    mean of a Dirichlet prior, a mixture with 1/V; skipping is probability 1; scikit-learn's Bernoulli and Gaussian; the
    mode under parameters 1 + alpha; five-fold log loss on the training texts picks 0.1 in 19 of the 20 seeds. Key of
    the quick check: 1/2,000 against 2/10,000."""

    def share(count: float, words: float, vocabulary: float, alpha: float) -> float:
        return (count + alpha) / (words + alpha * vocabulary)

    for alpha, unseen, mass, twice in ((0, 0, 0, 0.0020), (0.01, 0.000009, 8.7, 0.0018), (1, 0.000091, 87, 0.0003)):
        one = share(0, 1_000, 10_000, alpha)
        assert round(one, 6) == unseen and round(share(2, 1_000, 10_000, alpha), 4) == twice
        assert round(100 * 9_600 * one, 1 if alpha < 1 else None) == mass
    assert round(share(1_000, 100_000, 10_000, 1) / share(10, 1_000, 10_000, 1)) == 9
    assert share(1_000, 100_000, 10_000, 1) == 1_001 / 110_000 and share(10, 1_000, 10_000, 1) == 11 / 11_000
    assert np.isclose(share(0, 1_000, 10_000, 1) / share(1, 100_000, 10_000, 1), 5)
    assert np.isclose(share(0, 1_000, 1_000, 1) / share(1, 9_000, 1_000, 1), 2.5)
    assert share(0, 1_000, 1_000, 1) == 1 / 2_000 and share(1, 9_000, 1_000, 1) == 2 / 10_000

    rng = np.random.default_rng(0)
    count, alpha = np.array([3, 0, 5, 1]), 0.7
    draws = rng.dirichlet(count + alpha, 40_000)
    smoothed = (count + alpha) / (count.sum() + 4 * alpha)
    assert np.all(abs(draws.mean(0) - smoothed) < 4 * draws.std(0) / 200)
    weight = 9 / (9 + 4 * alpha)
    assert np.allclose(smoothed, weight * count / 9 + (1 - weight) / 4)
    # prior parameters 1 + alpha: the log posterior is the sum of (count + alpha) log p, highest at the smoothed shares
    others = rng.dirichlet(np.ones(4), 10_000) * 0.2 + smoothed * 0.8
    assert np.all(np.log(others) @ (count + alpha) < np.log(smoothed) @ (count + alpha))

    alphas, size, length = (0.001, 0.01, 0.1, 1, 10), 5_000, 30
    y, fold, picks = np.repeat([0, 1], (20, 400)), np.r_[np.arange(20) % 5, np.arange(400) % 5], []
    for seed in range(20):  # the texts of the fence
        rng = np.random.default_rng(seed)
        p = rng.lognormal(0, 1, (2, size)) / np.arange(1, size + 1)
        p /= p.sum(1, keepdims=True)
        texts = np.concatenate([rng.choice(size, m * length, p=p[c]) for c, m in enumerate((20, 400))])
        texts = texts.reshape(420, length)
        loss = np.zeros(5)
        for f in range(5):
            old, new = fold != f, fold == f
            counts = np.array([np.bincount(texts[old & (y == c)].ravel(), minlength=size) for c in (0, 1)])
            for i, a in enumerate(alphas):
                q = np.log((counts + a) / (counts.sum(1, keepdims=True) + a * size))
                margin = (q[1] - q[0])[texts[new]].sum(1) + log(20)
                loss[i] += np.logaddexp(0, -margin * (2 * y[new] - 1)).sum()
        picks.append(alphas[loss.argmin()])
    assert picks.count(0.1) == 19

    x, y = np.array([[1, 0], [1, 1], [0, 0], [0, 1], [1, 1]]), np.array([0, 0, 0, 1, 1])
    fitted = np.exp(BernoulliNB(alpha=0.5).fit(x, y).feature_log_prob_[0])
    assert np.allclose(fitted, [(2 + 0.5) / (3 + 1), (1 + 0.5) / (3 + 1)])
    columns = np.array([[1.0, 5], [1, 9], [2, 1], [4, 3]])
    gaussian = GaussianNB().fit(columns, np.array([0, 0, 1, 1]))
    assert 0 < gaussian.var_[0, 0] == gaussian.epsilon_ and np.isclose(gaussian.epsilon_, 1e-9 * columns.var(0).max())
