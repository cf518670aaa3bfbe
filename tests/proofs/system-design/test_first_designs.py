"""Proofs for "First designs": what the page states and has no room to run, one function a question.

Estimates of the prose, keys of the quick checks, and the claims in mistakes and follow-ups.
"""

from __future__ import annotations

from math import exp, sqrt

import numpy as np
from scipy.special import log_softmax
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score


def test_design_recommender() -> None:
    """15 % at equal looks; the ideal score of a softmax against sampled items is log p/q plus a constant, log p after
    the correction, at any batch size; 0.06/0.05 below 0.02/0.001; an eighth of the arithmetic, 44 TB a second; 80 %
    caps the page; a score from logged clicks prefers the policy that wrote the log. Key of the quick check: 82 % to
    18 %."""
    assert np.isclose(0.06 / 0.4, 0.15) and 0.06 / 0.4 > 0.10
    assert np.isclose(0.06 / 0.05, 1.2) and np.isclose(0.02 / 0.001, 20)

    # gradient of the exact expected loss over all draws of one positive (from p) and one or two negatives (from q):
    # zero at log p/q, not at log p; with log q subtracted from the logits, zero at log p
    p, q = np.array([0.60, 0.25, 0.10, 0.05]), np.array([0.10, 0.20, 0.30, 0.40])

    def slope(s: np.ndarray, negatives: int) -> float:
        grid = np.meshgrid(*[np.arange(4)] * (1 + negatives), indexing="ij")
        picks = np.stack([axis.ravel() for axis in grid], 1)
        weight = p[picks[:, 0]] * q[picks[:, 1:]].prod(1)
        residual = np.exp(log_softmax(s[picks], axis=1))
        residual[:, 0] -= 1
        return float(max(abs(np.sum(weight[:, None] * residual * (picks == item))) for item in range(4)))

    for negatives in (1, 2, 5):
        assert slope(np.log(p / q) + 0.7, negatives) < 1e-12  # convex in s: a stationary point is a minimum
        assert slope(np.log(p), negatives) > 0.04
        assert slope(np.log(p) - np.log(q), negatives) < 1e-12  # model score log p, corrected by log q

    peak, items = 3 * 500e6 / 86_400, 10e6
    assert round((peak * 1_000 * 20e6) / (peak * items * 256)) == 8
    assert 10_000 / 1_000 == 10
    assert round(peak * items * 256 / 1e12) == 44  # bytes read if no request is batched
    assert np.isclose(0.04 / 0.01, 4)

    # a perfect ranker shows at best what retrieval kept: 20 wanted items, 80 % of them retrieved
    wanted = np.arange(20)
    kept = set(wanted[:16]) | set(range(100, 1_084))
    assert len(kept) == 1_000 and sum(item in kept for item in wanted) / 20 == 0.80

    shown, rate = np.array([0.9, 0.1]), np.array([0.10, 0.20])
    clicks = shown * rate
    assert np.allclose(clicks, [0.09, 0.02]) and np.allclose((clicks / clicks.sum()).round(2), [0.82, 0.18])
    assert np.allclose(clicks / shown, rate)


def test_design_ads_selection() -> None:
    """Stages multiply to 0.84; losses of a third, 13 %, 1 %, 6 % and a fifth; AUC of p and p² is the same; squashing
    pays 3 % more and loses 5 % of value; 1.67 a click, and truthful bids with one slot; two slots reward a lower bid;
    a common factor cancels, and does not beside unpaid posts; shading buys at least the clicks of throttling; 15
    million and 50 billion scores; 30 dollars too much. Key of the quick check: 100."""
    assert round(0.95 * 0.90 * 0.98, 2) == 0.84

    def auction(score: np.ndarray, value: np.ndarray) -> tuple[np.ndarray, float, float]:
        second, first = score.argsort(1)[:, -2:].T
        i = np.arange(len(score))
        won = value[i, first]
        return first, float(won.mean()), float((won * score[i, second] / score[i, first]).mean())

    rows = []
    for seed in range(10, 16):
        rng = np.random.default_rng(seed)
        p = rng.beta(1, 49, (4_000, 20))
        bid = rng.lognormal(0, 0.8, p.shape)
        light = p * rng.lognormal(0, 0.7, p.shape)
        _, value, paid = auction(bid * p, bid * p)
        row = [auction(p, bid * p)[1] / value]
        for early in (light, bid * light):
            row.append(auction(np.where(early.argsort(1).argsort(1) >= 15, bid * p, 0), bid * p)[1] / value)
        for power in (2, 0.5):
            _, bent_value, bent_paid = auction(bid * p**power, bid * p)
            row += [bent_value / value, bent_paid / paid]
        rows.append(row)
    found, error = np.mean(rows, 0), np.std(rows, 0, ddof=1) / sqrt(6)
    said = np.array([0.64, 0.87, 0.99, 0.94, 0.79, 0.95, 1.03])  # 0.64: over a third is lost; 0.79: a fifth
    assert np.all(abs(found - said) < 0.005 + 4 * error) and np.all(error < 0.006)
    assert found[0] + 4 * error[0] < 2 / 3
    clicks = rng.random(p.shape) < p
    assert roc_auc_score(clicks.ravel(), p.ravel()) == roc_auc_score(clicks.ravel(), (p**2).ravel())

    # the factor 1.5: winners and prices per click stay, but ads beat more of the unpaid posts
    (best, *_), (scaled, *_) = auction(bid * p, bid * p), auction(bid * 1.5 * p, bid * p)
    assert np.array_equal(best, scaled)
    ordered, i = np.sort(bid * p, 1), np.arange(4_000)
    price = ordered[:, -2] / p[i, best]
    assert np.allclose(price, 1.5 * ordered[:, -2] / (1.5 * p[i, best]))
    organic = np.median(ordered[:, -1])
    assert np.mean(1.5 * ordered[:, -1] > organic) > np.mean(ordered[:, -1] > organic) + 0.2

    # second price with one slot, a user term included: no other bid does better than the true value
    assert 2.00 * 0.03 > 5.00 * 0.01 and round(5.00 * 0.01 / 0.03, 2) == 1.67
    for _ in range(200):
        worth, rate, user, rival = rng.lognormal(), rng.beta(1, 49), rng.normal(0, 0.005), rng.lognormal() * 0.02

        offers = np.r_[worth, np.linspace(0, 4 * worth, 81)]
        least = max(0.0, (rival - user) / rate)  # the price: the least bid that wins
        gain = np.where(offers * rate + user > rival, rate * (worth - least), 0)
        assert gain[0] >= gain.max() - 1e-12
        assert (least + 1e-6) * rate + user > rival and (least == 0 or (least - 1e-6) * rate + user < rival)

    # two slots, 200 and 199 clicks; worth 10, rivals bid 4 and 2: the top pays 4, the second slot pays 2
    assert 199 * (10 - 2) > 200 * (10 - 4)

    # same spend against the same prices: shading wins the cheap clicks, throttling a random part
    prices = np.sort(rng.lognormal(0, 1, 20_000))
    prices = prices[prices < 3]
    budget = 0.4 * prices.sum()
    throttled = budget / prices.mean()
    shaded = np.searchsorted(prices.cumsum(), budget)
    assert shaded > 1.2 * throttled
    factor = prices[shaded - 1] / 3
    assert factor < 1

    assert 300 * 50_000 == 15e6 and 1e6 * 50_000 == 50e9
    assert 60 * 30 / 60 == 30

    budget_total, treatment, control = 100, 60, 40
    assert treatment + control == budget_total and treatment / control == 1.5 and treatment / 50 == 1.2


def test_design_ad_click_prediction() -> None:
    """119 million rows; 0.02 % and 10 %; the correction is exact for any features; a factor of 12 and 6 % of the rows;
    28 % after a day; 1.3 %; 64 and 6.4 GB, ten ids a row; balanced classes keep the ranking and break the scale; 0.048
    against 0.025; slices of 1.2 and 0.8; harder traffic has a higher entropy; the winner's curse of raw rates, 6 and
    18 %, and none of posterior means. Key of the quick check: 0.0123."""
    clicks = 2e9 * 0.01
    assert clicks == 20e6 and round((clicks + 0.05 * (2e9 - clicks)) / 1e6) == 119
    assert round(100 / sqrt(20e6), 2) == 0.02 and 100 / sqrt(100) == 10
    rng = np.random.default_rng(0)
    assert abs(rng.binomial(10_000, 0.01, 40_000).std() / 100 - 0.10) < 0.002  # slices with 100 clicks on average

    def undo(q: float, w: float) -> float:
        return q / (q + (1 - q) / w)

    for p in np.linspace(0.001, 0.9, 50).tolist():
        for w in (0.01, 0.05, 0.5):
            assert np.isclose(undo(p / (p + w * (1 - p)), w), p)  # Bayes on a row that was kept
    assert round(undo(0.2, 0.05), 4) == 0.0123 and round(0.2 * 0.05, 4) == 0.0100
    assert round(0.2 / (0.2 + 0.8 * 0.05), 2) == 0.83 and 0.2 / 0.8 == 0.25 and np.isclose(0.25 * 0.05, 0.0125)
    assert round(undo(0.5, 0.05), 3) == 0.048 and 0.5 * 0.05 == 0.025
    assert round(1 - exp(-1 / 3), 2) == 0.28
    assert 3 / 20 == 0.15 and round(100 * (3 + 10) / (20 + 1_000), 1) == 1.3
    assert 1e9 * 32 * 2 == 64e9 and 100e6 * 32 * 2 == 6.4e9 and 1e9 / 100e6 == 10

    # the page's data: share of rows kept, what they lose row by row, and the same ranking from balanced classes
    n, w = 60_000, 0.05
    x = rng.normal(size=(2 * n, 3))
    y = rng.random(2 * n) < 1 / (1 + np.exp(5.5 - x @ [1.2, 0.8, 0.4]))
    rate = y.mean()
    assert round(100 * (rate + w * (1 - rate))) == 6
    full = LogisticRegression().fit(x[:n], y[:n]).predict_proba(x[n:])[:, 1]
    kept = np.flatnonzero(y[:n] | (rng.random(n) < w))
    q = LogisticRegression().fit(x[kept], y[kept]).predict_proba(x[n:])[:, 1]
    undone, base = q / (q + (1 - q) / w), y[n:].mean()
    ideal = -(base * np.log(base) + (1 - base) * np.log(1 - base))
    lost = np.where(y[n:], np.log(full / undone), np.log((1 - full) / (1 - undone))) / ideal
    assert abs(lost.mean()) < 0.01 and 4 * lost.std() / sqrt(n) < 0.02
    assert abs(roc_auc_score(y[n:], q) - roc_auc_score(y[n:], full)) < 0.005
    share = rate / (1 - rate)  # negatives kept to balance the classes
    kept = np.flatnonzero(y[:n] | (rng.random(n) < share))
    balanced = LogisticRegression().fit(x[kept], y[kept]).predict_proba(x[n:])[:, 1]
    assert abs(roc_auc_score(y[n:], balanced) - roc_auc_score(y[n:], full)) < 0.005
    assert balanced.mean() > 10 * y[n:].mean()
    assert np.isclose((1.2 + 0.8) / 2, 1.00)

    # the best possible model: normalized entropy depends on how far the true rates spread
    def entropy(r: np.ndarray) -> np.ndarray:
        return -(r * np.log(r) + (1 - r) * np.log(1 - r))

    easy, hard = np.array([0.001, 0.019]), np.array([0.009, 0.011])
    assert entropy(hard).mean() / entropy(hard.mean()) > entropy(easy).mean() / entropy(easy.mean())
    assert np.isclose(easy.mean(), 0.01) and np.isclose(hard.mean(), 0.01)

    for (hits, misses), said in (((1, 99), 1.06), ((20, 1_980), 1.18)):
        ratios = []
        for _ in range(8):
            rates = rng.beta(hits, misses, (4_000, 20))
            seen = rng.binomial(1_000, rates)
            bid = rng.lognormal(0, 0.8, rates.shape)
            row, i = [], np.arange(4_000)
            for estimate in (seen / 1_000, (seen + hits) / (1_000 + hits + misses)):
                assert abs(estimate.mean() / rates.mean() - 1) < 0.01  # both right on average
                won = (bid * estimate).argmax(1)
                row.append(estimate[i, won].sum() / rates[i, won].sum())
            ratios.append(row)
        raw, posterior = np.mean(ratios, 0)
        error = np.std(ratios, 0, ddof=1) / sqrt(8)
        assert abs(raw - said) < 0.005 + 4 * error[0] and abs(posterior - 1) < 4 * error[1]
        assert np.all(error < 0.003)


def test_design_feed() -> None:
    """35,000 reads, 10 billion and 116,000 writes, 160 GB, 3.5 million look-ups, 86 seconds, 10 million scores; 0.10
    against 0.19; a head that predicts twice too much is twice the weight; satisfaction falls because bait has the
    heavier tail, and would not if both were normal; the maximum of more posts is no smaller. Key of the quick
    check, with the shapes swapped: engagement and satisfaction up."""
    reads = 100e6 * 10 / 86_400
    assert 100e6 * 10 == 1e9 and round(3 * reads, -3) == 35_000
    writes = 50e6 * 200
    assert writes == 10e9 and writes * 16 == 160e9 and round(writes / 86_400, -3) == 116_000
    assert round(300 * reads / 1e6, 1) == 3.5 and round(10e6 / (writes / 86_400)) == 86
    assert round(300 * 3 * reads / 1e6) == 10

    weights = np.array([1, -5])
    assert np.isclose(weights @ [0.30, 0.04], 0.10) and np.isclose(weights @ [0.20, 0.002], 0.19)
    heads = np.random.default_rng(0).random((100, 2))
    assert np.allclose((heads * [1, 2]) @ weights, heads @ (weights * [1, 2]))

    rng, n = np.random.default_rng(1), 2_000

    def choose(posts: int, heavy: bool) -> tuple[np.ndarray, np.ndarray]:
        value = rng.normal(size=(n, posts))
        bait = rng.exponential(size=(n, posts)) if heavy else rng.normal(size=(n, posts))
        pick = np.arange(n), (value + bait).argmax(1)
        return (value + bait)[pick], (value - bait / 2)[pick]

    for heavy in (True, False):
        (engaged_few, few), (engaged_many, many) = choose(10, heavy), choose(300, heavy)
        spread = sqrt((few.var() + many.var()) / n)
        assert engaged_many.mean() > engaged_few.mean() + 1
        assert bool(many.mean() < few.mean() - 4 * spread) is heavy
        assert bool(many.mean() > few.mean() + 4 * spread) is not heavy
    # far out, each further unit of engagement is bait: its cost is half a unit of satisfaction
    (engaged_few, few), (engaged_many, many) = choose(30, True), choose(300, True)
    assert abs((many.mean() - few.mean()) / (engaged_many.mean() - engaged_few.mean()) + 0.5) < 0.1
    # swapped shapes: value exponential, bait normal; value gains nearly all
    gains = []
    for posts in (10, 300):
        value, bait = rng.exponential(size=(n, posts)), rng.normal(1, 1, (n, posts))
        pick = np.arange(n), (value + bait).argmax(1)
        gains.append((value[pick].mean(), bait[pick].mean()))
    (value_few, bait_few), (value_many, bait_many) = gains
    more_value, more_bait = value_many - value_few, bait_many - bait_few
    assert more_value > 2 and abs(more_bait) < 0.15 * more_value and more_value - more_bait / 2 > 2
