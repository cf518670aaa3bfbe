"""Proofs for the section "Networks and language" of the errata: numbers that no linked question shows."""

from __future__ import annotations

import warnings

import numpy as np
from sklearn.datasets import load_digits
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier


def test_neural_networks_are_accurate_even_with_little_data() -> None:
    """50 digits: the network is at 0.77, logistic regression at 0.83 with a penalty of 0.0001, at 0.84 and 0.83 with
    one of 0.1; each standard error rounds to 0.01. On 8 more splits the gap is there again and gone again."""
    X, y = load_digits(return_X_y=True)
    X = X / 16
    assert X.min() == 0 and X.max() == 1 and X.shape[1] == 8 * 8

    def accuracies(penalty: float, seeds: range) -> np.ndarray:
        line = LogisticRegression(C=1 / penalty, max_iter=40)
        net = MLPClassifier((50,), solver="lbfgs", alpha=penalty, max_iter=40, random_state=0)
        rows = []
        for seed in seeds:
            train, new = np.split(np.random.default_rng(seed).permutation(len(X)), [50])
            rows.append([model.fit(X[train], y[train]).score(X[new], y[new]) for model in (net, line)])
        return np.array(rows)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # 40 steps, converged or not
        for penalty, said in ((0.0001, (0.77, 0.83)), (0.1, (0.84, 0.83))):
            runs = accuracies(penalty, range(4))
            assert np.allclose(runs.mean(0), said, atol=0.0055)
            assert np.all((runs.std(0, ddof=1) / 2).round(2) == 0.01)
            again = np.subtract(*accuracies(penalty, range(4, 12)).T)  # network minus logistic regression
            error = again.std(ddof=1) / np.sqrt(8)
            assert again.mean() < -3 * error if penalty < 0.1 else abs(again.mean()) < 0.01
