"""Proofs for "Inference": what the page states and has no room to run, one function each."""

from __future__ import annotations

from bisect import bisect
from heapq import heapreplace
from itertools import product
from math import exp, sqrt

import numpy as np
from scipy.special import ndtr, ndtri

PEAK, BAND = 989e12, 3.35e12  # of the H100 SXM: dense 16-bit operations and bytes a second
PARAMS, CACHE = 8e9, 131_072


def test_latency_percentiles() -> None:
    """98 % at 10 ms: mean about 30 ms; 0.37 and 63 %; p99.3 and p99.99; dependence down to 1 %; means of p99 give 105
    ms for 200; 5 % hedged; the stall (10 ms against 9 s) and the quick check with 64 % and 0.36."""
    calls = np.repeat([10, 1_000], [98, 2])
    assert round(calls.mean()) == 30 and not np.any(abs(calls - calls.mean()) < 15)
    assert np.median(calls) == 10 and np.quantile(calls, 0.99) == 1_000
    assert round(0.99**100, 2) == 0.37 and round(1 - 0.99**100, 2) == 0.63
    assert round(100 * 0.5**0.01, 1) == 99.3 and round(100 * 0.99**0.01, 2) == 99.99
    assert round(10 * exp(ndtri(0.99))) == 102 < 10 * exp(ndtri(0.5**0.01))
    # calls that share a common part: fewer pages hit; fully shared: 1 %
    grid = np.linspace(-8, 8, 4_001)
    weight = np.exp(-(grid**2) / 2) / np.exp(-(grid**2) / 2).sum()
    hit = [1 - weight @ ndtr((ndtri(0.99) - sqrt(c) * grid) / sqrt(1 - c)) ** 100 for c in (0.0, 0.3, 0.6, 0.9)]
    assert np.all(np.diff(hit) < 0) and abs(hit[0] - 0.634) < 0.001 and hit[-1] > 0.01
    both = np.repeat([10, 200], [9_000, 1_000])
    assert (10 + 200) / 2 == 105 and np.quantile(both, 0.99) == 200 and 1_000 * (1 - 0.99) < 10.01
    # a tester that waits: 9,000 calls of 10 ms and one of 10 s in 100 s; users: the wait left when they arrive
    tester = np.append(np.full(9_000, 0.01), 10.0)
    arrivals = np.arange(0, 100, 0.001)
    users = np.where(arrivals < 10, 10 - arrivals, 0) + 0.01
    assert np.quantile(tester, 0.99) == 0.01 and abs(np.quantile(users, 0.99) - 9) < 0.02
    assert round(100 * (1 - 0.95**20)) == 64 and round(0.95**20, 2) == 0.36 and np.isclose(20 * 0.05, 1)


def test_batching_and_latency() -> None:
    """Capacities 111, 800, 889; at 100 a second the load is 0.9 and the mean wait 40.5 ms (Lindley's recursion agrees);
    112 a second exceeds it; a delay of 5 ms adds 4 ms at 20 a second, gains nothing at 400; 1.55 s to wait for 31; even
    arrivals never wait; 11 against 18 ms; Little gives 5."""
    capacity = {b: 1_000 * b / (8 + b) for b in (1, 32, 64)}
    assert [round(c) for c in capacity.values()] == [111, 800, 889] and 8 + 32 == 40
    assert 112 * 0.009 > 1 and 100 * 9 / 1_000 == 0.9
    assert np.isclose(0.9 * 9 / (2 * (1 - 0.9)), 40.5)
    rng = np.random.default_rng(1)
    wait, total = np.zeros(2_000), []
    for step in range(1_500):
        wait = np.maximum(0, wait + 9 - rng.exponential(10, 2_000))
        if step >= 1_000:
            total.append(wait.copy())
    means = np.mean(total, 0)
    assert abs(means.mean() - 40.5) < 4 * means.std(ddof=1) / sqrt(2_000)
    assert 31 / 20 > 1 and max(0, 9 - 10) == 0

    def delayed(rate: float, delay: float, seed: int) -> float:  # mean in ms; up to 32, or at most this delay
        t = np.random.default_rng(seed).exponential(1_000 / rate, 3_000).cumsum().tolist()
        out, free, i = [], 0.0, 0
        while i < 3_000:
            full = t[i + 31] if i + 32 <= 3_000 else np.inf
            start = max(free, min(t[i] + delay, full))
            size = min(bisect(t, start) - i, 32)
            free = start + 8 + size
            out += [free - u for u in t[i : i + size]]
            i += size
        return float(np.mean(out))

    light, heavy = ([delayed(rate, 5, s) - delayed(rate, 0, s) for s in range(4)] for rate in (20, 400))
    assert round(np.mean(light)) == 4 and abs(np.mean(heavy)) < 0.3
    assert 8 + 3 == 11 and np.mean([9, 18, 27]) == 18 and np.isclose(100 * 0.05, 5)


def test_prefill_and_decode() -> None:
    """On 989 Tflop/s and 3.35 TB/s: 32 ms, then 199 steps of 4.9 ms, 0.97 s; 64 chats: twice the time, 32 times the
    tokens; room for about 540 prompt tokens; 0.26 GB; weights 98 %; attention 1.05 Tflop, 3 %; 50 tokens 0.8 ms."""
    assert (PEAK / 1e12, BAND / 1e12) == (989, 3.35)
    one, many = ((2 * PARAMS + chats * 2_000 * CACHE) / BAND for chats in (1, 64))
    read = 2 * PARAMS * 2_000 / PEAK
    assert round(1e3 * read) == 32 and round(1e3 * one, 1) == 4.9 and 0.9 < 199 * one < 1
    assert round(many / one, 1) == 2.0 and round(64 * one / many) == 32 and round(1e3 * many, 1) == 9.8
    assert round(2_000 / read * one) == 300 and round(2_000 / read * many / 64) == 9
    assert round(PARAMS / (4096 * 32), -3) == 61_000  # there 2 n^2 d a layer equals 2 P n
    assert abs(many * PEAK / (2 * PARAMS) - 64 - 540) < 2
    assert round(2_000 * CACHE / 1e9, 2) == 0.26 and round(100 * 16e9 / (16e9 + 2_000 * CACHE)) == 98
    attention = 2 * 2_000**2 * 4096 * 32  # causal: half of 4 n^2 d a layer
    assert round(attention / 1e12, 2) == 1.05 and round(100 * attention / (2 * PARAMS * 2_000)) == 3
    assert round(1e3 * 2 * PARAMS * 50 / PEAK, 1) == 0.8 and round(1e3 * 2 * PARAMS / BAND, 1) == 4.8
    assert 2 * PARAMS * 10_000 / PEAK > 2 * PARAMS / BAND  # quick check: arithmetic limits the reading


def test_continuous_batching() -> None:
    """The harmonic sum to 32 is 4.06, the largest of 32 geometric lengths 4.04 means; with 16 GB and 0.26 GB the gain
    of 3.9 falls to 2.9; quick check 145 and 1.45; the figure's schedules take 26 and 18 steps. At 30 % load, equal
    answers of 100 steps take 150 steps in static batches and 100 with seats."""
    harmonic = sum(1 / j for j in range(1, 33))
    n = np.arange(5_000)
    largest = float(np.sum(1 - (1 - 0.99**n) ** 32))  # E[max] = sum of P(max > n)
    assert round(harmonic, 2) == 4.06 and round(largest / 100, 2) == 4.04
    rng, plain, bytes_too = np.random.default_rng(1), [], []
    for _ in range(20):
        lengths = rng.geometric(0.01, 3_200)
        static, ends = lengths.reshape(-1, 32).max(1).sum(), [0] * 32
        for length in lengths.tolist():
            heapreplace(ends, ends[0] + length)
        caches = 0.26 * lengths.sum()
        plain.append(static / max(ends))
        bytes_too.append((16 * static + caches) / (16 * max(ends) + caches))
    for gains, value in ((plain, 3.9), (bytes_too, 2.9)):
        assert abs(np.mean(gains) - value) < 0.05 + 4 * np.std(gains, ddof=1) / sqrt(20)
    assert np.mean([max(pair) for pair in product((10, 190), repeat=2)]) == 145 and 145 / 100 == 1.45
    assert 190 / 100 == 1.9
    lengths, ends = [3, 9, 4, 2, 8, 3, 2, 5, 2, 4, 9, 3], [0] * 4
    for length in lengths:
        heapreplace(ends, ends[0] + length)
    assert sum(max(lengths[i : i + 4]) for i in (0, 4, 8)) == 26 and max(ends) == 18

    waiting, seated = [], []
    for _ in range(10):
        arrivals = rng.exponential(100 / (32 * 0.3), 2_000).cumsum().tolist()
        free, i, took, ends = 0.0, 0, [], [0.0] * 32
        while i < 2_000:
            start = max(free, arrivals[i])
            size = min(bisect(arrivals, start) - i, 32)
            free = start + 100
            took += [free - t for t in arrivals[i : i + size]]
            i += size
        waiting.append(np.mean(took))
        for t in arrivals:
            seated.append(max(ends[0], t) + 100 - t)
            heapreplace(ends, t + seated[-1])
    assert abs(np.mean(waiting) - 150) < 0.5 + 4 * np.std(waiting, ddof=1) / sqrt(10)
    assert abs(np.mean(seated) - 100) < 0.1


def test_roofline() -> None:
    """989 over 3.35 is 295; 345 tokens for a 4096 layer; attention has intensity 1 or g; below 66 at 2,000 tokens; no
    batch beyond about 420; about 240 chats in 80 GB, at 52; at 1,024 chats layers right of the ridge, attention left;
    adding vectors 0.17 and 0.06 %; 8-bit weights halve the tokens; doubled ridge 590."""
    ridge = PEAK / BAND
    assert (PEAK, BAND) == (989e12, 3.35e12) and round(ridge) == 295 and round(2 * ridge) == 590

    def layer(b: float, d: int = 4096, k: int = 4096, weight: int = 2) -> float:
        return 2 * b * d * k / (2 * b * d + weight * d * k + 2 * b * k)

    assert np.isclose(1 / layer(7, 300, 500), 1 / 7 + 1 / 300 + 1 / 500) and abs(layer(1) - 1) < 0.01
    assert layer(344) < ridge < layer(345) and layer(295) < 260
    tokens = np.arange(1, 500)
    reach = [int(tokens[[layer(b, weight=w) >= ridge for b in tokens]][0]) for w in (2, 1)]
    assert reach[0] == 345 and abs(reach[1] / reach[0] - 0.5) < 0.01
    for shared in (1, 4):
        assert 4 * 2_000 * 128 * shared / (2 * 2 * 2_000 * 128) == shared

    def step(batch: float, context: float) -> float:
        return batch * (2 * PARAMS + 4 * context * 4096 * 32) / (2 * PARAMS + batch * context * CACHE)

    sides = ((10_240, 8_192, 32_768, 18_432), (8_192, 5_120, 5_120, 8_192, 18_432, 18_432, 18_432))
    for moved in sides:  # inputs and outputs of a block's layers, 16 bits, with and without shared inputs
        extra = 2 * 32 * sum(moved) + 2 * (4_096 + 128_256)
        for batch, context in product((1, 64, 1_024, 4_096), (400, 2_000, 8_000)):
            total = 2 * PARAMS + batch * context * CACHE
            assert total / (total + batch * extra) > 0.9  # lowers the cell by less than 10 %
    assert 65 < step(1e12, 2_000) < 66 and step(1e9, 415) > ridge > step(1e15, 420)
    room = (80e9 - 2 * PARAMS) / (2_000 * CACHE)
    assert 240 < room < 245 and round(step(240, 2_000)) == round(step(room, 2_000)) == 52
    assert layer(1_024) > 2 * ridge and ridge / 50 > 4 * 2_000 * 128 * 4 / (2 * 2 * 2_000 * 128)
    assert round(1 / 6, 2) == 0.17 and round(100 / 6 / ridge, 2) == 0.06


def test_gpu_utilization() -> None:
    """On 989 Tflop/s and 3.35 TB/s: 8,000 tokens a second are 38.8 %, 150 for one chat 0.24 % of the peak and 71.6 %
    of the bandwidth; the loader leaves 40 % and 67 %, sets the pace for a faster GPU; quick check."""
    assert (PEAK / 1e12, BAND / 1e12) == (989, 3.35)
    assert round(100 * 6 * PARAMS * 8_000 / PEAK, 1) == 38.8
    assert round(100 * 2 * PARAMS * 150 / PEAK, 2) == 0.24 and round(100 * 2 * PARAMS * 150 / BAND, 1) == 71.6
    assert 80 / (120 + 80) == 0.4 and round(100 * 80 / max(120, 80)) == 67 and max(120, 40) == max(120, 80)
    assert max(90, 80) == 90 < max(120, 40) == max(120, 50) == 120


def test_quantization() -> None:
    """The examples by hand with 0.504, 1.27, 0.333, 0.018 and 12.7; 255 values; errors at most half a step; scales of
    tokens and outputs factor out of the integer sum, those of input columns do not; other seeds; 511 columns give 1;
    groups of 64 columns err by 0.05; 4.1 GB; 2.54."""
    x = np.array([0.504, -1.27, 0.333, 0.018])
    assert np.array_equal(np.rint(x / (1.27 / 127)), [50, -127, 33, 2])
    assert np.array_equal(np.rint(x / (12.7 / 127)), [5, -13, 3, 0]) and len(range(-127, 128)) == 255
    rng = np.random.default_rng(0)
    v = rng.normal(size=10_000)
    s = abs(v).max() / 127
    assert 0.49 * s < abs(np.rint(v / s) * s - v).max() <= s / 2 * (1 + 1e-9)
    rows, columns = rng.random((5, 1)) + 0.5, rng.random((1, 6)) + 0.5
    a, b = rng.integers(-127, 128, (5, 8)), rng.integers(-127, 128, (8, 6))
    assert np.allclose((rows * a) @ (b * columns), rows * (a @ b) * columns)
    inner = rng.random(8) + 0.5
    found = ((a * inner) @ b) / (a @ b)
    assert np.ptp(found) > 0.1  # no common factor, nor one for each row or column
    assert np.linalg.matrix_rank(found) > 1

    def int8(values: np.ndarray, axis: int | None = None) -> np.ndarray:
        step = abs(values).max(axis, keepdims=True) / 127
        return np.rint(values / step) * step

    rest, found_errors, grouped = np.arange(512) != 7, [], []
    for _ in range(8):  # the fence with other seeds
        weights, inputs = rng.normal(size=(512, 512)) / sqrt(512), rng.normal(size=(64, 512))
        inputs[:, 7] *= 60
        move = np.sqrt(abs(inputs).max(0) / abs(weights).max(1))
        tries = (
            int8(inputs) @ int8(weights, 0),
            int8(inputs, 1) @ int8(weights, 0),
            inputs[:, ~rest] @ weights[~rest] + int8(inputs[:, rest], 1) @ int8(weights[rest], 0),
            int8(inputs / move, 1) @ int8(weights * move[:, None], 0),
        )
        found_errors.append([np.sqrt(np.mean((y - inputs @ weights) ** 2)) for y in tries])
        parts = [slice(i, i + 64) for i in range(0, 512, 64)]
        sums = sum(int8(inputs[:, part], 1) @ int8(weights[part], 0) for part in parts)
        grouped.append(np.sqrt(np.mean((sums - inputs @ weights) ** 2)))
    assert abs(np.mean(grouped) - 0.05) < 0.005
    tensor, token, kept, moved = np.array(found_errors).T
    assert tensor.min() > 1.5 * token.max() and abs(token.mean() - 0.14) < 0.02
    assert kept.max() < 0.012 < moved.min() and moved.max() < 0.25 * token.min()
    assert round(sqrt(511 / 512), 2) == 1 and 8 * (4 + 16 / 128) / 8 == 4.125 and round(4.125 - 0.001, 1) == 4.1
    assert np.isclose(2.54 / 127, 0.02) and np.isclose(2.54 / 127 / 2, 0.01) and round(2.54 / 255 / 2, 3) == 0.005


def test_speculative_decoding() -> None:
    """The rule gives p for the example (0.75, 0, 0.25) and for random p and q, and the joint distribution of two tokens
    with k = 2 exactly; replacing from p gives 0.40, 0.42, 0.18; 1 + 0.8 + 0.64 + 0.512 + 0.4096 = 3.36 (simulated).
    A check of five tokens for 200 chats takes 3.4 plain steps without contexts, 1.6 with 2,000 tokens; comparing before
    temperature with draws after it breaks the rule."""

    def emitted(p: np.ndarray, q: np.ndarray) -> np.ndarray:
        left = np.maximum(0, p - q)
        return np.minimum(p, q) + (1 - np.minimum(p, q).sum()) * left / left.sum()

    p, q = np.array([0.5, 0.3, 0.2]), np.array([0.2, 0.7, 0.1])
    kept = np.minimum(p, q)
    assert np.isclose(kept.sum(), 0.6) and np.isclose(1 - kept.sum(), abs(p - q).sum() / 2)
    left = np.maximum(0, p - q)
    assert np.allclose(left, [0.3, 0, 0.1]) and np.allclose(left / left.sum(), [0.75, 0, 0.25])
    assert np.isclose(0.2 + 0.4 * 0.75, 0.5) and np.allclose(kept + 0.4 * p, [0.40, 0.42, 0.18])
    rng = np.random.default_rng(0)
    for _ in range(50):
        a, b = rng.dirichlet(np.ones(6), 2)
        assert np.allclose(emitted(a, b), a) and np.isclose(1 - np.minimum(a, b).sum(), np.maximum(0, a - b).sum())

    # two positions: enumerate proposals and outcomes; what comes out has the large model's joint distribution
    p1, q1 = rng.dirichlet(np.ones(3), 2)
    p2, q2 = rng.dirichlet(np.ones(3), (2, 3))  # given the first token
    joint = np.zeros((3, 3))
    for x in range(3):
        first_kept = q1[x] * min(1, p1[x] / q1[x])
        joint[x] += first_kept * emitted(p2[x], q2[x])
        rejected = (1 - np.minimum(p1, q1).sum()) * np.maximum(0, p1 - q1)[x] / np.maximum(0, p1 - q1).sum()
        joint[x] += rejected * p2[x]  # the round ends; the next one draws exactly from p2
    assert np.allclose(joint, p1[:, None] * p2)

    total = 1 + 0.8 + 0.64 + 0.512 + 0.4096
    assert np.isclose(total, (1 - 0.8**5) / (1 - 0.8)) and round(total, 2) == 3.36
    runs = 1 + np.cumprod(rng.random((100_000, 4)) < 0.8, 1).sum(1)
    assert abs(runs.mean() - total) < 4 * runs.std() / sqrt(100_000) and (runs.min(), runs.max()) == (1, 5)

    def check(tokens: int, chats: int, context: int) -> float:  # linear layers, then attention
        attention = chats * max(context * CACHE / BAND, tokens * 4 * context * 4096 * 32 / PEAK)
        return max(2 * PARAMS * chats * tokens / PEAK, 2 * PARAMS / BAND) + attention

    ratio = [check(5, 200, context) / check(1, 200, context) for context in (0, 2_000)]
    assert round(ratio[0], 1) == 3.4 and ratio[0] > total and round(ratio[1], 1) == 1.6
    assert 16e9 + 200 * 2_000 * CACHE < 80e9
    assert check(5, 1, 2_000) == check(1, 1, 2_000) and check(5, 64, 100_000) < 1.01 * check(1, 64, 100_000)
    cold = q**2 / np.sum(q**2)  # drawn at temperature 1/2, compared at 1
    wrong = cold * np.minimum(1, p / q)
    wrong = wrong + (1 - wrong.sum()) * left / left.sum()
    assert abs(wrong - p).max() > 0.03 and np.isclose(wrong.sum(), 1)
    assert np.isclose(4 * 0.8, 3.2) and np.isclose(1 + 3.2, 4.2)
