"""Proofs for "Pitfalls and other designs": what the page states and has no room to run, one function a question."""

from __future__ import annotations

from itertools import product
from math import ceil, log, sqrt

import numpy as np
from scipy.special import chdtrc, ndtr, ndtri


def test_ab_test_peeking() -> None:
    """Exact crossing rates by integrating the walk from look to look: 19 % for ten looks, 5 % for the two group
    sequential bounds, below 5 % for the always-valid one; the users needed for power 0.8: 30 % and 4 % more, about 1.8
    times. 6.6, 2.09, 2.81; the counts of the figure; a path that is looked at but decided at its end keeps 5 %; asking
    for the next day too still exceeds 5 %; stopping at a posterior of 95 % raises more false alarms with more looks."""
    grid = np.arange(-9, 9.001, 0.03)

    def cross(bound: np.ndarray, times: np.ndarray, drift: float) -> np.ndarray:
        """Probability of the first crossing at each look."""
        step = times[0]
        kernel = 0.03 * np.exp(-((grid - drift * step) ** 2) / (2 * step)) / sqrt(2 * np.pi * step)
        density, found = kernel, []
        for i, (time, edge) in enumerate(zip(times, bound * np.sqrt(times), strict=True)):
            density = np.convolve(density, kernel, mode="same") if i else density
            inside = np.clip((edge - abs(grid)) / 0.03 + 0.5, 0, 1)  # a cell at the edge counts in part
            found.append(float((density * (1 - inside)).sum()))
            density, _ = density * inside, time
        return np.array(found)

    def valid(t: np.ndarray, r: float = 0.1) -> np.ndarray:
        return np.sqrt((1 + r / t) * (2 * log(1 / 0.05) + np.log(1 + t / r)))

    ten = np.arange(1, 11) / 10
    flat, late = np.full(10, 2.555), 2.087 / np.sqrt(ten)
    assert abs(cross(np.full(10, 1.96), ten, 0).sum() - 0.193) < 0.002
    for bound in (flat, late):
        assert abs(cross(bound, ten, 0).sum() - 0.05) < 0.001
    assert round(late[0], 1) == 6.6 and round(late[-1], 2) == 2.09
    assert round(float(ndtri(1 - 0.0025)), 2) == 2.81 and round(float(ndtri(0.975) + ndtri(0.8)), 3) == 2.802
    for bound, more in ((flat, 1.30), (late, 1.04)):  # drift grows with the root of the users
        assert abs(cross(bound, ten, 2.802 * sqrt(more)).sum() - 0.8) < 0.004
    pocock, obf = cross(flat, ten, 0), cross(late, ten, 0)
    assert pocock[0] > 4 * pocock[-1] and np.all(np.diff(pocock) < 0) and obf[:5].sum() < obf[5:].sum() / 4
    # at the always-valid bound the mixed likelihood ratio is 20; ten looks use a part of the 5 %, more looks use more
    edge = valid(ten) ** 2
    assert np.allclose(np.sqrt(0.1 / (0.1 + ten)) * np.exp(edge * ten / (2 * (0.1 + ten))), 1 / 0.05)
    shift = np.linspace(-40, 40, 8_001)  # the mixture itself: effects normal with variance 1 / r
    prior = np.exp(-(shift**2) * 0.1 / 2) * sqrt(0.1 / (2 * np.pi)) * 0.01
    mixed = (np.exp(shift * sqrt(edge[4] * 0.5) - shift**2 * 0.25) * prior).sum()
    assert abs(mixed - 20) < 0.01 and abs(cross(valid(ten), ten, 0).sum() - 0.01) < 0.001
    far = np.arange(1, 61) / 10
    assert cross(valid(far), far, 0).sum() > 1.3 * cross(valid(ten), ten, 0).sum()
    assert cross(valid(far), far, 0).sum() < 0.05
    assert valid(np.array([1.0]))[0] > 3
    power = cross(valid(far[:18]), far[:18], 2.802).cumsum()
    assert power[16] < 0.8 and abs(power[17] - 0.8) < 0.015

    looks = np.arange(1, 51)
    z = np.random.default_rng(129).normal(size=(20, 50)).cumsum(1) / np.sqrt(looks)
    assert (abs(z) > 1.96).any(1).sum() == 6 and (abs(z[:, -1]) > 1.96).sum() == 1
    assert abs(z[:, -1]).max() < 2.1 and not (abs(z) > 2.17 * np.sqrt(50 / looks)).any()

    rng = np.random.default_rng(1)
    z = rng.normal(size=(20_000, 10)).cumsum(1) / np.sqrt(np.arange(1, 11))
    over = z > 1.96
    assert abs((abs(z[:, -1]) > 1.96).mean() - 0.05) < 4 * sqrt(0.05 * 0.95 / 20_000)
    twice = ((over[:, 1:] & over[:, :-1]).any(1) | ((z < -1.96)[:, 1:] & (z < -1.96)[:, :-1]).any(1)).mean()
    assert 0.08 < twice < (abs(z) > 1.96).any(1).mean()  # two days in a row: fewer false alarms, still too many
    # flat prior: the posterior of "B better" is ndtr(z), whatever the stopping rule
    assert (ndtr(z) > 0.95).any(1).mean() > 2 * (ndtr(z[:, -1]) > 0.95).mean()
    # p = 0.07, then as many users again and a second test: more than 5 % in all
    first, second = z[:, 4], z[:, 9]
    assert ((abs(first) > 1.96) | (abs(second) > 1.96)).mean() > 0.075


def test_sample_ratio_mismatch() -> None:
    """Chi-square 14.4 and p = 0.00015, 3.8 standard deviations; 61.5 % against 60.0 % with z = 4.7, and 60.4 % when the
    truth is 59 %; the 50.52 % line; one in twenty; p = 1 against the configured split; a planned 90/10 split leaves the
    z test at 5 %. Key of the quick check: the gap arises at the filter."""
    chi2 = 2 * 600**2 / 50_000
    assert np.isclose(chi2, 14.4) and round(sqrt(chi2), 1) == 3.8
    assert round(10_000 * chdtrc(1, chi2), 1) == 1.5 and round(chdtrc(1, chi2), 5) == 0.00015

    def z(wins: float, n: float, other: float, m: float) -> float:
        pool = (wins + other) / (n + m)
        return (wins / n - other / m) / sqrt(pool * (1 - pool) * (1 / n + 1 / m))

    assert 50_600 - 1_200 == 49_400 and np.isclose(0.6 * 50_600, 30_360)
    assert round(100 * 30_360 / 49_400, 1) == 61.5 and round(z(30_360, 49_400, 30_360, 50_600), 1) == 4.7
    assert round(100 * 0.59 * 50_600 / 49_400, 1) == 60.4 and z(0.59 * 50_600, 49_400, 30_360, 50_600) > 0
    assert z(0.59 * 50_600, 49_400, 30_360, 50_600) < 1.5  # the harm does not show, and a clear gain neither
    daily = np.random.default_rng(2).binomial(1_000, 0.5, (20_000, 10)).cumsum(1) / np.arange(1_000, 10_001, 1_000)
    score = (daily - 0.5) * 2 * np.sqrt(np.arange(1_000, 10_001, 1_000))
    assert (abs(score) > 1.96).any(1).mean() > 0.15
    # visits as rows: users bring several, and a fair split of users fails the test of the visits
    visits = np.random.default_rng(3).geometric(0.2, (400, 1_000))
    side = np.random.default_rng(4).random((400, 1_000)) < 0.5
    first = (visits * side).sum(1)
    assert (abs(first - visits.sum(1) / 2) / np.sqrt(visits.sum(1) / 4) > 1.96).mean() > 0.3
    line = 0.5 + ndtri(1 - 0.0005) * 0.5 / sqrt(100_000)
    assert round(100 * line, 2) == 50.52 and 1 / 0.05 == 20
    assert chdtrc(1, sum((o - 100_000 * s) ** 2 / (100_000 * s) for o, s in ((50_600, 0.506), (49_400, 0.494)))) > 0.999
    rng = np.random.default_rng(0)
    a, b = rng.binomial(9_000, 0.1, 20_000), rng.binomial(1_000, 0.1, 20_000)
    pool = (a + b) / 10_000
    alarm = abs(a / 9_000 - b / 1_000) / np.sqrt(pool * (1 - pool) * (1 / 9_000 + 1 / 1_000)) > 1.96
    assert abs(alarm.mean() - 0.05) < 4 * sqrt(0.05 * 0.95 / 20_000)
    assert round(chdtrc(1, 2 * 120**2 / 250_000), 2) == 0.73 and 250_120 - 249_880 == 240
    assert chdtrc(1, 2 * 500**2 / 20_500) < 1e-5 and 250_120 + 249_880 == 500_000


def test_aa_test() -> None:
    """The expected rate of the wrong analysis, about one in five, from the true variance of a residual; the standard
    errors of the table; 2.2 and 0.7 points; 64 % in twenty tests; 12 % is ten standard errors from 5 %; an unpaired
    analysis of pairs raises too few alarms; live metrics of the same users are not independent."""
    # residual of a user: binomial part plus the part by which users differ, visits geometric with mean 5
    mean, square, rate, differ = 5, (2 - 0.2) / 0.2**2, 0.1, 0.1 * 0.9 / 6
    variance = mean * (rate * (1 - rate) - differ) + square * differ
    too_small = sqrt(variance / (mean * rate * (1 - rate)))
    assert abs(2 * ndtr(-1.96 / too_small) - 0.21) < 0.02
    assert sqrt(0.211 * 0.789 / 2_000) < 0.0095 and round(sqrt(0.211 * 0.789 / 2_000), 3) == 0.009
    errors = [100 * sqrt(0.05 * 0.95 / m) for m in (100, 1_000)]
    assert [round(e, 1) for e in errors] == [2.2, 0.7] and abs((12 - 5) / errors[1] - 10) < 0.4
    assert round(100 * sqrt(0.05 * 0.95 / 10)) == 7 and 0.00001 < 0.05 / 1_000
    assert round(0.211 / 0.052) == 4
    assert round(100 * 0.2 * 0.211 / (0.2 * 0.211 + 0.8 * 0.052)) == 50 and 0.03 < 0.05 == 1 / 20
    assert round(100 * (1 - 0.95**20)) == 64 and round(5 * (1 - 0.211)) == 4

    rng = np.random.default_rng(0)
    base = rng.normal(size=(4_000, 100))  # pairs of similar units, one of each pair treated
    a, b = (base + 0.5 * rng.normal(size=base.shape) for _ in range(2))
    unpaired = (a - b).mean(1) / np.sqrt((a.var(1, ddof=1) + b.var(1, ddof=1)) / 100)
    assert (abs(unpaired) > 1.98).mean() < 0.01
    # a slower variant is invisible to an A/A test: its arms are equal by construction
    visits = rng.poisson(5, (2_000, 200))
    orders = rng.binomial(visits, 0.3)
    p = [abs(m[:, :100].mean(1) - m[:, 100:].mean(1)) for m in (visits, orders)]
    assert np.corrcoef(*p)[0, 1] > 0.1


def test_novelty_effect() -> None:
    """The averages 6.7 %, 1.1 % and 3.0 % of a lift of 10 % whose excess over 1 % halves every four days; 8 % to 4 % by
    the mix alone, and 3 % to 7 % in the quick check; z = 3 of the fall at correlation 0.5; at a constant relative lift
    the difference shrinks with activity; counting only returning users selects."""
    lift = 1 + 9 * 0.5 ** (np.arange(28) / 4)
    assert lift[0] == 10
    assert [round(x, 1) for x in (lift[:7].mean(), lift[21:].mean(), lift.mean())] == [6.7, 1.1, 3.0]
    assert [share * 10 + (1 - share) * 2 for share in (0.75, 0.25)] == [8, 4]
    assert [share * 9 + (1 - share) * 1 for share in (0.25, 0.75)] == [3, 7]
    error = sqrt(2**2 + 2**2 - 2 * 0.5 * 2 * 2)
    assert np.isclose(error, 2) and np.isclose((7 - 1) / error, 3)
    active = np.array([1.0, 0.7, 0.5])  # of control, by week; the lift is 5 % in each
    assert np.allclose(1.05 * active / active - 1, 0.05) and np.all(np.diff(1.05 * active - active) < 0)
    # the treatment brings back light users who buy less: those who return look worse, all users look better
    heavy, light = 0.5, 0.5
    control = (heavy * 4, heavy)  # purchases and returning users: only heavy users return
    treated = (heavy * 4 + light * 1, heavy + light)
    assert treated[0] / treated[1] < control[0] / control[1] and treated[0] > control[0]


def test_ratio_metrics() -> None:
    """The two forms of the variance agree; the naive error is about 40 % too small, 23 % false alarms; leaving out the
    covariance makes it too large; 0.20 and 0.41; 8.8 % and +10 %; resampling views repeats the naive error; naive is
    right with independent views; one linearized number per user tests two arms, also if their views differ."""
    rng, n = np.random.default_rng(1), 20_000
    v = rng.geometric(0.1, n)
    c = rng.binomial(v, rng.beta(1, 9, n))
    ratio = c.sum() / v.sum()
    cov = np.cov(c, v)
    written = cov[0, 0] - 2 * ratio * cov[0, 1] + ratio**2 * cov[1, 1]
    assert np.isclose(written, (c - ratio * v).var(ddof=1))
    assert cov[0, 1] > 0 and cov[0, 0] + ratio**2 * cov[1, 1] > written
    differ = 0.1 * 0.9 / 11
    true = 10 * (0.09 - differ) + (2 - 0.1) / 0.1**2 * differ  # variance of a residual
    short = sqrt(10 * 0.09 / true)
    assert abs((1 - short) - 0.4) < 0.03 and round(100 * 2 * ndtr(-1.96 * short)) == 23
    same = rng.binomial(v, 0.1)
    r = same.sum() / v.sum()
    assert abs((same - r * v).var() / (v.mean() * r * (1 - r)) - 1) < 0.05
    views, clicks = np.array([1, 1, 2, 16]), np.array([1, 0, 1, 2])
    assert clicks.sum() / views.sum() == 0.20 and round(float((clicks / views).mean()), 2) == 0.41
    assert 100 / 1_000 == 0.10 and round(100 * 110 / 1_250, 1) == 8.8
    rows = np.repeat([1, 0], [c[:1_000].sum(), (v - c)[:1_000].sum()])  # views of one sample, users forgotten
    spread = rng.binomial(len(rows), rows.mean(), 4_000).std() / len(rows)
    assert abs(spread / sqrt(rows.mean() * (1 - rows.mean()) / len(rows)) - 1) < 4 / sqrt(8_000)

    runs, m = 600, 500
    false = []
    for views in (10, 20):  # the change may move the views per user: each arm has its own R and mean of views
        v = rng.geometric(1 / np.array([10, views])[:, None, None], (2, runs, m))
        c = rng.binomial(v, rng.beta(1, 9, (2, runs, m)))
        rates = (c.sum(2) / v.sum(2))[..., None]
        own = rates + (c - rates * v) / v.mean(2)[..., None]
        assert np.allclose(own.mean(2), rates[..., 0])
        t = (own[1].mean(1) - own[0].mean(1)) / np.sqrt((own.var(2, ddof=1) / m).sum(0))
        false.append((abs(t) > 1.96).mean())
    assert np.all(abs(np.array(false) - 0.05) < 4 * sqrt(0.05 * 0.95 / runs)), false


def test_network_interference() -> None:
    """The choice model: 20 % and 9 %, 50.0 % and 54.5 %; more than twice, at any number of buyers; 4, 6 and 5.6 in the
    network; the spread by city is three times that by seller; a variance factor of 3.45. Key of the quick check: with a
    fixed number of rides the launch brings nothing, though the arms differ by 10 %."""
    half, full, none = 20 + 10 * 1.2 + 10, 20 + 20 * 1.2, 20 + 20
    assert np.isclose((1.2 / half) / (1 / half), 1.2) and full == 44
    assert 20 / none == 0.5 and round(100 * 24 / full, 1) == 54.5
    launch = (24 / full) / (20 / none) - 1
    assert round(100 * launch) == 9 and 0.2 / launch > 2

    def found(inside: float) -> float:
        """Direct 4, up to 2 by the share of treated friends; a share of friends is in the own cluster."""
        treated, control = inside + (1 - inside) / 2, (1 - inside) / 2
        return 4 + 2 * treated - 2 * control

    assert found(0) == 4 and found(1) == 6 and np.isclose(found(0.8), 5.6)
    assert abs(0.068 / 0.023 - 3) < 0.1
    assert np.isclose(1 + (50 - 1) * 0.05, 3.45)
    rng = np.random.default_rng(0)
    share = sqrt(0.05) * rng.normal(size=(4_000, 1)) + sqrt(0.95) * rng.normal(size=(4_000, 50))
    assert abs(share.mean(1).var() * 50 / 3.45 - 1) < 4 * sqrt(2 / 4_000)
    rides, drivers, boost = 1_000, 100, 1.1
    treated = rides * boost / (drivers / 2 * (boost + 1))
    control = rides / (drivers / 2 * (boost + 1))
    assert np.isclose(treated / control, 1.1) and np.isclose(rides * boost / (drivers * boost), rides / drivers)
    # detection: control sellers sell less where more of the others are boosted
    sold = [1 / (20 + 20 + 0.2 * boosted) for boosted in (4, 10, 16)]
    assert sold[0] > sold[1] > sold[2]


def test_switchback_experiment() -> None:
    """Carry-over by hour: 30 % in the first, 97 % in the tenth; the table's estimates average 1 - 0.7^j over
    the hours kept; 112 blocks; hours as rows claim half to three fifths; fixed alternation of 12-hour blocks gives one
    variant the nights. Key of the quick check: a longer burn-in moves the average toward the full effect."""

    def expected(size: int, burn: int) -> float:
        return float(np.mean(1 - 0.7 ** np.arange(burn + 1, size + 1)))

    def spread_of(size: int, burn: int) -> float:
        kept, lag = size - burn, np.arange(1, size - burn)
        block = (1 + 2 * np.sum((1 - lag / kept) * 0.7**lag)) / kept  # variance of a mean of the noise
        return float(sqrt(4 * block * size / (4 * 336)))

    assert abs(spread_of(12, 6) / spread_of(24, 6) - 1) < 0.05 and 6 / 12 == 0.5 and 6 / 24 == 0.25
    assert spread_of(4, 0) < spread_of(12, 0) < spread_of(24, 0) and spread_of(12, 0) < spread_of(12, 6)
    assert round(1 - 0.7, 2) == 0.30 and round(100 * (1 - 0.7**10)) == 97
    table = (
        ((1, 0), 0.29, 0.055),
        ((4, 0), 0.55, 0.087),
        ((12, 0), 0.80, 0.115),
        ((12, 6), 0.97, 0.139),
        ((24, 6), 0.98, 0.136),
    )
    for key, shown, spread in table:
        assert abs(expected(*key) - shown) < 4 * spread / sqrt(400) + 0.005
    assert 0.057 < 0.087 and 0.056 > 0.055  # from 4 hours on hours as rows claim too little
    assert 4 * 336 // 12 == 112 and 336 == 14 * 24
    assert [round(a / b, 1) for a, b in ((0.059, 0.115), (0.085, 0.139), (0.070, 0.136))] == [0.5, 0.6, 0.5]
    starts = np.arange(0, 14 * 24, 12) % 24
    assert len(set(starts[::2])) == 1
    assert np.all(np.diff([expected(24, burn) for burn in range(12)]) > 0)


def test_interleaving() -> None:
    """A simulated search: 60.3 % and 61.2 % of searches with a click; users for power 0.8 from exact expected outcomes:
    about 100,000, 16,000 and 5,000. Team draft is fair without a preference and blind in the case shown, where c stands
    higher in B; alternating from A is not fair."""
    rng, n, places = np.random.default_rng(0), 40_000, 10
    assert np.allclose(0.6 * np.array([0.30, 0.25]), [0.18, 0.15])
    click = 0.6 * rng.beta(0.5, 2, (n, places))  # chance of a click on each result, once seen
    ranks = [np.argsort(-(click + 0.6 * rng.normal(0, sd, click.shape)), 1) for sd in (0.30, 0.25)]

    def outcome(p: np.ndarray) -> tuple[np.ndarray, ...]:
        """Chance of a click by place, of any click, first and second moment of the reciprocal rank."""
        on = np.cumprod(np.c_[np.ones(n), 0.9 * (1 - 0.5 * p[:, :-1])], 1)
        none = np.cumprod(np.c_[np.ones(n), 0.9 * (1 - p[:, :-1])], 1) * p
        place = np.arange(1, places + 1)
        return on * p, none.sum(1), (none / place).sum(1), (none / place**2).sum(1)

    a, b = (outcome(np.take_along_axis(click, r, 1)) for r in ranks)
    assert abs(a[1].mean() - 0.603) < 0.002 and abs(b[1].mean() - 0.612) < 0.002
    factor = (ndtri(0.975) + ndtri(0.8)) ** 2
    needed = {}
    spread = sum(x[1].mean() * (1 - x[1].mean()) for x in (a, b))
    needed["any"] = 2 * factor * spread / (b[1] - a[1]).mean() ** 2
    spread = sum(x[3].mean() - x[2].mean() ** 2 for x in (a, b))
    needed["rank"] = 2 * factor * spread / (b[2] - a[2]).mean() ** 2

    rows, taken = np.arange(n), np.zeros((n, places), bool)
    shown, team = np.empty((n, places), int), np.empty((n, places), int)
    turn = np.zeros(n, int)
    for i in range(places):
        turn = 1 - turn if i % 2 else rng.integers(0, 2, n)
        order = np.where(turn[:, None] == 0, *ranks)
        pick = order[rows, (~np.take_along_axis(taken, order, 1)).argmax(1)]
        taken[rows, pick], shown[:, i], team[:, i] = True, pick, 2 * turn - 1
    p = np.take_along_axis(click, shown, 1)
    mean = (outcome(p)[0] * team).sum(1).mean()
    clicked = rng.random(p.shape) < p
    gone = (clicked & (rng.random(p.shape) < 0.5)) | (rng.random(p.shape) < 0.1)
    credit = (clicked & (np.cumsum(gone, 1) - gone == 0)) * team
    needed["mixed"] = factor * credit.sum(1).var() / mean**2
    total = credit.sum(1)
    decided = (total != 0).sum()
    assert abs((total > 0).sum() / decided - 0.53) < 4 * 0.5 / sqrt(decided) and 53 - 47 == 6
    for name, shown_users in (("any", 100_000), ("rank", 16_400), ("mixed", 4_800)):
        assert abs(needed[name] / shown_users - 1) < 0.12, needed
    assert abs(100_000 / 4_800 - 20) < 1.5 and abs(16_400 / 4_800 - 3) < 0.5
    assert abs(team[:, 0].mean()) < 4 / sqrt(n)  # the first place belongs to either team equally often

    def draft(first: str, second: str, coins: tuple[int, ...]) -> dict[str, str]:
        placed: dict[str, str] = {}
        for coin in coins:
            for name in "AB" if coin else "BA":
                left = [x for x in (first if name == "A" else second) if x not in placed]
                if left:
                    placed[left[0]] = name
        return placed

    credits = [draft("abc", "bca", coins)["c"] for coins in product((0, 1), repeat=2)]
    assert credits.count("A") == credits.count("B") and "bca".index("c") < "abc".index("c")
    assert all(next(iter(draft("abcd", "abdc", (1, coin)))) == "a" for coin in (0, 1))
    assert ceil(needed["mixed"]) < needed["rank"] < needed["any"]


def test_bandits_vs_ab_test() -> None:
    """Per-user Thompson sampling with Beta posteriors shows each arm's mean biased down; the pooled rates 11.7 % and
    16.4 % of two equal arms under a changing base rate; weighting by the assignment probability is unbiased; the error
    of the table's biases; an even split loses in proportion to time and the bandit's loss grows more slowly. Key of
    the quick check: headlines dropped when they fall below their true rate have a final rate that is too low."""
    assert round(100 * (50 * 0.1 + 10 * 0.2) / 60, 1) == 11.7 and round(100 * (50 * 0.1 + 90 * 0.2) / 140, 1) == 16.4
    assert abs(25 / 100 - 0.25) < 1e-9 and abs(0.106 / 0.05 - 2) < 0.2

    hours = np.arange(1, 11)
    rate = np.random.default_rng(4).binomial(200, 0.1, (5_000, 10)).cumsum(1) / (200 * hours)
    low = rate < 0.1
    final = rate[np.arange(5_000), np.where(low.any(1), low.argmax(1), 9)]
    assert final.mean() + 4 * final.std() / sqrt(5_000) < 0.1 < final[~low.any(1)].mean()

    rng, runs = np.random.default_rng(3), 2_000
    wins, shown, rates = np.zeros((2, runs)), np.zeros((2, runs)), np.array([0.3, 0.3])
    for _ in range(150):
        arm = rng.beta(wins + 1, shown - wins + 1).argmax(0)
        reward = rng.random(runs) < rates[arm]
        for k in (0, 1):
            wins[k] += reward & (arm == k)
            shown[k] += arm == k
    mean = wins / np.maximum(shown, 1)
    bias, error = mean.mean(1) - 0.3, mean.std(1) / sqrt(runs)
    assert np.all(bias + 4 * error < 0)

    runs = 6_000
    lost, weighted = [], np.zeros((2, runs))
    wins, shown, rates = np.zeros((2, runs)), np.zeros((2, runs)), np.array([[0.10], [0.12]])
    for _ in range(20):
        post = (wins + 1) / (shown + 2)
        var = post * (1 - post) / (shown + 3)
        share = np.clip(ndtr((post[1] - post[0]) / np.sqrt(var.sum(0))), 0.1, 0.9)  # a floor of 10 %
        b = rng.binomial(500, share)
        got = rng.binomial([500 - b, b], rates)
        wins += got
        shown += [500 - b, b]
        weighted += got / np.array([1 - share, share]) / 10_000
        lost.append(0.02 * (500 - b).mean())
    error = weighted.std(1) / sqrt(runs)
    assert np.all(abs(weighted.mean(1) - rates[:, 0]) < 4 * error)
    assert weighted[0].std() > sqrt(0.1 * 0.9 / 5_000)  # noisier than an even split for the arm rarely shown
    assert sum(lost[10:]) < sum(lost[:10]) and 0.02 * 250 * 20 == 100
