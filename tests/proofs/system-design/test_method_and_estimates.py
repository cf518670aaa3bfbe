"""Proofs for "Method and estimates": what the page states and has no room to run, one function each."""

from __future__ import annotations

from math import ceil, prod, sqrt

import numpy as np


def test_design_first_minutes() -> None:
    """1 million listings at 0.5 % are 5,000 scams, 20 reviewers do 4,000 checks, which stop 80 % at best and 40 % at
    half hits; 0.5 is the threshold when errors cost alike; quick check: 30 %, with 60 % and 50 % as the slips."""
    scams, checks = 1e6 * 0.005, 20 * 200
    assert scams == 5_000 and checks == 4_000
    assert checks / scams == 0.80 and 0.5 * checks / scams == 0.40
    costs = {p: (1 - p, p) for p in (0.49, 0.51)}  # expected cost of acting and of waiting, each error costing 1
    assert costs[0.49][0] > costs[0.49][1] and costs[0.51][0] < costs[0.51][1]
    assert np.isclose(300 * 0.6 / 600, 0.30) and 300 / 600 == 0.50


def _auc(score: np.ndarray, y: np.ndarray) -> float:
    rank, hits = score.argsort().argsort(), y.sum()
    return float((rank[y].sum() - hits * (hits - 1) / 2) / (hits * (~y).sum()))


def test_heuristic_or_model() -> None:
    """7.5 million decisions; 600,000, 150,000 and 200,000 in the quick check; at 50 labels ridge toward zero stays
    below the rule for every penalty tried, while shrinking toward equal weights ends at the rule; AUC counts ordered
    pairs; the model is ahead at 400 labels; a rule that knows half of the inputs has lost to it by 100."""
    assert np.isclose(150_000 / 0.02, 7.5e6)
    assert np.isclose(90_000 / (0.60 - 0.45), 600_000)
    assert np.isclose(90_000 / 0.60, 150_000) and np.isclose(90_000 / 0.45, 200_000)

    rng = np.random.default_rng(3)
    score, label = rng.normal(size=60), rng.random(60) < 0.4
    assert np.isclose(_auc(score, label), (score[label][:, None] > score[~label]).mean())

    penalties = (0.1, 1.0, 10.0, 100.0, 1_000.0)
    for n, draws in ((50, 40), (100, 40), (400, 60)):
        runs = []
        for _ in range(draws):
            weights = rng.uniform(0, 1, 10)
            x = rng.normal(size=(n + 1_000, 10))
            y = x @ weights + 2 * rng.logistic(size=n + 1_000) > 0
            a, b, new, truth = x[:n], 2.0 * y[:n] - 1, x[n:], y[n:]
            row = [_auc(new.sum(1), truth), _auc(new[:, :5].sum(1), truth)]
            for penalty in penalties if n == 50 else (1.0,):
                row.append(_auc(new @ np.linalg.solve(a.T @ a + penalty * np.eye(10), a.T @ b), truth))
            toward = np.linalg.solve(a.T @ a + 1e7 * np.eye(10), a.T @ b + 1e7 * np.full(10, 0.2))
            row.append(_auc(new @ toward, truth))
            runs.append(row)
        table = np.array(runs)
        rule, poor, fits, equal = table[:, 0], table[:, 1], table[:, 2:-1], table[:, -1]
        assert abs(equal - rule).max() < 1e-3
        for fit in fits.T:
            gap = fit - rule
            error = gap.std(ddof=1) / sqrt(draws)
            assert n == 100 or (gap.mean() > 4 * error if n == 400 else gap.mean() < -4 * error)
        if n == 100:  # the poor rule has lost by then
            gap = fits[:, 0] - poor
            assert gap.mean() > 4 * gap.std(ddof=1) / sqrt(draws)


def test_batch_or_online_predictions() -> None:
    """50 million against 10 million, a fifth; 116 and 347 a second; 5 trillion scores; 40 GB; ages of 2, 26 and 14
    hours, by listing the minutes of a day; 18 % of requests meet a slow look-up; 8 hours in the quick check."""
    users = 50_000_000
    requests = users * 0.10 * 2
    assert requests == 10e6 and requests / users == 1 / 5
    assert round(requests / 86_400) == 116 and round(3 * requests / 86_400) == 347
    assert users * 100_000 == 5e12 and users * 100 * 8 == 40e9

    def ages(interval: int, duration: int) -> np.ndarray:
        minutes = np.arange(10 * interval, 20 * interval)  # the run begun at k * interval appears duration later
        return minutes - (minutes - duration) // interval * interval

    daily, often = ages(24 * 60, 120) / 60, ages(6 * 60, 120) / 60
    assert daily.min() == 2 and 25.9 < daily.max() < 26 and abs(daily.mean() - 14) < 0.01
    assert often.min() == 2 and 7.9 < often.max() < 8
    assert round(100 * (1 - 0.99**20)) == 18


def test_build_or_buy_model() -> None:
    """0.44 and, 28 % full, 1.57 dollars per million tokens; 16 times at 1 billion; the API is cheaper at every volume
    below 62 billion, own serving above 72, and from 19 billion with a flat load; without headroom and spare the range
    would be 30 to 37; quick check 1.67."""
    volumes = np.arange(1, 300, 0.05)

    def bill(volume: np.ndarray | float, peak: float, full: float = 0.85) -> np.ndarray:
        need = np.ceil(peak * np.asarray(volume) * 1e9 / (730 * 3600) / (full * 5_000))
        return 20_000 + (need + 1 if full < 1 else np.maximum(need, 2)) * 8 * 730

    def border(peak: float, full: float = 0.85) -> tuple[float, float]:
        own_wins = bill(volumes, peak, full) < 2_000 * volumes
        return volumes[own_wins].min(), volumes[~own_wins].max()

    million = 8 / (5_000 * 3600) * 1e6
    assert round(million, 2) == 0.44 and round(0.85 / 3, 2) == 0.28 and round(million * 3 / 0.85, 2) == 1.57
    assert round(float(bill(1, 3)) / 2_000) == 16
    first, last = border(3)
    assert 62 < first < 63 and 71 < last < 72
    first, last = border(1)
    assert round(first) == 19 and last < first
    first, last = border(3, 1.0)
    assert 30 < first < 30.5 and 36 < last < 37
    tokens = 4_000 * 3600 / 1e6
    assert np.isclose(tokens, 14.4) and np.isclose(tokens * 0.25, 3.6)
    assert round(6 / tokens, 2) == 0.42 and round(6 / tokens * 0.25, 2) == 0.10 and round(6 / tokens / 0.25, 2) == 1.67


def test_estimate_traffic_and_storage() -> None:
    """7,000 feed and 69,000 photo requests a second, ten times as many; 10 million uploads, 20 TB a day, 7.3 and 22 PB
    a year; the log is a hundredth; 1,400 in flight, 28 busy, 47 servers; 1 and 10 MB a user; factors of 8 and 3.3, by
    simulation; 7 or 66 PB; a cache of 1 TB; Little's law on a simulated queue; the quick check's 50."""
    users, day = 20e6, 86_400
    assert 10 * users == 200e6
    rate = 10 * users / day
    assert round(3 * rate, -3) == 7_000
    views = 100 * users
    assert views == 2e9 == 10 * 10 * users and round(3 * views / day, -3) == 69_000
    bytes_in = users * 0.5 * 2e6
    year = bytes_in * 365 / 1e15
    assert users * 0.5 == 10e6 and bytes_in == 20e12 and round(year, 1) == 7.3 and round(3 * year) == 22
    assert 100 * users * 100 / bytes_in == 0.01 and bytes_in / users == 1e6 and 100 * 100e3 == 10e6
    assert round(users * 0.5 * 365 * 256 * 2 / 1e12, 1) == 1.9
    assert users * 0.5 * 100e3 == 1e12
    busy = 7_000 * 0.2 / 50
    assert np.isclose(7_000 * 0.2, 1_400) and np.isclose(busy, 28) and ceil(busy / 0.6) == 47
    assert prod((2, 2, 2)) == 8 and round(2 ** sqrt(3), 1) == 3.3
    rng = np.random.default_rng(0)
    logs = rng.normal(0, np.log(2), (40_000, 3)).sum(1)
    assert abs(np.exp(logs.std()) - 2 ** sqrt(3)) < 4 * 2 ** sqrt(3) * np.log(2) * sqrt(3) / sqrt(80_000)
    assert round(3 * 3 * year) == 66 and round(3 * year / 3) == 7

    # one server, random arrivals and service times: time average of requests inside against rate times mean time
    arrive = rng.exponential(1.0, 20_000).cumsum()
    leave, free = np.empty_like(arrive), 0.0
    for i, (start, work) in enumerate(zip(arrive, rng.exponential(0.6, arrive.size), strict=True)):
        free = max(free, start) + work
        leave[i] = free
    grid = np.linspace(0, leave[-1], 100_000)
    inside = np.searchsorted(arrive, grid, "right") - np.searchsorted(leave, grid, "right")
    assert abs(inside.mean() / (arrive.size / leave[-1] * (leave - arrive).mean()) - 1) < 0.01
    assert np.isclose(1_000 * 0.050, 50) and np.isclose(1 / 0.050, 20)


def test_estimate_llm_bill() -> None:
    """3.1 cents, 47,000 dollars, 25,000 tokens in; the history of 3,900 tokens, by sending a growing conversation; 5
    % of tokens and 19 % of the bill; 48 % more with hidden tokens; 53 % more history at two or ten turns; 8 cents;
    38,400 dollars at 70 % hits; 10 of 15 pairs cached; 18,000, 3,600 and 4,000."""

    def history(turns: int, pair: int) -> int:
        sent, text = 0, 0
        for _ in range(turns):
            sent += text
            text += pair
        return sent

    assert history(6, 260) == 3_900 == 260 * 6 * 5 // 2
    tokens = {"fixed": 9_000, "passages": 12_000, "history": 3_900, "questions": 360, "answers": 1_200}
    dollars = {k: v * (5 if k == "answers" else 1) / 1e6 for k, v in tokens.items()}
    total = sum(dollars.values())
    assert round(100 * total, 1) == 3.1 and round(total * 50_000 * 30, -3) == 47_000
    assert round(sum(tokens.values()) - tokens["answers"], -3) == 25_000
    assert max(dollars, key=lambda k: dollars[k]) == "passages"
    assert round(100 * tokens["answers"] / sum(tokens.values())) == 5
    assert round(100 * dollars["answers"] / total) == 19
    assert round(100 * 500 * 6 * 5 / 1e6 / total) == 48
    assert round(100 * ((history(2, 260) + history(10, 260)) / 2 / history(6, 260) - 1)) == 53
    assert round(100 * total / 0.4) == 8
    assert round((total - 0.7 * 0.9 * dollars["fixed"]) * 50_000 * 30, -2) == 38_400  # 70 % of the calls hit
    # the previous call's passages end the shared prefix: its own last pair is new
    assert sum(range(6)) == 15 and sum(max(t - 1, 0) for t in range(6)) == 10
    assert history(10, 400) == 18_000 and history(10, 400) - history(9, 400) == 3_600 and 10 * 400 == 4_000


def test_estimate_gpus_for_chat() -> None:
    """332 chats, 36 ms, 28 and 114 and 9,300 tokens a second, 5.1 replicas, 56 GPUs, 85 % busy, three chats on two
    GPUs, reading above writing in both runs and five times it uncached; attention a few percent; 53 more chats; 745
    chats by Little's law; 138 chats and 3.0 replicas at 50 tokens, 9 where reading shares them; 164 and 41 ms to
    the first token; 4,200 waiting chats of 0.9 GB are 3.8 TB, more
    than six replicas have free; 120 and 166; with replicas of four also 56 GPUs."""
    token = 2 * 80 * 8 * 128 * 2
    cache, weights, band, flops = token * 4_000, 140e9, 0.6 * 8 * 3.35e12, 0.4 * 8 * 989e12
    room = 0.9 * 8 * 80e9 - weights
    chats, peak = int(room // cache), 3 * 2e6 / 86_400
    step = (weights + chats * cache) / band
    assert chats == 332 and round(1000 * step) == 36 and round(1 / step) == 28
    assert round(chats / step, -2) == 9_300 and round(band / (weights + cache)) == 114
    assert 2 * 70e9 * chats / flops < step and 3_700 + 300 == 4_000
    write = peak * 300 * step / chats
    read = [peak * 3_700 * (1 - c) * 2 * 70e9 / flops for c in (0, 0.75)]
    assert round(read[0] / write) == 5 and read[1] > write
    assert round(write + read[1], 1) == 5.1 and (ceil(write + read[1]) + 1) * 8 == 56
    # scores and mixing: 4 operations per layer, width 8,192 and token attended, against 2 per parameter
    for attended in (3_700 / 2, 3_700 * 0.875):
        assert 0.02 < 4 * 80 * 8_192 * attended / (2 * 70e9) < 0.07
    assert round(100 * (write + read[1]) / 6) == 85 and round(1000 * 2 * 70e9 * chats / flops) == 15
    assert round((0.9 * 2 * 80e9 - weights) / 1e9) == 4 and int((0.9 * 2 * 80e9 - weights) // cache) == 3
    assert int(70e9 // cache) == 53 and 70e9 / 140e9 == 0.5
    writing = peak * 300 * step
    assert round(peak) == 69 and round(writing) == 745 and round(writing / chats, 1) == 2.2 == round(write, 1)
    fewer = int((0.02 * band - weights) // cache)
    assert fewer == 138 and round(peak * 300 * 0.02 / fewer, 1) == 3.0
    assert fewer < peak * 300 * 0.02 < 4 * fewer and ceil(peak * 300 * 0.02 / fewer) == 4 and ceil(read[1]) == 3
    assert read[1] / 3 > 0.94 and read[1] / 4 < 0.72
    # replicas of four GPUs: as many GPUs, and twice the time for a prompt, since it has half the arithmetic
    small = int((0.9 * 4 * 80e9 - weights) // cache)
    small_step = (weights + small * cache) / (band / 2)
    assert small == 112 and 2 * 70e9 * small / (flops / 2) < small_step
    assert (ceil(peak * 300 * small_step / small + 2 * read[1]) + 1) * 4 == 56
    # shared: chats a replica at 50 tokens a second each, and the part of 20 ms that reading leaves
    fits = [r for r in range(3, 20) if (weights + peak * 300 / r * 0.02 * cache) / band <= 0.02 * (1 - read[1] / r)]
    assert min(fits) == 9
    assert [round(1000 * 3_700 * c * 2 * 70e9 / flops) for c in (1, 0.25)] == [164, 41]
    kept, waiting = 0.75 * 3_700 * token, peak * 60
    assert round(kept / 1e9, 1) == 0.9 and round(waiting, -2) == 4_200 and round(waiting * kept / 1e12, 1) == 3.8
    assert waiting * kept > 6 * room
    assert (320 - 140) // 1.5 == 120 and (320 - 70) // 1.5 == 166
