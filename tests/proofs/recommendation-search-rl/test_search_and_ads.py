"""Proofs for "Search, ranking and ads": what the page states and has no room to run, one function each."""

from __future__ import annotations

from itertools import permutations, product
from math import factorial

import numpy as np


def test_query_understanding() -> None:
    """The scores of the quick check are 28.5 and 1.8, and 90 with slip probability 0.01; in the toy log 900 * 0.05 is
    spread over the strings one slip from "basics" and gives 0.13, against 40 * 0.95 = 38 for "asics"; a word
    with count 0 loses to any counted neighbor."""
    assert np.isclose(30 * 0.95, 28.5) and np.isclose(9_000 * 0.0002, 1.8) and 9_000 / 30 == 300
    assert 9_000 * 0.01 > 28.5
    word, alphabet = "basics", "abcdefghijklmnopqrstuvwxyz"
    slips = {word[:i] + word[i + 1 :] for i in range(6)}
    slips |= {word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(5)}
    slips |= {word[:i] + c + word[i + 1 :] for i in range(6) for c in alphabet}
    slips |= {word[:i] + c + word[i:] for i in range(7) for c in alphabet}
    slips -= {word}
    assert 1 * 0.05 / len(slips) > 0 * 0.95
    assert "asics" in slips and round(900 * 0.05 / len(slips), 2) == 0.13 and np.isclose(40 * 0.95, 38)


def test_learning_to_rank() -> None:
    """A constant per query leaves the pairwise and listwise losses alone, but not the pointwise one; giving the
    pointwise fit the query length, or centering inputs and grades per query, repairs it, and so does a world without
    the effect of length; 2,500 pairs against 25; r(n - r) pairs; doubled grades keep pairs and change the softmax."""
    rng = np.random.default_rng(1)
    grade, score = rng.normal(size=(2, 8))

    def pairwise(s: np.ndarray) -> float:
        return sum(np.logaddexp(0, s[j] - s[i]) for i in range(8) for j in range(8) if grade[i] > grade[j])

    def listwise(s: np.ndarray) -> float:
        return float(-(np.exp(grade) / np.exp(grade).sum()) @ (s - np.log(np.exp(s).sum())))

    assert np.isclose(pairwise(score), pairwise(score + 7)) and np.isclose(listwise(score), listwise(score + 7))
    assert not np.isclose(((score - grade) ** 2).sum(), ((score + 7 - grade) ** 2).sum())

    twice = 2 * grade
    assert np.array_equal(grade[:, None] > grade, twice[:, None] > twice)
    assert not np.allclose(np.exp(grade) / np.exp(grade).sum(), np.exp(twice) / np.exp(twice).sum(), atol=0.01)

    shares, weights, centered, plain = [], [], [], []
    for _ in range(8):
        length = rng.normal(size=(300, 1))
        match, fresh, noise = rng.normal(size=(3, 300, 10))
        y = match + fresh - 2 * length + noise
        x = np.stack([match + 2 * length, fresh, np.broadcast_to(length, y.shape)], -1)
        w = np.linalg.lstsq(x.reshape(-1, 3), y.ravel(), rcond=None)[0]
        i, j = np.triu_indices(10, 1)
        shares.append((((x @ w)[:, i] > (x @ w)[:, j]) == (y[:, i] > y[:, j])).mean())
        weights.append(w[:2])
        inner = x[..., :2] - x[..., :2].mean(1, keepdims=True)
        w = np.linalg.lstsq(inner.reshape(-1, 2), (y - y.mean(1, keepdims=True)).ravel(), rcond=None)[0]
        centered.append((((inner @ w)[:, i] > (inner @ w)[:, j]) == (y[:, i] > y[:, j])).mean())
        x, y = np.stack([match, fresh], -1), match + fresh + noise
        w = np.linalg.lstsq(x.reshape(-1, 2), y.ravel(), rcond=None)[0]
        plain.append((((x @ w)[:, i] > (x @ w)[:, j]) == (y[:, i] > y[:, j])).mean())
    assert abs(np.mean(centered) - 0.805) < 0.01 and abs(np.mean(plain) - 0.805) < 0.01
    assert abs(np.mean(shares) - 0.805) < 0.01 and np.allclose(np.mean(weights, 0), 1, atol=0.05)

    for n, relevant in ((100, 50), (10, 5), (7, 2)):
        labels = np.arange(n) < relevant
        assert (labels[:, None] & ~labels).sum() == relevant * (n - relevant)
    assert 50 * 50 == 2_500 and 5 * 5 == 25 and 2_500 / 25 == 100


def test_lambdamart() -> None:
    """|Delta NDCG| of a swap of grades 1 and 0: discounts differ by 0.369 at ranks 1 and 2 (1 and 0.631), 0.061 at 10
    and 20, 0.772 at 1 and 20; the better document cancels over two thirds of the grade-1 document's upward push, and
    a swap below rank k leaves DCG at k alone; equal scores give the factor 0.5; the pushes without weights are minus
    the gradient of the RankNet loss and the curvature is rho(1 - rho); pushes sum to zero; the grade-1 document has
    three zeros below and one above; the written weight, times the ideal DCG, is the change of DCG when two swap."""
    discount = 1 / np.log2(np.arange(1, 51) + 1)
    assert round(discount[0] - discount[1], 3) == 0.369 and round(discount[1], 3) == 0.631 and discount[0] == 1
    assert round(discount[9] - discount[19], 3) == 0.061
    assert round(discount[0] - discount[19], 3) == 0.772
    assert np.all(np.diff(-np.diff(discount)) < 0)  # steepest at the top
    assert 1 / (1 + np.exp(0)) == 0.5

    grade = np.array([0, 1, 0, 0, 2, 0])
    score = np.array([1.2, 1.0, 0.9, 0.7, 0.4, 0.1])
    assert np.all(np.diff(score) < 0) and (grade[:1] == 0).sum() == 1 and (grade[2:] == 0).sum() == 3

    def loss(s: np.ndarray) -> float:
        return sum(np.logaddexp(0, s[j] - s[i]) for i, j in np.argwhere(grade[:, None] > grade))

    rho = 1 / (1 + np.exp(score[:, None] - score))
    better = grade[:, None] > grade
    push = (better * rho).sum(1) - (better * rho).sum(0)
    h = 1e-4
    for unit, value, other in zip(np.eye(6), push, range(6), strict=True):
        slope = (loss(score + h * unit) - loss(score - h * unit)) / (2 * h)
        bend = (loss(score + h * unit) - 2 * loss(score) + loss(score - h * unit)) / h**2
        pairs = better * rho * (1 - rho)
        assert np.isclose(slope, -value, atol=1e-6)
        assert np.isclose(bend, pairs[other].sum() + pairs[:, other].sum(), atol=1e-4)
    assert np.isclose(push.sum(), 0) and rho[1, [2, 3, 5]].sum() > 2 * rho[1, 0]
    change = np.abs((2.0 ** grade[:, None] - 2.0**grade) * (discount[:6, None] - discount[:6]))
    for i, j in np.argwhere(better):
        moved = grade.copy()
        moved[[i, j]] = grade[[j, i]]
        assert np.isclose(abs((2.0**moved - 2.0**grade) @ discount[:6]), change[i, j])
    weighted = better * rho * change
    assert 2 / 3 < weighted[4, 1] / weighted[1].sum() < 1
    cut = np.where(np.arange(6) < 3, discount[:6], 0)
    assert np.all((cut[:, None] - cut)[3:, 3:] == 0)


def test_ranking_several_goals() -> None:
    """Near the order with the most clicks the loss of clicks grows with the square of the weight and the gain in
    purchases in proportion; no weighted sum puts (0.4, 0.4) first, a product does; constant factors cancel in a
    product; from weight 16 to purchases only: 18 points of clicks for 5 of purchases; a limit of 2 % allows weight 2,
    not 4; near weight w the last purchase costs about w clicks; buying is never likelier than clicking; with
    purchases as click times buying after it, half a click head keeps the order, half the second factor is weight 1."""
    rng = np.random.default_rng(0)
    a, b = rng.normal(size=(2, 4_000, 20))
    click = 1 / (1 + np.exp(2.5 - a))
    buy = click / (1 + np.exp(2 + 0.5 * a - b))
    assert np.all(buy < click)

    def earned(score: np.ndarray) -> np.ndarray:
        top = np.argpartition(-score, 5, axis=1)[:, :5]
        return np.array([np.take_along_axis(p, top, 1).sum() for p in (click, buy)])

    best = earned(click)

    def change(score: np.ndarray) -> np.ndarray:
        return 100 * (earned(score) / best - 1)

    for w in (2, 8):
        lost = earned(click + 0.95 * w * buy) - earned(click + 1.05 * w * buy)
        assert abs(-lost[0] / lost[1] / w - 1) < 0.02
    small, double = change(click + 0.25 * buy), change(click + 0.5 * buy)
    assert 3 < double[0] / small[0] < 5 and 1.6 < double[1] / small[1] < 2.4
    step = change(buy) - change(click + 16 * buy)
    assert round(-step[0]) == 18 and round(step[1]) == 5
    assert change(click + 2 * buy)[0] > -2 > change(click + 4 * buy)[0]
    drifted = change(click / 2 + 2 * buy)
    assert np.allclose(drifted, change(click + 4 * buy)) and 2.7 < drifted[0] / change(click + 2 * buy)[0] < 3
    after = buy / click
    assert np.array_equal((click + 2 * buy).argsort(1), (click / 2 + 2 * (click / 2) * after).argsort(1))
    assert np.allclose(click + 2 * click * (after / 2), click + 1 * buy)
    items = np.array([[1, 0], [0, 1], [0.4, 0.4]])
    w = np.linspace(0, 1, 1_001)
    assert np.all((items @ np.array([w, 1 - w])).argmax(0) < 2) and items.prod(1).argmax() == 2
    assert np.isclose(max(0.5, 0.5), 0.5) and np.isclose((items @ [0.4, 0.6]).max(), 0.6)
    product_order = (click**0.7 * buy**0.3).argsort(1)
    assert np.array_equal(product_order, ((click / 2) ** 0.7 * buy**0.3).argsort(1))


def _auction(bids: list[float], clicks: list[float], rule: str) -> list[tuple[float, float]]:
    """Clicks and price per click of each bidder; ties go to the first."""
    order = sorted(range(len(bids)), key=lambda i: -bids[i])
    slots = clicks + [0.0] * (len(bids) - len(clicks))

    def worth(who: list[int]) -> float:
        return sum(bids[i] * c for i, c in zip(who, slots, strict=False))

    result = [(0.0, 0.0)] * len(bids)
    for k, i in enumerate(order):
        if slots[k]:
            rest = [j for j in order if j != i]
            harm = worth(rest) - (worth(order) - bids[i] * slots[k])
            after = bids[order[k + 1]] if k + 1 < len(order) else 0.0
            result[i] = (slots[k], after if rule == "gsp" else harm / slots[k])
    return result


def test_ad_auctions() -> None:
    """Every row of the table (200, 560, 600; 1,040, 940, 640; 1,240), the equilibrium of the last row and another one,
    truth as the best bid in VCG for random rivals and not in GSP, one slot alike, VCG prices no higher at equal bids,
    2.20 in the quick check, 1 with equal slots, 1/3 and 5/12 with a quarter of sales lost;
    VCG profit is own value plus the others' bids' worth minus what they could get alone."""
    value, clicks = [10.0, 8.0, 3.0], [100.0, 80.0]

    def row(bids: list[float], rule: str) -> tuple[float, float, float, float]:
        got = _auction(bids, clicks, rule)
        return got[0][1], got[1][1], got[0][0] * (value[0] - got[0][1]), sum(c * p for c, p in got)

    assert row([10, 8, 3], "gsp") == (8, 3, 200, 1_040)
    assert row([7, 8, 3], "gsp") == (3, 7, 560, 940)
    assert np.allclose(row([10, 8, 3], "vcg"), (4, 3, 600, 640))
    assert row([10, 4, 3], "gsp") == (4, 3, 600, 640)
    assert 100 * 8 + 80 * 3 == 1_040 and 80 * 8 == 640 and 100 * 10 + 80 * 3 == 1_240 and 1_040 - 640 == 400

    def gain(bids: list[float], i: int, rule: str, worth: float) -> float:
        c, p = _auction(bids, clicks, rule)[i]
        return c * (worth - p)

    def stable(bids: list[float]) -> bool:
        return all(
            gain([*bids[:i], b, *bids[i + 1 :]], i, "gsp", value[i]) <= gain(bids, i, "gsp", value[i]) + 1e-9
            for i in range(3)
            for b in np.arange(0, 12, 0.25) + 0.01
        )

    assert gain([7, 8, 3], 1, "gsp", 8) == 100 and gain([7, 6, 3], 1, "gsp", 8) == 400
    assert stable([10, 4, 3]) and not stable([7, 8, 3]) and stable([10, 4.2, 3]) and not stable([10, 8, 3])
    rng = np.random.default_rng(0)
    for _ in range(40):
        v, *others = rng.uniform(0, 10, 4)
        truth = gain([v, *others], 0, "vcg", v)
        assert all(gain([b, *others], 0, "vcg", v) <= truth + 1e-9 for b in np.linspace(0, 11, 23))
        bids = [float(rng.uniform(0, 10)), *others]
        got = _auction(bids, clicks, "vcg")
        rest = sum(c * b for (c, _), b in zip(got[1:], others, strict=True))
        alone = float(np.sort(others)[::-1][:2] @ clicks)
        assert np.isclose(gain(bids, 0, "vcg", v), v * got[0][0] + rest - alone)
        both = [_auction([v, *others], clicks, rule) for rule in ("gsp", "vcg")]
        for (_, g), (_, t) in zip(*both, strict=True):
            assert t <= g + 1e-9
        one = [_auction([v, *others], [100.0], rule) for rule in ("gsp", "vcg")]
        assert np.allclose(one[0], one[1])
    assert np.isclose(_auction([5, 4, 1], [10.0, 6.0], "vcg")[0][1], 2.20) and (40 + 6, 46 - 24) == (46, 22)
    assert np.isclose(_auction([5, 4, 1], [10.0, 10.0], "vcg")[0][1], 1) and 6 * 4 == 24

    v = (np.arange(1_000) + 0.5) / 1_000  # two uniform values
    low, high = np.minimum.outer(v, v), np.maximum.outer(v, v)
    paid = np.where(high >= 0.5, np.maximum(low, 0.5), 0)
    assert np.isclose(low.mean(), 1 / 3, atol=1e-3) and np.isclose(paid.mean(), 5 / 12, atol=1e-3)
    assert np.isclose((high < 0.5).mean(), 0.25)


def test_position_bias() -> None:
    """A click over theta has mean gamma and variance gamma / theta - gamma^2 (0.21 and 2.91); theta 0.2 counts 5 times;
    0.40 against 0.30 in the quick check (theta 0.25); click rates per rank overstate the fall if better documents sit
    higher; trust clicks are not repaired by dividing; a common factor keeps the order; c / theta as
    a label of log loss gives 0.40 at theta 0.2, weights 1 / theta on clicks alone give 0.30; the log loss of one click
    so weighed has no lower bound, since 1 - 1 / theta is negative."""
    for theta, gamma in product((1.0, 0.5, 0.1), (0.3, 0.7)):
        p = theta * gamma
        assert np.isclose(p / theta, gamma)
        assert np.isclose(p * (1 - p) / theta**2, gamma / theta - gamma**2)
    assert round(0.3 - 0.09, 2) == 0.21 and round(0.3 / 0.1 - 0.09, 2) == 2.91 and np.isclose(1 / 0.2, 5)
    assert np.isclose(0.10 / 0.25, 0.40) and 0.40 > 0.30 / 1
    theta, good = 1 / np.arange(1, 6), np.array([0.6, 0.5, 0.4, 0.3, 0.2])
    rate = theta * good
    assert np.all(rate[1:] / rate[0] < theta[1:])
    trusted = theta * (good + 0.6 * theta * (1 - good))  # more trust at the top
    assert not np.allclose((trusted / theta)[1:] / (trusted / theta)[0], good[1:] / good[0], rtol=0.05)
    grid = np.linspace(0.001, 0.999, 999)
    mass = 0.2 * 0.4 / 0.2  # expected c / theta
    for negative, learned in ((1 - mass, 0.40), (1 - 0.2 * 0.4, 0.30)):
        risk = -mass * np.log(grid) - negative * np.log(1 - grid)
        assert round(float(grid[risk.argmin()]), 2) == learned
    near = 10.0 ** -np.array([1, 3, 6, 12, 100])  # 1 - p for a click at theta 0.2
    row = -np.log1p(-near) / 0.2 - (1 - 1 / 0.2) * np.log(near)
    assert np.all(np.diff(row) < 0) and row[-1] < -900
    noisy = np.random.default_rng(0).random((5, 4))
    assert np.array_equal(noisy.argsort(0), (noisy / 3).argsort(0))


def test_click_models() -> None:
    """0.20 becomes 0.36 in the cascade and does not change in the position-based model; with DBN users a document's
    click rate at rank 2 depends on the one above, so the position-based model fails; without movement only the
    product is seen; going on with chance g multiplies the product; the first document satisfies least often once
    examined, and its click rate is 0.54; the E step is the posterior of the two endings; counting down to the first
    click gives the cascade's attraction."""
    assert np.isclose((1 - 0.5) * 0.4, 0.20) and np.isclose((1 - 0.1) * 0.4, 0.36)
    a, s = np.array([0.7, 0.4, 0.3]), np.array([0.1, 0.8, 0.6])
    chance: dict[tuple[int, ...], np.ndarray] = {}
    for order in permutations(range(3)):
        examined, rates = 1.0, []
        for d in order:
            rates.append(examined * a[d])
            examined *= 1 - a[d] * s[d]
        chance[order] = np.array(rates)
    below = {order[0]: rate[1] for order, rate in chance.items() if order[1] == 2}
    assert np.isclose(below[0], 0.3 * (1 - 0.07)) and np.isclose(below[1], 0.3 * (1 - 0.32))
    mean = np.zeros(3)
    for order, rate in chance.items():
        mean[list(order)] += rate / 6
    assert np.allclose(mean.round(2), [0.54, 0.35, 0.24]) and mean.argmax() == 0 and (a * s).argmin() == 0
    assert (a * s).argmax() == 1
    g, reach = 0.9, 0.0  # every path by which rank 3 is examined
    for path in product((0, 1), repeat=2):
        reach += float(np.prod([g * (a[j] * (1 - s[j]) if c else 1 - a[j]) for j, c in enumerate(path)]))
    assert np.isclose(a[2] * reach, a[2] * np.prod(g * (1 - a * s)[:2]))
    for order in permutations(range(3)):  # a click on the first alone: satisfied, or nothing below attracts
        x, *below_x = order
        joint = {happy: a[x] * (s[x] if happy else (1 - s[x]) * np.prod(1 - a[below_x])) for happy in (True, False)}
        written = s[x] / (s[x] + (1 - s[x]) * np.prod(1 - a[below_x]))
        assert np.isclose(joint[True] / sum(joint.values()), written)
    hits, looks = np.zeros(3), np.zeros(3)
    for order in permutations(range(3)):
        examined = 1.0
        for d in order:  # cascade: expected first clicks, and impressions down to the first click
            hits[d] += examined * a[d]
            looks[d] += examined
            examined *= 1 - a[d]
    assert np.allclose(hits / looks, a)
    theta, gamma = np.array([1, 0.5, 0.3]), np.array([0.4, 0.6, 0.5])
    assert np.allclose(theta * gamma, (theta / 2) * (gamma * 2 / 1))


def test_off_policy_evaluation() -> None:
    """Exact expectations over a small world: IPS is unbiased, clipping pulls down, doubly robust is unbiased with right
    propensities or a right model and biased with neither; SNIPS is exact for constant rewards and IPS reports the mean
    weight; 10! is 3,628,800; agreement rows are biased unless the old policy is uniform; no overlap, no estimate;
    the largest printed spread over the root of 1,000 logs is 0.0013."""
    rng = np.random.default_rng(0)
    reward = rng.uniform(0, 1, (4, 3))
    old, new = rng.dirichlet(np.ones(3), 4), rng.dirichlet(np.ones(3), 4)
    wrong_old, q = rng.dirichlet(np.ones(3), 4), rng.uniform(0, 1, (4, 3))
    truth = (new * reward).sum(1).mean()

    def doubly(model: np.ndarray, propensity: np.ndarray) -> float:
        return float(((new * model).sum(1) + (old * new / propensity * (reward - model)).sum(1)).mean())

    weight = new / old
    assert np.isclose((old * weight * reward).sum(1).mean(), truth) and np.isclose((old * weight).sum(1).mean(), 1)
    cap = float(np.median(weight))
    assert (old * np.minimum(weight, cap) * reward).sum(1).mean() < truth
    assert np.isclose(doubly(q, old), truth) and np.isclose(doubly(reward, wrong_old), truth)
    assert not np.isclose(doubly(q, wrong_old), truth, atol=1e-2)
    assert not np.isclose((new * q).sum(1).mean(), truth, atol=1e-2)
    assert not np.isclose((old * new / wrong_old * reward).sum(1).mean(), truth, atol=1e-2)

    w = rng.exponential(size=1_000)
    ones = np.ones(1_000)
    assert (w * ones).sum() / w.sum() == 1 and (w * ones).mean() == w.mean() != 1
    assert factorial(10) == 3_628_800 and round(0.040 / 1_000**0.5, 4) == 0.0013

    target = reward.argmax(1)
    best = reward[np.arange(4), target].mean()
    agree = old[np.arange(4), target]
    assert not np.isclose((agree * reward[np.arange(4), target]).sum() / agree.sum(), best, atol=1e-3)
    uniform = np.full(4, 1 / 3)
    assert np.isclose((uniform * reward[np.arange(4), target]).sum() / uniform.sum(), best)
    hidden = np.where(np.arange(3) == 0, 0.0, old)  # action 0 never taken: its reward cannot enter
    hidden /= hidden.sum(1, keepdims=True)
    seen = np.divide(new, hidden, out=np.zeros_like(new), where=hidden > 0)
    assert np.isclose((hidden * seen * reward).sum(1).mean(), (new * reward)[:, 1:].sum(1).mean())
