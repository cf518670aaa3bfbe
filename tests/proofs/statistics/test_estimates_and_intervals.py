"""Proofs for "Estimates and intervals": what the page states and has no room to run, one function a question."""

from __future__ import annotations

from math import log, sqrt

import numpy as np
import pandas as pd
from scipy import special, stats
from scipy.optimize import minimize_scalar


def test_unbiased_variance() -> None:
    """The split of the squares; 80 and 99 %; bias, variance and error of the three divisors for five normal rows (0,
    0.50, 0.50; 0.20, 0.32, 0.36; 0.33, 0.22, 0.33) and that n + 1 is best; 0.94 for the root; the best divisor with
    kurtosis, exactly for coins; first row alone; 2.78; n - p residuals. Quick check: 0.894, 11 % smaller; 12 % the
    other way."""
    rng = np.random.default_rng(0)
    x = rng.normal(3, 1, (100_000, 5))
    middle = x.mean(1)
    squares = ((x - middle[:, None]) ** 2).sum(1)
    assert np.allclose(((x - 3) ** 2).sum(1), squares + 5 * (middle - 3) ** 2)
    assert abs(squares.mean() - 4) < 4 * squares.std() / sqrt(100_000)
    assert np.all(squares <= ((x - 3) ** 2).sum(1))
    assert round(100 * 4 / 5) == 80 and round(100 * 99 / 100) == 99

    shown = {4: (0.0, 0.50, 0.50), 5: (-0.20, 0.32, 0.36), 6: (-0.33, 0.22, 0.33)}
    for divisor, (bias, variance, error) in shown.items():
        exact = 4 / divisor - 1, 2 * 4 / divisor**2  # chi-square with 4 degrees of freedom: mean 4, variance 8
        assert np.allclose(np.round([*exact, exact[0] ** 2 + exact[1]], 2), (bias, variance, error))
        loss = (squares / divisor - 1) ** 2
        assert abs(loss.mean() - error) < 4 * loss.std() / sqrt(100_000) + 0.005
    means = x.mean(1)  # the last term of the split: 5 times the squared error of the mean averages 1
    last = 5 * (means - 3) ** 2
    assert abs(last.mean() - 1) < 4 * last.std() / sqrt(100_000)
    assert round(stats.t.ppf(0.975, 4), 2) == 2.78
    student = abs(means - 3) <= 2.78 * np.sqrt(squares / 4 / 5)
    assert abs(student.mean() - 0.95) < 4 * sqrt(0.95 * 0.05 / 100_000) + 0.001
    best = minimize_scalar(lambda c: (4 / c - 1) ** 2 + 8 / c**2, bounds=(1, 20), method="bounded").x
    assert abs(best - 6) < 1e-3
    roots = np.sqrt(squares / 4)
    c4 = sqrt(2 / 4) * special.gamma(2.5) / special.gamma(2)
    assert round(c4, 2) == 0.94 and abs(roots.mean() - c4) < 4 * roots.std() / sqrt(100_000)

    # best divisor E[S^2] / (variance E[S]), S the sum of squares, over all samples of coin flips
    for n in (3, 5, 8):
        flips = (np.arange(2**n)[:, None] >> np.arange(n)) & 1
        s = ((flips - flips.mean(1, keepdims=True)) ** 2).sum(1)
        divisor = np.mean(s**2) / (0.25 * s.mean())
        assert np.isclose(divisor, n + 1 - 2 * (n - 1) / n) and np.isclose(divisor, n - 1 + 2 / n)  # kurtosis -2
    for kind in ("first row", "mean"):  # both unbiased, only one settles down
        wide = rng.normal(3, 1, (2_000, 400))
        guess = wide[:, 0] if kind == "first row" else wide.mean(1)
        assert abs(guess.mean() - 3) < 4 * guess.std() / sqrt(2_000)
        assert (guess.std() > 0.9) == (kind == "first row")
    known = ((x - 3) ** 2).mean(1)  # the true mean is known: divide by n
    assert abs(known.mean() - 1) < 4 * known.std() / sqrt(100_000)
    design = np.column_stack([np.ones(12), rng.normal(size=(12, 3))])
    hat = design @ np.linalg.pinv(design)
    assert np.isclose(np.trace(np.eye(12) - hat), 12 - 4)

    scores = [0.81, 0.83, 0.80, 0.86, 0.84]
    ratio = np.std(scores) / pd.Series(scores).std()
    assert np.isclose(ratio, sqrt(4 / 5)) and round(ratio, 3) == 0.894
    assert round(100 * (1 - ratio)) == 11 and round(100 * (1 / ratio - 1)) == 12


def test_maximum_likelihood() -> None:
    """7 of 10 gives 0.7, by derivative and by search; the normal case; the three losses; variance 1/(nI) for the coin;
    the uniform maximum averages n/(n + 1) and errs like 1/n; mixtures diverge; halves in Neyman and Scott; the odds;
    a wrong model goes to the closest one. Quick check: 2, with 8 as its sum; 4 is the mean, 5 the middle of the
    range."""
    rng = np.random.default_rng(0)
    p = np.arange(1, 1_000) / 1_000
    assert p[np.argmax(7 * np.log(p) + 3 * np.log(1 - p))] == 0.7 and np.isclose(7 / 0.7 - 3 / 0.3, 0)
    odds = np.arange(1, 10_000) / 1_000  # the odds, searched directly
    assert abs(odds[np.argmax(7 * np.log(odds) - 10 * np.log(1 + odds))] - 0.7 / 0.3) < 0.001
    x = rng.normal(2, 3, 50)
    mean, sd = stats.norm.fit(x)
    assert np.isclose(mean, x.mean()) and np.isclose(sd**2, np.mean((x - mean) ** 2))

    # losses: differences of log-likelihoods are differences of losses, times a constant
    y, f, g = rng.normal(size=(3, 20))
    for density, loss, factor in ((stats.norm, np.square, 0.5), (stats.laplace, np.abs, 1.0)):
        gap = density.logpdf(y, f).sum() - density.logpdf(y, g).sum()
        assert np.isclose(gap, factor * (loss(y - g).sum() - loss(y - f).sum()))
    label, chance = rng.random(20) < 0.4, rng.random(20)
    entropy = -(label * np.log(chance) + (1 - label) * np.log(1 - chance)).sum()
    assert np.isclose(-stats.bernoulli.logpmf(label, chance).sum(), entropy)

    chance = 0.3  # Fisher information of a flip: variance of the score
    score = np.array([-1 / (1 - chance), 1 / chance])
    info = float(score**2 @ [1 - chance, chance])
    assert np.isclose(info, 1 / (chance * (1 - chance)))
    assert np.isclose(stats.binom.var(50, 0.3) / 50**2, 1 / (50 * info))

    for n in (10, 100, 1_000):
        largest = stats.beta(n, 1)  # of n rows uniform on 0 to 1
        assert np.isclose(largest.mean(), n / (n + 1)) and np.isclose(largest.mean() * (n + 1) / n, 1)
        assert 0.9 < n * sqrt((largest.mean() - 1) ** 2 + largest.var()) < 1.5

    rows = rng.normal(size=30)
    heights = [
        np.log(0.5 * stats.norm.pdf(rows) + 0.5 * stats.norm.pdf(rows, rows[0], s)).sum()
        for s in (1e-3, 1e-30, 1e-60, 1e-120)
    ]
    assert np.all(np.diff(heights) > 20)

    pairs = rng.normal(rng.normal(0, 5, (100_000, 1)), 1, (100_000, 2))
    estimate = ((pairs - pairs.mean(1, keepdims=True)) ** 2).mean()
    assert abs(estimate - 0.5) < 4 * 0.5 * sqrt(2 / 100_000)

    # exponential data, normal model: the expected log-likelihood is largest, so the divergence smallest, at 1 and 1
    v, sd = np.meshgrid(np.arange(50, 151) / 100, np.arange(50, 151) / 100)
    expected = -np.log(sd) - (1 + (1 - v) ** 2) / (2 * sd**2)  # variance 1, mean 1
    best = np.unravel_index(expected.argmax(), expected.shape)
    fit = stats.norm.fit(rng.exponential(size=100_000))
    assert (v[best], sd[best]) == (1, 1) and np.allclose(fit, 1, atol=0.03)

    # two parameters: the inverse of the information matrix of a normal row, diag(1, 2) / sigma^2 for mean and sigma
    fits = rng.normal(2, 3, (4_000, 400))
    spread = np.var([fits.mean(1), fits.std(1)], axis=1) * 400
    inverse = np.diag(np.linalg.inv(np.diag([1, 2]) / 9))
    assert np.allclose(inverse, (9, 4.5)) and np.allclose(spread / inverse, 1, atol=4 * sqrt(2 / 4_000) + 0.01)

    # a word without counts gets probability zero, pseudo-counts mend it
    counts = np.array([3, 0, 7])
    assert (counts / counts.sum())[1] == 0 and ((counts + 1) / (counts + 1).sum()).min() > 0

    grid, values = np.arange(0, 1_001) / 100, np.array([1, 2, 9])
    cost = abs(values[:, None] - grid)
    assert grid[cost.sum(0).argmin()] == 2 and cost.sum(0).min() == 1 + 0 + 7 == 8
    assert grid[(cost**2).sum(0).argmin()] == 4 and grid[cost.max(0).argmin()] == 5


def test_mle_vs_map() -> None:
    """Ridge with sigma^2/tau^2 and lasso with 2 sigma^2/tau are posterior modes; the table (0.722 and 0.700; 0.870 and
    0.864; 0.897 and 0.896, against 0.9); flat prior; peak at 0.722 or 0.70 by the parameter, 0.9 for the likelihood;
    prior variance halves when rows double. Quick check: 100; not 0.01, 10 or 20."""
    rng = np.random.default_rng(0)
    sigma, tau = 1.5, 0.4
    x = rng.normal(size=(30, 2))
    y = x @ [0.5, -0.3] + sigma * rng.normal(size=30)
    a, b = np.meshgrid(np.linspace(-2, 2, 81), np.linspace(-2, 2, 81))
    w = np.stack([a.ravel(), b.ravel()])
    fit = ((y[:, None] - x @ w) ** 2).sum(0)
    for prior, penalty in (
        (stats.norm(0, tau), sigma**2 / tau**2 * (w**2).sum(0)),
        (stats.laplace(0, tau), 2 * sigma**2 / tau * abs(w).sum(0)),
    ):
        posterior = stats.norm.logpdf(y[:, None], x @ w, sigma).sum(0) + prior.logpdf(w).sum(0)
        shifted = -2 * sigma**2 * posterior - (fit + penalty)
        assert np.ptp(shifted) < 1e-8  # equal up to a constant
    assert np.isclose(stats.laplace.pdf(0.7, 0, tau), np.exp(-0.7 / tau) / (2 * tau))

    def peak(a: float, b: float, log_odds: bool) -> float:
        p = np.linspace(0, 1, 100_001)[1:-1]
        return float(p[np.argmax(stats.beta.logpdf(p, a, b) + log_odds * np.log(p * (1 - p)))])

    shown = {10: (0.722, 0.700), 100: (0.870, 0.864), 1_000: (0.897, 0.896)}
    for n, (mode, mean) in shown.items():
        k = round(0.9 * n)
        assert abs(peak(5 + k, 5 + n - k, False) - (k + 4) / (n + 8)) < 1e-4 and round((k + 4) / (n + 8), 3) == mode
        assert round(stats.beta.mean(5 + k, 5 + n - k), 3) == mean
        assert abs(peak(1 + k, 1 + n - k, False) - 0.9) < 1e-4  # flat prior
    assert round(peak(14, 6, False), 3) == 0.722 and round(peak(14, 6, True), 2) == 0.70
    z = np.linspace(0, 4, 40_001)  # the likelihood, searched over log-odds: the same coin
    top = special.expit(z[np.argmax(9 * z - 10 * np.logaddexp(0, z))])
    assert abs(top - 0.9) < 1e-4
    assert abs(peak(10, 2, True) - 0.9) > 0.05  # flat in p, peak of the log-odds: no longer 0.9

    # truth 0.6, prior on 0 to 0.5 only: likelihood tends to 0.6, MAP stays at the edge; Beta(5, 5) reaches a coin of 1
    p = np.linspace(0, 1, 100_001)[1:-1]
    height = 60_000 * np.log(p) + 40_000 * np.log(1 - p)
    assert np.isclose(p[height.argmax()], 0.6) and np.isclose(p[p <= 0.5][height[p <= 0.5].argmax()], 0.5)
    assert (1_000_000 + 4) / (1_000_000 + 8) > 0.99999

    # flat prior on an intercept: profile it out, and the loss is that of centered data
    rows, targets, weight = rng.normal(3, 1, (30, 2)), rng.normal(5, 1, 30), np.array([0.4, -0.2])
    residual = targets - rows @ weight
    centered = (targets - targets.mean()) - (rows - rows.mean(0)) @ weight
    assert np.isclose(((residual - residual.mean()) ** 2).sum(), (centered**2).sum())

    def variance(n: int, strength: float) -> float:
        return sigma**2 / (n * strength)  # mean squared error + strength |w|^2, times n

    assert np.isclose(variance(200, 0.1), variance(100, 0.1) / 2)
    assert np.isclose(1 / 0.1**2, 100) and np.isclose(0.1**2, 0.01) and np.isclose(1 / 0.1, 10)
    assert np.isclose(2 / 0.1, 20)
    draws = rng.laplace(size=10_000)
    assert np.all(draws != 0)


def test_james_stein() -> None:
    """Total error below the plain averages at every truth tried, nearly no gain far from the target; positive part
    better; toward the grand mean with m - 3; unbiased share; 2.9 for the store at 4; ads 7.3 and
    7.9 from 30 % and 8.0; with unequal noise shrinking by each store's own noise can lose to the plain averages. Quick
    check: the bracket 1 - 8/6 is -1/3 and becomes zero; 0.2 is 1 - 8/10, and noise alone gives 10 on average."""
    rng = np.random.default_rng(1)
    for m, theta in ((3, np.zeros(3)), (3, np.array([1, -2, 5])), (10, np.full(10, 2.0)), (10, np.full(10, 5.0))):
        z = rng.normal(theta, 1, (40_000, m))
        square = (z**2).sum(1)
        factor = 1 - (m - 2) / square
        plain = ((z - theta) ** 2).sum(1)
        shrunk = ((factor[:, None] * z - theta) ** 2).sum(1)
        positive = ((np.maximum(0, factor)[:, None] * z - theta) ** 2).sum(1)
        exact = m - (m - 2) ** 2 * np.mean(1 / square)  # its risk
        assert abs(shrunk.mean() - exact) < 0.1 and exact < m
        gain = plain - shrunk
        assert gain.mean() > 4 * gain.std() / sqrt(40_000)
        assert positive.mean() <= shrunk.mean() + 1e-9
        excess = square - (theta**2).sum()
        assert abs(excess.mean() - m) < 4 * excess.std() / sqrt(40_000)
    far = rng.normal(30, 1, (40_000, 10))
    keep = 1 - 8 / (far**2).sum(1, keepdims=True)
    assert 9.5 < ((keep * far - 30) ** 2).sum(1).mean() < 10.1  # target far away: almost no gain
    middle = far.mean(1, keepdims=True)
    bracket = np.maximum(0, 1 - 7 / ((far - middle) ** 2).sum(1, keepdims=True))
    assert ((middle + bracket * (far - middle) - 30) ** 2).sum(1).mean() < 3  # target learned: large gain

    tau = 1.3
    truth = rng.normal(0, tau, (40_000, 10))
    share = 8 / (rng.normal(truth, 1) ** 2).sum(1)
    assert abs(share.mean() - 1 / (1 + tau**2)) < 4 * share.std() / sqrt(40_000)

    theta = np.r_[np.zeros(9), 4]
    z = rng.normal(theta, 1, (40_000, 10))
    last = (np.maximum(0, 1 - 8 / (z**2).sum(1)) * z[:, 9] - 4) ** 2
    assert abs(last.mean() - 2.9) < 4 * last.std() / sqrt(40_000) + 0.05

    raw, smooth = (3 / 10, 400 / 5_000), (8 / 110, 405 / 5_100)
    assert np.allclose(raw, (0.30, 0.080)) and (3 + 5, 400 + 5) == (8, 405)
    assert [round(100 * r, 1) for r in smooth] == [7.3, 7.9]
    assert np.allclose(smooth, (stats.beta.mean(5 + 3, 95 + 7), stats.beta.mean(5 + 400, 95 + 4_600)))
    means = rng.normal(size=50)
    pulled = 0.6 * means  # one positive factor keeps the order
    assert np.array_equal(np.argsort(means), np.argsort(pulled))

    noise, theta = np.r_[np.full(9, 0.01), 100.0], np.r_[np.zeros(9), 30.0]  # one noisy store far out
    z = rng.normal(theta, np.sqrt(noise), (2_000, 10))
    spread = np.ones((2_000, 1))  # the prior's variance, fitted to each sample: eight steps of EM
    for _ in range(8):
        share = spread / (spread + noise)
        spread = ((share * z) ** 2 + share * noise).mean(1, keepdims=True)
    own = ((spread / (spread + noise) * z - theta) ** 2).sum(1)
    assert own.mean() > ((z - theta) ** 2).sum(1).mean() * 1.5
    prior = rng.normal(0, 1.3, (40_000, 10))  # on average over the prior it wins
    z = rng.normal(prior, np.sqrt(noise))
    assert ((1.69 / (1.69 + noise) * z - prior) ** 2).sum(1).mean() < ((z - prior) ** 2).sum(1).mean()

    assert np.isclose(1 - 8 / 6, -1 / 3) and max(0, 1 - 8 / 6) == 0 and np.isclose(1 - 8 / 10, 0.2)
    alone = (rng.normal(size=(40_000, 10)) ** 2).sum(1)
    assert abs(alone.mean() - 10) < 4 * alone.std() / sqrt(40_000)


def test_confidence_interval() -> None:
    """82.8 to 87.2 from 0.0113 (0.85 times 0.15) and 0.022; exact coverage at 20, 100 and 1,000 rows; 83 % of repeats;
    2.58 and 31 % wider; a quarter of the variance at four times the rows; 4,900 rows for one point (0.1275);
    grouped rows lose coverage. Quick check: 0.77 for all five, almost 1 for at least one."""
    se = sqrt(0.85 * 0.15 / 1_000)
    assert round(se, 4) == 0.0113 and round(1.96 * se, 3) == 0.022
    assert [round(100 * e, 1) for e in (0.85 - 1.96 * se, 0.85 + 1.96 * se)] == [82.8, 87.2]

    def coverage(n: int, p: float, z: float = 1.96) -> float:
        k = np.arange(n + 1)
        half = z * np.sqrt(k / n * (1 - k / n) / n)
        return float(stats.binom.pmf(k, n, p)[abs(k / n - p) <= half].sum())

    for n, shown in ((20, 0.820), (100, 0.933), (1_000, 0.946)):
        assert abs(coverage(n, 0.85) - shown) < 4 * sqrt(0.95 * 0.05 / 20_000)
        assert sqrt(coverage(n, 0.85) * (1 - coverage(n, 0.85)) / 20_000) < 0.003

    repeats = 2 * stats.norm.cdf(1.96 / sqrt(2)) - 1
    assert round(100 * repeats) == 83
    rng = np.random.default_rng(0)
    first, second = rng.binomial(1_000, 0.85, (2, 100_000)) / 1_000
    inside = abs(first - second) <= 1.96 * np.sqrt(first * (1 - first) / 1_000)
    assert abs(inside.mean() - repeats) < 0.01
    z99 = float(stats.norm.ppf(0.995))
    assert round(z99, 2) == 2.58 and round(100 * (z99 / 1.96 - 1)) == 31
    assert np.isclose(sqrt(0.1275 / 4_000), sqrt(0.1275 / 1_000) / 2) and np.isclose(0.85 * 0.15, 0.1275)
    p = np.arange(1, 100) / 100
    assert p[np.argmax(p * (1 - p))] == 0.5
    assert abs(1.96**2 * 0.1275 / 0.01**2 - 4_900) < 5

    assert abs(np.std(first - second) / np.std(first) - sqrt(2)) < 0.01
    assert coverage(1_000, 0.85, z99) > 0.985 and abs(coverage(1_000, 0.5) - 0.95) < 0.006
    assert round(0.95**5, 2) == 0.77 and 1 - 0.05**5 > 0.999
    fives = rng.random((100_000, 5)) < 0.95
    assert abs(fives.all(1).mean() - 0.95**5) < 4 * sqrt(0.77 * 0.23 / 100_000)
    groups = rng.binomial(100, 0.85, 20_000) / 100  # 100 patients, ten photos each, all alike
    narrow = abs(groups - 0.85) <= 1.96 * np.sqrt(groups * (1 - groups) / 1_000)
    assert narrow.mean() < 0.55


def test_confidence_vs_credible() -> None:
    """82.7 to 87.1 by Wilson and by a flat prior; the normal posterior; 29 % shorter, 41 % at 3; two uniform rows: 50 %
    over all, midpoint uniform given d, certain from 0.5, d/(1 - d) and 11 % at 0.1, the flat-prior posterior alike; the
    pilot with 4 of 20 (8.1 to 41.6, 3.5 to 12.8, prior mean 5 %); 2.92 and 2.95. Quick check: about 950 of 1,000,
    though single effects are covered more or less often (2.5 % in each tail)."""

    def wilson(k: int, n: int) -> tuple[float, float]:
        p, center = k / n, (k + 1.96**2 / 2) / (n + 1.96**2)
        reach = 1.96 * sqrt(n * p * (1 - p) + 1.96**2 / 4) / (n + 1.96**2)
        ends = center - reach, center + reach
        assert all(np.isclose(abs(p - e), 1.96 * sqrt(e * (1 - e) / n)) for e in ends)
        return ends

    def credible(a: int, b: int) -> np.ndarray:
        return special.betaincinv(a, b, [0.025, 0.975])

    for ends in (wilson(850, 1_000), credible(851, 151)):
        assert [round(100 * e, 1) for e in ends] == [82.7, 87.1]
    assert [round(100 * e, 1) for e in wilson(4, 20)] == [8.1, 41.6]
    assert [round(100 * e, 1) for e in credible(5 + 4, 95 + 16)] == [3.5, 12.8] and 5 / (5 + 95) == 0.05
    assert round(100 * (1 - sqrt(0.5))) == 29

    theta = np.linspace(-9, 9, 36_001)  # posterior after x = 1.4: mean 0.7, variance 1/2
    weight = np.exp(-(theta**2) / 2 - (1.4 - theta) ** 2 / 2)
    weight /= weight.sum()
    assert np.isclose(weight @ theta, 0.7) and np.isclose(weight @ (theta - 0.7) ** 2, 0.5)

    rng = np.random.default_rng(0)
    half = 1.96 * sqrt(0.5)
    for truth, shown in ((0, 0.994), (1, 0.962), (2, 0.780), (3, 0.410)):
        hit = np.mean(abs(rng.normal(truth, 1, 50_000) / 2 - truth) <= half)
        assert abs(hit - shown) < 4 * sqrt(shown * (1 - shown) / 50_000) + 0.001
    effects = rng.normal(size=200_000)
    held = abs(rng.normal(effects, 1) / 2 - effects) <= half
    assert abs(1_000 * held.mean() - 950) < 4 * 1_000 * sqrt(0.95 * 0.05 / 200_000)

    rows = rng.random((400_000, 2)) - 0.5  # theta is 0
    low, high = rows.min(1), rows.max(1)
    d, covers = high - low, (low <= 0) & (high >= 0)
    assert abs(covers.mean() - 0.5) < 4 * 0.5 / sqrt(400_000)
    assert covers[d >= 0.5].all() and round(100 * 0.1 / 0.9) == 11
    for middle in (0.1, 0.3, 0.4):
        near = abs(d - middle) < 0.01
        share, middles = middle / (1 - middle), rows[near].mean(1)
        assert abs(middles.std() - (1 - middle) / sqrt(12)) < 0.01 and abs(middles).max() <= (1 - middle + 0.01) / 2
        assert abs(covers[near].mean() - share) < 4 * sqrt(share * (1 - share) / near.sum()) + 0.002
    # flat prior: the posterior is uniform on high - 1/2 to low + 1/2, a stretch of length 1 - d around the interval
    few = d < 0.5
    assert np.all((high - 0.5 <= low)[few]) and np.allclose((low + 0.5) - (high - 0.5), 1 - d)

    assert round(100 * (1 - 0.05 ** (1 / 101)), 2) == 2.92 == round(100 * special.betaincinv(1, 101, 0.95), 2)
    assert round(100 * (1 - 0.05 ** (1 / 100)), 2) == 2.95
    assert round(100 * special.ndtr(-1.96), 1) == 2.5


def test_zero_failures() -> None:
    """2.95, 3.62, 3.70 and 2.92 %, Wald zero; 0.37 and 0.006; -2.996; exact coverage never below 95 %, Wilson about
    95 % on average and below in places; 2,995 tests, 0.22 and 0.74, 4.6/n, 4.66 and 4.74;
    1.5 %; Wilson's upper end in closed form, both by SciPy; 0.39 for a clean hundred in ten attempts at 3 %;
    five attempts at 0.05/5 each. Quick check: 3,000, where 600 halves and 30,000 is the square."""
    assert round(100 * (1 - 0.05 ** (1 / 100)), 2) == 2.95 and round(log(0.05), 3) == -2.996
    zero = {m: stats.binomtest(0, 100).proportion_ci(method=m).high for m in ("exact", "wilson")}
    assert round(100 * zero["exact"], 2) == 3.62 == round(100 * (1 - 0.025 ** (1 / 100)), 2)
    assert f"{100 * zero['wilson']:.2f}" == "3.70" and round(100 * stats.beta.ppf(0.95, 1, 101), 2) == 2.92
    assert f"{100 * 1.96**2 / (100 + 1.96**2):.2f}" == "3.70"
    for fails in (0, 1, 4, 30):  # what the intervals keep: the same ends as SciPy's
        ends = stats.binomtest(fails, 100).proportion_ci(method="wilson")
        assert all(np.isclose(abs(fails / 100 - e), 1.95996 * sqrt(e * (1 - e) / 100), atol=1e-5) for e in ends)
        ends = stats.binomtest(fails, 100).proportion_ci(method="exact")
        assert np.isclose(stats.binom.cdf(fails, 100, ends.high), 0.025)
        assert fails == 0 or np.isclose(stats.binom.sf(fails - 1, 100, ends.low), 0.025)
    assert round(1 - (1 - 0.97**100) ** 10, 2) == 0.39
    assert round(log(0.05 / 5), 1) == -4.6 and 1 - (1 - 0.05 / 5) ** 5 <= 0.05
    assert round(0.99**100, 2) == 0.37 and 0.99**100 > 1 / 3 and round(0.95**100, 3) == 0.006

    k, rates = np.arange(101), np.linspace(0.0005, 0.9995, 1_000)
    pmf = stats.binom.pmf(k[:, None], 100, rates)
    z = stats.norm.ppf(0.975)
    exact = stats.beta.ppf(0.025, np.maximum(k, 1e-9), 101 - k), stats.beta.ppf(0.975, k + 1, np.maximum(100 - k, 1e-9))
    exact[0][0], exact[1][100] = 0, 1
    center, reach = (k + z**2 / 2) / (100 + z**2), z * np.sqrt(k * (100 - k) / 100 + z**2 / 4) / (100 + z**2)
    cover = {}
    for name, (low, high) in {"exact": exact, "wilson": (center - reach, center + reach)}.items():
        cover[name] = (pmf * ((low[:, None] <= rates) & (rates <= high[:, None]))).sum(0)
    assert cover["exact"].min() >= 0.95 and cover["exact"].mean() > 0.955
    assert abs(cover["wilson"].mean() - 0.95) < 0.005 and cover["wilson"].min() < 0.93

    n = np.arange(1, 6_000)
    assert n[0.999**n <= 0.05][0] == 2_995
    assert round(0.9995**2_995, 2) == 0.22 and round(0.9999**2_995, 2) == 0.74
    assert round(log(0.01), 1) == -4.6
    assert round(100 * stats.beta.ppf(0.95, 2, 99), 2) == 4.66
    assert round(stats.gamma.ppf(0.95, 2), 2) == 4.74  # one failure, many tests
    assert round(100 * stats.beta.ppf(0.95, 1, 199), 1) == 1.5
    assert 3 / 300 == 0.01 and round(100 * (1 - 0.05 ** (1 / 3_000)), 1) == 0.1
    assert round(100 * (1 - 0.05 ** (1 / 600)), 1) == 0.5


def test_overlapping_intervals() -> None:
    """2.77 and 3.92; 0.6 % false alarms; the case 0.782 to 0.818, 0.814 to 0.846 (0.83), 0.03 with 0.024, 2.4, 0.014;
    84 and 88 %; no overlap implies significance at any correlation; 1,600 and 1,630 right give 0.015; an estimate
    inside the other interval. Quick check: 3.2 lies between 2.77 and 3.92; 2.26."""
    z = float(stats.norm.ppf(0.975))
    assert round(z * sqrt(2), 2) == 2.77 and round(2 * z, 2) == 3.92
    assert round(100 * 2 * stats.norm.sf(2 * z / sqrt(2)), 1) == 0.6
    rng = np.random.default_rng(0)
    s, t = rng.uniform(0.1, 5, (2, 10_000))
    rho, d = rng.uniform(-1, 1, 10_000), rng.uniform(0, 20, 10_000)
    apart = d > z * (s + t)
    assert apart.sum() > 1_000 and np.all(d[apart] > z * np.sqrt(s**2 + t**2 - 2 * rho * s * t)[apart])
    inside = d < z * np.minimum(s, t)
    assert inside.sum() > 500 and np.all(d[inside] < z * np.hypot(s, t)[inside])

    se = np.sqrt(np.array([0.80 * 0.20, 0.83 * 0.17]) / 2_000)
    ends = np.round([0.80 - z * se[0], 0.80 + z * se[0], 0.83 - z * se[1], 0.83 + z * se[1]], 3)
    assert np.allclose(ends, (0.782, 0.818, 0.814, 0.846)) and ends[1] > ends[2]
    both = float(np.hypot(*se))
    assert round(z * both, 3) == 0.024 and round(0.03 / both, 1) == 2.4
    assert round(2 * stats.norm.sf(0.03 / both), 3) == 0.014

    for ratio, level in ((1, 83.4), (3, 87.9)):  # intervals that touch exactly at p = 0.05
        touch = z * sqrt(1 + ratio**2) / (1 + ratio)
        assert round(100 * (2 * stats.norm.cdf(touch) - 1), 1) == level
    assert abs(83.4 - 84) < 1 and abs(87.9 - 88) < 1

    assert 1_600 + 70 - 40 == 1_630 and 1_630 / 2_000 == 0.815 and np.isclose((70 - 40) / 2_000, 0.015)
    assert round(30 / sqrt(110), 2) == 2.86
    per_row = np.r_[np.ones(70), -np.ones(40), np.zeros(2_000 - 110)]
    assert np.isclose(per_row.var(), 110 / 2_000 - 0.015**2)
    assert stats.binomtest(70, 110).pvalue < 0.01  # the exact McNemar test agrees
    a = np.r_[np.ones(1_560), np.zeros(70), np.ones(40), np.zeros(330)]
    b = np.r_[np.ones(1_560), np.ones(70), np.zeros(40), np.zeros(330)]
    assert (a.sum(), b.sum()) == (1_600, 1_630)
    assert np.isclose(np.var(b - a), a.var() + b.var() - 2 * np.corrcoef(a, b)[0, 1] * a.std() * b.std())
    assert z * sqrt(2) < 3.2 < 2 * z and round(3.2 / sqrt(2), 2) == 2.26
