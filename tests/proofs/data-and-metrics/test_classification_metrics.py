"""Proofs for "Metrics": what the page states and has no room to run, one function a question.

Numbers of the prose, keys of the quick checks, and the claims in mistakes and follow-ups.
"""

from __future__ import annotations

import warnings
from itertools import product
from math import log, sqrt

import numpy as np
from scipy import stats
from scipy.stats import norm
from sklearn.exceptions import UndefinedMetricWarning
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import (
    average_precision_score,
    balanced_accuracy_score,
    brier_score_loss,
    f1_score,
    log_loss,
    matthews_corrcoef,
    ndcg_score,
    precision_score,
    roc_auc_score,
    roc_curve,
)


def test_accuracy_vs_other_metrics() -> None:
    """5/(5 + 95) = 0.05 is the cheapest of all thresholds, 0.5 the most accurate, and with equal costs accuracy and
    cost rank alike. Never firing: accuracy 0.99, balanced accuracy 0.50. Resampling the test set to 50/50 changes
    precision and cost. Quick check: 2 of 3 churners and 3 false alarms per 100 give 96 %, "stays" 97 %, and the 96 %
    rule is the cheaper one once a lost customer costs more than the alarms."""
    fraud, miss, alarm = 0.01, 95, 5
    assert np.isclose(alarm / (alarm + miss), 0.05) and np.isclose(miss * 0.05, alarm * 0.95)
    cut = np.linspace(-3, 7, 10_001)
    fn, fp = fraud * norm.cdf(cut - 2), (1 - fraud) * norm.sf(cut)
    p = 1 / (1 + 99 * np.exp(2 - 2 * cut))
    # the probability is the exact one
    assert np.allclose(p, fraud * norm.pdf(cut - 2) / (fraud * norm.pdf(cut - 2) + (1 - fraud) * norm.pdf(cut)))
    assert abs(p[(miss * fn + alarm * fp).argmin()] - 0.05) < 0.001
    assert abs(p[(fn + fp).argmin()] - 0.5) < 0.001  # accuracy = cost at equal prices
    assert np.argsort(fn + fp)[0] == np.argsort(1 - (fn + fp))[-1]
    truth = np.repeat([1, 0], [1, 99])
    never = np.zeros(100, int)
    assert np.mean(truth == never) == 0.99 and balanced_accuracy_score(truth, never) == 0.50
    recall, false_rate = 0.57, 0.034
    precision = [s * recall / (s * recall + (1 - s) * false_rate) for s in (0.01, 0.5)]
    assert precision[0] < 0.2 and precision[1] > 0.9
    errors = {"stays": 3, "model": (3 - 2) + 3}
    assert {k: 100 - v for k, v in errors.items()} == {"stays": 97, "model": 96}
    for lost, cheaper in ((1, "stays"), (2, "model"), (20, "model")):  # an alarm costs 1
        costs = {"stays": 3 * lost, "model": 1 * lost + 3 * 1}
        assert min(costs, key=lambda k: costs[k]) == cheaper
    # accuracy on finitely many rows: a step function of the weights
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(200, 2)), rng.random(200) < 0.5
    w = rng.normal(size=2)
    nudged = [np.mean((X @ (w + 1e-9 * d) > 0) == y) for d in rng.normal(size=(50, 2))]
    assert len(set(nudged)) == 1


def test_confusion_matrix() -> None:
    """80, 20, 30, 870: recall 0.80, specificity 0.97, precision 0.73, negative predictive value 0.98, accuracy 0.95,
    MCC 0.74; false positive rate 0.033, 27 % of the alarms wrong; at 1 % spam precision 0.20. Raising the threshold:
    TP, FP and recall never rise, specificity never falls, precision and accuracy go both ways (quick check: 8 of 10 to
    7 of 9). The row-normalized diagonal is recall for any number of classes. Type I and II errors."""
    tp, fn, fp, tn = 80, 20, 30, 870
    assert tp + fn == 100 and tp + fn + fp + tn == 1000 and fp + tn == 900 and fn + tn == 890
    assert round(tp / (tp + fn), 2) == 0.80 and round(tn / (tn + fp), 2) == 0.97
    assert round(tp / (tp + fp), 2) == 0.73 and round(tn / (tn + fn), 2) == 0.98
    assert (tp + tn) / 1000 == 0.95 and round(fp / (fp + tn), 3) == 0.033 and round(fp / (tp + fp), 2) == 0.27
    assert round(0.80 * 0.01 / (0.80 * 0.01 + 0.033 * 0.99), 2) == 0.20
    truth = np.repeat([1, 1, 0, 0], [tp, fn, fp, tn])
    said = np.repeat([1, 0, 1, 0], [tp, fn, fp, tn])
    assert round(matthews_corrcoef(truth, said), 2) == 0.74
    rng = np.random.default_rng(0)
    y, score = rng.random(300) < 0.3, np.round(rng.normal(size=300), 2)
    y = y | (score > 1.5)
    moves: dict[str, set[float]] = {"precision": set(), "accuracy": set()}
    before = None
    for cut in np.unique(score):
        flag = score >= cut
        now = {"tp": np.sum(flag & y), "fp": np.sum(flag & ~y), "accuracy": np.mean(flag == y)}
        now["precision"] = now["tp"] / flag.sum()
        if before:
            assert now["tp"] <= before["tp"] and now["fp"] <= before["fp"]  # so specificity never falls
            for name, seen in moves.items():
                seen.add(float(np.sign(now[name] - before[name])))
        before = now
    assert all({-1.0, 1.0} <= seen for seen in moves.values())
    assert 7 / 9 < 8 / 10
    table = rng.integers(1, 50, (4, 4))
    for k in range(4):
        one_vs_rest = table[k, k], table[k].sum() - table[k, k]
        assert np.isclose((table / table.sum(1, keepdims=True))[k, k], one_vs_rest[0] / sum(one_vs_rest))
    # one-sided z-test at 5 %: the share of rejections is alpha without an effect, the power with one
    z = rng.normal([[0.0], [2.0]], 1, (2, 20_000)) > norm.ppf(0.95)
    assert abs(z[0].mean() - 0.05) < 4 * sqrt(0.05 * 0.95 / 20_000)
    assert abs(z[1].mean() - norm.sf(norm.ppf(0.95) - 2)) < 4 * sqrt(0.25 / 20_000)


def test_confusion_matrix_worse_than_chance() -> None:
    """Recall 0.20, specificity 0.30, precision 0.222 (22.2 %, 22 %, 0.2222), accuracy 0.25, J = -0.50, MCC -0.50 (root
    2487), tail 3e-7; inverted 0.80, 0.70, 0.73, 0.75. J, MCC and precision - share always have the same sign. Accuracy
    45 % at 90 % negatives with J > 0. Precision 3 % at 1 % positives. Wilson 0.18 to 0.34. AUC of the negated score.
    Majority vote under leave-one-out: 0. Quick check: the signs of recall - false positive rate."""
    tp, fn, tn, fp = 10, 40, 15, 35
    assert tp + fn == 50 and tn + fp == 50 and tp + fp == 45 and fn + tn == 55 and tp + fn + tn + fp == 100
    recall, specificity, precision = tp / 50, tn / 50, tp / (tp + fp)
    assert (recall, specificity) == (0.20, 0.30) and round(precision, 4) == 0.2222 and round(precision, 3) == 0.222
    assert round(100 * precision, 1) == 22.2 and round(100 * precision) == 22 and fp / 50 == 0.70
    assert (tp + tn) / 100 == 0.25 and np.isclose(recall + specificity - 1, -0.50)
    assert tp * tn == 150 and fp * fn == 1400 and int(sqrt(45 * 50 * 50 * 55)) == 2487
    truth, said = np.repeat([1, 1, 0, 0], [tp, fn, tn, fp]), np.repeat([1, 0, 0, 1], [tp, fn, tn, fp])
    assert round(matthews_corrcoef(truth, said), 2) == -0.50
    assert f"{stats.binom.cdf(25, 100, 0.5):.0e}" == "3e-07"
    inverted = 1 - said
    assert np.sum(inverted & truth) == 40 and np.isclose(40 / 50, 0.80) and np.isclose(35 / 50, 0.70)
    assert round(precision_score(truth, inverted), 2) == 0.73 and np.mean(inverted == truth) == 0.75
    for a, b, c, d in product(range(1, 7), repeat=4):  # tp, fn, fp, tn
        j = a / (a + b) + d / (c + d) - 1
        signs = [np.sign(np.round(v, 12)) for v in (j, a * d - b * c, a / (a + c) - (a + b) / (a + b + c + d))]
        assert len(set(signs)) == 1
    assert np.isclose(0.1 * 0.9 + 0.9 * 0.4, 0.45) and 0.9 + 0.4 - 1 > 0  # recall 0.9, specificity 0.4
    assert round(0.8 * 0.01 / (0.8 * 0.01 + 0.3 * 0.99), 2) == 0.03
    low, high = stats.binomtest(25, 100).proportion_ci(method="wilson")
    assert round(low, 2) == 0.18 and round(high, 2) == 0.34
    rng = np.random.default_rng(0)
    y, score = rng.random(200) < 0.4, rng.integers(0, 8, 200)
    assert np.isclose(roc_auc_score(y, score) + roc_auc_score(y, -score), 1) and np.isclose(0.30 + 0.70, 1)
    labels = np.tile([0, 1], 50)  # leave-one-out: 49 of the own class, 50 of the other
    for i in range(100):
        assert np.bincount(np.delete(labels, i)).argmax() != labels[i]
    for accuracy, r, s, worse in ((0.40, 0.90, 0.30, False), (0.95, 0.0, 1.0, False), (0.90, 0.02, 0.95, True)):
        share = (accuracy - s) / (r - s)  # the share of positives that these rates imply
        assert 0 < share < 1 and (r < 1 - s - 1e-12) is worse
        at_random = share * r + (1 - share) * (1 - s)  # recall on average of flagging as many rows at random
        assert (r < at_random - 1e-12) is worse


def test_f1_score() -> None:
    """80, 30, 20: precision 0.73, recall 0.80, F1 = 160/210 = 0.76. Flag all at 10 %: mean 0.55, F1 0.18; 0.67 at 50 %,
    0.02 at 1 %. F1 at most twice the smaller; the formula of F-beta; the derivatives by FN and FP. Half the best F1 is
    the best threshold on other calibrated scores too. Micro F1 is accuracy with one class a row; the two macro F1
    differ; no flags: 0 and a warning. Folds and pool differ. Quick check: 2 * 1.0 * 0.5 / 1.5 = 0.67, mean 0.75."""
    tp, fp, fn = 80, 30, 20
    assert 2 * tp == 160 and 2 * tp + fp + fn == 210 and tp + fp == 110
    assert round(tp / (tp + fp), 2) == 0.73 and tp / (tp + fn) == 0.80 and round(160 / 210, 2) == 0.76
    assert np.isclose((1 + 0.1) / 2, 0.55) and round(2 * 0.1 / 1.1, 2) == 0.18
    assert round(2 * 0.5 / 1.5, 2) == 0.67 and round(2 * 0.01 / 1.01, 2) == 0.02
    rng = np.random.default_rng(0)
    p, r = rng.uniform(0.01, 1, (2, 1000))
    f1 = 2 * p * r / (p + r)
    assert np.all(f1 <= 2 * np.minimum(p, r)) and np.all(f1 <= (p + r) / 2 + 1e-12)
    assert np.all((f1 >= np.minimum(p, r) - 1e-12) & (f1 <= np.maximum(p, r) + 1e-12))
    for beta in (0.5, 1, 2):
        b2, prec, rec = beta**2, tp / (tp + fp), tp / (tp + fn)
        by_counts = (1 + b2) * tp / ((1 + b2) * tp + b2 * fn + fp)
        assert np.isclose(by_counts, (1 + b2) * prec * rec / (b2 * prec + rec))
        step = 1e-6  # at a given TP one miss counts beta² false alarms

        def f(misses: float, alarms: float, b2: float = b2) -> float:
            return (1 + b2) * tp / ((1 + b2) * tp + b2 * misses + alarms)

        assert np.isclose((f(fn + step, fp) - f(fn, fp)) / (f(fn, fp + step) - f(fn, fp)), b2, rtol=1e-3)
    # calibrated probabilities drawn from any law: the best threshold is half of the best expected F1
    for a, b in ((1, 9), (2, 2), (0.3, 3)):
        q = np.sort(rng.beta(a, b, 200_000))[::-1]
        caught, flagged = q.cumsum(), np.arange(1, q.size + 1)
        curve = 2 * caught / (flagged + q.sum())
        assert abs(q[curve.argmax()] - curve.max() / 2) < 0.001 and q[curve.argmax()] <= 0.5
    y, said = rng.integers(0, 4, (2, 500))
    said = np.where(rng.random(500) < 0.5, y, said)
    assert np.isclose(f1_score(y, said, average="micro"), np.mean(y == said))
    y, said = np.array([0] * 90 + [1] * 10), np.array([0] * 60 + [1] * 30 + [1] * 10)
    prec, rec = (
        np.array([np.mean(y[said == k] == k) for k in (0, 1)]),
        np.array([np.mean(said[y == k] == k) for k in (0, 1)]),
    )
    of_means = 2 * prec.mean() * rec.mean() / (prec.mean() + rec.mean())
    assert abs(of_means - f1_score(y, said, average="macro")) > 0.05
    with warnings.catch_warnings(record=True) as caught_warnings:
        warnings.simplefilter("always")
        assert precision_score([1, 0], [0, 0]) == 0 and f1_score([1, 0], [0, 0]) == 0
    assert any(issubclass(w.category, UndefinedMetricWarning) for w in caught_warnings)
    y, said = rng.random(500) < 0.02, rng.random(500) < 0.02
    said |= y & (rng.random(500) < 0.6)
    folds = np.arange(500) % 10
    by_fold = np.mean([f1_score(y[folds == k], said[folds == k], zero_division=0) for k in range(10)])
    assert abs(by_fold - f1_score(y, said)) > 0.01
    assert round(2 * 1.0 * 0.5 / 1.5, 2) == 0.67 and (1.0 + 0.5) / 2 == 0.75 and 2 * 0.5 * 0.5 / 1.0 == 0.50


def test_roc_auc() -> None:
    """Area 0.92; thresholds 2, 1, 0: recall 50, 84, 98 %, false positive rate 2 (2.3), 16, 50 %; 98 % false alarms at
    0.1 % positives (999 negatives each). AUC is the pair probability with ties, the mean height over negatives, same
    for p³ though log loss is worse; constant scores 0.5; U-shaped classes 0.5; predicted classes give the mean of
    recall and specificity. As many thresholds as scores, and one above. Standard error 0.02 for 50 and 1,000, mostly
    from the 50. Precision-recall baseline. Crossing curves. Quick check: a tenth of the negatives."""
    assert round(norm.cdf(sqrt(2)), 2) == 0.92
    shown = [(round(100 * norm.sf(c - 2)), round(100 * norm.sf(c))) for c in (2, 1, 0)]
    assert shown == [(50, 2), (84, 16), (98, 50)] and round(100 * norm.sf(2), 1) == 2.3
    assert round(1 - 0.001 * 0.5 / (0.001 * 0.5 + 0.999 * norm.sf(2)), 2) == 0.98 and round(0.999 / 0.001) == 999
    rng = np.random.default_rng(0)
    y = rng.random(400) < 0.3
    ties = rng.integers(0, 10, 400) + 2 * y
    difference = ties[y][:, None] - ties[~y]
    assert np.isclose(roc_auc_score(y, ties), np.mean(difference > 0) + np.mean(difference == 0) / 2)
    score = rng.normal(2.0 * y, 1)
    assert np.isclose(roc_auc_score(y, score), np.mean([np.mean(score[y] > s) for s in score[~y]]))
    p = 1 / (1 + 0.7 / 0.3 * np.exp(2 - 2 * score))
    assert np.isclose(roc_auc_score(y, p), roc_auc_score(y, p**3)) and log_loss(y, p**3) > 1.5 * log_loss(y, p)
    assert roc_auc_score(y, np.ones(400)) == 0.5
    thresholds = roc_curve(y, score, drop_intermediate=False)[2]
    assert len(thresholds) == 401 and np.isinf(thresholds[0])
    flag = p >= 0.5
    assert np.isclose(roc_auc_score(y, flag), (flag[y].mean() + (~flag[~y]).mean()) / 2)
    low, high = rng.random(1000), rng.random(1000)  # negatives in the middle, positives at both ends
    ends, middle = np.where(low < 0.5, -3, 3) + high, rng.normal(0, 0.3, 1000)
    both, u = np.repeat([1, 0], 1000), np.concatenate([ends - 0.5, middle])
    assert abs(roc_auc_score(both, u) - 0.5) < 4 * 0.5 / sqrt(1000) and roc_auc_score(both, abs(u)) > 0.99

    def areas(positives: int, negatives: int, sims: int = 400) -> np.ndarray:
        pos, neg = rng.normal(2, 1, (sims, positives)), rng.normal(0, 1, (sims, negatives))
        return np.array([np.searchsorted(np.sort(b), a).mean() / negatives for a, b in zip(pos, neg, strict=True)])

    base = areas(50, 1_000)
    assert abs(base.mean() - 0.92) < 0.005 and round(base.std(), 2) == 0.02
    assert areas(50, 10_000, 100).std() > 0.75 * base.std() and areas(500, 1_000).std() < 0.5 * base.std()
    for share in (0.5, 0.1, 0.01):
        labels = rng.random(20_000) < share
        spread = 4 * sqrt(share / 20_000) + 0.01
        assert abs(average_precision_score(labels, rng.random(20_000)) - share) < spread
    labels, ties = rng.random(400) < 0.2, rng.integers(0, 10, 400)  # the mean of the precision at each positive's score
    precision_at = [labels[ties >= s].mean() for s in ties[labels]]
    assert np.isclose(average_precision_score(labels, ties), np.mean(precision_at))
    # crossing curves: the higher area is the lower one at small false positive rates
    grid = np.linspace(0.001, 0.999, 999)
    wide, narrow = norm.sf((norm.isf(grid) - 1.6) / 3), norm.cdf(norm.ppf(grid) + 1.2)
    assert narrow.mean() > wide.mean() and wide[9] > narrow[9]
    # nowhere below in ROC space if and only if nowhere below in PR space, at any class mix
    strong, weak = norm.cdf(norm.ppf(grid) + 2), norm.cdf(norm.ppf(grid) + 1)
    for share in (0.5, 0.01):
        for top, bottom in ((strong, weak), (narrow, wide)):
            at = np.linspace(0.05, 0.95, 91)  # false positive rate that a recall costs, then precision
            price = [np.interp(at, curve, grid) for curve in (top, bottom)]
            precision = [share * at / (share * at + (1 - share) * q) for q in price]
            assert np.all(top >= bottom) == np.all(precision[0] >= precision[1])
    aucs, precisions = [], []
    for _ in range(6):
        y = np.repeat([1, 0], [500, 20_000])
        score = rng.normal(2 * y, 1)
        keep = (y == 1) | (rng.random(y.size) < 0.1)
        aucs.append(roc_auc_score(y[keep], score[keep]) - roc_auc_score(y, score))
        precisions.append(average_precision_score(y[keep], score[keep]) - average_precision_score(y, score))
    assert abs(np.mean(aucs)) < 0.005 and min(precisions) > 0.1


def _newton(X: np.ndarray, y: np.ndarray, steps: int = 12) -> np.ndarray:
    """Maximum-likelihood probabilities of many logistic regressions at once: X is (fits, rows, columns)."""
    w = np.zeros((X.shape[0], X.shape[2]))
    for _ in range(steps):
        p = 1 / (1 + np.exp(-np.einsum("fnk,fk->fn", X, w)))
        gradient = np.einsum("fnk,fn->fk", X, y - p)
        hessian = np.einsum("fnk,fn,fnl->fkl", X, p * (1 - p), X)
        w += np.linalg.solve(hessian, gradient[..., None])[..., 0]
    return 1 / (1 + np.exp(-np.einsum("fnk,fk->fn", X, w)))


def test_evaluate_logistic_regression() -> None:
    """Balanced weights say 34 % where 4 % are positive; subtracting ln(n0/n1) from the log-odds restores the log loss.
    McFadden of the true model about 0.2. Log loss and Brier are proper; deviance is 2 n log loss; infinite loss at
    p = 0. A useless coefficient lowers the deviance by chi-squared, 1 degree. The intercept makes the training means
    agree (quick check), for a poor model too. scikit-learn penalizes by default; separation lets coefficients grow,
    with ties on the boundary as well; one overlap does not."""
    rng = np.random.default_rng(0)

    def draw(n: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        X = rng.normal(size=(n, 3))
        p = 1 / (1 + np.exp(4 - X @ [1, 1, 0.5]))
        return X, p, rng.random(n) < p

    X, p, y = draw(200_000)
    base = p.mean()
    mcfadden = 1 - np.mean(p * np.log(p) + (1 - p) * np.log(1 - p)) / (base * log(base) + (1 - base) * log(1 - base))
    assert abs(mcfadden - 0.2) < 0.02 and abs(base - 0.044) < 0.001
    # accuracy of the exactly right model at 0.5, and of "no"
    assert 0 <= np.maximum(p, 1 - p).mean() - (1 - base) < 0.005
    gaps, means = [], []
    for _ in range(6):
        X, p, y = draw(8_000)
        train, test = slice(0, 4_000), slice(4_000, None)
        plain = LogisticRegression(C=np.inf).fit(X[train], y[train])
        heavy = LogisticRegression(C=np.inf, class_weight="balanced").fit(X[train], y[train])
        q = plain.predict_proba(X[test])[:, 1]
        odds = heavy.decision_function(X[test])
        shift = log((~y[train]).sum() / y[train].sum())
        means.append((1 / (1 + np.exp(-odds))).mean())
        gaps.append(log_loss(y[test], 1 / (1 + np.exp(-(odds - shift)))) - log_loss(y[test], q))
        assert abs(plain.predict_proba(X[train])[:, 1].mean() - y[train].mean()) < 1e-4
    assert abs(np.mean(means) - 0.34) < 0.02 and abs(np.mean(gaps)) < 0.005
    guess = np.linspace(0.01, 0.99, 99)
    for true in (0.1, 0.5, 0.83):
        assert np.isclose(guess[(-true * np.log(guess) - (1 - true) * np.log(1 - guess)).argmin()], true)
        assert np.isclose(guess[(true * (1 - guess) ** 2 + (1 - true) * guess**2).argmin()], true)
    few_y, few_p = np.array([1, 0, 0, 1]), np.array([0.9, 0.2, 0.4, 0.6])
    likelihood = np.prod(np.where(few_y, few_p, 1 - few_p))
    assert np.isclose(-2 * log(likelihood), 2 * 4 * log_loss(few_y, few_p))
    with np.errstate(divide="ignore"):
        assert np.isinf(-np.log(0.0)) and brier_score_loss([1, 0], [0.0, 1.0]) == 1
    fits, n = 400, 300
    X = np.concatenate([np.ones((fits, n, 1)), rng.normal(size=(fits, n, 2))], axis=2)
    y = (rng.random((fits, n)) < 1 / (1 + np.exp(1 - X[..., 1]))).astype(float)  # the last column is useless
    small, large = _newton(X[..., :2], y), _newton(X, y)
    deviance = [-2 * (y * np.log(q) + (1 - y) * np.log(1 - q)).sum(1) for q in (small, large)]
    drop = deviance[0] - deviance[1]
    assert np.all(drop > -1e-6) and abs(drop.mean() - 1) < 4 * sqrt(2 / fits) + 0.02
    assert abs(np.mean(drop > stats.chi2.ppf(0.95, 1)) - 0.05) < 4 * sqrt(0.05 * 0.95 / fits)
    wrong = _newton(X[..., [0, 2]], y)  # a model without the one useful feature: the means agree all the same
    assert np.allclose(wrong.mean(1), y.mean(1)) and np.allclose(large.mean(1), y.mean(1))
    tiny = X[0][:, 1:], y[0]
    default, free = LogisticRegression().fit(*tiny), LogisticRegression(C=1e6).fit(*tiny)
    assert np.linalg.norm(default.coef_) < np.linalg.norm(free.coef_)
    line = np.arange(-3.0, 4)[:, None]
    sizes = [LogisticRegression(C=c, max_iter=10_000).fit(line, line[:, 0] > 0.5).coef_[0, 0] for c in (1, 1e2, 1e4)]
    assert sizes[0] < sizes[1] / 1.5 and sizes[1] < sizes[2] / 1.5
    x = np.append(np.linspace(-3, 3, 100), [0, 0])
    tied = np.append(np.arange(100) >= 50, [False, True])  # perfect but for two rows on the boundary
    overlap = tied.copy()
    overlap[[49, 50]] = True, False  # almost perfect: one wrong row each way
    for labels, grows in ((tied, True), (overlap, False)):  # log-likelihood by slope; by symmetry the intercept is 0
        rising = np.diff([-np.logaddexp(0, np.where(labels, -x, x) * w).sum() for w in range(1, 400)]) > 0
        assert rising.all() if grows else rising[0] and not rising[30:].any()


def test_does_the_model_work() -> None:
    """40 against 20 of 1,000: 2.0 points, standard error sqrt(59.6)/1000 = 0.8 points, by simulation as well; p = 0.013
    by the sign test; each accuracy of 85 % or 83 % alone more than 1 point. 900 rows at 90 %: 1 point. The best of
    many equal models looks better than it is. Selecting features before the split finds signal in noise."""
    n, a_only, b_only = 1000, 40, 20
    error = sqrt(a_only + b_only - (a_only - b_only) ** 2 / n) / n
    assert np.isclose((a_only - b_only) ** 2 / n, 0.4) and round(100 * error, 1) == 0.8
    assert np.isclose(100 * (a_only - b_only) / n, 2.0)
    rng = np.random.default_rng(0)
    cells = rng.multinomial(n, [0.04, 0.02, 0.94], 20_000)
    assert abs(((cells[:, 0] - cells[:, 1]) / n).std() / error - 1) < 4 / sqrt(2 * 20_000)
    assert round(stats.binomtest(a_only, a_only + b_only).pvalue, 3) == 0.013
    assert all(sqrt(r * (1 - r) / n) > 0.01 for r in (0.85, 0.83)) and np.isclose(0.85 - 0.83, (40 - 20) / n)
    assert np.isclose(sqrt(0.9 * 0.1 / 900), 0.01)
    tries = rng.binomial(200, 0.8, (1_000, 50)) / 200  # fifty models, all of accuracy 0.8
    assert tries.max(1).mean() > 0.85 and abs(tries[:, 0].mean() - 0.8) < 0.005
    # the ten of 2,000 noise columns that correlate most, chosen on all rows or on the training half
    shares: dict[str, list[float]] = {"all": [], "train": []}
    for _ in range(20):
        X, y = rng.normal(size=(100, 2_000)), rng.integers(2, size=100)
        for name, rows in (("all", slice(0, 100)), ("train", slice(0, 50))):
            lift = X[rows][y[rows] == 1].mean(0) - X[rows][y[rows] == 0].mean(0)
            best = abs(lift).argsort()[-10:]
            fit = X[:50][y[:50] == 1].mean(0)[best] - X[:50][y[:50] == 0].mean(0)[best]
            shares[name].append(np.mean((X[50:, best] @ fit > 0) == y[50:]))
    assert np.mean(shares["all"]) > 0.7 and abs(np.mean(shares["train"]) - 0.5) < 4 * 0.5 / sqrt(20 * 50)


def test_search_ranking_metrics() -> None:
    """Grades 3, 0, 2: DCG 4, ideal 4.26, NDCG 0.94, with 2^g - 1: 0.96. The ideal from returned documents only: 1 for
    one poor document. MRR of the quick check 0.55 and 0.50, mean ranks 5.5 and 2, recall@10 1. AUC weighs a swap at the
    top like one at the bottom, NDCG does not. Inverse propensity is unbiased for the clicks on another order."""
    discount = 1 / np.log2(np.arange(1, 4) + 1)
    gains = np.array([3.0, 0.0, 2.0])
    ideal = np.sort(gains)[::-1]
    assert np.isclose(gains @ discount, 4) and round(ideal @ discount, 2) == 4.26
    ratio = gains @ discount / (ideal @ discount)
    assert round(ratio, 2) == 0.94 and np.isclose(ndcg_score([gains], [[3, 2, 1]]), ratio)
    assert round((2**gains - 1) @ discount / ((2**ideal - 1) @ discount), 2) == 0.96
    assert ndcg_score([[0, 0, 0]], [[3, 2, 1]]) == 0  # 0/0, which scikit-learn counts as 0
    poor, judged = np.array([1.0]), np.array([3.0, 2.0, 1.0])
    assert poor @ discount[:1] / (np.sort(poor)[::-1] @ discount[:1]) == 1
    assert poor @ discount[:1] / (judged @ discount) < 0.25
    first = np.mean([1 / 1, 1 / 10])
    assert np.isclose(first, 0.55) and np.mean([1 / 2, 1 / 2]) == 0.50
    assert np.mean([1, 10]) == 5.5 and np.mean([2, 2]) == 2 and max(1, 10, 2) <= 10
    relevant = np.zeros(500)
    relevant[[0, 1, 2, 250, 251, 498]] = 1
    order = -np.arange(500.0)

    def swapped(i: int) -> np.ndarray:
        out = order.copy()
        out[[i, i + 1]] = out[[i + 1, i]]
        return out

    losses = [
        [metric(order) - metric(swapped(i)) for i in (2, 498)]
        for metric in (
            lambda s: roc_auc_score(relevant, s),
            lambda s: ndcg_score([relevant], [s]),
        )
    ]
    assert np.isclose(*losses[0]) and losses[1][0] > 50 * losses[1][1] > 0
    rng = np.random.default_rng(0)
    liked, examined = rng.random(10), 1 / np.arange(1, 11)
    clicks = rng.random((40_000, 10)) < liked * examined
    estimate = (clicks / examined).mean(0)
    spread = np.sqrt(liked / examined / 40_000)
    assert np.all(abs(estimate - liked) < 4.5 * spread)
    trusted = liked + (1 - liked) * 0.9 / np.arange(1, 11)  # of the examined also clicked: what stands on top
    clicks = rng.random((40_000, 10)) < trusted * examined
    assert np.max((clicks / examined).mean(0) - liked) > 0.2  # dividing does not repair that
