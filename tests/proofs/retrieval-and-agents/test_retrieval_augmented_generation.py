"""Proofs of the page on retrieval-augmented generation."""

import numpy as np
from scipy.stats import binom


def test_what_is_rag() -> None:
    """Accuracy r a + (1 - r) b before and after either repair, and the quick check."""

    def accuracy(r: float, a: float, b: float) -> float:
        return r * a + (1 - r) * b

    assert np.isclose(accuracy(0.80, 0.90, 0.10), 0.74)
    assert np.isclose(accuracy(0.90, 0.90, 0.10), 0.82)
    assert np.isclose(accuracy(0.80, 0.95, 0.10), 0.78)
    assert np.isclose(accuracy(0.85, 0.90, 0), 0.765) and np.isclose(accuracy(0.70, 1.00, 0), 0.70)


def _cut(length: int, overlap: int, span: int) -> float:
    """Share of starts, over one step in the middle of a long text, at which no window holds the span whole."""
    step = length - overlap
    windows = np.arange(0, 20 * step, step)
    starts = np.arange(10 * step, 11 * step)[:, None]
    return float(np.mean(~((windows <= starts) & (starts + span <= windows + length)).any(1)))


def test_chunking() -> None:
    """The chance that a span is cut, by enumeration against the formula; index growth; the mean of unit vectors."""
    for length, overlap in ((200, 0), (200, 30), (200, 59), (200, 50), (37, 11), (10, 7)):
        for span in range(1, length + 1, 3):
            formula = max(0, (span - 1 - overlap) / (length - overlap))
            assert np.isclose(_cut(length, overlap, span), formula)
    assert abs(100 * _cut(200, 0, 60) - 30) <= 0.5 + 1e-9 and round(100 * _cut(200, 30, 60)) == 17
    assert _cut(200, 59, 60) == 0 and _cut(200, 58, 60) > 0
    assert round(200 / 170, 2) == 1.18 and round(200 / 141, 2) == 1.42
    assert _cut(200, 50, 51) == 0 and all(_cut(200, 50, span) > 0 for span in (52, 150, 200))
    assert round(_cut(200, 50, 200), 3) == round(149 / 150, 3)  # whole at one start in 150
    sentences = np.eye(4)
    chunk = sentences.mean(0)
    assert np.isclose(chunk @ sentences[0] / np.linalg.norm(chunk), 0.5)


def test_hybrid_search() -> None:
    """The union of two searches, min-max scaling with an outlier, the bound r < k + 2, and the quick check."""
    assert np.isclose(0.70 + 0.75 - 0.55, 0.90)
    scores = np.array([30, 12, 11, 10])
    assert np.allclose((scores - scores.min()) / np.ptp(scores), [1, 0.10, 0.05, 0])
    for k in (0, 5, 10, 60):
        for r in range(1, 200):
            assert (2 * (k + 1) > k + r) == (r < k + 2)
    assert 2 / (60 + 14) > 2 / (60 + 50) > 1 / (60 + 1)  # the worst place in both lists of 50 beats the best in one
    assert round(1 / 11, 3) == 0.091 and round(2 / (10 + 14), 3) == 0.083 and not 14 < 10 + 2
    assert max(23.1, 0.64) > 1  # the larger number of the hint can be no cosine


def test_query_rewriting() -> None:
    """Three paraphrases, independent and with 30 % of questions that defeat every wording."""
    assert round(1 - 0.4**3, 2) == 0.94
    each = 0.6 / 0.7
    assert round(each, 2) == 0.86 and np.isclose(0.7 * each, 0.6)
    assert round(0.7 * (1 - (1 - each) ** 3), 2) == 0.70


def test_rag_evaluation() -> None:
    """The crossed table: accuracy, its standard error, recall, accuracy given the evidence; the paired sign test."""
    table = np.array([[126, 34], [6, 34]])
    assert table.sum() == 200 and table[:, 0].sum() == 132 and table[:, 1].sum() == 68
    accuracy = 132 / 200
    assert accuracy == 0.66 and round(100 * (accuracy * (1 - accuracy) / 200) ** 0.5, 1) == 3.3
    assert table[0].sum() == 160 and 160 / 200 == 0.80 and round(100 * 126 / 160) == 79
    assert round(100 * (160 + 40) * (126 / 160) / 200) == 79  # the other 40, found and read equally well
    assert 40 / 50 == 0.80 and 8 / 200 == 0.04 and table[1, 1] >= 6 and 8 - 6 == 2 <= table[0, 1]
    assert (21 - 9) / 200 == 0.06 and round(2 * binom.cdf(9, 30, 0.5), 3) == 0.043
    assert 3 / 4 == 0.75
    assert 0.98 > 1 - 0.30  # faithfulness of 98 % and 70 % right answers are two different shares


def test_rag_wrong_answer() -> None:
    """The five chunks of the toy: eight words each, and which facts lie whole in one of them; the count of faults."""
    manual = (
        "The drill has a warranty of 24 months. Its battery has 6 months. Returns are free within 30 days of "
        "delivery. An opened box costs 15 dollars. Delivery takes 3 days. Express delivery takes 1 day and costs "
        "9 dollars."
    )
    text = manual.split()
    chunks = [" ".join(text[i : i + 8]) for i in range(0, len(text), 8)]
    assert len(text) == 40 and len(chunks) == 5
    whole = "warranty of 24", "costs 9 dollars", "battery has 6 months", "Delivery takes 3 days"
    assert all(sum(fact in chunk for chunk in chunks) == 1 for fact in whole)
    faults = [6, 9, 18, 10, 7]
    assert sum(faults) == 50 and np.argmax(faults) == 2  # third row of the table: not retrieved
    assert "opened box costs 15" in " ".join(text) and not any("opened box costs 15" in chunk for chunk in chunks)


def test_how_many_passages() -> None:
    """The invented curves, their table, the peak of the product, the cost, and the quick check."""
    k = np.arange(1, 201)
    recall, reading = 0.92 * (1 - 0.6**k), 0.95 * 0.98 ** (k - 1)
    answer = recall * reading
    rows = (
        (1, 0.37, 0.95, 0.35),
        (3, 0.72, 0.91, 0.66),
        (6, 0.88, 0.86, 0.75),
        (10, 0.91, 0.79, 0.72),
        (20, 0.92, 0.65, 0.60),
    )
    for number, *values in rows:
        got = [round(float(curve[number - 1]), 2) for curve in (recall, reading, answer)]
        assert got == values, (number, got)
    assert set(k[np.argsort(answer)[-2:]]) == {6, 7}
    assert round(100 * (answer.max() - answer[19])) == 16
    assert (np.diff(recall[:30]) > 0).all() and (np.diff(reading) < 0).all()
    assert 10 * 400 == 4_000 and 20 * 400 == 8_000
    assert np.isclose(0.90 * 0.90, 0.81) and round(0.96 * 0.82, 2) == 0.79


def test_rag_or_long_context() -> None:
    """The size at which the cached corpus costs as much as retrieval, the daily saving, the delays, the quick check."""
    retrieved = 10 * 400
    assert 10 * retrieved == 40_000
    assert np.isclose(10_000 * (100_000 / 10 - retrieved) / 1e6, 60)
    assert 100_000 / 5_000 == 20 and retrieved / 5_000 == 0.8
    assert round(retrieved / (0.5 + 0.5 / 10), -2) == 7_300  # half of the requests miss
    mixed = 0.5 * 40_000 + 0.5 * 40_000 / 10
    assert mixed == 22_000 and mixed / retrieved == 5.5 and 40_000 / retrieved == 10


def test_multi_hop_questions() -> None:
    """Chains of steps, the words that fact 1 shares, mean and all-evidence recall, and the range in the quick check."""
    assert np.isclose(0.9**2, 0.81) and round(0.9**3, 2) == 0.73
    asked = "in which city is the maker of the kestrel drill"
    facts = (
        "the kestrel drill is made by borealis tools",
        "borealis tools has its head office in tampere",
        "a city guide lists every maker of furniture",
        "the maker of the heron saw moved to another city",
        "which drill to buy is a matter of taste",
    )
    question, sets = set(asked.split()), [set(fact.split()) for fact in facts]
    assert question & sets[1] == {"in"}
    scores = [sum(np.log(5 / sum(word in other for other in sets)) for word in question & own) for own in sets]
    assert int(np.argmin(scores)) == 1 and scores.count(min(scores)) == 1
    second = {"borealis", "tools"}
    assert second & sets[0] == second & sets[1] == second  # a tie, so fact 0 comes first again
    assert np.isclose((60 * 2 + 40 * 1) / 200, 0.80)
    both = [b for b in range(101) for one in range(101 - b) if 2 * b + one == 140]
    assert (min(both), max(both)) == (40, 70)
    assert np.isclose(0.7 * 0.7, 0.49)


def test_rag_access_and_freshness() -> None:
    """What filtering after the top k leaves, the bound from no leak in 300 trials, and the quick check."""
    assert np.isclose(20 * 0.05, 1) and round(100 * 0.95**20) == 36
    assert np.isclose(10 * 0.1, 1) and round(0.9**10, 2) == 0.35
    assert round(100 * (1 - 0.05 ** (1 / 300)), 1) == 1.0
