"""Proofs for the section "Parametric or not" of the errata, one function a claim."""

from __future__ import annotations

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier


def test_nonparametric_models_make_no_assumptions() -> None:
    """The linked question's 22 neighbors at 500 rows; useless columns cost logistic regression too, but less."""
    assert int(500**0.5) == 22
    errors = []
    for seed in range(20):
        for columns in (2, 10):
            rng = np.random.default_rng([columns, seed])
            x = rng.normal(size=(1_500, columns))
            y = x[:, 0] > 0
            noisy = y[:500] ^ (rng.random(500) < 0.1)
            models = LogisticRegression(), KNeighborsClassifier(22)
            errors.append([1 - m.fit(x[:500], noisy).score(x[500:], y[500:]) for m in models])
    cost = np.diff(np.reshape(errors, (20, 2, 2)), axis=1)[:, 0]  # of eight useless columns: logistic, neighbors
    error = cost.std(0, ddof=1) / 20**0.5
    assert cost.mean(0)[0] > 4 * error[0] and cost.mean(0)[1] - cost.mean(0)[0] > 4 * error.sum()
