"""Proofs for "Pipelines and rollout": what the page states and has no room to run, one function each."""

from __future__ import annotations

import subprocess
import sys
import zlib
from math import log10, sqrt

import numpy as np
from scipy.special import expit, logit
from scipy.stats import binom, norm


def test_feature_store() -> None:
    """50 million users times 200 features of 8 bytes are 80 GB; the quick check: published at 06:00, asked at 05:00 on
    10 March, the newest readable value is that of 9 March, while the newest described moment is 10 March. If an old
    value comes late, the newest publication is not the newest readable as-of time."""
    assert 50e6 * 200 * 8 == 80e9
    as_of = 24 * np.arange(1, 32)  # midnight of each day of March, in hours
    asked = 24 * 10 + 5
    assert as_of[as_of + 6 <= asked].max() == 24 * 9
    assert as_of[as_of <= asked].max() == 24 * 10
    published = as_of + 6
    assert (np.diff(published) > 0).all() and as_of[published <= asked].max() == as_of[published <= asked][-1]
    late = published.copy()
    late[1] = 24 * 3 + 9  # the value of 2 March comes on 3 March at 09:00, after that of 3 March
    readable = np.flatnonzero(late <= 24 * 3 + 12)
    assert as_of[readable[late[readable].argmax()]] == 24 * 2 and as_of[readable].max() == 24 * 3


def test_reproducible_training() -> None:
    """Addition depends on the order, in the last bit; string hashes differ between processes by default, a checksum
    does not; a seed repeats its numbers but gives them to other rows; two independent 80:20 splits differ in 32 % of
    the rows, 2 times 0.2 times 0.8."""
    assert np.isclose(2 * 0.2 * 0.8, 0.32)
    left, right = (0.1 + 0.2) + 0.3, 0.1 + (0.2 + 0.3)
    assert left != right and np.nextafter(right, 1) == left
    command = [sys.executable, "-I", "-S", "-c", "import zlib; print(hash('user 7'), zlib.crc32(b'user 7'))"]
    seen = [subprocess.run(command, capture_output=True, text=True, check=True).stdout.split() for _ in range(3)]
    assert len({salted for salted, _ in seen}) > 1 and {int(fixed) for _, fixed in seen} == {zlib.crc32(b"user 7")}
    rows = np.arange(10)
    first, again = (np.random.default_rng(0).permutation(rows) for _ in range(2))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, np.random.default_rng(0).permutation(rows[::-1]))


def test_model_registry() -> None:
    """An overwritten name answers 7 for all three requests, the log answers 7, 8, 7; a name that is looked up at the
    start goes on to serve version 8 after the move."""
    moves = [(1.375, 7), (4.375, 8), (4.625, 7)]  # day of March and version
    requests = [3.5, 4.5, 5.5]
    logged = [[version for at, version in moves if at <= request][-1] for request in requests]
    assert logged == [7, 8, 7] and [moves[-1][1] for _ in requests] == [7, 7, 7]
    names = {"champion": 8}
    loaded_at_start = names["champion"]
    names["champion"] = 7
    assert loaded_at_start == 8 and names["champion"] == 7


def test_tests_for_ml() -> None:
    """1.3 points; a bar at the true level often blocks by chance, for several sizes; on the same rows the difference of
    two equally good models has standard error sqrt(d/n): 1.1 points at d = 0.06, 1.9 on separate sets of 500 rows;
    a margin of two of these blocks in 2 to 3 %, and passes a model 2 points worse about half the time; 20
    gates at 2 %: 33 %, with 0.98^20 = 0.67; the sum is 40 %."""
    assert round(100 * sqrt(0.9 * 0.1 / 500), 1) == 1.3
    for n in (200, 500, 2_000):
        assert 0.4 < binom.cdf(round(0.9 * n) - 1, n, 0.9) < 0.5
    assert round(0.98**20, 2) == 0.67 and round(1 - 0.98**20, 2) == 0.33 and 20 * 0.02 == 0.4
    # a row gives +1 or -1 if exactly one of the two is right, 3 % each, else 0
    values, weights = np.array([1, -1, 0]), np.array([0.03, 0.03, 0.94])
    assert np.isclose(weights @ values**2 - (weights @ values) ** 2, 0.06)
    assert round(100 * sqrt(0.06 / 500), 1) == 1.1
    assert round(100 * sqrt(2 * 0.9 * 0.1 / 500), 1) == 1.9
    rng, sims = np.random.default_rng(0), 20_000
    only_one = rng.multinomial(500, [0.03, 0.03, 0.94], sims)
    difference = (only_one[:, 0] - only_one[:, 1]) / 500
    spread = float(np.std(difference))
    assert abs(spread - sqrt(0.06 / 500)) < 4 * spread / sqrt(2 * sims)
    assert 0.02 < norm.sf(2) < 0.025 and 0.02 < np.mean(difference < -2 * sqrt(0.06 / 500)) < 0.03
    worse = rng.multinomial(500, [0.02, 0.04, 0.94], sims)  # 2 points worse
    assert 0.5 < np.mean((worse[:, 0] - worse[:, 1]) / 500 >= -2 * sqrt(0.06 / 500)) < 0.6


def test_shadow_or_canary() -> None:
    """The fence over other seeds: the new ranker is better if shown and looks worse in the log, each by far more than
    four standard errors; both agree in 27 % of requests; each printed share has standard error 0.001; clicks weighted
    by one over the probability of a random choice give the new ranker's rate if shown."""
    for seed in range(1, 4):
        rng, n = np.random.default_rng(seed), 20_000
        taste = rng.normal(size=(n, 10))
        clicks = rng.random((n, 10)) < expit(taste - 2.5)
        live = (taste + rng.normal(0, 1.5, (n, 10))).argmax(1)
        new = (taste + rng.normal(0, 0.7, (n, 10))).argmax(1)
        rows = np.arange(n)
        shown = [clicks[rows, pick] for pick in (live, new)]
        logged = shown[1] & (new == live)
        error = sqrt(0.25 / n)
        assert abs(np.mean(new == live) - 0.271) < 4 * sqrt(0.27 * 0.73 / n)
        assert shown[1].mean() - shown[0].mean() > 4 * error and shown[0].mean() - logged.mean() > 4 * error
        drawn = rng.integers(0, 10, n)  # a live system that draws one of ten at random
        weighted = 10.0 * (drawn == new) * clicks[rows, drawn]
        assert abs(weighted.mean() - shown[1].mean()) < 4 * float(weighted.std()) / sqrt(n)
    for share in (0.193, 0.249, 0.083):
        assert round(sqrt(share * (1 - share) / 100_000), 3) == 0.001


def test_canary_size() -> None:
    """1,700 and 133,000 requests, 28 minutes and 37 hours; exact tests need 1,800 and 135,000; a control of the same
    size: 3,800 and 270,000 on each side; 24 looks at 1 %: about 6 %; 0.14 %: 1 %; half the harm, about four times the
    requests, 3.8 in the quick check; ten guardrails 9.6 %; 17 extra failures; factor 2.9; 0.66; 360 requests and 3.6
    errors; below 0.1 % after 3,000; 0.05/24-style bounds are stricter than needed; a control of 99 parts hardly
    matters; the fence's chances by simulation; the readings of the figure."""

    def need(p0: float, p1: float, alpha: float = 0.01, beta: float = 0.1) -> float:
        return float(((norm.isf(alpha) * sqrt(p0 * (1 - p0)) + norm.isf(beta) * sqrt(p1 * (1 - p1))) / (p1 - p0)) ** 2)

    assert round(norm.isf(0.01), 2) == 2.33 and round(norm.isf(0.1), 2) == 1.28
    double, tenth = need(0.01, 0.02), need(0.01, 0.011)
    assert round(double, -2) == 1_700 and round(tenth, -3) == 133_000
    for p1, digits, each in ((0.02, -2, 3_800), (0.011, -3, 270_000)):
        mean = (0.01 + p1) / 2
        spread = norm.isf(0.01) * sqrt(2 * mean * (1 - mean)) + norm.isf(0.1) * sqrt(0.0099 + p1 * (1 - p1))
        assert round(float((spread / (p1 - 0.01)) ** 2), digits) == each
    assert 100 * 0.01 * 3_600 == 3_600
    assert round(60 * double / 3_600) == 28 and round(tenth / 3_600) == 37
    for p1, around, digits in ((0.02, range(1_500, 2_100), -2), (0.011, range(130_000, 140_000, 10), -3)):
        sizes = np.array(around)  # the first size at which the exact test has the power
        power = binom.sf(binom.isf(0.01, sizes, 0.01), sizes, p1)
        assert round(int(sizes[np.argmax(power >= 0.9)]), digits) == {0.02: 1_800, 0.011: 135_000}[p1]
    ratio = need(0.01, 0.012) / need(0.01, 0.014)
    assert round(ratio, 1) == 3.8 and 3.7 < need(0.01, 0.011) / need(0.01, 0.012) < 4.2
    assert round(100 * (1 - 0.99**10), 1) == 9.6
    assert round(double * 0.01) == 17
    assert np.isclose(1 + 19 * 0.1, 2.9)
    assert round(0.1 / (0.1 + 0.9 * 0.056), 2) == 0.66
    assert 10 * 3_600 * 0.01 == 360 and np.isclose(360 * 0.01, 3.6)
    assert round(1 - 0.05 ** (1 / 3_000), 4) == 0.001
    assert sqrt(1 + 1 / 99) < 1.006

    hours = 3_600 * np.arange(1, 25)
    rng, sims = np.random.default_rng(0), 20_000
    errors = rng.binomial(3_600, 0.01, (sims, 24)).cumsum(1)
    for alpha, exact in ((0.01, 0.056), (0.0014, 0.010), (0.01 / 24, 0.004)):
        crossed = np.mean((errors > binom.isf(alpha, hours, 0.01)).any(1))
        assert abs(crossed - exact) < 4 * sqrt(exact / sims) + 0.0005
    assert round(100 * 0.056) == 6
    # dividing by 24 gives fewer than half the false rollbacks that were allowed
    # far below the planned size a doubled rate often raises no alarm: 360 requests
    assert binom.sf(binom.isf(0.01, 360, 0.01), 360, 0.02) < 0.3
    # the figure: 90 % is reached near these numbers of requests
    for rate, requests in ((0.02, 2_000), (0.015, 6_000), (0.012, 35_000)):
        n = round(need(0.01, rate))
        assert abs(log10(n / requests)) < 0.1


def test_rollback_a_model() -> None:
    """A cut of 0.10 at 5 % becomes 0.68 on balanced classes; the fence's z is where the calibrated probability equals
    the cut; of 60 minutes half the switch saves 2.5, half the noticing 20."""
    assert round(float(expit(logit(0.1) - logit(0.05))), 2) == 0.68
    assert np.isclose(0.95 / 0.05, 19) and np.isclose(0.1 / 0.9, 1 / 9) and round(19 / 9, 1) == 2.1
    assert np.isclose((19 / 9) / (1 + 19 / 9), expit(logit(0.1) - logit(0.05)))
    for cut in (0.1, 0.68):
        z = 1 + (logit(cut) - logit(0.05)) / 2
        fraud, good = 0.05 * norm.pdf(z - 2), 0.95 * norm.pdf(z)
        assert np.isclose(fraud / (fraud + good), cut)
        balanced = norm.pdf(z - 2) / (norm.pdf(z - 2) + norm.pdf(z))
        assert np.isclose(balanced, expit(logit(cut) - logit(0.05)))
    assert 40 + 15 + 5 == 60 and 5 / 2 == 2.5 and 40 / 2 == 20
