"""Proofs for "Monitoring and retraining": what the page states and has no room to run, one function each."""

from __future__ import annotations

from math import exp, log, sqrt

import numpy as np
from scipy import stats
from scipy.optimize import brentq
from scipy.special import expit, kolmogorov


def test_data_or_concept_drift() -> None:
    """Every row of the table, by Bayes' rule: 1.8, 3.0, 4.2 and 3.6 % fraud, scores 1.8, 3.0, 1.8 and 1.8 %, 20.7 %
    foreign, 2.0 and 9.7 % fraud under label shift; more than half of the fraud rate is missed under concept drift;
    equal inputs with other outcomes change the error rate of unchanged predictions (quick check)."""
    score = np.array([0.01, 0.05])  # domestic, foreign

    def percent(foreign: float, fraud: np.ndarray) -> tuple[float, float]:
        share = np.array([1 - foreign, foreign])
        return round(100 * float(share @ score), 1), round(100 * float(share @ fraud), 1)

    assert percent(0.20, score) == (1.8, 1.8) and percent(0.50, score) == (3.0, 3.0)
    assert percent(0.20, np.array([0.04, 0.05])) == (1.8, 4.2) and (4.2 - 1.8) / 4.2 > 0.5
    share = np.array([0.8, 0.2])
    given_fraud, given_good = share * score / 0.018, share * (1 - score) / 0.982
    assert np.isclose(given_fraud.sum(), 1) and np.isclose(given_good.sum(), 1)
    now = 0.036 * given_fraud + 0.964 * given_good
    rates = 0.036 * given_fraud / now
    assert round(100 * now[1], 1) == 20.7
    assert [round(100 * r, 1) for r in rates] == [2.0, 9.7] and percent(float(now[1]), rates) == (1.8, 3.6)
    # predict 1 where x = 1: the same predictions, error 5 % and then 10 %
    old, new = np.array([0.05, 0.95]), np.array([0.10, 0.90])
    error = [float(np.mean([q[0], 1 - q[1]])) for q in (old, new)]
    assert np.isclose(error[1], 2 * error[0])


def test_drift_test_false_alarms() -> None:
    """10 alarms of 200 tests; 1.36 is the 5 % point; 0.0019 and 0.005 standard deviations at a million rows; the four
    rows of the table by the limit law, 100 independent rows standing for 1,000 of 100 users; about one alarm a month,
    18 days a year; 0.2 to 2.3 a month from 60 days; ratios to each column's median keep the shift of row 4 visible, one
    threshold for all does not; Benjamini-Hochberg alarms on 5 % of days without change; columns
    can drift jointly and hide; p falls with rows while the gap stays."""
    assert np.isclose(200 * 0.05, 10) and round(0.03 * 30) == 1 and int(0.05 * 365) == 18
    point = brentq(lambda t: kolmogorov(t) - 0.05, 0.5, 3)
    assert round(point, 2) == 1.36
    cut = point * sqrt(2 / 1e6)
    assert round(cut, 4) == 0.0019 and round(2 * stats.norm.ppf((1 + cut) / 2), 3) == 0.005

    def gap(shift: float) -> float:
        return float(2 * stats.norm.cdf(shift / 2) - 1)

    strict = brentq(lambda t: kolmogorov(t) - 0.05 / 200, 0.5, 4)
    # users: the gap of 100 against 100 rows, so at 0.05 the law of 1,000 rows is far exceeded
    for threshold, low, high in ((point * sqrt(2 / 1_000), 0.94, 0.99), (strict * sqrt(2 / 1_000), 0.6, 0.75)):
        steps = np.ceil(threshold * 100 - 1e-9) / 100
        chance = stats.ks_2samp(np.arange(100), np.arange(100) + 100 * steps - 0.5).pvalue
        assert low < chance < high
    assert kolmogorov(0.1 * sqrt(500)) < 0.0002
    assert gap(0.05) < 0.021 and gap(0.05) * sqrt(10_000) > 1.9 > point and gap(0.05) * sqrt(10_000) > strict - 0.25
    assert gap(0.5) - 0.1 > 4 * sqrt(2 / 1_000) / 2 and gap(0.5) > strict * sqrt(2 / 1_000) + 4 * sqrt(2 / 1_000) / 2
    assert kolmogorov(gap(0.02) * sqrt(5_000)) > 0.5 and kolmogorov(gap(0.02) * sqrt(500_000)) < 1e-6

    # false alarms in 30 days above the second largest of 60 days: the mean and the 90 % interval
    assert round(30 * float(stats.beta.mean(2, 59))) == 1
    assert [round(30 * float(b), 1) for b in stats.beta.ppf([0.05, 0.95], 2, 59)] == [0.2, 2.3]
    # 190 columns of 1,000 rows, 10 of 100 users: one threshold for all hides the shift of row 4, ratios show it and
    # keep about one false alarm in 30 days; the medians come from 30 other days
    rng = np.random.default_rng(0)
    grid = np.linspace(0.2, 4, 4_000)
    noise = np.sqrt(2 / np.r_[np.full(190, 1_000), np.full(10, 100)])
    days = noise * np.interp(rng.random((40, 150, 200)), 1 - kolmogorov(grid), grid)
    past, ahead = days[:, :60], days[:, 90:]
    median = np.median(days[:, 60:90], axis=1, keepdims=True)
    one = np.sort(past.max(2))[:, -2]
    ratio = np.sort((past / median).max(2))[:, -2]
    alarms = 30 * ((ahead / median).max(2) > ratio[:, None]).mean(1)
    assert abs(alarms.mean() - 1) < 4 * alarms.std(ddof=1) / sqrt(40)
    moved = np.sort(rng.normal(size=(200, 2, 1_000)) + np.array([[0], [0.5]]), axis=2)
    order = moved.reshape(200, -1).argsort(axis=1, kind="stable")
    seen = abs(np.where(order < 1_000, 1, -1).cumsum(1)).max(1) / 1_000
    assert np.mean(seen > np.median(one)) < 0.1
    assert np.mean(seen > np.median(ratio * median[:, 0, 0])) > 0.98
    p = np.sort(rng.random((4_000, 200)), axis=1)
    alarm = (p <= 0.05 * np.arange(1, 201) / 200).any(1).mean()
    assert abs(alarm - 0.05) < 4 * sqrt(0.05 * 0.95 / 4_000)
    # same margins, opposite correlation: the product of the columns tells old from new
    x = rng.normal(size=(2, 4_000))
    old, new = x[0] * (0.9 * x[0] + 0.44 * x[1]), x[0] * (-0.9 * x[0] + 0.44 * x[1])
    assert stats.mannwhitneyu(old, new).statistic / 4_000**2 > 0.8


def test_population_stability_index() -> None:
    """Mean 0.18 and the 95 % points, 340 and 135 rows; shifts 0.32 and 0.51 give 0.1 and 0.25, 0.05 gives 0.0024;
    floors give 0.69 and 1.15; 9 and 19 degrees; quick check 0.09; PSI is both divergences and has no negative term; new
    deciles on both sides give 0; 0.12 is below the 95 % point at 150 rows and far above it at 150,000."""
    point = float(stats.chi2.ppf(0.95, 9))
    assert np.isclose(9 * 2 / 100, 0.18) and np.isclose(9 * 2 / 200, 0.09) and (10 - 1, 20 - 1) == (9, 19)
    assert round(2 * point / 0.1, -1) == 340 and round(2 * point / 0.25) == 135
    assert stats.chi2.sf(0.11 / (2 / 200), 9) > 0.2  # the quick check's value is ordinary
    assert np.isclose(9 * 2 / 150, 0.12) and 2 * point / 150 > 0.12 and 400 * 2 * point / 150_000 < 0.12
    assert 5 * 2 * point / 100_000 < 0.0024
    edges = stats.norm.ppf(np.linspace(0, 1, 11))

    def psi(a: np.ndarray, e: np.ndarray) -> float:
        terms = (a - e) * np.log(a / e)
        assert terms.min() >= 0 and np.isclose(terms.sum(), stats.entropy(a, e) + stats.entropy(e, a))
        return float(terms.sum())

    def shifted(by: float) -> float:
        return psi(np.diff(stats.norm.cdf(edges - by)), np.full(10, 0.1))

    assert round(brentq(lambda s: shifted(s) - 0.1, 0.01, 2), 2) == 0.32
    assert round(brentq(lambda s: shifted(s) - 0.25, 0.01, 2), 2) == 0.51 and round(shifted(0.05), 4) == 0.0024
    assert [round((0.1 - f) * log(0.1 / f), 2) for f in (1e-4, 1e-6, 0.5 / 1_005)] == [0.69, 1.15, 0.53]
    assert np.isclose(9 / 100, 0.18 / 2)  # a huge reference
    rng = np.random.default_rng(0)
    x = np.sort(rng.normal(3, 2, 1_000))
    own = np.histogram(x, np.r_[-np.inf, (x[99:-1:100] + x[100::100]) / 2, np.inf])[0] / 1_000
    assert np.allclose(own, 0.1)
    # both sides sampled from ten equal bins, no empty ones: mean and 95 % point of the chi-squared law
    a, e = rng.multinomial(2_000, np.full(10, 0.1), (2, 8_000)) / 2_000
    drawn = ((a - e) * np.log(a / e)).sum(1) / (2 / 2_000)
    assert abs(drawn.mean() - 9) < 4 * sqrt(18 / 8_000) + 0.1
    assert abs(np.mean(drawn > point) - 0.05) < 4 * sqrt(0.05 * 0.95 / 8_000) + 0.002


def test_monitor_without_labels() -> None:
    """Standard errors 3 points and at most 5; an alarm below 84 % has a chance of 2, 81 and 15 % at 90, 80 and 87 %;
    the base rate of 8 %; scores right on average only miss a change of inputs; drawing by score and weighting gives the
    right rate; a flagged sample says nothing about recall."""
    assert np.isclose(sqrt(0.9 * 0.1 / 100), 0.03) and np.isclose(sqrt(0.25 / 100), 0.05)
    assert np.isclose(0.90 - 2 * 0.03, 0.84)
    assert [round(100 * float(stats.binom.cdf(83, 100, p))) for p in (0.90, 0.80, 0.87)] == [2, 81, 15]
    # four weeks pooled: no more false alarms per look, 41 % at 87 %
    assert float(stats.binom.cdf(346, 400, 0.90)) < float(stats.binom.cdf(83, 100, 0.90))
    assert round(100 * float(stats.binom.cdf(346, 400, 0.87))) == 41
    assert np.isclose((0.11 - 0.05) / (0.80 - 0.05), 0.08)
    # truth s(x + z), score the mean over z = -1, 1: calibrated in training, off once z is always -1
    x = np.linspace(-8, 8, 801)
    weight = stats.norm.pdf(x)
    score = (expit(x - 1) + expit(x + 1)) / 2
    flagged = weight * (score >= 0.5)
    estimate = flagged @ score / flagged.sum()
    assert np.isclose(flagged @ ((expit(x - 1) + expit(x + 1)) / 2) / flagged.sum(), estimate)
    assert flagged @ expit(x - 1) / flagged.sum() < estimate - 0.1
    # two strata, positives 20 % and 1 %, drawn with chances 0.5 and 0.05, weighted by 1 / chance: the mean is exact
    rows, rate, chance = np.array([100, 900]), np.array([0.2, 0.01]), np.array([0.5, 0.05])
    assert np.isclose((rows * chance * rate / chance).sum(), (rows * rate).sum())
    assert (rows * chance * rate).sum() / (rows * chance).sum() > 3 * (rows * rate).sum() / rows.sum()
    # the same precision with recall 0.9 and 0.1
    assert np.isclose(90 / 100, 0.9) and 90 / (90 + 10) > 90 / (90 + 810)


def test_when_to_retrain() -> None:
    """20 days at 200 dollars is the minimum; 321, 333 and 250 dollars, 25 % more; 300 for labels of 30 days, whatever
    the interval; the average is that of a simulated calendar; a quarter of the cost halves the interval (quick
    check)."""

    def cost(days: float, run: float = 2_000, decay: float = 10, late: float = 0) -> float:
        return run / days + decay * (late + days / 2)

    best = sqrt(2 * 2_000 / 10)
    assert best == 20 and cost(20) == 200 and all(cost(t) >= 200 for t in np.linspace(1, 100, 397))
    assert round(cost(7)) == 321 and round(cost(60)) == 333 and cost(10) == cost(40) == 250 == 1.25 * cost(20)
    assert all(np.isclose(cost(t, late=30) - cost(t), 300) for t in (7, 20, 60))
    age = (np.arange(20_000) + 0.5) / 1_000 % 20
    assert np.isclose(np.mean(10 * age) + 2_000 / 20, 200)
    assert sqrt(2 * 500 / 10) == best / 2


def test_model_got_worse() -> None:
    """Five ways from 80 % to 65 % with the same scores: 2.2 standard errors, 81 % of labels in, alarms of wallets from
    25 % to 62.5 %, base rate from 2 % to 0.94 %, 60 more alarms with 9 right."""
    assert 160 / 200 == 0.80 and 39 / 60 == 0.65
    assert round(0.15 / sqrt(0.8 * 0.2 / 200 + 0.65 * 0.35 / 60), 1) == 2.2
    assert round(0.80 * 0.81, 2) == 0.65 and (160 + 9) / (200 + 60) == 0.65
    assert np.isclose(0.75 * 0.9 + 0.25 * 0.5, 0.80) and np.isclose(0.375 * 0.9 + 0.625 * 0.5, 0.65)
    assert np.isclose(1 - 0.375, 0.625)
    recall = 0.6
    alarm = recall * 0.02 * 0.2 / 0.8 / 0.98  # the false-alarm rate that gives 80 % at 2 %

    def precision(base: float) -> float:
        return recall * base / (recall * base + alarm * (1 - base))

    assert np.isclose(precision(0.02), 0.80) and round(precision(0.0094), 2) == 0.65
    assert round(100 * brentq(lambda b: precision(b) - 0.65, 0.001, 0.02), 2) == 0.94


def test_delayed_labels() -> None:
    """4.6 % of 10 %; 8.6 and 2.0 %; the table's naive rates; densities and survival of the delay model add up to one;
    young snapshots leave p flat; a wrong delay shape: 12.6 % (lognormal), a likelihood that is largest at 100 %
    (Weibull); 9.1 % and its inverse; quick check 5 %; log loss on the newest day favors low predictions; one G raises
    the fast ad too much."""
    ages = (np.arange(7_000) + 0.5) / 1_000
    assert round(10 * float(np.mean(1 - np.exp(-ages / 5))), 1) == 4.6
    seen = [0.10 * (1 - exp(-2 / mean)) for mean in (1, 9)]
    assert [round(100 * s, 1) for s in seen] == [8.6, 2.0]
    both = sum(seen) / 0.2
    assert seen[0] / both > 0.1 > seen[1] / both
    days = np.arange(1, 15)
    for mean, shown, error in ((1, 9.56, 0.12), (9, 5.21, 0.10)):
        true = 10 * float(np.mean(1 - np.exp(-days / mean)))
        assert abs(true - shown) < 4 * error / sqrt(20) and abs(100 * sqrt(0.01 * true * 0.9 / 56_000) - error) < 0.03
    p, rate, a = 0.1, 1 / 9, 14.0
    t = np.linspace(0, a, 100_001)
    density = p * rate * np.exp(-rate * t)
    came = float(((density[1:] + density[:-1]) / 2).sum() * (t[1] - t[0]))
    assert np.isclose(came + 1 - p + p * exp(-rate * a), 1)
    # at ages up to one day, few or slow conversions look alike: p = 0.1, mean 9 and p = 0.2, mean about 18
    young = np.linspace(0.1, 1, 10)
    one, two = 0.1 * (1 - np.exp(-young / 9)), 0.2 * (1 - np.exp(-young / 18.5))
    assert np.all(abs(one / two - 1) < 0.04)

    def fit(arrive: np.ndarray, moment: float) -> float:
        """EM on expected counts: shares arrived by age, sum of their delays."""
        share, speed = 0.05, 0.5
        for _ in range(1_500):
            late = share * np.exp(-speed * days)
            late = (1 - arrive) * late / (1 - share + late)
            share = float(np.mean(arrive + late))
            speed = float(arrive.sum() / (moment + late @ days))
        return share

    def counts(mean: float, weight: float) -> tuple[np.ndarray, float]:
        arrive = weight * (1 - np.exp(-days / mean))
        return arrive, float((weight * (mean - (mean + days) * np.exp(-days / mean))).sum())

    right, moment = counts(9, 0.10)
    assert abs(fit(right, moment) - 0.10) < 0.001
    quick, slow = counts(1, 0.05), counts(30, 0.05)  # a mixture of delays is no exponential
    assert fit(quick[0] + slow[0], quick[1] + slow[1]) < 0.085

    edges = np.arange(14_001) / 1_000

    def shaped(share: np.ndarray) -> tuple[np.ndarray, float]:
        """The same from the cumulative shares of the delays at the edges."""
        delays = np.cumsum((edges[1:] - 0.0005) * np.diff(share))
        return 0.10 * share[1_000 * days], 0.10 * float(delays[1_000 * days - 1].sum())

    assert np.isclose(fit(*shaped(stats.expon.cdf(edges, scale=9))), 0.10, atol=1e-4)
    scale = 9 / exp(0.5)
    assert np.isclose(stats.lognorm.mean(1, scale=scale), 9)
    assert round(100 * fit(*shaped(stats.lognorm.cdf(edges, 1, scale=scale))), 1) == 12.6
    scale = 9 / (sqrt(np.pi) / 2)
    assert np.isclose(stats.weibull_min.mean(2, scale=scale), 9)
    arrive, moment = shaped(stats.weibull_min.cdf(edges, 2, scale=scale))
    speeds = np.geomspace(1e-4, 3, 3_000)[:, None]

    def best(share: float) -> float:
        wait = ((1 - arrive) * np.log(1 - share + share * np.exp(-speeds * days))).sum(1)
        return float((arrive.sum() * np.log(share * speeds[:, 0]) - speeds[:, 0] * moment + wait).max())

    profile = [best(share) for share in np.linspace(0.05, 1, 39)]
    assert int(np.argmax(profile)) == 38
    assert round(100 * 0.1 / 1.1, 1) == 9.1 and np.isclose((0.1 / 1.1) / (1 - 0.1 / 1.1), 0.1)
    assert np.isclose(0.03 / 0.60, 0.05) and np.isclose(0.03 * 1.4, 0.042)

    def loss(guess: float) -> float:
        newest = 0.1 * (1 - exp(-1 / 9))
        return -newest * log(guess) - (1 - newest) * log(1 - guess)

    assert loss(0.02) < loss(0.1)
