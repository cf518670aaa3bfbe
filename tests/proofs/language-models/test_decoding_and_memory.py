"""Proofs for "Decoding and memory": what the page states and has no room to run, one function each."""

from __future__ import annotations

from math import exp, log

import numpy as np
from scipy.special import log_softmax, logsumexp, softmax


def test_temperature() -> None:
    """Odds 4 to 1 become 16 and 2; order and limits; entropy never falls with T; the figure's 0.86, 0.63, 0.40; 60 and
    40 % end in a certain wrong answer; quick check 0.94 and 0.06, and 0.67 and 0.33 for the distractor."""
    two = np.log([0.8, 0.2])
    for t, odds in ((1, 4), (0.5, 16), (2, 2)):
        p = softmax(two / t)
        assert np.isclose(p[0] / p[1], odds)
    assert np.allclose(softmax(two / 0.5), (0.94, 0.06), atol=0.005)
    assert np.allclose(softmax(two / 2), (0.67, 0.33), atol=0.005)
    rng = np.random.default_rng(0)
    z = rng.normal(size=(200, 30)) * 3
    temperatures = np.geomspace(0.05, 50, 40)
    p = softmax(z / temperatures[:, None, None], axis=2)
    assert np.all(p[10:].argsort(2) == z.argsort(1))
    entropy = -(p * log_softmax(z / temperatures[:, None, None], axis=2)).sum(2)
    assert np.all(np.diff(entropy, axis=0) >= -1e-9)
    assert np.allclose(softmax(z / 1e6, axis=1), 1 / 30, atol=1e-6)
    assert np.all(softmax(z / 1e-6, axis=1).argmax(1) == z.argmax(1)) and softmax(z / 1e-6, axis=1).max(1).min() > 0.99
    eight = np.arange(7, -1, -1)
    assert [round(float(softmax(eight / t)[0]), 2) for t in (0.5, 1, 2)] == [0.86, 0.63, 0.40]
    assert softmax(np.log([0.6, 0.4]) / 0.01)[0] > 0.999999
    assert 50 + 49_950 == 50_000 and np.isclose(0.95 + 0.05, 1)


def kept(p: np.ndarray, k: int = 0, top: float = 0, low: float = 0) -> np.ndarray:
    """Which of the tokens survive one cut; p is a vector."""
    order = (-p).argsort()
    keep = np.zeros(p.size, bool)
    if k:
        keep[order[:k]] = True
    elif top:
        keep[order[: int(np.searchsorted(p[order].cumsum(), top - 1e-12)) + 1]] = True
    else:
        keep = p >= low * p.max()
    return keep


def test_top_k_and_top_p() -> None:
    """The example with five tokens: 2, 3 and 4 survive, 0.71 and 0.29; the smallest set that reaches p; 38 beyond the
    two; a flatter distribution changes the cuts of top-p and min-p but not top-k (quick check); top-k 1 is greedy;
    0.9 keeps tokens below 0.1."""
    p = np.array([0.5, 0.2, 0.15, 0.1, 0.05])
    assert [int(kept(p, **cut).sum()) for cut in ({"k": 2}, {"top": 0.8}, {"low": 0.15})] == [2, 3, 4]
    assert np.allclose(p[:2] / p[:2].sum(), (0.71, 0.29), atol=0.005) and np.isclose(0.15 * 0.5, 0.075)
    assert p[:2].sum() < 0.8 <= p[:3].sum() and p[kept(p, top=0.9)].min() <= 0.15
    assert np.any(p[kept(p, top=0.96)] < 0.1) and kept(p, k=1).sum() == 1 and kept(p, k=1).argmax() == p.argmax()
    rank = np.arange(1, 50_001)
    for s, t, nucleus, close in ((3, 1, 2, 2), (1.1, 1, None, 8)):
        q = rank ** (-s / t)
        q /= q.sum()
        assert nucleus is None or kept(q, top=0.9).sum() == nucleus == 40 - 38
        assert kept(q, low=0.1).sum() == close
    rng = np.random.default_rng(0)
    changed = np.zeros(3, int)
    for _ in range(200):
        z = 3 * rng.normal(size=200)
        before, after = softmax(z), softmax(z / 2)
        for i, cut in enumerate(({"k": 40}, {"top": 0.9}, {"low": 0.1})):
            changed[i] += not np.array_equal(kept(before, **cut), kept(after, **cut))
            assert np.all(kept(after, **cut) >= kept(before, **cut))
    assert changed[0] == 0 and changed[1] > 100 and changed[2] > 100
    flat = np.r_[0.1, np.full(18, 0.05)]
    assert kept(flat, low=0.1).all() and kept(flat, low=0.6).sum() == 1  # min-p can cut many good tokens


def test_greedy_and_beam_search() -> None:
    """0.175 against 0.160; scores -2.8 and -4.1, per token -0.69 and -0.51; 6.5e-23; no further token raises the
    product; quick check 0.125 against 0.118 and 0.5 against 0.7; greedy is width 1 and the widest beam is exact; the
    longer output wins above a length power of 0.56."""
    alpha = np.linspace(0, 1, 1_001)
    longer = 8 * log(0.6) / 8**alpha > 4 * log(0.5) / 4**alpha
    assert round(float(alpha[longer].min()), 2) == 0.56
    assert np.all(longer[alpha > 0.56]) and not longer[alpha < 0.559].any()
    assert np.isclose(0.35 * 0.5, 0.175) and np.isclose(0.4 * 0.4, 0.16) and 0.175 * 0.6 < 0.16
    assert round(4 * log(0.5), 1) == -2.8 and round(8 * log(0.6), 1) == -4.1
    assert round(log(0.5), 2) == -0.69 and round(log(0.6), 2) == -0.51
    assert f"{0.6**100:.1e}" == "6.5e-23"
    assert 0.5**3 == 0.125 and round(0.7**6, 3) == 0.118
    rng = np.random.default_rng(0)
    worse = 0
    for _ in range(300):
        first, second, third = (rng.dirichlet(np.ones(3), 3**i) for i in range(3))
        of_two = first[0][:, None] * second  # prefix probabilities; the last token adds the third table
        of_three = of_two[:, :, None] * third.reshape(3, 3, 3)

        def search(width: int, of: tuple[np.ndarray, ...] = (first[0], of_two, of_three)) -> float:
            beams: list[tuple[int, ...]] = [()]
            for p in of:
                longer = sorted(((float(p[(*b, v)]), (*b, v)) for b in beams for v in range(3)), reverse=True)
                beams = [y for _, y in longer[:width]]
            return float(of[-1][beams[0]])

        best = float(of_three.max())
        greedy, two, wide = (search(b) for b in (1, 2, 27))
        assert np.isclose(wide, best) and greedy <= best and two <= best
        worse += two < greedy - 1e-12
    assert worse < 60  # a wider beam usually helps


def test_nondeterministic_llm() -> None:
    """Addition of floats is not associative; 63 % of answers with 1,000 tokens part at 0.1 % a token; the three sums of
    the page differ by less than 1e-4, so only near ties flip; float64 sums depend on their order as well; numbers
    with 8 significant bits lie 0.125 apart from 16 to 32, 1,000 times as far as those sums."""
    assert np.allclose(np.diff(np.arange(2**7, 2**8 + 1) * 2.0 ** (4 - 7)), 0.125) and 2**7 * 2.0 ** (4 - 7) == 16
    assert 2**8 * 2.0 ** (4 - 7) == 32 and 0.125 > 1_000 * (66.0646133 - 66.0645828)
    assert (0.1 + 0.2) + 0.3 != 0.1 + (0.2 + 0.3)
    assert round(100 * (1 - 0.999**1000)) == 63
    terms = np.random.default_rng(0).normal(size=4_096)
    for kind, limit in ((np.float32, 1e-3), (np.float64, 1e-11)):
        totals = set()
        for parts in (1, 8, 64):
            sums = terms.astype(kind).reshape(parts, -1).cumsum(1)[:, -1]
            totals.add(float(sums.cumsum()[-1]))
        assert len(totals) > 1 and max(totals) - min(totals) < limit
    a, b = np.float32(1), np.float32(2**-25)
    assert (a + b) + b == 1 and a + (b + b) == 1 and (b + b) + (a - 1) > 0
    logits = np.array([5.0, 5.0 - 1e-6, 1.0])
    assert (logits + np.array([0, 2e-6, 0])).argmax() != logits.argmax()


def test_kv_cache() -> None:
    """131,072 bytes or 128 KiB a token, 1 GiB for 8,192, 32 GiB for 32, about twice 15 GiB; 500,500 tokens; quick check
    1.31 GB and the distractors; 8 bits halve; a changed token changes later keys but no earlier ones."""
    per_token = 2 * 32 * 8 * 128 * 2
    assert per_token == 131_072 == 128 * 2**10 and per_token * 8_192 == 2**30 and 32 * per_token * 8_192 == 32 * 2**30
    weights = 8.03e9 * 2 / 2**30
    assert round(weights) == 15 and 2 < 32 / weights < 2.2
    assert sum(range(1, 1_001)) == 500_500 and 32 // 8 == 4
    small = 2 * 40 * 8 * 128 * 2
    assert small == 163_840 and round(small * 8_000 / 1e9, 2) == 1.31
    assert round(small * 2_000 / 1e9, 2) == 0.33 and round(small * 4_000 / 1e9, 2) == 0.66
    assert round(2 * 40 * 40 * 128 * 2 * 8_000 / 1e9, 2) == 6.55
    rng = np.random.default_rng(1)
    n, d = 8, 16
    maps = rng.normal(size=(3, 3, d, d)) / 4

    def all_keys(x: np.ndarray, causal: bool = True) -> list[np.ndarray]:
        seen = []
        hidden = np.triu(np.ones((len(x), len(x)), bool), 1) & causal
        for q, k, v in maps:
            seen.append(x @ k)
            x = x + softmax(np.where(hidden, -np.inf, x @ q @ (x @ k).T / 4), axis=1) @ (x @ v)
        return seen

    x = rng.normal(size=(n, d))
    edited = x.copy()
    edited[3] += 1
    for layer, (old, new) in enumerate(zip(all_keys(x), all_keys(edited), strict=True)):
        assert np.allclose(old[:3], new[:3]) and not np.allclose(old[3], new[3])
        assert np.allclose(old[4:], new[4:]) == (layer == 0)
    for layer, (old, new) in enumerate(zip(all_keys(x, False), all_keys(np.vstack([x, x[:1]]), False), strict=True)):
        assert np.allclose(old, new[:n]) == (layer == 0)  # without the mask, changed from the second layer on


def test_grouped_query_attention() -> None:
    """8,192, 2,048, 256, 576; G = H and G = 1 give MHA and MQA; 8 of 32 heads at half the bytes is
    an eighth; scores cost the same with any G; a rotation between query and up-projection spoils the shortcut; the
    shared rotary key adds to every head's score."""
    d, h = 128, 32
    assert [2 * g * d for g in (h, 8, 1)] == [8_192, 2_048, 256] and 512 + 64 == 576
    assert 8 / 32 / 2 == 1 / 8 and 32 // 8 == 4
    rng = np.random.default_rng(0)
    n, heads, width = 20, 8, 4
    q = rng.normal(size=(heads, width))
    for groups in (8, 2, 1):
        k = rng.normal(size=(groups, n, width))
        shared = k.repeat(heads // groups, 0)
        scores = np.einsum("hd,hnd->hn", q, shared)
        assert scores.shape == (heads, n) and k.size == groups * n * width  # all query heads score; fewer keys stored
        assert np.allclose(scores[0], k[0] @ q[0]) and np.allclose(scores[-1], k[-1] @ q[-1])
    assert 1_000 * d == 128_000 and 512 / d == 4 and 512 * d == 577_536 - 4 * 128_000
    c = 6
    latent, up = rng.normal(size=(n, c)), rng.normal(size=(width, c))
    angle = np.arange(n)
    turn = np.stack([np.stack([np.cos(angle), -np.sin(angle)], 1), np.stack([np.sin(angle), np.cos(angle)], 1)], 1)
    rotation = np.zeros((n, width, width))
    rotation[:, :2, :2] = rotation[:, 2:, 2:] = turn
    turned = np.einsum("d,nde,ec,nc->n", q[0], rotation, up, latent)
    assert np.allclose(latent @ up.T @ q[0], latent @ (up.T @ q[0]))
    assert not np.allclose(turned, latent @ (up.T @ q[0]))
    assert np.allclose(turned[0], latent[0] @ (up.T @ q[0]))  # distance 0: no rotation
    weights = softmax(rng.normal(size=n))
    assert np.allclose(weights @ (latent @ up.T), up @ (weights @ latent))  # values: one map behind the weighted sum


def test_flash_attention() -> None:
    """4 GiB of scores; the factor 0.08; merging of triples in any grouping; the backward weights from m + ln l; nearly
    half of the blocks skipped; quick check 4 and its distractors; an overflow without the maximum; forgetting to
    rescale the values is wrong."""
    assert 2 * 32 * 8_192**2 == 4 * 2**30 and round(64**2 / 50_000, 2) == 0.08
    assert 0.49 < (64 * 63 / 2) / 64**2 < 0.5
    rng = np.random.default_rng(0)
    s, v = 30 * rng.normal(size=60), rng.normal(size=(60, 5))
    full = softmax(s) @ v

    def triple(a: int, b: int) -> tuple[float, float, np.ndarray]:
        m = float(s[a:b].max())
        return m, float(np.exp(s[a:b] - m).sum()), np.exp(s[a:b] - m) @ v[a:b]

    def merge(x: tuple[float, float, np.ndarray], y: tuple[float, float, np.ndarray]) -> tuple:
        m = max(x[0], y[0])
        return m, *(exp(x[0] - m) * x[i] + exp(y[0] - m) * y[i] for i in (1, 2))

    a, b, c = triple(0, 7), triple(7, 40), triple(40, 60)
    for m, total, out in (merge(merge(a, b), c), merge(a, merge(b, c)), merge(merge(c, a), b)):
        assert np.allclose(out / total, full) and np.isclose(m + log(total), logsumexp(s))
        assert np.allclose(np.exp(s - (m + log(total))), softmax(s))  # what the backward pass recomputes
    (m1, l1, o1), (m2, l2, o2) = triple(0, 1), triple(1, 60)
    new = max(m1, m2)
    forgot = (o1 + exp(m2 - new) * o2) / (exp(m1 - new) * l1 + exp(m2 - new) * l2)
    assert not np.allclose(forgot, full)
    weights = softmax([0, log(3)])
    assert np.allclose(weights, (0.25, 0.75)) and np.isclose(weights @ [10, 2], 4)
    assert np.isclose(weights[::-1] @ [10, 2], 8) and (10 + 2) / 2 == 6 and 2.5 + 1.5 == 4 and 3 / 4 * 2 == 1.5
    with np.errstate(over="ignore"):
        assert np.isinf(np.exp(np.float32(89)))


def test_long_context() -> None:
    """Equal cost at about 61,000 tokens, from counted operations; 16 GiB; weight 0.75 and 0.03; the margin that holds a
    weight grows with ln n; doubling: four times the attention, twice the cache; quick check 0.09, 0.05 and 0.0001."""
    params, layers, width = 8e9, 32, 4_096
    n = params / (layers * width)
    assert round(n, -3) == 61_000
    tokens = 1_000  # causal: token t meets t keys; a multiplication and an addition each, for scores and for values
    counted = layers * 4 * width * np.arange(1, tokens + 1).mean()
    assert abs(counted / (2 * tokens * layers * width) - 1) < 0.002
    assert 131_072 * 128 * 2**10 == 16 * 2**30 and round(params * 2 / 2**30) == 15

    def work(length: float) -> float:
        return length * (2 * params + 2 * length * layers * width)

    assert np.isclose(work(n), 4 * params * n) and np.isclose(work(2 * n) / work(n), 3)
    assert work(2_000) / work(1_000) < 2.05
    assert work(2e7) / work(1e7) > 3.98

    def weight(delta: float, length: int) -> float:
        return exp(delta) / (exp(delta) + length - 1)

    assert round(weight(8, 1_000), 2) == 0.75 and round(weight(8, 100_000), 2) == 0.03
    margin = [log(0.75 / 0.25 * (length - 1)) for length in (1_000, 100_000)]
    assert np.isclose(weight(margin[0], 1_000), 0.75) and np.isclose(weight(margin[1], 100_000), 0.75)
    assert round(margin[1] - margin[0], 1) == 4.6
    for length in (1_001, 10_001):
        assert np.isclose(weight(log(length - 1), length), 0.5)
    held = exp(log(1_000)) / (exp(log(1_000)) + 10_000)
    assert round(held, 2) == 0.09 == round(0.1 / 1.1, 2) and 0.5 / 10 == 0.05 and round(1 / 10_001, 4) == 0.0001
