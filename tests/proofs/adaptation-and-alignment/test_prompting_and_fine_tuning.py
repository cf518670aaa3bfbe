"""Proofs for adaptation-and-alignment/prompting-and-fine-tuning."""

import json
import re
from math import comb, factorial, isclose, sqrt

import numpy as np
from scipy import stats


def test_few_shot_prompting() -> None:
    """1,200 tokens a call and 120 million a 100,000 calls; 14 mended and 6 broken of 200 are plus 4 points, and fair
    coins split 20 at least so unevenly in 12 % of cases; the best of ten equal prompts looks better than it is."""
    assert 8 * 150 == 1_200 and 1_200 * 100_000 == 120_000_000
    assert 14 + 6 == 20 and (14 - 6) / 200 == 0.04
    tail = 2 * sum(comb(20, k) for k in range(7)) / 2**20
    assert round(100 * tail) == 12 and isclose(tail, stats.binomtest(14, 20).pvalue)
    scores = np.random.default_rng(0).binomial(200, 0.8, (4_000, 10)) / 200
    assert scores.max(1).mean() > 0.8 + 0.03
    logits = np.array([2.0, 1.0, 0.5, 0.0])  # quick check: a lower temperature adds to the favorite
    cold, warm = (np.exp(logits / t) / np.exp(logits / t).sum() for t in (0.5, 1.0))
    assert cold[0] > warm[0] and cold.argmax() == warm.argmax()


def right(n: int, p: float, rivals: int) -> float:
    """Exact chance that an answer of chance p wins the vote of n against equally likely rivals; ties at random."""
    other, total = (1 - p) / rivals, 0.0
    for k in range(1, n + 1):
        below = np.array([other**j / factorial(j) for j in range(k)])
        for tied in range(rivals + 1):
            rest = n - k - tied * k
            if rest < 0:
                continue
            power = np.ones(1)
            for _ in range(rivals - tied):
                power = np.convolve(power, below)[: rest + 1]
            ways = power[rest] if rest < len(power) else 0.0
            level = comb(rivals, tied) * (other**k / factorial(k)) ** tied
            total += factorial(n) / factorial(k) * p**k * level * ways / (tied + 1)
    return float(total)


def test_chain_of_thought() -> None:
    """The printed votes agree with exact values; limits 1 and 0 for the same 40 % in a single chain; the sum over
    chains; 0.4 and 8.4 seconds; a verifier that knows picks a minority answer."""
    assert isclose(0.1 * 6 + 0.4, 1)
    printed = {1: (0.40, 0.40), 5: (0.60, 0.32), 15: (0.86, 0.21), 45: (0.99, 0.09)}
    for n, (spread, agree) in printed.items():
        assert abs(right(n, 0.4, 6) - spread) < 0.005 + 4 * 0.5 / sqrt(100_000)
        assert abs(right(n, 0.4, 1) - agree) < 0.005 + 4 * 0.5 / sqrt(100_000)
        assert isclose(right(n, 0.4, 1), stats.binom.sf(n // 2, n, 0.4))
    assert 0.5 / sqrt(100_000) < 0.002
    assert right(121, 0.4, 1) < 0.02 and right(75, 0.4, 6) > 0.995
    rng = np.random.default_rng(0)
    chains, given = rng.dirichlet(np.ones(5)), rng.dirichlet(np.ones(3), 5)
    z = rng.choice(5, 40_000, p=chains)
    y = (given[z].cumsum(1) < rng.random(40_000)[:, None]).sum(1)
    assert np.allclose(np.bincount(y, minlength=3) / 40_000, chains @ given, atol=4 * 0.5 / 200)
    assert 20 / 50 == 0.4 and (400 + 20) / 50 == 8.4
    draws = rng.random((10_000, 15)) < 0.4  # any right chain is enough for a perfect verifier
    assert draws.any(1).mean() > 0.99 > right(15, 0.4, 1)


def test_structured_output() -> None:
    """4.5 % against 70 %; rejection sampling gives the distribution given validity; the mask agrees with it once the
    model wishes only valid text; 0.0125 %; nested brackets need a stack; JSON can be valid and wrong."""
    p_a, dvert, personal = 0.7, 0.02, 0.3
    given = p_a * dvert / (p_a * dvert + personal)
    assert round(100 * given, 1) == 4.5 and p_a == 0.7
    rng = np.random.default_rng(0)
    first, second = rng.random(200_000) < p_a, rng.random(200_000) < dvert
    valid = ~first | second
    share = (first & second)[valid].mean()
    assert abs(share - given) < 4 * sqrt(given * (1 - given) / valid.sum())
    free = p_a * 1.0 / (p_a * 1.0 + personal)  # all after "a" is legal: masked and given valid agree
    assert isclose(free, p_a)
    assert isclose(100 * 0.05**3, 0.0125)
    pattern = re.compile(r"\{\}|\{\{\}\}")  # a regular expression of bounded depth misses the next one
    assert pattern.fullmatch("{{}}") and not pattern.fullmatch("{{{}}}")
    bill = json.loads('{"items": [2, 3], "total": 6}')
    assert bill["total"] != sum(bill["items"])
    try:
        json.loads('{"items": [2, 3], "tot')
    except json.JSONDecodeError:
        pass
    else:
        raise AssertionError("cut off, yet parsed")


def test_prompt_retrieve_or_fine_tune() -> None:
    """63 of 70; 30 remain; $0.0014 a call, 1.4 million calls, 14 million at a tenth of the price."""
    assert round(70 * 0.9) == 63 and 100 - 70 == 30
    saved = 1_400 * 1 / 1e6
    assert saved == 0.0014
    assert round(2_000 / saved / 1e6, 1) == 1.4 and round(2_000 / (saved / 10) / 1e6) == 14


def test_instruction_tuning() -> None:
    """Loss per token 1.1, mean of means 1.5, each token of the first batch nine times the weight; the gradient of the
    masked loss is zero at predictions of prompt tokens; long prompts take most of an unmasked loss."""
    total = (10 * 2.0 + 90 * 1.0) / (10 + 90)
    assert isclose(total, 1.1) and (2.0 + 1.0) / 2 == 1.5 and isclose((1 / 2 / 10) / (1 / 2 / 90), 9)
    rng = np.random.default_rng(0)
    logits, target, mask = rng.normal(size=(9, 5)), rng.integers(0, 5, 9), np.array([0] * 6 + [1] * 3)

    def loss(z: np.ndarray) -> float:
        logp = z - np.log(np.exp(z).sum(1, keepdims=True))
        return float(-(mask * logp[np.arange(9), target]).sum() / mask.sum())

    slope = np.zeros_like(logits)
    for i in np.ndindex(logits.shape):
        step = np.zeros_like(logits)
        step[i] = 1e-5
        slope[i] = (loss(logits + step) - loss(logits - step)) / 2e-5
    assert np.all(abs(slope[:6]) < 1e-9) and np.all(abs(slope[6:]).max(1) > 1e-3)
    assert 500 / (500 + 20) > 0.95  # share of predictions that a 500-token prompt takes from a 20-token answer
    ids, padding = np.array([7, 8, 3, 3, 3]), 3  # end of turn and padding share id 3
    assert not np.any((ids != padding) & (ids == 3))


def test_fine_tuning_data() -> None:
    """Each doubling leaves 80 %; two more, 4,000 examples, give 8.2 %; the gap of 3.2 points has a standard error of
    2.2 at 500 cases each, whose counts are whole; 99.2 % of test rows have a sibling in training, also by
    drawing splits."""
    assert isclose(16.0 / 20.0, 0.8) and isclose(12.8 / 16.0, 0.8)
    assert [round(e * 500, 9) for e in (0.20, 0.16, 0.128)] == [100, 80, 64]
    assert round(12.8 * 0.8**2, 1) == 8.2 and 1_000 * 2**2 == 4_000
    assert round(16.0 - 12.8, 1) == 3.2 and round(100 * sqrt((0.16 * 0.84 + 0.128 * 0.872) / 500), 1) == 2.2
    alone = comb(199, 3) / comb(999, 3)
    assert round(100 * (1 - alone), 1) == 99.2 and round(100 * alone, 1) == 0.8
    rng = np.random.default_rng(0)
    seen = []
    for _ in range(200):
        order = rng.permutation(1_000) // 4
        seen.append(np.isin(order[800:], order[:800]).mean())
    assert abs(np.mean(seen) - (1 - alone)) < 4 * np.std(seen, ddof=1) / sqrt(200)


def test_lora() -> None:
    """131,072 of 16.8 million, 0.8 %; 40.0 million for the model and 80 MB; the gradients by differences; both zero
    stay zero; scaling both up; rank at most r; a 16-bit merge rounds; unmerged costs two small products."""
    assert 16 * (4096 + 4096) == 131_072 and round(4096**2 / 1e6, 1) == 16.8
    assert round(100 * 131_072 / 4096**2, 1) == 0.8
    model = 32 * 16 * (4 * (4096 + 4096) + 3 * (4096 + 11_008))
    assert round(model / 1e6, 1) == 40.0 and round(2 * model / 1e6) == 80
    rng = np.random.default_rng(1)
    d, k, r, scale = 7, 5, 2, 2.0
    w, x, goal = rng.normal(size=(d, k)), rng.normal(size=(k, 9)), rng.normal(size=(d, 9))

    def loss(a: np.ndarray, b: np.ndarray) -> float:
        return float(((w @ x + scale * b @ a @ x - goal) ** 2).sum() / 18)

    def gradients(a: np.ndarray, b: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        error = (w @ x + scale * b @ a @ x - goal) / 9
        return scale * b.T @ error @ x.T, scale * error @ (a @ x).T

    a, b = rng.normal(size=(r, k)), rng.normal(size=(d, r))
    grad_a, grad_b = gradients(a, b)
    for grad, which in ((grad_a, 0), (grad_b, 1)):
        for i in np.ndindex(grad.shape):
            step = [np.zeros_like(a), np.zeros_like(b)]
            step[which][i] = 1e-6
            slope = (loss(a + step[0], b + step[1]) - loss(a - step[0], b - step[1])) / 2e-6
            assert abs(slope - grad[i]) < 1e-6
    zero_a, zero_b = np.zeros_like(a), np.zeros_like(b)
    assert loss(a, zero_b) == float(((w @ x - goal) ** 2).sum() / 18)  # starts unchanged
    assert not gradients(a, zero_b)[0].any() and gradients(a, zero_b)[1].any()
    assert not gradients(zero_a, zero_b)[0].any() and not gradients(zero_a, zero_b)[1].any()
    assert np.linalg.matrix_rank(scale * b @ a) == r
    assert np.allclose((w + scale * b @ a) @ x, w @ x + scale * b @ (a @ x))
    small = np.full((4, 4), 1e-4, dtype=np.float16)
    assert np.all(np.ones((4, 4), dtype=np.float16) + small == 1)  # the change is rounded away
    assert 8 / 4 > 8 / 8 and 2 * 4 / 4 == 2 * 8 / 8  # scale at ranks 4 and 8: alpha fixed, alpha twice the rank


def test_fine_tuning_memory() -> None:
    """112, 14.6 and 4.3 GB; 4.127 bits; 2.1 GB of checkpoints, logits 1.0 and 4.2 GB; in all 25 and 16 GB, tables
    adding 0.4 or 1.6; 14 GB over eight; 10 and 18 bytes; quick check 208 GB on 3 GPUs, 26 and 156 as the
    distractors say."""
    state = 2 + 2 + 4 + 4 + 4
    assert state == 16 and 7 * state == 112 and 7 * 2 == 14 and 7 * state / 8 == 14
    bits = 4 + 8 / 64 + 32 / (64 * 256)
    assert round(bits, 3) == 4.127
    adapters = 0.04 * state
    assert round(14 + adapters, 1) == 14.6 and round(7 * bits / 8 + adapters, 1) == 4.3
    assert round(14 + adapters) == 15 and round(7 * bits / 8 + adapters) == 4
    checkpoints = 2 * 4 * 2048 * 32 * 4096 / 1e9
    assert round(checkpoints, 1) == 2.1
    logits = [4 * 4 * 2048 * v / 1e9 for v in (32_000, 128_000)]
    assert round(logits[0], 1) == 1.0 and round(logits[1], 1) == 4.2 and logits[1] > checkpoints
    assert 2 + 2 + 4 + 1 + 1 == 10 and 2 + 4 + 4 + 4 + 4 == 18
    tables = [2 * v * 4096 * (2 - bits / 8) / 1e9 for v in (32_000, 128_000)]  # 16 bits instead of 4
    assert [round(t, 1) for t in tables] == [0.4, 1.6]
    assert round(14 + adapters + checkpoints + 2 * logits[1]) == 25
    assert round(7 * bits / 8 + adapters + checkpoints + 2 * logits[1] + tables[1]) == 16
    assert 13 * 16 == 208 and -(-208 // 80) == 3 and 13 * 2 == 26 and 13 * 12 == 156 and -(-156 // 80) == 2
    assert 12 / 16 > 0.5  # copy and moments are most of full fine-tuning
    assert 14 / (14 + adapters) > 0.5 and 7 * bits / 8 / (7 * bits / 8 + adapters) > 0.5
    assert 14 + adapters > 0.01 * 112


def test_catastrophic_forgetting() -> None:
    """Gradient descent ends at the pseudo-inverse step; one solution fits both; orthogonal inputs forget nothing; an
    untrained model scores 1 on average; averaging weights lies between; a penalty moves less."""
    rng = np.random.default_rng(0)
    truth = rng.normal(size=200) / sqrt(200)
    old, new = rng.normal(size=(2, 50, 200))
    start = np.linalg.pinv(old) @ (old @ truth)
    limit = start + np.linalg.pinv(new) @ (new @ (truth - start))
    w = start.copy()
    for _ in range(800):
        w -= 0.002 * new.T @ (new @ (w - truth))
    assert np.allclose(w, limit, atol=1e-6)

    def error(rows: np.ndarray, weights: np.ndarray) -> float:
        return float(np.mean((rows @ (weights - truth)) ** 2))

    assert error(old, start) < 1e-20 and error(new, limit) < 1e-20 < error(old, limit)
    both = np.vstack([old, new])
    joint = np.linalg.pinv(both) @ (both @ truth)
    assert max(error(old, joint), error(new, joint)) < 1e-20
    assert abs((0.134 - 0.071) / 0.134 - 25 / 50) < 0.04  # half of the rows, about half of the error
    apart = new - new @ np.linalg.pinv(old) @ old  # the same rows made orthogonal to the old ones
    moved = start + np.linalg.pinv(apart) @ (apart @ (truth - start))
    assert error(old, moved) < 1e-20 and error(apart, moved) < 1e-20
    scores = [np.mean((rng.normal(size=(50, 200)) @ rng.normal(size=200)) ** 2) / 200 for _ in range(400)]
    assert abs(np.mean(scores) - 1) < 4 * np.std(scores, ddof=1) / 20
    middle = (start + limit) / 2
    assert error(old, middle) < error(old, limit) and error(new, middle) < error(new, start)
    held = start + np.linalg.solve(new.T @ new + 50 * np.eye(200), new.T @ (new @ (truth - start)))
    assert error(old, held) < error(old, limit) and error(new, held) > error(new, limit)


def test_distillation() -> None:
    """Cross-entropy on samples is entropy plus forward KL; the gradient at temperature T is (q - p)/T, so times T
    squared it stays of one size; with one free bell the forward optimum has the teacher's mean and spread; the
    sampled loss has the teacher as its optimum; filtering changes it."""
    rng = np.random.default_rng(0)
    p, q = rng.dirichlet(np.ones(6), 2)
    cross = float(-(p * np.log(q)).sum())
    entropy, forward = float(-(p * np.log(p)).sum()), float((p * np.log(p / q)).sum())
    assert isclose(cross, entropy + forward)
    losses = -np.log(q[rng.choice(6, 100_000, p=p)])
    assert abs(losses.mean() - cross) < 4 * losses.std() / sqrt(100_000)
    teacher, student = rng.normal(size=(2, 6))

    def soft(z: np.ndarray, t: float) -> np.ndarray:
        e = np.exp(z / t - (z / t).max())
        return e / e.sum()

    def loss(z: np.ndarray, t: float) -> float:
        target = soft(teacher, t)
        return float((target * np.log(target / soft(z, t))).sum())

    sizes = []
    for t in (1.0, 20.0, 40.0):
        slope = np.array([(loss(student + e, t) - loss(student - e, t)) / 2e-5 for e in 1e-5 * np.eye(6)])
        assert np.allclose(slope, (soft(student, t) - soft(teacher, t)) / t, atol=1e-7)
        sizes.append(t**2 * np.linalg.norm(slope))
    assert abs(sizes[2] / sizes[1] - 1) < 0.05 and 0.3 < sizes[0] / sizes[1] < 3

    x = np.linspace(-15, 15, 301)
    mix = 0.6 * np.exp(-((x + 3) ** 2) / 2) + 0.4 * np.exp(-((x - 3) ** 2) / 2)
    mix /= mix.sum()
    mean = float(mix @ x)
    assert round(mean, 1) == -0.6 and round(sqrt(float(mix @ (x - mean) ** 2)), 1) == 3.1
    passed = np.array([1, 1, 0, 1, 0, 1]) * p  # only answers that pass a check are kept
    assert abs(passed / passed.sum() - p).max() > 0.01
