"""Proofs for "Without an experiment": what the page states and has no room to run, one function a question."""

from __future__ import annotations

from math import log, sqrt

import numpy as np
from scipy.optimize import nnls
from scipy.special import ndtr, ndtri, stdtrit


def test_feature_users_retain_better() -> None:
    """The table by selection alone: 26 %, 51 % against 31 %, a gap of 20 points, 36 % overall. Simulated users who are
    all alike give the two lines of the run. A prompt would have to move 4 points; key of the quick check: 3 points, ten
    standard errors, from 36 %."""
    size, use, stay = np.array([4_000, 6_000]), np.array([0.5, 0.1]), np.array([0.6, 0.2])
    users, others = size * use, size * (1 - use)
    assert np.isclose(users.sum() / 10_000, 0.26) and np.isclose(size @ stay / 10_000, 0.36)
    with_it, without = users @ stay / users.sum(), others @ stay / others.sum()
    assert round(100 * with_it) == 51 and round(100 * without) == 31 and round(100 * (with_it - without)) == 20
    assert np.isclose(0.2 * 20, 4)

    rng, n = np.random.default_rng(0), 200_000
    last = np.minimum(rng.geometric(0.05, n), 30)  # last active day; leaves at night with 5 %
    first_use = rng.geometric(0.05, n)  # active days until the first use, if it comes
    ever = first_use <= last
    for group, shown in ((ever, 0.36), (~ever, 0.09)):
        assert abs((last[group] == 30).mean() - shown) < 0.005 + 4 * 0.5 / sqrt(group.sum())
    week = (first_use <= 7)[last >= 8]
    end = (last == 30)[last >= 8]
    assert abs(end[week].mean() - 0.32) < 0.005 + 4 * 0.5 / sqrt(week.sum())
    assert abs(end[week].mean() - end[~week].mean()) < 4 * 0.5 * sqrt(1 / week.sum() + 1 / (~week).sum())

    early = first_use <= np.minimum(last, 7)  # an early window over all users does not mend the clock
    assert (last[early] == 30).mean() - (last[~early] == 30).mean() > 0.03

    assert np.isclose(0.2 * 0.6 + 0.8 * 0.3, 0.36)  # retention among unprompted users
    assert np.isclose(30 * (0.30 - 0.20), 3) and np.isclose(3 / 0.3, 10)


def test_what_to_adjust_for() -> None:
    """A simulated graph gives the coefficients of the exact run; visits and survey raise R²; past spending shows 1 and
    has total effect 2; the instrument without the confounder goes from 1.33 to 1.50; a cause shared by visits and
    spending spoils the direct effect; M-bias 1.0 to 0.8; odds ratio 4 in both halves and 3.45 overall."""
    rng, n = np.random.default_rng(0), 100_000
    order, past, season = rng.normal(size=(3, n))
    email = order + past + rng.normal(size=n)
    visits = email + rng.normal(size=n)
    spend = past + season + 0.5 * visits + 0.5 * email + rng.normal(size=n)
    survey = email + spend + rng.normal(size=n)

    def fit(y: np.ndarray, *x: np.ndarray) -> tuple[np.ndarray, float, np.ndarray]:
        columns = np.column_stack(x)
        gram = columns.T @ columns
        b = np.linalg.solve(gram, columns.T @ y)
        rest = float(np.mean((y - columns @ b) ** 2))
        return b, 1 - rest / float(np.var(y)), np.sqrt(rest * np.diag(np.linalg.inv(gram)))

    explained = {}
    for name, extra, shown, se in (
        ("nothing", (), 1.33, 0.031),
        ("past", (past,), 1.00, 0.034),
        ("season", (past, season), 1.00, 0.025),
        ("order", (past, order), 1.00, 0.047),
        ("visits", (past, visits), 0.50, 0.055),
        ("survey", (past, survey), -0.38, 0.035),
        ("order, no past", (order,), 1.50, 0.037),
    ):
        b, explained[name], error = fit(spend, email, *extra)
        assert abs(b[0] - shown) < 0.005 + 4 * error[0], name
        assert abs(error[0] * sqrt(n / 1000) - se) < 0.0015
        if name == "past":
            assert abs(b[1] - 1) < 4 * error[1]  # direct only: through the e-mail comes one more
    assert explained["visits"] > explained["past"] and explained["survey"] > explained["past"]
    b, _, error = fit(spend, past)
    assert abs(b[0] - 2) < 4 * error[0]

    hidden = rng.normal(size=n)
    visits_2 = visits + hidden
    spend_2 = past + 0.5 * visits_2 + 0.5 * email + hidden + rng.normal(size=n)
    assert abs(fit(spend_2, email, past, visits_2)[0][0] - 0.5) > 0.3  # neither direct nor total

    # M-bias: U drives T and W, V drives W and Y, T drives Y
    t_t, w_w, t_w = 2.0, 3.0, 1.0  # variances and covariance of T and W
    t_y, w_y = 2.0, t_w + 1.0
    assert np.isclose(t_y / t_t, 1.0)
    assert np.isclose(np.linalg.solve([[t_t, t_w], [t_w, w_w]], [t_y, w_y])[0], 0.8)

    def odds(p: float) -> float:
        return p / (1 - p)

    assert np.isclose(odds(0.5) / odds(0.2), 4) and np.isclose(odds(0.8) / odds(0.5), 4)
    assert round(odds((0.5 + 0.8) / 2) / odds((0.2 + 0.5) / 2), 2) == 3.45


def test_propensity_scores() -> None:
    """Exact in the population of the run: naive 1.83, true score of activity 1.00, score of version alone 2.22, with
    AUC 0.67, 0.87 and 0.81; activity is balanced at equal score; e/(1-e) gives the effect on the treated; ten users;
    the doubly robust estimate is right if either model is, wrong if neither. Quick check: at AUC 0.99 most treated
    users have no untreated counterpart."""
    activity, version = (a.ravel() for a in np.mgrid[0:5, 0:3])
    e = 1 / (1 + np.exp(-(0.7 * (activity - 2) + 2.0 * (version - 1))))
    y0 = activity.astype(float)

    def weighted(score: np.ndarray, effect: np.ndarray) -> float:
        treated, untreated = e / score, (1 - e) / (1 - score)
        return float(np.average(y0 + effect, weights=treated) - np.average(y0, weights=untreated))

    def auc(score: np.ndarray) -> float:
        higher = (score[:, None] > score) + 0.5 * (score[:, None] == score)
        return float(e @ higher @ (1 - e) / e.sum() / (1 - e).sum())

    one = np.ones(15)
    by_activity, by_version = (np.array([e[g == k].mean() for k in g]) for g in (activity, version))
    for score, effect, area in (
        (np.full(15, e.mean()), 1.83, 0.50),
        (by_activity, 1.00, 0.67),
        (e, 1.00, 0.87),
        (by_version, 2.22, 0.81),
    ):
        assert abs(weighted(score, one) - effect) < 0.005 + 4 * 0.06 / sqrt(200)
        assert abs(auc(score) - area) < 0.006
    assert weighted(by_version, one) > weighted(np.full(15, e.mean()), one)  # worse than no score
    # balance: at equal score the covariate has the same distribution in both groups
    score = np.round(np.where(activity < 2, 0.3, 0.6), 2)
    for s in (0.3, 0.6):
        level = score == s
        assert np.isclose(
            np.average(activity[level], weights=score[level]), np.average(activity[level], weights=1 - score[level])
        )
    varied = 1.0 + activity  # an effect that differs: on the treated, untreated weighted by e/(1-e)
    on_treated = np.average(y0 + varied, weights=e) - np.average(y0, weights=(1 - e) * by_activity / (1 - by_activity))
    assert np.isclose(on_treated, np.average(varied, weights=e)) and np.isclose(1 / 0.1, 10)

    def robust(score: np.ndarray, m1: np.ndarray, m0: np.ndarray) -> float:
        return float(np.mean(m1 - m0 + e * (y0 + 1 - m1) / score - (1 - e) * (y0 - m0) / (1 - score)))

    wrong = np.full(15, 0.4)
    assert np.isclose(robust(by_activity, 0 * y0 + 7, 0 * y0), 1) and np.isclose(robust(wrong, y0 + 1, y0), 1)
    assert not np.isclose(robust(wrong, 0 * y0 + 7, 0 * y0), 1, atol=0.1)

    # quick check: at equal shares a pair that is tied at score 1/2 costs half a point of AUC, so few can be tied
    tied = sqrt(2 * (1 - 0.99))
    assert tied < 0.15
    scores = np.array([0.0, 0.5, 1.0])
    yes, no = np.array([0, tied, 1 - tied]), np.array([1 - tied, tied, 0])
    wins = (scores[:, None] > scores) + 0.5 * (scores[:, None] == scores)
    assert np.isclose(yes @ wins @ no, 0.99)
    distance = sqrt(2) * ndtri(0.99)  # normal scores: log odds of treatment are distance * (z - distance / 2)
    assert ndtr(distance / 2 - log(9) / distance) > 0.8  # treated with e >= 0.9


def test_uplift_modeling() -> None:
    """Segments: 200, 2,000 and 360 sales for 20,000 offers; class transformation with a fair coin and the weighted
    target otherwise give the uplift exactly; profit 0.40 and -1.12, -0.40 and 0.36; 1.4 points of standard error. Quick
    check: A loses 0.90 a user, B earns 0.50."""
    share, p0 = np.array([0.2, 0.2, 0.4, 0.2]), np.array([0.60, 0.20, 0.02, 0.40])
    p1 = np.array([0.61, 0.30, 0.03, 0.36])
    uplift = p1 - p0
    assert np.allclose(100 * uplift, [1, 10, 1, -4]) and p1.argmax() == 0 and uplift.argmax() == 1
    assert np.allclose(20_000 * uplift[:2], [200, 2_000]) and np.isclose(20_000 * share @ uplift, 360)
    assert np.allclose(2 * (0.5 * p1 + 0.5 * (1 - p0)) - 1, uplift)
    p = 0.1
    assert np.allclose(p * p1 * (1 - p) / (p * (1 - p)) + (1 - p) * p0 * (0 - p) / (p * (1 - p)), uplift)
    assert not np.allclose(2 * (p * p1 + (1 - p) * (1 - p0)) - 1, uplift, atol=0.1)
    gain = (10 - 2) * p1 - 10 * p0
    assert np.isclose(gain[1], 0.40) and np.isclose(gain[0], -1.12) and gain.argmax() == uplift.argmax()
    assert np.isclose(8 * 0.70 - 10 * 0.60, -0.40) and np.isclose(8 * 0.07 - 10 * 0.02, 0.36)
    assert np.isclose(15 * 0.50 - 20 * 0.42, -0.90) and np.isclose(15 * 0.10 - 20 * 0.05, 0.50)
    assert round(100 * sqrt(2 * 0.3 * 0.7 / 2_000), 1) == 1.4
    # Qini of the uplift ranking is never below that of the response ranking, and both end at the same value
    qini = {name: np.cumsum((share * uplift)[np.argsort(-s)]) for name, s in (("u", uplift), ("r", p1))}
    assert np.all(qini["u"] >= qini["r"] - 1e-12) and np.isclose(qini["u"][-1], qini["r"][-1])
    assert qini["r"][0] < 0.2 * qini["r"][-1]  # below the random line at a fifth


def test_difference_in_differences() -> None:
    """Arithmetic of the table: 15, 30, 35 and the ratio scale 18.75 %, 118.75, 11.25; both scales agree only for equal
    levels; the regression with region and week effects is that number; staggered launches give -0.17 although effects
    are 1 to 8 with mean 3.8; two standard errors 0.006; one launched region has no part in the clustered error, its t
    has m - 1 degrees of freedom, and clustering works with 30 regions a side; key of the quick check."""
    table = np.array([[100.0, 130], [80, 95]])
    change = np.diff(table)[:, 0]
    assert list(change) == [30, 15] and change[0] - change[1] == 15 and table[0, 1] - table[1, 1] == 35
    assert change[0] / 15 == 2 and table[0, 0] - table[1, 0] == 20
    assert 95 / 80 == 1.1875 and 100 * 95 / 80 == 118.75 and 130 - 118.75 == 11.25
    assert np.isclose(100 + 15, 115) and (90 * 95 / 80 - 90 != 15) and np.isclose(80 * 95 / 80 - 80, 15)

    def two_way(y: np.ndarray) -> np.ndarray:
        y = y - y.mean(-1, keepdims=True)
        return y - y.mean(-2, keepdims=True)

    d = two_way(np.array([[0.0, 1], [0, 0]]))
    assert np.isclose((d * table).sum() / (d**2).sum(), 15)

    effect = np.array([np.clip(np.arange(1, 11) - start + 1, 0, None) for start in (3, 7)], float)
    on = (effect > 0).astype(float)
    assert effect[0, 2] == 1 and effect.max() == 8 and effect[on > 0].min() == 1
    assert round(effect[on > 0].mean(), 1) == 3.8
    d = two_way(on)
    levels = np.add.outer([10.0, 20], np.arange(10.0))  # region and week effects, no noise
    assert round((d * (levels + effect)).sum() / (d**2).sum(), 2) == -0.17
    # each region against those not launched yet, before the second one launches: right
    later = levels + effect
    for week in range(2, 6):
        assert np.isclose((later[0, week] - later[0, 1]) - (later[1, week] - later[1, 1]), effect[0, week])
    assert round(2 * sqrt(0.05 * 0.95 / 5_000), 3) == 0.006

    # one launched region of 20: its score is zero whatever the data, and the fit is its change minus the mean change
    rng, after = np.random.default_rng(0), np.arange(20) >= 10
    y = rng.normal(size=(400, 20, 20)).cumsum(2)
    d, r = two_way(np.outer(np.arange(20) == 0, after).astype(float)), two_way(y)
    b = (d * r).sum((1, 2)) / (d**2).sum()
    scores = (d * (r - b[:, None, None] * d)).sum(2)
    assert np.allclose(scores[:, 0], 0) and scores[:, 1:].std() > 0.1
    change = y[:, :, after].mean(2) - y[:, :, ~after].mean(2)
    assert np.allclose(b, change[:, 0] - change[:, 1:].mean(1))
    # variance 1 + 1/m, and degrees of freedom m - 1: the statistic has Student's distribution for normal changes
    normal, m = rng.normal(size=(200_000, 6)), 5
    t = (normal[:, 0] - normal[:, 1:].mean(1)) / (normal[:, 1:].std(1, ddof=1) * sqrt(1 + 1 / m))
    assert abs(np.mean(abs(t) > stdtrit(m - 1, 0.975)) - 0.05) < 4 * sqrt(0.05 * 0.95 / 200_000)
    # many regions on both sides: clustering works
    y = rng.normal(size=(2_000, 60, 2)) * [1, 2]
    d = two_way(np.outer(np.arange(60) < 30, [0, 1]).astype(float))
    r = two_way(y)
    b = (d * r).sum((1, 2)) / (d**2).sum()
    se = np.sqrt(((d * (r - b[:, None, None] * d)).sum(2) ** 2).sum(1) * 60 / 59) / (d**2).sum()
    assert abs(np.mean(abs(b) > stdtrit(59, 0.975) * se) - 0.05) < 4 * sqrt(0.05 * 0.95 / 2_000)
    assert (6 - 4) - (3 - 2) == 1 and 6 / 4 == 3 / 2


def test_synthetic_control() -> None:
    """Weights found by the heavy row sum to one and reproduce a mixture exactly; an average cannot exceed its largest
    member; least squares on more donors than weeks fits anything; smallest p-value 1/21, with 12 donors 1/13; equal
    chances make the rank uniform; the launched city ranks first in over 80 % of worlds with 20 weeks before and in
    under 30 % with 5; a city out of reach gives 8.3 for 5 and a gap of 2.7 before launch."""
    rng = np.random.default_rng(0)
    donors = 50 + rng.normal(size=(30, 20)).cumsum(0)
    mix = np.zeros(20)
    mix[:4] = [0.4, 0.3, 0.2, 0.1]

    def synthetic(past: np.ndarray, target: np.ndarray) -> np.ndarray:
        rows = np.vstack([past, np.full((1, past.shape[1]), 1e4)])
        return nnls(rows, np.append(target, 1e4))[0]

    weights = synthetic(donors, donors @ mix)
    assert np.allclose(weights, mix, atol=1e-6) and np.isclose(weights.sum(), 1)
    above = donors.max(1) + 3
    weights = synthetic(donors, above)
    assert np.isclose(weights.sum(), 1, atol=1e-4) and weights.min() >= 0
    assert np.all(above - donors @ weights > 2.9)  # a gap in every week before launch
    launched = donors[:20] @ mix  # without noise the weights are right and the effect is exact
    later = donors[20:] @ mix + 5
    assert np.allclose(later - donors[20:] @ synthetic(donors[:20], launched), 5, atol=1e-3)
    noise = rng.normal(size=12)  # twelve weeks, twenty donors, nothing in common
    free = np.linalg.lstsq(donors[:12], noise, rcond=None)[0]
    assert np.allclose(donors[:12] @ free, noise) and free.min() < 0
    assert round(1 / 21, 3) == 0.048 and round(1 / 13, 3) == 0.077
    ratios = rng.gamma(2.0, size=(20_000, 21))  # any ratios, with the launch city drawn by lot
    assert abs(np.mean(ratios[:, 0] == ratios.max(1)) - 1 / 21) < 4 * sqrt(0.05 * 0.95 / 20_000)

    def world(rng: np.random.Generator, before: int, lean: float) -> np.ndarray:
        trend = rng.normal([0.2, 0], 1, (before + 10, 2)).cumsum(0)
        donors = rng.random((20, 2))
        donors = donors[np.argsort(-donors[:, 0])]
        city = rng.dirichlet(np.ones(4)) @ donors[:4] + [lean, 0]
        y = trend @ np.vstack([city, donors]).T
        y[before:, 0] += 5
        return y + rng.normal(size=y.shape)

    first = {}
    for before in (5, 20):
        rng, hits = np.random.default_rng(0), []
        for _ in range(80):
            y, ratios = world(rng, before, 0), []
            for k in range(21):
                others = [j for j in range(1, 21) if j != k]
                gap = y[:, k] - y[:, others] @ synthetic(y[:before, others], y[:before, k])
                ratios.append(np.mean(gap[before:] ** 2) / np.mean(gap[:before] ** 2))
            hits.append(ratios[0] == max(ratios))
        first[before] = np.mean(hits)
    assert first[20] - 0.80 > 4 * sqrt(first[20] * (1 - first[20]) / 80)
    assert 0.30 - first[5] > 4 * sqrt(first[5] * (1 - first[5]) / 80)

    # the worlds of the page at 80 weeks, but the city leans 0.3 further to the growing trend
    runs, rng = [], np.random.default_rng(0)
    for _ in range(200):
        y = world(rng, 80, 0.3)
        gap = y[:, 0] - y[:, 1:] @ synthetic(y[:80, 1:], y[:80, 0])
        runs.append((gap[80:].mean(), np.mean(gap[:80] ** 2)))
    estimate, before = np.mean(runs, 0)
    assert round(estimate, 1) == 8.3 and round(sqrt(before), 1) == 2.7
    assert estimate - 5 > 4 * np.std(runs, 0)[0] / sqrt(200)


def test_instrumental_variables() -> None:
    """The table: 40.3 % against 38.8 %, 40 % against 15 %, ratio 6 points; naive 28.5, per protocol 22.8; a direct
    effect of 0.5 points moves the estimate by 2; the naive gap of the weakest prompt is 42; two-stage least squares is
    the ratio; without always-users it is the effect on users; key of the quick check."""
    share, without = np.array([0.60, 0.25, 0.15]), np.array([0.30, 0.40, 0.60])
    used = np.array([0.30, 0.46, 0.72])
    effect = used - without
    uses = np.array([[0, 0, 1], [0, 1, 1]])  # unprompted, prompted
    kept, use = (share * (without + uses * effect)).sum(1), uses @ share
    assert np.allclose(kept, [0.388, 0.403]) and np.allclose(use, [0.15, 0.40])
    assert np.isclose(100 * (kept[1] - kept[0]), 1.5) and np.isclose(use[1] - use[0], 0.25)
    assert np.isclose((kept[1] - kept[0]) / 0.25, 0.06) and np.isclose(1.5 / 0.25, 6) and np.isclose(effect[2], 0.12)

    def naive(share: np.ndarray) -> float:
        weight = 0.5 * uses * share
        rest = 0.5 * (1 - uses) * share
        return float((weight * used).sum() / weight.sum() - (rest * without).sum() / rest.sum())

    assert round(100 * naive(share), 1) == 28.5
    assert round(100 * naive(np.array([0.845, 0.005, 0.15]))) == 42
    prompted = share[1:] @ used[1:] / share[1:].sum()
    assert round(100 * (prompted - share[:2] @ without[:2] / share[:2].sum()), 1) == 22.8
    assert np.isclose((kept[1] + 0.005 - kept[0]) / 0.25 - 0.06, 0.02) and np.isclose(0.5 / 0.25, 2)

    rng, n = np.random.default_rng(0), 20_000
    z = rng.random(n) < 0.5
    kind = rng.choice(3, n, p=share)
    d = uses[z.astype(int), kind].astype(float)
    y = (rng.random(n) < without[kind] + effect[kind] * d).astype(float)
    wald = (y[z].mean() - y[~z].mean()) / (d[z].mean() - d[~z].mean())
    first = np.where(z, d[z].mean(), d[~z].mean())  # fitted by the first stage
    two_stage = np.cov(first, y)[0, 1] / np.var(first, ddof=1)
    assert np.isclose(wald, two_stage) and abs(wald - 0.06) < 4 * 0.5 * sqrt(4 / n) / 0.25
    # no always-users: prompted users who use it are compliers
    only = np.array([0.75, 0.25, 0.0])
    gap = (only * (without + uses * effect)).sum(1)
    assert np.isclose((gap[1] - gap[0]) / 0.25, effect[1])
    assert np.isclose(1 / (0.30 - 0.10), 5)


def test_regression_discontinuity() -> None:
    """A simulation of the linear estimators agrees with the exact expectations and deviations; degrees 4 to 6 have
    more deviation than lines in a window of 20; 15 instead of 4; fuzzy 2/0.5; missing and surplus counts of the quick
    check; sorting creates a jump without any effect."""
    x = np.arange(0.05, 100, 0.1)
    assert x.size == 1_000
    above = x >= 50
    mean = 20 + 0.1 * x + 40 * np.exp((x - 100) / 8) + 4 * above
    y = mean + 5 * np.random.default_rng(0).normal(size=(400, x.size))
    spread = {}
    for degree, window, expected, sd in (
        (0, 50, 15.4, 0.3),
        (0, 10, 5.1, 0.7),
        (1, 10, 4.0, 1.4),
        (1, 20, 3.9, 1.0),
        (1, 50, -2.8, 0.6),
        (2, 50, 8.2, 0.9),
        (3, 50, 2.2, 1.3),
        (4, 50, 4.6, 1.6),
        (5, 50, 3.8, 1.9),
        (6, 50, 4.0, 2.2),
    ):
        gap = np.zeros(400)
        for side, sign in ((above, 1), (~above, -1)):
            rows = side & (abs(x - 50) <= window)
            gap += sign * np.polynomial.polynomial.polyfit((x[rows] - 50) / window, y[:, rows].T, degree)[0]
        spread[degree, window] = gap.std()
        assert abs(gap.mean() - expected) < 0.05 + 4 * sd / 20
        assert abs(gap.std() - sd) < 0.05 + 4 * sd / sqrt(800)
    assert min(spread[d, 50] for d in (4, 5, 6)) > 1.3 * spread[1, 20]
    assert np.isclose(2 / 0.5, 4) and 410 - 180 == 230 and 640 - 400 == 240

    # scores 48 to 50: the keener half lifts itself over the cutoff; nobody's outcome is changed by support
    rng = np.random.default_rng(1)
    score, keen = rng.uniform(40, 60, 40_000), rng.normal(size=40_000)
    moved = np.where((score > 48) & (score < 50) & (keen > 0), score + 2, score)
    low, high = (moved > 48) & (moved < 50), (moved >= 50) & (moved < 52)
    assert keen[high].mean() - keen[low].mean() > 0.5 and low.sum() < 0.6 * high.sum()
    assert log(high.sum() / low.sum()) > 0.5
