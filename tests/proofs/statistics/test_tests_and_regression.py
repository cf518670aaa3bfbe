"""Proofs for "Tests and regression": what the page states and has no room to run, one function a question."""

from __future__ import annotations

from math import comb, log, sqrt

import numpy as np
from scipy import special, stats
from sklearn.ensemble import RandomForestRegressor
from sklearn.linear_model import Lasso


def test_type_1_vs_type_2() -> None:
    """The approximate power 0.71 and the exact t test, whose misses the table shows; type I at alpha for any n and less
    noise as good as more rows; 64 % in twenty tests; 15.7 and 1,600 per arm; power 0.16 exaggerates 2.4 times; power
    from the observed effect is a function of p; key of the quick check: 45 of 105, 43 %. Swapping the hypotheses swaps
    the names; rates of a classifier."""
    z = float(stats.norm.ppf(0.975))
    assert round(z, 2) == 1.96 and np.isclose(0.5 * sqrt(25), 2.5)
    power = stats.norm.cdf(0.5 * sqrt(25) - z)
    assert round(power, 2) == 0.71 and round(1 - power, 2) == 0.29

    def miss(effect: float, n: int, alpha: float) -> float:
        cut, shift = stats.t.ppf(1 - alpha / 2, n - 1), effect * sqrt(n)
        return float(stats.nct.cdf(cut, n - 1, shift) - stats.nct.cdf(-cut, n - 1, shift))

    exact = {(n, alpha): miss(0.5, n, alpha) for n in (25, 50) for alpha in (0.05, 0.01)}
    for key, shown in (((25, 0.05), 0.333), ((25, 0.01), 0.594), ((50, 0.05), 0.064), ((50, 0.01), 0.197)):
        assert abs(exact[key] - shown) < 4 * sqrt(shown * (1 - shown) / 10_000)
    assert round(100 * exact[25, 0.01]) == 60 and abs(exact[25, 0.05] - 1 / 3) < 0.005
    assert round(exact[50, 0.05] + 0.05, 2) == 0.12
    assert np.isclose(miss(0.5, 100, 0.05), miss(1.0, 25, 0.05), atol=0.002)  # half the noise, a quarter of the rows
    assert exact[25, 0.05] > 1 - power  # the t test misses more often than the formula says
    assert max(sqrt(p * (1 - p) / 10_000) for p in exact.values()) <= 0.005
    assert exact[50, 0.01] < exact[25, 0.05] and exact[25, 0.01] > exact[25, 0.05]  # both errors lower; a trade
    # two one-sided tests at 5 % both reject exactly when the 90 % interval lies inside the margin
    for mean in np.linspace(-0.6, 0.6, 49):
        reach = stats.t.ppf(0.95, 24) / 5  # of the 90 % interval, for standard deviation 1 and 25 rows
        both = max(stats.t.sf((mean + 0.5) * 5, 24), stats.t.cdf((mean - 0.5) * 5, 24)) < 0.05
        assert both == (abs(mean) + reach < 0.5)
    curve = [miss(effect, 25, 0.05) for effect in (0.1, 0.3, 0.5, 0.8)]
    assert np.all(np.diff(curve) < 0)

    assert round(100 * (1 - 0.95**20)) == 64
    assert round(float(stats.norm.ppf(0.8)), 2) == 0.84
    per_arm = 2 * (z + stats.norm.ppf(0.8)) ** 2
    assert round(per_arm, 1) == 15.7 and abs(per_arm / 0.1**2 - 1_600) < 35
    shift = 0.1 * sqrt(1_600 / 2)  # two arms of 1,600, effect 0.1 sd
    assert 0.8 < stats.norm.cdf(shift - z) < 0.82

    rng = np.random.default_rng(1)
    x = rng.normal(0.2, 1, (40_000, 25))
    found = stats.ttest_1samp(x, 0, axis=1).pvalue < 0.05
    assert round(1 - miss(0.2, 25, 0.05), 2) == 0.16 and abs(found.mean() - 0.161) < 4 * sqrt(0.16 * 0.84 / 40_000)
    assert abs(x.mean(1)[found].mean() / 0.2 - 2.4) < 0.05
    seen = stats.norm.ppf(1 - 0.05 / 2)  # z of p = 0.05, put into the power formula
    assert np.isclose(stats.norm.cdf(seen - z), 0.5)
    for p in (0.01, 0.2):
        assert np.isclose(stats.norm.isf(p / 2) - z, stats.norm.ppf(stats.norm.cdf(stats.norm.isf(p / 2) - z)))

    false, hits = round(0.05 * 900), round(0.6 * 100)
    assert (false, hits, false + hits) == (45, 60, 105) and round(100 * false / 105) == 43
    assert false / 1_000 == 0.045 and round(100 * (1 - 0.6)) == 40
    rejected, null = rng.random(20_000) < 0.3, rng.random(20_000) < 0.8  # null false = positive
    table = np.array([[np.sum(rejected & null), np.sum(rejected & ~null)], [0, 0]])
    table[1] = [np.sum(~rejected & null), np.sum(~rejected & ~null)]
    assert np.isclose(table[0, 1] / table[:, 1].sum(), 1 - table[1, 1] / table[:, 1].sum())  # recall is 1 - beta
    shares = [0.05 * (1 - base) / (0.05 * (1 - base) + 0.6 * base) for base in (0.01, 0.1, 0.5)]
    assert shares[0] > 0.85 and shares[2] < 0.08  # the same two rates, any share of wrong rejections


def test_multicollinearity() -> None:
    """The variance formula and VIF from the inverse correlation matrix; 2.3, 10 and 50; 3.2; unbiased under overlap; n
    against VIF; noise in the columns is a ridge penalty on average; VIFs in the thousands without an intercept; 0.996
    and 0; centering leaves the fit; lasso drops now one, now the other; a forest divides importance; dropping biases to
    1.995; a duplicated column leaves many fits; with 1.5 and
    -0.5 the sum does worse than both columns (0.037, 2.01). Key of the quick check: nine times the rows."""
    for r, vif in ((0.75, 2.3), (0.95, 10), (0.99, 50)):
        assert abs(1 / (1 - r**2) - vif) < 0.3
    assert round(1 / (1 - 0.75**2), 1) == 2.3 and round(sqrt(10), 1) == 3.2

    rng = np.random.default_rng(0)
    mix = np.vstack([np.eye(4, 5), [1, 1, 1, 1, 0.2]])
    x = rng.normal(size=(300, 5)) @ mix.T
    centered = x - x.mean(0)
    from_inverse = np.diag(np.linalg.inv(np.corrcoef(x.T)))
    for j in range(5):
        others = np.delete(centered, j, 1)
        left = centered[:, j] - others @ np.linalg.lstsq(others, centered[:, j])[0]
        r2 = 1 - left @ left / (centered[:, j] @ centered[:, j])
        assert np.isclose(1 / (1 - r2), from_inverse[j])
        variance = np.linalg.inv(centered.T @ centered)[j, j]  # of the coefficient, for error variance 1
        assert np.isclose(variance, from_inverse[j] / (299 * x[:, j].var(ddof=1)))

    root = np.linalg.cholesky(np.array([[1, 0.99], [0.99, 1]]))
    many = rng.normal(size=(2_000, 60, 2)) @ root.T
    y = many @ [1.5, 0.5] + rng.normal(size=(2_000, 60))
    gram = many.swapaxes(1, 2) @ many
    b = np.linalg.solve(gram, many.swapaxes(1, 2) @ y[..., None])[..., 0]
    assert np.all(abs(b.mean(0) - [1.5, 0.5]) < 4 * b.std(0) / sqrt(2_000))  # unbiased
    assert abs(b.sum(1).std() - sqrt(4 / (3.98 * 60))) < 0.01 and b[:, 0].std() > 5 * b.sum(1).std()  # the sum is sure
    alone = (many[..., 0] * y).sum(1) / (many[..., 0] ** 2).sum(1)
    assert round(1.5 + 0.99 * 0.5, 3) == 1.995 and abs(alone.mean() - 1.995) < 4 * alone.std() / sqrt(2_000)

    # noise of variance 1 in the columns: the Gram matrix grows by n on the diagonal on average
    noisy = many + rng.normal(size=many.shape)
    grown = (noisy.swapaxes(1, 2) @ noisy - gram).mean(0)
    assert np.all(abs(grown - 60 * np.eye(2)) < 4 * 20 / sqrt(2_000))
    worse = np.linalg.solve(noisy.swapaxes(1, 2) @ noisy, noisy.swapaxes(1, 2) @ y[..., None])[..., 0]
    ridge = np.linalg.solve(gram + 60 * np.eye(2), many.swapaxes(1, 2) @ y[..., None])[..., 0]
    cov = root @ root.T
    excess = [np.einsum("ri,ij,rj->r", c - [1.5, 0.5], cov, c - [1.5, 0.5]).mean() for c in (b, worse, ridge)]
    assert excess[1] > 10 * excess[0] and abs(excess[1] / excess[2] - 1) < 0.1

    # coefficients of opposite sign: the sum is worse than both columns, alike or not
    opposite = np.array([1.5, -0.5])
    y = many @ opposite + rng.normal(size=(2_000, 60))
    b = np.linalg.solve(gram, many.swapaxes(1, 2) @ y[..., None])[..., 0] - opposite
    sums = many.sum(2)
    s = ((sums * y).sum(1) / (sums**2).sum(1))[:, None] - opposite
    for shape, shown in ((cov, 0.037), (np.eye(2), 2.01)):
        both, summed = (np.einsum("ri,ij,rj->r", c, shape, c) for c in (b, s))
        assert summed.mean() > both.mean() and abs(summed.mean() - shown) < 4 * summed.std() / sqrt(2_000) + 0.002

    # both columns cost what two independent columns cost: 2/(n - 3) without an intercept
    plain = rng.normal(size=many.shape)
    target = plain @ [1.5, 0.5] + rng.normal(size=(2_000, 60))
    free = np.linalg.solve(plain.swapaxes(1, 2) @ plain, plain.swapaxes(1, 2) @ target[..., None])[..., 0]
    apart = ((free - [1.5, 0.5]) ** 2).sum(1).mean()
    assert abs(excess[0] - 2 / 57) < 0.0035 and abs(apart - 2 / 57) < 0.0035  # standard error below 0.0009

    # ten times the rows against VIF 10, and nine times against VIF 9
    for factor in (9, 10):
        r = sqrt(1 - 1 / factor)
        wide = rng.normal(size=(100, 100 * factor, 2)) @ np.linalg.cholesky(np.array([[1, r], [r, 1]])).T
        plain = rng.normal(size=(100, 100, 2))
        variances = [np.linalg.inv(a.swapaxes(1, 2) @ a)[:, 0, 0].mean() for a in (wide, plain)]
        assert abs(variances[0] / variances[1] - 1) < 0.1

    far = 100 + rng.normal(size=(1_000, 4))
    assert np.all(np.diag(np.linalg.inv(far.T @ far)) * np.diag(far.T @ far) > 4_000)
    assert np.all(np.diag(np.linalg.inv(np.corrcoef(far.T))) < 1.02)

    grid = np.arange(10.0, 21)
    assert round(np.corrcoef(grid, grid**2)[0, 1], 3) == 0.996
    middle = grid - 15
    assert abs(np.corrcoef(middle, middle**2)[0, 1]) < 1e-12
    target = rng.normal(size=11)
    fits = [np.polyval(np.polyfit(g, target, 2), g) for g in (grid, middle)]
    assert np.allclose(*fits)
    doubled = np.column_stack([grid, grid])
    assert np.linalg.matrix_rank(doubled) == 1 and np.allclose(doubled @ [1, 0], doubled @ [0.3, 0.7])

    kept = np.array([Lasso(0.2).fit(a, a.sum(1) + rng.normal(size=60)).coef_ != 0 for a in many[:100]])
    single = kept[kept.sum(1) == 1]
    assert len(single) > 10 and 0.2 < single[:, 0].mean() < 0.8

    # ridge shrinks a direction by d/(d + penalty): most where the data vary least
    x, y = many[0], many[0] @ [1.5, 0.5]
    values, directions = np.linalg.eigh(x.T @ x)
    shrunk = directions.T @ np.linalg.solve(x.T @ x + np.eye(2), x.T @ y) / (directions.T @ [1.5, 0.5])
    assert np.allclose(shrunk, values / (values + 1)) and shrunk[0] < shrunk[1]

    x = rng.normal(size=(600, 2))
    y = x.sum(1) + 0.3 * rng.normal(size=600)
    twin = np.column_stack([x, x[:, 0] + 0.01 * rng.normal(size=600)])
    forests = [RandomForestRegressor(30, random_state=0).fit(a[:300], y[:300]) for a in (x, twin)]
    first, second = (f.feature_importances_ for f in forests)
    assert max(second[0], second[2]) < 0.75 * first[0]
    assert abs(forests[0].score(x[300:], y[300:]) - forests[1].score(twin[300:], y[300:])) < 0.03


def test_r_squared_and_tolerance() -> None:
    """R² never falls and adjusted R² rises exactly when |t| > 1; p/(n - 1), 0.30 and zero on useless columns, 32 % of
    which pass; the standard error from R² and tolerance; 0.5 and 0.9 by the spread of the input; random walks; below
    zero on new rows and, adjusted, below p/(n - 1); thresholds 1.41 and 2.6 of AIC and BIC. Key of the quick check:
    both rise at t = 1.2; a quarter (24 %) of useless columns pass that."""
    rng = np.random.default_rng(0)

    def fit(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray, float, float, float]:
        a = np.column_stack([np.ones(len(y)), x])
        inverse, df = np.linalg.inv(a.T @ a), len(y) - a.shape[1]
        b = inverse @ a.T @ y
        rss = float(np.sum((y - a @ b) ** 2))
        r2 = 1 - rss / float(np.sum((y - y.mean()) ** 2))
        error = np.sqrt(np.diag(inverse) * rss / df)
        return b[1:], error[1:], r2, 1 - (1 - r2) * (len(y) - 1) / df, rss

    risen = []
    for _ in range(300):
        x = rng.normal(size=(50, 6)) @ rng.normal(size=(6, 6))
        y = x[:, 0] + 3 * rng.normal(size=50)
        _, _, r2, adjusted, rss = fit(x[:, :5], y)
        b, se, r2_more, adjusted_more, rss_more = fit(x, y)
        t = b[-1] / se[-1]
        assert r2_more >= r2 and (adjusted_more > adjusted) == (abs(t) > 1)
        aic = 50 * log(rss / rss_more)  # what the column gains; AIC asks for 2
        assert np.isclose(aic, 50 * log(1 + t**2 / 43))
        risen.append((abs(t), adjusted_more - adjusted))
        tolerance = 1 - fit(x[:, :5], x[:, 5])[2]
        spread = y.std(ddof=1) / x[:, 5].std(ddof=1)
        assert np.isclose(se[-1], spread * sqrt((1 - r2_more) / (tolerance * 43)))
        assert np.isclose(tolerance, 1 / np.linalg.inv(np.corrcoef(x.T))[5, 5])
    near = [gain for t, gain in risen if 1 < t < 1.5]
    assert len(near) > 20 and min(near) > 0  # with t about 1.2 both rise
    for n in (1_000, 100_000):
        assert round(sqrt(n * (np.exp(2 / n) - 1)), 2) == 1.41
    assert round(sqrt(2), 2) == 1.41 and round(sqrt(log(1_000)), 1) == 2.6

    scores = np.array([fit(rng.normal(size=(100, 30)), rng.normal(size=100))[2:4] for _ in range(400)])
    errors = 4 * scores.std(0) / sqrt(400)
    assert abs(scores[:, 0].mean() - 30 / 99) < errors[0] and round(30 / 99, 2) == 0.30
    assert abs(scores[:, 1].mean()) < errors[1]
    assert np.all((scores[:, 1] < 0) == (scores[:, 0] < 30 / 99))
    for df in (40, 100, 1_000):
        assert round(100 * 2 * stats.t.sf(1, df)) == 32
    assert round(100 * 2 * stats.t.sf(1.2, 43)) == 24 and 2 * stats.t.sf(1.2, 43) > 0.05

    for spread, share in ((1, 0.5), (3, 0.9)):
        assert np.isclose(spread**2 / (spread**2 + 1), share)
    a, b = rng.normal(size=(2, 10_000, 100)).cumsum(2)
    a, b = a - a.mean(1, keepdims=True), b - b.mean(1, keepdims=True)
    r2 = (a * b).sum(1) ** 2 / ((a * a).sum(1) * (b * b).sum(1))
    assert abs(np.mean(r2 > 0.5) - 1 / 6) < 4 * sqrt(5 / 36 / 10_000)

    # Low tolerance, sound predictions: two near-copies, a small held-out error
    x = rng.normal(size=(400, 1)) + 0.05 * rng.normal(size=(400, 2))
    y = x.sum(1) + 0.1 * rng.normal(size=400)
    coefs = np.linalg.lstsq(x[:200], y[:200])[0]
    assert 1 / np.linalg.inv(np.corrcoef(x[:200].T))[0, 0] < 0.1
    assert 1 - np.mean((y[200:] - x[200:] @ coefs) ** 2) / y[200:].var() > 0.98
    # worse than the mean: below zero
    y = rng.normal(size=50)
    assert 1 - np.sum((y - 2) ** 2) / np.sum((y - y.mean()) ** 2) < 0
    logs = rng.normal(size=10_000)  # exp of the mean log is the median, below the mean
    assert np.exp(logs.mean()) < 0.7 * np.exp(logs).mean()


def test_p_value() -> None:
    """The coin: 22/1024 two-sided, 11/1024 one-sided, 10/1024 for one head alone, 0.008 for 5,000 of 10,000; choosing
    the side afterward gives 10 %; uniform p at any number of rows, 0.109 and 2.1 % for counts; the bins of the figure;
    false shares 20 %, 60 % just below 0.05, 48 % at 0.03, 54 %; p of the two comparisons of rates; a repeat at p =
    0.05; the interval holds what is not rejected; key of the quick check: 5 of 100."""
    ways = np.array([comb(10, k) for k in range(11)])
    distance = abs(np.arange(11) - 5)
    tails = [int(ways[distance >= d].sum()) for d in (5, 4, 3)]
    assert tails == [2, 22, 112] and [round(t / 1024, 3) for t in tails[1:]] == [0.021, 0.109]
    assert np.isclose(stats.binomtest(1, 10).pvalue, 22 / 1024) and round(100 * 22 / 1024, 1) == 2.1
    assert ways[:2].sum() == 11 and round(11 / 1024, 3) == 0.011 and round(ways[1] / 1024, 4) == 0.0098
    assert round(comb(10_000, 5_000) / 2**10_000, 3) == 0.008
    assert comb(10_000, 5_000) > comb(10_000, 4_999)

    rng = np.random.default_rng(3)
    for rows in (5, 50):
        x = rng.normal(size=(20_000, rows))
        t = x.mean(1) / x.std(1, ddof=1) * sqrt(rows)
        p = 2 * stats.t.sf(abs(t), rows - 1)
        bins = np.histogram(p, 20, (0, 1))[0] / 20_000
        assert np.all(abs(bins - 0.05) < 4 * sqrt(0.05 * 0.95 / 20_000))
        side = np.minimum(stats.t.sf(t, rows - 1), stats.t.cdf(t, rows - 1))
        assert abs(np.mean(side < 0.05) - 0.10) < 4 * sqrt(0.1 * 0.9 / 20_000)
    assert np.isclose(100 * 0.05, 5)  # expected between 0.90 and 0.95

    z = float(stats.norm.isf(0.025))

    def below(p: np.ndarray, shift: float) -> np.ndarray:
        cut = stats.norm.isf(p / 2)
        return stats.norm.sf(cut - shift) + stats.norm.cdf(-cut - shift)

    bars = 100 * np.diff(below(np.linspace(0, 1, 21), z))
    assert [round(b) for b in bars[:2]] == [50, 12] and np.all(np.diff(bars) < 0) and bars[-1] < 1

    shift = z + float(stats.norm.ppf(0.8))
    power = float(below(np.array([0.05]), shift)[0])
    assert round(power, 4) == 0.8
    null, real = 0.8 * 0.05, 0.2 * power
    assert round(null / (null + real), 2) == 0.20
    null, real = 0.8 * 0.01, 0.2 * float(np.diff(below(np.array([0.04, 0.05]), shift))[0])
    assert abs(null / (null + real) - 0.60) < 0.01
    cut = stats.norm.isf(0.03 / 2)
    times = (stats.norm.pdf(cut - shift) + stats.norm.pdf(cut + shift)) / (2 * stats.norm.pdf(cut))  # density of p
    assert round(0.8 / (0.8 + 0.2 * float(times)), 2) == 0.48
    assert round(100 * 0.95 * 0.05 / (0.95 * 0.05 + 0.05 * 0.8)) == 54

    def compare(a: float, b: float, n: int) -> float:
        middle = (a + b) / 2
        return float(2 * stats.norm.sf(abs(a - b) / sqrt(2 * middle * (1 - middle) / n)))

    assert round(compare(0.10, 0.1004, 10_000_000), 3) == 0.003 and round(compare(0.10, 0.18, 100), 2) == 0.10
    assert round(100 * (0.1004 - 0.10), 2) == 0.04
    assert round(float(below(np.array([0.05]), z)[0]), 2) == 0.50  # truth where the result was: the repeat
    sample = rng.normal(0.3, 1, 25)
    low, high = stats.t.interval(0.95, 24, sample.mean(), stats.sem(sample))
    for value in np.linspace(-0.5, 1, 31):
        assert (stats.ttest_1samp(sample, value).pvalue > 0.05) == (low < value < high)
    # repeated rows per user make p small: 10 clicks each, correlation 0.5, no effect
    clicks = rng.normal(size=(2_000, 50, 1)) + rng.normal(size=(2_000, 50, 10))
    assert np.mean(stats.ttest_1samp(clicks.reshape(2_000, 500), 0, axis=1).pvalue < 0.05) > 0.3


def test_statistical_power() -> None:
    """The formula gives 14,748, about 14,750, with 7.85; 14,950 corrected; exact power 0.800, 0.18 and 0.08 with
    exaggeration and wrong signs as the fence shows; 3.8 points; four times for half the lift, a third more for 0.9,
    half for half the variance, 2.8 times for a 90/10 split; 16 for means; 1.7 points with 5,000; misses 82 %; planning
    with a significant pilot; key of the quick check: 57,760, and 0.29."""
    z, w = float(stats.norm.ppf(0.975)), float(stats.norm.ppf(0.8))
    assert (round(z, 3), round(w, 3), round((z + w) ** 2, 2)) == (1.96, 0.842, 7.85)
    assert round((1.960 + 0.842) ** 2, 2) == 7.85

    def users(p: float, q: float, power: float = 0.8) -> float:
        return float((z + stats.norm.ppf(power)) ** 2 * (p * (1 - p) + q * (1 - q)) / (q - p) ** 2)

    assert np.isclose(0.11 * 0.89, 0.0979) and np.isclose(0.09 + 0.0979, 0.1879)
    assert round(users(0.10, 0.11)) == 14_748 and round(7.85 * 0.1879 / 0.0001, -1) == 14_750

    size = users(0.10, 0.11)
    assert round(size / 4 * (1 + sqrt(1 + 4 / (size * 0.01))) ** 2, -1) == 14_950  # with continuity correction

    def exact(n: int, q: float = 0.11) -> tuple[float, float, float, float]:
        """Power, exaggeration, share of wrong signs and deviation of the exaggeration, within seven standard errors."""
        ks = [np.arange(max(0, int(n * r - 7 * sqrt(n * r))), int(n * r + 7 * sqrt(n * r))) for r in (0.10, q)]
        weight = np.outer(stats.binom.pmf(ks[0], n, 0.10), stats.binom.pmf(ks[1], n, q))
        gap, middle = (ks[1] - ks[0][:, None]) / n, (ks[1] + ks[0][:, None]) / (2 * n)
        weight = weight * (abs(gap) > z * np.sqrt(2 * middle * (1 - middle) / n))
        power = float(weight.sum())
        size, wrong = float((weight * abs(gap)).sum()) / power, float((weight * (gap < 0)).sum()) / power
        spread = sqrt(float((weight * gap**2).sum()) / power - size**2)
        return power, size / (q - 0.10), wrong, spread / (q - 0.10)

    shown = {500: (0.080, 4.65, 0.082), 2_000: (0.178, 2.42, 0.008), 14_750: (0.800, 1.13, 0.0)}
    for n, (power, size, wrong) in shown.items():
        a, b, c, spread = exact(n)
        assert abs(a - power) < 0.001 and abs(b - size) < 0.02 and abs(c - wrong) < 0.002
        found = 400_000 * a
        assert sqrt(a * (1 - a) / 400_000) < 0.001 and sqrt(c * (1 - c) / found) < 0.002
        assert spread / sqrt(found) <= 0.005
    assert round(100 * exact(500)[2]) == 8 and round(100 * (1 - exact(2_000)[0])) == 82 and exact(500)[1] > 4
    assert round(100 * z * sqrt(2 * 0.105 * 0.895 / 500), 1) == 3.8

    assert round(users(0.10, 0.105), -1) == 57_760 and 3.8 < users(0.10, 0.105) / users(0.10, 0.11) < 4
    assert round(exact(14_750, 0.105)[0], 2) == 0.29
    assert 0.105 * 0.895 < 0.11 * 0.89 and 2 * 14_750 == 29_500
    assert abs(sqrt(2) * 14_750 - 20_900) < 50 and round(sqrt(2), 1) == 1.4
    assert round(users(0.10, 0.11, 0.9) / users(0.10, 0.11), 2) == 1.34  # a third more
    assert round(1 / (4 * 0.9 * 0.1), 1) == 2.8
    assert abs(2 * (z + w) ** 2 - 16) < 0.5  # v = 2 sigma^2
    assert round(users(0.10, 0.1174), -2) in (5_000, 5_100) and abs(users(0.10, 0.1174) / 5_000 - 1) < 0.02
    assert round(100 * 0.0174, 1) == 1.7
    pilot = 0.01 * exact(2_000)[1]  # a significant pilot: planned for 2.4 points, power at the true point is low
    assert users(0.10, 0.10 + pilot) < 0.25 * users(0.10, 0.11)


def test_choose_a_test() -> None:
    """Equal sizes give one t; pooled errors 5 times 5 %, 0.002; Welch's power 0.77 against 0.80; McNemar 0.011 against
    0.10 on two samples; 5.5 and 40 % for ten clicks at correlation 0.5; log-normal rows 8 % and 6 %; the pre-test
    notices under half and the two steps raise 11 %, Welch 6 %; Fisher is cautious; a fifth of the variance for pairs;
    chi-square is z squared; 1.962; key of the quick check: a third of the variance, 1.16 and 25 %."""
    rng = np.random.default_rng(1)

    def both(n: int, m: int, sx: float, sy: float, effect: float = 0) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Is it significant, pooled and Welch, and the p-value of an F test of equal variances; 20,000 samples."""
        x, y = rng.normal(effect, sx, (20_000, n)), rng.normal(0, sy, (20_000, m))
        gap, vx, vy = abs(x.mean(1) - y.mean(1)), x.var(1, ddof=1), y.var(1, ddof=1)
        pooled = ((n - 1) * vx + (m - 1) * vy) / (n + m - 2) * (1 / n + 1 / m)
        own = vx / n + vy / m
        df = own**2 / ((vx / n) ** 2 / (n - 1) + (vy / m) ** 2 / (m - 1))
        if n == m:
            assert np.allclose(pooled, own)
        tail = special.fdtr(m - 1, n - 1, vy / vx)
        student, welch = (2 * special.stdtr(d, -gap / np.sqrt(v)) for d, v in ((n + m - 2, pooled), (df, own)))
        return student < 0.05, welch < 0.05, 2 * np.minimum(tail, 1 - tail)

    both(10, 10, 1, 3)
    pooled, welch, _ = both(80, 20, 1, 1, 0.7)
    assert abs(pooled.mean() - 0.797) < 0.012 and abs(welch.mean() - 0.774) < 0.012  # standard error 0.003
    pooled, welch, test = both(15, 5, 1, 2)
    steps = np.where(test < 0.05, welch, pooled).mean()
    assert 0.43 < np.mean(test < 0.05) < 0.48 and abs(steps - 0.11) < 0.009
    assert abs(welch.mean() - 0.057) < 4 * sqrt(0.057 * 0.943 / 20_000)
    level = 0.0  # Fisher's exact test is cautious: 20 and 20 rows, both rates 0.2
    for total in range(41):
        chance = stats.hypergeom.pmf(np.arange(21), 40, 20, total)
        p = np.where(chance <= chance[:, None] * (1 + 1e-9), chance, 0).sum(1)
        level += float(stats.binom.pmf(total, 40, 0.2)) * float(chance[p <= 0.05].sum())
    assert 0.02 < level < 0.025
    for (n, m), (sx, sy), shown in (((80, 20), (1, 3), 0.254), ((80, 20), (3, 1), 0.002)):
        share = sqrt(((n - 1) * sx**2 + (m - 1) * sy**2) / (n + m - 2) * (1 / n + 1 / m) / (sx**2 / n + sy**2 / m))
        assert abs(2 * stats.norm.sf(1.98 * share) - shown) < 0.015

    assert (1_750 + 50) / 2_000 == 0.90 and (1_750 + 80) / 2_000 == 0.915
    assert round(stats.binomtest(50, 130).pvalue, 3) == 0.011
    apart = 0.015 / sqrt((0.9 * 0.1 + 0.915 * 0.085) / 2_000)
    assert round(float(2 * stats.norm.sf(apart)), 2) == 0.10

    assert 1 + 9 * 0.5 == 5.5 and round(float(2 * stats.norm.sf(1.96 / sqrt(5.5))), 2) == 0.40

    for rows, runs, shown in ((1, 20_000, 0.076), (10, 4_000, 0.058)):
        x, y = np.exp(rng.normal(size=(runs, 80 * rows))), np.exp(rng.normal(size=(runs, 20 * rows)))
        vx, vy = x.var(1, ddof=1) / (80 * rows), y.var(1, ddof=1) / (20 * rows)
        df = (vx + vy) ** 2 / (vx**2 / (80 * rows - 1) + vy**2 / (20 * rows - 1))
        alarms = np.mean(2 * special.stdtr(df, -abs(x.mean(1) - y.mean(1)) / np.sqrt(vx + vy)) < 0.05)
        assert abs(alarms - shown) < 4 * sqrt(shown * (1 - shown) / runs) and round(100 * shown) in (8, 6)

    assert np.isclose((2 - 2 * 0.8) / 2, 1 / 5)
    table = np.array([[30, 970], [52, 948]])
    middle = table[:, 0].sum() / 2_000
    z = (0.052 - 0.030) / sqrt(2 * middle * (1 - middle) / 1_000)
    chi = stats.chi2_contingency(table, correction=False)
    assert np.isclose(chi.statistic, z**2) and np.isclose(chi.pvalue, 2 * stats.norm.sf(z))
    assert round(float(stats.t.ppf(0.975, 1_000)), 3) == 1.962 and round(float(stats.norm.ppf(0.975)), 3) == 1.960

    share = (899 + 99 * 4) / 998 * (1 / 900 + 1 / 100) / (1 / 900 + 4 / 100)
    assert round(share, 2) == 0.35 and abs(1.96 * sqrt(share) - 1.16) < 0.005
    assert round(100 * 2 * float(stats.norm.sf(1.96 * sqrt(share)))) == 25
    reverse = (899 * 4 + 99) / 998 * (1 / 900 + 1 / 100) / (4 / 900 + 1 / 100)  # the large group is the noisy one
    assert 2 * stats.norm.sf(1.96 * sqrt(reverse)) < 0.01


def test_mann_whitney() -> None:
    """U over nm is the AUC, ties half; theta 0.60 and 0.41 exact, 1/2 with 15 % rejected; the example with money: 4 and
    2 dollars, 0.54, p-values; efficiency 5 %, a third, 16 %; shuffling the difference 25 %, Welch's t 5 %; the dice;
    key of the quick check: 0.6 and a mean of 4."""
    rng = np.random.default_rng(5)
    x, y = rng.integers(0, 6, 40), rng.integers(1, 7, 30)
    u = float(stats.mannwhitneyu(x, y).statistic)
    pairs = np.mean(x[:, None] > y) + np.mean(x[:, None] == y) / 2
    ranks = stats.rankdata(np.r_[x, y])
    assert np.isclose(u / 1_200, pairs) and np.isclose(ranks[:40].sum() - 40 * 41 / 2, u)

    # mirrored exponentials: X > Y when the sum of two exponentials passes 2 ln 2 or 2
    theta = [float(stats.gamma.sf(cut, 2)) for cut in (2 * log(2), 2)]
    assert [round(v, 2) for v in theta] == [0.60, 0.41] and np.isclose(np.exp(-log(2)), 0.5)

    runs = 5_000
    wide = np.concatenate([rng.normal(0, 4, (runs, 40)), rng.normal(0, 1, (runs, 160))], 1)
    rank = wide.argsort(1).argsort(1) + 1
    z = ((rank[:, :40].sum(1) - 820) / 6_400 - 0.5) / sqrt(201 / (12 * 6_400))
    assert abs(np.mean(abs(z) > 1.96) - 0.153) < 4 * sqrt(0.153 * 0.847 / runs)

    control, treated = np.repeat([200.0, 0], [20, 980]), np.repeat([20.0, 0], [100, 900])
    assert (control.mean(), treated.mean()) == (4, 2)
    result = stats.mannwhitneyu(treated, control)
    assert round(float(result.statistic) / 1e6, 2) == 0.54 and result.pvalue < 0.0001
    assert 2 * stats.norm.sf(0.039 / sqrt(2_001 / 12e6)) > 0.002  # so the correction for ties matters
    assert round(float(stats.ttest_ind(treated, control, equal_var=False).pvalue), 2) == 0.03

    grid = np.linspace(-30, 30, 600_001)
    step = grid[1] - grid[0]
    root = sqrt(5)  # the density at which the bound is reached, variance 1
    cases = ((stats.norm.pdf(grid), 1.05), (np.exp(-abs(grid)) / 2, 0.67), (3 / 20 * root * (1 - grid**2 / 5), 1.16))
    for density, more in cases:
        density = np.clip(density, 0, None)
        variance, square = (grid**2 * density).sum() * step, (density**2).sum() * step
        assert np.isclose(density.sum() * step, 1, atol=1e-4) and round(1 / (12 * variance * square**2), 2) == more

    # permutations: 20 rows of sd 3, 80 of sd 1, the same shuffles for all samples
    runs, shuffles = 3_000, 400
    data = np.concatenate([rng.normal(0, 3, (runs, 20)), rng.normal(0, 1, (runs, 80))], 1)
    chosen = np.zeros((100, shuffles + 1))
    chosen[:20, 0] = 1
    for j in range(1, shuffles + 1):
        chosen[rng.permutation(100)[:20], j] = 1
    first, squares = data @ chosen, data**2 @ chosen
    second, rest = data.sum(1, keepdims=True) - first, (data**2).sum(1, keepdims=True) - squares
    gap = abs(first / 20 - second / 80)
    spread = (squares - first**2 / 20) / 19 / 20 + (rest - second**2 / 80) / 79 / 80
    for statistic, shown, room in ((gap, 0.25, 0.035), (gap / np.sqrt(spread), 0.05, 0.02)):
        p = np.mean(statistic >= statistic[:, :1] - 1e-12, axis=1)
        assert abs(np.mean(p <= 0.05) - shown) < room

    dice = [np.array(faces) for faces in ((2, 4, 9), (1, 6, 8), (3, 5, 7))]
    for i in range(3):
        assert np.sum(dice[i][:, None] > dice[(i + 1) % 3]) == 5
    assert np.isclose(0.6 * 0 + 0.4 * 10, 4)
    many = rng.random(400) < 0.4
    assert stats.mannwhitneyu(np.full(400, 3.0), 10.0 * many).statistic / 400**2 > 0.5 and 10 * 0.4 > 3


def test_multiple_testing() -> None:
    """One of twenty expected, 64 % for any, 46 % at 0.03; 35 % for ten guardrails; neither Holm nor BH takes a lone
    0.03; the list of six: 5, 1, 2 and 4 rejections, 2 for stopping early, adjusted p-values; Holm covers Bonferroni;
    family-wise error under correlation; BH without any effect: 5 %; 3.6; about 50 of 1,000."""
    assert np.isclose(20 * 0.05, 1) and round(100 * (1 - 0.95**20)) == 64
    assert np.isclose(1_000 * 0.05, 50) and round(100 * (1 - 0.97**20)) == 46 and round(100 * 0.9**10) == 35

    def holm(p: np.ndarray) -> int:
        return int((np.sort(p) <= 0.05 / np.arange(len(p), 0, -1)).cumprod().sum())

    def hochberg(p: np.ndarray) -> int:
        fits = np.flatnonzero(np.sort(p) <= 0.05 * np.arange(1, len(p) + 1) / len(p))
        return int(fits[-1]) + 1 if len(fits) else 0

    lone = np.r_[0.03, np.linspace(0.0501, 0.06, 19)]  # the hardest case: all others just above 0.05
    assert holm(lone) == 0 and hochberg(lone) == 0

    six = np.array([0.001, 0.009, 0.027, 0.030, 0.045, 0.600])
    down, up = 0.05 / np.arange(6, 0, -1), 0.05 * np.arange(1, 7) / 6
    assert list(down.round(4)) == [0.0083, 0.01, 0.0125, 0.0167, 0.025, 0.05]
    assert list(up.round(4)) == [0.0083, 0.0167, 0.025, 0.0333, 0.0417, 0.05]
    assert ((six <= 0.05).sum(), (six <= 0.05 / 6).sum(), holm(six), hochberg(six)) == (5, 1, 2, 4)
    assert (six <= up).cumprod().sum() == 2 and round(0.05 / 6, 4) == 0.0083
    assert np.allclose(stats.false_discovery_control(six), [0.006, 0.027, 0.045, 0.045, 0.054, 0.6])
    assert round(sum(1 / k for k in range(1, 21)), 1) == 3.6

    rng = np.random.default_rng(2)
    for row in rng.random((200, 8)) ** 3:
        assert holm(row) >= (row <= 0.05 / 8).sum()
    runs = 20_000
    for shared in (0.0, 0.8):  # correlation; a chance above 5 % would break the promise
        z = sqrt(shared) * rng.normal(size=(runs, 1)) + sqrt(1 - shared) * rng.normal(size=(runs, 20))
        p = np.sort(2 * special.ndtr(-abs(z)), 1)
        family = np.mean(p[:, 0] <= 0.05 / 20)  # Bonferroni and Holm alike, without any effect
        assert family < 0.05 + 4 * sqrt(0.05 * 0.95 / runs)
        found = np.mean((p <= 0.05 * np.arange(1, 21) / 20).any(1))
        if shared:
            assert family < 0.03
        else:
            assert abs(found - 0.05) < 4 * sqrt(0.05 * 0.95 / runs) and family > 0.04
    assert np.isclose(100 * 0.05 / 20, 0.25)
