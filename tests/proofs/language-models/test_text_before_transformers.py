"""Proofs for "Text before transformers": what the page states and has no room to run, one function each."""

from __future__ import annotations

from collections import Counter
from math import exp, log, prod

import numpy as np


def test_tf_idf_and_bm25() -> None:
    """1, 1.38, 2.08 and the ceiling 2.2; a word in every document weighs 0, but not in scikit-learn; dropping k1 + 1
    keeps the order; k1 = 0 is presence, b = 0 ignores length; longer documents and repetition count less; logs add
    under independence; idf counts documents; more query words, higher scores; quick check 2.2, and 1 + ln f as 7.9."""

    def part(f: float, length: float = 1, k1: float = 1.2, b: float = 0.75) -> float:
        return f * (k1 + 1) / (f + k1 * (1 - b + b * length))

    assert [round(part(f), 2) for f in (1, 2, 20)] == [1, 1.38, 2.08] and np.isclose(part(1e9), 2.2)
    steps = np.diff([part(f) for f in range(50)])
    assert np.all(steps > 0) and np.all(np.diff(steps) < 0) and part(1_000) < 2.2
    assert part(3, 4) < part(3, 1) < part(3, 0.5) and np.isclose(part(1e9, 4), 2.2) and np.isclose(part(1e9, 0.5), 2.2)
    assert part(1, k1=0) == part(9, 4, k1=0) == 1 and part(3, 4, b=0) == part(3, 1, b=0)
    assert log(10 / 10) == 0 and np.isclose(log(1 / (0.1 * 0.01)), log(1 / 0.1) + log(1 / 0.01))
    docs = [d.split() for d in ("the cat the cat", "the dog", "the automobile")]
    idf = {w: log((1 + 3) / (1 + sum(w in d for d in docs))) + 1 for w in ("the", "cat", "dog")}  # scikit-learn's
    assert idf["the"] == 1 and idf["cat"] == idf["dog"] > 1
    counts = np.array([[2, 0], [1, 3], [0, 1], [5, 1]])
    scores = np.array([[part(a), 2 * part(b)] for a, b in counts]).sum(1)
    assert np.array_equal(np.argsort(scores), np.argsort(scores / 2.2))
    assert part(0) == 0  # a page without the word
    one, two = log(1 + 9_900.5 / 100.5) * part(2), 2 * log(1 + 9_900.5 / 100.5) * part(2)
    assert two > one > 0
    n = np.arange(1, 1_000)
    assert np.array_equal(np.log((1_000 - n + 0.5) / (n + 0.5)) < 0, n > 500)
    assert np.all(np.log(1 + (1_000 - n + 0.5) / (n + 0.5)) > 0)
    assert round(part(1_000) / part(1), 1) == 2.2 == round(1_000 * 2.2 / 1_001.2, 1)
    assert round(1 + log(1_000), 1) == 7.9


def test_perplexity() -> None:
    """1/2, 1/4, 1/8 give 4; 148 and 12, 1.44 bits per byte; half the perplexity is 0.69 nats; a zero is infinite; the
    vocabulary for a uniform guess, which a sure model exceeds; the entropy is the floor; merging words never raises it;
    averaging sentence perplexities differs; one cut is a part of the text's probability; quick check 0.72 and 0.76."""
    rng = np.random.default_rng(0)

    def perplexity(q: np.ndarray) -> float:
        with np.errstate(divide="ignore"):
            return float(np.exp(-np.log(q).mean()))

    q = np.array([1 / 2, 1 / 4, 1 / 8])
    assert np.isclose(perplexity(q), 4) and np.isclose(perplexity(q), 1 / np.prod(q) ** (1 / 3))
    assert round(exp(1_000 / 200)) == 148 and round(exp(1_000 / 400)) == 12
    assert round(1_000 / (1_000 * log(2)), 2) == 1.44 and round(log(2), 2) == 0.69
    assert np.isclose(log(40) - log(20), log(2)) and perplexity(np.array([0.5, 0.0])) == np.inf
    assert np.isclose(perplexity(np.full(9, 1 / 50)), 50) and perplexity(np.full(9, 0.001)) > 50
    for _ in range(100):
        p, other = rng.dirichlet(np.ones(6), 2)
        floor = -p @ np.log(p)
        assert -p @ np.log(other) > floor
        assert -p[:2].sum() * log(other[:2].sum()) <= -p[:2] @ np.log(other[:2])  # two words become one
    short, long = np.array([0.5]), np.full(3, 0.1)
    pooled = perplexity(np.r_[short, long])
    assert not np.isclose(pooled, (perplexity(short) + perplexity(long)) / 2)
    cuts = (0.02, 0.3 * 0.1)  # "ab" as one token, and as "a" then "b"
    assert max(cuts) < sum(cuts)
    assert 1_000 * 3.0 < 1_500 * 2.1 and np.isclose(1_500 * 2.1, 3_150) and round(exp(3.0)) == 20
    assert round(exp(2.1)) == 8 and round(250 * 20 / 501) == 10
    assert [round(nats / (6_000 * log(2)), 2) for nats in (3_000, 3_150)] == [0.72, 0.76]


def test_word2vec() -> None:
    """82.5, 14.7 and 2.8 %; six dot products; the best score is the shifted pointwise mutual information, where the
    slope of the loss is zero and positive curvature makes it the minimum; quick check: two words with equal neighbors
    and no common pair end with similar center vectors, but not those of a word and its neighbor; over 60 starts the
    cosines near 0.3 vary by 0.1 and show no order."""
    share = np.array([0.90, 0.09, 0.01]) ** 0.75
    assert [round(float(x), 1) for x in 100 * share / share.sum()] == [82.5, 14.7, 2.8]
    rng, k = np.random.default_rng(0), 5
    joint = rng.dirichlet(np.ones(36)).reshape(6, 6)
    joint = (joint + joint.T) / 2
    p = joint.sum(1)
    noise = k * np.outer(p, p)
    best = np.log(joint / np.outer(p, p)) - log(k)

    def loss(s: np.ndarray) -> float:
        return float(np.sum(joint * np.logaddexp(0, -s) + noise * np.logaddexp(0, s)))

    sigma = 1 / (1 + np.exp(-best))
    assert np.allclose(noise * sigma - joint * (1 - sigma), 0)
    assert all(loss(best) < loss(best + 0.1 * rng.normal(size=(6, 6))) for _ in range(100))
    assert 1 + k == 6

    assert np.isclose(log((1 / 16) / (1 / 8) ** 2) - log(2), log(4) - log(2)) and round(log(2), 2) == 0.69

    # tea, coffee, hot, cup, and four other words; tea and coffee never meet
    pairs = np.zeros((8, 8))
    for a, b in ((0, 2), (0, 3), (1, 2), (1, 3), (4, 6), (4, 7), (5, 6), (5, 7)):
        pairs[a, b] = pairs[b, a] = 1 / 16
    for seed in range(4):
        v, u = np.random.default_rng(10 + seed).normal(0, 0.1, (2, 8, 4))
        for _ in range(500):
            s = 1 / (1 + np.exp(-v @ u.T))
            slope = 2 / 64 * s - pairs * (1 - s)
            v, u = v - slope @ u, u - slope.T @ v
        unit = v / np.linalg.norm(v, axis=1, keepdims=True)
        assert unit[0] @ unit[1] > 0.95 and unit[0] @ unit[2] < 0.6 and v[0] @ u[2] > 0 > v[0] @ u[1]

    # 60 starts at once: the cosines of a word with its neighbor and with an unrelated word
    both = np.array([np.random.default_rng(seed).normal(0, 0.1, (2, 8, 4)) for seed in range(60)])
    v, u = both[:, 0], both[:, 1]
    for _ in range(500):
        s = 1 / (1 + np.exp(-v @ u.swapaxes(1, 2)))
        slope = 2 / 64 * s - pairs * (1 - s)
        v, u = v - slope @ u, u - slope.swapaxes(1, 2) @ v
    unit = v / np.linalg.norm(v, axis=2, keepdims=True)
    cosine = np.einsum("sk,sjk->sj", unit[:, 0], unit[:, [2, 4]])
    assert np.all(abs(cosine.mean(0) - 0.3) < 0.05) and np.all(abs(cosine.std(0, ddof=1) - 0.1) < 0.05)
    gap = cosine[:, 0] - cosine[:, 1]
    assert abs(gap.mean()) < 3 * gap.std(ddof=1) / 60**0.5 and 0.2 < (gap > 0).mean() < 0.8


def test_bleu_and_rouge() -> None:
    """p1 = 1/4 for four times "good"; pooled BLEU is not the mean of the sentences'; a reference with text appended has
    recall 1; other tokens, other score; ROUGE-2 and ROUGE-L recall of the negation, 7/8 and 1; the paraphrase shares
    no three words in a row; more references never lower a precision; quick check: 3/4, the distractors 1, 1/2 and
    0.45."""

    def grams(words: list[str], n: int) -> Counter[tuple[str, ...]]:
        return Counter(tuple(words[i : i + n]) for i in range(len(words) - n + 1))

    def shared(out: str, ref: str, n: int) -> int:
        return sum((grams(out.split(), n) & grams(ref.split(), n)).values())

    def bleu(outs: list[str], refs: list[str]) -> float:
        p = [
            sum(shared(o, r, n) for o, r in zip(outs, refs, strict=True))
            / sum(max(len(o.split()) - n + 1, 0) for o in outs)
            for n in (1, 2, 3, 4)
        ]
        ratio = sum(len(r.split()) for r in refs) / sum(len(o.split()) for o in outs)
        return min(1.0, exp(1 - ratio)) * prod(p) ** 0.25

    assert shared("good good good good", "a good plan", 1) == 1
    ref = "the treaty was signed on monday by both ministers"
    negated = "the treaty was not signed on monday by both ministers"
    free = "both ministers put their names to the agreement on monday"
    rest = iter(negated.split())
    assert shared(negated, ref, 2) / 8 == 7 / 8 and all(word in rest for word in ref.split())  # a subsequence
    assert len(ref.split()) - 1 == 8
    assert shared(free, ref, 3) == 0 and round(bleu([negated], [ref]), 2) == 0.66
    outs, refs = [negated, "we met in the old town"], [ref, "we met in the old town hall"]
    single = [bleu([o], [r]) for o, r in zip(outs, refs, strict=True)]
    assert abs(bleu(outs, refs) - sum(single) / 2) > 0.01
    longer = ref + " and then it rained for a week"
    assert shared(longer, ref, 1) == len(ref.split())
    words, apart = ("it was late, he said, so we left", "it was late , he said , so we left")
    assert bleu([words], ["it was late, he said, and we left"]) != bleu(
        [apart], ["it was late , he said , and we left"]
    )
    both = grams(ref.split(), 1) | grams(free.split(), 1)
    assert sum((grams(negated.split(), 1) & both).values()) >= shared(negated, ref, 1)
    out, target = "the cat the cat", "the cat sat on the mat"
    assert shared(out, target, 1) / 4 == 3 / 4 and shared(out, target, 1) / 6 == 1 / 2
    assert round(3 / 4 * exp(1 - 6 / 4), 2) == 0.45
    assert all(word in target.split() for word in out.split())
    cut = "the treaty was signed"
    assert all(shared(cut, ref, n) == 5 - n for n in (1, 2, 3, 4)) and round(exp(1 - 9 / 4), 2) == 0.29
    assert 0 < bleu([free, *outs], [ref, *refs]) < bleu(outs, refs)


def test_lstm_gates() -> None:
    """The direct derivative of the cell is the forget gate, by finite differences; 117,248 and 117,760, a plain RNN a
    quarter and a GRU three quarters; the shares of the table by simulation; 16 and 78 %
    left after 100 steps; a path through h that explodes although the
    gates are sigmoids; quick check: the cell stays, h is 0."""
    m, n = 100, 128
    block = n * (m + n) + n
    assert 4 * block == 117_248 and 4 * (block + n) == 117_760 and 3 * block == 0.75 * 4 * block

    def sigmoid(z: np.ndarray | float) -> np.ndarray:
        return 1 / (1 + np.exp(-np.asarray(z)))

    rng = np.random.default_rng(0)
    w = rng.normal(size=(4, 3, 5))
    x, h = rng.normal(size=2), rng.normal(size=3)

    def step(c: np.ndarray, h: np.ndarray, w: np.ndarray, x: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        z = w @ np.r_[x, h]
        f, i, o = sigmoid(z[:3])
        c = f * c + i * np.tanh(z[3])
        return c, o * np.tanh(c), f

    c = rng.normal(size=3)
    for j in range(3):
        e = 1e-6 * np.eye(3)[j]
        slope = (step(c + e, h, w, x)[0] - step(c - e, h, w, x)[0]) / 2e-6
        assert np.allclose(slope, step(c, h, w, x)[2] * np.eye(3)[j])
    # the path through h: one unit, large weight from h into the content, gates about half open
    strong = np.zeros((4, 1, 2))
    strong[3, 0, 1] = 40.0

    def run(h0: float) -> float:
        c, h = np.zeros(1), np.array([h0])
        for _ in range(4):
            z = strong @ np.r_[0.0, h]
            f, i, o = sigmoid(z[:3])
            c = f * c + i * np.tanh(z[3])
            h = o * np.tanh(c)
        return float(h[0])

    assert (run(1e-9) - run(-1e-9)) / 2e-9 > 1_000
    for s, steps in ((2.0, 20), (4.0, 100)):
        value = rng.uniform(-1, 1, (steps + 1, 4_000))
        cell = sigmoid(s) * value[0]
        for t in range(1, steps + 1):
            cell = sigmoid(s) * cell + sigmoid(-s) * value[t]
        f, i = float(sigmoid(s)), float(sigmoid(-s))
        flagged = (f * f**steps) ** 2
        share = flagged / (flagged + i**2 * np.sum(f ** (2 * np.arange(steps))))
        found = np.corrcoef(cell, value[0])[0, 1]
        assert abs(found - share**0.5) < 4 * (1 - share) / 4_000**0.5 + 0.01
        if s == 4:
            assert f"{f**100:.0%} {float(sigmoid(6.0)) ** 100:.0%}" == "16% 78%"
    assert float(sigmoid(1.0)) > 0.7
    memory = 0.7
    for _ in range(30):
        memory = 1 * memory + 0 * 0.4
    assert memory == 0.7 and 0 * np.tanh(memory) == 0


def test_bahdanau_attention() -> None:
    """Scores 2, 1, 0 give 0.67, 0.24, 0.09; the derivative of the context in a state is the weight times the identity
    plus a part through the scores; a = 0 reads the mean (quick check); other weights can give the same context; nm
    scores, and U h computed once for each source word; 8 of 200 starts with a word still wrong."""
    weight = np.exp([2.0, 1, 0]) / np.exp([2.0, 1, 0]).sum()
    assert [round(float(x), 2) for x in weight] == [0.67, 0.24, 0.09]
    rng = np.random.default_rng(0)
    n, width = 5, 4
    h, s, a = rng.normal(size=(n, width)), rng.normal(size=width), rng.normal(size=width)
    w, u = rng.normal(size=(2, width, width))

    def read(values: np.ndarray, keys: np.ndarray, a: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        e = np.exp(np.tanh(w @ s + keys @ u.T) @ a)
        return e / e.sum(), e / e.sum() @ values

    alpha, context = read(h, h, a)
    assert np.isclose(alpha.sum(), 1) and np.allclose(read(h, h, 0 * a)[1], h.mean(0))
    through_score = []
    for j in range(n):
        moved = h.copy()
        moved[j, 0] += 1e-6
        direct = (read(moved, h, a)[1] - context) / 1e-6  # through the average alone
        assert np.allclose(direct, alpha[j] * np.eye(width)[0], atol=1e-5)
        full = (read(moved, moved, a)[1] - context) / 1e-6
        through_score.append(abs(full - direct).max())
    assert max(through_score) > 0.01
    # five states in three dimensions: weights differ, the context is the same
    states = rng.normal(size=(5, 3))
    null = np.linalg.svd(np.c_[states, np.ones(5)].T)[2][-1]
    other = np.full(5, 0.2) + 0.1 * null / abs(null).max()
    assert np.all(other > 0) and np.isclose(other.sum(), 1) and np.allclose(other @ states, states.mean(0))
    assert np.tanh(rng.normal(size=(7, 1, width)) + (h @ u.T)[None]).shape == (7, n, width)  # m = 7: nm pairs
    # the page's training from 200 starts at once: in 8 a word is still wrong
    draws = [np.random.default_rng(seed) for seed in range(200)]
    s, h = np.array([r.normal(size=(2, 4, 16)) for r in draws]).swapaxes(0, 1)
    w, u = np.array([r.normal(size=(2, 16, 16)) for r in draws]).swapaxes(0, 1) / 4
    a = np.array([r.normal(size=16) for r in draws]) / 4
    words = np.array([r.normal(size=(100, 32, 4)) for r in draws])
    for step in range(100):
        x = words[:, step]
        z = np.tanh((s @ w)[:, :, None] + (h @ u)[:, None])
        weights = np.exp((z @ a[:, None, :, None])[..., 0])
        weights /= weights.sum(2, keepdims=True)
        g = (x @ weights.swapaxes(1, 2) - x[:, :, ::-1]).swapaxes(1, 2) @ x / 32
        g = weights * (g - (g * weights).sum(2, keepdims=True))
        dz = g[..., None] * a[:, None, None] * (1 - z**2)
        a = a - (g.reshape(200, 1, 16) @ z.reshape(200, 16, 16))[:, 0]
        w, u = w - s.swapaxes(1, 2) @ dz.sum(2), u - h.swapaxes(1, 2) @ dz.sum(1)
    right = weights[:, :, ::-1].diagonal(axis1=1, axis2=2).min(1)
    assert (right < 0.5).sum() == 8 and (right > 0.9).sum() == 192
