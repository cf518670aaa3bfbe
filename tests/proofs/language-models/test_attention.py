"""Proofs of language-models/attention: numbers and claims that no fence on the page decides."""

from math import exp, log, sqrt

import numpy as np


def softmax(score: np.ndarray) -> np.ndarray:
    weight = np.exp(score - score.max(-1, keepdims=True))
    return weight / weight.sum(-1, keepdims=True)


def attend(x: np.ndarray, maps: np.ndarray, seen: np.ndarray | None = None) -> np.ndarray:
    """One head of self-attention with maps for queries, keys and values; `seen` is true where a row may look."""
    query, key, value = x @ maps
    score = query @ key.T / sqrt(key.shape[1])
    if seen is not None:
        score = np.where(seen, score, -np.inf)
    return softmax(score) @ value


def stack(x: np.ndarray, seen: np.ndarray | None, layers: int = 3, seed: int = 1) -> list[np.ndarray]:
    """Vectors after each layer of attention and a feed-forward block, both with residual connections."""
    rng, out, d = np.random.default_rng(seed), [], x.shape[1]
    for _ in range(layers):
        x = x + attend(x, rng.normal(size=(3, d, d)) / sqrt(d), seen)
        x = x + np.maximum(x @ rng.normal(size=(d, 4 * d)) / sqrt(d), 0) @ rng.normal(size=(4 * d, d)) / sqrt(4 * d)
        out.append(x)
    return out


def test_self_attention() -> None:
    """The table: dot products 4, 2, 0, scores 2, 1, 0, exponentials 7.39, 2.72, 1, sum 11.11, weights 0.665, 0.245,
    0.090, output 0.755 and 0.335; rows sum to 1, columns need not; one map for both gives symmetric scores; quick check
    5, with 6 and 20 as distractors."""
    keys = np.array([[1, 1, 1, 1], [1, 1, 1, -1], [1, 1, -1, -1]])
    values = np.array([[1, 0], [0, 1], [1, 1]])
    dot = keys @ np.ones(4)
    score = dot / 2
    weight = softmax(score)
    assert list(dot) == [4, 2, 0] and list(score) == [2, 1, 0] and sqrt(4) == 2
    assert [round(exp(s), 2) for s in score] == [7.39, 2.72, 1.00] and round(sum(exp(s) for s in score), 2) == 11.11
    assert [round(w, 3) for w in weight] == [0.665, 0.245, 0.090]
    assert [round(v, 3) for v in weight @ values] == [0.755, 0.335]

    rng = np.random.default_rng(0)
    x, maps = rng.normal(size=(5, 8)), rng.normal(size=(2, 8, 4))
    both = softmax((x @ maps[0]) @ (x @ maps[1]).T / 2)
    columns = both.sum(0)
    assert np.allclose(both.sum(1), 1) and columns.max() > 1.05 and columns.min() < 0.95
    one = (x @ maps[0]) @ (x @ maps[0]).T
    two = (x @ maps[0]) @ (x @ maps[1]).T
    assert np.allclose(one, one.T) and not np.allclose(two, two.T)
    other = rng.normal(size=(5, 8))  # another input, the same maps: other weights
    assert not np.allclose(both, softmax((other @ maps[0]) @ (other @ maps[1]).T / 2))

    check = softmax(np.array([0, 0, log(2)]))
    assert np.allclose(check, (1 / 4, 1 / 4, 1 / 2)) and np.isclose(check @ (4, 12, 2), 5)
    assert np.mean((4, 12, 2)) == 6 and 4 + 12 + 2 * 2 == 20 and 1 + 3 + 1 == 5 and np.isclose(2 + exp(log(2)), 4)


def test_scaled_dot_product() -> None:
    """The variance of a dot product is the width, exactly for signs and by simulation for normals, so 8 for 64 and
    twice as much for a width of 256; the derivatives of the softmax, all near 0 when one weight is near 1; the factor
    folds into the query map; subtracting the largest score prevents overflow; aligned vectors have a product of d; the
    derivative of the weights by the query keeps its size with root d, shrinks with d and is
    nearly 0 or very large undivided; 1/32 is 0.03."""
    signs = np.array([[1 if code >> i & 1 else -1 for i in range(6)] for code in range(64)])
    products = (signs @ signs.T).ravel()  # every query of six signs with every key
    assert products.mean() == 0 and products.var() == 6
    rng = np.random.default_rng(0)
    q, k = rng.normal(size=(2, 20_000, 64))
    dots = (q * k).sum(1)
    assert abs(dots.var() - 64) < 4 * ((dots - dots.mean()) ** 2).std() / sqrt(dots.size) and sqrt(64) == 8
    assert sqrt(4 * 64) == 2 * sqrt(64)

    score = rng.normal(size=7)
    p, step = softmax(score), 1e-6
    jacobian = np.diag(p) - np.outer(p, p)
    for j in range(7):
        moved = softmax(score + step * np.eye(7)[j])
        assert np.allclose((moved - p) / step, jacobian[:, j], atol=1e-6)
    assert np.isclose(np.trace(jacobian), (p * (1 - p)).sum())
    sharp = softmax(np.array([0.0, 0, 20]))
    assert abs(np.diag(sharp) - np.outer(sharp, sharp)).max() < 1e-8

    x, maps = rng.normal(size=(5, 8)), rng.normal(size=(3, 8, 16))
    folded = softmax((x @ (maps[0] / sqrt(16))) @ (x @ maps[1]).T) @ (x @ maps[2])
    assert np.allclose(folded, attend(x, maps))
    with np.errstate(over="ignore", invalid="ignore"):
        assert np.isnan(np.exp(np.array([1_000.0, 0])) / np.exp(np.array([1_000.0, 0])).sum()).any()
    assert np.allclose(softmax(np.array([1_000.0, 0])), (1, 0))
    aligned = (q**2).sum(1)  # key equal to the query: mean d, not its root
    assert abs(aligned.mean() - 64) < 4 * aligned.std() / sqrt(aligned.size)
    assert 8 * 64 == 512 and round(1 / 32, 2) == 0.03

    def by_query(query: np.ndarray, keys: np.ndarray, divisor: float) -> np.ndarray:
        weight = softmax(keys @ query / divisor)
        return weight[:, None] * (keys - weight @ keys) / divisor

    lengths = np.linalg.norm(rng.normal(size=(200, 64)), axis=1)
    assert abs(lengths.mean() - 8) < 0.2
    query, keys = rng.normal(size=4), rng.normal(size=(32, 4))
    for j in range(4):
        moved = softmax(keys @ (query + step * np.eye(4)[j]) / 2)
        assert np.allclose((moved - softmax(keys @ query / 2)) / step, by_query(query, keys, 2)[:, j], atol=1e-5)
    sizes = {
        (d, power): np.mean(
            [np.linalg.norm(by_query(rng.normal(size=d), rng.normal(size=(32, d)), d**power)) for _ in range(100)]
        )
        for d in (16, 64, 256)
        for power in (0.5, 1)
    }
    assert max(abs(sizes[d, 0.5] - 0.24) for d in (16, 64, 256)) < 0.03
    assert sizes[16, 1] > 1.8 * sizes[64, 1] > 1.8**2 * sizes[256, 1]
    up, norms = rng.normal(size=32), {}  # a gradient on the weights, carried to the query
    for power in (0, 0.5):
        draws = [by_query(rng.normal(size=256), rng.normal(size=(32, 256)), 256**power) for _ in range(200)]
        norms[power] = np.quantile([np.linalg.norm(up @ one) for one in draws], (0.15, 0.85))
    assert norms[0][0] < 0.05 * norms[0.5][0] and norms[0][1] > 5 * norms[0.5][1] and norms[0.5][1] < 3 * norms[0.5][0]
    inputs, to_query = rng.normal(size=(2_000, 50)), rng.normal(size=(50, 50)) / sqrt(50)
    assert abs((inputs @ to_query).var() - 1) < 0.1


def test_multi_head_attention() -> None:
    """Concatenation times the output matrix is a sum over heads; one head passes shares whose mean is one half, 94 %
    and 6 % at a weight of 0.8, two heads all; 4 d squared parameters, the same products and h n squared weights for
    any h; rank at most d/h; a head's maps read the whole vector."""
    assert 768 / 12 == 64 and 4_096 / 32 == 128
    rng = np.random.default_rng(0)
    n, d = 20, 32
    x = rng.normal(size=(n, d))
    counts = {}
    for h in (1, 8, 16):
        width = d // h
        maps, output = rng.normal(size=(h, 3, d, width)), rng.normal(size=(d, d))
        heads = [attend(x, m) for m in maps]
        together = np.hstack(heads) @ output
        assert np.allclose(together, sum(head @ output[i * width : (i + 1) * width] for i, head in enumerate(heads)))
        scores = [(x @ m[0]) @ (x @ m[1]).T for m in maps]
        assert max(np.linalg.matrix_rank(s) for s in scores) <= width
        counts[h] = maps.size + output.size, h * n * n * width, sum(s.size for s in scores)
    assert counts[1][0] == counts[8][0] == counts[16][0] == 4 * d * d
    assert counts[1][1] == counts[8][1] == counts[16][1] and counts[16][2] == 2 * counts[8][2] == 16 * n * n

    # best linear reader of w a + (1 - w) b for independent a and b of variance 1: share = squared correlation
    for w in (0.5, 0.8, 1.0):
        total = w**2 + (1 - w) ** 2
        first, second = w**2 / total, (1 - w) ** 2 / total
        assert np.isclose(first + second, 1)
        covariance = np.array([[1, 0, w], [0, 1, 1 - w], [w, 1 - w, total]])
        assert np.allclose(covariance[:2, 2] ** 2 / total, (first, second))
        if w == 0.8:
            assert round(100 * first) == 94 and round(100 * second) == 6
    # the same share in every direction for any common covariance; not if a and b live in different coordinates
    root = rng.normal(size=(4, 4))
    shape, total = root @ root.T, 0.8**2 + 0.2**2
    explained = 0.8 * shape @ np.linalg.inv(total * shape) @ (0.8 * shape)
    assert np.allclose(explained, 0.8**2 / total * shape)
    apart = 0.8 * np.diag([1, 0]) + 0.2 * np.diag([0, 1])
    assert np.linalg.matrix_rank(apart) == 2
    a, b = rng.normal(size=(2, 400, 4))
    pair = np.hstack([a, b])
    blend = 0.8 * a + 0.2 * b
    missed = pair - blend @ np.linalg.lstsq(blend, pair)[0]
    assert abs(1 - np.mean(missed**2) / np.mean(pair**2) - 0.5) < 0.05

    # two heads fetch rows 0 and 1 whole: content of width 4 in heads of width 4
    content = np.zeros((3, 8))
    content[0, :4], content[1, :4] = a[0], b[0]
    place = np.eye(3)
    tokens = np.hstack([content, place])
    fetched = []
    for target in (0, 1):
        query, key, value = np.zeros((11, 4)), np.zeros((11, 4)), np.zeros((11, 4))
        query[10, 0], key[8 + target, 0] = 100, 100
        value[:4] = np.eye(4)
        fetched.append(attend(tokens, np.stack([query, key, value]))[2])
    assert np.allclose(np.hstack(fetched), np.hstack([a[0], b[0]]))
    # an entry of the input outside a head's "slice" moves its output
    maps = rng.normal(size=(3, d, 4))
    changed = x.copy()
    changed[:, -1] += 1
    assert not np.allclose(attend(x, maps), attend(changed, maps))


def test_causal_mask() -> None:
    """Equal scores: row t holds 1/t; one masked pass equals passes over the prefixes, also in a stack, while one layer
    without a mask leaks; without a mask a head can copy the next token; a row without anything to see is NaN; a new
    token needs no mask; packing needs a block mask; quick check one half."""
    for t, row in enumerate(softmax(np.where(np.tri(4) > 0, 0.0, -np.inf)), 1):
        assert np.allclose(row, [1 / t] * t + [0] * (4 - t))
    rng = np.random.default_rng(0)
    x = rng.normal(size=(6, 8))
    seen = np.tri(6, dtype=bool)
    whole = stack(x, seen)[-1]
    for t in range(1, 7):
        assert np.allclose(stack(x[:t], np.tri(t, dtype=bool))[-1][-1], whole[t - 1])
    maps = rng.normal(size=(3, 8, 8)) / sqrt(8)
    changed = x.copy()
    changed[5] += 1
    leaky = [attend(attend(attend(y, maps, seen), maps, None), maps, seen) for y in (x, changed)]
    tight = [attend(attend(attend(y, maps, seen), maps, seen), maps, seen) for y in (x, changed)]
    assert abs(leaky[0] - leaky[1])[:5].max() > 1e-4 and np.allclose(tight[0][:5], tight[1][:5])

    # copying: places in the last six entries; the query of place i is the key of place i + 1
    word = rng.normal(size=(6, 8))
    tokens = np.hstack([word, np.eye(6)])
    query, key, value = np.zeros((14, 8)), np.zeros((14, 8)), np.zeros((14, 8))
    key[8:, :6], query[8:13, 1:6], value[:8] = 30 * np.eye(6), 30 * np.eye(5), np.eye(8)
    copied = attend(tokens, np.stack([query, key, value]))
    assert np.allclose(copied[:5], word[1:])
    masked = attend(tokens, np.stack([query, key, value]), seen)
    assert not np.allclose(masked[:5], word[1:])

    with np.errstate(invalid="ignore"):
        nothing = np.full(3, -np.inf)
        assert np.isnan(softmax(nothing)).all()
        first = softmax(np.where(np.tri(4, k=-1) > 0, 0.0, -np.inf))[0]
        assert np.isnan(first).all()  # the diagonal masked too
    last = softmax((x[5] @ maps[0]) @ (x @ maps[1]).T / sqrt(8)) @ (x @ maps[2])  # one query, all stored keys
    assert np.allclose(last, attend(x, maps, seen)[5])
    blocks = seen & (np.arange(6)[:, None] // 3 == np.arange(6) // 3)
    apart = x.copy()
    apart[0] += 1
    assert np.allclose(attend(apart, maps, blocks)[3:], attend(x, maps, blocks)[3:])
    assert not np.allclose(attend(apart, maps, seen)[3:], attend(x, maps, seen)[3:])
    assert softmax(np.zeros(4))[2:].sum() == 0.5 and softmax(np.zeros(4))[2] == 1 / 4


def test_attention_complexity() -> None:
    """Shapes of the products give 8 n d², 16 n d² and 4 n² d; half at n = 6d, 12d if half of the scores is skipped;
    2.3 for doubling at 4,096 and 2.5 in the quick check, where the quadratic part is a quarter; the cost of one new
    token; a window; heads leave the operations alone."""

    def product(m: int, k: int, p: int) -> int:
        return 2 * m * k * p

    for n, d, h in ((100, 64, 8), (2_048, 1_024, 16), (4_096, 4_096, 32)):
        assert 4 * product(n, d, d) == 8 * n * d**2
        assert product(n, d, 4 * d) + product(n, 4 * d, d) == 16 * n * d**2
        assert h * product(n, d // h, n) == product(n, d, n) == 2 * n**2 * d == h * product(n, n, d // h)

    def layer(n: int, d: int, part: float = 1) -> float:
        return 24 * n * d**2 + part * 4 * n**2 * d

    d = 4_096
    assert 4 * (6 * d) ** 2 * d == 24 * (6 * d) * d**2 and 6 * d == 24_576
    assert 0.5 * 4 * (12 * d) ** 2 * d == 24 * (12 * d) * d**2
    assert np.isclose(4 * 5**2 * 7 / layer(5, 7), 5 / (6 * 7 + 5))
    assert np.tri(1_000, dtype=bool).mean() < 0.51
    assert round(layer(8_192, d) / layer(4_096, d), 1) == 2.3
    assert layer(4_096, 1_024) / layer(2_048, 1_024) == 2.5 == 2 * 10_240 / 8_192
    assert 4 * 2_048**2 * 1_024 / layer(2_048, 1_024) == 0.25 and 6 * 1_024 + 4_096 == 10_240
    n = 500
    one = 4 * product(1, d, d) + product(1, d, 4 * d) + product(1, 4 * d, d) + product(1, d, n) + product(1, n, d)
    assert one == 24 * d**2 + 4 * n * d
    assert 2 * 2 * n * d == 4 * n * d  # bytes: keys and values, 2 bytes each
    assert 5 / 2 == 2.5 and round((1 + 2.5) / (3 + 1 + 2.5), 2) == 0.54  # at n = 6d the share goes from 0.50 to 0.54
    w = 64
    assert n * (product(1, d, w) + product(1, w, d)) == 4 * n * w * d


def test_positional_encoding() -> None:
    """Position 3 for width 4; a shift is one rotation everywhere; the dot product is a sum of cosines of the distance;
    the slowest speed is near 1/10,000; a stack without positions gives the same mean for the two reviews; causal
    attention to a marked first token returns 1/t; entries within 1."""

    def sinusoid(t: float, d: int) -> np.ndarray:
        angle = t * 10_000.0 ** (-2 * np.arange(d // 2) / d)
        return np.stack([np.sin(angle), np.cos(angle)], 1).ravel()

    assert np.allclose(10_000.0 ** (-2 * np.arange(2) / 4), (1, 0.01))
    assert np.allclose(sinusoid(3, 4), (0.141, -0.990, 0.030, 1.000), atol=0.0005)
    d, k = 16, 5
    omega = 10_000.0 ** (-2 * np.arange(d // 2) / d)
    turn = np.zeros((d, d))
    for i, w in enumerate(omega):
        c, s = np.cos(w * k), np.sin(w * k)
        turn[2 * i : 2 * i + 2, 2 * i : 2 * i + 2] = [[c, s], [-s, c]]
    assert np.allclose(turn @ turn.T, np.eye(d))
    for t in (0, 3, 700):
        assert np.allclose(turn @ sinusoid(t, d), sinusoid(t + k, d))
        assert np.isclose(sinusoid(t, d) @ sinusoid(t + 9, d), np.cos(omega * 9).sum())
        assert abs(sinusoid(t, d)).max() <= 1
    speeds = 10_000.0 ** (-2 * np.arange(256) / 512)
    assert speeds[0] == 1 and 1e-4 < speeds[-1] < 1.04e-4

    rng = np.random.default_rng(0)
    word = dict(zip(("not", "bad", "very", "good"), rng.normal(size=(4, 8)), strict=True))
    texts = [np.array([word[w] for w in text.split()]) for text in ("not bad very good", "not good very bad")]
    same = [stack(x, None)[-1].mean(0) for x in texts]
    causal = [stack(x, np.tri(4, dtype=bool))[-1].mean(0) for x in texts]
    assert np.allclose(*same) and not np.allclose(*causal)
    swapped = texts[0][[1, 0, 2, 3]]  # the last token's vector meets the order of earlier ones in the second layer
    last = [[y[-1] for y in stack(x, np.tri(4, dtype=bool))] for x in (texts[0], swapped)]
    assert np.allclose(last[0][0], last[1][0]) and not np.allclose(last[0][1], last[1][1])
    assert np.isclose(sinusoid(9, d) @ sinusoid(4, d), sinusoid(4, d) @ sinusoid(9, d))
    for t, row in enumerate(softmax(np.where(np.tri(9) > 0, 0.0, -np.inf)), 1):
        assert np.isclose(row @ np.eye(9)[0], 1 / t)  # value 1 at the first token, 0 elsewhere
    a, x, p = rng.normal(size=(8, 8)), rng.normal(size=8), rng.normal(size=8)
    other = rng.normal(size=(8, 8))
    assert np.allclose(a @ (x + p), a @ x + a @ p)
    assert np.allclose(np.hstack([a, other]) @ np.r_[x, p], a @ x + other @ p)


def test_rope_and_alibi() -> None:
    """Rotations as matrices: the identity, lengths kept, no parameters; slopes 1/2 to 1/256, factors 0.007 and 0.96 at
    distance 10, 16 at 4,096; 54 degrees at 8,192, twice the trained angle; fast pairs turn many times; interpolation by
    4 keeps the range and quarters the step; a larger base slows all pairs but the first."""
    d = 16
    theta = 10_000.0 ** (-2 * np.arange(d // 2) / d)

    def turn(m: float) -> np.ndarray:
        out = np.zeros((d, d))
        for i, angle in enumerate(m * theta):
            c, s = np.cos(angle), np.sin(angle)
            out[2 * i : 2 * i + 2, 2 * i : 2 * i + 2] = [[c, -s], [s, c]]
        return out

    rng = np.random.default_rng(0)
    q, k = rng.normal(size=(2, d))
    for m, n in ((5, 2), (1_005, 1_002), (40, 700)):
        assert np.isclose((turn(m) @ q) @ (turn(n) @ k), q @ turn(n - m) @ k)
        assert np.isclose(np.linalg.norm(turn(m) @ q), np.linalg.norm(q))
    p = rng.normal(size=(2, d))  # added vectors: content meets position in cross terms
    assert np.isclose((q + p[0]) @ (k + p[1]), q @ k + q @ p[1] + p[0] @ k + p[0] @ p[1])

    slopes = 2.0 ** -np.arange(1, 9)
    assert slopes[0] == 1 / 2 and slopes[1] == 1 / 4 and slopes[-1] == 1 / 256
    assert round(exp(-10 * slopes[0]), 3) == 0.007 and exp(-5) == exp(-10 / 2)
    assert round(exp(-10 * slopes[-1]), 2) == 0.96 and 4_096 / 256 == 16
    score = np.array([1.3, 0.4])  # own position and a key ten back: odds are multiplied
    before, after = softmax(score), softmax(score - np.array([0, 5]))
    assert np.isclose((after[1] / after[0]) / (before[1] / before[0]), exp(-5))

    wide = 10_000.0 ** (-2 * np.arange(64) / 128)
    slow = 4_096 * wide < 2 * np.pi
    assert slow.sum() == 18 and slow[-18:].all()
    assert round(float(np.degrees(8_192 * wide[-1]))) == 54 == 2 * round(float(np.degrees(4_096 * wide[-1])))
    assert 4_096 * wide[0] / (2 * np.pi) > 600
    assert 16_384 / 4_096 == 4 and np.all((16_384 / 4) * wide <= 4_096 * wide) and np.isclose(0.25 * wide[0], 0.25)
    larger = 500_000.0 ** (-2 * np.arange(64) / 128)
    assert larger[0] == wide[0] == 1 and np.all(larger[1:] < wide[1:])


def test_bert_or_gpt() -> None:
    """Changing the last token moves the vector of "bank" in an encoder and in no layer of a decoder; appending moves
    all earlier vectors of an encoder only; the last token sees all; 15 % of 512 are 77 against 511."""
    rng = np.random.default_rng(0)
    river = rng.normal(size=(5, 8))  # the bank of the river
    city = river.copy()
    city[4] = rng.normal(size=8)
    causal = np.tri(5, dtype=bool)
    for a, b in zip(stack(river, causal), stack(city, causal), strict=True):
        assert np.allclose(a[:4], b[:4]) and not np.allclose(a[4], b[4])
    for a, b in zip(stack(river, None), stack(city, None), strict=True):
        assert np.all(abs(a - b).max(1) > 1e-4)
    longer = np.vstack([river, rng.normal(size=8)])
    assert np.all(abs(stack(longer, None)[-1][:5] - stack(river, None)[-1]).max(1) > 1e-4)
    assert np.allclose(stack(longer, np.tri(6, dtype=bool))[-1][:5], stack(river, causal)[-1])
    early = river.copy()
    early[0] += 1
    assert not np.allclose(stack(early, causal)[-1][4], stack(river, causal)[-1][4])
    assert round(0.15 * 512) == 77 and 512 - 1 == 511 and round(8 / 0.3) == 27


def test_transformer_parameter_count() -> None:
    """85 and 39, together 124 million; the rest under 1 %; a gated block of 8d/3 holds 8 d²; two thirds and one third;
    16 GB; 1.6 of 8.0 missed; 173.9, 174.6 for GPT-3; 16 d² with cross-attention; quick check two; 3.5; more heads
    leave a layer alone if each has its own keys and values, but not if they share a fixed number of them."""
    layers, table = 12 * 12 * 768**2, 50_257 * 768
    assert round(layers / 1e6) == 85 and round(table / 1e6) == 39 and round((layers + table) / 1e6) == 124
    assert 0 < (124_439_808 - layers - table) / 124_439_808 < 0.01
    d = 768
    assert 3 * d * (8 * d // 3) == 8 * d * d == 2 * d * (4 * d) and 8 / 12 == 2 / 3
    assert 14_336 / 4_096 == 3.5
    shape = 12 * 32 * 4_096**2
    total = 8_030_261_248
    assert round(total / 1e9, 2) == 8.03 and round(2 * total / 1e9) == 16
    assert round((total - shape) / 1e9, 1) == 1.6 and round(total / 1e9, 1) == 8.0
    large = 12 * 96 * 12_288**2
    assert round(large / 1e9, 1) == 173.9 and round((large + 50_257 * 12_288) / 1e9, 1) == 174.6
    assert 4 + 4 + 8 == 16
    assert 12 * (6) * (2 * d) ** 2 == 2 * layers
    attention = {(g, h): 2 * 4_096**2 + 2 * 4_096 * (4_096 * g // h) for g, h in ((32, 32), (64, 64), (8, 32), (8, 64))}
    assert attention[32, 32] == attention[64, 64] == 4 * 4_096**2 and attention[8, 64] < attention[8, 32]
    # two operations per weight and token: a d by p matrix takes 2dp
    assert 4 * 2 * d * d + 2 * 2 * d * 4 * d == 2 * (12 * d * d)
