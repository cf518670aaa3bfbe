"""Proofs for "Expectations, random walks and puzzles": what the page states and has no room to run."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import combinations, pairwise, permutations, product
from math import comb, exp, factorial, gamma, log, pi, sqrt

import numpy as np
from scipy.integrate import quad
from scipy.stats import hypergeom


def test_linearity_of_expectation() -> None:
    """Variance 1 from 1 - 1/n and the covariances; 3.487, 4.5 and -2.49 for 10 keys in 10 slots, against the exact
    distribution of occupied slots; 0.75; 0.368; 253 pairs and 0.69; minibatches without replacement are unbiased. Key
    of the quick check: 25, and it needs no joint distribution."""
    for n in range(2, 7):
        own = np.array([[i == hat for i, hat in enumerate(order)] for order in permutations(range(n))]).astype(float)
        assert np.allclose(own.mean(0), 1 / n) and np.isclose(own.sum(1).mean(), 1) and np.isclose(own.sum(1).var(), 1)
        cov = np.cov(own.T, bias=True)
        assert np.isclose(np.trace(cov), 1 - 1 / n) and np.isclose(cov.sum() - np.trace(cov), 1 / n)
        assert np.isclose((own[:, 0] * own[:, 1]).mean() / own[:, 0].mean(), 1 / (n - 1))
        assert np.allclose(cov[~np.eye(n, dtype=bool)], 1 / (n * (n - 1)) - 1 / n**2)
        assert not np.isclose((own[:, 0] * own[:, 1]).mean(), (1 / n) ** 2)  # no product rule
        assert np.isclose((own.sum(1) ** 2).mean(), 2)  # not the square of the mean
    assert 1 - 1 / 4 == 0.75 and 100 * Fraction(1, 100) == 1

    occupied = np.eye(11)[0]  # exact distribution of the number of occupied slots, 10 keys one by one
    k = np.arange(11)
    for _ in range(10):
        occupied = occupied * k / 10 + np.roll(occupied * (10 - k) / 10, 1)
    used = float(occupied @ k)
    empty = 10 * 0.9**10
    assert np.isclose(occupied.sum(), 1) and np.isclose(10 - used, empty)
    assert round(empty, 3) == 3.487 and round(10 - (10 - empty), 3) == 3.487
    assert comb(10, 2) == 45 and 45 / 10 == 4.5 and round(1 - 10 * 0.9**10, 2) == -2.49
    keys = np.array(list(product(range(4), repeat=5)))  # 5 keys in 4 slots, all cases
    loads = np.array([(keys == slot).sum(1) for slot in range(4)])
    assert np.isclose((loads == 0).sum(0).mean(), 4 * 0.75**5)
    assert np.isclose((loads * (loads - 1) / 2).sum(0).mean(), comb(5, 2) / 4)
    assert np.isclose((5 - (loads > 0).sum(0)).mean(), 5 - 4 + 4 * 0.75**5)  # late keys
    assert comb(3, 2) == 3 and 3 - 1 == 2

    for n in (7, 12, 20):
        nobody = sum((-1) ** j / factorial(j) for j in range(n + 1))
        assert round(nobody, 3) == round(exp(-1), 3) == 0.368
    assert comb(23, 2) == 253 and round(253 / 365, 2) == 0.69

    gradients = np.array([3.0, -1.0, 4.0, 10.0, 5.5])
    batches = np.array([gradients[list(rows)].mean() for rows in combinations(range(5), 3)])
    assert np.isclose(batches.mean(), gradients.mean())
    assert batches.var() < gradients.var() / 3 - 0.1  # the variance does notice

    assert 51 * Fraction(25, 51) == 25 and 51 / 2 == 25.5
    decks = set(permutations("RRRBBB"))
    assert np.isclose(np.mean([sum(a == b for a, b in pairwise(d)) for d in decks]), 5 * 2 / 5)


def test_coupon_collector() -> None:
    """The sum of waits and its asymptotics 0.577 and 0.58; 114 of 225; 1.28 n; the limit law with 2.97 and 344; 0.368;
    6.6 missing after 100 and 0.58 complete after 225; 34 for half; about 100 more for pairs; Good-Turing; unequal kinds
    are slower. Key of the quick check: 50."""
    n = 50
    harmonic = sum(1 / k for k in range(1, n + 1))
    mean = n * harmonic
    assert round(mean) == 225 and round(n * sum(1 / k for k in range(1, 6))) == 114 and mean / 2 < 114
    assert abs(mean - (n * log(n) + 0.58 * n)) < 1 and round(float(np.euler_gamma), 3) == 0.577
    assert round(1000 * sum(1 / k for k in range(1, 1001))) == 7485 and 7485 / 1000 > 7
    big = np.arange(1, 100_001)
    sd = sqrt(1e10 * (1.0 / big**2).sum() - 1e5 * (1.0 / big).sum())
    assert round(sd / 1e5, 2) == 1.28 and round(pi / sqrt(6), 2) == 1.28

    def complete(m: int, n: int = 50) -> float:  # inclusion and exclusion
        return sum((-1) ** j * comb(n, j) * (1 - j / n) ** m for j in range(n + 1))

    assert complete(340) < 0.95 <= complete(341)
    c = -log(-log(0.95))
    assert round(c, 2) == 2.97 and round(n * log(n) + c * n) == 344
    for shift in (-1, 0, 1, 3):
        assert abs(complete(round(200 * log(200) + shift * 200), 200) - exp(-exp(-shift))) < 0.02
    assert round(complete(225), 2) == 0.58 and round(50 * 0.98**100, 1) == 6.6
    assert round((1 - 1 / 1000) ** 1000, 3) == 0.368
    assert round(n * sum(1 / k for k in range(26, 51))) == 34

    def expected(p: np.ndarray, copies: int = 1) -> float:  # draws arriving at rate 1: the mean of a maximum
        t = np.linspace(0, 40 / p.min(), 20_001)[:, None]
        kept = np.exp(-p * t) * (1 + p * t * (copies - 1))
        values = 1 - np.prod(1 - kept, axis=1)
        return float(np.trapezoid(values, t[:, 0]))

    equal = np.full(50, 1 / 50)
    assert abs(expected(equal) - mean) < 0.1
    assert abs(expected(equal, 2) - mean - 100) < 1  # every kind twice: 100 more
    rng = np.random.default_rng(0)
    for p in rng.dirichlet(np.full(6, 3.0), 8):
        assert expected(p) > 6 * sum(1 / k for k in range(1, 7)) and expected(p) > 1 / p.min()
    assert np.isclose(1 / (1 / 10_000), 10_000)

    draws = rng.integers(0, 50, (4_000, 60))
    counts = (draws[:, :, None] == np.arange(50)).sum(1)
    unseen, once = (counts == 0).mean(1), (counts == 1).sum(1) / 60  # chance that the next is new; its estimate
    gap = once - unseen
    assert abs(gap.mean() - ((1 - 1 / 50) ** 59 - (1 - 1 / 50) ** 60)) < 4 * gap.std() / sqrt(4_000)
    assert abs(gap.mean()) < 0.01 and unseen.mean() > 0.25
    assert 225 / 50 == 4.5 and 225 - 200 == 25 and np.isclose(1 / (1 / 50), 50)


def test_flips_until_hh_or_ht() -> None:
    """Both systems; exact waiting distributions of HH and HT; equal frequency and even race; the overlap rule for all
    patterns up to five letters and a biased coin; a failed HT; 20, 18 and 9/14; 7/8. Key of the quick check: 38."""

    def step(pattern: str, state: int, flip: str) -> int:
        seen = pattern[:state] + flip
        return max(k for k in range(state + 2) if seen.endswith(pattern[:k]))

    def wait(pattern: str, p: float = 0.5) -> float:
        n = len(pattern)
        A = np.eye(n)
        for state, (flip, chance) in product(range(n), (("H", p), ("T", 1 - p))):
            new = step(pattern, state, flip)
            if new < n:
                A[state, new] -= chance
        return float(np.linalg.solve(A, np.ones(n))[0])

    hh = np.linalg.solve([[0.5, -0.5], [-0.5, 1]], [1, 1])  # a = 1 + b/2 + a/2, b = 1 + a/2
    ht = np.linalg.solve([[0.5, -0.5], [0, 0.5]], [1, 1])  # b = 1 + b/2
    assert np.allclose(hh, [6, 4]) and np.allclose(ht, [4, 2])
    assert np.isclose(wait("HH"), 6) and np.isclose(wait("HT"), 4) and np.isclose(wait("HTH"), 10)
    for length in range(1, 6):
        for letters in product("HT", repeat=length):
            pattern = "".join(letters)
            overlaps = [k for k in range(1, length + 1) if pattern[:k] == pattern[-k:]]
            assert np.isclose(wait(pattern), sum(2**k for k in overlaps))
            biased = sum(0.3 ** -pattern[:k].count("H") * 0.7 ** -pattern[:k].count("T") for k in overlaps)
            assert np.isclose(wait(pattern, 0.3), biased)

    flips = ["".join(f) for f in product("HT", repeat=12)]
    for pattern in ("HH", "HT"):
        assert np.isclose(np.mean([f[5:7] == pattern for f in flips]), 1 / 4)
    assert sum("HHH"[i : i + 2] == "HH" for i in range(2)) == 2 and "HT"[0] != "HT"[-1]

    def first(a: str, b: str) -> float:  # chance that a comes before b, by a chain on recent flips
        n = max(len(a), len(b))
        states = ["".join(s) for length in range(n) for s in product("HT", repeat=length)]
        A, right = np.eye(len(states)), np.zeros(len(states))
        for i, s in enumerate(states):
            for flip in "HT":
                seen = s + flip
                if seen.endswith(a):
                    right[i] += 0.5
                elif not seen.endswith(b):
                    A[i, states.index(seen if len(seen) < n else seen[1:])] -= 0.5
        return float(np.linalg.solve(A, right)[0])

    assert np.isclose(first("HH", "HT"), 1 / 2) and np.isclose(first("THH", "HHH"), 7 / 8)
    assert np.isclose(wait("THTH"), 20) and np.isclose(wait("HTHH"), 18) and np.isclose(first("THTH", "HTHH"), 9 / 14)
    assert step("HT", 1, "H") == 1 and step("HH", 1, "T") == 0  # what a failed flip leaves
    assert np.isclose(wait("HHTHH"), 38) and 2**5 + 4 == 36 and 32 + 4 + 2 == 38


def test_gamblers_ruin() -> None:
    """Formula and durations against powers of the chain; 0.5 %, 47 % and 940 bets; small stakes help who has the edge;
    quitting one ahead averages zero; 0.865 and sure ruin; Kelly 2 %; the sequential test is this walk; 0.05 up to 70
    chips in the figure. Key of the quick check: 0.8, also with 20 chips a bet."""

    def chance(x: float, n: float, p: float) -> float:
        r = (1 - p) / p
        return x / n if p == 0.5 else (1 - r**x) / (1 - r**n)

    red = 18 / 38
    for p in (red, 0.49, 0.5, 0.51):
        walk = np.zeros((21, 21))
        walk[0, 0] = walk[20, 20] = 1
        for x in range(1, 20):
            walk[x, x + 1], walk[x, x - 1] = p, 1 - p
        end = np.linalg.matrix_power(walk, 20_000)
        assert np.allclose(end[:, 20], [chance(x, 20, p) for x in range(21)])
        bets = np.linalg.solve(np.eye(19) - walk[1:20, 1:20], np.ones(19))
        exact = [x * (20 - x) if p == 0.5 else (x - 20 * chance(x, 20, p)) / (1 - 2 * p) for x in range(1, 20)]
        assert np.allclose(bets, exact)
        h = end[:, 20]
        assert np.allclose(np.diff(h)[1:], (1 - p) / p * np.diff(h)[:-1])  # each step r times the last
    assert round(100 * chance(50, 100, red), 1) == 0.5 and round(100 * red) == 47 and round(red, 3) == 0.474
    assert round((50 - 100 * chance(50, 100, red)) / (1 - 2 * red)) == 940 and 50 * 50 == 2_500
    for p, sign in ((red, 1), (0.51, -1)):
        sizes = np.array([chance(50 / stake, 100 / stake, p) for stake in (1, 2, 5, 10, 25, 50)])
        assert np.all(sign * np.diff(sizes) > 0)
    assert np.isclose(chance(50, 100, 0.5), 0.5)
    assert chance(70, 100, red) < 0.05 < chance(72, 100, red)

    assert np.isclose(chance(99, 100, 0.5) * 1 - (1 - chance(99, 100, 0.5)) * 99, 0) and chance(99, 100, 0.5) == 0.99
    for x in (1, 10, 99, 5_000):  # one ahead from any finite fortune
        win = chance(x, x + 1, 0.5)
        assert np.isclose(win - (1 - win) * x, 0)

    for stake in (1, 2, 5, 10, 20):
        assert np.isclose(chance(80 / stake, 100 / stake, 0.5), 0.8)
    r = 0.49 / 0.51
    assert round(1 - r**50, 3) == 0.865 and np.isclose(1 - r**50, chance(50, 5_000, 0.51))
    assert chance(50, 10**6, 0.5) < 1e-4 and chance(50, 5_000, red) < 1e-12 and 50 * (10**6 - 50) > 10**7
    f = np.linspace(0, 0.1, 10_001)
    assert abs(f[np.argmax(0.51 * np.log1p(f) + 0.49 * np.log1p(-f))] - (0.51 - 0.49)) < 1e-4

    p, bound = 0.6, 8  # true p; stop when ahead or behind by 8 successes
    step = log(p / (1 - p))
    assert np.isclose(log(p / (1 - p)), step) and np.isclose(log((1 - p) / p), -step)
    rng = np.random.default_rng(0)
    paths = (2 * (rng.random((4_000, 400)) < p) - 1).cumsum(1)
    hit = abs(paths) >= bound
    assert hit.any(1).all()
    wrong = np.mean(paths[np.arange(4_000), hit.argmax(1)] < 0)
    exact = 1 - chance(bound, 2 * bound, p)
    assert abs(wrong - exact) < 4 * sqrt(exact * (1 - exact) / 4_000) and exact > 0.03


def test_markov_chain_stationary() -> None:
    """Shares 5/11, 2/11, 4/11 and return time 2.2; the long-run factor 0.824; starts within 0.01 at 26 weeks; closed
    groups, the two-cycle and absorption; damping bounds the second eigenvalue by 0.85; constants solve the column
    equation; no detailed balance here. Key of the quick check: one stationary distribution, (0, 1/2, 1/2)."""
    P = np.array([[0.8, 0.2, 0], [0.3, 0.5, 0.2], [0.1, 0, 0.9]])
    share = np.array([5, 2, 4]) / 11
    assert np.allclose(share @ P, share) and np.isclose(share[0], 1 / 2.2)
    assert np.allclose(P @ np.ones(3), 1) and not np.allclose(P @ share, share)
    sizes = np.sort(abs(np.linalg.eigvals(P)))[::-1]
    assert np.allclose(sizes[:2], [1, 0.824], atol=5e-4)
    far = [np.abs(np.linalg.matrix_power(P, t)[0] - share).sum() for t in (40, 41)]
    assert round(far[1] / far[0], 3) == 0.824
    half = np.linalg.matrix_power(P, 26)
    assert np.abs(half[0] - half[2]).max() < 0.01
    back = np.linalg.solve(np.eye(2) - P[1:, 1:], np.ones(2))  # weeks to active from idle, lapsed
    assert np.isclose(1 + P[0, 1:] @ back, 2.2) and np.isclose(1 / share[0], 2.2)
    flow = share[:, None] * P
    assert flow[2, 0] > 0 and flow[0, 2] == 0  # stationary without detailed balance
    pi = np.array([0.5, 0.3, 0.2])  # Metropolis: detailed balance suffices
    M = np.minimum(1, pi[None] / pi[:, None]) / 3
    np.fill_diagonal(M, 0)
    M += np.diag(1 - M.sum(1))
    assert np.allclose(pi[:, None] * M, (pi[:, None] * M).T) and np.allclose(pi @ M, pi)

    swap = np.array([[0.0, 1], [1, 0]])
    assert np.allclose([0.5, 0.5] @ swap, [0.5, 0.5]) and np.isclose(np.linalg.eigvals(swap).min(), -1)
    assert np.linalg.matrix_rank(swap.T - np.eye(2)) == 1  # unique
    assert np.allclose(np.linalg.matrix_power(swap, 100)[0], [1, 0])
    assert np.allclose(np.linalg.matrix_power(swap, 101)[0], [0, 1])
    leave = np.array([[0.5, 0.5, 0], [0, 0.5, 0.5], [0, 0.5, 0.5]])  # quick check: from A to B and C for good
    assert np.allclose([0, 0.5, 0.5] @ leave, [0, 0.5, 0.5]) and np.linalg.matrix_rank(leave.T - np.eye(3)) == 2
    averages = np.mean([np.linalg.matrix_power(swap, t)[0] for t in range(1_000)], axis=0)
    assert np.allclose(averages, 1 / 2)  # over time
    groups = np.kron(np.eye(2), np.full((2, 2), 0.5))
    for a in (0, 0.3, 1):
        mixed = np.array([a, a, 1 - a, 1 - a]) / 2
        assert np.allclose(mixed @ groups, mixed)
    gone = np.array([[0.8, 0.1, 0.1], [0.3, 0.6, 0.1], [0, 0, 1]])
    assert np.allclose(np.linalg.matrix_power(gone, 500)[:, 2], 1)

    rng = np.random.default_rng(0)
    for _ in range(20):
        links = (rng.random((30, 30)) < 0.06).astype(float)
        links[:, 0] += links.sum(1) == 0
        web = links / links.sum(1, keepdims=True)
        google = 0.85 * web + 0.15 / 30
        assert np.sort(abs(np.linalg.eigvals(google)))[-2] <= 0.85 + 1e-9 and google.min() > 0
    web = np.kron(np.eye(2), swap)  # closed groups and cycles at once
    google = 0.85 * web + 0.15 / 4
    assert np.isclose(np.sort(abs(np.linalg.eigvals(google)))[-2], 0.85)
    assert np.allclose(np.linalg.matrix_power(google, 200), 1 / 4)


def test_fair_coin_from_biased() -> None:
    """1/(p(1 - p)) with 4, 11.1 and 6.25; 3.125 and 12.5; drift gives 40 %; dependent flips make the first bit unfair;
    overlapping pairs give the coin back; 2.38 calls; three chances in 256 or two; no fixed number of flips; 0.09
    against 0.469 bits. Key of the quick check: 6.25."""
    for p, flips in ((0.5, 4), (0.9, 11.1), (0.8, 6.25)):
        decided = 2 * p * (1 - p)
        series = sum(2 * k * decided * (1 - decided) ** (k - 1) for k in range(1, 3_000))
        assert np.isclose(series, 1 / (p * (1 - p))) and abs(series - flips) < 0.02
    assert np.isclose(1 / (2 * 0.16), 3.125) and np.isclose(2 / 0.16, 12.5)
    ht, th = 0.5 * (1 - 0.6), (1 - 0.5) * 0.6
    assert np.isclose(ht, 0.2) and np.isclose(th, 0.3) and np.isclose(ht / (ht + th), 0.4)

    move, share = np.array([[0.9, 0.1], [0.4, 0.6]]), np.array([0.8, 0.2])  # sticky coin, heads first, stationary
    assert np.allclose(share @ move, share) and np.isclose(share[0] * move[0, 1], share[1] * move[1, 0])  # HT, TH
    head = np.linalg.solve(np.eye(2) - move * np.diag(move), move[:, 0] * move[0, 1])  # after H, after T
    assert np.isclose(share[0] * move[0, 1] + share * np.diag(move) @ head, 0.56)  # first bit is heads
    for p in (0.2, 0.7):  # overlapping pairs: first flip H, then more H, then T
        assert np.isclose(sum(p**k * (1 - p) for k in range(1, 500)), p)

    cells = [5 * a + b for a in range(5) for b in range(5)]
    assert sorted(cells) == list(range(25)) and set(Counter(v % 7 for v in cells if v < 21).values()) == {3}
    assert round(2 * 25 / 21, 2) == 2.38
    chances = Counter(v % 100 for v in range(256))
    assert {chances[v] for v in range(56)} == {3} and {chances[v] for v in range(56, 100)} == {2} and 3 / 2 == 1.5
    for n in range(1, 40):
        assert 3**n % 2 == 1 and 5**n % 7 != 0
    n = 6  # every event of n flips of a coin with p = 1/3 is a multiple of 1/3^n
    assert all((Fraction(1, 3) ** k * Fraction(2, 3) ** (n - k) * 3**n).denominator == 1 for k in range(n + 1))
    entropy = -(0.9 * np.log2(0.9) + 0.1 * np.log2(0.1))
    assert np.isclose(0.9 * 0.1, 0.09) and round(float(entropy), 3) == 0.469


def test_broken_stick_triangle() -> None:
    """1/4 a piece and 1/8 a corner, exactly on a grid; the wrong event has 1/4 but a triangle half of the time; 0.386
    and its half; polygons; 11/18, 5/18, 2/18; 0.079. Key of the quick check: 0.3."""
    grid = (np.arange(700) + 0.5) / 700
    x, y = np.meshgrid(grid, grid, indexing="ij")
    low, high = np.minimum(x, y), np.maximum(x, y)
    pieces = (low, high - low, 1 - high)
    for piece in pieces:
        assert abs(np.mean(piece > 0.5) - 1 / 4) < 2e-3
    longest = np.maximum(np.maximum(*pieces[:2]), pieces[2])
    works = longest < 0.5
    assert abs(works.mean() - 1 / 4) < 1e-3 and max(sum(p > 0.5 for p in pieces).ravel()) == 1
    assert abs(np.mean(x - y > 0.5) - 1 / 8) < 1e-3
    event = (x < 0.5) & (y > 0.5)
    assert abs(event.mean() - 1 / 4) < 1e-9 and abs(works[event].mean() - 1 / 2) < 1e-3
    assert abs(np.mean((x < 0.5) != (y < 0.5)) - 1 / 2) < 1e-9  # different halves
    assert works[(x < 0.5) == (y < 0.5)].sum() == 0
    shortest = np.minimum(np.minimum(*pieces[:2]), pieces[2])
    assert abs(longest.mean() - 11 / 18) < 1e-3 and abs(shortest.mean() - 2 / 18) < 1e-3 and 11 + 5 + 2 == 18
    squares = np.sort(np.stack([p**2 for p in pieces]), axis=0)
    acute = np.mean(squares[0] + squares[1] > squares[2])
    assert abs(acute - (3 * log(2) - 2)) < 1e-3 and round(3 * log(2) - 2, 3) == 0.079

    value = quad(lambda length: 2 * (1 - length) / length, 0.5, 1)[0]
    assert np.isclose(value, 2 * log(2) - 1) and round(value, 3) == 0.386
    for length in (0.55, 0.8):
        cut = grid * length
        assert abs(np.mean(np.maximum(cut, length - cut) < 0.5) - (1 - length) / length) < 2e-3
    assert np.isclose(quad(lambda length: 2 * length * (1 - length) / length, 0.5, 1)[0], 1 / 4)  # picked by length
    assert abs(value / 2 - 0.1930) < 4 * 0.0006

    rng = np.random.default_rng(0)
    for n in (4, 6):
        cuts = np.sort(rng.random((40_000, n - 1)), axis=1)
        sides = np.diff(np.column_stack([np.zeros(40_000), cuts, np.ones(40_000)]), axis=1)
        exact = 1 - n / 2 ** (n - 1)
        assert abs(np.mean(sides.max(1) < 0.5) - exact) < 4 * sqrt(exact * (1 - exact) / 40_000)
        assert abs(np.mean(sides[:, 0] > 0.5) - 2.0 ** (1 - n)) < 4 * sqrt(2.0 ** (1 - n) / 40_000)
    assert 1 - 4 / 8 == 0.5 and 1 - 3 / 4 == 0.25
    second = np.maximum(np.maximum(np.minimum(0.3, grid), abs(0.3 - grid)), 1 - np.maximum(0.3, grid))
    assert abs(np.mean(second < 0.5) - 0.3) < 2e-3 and grid[second < 0.5].min() > 0.5 and grid[second < 0.5].max() < 0.8


def test_reservoir_sampling() -> None:
    """The induction for items and subsets; blocks have equal chances and few subsets; randrange(i) always lets the
    third in; constant acceptance favors recent items; pooling gives half to a tenth; the hypergeometric merge is
    uniform; keys equal draws by weight; 0.833 and 0.583; 920 changes; own places. Key of the quick check: 0.01."""

    def run(n: int, k: int, extra: int = 1) -> Counter[tuple[int, ...]]:
        results: Counter[tuple[int, ...]] = Counter()
        for draw in product(*(range(i + extra) for i in range(k, n))):
            kept = list(range(k))
            for i, j in zip(range(k, n), draw, strict=True):
                if j < k:
                    kept[j] = i
            results[tuple(kept)] += 1
        return results

    for n, k in ((5, 1), (6, 2), (6, 3)):
        subsets: Counter[frozenset[int]] = Counter()
        for kept, count in run(n, k).items():
            subsets[frozenset(kept)] += count
            assert all(kept[i] == i for i in range(k) if i in kept)  # an early item stays at its own place
        assert len(subsets) == comb(n, k) and len(set(subsets.values())) == 1
    assert all(2 in kept for kept in run(3, 2, extra=0))  # third item always enters
    for i, k in ((5, 2), (100, 10)):
        assert Fraction(k, i - 1) * (1 - Fraction(k, i) * Fraction(1, k)) == Fraction(k, i)
        assert 1 - Fraction(k, i) == Fraction(i - k, i)
        assert Fraction(1, comb(i - 1, k)) * (1 - Fraction(k, i)) == Fraction(1, comb(i, k))
        assert (i - k) * Fraction(1, comb(i - 1, k)) * Fraction(1, i) == Fraction(1, comb(i, k))
    assert comb(100, 10) > 100 // 10  # blocks: equal chances, ten subsets
    a, k = 0.2, 10
    stays = [a * (1 - a / k) ** (1_000 - i) for i in (100, 500, 1_000)]
    assert stays[0] < stays[1] < stays[2]

    # merge 4 + 3 items, k = 2: hypergeometric count, then uniform picks from each sample: exact chance of each pair
    m, n, k = 4, 3, 2
    for first in range(k + 1):
        weight = hypergeom(m + n, m, k).pmf(first)
        pairs = comb(m, first) * comb(n, k - first)
        assert np.isclose(weight / pairs, 1 / comb(m + n, k))
    assert 100 / (900 + 100) == 0.1 and 20 / (20 + 20) == 0.5

    heavy = Fraction(1, 2) + Fraction(1, 2) * Fraction(2, 3)
    light = (2 - heavy) / 2
    for k, weights in product((2, 3), ((1, 1, 2, 3), (1, 2, 5, 7, 1), (1, 2, 100, 100, 100))):
        kept_share = np.zeros(len(weights))  # exact: all orders of draws without replacement
        for order in permutations(range(len(weights)), k):
            left, prob = float(sum(weights)), 1.0
            for item in order:
                prob *= weights[item] / left
                left -= weights[item]
            kept_share[list(order)] += prob
        one, two = kept_share[weights.index(1)], kept_share[weights.index(2)]
        assert np.isclose(kept_share.sum(), k) and two < 2 * one - 1e-6
    assert round(float(heavy), 3) == 0.833 and round(float(light), 3) == 0.583
    rng = np.random.default_rng(0)
    keys = rng.random((40_000, 3)) ** (1 / np.array([1.0, 1.0, 2.0]))
    kept = keys.argsort(1)[:, 1:]
    share = (kept == 2).any(1).mean()
    assert abs(share - float(heavy)) < 4 * sqrt(0.833 * 0.167 / 40_000)
    assert abs((kept[:, 1] == 2).mean() - 0.5) < 4 * 0.5 / sqrt(40_000)  # largest key: proportional to weight

    u = rng.random(10_000)
    assert np.mean(u**1e3 == 0) > 0.4 and np.array_equal(np.argsort(np.log(u) / 0.5), np.argsort(u**2))
    assert len(np.unique(np.log(u) / 1e-3)) == len(np.unique(u))
    changes = 100 * sum(1 / i for i in range(101, 1_000_001))
    assert abs(changes - 920) < 1
    survive = np.prod([(i - 1) / i for i in range(11, 1_001)])
    assert np.isclose(survive, 0.01) and round((1 - 1 / 1000) ** 990, 2) == 0.37 and np.isclose(10 / 1_000, survive)


def test_rejection_sampling() -> None:
    """Kept draws follow p at rate 1/M, also up to a constant; 91 %, 1.1 to the power d and 1 in 13,781; ball in cube
    79 % and 0.25 %; the effective share 22 % and 2e-7; no M for standard deviation 0.9; the deceived sample size; the
    accept step of speculative decoding. Key of the quick check: density proportional to min(1, 2x)."""
    rng = np.random.default_rng(0)
    p, q = np.array([0.5, 0.3, 0.2]), np.array([0.2, 0.2, 0.6])
    M = (p / q).max()
    keep = q * p / (M * q)
    assert np.isclose(keep.sum(), 1 / M) and np.allclose(keep / keep.sum(), p)
    f, C = 7 * p, 7 * M * 2  # unnormalized, and twice as large an envelope
    keep = q * f / (C * q)
    assert np.allclose(keep / keep.sum(), p) and np.isclose(keep.sum(), 7 / C)
    draft = np.minimum(1, p / q)  # speculative decoding
    rest = np.maximum(p - q, 0)
    assert np.allclose(q * draft + (1 - (q * draft).sum()) * rest / rest.sum(), p)

    x = np.linspace(-30, 30, 60_001)

    def normal(x: np.ndarray, sd: float, mean: float = 0) -> np.ndarray:
        return np.exp(-(((x - mean) / sd) ** 2) / 2) / (sd * sqrt(2 * pi))

    ratio = normal(x, 1) / normal(x, 1.1)
    assert np.isclose(ratio.max(), 1.1) and abs(x[ratio.argmax()]) < 1e-9 and round(100 / 1.1) == 91
    assert round(1.1**100) == 13_781
    narrow = normal(x[abs(x) < 20], 1) / normal(x[abs(x) < 20], 0.9)
    assert narrow.max() > 1e10 and narrow[0] == narrow.max()  # grows without bound outward
    second = quad(lambda t: float(normal(np.array(t), 1) ** 2 / normal(np.array(t), 1.1)), -20, 20)[0]
    assert np.isclose(1 / second, sqrt(2 * 1.1**2 - 1) / 1.1**2)
    assert round(100 / second**100) == 22 and abs(1 / second**1_000 - 2e-7) < 0.5e-7
    wide = [
        quad(lambda t: float(normal(np.array(t), 1) ** 2 / normal(np.array(t), 0.7)), -b, b)[0] for b in (5, 10, 20)
    ]
    assert wide[1] > 1.2 * wide[0] and wide[2] > 2 * wide[1]  # infinite variance of the weights

    def ball(d: int) -> float:
        return pi ** (d / 2) / gamma(d / 2 + 1) / 2**d

    assert round(100 * ball(2)) == 79 and round(100 * ball(10), 2) == 0.25

    near = rng.normal(10, 1, 1_000)
    w = 0.5 * (normal(near, 1, 10) + normal(near, 1, -10)) / normal(near, 1, 10)
    assert w.sum() ** 2 / (w**2).sum() > 999.9 and abs((w * near).sum() / w.sum() - 10) < 4 / sqrt(1_000)

    t = rng.random(60_000)
    kept = t[rng.random(60_000) < np.minimum(1, 2 * t)]
    assert abs(kept.mean() - 11 / 18) < 4 * kept.std() / sqrt(len(kept)) and abs(kept.mean() - 2 / 3) > 0.04
    assert abs(np.mean(kept > 0.5) - 2 / 3) < 4 * 0.5 / sqrt(len(kept))  # of 2x it would be 3/4
    slow = t[rng.random(60_000) < t]  # M = 2: half is kept
    assert abs(len(slow) / 60_000 - 0.5) < 4 * 0.5 / sqrt(60_000) and abs(slow.mean() - 2 / 3) < 4 * 0.24 / sqrt(29_000)
    slower = t[rng.random(60_000) < t / 2]  # a larger M: fewer draws, same density
    assert abs(slower.mean() - 2 / 3) < 4 * 0.24 / sqrt(14_000) and len(slower) < 0.6 * len(slow)
