"""Proofs for "Evaluation and safety of language models": what the page states and has no room to run."""

from __future__ import annotations

from itertools import combinations
from math import comb, factorial, isclose, log, log10, sqrt

import numpy as np
from scipy import stats


def test_evaluate_llm_feature() -> None:
    """The variance formula, checked by simulation, and its standard errors 2.8, 1.8 and 1.3 points at 80 %; 0 of 200
    allows 1.5 %; the quick check: 0.9 for 2,000 independent answers is the smallest, 2.7 the largest."""

    def error(p: np.ndarray, n: int, r: int) -> float:
        return 100 * sqrt(p.var() / n + (p * (1 - p)).mean() / (n * r))

    p = np.array([1, 0.6])
    assert isclose(p.mean(), 0.8)
    assert [round(error(p, n, r), 1) for n, r in ((200, 1), (200, 5), (1_000, 1))] == [2.8, 1.8, 1.3]
    rng = np.random.default_rng(0)
    sims = 4_000
    rate = rng.binomial(5, rng.choice(p, (sims, 200))).mean(1) / 5
    assert abs(100 * rate.std(ddof=1) / error(p, 200, 5) - 1) < 4 / sqrt(2 * sims)
    assert round(100 * (1 - 0.05 ** (1 / 200)), 1) == 1.5
    same, split = np.full(100, 0.82), np.r_[np.ones(82), np.zeros(18)]
    assert isclose(error(same, 200, 10), 100 * sqrt(0.82 * 0.18 / 2_000)) and round(error(same, 200, 10), 1) == 0.9
    assert round(error(split, 200, 10), 1) == 2.7 and isclose(error(split, 200, 10), 100 * sqrt(0.82 * 0.18 / 200))
    for _ in range(200):  # any other spread with that mean lies between the two
        other = rng.beta(0.82 * (scale := rng.exponential(3)), 0.18 * scale, 200)
        m = other.mean()
        low, high = 100 * sqrt(m * (1 - m) / 2_000), 100 * sqrt(m * (1 - m) / 200)
        assert low - 1e-9 <= error(other, 200, 10) <= high + 1e-9


def test_llm_as_judge() -> None:
    """The table gives 90 % agreement, 0.836 by chance, kappa 0.39, rates 0.956 and 0.40; always passing agrees on 90 %
    with kappa 0; corrected pass rates 90 and 70 %; the interval 0.12 to 0.74, at its ends 95 and 85 %, 53 % and
    below 0; equal draws
    by verdict show 0.88, weighting restores 0.40; in the quick check the rate on bad
    answers can be 0 or 100 %, and always passing has 95 % and kappa 0."""

    def kappa(table: np.ndarray) -> tuple[float, float, float]:
        share = table / table.sum()
        observed, chance = float(np.trace(share)), float(share.sum(1) @ share.sum(0))
        return observed, chance, (observed - chance) / (1 - chance)

    table = np.array([[86, 4], [6, 4]])
    observed, chance, value = kappa(table)
    assert isclose(observed, 0.90) and isclose(chance, 0.836) and round(value, 2) == 0.39
    assert round(86 / 90, 3) == 0.956 and 4 / 10 == 0.40
    stamp = kappa(np.array([[90, 0], [10, 0]]))
    assert isclose(stamp[0], 0.90) and isclose(stamp[2], 0)
    s, t = 86 / 90, 4 / 10
    assert [round(100 * (q + t - 1) / (s + t - 1)) for q in (0.92, 0.85)] == [90, 70]
    for true in (0.3, 0.7, 0.9):
        q = true * s + (1 - true) * (1 - t)
        assert isclose((q + t - 1) / (s + t - 1), true)
    low, high = stats.binomtest(4, 10).proportion_ci(0.95, method="exact")
    assert (round(low, 2), round(high, 2)) == (0.12, 0.74)
    for ends in ((0.12, 0.74), (low, high)):
        at_low, at_high = ([round(100 * (q + e - 1) / (s + e - 1)) for q in (0.92, 0.85)] for e in ends)
        assert at_high == [95, 85] and at_low[1] < 0
    assert round(100 * (0.92 + 0.12 - 1) / (s + 0.12 - 1)) == 53
    assert round(0.5 / (0.5 + 6 / 92), 2) == 0.88
    drawn = table / table.sum(0)  # as many of the judge's fails as of its passes
    assert round(drawn[1, 1] / drawn[1].sum(), 2) == 0.88
    weighted = drawn * table.sum(0)
    assert isclose(weighted[1, 1] / weighted[1].sum(), 0.40)
    for bad_caught in (0, 5):  # of 5 bad answers; both agree on 95 of 100
        other = np.array([[95 - bad_caught, bad_caught], [5 - bad_caught, bad_caught]])
        assert isclose(kappa(other)[0], 0.95) and kappa(other)[2] < 0.7
    assert isclose(kappa(np.array([[95, 0], [5, 0]]))[2], 0, abs_tol=1e-12)
    assert round(kappa(np.array([[95, 0], [5, 0]]))[1], 2) == 0.95


def test_pairwise_ratings() -> None:
    """100 points are 64 %, 12 are 51.7 %, 400 are 10 to 1; Elo's step is a gradient step; the standard error is about
    11.5 points; 80 and 40 % give 60 % and 70 points; an unbeaten model has no finite rating; the cycle ties,
    unless one pair meets more often."""

    def chance(gap: float) -> float:
        return 1 / (1 + 10 ** (-gap / 400))

    assert round(100 * chance(100)) == 64 and round(100 * chance(12), 1) == 51.7
    assert isclose(chance(400) / (1 - chance(400)), 10)
    for y in (0, 1):  # derivative of the log likelihood of one vote

        def loglik(gap: float, y: int = y) -> float:
            return y * log(chance(gap)) + (1 - y) * log(1 - chance(gap))

        slope = (loglik(80.01) - loglik(79.99)) / 0.02
        assert isclose(slope, (y - chance(80)) * log(10) / 400, rel_tol=1e-5)
    true = np.array([1000, 1050, 1100, 1150])
    rng = np.random.default_rng(0)  # the votes of the page
    a = rng.integers(4, size=3_000)
    b = (a + rng.integers(1, 4, a.size)) % 4
    won = rng.random(a.size) < 1 / (1 + 10 ** ((true[b] - true[a]) / 400))
    wins_of = np.zeros((4, 4))
    np.add.at(wins_of, (np.where(won, a, b), np.where(won, b, a)), 1)
    met, s = wins_of + wins_of.T, np.ones(4)
    for _ in range(100):
        s = wins_of.sum(1) / (met / (s[:, None] + s)).sum(1)
    assert round(400 * log10(s[3] / s[0])) == 140
    info = np.zeros((4, 4))
    for i, j in combinations(range(4), 2):
        p = s[i] / (s[i] + s[j])
        e = np.eye(4)[i] - np.eye(4)[j]
        info += met[i, j] * p * (1 - p) * np.outer(e, e)
    gap = np.array([-1, 0, 0, 1])
    assert round(400 / log(10) * sqrt(gap @ np.linalg.pinv(info) @ gap), 1) == 11.5
    assert isclose((0.8 + 0.4) / 2, 0.6) and round(400 * log10(0.6 / 0.4)) == 70
    wins = [log(chance(gap)) for gap in (0, 100, 1_000, 5_000)]
    assert all(np.diff(wins) > 0)
    votes = np.array([[0, 70, 30], [30, 0, 70], [70, 30, 0]])
    often = votes.copy()
    often[[0, 1], [1, 0]] *= 10  # A and B meet ten times as often, with the same shares
    fits = []
    for wins_of in (votes, often):
        s = np.array([1, 2, 3.0])
        for _ in range(200):
            s = wins_of.sum(1) / ((wins_of + wins_of.T) / (s[:, None] + s)).sum(1)
            s /= s.sum()
        fits.append(s)
    assert np.allclose(fits[0], 1 / 3) and list(votes.sum(1)) == [100, 100, 100]
    assert fits[1][0] > 1.5 * fits[1][1]


def test_benchmark_contamination() -> None:
    """Half would have to be remembered; the standard error is 2.7 points, 4.3 with a control; 99 shuffles give 0.01;
    10 less 2 is 8, so that a = 82 % and c = 0.44; the quick check: 8 less 6 is 2, the leads are 18 and 16;
    the shuffle test keeps its level."""
    assert isclose(0.5 + (1 - 0.5) * 0.80, 0.90)
    assert round(100 * sqrt(0.9 * 0.1 / 1_000 + 0.8 * 0.2 / 250), 1) == 2.7
    suspect, control = (0.9 * 0.1 / 1_000 + 0.8 * 0.2 / 250), (0.7 * 0.3 / 1_000 + 0.68 * 0.32 / 250)
    assert round(100 * sqrt(suspect + control), 1) == 4.3
    assert 1 / (1 + 99) == 0.01 and (90 - 80) - 2 == 8
    assert round((0.90 - 0.82) / (1 - 0.82), 2) == 0.44
    assert (88 - 80) - (70 - 64) == 2 and 88 - 70 == 18 and 80 - 64 == 16
    scores = np.random.default_rng(0).normal(size=(10_000, 100))  # under exchangeability the first is one of a hundred
    top = (scores[:, 0] >= scores.max(1)).mean()
    assert abs(top - 0.01) < 4 * sqrt(0.01 * 0.99 / 10_000)


def test_pass_at_k() -> None:
    """Subsets counted one by one agree with the formula; concavity; 50 against 99.9 %; 43 % and 99.999999 %; at k = n
    only 0 or 1; more samples, less spread; pass^k is unbiased; 171! overflows; quick check 0.40, 0.36,
    0.20 and 1."""

    def estimate(n: int, c: int, k: int) -> float:
        return 1 - comb(n - c, k) / comb(n, k)

    for n, c, k in ((5, 1, 2), (7, 3, 4), (6, 0, 3), (6, 6, 1)):
        passed = [i < c for i in range(n)]
        subsets = list(combinations(passed, k))
        assert isclose(estimate(n, c, k), np.mean([any(s) for s in subsets]))
        assert isclose(comb(c, k) / comb(n, k), np.mean([all(s) for s in subsets]))
    assert {estimate(10, c, 10) for c in range(11)} == {0, 1}
    spread = []
    for n in (10, 20, 100):
        c = np.arange(n + 1)
        weight = stats.binom.pmf(c, n, 0.1)
        values = np.array([estimate(n, i, 10) for i in c])
        assert isclose(weight @ values, 1 - 0.9**10)
        spread.append(weight @ (values - weight @ values) ** 2)
        assert isclose(weight @ np.array([comb(i, 3) / comb(n, 3) for i in c]), 0.1**3)
    assert spread[0] > spread[1] > spread[2]
    p = np.linspace(0.01, 0.99, 99)
    assert all(np.all(np.diff(1 - (1 - p) ** k, 2) < 0) for k in (2, 5, 10))
    assert round(100 * (1 - 0.5**10), 1) == 99.9 and np.mean([1 - 0**10, 1 - 1**10]) == 0.5
    assert round(100 * 0.9**8) == 43 and round(100 * (1 - 0.1**8), 6) == 99.999999
    assert factorial(170) < int(np.finfo(float).max) < factorial(171)
    assert isclose(estimate(5, 1, 2), 0.40) and isclose(1 - 0.8**2, 0.36)
    assert isclose(estimate(5, 1, 1), 0.20) and estimate(5, 1, 5) == 1 and comb(5, 2) == 10 and comb(4, 2) == 6


def test_hallucination() -> None:
    """With w = 3 the threshold is 75 %; the table: scores 20 and 54, accuracy 80 and 66 %; ten claims at 98 % are all
    right in 82 %; the quick check: -0.6."""

    def worth(p: float, w: float) -> float:
        return p - w * (1 - p)

    for w in (0.5, 1, 3, 9):
        assert isclose(worth(w / (1 + w), w), 0, abs_tol=1e-12)
        assert worth(w / (1 + w) + 0.01, w) > 0 > worth(w / (1 + w) - 0.01, w)
    assert 3 / (1 + 3) == 0.75 and worth(0.01, 0) > 0 and 1 / (1 + 1) == 0.5
    assert 80 + 20 == 66 + 4 + 30 == 100 and 80 - 3 * 20 == 20 and 66 - 3 * 4 == 54
    assert round(100 * 0.98**10) == 82 and round(worth(0.6, 3), 1) == -0.6


def test_prompt_injection() -> None:
    """A detector that stops 95 % lets one of 50 independent attempts through in 92 %."""
    assert round(100 * (1 - 0.95**50)) == 92
    assert round(100 * (1 - stats.binom.cdf(0, 50, 0.05))) == 92


def test_red_teaming() -> None:
    """2 % over 100 tries is 87 %; concentrated success stays at 10 % of goals; 300 clean tries bound the rate at 1 %;
    quick check: from 3 to 78 % of goals at fifty tries."""
    assert round(100 * (1 - 0.98**100)) == 87
    assert isclose(0.1 * 0.20, 0.02) and round(100 * 0.1 * (1 - 0.80**100)) == 10
    assert round(100 * (1 - 0.05 ** (1 / 300))) == 1
    assert round(100 * (1 - 0.97**50)) == 78 and round(100 * 0.03 * (1 - 0**50)) == 3
    rng = np.random.default_rng(0)
    for _ in range(200):  # any spread of per-goal rates with mean 3 % lies between the two
        rates = rng.beta(0.03 * (scale := rng.exponential(5)), 0.97 * scale, 200)
        reached, mean = (1 - (1 - rates) ** 50).mean(), rates.mean()
        assert mean - 1e-9 <= reached <= 1 - (1 - mean) ** 50 + 1e-9


def test_guardrails_and_false_alarms() -> None:
    """The table of a million; 9 and 91 %, ten of eleven; 99 % on a balanced set; 10.1; the second stage: 940, 500, 65
    and 94 %; 18 % of conversations; 1 in 99,000; quick check 17 %."""

    def right(base: float, r: float = 0.99, f: float = 0.01) -> float:
        return base * r / (base * r + (1 - base) * f)

    harmful, harmless = 1_000, 999_000
    caught, alarms = 0.99 * harmful, 0.01 * harmless
    assert isclose(caught, 990) and isclose(alarms, 9_990) and isclose(harmless - alarms, 989_010)
    assert isclose(harmful - caught, 10) and isclose(caught + alarms, 10_980)
    assert round(100 * right(0.001)) == 9 and round(100 * (1 - right(0.001))) == 91
    assert abs(right(0.001) - 1 / 11) < 0.001 and round(100 * right(0.5)) == 99
    assert round(alarms / caught, 1) == 10.1
    kept, wrong = 0.95 * caught, 0.05 * alarms
    assert int(kept) == 940 and round(wrong, -1) == 500
    assert round(100 * kept / (kept + wrong)) == 65 and round(100 * kept / harmful) == 94
    assert round(100 * (1 - 0.99**20)) == 18
    assert round(989_020 / 10, -3) == 99_000
    assert round(100 * right(0.002)) == 17 and isclose(0.002 * 0.99, 0.00198) and isclose(0.998 * 0.01, 0.00998)
