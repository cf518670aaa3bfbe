"""Proofs for "Boosting": what the page states and has no room to run, one function a question."""

from __future__ import annotations

from itertools import combinations
from math import ceil, comb, exp, log, sqrt

import numpy as np
from scipy.special import expit


def stump(x: np.ndarray, r: np.ndarray) -> tuple[float, np.ndarray]:
    """The best cut of one column for squared error, and the fitted values."""
    values = np.unique(x)
    cuts = (values[1:] + values[:-1]) / 2
    fits = [np.where(x < c, r[x < c].mean(), r[x > c].mean()) for c in cuts]
    k = int(np.argmin([((r - f) ** 2).sum() for f in fits]))
    return float(cuts[k]), fits[k]


def test_bagging_vs_boosting() -> None:
    """The table of the four corners: first stump, rest, exact sum, and the bagged average of bootstrapped stumps, also
    with ten times as many; a full tree leaves no residuals; quick check: more or smaller bagged stumps stay biased
    where two boosted ones are exact."""
    corners = np.array([(0, 0), (0, 1), (1, 0), (1, 1)])
    y = corners.sum(1).astype(float)
    _, first = stump(corners[:, 0], y)
    assert np.array_equal(first, (0.5, 0.5, 1.5, 1.5)) and np.array_equal(y - first, (-0.5, 0.5, -0.5, 0.5))
    _, second = stump(corners[:, 1], y - first)
    assert np.array_equal(first + second, y)
    rng = np.random.default_rng(0)
    for trees in (400, 4_000):
        counts = rng.multinomial(800, np.full(4, 0.25), trees).astype(float)  # 200 rows a corner, bootstrapped
        fits, losses = [], []
        for j in (0, 1):
            low = corners[:, j] == 0
            fit = np.where(
                low,
                (counts * y * low).sum(1, keepdims=True) / (counts * low).sum(1, keepdims=True),
                (counts * y * ~low).sum(1, keepdims=True) / (counts * ~low).sum(1, keepdims=True),
            )
            fits.append(fit)
            losses.append((counts * (y - fit) ** 2).sum(1))
        use_first = losses[0] < losses[1]
        bagged = np.where(use_first[:, None], fits[0], fits[1])
        assert abs(use_first.mean() - 0.5) < 4 * 0.5 / sqrt(trees)
        error = bagged.std(0, ddof=1) / sqrt(trees)
        assert np.all(abs(bagged.mean(0) - (0.5, 1, 1, 1.5)) < 4 * error + 0.01)
        assert ((bagged.mean(0) - y) ** 2).mean() > 0.1  # boosted: 0
    fit, y = np.zeros(30), rng.normal(size=30)  # a full tree on distinct inputs: cut until every row stands alone
    leaves = [np.arange(30)]
    while leaves:
        leaf = leaves.pop()
        if leaf.size == 1:
            fit[leaf] = y[leaf]
        else:
            cut, _ = stump(leaf.astype(float), y[leaf])
            leaves += [leaf[leaf < cut], leaf[leaf > cut]]
    assert np.all(y - fit == 0)


def test_gradient_boosting() -> None:
    """Residuals, cuts and leaf means of the two rounds; the gradients of the three losses; the Newton step 0.67 against
    0.17; the median for absolute error, the log-odds as start for log loss; stumps add up to an additive
    function; quick check: cut 2.5, means -1 and 1, so 9, and 9.5, 9.25, 10 as the distractors say."""
    x, y = np.array([1, 2, 3, 4]), np.array([2.0, 3, 7, 10])
    total = np.full(4, y.mean())
    assert y.mean() == 5.5
    rounds = (
        ((-3.5, -2.5, 1.5, 4.5), 2.5, (-3, -3, 3, 3), (4, 4, 7, 7)),
        ((-2, -1, 0, 3), 3.5, (-1, -1, -1, 3), (3.5, 3.5, 6.5, 8.5)),
        ((-1.5, -0.5, 0.5, 1.5), 2.5, (-1, -1, 1, 1), (3, 3, 7, 9)),
    )
    for residuals, cut, fit, after in rounds:
        assert np.allclose(y - total, residuals)
        found, h = stump(x, y - total)
        assert found == cut and np.allclose(h, fit)
        total = total + 0.5 * h
        assert np.allclose(total, after)
    assert 8.5 + 1 == 9.5 and 8.5 + 1.5 / 2 == 9.25 and 8.5 + 1.5 == 10

    losses = (
        (lambda t, f: 0.5 * (t - f) ** 2, lambda t, f: t - f),
        (lambda t, f: np.log1p(np.exp(f)) - t * f, lambda t, f: t - expit(f)),
        (lambda t, f: abs(t - f), lambda t, f: np.sign(t - f)),
    )
    for loss, target in losses:
        for t, f in ((1, 0.3), (0, -1.2), (1, 2.0)):
            slope = (loss(t, f + 1e-6) - loss(t, f - 1e-6)) / 2e-6
            assert np.isclose(-slope, target(t, f), atol=1e-5)
    r = np.array([1, 1, 0]) - 0.5
    assert np.isclose(r.sum(), 0.5) and np.isclose(3 * 0.25, 0.75)
    assert round(r.sum() / 0.75, 2) == 0.67 and round(r.mean(), 2) == 0.17
    rest = np.array([-1.0, 0.2, 5.0])
    steps = np.linspace(-2, 6, 8_001)
    assert np.isclose(steps[abs(rest[:, None] - steps).sum(0).argmin()], np.median(rest))
    cost = 2 * np.log1p(np.exp(-steps)) + np.log1p(np.exp(steps))  # start for labels 1, 1, 0: the log-odds of 2/3
    assert abs(steps[cost.argmin()] - log(2)) < 1e-3
    a, b, c, d = (np.sign(p - 0.5) + 3 * np.sign(q - 0.5) for p in (0, 1) for q in (0, 1))
    assert a + d == b + c  # stumps on two columns: no interaction


def test_boosting_learning_rate() -> None:
    """The shares 0.098 and 0.099; the run of the page: 37 % lower error from 1 to 0.3, no gain below, best numbers
    about 1/rate, 0.05 worse than 0.1 at 50 trees and past its best at 300, by 0.0023 ± 0.0003 when paired; quick check:
    30 against 5, about 3,000, and stopping at a sixth of the best number is worse in the run."""
    assert round(0.9**22, 3) == 0.098 and round(0.95**45, 3) == 0.099
    assert abs(0.95**45 - exp(-0.05 * 45)) < 0.01 and abs(0.9**22 - exp(-2.2)) < 0.02
    assert np.isclose(0.1 * 300, 30) and np.isclose(0.01 * 500, 5) and np.isclose(30 / 0.01, 3_000)
    sets, n = 200, 50
    x = (np.arange(n) + 0.5) / n
    truth = np.sin(2 * np.pi * x)
    y = truth + 0.5 * np.random.default_rng(0).normal(size=(sets, n))
    k = np.arange(1, n)

    def errors(rate: float, rounds: int) -> np.ndarray:
        fit, out = y.mean(1, keepdims=True) + 0 * y, []
        for _ in range(rounds):
            left = (y - fit).cumsum(1)[:, :-1]
            cut = (left**2 / (k * (n - k))).argmax(1)[:, None]
            s = np.take_along_axis(left, cut, 1)
            fit += rate * np.where(np.arange(n) <= cut, s / (cut + 1), -s / (n - 1 - cut))
            out.append(((fit - truth) ** 2).mean(1))
        return np.array(out)

    full, third, tenth, small = errors(1, 20), errors(0.3, 50), errors(0.1, 120), errors(0.05, 300)
    low = [e.mean(1).min() for e in (full, third, tenth, small)]
    assert round(100 * (1 - low[1] / low[0])) == 37
    assert max(low[1:]) / min(low[1:]) < 1.02
    best = [int(e.mean(1).argmin()) + 1 for e in (third, tenth, small)]
    for number, rate in zip(best, (0.3, 0.1, 0.05), strict=True):
        assert 8.5 < number * rate < 10
    gap = small[49] - tenth[49]
    assert gap.mean() > 4 * gap.std(ddof=1) / sqrt(sets)
    late = small[-1] - small[best[-1] - 1]
    assert late.mean() > 4 * late.std(ddof=1) / sqrt(sets)
    assert best[-1] == 196 and round(late.mean(), 4) == 0.0023 and round(late.std(ddof=1) / sqrt(sets), 4) == 0.0003
    early = small[best[-1] // 6] - small[best[-1] - 1]  # stopped by a limit
    assert early.mean() > 4 * early.std(ddof=1) / sqrt(sets)


def test_adaboost() -> None:
    """The best vote and the factor, by minimizing the loss on a grid; the ten rows; 148 and the bounded slope; half the
    log-odds; the forms without the half and for K classes; 0.92; quick check: 0.3 and 0.3. The control, on the data
    sets of the page: log loss gives 0.028 and 0.100, no better when paired; after 20 rounds both give 0.028; with a
    tenth of each step both 0.025."""
    alphas = np.linspace(-3, 3, 60_001)
    for eps in (0.05, 0.2, 0.3, 0.45, 0.7):
        factor = (1 - eps) * np.exp(-alphas) + eps * np.exp(alphas)
        alpha = 0.5 * log((1 - eps) / eps)
        assert abs(alphas[factor.argmin()] - alpha) < 2e-4 and np.isclose(factor.min(), 2 * sqrt(eps * (1 - eps)))
        assert factor.min() < 1 and (alpha < 0) == (eps > 0.5)
        right, wrong = (1 - eps) * exp(-alpha), eps * exp(alpha)
        assert np.isclose(right, wrong)
        assert np.isclose(eps * exp(2 * alpha) / (1 - eps), wrong / right)  # only wrong rows, by twice the vote
    assert 2 * sqrt(0.5 * 0.5) == 1
    for a in (0.1, 1.0):  # for any positive vote the smaller error is better
        assert np.all(np.diff([(1 - e) * exp(-a) + e * exp(a) for e in np.linspace(0, 1, 11)]) > 0)
    alpha = 0.5 * log(4)
    assert round(alpha, 2) == 0.69 and np.isclose(exp(alpha), 2) and np.isclose(exp(-alpha), 0.5)
    weights = np.r_[np.full(8, 0.05), np.full(2, 0.2)]
    assert np.isclose(weights[:8].sum(), 0.4) and np.isclose(weights[8:].sum(), 0.4)
    weights /= weights.sum()
    assert np.allclose(weights[[0, 9]], (0.0625, 0.25))
    assert round(exp(5)) == 148
    margins = np.linspace(-20, 20, 401)
    slope = 2 / (1 + np.exp(2 * margins))
    numeric = -np.gradient(np.log1p(np.exp(-2 * margins)), margins)
    assert np.allclose(slope[1:-1], numeric[1:-1], atol=5e-3) and slope.max() <= 2 and slope[200] == 1
    f = np.linspace(-3, 3, 60_001)
    for p in (0.2, 0.5, 0.9):
        best = f[(p * np.exp(-f) + (1 - p) * np.exp(f)).argmin()]
        assert abs(best - 0.5 * log(p / (1 - p))) < 2e-4 and abs(expit(2 * best) - p) < 1e-4
    assert round(2 * sqrt(0.3 * 0.7), 2) == 0.92 and 2 * sqrt(0.3 * 0.7) < 0.92
    alpha = 0.5 * log(9)
    assert np.isclose(exp(alpha), 3) and np.isclose(0.1 * 3, 0.3) and np.isclose(0.9 / 3, 0.3)
    for k in (2, 3, 10):
        for eps in (0.1, 0.4, 0.6, 0.8, 0.95):
            assert (log((1 - eps) / eps) + log(k - 1) > 0) == (1 - eps > 1 / k)

    sets, n = 200, 100
    side = np.where(np.arange(n) <= np.arange(n - 1)[:, None], -1.0, 1.0)
    clean = np.where(abs(np.arange(n) - 49.5) < 25, 1, -1)
    y = np.where(np.random.default_rng(0).random((sets, n)) < 0.1, -clean, clean)

    def wrong(*, bounded: bool, rate: float) -> list[np.ndarray]:
        """Shares wrong on the true label after 10, 20 and 200 rounds, for log loss or exponential loss."""
        total, w, out = np.zeros((sets, n)), np.ones((sets, n)), []
        for m in range(1, 201):
            v = w * w if bounded else w
            pull = (v / (1 + v) if bounded else w) * y  # minus the gradient, up to a factor
            left = pull.cumsum(1)
            edge = left[:, -1:] - 2 * left[:, :-1]
            best = abs(edge).argmax(1)
            z = y * side[best]
            if bounded:
                a = np.zeros((sets, 1))
                for _ in range(3):  # Newton steps to the best vote; cosh a - z sinh a is exp(-a z) for z = -1 and 1
                    u = v * (np.cosh(2 * a) - np.sinh(2 * a) * z)
                    p = u / (1 + u)
                    curve = p.sum(1) - np.einsum("ij,ij->i", p, p)
                    a += (np.einsum("ij,ij->i", p, z) / (2 * curve))[:, None]
            else:
                a = np.arctanh(np.take_along_axis(edge, best[:, None], 1) / w.sum(1, keepdims=True))
            total += rate * a * side[best]
            w *= np.cosh(rate * a) - np.sinh(rate * a) * z
            if m in (10, 20, 200):
                out.append((np.sign(total) != clean).mean(1))
        return out

    plain, control = wrong(bounded=False, rate=1), wrong(bounded=True, rate=1)
    assert [round(float(e.mean()), 3) for e in plain] == [0.030, 0.028, 0.087]  # as the fence prints
    assert [round(float(e.mean()), 3) for e in control] == [0.028, 0.028, 0.100]
    gap = control[-1] - plain[-1]
    assert gap.mean() > 4 * gap.std(ddof=1) / sqrt(sets)  # log loss is not better; here it is worse
    for bounded in (False, True):
        slow = wrong(bounded=bounded, rate=0.1)[-1]
        assert round(float(slow.mean()), 3) == 0.025
        gap = (control if bounded else plain)[-1] - slow
        assert gap.mean() > 4 * gap.std(ddof=1) / sqrt(sets)


def test_xgboost_split_gain() -> None:
    """Leaf value and score minimize the parabola; the example: G, H, values 1 and -1/2, gain 1.08, 2.17 without the
    half, 2.25 and values 2 and -1 without penalty; 0.574; 1.50 promised and 1.52 true; exact for squared error; 4 and
    102 rows; the L1 step; quick check: -0.50, -1.11, -0.10."""
    w = np.linspace(-4, 4, 80_001)
    for total, curve, lam in ((-2.0, 1.0, 1.0), (1.0, 1.0, 1.0), (3.0, 0.5, 2.0)):
        parabola = total * w + 0.5 * (curve + lam) * w**2
        assert abs(w[parabola.argmin()] + total / (curve + lam)) < 2e-4
        assert np.isclose(parabola.min(), -0.5 * total**2 / (curve + lam), atol=1e-6)
    y = np.array([1, 1, 1, 1, 1, 0, 0, 0])
    g, h = 0.5 - y, np.full(8, 0.25)
    sums = [(g[s].sum(), h[s].sum()) for s in (slice(0, 4), slice(4, 8), slice(0, 8))]
    assert sums == [(-2, 1), (1, 1), (-1, 2)]
    for lam, left, right, gain in ((1, 1, -0.5, 1.08), (0, 2, -1, 2.25)):
        values = [-a / (b + lam) for a, b in sums]
        scores = [a * a / (b + lam) for a, b in sums]
        assert values[:2] == [left, right]
        assert round(0.5 * (scores[0] + scores[1] - scores[2]), 2) == gain
        if lam:
            assert round(scores[0] + scores[1] - scores[2], 2) == 2.17
            assert np.allclose(scores, (4 / 2, 1 / 2, 1 / 3))
    assert round(float(expit(0.3)), 3) == 0.574
    promised = -(-2 * 1 + 0.5 * 1 * 1**2)
    true = 4 * (log(2) - log(1 + exp(-1)))
    assert promised == 1.5 and round(true, 2) == 1.52
    rest, lam = np.array([1.0, 2.0, -0.5]), 2.0
    exact = 0.5 * ((rest[:, None] - w) ** 2).sum(0) + 0.5 * lam * w**2
    assert abs(w[exact.argmin()] - rest.sum() / (3 + lam)) < 2e-4
    assert 4 * 0.25 == 1 and ceil(1 / (0.99 * 0.01)) == 102
    for total in (-3.0, 0.4, 2.0):
        alpha = 1.0
        best = w[(total * w + 0.5 * 2 * w**2 + alpha * abs(w)).argmin()]
        shrunk = np.sign(total) * max(abs(total) - alpha, 0)
        assert abs(best + shrunk / 2) < 2e-4
    total, curve = 9 * 0.1, 9 * 0.09
    assert np.isclose(total, 0.9) and np.isclose(curve, 0.81)
    assert round(-total / (curve + 1), 2) == -0.50 and round(-total / curve, 2) == -1.11 and -total / 9 == -0.1
    # the factor H/(H + 1): a half at H = 1, 0.91 at H = 10, smallest for little H
    assert 1 / (1 + 1) == 1 / 2 == 0.5 / 1 and round(10 / 11, 2) == 0.91 and 0.5 / 1.5 < 1 / 2 < 10 / 11


def test_xgboost_lightgbm_catboost() -> None:
    """31 leaves in a chain have depth 30; depth 6 gives 64 leaves; 2^(k-1) - 1 groupings, 511 for ten; sorting by the
    mean finds the best grouping for squared error, checked against all; histograms subtract; one-sided sampling with
    weight 8 keeps gradient sums right on average, and weight 1 does not; the ordered statistic 0.625."""
    assert 31 - 1 == 30 and 2**6 == 64 and 2 ** (10 - 1) - 1 == 511 and 10 - 1 == 9
    rng = np.random.default_rng(0)
    bins, g, child = rng.integers(0, 16, 1_000), rng.normal(0.3, 1, 1_000), rng.random(1_000) < 0.3
    both, one, other = (np.bincount(bins[s], g[s], 16) for s in (child | ~child, child, ~child))
    assert np.allclose(both - one, other)
    assert np.isclose(0.8 / 0.1, 8)
    order = np.argsort(-abs(g))
    top, rest = order[:200], order[200:]  # 20 % with the largest gradients
    drawn = [g[rng.permutation(rest)[:100]].sum() for _ in range(2_000)]  # 10 % of all rows, from the others
    error = np.std(drawn) / sqrt(2_000)
    assert abs(g[top].sum() + 8 * np.mean(drawn) - g.sum()) < 4 * 8 * error
    assert abs(g[top].sum() + np.mean(drawn) - g.sum()) > 100 * error
    for k in (4, 7):
        total, count = rng.normal(size=k), rng.integers(1, 20, k).astype(float)
        groups = [s for size in range(1, k) for s in combinations(range(k), size) if 0 in s]
        assert len(groups) == 2 ** (k - 1) - 1 == sum(comb(k - 1, i) for i in range(k - 1))

        def score(s: tuple[int, ...], t: np.ndarray = total, c: np.ndarray = count) -> float:
            inside = np.isin(np.arange(t.size), s)
            return float(t[inside].sum() ** 2 / c[inside].sum() + t[~inside].sum() ** 2 / c[~inside].sum())

        order = np.argsort(total / count)
        cuts = [tuple(order[:i]) for i in range(1, k)]
        assert len(cuts) == k - 1 and np.isclose(max(map(score, cuts)), max(map(score, groups)))
    assert (1 + 0 + 1 + 0.5) / (3 + 1) == 2.5 / 4 == 0.625


def test_trees_cannot_extrapolate() -> None:
    """Beyond the outermost threshold a tree, a forest and boosting are constant; a forest stays within the targets,
    while boosted stumps reach 2 at the unseen corner after targets 0, 1, 1; with lags as columns boosted stumps miss
    the rise of a trend, while the difference from a lag as target follows it; quick check: 400 gets the answer of 150,
    which is not the highest price."""
    rng = np.random.default_rng(0)
    size = np.r_[20, rng.uniform(20, 150, 37), 149.5, 150]
    price = np.clip(6_000 * size + 50_000 * rng.normal(size=40), 50_000, 899_000)
    price[-1] = 900_000
    new = np.array([100, 150, 151, 400, 1e6])

    def tree(x: np.ndarray, y: np.ndarray, at: np.ndarray) -> np.ndarray:
        """A full tree on one column, its answers at the given points."""
        if np.unique(x).size == 1:
            return np.full(at.size, y.mean())
        cut, _ = stump(x, y)
        assert x.min() < cut < x.max()  # no threshold beyond the data
        out = np.empty(at.size)
        for side, there in ((x < cut, at < cut), (x > cut, at >= cut)):
            out[there] = tree(x[side], y[side], at[there]) if there.any() else 0
        return out

    one = tree(size, price, new)
    draws = rng.integers(0, 40, (15, 40))
    forest = np.mean([tree(size[d], price[d], new) for d in draws], 0)
    fit, boosted = np.full(40, price.mean()), np.full(5, price.mean())
    for _ in range(30):
        cut, h = stump(size, price - fit)
        fit = fit + 0.3 * h
        boosted = boosted + 0.3 * np.where(new < cut, h[size < cut][0], h[size > cut][0])
    for answers in (one, forest, boosted):
        assert np.ptp(answers[1:]) < 1e-6 and answers[0] != answers[1]
    for answers in (one, forest):
        assert price.min() <= answers.min() and answers.max() <= 900_000
    assert price.mean() < forest[1] < 900_000
    x, y, corner = np.array([(0, 0), (0, 1), (1, 0)]), np.array([0.0, 1, 1]), np.array([1, 1])
    fit, answer = np.full(3, y.mean()), y.mean()
    for _ in range(200):
        found = [stump(x[:, j], y - fit) for j in (0, 1)]
        j = int(np.argmin([((y - fit - h) ** 2).sum() for _, h in found]))
        h = found[j][1]
        answer += 0.5 * h[x[:, j] == corner[j]][0]
        fit = fit + 0.5 * h
    assert np.allclose(fit, y, atol=1e-6) and abs(answer - 2) < 1e-3 and y.max() == 1

    t = np.arange(12, 120)
    for seed in range(4):
        series = 100 + 2 * np.arange(120) + 20 * np.sin(np.pi * np.arange(120) / 6)
        series = series + 5 * np.random.default_rng(seed).normal(size=120)
        now, lags = series[t], np.column_stack([t % 12, series[t - 1], series[t - 12]])
        errors = []
        for target, back in ((now, 0 * now), (now - series[t - 12], series[t - 12])):
            sides = [lags[:, j] < c for j in range(3) for c in np.unique(lags[:84, j])[1:]]
            left = np.array(sides)
            k = left[:, :84].sum(1)
            sums = np.full(t.size, target[:84].mean())
            for _ in range(200):
                s = left[:, :84] @ (target - sums)[:84]
                b = (s**2 / (k * (84 - k))).argmax()
                sums += 0.1 * np.where(left[b], s[b] / k[b], -s[b] / (84 - k[b]))
            errors.append(((sums + back - now)[84:] ** 2).mean() ** 0.5)
        assert errors[0] > 20 and errors[1] < 12  # the last 24 months
