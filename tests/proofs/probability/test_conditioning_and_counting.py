"""Proofs for "Conditioning and counting": what the page states and has no room to run, one function a question."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, combinations_with_replacement, permutations, product
from math import ceil, comb, e, exp, factorial, log, log2, prod, sqrt

import numpy as np
from scipy.special import betaincinv, betaln, gammaln


def test_independent_vs_disjoint() -> None:
    """The die of the table, the covariance of indicators and its sign for exclusive events, Y = X^2, uncorrelated
    two-valued variables are independent, normal margins with covariance 0 that are dependent, 4 and 1,013 product
    rules, variances add up for pairwise uncorrelated variables; key of the quick check: overlap 0.12."""
    die = range(1, 7)

    def chance(event: set[int]) -> Fraction:
        return Fraction(len(event), 6)

    even, odd, low = {x for x in die if x % 2 == 0}, {x for x in die if x % 2}, {1, 2}
    assert chance(even & low) == Fraction(1, 6) == chance(even) * chance(low) == Fraction(1, 2) * Fraction(1, 3)
    assert not even & odd and chance(even) * chance(odd) == Fraction(1, 4)
    for a, b in ((even, odd), (even, low), (low, {2, 3, 4})):
        both = sum(Fraction((x in a) * (x in b), 6) for x in die)
        covariance = both - chance(a) * chance(b)
        assert covariance == chance(a & b) - chance(a) * chance(b)
    assert chance(even & odd) - chance(even) * chance(odd) == -Fraction(1, 4) < 0

    xs = (-1, 0, 1)
    assert sum(Fraction(x * x**2, 3) for x in xs) == 0 == Fraction(sum(xs), 3) * Fraction(sum(x**2 for x in xs), 3)
    assert Fraction(1, 3) != Fraction(1, 3) * Fraction(2, 3)  # P(X = 1, Y = 1) against the product
    # two values each: the four cells with covariance 0 and given margins are the products
    for p, q in ((0.3, 0.6), (0.1, 0.9)):
        both = p * q  # what covariance 0 says
        cells = np.array([[both, p - both], [q - both, 1 - p - q + both]])
        assert np.allclose(cells, np.outer([p, 1 - p], [q, 1 - q]))
    # Y = sign * X with a fair sign: E[XY] = E[sign] E[X^2] = 0, the square is shared
    x = np.random.default_rng(0).normal(size=40_000)
    y = x * np.random.default_rng(1).choice([-1, 1], x.size)
    assert np.allclose(y**2, x**2) and abs(np.mean(x * y)) < 4 * sqrt(3 / x.size)
    for n, rules in ((3, 4), (10, 1_013)):
        assert sum(comb(n, k) for k in range(2, n + 1)) == 2**n - n - 1 == rules
    bits = np.array([(a, b, a ^ b) for a, b in product((0, 1), repeat=2)])
    assert np.isclose(bits.sum(1).var(), bits.var(0).sum())  # pairs suffice for the variance of the sum
    assert [p for p in np.linspace(0, 1, 11) if np.isclose(p, p * p)] == [0, 1]

    assert round(0.3 + 0.4 - 0.58, 10) == 0.12 == 0.3 * 0.4 and round(0.3 + 0.4, 10) == 0.7


def test_combinations_and_permutations() -> None:
    """Each order of a committee appears once; both repairs of the double counting give 175; dice and multisets are not
    equally likely; 8 of 120 against 720; 252 and 126 halves; 24 settings and 120 fits; 1,048,576 subsets; 0.368 for
    shuffled labels; key of the quick check: 5,775, enumerated on a smaller case."""
    assert factorial(10) // factorial(7) == 720 == 120 * factorial(3)
    assert all(len(set(permutations(c))) == 6 for c in combinations(range(4), 3))
    assert len(list(combinations_with_replacement(range(10), 3))) == 220 == comb(12, 3) == comb(12, 9)
    assert comb(10, 4) - comb(7, 4) == 210 - 35 == 175
    seniors = [{c for c in combinations(range(10), 4) if s in c} for s in range(3)]
    assert [len(s) for s in seniors] == [84] * 3 and len(seniors[0] & seniors[1]) == 28
    assert len(seniors[0] & seniors[1] & seniors[2]) == 7
    assert len(set.union(*seniors)) == 3 * 84 - 3 * 28 + 7 == 175 and sum(map(len, seniors)) == 252

    rolls = list(product(range(1, 7), repeat=2))
    assert len({tuple(sorted(r)) for r in rolls}) == 21
    assert sum(r == (6, 6) for r in rolls) == 1 and sum(sorted(r) == [1, 2] for r in rolls) == 2 and len(rolls) == 36
    triples = list(product(range(10), repeat=3))
    assert sum(sorted(t) == [4, 4, 4] for t in triples) == 1 and sum(sorted(t) == [1, 2, 3] for t in triples) == 6
    assert len(triples) == 1000
    assert sum({0, 1} <= set(c) for c in combinations(range(10), 3)) == 8
    assert Fraction(8, 120) == Fraction(1, 15) and Fraction(8, 720) == Fraction(1, 90)
    halves = list(combinations(range(10), 5))
    assert len(halves) == 252
    assert len({frozenset((h, tuple(sorted(set(range(10)) - set(h))))) for h in halves}) == 126
    assert 4 * 3 * 2 == 24 and 24 * 5 == 120 and 2**20 == 1_048_576
    stays = [all(i != x for i, x in enumerate(p)) for p in permutations(range(6))]
    assert Fraction(sum(stays), len(stays)) == sum(Fraction((-1) ** k, factorial(k)) for k in range(7))
    ten = sum((-1) ** k / factorial(k) for k in range(11))
    assert round(ten, 3) == round(1 / e, 3) == 0.368

    # splitting 6 rows into three pairs, by enumeration and by the formula of the answer
    pairings = {frozenset(frozenset(p[i : i + 2]) for i in (0, 2, 4)) for p in permutations(range(6))}
    assert len(pairings) == factorial(6) // 2**3 // factorial(3)
    assert factorial(12) // 24**3 == 34_650 and 34_650 // factorial(3) == 5_775
    assert comb(12, 4) == 495 and factorial(12) // factorial(3) == 79_833_600


def test_birthday_problem() -> None:
    """50.7 % with 253 pairs; bounds; 1.18 roots; 77,000 and five billion ids; 2.7 % for a billion; uneven days raise
    the probability, exactly 0.61 for half of the births in 91 days; 253 others for your own day, 6 % with 22; 0.5005
    against 0.5073; 116 pairs; 4.5 and 3.49 and 6.51; 79 bits; key of the quick check: 1.16 pairs, 69 %."""

    def match(n: int, d: int) -> float:
        return 1 - prod((d - i) / d for i in range(n))

    assert round(100 * match(23, 365), 1) == 50.7 and round(match(23, 365), 4) == 0.5073 and match(22, 365) < 0.5
    assert comb(23, 2) == 253
    for n, d in ((5, 30), (23, 365), (60, 365), (100, 10_000)):
        assert 1 - exp(-n * (n - 1) / (2 * d)) <= match(n, d) <= n * (n - 1) / (2 * d)
    assert abs(log(1 - match(100, 10**6)) + 100 * 99 / 2e6) < 100**3 / 1e12  # error of the order n^3 / d^2
    assert round(sqrt(2 * log(2)), 2) == 1.18
    assert abs(1.18 * sqrt(2**32) - 77_000) < 500 and abs(sqrt(2 * log(2) * 2**64) - 5e9) < 1e8
    assert round(2**64 / 1e18) == 18 and round(2**64 / 1e19, 1) == 1.8
    assert round(100 * (1 - exp(-(10**18) / 2**65)), 1) == 2.7

    def uneven(p: np.ndarray, n: int) -> float:
        symmetric = np.zeros(n + 1)  # elementary symmetric polynomials
        symmetric[0] = 1
        for one in p:
            symmetric[1:] += one * symmetric[:-1].copy()
        return 1 - factorial(n) * float(symmetric[n])

    assert np.isclose(uneven(np.full(365, 1 / 365), 23), match(23, 365))
    clustered = np.r_[np.full(91, 0.5 / 91), np.full(274, 0.5 / 274)]
    assert round(uneven(clustered, 23), 2) == 0.61
    assert abs(1 - exp(-253 * float(np.sum(clustered**2))) - uneven(clustered, 23)) < 0.01  # sum of squares for 1/d
    rng = np.random.default_rng(0)
    for _ in range(20):
        p = rng.dirichlet(np.ones(12))
        closer = p.copy()
        closer[:2] = p[:2].mean()
        assert uneven(p, 4) >= uneven(closer, 4) >= match(4, 12) - 1e-12
    season = 1 + 0.1 * np.sin(np.arange(365) * 2 * np.pi / 365)
    assert uneven(season / season.sum(), 23) > match(23, 365)

    assert round(100 * (1 - (364 / 365) ** 22)) == 6 == round(100 * 23 / 365)
    assert 1 - (364 / 365) ** 252 < 0.5 < 1 - (364 / 365) ** 253 and round(1 - (364 / 365) ** 253, 4) == 0.5005
    assert round(10**6 * (10**6 - 1) / 2 / 2**32) == 116
    assert comb(10, 2) / 10 == 4.5 and round(10 * 0.9**10, 2) == 3.49 and round(10 - 10 * 0.9**10, 2) == 6.51
    d = 1e18 / 2 / 1e-6
    assert np.isclose(d, 5e23) and ceil(log2(d)) == 79 and 2 ** (128 // 2) == 2**64
    pairs = 1e5 * (1e5 - 1) / 2
    assert round(pairs / 1e9) == 5 and round(2**32 / 1e9, 1) == 4.3 and round(pairs / 2**32, 2) == 1.16
    assert round(1 - exp(-1.16), 2) == 0.69 == round(1 - exp(-pairs / 2**32), 2)
    assert round(100 * 1e5 / 2**32, 3) == 0.002


def test_monty_hall() -> None:
    """Every game enumerated: 2/3 and 1/2 with a third of the blind games spoiled; 1/(1+q) and 2/3 on average; n doors
    with k opened, 99 % for 98 of 100; a blind host leaves closed doors equal; staying 1/3 or 1/2; key: 9/80."""
    for q in (
        Fraction(0),
        Fraction(1, 4),
        Fraction(1, 2),
        Fraction(1),
    ):  # chance that he opens door 3 if the car is behind door 1
        opened = {
            (1, 3): Fraction(1, 3) * q,
            (1, 2): Fraction(1, 3) * (1 - q),
            (2, 3): Fraction(1, 3),
            (3, 2): Fraction(1, 3),
        }
        seen = opened[1, 3] + opened[2, 3]
        assert opened[2, 3] / seen == 1 / (1 + q) >= Fraction(1, 2)
        assert opened[2, 3] + opened[3, 2] == Fraction(2, 3) and sum(opened.values()) == 1
    blind = list(product((1, 2, 3), (2, 3)))  # car, door that he opens; you picked door 1
    assert Fraction(sum(car == door for car, door in blind), 6) == Fraction(1, 3)
    goats = [(car, door) for car, door in blind if car != door]
    assert (
        Fraction(sum(car != 1 for car, _ in goats), len(goats))
        == Fraction(1, 2)
        == Fraction(sum(car == 1 for car, _ in goats), 4)
    )
    assert Fraction(1, 2) / (Fraction(1, 2) + 1) == Fraction(1, 3)  # your own door, host who tosses a coin

    def switch(n: int, k: int) -> Fraction:
        """Door 0 is yours; the host opens k random goats among the others, then you take a random closed door."""
        won, all_of = Fraction(0), Fraction(0)
        for car in range(n):
            free = [d for d in range(1, n) if d != car]
            choices = list(combinations(free, k))
            for goats in choices:
                closed = [d for d in range(1, n) if d not in goats]
                all_of += Fraction(1, n * len(choices))
                won += Fraction(closed.count(car), n * len(choices) * len(closed))
        assert all_of == 1
        return won

    for n, k in ((3, 1), (5, 1), (5, 3), (7, 2), (10, 1)):
        assert switch(n, k) == Fraction(n - 1, n) * Fraction(1, n - k - 1)
    assert Fraction(99, 100) * Fraction(1, 100 - 98 - 1) == Fraction(99, 100)
    for n, k in ((5, 2), (6, 3)):  # blind host: car, doors opened
        games = [(car, o) for car in range(n) for o in combinations(range(1, n), k) if car not in o]
        for shown in combinations(range(1, n), k):
            cars = [car for car, o in games if o == shown]
            assert sorted(cars) == [d for d in range(n) if d not in shown]  # each closed door equally often
    assert switch(10, 1) == Fraction(9, 80) == Fraction(9, 10) / 8


def test_two_children() -> None:
    """The table and 1/(1+2q) by weights; (2 - r)/(4 - r) with 13/27 for r = 1/7; still 1/3 if the weekday
    of a random girl is heard after the filter; 55 % heavy users and the inverse
    weights that undo it; half of the girls have a sister, a third of the families two; key: 16/22, 73 %."""
    families = ("GG", "GB", "BG", "BB")
    weights = {
        (1, 1, 1, 0): Fraction(1, 3),
        (1, Fraction(1, 2), Fraction(1, 2), 0): Fraction(1, 2),
        (1, 1, 0, 0): Fraction(1, 2),
    }
    for chance, answer in weights.items():
        assert chance[0] / Fraction(sum(chance)) == answer
    assert tuple(Fraction(f.count("G"), 2) for f in families) == (1, Fraction(1, 2), Fraction(1, 2), 0)
    for q in (Fraction(0), Fraction(1, 2), Fraction(1)):
        assert 1 / (1 + q + q) == 1 / (1 + 2 * q)
    assert 1 / (1 + 2 * Fraction(1)) == Fraction(1, 3) and 1 / (1 + 2 * Fraction(0)) == 1
    children = list(product("GB", range(7)))
    told = [  # each kept family, each of its girls, and the chance of hearing of just that girl
        (a[0] == b[0], day, Fraction(1, [a[0], b[0]].count("G")))
        for a, b in product(children, repeat=2)
        for sex, day in (a, b)
        if sex == "G"
    ]
    for weekday in range(7):
        heard = [(two, w) for two, on, w in told if on == weekday]
        assert sum(w for two, w in heard if two) / sum(w for _, w in heard) == Fraction(1, 3)
    for r in (Fraction(1), Fraction(1, 2), Fraction(1, 7), Fraction(1, 1000)):
        at_least_one = {"GG": 1 - (1 - r) ** 2, "GB": r, "BG": r, "BB": Fraction(0)}
        assert at_least_one["GG"] / sum(at_least_one.values()) == (2 - r) / (4 - r)
    assert (2 - Fraction(1, 7)) / (4 - Fraction(1, 7)) == Fraction(13, 27) and (2 - Fraction(1)) / (
        4 - Fraction(1)
    ) == Fraction(1, 3)
    assert abs((2 - Fraction(1, 1000)) / (4 - Fraction(1, 1000)) - Fraction(1, 2)) < Fraction(1, 1000) and 14**2 == 196

    light, heavy = 0.9 * 1, 0.1 * 11
    assert np.isclose(heavy, 1.1) and np.isclose(light + heavy, 2.0) and round(heavy / (light + heavy), 2) == 0.55
    assert np.isclose(heavy / 11 / (light / 1 + heavy / 11), 0.1)  # weights of one over the number of sessions
    girls = [(f, i) for f in families for i in (0, 1) if f[i] == "G"]
    assert Fraction(sum(f == "GG" for f, _ in girls), len(girls)) == Fraction(1, 2)
    assert Fraction(1, sum("G" in f for f in families)) == Fraction(1, 3)

    first, second = 6 * 1, 4 * 4
    assert (first, second) == (6, 16) and round(100 * 16 / 22) == 73 and Fraction(4, 5) == Fraction(80, 100)


def test_second_positive_test() -> None:
    """2 %, 27 %, 87 % at a ratio of 18; p + rho (1 - p) from the joint table; 3.75 and 18.4; repeats against
    independence; 0.25 % against 1.2 %; correlation 0.23 over all patients; 0.105 and 3.7 % for a negative, whatever
    rho; negative dependence raises the ratio; 99, 9.75, 81 and 0.25 %; key of the quick check: 0.525 and 1.7."""
    hit, false, base = Fraction(9, 10), Fraction(1, 20), Fraction(1, 50)
    odds = base / (1 - base)
    assert odds == Fraction(1, 49) and hit / false == 18
    assert [round(float(100 * o / (1 + o))) for o in (odds, odds * 18, odds * 18**2)] == [2, 27, 87]
    for p in (float(hit), float(false)):
        for rho in (0.0, 0.2, 0.5, 1.0):
            both = p * p + rho * p * (1 - p)  # covariance is rho times the variance
            assert np.isclose(both / p, p + rho * (1 - p))
            assert np.isclose((p - both) / p, (1 - p) * (1 - rho))  # positive, then negative
    healthy, ill = 0.05 + 0.2 * 0.95, 0.9 + 0.2 * 0.1
    assert np.isclose(healthy, 0.24) and np.isclose(ill, 0.92)
    assert round(0.9 / healthy, 2) == 3.75 and round(ill / 0.05, 1) == 18.4 and round(ill / healthy, 1) == 3.8
    shared = np.linspace(0.05, 1, 20)  # the more false alarms repeat, the smaller the second ratio
    assert np.all(np.diff(0.9 / shared) < 0)
    repeats = [(p + 0.2 * (1 - p)) / p for p in (0.9, 0.5, 0.05, 0.01)]
    assert np.all(np.diff(repeats) > 0)
    assert np.isclose(0.05**2, 0.0025) and 100 * 0.0025 == 0.25
    assert np.isclose(0.05 * 0.24, 0.012) and round(100 * 0.012, 1) == 1.2 and 4.5 < 0.012 / 0.0025 < 5
    one = base * hit + (1 - base) * false
    two = base * hit**2 + (1 - base) * false**2
    assert round(float((two - one**2) / (one * (1 - one))), 2) == 0.23
    assert round(0.1 / 0.95, 3) == 0.105
    after = float(odds * 18 * (1 - hit) / (1 - false))
    assert round(after, 3) == 0.039 and round(100 * after / (1 + after), 1) == 3.7
    for rho in (0.0, 0.3, 0.9):
        assert np.isclose(0.1 * (1 - rho) / (0.95 * (1 - rho)), 0.1 / 0.95)
    assert 0.9 / (0.05 - 0.02 * 0.95) > 18  # negative dependence among the healthy
    rates = (1 - 0.1**2, 1 - 0.95**2, 0.9**2, 0.05**2)
    assert [round(100 * r, 2) for r in rates] == [99.0, 9.75, 81.0, 0.25]
    again = 0.5 * 1 + 0.5 * 0.05
    assert np.isclose(again, 0.525) and round(0.9 / again, 1) == 1.7


def test_beta_binomial() -> None:
    """Posterior, weights and interval 3.4 to 19.6 %; modes 3, 8 and 22 % of the figure; predictive spread 5.1 against
    3.0; moments of counts fix a and b, badly for 20
    pages; 22.9 % after 30 of 100; 8.3 % and 4 % after 0 of 10; modes 8.3 and 30 %; the
    Dirichlet likewise; key of the quick check: 0.883 against 0.857, and 0.933."""
    a, b, s, n = 2, 38, 3, 10
    assert a / (a + b) == 0.05 and (a + s) / (a + b + n) == 5 / 50 == 0.1
    w = n / (a + b + n)
    assert w == 0.2 and np.isclose(w * 0.3 + (1 - w) * 0.05, 0.1)
    grid = (np.arange(20_000) + 0.5) / 20_000
    posterior = grid ** (a - 1 + s) * (1 - grid) ** (b - 1 + n - s)  # prior times likelihood
    posterior /= posterior.mean()
    beta = np.exp((a + s - 1) * np.log(grid) + (b + n - s - 1) * np.log1p(-grid) - betaln(a + s, b + n - s))
    assert np.allclose(posterior, beta, rtol=1e-4)
    assert [round(100 * float(betaincinv(5, 45, q)), 1) for q in (0.025, 0.975)] == [3.4, 19.6]
    assert [round(100 * (p - 1) / (p + q - 2)) for p, q in ((2, 38), (5, 45), (32, 108))] == [3, 8, 22]

    k = np.arange(101)
    pick = gammaln(101) - gammaln(k + 1) - gammaln(101 - k)
    pmf = np.exp(pick + betaln(5 + k, 45 + 100 - k) - betaln(5, 45))
    mean = float(pmf @ k)
    assert np.isclose(pmf.sum(), 1) and np.isclose(mean, 10)
    assert round(sqrt(float(pmf @ (k - mean) ** 2)), 1) == 5.1 and round(sqrt(100 * 0.1 * 0.9), 1) == 3.0

    # over pages with n visits, s/n and s(s-1)/(n(n-1)) have the moments of the rate, and these give a and b back
    for visits in (5, 50):
        c = np.arange(visits + 1)
        choose = gammaln(visits + 1) - gammaln(c + 1) - gammaln(visits - c + 1)
        counts = np.exp(choose + betaln(2 + c, 38 + visits - c) - betaln(2, 38))
        m, v = counts @ c / visits, counts @ (c * (c - 1)) / (visits * (visits - 1))
        assert np.isclose(m, 0.05) and np.isclose(v, 2 * 3 / (40 * 41))
        total = (m - v) / (v - m**2)
        assert np.isclose(total, 40) and np.isclose(total * m, 2)
    # twenty pages: the estimate of a + b spreads widely, and some of it is negative
    rng = np.random.default_rng(1)
    few = rng.choice([5, 50, 500], size=(2_000, 20))
    got = rng.binomial(few, rng.beta(2, 38, few.shape))
    m_few, v_few = got.sum(1) / few.sum(1), (got * (got - 1)).sum(1) / (few * (few - 1)).sum(1)
    total_few = (m_few - v_few) / (v_few - m_few**2)
    assert 0.02 < np.mean(total_few < 0) < 0.1 and np.quantile(total_few, 0.95) > 200
    assert round(100 * 32 / 140, 1) == 22.9
    assert round(100 * 1 / 12, 1) == 8.3 and 2 / 50 == 0.04
    assert round(100 * (a + s - 1) / (a + b + n - 2), 1) == 8.3 and (1 + s - 1) / (2 + n - 2) == 0.3
    draws = np.random.default_rng(0).dirichlet([1 + 2, 1 + 0, 1 + 5], 20_000)
    assert np.allclose(draws.mean(0), np.array([3, 1, 6]) / 10, atol=4 * 0.16 / sqrt(20_000))

    assert round(12 / 14, 3) == 0.857 and round(53 / 60, 3) == 0.883 and 53 / 60 > 12 / 14
    assert (4 + 8, 4 + 10, 45 + 8, 50 + 10) == (12, 14, 53, 60) and round(28 / 30, 3) == 0.933 and 28 / 30 > 53 / 60


def test_conditioning_creates_dependence() -> None:
    """Selection by a product keeps independence, by a sum does not, for values that occur; a sum of 9 leaves -1/2
    exactly; the three graphs on tables; 3/4, 5/6 and independence given the coin; selection on x keeps P(y | x), on y
    does not; inverse weights restore the applicants; correlation 0.875 for pairs that differ by at most one; 0.13 by a
    record right in 80 %; key of the quick check: 53 % falls to 10 %."""
    skill, charm = np.mgrid[1:7, 1:7].reshape(2, -1)

    def corr(weight: np.ndarray) -> float:
        c = np.cov(skill, charm, aweights=weight, ddof=0)
        return float(c[0, 1] / np.sqrt(c[0, 0] * c[1, 1]))

    hired = (skill + charm >= 9).astype(float)
    assert np.isclose(corr(hired), -0.5) and np.isclose(corr(np.ones(36)), 0)
    assert np.isclose(corr(skill**2.0 * np.sqrt(charm)), 0)  # a product f(a) g(b)
    rejected = corr(1 - hired)
    assert round(rejected, 2) == -0.41 and np.sign(rejected) == np.sign(corr(hired))
    assert np.isclose(corr((abs(skill - charm) <= 1).astype(float)), 0.875)
    assert round(corr(np.where(hired, 0.8, 0.2)), 2) == 0.13
    assert hired[skill + charm == 8].sum() == 0  # no weight can bring these back
    chance = np.where(hired, 0.9, 0.3)  # known and never zero
    assert abs(corr(chance)) > 0.05 and np.isclose(corr(chance / chance), 0)  # selected, then weighted

    rng = np.random.default_rng(0)
    one, three = rng.dirichlet([1, 1]), rng.dirichlet([1, 1], 2)
    last = rng.dirichlet([1, 1], 2)

    def independent(table: np.ndarray) -> bool:
        table = table / table.sum()
        return np.allclose(table, np.outer(table.sum(1), table.sum(0)))

    chain = np.einsum("x,xm,my->xmy", one, three, last)
    fork = np.einsum("m,mx,my->xmy", one, three, last)
    collider = np.einsum("x,y,xym->xmy", one, rng.dirichlet([1, 1]), rng.dirichlet([1, 1], (2, 2)))
    for joint in (chain, fork):
        assert not independent(joint.sum(1)) and independent(joint[:, 0]) and independent(joint[:, 1])
    assert independent(collider.sum(1)) and not independent(collider[:, 0])

    heads, both = Fraction(1, 2) * Fraction(1, 2) + Fraction(1, 2), Fraction(1, 2) * Fraction(1, 4) + Fraction(1, 2)
    assert heads == Fraction(3, 4) and both / heads == Fraction(5, 6)

    xy = rng.dirichlet(np.ones(6)).reshape(2, 3)  # P(x, y)
    given = xy / xy.sum(1, keepdims=True)
    by_x, by_y = xy * np.array([[0.2], [0.9]]), xy * np.array([0.2, 0.5, 0.9])
    assert np.allclose(by_x / by_x.sum(1, keepdims=True), given)
    assert not np.allclose(by_y / by_y.sum(1, keepdims=True), given)

    disk, net = Fraction(1, 10), Fraction(1, 10)
    alert = 1 - (1 - disk) * (1 - net)
    assert alert == Fraction(19, 100) and round(float(100 * disk / alert)) == 53
    assert disk * net / net == Fraction(1, 10)  # the network alone sets off the alert
