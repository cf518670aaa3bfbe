"""Proofs for "Agents": what the page states and has no room to run, one function each."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, pairwise, permutations, product
from math import comb, sqrt

import numpy as np


def test_agent_or_workflow() -> None:
    """Expected cost of a ticket: 0.53 and 0.62 dollars; handovers save 20 cents, errors cost 20, calls 9; with 1 %
    unnoticed errors and the caught ones handed over 0.46, so 7 cents are left for the check; with two in three caught
    the workflow costs 0.48, less than 2 cents more; calls are the smallest part of the agent's cost."""

    def parts(calls: int, over: float, wrong: float) -> tuple[float, float, float]:
        return 0.01 * calls, 2 * over, 10 * wrong

    workflow, agent = parts(3, 0.20, 0.01), parts(12, 0.10, 0.03)
    assert np.isclose(sum(workflow), 0.53) and np.isclose(sum(agent), 0.62)
    checked = sum(parts(12, 0.10 + 0.02, 0.01))
    assert np.isclose(checked, 0.46) and np.isclose(sum(workflow) - checked, 0.07)
    fair = sum(parts(3, 0.20 + 0.01 * 2 / 3, 0.01 / 3))
    assert np.isclose(0.03 / 3, 0.01) and round(fair, 2) == 0.48 and 0.01 < fair - checked < 0.02
    assert np.allclose(np.subtract(agent, workflow), [0.09, -0.20, 0.20]) and agent[0] == min(agent)
    assert agent[2] == max(agent)


def test_tool_calling() -> None:
    """The boundary returns errors for wrong names, missing, extra and mistyped arguments and foreign orders, and an
    exception inside the tool becomes a result; kim cannot read B20 (quick check), lee can; a model that never answers
    ends at the budget; without the checks the first call of the example finds nothing or crashes; an idempotency key
    makes a repeated write one."""
    orders = {"A17": ("kim", "shipped"), "B20": ("lee", "lost")}

    def order_status(order: str, user: str) -> str:
        if order == "slow":
            raise TimeoutError
        owner, status = orders.get(order, ("", ""))
        return status if owner == user else "error: this user has no such order"

    def call(name: str, args: dict[str, object], user: str) -> str:
        if name != "order_status":
            return f"error: no tool {name}"
        if set(args) != {"order"}:
            return "error: arguments are order"
        order = args["order"]
        if not isinstance(order, str):
            return "error: order must be str"
        try:
            return order_status(order, user)
        except TimeoutError:
            return "error: the tool failed, tell the user"

    assert call("order_status", {"order": "A17"}, "kim") == "shipped"
    assert call("order_status", {"order": "B20"}, "kim") == "error: this user has no such order"
    assert call("order_status", {"order": "B20"}, "lee") == "lost"
    for args in ({}, {"order": ["A17"]}, {"order": 17}, {"order": "B20", "user": "lee"}, {"order": None}):
        assert call("order_status", args, "kim").startswith("error")
    assert call("delete_all", {}, "kim") == "error: no tool delete_all"
    assert call("order_status", {"order": "slow"}, "kim") == "error: the tool failed, tell the user"
    steps = 0
    while steps < 5 and call("order_status", {"order": ["A17"]}, "kim").startswith("error"):
        steps += 1
    assert steps == 5

    paid: dict[str, int] = {}
    for _ in range(3):
        paid.setdefault("key-1", 50)
    assert sum(paid.values()) == 50


def test_model_context_protocol() -> None:
    """120 connectors for pairs, 26 implementations with a protocol; 20,000 tokens of descriptions."""
    assert len(list(product(range(6), range(20)))) == 120 and 6 + 20 == 26
    assert 5 * 20 * 200 == 20_000


def test_agent_memory() -> None:
    """0.9^10 = 35 %, 0.9^20 = 12 %; the outdated note scores above the current one by word counts; sorted by day, the
    store returns the current city in whatever order the notes are listed."""
    assert round(100 * 0.9**10) == 35 and round(100 * 0.9**20) == 12

    def cosine(a: str, b: str) -> float:
        x, y = Counter(a.split()), Counter(b.split())
        dot = sum(x[w] * y[w] for w in x)
        return dot / sqrt(sum(v * v for v in x.values()) * sum(v * v for v in y.values()))

    notes = [("city", "the user lives in Oslo"), ("food", "the user eats no meat"), ("city", "moved to Bergen in May")]
    scores = [round(cosine("in which city does the user live", text), 2) for _, text in notes]
    assert scores == [0.51, 0.34, 0.17]
    dated = [(day, *note) for day, note in zip((1, 9, 90), notes, strict=True)]
    for order in permutations(dated):
        assert {subject: text for _, subject, text in sorted(order)}["city"] == "moved to Bergen in May"
    rng = np.random.default_rng(0)
    kept = (rng.random((20_000, 10)) < 0.9).all(1).mean()
    assert abs(kept - 0.9**10) < 4 * sqrt(0.35 * 0.65 / 20_000)


def test_react_or_plan_first() -> None:
    """By enumeration of all patterns of surprises: the planner calls 1 + (n - 1) q times on average, 2 against 11 for
    n = 11 and q = 0.1, 3 for q = 0.2 (quick check), n at q = 1; without surprise: 35 % at 0.1, 11 % at 0.2."""
    n = 11
    patterns = np.array(list(product((0, 1), repeat=n - 1)))

    def calls(q: float) -> float:
        weight = np.where(patterns == 1, q, 1 - q).prod(1)
        return float(weight @ (1 + patterns.sum(1)))

    assert np.isclose(calls(0.1), 2) and np.isclose(calls(0.2), 3) and np.isclose(calls(1.0), n)
    assert round(100 * 0.9**10) == 35 and round(100 * 0.8**10) == 11


def test_errors_compound() -> None:
    """36 %; 99.5 % a step for 90 %; of finished runs 10.5 % wrong with the check, with or without retries, 64.2 %
    without; 1.10 tries; 86 % handed over; mixed tasks 56 % at a mean of 95 %; quick check 0.904 and 0.818, so 90 and
    82 %; the table once more by a Markov chain over (clean, spoiled, handed over) and by simulation."""
    assert round(100 * 0.95**20) == 36 and round(100 * 0.9 ** (1 / 20), 1) == 99.5
    assert round(0.95**20, 1) == 0.4 and 1 / 0.95**20 < 3  # about one success in three

    def chain(catch: float, alarm: float, tries: int) -> np.ndarray:
        right = wrong = 0.0
        again = 1.0
        for _ in range(tries):
            right, wrong = right + again * 0.95 * (1 - alarm), wrong + again * 0.05 * (1 - catch)
            again *= 0.95 * alarm + 0.05 * catch
        move = np.array([[right, wrong, again], [0, right + wrong, again], [0, 0, 1]])
        return np.linalg.matrix_power(move, 20)[0]

    none, stop, retry = chain(0, 0, 1), chain(0.9, 0.05, 1), chain(0.9, 0.05, 3)
    assert np.allclose(np.round(100 * none, 1), [35.8, 64.2, 0])
    assert np.allclose(np.round(100 * stop, 1), [12.9, 1.5, 85.6])
    assert np.allclose(np.round(100 * retry, 1), [88.1, 10.3, 1.6])
    for ends in (stop, retry):
        assert round(100 * ends[1] / (ends[0] + ends[1]), 1) == 10.5
    assert round(100 * stop[2]) == 86
    flagged = 0.95 * 0.05 + 0.05 * 0.9
    assert np.allclose([0.95 * 0.95, 0.05 * 0.1, flagged], [0.9025, 0.005, 0.0925])
    same = 0.95 * (1 - 0.05**3)  # each retry repeats the first result; verdicts independent
    assert round(100 * same**20, 1) == 35.8
    assert f"{1 + flagged + flagged**2:.2f}" == "1.10"
    assert np.isclose((1 + 0.9) / 2, 0.95) and round(100 * (1 + 0.9**20) / 2) == 56
    assert round(0.99**10, 3) == 0.904 and round(0.99**20, 3) == 0.818
    assert (round(100 * 0.99**10), round(100 * 0.99**20)) == (90, 82)

    rng = np.random.default_rng(0)
    good = rng.random((20_000, 20, 3)) < 0.95
    passes = np.where(good, rng.random(good.shape) < 0.95, rng.random(good.shape) < 0.1)
    first = passes.argmax(2)
    chosen = np.take_along_axis(good, first[..., None], 2)[..., 0]
    share = float((passes.any(2) & chosen).all(1).mean())
    assert abs(share - retry[0]) < 4 * sqrt(0.881 * 0.119 / 20_000)


def test_multi_agent() -> None:
    """450,000 tokens for one context, 150,000 and 2,500 for workers and lead, 180,000 with cached tokens at a tenth,
    one token in 60; majority of three wrong: 10.4 % if independent, 20 % if together, between otherwise."""
    reads = [30_000 * i for i in range(1, 6)]
    assert sum(reads) == 450_000 and 5 * 30_000 == 150_000 and 5 * 500 == 2_500 and 30_000 / 500 == 60
    new, cached = 5 * 30_000, sum(reads) - 5 * 30_000
    assert new + 0.1 * cached == 180_000 and 150_000 + 2_500 < 180_000

    def majority(p: float) -> float:
        return sum(comb(3, k) * p**k * (1 - p) ** (3 - k) for k in (2, 3))

    assert round(100 * majority(0.2), 1) == 10.4
    for shared in (0.05, 0.1, 0.15):  # a common cause, and independent errors such that each voter errs 20 %
        own = (0.2 - shared) / (1 - shared)
        assert majority(0.2) < shared + (1 - shared) * majority(own) < 0.2


def test_agent_stuck_in_loop() -> None:
    """Comparing with the step before misses a loop of two, counting over the run finds it; a time stamp in the result
    hides a loop until it is left out; tests that pass after three edits look like one; a waiting job with equal results
    is stopped at its third look (quick check); edit and undo in turn, with counts reset after each change, pass for
    ever until states are counted."""

    def watch(steps: list[tuple[str, str]], same: int = 3) -> int:
        seen: Counter[tuple[str, str]] = Counter()
        for i, step in enumerate(steps, 1):
            seen[step] += 1
            if seen[step] == same:
                return i
        return 0

    two = [("open a", "see b"), ("open b", "see a")] * 6
    assert all(a != b for a, b in pairwise(two)) and watch(two) == 5
    stamped = [("status", f"failed at {t}") for t in range(12)]
    assert watch(stamped) == 0 and watch([(a, r.split(" at ")[0]) for a, r in stamped]) == 3
    assert watch([("status", "running")] * 20) == 3
    assert watch([s for k in range(3) for s in ((f"edit {k}", "saved"), ("test", "passes"))]) == 6
    assert watch([("status", f"{k} %") for k in range(0, 101, 10)]) == 0

    states = [("a", "b")[k % 2] for k in range(1, 13)]  # the work after each edit or undo
    assert all(x != y for x, y in pairwise(["a", *states]))  # each step changes it, so each resets the counts
    assert max(Counter(states).values()) >= 3  # the states themselves come again


def test_agent_evaluation() -> None:
    """The two estimators are unbiased, by exact expectation over binomial counts; 6.5 points of standard error; quick
    check: pass^2 of 4 in 5 is 0.60, pass@2 1.00, plug-in 0.64; the plug-in of pass^k is biased high; the mean to the
    fourth power equals pass^4 for equal tasks and is below it for unequal ones; the erratic counts spread like
    chance."""
    for p in (0.3, 0.7):
        weight = [comb(8, c) * p**c * (1 - p) ** (8 - c) for c in range(9)]
        every = sum(w * comb(c, 4) / comb(8, 4) for c, w in enumerate(weight))
        some = sum(w * (1 - comb(8 - c, 4) / comb(8, 4)) for c, w in enumerate(weight))
        assert np.isclose(every, p**4) and np.isclose(some, 1 - (1 - p) ** 4)
        assert sum(w * (c / 8) ** 4 for c, w in enumerate(weight)) > p**4
    assert round(100 * sqrt(0.7 * 0.3 / 50), 1) == 6.5
    runs = (1, 1, 1, 1, 0)
    pairs = list(combinations(runs, 2))
    assert len(pairs) == 10 and sum(all(x) for x in pairs) == 6 and all(any(x) for x in pairs)
    assert np.isclose(0.8**2, 0.64) and comb(4, 2) / comb(5, 2) == 0.6
    rng = np.random.default_rng(0)
    rates = rng.random((1_000, 10))
    assert ((rates**4).mean(1) > rates.mean(1) ** 4).all() and np.isclose(np.mean([0.7**4] * 10), 0.7**4)
    counts = [8, 7, 6, 6, 6, 5, 5, 5, 4, 4]
    spread = rng.binomial(8, 0.7, (20_000, 10)).var(1)
    assert sum(counts) == 56 and 0.2 < (spread < np.var(counts)).mean() < 0.8


def test_agent_permissions() -> None:
    """Over all sequences of up to five calls of the five tools: the rule asks exactly where a call with a way out
    follows private data and untrusted text; the smallest dangerous sets are the three pairs; with the reply as
    a way out mail alone suffices; ten refunds of 50 dollars reach the cap of 500."""
    tools = {"read_files": "P", "read_mail": "PU", "fetch_page": "UO", "send_mail": "O", "add": ""}

    def asks(calls: tuple[str, ...]) -> bool:
        seen: set[str] = set()
        for call in calls:
            if "O" in tools[call] and {"P", "U"} <= seen:
                return True
            seen |= set(tools[call])
        return False

    for length in range(1, 6):
        for calls in product(tools, repeat=length):
            leak = any(
                "O" in tools[calls[t]]
                and any("P" in tools[c] for c in calls[:t])
                and any("U" in tools[c] for c in calls[:t])
                for t in range(length)
            )
            assert asks(calls) == leak
    assert not asks(("fetch_page", "fetch_page", "send_mail")) and asks(("read_files", "fetch_page", "fetch_page"))
    full = [
        set(s) for k in range(1, 6) for s in combinations(tools, k) if set("".join(tools[t] for t in s)) >= set("PUO")
    ]
    smallest = [s for s in full if not any(o < s for o in full)]
    pairs = [{"read_files", "fetch_page"}, {"read_mail", "fetch_page"}, {"read_mail", "send_mail"}]
    assert len(smallest) == 3 and all(s in smallest for s in pairs)
    assert all(any(asks(c) for c in product(s, repeat=3)) for s in pairs)
    alone = [t for t in tools if set(tools[t] + "O") >= set("PUO")]  # the reply counts as a way out
    assert alone == ["read_mail"]
    assert 500 // 50 == 10


def test_agent_cost() -> None:
    """The sum equals n s + a n (n - 1) / 2; 900,000 and 127,800, a seventh; 358,000 with notes, linear from 100 to 200
    calls, while the plain sum nearly quadruples; 120,000 by the naive product; 175,000 read for a long result, 22,000
    priced; 60,000 for output; 0.40 against 0.33 dollars a solved task; 190 to 780; the drawing's rounded 128 and 358
    thousand."""

    def run(calls: int, limit: float = float("inf")) -> tuple[int, float]:
        notes.clear()
        sizes: list[tuple[int, int]] = []  # tokens read, of which cached
        history = stored = 0
        for _ in range(calls):
            if history >= limit:
                notes.append(1_000)
                sizes.append((3_000 + history, stored))
                history, stored = 1_000, 3_000
            sizes.append((3_000 + history, stored))
            stored, history = 3_000 + history, history + 1_000
        return sum(r for r, _ in sizes), sum(r - 0.9 * c for r, c in sizes)

    notes: list[int] = []
    for n in (1, 10, 20, 40):
        assert run(n)[0] == 3_000 * n + 1_000 * n * (n - 1) // 2
    assert run(40)[0] == 900_000 and round(run(40)[1]) == 127_800 and round(900_000 / 127_800) == 7
    assert run(40, 10_000)[0] == 358_000 and round(run(40)[1] / 1000) == 128
    assert 3.4 < run(40)[0] / run(20)[0] < 4 and 3.9 < run(400)[0] / run(200)[0] < 4
    assert 1.9 < run(400, 10_000)[0] / run(200, 10_000)[0] < 2.1
    assert round(run(40, 10_000)[1]) == 77_200 and notes == [1_000] * 4 and 77_200 + 5 * sum(notes) == 97_200
    assert 40 * 3_000 == 120_000 and (40 - 5) * 5_000 == 175_000 and 40 * 300 * 5 == 60_000
    assert 5_000 + 34 * 0.1 * 5_000 == 22_000  # new once, then cached
    assert np.isclose(0.20 / 0.5, 0.40) and round(0.30 / 0.9, 2) == 0.33
    assert 20 * 19 // 2 == 190 and 40 * 39 // 2 == 780
