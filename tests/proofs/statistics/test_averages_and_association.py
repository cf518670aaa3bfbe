"""Proofs for "Averages and association": what the page states and has no room to run, one function a question.

Numbers of the prose, keys of the quick checks, and the claims in mistakes and follow-ups.
"""

from __future__ import annotations

from math import e, gamma, log, pi, sqrt

import numpy as np
from scipy import stats
from sklearn.neighbors import KNeighborsClassifier


def test_covariance_vs_correlation() -> None:
    """1..5 against its double: 4 or 5, correlation 1, and 1.25 when the divisors are mixed; n - 1 is unbiased, n is
    low by the factor (n - 1)/n. Scaling, the line's share of variance, the variance of a sum, PCA in other units.
    X² against normal X at any center (exactly), XOR, a suppressor, normal marginals with a random sign, binary pairs,
    e^Z and e^-Z, one point at (20, 20), Fisher's interval, the scatter of r between independent columns. The first
    component need not follow the largest variance. Key of the quick check: 54 and 0.6."""
    x = np.arange(1.0, 6)
    y = 2 * x
    products = (x - x.mean()) * (y - y.mean())
    assert products.tolist() == [8, 2, 0, 2, 8]
    assert np.isclose(products.sum() / 5, 4) and np.isclose(np.cov(x, y)[0, 1], 5)
    for ddof in (0, 1):
        assert np.isclose(np.cov(x, y, ddof=ddof)[0, 1] / (x.std(ddof=ddof) * y.std(ddof=ddof)), 1)
    assert np.isclose(np.cov(x, y)[0, 1] / (x.std() * y.std()), 1.25)
    rng = np.random.default_rng(0)
    u = rng.normal(size=(40_000, 5))  # true covariance of u and 4 u + noise: 4
    v = 4 * u + rng.normal(size=u.shape)
    cov = ((u - u.mean(1, keepdims=True)) * (v - v.mean(1, keepdims=True))).sum(1)
    for divisor, truth in ((4, 4.0), (5, 3.2)):
        assert abs(cov.mean() / divisor - truth) < 4 * cov.std() / divisor / 200

    a = rng.normal(size=2_000)
    b = 0.7 * a + rng.normal(size=2_000)
    r, c = np.corrcoef(a, b)[0, 1], np.cov(a, b)[0, 1]
    for factor in (-3.0, 0.01, 100.0):
        assert np.isclose(np.cov(factor * a + 7, b)[0, 1], factor * c)
        assert np.isclose(np.corrcoef(factor * a + 7, b)[0, 1], np.sign(factor) * r)
    slope = c / a.var(ddof=1)
    assert np.allclose(np.polyfit(a, b, 1), [slope, b.mean() - slope * a.mean()])
    residual = b - np.polyval(np.polyfit(a, b, 1), a)
    assert np.isclose(1 - residual.var() / b.var(), r**2)
    assert np.isclose((a + b).var(ddof=1), a.var(ddof=1) + b.var(ddof=1) + 2 * c)
    for steep in (0.01, 5.0):
        assert np.isclose(np.corrcoef(a, steep * a)[0, 1], 1)

    # PCA: the unit decides on covariances; correlations are the covariances of standardized columns
    data = np.column_stack([a, b])
    first = [abs(np.linalg.eigh(np.cov((data * unit).T))[1][:, -1]) for unit in ([100, 1], [1, 100])]
    assert first[0][0] > 0.99 and first[1][1] > 0.99
    assert np.allclose(np.cov(((data - data.mean(0)) / data.std(0, ddof=1)).T), np.corrcoef(data.T))
    block = np.full((10, 10), 0.9) + 0.1 * np.eye(10)  # ten correlated columns of variance 1 beat one of variance 2 ...
    for variance, follows in ((2, False), (100, True)):  # ... but not one of variance 100
        full = np.block([[block, np.zeros((10, 1))], [np.zeros((1, 10)), np.full((1, 1), variance)]])
        assert bool(abs(np.linalg.eigh(full)[1][-1, -1]) > 0.99) is follows

    # X² for X ~ N(m, 1): Cov = 2m, Var X² = 4m² + 2 (by Gauss-Hermite quadrature)
    nodes, weights = np.polynomial.hermite_e.hermegauss(20)
    weights = weights / weights.sum()
    for m, shown in ((0, 0.00), (1, 0.82), (3, 0.97)):
        square = (nodes + m) ** 2
        mean = weights @ square
        covariance = weights @ (nodes * (square - mean))
        assert np.isclose(covariance, 2 * m)
        assert abs(covariance / sqrt(weights @ (square - mean) ** 2) - shown) < 0.005

    # columns that correlate at 0.98: each coefficient 1/sqrt(1 - 0.98²) = 5 times as uncertain, predictions as good
    assert abs(1 / sqrt(1 - 0.98**2) - 5) < 0.05
    errors, new = [], []
    for corr in (0.0, 0.98):
        x1 = rng.normal(size=(2_000, 60))
        x2 = corr * x1 + sqrt(1 - corr**2) * rng.normal(size=x1.shape)
        design = np.stack([x1, x2], axis=2)
        target = design.sum(2) + rng.normal(size=x1.shape)
        gram = np.swapaxes(design, 1, 2) @ design
        off = np.linalg.solve(gram, np.swapaxes(design, 1, 2) @ target[..., None])[..., 0] - 1
        errors.append(off[:, 0].std())
        new.append(np.mean(off[:, 0] ** 2 + off[:, 1] ** 2 + 2 * corr * off[:, 0] * off[:, 1]))
    assert abs(errors[1] / errors[0] - 5) < 0.4 and abs(new[1] / new[0] - 1) < 0.15

    bits = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    xor = bits[:, 0] ^ bits[:, 1]
    assert np.allclose(np.corrcoef(np.column_stack([bits, xor]).T), np.eye(3))
    # a suppressor: covariances of S, S + N, N by linearity, for any common variance
    for variance in (0.5, 1.0, 7.0):
        mix = np.array([[1, 0], [1, 1], [0, 1]])  # rows: S, S + N, N
        sigma = variance * mix @ mix.T
        assert sigma[0, 2] == 0 and np.isclose(sigma[0, 1] ** 2 / (sigma[0, 0] * sigma[1, 1]), 0.5)
        weights_both = np.linalg.solve(sigma[1:, 1:], sigma[1:, 0])
        assert np.allclose(weights_both, [1, -1])
        assert np.isclose(weights_both @ sigma[1:, 0], sigma[0, 0])  # together: all of the variance
    dollars = rng.normal(size=(1_000, 2)) @ np.array([[3.0, 1.0], [0.0, 2.0]])
    assert np.isclose(np.cov((dollars * [1, 100]).T)[0, 1], 100 * np.cov(dollars.T)[0, 1]) and 100 * 2_000 == 200_000
    for p11 in np.arange(0.01, 0.30, 0.01):  # binary, P(X) = 0.3, P(Y) = 0.6: covariance 0 only if independent
        table = np.array([[p11, 0.3 - p11], [0.6 - p11, 0.1 + p11]])
        assert np.isclose(p11 - 0.3 * 0.6, 0) == np.allclose(table, np.outer([0.3, 0.7], [0.6, 0.4]))
    z = rng.normal(size=200_000)
    signed = z * rng.choice([-1, 1], z.size)
    assert abs(np.corrcoef(z, signed)[0, 1]) < 4 * sqrt(3 / z.size)  # E[z⁴] = 3
    assert np.corrcoef(z**2, signed**2)[0, 1] > 0.999  # dependent all the same
    assert stats.kstest(signed, "norm").pvalue > 0.001

    # e^Z and e^-Z: Cov = 1 - e, both variances e(e - 1)
    assert np.isclose((1 - e) / (e * (e - 1)), -1 / e) and abs(-1 / e + 0.37) < 0.005
    assert np.isclose(stats.spearmanr(np.exp(z[:500]), np.exp(-z[:500]))[0], -1)
    for n in (100, 2_500):  # independent columns, normal and skewed: r scatters by 1/sqrt(n)
        for draw in (rng.normal, rng.exponential):
            left, right = draw(size=(2, 800, n))
            left, right = ((w - w.mean(1, keepdims=True)) / w.std(1, keepdims=True) for w in (left, right))
            assert abs((left * right).mean(1).std() * sqrt(n) - 1) < 4 / sqrt(2 * 800)
    lifted = []
    for seed in range(200):
        cloud = np.random.default_rng(seed).normal(size=(51, 2))
        cloud[-1] = 20
        lifted.append(np.corrcoef(cloud.T)[0, 1])
    assert 0.85 < np.mean(lifted) < 0.93 and np.std(lifted) < 0.05
    low, high = np.tanh(np.arctanh(0.3) + np.array([-1.96, 1.96]) / sqrt(27))
    assert abs(low + 0.07) < 0.005 and abs(high - 0.60) < 0.005

    celsius = rng.normal(10, 5, 5_000)
    cost = 100 - celsius + rng.normal(0, 6, 5_000)
    before, after = np.cov(celsius, cost), np.cov(1.8 * celsius + 32, -cost)
    assert np.isclose(after[0, 1] / before[0, 1], -1.8) and np.isclose(-1.8 * -30, 54)
    assert np.isclose(np.corrcoef(1.8 * celsius + 32, -cost)[0, 1], -np.corrcoef(celsius, cost)[0, 1])


def test_central_limit_theorem() -> None:
    """320 of 400; skewness of the draws and of their mean (quick check: 8 gives 0.25 and 0.025); the share of empty
    samples; most t intervals that miss lie too low under right skew, because s is small when the mean is low; with the
    true sigma they cover 0.95 to 0.98 at 30 rows and miss too high; the Cauchy average; the design effect of 50 users
    with 20 clicks; percentile and studentized bootstrap; Welch and pooled tests, equal and unequal groups; the median
    of Cauchy draws; unequal distributions with and without a dominating term."""
    s = sqrt(0.8 * 0.2)
    assert np.isclose(s, 0.4) and np.isclose(s / sqrt(400), 0.02) and np.isclose(s / sqrt(1600), 0.01)
    assert round(1.96 * 0.02, 2) == 0.04
    for sigma, skew in ((1, 6.2), (2, 414)):
        assert abs(float(stats.lognorm(sigma).stats(moments="s")) / skew - 1) < 0.01
    assert float(stats.expon.stats(moments="s")) == 2 and round(0.98**30, 2) == 0.55
    assert round(8 / sqrt(1_000), 2) == 0.25 and round(8 / sqrt(100_000), 3) == 0.025
    for n in (1, 10, 100):  # the mean of n exponentials is gamma with shape n
        assert np.isclose(float(stats.gamma(n, scale=1 / n).stats(moments="s")), 2 / sqrt(n))

    # the coverage at 2 % conversions, exactly
    for n, shown in ((30, 0.46), (100, 0.86), (1000, 0.95)):
        k = np.arange(n + 1)
        half = stats.t.ppf(0.975, n - 1) * np.sqrt(k / n * (1 - k / n) / (n - 1))
        assert abs(stats.binom.pmf(k, n, 0.02)[abs(k / n - 0.02) <= half].sum() - shown) < 0.01

    rng = np.random.default_rng(1)
    for sigma, n in ((1, 30), (1, 100), (2, 30), (2, 100), (2, 1000)):
        x = rng.lognormal(0, sigma, (2_000, n))
        half = stats.t.ppf(0.975, n - 1) * x.std(1, ddof=1) / sqrt(n)
        low, high = (x.mean(1) + half < np.exp(sigma**2 / 2)), (x.mean(1) - half > np.exp(sigma**2 / 2))
        assert low.sum() > 5 * high.sum()

    # 30 rows and the true sigma: 0.95 to 0.98, misses too high; so the loss is the price of s, which follows the mean
    def skewed(sigma: float) -> tuple[np.ndarray, float, float]:
        return rng.lognormal(0, sigma, (8_000, 30)), np.exp(sigma**2 / 2), float(stats.lognorm(sigma).std())

    rare = np.sqrt(0.02 * 0.98)
    for (x, mu, sigma), known, plugged, follows in (
        ((rng.random((8_000, 30)), 0.5, sqrt(1 / 12)), 0.95, 0.95, 0.0),
        ((rng.standard_exponential((8_000, 30)), 1, 1), 0.95, 0.93, 0.74),
        (skewed(1), 0.96, 0.88, 0.83),
        (skewed(2), 0.98, 0.66, 0.98),
        (((rng.random((8_000, 30)) < 0.02).astype(float), 0.02, rare), 0.98, 0.46, 0.95),
    ):
        mean, s_n = x.mean(1), x.std(1, ddof=1)
        z = (mean - mu) / (sigma / sqrt(30))
        inside = abs(mean - mu) <= stats.t.ppf(0.975, 29) * s_n / sqrt(30)
        assert abs(np.mean(abs(z) <= 1.96) - known) < 4 * sqrt(known * (1 - known) / 8_000) + 0.005
        assert abs(inside.mean() - plugged) < 4 * sqrt(plugged * (1 - plugged) / 8_000) + 0.005
        assert abs(np.corrcoef(mean, s_n)[0, 1] - follows) < 0.05
        if follows:
            assert np.sum(z > 1.96) > 1.5 * np.sum(z < -1.96)  # with the true sigma: too high
            assert np.mean(mean[~inside] < mu) > 0.8  # with s: too low ...
            assert s_n[~inside & (mean < mu)].mean() < 0.7 * sigma  # ... and too short
    hits = np.arange(31)
    exact = stats.binom.pmf(hits, 30, 0.02)[abs(hits / 30 - 0.02) <= 1.96 * rare / sqrt(30)].sum()
    assert round(exact, 2) == 0.98
    # the t quantile does pay for s where the data are normal, at any number of rows
    for n in (5, 30):
        x = rng.normal(size=(8_000, n))
        assert abs(np.mean(abs(x.mean(1)) <= stats.t.ppf(0.975, n - 1) * x.std(1, ddof=1) / sqrt(n)) - 0.95) < 0.01

    for n in (1, 10, 100, 1_000):  # quartiles of the average of n Cauchy draws: ±1, as for one
        quartiles = np.quantile(rng.standard_cauchy((2_000, n)).mean(1), [0.25, 0.75])
        assert np.all(abs(quartiles - [-1, 1]) < 0.25)  # standard error of a quartile here: 0.06
    # exactly: the characteristic function exp(-|t|/n) to the power n is exp(-|t|)
    grid = np.linspace(-5, 5, 11)
    for n in (2, 10_000):
        assert np.allclose(np.exp(-abs(grid) / n) ** n, np.exp(-abs(grid)))

    for mu in (0.0, 0.3):  # the sum of n normal draws spreads like sqrt(n), and drifts by n mu
        sums = rng.normal(mu, 1, (2_000, 400)).cumsum(1)[:, [99, 399]]
        assert np.all(abs(sums.std(0) / [10, 20] - 1) < 4 / sqrt(2 * 2_000))
        assert np.all(abs(sums.mean(0) - mu * np.array([100, 400])) < 4 * np.array([10, 20]) / sqrt(2_000))

    assert round(1000 / (1 + 19 * 0.5)) == 95
    clicks = np.sqrt(0.5) * (rng.normal(size=(2_000, 50, 1)) + rng.normal(size=(2_000, 50, 20)))
    means = clicks.mean((1, 2))
    assert abs(means.var() * 95.24 - 1) < 4 * sqrt(2 / 2_000)
    naive = clicks.reshape(2_000, -1).std(1) / sqrt(1_000)
    users = clicks.mean(2).std(1, ddof=1) / sqrt(50)
    assert np.mean(abs(means) < 1.96 * naive) < 0.55 and np.mean(abs(means) < 2.01 * users) > 0.93
    picks = rng.integers(50, size=(400, 50))  # whole users, resampled: as wide as the error over users
    whole = clicks[:200].mean(2)[:, picks].mean(2).std(1)
    assert abs(np.mean(whole / users[:200]) - 1) < 0.03

    covers = []
    for _ in range(20):
        x = rng.lognormal(0, 1, (100, 30))
        boot = np.take_along_axis(x[:, None].repeat(400, 1), rng.integers(30, size=(100, 400, 30)), 2)
        mean, error = x.mean(1), x.std(1, ddof=1) / sqrt(30)
        low, high = np.quantile(boot.mean(2), [0.025, 0.975], axis=1)
        ratio = (boot.mean(2) - mean[:, None]) / (boot.std(2, ddof=1) / sqrt(30))
        q_low, q_high = np.quantile(ratio, [0.025, 0.975], axis=1)
        truth = np.exp(0.5)
        covers.append(
            [
                np.mean((low <= truth) & (truth <= high)),
                np.mean((mean - q_high * error <= truth) & (truth <= mean - q_low * error)),
                np.mean(abs(mean - truth) <= stats.t.ppf(0.975, 29) * error),
            ]
        )
    percentile, studentized, plain = np.mean(covers, 0)  # standard errors about 0.007
    assert abs(percentile - 0.88) < 0.02 and abs(studentized - 0.92) < 0.02 and percentile < plain + 0.005

    for first, second in ((500, 500), (100, 900)):
        a, b = rng.lognormal(0, 1.5, (4_000, first)), rng.lognormal(0, 1.5, (4_000, second))
        low, high = {}, {}  # shares of false alarms in which the first group looks worse, better
        for pooled in (False, True):
            test = stats.ttest_ind(a, b, axis=1, equal_var=pooled)
            low[pooled] = np.mean((test.pvalue < 0.05) & (test.statistic < 0))
            high[pooled] = np.mean((test.pvalue < 0.05) & (test.statistic > 0))
        if first == second:
            for pooled in (False, True):
                assert low[pooled] + high[pooled] < 0.05 + 0.01 and abs(low[pooled] - high[pooled]) < 0.015
        else:  # Welch: 11 %, the small group too low; pooled: 5 %, the small group too high
            assert abs(low[False] + high[False] - 0.107) < 4 * sqrt(0.107 * 0.893 / 4_000)
            assert abs(low[True] + high[True] - 0.05) < 4 * sqrt(0.05 * 0.95 / 4_000)
            assert low[False] > 0.95 * (low[False] + high[False])  # 0.98, standard error 0.007
            assert high[True] > 0.85 * (low[True] + high[True])  # 0.93, standard error 0.02
            assert round((second - 1) / (first + second - 2), 1) == 0.9  # weight of the large group in pooled s²

    medians = np.median(rng.standard_cauchy((4_000, 401)), axis=1)  # f(0) = 1/pi
    assert abs(medians.std() / (pi / (2 * sqrt(401))) - 1) < 4 / sqrt(2 * 4_000) + 0.01
    assert stats.kstest(medians / medians.std(), "norm").statistic < 0.03

    # a larger standardized third absolute moment, a larger distance: rarer and rarer conversions, exactly, at one n
    k, distances, moments = np.arange(401), [], []
    for share in (0.5, 0.2, 0.05, 0.02):
        sd = sqrt(share * (1 - share))
        at, cdf = stats.norm.cdf((k - 400 * share) / (sd * 20)), stats.binom.cdf(k, 400, share)
        distances.append(max(abs(cdf - at).max(), abs(np.r_[0, cdf[:-1]] - at).max()))
        moments.append((share * (1 - share) ** 3 + (1 - share) * share**3) / sd**3)
        assert distances[-1] <= 0.4748 * moments[-1] / 20
    assert np.all(np.diff(distances) > 0) and np.all(np.diff(moments) > 0)

    # Berry-Esseen for exponentials, exactly: distance times sqrt(n) is bounded, the tail at 4 sigma is off by a factor
    points = np.linspace(-4, 4, 2_001)
    far = []
    for n in (10, 100, 1_000):
        mean = stats.gamma(n, loc=-sqrt(n), scale=1 / sqrt(n))  # sqrt(n) (mean - 1)
        assert abs(mean.cdf(points) - stats.norm.cdf(points)).max() * sqrt(n) < 0.4748 * 2.415  # E|X - 1|³ = 12/e - 2
        far.append(mean.sf(4) / stats.norm.sf(4))
    assert far[0] > far[1] > 5 and far[2] > 1.5

    # independent but not identical: uniform terms of many sizes, then one that dominates
    terms = rng.uniform(-1, 1, (4_000, 100))
    for scales, near in ((np.linspace(1, 5, 100), True), (np.r_[np.ones(99), 100], False)):
        total = terms @ scales
        distance = stats.kstest(total / sqrt((scales**2).sum() / 3), "norm").statistic
        assert bool(distance < 0.03) is near


def test_law_of_large_numbers() -> None:
    """Standard errors and the bounds 0.023 and 0.014, which hold in simulation for a class of 1,000 rules; one nearest
    neighbor stays at 32 % where 20 % of the labels of separable classes are flipped, in training and test, 2√n + 1 of
    them come to 20 %; against clean test labels it is 20 %; the same few users keep the average off, more and more
    users with several rows each only slow it; mini-batch gradients; a VC dimension d gives a gap of order √(d/n);
    the winner's bias grows with the candidates; gradient descent from zero finds the smallest norm; Cauchy averages
    do not settle; 505 heads; 0.25 % and one in 40 million; a forest's average settles off the truth; key of the
    quick check: the expected minimum of 1,000 binomials, exactly. The rows that the bound asks for grow like ln of
    the class."""
    assert np.isclose(sqrt(0.9 * 0.1 / 900), 0.01)
    bound = {m: sqrt(log(2 * m / 0.05) / 20_000) for m in (1, 1_000)}
    assert round(bound[1_000], 3) == 0.023 and round(bound[1], 3) == 0.014
    rows = [log(2 * m / 0.05) / (2 * 0.02**2) for m in (10, 100, 1_000, 10_000)]
    assert np.allclose(np.diff(rows, 2), 0)
    rng = np.random.default_rng(0)
    inside = [abs(rng.binomial(10_000, 0.5, 1_000) / 10_000 - 0.5).max() <= bound[1_000] for _ in range(400)]
    assert np.mean(inside) >= 0.95

    def gap(n: int, rules: int) -> float:
        return float(0.5 - np.mean(rng.binomial(n, 0.5, (200, rules)).min(1)) / n)

    for n in (100, 1_000, 10_000):  # about four fixed gaps, at any n; and more rules, more gap
        fixed = 0.5 * sqrt(2 / pi) / sqrt(n)  # mean absolute deviation of a share around 0.5
        assert 3.5 < gap(n, 1_000) / fixed < 4.5
        assert gap(n, 10) < gap(n, 1_000) < sqrt(log(1_000) / (2 * n))
    # with as many rules as labelings, the gap never closes
    assert all(gap(n, 2**n) > 0.25 for n in (4, 8, 12))

    # separable classes, 20 % of all labels flipped: one neighbor errs with 2 · 0.2 · 0.8, many neighbors with 0.2
    assert np.isclose(2 * 0.2 * 0.8, 0.32)
    one, many = [], []
    for n in (400, 4_000, 16_000):
        x = rng.normal(size=(n + 4_000, 2))
        y = (x[:, 0] > 0) ^ (rng.random(n + 4_000) < 0.2)
        fit = KNeighborsClassifier(1).fit(x[:n], y[:n])
        assert fit.score(x[:400], y[:400]) == 1.0
        one.append(1 - fit.score(x[n:], y[n:]))
        many.append(1 - KNeighborsClassifier(2 * int(sqrt(n)) + 1).fit(x[:n], y[:n]).score(x[n:], y[n:]))
    truth = (x[n:, 0] > 0) != fit.predict(x[n:])  # against clean labels: only the neighbor's flip counts
    assert abs(truth.mean() - 0.20) < 0.025
    assert np.all(abs(np.array(one) - 0.32) < 0.04) and abs(one[-1] - 0.32) < 0.025
    assert many[0] < one[0] and abs(many[-1] - 0.20) < 0.025

    # always the same 20 users, each with an error of its own: the average settles at theirs, 0.02 off on average over
    # such groups, however many rows each user gives
    users = rng.beta(1, 9, (2_000, 20))  # mean 0.10, standard deviation 0.0905
    for each in (1_000, 100_000):
        settled = (rng.binomial(each, users) / each).mean(1)
        assert abs(settled - users.mean(1)).max() < 6 * 0.5 / sqrt(20 * each)
        assert abs(settled.std() / (0.0905 / sqrt(20)) - 1) < 0.1

    # new users, 20 rows each: right on average, but the error is sqrt(1 + 19/11) times sigma/sqrt(n) at any number
    for many_users in (50, 500):  # correlation within a user: 1/(1 + 9 + 1)
        test = (rng.binomial(20, rng.beta(1, 9, (4_000, many_users))) / 20).mean(1)
        plain = 0.3 / sqrt(20 * many_users)
        assert abs(test.mean() - 0.1) < 4 * test.std() / sqrt(4_000)
        assert abs(test.std() / plain / sqrt(1 + 19 / 11) - 1) < 4 / sqrt(2 * 4_000) + 0.01

    # mini-batches of a least-squares gradient: unbiased at any size, closer as they grow
    rows_x, rows_y, weight = rng.normal(size=(1_000, 3)), rng.normal(size=1_000), np.ones(3)
    per_row = rows_x * (rows_x @ weight - rows_y)[:, None]
    spreads = []
    for size in (1, 16, 256):
        batches = per_row[rng.integers(1_000, size=(2_000, size))].mean(1)
        assert np.all(abs(batches.mean(0) - per_row.mean(0)) < 4 * batches.std(0) / sqrt(2_000))
        spreads.append(batches.std(0).mean())
    assert np.allclose(np.array(spreads[:-1]) / spreads[1:], 4, rtol=0.1)

    # d cells, any label in each: VC dimension d. With coin-flip labels the best rule is 0.4 sqrt(d/n) too good
    for n in (1_000, 16_000):
        for d in (4, 64):
            cells = rng.multinomial(n, np.full(2 * d, 1 / (2 * d)), 300).reshape(300, d, 2)
            assert abs((0.5 - cells.min(2).sum(1).mean() / n) / sqrt(d / n) - 0.4) < 0.05

    # among all perfect fits, gradient descent from zero ends at the one of smallest norm
    wide, goal, w = rng.normal(size=(10, 40)), rng.normal(size=10), np.zeros(40)
    for _ in range(5_000):
        w -= 0.01 * wide.T @ (wide @ w - goal)
    assert np.allclose(wide @ w, goal) and np.allclose(w, np.linalg.pinv(wide) @ goal)

    # Cauchy: the running average moves as much between 10⁵ and 10⁶ draws as between 10³ and 10⁴
    moves = []
    for _ in range(12):
        running = rng.standard_cauchy(100_000).cumsum() / np.arange(1, 100_001)
        moves.append([np.ptp(running[1_000:10_000]), np.ptp(running[10_000:])])
    early, late = np.median(moves, 0)
    assert late > 0.3 and late > early / 4
    steady = np.array([np.ptp((rng.random(100_000).cumsum() / np.arange(1, 100_001))[10_000:]) for _ in range(12)])
    assert np.all(steady < 0.02)

    assert 10 + 990 / 2 == 505 and 505 / 1_000 == 0.505

    def ball(d: int) -> float:
        return pi ** (d / 2) / gamma(d / 2 + 1) / 2**d

    assert round(100 * ball(10), 2) == 0.25 and abs(1 / ball(20) / 40e6 - 1) < 0.05

    # bagging: the average over bootstrap draws settles at the sample's own value, not the truth
    sample = rng.normal(size=50)
    bagged = rng.choice(sample, (20_000, 50)).mean(1)
    assert abs(bagged.mean() - sample.mean()) < 4 * bagged.std() / sqrt(20_000)
    assert abs(sample.mean()) > 4 * bagged.std() / sqrt(20_000)

    k = np.arange(10_001)
    above = stats.binom.sf(k, 10_000, 0.1) ** 1_000  # P(all of 1,000 exceed k)
    minimum = above.sum() / 10_000  # E[min] = sum over k of P(min > k)
    assert round(100 * minimum, 1) == 9.0 and abs((0.1 - minimum) / 0.003 - 3.2) < 0.05
    assert np.isclose(sqrt(0.1 * 0.9 / 10_000), 0.003)
    biases = [0.1 - (stats.binom.sf(k, 10_000, 0.1) ** m).sum() / 10_000 for m in (1, 10, 100, 1_000)]
    assert abs(biases[0]) < 1e-9 and np.all(np.diff(biases) > 0)  # the more candidates, the rosier the winner


def test_mean_vs_median() -> None:
    """Mean 100, median 15, sum 500 and 897 after the slip; grid minimizers of squared and absolute error; the median
    stays inside the good values until half are corrupted; segment means do combine; 49 % against 51 %; 60 % zeros; 7 %
    at log-scale deviation 2; ratio pi/2 and one half, simulated and by the formula; a 10 % trimmed mean beats both at t
    with 3 degrees of freedom; 39 %; Poisson 0.75; medians of groups do not average. Quick check: 20,000 is a third
    below 30,000."""
    orders = np.array([10.0, 12, 15, 20, 443])
    slip = np.array([10.0, 12, 15, 20, 4430])
    assert orders.sum() == 500 and orders.mean() == 100 and np.median(orders) == 15 and 5 * 15 == 75
    assert round(slip.mean()) == 897 and np.median(slip) == 15
    grid = np.arange(0, 500, 0.5)
    squared = ((orders[:, None] - grid) ** 2).sum(0)
    assert grid[squared.argmin()] == 100 and grid[abs(orders[:, None] - grid).sum(0).argmin()] == 15

    rng = np.random.default_rng(0)
    for n in (9, 10):
        good = rng.normal(size=n)
        for bad in range(n):
            for far in (1e9, -1e9):
                middle = np.median(np.r_[good[bad:], np.full(bad, far)])
                assert (good[bad:].min() <= middle <= good[bad:].max()) == (bad < n / 2)
        assert abs(np.mean(np.r_[good[1:], 1e9])) > 1e7

    before, after = np.array([[1, 4, 9], [8, 10, 11]]), np.array([[1, 5, 5], [3, 11, 11]])
    assert np.all(np.median(after, 1) > np.median(before, 1)) and np.median(after) < np.median(before)
    assert np.median(before) != np.median(before, 1).mean()
    for year in (before, after):
        assert np.isclose(year.mean(), year.mean(1).mean())  # equal sizes
    for heavy, low, high in ((490, 4, 6), (510, 98, 102)):
        spend = np.r_[rng.uniform(4, 6, 1_000 - heavy), rng.uniform(98, 102, heavy)]
        assert low <= np.median(spend) <= high
    assert np.median(np.r_[np.zeros(60), rng.lognormal(5, 2, 40)]) == 0

    # asymptotic variances: sigma² for the mean, 1/(4 f(0)²) for the median
    assert np.isclose(1 / (4 * stats.norm.pdf(0) ** 2), pi / 2) and round(pi / 2, 2) == 1.57
    assert round(100 * (pi / 2 - 1)) == 57
    assert np.isclose(1 / (4 * stats.laplace.pdf(0) ** 2) / stats.laplace.var(), 0.5)
    runs, n = 4_000, 201
    for draw, ratio in ((rng.normal, pi / 2), (rng.laplace, 0.5)):
        x = draw(size=(runs, n))
        found = np.median(x, 1).var() / x.mean(1).var()
        assert abs(found / ratio - 1) < 4 * sqrt(4 / runs) + 0.06  # 0.06: n is finite
    x = np.sort(rng.standard_t(3, (20_000, 50)), 1)
    spread = x[:, 5:45].mean(1).var()
    assert x.mean(1).var() > 1.2 * spread and x[:, 24:26].mean(1).var() > 1.05 * spread

    assert round(100 * float(stats.lognorm(2).std() / stats.lognorm(2).mean()) / sqrt(10_000)) == 7
    assert round(100 * (1 - 1 / float(stats.lognorm(1).mean()))) == 39 and np.isclose(stats.lognorm(1).median(), 1)
    assert stats.poisson.median(0.75) == 1 and float(stats.poisson(0.75).stats(moments="s")) > 1
    assert np.isclose(1 - 20_000 / 30_000, 1 / 3) and np.isclose(1 - 25 / 30, 1 / 6)


def test_standard_error() -> None:
    """0.357, 0.0113, 1.1 and 2.2 points (2.1 for 87 %); 68 % and 95 %; overlap of the two bars; McNemar's 0.013; the
    formula under copied rows; 5 % without errors at 3 %; the factor of a finite
    population, 5 % at a tenth. Quick check: the deviation stays, the error halves."""
    assert round(sqrt(0.85 * 0.15), 3) == 0.357 and round(sqrt(0.85 * 0.15 / 1_000), 4) == 0.0113
    z = float(stats.norm.ppf(0.975))
    assert round(100 * z * 0.01129, 1) == 2.2 and round(100 * z * sqrt(0.87 * 0.13 / 1_000), 1) == 2.1
    assert 85 + 2.2 > 87 - 2.1
    assert round(100 * (2 * stats.norm.cdf(1) - 1)) == 68 and round(z, 2) == 1.96
    assert round(float(stats.binomtest(20, 60).pvalue), 3) == 0.013
    a, b = (np.repeat(v, [830, 20, 40, 110]) for v in ([1, 1, 0, 0], [1, 0, 1, 0]))
    assert np.isclose((b - a).var(), 60 / 1_000 - 0.02**2) and np.cov(a, b)[0, 1] > 0
    assert np.isclose((b - a).var(), a.var() + b.var() - 2 * np.cov(a, b, ddof=0)[0, 1])
    error = a.std() / sqrt(len(a))
    assert np.isclose(error, sqrt(0.85 * 0.15 / 1_000)) and round(100 * error, 1) == 1.1
    twice = np.repeat(a, 2)
    assert np.isclose(twice.std() / sqrt(len(twice)), error / sqrt(2))
    assert round(0.97**100, 2) == 0.05

    rng = np.random.default_rng(0)
    for many in (100, 400):  # bars of one and of 1.96 standard errors around normal means
        x = rng.normal(size=(8_000, many))
        off = abs(x.mean(1)) / (x.std(1, ddof=1) / sqrt(many))
        for reach, share in ((1, 0.683), (1.96, 0.95)):
            assert abs(np.mean(off <= reach) - share) < 4 * sqrt(share * (1 - share) / 8_000) + 0.005

    people = rng.normal(size=500)  # without replacement: exact factor
    means = np.array([rng.permutation(people)[:50].mean() for _ in range(3_000)])
    expected = people.std(ddof=1) / sqrt(50) * sqrt(1 - 50 / 500)
    assert abs(means.std() / expected - 1) < 4 / sqrt(2 * 3_000)
    assert round(100 * (1 - sqrt(0.9))) == 5

    small, large = rng.exponential(size=(2_000, 500)), rng.exponential(size=(500, 2_000))
    assert abs(small.std(1).mean() - large.std(1).mean()) < 0.02
    assert abs(small.mean(1).std() / large.mean(1).std() - 2) < 2 * 4 * sqrt(1 / 4_000 + 1 / 1_000)


def test_bootstrap() -> None:
    """The exact delta-method error of F1 next to 0.040, and coverage of the interval in that population; the factor 3.2
    of rows against users; 63 % repeat the maximum and none exceeds it; no imitation at infinite variance; 11 % at 5
    rows; half the rows; a tuned threshold flatters F1; 5 % at 200 resamples and at 3 positives; more resamples leave
    the width; resampled means average to the sample mean. Quick check: users are right, rows and within-user draws are
    too small."""
    rng = np.random.default_rng(0)
    counts = np.array([60, 20, 30, 390])

    def f1(c: np.ndarray) -> np.ndarray:
        return np.asarray(2 * c[..., 0] / (2 * c[..., 0] + c[..., 1] + c[..., 2]))

    share, truth = counts / 500, float(f1(counts))
    size = 170.0  # 2 TP + FP + FN
    slope = np.array([2 / size - 2 * 120 / size**2, -120 / size**2, -120 / size**2, 0]) * 500
    delta = sqrt((share @ slope**2 - (share @ slope) ** 2) / 500)
    assert round(truth, 2) == 0.71 and abs(delta - 0.040) < 0.001
    samples = rng.multinomial(500, share, 1_000)
    assert abs(f1(samples).std() / 0.040 - 1) < 4 / sqrt(2_000) + 0.01
    low, high = np.quantile(f1(np.stack([rng.multinomial(500, c / 500, 300) for c in samples])), [0.025, 0.975], axis=1)
    assert abs(np.mean((low <= truth) & (truth <= high)) - 0.94) < 4 * sqrt(0.94 * 0.06 / 1_000)

    assert round(sqrt(1 + 19 * 0.5), 1) == 3.2
    ratings = rng.normal(size=(400, 50, 1)) + rng.normal(size=(400, 50, 20))  # correlation 0.5 within a user
    real = ratings.mean((1, 2)).std()
    rows = ratings.std((1, 2)).mean() / sqrt(1_000)  # a bootstrap mean's error is the plain deviation over sqrt n
    users = ratings.mean(2).std(1).mean() / sqrt(50)
    within = np.sqrt(ratings.var(2).mean(1)).mean() / sqrt(1_000)
    noise = 4 / sqrt(2 * 400)
    assert abs(real / rows / 3.24 - 1) < noise + 0.01 and abs(users / real - 1) < noise + 0.02
    assert within < rows < users / 3
    drawn = ratings[0].mean(1)[rng.integers(50, size=(4_000, 50))].mean(1)
    assert abs(drawn.std() / (ratings[0].mean(1).std() / sqrt(50)) - 1) < 4 / sqrt(2 * 4_000)

    for n in (100, 10_000):
        assert round(1 - (1 - 1 / n) ** n, 2) == 0.63
    x = rng.random(100)
    tops = x[rng.integers(100, size=(4_000, 100))].max(1)
    assert tops.max() == x.max() < 1 and abs(np.mean(tops == x.max()) - 0.634) < 4 * sqrt(0.23 / 4_000)
    # infinite variance: the spread (interquartile) of resampled means differs wildly from sample to sample
    for draw, steady in ((lambda s: rng.normal(size=s), True), (lambda s: rng.pareto(1.1, s), False)):
        ranges = []
        for _ in range(40):
            x = draw(500)
            means = rng.multinomial(500, np.full(500, 1 / 500), 100) @ x / 500
            ranges.append(np.subtract(*np.quantile(means, [0.75, 0.25])))
        assert bool(max(ranges) / min(ranges) < 2.5) is steady
    assert round(100 * (1 - sqrt(4 / 5))) == 11
    x = rng.normal(size=5)
    means = x[np.indices((5,) * 5).reshape(5, -1)].mean(0)  # all 3,125 resamples
    assert np.isclose(means.std(), sqrt(4 / 5) * x.std(ddof=1) / sqrt(5)) and np.isclose(means.mean(), x.mean())
    x = rng.exponential(size=200)
    half, full = (x[rng.integers(200, size=(4_000, n))].mean(1).std() for n in (100, 200))
    assert abs(half / full / sqrt(2) - 1) < 4 / sqrt(4_000)
    assert 1 / sqrt(2 * 200) == 0.05 and round(0.997**1_000, 2) == 0.05
    y = rng.random((2_000, 100)) < 0.3  # threshold tuned on the same rows: scores N(1, 1) and N(0, 1)
    score = rng.normal(y)
    order = (-score).argsort(1)
    found = 2 * np.take_along_axis(y, order, 1).cumsum(1) / (np.arange(1, 101) + y.sum(1, keepdims=True))
    cut = -np.sort(-score, 1)[np.arange(2_000), found.argmax(1)]
    hits, alarms = 0.3 * stats.norm.sf(cut - 1), 0.7 * stats.norm.sf(cut)
    excess = found.max(1) - 2 * hits / (hits + alarms + 0.3)
    assert excess.mean() > 4 * excess.std() / sqrt(2_000)
    few = rng.normal(size=(4_000, 200)).std(1, ddof=1)
    assert abs(few.std() - 0.05) < 4 * 0.05 / sqrt(8_000) + 0.001
    widths = [
        np.subtract(*np.quantile(rng.multinomial(200, np.full(200, 1 / 200), b) @ x, [0.975, 0.025]))
        for b in (1_000, 10_000)
    ]
    assert abs(widths[0] / widths[1] - 1) < 0.12


def test_simpsons_paradox() -> None:
    """The table and its totals, 75 and 67.5 at equal mix, A ahead at every common mix, the same with 1,000 times the
    rows, 1.5 standard errors; precision on the same rows, 54 % against 76 %, which rows exist for; equal weights rule
    it out for accuracy. Quick check: both days favor treatment, pooled 2.6 % against 3.9 %, and a common mix of days
    favors it too."""
    solved, seen = np.array([[90, 540], [765, 50]]), np.array([[100, 900], [900, 100]])
    assert solved.sum(1).tolist() == [630, 815] and seen.sum(1).tolist() == [1_000, 1_000]
    for scale in (1, 1_000):
        rates = scale * solved / (scale * seen)
        assert np.allclose(rates, [[0.9, 0.6], [0.85, 0.5]])
        assert np.allclose((scale * solved).sum(1) / (scale * seen).sum(1), [0.63, 0.815])
    assert np.allclose((rates * seen / seen.sum(1, keepdims=True)).sum(1), [0.63, 0.815])
    assert np.allclose(rates @ [0.5, 0.5], [0.75, 0.675])
    for hard in np.linspace(0, 1, 101):
        overall = rates @ [1 - hard, hard]
        assert overall[0] > overall[1]
    assert round(0.05 / sqrt(0.9 * 0.1 / 100 + 0.85 * 0.15 / 900), 1) == 1.5

    # precision: two segments of 200 rows, built row by row, both models on the same rows
    right, flagged = np.array([[9, 50], [80, 4]]), np.array([[10, 100], [100, 10]])
    precision = np.empty((2, 2))
    totals = np.zeros((2, 2))
    for segment in range(2):
        y = np.arange(200) < 100
        for model in range(2):
            hits, alarms = right[model, segment], flagged[model, segment]
            guess = np.zeros(200, bool)
            guess[:hits] = guess[100 : 100 + alarms - hits] = True
            precision[model, segment] = (y & guess).sum() / guess.sum()
            totals[model] += (y & guess).sum(), guess.sum()
    assert np.all(precision[0] > precision[1]) and precision[0].tolist() == [0.9, 0.5]
    assert np.round(100 * totals[:, 0] / totals[:, 1]).tolist() == [54, 76]

    users = np.array([[1_000, 5_000], [9_000, 5_000]])  # treatment, control; Monday, Tuesday
    rates = np.array([[0.052, 0.021], [0.050, 0.020]])
    pooled = (users * rates).sum(1) / users.sum(1)
    assert np.round(100 * pooled, 1).tolist() == [2.6, 3.9] and np.all(users.sum(0) == 10_000)
    assert np.all(rates[0] > rates[1]) and rates.mean(1)[0] > rates.mean(1)[1]


def test_regression_to_the_mean() -> None:
    """Luck of 1.8 points, r = 0.56 and 82.8; 0.93 and 84.6 with 5,000 rows; the run's leads, in both directions, the
    best lose 1.9, the rebound of about two points, the equal spread, more than half of the lead kept; r of skill plus
    luck, and the line with unequal spreads, simulated; the best of more candidates is further off; fresh rows for the
    second measurement take the bias away; a random half of the worst as control recovers the effect, the unselected do
    not."""
    luck = 100 * sqrt(0.8 * 0.2 / 500)
    assert round(luck, 1) == 1.8 and round(luck**2, 1) == 3.2
    r = 4 / (4 + luck**2)
    assert round(r, 2) == 0.56 and round(80 + r * 5, 1) == 82.8
    long = 4 / (4 + 100**2 * 0.16 / 5_000)
    assert round(long, 2) == 0.93 and round(80 + long * 5, 1) == 84.6

    rng = np.random.default_rng(1)
    skill = rng.normal(80, 2, (2_000, 100))
    last, this = rng.binomial(500, skill / 100, (2, 2_000, 100)) / 5
    assert abs(np.corrcoef(last.ravel(), this.ravel())[0, 1] - r) < 4 / sqrt(200_000) + 0.003
    assert abs(last.std() / this.std() - 1) < 4 / sqrt(200_000)
    shown = {"best": (84.5, 82.6, 82.6), "worst": (75.3, 77.4, 77.4), "now": (82.6, 82.6, 84.5)}
    for name, rank in (("best", -last), ("worst", last), ("now", -this)):
        chosen = np.argsort(rank, axis=1)[:, :10]
        for values, expected in zip((last, skill, this), shown[name], strict=True):
            means = np.take_along_axis(values, chosen, 1).mean(1)
            assert means.std() / sqrt(2_000) < 0.02
            assert abs(means.mean() - expected) < 0.05 + 4 * 0.02 * sqrt(2)
    best = np.argsort(-last, axis=1)[:, :10]
    kept = (np.take_along_axis(this, best, 1).mean() - 80) / (np.take_along_axis(last, best, 1).mean() - 80)
    assert 0.5 < kept < 0.65
    assert abs(np.take_along_axis(last - this, best, 1).mean() - 1.9) < 0.1
    worst = np.argsort(last, axis=1)[:, :10]
    rise = np.take_along_axis(this - last, worst, 1)
    assert abs(rise.mean() - 2.2) < 0.15

    # a fix worth 1 point for a random half of the worst: the halves differ by 1, before and after differ by 3
    mixed = rng.permuted(rise, axis=1)
    fixed, control = mixed[:, :5] + 1, mixed[:, 5:]
    difference = fixed.mean(1) - control.mean(1)
    assert abs(difference.mean() - 1) < 4 * difference.std() / sqrt(2_000)
    rest = ((this - last).sum() - rise.sum()) / (90 * 2_000)  # the 90 that were not chosen
    assert -0.4 < rest < 0 and fixed.mean() - rest > 3

    # the line with unequal spreads: E[Y | X = x] = mu_Y + r sigma_Y / sigma_X (x - mu_X)
    x = rng.normal(10, 2, 200_000)
    y = 50 + 0.6 * 5 * (x - 10) / 2 + 5 * sqrt(1 - 0.36) * rng.normal(size=x.size)
    assert abs(np.corrcoef(x, y)[0, 1] - 0.6) < 0.01 and abs(y.std() - 5) < 0.05
    near = abs(x - 14) < 0.1
    assert abs(y[near].mean() - (50 + 0.6 * 5 / 2 * 4)) < 4 * y[near].std() / sqrt(near.sum()) + 0.1

    # the winner's bias: more candidates, more noise, more bias
    noise = rng.normal(size=(2_000, 100))
    bias = [(size * noise[:, :k]).max(1).mean() for k, size in ((10, 1), (100, 1), (100, 2))]
    assert np.all(np.diff(bias) > 0.5)
    # selection on one half of the rows, measured on the other: no bias
    first, second = rng.binomial(250, skill / 100, (2, 2_000, 100)) / 2.5
    top = np.argsort(-first, axis=1)[:, :10]
    gap = np.take_along_axis(second - skill, top, 1).mean(1)
    assert abs(gap.mean()) < 4 * gap.std() / sqrt(2_000)
