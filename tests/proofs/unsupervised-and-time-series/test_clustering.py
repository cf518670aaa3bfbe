"""Proofs for "Clustering": what the page states and has no room to run, one function each."""

from __future__ import annotations

from math import comb, factorial, log

import numpy as np
from scipy import stats


def lloyd(x: np.ndarray, centers: np.ndarray) -> tuple[np.ndarray, list[float]]:
    """Centers where k-means ends, and the sum of squares after each half step; a tie leaves a row where it is."""
    sums, rows = [], np.arange(len(x))
    near = ((x[:, None] - centers) ** 2).sum(2).argmin(1)
    for step in range(500):
        d2 = ((x[:, None] - centers) ** 2).sum(2)
        best = np.where(d2.min(1) < d2[rows, near], d2.argmin(1), near)
        sums.append(float(d2[rows, best].sum()))
        if step and np.array_equal(best, near):
            break
        near = best
        centers = np.array([x[near == j].mean(0) if np.any(near == j) else c for j, c in enumerate(centers)])
        sums.append(float(((x - centers[near]) ** 2).sum()))
    return centers, sums


def column(*values: float) -> np.ndarray:
    """Numbers as rows with one column."""
    return np.array(values, dtype=float)[:, None]


def test_k_means() -> None:
    """The table 201, 76, 40, 10, 10; the identity behind averaging, 125; no half step raises W on random data; 500
    million differences; 0, 1, 15.5 are stable with 101 against 1.5; quick check: 0 and 6, then 1 and 10; scikit-learn
    moves an empty center to a far row."""
    x = column(1, 2, 3, 8, 10, 12)
    centers, sums = lloyd(x, column(1, 2))
    assert sums == [201, 76, 40, 10, 10] and centers.ravel().tolist() == [2, 10]
    assert 5 * 5**2 == 125 == 201 - 76
    rng = np.random.default_rng(0)
    group, point = rng.normal(size=(7, 3)), rng.normal(size=3)
    mean = group.mean(0)
    assert np.isclose(((group - point) ** 2).sum(), ((group - mean) ** 2).sum() + 7 * ((mean - point) ** 2).sum())
    for _ in range(20):
        rows = rng.normal(size=(60, 2))
        assert np.all(np.diff(lloyd(rows, rows[:5])[1]) <= 1e-9)
    assert 10**6 * 10 * 50 == 500 * 10**6
    stuck = column(0, 1, 10, 11, 20, 21)
    end, sums = lloyd(stuck, column(0, 1, 15.5))
    assert end.ravel().tolist() == [0, 1, 15.5] and sums[-1] == 101
    assert lloyd(stuck, column(0, 10, 20))[1][-1] == 1.5
    assert lloyd(column(0, 2, 10), column(0, 2))[0].ravel().tolist() == [1, 10]
    first = column(0, 2, 10)
    assert first[abs(first - 0) >= abs(first - 2)].mean() == 6
    from sklearn.cluster import KMeans

    fit = KMeans(3, init=column(0, 5, 1_000), n_init=1).fit(column(0, 1, 5, 6, 40))
    assert sorted(np.bincount(fit.labels_)) == [1, 2, 2] and 40 in fit.cluster_centers_


def test_k_means_initialization() -> None:
    """22, 3.8, 0.036 and 12.7 %; the squares 0, 1, 100, 121, 400, 441 and 1062/1063; factor 34; 1.7 %; 21 starts, 0.67,
    0.89; renumbered clusters have adjusted Rand index 1; one run by default."""
    for k, percent in ((3, "22"), (5, "3.8"), (10, "0.036")):
        share = 100 * factorial(k) / k**k
        assert f"{share:.2g}" == percent
    rng = np.random.default_rng(0)
    hits = np.array([len(set(row)) == 5 for row in rng.integers(0, 5, (40_000, 5)).tolist()])
    assert abs(hits.mean() - factorial(5) / 5**5) < 4 * hits.std() / 200
    assert round(100 * 2**5 / comb(10, 5), 1) == 12.7
    d2 = np.array([0, 1, 10, 11, 20, 21]) ** 2
    assert d2.tolist() == [0, 1, 100, 121, 400, 441] and (d2.sum() - 1, d2.sum()) == (1062, 1063)
    assert round(8 * (log(10) + 2)) == 34 and round(100 * (1 - 0.983), 1) == 1.7
    assert 0.8**21 < 0.01 < 0.8**20
    assert round(1 - 0.8**5, 2) == 0.67 and round(1 - 0.8**10, 2) == 0.89 and np.isclose(5 * 0.2, 1)
    from sklearn.cluster import KMeans
    from sklearn.metrics import adjusted_rand_score

    assert adjusted_rand_score([0, 0, 1, 2], [2, 2, 0, 1]) == 1
    assert KMeans().n_init == "auto" and KMeans().init == "k-means++"
    # a farthest-row rule takes the stray row for certain, D squared does not
    stray = np.r_[rng.normal(0, 1, 200), rng.normal(20, 1, 200), 45.0]
    square = (stray - stray[0]) ** 2
    assert square.argmax() == 400 and square[400] / square.sum() < 0.05


def test_number_of_clusters() -> None:
    """100, 25, 11, 6 % for even rows and for sixty tight groups (quick check); silhouette 0.6, undefined for one
    cluster; W never rises with k at its best; a long even strip is cut alike in independent samples; the gaps printed
    on the page give 1 and 3 by the rule, on another draw of three groups it stops at 1, on another even one it says
    2."""
    even = [100 / k**2 for k in (1, 2, 3, 4)]
    sixty = [100 * ((60 / k) ** 2 - 1) / (60**2 - 1) for k in (1, 2, 3, 4)]  # sixty equidistant points in equal parts
    assert [round(v) for v in even] == [round(v) for v in sixty] == [100, 25, 11, 6]
    points = np.arange(60.0)
    cost = [np.var(points[:30]) * 60, np.var(points[:20]) * 60, np.var(points[:15]) * 60]
    assert np.allclose(np.array(cost) / (np.var(points) * 60) * 100, sixty[1:])
    assert all(points[:i].var() * i + points[i:].var() * (60 - i) >= cost[0] for i in range(1, 60))
    assert np.isclose((5 - 2) / max(5, 2), 0.6)
    from sklearn.metrics import adjusted_rand_score, silhouette_score

    try:
        silhouette_score(column(0, 1, 2), [0, 0, 0])
    except ValueError:
        pass
    else:
        raise AssertionError("a silhouette for one cluster")
    rng = np.random.default_rng(0)
    strip = rng.random((400, 2)) * [10, 1]
    cuts = []
    for _ in range(10):
        rows = rng.random((400, 2)) * [10, 1]
        a, b = lloyd(rows, rows[:2])[0]
        near = ((strip - a) ** 2).sum(1) < ((strip - b) ** 2).sum(1)
        cuts.append(near ^ (a[0] > b[0]))
    agree = [adjusted_rand_score(cuts[i], cuts[j]) for i in range(10) for j in range(i)]
    assert np.mean(agree) > 0.85  # two independent samples give nearly the same halves
    from sklearn.cluster import KMeans

    def by_rule(gap: list[float], error: list[float]) -> int:
        return next(k for k in range(1, len(gap)) if gap[k - 1] >= gap[k] - error[k])

    flat = [-0.07, -0.03, -0.04, -0.08, -0.03]
    assert by_rule(flat, [0.08, 0.08, 0.08, 0.05, 0.03]) == 1 and round(max(flat) - min(flat), 2) == 0.05
    assert by_rule([0.42, 0.60, 1.11, 0.83, 0.77], [0.05, 0.05, 0.06, 0.04, 0.03]) == 3
    rng = np.random.default_rng(2)
    rng.random((180, 2))
    rows = rng.normal(size=(180, 2)) + np.repeat([[0, 0], [5, 0], [2, 4]], 60, axis=0)
    rng.random((8, 180, 2))
    boxes = rows.min(0) + np.ptp(rows, 0) * rng.random((8, 180, 2))
    null = np.log([[KMeans(k, n_init=1, random_state=0).fit(b).inertia_ for k in (1, 2, 3)] for b in boxes])
    real = np.log([KMeans(k, n_init=1, random_state=0).fit(rows).inertia_ for k in (1, 2, 3)])
    early, error = null.mean(0) - real, null.std(0) * (1 + 1 / 8) ** 0.5
    assert by_rule(list(early), list(error)) == 1 and early[2] > early[1] + 6 * error[2]
    rng = np.random.default_rng(4)
    flat_rows = rng.random((180, 2))
    rng.normal(size=(180, 2))
    boxes = flat_rows.min(0) + np.ptp(flat_rows, 0) * rng.random((8, 180, 2))
    null = np.log([[KMeans(k, n_init=3, random_state=0).fit(b).inertia_ for k in (1, 2, 3)] for b in boxes])
    real = np.log([KMeans(k, n_init=3, random_state=0).fit(flat_rows).inertia_ for k in (1, 2, 3)])
    assert by_rule(list(null.mean(0) - real), list(null.std(0) * (1 + 1 / 8) ** 0.5)) == 2  # no groups, yet 2


def test_when_k_means_fails() -> None:
    """33.4 and 12.4, after standardizing 1.02 and 1.25, equal spreads after a turn; 9609 against 100; about 2,900
    against 8,333 and the best split of the quick check; the true strips have the higher likelihood, and 20 starts
    from random rows find them in all four draws; noise of DBSCAN in the wide group; a small group found by DBSCAN and
    by a mixture; small pieces joined by single linkage."""
    along, across = (20**2 + 1) / 12, 10**2 / 12 + 1 / 12 + 2**2
    assert (round(along, 1), round(across, 1)) == (33.4, 12.4)
    vx, vy = 20**2 / 12, 2**2 + 1 / 12
    assert round(1 + 1 / 12 / vy, 2) == 1.02 and round(1 / 4 + 1, 2) == 1.25 and 10**2 / 12 / vx == 1 / 4
    turn = np.array([[1, -1], [1, 1]]) / 2**0.5
    spread = turn @ np.diag([vx, vy]) @ turn.T
    assert np.isclose(spread[0, 0], spread[1, 1])
    assert round(99**2 * 50 / 51) == 9609
    right = np.r_[np.ones(50), 100.0]
    assert round(right.var() * 51) == 9609 and np.r_[-np.ones(50), np.ones(50)].var() * 100 == 100

    x = np.r_[(np.arange(1_000) + 0.5) / 100, np.full(20, 14.0)]
    cost = np.array([x[:i].var() * i + x[i:].var() * (1_020 - i) for i in range(1, 1_020)])
    best = int(cost.argmin()) + 1
    assert round(cost[999]) == 8333 and 450 < best < 600 and round(cost.min(), -2) == 2_900
    assert 2.8 < cost[999] / cost.min() < 3.2

    from scipy.cluster.hierarchy import fcluster, linkage
    from sklearn.cluster import DBSCAN, KMeans
    from sklearn.metrics import adjusted_rand_score
    from sklearn.mixture import GaussianMixture

    rng, y = np.random.default_rng(0), np.repeat([0, 1], 150)
    strips = np.c_[rng.random(300) * 20, rng.random(300) + 4 * y]
    found = GaussianMixture(2, random_state=0).fit(strips)
    narrow = np.linalg.inv(np.diag([20**2 / 12, 1 / 12]))
    true = GaussianMixture(2, means_init=[[10, 0.5], [10, 4.5]], precisions_init=[narrow] * 2, random_state=0)
    assert true.fit(strips).score(strips) > found.score(strips) + 0.1
    assert adjusted_rand_score(y, true.predict(strips)) == 1
    many = GaussianMixture(2, n_init=20, init_params="random_from_data", random_state=0)
    for seed in range(4):
        rng = np.random.default_rng(seed)
        rows = np.c_[rng.random(300) * 20, rng.random(300) + 4 * y]
        assert adjusted_rand_score(y, many.set_params(tol=1e-2 if seed else 1e-3).fit_predict(rows)) == 1
    few = np.repeat([0, 1], [1_000, 20])
    assert adjusted_rand_score(few, DBSCAN(eps=1, min_samples=4).fit_predict(x[:, None])) == 1
    clouds = np.random.default_rng(0).normal(size=(1_020, 2)) + np.c_[6 * few, 0 * few]
    assert adjusted_rand_score(few, many.set_params(n_init=4, tol=1e-2).fit_predict(clouds)) > 0.9
    assert adjusted_rand_score(few, KMeans(2, n_init=2, random_state=0).fit_predict(clouds)) < 0.1
    widths = rng.normal(size=(300, 2)) * (4 - 3.5 * y)[:, None] + np.c_[9 * y, 0 * y]
    noise = DBSCAN(eps=1.2, min_samples=4).fit_predict(widths) == -1
    assert noise[:150].sum() > 30 and noise[150:].sum() == 0
    assert len(set(DBSCAN(eps=1.2, min_samples=4).fit_predict(widths)[:150]) - {-1}) >= 5  # the wide group in pieces
    assert abs(right).argmax() == 50 and right[:50].var() == 0  # trimming one row leaves the groups -1 and 1
    pieces = KMeans(20, n_init=1, random_state=0).fit(strips)
    joined = fcluster(linkage(pieces.cluster_centers_, "single"), 2, "maxclust")[pieces.labels_]
    assert adjusted_rand_score(y, joined) == 1


def test_gaussian_mixture_em() -> None:
    """98.2, 50, 73, 90 %; EM raises the likelihood, other shares only bound it; hard shares as sigma goes to 0; k-means
    centers at 1.17 while EM keeps 1; 329, 104 and 59 parameters; quick check 88 %, 0.067 and 0.009; scikit-learn's
    floor and count."""

    def share(x: float, means: tuple[float, float], sds: tuple[float, float], w: float = 0.5) -> float:
        a, b = w * stats.norm.pdf(x, means[0], sds[0]), (1 - w) * stats.norm.pdf(x, means[1], sds[1])
        return float(a / (a + b))

    assert round(100 * share(1, (0, 4), (1, 1)), 1) == 98.2 and share(2, (0, 4), (1, 1)) == 0.5
    assert round(100 * share(1, (0, 4), (2, 2))) == 73 and np.isclose(share(2, (0, 4), (1, 1), 0.9), 0.9)
    assert share(1.9, (0, 4), (0.1, 0.1)) > 1 - 1e-8 and share(2.1, (0, 4), (0.1, 0.1), 0.9) < 1e-8
    assert round(100 * share(3.5, (0, 2), (3, 0.5))) == 88 and (3.5 - 2) / 0.5 == 3
    assert round(stats.norm.pdf(3.5, 0, 3), 3) == 0.067 and round(stats.norm.pdf(3.5, 2, 0.5), 3) == 0.009

    grid = np.linspace(-12, 12, 24_001)
    mass = 0.5 * stats.norm.pdf(grid, -1) + 0.5 * stats.norm.pdf(grid, 1)
    mass /= mass.sum()
    side = mass * (grid > 0)
    center = float(side @ grid / side.sum())
    assert round(center, 2) == 1.17 and np.isclose(center, 2 * stats.norm.pdf(1) + 2 * stats.norm.cdf(1) - 1, atol=1e-3)
    bent = np.exp(-(grid**2) / 2) * np.cosh(grid)
    assert np.all(np.diff(np.log(bent), 2) <= 1e-9)  # log-concave, so the two-means split is unique
    soft = mass / (1 + np.exp(-2 * grid))  # the share of N(1, 1)
    assert np.isclose(soft @ grid / soft.sum(), 1, atol=1e-6)
    assert np.isclose(soft @ (grid - 1) ** 2 / soft.sum(), 1, atol=1e-6) and np.isclose(soft.sum(), 0.5)

    x = np.random.default_rng(0).normal(size=200) * 2
    w, m, s = np.array([0.5, 0.5]), np.array([-1.0, 2.0]), np.array([1.0, 1.5])
    path = []
    for _ in range(40):
        joint = w * stats.norm.pdf(x[:, None], m, s)
        path.append(np.log(joint.sum(1)).sum())
        r = joint / joint.sum(1, keepdims=True)
        q = np.random.default_rng(1).dirichlet([1, 1], 200)
        assert (q * np.log(joint / q)).sum() < path[-1] and np.isclose((r * np.log(joint / r)).sum(), path[-1])
        n = r.sum(0)
        w, m = n / 200, r.T @ x / n
        s = np.sqrt((r * (x[:, None] - m) ** 2).sum(0) / n)
    assert np.all(np.diff(path) >= -1e-9) and path[-1] > path[0]

    k, d = 5, 10
    full, diagonal, one = k * d * (d + 1) // 2, k * d, k
    assert [k * d + k - 1 + c for c in (full, diagonal, one)] == [329, 104, 59]
    from sklearn.mixture import GaussianMixture

    rows = np.random.default_rng(1).normal(size=(60, d))
    for kind, count in (("full", 329), ("diag", 104), ("spherical", 59)):
        fit = GaussianMixture(k, covariance_type=kind, max_iter=3, tol=1e9, random_state=0).fit(rows)
        assert fit.n_components == k and fit._n_parameters() == count
    assert GaussianMixture().reg_covar == 1e-6 and GaussianMixture().init_params == "kmeans"


def test_dbscan() -> None:
    """The worked example; core rows are those with (min_samples - 1)-th other neighbor within eps; larger eps or more
    rows turn no clustered row into noise and part no core rows (quick check); larger min_samples, more noise; a border
    row that the order decides; no predict; HDBSCAN takes min_cluster_size as min_samples."""
    from sklearn.cluster import DBSCAN, HDBSCAN

    x = column(1, 2, 3, 4, 8, 9, 10, 15)
    fit = DBSCAN(eps=1, min_samples=3).fit(x)
    assert x[fit.core_sample_indices_].ravel().tolist() == [2, 3, 9]
    assert fit.labels_.tolist() == [0, 0, 0, 0, 1, 1, 1, -1] and not hasattr(fit, "predict")

    rng = np.random.default_rng(0)
    rows = rng.random((250, 2))
    distance = np.sqrt(((rows[:, None] - rows) ** 2).sum(2))
    kth = np.sort(distance, 1)[:, 4 - 1]  # column 0 is the row itself
    small = DBSCAN(eps=0.06, min_samples=4).fit(rows)
    assert np.array_equal(np.flatnonzero(kth <= 0.06), small.core_sample_indices_)

    def only_grows(before: DBSCAN, after: DBSCAN, n: int) -> None:
        core = before.core_sample_indices_
        assert set(core) <= set(after.core_sample_indices_)
        assert not np.any((before.labels_ >= 0) & (after.labels_[:n] < 0))
        pairs = {(a, b) for a, b in zip(before.labels_[core], after.labels_[core], strict=True)}
        assert len(pairs) == len({a for a, _ in pairs})  # each old cluster's core lies in one new cluster

    large = DBSCAN(eps=0.08, min_samples=4).fit(rows)
    only_grows(small, large, 250)
    more = DBSCAN(eps=0.06, min_samples=4).fit(np.r_[rows, rng.random((2_250, 2))])
    only_grows(small, more, 250)
    count = [fit.labels_.max() + 1 for fit in (small, more)]
    assert count[1] < count[0] and np.sum(more.labels_[:250] == -1) < np.sum(small.labels_ == -1)
    strict = DBSCAN(eps=0.06, min_samples=6).fit(rows)
    assert np.sum(strict.labels_ == -1) > np.sum(small.labels_ == -1)

    line = column(0, 0.5, 1, 2, 3, 3.5, 4)
    ahead = DBSCAN(eps=1, min_samples=4).fit(line)
    back = DBSCAN(eps=1, min_samples=4).fit(line[::-1])
    assert line[ahead.core_sample_indices_].ravel().tolist() == [1, 3]
    assert ahead.labels_[3] == ahead.labels_[0] and back.labels_[::-1][3] == back.labels_[::-1][6]
    assert 4 - 1 == 3  # the cluster 1 to 4 is 3 long
    pair = [HDBSCAN(min_cluster_size=5, min_samples=m, copy=True).fit_predict(rows) for m in (None, 5)]
    assert np.array_equal(*pair)
    # a second batch may found a cluster out of old noise
    old = column(0, 1, 2, 50, 51.5)
    both = DBSCAN(eps=1, min_samples=3).fit(np.r_[old, column(50.5, 51)])
    assert DBSCAN(eps=1, min_samples=3).fit_predict(old).tolist() == [0, 0, 0, -1, -1]
    assert both.labels_[3] == both.labels_[4] == 1


def test_hierarchical_clustering() -> None:
    """Heights of both trees and the cuts; 5 is 5 away from the farther of 0 and 2; complete heights bound distances
    from above, single ones from below (quick check); Ward adds 4.5, in general the formula, and SciPy's height is
    the square root of twice that; 1.25 billion, 10 GB."""
    from scipy.cluster.hierarchy import cophenet, fcluster, linkage
    from scipy.spatial.distance import pdist

    x = column(0, 2, 5, 8.5, 13)
    assert linkage(x, "single")[:, 2].tolist() == [2, 3, 3.5, 4.5]
    assert linkage(x, "complete")[:, 2].tolist() == [2, 3.5, 8, 13]
    cuts = {m: fcluster(linkage(x, m), 2, "maxclust") for m in ("single", "complete")}
    assert len(set(cuts["single"][:4])) == 1 and cuts["single"][4] != cuts["single"][0]
    assert cuts["complete"][0] == cuts["complete"][1] != cuts["complete"][2]
    assert len(set(cuts["complete"][2:])) == 1 and max(5 - 0, 5 - 2) == 5 > 8.5 - 5

    rng = np.random.default_rng(0)
    for _ in range(10):
        rows = rng.normal(size=(30, 2))
        d = pdist(rows)
        assert np.all(cophenet(linkage(rows, "single")) <= d + 1e-12)
        assert np.all(cophenet(linkage(rows, "complete")) >= d - 1e-12)
    a, b = rng.normal(size=(4, 3)), rng.normal(size=(7, 3))

    def within(rows: np.ndarray) -> float:
        return float(((rows - rows.mean(0)) ** 2).sum())

    added = within(np.r_[a, b]) - within(a) - within(b)
    assert np.isclose(added, 4 * 7 / 11 * ((a.mean(0) - b.mean(0)) ** 2).sum())
    assert 1 * 1 / 2 * (5 - 2) ** 2 == 4.5 and linkage(column(2, 5), "ward")[0, 2] == (2 * 4.5) ** 0.5 == 3
    tree = linkage(column(0, 0.5, 10, 11), "ward")
    assert np.isclose(tree[-1, 2], (2 * 2 * 2 / 4 * (10.5 - 0.25) ** 2) ** 0.5)
    pairs = 50_000 * 49_999 // 2
    assert round(pairs / 1e9, 2) == 1.25 and round(8 * pairs / 1e9) == 10
    # a bridge of rows misleads single linkage
    y = np.repeat([0, 1], 100)
    disks = np.c_[rng.random(200) + 3 * y, rng.random(200)]
    bridge = np.r_[disks, np.c_[np.linspace(1, 3, 30), np.full(30, 0.5)]]
    apart, together = (fcluster(linkage(rows, "single"), 2, "maxclust")[:200] for rows in (disks, bridge))
    assert len({*zip(apart, y, strict=True)}) == 2
    assert max(np.bincount(together)) > 190
    y = np.repeat([0, 1], 150)
    for seed in range(6):  # the clouds of the page
        rng = np.random.default_rng(seed)
        rng.random(600)
        clouds = rng.normal(size=(300, 2)) + np.c_[5 * y, 0 * y]
        assert np.bincount(fcluster(linkage(clouds, "single"), 2, "maxclust"))[1:].min() in (1, 2)


def test_evaluate_clusters() -> None:
    """4, 6, 7, 15, 2.8, 6.5, 1.2/3.7 = 0.32, and E by enumeration; halves of N(0, 1) differ by 1.6 and pass any
    t-test, also on a second sample; 99 % for a column with correlation 0.5; random groups: NMI rises, Rand can fall;
    purity 0.32 and 0.62, also with even sizes (quick check)."""
    from itertools import combinations

    labels, clusters = np.array([0, 0, 0, 1, 1, 1]), np.array([1, 1, 2, 2, 2, 2])
    first, second = np.triu_indices(6, 1)
    in_labels, in_clusters = labels[first] == labels[second], clusters[first] == clusters[second]
    together = int((in_labels & in_clusters).sum())
    assert (together, in_labels.sum(), in_clusters.sum(), len(first)) == (4, 6, 7, 15) and 1 + 3 == 4
    assert np.isclose(6 * 7 / 15, 2.8) and (6 + 7) / 2 == 6.5
    ari = (4 - 2.8) / (6.5 - 2.8)
    assert np.isclose(ari, 1.2 / 3.7) and round(ari, 2) == 0.32
    draws = []
    for chosen in combinations(range(6), 2):
        other = np.isin(np.arange(6), chosen)
        draws.append((in_labels & (other[first] == other[second])).sum())
    assert np.isclose(np.mean(draws), 2.8)
    from sklearn.metrics import adjusted_rand_score

    assert np.isclose(adjusted_rand_score(labels, clusters), ari)
    noisy = [0, 0, 1, -1, -1, -1]
    assert adjusted_rand_score(labels, noisy) == adjusted_rand_score(labels, [0, 0, 1, 2, 2, 2])

    rng = np.random.default_rng(0)
    x = np.sort(rng.normal(size=(2_000, 100)), 1)
    gap = x[:, 50:].mean(1) - x[:, :50].mean(1)
    assert abs(gap.mean() - 4 * stats.norm.pdf(0)) < 0.03 and round(4 * stats.norm.pdf(0), 1) == 1.6
    assert stats.ttest_ind(x[:, :50], x[:, 50:], axis=1).pvalue.max() < 0.001
    draws = rng.normal(size=(2_000, 100))
    other = np.take_along_axis(0.5 * draws + 0.75**0.5 * rng.normal(size=(2_000, 100)), draws.argsort(1), 1)
    found = (stats.ttest_ind(other[:, :50], other[:, 50:], axis=1).pvalue < 0.05).mean()
    assert abs(found - 0.99) < 0.005 + 4 * (0.99 * 0.01 / 2_000) ** 0.5
    big = 0.9**2 + 0.1**2  # pairs together in classes of 90 and 10 %; random groups join 1/k of the pairs
    rand = [big / k + (1 - big) * (1 - 1 / k) for k in (4, 20, 100)]
    assert rand[0] > rand[1] > rand[2]
    fresh = rng.normal(size=100)
    assert stats.ttest_ind(fresh[fresh > np.median(x[0])], fresh[fresh <= np.median(x[0])]).pvalue < 0.001

    y = np.repeat(np.arange(4), 50)
    for k, value in ((4, 0.32), (100, 0.62)):
        groups = rng.integers(0, k, (100, 200))
        table = np.zeros((100, k, 4))
        np.add.at(table, (np.arange(100)[:, None], groups, y), 1)
        purity = table.max(2).sum(1) / 200
        assert abs(purity.mean() - value) < 0.005 + 4 * purity.std() / 10 and purity.max() < (0.60 if k == 4 else 0.72)
    even = rng.permuted(np.tile(np.repeat(np.arange(4), 50), (400, 1)), axis=1).reshape(400, 100, 2)
    pure = np.where(even[..., 0] == even[..., 1], 2, 1).sum(1) / 200
    assert round(pure.mean(), 2) == 0.62 and abs(pure.mean() - (1 + 49 / 199) / 2) < 4 * pure.std() / 20
