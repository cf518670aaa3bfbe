"""Proofs for "Recommenders": what the page states and has no room to run, one function each."""

from __future__ import annotations

from itertools import product
from math import comb, e, exp, log, sqrt

import numpy as np
from scipy import stats
from scipy.special import expit


def test_collaborative_filtering() -> None:
    """Distances 3.32 and 3.46, deviations, similarities +1 and -1, prediction 5 against 2.5; 0.04 shared items; two
    shared ratings correlate +1 or -1, also (5, 3) with (2, 1); shrinking with a constant gives 4.32; item-based, 5."""
    ann, ben, cid = np.array([5.0, 3, 4]), np.array([3.0, 1, 2]), np.array([2.0, 4, 3])
    assert round(float(np.linalg.norm(ann - cid)), 2) == 3.32 and round(float(np.linalg.norm(ann - ben)), 2) == 3.46
    assert (ann.mean(), ben.mean(), cid.mean()) == (4, 2, 3)
    assert np.array_equal(ann - 4, [1, -1, 0]) and np.array_equal(ben - 2, ann - 4)
    assert np.array_equal(cid - 3, [-1, 1, 0])
    near, far = np.corrcoef(ann, ben)[0, 1], np.corrcoef(ann, cid)[0, 1]
    assert np.isclose(near, 1) and np.isclose(far, -1)
    assert np.isclose(4 + (near * (3 - 2) + far * (2 - 3)) / (abs(near) + abs(far)), 5) and (3 + 2) / 2 == 2.5
    small = 3 / (3 + 10)  # both similarities shrunk for three shared items: no change, unless 1 is added below
    assert np.isclose(4 + 2 * small / (2 * small), 5) and round(4 + 2 * small / (2 * small + 1), 2) == 4.32
    d, others = np.array([3 - 2, 2 - 3]), np.array([ben - 2, cid - 3])
    near = others.T @ d / np.array([2, 2, 1])  # C has no deviations, hence no similarity
    assert np.array_equal(near, [1, -1, 0]) and 4 + near @ (ann - 4) / abs(near).sum() == 5
    assert np.isclose(20 * 20 / 10_000, 0.04)
    for a, b in product(product(range(1, 6), repeat=2), repeat=2):
        if a[0] != a[1] and b[0] != b[1]:
            assert np.isclose(abs(np.corrcoef(a, b)[0, 1]), 1)
    assert np.isclose(np.corrcoef([5, 3], [2, 1])[0, 1], 1)


def test_matrix_factorization() -> None:
    """1.33 and 2 by hand; errors 1 of the truth and 2 of zero; 16 ratings a user; the objective never rises; it is not
    convex; more sweeps with a weak penalty overfit more; rotations change neither predictions nor penalty; without
    gaps and penalty ALS reaches the truncated SVD."""
    q, r = np.array([1.0, 2]), np.array([2.0, 3])
    p = q @ r / (q @ q + 1)
    assert round(p, 2) == 1.33 and np.isclose(p * 1.5, 2) and 0.2 * 80 == 16 and sqrt(3 + 1) == 2
    rng = np.random.default_rng(0)
    table = rng.normal(size=(40, 3)) @ rng.normal(size=(3, 30)) + rng.normal(size=(40, 30))

    def half(table: np.ndarray, seen: np.ndarray, q: np.ndarray, lam: float) -> np.ndarray:
        left = (seen[:, :, None] * q).swapaxes(1, 2) @ q + lam * np.eye(q.shape[1])
        return np.linalg.solve(left, ((seen * table) @ q)[:, :, None])[:, :, 0]

    seen, q, last = rng.random(table.shape) < 0.5, rng.normal(size=(30, 4)), np.inf
    for _ in range(20):
        p = half(table, seen, q, 1.0)
        q = half(table.T, seen.T, p, 1.0)
        value = float(((table - p @ q.T)[seen] ** 2).sum() + (p**2).sum() + (q**2).sum())
        assert value <= last + 1e-9
        last = value
    errors = []  # a first table of the fence's kind, weak penalty, after 15 and after 60 sweeps
    rng = np.random.default_rng(0)
    big = rng.normal(size=(120, 3)) @ rng.normal(size=(3, 80)) + rng.normal(size=(120, 80))
    known, w = rng.random(big.shape) < 0.2, rng.normal(size=(80, 5))
    for sweep in range(1, 61):
        z = half(big, known, w, 0.001)
        w = half(big.T, known.T, z, 0.001)
        if sweep in (15, 60):
            gap = (z @ w.T - big) ** 2
            errors.append((gap[known].mean(), gap[~known].mean()))
    assert errors[1][0] < 0.95 * errors[0][0] and errors[1][1] > 2 * errors[0][1]
    turn = np.linalg.qr(rng.normal(size=(4, 4)))[0]
    assert np.allclose((p @ turn) @ (q @ turn).T, p @ q.T) and np.isclose(((p @ turn) ** 2).sum(), (p**2).sum())
    # one user, one item, rating 4, small penalty: (2, 2) and (-2, -2) beat their midpoint, so it is not convex
    assert (4 - 2 * 2) ** 2 + 0.1 * 8 < (4 - 0) ** 2
    full, q = np.ones_like(seen), rng.normal(size=(30, 2))
    for _ in range(200):
        p = half(table, full, q, 0.0)
        q = half(table.T, full.T, p, 0.0)
    u, s, vt = np.linalg.svd(table, full_matrices=False)
    assert np.allclose(p @ q.T, (u[:, :2] * s[:2]) @ vt[:2], atol=1e-4)


def test_implicit_feedback() -> None:
    """10^11 cells; the identity behind cheap ALS; the constant 1 has zero loss on clicks; most zeros were not looked
    at; doubled weights equal half the penalty (quick check), and without a penalty change nothing. In the fence's world
    a fit to clicked cells only is no better than popularity with a penalty of 10 or 100 either."""
    assert 10**6 * 100_000 == 10**11
    rng = np.random.default_rng(0)
    q, clicks = rng.normal(size=(50, 4)), (rng.random(50) < 0.1).astype(float)
    c = 1 + 5 * clicks
    few = clicks > 0
    assert np.allclose(q.T @ (c[:, None] * q), q.T @ q + q[few].T @ ((c[few] - 1)[:, None] * q[few]))
    assert ((clicks[few] - 1) ** 2).sum() == 0

    def solve(c: np.ndarray, lam: float) -> np.ndarray:
        return np.linalg.solve(q.T @ (c[:, None] * q) + lam * np.eye(4), q.T @ (c * clicks))

    assert np.allclose(solve(2 * c, 3), solve(c, 1.5)) and not np.allclose(solve(2 * c, 3), solve(c, 3))
    assert np.allclose(solve(2 * c, 0), solve(c, 0))
    # looked at with chance 0.3: whatever the click rate, at least 70 % of the zeros were never looked at
    rate = np.linspace(0, 1, 101)
    assert np.all(0.7 / (1 - 0.3 * rate) >= 0.7)

    def recall(s: np.ndarray, first: np.ndarray, later: np.ndarray) -> float:
        top = (-np.where(first, -9, s)).argsort(1)[:, :10]
        return float(np.take_along_axis(later, top, 1).sum() / later.sum())

    gains = []
    for seed in range(6):
        rng = np.random.default_rng(seed)
        taste = 1.5 * rng.normal(size=(200, 3)) @ rng.normal(size=(3, 100))
        like = 1 / (1 + np.exp(2 - taste - rng.normal(size=100)))
        first, second = ((rng.random(like.shape) < 0.3 * like) for _ in range(2))
        one, later = first.astype(float), second & ~first
        for lam in (10.0, 100.0):
            y = np.random.default_rng(1).normal(size=(100, 3))
            for w in 8 * [one, one.T]:
                left = (w[:, :, None] * y).swapaxes(1, 2) @ y + lam * np.eye(3)
                x, y = y, np.linalg.solve(left, (w @ y)[:, :, None])[:, :, 0]
            gains.append(recall(x @ y.T, first, later) - recall(one.sum(0) + 0 * one, first, later))
    assert np.mean(gains[::2]) < 0.005 and np.mean(gains[1::2]) < 0.005


def test_factorization_machines() -> None:
    """5e11 pairs against 16 million; 6 for the unseen pair; the linear-time identity; 780 pairs; 25.6 GB; matrix
    factorization as a special case; an unseen cross gets no gradient."""
    n = 10**6
    assert abs(comb(n, 2) / 5e11 - 1) < 1e-5 and 16 * n == 16_000_000 and comb(40, 2) == 780
    assert np.isclose(10**8 * 64 * 4 / 1e9, 25.6)
    for other in (6.0, -1.0):  # two numbers a vector: any value of the unseen pair has rank 2
        assert np.linalg.matrix_rank(np.array([[2, 4], [3, other]])) <= 2
    for a in (0.5, 1.0, -3.0):  # any factor for A: 2 = a v1, 4 = a v2, 3 = b v1
        v1, v2 = 2 / a, 4 / a
        assert np.isclose((3 / v1) * v2, 6) and 3 * 4 / 2 == 6
    rng = np.random.default_rng(0)
    x, v = rng.normal(size=12), rng.normal(size=(12, 5))
    pairs = sum(v[i] @ v[j] * x[i] * x[j] for i in range(12) for j in range(i))
    assert np.isclose(pairs, 0.5 * (((x @ v) ** 2) - (x**2) @ v**2).sum())
    one_hot = np.zeros(12)
    one_hot[[2, 9]] = 1
    assert np.isclose(0.5 * (((one_hot @ v) ** 2) - one_hot @ v**2).sum(), v[2] @ v[9])
    rows = np.array([[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0]])  # crosses A1, A2, B1 occur, B2 never
    assert (rows.T @ rng.normal(size=3))[3] == 0


def test_two_tower_model() -> None:
    """41 copies of 4,096; 0.0073 and 4.9 without temperature, 1 at 0.05; ln B for equal scores. The exact gradient at
    log(p/q) is zero with copies, also for a mixture with uniform draws, and not zero with copies masked; but where
    every p is small, masking moves the best score by about p only. Negatives that depend on the user move it."""
    batch = 4_096
    assert round((batch - 1) * 0.01) == 41
    best = e / (e + 999 / e)
    assert round(best, 4) == 0.0073 and best < 0.0074 and round(-log(best), 1) == 4.9
    assert exp(20) / (exp(20) + 999 * exp(-20)) > 1 - 1e-12
    assert np.isclose(-log(1 / 1_000), log(1_000)) and log(1_000) > 6
    # with user vectors equal to own item vectors and the others orthogonal, the loss is near 6 (quick check)
    assert 5.8 < log(e + 999) - 1 < 6
    p = np.array([[0.6, 0.3, 0.1], [0.1, 0.2, 0.7]])

    def gradient(mask: bool, q: np.ndarray, draws: np.ndarray) -> np.ndarray:
        """Gradient at scores log(p/q), with three negatives from draws[user]."""
        scores = np.log(p / q)
        total = np.zeros_like(scores)
        for user, own, a, b, c in product(range(2), *[range(3)] * 4):
            ids = [own] + [z for z in (a, b, c) if not (mask and z == own)]
            weight = 0.5 * p[user, own] * draws[user, [a, b, c]].prod()
            share = np.exp(scores[user, ids])
            total[user, own] -= weight
            np.add.at(total[user], ids, weight * share / share.sum())
        return total

    clicks = p.mean(0)
    for q in (clicks, 0.5 * clicks + 0.5 / 3):
        assert abs(gradient(False, q, np.array([q, q]))).max() < 1e-12
        assert abs(gradient(True, q, np.array([q, q]))).max() > 1e-3
    hard = np.array([[0.2, 0.6, 0.2], [0.6, 0.2, 0.2]])  # negatives picked for each user
    assert abs(gradient(False, hard.mean(0), hard)).max() > 1e-2
    rare = 0.5 * np.array([1.0, 0.0]) + 0.5 / 2  # an item without clicks still has q > 0
    assert rare.min() > 0

    # one item of chance p = q among many tiny ones, copies masked: gradient of its score x above theirs
    def masked(x: float, p: float) -> float:
        k = np.arange(batch)
        chance = stats.binom.pmf(k, batch - 1, p)
        pull = p * (chance * (batch - 1 - k) / (exp(x) + batch - 1 - k)).sum()
        return float(pull - (1 - p) * (chance * k * exp(x) / (batch - k + k * exp(x))).sum())

    for small in (0.001, 0.01):
        assert masked(0, small) > 0 > masked(1.1 * small, small)  # unmasked, the best is x = 0
    assert masked(0.4, 0.3) > 0


def test_sequential_recommendation() -> None:
    """0.8 GB of logits; the ideal logit ln(N p) with one uniform negative, 99.9 %; chance is 0.1 for five of 50."""
    assert np.isclose(200 * 10**6 * 4 / 1e9, 0.8) and 5 / 50 == 0.1
    assert np.isclose(0.4 + 0.6 * 5 / 50, 0.46)  # best possible among five: the successor and four others
    n, p = 100_000, 0.01
    assert round(100 * float(expit(log(n * p))), 1) == 99.9
    z = np.linspace(-3, 15, 20_001)  # positives come with weight p, uniform negatives with 1/N
    loss = p * np.logaddexp(0, -z) + np.logaddexp(0, z) / n
    assert abs(z[loss.argmin()] - log(n * p)) < 0.002


def test_cold_start() -> None:
    """6.4 % and 11.4 %, also as means of the beta posterior; 2.2 and 0.7 points; 0.1 % of the traffic; the quick check
    8.3 % and 17 %; own data outweigh the prior once n exceeds k."""

    def estimate(m: float, k: float, c: float, n: float) -> float:
        return (k * m + c) / (k + n)

    assert round(100 * estimate(0.05, 100, 2, 10), 1) == 6.4 and round(100 * estimate(0.05, 100, 120, 1_000), 1) == 11.4
    assert np.isclose(stats.beta(5 + 2, 95 + 8).mean(), estimate(0.05, 100, 2, 10)) and 2 / 10 == 0.2
    assert round(100 * sqrt(0.05 * 0.95 / 100), 1) == 2.2 and round(100 * sqrt(0.05 * 0.95 / 1_000), 1) == 0.7
    assert np.isclose(10_000 * 1_000 / 10e9, 0.001)
    assert round(100 * estimate(0.04, 50, 3, 10), 1) == 8.3 and np.isclose(estimate(0.04, 50, 3, 10), 5 / 60)
    assert np.isclose((0.04 + 0.30) / 2, 0.17)
    assert 101 / (100 + 101) > 0.5 > 99 / (100 + 99)  # weight of the own rate


def test_feedback_loops() -> None:
    """Polya's urn from one click each is exactly uniform over the counts: half the time one has three quarters or more,
    and 80 % or more with chance 0.4 after 10,000 clicks. The fence shows the rest."""
    counts = np.array([1.0])  # chance that item one has 1, 2, ... clicks
    for total in range(2, 200):
        own = np.arange(1, total)
        grown = np.zeros(total)
        grown[1:] += counts * own / total
        grown[:-1] += counts * (1 - own / total)
        counts = grown
    assert np.allclose(counts, 1 / len(counts))
    share = np.arange(1, 10_000) / 10_000
    assert abs(((share >= 0.75) | (share <= 0.25)).mean() - 0.5) < 1e-3
    assert abs(((share >= 0.8) | (share <= 0.2)).mean() - 0.4) < 1e-3
    assert np.isclose(0.8 / 0.2, 4)


def test_sampled_metrics() -> None:
    """The binomial rank by simulation; a sure hit at rank 100; dominance keeps the order; one negative gives the AUC;
    1.3e12 operations; the quick check: at most 0.452 beyond the best tenth, so 0.9 needs more than 81 % inside."""
    n, m, r = 10_000, 100, 100
    rng = np.random.default_rng(0)
    better = (rng.integers(1, n, size=(10_000, m)) < r).sum(1)  # the others are 1 .. n-1, the best r-1 beat it
    assert abs(better.mean() - m * (r - 1) / (n - 1)) < 4 * better.std() / 100
    assert stats.binom.cdf(9, m, (r - 1) / (n - 1)) > 0.9999 and round(m * (r - 1) / (n - 1)) == 1
    assert stats.binom.cdf(9, 10, 0.01) == 1 and stats.binom.cdf(9, 5_000, 99 / 9_999) < 1e-6
    ranks = np.arange(1, n + 1)
    hit = stats.binom.cdf(9, m, (ranks - 1) / (n - 1))
    assert np.all(np.diff(hit) <= 1e-15)  # falling in the rank, so a model that dominates has the higher mean
    assert np.isclose(stats.binom.cdf(0, 1, (r - 1) / (n - 1)), (n - r) / (n - 1))
    assert round(10_000 * 10**6 * 2 * 64 / 1e12, 1) == 1.3
    outside = stats.binom.cdf(9, 100, 0.1)
    assert 0.451 < outside <= 0.452 and (0.9 - 0.452) / (1 - 0.452) > 0.81
    assert stats.binom.cdf(9, 100, 1e-5) - stats.binom.cdf(9, 100, 1e-2) < 1e-4


def test_recommender_diversity() -> None:
    """45 % and 50 %, clicks 0.6 and 0.5; the table of MMR and DPP gains and both picks; determinants as products of
    gains; more items than dimensions give zero, and not with a multiple of the identity; the penalty 0.21; a power of
    the relevance shifts the log determinant in proportion; the quick check; 2,000."""
    assert np.isclose(0.6 * (1 - 0.5**2), 0.45) and 1 - 0.5**2 == 0.75 and np.isclose(0.6 * 0.5 + 0.4 * 0.5, 0.5)
    assert np.isclose(0.30 + 0.30, 0.6) and np.isclose(0.30 + 0.20, 0.5) and 10 * 200 == 2_000
    r = np.array([0.90, 0.88, 0.80, 0.70, 0.46])
    x = np.array([[1, 0, 0], [0.95, 0, sqrt(1 - 0.95**2)], [sqrt(0.5), sqrt(0.5), 0], [0, 1, 0], [0, 0, 1]])
    assert np.allclose(x[1].round(3), [0.95, 0, 0.312]) and np.allclose(x[2].round(2), [0.71, 0.71, 0])
    s = x @ x.T
    dpp = r[:, None] * r * s

    def gains(picked: list[int]) -> tuple[np.ndarray, np.ndarray]:
        base = np.linalg.det(dpp[np.ix_(picked, picked)])
        volume = [np.linalg.det(dpp[np.ix_([*picked, i], [*picked, i])]) / base for i in range(5)]
        return 0.7 * r - 0.3 * s[:, picked].max(1), np.array(volume)

    mmr, volume = gains([0])
    assert np.allclose(mmr[1:].round(2), [0.33, 0.35, 0.49, 0.32])
    assert np.allclose(volume[1:].round(2), [0.08, 0.32, 0.49, 0.21])
    assert mmr[1:].argmax() == volume[1:].argmax() == 2
    mmr, volume = gains([0, 3])
    assert np.allclose(mmr[[1, 2, 4]].round(2), [0.33, 0.35, 0.32])
    assert np.allclose(volume[[1, 2, 4]].round(2), [0.08, 0, 0.21])
    assert [1, 2, 4][mmr[[1, 2, 4]].argmax()] == 2 and [1, 2, 4][volume[[1, 2, 4]].argmax()] == 4
    assert round(0.3 * 0.71, 2) == 0.21 == round(0.3 * float(s[2, [0, 3]].max()), 2)
    for theta in (0.5, 2.0):
        power = np.linalg.det((r[:, None] ** theta * r**theta * s)[:2, :2])
        assert np.isclose(log(power), 2 * theta * log(r[0] * r[1]) + log(np.linalg.det(s[:2, :2])))
    left = x[1] - x[0] * s[0, 1]
    assert np.isclose(volume[1], r[1] ** 2 * left @ left)
    assert round(float(s[2, 0]), 2) == round(float(s[2, 3]), 2) == 0.71
    assert np.isclose(np.linalg.det(dpp[:2, :2]), r[0] ** 2 * r[1] ** 2 * (1 - s[0, 1] ** 2))
    assert abs(np.linalg.det(dpp[:4, :4])) < 1e-15 < np.linalg.det(dpp[:4, :4] + 0.01 * np.eye(4))
