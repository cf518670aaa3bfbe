"""Proofs for the section "Data and features" of the errata: numbers that no linked question shows."""

from __future__ import annotations

from io import StringIO
from math import sqrt

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from sklearn.ensemble import RandomForestClassifier
from sklearn.inspection import permutation_importance


def test_checking_for_nulls_finds_missing_and_corrupted_values() -> None:
    """isna is false for -999, infinity, '', 'unknown' and 1900-01-01, true for None, NaN and NaT; fillna and dropna
    pass over the former; read_csv makes NaN of an empty field only; 5 % of -999 turn a mean of 40 into -12."""
    present = [-999, np.inf, "", "unknown", pd.Timestamp("1900-01-01")]
    for value in present:
        for column in (pd.Series([value]), pd.Series([value], dtype=object)):
            assert not column.isna().any() and len(column.dropna()) == 1
            assert column.fillna(column.iloc[0]).iloc[0] == value
    for value in (None, np.nan, pd.NaT):
        assert pd.Series([value]).isna().all()
    read = pd.read_csv(StringIO("a,b,c,d,e\n-999,inf,,unknown,1900-01-01\n")).isna().iloc[0]
    assert read.tolist() == [False, False, True, False, False]
    ages = pd.Series([40.0] * 95 + [-999.0] * 5)
    assert round(ages.mean()) == -12 == round(ages.fillna(40).mean())
    assert ages.replace(-999, np.nan).mean() == pytest.approx(40)


def test_a_random_forests_importance_chart_shows_which_variables_matter() -> None:
    """500 rows, 20 trees, 40 seeds: impurity importance 0.75 for noise, 0.25 for a 0/1 column that agrees with the
    label in 75 % of the rows; shuffled on 500 held-out rows they cost 0.00 and 0.13 of the accuracy."""
    runs = []
    for seed in range(40):
        rng = np.random.default_rng(seed)
        signal, noise = rng.integers(0, 2, 1_000), rng.normal(size=1_000)
        y = np.where(rng.random(1_000) < 0.75, signal, 1 - signal)
        X = np.column_stack([noise, signal])
        forest = RandomForestClassifier(20, random_state=seed).fit(X[:500], y[:500])
        shuffled = permutation_importance(forest, X[500:], y[500:], scoring="accuracy", random_state=seed)
        runs.append([*forest.feature_importances_, *shuffled.importances_mean])
    error = np.std(runs, 0, ddof=1) / sqrt(40)
    assert error.max() < 0.01
    assert np.all(abs(np.mean(runs, 0) - [0.75, 0.25, 0.00, 0.13]) < 2 * error)


def test_keep_the_variables_with_small_p_values_then_trust_the_regression() -> None:
    """Pure noise, 100 rows, 50 columns: those with p < 0.25 in the full fit, refitted: 5 to 6 columns below 0.05, the
    overall F test in 95 % of the runs; refitted on 100 fresh rows 0.6 (0.05 times 12.5 columns kept) and 5 %."""

    def fit(X: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, float]:
        n, k = X.shape
        A = np.c_[np.ones(n), X]
        inverse = np.linalg.inv(A.T @ A)
        beta = inverse @ A.T @ y
        rss, tss = ((y - A @ beta) ** 2).sum(), ((y - y.mean()) ** 2).sum()
        t = beta / np.sqrt(np.diag(inverse) * rss / (n - k - 1))
        f = (tss - rss) / k / (rss / (n - k - 1))
        return 2 * stats.t.sf(abs(t[1:]), n - k - 1), float(stats.f.sf(f, k, n - k - 1))

    rng, runs = np.random.default_rng(0), []
    for _ in range(800):
        X, fresh = rng.normal(size=(2, 100, 50))
        y, later = rng.normal(size=(2, 100))
        keep = fit(X, y)[0] < 0.25
        (same, overall), (honest, honest_f) = fit(X[:, keep], y), fit(fresh[:, keep], later)
        runs.append([keep.sum(), np.sum(same < 0.05), overall < 0.05, np.sum(honest < 0.05), honest_f < 0.05])
    mean, error = np.mean(runs, 0), np.std(runs, 0) / sqrt(800)
    assert abs(mean[0] - 50 * 0.25) < 4 * error[0]
    assert mean[1] - 2 * error[1] > 5 and mean[1] + 2 * error[1] < 6
    assert abs(mean[2] - 0.95) < 4 * error[2]
    assert abs(mean[3] - 0.05 * 12.5) < 4 * error[3] and round(0.05 * 12.5, 1) == 0.6
    assert abs(mean[4] - 0.05) < 4 * error[4]
