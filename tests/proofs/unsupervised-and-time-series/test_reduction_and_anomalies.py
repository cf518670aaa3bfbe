"""Proofs for "Dimensionality reduction and anomalies": what the page states and has no room to run."""

from __future__ import annotations

from functools import cache
from importlib.metadata import distribution
from math import exp, log, log2, sqrt
from pathlib import Path

import numpy as np
from scipy import stats
from scipy.optimize import brentq

norm = np.linalg.norm


def test_principal_component_analysis() -> None:
    """The 2 x 2 case: 13 and 3, 81 %, score 4.47, rebuilt (2, 4), missed by (-2, 1); no direction beats the first in
    variance or error; SVD and covariance agree; regression slope 0.8 against 2; the class in the small column; circle,
    outlier, whitening, uncorrelated but dependent scores. Quick check: least squares on all 20 is unchanged."""
    s = np.array([[5.0, 4.0], [4.0, 11.0]])
    values, vectors = np.linalg.eigh(s)
    v = vectors[:, 1] * np.sign(vectors[0, 1])
    assert np.allclose(values, (3, 13)) and round(1300 / 16) == 81 and np.allclose(v, np.array([1, 2]) / sqrt(5))
    row = np.array([0.0, 5.0])
    score = row @ v
    assert round(score, 2) == round(10 / sqrt(5), 2) == 4.47 and np.allclose(score * v, (2, 4))
    assert np.allclose(row - score * v, (-2, 1)) and np.isclose(score**2, 20) and 25 == 20 + 5
    assert s[0, 1] / s[0, 0] == 4 / 5 and np.isclose(v[1] / v[0], 2)  # slope of the regression, of the component

    rng = np.random.default_rng(0)
    x = rng.normal(size=(1_000, 20)) @ rng.normal(size=(20, 20))
    x -= x.mean(0)
    values, vectors = np.linalg.eigh(np.cov(x.T))
    u, d, vt = np.linalg.svd(x, full_matrices=False)
    assert np.isclose(np.linalg.cond(np.cov(x.T)), (d[0] / d[-1]) ** 2)
    assert np.allclose(d**2 / 999, values[::-1]) and np.allclose(abs(vt @ vectors[:, ::-1]), np.eye(20), atol=1e-6)
    directions = rng.normal(size=(500, 20))
    directions /= norm(directions, axis=1, keepdims=True)
    kept = ((x @ directions.T) ** 2).sum(0)
    assert np.all(kept <= d[0] ** 2) and np.allclose(
        [norm(x - np.outer(x @ w, w)) ** 2 for w in directions[:5]], norm(x) ** 2 - kept[:5]
    )
    scores = u * d
    assert np.allclose(np.corrcoef(scores.T), np.eye(20), atol=1e-8)
    assert np.allclose((scores / scores.std(0)).std(0), 1)

    # two classes 4 apart, sd 1, beside sd 10: variances 1 + 4 and 100
    classes = np.diag([1.0 + 2.0**2, 100.0])
    assert np.allclose(abs(np.linalg.eigh(classes)[1][:, -1]), (0, 1))
    angle = np.arange(360) * np.pi / 180
    circle = np.column_stack([np.cos(angle), np.sin(angle)])
    assert np.allclose(np.cov(circle.T, ddof=0), np.eye(2) / 2)
    cloud = rng.normal(size=(100, 2)) * [2, 1]
    for far, first in ((0, 0), (100, 1)):
        data = np.r_[cloud, [[0, far]]]
        assert abs(np.linalg.svd(data - data.mean(0))[2][0]).argmax() == first
    t = np.linspace(-1, 1, 201)
    bent = np.column_stack([t, t**2 - np.mean(t**2)])
    assert abs(np.corrcoef(bent.T)[0, 1]) < 1e-9  # uncorrelated scores, one a function of the other

    y, new = rng.normal(size=1_000), rng.normal(size=(50, 20))
    ones, more = np.ones((1_000, 1)), np.ones((50, 1))
    plain = np.c_[more, new] @ np.linalg.lstsq(np.c_[ones, x], y)[0]
    turned = np.c_[more, new @ vt.T] @ np.linalg.lstsq(np.c_[ones, x @ vt.T], y)[0]
    assert np.allclose(plain, turned)


def test_scale_before_pca() -> None:
    """Eigenvalues 1 + |r| and 1 - |r|, 75 % at 0.5 in any unit; ten columns in one unit: 99 % against 20 %, one against
    nine for 95 %, also in samples; outliers take over after scaling by quartiles; two unrelated columns give 99.9 %;
    keys of the quick check: 80 %, against 36, 20 and 60 %."""
    for r in (0.5, -0.6, 0.1):
        values = np.linalg.eigvalsh([[1, r], [r, 1]])
        assert np.allclose(values, (1 - abs(r), 1 + abs(r)))
    assert 1.5 / 2 == 0.75
    values, vectors = np.linalg.eigh([[1, -0.6], [-0.6, 1]])
    assert np.isclose(values[1] / 2, 0.80) and np.isclose(values[0] / 2, 0.20) and np.isclose(0.6**2, 0.36)
    assert np.allclose(values, (0.4, 1.6)) and np.isclose(vectors[0, 1], -vectors[1, 1])
    rng = np.random.default_rng(0)
    data = rng.normal(size=(50, 2)) @ [[1, 1], [0, 2]]
    for unit in (1, 100):
        scaled = data * [unit, 1]
        z = (scaled - scaled.mean(0)) / scaled.std(0)
        assert np.allclose(np.cov(z.T, ddof=0), np.corrcoef(data.T))

    cov = np.diag([1.0, 1] + [0.1**2] * 8)
    cov[:2, :2] += 10**2
    sd = np.sqrt(np.diag(cov))
    shares = [np.linalg.eigvalsh(m)[::-1].cumsum() / np.trace(m) for m in (cov, cov / np.outer(sd, sd))]
    assert [round(100 * share[0]) for share in shares] == [99, 20]
    assert [int(np.sum(share < 0.95)) + 1 for share in shares] == [1, 9]
    for n in (200, 10_000):
        sample = rng.normal(size=(n, 10)) @ np.linalg.cholesky(cov).T
        share = np.linalg.eigvalsh(np.corrcoef(sample.T))[::-1].cumsum() / 10
        assert int(np.sum(share < 0.95)) + 1 == 9
    rows = np.c_[rng.normal(size=(1_000, 1)) + 0.5 * rng.normal(size=(1_000, 4)), rng.normal(size=1_000)]
    rows[:10, 4] = 30  # 1 % outliers in a column that has nothing to do with the others
    rows -= rows.mean(0)
    quartiles = np.percentile(rows, (25, 75), axis=0)
    spread = (rows.std(0), quartiles[1] - quartiles[0])
    weight = [abs(np.linalg.eigh(np.cov((rows / s).T))[1][4, -1]) for s in spread]
    assert weight[0] < 0.2 and weight[1] > 0.99
    assert np.diag([1.0, 40.0**2]).max() / (1 + 40**2) > 0.999


def test_how_many_components() -> None:
    """Eigenvalues of a correlation matrix average 1; the noise edge 2.1, the largest one 1.9 on average and above 1.5;
    the error of an eigenvalue near lambda sqrt(2 / n), 0.3 for 2.0 and 1.8; 5 % with 19 shuffles; key of the quick
    check: about ten of twenty with 10,000 rows. A target in the last component. A first component of 80 % of the
    variance hides a second one, found when alone, from parallel analysis."""
    edge = (1 + sqrt(20 / 100)) ** 2
    assert round(edge, 1) == 2.1
    rng = np.random.default_rng(0)
    x = rng.normal(size=(200, 100, 20))
    z = (x - x.mean(1, keepdims=True)) / x.std(1, keepdims=True)
    values = np.linalg.eigvalsh(z.swapaxes(1, 2) @ z / 100)
    assert np.allclose(values.mean(1), 1) and round(float(values[:, -1].mean()), 1) == 1.9 and values[:, -1].min() > 1.5
    assert 0.4 < np.mean(values > 1) < 0.5  # almost half
    many = rng.normal(size=(8, 10_000, 20))
    above = (np.linalg.eigvalsh(np.array([np.corrcoef(m.T) for m in many])) > 1).sum(1)
    assert abs(above.mean() - 10) < 0.7
    for value in (2.0, 1.8):
        assert round(value * sqrt(2 / 100), 1) == 0.3
    w = rng.normal(size=(1_000, 100, 2)) * [3, 1]
    w -= w.mean(1, keepdims=True)
    top = np.linalg.eigvalsh(w.swapaxes(1, 2) @ w / 99)[:, 1]
    assert abs(top.std() / (9 * sqrt(2 / 100)) - 1) < 0.12
    assert 1 / (19 + 1) == 0.05
    found = np.zeros(2)
    for _ in range(20):
        axes = np.linalg.qr(rng.normal(size=(20, 2)))[0].T
        for i, first in enumerate((0, 80)):
            x = rng.normal(size=(100, 2)) * np.sqrt((first, 2)) @ axes + rng.normal(size=(100, 20))
            both = np.r_[x[None], rng.permuted(np.repeat(x[None], 19, 0), axis=1)]
            both = (both - both.mean(1, keepdims=True)) / both.std(1, keepdims=True)
            ev = np.linalg.eigvalsh(both.swapaxes(1, 2) @ both / 100)[:, ::-1]
            found[i] += np.cumprod(ev[0] > ev[1:].max(0)).sum() > (first > 0)
    assert found[0] >= 18 and found[1] <= 4
    x = rng.normal(size=(1_000, 3)) * [3, 2, 0.1]  # the target is the smallest column
    x -= x.mean(0)
    scores, y = x @ np.linalg.svd(x, full_matrices=False)[2].T, x[:, 2]
    for k, left in ((2, 1.0), (3, 0.0)):
        misfit = y - scores[:, :k] @ np.linalg.lstsq(scores[:, :k], y)[0]
        assert np.isclose(misfit.var() / y.var(), left, atol=0.02)


def test_reading_t_sne() -> None:
    """A Gaussian at three standard deviations is 0.011, reached by the heavy tail at 9.4; perplexity of k equal
    neighbors is k; similarities do not change with the unit (quick check); squared distances grow 10,000-fold;
    scikit-learn starts from PCA. Swapping far groups changes nothing at perplexity 10, but does above their size; a
    group ten times as wide changes nothing if it stays far for its width, and much if not."""
    height = exp(-(3**2) / 2)
    assert round(height, 3) == 0.011 and round(sqrt(1 / height - 1), 1) == 9.4
    assert np.isclose(exp(-sum(log(1 / 7) / 7 for _ in range(7))), 7)
    source = Path(str(distribution("scikit-learn").locate_file("sklearn/manifold/_t_sne.py"))).read_text()
    assert 'init="pca",' in source and "def transform(" not in source  # read, since the import takes seconds

    def conditional(d2: np.ndarray, perplexity: float) -> np.ndarray:
        def weights(t: float) -> np.ndarray:
            p = np.exp(-(d2 - d2.min()) / np.exp(t))
            return p / p.sum()

        def excess(t: float) -> float:
            p = weights(t)
            return float(-(p * np.log(p + 1e-300)).sum()) - log(perplexity)

        middle = log(d2.mean())
        return weights(brentq(excess, middle - 12, middle + 12))

    rng = np.random.default_rng(0)
    d2 = ((rng.normal(size=(20, 5)) - rng.normal(size=5)) ** 2).sum(1)
    assert 100**2 == 10_000 and np.allclose(conditional(d2, 8), conditional(d2 * 100**2, 8))
    wide = conditional(d2, 8)
    assert np.isclose(np.exp(-(wide * np.log(wide)).sum()), 8)
    groups, sides = rng.normal(size=(3, 30, 10)), np.array([0.0, 50, 100])
    for perplexity in (10, 50):
        given = []
        for at in (sides, sides[[0, 2, 1]]):  # the second and the third group change places
            x = (groups + at[:, None, None]).reshape(90, 10)
            d2 = ((x[:, None] - x) ** 2).sum(-1)
            given.append(conditional(np.delete(d2[0], 0), perplexity))
        moved = abs(given[0] - given[1]).sum() / 2
        assert moved < 1e-6 if perplexity == 10 else moved > 0.05
    for apart, same in ((100, True), (5, False)):  # ten times as wide: far for the widths, or not
        given = []
        for wide_b in (1, 10):
            x = np.r_[groups[0], wide_b * groups[1] + apart]
            given.append([conditional(np.delete(((x - row) ** 2).sum(1), i), 10) for i, row in enumerate(x)])
        moved = np.abs(np.subtract(*given)).sum(1).mean() / 2
        assert moved < 1e-6 if same else moved > 0.05


def test_pca_tsne_or_umap() -> None:
    """Projection never lengthens a distance, and may shorten it to 0 (quick check); UMAP weights 1, 0.54, 0.30, 0.16,
    the same at ten times the distance, summing to log2 of 4; no edge between far groups; 50 million pairs; t-SNE has no
    transform and min_dist is absent from the weights by definition."""
    rng = np.random.default_rng(0)
    x = rng.normal(size=(60, 6)) * [5, 4, 3, 2, 1, 1]
    x -= x.mean(0)
    plane = x @ np.linalg.svd(x)[2][:2].T

    def distances(a: np.ndarray) -> np.ndarray:
        return norm(a[:, None] - a, axis=2)

    assert np.all(distances(plane) <= distances(x) + 1e-12)
    drawn, true = distances(plane)[np.triu_indices(60, 1)], distances(x)[np.triu_indices(60, 1)]
    assert np.any((drawn[:, None] > drawn) & (true[:, None] < true))  # closer in the picture, farther in truth

    def weights(d: np.ndarray) -> np.ndarray:
        gap = np.maximum(d - d.min(), 0)
        sigma = brentq(lambda s: np.exp(-gap / s).sum() - log2(d.size), 1e-3 * d.max(), 1e3 * d.max())
        return np.exp(-gap / sigma)

    w = weights(np.arange(1.0, 5))
    assert np.allclose(w.round(2), (1, 0.54, 0.30, 0.16)) and np.isclose(w.sum(), 2)
    assert np.allclose(weights(10 * np.arange(1.0, 5)), w)
    groups = np.r_[rng.normal(size=(12, 3)), rng.normal(size=(12, 3)) + 50]
    for shift in (0, 1_000):
        moved = groups + np.repeat([[0], [shift]], 12, axis=0)
        near = np.argsort(distances(moved), axis=1)[:, 1:6]  # five neighbors
        assert np.all((near < 12) == (np.arange(24) < 12)[:, None])
    assert round(10_000 * 9_999 / 2 / 1e6) == 50


def test_anomaly_detection() -> None:
    """Mahalanobis: the formula, 2.1 and 8.9, 12 % farther, chi-squared; each value alone is 2 out, below a robust cut
    of 3.5; 1,000 alarms and 98 % false; a quantile threshold flags 100 of 10,000 (quick check); a repeated row is in
    the densest place."""
    r = 0.9
    inverse = np.linalg.inv([[1, r], [r, 1]])
    for z, d in (((2, 2), 2.1), ((2, -2), 8.9)):
        squared = (z[0] ** 2 - 2 * r * z[0] * z[1] + z[1] ** 2) / (1 - r * r)
        assert np.isclose(squared, np.array(z) @ inverse @ z) and round(sqrt(squared), 1) == d
    assert round(100 * stats.chi2.sf(0.8 / (1 - r * r), 2)) == 12 and stats.chi2.sf(80, 2) < 1e-15
    alarms = round(0.01 * 100_000)
    assert alarms == 1_000 and round(100 * (1 - 20 / alarms)) == 98
    rng = np.random.default_rng(0)
    root = rng.normal(size=(5, 5))
    x = rng.normal(size=(20_000, 5)) @ root.T
    squares = (x @ np.linalg.inv(root @ root.T) * x).sum(1)
    assert stats.kstest(squares, stats.chi2(5).cdf).pvalue > 1e-4
    scores = rng.normal(size=10_000)
    assert np.sum(scores < np.percentile(scores, 1)) == 100  # as scikit-learn sets its offset
    rows = np.r_[rng.normal(size=(300, 2)), np.full((100, 2), 6.0)]
    fifth = np.sort(norm(rows[:, None] - rows, axis=2), axis=1)[:, 5]
    assert np.all(fifth[300:] == 0) and fifth[:300].min() > 0


def test_isolation_forest() -> None:
    """1, 2, 3, 10: first cut 7/9, mean cuts 1.24 and 2.88; c(n) is the mean path if all splits are equally likely, 10.2
    for 256, score 0.5 there; two or three anomalies of 256; the log: 90 % and 33 % (quick check); scaling changes
    nothing; contamination shifts the decision function. Of the rows in the table, Mahalanobis finds the pair and a
    robust z-score the single column."""

    def paths(values: list[float]) -> list[float]:
        @cache
        def mean(low: int, high: int, at: int) -> float:  # values low..high-1
            if high - low == 1:
                return 0.0
            span = values[high - 1] - values[low]
            return 1 + sum(
                (values[i + 1] - values[i]) / span * (mean(low, i + 1, at) if at <= i else mean(i + 1, high, at))
                for i in range(low, high - 1)
            )

        return [mean(0, len(values), at) for at in range(len(values))]

    by_hand = paths([1, 2, 3, 10])
    assert round(100 * 7 / 9) == 78 and round(by_hand[3], 2) == 1.24 and by_hand[1] == 2.875
    assert np.allclose(paths([0.01, 0.02, 0.03, 0.1]), by_hand)
    assert round(100 * (1_000 - 100) / (1_000 - 1)) == 90 and round(100 / 3) == 33
    assert min(paths([1, 10, 100, 1_000])) == paths([1, 10, 100, 1_000])[3] < paths([0, 1, 2, 3])[3]

    def c(n: int) -> float:
        return 2 * sum(1 / k for k in range(1, n)) - 2 * (n - 1) / n

    assert round(c(256), 1) == 10.2 and 2 ** (-c(256) / c(256)) == 0.5
    assert 2 ** (-0.0) == 1 and c(2) == 1
    exact = [0.0, 0.0]  # mean path if every split of the order is equally likely
    for n in range(2, 257):
        exact.append(1 + sum(2 * k / n * exact[k] for k in range(1, n)) / (n - 1))
    assert np.isclose(exact[256], c(256)) and 2 < 0.01 * 256 < 3
    source = Path(str(distribution("scikit-learn").locate_file("sklearn/ensemble/_iforest.py"))).read_text()
    assert "return self.score_samples(X) - self.offset_" in source  # contamination sets the offset only
    rng, d = np.random.default_rng(0), 50
    cov = np.eye(d)
    cov[0, 1] = cov[1, 0] = 0.95
    root, worst = np.linalg.cholesky(cov), []
    for _ in range(20):
        x, pair, lone, new = np.split(rng.normal(size=(556, d)) @ root.T, (256, 356, 456))
        pair[:, :2], lone[:, 2] = (2, -2), 5
        m = np.linalg.inv(np.cov(x.T))
        by_pair, by_new = (((y - x.mean(0)) @ m * (y - x.mean(0))).sum(1) for y in (pair, new))
        middle = np.median(x, 0)
        mad = 1.4826 * np.median(abs(x - middle), 0)
        z_lone, z_new = (abs((y - middle) / mad).max(1) for y in (lone, new))
        worst.append([np.mean(b > a[:, None]) for a, b in ((by_pair, by_new), (z_lone, z_new))])
    assert np.mean(worst, 0).max() < 0.01


def test_evaluate_anomaly_detector() -> None:
    """Bound 3 in 1,000, nearly 300 misses, recall 9 %, ten times the finds; standard error 4.6; about 10,000 clean
    rows; the counts of the expected table by binomials; quick check: between 20 and 100 true ones among B's alarms."""
    bound = 1 - 0.05 ** (1 / 1_000)
    assert round(bound, 3) == 0.003 and 290 < bound * 99_900 < 300 and round(100 * 30 / 330) == 9
    none = stats.hypergeom.pmf(0, 99_900, [297, 298], 1_000)  # drawn without replacement
    assert none[0] >= 0.05 > none[1]
    assert np.isclose(297 / 30, 10, atol=0.2) and round(100 * sqrt(0.3 * 0.7 / 100), 1) == 4.6
    needed = log(0.05) / log(1 - 30 / 99_900)
    assert 9_900 < needed < 10_000
    rng = np.random.default_rng(0)
    f1 = []
    for _ in range(100):
        flags, truth = rng.random(10_000) < 0.05, np.zeros(10_000, bool)
        truth[:500] = True
        adjusted = flags.copy()
        adjusted[:500] |= np.repeat(flags[:500].reshape(5, 100).any(1), 100)
        f1.append([2 * np.sum(f & truth) / (f.sum() + truth.sum()) for f in (flags, adjusted)])
    mean, error = np.mean(f1, 0), np.std(f1, 0, ddof=1) / 10
    assert abs(mean[0] - 0.05) < 4 * error[0] and abs(mean[1] - 0.675) < 4 * error[1] + 0.002
    a_true = 40
    for b_new in (0, 40, 80):  # true ones among B's other 80 alarms, unknown to A's labels
        assert 20 / a_true == 0.5 and 20 <= 20 + b_new <= 100
