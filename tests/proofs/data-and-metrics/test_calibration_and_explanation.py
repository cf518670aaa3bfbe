"""Proofs for "Calibration, costs and explanations": what the page states and has no room to run, one function each."""

from __future__ import annotations

from itertools import permutations
from math import comb, factorial, log, sqrt

import numpy as np
from scipy import stats
from scipy.special import expit, logit


def test_probability_calibration() -> None:
    """0.5 stands for 5 % after balancing; 0.9 twice is 81/82 = 98.8 %; 4.6 points; a temperature keeps AUC and
    accuracy at 0.5, moves all probabilities toward 0.5 (quick check), cannot undo balanced training, where Platt can;
    isotonic steps tie; ECE of the truth falls with rows and grows with bins; 32.9 %; overfitted logits are
    overconfident; averages of noisy trees cautious; memorized rows teach no map; two groups at 0.2 and 0.4."""
    assert np.isclose(expit(logit(0.5) - log(19)), 0.05)
    twice = 0.9**2 / (0.9**2 + 0.1**2)
    assert np.isclose(twice, 81 / 82) and round(100 * twice, 1) == 98.8
    assert round(100 * sqrt(0.3 * 0.7 / 100), 1) == 4.6 and np.isclose((0.2 + 0.4) / 2, 0.3)
    grid = np.linspace(-12, 12, 4_001)
    assert round(float(np.average(expit(-1 + 1.5 * grid), weights=stats.norm.pdf(grid))), 3) == 0.329

    rng = np.random.default_rng(0)
    z = rng.normal(size=2_000)
    y = rng.random(2_000) < expit(z)
    p, cooled = expit(2 * z), expit(2 * z / 2)
    assert np.array_equal(np.argsort(p), np.argsort(cooled)) and np.array_equal(p > 0.5, cooled > 0.5)
    assert np.all(abs(cooled - 0.5) <= abs(p - 0.5)) and np.any(cooled > p) and np.any(cooled < p)
    # an ideal fit to balanced classes, in use: no temperature comes near Platt with a = 1, b = -log(odds ratio)
    true, mass = grid * 1.6 - 4, stats.norm.pdf(grid) / stats.norm.pdf(grid).sum()
    base = float(mass @ expit(true))
    balanced = true - logit(base)

    def loss(logits: np.ndarray) -> float:
        return float(mass @ (np.logaddexp(0, logits) - expit(true) * logits))

    constant = loss(np.full_like(true, logit(base)))
    assert 0.04 < base < 0.06 and expit(0 / 3) == 0.5
    assert min(loss(balanced / t) for t in np.linspace(0.2, 10, 99)) > 2 * constant > 2 * loss(balanced + logit(base))

    def ece(rows: int, bins: int) -> float:
        truth = expit(rng.normal(-1, 1.5, (100, rows)))
        gap = (rng.random(truth.shape) < truth) - truth
        which = np.minimum((truth * bins).astype(int), bins - 1) + bins * np.arange(100)[:, None]
        return float(abs(np.bincount(which.ravel(), gap.ravel(), 100 * bins)).sum() / truth.size)

    assert ece(250, 15) > 1.5 * ece(1_000, 15) > 2 * ece(4_000, 15) and ece(1_000, 60) > 1.5 * ece(1_000, 15)

    # pooled adjacent violators give steps, so ties
    values, weights = [], []
    for label in y[np.argsort(z)].astype(float):
        values.append(label)
        weights.append(1)
        while len(values) > 1 and values[-2] >= values[-1]:
            total = weights[-2] + weights[-1]
            values[-2] = (values[-2] * weights[-2] + values[-1] * weights[-1]) / total
            weights[-2] = total
            del values[-1], weights[-1]
    assert len(values) < 100 and np.all(np.diff(values) > 0)

    # 40 noise columns, 100 rows, logistic regression fitted far: on new rows its logits are too large
    x = rng.normal(size=(4_100, 40))
    label = rng.random(4_100) < expit(x[:, 0])
    w, held_out = np.zeros(40), []
    for _ in range(300):
        w += 0.02 * x[:100].T @ (label[:100] - expit(x[:100] @ w))
        q = np.clip(expit(x[100:] @ w), 1e-12, 1 - 1e-12)
        held_out.append(-np.mean(np.where(label[100:], np.log(q), np.log(1 - q))))
    assert np.argmin(held_out) < 30 and held_out[-1] > 1.5 * min(held_out)
    sure = expit(x[100:] @ w) > 0.95
    assert label[100:][sure].mean() < 0.85
    own = expit(x[:100] @ w) > 0.95
    assert own.sum() > 10 and label[:100][own].mean() > 0.97  # on its own rows the certainty looks right
    # averages of noisy votes stay away from 0: the mean of 25 estimates of 0.02, each kept within 0 and 1
    estimates = np.clip(rng.normal(0.02, 0.2, (1_000, 25)), 0, 1).mean(1)
    assert estimates.mean() > 0.07


def test_threshold_by_cost() -> None:
    """0.10, 0.20 and 0.17; the threshold is where the expected costs cross; the table, from the closed form: best F1 at
    0.20, half the best F1; 5 over the mean amount is the best single threshold; the rule by row costs 16 % less;
    nothing with 20 reviews beats ranking by p times amount; odds 0.73, 0.42; equal costs give 0.5; quick check 0.10."""

    def threshold(fp: float, fn: float, tp: float = 0, tn: float = 0) -> float:
        return (fp - tn) / ((fp - tn) + (fn - tp))

    assert np.isclose(threshold(20, 180), 0.10) and np.isclose(threshold(20, 100, tp=20), 0.20)
    assert round(threshold(20, 100), 2) == 0.17 and np.isclose(threshold(5, 100, tp=5), 5 / 100)
    rng = np.random.default_rng(0)
    for _ in range(200):
        tn, tp = rng.random(2)
        fp, fn = tn + rng.random() + 0.01, tp + rng.random() + 0.01
        t = threshold(fp, fn, tp, tn)
        assert np.isclose(t * tp + (1 - t) * fp, t * fn + (1 - t) * tn)
        up = t + (1 - t) / 2
        assert up * tp + (1 - up) * fp < up * fn + (1 - up) * tn
        assert np.isclose(threshold(tn + 1, tp + 1, tp, tn), 0.5)  # equal extra costs of both errors

    def cut(p: np.ndarray | float) -> np.ndarray:
        return 1 + (np.log(49) + np.log(p / (1 - np.asarray(p)))) / 2  # the score with that probability, 2 % fraud

    amount = 100 * np.exp(stats.norm.ppf((np.arange(400) + 0.5) / 400))

    def cost(p: np.ndarray | float) -> tuple[float, float]:
        c = cut(p) + 0 * amount
        reviews = 0.02 * stats.norm.sf(c - 2) + 0.98 * stats.norm.sf(c)
        dollars = 0.02 * stats.norm.cdf(c - 2) * amount + 5 * reviews
        return round(1_000 * float(reviews.mean())), 1_000 * float(dollars.mean())

    shares = np.linspace(0.005, 0.6, 1_191)
    tp, fp = 0.02 * stats.norm.sf(cut(shares) - 2), 0.98 * stats.norm.sf(cut(shares))
    f1 = 2 * tp / (tp + fp + 0.02)
    assert round(shares[f1.argmax()], 2) == 0.20 and abs(f1.max() / 2 - shares[f1.argmax()]) < 0.002
    single = 5 / amount.mean()
    by_row = cost(np.minimum(5 / amount, 1 - 1e-12))
    for p, reviews, dollars in ((0.5, 5, 2742), (0.20, 20, 2071), (single, 126, 1338)):
        assert abs(cost(p)[0] - reviews) <= 1 and abs(cost(p)[1] / dollars - 1) < 0.01
    assert abs(by_row[0] - 106) <= 1 and abs(by_row[1] / 1118 - 1) < 0.01
    assert round(100 * (1 - by_row[1] / cost(single)[1])) == 16
    assert min(cost(p)[1] for p in np.linspace(0.005, 0.1, 96)) > 0.999 * cost(single)[1]
    # 20 reviews of 1,000 payments, by probability and by expected gain
    z = np.linspace(-6, 9, 1_501)[:, None]
    fraud = 1_000 * 0.02 * stats.norm.pdf(z - 2) * 0.01 / 400 + 0 * amount
    rows = fraud + 1_000 * 0.98 * stats.norm.pdf(z) * 0.01 / 400
    for value, dollars in ((fraud / rows, 2070), (fraud / rows * amount, 1701)):
        order = np.argsort(-value, axis=None, kind="stable")
        review = order[rows.ravel()[order].cumsum() <= 20]
        assert round((fraud * amount).sum() - (fraud * amount).ravel()[review].sum() + 5 * 20) == dollars
    # gains p * amount - 5 in any other choice of 20 of 1,000 are no larger in sum
    gain = rng.random(1_000) * rng.lognormal(4, 1, 1_000) - 5
    best = np.sort(gain)[-20:].sum()
    assert all(rng.choice(gain, 20, replace=False).sum() <= best for _ in range(100))
    assert np.sort(gain)[:20].min() < 0  # reviewing these would lose money

    odds = 4 * (2 / 98) / (10 / 90)
    assert round(odds, 2) == 0.73 and round(odds / (1 + odds), 2) == 0.42
    like = np.array([0.36, 0.01])  # the same likelihoods in both mixes: Bayes
    for share in (0.1, 0.02):
        posterior = share * like[0] / (share * like[0] + (1 - share) * like[1])
        assert round(posterior, 2) == (0.8 if share == 0.1 else 0.42)
    assert np.isclose(threshold(1, 4), 0.2) and np.isclose((1 / 9) / (1 + 1 / 9), 0.10)


def test_log_loss_vs_brier() -> None:
    """The table: 0.105 and 0.010, 0.693 and 0.250, 2.303 and 0.810, 6.908 and 0.998; both strictly proper, with excess
    KL and (p - q)²; 0.0099 and 0.00008, 0.056 and 0.014; 0.035; 0.025 - 0.040 + 0.240 = 0.225; 0.0196 and 0.098; 0.693;
    |y - p| rewards 1; accuracy cannot tell 0.51 from 0.99; clipping costs 36; several classes; quick check 0.04, with
    0.28 and 0.24, from 0.6 · 0.04 + 0.4 · 0.64."""
    for p, penalty, square in ((0.9, 0.105, 0.010), (0.5, 0.693, 0.250), (0.1, 2.303, 0.810), (0.001, 6.908, 0.998)):
        assert round(-log(p), 3) == penalty and round((1 - p) ** 2, 3) == square
    assert np.isclose(log(0.001) / log(0.1), 3)

    grid = np.linspace(0.001, 0.999, 999)
    for q in (0.01, 0.3, 0.7):
        brier = q * (1 - grid) ** 2 + (1 - q) * grid**2
        loss = -q * np.log(grid) - (1 - q) * np.log(1 - grid)
        gap = q * np.log(q / grid) + (1 - q) * np.log((1 - q) / (1 - grid))
        assert np.allclose(brier - q * (1 - q), (grid - q) ** 2)
        assert np.allclose(loss - gap, -q * log(q) - (1 - q) * log(1 - q))
        for score in (brier, loss):
            assert round(grid[score.argmin()], 3) == q and np.sum(score <= score.min() + 1e-12) == 1
    assert 0.01 * 0.99 == 0.0099 and round((0.01 - 0.001) ** 2, 5) == 0.00008 and 0.009**2 / 0.0099 < 0.01
    best = -0.01 * log(0.01) - 0.99 * log(0.99)
    excess = 0.01 * log(10) + 0.99 * log(0.99 / 0.999)
    assert round(best, 3) == 0.056 and round(excess, 3) == 0.014 and round(excess / best, 2) == 0.25
    assert round(-log(1e-15) / 1_000, 3) == 0.035 and (1 - 1e-15) ** 2 / 1_000 <= 0.001

    shares, said = np.array([0.6, 0.2]), np.array([0.8, 0.1])
    base = shares.mean()
    parts = np.mean((said - shares) ** 2), np.mean((shares - base) ** 2), base * (1 - base)
    direct = np.mean(shares * (1 - said) ** 2 + (1 - shares) * said**2)
    assert np.allclose(parts, (0.025, 0.040, 0.240)) and np.isclose(direct, 0.225)
    assert np.isclose(parts[0] - parts[1] + parts[2], direct)

    def kl(a: np.ndarray, b: np.ndarray | float) -> np.ndarray:
        return a * np.log(a / b) + (1 - a) * np.log((1 - a) / (1 - b))

    mixed = np.mean(-shares * np.log(said) - (1 - shares) * np.log(1 - said))
    entropy = -base * log(base) - (1 - base) * log(1 - base)
    assert np.isclose(mixed, kl(shares, said).mean() - kl(shares, base).mean() + entropy)

    assert round(0.02 * 0.98, 4) == 0.0196 and round(-0.02 * log(0.02) - 0.98 * log(0.98), 3) == 0.098
    assert round(log(2), 3) == 0.693
    assert np.allclose(0.7 * (1 - grid) + 0.3 * grid, 0.7 - 0.4 * grid)
    accuracy = {p: 0.7 if p > 0.5 else 0.3 for p in (0.51, 0.99, 0.49)}
    assert accuracy[0.51] == accuracy[0.99] > accuracy[0.49]
    assert round(-log(np.finfo(float).eps)) == 36 and f"{np.finfo(float).eps:.0e}" == "2e-16"
    assert round(-log(np.finfo(np.float32).eps)) == 16
    s, h = np.linspace(-8, 8, 33), 1e-6
    for label in (0, 1):
        slope = [
            (f(expit(s + h)) - f(expit(s - h))) / (2 * h)
            for f in (lambda p, y=label: -np.log(p if y else 1 - p), lambda p, y=label: (p - y) ** 2)
        ]
        p = expit(s)
        assert np.allclose(slope[0], p - label, atol=1e-6)
        assert np.allclose(slope[1], 2 * p * (1 - p) * (p - label), atol=1e-6)
    assert expit(8.0) > 0.999 > 0.001 > 2 * expit(8.0) * expit(-8.0)  # a confident error: near 1 and near 0
    two = np.array([0.7, 0.3])
    assert np.isclose(np.sum((two - [1, 0]) ** 2), 2 * 0.3**2) and np.sum((np.array([1, 0]) - [0, 1]) ** 2) == 2
    assert np.isclose((0.8 - 0.6) ** 2, 0.04) and np.isclose(0.6 * 0.04 + 0.4 * 0.64, 0.28) and 0.6 * 0.4 == 0.24
    one, rest = np.array([1e-15]), np.full(999, 0.5)
    assert abs(-np.log(np.r_[one, rest]).mean() + np.log(np.full(1_000, 0.5)).mean()) > 0.03


def test_precision_recall_vs_roc() -> None:
    """False positive rate 0.069 at recall 0.8 for AUC 0.95; precision 0.56 and 0.012, so 99 of 100 alarms false at 999
    negatives each; the other shape with AUC 0.95 and precision 1; 75 of 5,100 is 0.015 at recall 0.75, of 10,100 rows,
    where the line promises 0.25; chance level; 300 times; weights undo subsampling; the figure's 0.85
    and 0.05 at recall 0.5; half of the excess from the start; quick check from 0.92 to 0.011."""
    shift = sqrt(2) * stats.norm.ppf(0.95)
    assert np.isclose(stats.norm.cdf(shift / sqrt(2)), 0.95)
    alarm = float(stats.norm.sf(shift + stats.norm.isf(0.8)))

    def precision(share: float, recall: float, false: float) -> float:
        return share * recall / (share * recall + (1 - share) * false)

    assert round(alarm, 3) == 0.069 and round(precision(0.1, 0.8, alarm), 2) == 0.56
    assert round(precision(0.001, 0.8, alarm), 3) == 0.012 and round(100 * (1 - precision(0.001, 0.8, alarm))) == 99
    assert round(precision(0.1, 0.5, float(stats.norm.sf(shift))), 2) == 0.85  # the figure's upper curve
    assert round(precision(0.001, 0.5, float(stats.norm.sf(shift))), 2) == 0.05  # and the lower one
    assert np.isclose(0.9 + 0.1 * 0.5, 0.95) and precision(0.001, 0.9, 0) == 1 and 1_000 - 1 == 999

    rng = np.random.default_rng(0)
    negative = rng.random(20_000)
    positive = np.where(np.arange(20_000) < 18_000, 2, rng.random(20_000))
    ranks = stats.rankdata(np.r_[positive, negative])[:20_000]
    area = (ranks.sum() - 20_000 * 20_001 / 2) / 20_000**2
    assert abs(area - 0.95) < 0.004

    hits, flagged = 75, 75 + 50 + 9_950 / 2
    assert flagged == 5_100 and round(hits / flagged, 3) == 0.015 and 100 + 10_000 == 10_100
    assert abs((0.5 + 100 / 10_100) / 2 - 0.25) < 0.006 and hits / 100 == 0.75
    assert 0.3 / 0.001 == 300

    def average_precision(y: np.ndarray) -> float:
        return float(np.mean((y.cumsum() / np.arange(1, y.size + 1))[y == 1]))

    y = np.arange(5_000) < 500
    runs = [average_precision(rng.permutation(y)) for _ in range(100)]
    assert abs(np.mean(runs) - 0.1) < 0.005

    def part(before: int, found: int, rows: int, hits: int) -> float:  # tied rows in random order
        j = np.arange(rows)
        return float((hits / rows * (found + 1 + j * (hits - 1) / (rows - 1)) / (before + j + 1)).sum())

    exact = (part(0, 0, 100, 50) + part(100, 50, 10_000, 50)) / 100
    assert round(exact, 2) == 0.27 and 1.8 < 0.502 / exact < 1.95 and 0.255 / exact > 0.92
    first, second = 0.5 * (1 + 0.5) / 2, 0.5 * (0.5 + 100 / 10_100) / 2  # the two trapezoids
    assert np.isclose(first + second, 0.502, atol=0.001)
    assert round((first - 0.5 * 0.5) / (first + second - 0.255), 1) == 0.5
    assert round((first - part(0, 0, 100, 50) / 100) / (first + second - exact), 1) == 0.5
    assert 1 / 1_000 < 0.012 < 20 / 1_000
    kept = precision(0.5, 0.8, 0.07)
    assert round(kept, 2) == 0.92 and round(precision(0.001, 0.8, 0.07), 3) == 0.011
    assert np.isclose(0.0008 / (0.0008 + 0.999 * 0.07), precision(0.001, 0.8, 0.07))
    assert np.isclose(kept / (kept + (1 - kept) * 999), precision(0.001, 0.8, 0.07))  # negatives weighted back


def test_regression_metrics() -> None:
    """Mean, median, weighted median and quantile as minimizers on random samples; 99.6 % and 90 %; 200 % against 67 %,
    a forecast of 0 costs 100 %; WAPE is MAE over the mean size; R² orders as RMSE does; 0.75; 2.9 and 6.4; 0.9 and 0.6;
    RMSE at least MAE; MASE; quick check: median 0, mean 40, MAE 48 against 40."""
    rng = np.random.default_rng(0)
    for _ in range(20):
        y = rng.lognormal(2, 1, 41)
        guess = np.sort(np.r_[y, y.mean()])[:, None]
        e = y - guess
        assert guess[(e**2).mean(1).argmin(), 0] == y.mean()
        assert guess[abs(e).mean(1).argmin(), 0] == np.median(y)
        assert np.isclose(guess[np.where(e < 0, -0.3 * e, 0.7 * e).mean(1).argmin(), 0], np.sort(y)[int(0.7 * 41)])
        order = np.sort(y)
        middle = order[np.searchsorted((1 / order).cumsum(), (1 / order).sum() / 2)]
        assert guess[(abs(e) / y).mean(1).argmin(), 0] == middle < np.median(y)
        assert sqrt((y**2).mean()) >= abs(y).mean()
        a, b = y + rng.normal(size=(2, 41))
        rmse = [sqrt(np.mean((y - f) ** 2)) for f in (a, b)]
        r2 = [1 - np.sum((y - f) ** 2) / np.sum((y - y.mean()) ** 2) for f in (a, b)]
        assert (rmse[0] < rmse[1]) == (r2[0] > r2[1])
        worse = y.mean() + (1 + abs(rng.normal()))  # a constant that is not the mean
        assert 1 - np.sum((y - worse) ** 2) / np.sum((y - y.mean()) ** 2) < 0
        wape = (abs(e) / y.sum()).sum(1)
        assert guess[wape.argmin(), 0] == np.median(y)
        assert np.isclose(abs(y - a).sum() / abs(y).sum(), abs(y - a).mean() / abs(y).mean())
        assert np.isclose(np.mean(abs(y - 0 * y) / y), 1)  # a forecast of 0
    e = np.array([10, 20, 30, 40, 400]) - 30
    assert round(100 * e[-1] ** 2 / (e**2).sum(), 1) == 99.6 and round(100 * e[-1] / abs(e).sum()) == 90
    assert round(100 * abs(10 - 30) / 10) == 200 and round(100 * abs(30 - 10) / 30) == 67
    y = rng.exponential(100, 4_001)
    stock = np.sort(y)
    costs = [3 * np.maximum(y - s, 0).sum() + np.maximum(s - y, 0).sum() for s in stock[2_900:3_100]]
    assert abs(np.mean(y <= stock[2_900 + int(np.argmin(costs))]) - 0.75) < 0.001
    errors = np.array([1] * 9 + [20])
    assert errors.mean() == 2.9 and round(sqrt((errors**2).mean()), 1) == 6.4
    assert np.isclose(sqrt(np.mean(np.full(5, 3.0) ** 2)), 3)  # all of one size: RMSE is MAE
    assert np.isclose(1 - 10 / 100, 0.9) and np.isclose(1 - 4 / 10, 0.6) and 4 < 10
    mae = {s: 0.6 * s + 0.4 * (100 - s) for s in (0, 40, 50)}
    assert mae[0] == 40 and mae[40] == 48 and min(mae, key=lambda s: mae[s]) == 0
    assert mae[0] / 40 == 1 and np.isclose(mae[40] / 40, 1.2)  # WAPE prefers 0 as well
    mse = {s: 0.6 * s**2 + 0.4 * (100 - s) ** 2 for s in range(101)}
    assert min(mse, key=lambda s: mse[s]) == 40


def test_ndcg_by_hand() -> None:
    """The discounts 1, 0.631, 0.5, 0.431; 3.93, 5.69, 0.69 and 0.64; 2.32; 0.83 if the fifth is ignored; the base
    cancels; 120 orders average 0.72; reciprocal rank 1 and average precision 0.80; ties 0.82 and none relevant 0 in
    scikit-learn; 0.37 and 0.01; quick check: -0.74, 0.39, -0.14 and 0.431, another order with exponential gains."""
    from sklearn.metrics import ndcg_score

    discount = 1 / np.log2(np.arange(2, 12))
    assert [round(d, 3) for d in discount[:4]] == [1, 0.631, 0.5, 0.431] and round(float(np.log2(5)), 2) == 2.32
    assert [round(d, 2) for d in discount[:4]] == [1, 0.63, 0.5, 0.43]
    shown = np.array([2, 0, 3, 1, 2])

    def dcg(gains: np.ndarray) -> float:
        return float(gains[:4] @ discount[:4])

    best = dcg(np.sort(shown)[::-1])
    assert round(dcg(shown), 2) == 3.93 and round(best, 2) == 5.69 and round(dcg(shown) / best, 2) == 0.69
    gains = 2**shown - 1
    assert round(dcg(gains) / dcg(np.sort(gains)[::-1]), 2) == 0.64 and gains.max() == 7
    assert round(dcg(shown) / dcg(np.array([3, 2, 1, 0])), 2) == 0.83
    for values, result in ((shown, 0.690), (gains, 0.640)):
        assert round(ndcg_score([values], [[5, 4, 3, 2, 1]], k=4), 3) == result
    other = np.log(2) / np.log(np.arange(2, 12)) * 3
    assert np.isclose(shown[:4] @ other[:4] / (np.sort(shown)[::-1][:4] @ other[:4]), dcg(shown) / best)
    orders = np.array(list(permutations(shown)))
    assert len(orders) == 120 and round(float((orders[:, :4] @ discount[:4]).mean() / best), 2) == 0.72
    early = 1 / np.log2(np.r_[2, 2:6])[:4]  # 2002: rank 1 as it is, from rank 2 on divided by log2 i
    assert np.allclose(early, (1, 1, 1 / np.log2(3), 0.5)) and np.isfinite(shown[:4] @ early)
    relevant = np.array([1, 0, 1, 1, 1])
    precision = relevant.cumsum() / np.arange(1, 6)
    assert np.allclose(precision[relevant == 1], (1, 2 / 3, 3 / 4, 4 / 5))
    assert round(float(precision[relevant == 1].mean()), 2) == 0.80
    assert round(ndcg_score([[1, 0]], [[1, 1]]), 2) == 0.82 == round((1 + discount[1]) / 2, 2)
    assert ndcg_score([[0, 0, 0]], [[1, 2, 3]]) == 0
    assert round(discount[0] - discount[1], 2) == 0.37 and round(discount[8] - discount[9], 2) == 0.01

    def change(i: int, values: np.ndarray) -> float:
        swapped = values.copy()
        swapped[[i, i + 1]] = swapped[[i + 1, i]]
        return dcg(swapped) - dcg(values)

    linear, steep = ([change(i, values) for i in range(4)] for values in (shown, gains))
    assert np.allclose(linear, (-0.74, 0.39, -0.14, 0.431), atol=0.005)

    def swap(i: int, j: int) -> float:
        swapped = shown.copy()
        swapped[[i, j]] = swapped[[j, i]]
        return dcg(swapped) - dcg(shown)

    assert swap(1, 4) > linear[3]  # so the question is about neighbors only
    assert int(np.argmax(linear)) == 3 and int(np.argmax(steep)) == 1


def test_shap_values() -> None:
    """Grouping orders by the set before j gives the weights; additivity; the conditional values 0.55 and 0.45 from the
    regression; w (x - mean) for a linear model with correlated background rows; 2^20 is about a million; interventional
    SHAP of a product is 3 and 3 (quick check); another background, other values; equal copies; cancelling to zero."""
    rng = np.random.default_rng(0)

    def by_sets(v: dict[frozenset[int], float], d: int) -> np.ndarray:
        phi = np.zeros(d)
        for s in v:
            for j in set(range(d)) - s:
                weight = factorial(len(s)) * factorial(d - len(s) - 1) / factorial(d)
                phi[j] += weight * (v[s | {j}] - v[s])
        return phi

    def subsets(d: int) -> list[frozenset[int]]:
        return [frozenset(j for j in range(d) if code >> j & 1) for code in range(2**d)]

    v = {s: float(rng.normal()) for s in subsets(4)}
    orders, phi = list(permutations(range(4))), np.zeros(4)
    for order in orders:
        for i, j in enumerate(order):
            phi[j] += (v[frozenset(order[: i + 1])] - v[frozenset(order[:i])]) / len(orders)
    assert np.allclose(phi, by_sets(v, 4)) and np.isclose(phi.sum(), v[frozenset(range(4))] - v[frozenset()])
    assert np.isclose(sum(comb(3, k) * factorial(k) * factorial(3 - k) / factorial(4) for k in range(4)), 1)

    # mean of x1 given x2 = 1 under correlation 0.9
    known = {frozenset(s): x for s, x in (((), 0), ((0,), 1), ((1,), 0.9), ((0, 1), 1))}
    assert np.allclose(by_sets(known, 2), (0.55, 0.45))
    pairs = rng.normal(size=(200_000, 2)) @ np.linalg.cholesky([[1, 0.9], [0.9, 1]]).T
    near = pairs[abs(pairs[:, 1] - 1) < 0.05, 0]
    assert abs(near.mean() - 0.9) < 4 * near.std() / sqrt(near.size) + 0.002

    def interventional(f: object, row: np.ndarray, background: np.ndarray) -> np.ndarray:
        values = {}
        for s in subsets(row.size):
            mixed = background.copy()
            mixed[:, list(s)] = row[list(s)]
            values[s] = float(np.mean(f(mixed)))  # type: ignore[operator]
        return by_sets(values, row.size)

    rows = rng.normal(size=(50, 3)) @ rng.normal(size=(3, 3)) + 5
    w, row = np.array([1.0, -2.0, 0.5]), np.array([1.0, 2.0, 3.0])
    assert np.allclose(interventional(lambda x: x @ w, row, rows), w * (row - rows.mean(0)))
    assert not np.allclose(interventional(lambda x: x @ w, row, rows + 1), w * (row - rows.mean(0)))
    cube = np.array([[a, b] for a in (-1.0, 1.0) for b in (-1.0, 1.0)])  # independent, mean 0
    assert np.allclose(interventional(lambda x: x[:, 0] * x[:, 1], np.array([2.0, 3.0]), cube), (3, 3))
    assert np.isclose(6 * 2 / 5, 2.4) and np.isclose(6 * 3 / 5, 3.6)
    # used by the model, yet 0 for a row at the average
    assert np.allclose(interventional(lambda x: x[:, 0], np.array([0.0, 9.0]), cube), 0)
    assert 2**20 == 1_048_576
    # two equal copies of a feature a: conditional values are equal
    assert np.ptp(by_sets({frozenset(s): x for s, x in (((), 0), ((0,), 2), ((1,), 2), ((0, 1), 2))}, 2)) == 0


def test_partial_dependence() -> None:
    """Product with signs: slopes 1 and -1, mean 0; conditional range 0.95 to 2.65 and 17 % of the other column in it;
    1.8 to 2.4 units; the two models agree on every row and ALE stays below the 0.8; quick check: slope 0.5, against z²
    and z²/2; a curve by neighbors has slope for a model that ignores the feature; ALE hides an interaction."""
    x2 = np.repeat([1.0, -1.0], 50)
    curves = np.array([z * x2 for z in (-1.0, 0.0, 1.0)])
    assert set(np.diff(curves, axis=0)[0]) == {1.0, -1.0} and np.all(curves.mean(1) == 0)
    mean, sd = 0.9 * 2, sqrt(1 - 0.9**2)
    low, high = mean - 1.96 * sd, mean + 1.96 * sd
    assert round(low, 2) == 0.95 and round(high, 2) == 2.65
    assert round(100 * float(stats.norm.cdf(high) - stats.norm.cdf(low))) == 17

    rng = np.random.default_rng(1)
    x1 = rng.uniform(0, 4, 40_000)
    other = x1 + rng.uniform(-0.5, 0.5, 40_000)
    assert abs(x1 - other).max() <= 0.5 and 0.5 + 4 / 20 < 0.8
    extra = [3 * np.mean(abs(z - other) > 0.8) for z in (0, 2, 4)]
    assert np.allclose(extra, (2.4, 1.8, 2.4), atol=0.03)

    x = np.linspace(0, 1, 100_001)
    edges = np.linspace(0, 1, 101)
    for z in (0.2, 0.9):
        assert np.isclose((z * x).mean(), 0.5 * z)
        near = abs(x - z) < 0.001
        assert np.isclose((x * x)[near].mean(), z**2, atol=1e-4)
    which = np.minimum((x * 100).astype(int), 99)
    ale = (np.bincount(which, (edges[which + 1] - edges[which]) * x) / np.bincount(which)).cumsum()
    assert np.allclose(ale, edges[1:] ** 2 / 2, atol=1e-4)
    # a model that returns x2 only: rows near x1 = 3 give more than rows near x1 = 1
    assert other[abs(x1 - 3) < 0.1].mean() - other[abs(x1 - 1) < 0.1].mean() > 1.9
    # independent signs: ALE of the product is flat as well
    signs = rng.permutation(np.repeat([1.0, -1.0], 20_000))
    bins = np.minimum((x1 / 4 * 20).astype(int), 19)
    assert np.all(abs(np.bincount(bins, 0.2 * signs) / np.bincount(bins)) < 0.03)


def test_fairness_criteria() -> None:
    """The identity on random tables; both rows of the table; four times; parity and equalized odds differ by (pA - pB)
    (TPR - FPR); one threshold on calibrated scores gives unequal rates, group thresholds equal shares or
    error rates; parity by chance in one group; 2 of 10 against
    1 of 20; quick check: precision and recall 0.75 give 16.7 % and 2.8 %, six times; the distractors 4 and 1.5."""
    rng = np.random.default_rng(0)

    def false_rate(p: float, ppv: float, fnr: float) -> float:
        return p / (1 - p) * (1 - ppv) / ppv * (1 - fnr)

    for tp, fp, fn, tn in rng.integers(1, 500, (200, 4)):
        p = (tp + fn) / (tp + fp + fn + tn)
        assert np.isclose(fp / (fp + tn), false_rate(p, tp / (tp + fp), fn / (tp + fn)))
        selected = (tp + fp) / (tp + fp + fn + tn)
        assert np.isclose(selected, p * tp / (tp + fn) + (1 - p) * fp / (fp + tn))
    shown = {0.5: (400, 100, 100, 400, 0.20, 0.50), 0.2: (160, 40, 40, 760, 0.05, 0.20)}
    for p, (tp, fp, fn, tn, rate, selected) in shown.items():
        assert tp + fp + fn + tn == 1_000 and (tp + fn) / 1_000 == p and fp / (fp + tn) == rate
        assert tp / (tp + fp) == 0.80 and fn / (tp + fn) == 0.20 and (tp + fp) / 1_000 == selected
        assert np.isclose(false_rate(p, 0.8, 0.2), rate)
    assert np.isclose(0.20 / 0.05, 4)
    assert false_rate(0.5, 1, 0.2) == false_rate(0.2, 1, 0.2) == 0  # the exception
    a, b, tpr, fpr = 0.5, 0.2, 0.8, 0.1
    assert np.isclose((a * tpr + (1 - a) * fpr) - (b * tpr + (1 - b) * fpr), (a - b) * (tpr - fpr))

    assert [round(0.2 * 0.8 / base, 2) for base in (0.5, 0.2)] == [0.32, 0.80]  # parity and equal precision together
    score = np.linspace(0.005, 0.995, 100)  # calibrated in both groups, more high scores in the first
    rates = []
    for weight in (score, 1 - score):
        weight = weight / weight.sum()
        high = score > 0.5
        rates.append((weight * (1 - score) * high).sum() / (weight * (1 - score)).sum())
    assert rates[0] > 2 * rates[1]
    first, second = score / score.sum(), (1 - score) / (1 - score).sum()
    for weight in (first, second):  # a calibrated score averages to the base rate; one threshold, unequal shares
        outcomes = np.r_[weight * score, weight * (1 - score)]
        assert np.isclose(outcomes[:100].sum(), weight @ score) and np.isclose(outcomes.sum(), 1)
    assert first[score > 0.5].sum() > 2 * second[score > 0.5].sum()
    # group thresholds, randomized between two: 30 % selected in both, or the same recall and false positive rate
    tails = [np.r_[w[::-1].cumsum()[::-1], 0] for w in (first, second)]
    for tail in tails:
        k = int(np.sum(tail > 0.3))
        mix = (0.3 - tail[k]) / (tail[k - 1] - tail[k])
        assert 0 <= mix <= 1 and np.isclose(mix * tail[k - 1] + (1 - mix) * tail[k], 0.3)
    curves = [[np.r_[0, (w * y)[::-1].cumsum() / (w * y).sum()] for y in (1 - score, score)] for w in (first, second)]
    goal = 0.9 * min(np.interp(0.2, *curve) for curve in curves)
    assert goal > 0.3  # recall above the rate 0.2, below both curves: each group reaches it by mixing with chance
    for curve in curves:
        recall = np.interp(0.2, *curve)
        share = (recall - goal) / (recall - 0.2)
        assert 0 <= share <= 1 and np.isclose((1 - share) * recall + share * 0.2, goal)
    skilled = np.arange(1_000) < 300
    good, luck = skilled, rng.permutation(skilled)
    assert good.sum() == luck.sum() and (good & skilled).sum() == 300 > 2 * (luck & skilled).sum()
    assert stats.fisher_exact([[2, 8], [1, 19]])[1] > 0.2

    first, second = false_rate(0.4, 0.75, 0.25), false_rate(0.1, 0.75, 0.25)
    assert round(100 * first, 1) == 16.7 and round(100 * second, 1) == 2.8 and np.isclose(first / second, 6)
    assert np.isclose((0.4 / 0.6) / (0.1 / 0.9), 6)
    assert np.isclose(first * 0.6 / (second * 0.9), 4) and np.isclose(0.9 / 0.6, 1.5)


def test_differential_privacy() -> None:
    """The table: factors 1.11, 1.65, 2.72, 148; noise within 30, 6.0, 3.0, 0.6; beliefs 52, 62, 73, 99.3 %; the
    density ratio; 2.83 alone, 0.28 for the mean of 100, as if released once with 5; factors multiply; groups of 100
    rows; k-anonymity with one illness; local noise grows with the root; quick check 5.2, and 0.72 as the distractor
    says."""
    table = ((0.1, 1.11, 30, 52), (0.5, 1.65, 6.0, 62), (1, 2.72, 3.0, 73), (5, 148, 0.6, 99.3))
    for eps, factor, reach, belief in table:
        assert round(float(np.exp(eps)), 2 if eps < 5 else None) == factor
        assert abs(log(20) / eps / reach - 1) < 0.002
        assert abs(1 - float(stats.laplace.cdf(-reach * eps)) * 2 - 0.95) < 0.001
        assert round(100 * float(expit(eps)), 1 if eps == 5 else None) == belief
        x = np.linspace(-50, 50, 2_001)
        ratio = eps * (abs(x + 1) - abs(x))  # log of the densities around two counts that differ by 1
        assert np.isclose(abs(ratio).max(), eps)
        density = [stats.laplace.logpdf(x[900:1100], at, 1 / eps) for at in (0, -1)]
        assert np.allclose(ratio[900:1100], density[0] - density[1])
        far = eps * (abs(x + 100) - abs(x))
        assert np.isclose(abs(far).max(), 100 * eps)  # 100 rows of one person
    alone = sqrt(2) / 0.5
    assert round(alone, 2) == 2.83 and round(alone / sqrt(100), 2) == 0.28
    assert np.isclose(np.exp(0.5) * np.exp(0.1), np.exp(0.5 + 0.1)) and np.isclose(sqrt(2) / 5, alone / 10)
    rng = np.random.default_rng(0)
    means = rng.laplace(130, 2, (4_000, 100)).mean(1)
    assert abs(means.std() - 0.283) < 4 * 0.283 / sqrt(8_000)
    counts, eps = np.array([10, 20]), 0.5  # two wards; one person more in the first changes one release only
    out = rng.laplace(counts, 1 / eps, (1_000, 2))
    both = [stats.laplace.logpdf(out, c, 1 / eps).sum(1) for c in (counts, counts + np.array([1, 0]))]
    assert abs(both[0] - both[1]).max() <= eps + 1e-9
    group = {("1980s", "75001"): ["diabetes"] * 5}  # five times the same combination, one illness
    assert all(len(g) >= 5 and len(set(g)) == 1 for g in group.values())
    keep = float(expit(1.0))  # randomized response with epsilon 1
    sd = {n: sqrt(n * keep * (1 - keep)) / (2 * keep - 1) for n in (100, 10_000)}
    assert np.isclose(sd[10_000] / sd[100], 10)
    assert np.isclose(52 * 0.1, 5.2) and round(0.1 * sqrt(52), 2) == 0.72
