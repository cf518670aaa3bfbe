"""Proofs for "Linear and logistic regression": what the page states and has no room to run, one function a question."""

from __future__ import annotations

from math import comb, exp, log, sqrt

import numpy as np
from scipy import optimize, stats
from scipy.special import expit, logit, ndtr


def hat(x: np.ndarray) -> np.ndarray:
    """Fitted values from targets."""
    return x @ np.linalg.pinv(x)


def newton(x: np.ndarray, y: np.ndarray, penalty: float = 0, steps: int = 30) -> np.ndarray:
    """Logistic regression; the penalty spares the intercept."""
    w, ridge = np.zeros(x.shape[1]), penalty * np.diag([0.0] + [1.0] * (x.shape[1] - 1))
    for _ in range(steps):
        p = expit(x @ w)
        w = w + np.linalg.solve(x.T * (p * (1 - p)) @ x + ridge, x.T @ (y - p) - ridge @ w)
    return w


def test_linear_regression_assumptions() -> None:
    """Standard errors of the table at most 0.004 and 0.011; exact coverage behind lines three and four; residuals of
    the last line carry no trace; HC3 raises coverage to 0.94; a lagged target with
    dependent errors; the factor 1.7; two peaks with normal errors;
    best linear approximation of a curve."""
    rng, runs, n = np.random.default_rng(0), 2_000, 200
    assert round(float(stats.t.ppf(0.975, n - 2)), 3) == 1.972
    assert sqrt(0.61 * 0.39 / runs) < 0.011 and sqrt(0.74 * 0.26 / runs) < 0.011
    # spread |x|: true variance E x^4 / n against the reported E x^2 / n; ten rows a user: 1 + 9 * 0.5 times as large
    assert np.isclose(stats.norm.moment(4), 3) and round(sqrt(3), 1) == 1.7
    for inflation, shown, expected in ((3, 0.74, 0.742), (1 + 9 * 0.5, 0.61, 0.597)):
        cover = 2 * stats.norm.cdf(1.96 / sqrt(inflation)) - 1
        assert abs(cover - expected) < 0.001 and abs(cover - shown) < 4 * 0.011
    assert sqrt(3 / n / runs) < 0.004 and sqrt(5.5 / n / runs) < 0.004
    x, e = rng.normal(size=(2, 1_000, n))
    y = x + abs(x) * e
    x, y = x - x.mean(1, keepdims=True), y - y.mean(1, keepdims=True)
    s = (x * x).sum(1)
    slope = (x * y).sum(1) / s
    left = (y - slope[:, None] * x) / (1 - 1 / n - x**2 / s[:, None])  # HC3 divides residuals by 1 - h
    robust = np.sqrt((x**2 * left**2).sum(1)) / s
    assert abs(np.mean(abs(slope - 1) < 1.972 * robust) - 0.94) < 4 * sqrt(0.94 * 0.06 / 1_000)
    # left-out column z, y = x + (0.5 x + z): z is independent of x, so y is exactly 1.5 x plus clean noise
    x, z = rng.normal(size=(2, 100_000))
    y = x + 0.5 * x + z
    assert np.allclose(y - 1.5 * x, z)
    # y_t = 0.5 y_(t-1) + u_t, u_t = 0.5 u_(t-1) + e_t, so y is AR(2) with 1 and -0.25: the slope on y_(t-1) goes to r_1
    r1 = (0.5 + 0.5) / (1 + 0.5 * 0.5)
    assert np.isclose(r1, 0.8) and np.isclose(1.0 * 1 - 0.25 * r1, r1) and r1 > 0.5
    group = np.repeat([-3.0, 3.0], 5_000)
    count = np.histogram(group + rng.normal(size=10_000), bins=[-4, -2, -1, 1, 2, 4])[0]
    assert count[0] > 5 * count[2] and count[4] > 5 * count[2]  # two peaks, normal errors
    x = np.linspace(0, 1, 100_001)  # x^2 for uniform x: best line x - 1/6
    assert np.allclose(np.polyfit(x, x**2, 1), (1, -1 / 6), atol=1e-4)


def test_residual_plots() -> None:
    """Residuals correlate with the target by the root of 1 - R²; the leverage formula; Cook's distance by refitting;
    four good rows lie farther; ranges 5.0 and 3.1 of 100 and 10 normals; Huber slope 0.29; key of the quick check:
    leverage 0.9 leaves 1 of 10; twice the mean leverage is 0.36."""
    rng = np.random.default_rng(0)
    x = rng.normal(size=200)
    y = x + rng.normal(size=200)
    columns = np.column_stack([np.ones(200), x])
    e = y - hat(columns) @ y
    r2 = 1 - e @ e / np.sum((y - y.mean()) ** 2)
    assert np.isclose(np.corrcoef(e, y)[0, 1], sqrt(1 - r2)) and sqrt(1 - r2) > 0.5

    x = np.append(np.arange(1, 11), 30)
    y = np.append(x[:10] + np.tile([0.5, -0.5], 5), 10)
    columns = np.column_stack([np.ones(11), x])
    h = np.diag(hat(columns))
    assert np.allclose(h, 1 / 11 + (x - x.mean()) ** 2 / np.sum((x - x.mean()) ** 2))
    e = y - hat(columns) @ y
    s2 = e @ e / 9
    for i in (0, 10):
        b = np.linalg.lstsq(np.delete(columns, i, 0), np.delete(y, i), rcond=None)[0]
        moved = np.sum((hat(columns) @ y - columns @ b) ** 2) / (2 * s2)
        assert np.isclose(moved, e[i] ** 2 / (2 * s2) * h[i] / (1 - h[i]) ** 2)
    assert np.sum(abs(e[:10]) > abs(e[10])) == 4
    assert np.isclose(h.sum(), 2) and round(2 * 2 / 11, 2) == 0.36  # mean leverage p/n
    # variance of a residual: sigma^2 (1 - h)
    assert np.allclose(np.diag((np.eye(11) - hat(columns)) @ (np.eye(11) - hat(columns)).T), 1 - h)

    for n, shown in ((100, 5.0), (10, 3.1)):
        t = np.linspace(-9, 9, 9_001)
        mean = 0.002 * np.sum(1 - ndtr(t) ** n - ndtr(-t) ** n)
        assert round(mean, 1) == shown

    for start in (0.0, 1.0):  # Huber by reweighting, scale from the median absolute residual
        b = np.array([0.0, start])
        for _ in range(100):
            away = abs(y - columns @ b)
            weight = np.minimum(1, 1.345 * np.median(away) / stats.norm.ppf(0.75) / np.maximum(away, 1e-12))
            b = np.linalg.solve(columns.T * weight @ columns, columns.T @ (weight * y))
        assert round(b[1], 2) == 0.29
    # residuals of a 0/1 target lie on -p and 1 - p
    p = rng.uniform(size=50)
    label = rng.uniform(size=50) < p
    assert set(np.round(label - p + p, 9)) <= {0.0, 1.0}
    # raise the target of the far row: its residual rises by 1 - h; at h = 0.9 by 1
    raised = y + 10 * (np.arange(11) == 10)
    assert np.isclose((raised - hat(columns) @ raised - e)[10], 10 * (1 - h[10])) and np.isclose(10 * (1 - 0.9), 1)
    assert np.isclose((hat(columns) @ (raised - y))[10], 10 * h[10])


def test_interaction_terms() -> None:
    """The effects -3, -1, 0, 1, 3; centering leaves fit, product and its test alone; without a single term the fit
    depends on zero; 190 pairs, 9.5 below 5 %; difference of differences; 10 on one scale, none in logs; keys and
    distractors -1 and 11; without the product, the average effect; lopsided coupons, -0.36 against 1."""
    assert np.allclose([-3 + 0.1 * z for z in (0, 20, 30, 40, 60)], (-3, -1, 0, 1, 3))
    assert comb(20, 2) == 190 and np.isclose(190 * 0.05, 9.5)
    rng = np.random.default_rng(0)
    z, x = rng.normal(40, 10, 300), rng.normal(2, 1, 300)
    y = 20 + 0.2 * z + (0.1 * z - 3) * x + rng.normal(size=300)

    def fit(*columns: np.ndarray) -> tuple[np.ndarray, np.ndarray, float, np.ndarray]:
        design = np.column_stack([np.ones(300), *columns])
        inverse = np.linalg.inv(design.T @ design)
        b = inverse @ design.T @ y
        rss = float(np.sum((y - design @ b) ** 2))
        return b, b / np.sqrt(np.diag(inverse) * rss / (300 - b.size)), rss, design @ b

    raw, moved = fit(x, z, x * z), fit(x, z - 40, x * (z - 40))
    assert np.isclose(raw[2], moved[2]) and np.allclose(raw[3], moved[3])
    assert np.isclose(raw[0][3], moved[0][3]) and np.isclose(raw[1][3], moved[1][3])
    assert np.isclose(moved[0][1], raw[0][1] + 40 * raw[0][3]) and not np.isclose(raw[1][1], moved[1][1])
    assert np.corrcoef(x, x * z)[0, 1] > 0.8 > 4 * abs(np.corrcoef(x, x * (z - 40))[0, 1])
    assert fit(z, x * z)[2] > 1.01 * fit(z - 30, x * (z - 30))[2]  # without the single x
    assert fit(x, x * z)[2] > 1.01 * fit(x + 2, (x + 2) * z)[2]  # without the single z: 0.2 z is 0.1 * 2 z
    cells = np.array([[10.0, 20], [20, 40]])
    design = np.array([[1, a, b, a * b] for a in (0, 1) for b in (0, 1)])
    assert np.isclose(np.linalg.solve(design, cells.ravel())[3], (40 - 20) - (20 - 10))
    assert np.isclose(np.linalg.solve(design, np.log(cells).ravel())[3], 0)
    assert np.isclose(5 - 0.2 * 30, -1) and np.isclose(5 + 0.2 * 30, 11)
    # balanced ages, as on the page: the coefficient without the product is the average of the effects
    z, x = (part.ravel().astype(float) for part in np.meshgrid(np.arange(20, 61), [0, 1]))
    y = 20 + 0.2 * z + (0.1 * z - 3) * x + rng.normal(size=82)
    pure = y[41:] - y[:41]  # effect at each age
    # lopsided: 20 of 40 aged 20 and 2 of 40 aged 60 have a coupon, effects -1 and 3
    age, offer = np.repeat([20.0, 60], 40), np.repeat([1.0, 0, 1, 0], (20, 20, 2, 38))
    spending = 20 + 0.2 * age + (0.1 * age - 3) * offer
    for extra, shown in ((), -0.36), ((offer * (age - age.mean()),), 1):
        columns = np.column_stack([np.ones(80), offer, age, *extra])
        assert round(float(np.linalg.lstsq(columns, spending, rcond=None)[0][1]), 2) == shown
    assert np.isclose(np.linalg.lstsq(np.column_stack([np.ones(82), x, z]), y, rcond=None)[0][1], pure.mean())


def test_normal_equation_or_gradient_descent() -> None:
    """p/4 gradients, 250; 80 GB and 240 GB; the contraction 1 - mu/L; chunks give the fit of all rows; LSQR;
    raw sums lose digits; conjugate gradients at L/mu = 10,000; the small system of ridge; the shortest solution from
    zero; scaling leaves predictions."""
    assert 1_000 / 4 == 250 and 100_000**2 * 8 / 1e9 == 80 and 1e9 * 30 * 8 / 1e9 == 240
    rng = np.random.default_rng(0)
    x = rng.normal(size=(400, 6)) * np.arange(1, 7)
    y = rng.normal(size=400)
    best = np.linalg.lstsq(x, y, rcond=None)[0]
    gram = sum(x[i : i + 100].T @ x[i : i + 100] for i in range(0, 400, 100))
    right = sum(x[i : i + 100].T @ y[i : i + 100] for i in range(0, 400, 100))
    assert np.allclose(np.linalg.solve(gram, right), best)
    values, vectors = np.linalg.eigh(gram)
    b = np.zeros(6)
    for _ in range(50):
        b = b - x.T @ (x @ b - y) / values[-1]
    slow = vectors[:, 0] @ (b - best)
    assert np.isclose(slow, (1 - values[0] / values[-1]) ** 50 * (vectors[:, 0] @ -best))
    from scipy.sparse.linalg import lsqr

    assert np.allclose(lsqr(x, y, atol=1e-12, btol=1e-12)[0], best)
    scaled = np.linalg.lstsq(x / x.std(0), y, rcond=None)[0]
    assert np.allclose(x / x.std(0) @ scaled, x @ best)
    z = rng.normal(size=100_000)  # mean 10^8, deviation 1: summed raw and shifted later, the slope 1 is lost
    y = z + rng.normal(size=100_000)
    far = np.column_stack([np.ones(z.size), 1e8 + z])
    back = np.array([[1, -1e8], [0, 1]])
    assert abs(np.linalg.solve(back.T @ (far.T @ far) @ back, back.T @ (far.T @ y))[1] - z @ y / (z @ z)) > 0.01
    spread = np.linspace(1, 1e4, 500)  # eigenvalues: L/mu = 10,000
    b, left = np.zeros(500), np.ones(500)
    way, steps = left.copy(), 0
    while abs(b * spread - 1).max() > 1e-6:
        size = left @ left / (way @ (spread * way))
        b, new, steps = b + size * way, left - size * spread * way, steps + 1
        way, left = new + new @ new / (left @ left) * way, new
    assert steps < 10 * sqrt(1e4) < 0.01 * log(1e6) * 1e4
    # few rows, many columns
    wide, target = rng.normal(size=(5, 12)), rng.normal(size=5)
    small = wide.T @ np.linalg.solve(wide @ wide.T + 0.3 * np.eye(5), target)
    assert np.allclose(small, np.linalg.solve(wide.T @ wide + 0.3 * np.eye(12), wide.T @ target))
    b, step = np.zeros(12), 1 / np.linalg.eigvalsh(wide @ wide.T)[-1]
    for _ in range(3_000):
        b = b - step * wide.T @ (wide @ b - target)
    assert np.allclose(b, np.linalg.lstsq(wide, target, rcond=None)[0], atol=1e-8)


def test_logistic_regression() -> None:
    """0.27, 0.5, 0.88; the gradient; convexity; parallel boundaries, 2.2; loss of the far row nearly 0; the line in
    0.2 to 0.8 within 0.012; squared error on the sigmoid is not convex and flat at confident errors."""
    assert [round(float(expit(0.5 * x - 4)), 2) for x in (6, 8, 12)] == [0.27, 0.5, 0.88]
    assert round(log(9), 1) == 2.2 and np.isclose(logit(0.9), log(9))
    x = np.column_stack([np.ones(11), np.append(np.arange(1.0, 11), 30)])
    y = np.array([0, 0, 0, 1, 0, 1, 0, 1, 1, 1, 1])

    def loss(w: np.ndarray) -> float:
        return float(np.sum(np.logaddexp(0, x @ w) - y * (x @ w)))

    w = np.array([0.3, -0.2])
    numeric = [(loss(w + d) - loss(w - d)) / 2e-6 for d in 1e-6 * np.eye(2)]
    assert np.allclose(numeric, x.T @ (expit(x @ w) - y), rtol=1e-5)
    p = expit(x @ w)
    assert np.linalg.eigvalsh(x.T * (p * (1 - p)) @ x).min() > 0
    fitted = newton(x, y)
    assert -log(expit(x[10] @ fitted)) < 1e-6 and np.polyval(np.polyfit(x[:10, 1], y[:10], 1), 30) > 3
    z = np.linspace(-log(4), log(4), 2_001)
    slope = optimize.minimize_scalar(lambda a: abs(expit(z) - 0.5 - a * z).max(), bounds=(0.1, 0.3)).x
    assert np.isclose(expit(z[0]), 0.2) and 0.010 < abs(expit(z) - 0.5 - slope * z).max() < 0.012
    wide = np.linspace(-8, 8, 801)
    squared = (1 - expit(wide)) ** 2  # label 1
    assert np.diff(squared, 2).min() < 0 < np.diff(squared, 2).max()
    assert 2 * (1 - expit(-8)) * expit(-8) * expit(8) < 0.001 and 1 - expit(-8) > 0.9


def test_logistic_coefficients() -> None:
    """The table; at most 17.5 points; the interval 0.31 to 1.09, 1.36 to 2.98; units, 1.62; segments 4, 4, 3.45; -0.7
    gives 33 %; the quick check 33 %, distractors 40, 31 and 50 %; oversampling moves the intercept alone."""
    ratio = exp(0.7)
    assert round(ratio, 2) == 2.01 and round(exp(-0.7), 1) == 0.5
    table = (
        (0.01, 0.0101, 0.0203, 4, 2.0, 1, 1.99),
        (0.1, 0.111, 0.224, 3, 18, None, 1.83),
        (0.5, 1, 2.01, 2, 67, None, 1.34),
        (0.9, 9, 18.1, 1, 95, None, 1.05),
    )
    for p, odds, after, digits, percent, decimals, risk in table:
        new = expit(logit(p) + 0.7)
        assert round(p / (1 - p), 4 if p < 0.1 else 3) == odds and round(ratio * p / (1 - p), digits) == after
        assert round(100 * float(new), decimals) == percent and round(float(new) / p, 2) == risk
    assert np.isclose(0.7 / 4, 0.175)
    start = np.linspace(-8, 8, 16_001)
    assert 0.17 < (expit(start + 0.7) - expit(start)).max() < 0.175
    low, high = 0.7 - 1.96 * 0.2, 0.7 + 1.96 * 0.2
    assert (round(low, 2), round(high, 2), round(exp(low), 2), round(exp(high), 2)) == (0.31, 1.09, 1.36, 2.98)
    assert np.isclose(0.7 / 100, 0.007) and round(2**0.7, 2) == 1.62 and np.isclose(exp(0.7 * log(2)), 2**0.7)

    def odds_ratio(a: float, b: float) -> float:
        return b / (1 - b) / (a / (1 - a))

    assert np.isclose(odds_ratio(0.2, 0.5), 4) and np.isclose(odds_ratio(0.5, 0.8), 4)
    assert np.isclose((0.2 + 0.5) / 2, 0.35) and np.isclose((0.5 + 0.8) / 2, 0.65)
    assert round(odds_ratio(0.35, 0.65), 2) == 3.45
    assert round(100 * float(expit(-0.7))) == 33
    assert np.isclose(0.2 / 0.8, 0.25) and np.isclose(0.25 * 2, 0.5) and round(0.5 / 1.5, 2) == 0.33
    assert round(100 * float(expit(logit(0.2) + log(2)))) == 33
    assert round(100 * (0.2 + log(2) * 0.2 * 0.8)) == 31 and round(log(2), 2) == 0.69
    # ten times the positives: the odds of every row times ten
    p = expit(np.array([-3.0, 0, 2]))
    assert np.allclose(logit(10 * p / (10 * p + 1 - p)), np.array([-3.0, 0, 2]) + log(10))


def test_perfect_separation() -> None:
    """Title: 28 and 173,000, p 0.9999; p-values 0.000001 and 0.00001; the profile interval from 2.6; Firth 4.2, halves
    added to the cells; linear programming finds separation; 50 of 100 coin flips; the width of steps; a penalty sets
    the size; direction of the widest margin; quick check -26, p 0.9998, exact p 0.0004,
    open downward; a column in tiny units has a large coefficient that settles; an all-zero Poisson group."""
    x = np.column_stack([np.ones(108), np.repeat([0.0, 1.0], (100, 8))])
    y = np.concatenate([np.repeat([1.0, 0.0], (20, 80)), np.ones(8)])
    w = newton(x, y, steps=25)
    p = expit(x @ w)
    se = sqrt(np.linalg.inv(x.T * (p * (1 - p)) @ x)[1, 1])
    assert round(w[1]) == 28 and round(se, -3) == 173_000 and 0.9998 < 2 * stats.norm.sf(w[1] / se) < 0.99995
    assert abs(newton(x, y, steps=24)[1] + 1 - w[1]) < 1e-3
    assert abs(log(se / sqrt(np.linalg.inv(x.T * ((q := expit(x @ (w - [0, 1]))) * (1 - q)) @ x)[1, 1])) - 0.5) < 1e-3
    top = 20 * log(0.2) + 80 * log(0.8)
    drop = 2 * (top - 28 * log(28 / 108) - 80 * log(80 / 108))
    assert round(drop, 1) == 23.5 and f"{stats.chi2.sf(drop, 1):.6f}" == "0.000001"
    assert f"{stats.fisher_exact([[8, 0], [20, 80]])[1]:.5f}" == "0.00001"

    def profile(b: float) -> float:
        result = optimize.minimize_scalar(
            lambda a: -(20 * a - 100 * np.logaddexp(0, a)) + 8 * np.logaddexp(0, -a - b),
            bounds=(-4, 2),
            method="bounded",
        )
        return float(2 * (top + result.fun) - stats.chi2.ppf(0.95, 1))

    assert round(optimize.brentq(profile, 0.5, 8), 1) == 2.6
    assert profile(30) < 0  # open upward

    def firth(b: np.ndarray) -> float:
        q = expit(x @ b)
        penalty = np.linalg.slogdet(x.T * (q * (1 - q)) @ x)[1] / 2
        return -float(np.sum(y * (x @ b) - np.logaddexp(0, x @ b)) + penalty)

    found = optimize.minimize(firth, np.zeros(2), method="Nelder-Mead", options={"xatol": 1e-7, "fatol": 1e-9}).x
    halves = log(8.5 / 0.5 / (20.5 / 80.5))
    assert np.isclose(found[1], halves, atol=1e-4) and round(halves, 1) == 4.2
    # linear programming: largest sum of margins s x w >= 0 with bounded w is positive if and only if separated
    for labels, separated in ((y, True), (np.where(np.arange(108) == 107, 0, y), False)):
        margins = (2 * labels - 1)[:, None] * x
        best = optimize.linprog(-margins.sum(0), -margins, np.zeros(108), bounds=[(-1, 1)] * 2)
        assert (-best.fun > 1e-9) == separated
    assert 2 * sum(comb(99, k) for k in range(50)) * 2 == 2**100  # general position, 50 weights: half of all labels
    sizes = [newton(x, y, penalty=1 / c)[1] for c in (1, 100)]
    assert sizes[1] > sizes[0] + 2
    # complete separation on a line: rows -2, -1 | 3, 5, widest margin cuts at 1
    line, label = np.column_stack([np.ones(4), [-2.0, -1, 3, 5]]), np.array([0.0, 0, 1, 1])
    b, sizes = np.zeros(2), []
    for step in range(8_001):
        b = b - 0.1 * line.T @ (expit(line @ b) - label)
        if step in (80, 8_000):
            sizes.append(b.copy())
    cuts = [-b[0] / b[1] for b in sizes]
    assert abs(cuts[1] - 1) < abs(cuts[0] - 1) and sizes[1][1] > 1.5 * sizes[0][1]
    x = np.column_stack([np.ones(114), np.repeat([0.0, 1.0], (90, 24))])
    w = newton(x, y := np.repeat([1.0, 0.0], (30, 84)), steps=25)
    p = expit(x @ w)
    se = sqrt(np.linalg.inv(x.T * (p * (1 - p)) @ x)[1, 1])
    assert round(w[1]) == -26 and f"{2 * stats.norm.sf(-w[1] / se):.4f}" == "0.9998"
    free = 30 * log(1 / 3) + 60 * log(2 / 3)
    drop = 2 * (free - 30 * log(30 / 114) - 84 * log(84 / 114))
    assert f"{stats.fisher_exact([[0, 24], [30, 60]])[1]:.4f}" == "0.0004"
    at_30 = 30 * w[0] - 90 * np.logaddexp(0, w[0]) - 24 * np.logaddexp(0, w[0] - 30)
    assert 2 * (free - at_30) < stats.chi2.ppf(0.95, 1) < drop
    level = np.linspace(-1, 1, 100)
    tiny, y = np.column_stack([np.ones(100), 1e-6 * level]), np.arange(100) % 2
    w = newton(tiny, y, steps=10)
    p = expit(tiny @ w)
    assert sqrt(np.linalg.inv(tiny.T * (p * (1 - p)) @ tiny)[1, 1]) > 170_000 and abs(w[1]) > 28
    assert np.allclose(newton(tiny, y, steps=25), w)
    counts = np.array([0, 0, 0])  # log likelihood in the log mean a: sum y a - 3 e^a, rising as a falls
    fits = [float(counts.sum() * a - 3 * exp(a)) for a in (0, -5, -10, -20)]
    assert np.all(np.diff(fits) > 0)


def test_softmax_regression() -> None:
    """0.665, 0.245, 0.090; loss 1.41; derivatives by differences; two classes; mean weight 4/3 and rate -1/9; adding a
    vector; the middle's flat model at 10 %; with x^2 0.37 against 0.26; sum 0.6; quick check -4/3; thirds;
    far out one score wins; 189 of 210."""
    z = np.array([2.0, 1, 0])

    def soft(z: np.ndarray) -> np.ndarray:
        e = np.exp(z - z.max())
        shares: np.ndarray = e / e.sum()
        return shares

    assert soft(z).round(3).tolist() == [0.665, 0.245, 0.09] and round(-log(soft(z)[1]), 2) == 1.41
    slopes = soft(z) - [0, 1, 0]
    assert slopes.round(3).tolist() == [0.665, -0.755, 0.09] and abs(slopes.sum()) < 1e-12
    numeric = [-(log(soft(z + d)[1]) - log(soft(z - d)[1])) / 2e-6 for d in 1e-6 * np.eye(3)]
    assert np.allclose(numeric, slopes, atol=1e-8)
    assert np.isclose(soft(np.array([1.3, 0.4]))[0], expit(0.9))
    w = np.array([0.0, 1, 3])
    change = (soft(w * 1e-6) - soft(-w * 1e-6)) / 2e-6
    assert np.allclose(change, (w - 4 / 3) / 3) and np.isclose(change[1], -1 / 9) and np.isclose(w.mean(), 4 / 3)
    assert np.allclose(soft(z + 5), soft(z))  # one number added to all intercepts, out of reach of a penalty on weights
    shifted = np.array([7.0, -2, 0.5])  # other intercepts, same probabilities at the row: same slope
    base = logit(0.3) + shifted
    p = soft(base)
    slope = (soft(base + w * 1e-6) - soft(base - w * 1e-6)) / 2e-6
    assert np.allclose(slope, p * (w - p @ w), atol=1e-6)
    x = np.linspace(-8, 8, 801)
    joint = np.exp(-((x - np.array([[-2], [0], [2]])) ** 2) / 2) * np.array([[0.45], [0.1], [0.45]])
    total, line = joint.sum(0), np.column_stack([np.ones(801), x])
    gradient = line.T @ (total * (0.1 - joint[1] / total))
    assert np.allclose(gradient / total.sum(), 0, atol=1e-8)  # the flat model at 10 % is optimal
    square, at_0 = np.column_stack([line, x**2]), []
    for design in (line, square):
        for k in range(3):
            b = np.zeros(design.shape[1])
            for _ in range(40):
                q = expit(design @ b)
                b = b + np.linalg.solve(design.T * (total * q * (1 - q)) @ design, design.T @ (joint[k] - total * q))
            at_0.append(float(expit(design[400] @ b)))
    assert x[400] == 0 and round(sum(at_0[:3]), 1) == 0.6 and at_0[1] / sum(at_0[:3]) < at_0[0] / sum(at_0[:3])
    assert [round(value, 2) for value in at_0[3:]] == [0.26, 0.37, 0.26]
    v = np.array([-3.0, -1, 0])
    assert np.isclose(v.mean(), -4 / 3) and soft(v * 1e-6)[1] > 1 / 3
    assert np.allclose(np.diff(np.log(joint[0] / joint[1]), 2), 0, atol=1e-9)  # scores differ by a line
    assert np.allclose(soft(np.array([0.0, 0, 0])), 1 / 3) and np.allclose(soft(np.zeros(2)), 0.5)
    assert soft(100 * np.array([0.3, -0.2, 0.1])).max() > 0.999
    assert (9 * 21, 10 * 21) == (189, 210)


def test_generalized_linear_models() -> None:
    """2.2 tickets, 1.35; variance mu + 2 mu² of the simulation, phi 6 and coverage 0.58 by theory; mixture with mean 6
    and variance 22; the closed form solves the score equations; months as a feature; 3 over 2 is 1.5;
    coverage 0.67 and 0.91;
    months as weights; a log of means is
    no mean of logs, and the 1 is arbitrary."""
    assert round(6 * exp(-1), 1) == 2.2 and round(exp(0.3), 2) == 1.35
    mu = np.array([2.0, 3.0])
    variance = mu + mu**2 * 0.5 * 2**2  # gamma with shape 0.5, scale 2: mean 1, variance 2
    assert np.allclose(variance, mu + 2 * mu**2) and np.allclose(variance, (10, 21))
    assert np.isclose(np.mean(variance / mu), 6)
    inflation = np.sum(variance / mu**2) / np.sum(1 / mu)
    assert abs(2 * stats.norm.cdf(1.96 / sqrt(inflation)) - 1 - 0.59) < 4 * sqrt(0.59 * 0.41 / 4_000)
    assert sqrt(np.sum(variance / mu**2) / 200 / 4_000) < 0.003 and round(log(1.5), 2) == 0.41
    assert (2 + 10) / 2 == 6 and 6 + np.var([2, 10]) == 22
    rng = np.random.default_rng(0)
    x = np.repeat([0.0, 1], 50)
    y = rng.poisson(2 + x)
    first, second = y[:50].mean(), y[50:].mean()
    fitted = np.exp(log(first) + log(second / first) * x)
    assert abs(np.sum(y - fitted)) < 1e-9 and abs(np.sum((y - fitted) * x)) < 1e-9
    information = np.array([[fitted.sum(), (fitted * x).sum()], [(fitted * x).sum()] * 2])
    assert np.isclose(np.linalg.inv(information)[1, 1], 1 / (50 * first) + 1 / (50 * second))
    means = np.exp(0.1 * np.array([10, 20, 30]))  # months as a feature: equal steps multiply
    assert np.isclose(means[1] / means[0], means[2] / means[1])
    assert 3 / sqrt(4) == 1.5 and 3 / 4 == 0.75 and 3 * sqrt(4) == 6
    assert np.exp(np.log(y + 1).mean()) - 1 < 0.95 * y.mean()
    months = rng.uniform(1, 12, 100)  # rate weighted by months: the score equations of the offset
    assert np.allclose(months * (y / months - fitted), y - months * fitted)
    low, high = (rng.poisson(u * rng.gamma(0.5, 2, size=(2_000, k))) for u, k in ((0.5, 380), (20, 20)))
    m, mean = np.array([380, 20]), np.stack([low.mean(1), high.mean(1)], 1)
    rss = np.stack([low.var(1) * 380, high.var(1) * 20], 1)
    scaled = (rss / mean).sum(1) / 398 * (1 / (m * mean)).sum(1)
    away = abs(np.log(mean[:, 1] / mean[:, 0]) - log(40))
    for square, shown in ((scaled, 0.67), ((rss / (m * mean) ** 2).sum(1), 0.91)):
        assert abs(np.mean(away < 1.96 * np.sqrt(square)) - shown) < 4 * sqrt(shown * (1 - shown) / 2_000)
    table = {shift: np.diff([np.log(part + shift).mean() for part in (y[:50], y[50:])])[0] for shift in (0.1, 1)}
    assert abs(table[0.1] - table[1]) > 0.01  # the answer depends on what is added
