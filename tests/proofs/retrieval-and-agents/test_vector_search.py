"""Proofs for "Embeddings and vector search": what the page states and has no room to run, one function each."""

from __future__ import annotations

from math import comb, exp, isclose, sqrt

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree
from scipy.stats import binom, chi2, norm


def test_text_embeddings() -> None:
    """The softmax of cosines 0.8, 0.7, 0.2 at scale 20 is 88 %, 12 %, 0.0005 %, the gradient on a wrong score is its
    probability; on a circle only neighbors are a top two (10 of 45); with d + 2 passages a Radon partition gives a set
    that no query puts on top, though every pair may be one."""
    scores = 20 * np.array([0.8, 0.7, 0.2])
    share = np.exp(scores) / np.exp(scores).sum()
    assert [round(100 * share[0]), round(100 * share[1]), round(100 * share[2], 4)] == [88, 12, 0.0005]
    for j in (1, 2):
        moved = scores + 1e-6 * np.eye(3)[j]
        loss = [np.log(np.exp(s - s[0]).sum()) for s in (scores, moved)]
        assert isclose((loss[1] - loss[0]) / 1e-6, share[j], rel_tol=1e-3, abs_tol=1e-9)
    shifted = np.exp(scores + 20 * 0.1) / np.exp(scores + 20 * 0.1).sum()
    assert np.allclose(shifted, share)  # only differences between cosines enter
    rng = np.random.default_rng(1)
    assert comb(10, 2) == 45
    angle = np.sort(rng.random(10)) * 2 * np.pi
    query = np.linspace(0, 2 * np.pi, 20_001)
    top = np.sort(np.argpartition(-np.cos(query[:, None] - angle), 2, axis=1)[:, :2], axis=1)
    assert {tuple(pair) for pair in np.unique(top, axis=0).tolist()} == {(i, i + 1) for i in range(9)} | {(0, 9)}
    t = 2 * np.pi * np.arange(40) / 40  # 40 unit vectors of 4 numbers of which every pair is a top two
    curve = np.column_stack([np.cos(t), np.sin(t), np.cos(2 * t), np.sin(2 * t)]) / sqrt(2)
    first, second = np.triu_indices(40, 1)
    a, b = t[first], t[second]
    asked = np.column_stack([np.cos(a) + np.cos(b), np.sin(a) + np.sin(b), -np.cos(a + b) / 2, -np.sin(a + b) / 2])
    assert np.array_equal(
        np.sort(np.argpartition(-asked @ curve.T, 2, axis=1)[:, :2], axis=1), np.column_stack([first, second])
    )
    for d in (3, 5, 9):
        points = rng.normal(size=(d + 2, d))
        points /= np.linalg.norm(points, axis=1, keepdims=True)
        weights = np.linalg.svd(np.vstack([points.T, np.ones(d + 2)]))[2][-1]  # sum 0, weighted sum of points 0
        upper = weights > 0
        value = rng.normal(size=(20_000, d)) @ points.T
        assert 0 < upper.sum() < d + 2 and np.abs(weights @ points).max() < 1e-9
        assert np.all(value[:, upper].min(1) <= value[:, ~upper].max(1))  # that set is never the top


def test_bi_or_cross_encoder() -> None:
    """60 GFLOP a pair, 0.12 s for 100 pairs and 20 minutes for a million; cosines 0.27 and 0.33 against MaxSim 3 and 1;
    51 GB against 1.5 GB; reordering 100 candidates cannot lift the top ten above recall@100; the check's 5 and 40."""
    work = 2 * 100e6 * 300
    assert work == 60e9 and isclose(100 * work / 50e12, 0.12) and isclose(1e6 * work / 50e12 / 60, 20)
    query, a, b = {0, 1, 2}, set(range(40)), {0, 50, 51}
    cosine = [len(query & words) / sqrt(3 * len(words)) for words in (a, b)]
    assert [round(c, 2) for c in cosine] == [0.27, 0.33]
    eye = np.eye(60)
    maxsim = [(eye[sorted(query)] @ eye[sorted(words)].T).max(1).sum() for words in (a, b)]
    assert maxsim == [3, 1]
    assert round(1e6 * 200 * 128 * 2 / 1e9) == 51 and round(1e6 * 768 * 2 / 1e9, 1) == 1.5
    longer = np.random.default_rng(0).normal(size=(50, 8))
    grown = [(longer[:3] @ longer[3:end].T).max(1).sum() for end in range(10, 51)]
    assert np.all(np.diff(grown) >= 0)  # more passage tokens never lower MaxSim
    rank = np.r_[1:86, 101:116]  # place of the right passage by the retriever; the best reranker puts it first
    in_top = np.where(rank <= 100, 1, rank) <= 10
    assert in_top.mean() == (rank <= 100).mean() == 0.85 and round(100 * in_top.mean()) == 85
    assert 100 - 95 == 5 and 95 - 55 == 40


def test_change_embedding_model() -> None:
    """A rotation changes no dot product; chance is 10 of 4,000; half re-embedded, true neighbors in the old half are
    lost and 12 % of the others; with topics new texts crowd old ones out; 8.3 hours; a model with
    higher cosines everywhere can order the same or worse."""
    rng = np.random.default_rng(0)
    n, d = 1_000, 32
    meaning = rng.normal(size=(n + 100, d))
    turn = np.linalg.qr(rng.normal(size=(d, d)))[0]
    assert np.allclose((meaning @ turn) @ (meaning @ turn).T, meaning @ meaning.T)
    unit = meaning / np.linalg.norm(meaning, axis=1, keepdims=True)
    new, old = unit @ turn, unit
    renewed = rng.random(n) < 0.5
    mixed = np.where(renewed[:, None], new[:n], old[:n])
    truth = np.argpartition(-new[n:] @ new[:n].T, 10)[:, :10]
    found = np.argpartition(-new[n:] @ mixed.T, 10)[:, :10]
    hit = (truth[:, :, None] == found[:, None, :]).any(2)
    assert hit[~renewed[truth]].mean() < 0.05 and hit[renewed[truth]].mean() > 0.7
    rng = np.random.default_rng(0)  # the fence's own draws: what survives of each half
    meaning, noise = rng.normal(size=(4_300, 32)), rng.normal(size=(2, 4_300, 32))
    turn = np.linalg.qr(rng.normal(size=(32, 32)))[0]
    old, new = meaning + 0.1 * noise[0], (meaning + 0.1 * noise[1]) @ turn
    old, new = (v / np.linalg.norm(v, axis=1, keepdims=True) for v in (old, new))
    renewed = rng.random(4_000) < 0.5
    mixed = np.where(renewed[:, None], new[:4_000], old[:4_000])
    truth, found = (np.argpartition(-new[4_000:] @ v.T, 10)[:, :10] for v in (new[:4_000], mixed))
    hit = (truth[:, :, None] == found[:, None, :]).any(2)
    assert hit[~renewed[truth]].sum() == 0 and round(100 * (1 - hit[renewed[truth]].mean())) == 12
    for size in (32, 128):  # 50 topics: old documents are far below half of the top ten
        meaning = rng.normal(size=(50, size))[rng.integers(50, size=2_200)] + 0.7 * rng.normal(size=(2_200, size))
        both = meaning / np.linalg.norm(meaning, axis=1, keepdims=True)
        turned = both @ np.linalg.qr(rng.normal(size=(size, size)))[0]
        renewed = rng.random(2_000) < 0.5
        mixed = np.where(renewed[:, None], turned[:2_000], both[:2_000])
        assert (~renewed[np.argpartition(-turned[2_000:] @ mixed.T, 10)[:, :10]]).mean() < 0.1
    assert round(10e6 * 300 / 100_000 / 3600, 1) == 8.3
    a, b = rng.normal(size=(2, 768))
    assert np.isfinite(a @ b)  # numbers of two models multiply without an error
    low = np.array([0.3, 0.2, 0.1])
    assert np.all(0.9 + 0.1 * low > low) and np.array_equal(np.argsort(0.9 + 0.1 * low), np.argsort(low))


def test_exact_or_approximate_search() -> None:
    """3.1 GB in about 60 ms, half an operation per byte, 61 MB in 1.2 ms, 6 ms at 100,000, six seconds at 100 million,
    1.5 ms at 2 TB/s, 154 MB in about 3 ms; shards merge exactly; the best of a million normal vectors is over 30 away
    in 768 dimensions while a coordinate is rarely over 4 from the plane at 0."""
    row = 4 * 768
    assert round(1e6 * row / 1e9, 1) == 3.1 and round(1e3 * 1e6 * row / 50e9) == 61 and 2 / 4 == 0.5
    assert round(20_000 * row / 1e6) == 61 and round(1e3 * 20_000 * row / 50e9, 1) == 1.2
    assert round(1e3 * 1e5 * row / 50e9) == 6 and round(1e8 * row / 50e9) == 6
    assert round(1e3 * 1e6 * row / 2e12, 1) == 1.5
    assert round(50_000 * row / 1e6) == 154 and round(1e3 * 50_000 * row / 50e9) == 3
    score = np.random.default_rng(0).random(4_000)
    shards = np.split(np.arange(4_000), 4)
    merged = np.concatenate([part[np.argsort(-score[part])[:10]] for part in shards])
    assert set(merged[np.argsort(-score[merged])[:10]]) == set(np.argsort(-score)[:10])
    assert 1e6 * chi2.cdf(30**2 / 2, 768) < 1e-6 and 2 * norm.sf(4) < 1e-4  # squared distance is 2 chi2


def test_hnsw() -> None:
    """Level shares of 1/M; 128 bytes of links at the bottom and about 4 above, against 3,072 and 96; nearest-neighbor
    links in 20 far clusters give 20 pieces; the pruning rule keeps the neighbor on the other side."""
    rng = np.random.default_rng(0)
    for m in (8, 16):
        level = (-np.log(1 - rng.random(200_000)) / np.log(m)).astype(int)
        for low in (0, 1):
            base = (level >= low).sum()
            share = (level > low).sum() / base
            assert abs(share - 1 / m) < 4 * sqrt(1 / m / base)
    assert 2 * 16 * 4 == 128 and round(16 * 4 * sum(16.0**-j for j in range(1, 30))) == 4 and 768 * 4 == 3_072
    assert 128 > 96 and round(10e6 * (3_072 + 132) / 1e9) == 32
    assert round(222 / 140, 1) == 1.6 and round(501 / 2_000, 2) == 0.25  # counts printed by the fence
    x = (100 * rng.normal(size=(20, 8)))[np.repeat(np.arange(20), 50)] + rng.normal(size=(1_000, 8))
    near = cKDTree(x).query(x, 17)[1]
    pairs = coo_matrix((np.ones(17_000), (np.repeat(np.arange(1_000), 17), near.ravel())), shape=(1_000, 1_000))
    assert connected_components(pairs, directed=False)[0] == 20
    kept: list[float] = []
    for candidate in (1.0, 1.1, 1.2, -3.0):  # on a line around 0, nearest first
        if all(abs(candidate) < abs(candidate - other) for other in kept):
            kept.append(candidate)
    assert kept == [1.0, -3.0]


def test_ivf_and_product_quantization() -> None:
    """307 GB, 9.6 GB, a 32nd, 500,000 codes, 12 bytes against one codebook; sums over the table equal the distance to
    the decoded vector; residuals are smaller on average; 10,000 is the root of 100 million; 128 bytes against 4."""
    assert round(1e8 * 768 * 4 / 1e9) == 307 and 1e8 * 96 / 1e9 == 9.6 and 768 * 4 / 96 == 32 and 96 * 8 == 768
    assert 50 * 1e8 / 10_000 == 500_000 and sqrt(1e8) == 10_000 and 12 * 8 == 96 and 2**8 == 256
    assert 32 * 4 == 128 and 8 * 4 / 8 == 4
    rng = np.random.default_rng(0)
    query, books = rng.normal(size=(8, 4)), rng.normal(size=(8, 16, 4))
    codes = rng.integers(16, size=(100, 8))
    table = ((query[:, None] - books) ** 2).sum(2)
    decoded = books[np.arange(8), codes].reshape(100, 32)
    assert np.allclose(table[np.arange(8), codes].sum(1), ((decoded - query.ravel()) ** 2).sum(1))
    x = rng.normal(size=(2_000, 8)) + 1
    label = ((x[:, None] - x[:20]) ** 2).sum(2).argmin(1)
    centers = np.stack([x[label == j].mean(0) for j in range(20)])
    assert ((x - centers[label]) ** 2).sum() < (x**2).sum()


def test_ann_recall() -> None:
    """0.005 is the standard error at 0.15 and 1,000 queries, 4 of them from 0.95 to 0.93, 1 to 0.955; a stored vector
    lies in the cell it probes first; the nearest neighbor within a distance bound counts ties as right."""
    error = 0.15 / sqrt(1_000)
    assert isclose(0.97 - 0.92, 0.05) and 5 - 3 == 2
    assert round(error, 3) == 0.005 and round(0.02 / error) == 4 and round(0.005 / error) == 1
    rng = np.random.default_rng(0)
    x = rng.normal(size=(2_000, 16))
    distance = ((x[:, None] - x[:40]) ** 2).sum(2)
    cell, first = distance.argmin(1), distance.argsort(1)[:, 0]
    assert np.array_equal(cell, first)  # probing one cell, each stored vector meets itself
    duplicates = np.array([1.0, 2.0, 2.0, 3.0])
    assert [i for i in range(4) if duplicates[i] <= np.sort(duplicates)[1]] == [0, 1, 2]


def test_filtered_vector_search() -> None:
    """1 of 100 at s = 0.01, 3 % of queries keep ten at 0.05, 46 % fall short at 1,000; 31 MB under a millisecond;
    1 % and 100,000; 0.004, 25,000 and 25 million; links among matching nodes alone fall apart below one per node."""
    assert 100 * 0.01 == 1 and round(100 * binom.sf(9, 100, 0.05)) == 3
    assert round(100 * binom.cdf(9, 1_000, 0.01)) == 46 and 10 / 0.01 == 1_000
    size = 0.01 * 1e6 * 768 * 4
    assert size / (768 * 4) == 10_000 and round(size / 1e6) == 31 and size / 50e9 < 1e-3
    share = sqrt(1_000 / 10e6)
    assert isclose(share, 0.01) and isclose(share * 10e6, 100_000) and isclose(1_000 / share, 100_000)
    assert isclose(100 * 2_000 / 50e6, 0.004) and 50e6 / 2_000 == 25_000 and 1_000 * 25_000 == 25e6
    rng = np.random.default_rng(0)
    n = 10_000
    ends = rng.integers(n, size=(2, 16 * n))  # 32 links a node on average
    largest = []
    for match in (0.5, 2.0):  # matching links per node
        keep = rng.random(n) < match / 32
        both = keep[ends].all(0)
        pairs = coo_matrix((np.ones(both.sum()), ends[:, both]), shape=(n, n))
        piece = connected_components(pairs, directed=False)[1][keep]
        largest.append(np.bincount(piece).max() / keep.sum())
    assert largest[0] < 0.15 and largest[1] > 0.6 and exp(-2) > 0.1
