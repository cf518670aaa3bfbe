"""Proofs for "Forecasts and graphs": what the page states and has no room to run, one function a question."""

from __future__ import annotations

from math import erf, exp, log, sqrt

import numpy as np
from scipy.special import ndtri, pdtr, pdtrc, pdtrik


def test_design_eta() -> None:
    """2.2 billion ETAs a day and the serving arithmetic; completed pickups average 6.7, weights give 10 back; the
    smallest of 20 estimates averages 4.3; the 75 % promise is 12.2, late 25 %, 4.35 against 5.39; standard errors of
    the table. Key of the quick check: 31.7."""
    daily = 20e6 * (10 + 100)
    assert daily == 2.2e9 and round(daily / 86_400, -3) == 25_000
    peak = 3 * daily / 86_400
    assert round(peak / 1e3) == 76 and round(peak * 0.001) == 76 and round(peak * 2e6 / 1e9) == 153
    assert 50e6 * 4 == 200e6 and 7 * 24 * 12 == 2_016 and round(50e6 * 2_016 / 1e9) == 101

    # exponential wait (mean 10) against exponential patience (mean 20): the minimum is exponential with rate 0.15
    share, shorter = (1 / 10) / (1 / 10 + 1 / 20), 1 / (1 / 10 + 1 / 20)
    assert np.isclose(share, 2 / 3) and round(shorter, 1) == 6.7
    rng = np.random.default_rng(0)
    wait, patience = rng.exponential(10, 200_000), rng.exponential(20, 200_000)
    done = wait < patience
    assert abs(wait[done].mean() - 20 / 3) < 4 * wait[done].std() / sqrt(done.sum())
    # completed waits have a density proportional to e^(-t/10) e^(-t/20); weighted by e^(t/20) their mean is 10
    t = np.linspace(0, 600, 600_001)
    finished = np.exp(-t / 10) / 10 * np.exp(-t / 20)  # density of completed waits, not normalized
    weight = np.exp(t / 20)
    assert abs((t * weight * finished).sum() / (weight * finished).sum() - 10) < 0.01
    assert abs((t * finished).sum() / finished.sum() - 20 / 3) < 0.01

    # density of the smallest of 20 normal errors, by midpoints of its distribution function
    u = (np.arange(200_000) + 0.5) / 200_000
    smallest = 8 + 2 * ndtri(1 - (1 - u) ** (1 / 20)).mean()
    assert round(float(smallest), 1) == 4.3

    pickup = 10 * np.exp(0.3 * ndtri(u))  # log-normal, median 10
    promise = 10 * exp(0.3 * float(ndtri(0.75)))

    def cost(shown: float) -> float:
        return float(3 * np.maximum(pickup - shown, 0).mean() + np.maximum(shown - pickup, 0).mean())

    assert 3 / (3 + 1) == 0.75 and round(promise, 1) == 12.2 and abs(np.mean(pickup > promise) - 0.25) < 1e-5
    assert round(cost(promise), 2) == 4.35 and round(cost(10), 2) == 5.39
    assert cost(promise) < min(cost(promise - 0.2), cost(promise + 0.2))
    # squared error is least at the mean, absolute error at the median
    half = np.abs(pickup - 10).mean()
    assert half < min(np.abs(pickup - 9.8).mean(), np.abs(pickup - pickup.mean()).mean())

    z = float(ndtri(0.9))
    legs = z * sqrt(((8 - 5) / z) ** 2 + ((26 - 20) / z) ** 2)
    assert round(5 + 20 + legs, 1) == 31.7 and np.isclose(legs, sqrt(3**2 + 6**2))
    assert 8 + 26 == 34 and 25 + (3 + 6) / 2 == 29.5
    # the fence's 90 % column: the sum of 40 segment quantiles
    assert round(40 * 0.5 * exp(0.6 * z)) == 43
    # the table's least certain column, 90 % at correlation 0.3: standard error from the density at the quantile
    common, own = rng.normal(size=(20_000, 1)), rng.normal(size=(20_000, 40))
    trips = (0.5 * np.exp(0.6 * (sqrt(0.3) * common + sqrt(0.7) * own))).sum(1)
    below, above = np.quantile(trips, (0.88, 0.92))
    assert sqrt(0.9 * 0.1 / 50_000) * (above - below) / 0.04 < 0.15


def test_design_people_you_may_know() -> None:
    """AUC 0.975 of "has a mutual friend" against random pairs; 0.030, 0.070, 0.048, 0.012 and the order of the two;
    weights 0.29 and 0.12; log-normal arithmetic; number of two-step paths on a graph; 150,000 names at most, 1,700
    visits, 300,000 lists, 870,000 candidates. With clusters the arms
    differ by 1 + w. Key of the quick check: the arms differ by 1, the launch brings 2."""
    positive, negative = np.r_[np.ones(95), np.zeros(5)], np.zeros(100)
    gap = positive[:, None] - negative
    assert np.isclose(np.mean(gap > 0) + np.mean(gap == 0) / 2, 0.975)

    first, second = np.array([0.10, 0.30]), np.array([0.06, 0.80])
    assert np.allclose([first.prod(), second.prod()], [0.030, 0.048]) and first[0] > second[0]
    assert np.allclose([first[0] * 0.7, second[0] * 0.2], [0.070, 0.012])
    # more ties and fewer vain invitations: better for every worth v > 0 and price c >= 0
    assert second.prod() > first.prod() and second[0] * 0.2 < first[0] * 0.7
    assert round(1 / log(30), 2) == 0.29 and round(1 / log(3_000), 2) == 0.12

    square = 200**2 * exp(1)  # second moment of a log-normal with mean 200 and sigma 1
    onward = square / 200 - 1
    assert round(onward) == 543 and round(200 * onward**2 / 1e6) == 59 and round(square / 40_000, 1) == 2.7
    mu = log(200) - 0.5
    cut = (log(1_000) - mu) / 1.0
    assert round(1 - 0.5 * (1 + erf(cut / sqrt(2))), 3) == 0.017
    d = 200 * np.exp(ndtri((np.arange(50_000) + 0.5) / 50_000) - 0.5)
    lists = float(np.minimum(d, 500).mean())  # the viewer's own ties, cut at 500
    assert lists * np.mean(d * np.minimum(d - 1, 300)) / 200 < 0.5 * np.mean(d * (d - 1))  # more than halves
    assert 500 * 300 == 150_000
    trimmed = d * np.maximum(d - 1 - 300, 0)  # what the cut drops: mostly from hubs
    assert trimmed[d > 1_000].sum() > 0.5 * trimmed.sum()
    peak = 3 * 50e6 / 86_400
    assert round(peak, -2) == 1_700 and round(peak * lists, -4) == 300_000
    assert round(peak * 500, -4) == 870_000
    assert 500e6 / 50e6 == 10

    # on any graph the two-step paths number the sum of d (d - 1)
    rng = np.random.default_rng(0)
    upper = np.triu(rng.random((60, 60)) < np.outer(rng.random(60), rng.random(60)), 1)
    graph = (upper | upper.T).astype(int)
    degree = graph.sum(0)
    assert (graph @ graph).sum() - degree.sum() == (degree * (degree - 1)).sum()

    # half treated, each starts one tie with a receiver drawn from everybody
    members = 400_000
    treated = np.arange(members) < members // 2
    received = np.bincount(rng.integers(members, size=members // 2), minlength=members)
    ties = treated + received
    difference = ties[treated].mean() - ties[~treated].mean()
    assert abs(difference - 1) < 4 * 2 * received.std() / sqrt(members)
    assert abs(received[~treated].mean() - 0.5) < 4 * received.std() / sqrt(members / 2)
    launched = 1 + np.bincount(rng.integers(members, size=members), minlength=members)
    assert launched.mean() == 2

    # 200 clusters of 500, half of them treated: a share w of the new ties stays inside, the rest goes anywhere
    size, groups = 500, 200
    cluster = np.arange(size * groups) // size
    started = cluster < groups // 2
    starters = np.flatnonzero(started)
    for w in (0.0, 0.8):
        anyone = rng.integers(size * groups, size=starters.size)
        mate = cluster[starters] * size + rng.integers(size, size=starters.size)
        to = np.where(rng.random(starters.size) < w, mate, anyone)
        got = np.bincount(to, minlength=size * groups)
        gap = 1 + got[started].mean() - got[~started].mean()
        assert abs(gap - (1 + w)) < 4 * 2 / sqrt(size * groups)


def test_design_demand_forecasting() -> None:
    """The order of 23 at level 0.75 is the cheapest; 69 against 65; 292 GB and 27 core-minutes; 23 to 30 units: 0.70
    to 0.03 lost, 3.7 to 10.0 wasted, 5.8 to 10.1 in cost; 98 % is the level of 49 to 1; a tenth for 100 stores;
    sales as demand sink to 13 at the median; a slow seller gets 0. Key of the quick check: at least 9."""
    assert 3 / (3 + 1) == 0.75 and 1_000 * 20_000 == 20e6
    k = np.arange(300)

    def order(level: float, mean: float) -> int:
        return int(np.argmax(pdtr(k, mean) >= level))

    p = np.diff(np.r_[0, pdtr(k, 20)])

    def outcome(stock: int) -> tuple[float, float, float]:
        lost, waste = float(np.maximum(k - stock, 0) @ p), float(np.maximum(stock - k, 0) @ p)
        return lost, waste, 3 * lost + waste

    assert order(0.75, 20) == 23 and min(range(60), key=lambda stock: outcome(stock)[2]) == 23
    assert 3 * 23 == 69 and order(0.75, 60) == 65
    assert order(0.98, 20) == 30
    assert np.round(outcome(23), 2).tolist()[0] == 0.70 and np.round(outcome(23)[1:], 1).tolist() == [3.7, 5.8]
    assert round(outcome(30)[0], 2) == 0.03 and np.round(outcome(30)[1:], 1).tolist() == [10.0, 10.1]
    assert np.isclose(49 / (49 + 1), 0.98)

    assert 20e6 * 730 * 20 == 292e9 and round(20e6 * 730 / 1e9, 1) == 14.6
    assert order(0.75, 0.1) == 0  # a slow seller
    assert 20e6 * 1_000 * 8 == 160e9 and round(160e9 / 100e6 / 60) == 27
    assert np.isclose(sqrt(100) / 100, 1 / 10)

    # a sold-out day counts its conditional mean, given at least the stock
    tail = p[23:] @ k[23:] / p[23:].sum()
    assert np.isclose(tail, 20 * pdtrc(21, 20) / pdtrc(22, 20))
    # exact: what one round of each rule expects from a stock of 23
    kept = p[:23] @ k[:23] / p[:23].sum()
    sold = np.minimum(k, 23) @ p
    assert kept < sold < 20 and np.isclose(np.where(k >= 23, tail, k) @ p, 20)

    # the simulation with another seed: where the two wrong rules end, and the standard errors
    rng, ends, money = np.random.default_rng(1), [], 0.0
    for drop in (False, True):
        guess = np.full(200, 20.0)
        for _ in range(20):
            stock = np.ceil(pdtrik(0.75, guess))[:, None]
            demand = rng.poisson(20, (200, 28))
            out, sold = demand >= stock, np.minimum(demand, stock)
            left = (sold * ~out).sum(1) / np.maximum((~out).sum(1), 1)
            guess = np.where(out.all(1), guess, left) if drop else sold.mean(1)
            cost = (3 * np.maximum(demand - stock, 0) + np.maximum(stock - demand, 0)).mean(1)
            money = float(cost.std(ddof=1) / sqrt(300))  # the last one stays: dropping, round 20
        ends.append((guess.mean(), guess.std(ddof=1) / sqrt(200)))
    for (found, error), said in zip(ends, (18.9, 11.7), strict=True):
        assert abs(found - said) < 4 * error * sqrt(1 + 200 / 300) + 0.05 and error * sqrt(200 / 300) < 0.15
    assert round(money, 1) == 0.4
    guess = np.full(300, 20.0)
    for _ in range(20):  # sales as demand, ordering the median
        guess = np.minimum(rng.poisson(20, (300, 28)), np.ceil(pdtrik(0.5, guess))[:, None]).mean(1)
    assert round(float(guess.mean())) == 13 and guess.std(ddof=1) / sqrt(300) < 0.04

    sales = np.array([8, 10, 10, 7, 10])
    assert sales.mean() == 9 and sales[sales < 10].mean() == 7.5 and sales.sum() == 45
