"""Proofs for the section "Validation" of the errata, one function a claim."""

from __future__ import annotations

from itertools import product

import numpy as np
from scipy.spatial.distance import cdist
from sklearn.model_selection import KFold, TimeSeriesSplit


def test_five_fold_cross_validation_tries_every_mix_of_training_and_test_folds() -> None:
    """Five folds, each on one of two sides, neither side empty, make 30 mixes; five-fold cross-validation fits 5."""
    mixes = {sides for sides in product(("train", "test"), repeat=5) if len(set(sides)) == 2}
    assert len(mixes) == 2**5 - 2 == 30
    assert any(sides.count("train") == 1 for sides in mixes)  # some are trained on a single fold
    folds = [test for _, test in KFold(5).split(np.zeros(50))]
    used = {
        tuple("test" if np.isin(fold, test).all() else "train" for fold in folds)
        for _, test in KFold(5).split(np.zeros(50))
    }
    assert used < mixes and used == {sides for sides in mixes if sides.count("test") == 1} and len(used) == 5
    assert sorted(np.concatenate(folds)) == list(range(50))  # every row is scored once


def test_time_series_are_not_random_so_k_fold_does_not_apply() -> None:
    """The linked question's series, no gap: test blocks of 5 rows report a correlation of 0.51, of 20 about 0.2."""

    def correlation(length: int, seed: int) -> float:
        rng = np.random.default_rng(seed)
        y = np.convolve(rng.normal(size=620), np.ones(20), "valid")[1:]
        x = rng.normal(size=(600, 3)).cumsum(0)
        forecast, truth = [], []
        for train, test in TimeSeriesSplit(200 // length, test_size=length).split(x):
            near = np.argpartition(cdist(x[test], x[train]), 10)[:, :10]
            forecast.extend(y[train][near].mean(1))
            truth.extend(y[test])
        p, t = np.array(forecast), np.array(truth)
        return float(p @ t / np.sqrt(p @ p * (t @ t)))

    short, long = (np.array([correlation(length, seed) for seed in range(100)]) for length in (5, 20))
    assert abs(short.mean() - 0.51) < 0.05 and abs(long.mean() - 0.2) < 0.05  # standard errors 0.014 and 0.02
    assert np.mean(short - long) > 5 * np.std(short - long) / 10
