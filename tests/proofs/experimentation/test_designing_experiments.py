"""Proofs for "Designing experiments": what the page states and has no room to run, one function a question."""

from __future__ import annotations

from math import ceil, sqrt

import numpy as np
from scipy import special, stats

Z = float(special.ndtri(0.975))


def test_choose_experiment_metrics() -> None:
    """Users for the same relative lift go with (1 - p)/p: 28.5 times; "any rises" ships in 22 % without an effect, "all
    rise" in 11 % with one; five guardrails all pass in 59 %. From 6 of 10 to 7 of 12 the share falls; an end of a 90 %
    interval is a one-sided test at 5 %. Enumerated, and the shipping rates simulated."""

    def users(p: float, lift: float = 1e-4) -> float:
        return (Z + float(special.ndtri(0.8))) ** 2 * 2 * p * (1 - p) / (lift * p) ** 2

    assert np.isclose(users(0.05) / users(0.60), 28.5) and np.isclose((0.95 / 0.05) / (0.4 / 0.6), 28.5)
    assert round(100 * (1 - 0.975**10)) == 22 and round(100 * 0.8**10) == 11 and round(100 * 0.9**5) == 59
    rng, runs = np.random.default_rng(0), 20_000
    z = rng.normal(size=(runs, 10))
    none = np.mean((z > Z).any(1))
    real = np.mean((z + Z + special.ndtri(0.8) > Z).all(1))
    assert abs(none - (1 - 0.975**10)) < 4 * sqrt(0.224 * 0.776 / runs)
    assert abs(real - 0.8**10) < 4 * sqrt(0.107 * 0.893 / runs)
    assert 7 / 12 < 6 / 10  # the share falls although the count rises
    z90, z95 = special.ndtri([0.95, 0.975])  # ends of the 90 % interval: one-sided 5 %
    assert np.isclose(special.ndtr(-z90), 0.05) and np.isclose(special.ndtr(z90) - special.ndtr(-z90), 0.90)
    assert np.isclose(special.ndtr(z95) - special.ndtr(-z95), 0.95)


def test_proxy_for_long_term() -> None:
    """The table: 36 and 32 %, three times in both arms, 4 points predicted and 4 points lost; correlation of estimates
    from the same users is the mean of the true and the noise correlation if both have equal variance (0.3 and 0.7),
    while halves share no noise. Shares retained, 24 and 24, 12 and 8 %. Corrected slope and correlation hit the truth;
    they scatter more than twice as wide with few tests or more noise. CAST: sizes of the groups."""
    control = 0.4 * 0.60 + 0.6 * 0.20
    reminder = 0.5 * 0.48 + 0.5 * 0.16
    assert np.isclose(control, 0.36) and np.isclose(reminder, 0.32)
    assert np.isclose(0.60 / 0.20, 3) and np.isclose(0.48 / 0.16, 3)
    assert np.isclose((0.5 - 0.4) * (60 - 20), 4) and np.isclose(100 * (reminder - control), -4)

    active = [100 * 0.4 * 0.60, 100 * 0.5 * 0.48]
    inactive = [100 * 0.6 * 0.20, 100 * 0.5 * 0.16]
    assert np.allclose(active, [24, 24]) and np.allclose(inactive, [12, 8])

    for true, shown in ((0.0, 0.30), (0.8, 0.70)):
        assert np.isclose((true + 0.6) / 2, shown)
    rng, users = np.random.default_rng(0), 1_000  # noise of estimates correlates as the metrics of one user do
    metrics = rng.multivariate_normal([0, 0], [[1, 0.6], [0.6, 1]], (400, 2, users))
    lift = metrics[:, 0].mean(1) - metrics[:, 1].mean(1)
    assert abs(np.corrcoef(lift.T)[0, 1] - 0.6) < 4 * (1 - 0.36) / 20
    half, other = (m.mean(2) for m in np.split(metrics, 2, axis=2))
    proxy, goal = half[:, 0, 0] - half[:, 1, 0], other[:, 0, 1] - other[:, 1, 1]
    assert abs(np.corrcoef(proxy, goal)[0, 1]) < 4 / 20
    assert np.isclose(1.2 / 2, 0.6)  # of half of the users: variance 2, so all of them have noise variance 1
    assert (432 + 323, 425 + 318) == (755, 743)

    def analyses(tests: int, noise: float, runs: int = 200) -> tuple[np.ndarray, np.ndarray]:
        slope, corrected = np.zeros((2, runs))
        effects = rng.multivariate_normal([0, 0], [[1, 1.6], [1.6, 4]], (runs, tests))  # correlation 0.8, slope 1.6
        errors = rng.multivariate_normal([0, 0], [[2 * noise, 1.2 * noise], [1.2 * noise, 2 * noise]], (2, runs, tests))
        for i, (first, second) in enumerate(zip(effects + errors[0], effects + errors[1], strict=True)):
            c = np.cov(first.T, second.T)[:2, 2:]
            both = (c[0, 1] + c[1, 0]) / 2
            slope[i] = both / c[0, 0]
            corrected[i] = both / np.sqrt(max(c[0, 0] * c[1, 1], 1e-12))
        return slope, corrected

    slope, corrected = analyses(2_000, 1)
    assert abs(slope.mean() - 1.6) < 0.01 + 4 * slope.std() / sqrt(200)
    assert abs(corrected.mean() - 0.8) < 0.01 + 4 * corrected.std() / sqrt(200)
    usual = np.subtract(*np.quantile(analyses(200, 1)[1], [0.9, 0.1]))
    for tests, noise in ((20, 1), (200, 5)):
        assert np.subtract(*np.quantile(analyses(tests, noise)[1], [0.9, 0.1])) > 2 * usual


def test_randomization_unit() -> None:
    """The design effect 2.8, standard error 1.67 times as large, 24 % false alarms; single views would have a variance
    about 2.8 times smaller; averages per user restore 5 %. 501 and about 4,000 for stores; hashing is balanced and
    repeatable, a shared salt gives the same arms."""
    m, rho = 10, 0.2
    effect = 1 + (m - 1) * rho
    assert np.isclose(effect, 2.8) and round(sqrt(effect), 2) == 1.67
    alarms = 2 * float(special.ndtr(-Z / sqrt(effect)))
    assert round(100 * alarms) == 24
    rng, runs, n = np.random.default_rng(0), 1_000, 100  # n users per arm
    views = sqrt(rho) * rng.normal(size=(runs, 2 * n, 1)) + sqrt(1 - rho) * rng.normal(size=(runs, 2 * n, m))
    by_user = views[:, :n].mean((1, 2)) - views[:, n:].mean((1, 2))
    assert abs(np.mean(abs(by_user) > Z * sqrt(2 / (n * m))) - alarms) < 4 * sqrt(alarms * (1 - alarms) / runs)
    means = views.mean(2)
    gap = means[:, :n].mean(1) - means[:, n:].mean(1)
    t = gap / np.sqrt((means[:, :n].var(1, ddof=1) + means[:, n:].var(1, ddof=1)) / n)
    assert abs(np.mean(abs(t) > stats.t.ppf(0.975, 2 * n - 2)) - 0.05) < 4 * sqrt(0.05 * 0.95 / runs)
    side = rng.integers(0, 2, views.shape, dtype=bool)  # a coin for every view
    by_view = np.mean(views, (1, 2), where=side) - np.mean(views, (1, 2), where=~side)
    assert abs(by_user.var() / by_view.var() / effect - 1) < 4 * sqrt(4 / runs)

    stores = 1 + (50_000 - 1) * 0.01
    assert round(stores) == 501 and abs(40 * 50_000 / stores - 4_000) < 10
    assert 2 * 20 == 40 and 40 * 50_000 == 2_000_000


def test_ab_test_sample_size() -> None:
    """153,600 by the rule, 154,301 by the formula, power 0.80 by binomial probabilities; 2.80 and 16; half the lift
    four times; split costs 1.6 and 2.8; points mistaken for percent: a few hundred; power 0.29 at half the lift;
    dilution to a fifth: 25 and five. Key of the quick check: 26 weeks."""
    z = Z + float(special.ndtri(0.8))
    assert round(z, 2) == 2.80 and round(Z, 2) == 1.96 and round(z - Z, 2) == 0.84 and round(2 * z**2) == 16
    assert np.isclose(0.04 * 0.05, 0.002) and np.isclose(0.04 * 0.96, 0.0384)
    assert round(16 * 0.0384 / 0.002**2) == 153_600

    def per_arm(p: float, q: float) -> float:
        return z**2 * (p * (1 - p) + q * (1 - q)) / (q - p) ** 2

    n = round(per_arm(0.04, 0.042))
    assert n == 154_301 and round(n, -3) == 154_000 and round(2 * n / 60_000, 1) == 5.1 and ceil(2 * n / 60_000) == 6
    a, b = np.arange(5_850, 6_500), np.arange(6_150, 6_820)  # all but a sliver of both distributions
    pa, pb = stats.binom.pmf(a, n, 0.04), stats.binom.pmf(b, n, 0.042)
    assert pa.sum() > 0.9999 and pb.sum() > 0.9999
    pooled = (a[:, None] + b) / (2 * n)
    statistic = (b - a[:, None]) / n / np.sqrt(2 * pooled * (1 - pooled) / n)
    assert round(float(pa @ (abs(statistic) > Z) @ pb), 2) == 0.80

    assert abs(per_arm(0.04, 0.041) / n - 4) < 0.1
    for share, cost in ((0.2, 1.6), (0.1, 2.8)):
        assert round(1 / (4 * share * (1 - share)), 1) == cost
    assert abs(488_946 / 308_602 - 1.6) < 0.05
    for p in (0.04, 0.2):  # for a fixed small relative lift, n goes with (1 - p)/p
        assert abs(per_arm(p, p * 1.0001) / per_arm(0.5, 0.5 * 1.0001) / ((1 - p) / p) - 1) < 0.001
    assert 200 < per_arm(0.04, 0.09) < 500
    assert round(float(special.ndtr(z / 2 - Z)), 2) == 0.29
    assert np.isclose((1 / 0.2) ** 2, 25) and np.isclose(0.2 * 25, 5)
    assert round(1 / (4 * 0.05 * 0.95), 1) == 5.3 and round(5 / (4 * 0.05 * 0.95)) == 26
    assert 5 * 0.5 / 0.05 == 50 and np.isclose(5 * 0.95 / 0.5, 9.5)


def test_ab_test_duration() -> None:
    """Weekend days in ten days: two to four; the table by simulation; 12 points more users, 7 % against 29 %, 3.3-fold
    and 11 times; power for a one-time lift falls. 1,000 a day give 14,000 in two weeks only without returns."""
    week = np.array([0, 0, 0, 0, 0, 1, 1])
    counts = [int(np.tile(week, 3)[start : start + 10].sum()) for start in range(7)]
    assert (min(counts) / 10, max(counts) / 10) == (0.2, 0.4)
    assert {int(np.tile(week, 4)[start : start + 14].sum()) for start in range(7)} == {4}
    a, b = 0.5, 4.5
    mean = a / (a + b)
    between = mean * (1 - mean) / (a + b + 1)
    within = mean * (1 - mean) - between
    assert mean == 0.1

    def sd(t: int) -> float:
        return sqrt(t * within + t**2 * between)

    rng, n = np.random.default_rng(0), 200_000
    chance = rng.beta(a, b, n)
    for t, seen in ((7, 0.38), (14, 0.52), (28, 0.64), (56, 0.73)):
        total = rng.binomial(t, chance)
        assert abs(np.mean(total > 0) - seen) < 0.005 + 4 * sqrt(0.25 / n)
        assert abs(total.std() / sd(t) - 1) < 0.02
    seen14, seen28 = (1 - np.prod((b + np.arange(t)) / (a + b + np.arange(t))) for t in (14, 28))
    assert round(100 * (seen28 - seen14)) == 12 and round(100 * seen14) == 52
    assert round(100 * (1 - (sd(28) / 28) / (sd(14) / 14))) == 7 and round(100 * (1 - sqrt(0.5))) == 29
    assert round(sd(28) / sd(7), 1) == 3.3 and np.isclose((sd(28) / sd(7)) ** 2, 11)
    power = [special.ndtr(0.1 / (sd(t) * sqrt(2 / 2_000)) - Z) for t in (7, 14, 28)]
    assert power[0] > power[1] > power[2]
    lasting = [special.ndtr(0.1 * t / 7 / (sd(t) * sqrt(2 / 2_000)) - Z) for t in (7, 14, 28)]
    assert lasting[0] < lasting[1] < lasting[2]  # a lift that goes on
    days = rng.random((20_000, 28)) < rng.beta(a, b, 20_000)[:, None]
    first, last = days[:, :7].sum(1), days[:, 21:].sum(1)  # quick check: a seven-day window keeps its spread
    assert abs(last.std() / first.std() - 1) < 0.05 and abs(last.std() / sd(7) - 1) < 0.05
    assert 1_000 * 14 == 14_000


def test_not_significant_result() -> None:
    """Both tests have p = 0.4; their intervals, estimates and powers; equivalence of the large one; one extension gives
    8.3 % false alarms, four 14.2 %, two tests 9.8 %; a 90 % interval inside the margin is two one-sided tests. Key of
    the quick check."""
    middle = float(special.ndtri(0.8))
    assert np.isclose(2 * special.ndtr(-middle), 0.4)
    shown = {100_000: (0.11, -0.15, 0.38, 0.96), 5_000: (0.50, -0.67, 1.68, 0.13)}
    for users, (estimate, low, high, power) in shown.items():
        error = 100 * sqrt(2 * 0.1 * 0.9 / users)
        found = middle * error
        assert abs(found - estimate) < 0.0051
        assert abs(found - Z * error - low) < 0.0051 and abs(found + Z * error - high) < 0.0051
        assert round(float(special.ndtr(0.5 / error - Z) + special.ndtr(-0.5 / error - Z)), 2) == power
        reach = float(special.ndtri(0.95)) * error
        inside = found + reach < 0.5 and found - reach > -0.5
        both = max(special.ndtr((found - 0.5) / error), special.ndtr(-(found + 0.5) / error)) < 0.05
        assert inside == both == (users == 100_000)
        if inside:
            assert round(found - reach, 2) == -0.11 and round(found + reach, 2) == 0.33

    grid = np.linspace(-12, 12, 2_401)  # of the running sum of equal batches, standard deviation 1 each
    step = grid[1] - grid[0]
    move = np.exp(-((grid[:700] - grid[0]) ** 2) / 2) / sqrt(2 * np.pi) * step
    kernel = np.concatenate([move[:0:-1], move])
    alive = np.exp(-(grid**2) / 2) / sqrt(2 * np.pi) * step
    alarms = []
    for look in range(1, 6):
        if look > 1:
            alive = np.convolve(alive, kernel, mode="same")
        edge = np.clip((Z * sqrt(look) - abs(grid)) / step + 0.5, 0, 1)  # share of a cell inside the bound
        alive = alive * edge
        alarms.append(100 * (1 - alive.sum()))
    assert abs(alarms[0] - 5) < 0.01 and round(alarms[1], 1) == 8.3 and round(alarms[4], 1) == 14.2
    assert round(100 * (1 - 0.95**2), 2) == 9.75
    low, high = -0.4, 1.3
    error = (high - low) / (2 * special.ndtri(0.95))
    assert round(2 * float(special.ndtr(-0.45 / error)), 2) == 0.38 and -1 < low < 0 and high > 1
    assert special.ndtr(-(0.45 + 1) / error) < 0.05 < special.ndtr((0.45 - 1) / error)  # non-inferior, not equivalent


def test_cuped() -> None:
    """Variance 1 - rho^2: 51 and 49 %, a quarter at 0.5; the correlation of the fence is 0.7; theta minimizes; no bias
    with an estimated theta at an unequal split; new users save 24.5 %; theta = 1 is worse than nothing below 0.5; a
    common theta is best at an even split and can be worse than nothing at another; regression gives nearly the same
    number, and the interacted one wins at an unequal split. Key of the quick check: 51,200."""
    assert round(1 / sqrt((1 + 0.655**2) * (1 + 0.5**2 + 0.423**2)), 2) == 0.70
    assert round(100 * (1 - 0.7**2)) == 51 and round(100 * 0.7**2) == 49 and round(100 * 0.5 * 0.7**2, 1) == 24.5
    assert 1 - 0.5**2 == 0.75 and round(80_000 * (1 - 0.6**2)) == 51_200 and round(80_000 * sqrt(0.64)) == 64_000
    assert 80_000 * (1 - 0.6) == 32_000 and np.isclose(0.6**2, 0.36) and round(80_000 * 0.36) == 28_800
    for rho in (0.3, 0.5, 0.7):
        theta = np.linspace(0, 1, 101)
        left = 1 + theta**2 - 2 * theta * rho  # both variances 1
        assert np.isclose(theta[left.argmin()], rho) and np.isclose(left.min(), 1 - rho**2)
        assert (left[-1] < 1) == (rho > 0.5)

    rng, runs, n = np.random.default_rng(1), 1_000, 200  # unequal split, slopes 0 and 2, theta common or by arm
    treated = np.arange(n) < n // 10
    x, noise = rng.normal(size=(2, runs, n))
    y = noise + 2 * x * treated

    def lift(v: np.ndarray) -> np.ndarray:
        return np.asarray(v[:, treated].mean(1) - v[:, ~treated].mean(1))

    def slope(u: np.ndarray, v: np.ndarray) -> np.ndarray:
        u = u - u.mean(1, keepdims=True)
        return np.asarray((u * v).sum(1) / (u * u).sum(1))

    centered = x - x.mean(1, keepdims=True)
    common = lift(y - slope(x, y)[:, None] * centered)
    own = np.where(
        treated, slope(x[:, treated], y[:, treated])[:, None], slope(x[:, ~treated], y[:, ~treated])[:, None]
    )
    interacted = lift(y - own * centered)
    assert interacted.var() < 0.8 * lift(y).var() and interacted.var() < 0.8 * common.var()
    steep = noise + 2 * x * ~treated  # slopes 0 in the small arm, 2 in the large one
    worse = lift(steep - slope(x, steep)[:, None] * centered)
    assert worse.var() > 2 * lift(steep).var()  # a common theta raises the variance
    even = np.arange(n) % 2 == 0
    target = noise + 2 * x * even
    variance = [
        float(np.var((target - theta * centered)[:, even].mean(1) - (target - theta * centered)[:, ~even].mean(1)))
        for theta in (0.7, 1.0, 1.3)
    ]
    assert variance[1] < min(variance[0], variance[2])  # even split: the pooled slope, here 1, is best
    assert abs(slope(x, target).mean() - 1) < 0.02
    for estimate in (common, interacted, lift(y)):
        assert abs(estimate.mean()) < 4 * estimate.std() / sqrt(runs)

    flip = treated[rng.permuted(np.tile(np.arange(n), (200, 1)), axis=1)]  # regression against CUPED, ordinary slope
    y = x[:200] + noise[:200]
    gaps = []
    for row in range(200):
        design = np.column_stack([np.ones(n), flip[row], x[row]])
        coefficient = np.linalg.lstsq(design, y[row])[0][1]
        adjusted = y[row] - slope(x[row : row + 1], y[row : row + 1])[0] * centered[row]
        gaps.append(coefficient - (adjusted[flip[row]].mean() - adjusted[~flip[row]].mean()))
    assert np.std(gaps) < 0.2 * sqrt(1 / (n * 0.09))


def test_stratification() -> None:
    """9 within and 9.25 between, 49 % remains, standard error 1.42 times too large; post-stratification is CUPED on
    dummies exactly with a theta per arm and nearly with a common one; an even split inside strata leaves 4 * 9 / N and
    no bias is removed; of 20 pairs, 49 % fall into one arm at random; key of the quick check: nothing more goes if the
    covariate holds what the stratum says."""
    share, mean = np.array([0.5, 0.3, 0.2]), np.array([1.0, 4.0, 9.0])
    between = float(share @ (mean - share @ mean) ** 2)
    r2 = between / (9 + between)
    assert np.isclose(between, 9.25) and round(100 * (1 - r2)) == 49 and round(r2, 2) == 0.51
    assert round(1 / sqrt(1 - r2), 2) == 1.42

    rng, runs, n = np.random.default_rng(0), 2_000, 200
    stratum = np.repeat([0, 1, 2], (share * n).astype(int))
    y = mean[stratum] + rng.normal(0, 3, (runs, n))
    arm = rng.permuted(np.tile(np.arange(n) % 2 == 1, (runs, 1)), axis=1)
    post, common, own = np.zeros(runs), np.zeros(runs), np.zeros(runs)
    for k in range(3):
        in_k = stratum == k
        ones, zeros = (np.mean(y, 1, where=side & in_k) for side in (arm, ~arm))
        post += share[k] * (ones - zeros)
        seen = [(side & in_k).sum(1) / side.sum(1) for side in (arm, ~arm)]
        common -= y[:, in_k].mean(1) * (seen[0] - seen[1])  # theta of a dummy is the mean of its stratum
        own -= ones * (seen[0] - share[k]) - zeros * (seen[1] - share[k])
    plain = np.mean(y, 1, where=arm) - np.mean(y, 1, where=~arm)
    assert np.allclose(plain + own, post)
    assert np.corrcoef(plain + common, post)[0, 1] > 0.99
    assert abs(post.var() / plain.var() - (1 - r2)) < 4 * 0.49 * sqrt(4 / runs)
    even = (np.arange(n) % 2) == 1  # half of each stratum
    inside = y[:, even].mean(1) - y[:, ~even].mean(1)
    assert abs(inside.var() / (4 * 9 / n) - 1) < 4 * sqrt(2 / runs)
    for estimate in (plain, post, inside):
        assert abs(estimate.mean()) < 4 * estimate.std() / sqrt(runs)  # all unbiased

    draws = rng.permuted(np.tile(np.arange(40) % 2, (2_000, 1)), axis=1)
    whole = np.mean(np.abs(draws[:, ::2] + draws[:, 1::2] - 1))  # both of a pair in the same arm
    assert round(100 * 19 / 39) == 49
    assert abs(whole - 19 / 39) < 4 * sqrt(0.25 / (2_000 * 20))

    # country is a rough version of past behavior: given the past, it explains nothing more
    past = rng.normal(size=50_000)
    metric = sqrt(0.45) * past + sqrt(0.55) * rng.normal(size=50_000)
    country = np.digitize(past + 0.7 * rng.normal(size=50_000), [0.0])
    rest = metric - sqrt(0.45) * past
    explained = np.var([rest[country == c].mean() for c in (0, 1)])
    assert explained < 16 / 50_000
    alone = np.var([metric[country == c].mean() for c in (0, 1)])
    assert 0.15 < alone < 0.25
    assert np.isclose(0.20 + 0.45, 0.65) and np.isclose(1 - 0.45, 0.55)
