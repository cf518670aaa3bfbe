"""Proofs for "Choosing a model": what the page states and has no room to run, one function a question."""

from __future__ import annotations

from itertools import product
from math import pi, sqrt

import numpy as np
from scipy import stats
from scipy.spatial.distance import cdist
from sklearn.cluster import KMeans
from sklearn.ensemble import BaggingRegressor, GradientBoostingRegressor, RandomForestClassifier
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.model_selection import KFold, TimeSeriesSplit
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
from sklearn.tree import DecisionTreeClassifier


def test_classification_vs_regression() -> None:
    """The threshold 0.1 is the cheapest at costs 9 and 1; a mean of 55 minutes goes with 0.05 and 0.40; a median split
    keeps 64 % of the information; renaming classes changes least squares but not logistic regression; least squares on
    0/1 labels leaves [0, 1]. Key of the quick check: 0.31, against 0.69 on time."""
    p = np.linspace(0, 1, 1_001)
    warn, silence = 1 - p, 9 * p
    assert np.isclose(p[np.argmin(abs(warn - silence))], 0.1) and 1 / (1 + 9) == 0.1
    assert np.all((warn < silence) == (p > 0.1 + 1e-9))
    chance = [round(float(stats.norm.sf(60, 55, sd)), 2) for sd in (3, 20, 10)]
    assert chance == [0.05, 0.40, 0.31] and round(float(stats.norm.cdf(60, 55, 10)), 2) == 0.69
    assert stats.norm.sf(60, 55, 10) > 0.1
    # information about the mean of N(m, 1) in the indicator of being above 0, at m = 0: phi(0)²/(1/2 · 1/2)
    kept = stats.norm.pdf(0) ** 2 / 0.25
    assert np.isclose(kept, 2 / pi) and round(100 * kept) == 64

    rng = np.random.default_rng(0)
    names = rng.integers(3, size=300)
    centers = np.array([[0, 0], [3, 0], [0, 3]])
    x = centers[names] + rng.normal(size=(300, 2))
    renamed = np.array([1, 0, 2])[names]
    line = [np.clip(LinearRegression().fit(x, y).predict(x).round(), 0, 2) for y in (names, renamed)]
    assert np.mean(np.array([1, 0, 2])[line[0].astype(int)] != line[1]) > 0.1
    logit = [LogisticRegression(tol=1e-8).fit(x, y).predict(x) for y in (names, renamed)]
    assert np.mean(np.array([1, 0, 2])[logit[0]] != logit[1]) < 0.01
    yes = (names == 1).astype(float)
    fitted = LinearRegression().fit(x, yes).predict(x)
    assert fitted.min() < 0 or fitted.max() > 1
    chances = LogisticRegression().fit(x, yes).predict_proba(x)
    assert chances.min() >= 0 and chances.max() <= 1


def test_training_set_size_and_model() -> None:
    """The excess error of least squares, 0.26 at 50 and 0.008 at 1,200 rows; under XOR the probabilities of logistic
    regression settle at one half; a full tree keeps a variance near 0.09 where 10 % of labels are flipped; naive Bayes
    leads unpenalized logistic regression at 100 rows under its own assumptions and loses at every size with correlated
    columns; minimum-norm least squares is worst where rows equal weights, ridge is not. Quick check: errors 19 and
    20 %."""
    rng = np.random.default_rng(0)
    excess = {n: 10 / (n - 10 - 1) for n in (50, 1_200)}
    assert round(excess[50], 2) == 0.26 and round(excess[1_200], 3) == 0.008
    off = []
    for _ in range(400):
        x, noise = rng.normal(size=(50, 10)), rng.normal(size=50)
        off.append(np.sum(np.linalg.lstsq(x, noise)[0] ** 2))
    assert abs(np.mean(off) - excess[50]) < 4 * np.std(off) / 20

    grid = rng.normal(size=(200, 2))
    for n in (100, 2_000):
        votes, chances = [], []
        for _ in range(25):
            x = rng.normal(size=(n, 2))
            y = (x[:, 0] > 0) ^ (x[:, 1] > 0) ^ (rng.random(n) < 0.1)
            votes.append(DecisionTreeClassifier(random_state=0).fit(x, y).predict(grid))
            chances.append(LogisticRegression().fit(x, y).predict_proba(grid)[:, 1])
        tree, logistic = np.var(votes, axis=0).mean(), np.var(chances, axis=0).mean()
        far = np.sqrt(np.mean((np.array(chances) - 0.5) ** 2))
        assert far < 1.2 / sqrt(n)
    assert abs(tree - 0.09) < 0.02 and logistic < 0.002 and np.isclose(0.1 * 0.9, 0.09)

    def error(corr: float, shifted: int, n: int, c: float = 1) -> tuple[float, float]:
        both, pair = [], (GaussianNB(), LogisticRegression(C=c, max_iter=1_000))
        for _ in range(16):
            y = np.arange(n + 1_000) % 2
            x = sqrt(corr) * rng.normal(size=(len(y), 1)) + sqrt(1 - corr) * rng.normal(size=(len(y), 30))
            x[:, :shifted] += 2.5 / sqrt(shifted) * y[:, None]  # the same correlation within both classes
            both.append([1 - m.fit(x[:n], y[:n]).score(x[n:], y[n:]) for m in pair])
        return tuple(np.mean(both, 0))

    bayes, logistic_error = error(0.0, 30, 100, c=1e6)
    assert bayes < logistic_error - 0.01
    for n in (20, 100, 1_000):
        bayes, logistic_error = error(0.5, 10, n)
        assert logistic_error < bayes - 0.02

    risk = {}
    for n in (25, 50, 400):
        for penalty in (0, 25):
            runs = []
            for _ in range(30):
                x, w = rng.normal(size=(n, 50)), rng.normal(size=50) / sqrt(50)
                y = x @ w + rng.normal(size=n)
                inverse = np.linalg.inv(x.T @ x + penalty * np.eye(50)) @ x.T if penalty else np.linalg.pinv(x)
                fit = inverse @ y
                runs.append(np.sum((fit - w) ** 2))
            risk[n, penalty] = np.median(runs)
    assert risk[50, 0] > 2 * risk[25, 0] and risk[50, 0] > 5 * risk[400, 0]
    assert risk[25, 25] > risk[50, 25] > risk[400, 25]

    for interacting in (False, True):  # the page's two truths, more seeds: naive Bayes is never ahead
        for n in (50, 300, 1_200):
            ahead = []
            for _ in range(9):
                x = rng.normal(size=(n + 1_500, 10))
                score = x[:, 0] + x[:, 1] + 2 * x[:, 2] * x[:, 3] if interacting else x[:, :5].sum(1)
                y = rng.random(len(x)) < 1 / (1 + np.exp(-1.5 * score))
                pair = (GaussianNB(), LogisticRegression())
                ahead.append(np.diff([m.fit(x[:n], y[:n]).score(x[n:], y[n:]) for m in pair])[0])
            error_of_mean = np.std(ahead, ddof=1) / 3
            assert np.mean(ahead) > -2 * error_of_mean
            if not interacting and n < 1_000:
                assert np.mean(ahead) > 4 * error_of_mean

    # quick check: validation 20 % minus training 19 % is a gap of one point, far from the ten that are missing
    assert 20 - 19 == 1 and 20 - 10 == 10


def test_choose_an_algorithm() -> None:
    """Over all 256 labelings of eight points, any rule trained on five is right on half of the other three; on a
    noisy plane logistic regression leads a forest of 60 trees, too; bagged lines cannot fit a product, one column can.
    Key of the quick check: accuracies 0.871 and 0.874, a lead of 0.003 with standard error 0.005, whose corrected 95 %
    interval ends at 0.023; over a third of the errors gone."""
    points = np.array(list(product((0, 1), repeat=3)))
    seen, new = points[:5], points[5:]
    nearest = cdist(new, seen, "cityblock").argmin(1)
    hits = {"nearest": 0, "majority": 0, "minority": 0, "tree": 0}
    for labels in product((0, 1), repeat=8):
        y, truth = np.array(labels[:5]), np.array(labels[5:])
        most = int(2 * y.sum() > 5)
        tree = DecisionTreeClassifier(random_state=0).fit(seen, y)
        guesses = {"nearest": y[nearest], "majority": most, "minority": 1 - most, "tree": tree.predict(new)}
        for name, guess in guesses.items():
            hits[name] += int(np.sum(guess == truth))
    assert set(hits.values()) == {256 * 3 // 2}

    ahead = []
    for seed in range(3):  # the page's noisy plane, judged on new rows
        rng = np.random.default_rng(seed)
        x = rng.normal(size=(2_600, 10))
        y = x.sum(1) + rng.normal(size=len(x)) > 0
        pair = (RandomForestClassifier(60, random_state=seed), LogisticRegression())
        ahead.append(np.diff([m.fit(x[:600], y[:600]).score(x[600:], y[600:]) for m in pair])[0])
    assert np.mean(ahead) > 4 * np.std(ahead, ddof=1) / sqrt(3)

    rng = np.random.default_rng(1)
    x = rng.normal(size=(600, 2))
    y = x[:, 0] * x[:, 1]
    bagged = BaggingRegressor(LinearRegression(), 20, random_state=0).fit(x[:400], y[:400])
    assert bagged.score(x[400:], y[400:]) < 0.1
    column = (x[:, 0] * x[:, 1])[:, None]
    assert np.isclose(LinearRegression().fit(column[:400], y[:400]).score(column[400:], y[400:]), 1)
    # an average of lines is a line: predictions at a midpoint are midway
    middle = bagged.predict((x[:100] + x[100:200]) / 2)
    assert np.allclose(middle, (bagged.predict(x[:100]) + bagged.predict(x[100:200])) / 2)

    lead = np.array([0.012, -0.006, 0.009, -0.011, 0.011])
    assert np.isclose(lead.mean(), 0.003) and np.isclose(0.871 + lead.mean(), 0.874)
    assert round(lead.std(ddof=1) / sqrt(5), 3) == 0.005 and lead.mean() < 2 * lead.std(ddof=1) / sqrt(5)
    # Nadeau and Bengio: variance times (1/5 + 1/4), a quarter being the ratio of test to training rows
    corrected = lead.std(ddof=1) * sqrt(1 / 5 + 1 / 4)
    assert round(float(lead.mean() + stats.t.ppf(0.975, 4) * corrected), 3) == 0.023
    assert 1 / 3 < (0.871 - 0.800) / (1 - 0.800) < 0.36


def test_parameters_vs_hyperparameters() -> None:
    """Training error of ridge rises with the penalty on any data; of a tree it never rises with depth (key of the quick
    check: 20); of one neighbor it is 0; the best of 20 equally good runs looks better than it is; the k-means objective
    falls with more centroids; a 3 × 3 grid tests 3 values of each, 9 random trials 9."""
    for seed in range(3):
        rng = np.random.default_rng(seed)
        x, y = rng.normal(size=(60, 40)), rng.normal(size=60)
        train = []
        for penalty in (0.01, 1, 10, 100, 1_000):
            w = np.linalg.solve(x.T @ x + penalty * np.eye(40), x.T @ y)
            train.append(np.sum((y - x @ w) ** 2))
        assert np.all(np.diff(train) > 0)
        labels = rng.integers(2, size=60)
        fits = [DecisionTreeClassifier(max_depth=d, random_state=0).fit(x[:, :2], labels) for d in range(1, 21)]
        errors = [1 - fit.score(x[:, :2], labels) for fit in fits]
        assert np.all(np.diff(errors) <= 1e-12)
        assert KNeighborsClassifier(1).fit(x, labels).score(x, labels) == 1
        inertia = [KMeans(k, n_init=3, random_state=0).fit(x[:, :2]).inertia_ for k in (1, 2, 4, 8)]
        assert np.all(np.diff(inertia) < 0)
    assert 60 * 4 / 5 == 48  # rows a fold trains on
    rng = np.random.default_rng(0)
    scores = rng.binomial(200, 0.8, (2_000, 20)) / 200  # 20 seeds of one model, all 80 % right
    assert scores.max(1).mean() > 0.84
    grid = np.array(list(product((0.1, 0.5, 0.9), repeat=2)))
    assert len(grid) == 9 and len(np.unique(grid[:, 0])) == 3 and len(np.unique(rng.random((9, 2))[:, 0])) == 9


def test_curse_of_dimensionality() -> None:
    """Edges 0.10, 0.63, 0.95 and 0.79; factors 4, 64, 2,048 and 16,384; noise off the plane
    cuts R² to about 0.7; the relative spread of distances falls like 1/√d;
    cosines have standard deviation 0.03 at 1,000; PCA can drop the signal; a shift in every column makes neighbors
    better with more columns; a linear model needs a few rows a column. Wrong options: 0.01 to the power 20, the
    square root, edges that add up."""
    assert [round(0.01 ** (1 / d), 2) for d in (2, 10, 100, 20)] == [0.10, 0.63, 0.95, 0.79]
    assert np.isclose(sqrt(0.01), 0.10) and np.isclose(0.20**20, 1.05e-14, rtol=0.01)
    assert [2 ** ((2 + d) / 2) for d in (2, 10, 20, 26)] == [4, 64, 2_048, 16_384]
    # the rate: n^(-2/(2 + d)) halves when n grows by that factor
    for d, factor in ((2, 4), (10, 64), (20, 2_048), (26, 16_384)):
        assert np.isclose(factor ** (-2 / (2 + d)), 0.5)

    rng = np.random.default_rng(0)
    spread = []
    for d in (10, 100, 1_000):
        gap = np.sqrt(((rng.random((1_000, d)) - rng.random((1_000, d))) ** 2).sum(1))
        spread.append(gap.std() / gap.mean() * sqrt(d))
    assert max(spread) / min(spread) < 1.15
    a, b = rng.normal(size=(2, 2_000, 1_000))
    cosine = (a * b).sum(1) / np.linalg.norm(a, axis=1) / np.linalg.norm(b, axis=1)
    assert abs(cosine.mean()) < 4 * cosine.std() / sqrt(2_000)
    assert round(float(cosine.std()), 2) == 0.03 and round(1 / sqrt(1_000), 2) == 0.03

    fall = []
    for _ in range(8):  # the page's plane, with noise in every column
        z = rng.random((800, 2))
        y = np.sin(6 * z[:, 0]) + z[:, 1]
        x = z @ np.linalg.qr(rng.normal(size=(1_000, 2)))[0].T + 0.05 * rng.normal(size=(800, 1_000))
        fall.append(KNeighborsRegressor(5).fit(x[:600], y[:600]).score(x[600:], y[600:]))
    assert round(float(np.mean(fall)), 1) == 0.7

    x = rng.normal(size=(1_000, 2)) * [10, 1]  # the target follows the small direction
    first = x @ np.linalg.eigh(np.cov(x.T))[1][:, -1]
    assert abs(np.corrcoef(first, x[:, 1])[0, 1]) < 0.15

    right = []
    for d in (2, 20, 200):
        y = rng.integers(2, size=1_200)
        x = rng.normal(size=(1_200, d)) + 0.5 * y[:, None]
        right.append(KNeighborsClassifier(5).fit(x[:800], y[:800]).score(x[800:], y[800:]))
        assert np.isclose(np.linalg.norm(np.full(d, 0.5)), 0.5 * sqrt(d))
    assert right[0] + 0.1 < right[1] < right[2] and right[2] > 0.95

    # a linear truth in 200 columns: three rows a column explain most of it
    x, w = rng.normal(size=(1_600, 200)), rng.normal(size=200)
    y = x @ w + rng.normal(size=1_600) * np.linalg.norm(w) / 2
    assert LinearRegression().fit(x[:600], y[:600]).score(x[600:], y[600:]) > 0.65


def test_time_series_cross_validation() -> None:
    """TimeSeriesSplit on six blocks, with a remainder, sliding; the gap h - 1, by listing which labels are known; key
    of the quick check: 6. KFold without shuffling trains on the future in four of five folds. Sorted by shop, the folds
    test on other shops. Sliding wins under drift, growing without. Ordinary folds are valid for an autoregression. In
    an honest split the page's useless features earn nothing, with 100 series."""
    blocks = [(train.tolist(), test.tolist()) for train, test in TimeSeriesSplit().split(np.zeros(6))]
    assert blocks == [(list(range(k)), [k]) for k in range(1, 6)]
    assert len(next(TimeSeriesSplit().split(np.zeros(62)))[0]) == 12
    sliding = list(TimeSeriesSplit(3, max_train_size=4, test_size=2).split(np.zeros(12)))
    assert all(len(train) == 4 and train[-1] + 1 == test[0] for train, test in sliding)

    for h in (1, 7, 20):  # a row's label covers the next h days; at the end of day s it is known if it ends by s
        s = 100
        unknown = [t for t in range(s) if t + h > s]
        assert len(unknown) == h - 1 and unknown == list(range(s - h + 1, s))
        train, test = list(TimeSeriesSplit(2, test_size=1, gap=h - 1).split(np.zeros(s + 1)))[-1]
        assert test.tolist() == [s] and train[-1] == s - h
    assert 7 - 1 == 6

    future = [bool(train.max() > test.max()) for train, test in KFold(5).split(np.zeros(100))]
    assert future == [True] * 4 + [False]
    shop, day = np.repeat(np.arange(6), 50), np.tile(np.arange(50), 6)
    for train, test in TimeSeriesSplit().split(shop):
        assert not set(shop[train]) & set(shop[test]) and set(day[train]) == set(day[test])

    rng = np.random.default_rng(0)
    for drift in (0.0, 0.15):
        growing, recent = [], []
        for _ in range(40):
            slope = 1 + np.cumsum(rng.normal(0, drift, 400))
            x = rng.normal(size=400)
            y = slope * x + rng.normal(size=400)
            for now in range(200, 400, 20):
                for window, out in ((now, growing), (40, recent)):
                    past = slice(now - window, now)
                    out.append((x[past] @ y[past] / (x[past] @ x[past]) - slope[now]) ** 2)
        assert bool(np.mean(recent) < np.mean(growing)) is bool(drift)

    # y[t] = 0.8 y[t-1] + noise of variance 1: shuffled folds of the autoregression report its true error
    reported = []
    for seed in range(60):
        noise, y = rng.normal(size=400), np.zeros(400)
        for t in range(1, 400):
            y[t] = 0.8 * y[t - 1] + noise[t]
        lag, now = y[:-1], y[1:]
        folds = KFold(5, shuffle=True, random_state=seed).split(lag)
        off = [np.sum((now[te] - lag[te] * (lag[tr] @ now[tr] / (lag[tr] @ lag[tr]))) ** 2) for tr, te in folds]
        reported.append(np.sum(off) / 399)
    assert abs(np.mean(reported) - 1) < 4 * np.std(reported) / sqrt(60) + 1 / 320

    split, earned = TimeSeriesSplit(20, test_size=10, gap=19), []
    for _ in range(100):
        y = np.convolve(rng.normal(size=620), np.ones(20), "valid")[1:]
        x = rng.normal(size=(600, 3)).cumsum(0)
        forecast, truth = [], []
        for train, test in split.split(x):
            near = np.argpartition(cdist(x[test], x[train]), 10)[:, :10]
            forecast.extend(y[train][near].mean(1))
            truth.extend(y[test])
        p, t = np.array(forecast), np.array(truth)
        earned.append(p @ t / np.sqrt(p @ p * (t @ t)))
    assert abs(np.mean(earned)) < 4 * np.std(earned) / 10


def test_no_free_lunch() -> None:
    """Over all labelings even a random rule and a rule that looks at all seen labels tie at one half; 24 labelings with
    at most one change, 24 with at least ten; squared error 0.25 for one half and 0.5 for any 0 or 1; search methods tie
    over all functions; leave-one-out is misled with gaps of two, 0.31; quick check: after any training labels, found at
    95 % or 55 % by whatever learner, the other five are fair coins."""
    truth = np.array(list(product((0, 1), repeat=12)))
    changes = abs(np.diff(truth)).sum(1)
    assert len(truth) == 4_096 and np.sum(changes <= 1) == 24 and np.sum(changes >= 10) == 24
    seen, new = np.array([0, 3, 6, 9]), np.array([1, 2, 4, 5, 7, 8, 10, 11])
    rng = np.random.default_rng(0)
    for _ in range(20):  # any table from the four seen labels to eight guesses is a learner
        table = rng.integers(2, size=(16, 8))
        guess = table[truth[:, seen] @ [8, 4, 2, 1]]
        assert np.mean(guess == truth[:, new]) == 0.5 and np.mean((guess - truth[:, new]) ** 2) == 0.5
    assert np.mean((0.5 - truth[:, new]) ** 2) == 0.25

    alternating, scores = truth[changes >= 10], []
    for known in ([0, 3, 6, 9], [0, 2, 4, 6]):  # leave-one-out chooses: nearest seen label or its opposite
        at = np.array(known)
        other = np.setdiff1d(np.arange(12), at)
        near = alternating[:, at[abs(other[:, None] - at).argmin(1)]]
        neighbor = at[(abs(at[:, None] - at) + 99 * np.eye(4)).argmin(1)]
        agree = np.mean(alternating[:, neighbor] == alternating[:, at], axis=1, keepdims=True) >= 0.5
        scores.append(np.mean(np.where(agree, near, 1 - near) == alternating[:, other]))
    assert np.allclose(scores, [0.677, 0.3125], atol=5e-4)

    values = np.array(list(product(range(3), repeat=4)))  # all functions from four points to three values
    fixed = np.sort(values[:, [0, 1]].max(1))
    second = np.where(values[:, 0] > 0, 3, 2)  # looks at the first value to choose the next point
    adaptive = np.sort(np.maximum(values[:, 0], values[np.arange(81), second]))
    assert np.array_equal(fixed, adaptive)

    labels = np.array(list(product((0, 1), repeat=8)))  # the same with 3 seen and 5 new points, for every history
    for history in product((0, 1), repeat=3):
        rest = labels[np.all(labels[:, :3] == history, axis=1)][:, 3:]
        assert np.all(rest.mean(0) == 0.5)


def test_inductive_bias() -> None:
    """A convolution commutes with a cyclic shift and its mean over positions does not move; the break-even of 400 rows,
    against exact errors of a line and of ten cell means; trees predict 2020's price for 2025, and follow a trend on
    residuals of a line; a right bias has no squared bias. Quick check: 28 %."""
    rng = np.random.default_rng(0)
    signal, kernel = rng.normal(size=32), rng.normal(size=5)

    def convolve(z: np.ndarray) -> np.ndarray:
        return np.sum([k * np.roll(z, j) for j, k in enumerate(kernel)], axis=0)

    assert np.allclose(convolve(np.roll(signal, 7)), np.roll(convolve(signal), 7))
    assert np.isclose(np.maximum(convolve(np.roll(signal, 7)), 0).mean(), np.maximum(convolve(signal), 0).mean())
    assert np.isclose(1 * (10 - 2) / 0.02, 400)
    for n, strong in ((200, True), (390, True), (410, False), (1_000, False)):
        assert (0.02 + 2 / n < 10 / n) is strong

    x = np.repeat(np.arange(10.0), 12)  # ten inputs, so ten cell means have no bias; a bent truth
    f = x / 3 + np.sqrt(0.02) * np.resize([1, -1], 10)[x.astype(int)]
    excess = {}
    for name, basis in (("line", np.vander(x, 2)), ("cells", np.eye(10)[x.astype(int)])):
        q = np.linalg.qr(basis)[0]
        bias2 = np.mean((q @ (q.T @ f) - f) ** 2)
        fits = (f + rng.normal(size=(4_000, 120))) @ q @ q.T
        runs = np.mean((fits - f) ** 2, axis=1)
        excess[name] = bias2 + basis.shape[1] / 120  # noise variance 1
        assert abs(runs.mean() - excess[name]) < 4 * runs.std() / sqrt(4_000)
    assert excess["line"] < excess["cells"]
    line = np.linalg.qr(np.vander(x, 2))[0]
    assert np.allclose(line @ (line.T @ (x / 3)), x / 3)  # the right form: no squared bias

    year = np.repeat(np.arange(2010, 2021), 20)[:, None]
    price = 100 * 1.05 ** (year[:, 0] - 2010)
    trees = GradientBoostingRegressor(random_state=0).fit(year, price)
    assert trees.predict([[2025]]) == trees.predict([[2020]]) > price.mean() * 1.2
    assert abs(trees.predict([[2020]])[0] / price[-1] - 1) < 0.01 and round(1.05**5, 2) == 1.28
    slope = LinearRegression().fit(year, price)
    rest = GradientBoostingRegressor(n_estimators=20, random_state=0).fit(year, price - slope.predict(year))
    both = [float((slope.predict(z) + rest.predict(z))[0]) for z in ([[2020]], [[2025]])]
    assert np.isclose(both[1] - both[0], 5 * slope.coef_[0]) and both[1] > both[0]


def test_start_with_a_baseline() -> None:
    """The table of four policies, rule and model with equally many offers; what the model saves; log loss 0.227
    and Brier score 0.056 of the constant 0.06, and the best constant for each loss; the last value is the best forecast
    of a random walk in squared error. Quick check: 0.98 is below 0.985."""
    table = {}
    for name, offers, found in (("nobody", 0, 0), ("everybody", 1_000, 60), ("rule", 100, 24), ("model", 100, 30)):
        right = found + 940 - (offers - found)
        table[name] = (right / 1_000, 100 * (60 - found) + 10 * offers)
    assert table["nobody"] == (0.94, 6_000) and table["everybody"] == (0.06, 10_000)
    assert table["rule"] == (0.888, 4_600) and table["model"] == (0.9, 4_000)
    assert table["rule"][1] - table["model"][1] == 600 and table["nobody"][1] - table["model"][1] == 2_000

    y = np.r_[np.ones(6), np.zeros(94)]
    p = np.linspace(0.01, 0.99, 99)[:, None]
    log_loss = -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p), axis=1)
    brier = np.mean((y - p) ** 2, axis=1)
    assert np.isclose(p[log_loss.argmin(), 0], 0.06) and round(float(log_loss.min()), 3) == 0.227
    assert np.isclose(p[brier.argmin(), 0], 0.06) and round(float(brier.min()), 3) == 0.056
    z, grid = np.array([0.0, 0, 1, 2, 10]), np.linspace(0, 10, 1_001)[:, None]
    assert np.isclose(grid[np.mean((z - grid) ** 2, axis=1).argmin(), 0], z.mean())
    assert np.isclose(grid[np.mean(abs(z - grid), axis=1).argmin(), 0], np.median(z))

    assert 1 - 0.98 > 1 - 0.985  # the same days, so the same variance: the model has the larger squared error
    steps = np.random.default_rng(0).normal(size=(20_000, 12))
    walk = steps.cumsum(1)
    best = np.linalg.lstsq(walk[:, :11], walk[:, 11])[0]  # population weights: 0, …, 0, 1
    assert np.allclose(best, np.r_[np.zeros(10), 1], atol=4 / sqrt(20_000) * sqrt(2))
