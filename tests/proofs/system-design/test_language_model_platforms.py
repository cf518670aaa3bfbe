"""Proofs for "Language-model platforms": what the page states and has no room to run, one function a question.

Estimates of the prose, keys of the quick checks, and the claims in mistakes and follow-ups.
"""

from __future__ import annotations

from itertools import product
from math import ceil, isclose, sqrt

import numpy as np


def test_design_llm_gateway() -> None:
    """A cascade costs 0.4; 2,700 dollars for a loop; a bill 39 % lower; nested retries gain less than a point at 20 %
    and cost nine calls in an outage, counted by simulation of the layers; 3.3 times the load, 63 % carried; 99.94 %;
    27,000 dollars; 11 cents, 8,600 dollars and 80,000 wrong answers. Key of the quick check: 18."""
    assert isclose(0.1 + 0.3, 0.4)
    cost = (2_000 * 1 + 300 * 5) / 1e6
    assert isclose(cost, 0.0035) and round(50 * 86_400 / 5.5 * cost, -2) == 2_700
    cached = (1_500 * 0.1 + 500 + 300 * 5) / 1e6
    assert round(100 * (1 - cached / cost)) == 39 and isclose(20e6 * (cost - cached), 27_000)

    gain = (1 - 0.2**9) - (1 - 0.2**3)
    assert 0 < gain < 0.01

    def calls(outcomes: list[bool], app: int, gateway: int, providers: int) -> int:
        """Calls made by nested retries, each call taking the next outcome."""
        made = 0
        for _ in range(app):
            for _ in range(providers * gateway):
                made += 1
                if outcomes[made - 1]:
                    return made
        return made

    for p in (0.01, 0.2, 0.5, 1.0):  # exact means over all strings of nine outcomes
        mean = sum(
            calls(list(s), 3, 3, 1) * np.prod([1 - p if ok else p for ok in s])
            for s in product((False, True), repeat=9)
        )
        assert isclose(mean, sum(p**k for k in range(9)))
    assert calls([False] * 9, 3, 3, 1) == 9 and calls([False] * 18, 3, 3, 2) == 18
    assert calls([False] * 6, 1, 3, 2) == 6 and 3 + 3 + 3 == 9 and 3 * 3 * 3 == 27

    tokens = 3 * 20e6 / 86_400 * 60 * 2_300
    assert round(tokens / 1e6) == 96 and round(100 / 30, 1) == 3.3 and round(100 * 60e6 / tokens) == 63
    assert round(100 * 0.9999 * (1 - 0.005 * 0.1), 2) == 99.94
    hits = 0.2 * 20e6
    assert isclose(cached, 0.00215) and isclose(hits * cached, 8_600) and isclose(hits * 0.02, 80_000)
    assert round(100 * cached / 0.02) == 11 and isclose(hits * cached / (hits * 0.02), cached / 0.02)


def test_design_evaluation_platform() -> None:
    """3 points look like 1.95; 18.6 % of pairs differ, 4.4 times the cases; 26, 1,040 and 300 dollars, 37.5 hours;
    44 to 49 % blocked; judged gates pass 42 and 91 % of the harmless, or 19 % of the bad; 64 % with 20 slices,
    80 % of one with 50 cases; 8 points; agreement of 91 % saves 31 or 43 % of the labels, of 97 % saves 77 %,
    and the combined mean is unbiased for any judge. Key of the quick check: 6.5, from 88.5 to 82."""
    s, t = 0.95, 0.70
    assert isclose((s + t - 1) * 3, 1.95)
    judged = {1: s, 0: 1 - t}  # chance of a pass, by the true verdict

    def differ(a: int, b: int) -> float:
        return judged[a] * (1 - judged[b]) + judged[b] * (1 - judged[a])

    pairs = 0.80 * differ(1, 1) + 0.10 * differ(0, 0) + 0.10 * differ(1, 0)
    assert round(100 * pairs, 1) == 18.6
    assert round(pairs / 0.10, 2) == 1.86 and round(1.86 / 0.65**2, 1) == 4.4
    exact = (pairs - 0.0195**2) / (0.10 - 0.03**2) / (s + t - 1) ** 2  # with the small second term of the variance
    assert round(exact, 1) == 4.4

    change = 1_000 * (0.02 + 3 * 0.002)
    assert isclose(change, 26) and isclose(40 * change, 1_040) and isclose(0.01 * 5e6 * 3 * 0.002, 300)
    assert 30 * 50 == 1_500 and isclose(1_500 * 1.5 / 60, 37.5)
    assert isclose(0.01 * 5e6 / 50, 1_000)
    assert round(1 - 0.95**20, 2) == 0.64 and 50 - 1 == 49 and 1_000 / 20 == 50
    assert round(100 * sqrt(t * (1 - t) / 30)) == 8
    one = np.arange(51)  # a slice of 50 harmless cases at the gate of 3 points, exactly
    up, down = one[:, None], one[None, :]
    same = np.maximum(50 - up - down, 0)
    log_n = np.append(0, np.log(one[1:]).cumsum())
    chance = np.exp(log_n[50] - log_n[up] - log_n[down] - log_n[same] + (up + down) * np.log(0.05) + same * np.log(0.9))
    lower = (up - down) / 50 - 1.645 * np.sqrt(np.maximum(up + down - (up - down) ** 2 / 50, 0)) / 50
    inside = up + down <= 50
    assert isclose(chance[inside].sum(), 1) and round(100 * chance[inside & (lower <= -0.03)].sum()) == 80

    # a harmless change gains and loses 5 % each: the score falls as often as it rises
    rng = np.random.default_rng(0)
    for n, blocked in ((100, 0.44), (300, 0.46), (1_000, 0.48), (3_000, 0.49)):
        k = rng.binomial(n, 0.10, 40_000)
        fell = np.mean(2 * rng.binomial(k, 0.5) - k < 0)
        assert abs(fell - blocked) < 0.005 + 4 * sqrt(0.25 / 40_000)
    # the gate on the lower end: a fall of 3 points, 300 cases
    k = rng.binomial(300, 0.10, 40_000)
    net = 2 * rng.binomial(k, 0.35) - k
    low = net / 300 - 1.645 * np.sqrt(k - net**2 / 300) / 300
    high = net / 300 + 1.645 * np.sqrt(k - net**2 / 300) / 300
    assert abs(np.mean(low > -0.03) - 0.05) < 0.01 and abs(np.mean(high >= 0) - 0.50) < 0.015

    # the same gate on judged pairs, exactly: trinomial over cases gained and lost
    def judged_gate(n: int, gain: float, loss: float, limit: float) -> float:
        slips = 0.80 * s * (1 - s) + 0.10 * t * (1 - t)  # gains, or losses, among pairs that truly agree
        kept, turned = s * t, (1 - s) * (1 - t)  # a true change seen as it is, and seen reversed
        up_p, down_p = slips + gain * kept + loss * turned, slips + loss * kept + gain * turned
        assert isclose(up_p + down_p, pairs) and abs(down_p - up_p - 0.65 * (loss - gain)) < 1e-12
        log_f = np.append(0, np.log(np.arange(1, n + 1)).cumsum())
        up, down = (
            np.arange(max(0, int(n * p - 6 * sqrt(n * p))), int(n * p + 6 * sqrt(n * p))) for p in (up_p, down_p)
        )
        up = up[:, None]
        log_p = log_f[n] - log_f[up] - log_f[down] - log_f[n - up - down]
        log_p = log_p + up * np.log(up_p) + down * np.log(down_p) + (n - up - down) * np.log(1 - up_p - down_p)
        diff = (up - down) / n
        low = diff - 1.645 * np.sqrt(up + down - n * diff**2) / n
        assert abs(np.exp(log_p).sum() - 1) < 1e-6
        return float(np.exp(log_p)[low > -limit].sum())

    assert round(100 * judged_gate(1_000, 0.05, 0.05, 0.0195)) == 42
    assert round(100 * judged_gate(4_400, 0.05, 0.05, 0.0195)) == 91
    assert all(round(100 * judged_gate(n, 0.035, 0.065, 0.0195)) == 5 for n in (1_000, 4_400))
    assert round(100 * judged_gate(1_000, 0.035, 0.065, 0.03)) == 19
    assert judged_gate(4_400, 0.035, 0.065, 0.03) > judged_gate(1_000, 0.035, 0.065, 0.03)  # more with more cases

    def saved(s: float, t: float, good: float = 0.85) -> tuple[float, float, float]:
        """Agreement, and the share of labels saved with weight one and with the best weight on the judge."""
        table = np.array([[good * s, good * (1 - s)], [(1 - good) * (1 - t), (1 - good) * t]])  # rows: people
        passed = table[:, 0].sum()
        own, judge = good * (1 - good), passed * (1 - passed)
        both = table[0, 0] - good * passed
        return table.trace(), 1 - (own + judge - 2 * both) / own, both**2 / (own * judge)

    assert [round(100 * x) for x in saved(s, t)] == [91, 31, 43]
    assert [round(100 * x) for x in saved(0.98, 0.92)][:2] == [97, 77]
    for a, b in ((0.95, 0.70), (0.3, 0.1), (1.0, 0.0)):  # unbiased: judge's mean plus mean of (label - verdict)
        mean = 0.85 * a + 0.15 * (1 - b)
        gap = 0.85 * (1 - a) - 0.15 * (1 - b)
        assert isclose(mean + gap, 0.85)

    before, after = 0.9 * s + 0.1 * (1 - t), 0.8 * s + 0.2 * (1 - t)
    assert isclose(before, 0.885) and isclose(after, 0.82) and isclose(before - after, 0.065)
    assert isclose(10 * (s - (1 - t)), 6.5) and isclose(10 * t, 7) and isclose(10 * s, 9.5)


def test_design_chat_serving() -> None:
    """328 kB a token, 218 of 288 GB; 89, 67 and 128 replicas, 89 % prefill; every fleet of the table holds its load
    within 40 ms and in memory; 0.8 % by chance; 219, 15 and 201 ms, chunks of 270, 0.4 s; 0.92 GB, 153 TB, 1.2 TB;
    22 ms; attention adds about 5 %; 34 replicas with 8-bit caches; drafts give 2.77 tokens for 1.8 times the
    arithmetic, and pay at low load; 35 s. Key: 14.5 times."""
    params, reads, flops, kv = 70e9, 7.2 * 1e12, 1_600 * 1e12, 2 * 80 * 8 * 128 * 2
    rate, held, step = 3 * 40e6 / 86_400, 2_650 * kv, 0.040
    assert round(kv / 1_000) == 328
    per_token = 2 * params / flops  # seconds of a replica
    batch = int((step * reads - params) / held)
    reading = ceil(rate * 300 * step / batch)
    arithmetic = ceil(rate * (2_500 - 0.9 * 2_300 + 300) * per_token)
    fleet = ceil(max(arithmetic, reading) / 0.7)
    assert (batch, reading, arithmetic, fleet, 4 * fleet) == (251, 67, 89, 128, 512)
    none = ceil(rate * 2_800 * per_token)
    assert 4 * ceil(none / 0.7) == 1_952 and round(100 * 2_500 / 2_800) == 89
    assert round(100 / fleet, 1) == 0.8
    assert round(batch * held / 1e9) == 218 and round((params + batch * held) / 1e9) == 288 < 4 * 80
    assert 0.5 * batch * held > 0.5 * params  # halving what a token holds saves more than halving the weights

    # by Little's law, 40 ms a step: what the floor's replicas hold, read and compute fits in the step
    for found in (0, 0.5, 0.9, 1):
        fill = 2_500 - found * 2_300
        floor = max(ceil(rate * (fill + 300) * per_token), reading)
        streams, chunk = rate * 300 * step / floor, rate * fill * step / floor
        assert (params + streams * held) / reads <= step and (streams + chunk) * per_token <= step
        assert params + streams * held < 4 * 80e9
    streams = round(rate * 300 * step / arithmetic)
    assert streams == 187 and int(step / per_token) == 457 and 457 - 187 == 270
    assert ceil(2_500 / 270) == 10 and isclose(10 * step, 0.4)

    assert round(1e3 * 2_500 * per_token) == 219 and round(1e3 * 2_300 * per_token) == 201
    assert round(1e3 * 2_300 * kv / 50e9) == 15 and rate / fleet * 2_300 * kv < 50e9  # the link suffices
    kept = 2_800 * kv
    assert round(kept / 1e9, 2) == 0.92 and round(rate * 120 * kept / 1e12) == 153
    assert round(rate * 120 * kept / fleet / 1e12, 1) == 1.2 and isclose(4 * 80 / 1_000, 0.32)
    assert round(kv / per_token / 1e9) == 4  # bytes a second above which reading is faster than recomputing
    assert kv / per_token < 4 * 1e9
    assert isclose(3 / 2, 1.5) and 1.5 * fleet == 192 and 4 * 192 == 768  # two of three regions carry it all
    each = rate * 300 * step / fleet  # streams of a replica at the planned load
    assert round(each) == 130 and round(each * held / 1e9) == 113 and 70 + 113 < 4 * 80

    assert round(1e3 * batch * per_token) == 22
    attention = 4 * 80 * 8_192  # operations a token and earlier token, 64 query heads of width 128
    assert attention * 2_650 / (2 * params) < 0.055 and attention * 1_250 / (2 * params) < 0.05

    small = int((step * reads - params) / (held / 2))
    assert ceil(rate * 300 * step / small) == 34
    tokens = sum(0.7**k for k in range(5))
    assert round(tokens, 2) == 2.77 and round(5 / tokens, 1) == 1.8
    low = (params + 10 * held) / reads  # ten streams: reading dominates five positions each
    assert 5 * 10 * per_token < low
    assert 70 / 2 == 35

    prompts = [300 * turn + 100 for turn in range(10)]
    assert prompts[0] == 100 and prompts[1] == 400 and prompts[-1] == 2_800
    assert sum(prompts) == 14_500 and sum(prompts) / (10 * 100) == 14.5
    assert sum(range(1, 11)) / 10 == 5.5 and sum(300 * k for k in range(1, 11)) / 3_000 == 5.5 and 300 / 100 == 3
