"""Proofs for "Tokens, blocks and pretraining": what the page states and has no room to run, one function each."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from math import comb, exp, prod, sqrt

import numpy as np


def test_byte_pair_encoding() -> None:
    """256 + 50,000 + 1 = 50,257; a table of 128,000 by 4,096 has 524 million weights; replaying merges equals merging
    the earliest known pair first; bytes cover any text; longest match differs on "here"; quick check: s, ing."""
    assert 256 + 50_000 + 1 == 50_257 and round(128_000 * 4_096 / 1e6) == 524

    def merge(word: tuple[str, ...], pair: tuple[str, str]) -> tuple[str, ...]:
        out: list[str] = []
        for piece in word:
            if out and (out[-1], piece) == pair:
                out[-1] += piece
            else:
                out.append(piece)
        return tuple(out)

    def replay(word: str, merges: list[tuple[str, str]]) -> tuple[str, ...]:
        pieces = tuple(word)
        for pair in merges:
            pieces = merge(pieces, pair)
        return pieces

    def by_rank(word: str, merges: list[tuple[str, str]]) -> tuple[str, ...]:
        pieces = tuple(word)
        while known := [pair for pair in pairwise(pieces) if pair in merges]:
            pieces = merge(pieces, min(known, key=merges.index))
        return pieces

    def longest(word: str, vocabulary: set[str]) -> tuple[str, ...]:
        out = []
        while word:
            end = max(n for n in range(1, len(word) + 1) if n == 1 or word[:n] in vocabulary)
            out.append(word[:end])
            word = word[end:]
        return tuple(out)

    rng = np.random.default_rng(0)
    texts = ["".join(rng.choice(list("abc"), size=9)) for _ in range(60)]
    words, merges = {tuple(t): 1 for t in texts}, []
    sizes = []
    for _ in range(12):
        pairs: Counter[tuple[str, str]] = Counter()
        for word, n in words.items():
            for pair in pairwise(word):
                pairs[pair] += n
        merges.append(max(pairs, key=lambda pair: pairs[pair]))
        words = {merge(w, merges[-1]): n for w, n in words.items()}
        sizes.append(len({a + b for a, b in merges}))
    for text in texts + ["".join(rng.choice(list("abc"), size=15)) for _ in range(60)]:
        assert replay(text, merges) == by_rank(text, merges) and "".join(replay(text, merges)) == text
    assert all(replay(text, merges) in words for text in texts)  # training and encoding agree
    assert sizes == list(range(1, 13))

    order = [("e", "r"), ("h", "e"), ("r", "e"), ("o", "v"), ("ov", "er")]  # as printed on the page
    vocabulary = {a + b for a, b in order}
    assert all("l" not in word for word in ("over", "after", "he", "she", "are", "red"))
    assert replay("here", order) == ("h", "er", "e") and {"he", "re"} < vocabulary
    assert longest("here", vocabulary) == ("he", "re")
    assert all(b in range(256) for b in "çग😀".encode())
    assert replay("sing", [("n", "g"), ("i", "n"), ("i", "ng")]) == ("s", "ing")
    assert replay("sing", [("i", "n"), ("n", "g")]) == ("s", "in", "g")  # the distractor
    assert replay("sing", [("n", "g")]) == ("s", "i", "ng")


def test_tokenization_surprises() -> None:
    """Groups of up to three from the left shift with one more digit and, from the right, do not; "berry" has two r's;
    six code points of the greeting are 18 bytes; quick check: four Cyrillic letters are eight bytes; loss per byte and
    per token can rank two models differently."""

    def from_left(number: str) -> list[str]:
        return re.findall(r"\d{1,3}", number)

    def from_right(number: str) -> list[str]:
        return [group[::-1] for group in from_left(number[::-1])][::-1]

    assert from_left("234567") == ["234", "567"] and from_left("1234567") == ["123", "456", "7"]
    assert from_right("1234567") == ["1", *from_right("234567")]
    assert "berry".count("r") == 2 and "strawberry".count("r") == 3
    assert len("नमस्ते") == 6 and len("नमस्ते".encode()) == 18
    assert len("мама") == 4 and len("мама".encode()) == 8
    size = 12_000
    assert (size / 4) * 2.0 < (size / 3) * 1.6  # nats for the whole text, 4 and 3 bytes a token
    assert exp(1.6) < exp(2.0)  # while the perplexity per token says the opposite


def test_pre_norm_and_rmsnorm() -> None:
    """3.54 and both outputs for (1, 2, 3, 6); on centered vectors both norms agree; adding 10 moves only RMSNorm, a
    factor neither; variance 1 + l, block 99 adds 1 %; the shift is the root of depth for post-norm and of twice the
    harmonic sum for pre-norm; the stream without a final norm grows."""
    x = np.array([1.0, 2.0, 3.0, 6.0])

    def rms(x: np.ndarray) -> np.ndarray:
        return x / np.sqrt((x**2).mean(0))

    def layer(x: np.ndarray) -> np.ndarray:
        return (x - x.mean(0)) / x.std(0)

    assert round(sqrt(12.5), 2) == 3.54 == round(float(np.sqrt((x**2).mean())), 2)
    assert np.allclose(rms(x), (0.28, 0.57, 0.85, 1.70), atol=0.005)
    assert np.allclose(layer(x), (-1.07, -0.53, 0, 1.60), atol=0.005)
    assert np.allclose(layer(x), rms(x - x.mean()))
    assert np.allclose(layer(x + 10), layer(x)) and abs(rms(x + 10) - rms(x)).max() > 0.5
    assert np.allclose(layer(7 * x), layer(x)) and np.allclose(rms(7 * x), rms(x))
    assert 1 / (1 + 99) == 0.01  # block 99 turns variance 99 into 100

    # expected shift for 1 % noise by variance counting, against the page's run at depth 4, 16, 64
    post = [0.01 * sqrt(depth) for depth in (4, 16, 64)]
    pre = [0.01 * sqrt(2 * sum(1 / (n + 1) for n in range(1, depth + 1))) for depth in (4, 16, 64)]
    assert np.allclose(post, (0.020, 0.044, 0.081), rtol=0.12) and np.allclose(pre, (0.016, 0.023, 0.028), rtol=0.06)

    rng = np.random.default_rng(0)
    n, depth = 64, 24
    x = rms(rng.normal(size=(n, 16)))
    sizes = []
    for _ in range(depth):
        a, b = rng.normal(size=(2, n, n)) * np.sqrt(np.array([2, 1]) / n)[:, None, None]
        x = x + b @ np.maximum(a @ rms(x), 0)
        sizes.append((x**2).mean())
    assert abs(sizes[-1] / (1 + depth) - 1) < 0.3 and sizes[0] < sizes[5] < sizes[-1]

    scores = rms(rng.normal(size=(n, 9))).T @ rms(rng.normal(size=(n, 9)))  # QK-norm: bounded by the width
    assert abs(scores).max() <= n + 1e-9


def test_mixture_of_experts() -> None:
    """176 million an expert, 45.1 and 11.3 billion, 42 million attention, 1.6 shared, 46.7 and 12.9 billion, 93 GB,
    not 56; the auxiliary sum is 1 and N; the overflow against draws; 7.9 experts for 16 tokens; 28 and 4.9e14 sets."""
    expert = 3 * 4_096 * 14_336
    assert round(expert / 1e6) == 176
    all_experts, active = 32 * 8 * expert, 32 * 2 * expert
    assert round(all_experts / 1e9, 1) == 45.1 and round(active / 1e9, 1) == 11.3
    attention = 2 * 4_096 * 4_096 + 2 * 4_096 * 1_024  # queries and output; 8 key-value heads of 128
    assert round(attention / 1e6) == 42
    shared = 32 * attention + 2 * 32_000 * 4_096
    assert round(shared / 1e9, 1) == 1.6
    total = all_experts + shared
    assert round(total / 1e9, 1) == 46.7 and round((active + shared) / 1e9, 1) == 12.9
    assert round(2 * total / 1e9) == 93 and 8 * 7 == 56

    for experts in (8, 64):
        even = np.full(experts, 1 / experts)
        one = np.eye(experts)[0]
        assert np.isclose(experts * even @ even, 1) and np.isclose(experts * one @ one, experts)
        assert np.isclose(experts * one @ even, 1)  # tokens collapsed, probability even: not N
    assert np.exp(3.7) / np.exp([3.7]).sum() == 1  # a softmax over one chosen score

    rng = np.random.default_rng(0)  # fair routing, room for exactly the even share
    loads = rng.multinomial(4_096, np.full(64, 1 / 64), size=400)
    lost = np.maximum(loads - 64, 0).sum(1) / 4_096
    room = 1 / sqrt(2 * np.pi) * sqrt(64 * (1 - 1 / 64)) / 64  # normal approximation
    assert abs(lost.mean() - room) < 4 * lost.std() / 20 + 0.0005 and round(100 * room) == 5

    assert round(8 * (1 - (6 / 8) ** 16), 1) == 7.9 and 8 * (1 - 6 / 8) == 2
    assert comb(8, 2) == 28 and f"{comb(64, 16):.1e}" == "4.9e+14" and 16 * 1 / 8 == 2


def test_masked_or_causal_pretraining() -> None:
    """77 targets and 61 masks of 512; 1/0.15 = 6.7; the chain's two losses, and that the one-sided sum is the text's
    entropy while the two-sided sum is not; two masks drawn alone give New Angeles with 1/4, the causal draw never."""
    assert round(0.15 * 512) == 77 and round(0.15 * 512 * 0.8) == 61 and round(1 / 0.15, 1) == 6.7
    assert np.isclose(0.8 + 0.1 + 0.1, 1)

    n, stay = 8, 0.9
    texts = np.array([[code >> i & 1 for i in range(n)] for code in range(2**n)])
    repeats = texts[:, 1:] == texts[:, :-1]
    p = 0.5 * np.where(repeats, stay, 1 - stay).prod(1)
    entropy = -(p @ np.log2(p))
    one = -(stay * np.log2(stay) + (1 - stay) * np.log2(1 - stay))
    assert round(one, 3) == 0.469 and np.isclose(entropy, 1 + (n - 1) * one)  # the chain rule
    equal = stay**2 + (1 - stay) ** 2
    inside = stay**2 / equal
    both = -equal * (inside * np.log2(inside) + (1 - inside) * np.log2(1 - inside)) + (1 - equal)
    assert round(both, 3) == 0.258 and 2 * one + (n - 2) * both < entropy

    pairs = {("New", "York"): 0.5, ("Los", "Angeles"): 0.5}
    first = sum(q for (a, _), q in pairs.items() if a == "New")
    second = sum(q for (_, b), q in pairs.items() if b == "Angeles")
    assert first * second == 0.25
    given = sum(q for (a, b), q in pairs.items() if (a, b) == ("New", "Angeles")) / first
    assert given == 0


def test_scaling_laws() -> None:
    """The closed form against a grid; 3.2 and 3.2 for ten times the compute with equal exponents, and 5.5 times 1.8 is
    about 10; 60 % of the size costs 12 % more and pays after 1.2 trillion tokens, 40 % costs 58 %; the 15 % below which
    no data reach the loss; 1,900 tokens a parameter; quick check: 10 and 10, a distractor's product is 100 too."""
    e, a, b, alpha, beta = 1.8172, 482.01, 2085.43, 0.3478, 0.3658
    budget = 6 * 70e9 * 1.4e12
    best_n = (alpha * a / (beta * b)) ** (1 / (alpha + beta)) * (budget / 6) ** (beta / (alpha + beta))
    best_d = budget / 6 / best_n

    def loss(n: np.ndarray | float, d: np.ndarray | float) -> np.ndarray | float:
        return e + a / n**alpha + b / d**beta

    grid = np.logspace(9, 12.5, 20_001)
    assert abs(grid[np.argmin(loss(grid, budget / 6 / grid))] / best_n - 1) < 0.001
    assert 1.4e12 / 70e9 == 20
    assert round(10**0.5, 1) == 3.2 and abs(5.5 * 1.8 - 10) < 0.2
    for share, percent, pays in ((0.6, 12, 1.2e12), (0.4, 58, 3.9e12)):
        n = share * best_n
        d = (b / (loss(best_n, best_d) - e - a / n**alpha)) ** (1 / beta)
        assert np.isclose(loss(n, d), loss(best_n, best_d)) and round(100 * 6 * n * d / budget) == 100 + percent
        served = (6 * n * d - budget) / (2 * (best_n - n))
        assert abs(served - pays) < 0.05e12 and np.isclose(6 * n * d + 2 * n * served, budget + 2 * best_n * served)
    gap = loss(best_n, best_d) - e
    smallest = (a / gap) ** (1 / alpha) / best_n  # the size term alone equals the gap
    assert round(100 * smallest) == 15
    assert round(15e12 / 8e9, -2) == 1_900
    assert prod((10, 10)) == prod((5, 20)) == 100
    for times in (1, 100):  # fixed compute, equal exponents: the best size goes with the root
        c = budget * times
        sizes = np.logspace(8, 14, 60_001)
        value = 400 / sizes**0.35 + 400 / (c / 6 / sizes) ** 0.35
        assert abs(sizes[np.argmin(value)] / sqrt(c / 6) - 1) < 0.001


def test_training_flops() -> None:
    """8.4e22 and 9.5 days, 58,000 chip hours; 3.8e25; attention over weights is T/(6d): 17 % and 5.3 times, half with
    the masked scores skipped; recomputation makes 8; the optimizer's share; quick check 7.8e22, 2.8e23, 2.6e22."""
    flops = 6 * 7e9 * 2e12
    days = flops / (256 * 1e15 * 0.40) / 86_400
    assert flops == 8.4e22 and round(days, 1) == 9.5 and round(256 * days * 24, -3) == 58_000
    assert f"{6 * 405e9 * 15.6e12:.1e}" == "3.8e+25"
    d = 4_096
    for context, share in ((4_096, 0.17), (131_072, 5.3)):
        ratio = 4 * context * d / (24 * d**2)
        assert np.isclose(ratio, context / (6 * d)) and round(ratio, 2 if share < 1 else 1) == share
    assert 2 * 12 * d**2 == 24 * d**2 and 4 * d**2 + 8 * d**2 == 12 * d**2  # attention and a feed-forward of width 4d
    context = 512
    pairs = sum(t + 1 for t in range(context))  # positions seen under the mask
    assert abs(pairs / context**2 - 0.5) < 0.001
    assert 6 + 2 == 8
    assert 50 / (6 * 1e6) < 1e-4  # tens of FLOPs a parameter and step against a million tokens
    assert np.allclose(np.array([13, 47]) * 6e21, (7.8e22, 2.82e23)) and round(6 * 13 / 10, 1) == 7.8
    assert round(6 * 47 / 100, 1) == 2.8 and round(2 * 13 / 10, 1) == 2.6


def test_pretraining_data() -> None:
    """3.6 % left; the minima of two sets agree with probability s; bands: 5, 77 and almost 100 %; 2.5 passes; quick
    check: 21 % becomes 98 %, the other two become less; one word changes three shingles of three words."""
    assert round(100 * prod((0.4, 0.5, 0.6, 0.3)), 1) == 3.6
    assert 0.10 * 500 / 20 == 2.5

    def found(s: float, bands: int, rows: int) -> float:
        return 1 - (1 - s**rows) ** bands

    assert 14 * 8 == 112 == 28 * 4 == 7 * 16
    assert round(100 * found(0.5, 14, 8)) == 5 and round(100 * found(0.75, 14, 8)) == 77 and found(0.9, 14, 8) > 0.999
    assert round(100 * found(0.6, 14, 8)) == 21 and round(100 * found(0.6, 28, 4)) == 98
    assert found(0.6, 7, 16) < found(0.6, 14, 8) and found(0.6, 14, 16) < found(0.6, 14, 8)
    assert found(0.3, 28, 4) > found(0.3, 14, 8)  # more false candidates

    rng = np.random.default_rng(0)
    runs, union, common = 20_000, 40, 30  # the first 30 are in both sets, five more in each
    ranks = rng.random((runs, union))
    first = ranks[:, : common + 5].min(1)
    second = np.minimum(ranks[:, :common].min(1), ranks[:, common + 5 :].min(1))
    s = common / union
    assert abs((first == second).mean() - s) < 4 * sqrt(s * (1 - s) / runs)
    same = rng.random((5_000, 14, 8)) < s
    share = same.all(2).any(1).mean()
    assert abs(share - found(s, 14, 8)) < 4 * sqrt(0.25 / 5_000)

    words = [f"w{i}" for i in range(100)]
    other = [*words[:50], "new", *words[51:]]
    a, b = ({tuple(t[i : i + 3]) for i in range(98)} for t in (words, other))
    assert len(a) == 98 and len(a - b) == 3
