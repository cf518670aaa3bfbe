"""Proofs of language-models/topics-and-sequences: numbers and claims that no fence on the page decides."""

import numpy as np
import pytest
from scipy import stats
from scipy.optimize import linear_sum_assignment
from sklearn.datasets import load_iris
from sklearn.decomposition import LatentDirichletAllocation
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.model_selection import cross_val_score


def softmax(score: np.ndarray) -> np.ndarray:
    weight = np.exp(score - score.max(-1, keepdims=True))
    return weight / weight.sum(-1, keepdims=True)


def attend(asks: np.ndarray, told: np.ndarray, maps: np.ndarray, causal: bool = False) -> tuple[np.ndarray, np.ndarray]:
    query, key, value = asks @ maps[0], told @ maps[1], told @ maps[2]
    score = query @ key.T / np.sqrt(query.shape[1])
    if causal:
        score = np.where(np.tri(*score.shape, dtype=bool), score, -np.inf)
    weight = softmax(score)
    return weight @ value, weight


def test_encoder_decoder() -> None:
    """No linear reader of 16 numbers explains more than 16/T of T independent ones; cross-attention of 4 target on 6
    source positions is 4 by 6; a token appended to the source changes every vector of a bidirectional layer and
    none of a causal one; with teacher forcing one causal pass equals one pass a prefix; greedy gets 0.24 where 0.36
    is there; an encoder gives one vector a token; attention with a factor of 4 recovers 0.57 of 64 numbers."""
    rng = np.random.default_rng(0)
    for length in (16, 32, 64):  # the explained share of each number, added up, is the trace of a projection: its rank
        reader = np.linalg.qr(rng.normal(size=(length, 16)))[0]
        share = np.diag(reader @ reader.T).mean()
        assert np.isclose(share, 16 / length)

    blurred = []
    for _ in range(40):  # independent numbers of variance 1: what a weighted mean of them misses is |W - I|^2 / 64
        key = rng.normal(size=(64, 16))
        key /= np.linalg.norm(key, axis=1, keepdims=True)
        blurred.append(1 - np.sum((softmax(4 * key @ key.T) - np.eye(64)) ** 2) / 64)
    assert abs(np.mean(blurred) - 0.57) < 0.005 + 4 * np.std(blurred, ddof=1) / np.sqrt(40)

    maps = rng.normal(size=(3, 8, 8)) / np.sqrt(8)
    source, target = rng.normal(size=(6, 8)), rng.normal(size=(4, 8))
    mixed, weight = attend(target, source, maps)
    assert weight.shape == (4, 6) and mixed.shape == (4, 8) and np.all(weight > 0)
    assert attend(source, source, maps)[1].shape == (6, 6) and len(attend(source, source, maps)[0]) == len(source)

    longer = np.vstack([source, rng.normal(size=8)])
    both, causal = (
        abs(attend(longer, longer, maps, mask)[0][:6] - attend(source, source, maps, mask)[0]) for mask in (False, True)
    )
    assert np.all(both.max(1) > 1e-3) and np.allclose(causal, 0)

    at_once = attend(target, target, maps, causal=True)[0]
    one_by_one = [attend(target[:t], target[:t], maps, causal=True)[0][-1] for t in range(1, 5)]
    assert np.allclose(at_once, one_by_one)

    first, best_next = {"A": 0.6, "B": 0.4}, {"A": 0.4, "B": 0.9}
    greedy = max(first, key=lambda token: first[token])
    assert np.isclose(first[greedy] * best_next[greedy], 0.24)
    assert np.isclose(max(first[token] * best_next[token] for token in first), 0.36)


def test_latent_dirichlet_allocation() -> None:
    """A document of 75 % sports and 25 % finance: 0.0015 + 0.005 = 0.0065, and 77 % of "bank" is finance; the largest
    of 10 shares averages 0.67 and 0.15; shares sum to 1, negative input is refused, labels are ignored, word order
    cannot count; random topics lie 0.81 from the true; linear discriminant analysis needs labels and gives at most
    C - 1 axes; 3 by 50 topics at 100 and 400 documents; other seeds, other numbering; key of the quick check: 50 %."""
    joint = np.array([0.75 * 0.002, 0.25 * 0.02])
    assert np.allclose(joint, [0.0015, 0.005]) and np.isclose(joint.sum(), 0.0065)
    assert round(100 * joint[1] / joint.sum()) == 77
    assert np.isclose(0.1 * 0.09 / (0.1 * 0.09 + 0.9 * 0.01), 0.5) and np.isclose(0.09 / (0.01 + 0.09), 0.9)

    rng = np.random.default_rng(0)
    for concentration, mean in ((0.1, 0.67), (10, 0.15)):
        largest = rng.dirichlet(np.full(10, concentration), 20_000).max(1)
        assert abs(largest.mean() - mean) < 0.005 + 4 * largest.std() / np.sqrt(20_000)

    far = []
    for _ in range(200):
        true, random = rng.dirichlet(np.full(60, 0.1), (2, 4))
        pairs = abs(true[:, None] - random).sum(2) / 2
        far.append(pairs[linear_sum_assignment(pairs)].mean())
    assert abs(np.mean(far) - 0.81) < 0.005 + 4 * np.std(far, ddof=1) / np.sqrt(200)
    assert 300 * 5 == 75 * 20 == 15 * 100 == 1_500

    topics = rng.dirichlet(np.full(50, 0.05), 3)
    counts = rng.multinomial(60, rng.dirichlet(np.full(3, 0.1), 400) @ topics)
    small, large = (LatentDirichletAllocation(3, max_iter=2, random_state=0).fit(counts[:n]) for n in (100, 400))
    assert small.components_.shape == large.components_.shape == (3, 50)
    assert np.allclose(small.transform(counts[:50]).sum(1), 1)
    labeled = LatentDirichletAllocation(3, max_iter=2, random_state=0).fit(counts[:100], rng.integers(2, size=100))
    assert np.array_equal(labeled.components_, small.components_)
    with pytest.raises(ValueError, match="Negative"):
        LatentDirichletAllocation(3).fit(-counts)
    words = rng.integers(50, size=30)
    assert np.array_equal(np.bincount(words, minlength=50), np.bincount(rng.permutation(words), minlength=50))
    orders = set()
    for seed in range(3):
        other = LatentDirichletAllocation(3, max_iter=5, random_state=seed).fit(counts[:100]).components_
        found = other / other.sum(1, keepdims=True)
        orders.add(tuple(abs(topics[:, None] - found).sum(2).argmin(1)))
    assert len(orders) > 1

    X, y = load_iris(return_X_y=True)
    with pytest.raises(TypeError):
        LinearDiscriminantAnalysis().fit(X)
    assert LinearDiscriminantAnalysis().fit(X, y).transform(X).shape == (150, 2)  # 3 classes
    with pytest.raises(ValueError, match="n_components"):
        LinearDiscriminantAnalysis(n_components=3).fit(X, y)
    assert cross_val_score(LinearDiscriminantAnalysis(), X, y).mean() > 0.95


def test_gpt_3_opinion() -> None:
    """At 8 % errors automation wins up to $26, review up to $425, and 2.5 % pass review; 16 errors in 200 are 5.0 to
    12.6 % (Wilson): $39 and no upper limit as only 1.6 % pass, or $18 and $105; $4.00 and $2.68 a case at $50; 350 GB
    are five GPUs of 80 GB; key of the quick check: $1.90 against $2.00, $1.60 removed, $0.40 left."""

    def by_hand(error: float) -> float:
        return 3.60 + 0.02 * error

    def reviewed(wrong: float, error: float) -> float:
        return 0.02 + 1.20 + wrong * (0.7 * by_hand(error) + 0.3 * error)

    def automated(wrong: float, error: float) -> float:
        return 0.02 + wrong * error

    def passed(wrong: float) -> float:
        return wrong * (0.7 * 0.02 + 0.3)

    interval = stats.binomtest(16, 200).proportion_ci(method="wilson")
    assert np.isclose(16 / 200, 0.08)
    assert (round(100 * interval.low, 1), round(100 * interval.high, 1)) == (5.0, 12.6)
    for wrong, first in ((0.08, 26), (interval.low, 39), (0.05, 39), (interval.high, 18), (0.126, 18)):
        assert automated(wrong, first - 0.5) < reviewed(wrong, first - 0.5)
        assert automated(wrong, first + 0.5) > reviewed(wrong, first + 0.5)
        assert automated(wrong, first) < by_hand(first)
    for wrong, second in ((0.08, 425), (interval.high, 105), (0.126, 105)):
        assert reviewed(wrong, second - 0.5) < by_hand(second - 0.5)
        assert reviewed(wrong, second + 0.5) > by_hand(second + 0.5)
    for wrong in (interval.low, 0.05):  # both the fixed part and the part that grows with the price are smaller
        assert reviewed(wrong, 0) < by_hand(0) and passed(wrong) < 0.02 and round(100 * passed(wrong), 1) == 1.6
    assert round(100 * passed(0.08), 1) == 2.5
    assert np.isclose(0.08 * 50, 4.00) and round(reviewed(0.08, 50), 2) == 2.68

    weights = 175 * 2  # billions of parameters times bytes: gigabytes
    assert weights == 350 and int(np.ceil(weights / 80)) == 5

    assert np.isclose(0.05 * 40, 2.00) and np.isclose(1.50 + 0.05 * 0.2 * 40, 1.90)
    assert np.isclose(0.05 * 0.8 * 40, 1.60) and np.isclose(0.05 * 0.2 * 40, 0.40) and np.isclose(0.05 * 0.2, 0.01)
