"""Proofs for the section "Products and systems" of the errata: numbers that no linked question shows."""

from __future__ import annotations

import numpy as np


def test_good_features_and_a_good_model_make_a_recommender() -> None:
    """10 million scores of 10 million multiply-adds, two operations each, within 200 ms: 1,000 Tflop/s a request, 1,000
    scores 0.1; shown in 90 and 10 % of loads, clicked by 10 and 20 %: 82 % of the logged clicks are A's."""
    tera = 2 * 10e6 / 0.200 / 1e12  # Tflop/s of one score
    assert np.isclose(tera * 10e6, 1_000) and np.isclose(tera * 1_000, 0.1)
    clicks = np.array([0.90 * 0.10, 0.10 * 0.20])
    assert round(100 * clicks[0] / clicks.sum()) == 82


def test_install_docker_and_airflow_and_you_have_a_data_pipeline() -> None:
    """40 and 60 orders of 10 dollars, 30 of day 2 loaded before it dies: 300 and 400 counted twice make 1,700, 400
    alone makes 1,400."""
    first, second, died = 40 * 10, 60 * 10, 30 * 10
    assert (first, second, died) == (400, 600, 300) and first + second == 1_000
    assert first + died + second + first == 1_700 and first + second + first == 1_400
