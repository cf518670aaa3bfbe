"""Proofs for "Tests and regression": what the page states and has no room to run, one function a question."""

from __future__ import annotations

from math import log, sqrt

import numpy as np
from scipy import stats
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
