"""The moving sample size against the figure's formula, and against the test that it is meant for."""

from __future__ import annotations

import math
import runpy

import numpy as np
import pytest
from bank.library import PIECES
from pieces import piece
from scipy.stats import norm

users_against_lift = piece("users-against-lift")
FIGURE = PIECES.parents[3] / "docs/questions/experimentation/figures/users-against-lift.py"


@pytest.mark.parametrize(("base", "lift"), [(0.01, 0.01), (0.04, 0.05), (0.2, 0.035), (0.5, 0.2)])
def test_users_are_those_of_the_figure(base: float, lift: float) -> None:
    expected = runpy.run_path(str(FIGURE))["per_arm"](base, np.array([lift]))[0]
    assert users_against_lift("perArm", base, lift, 0.8) == pytest.approx(expected, rel=1e-8)


@pytest.mark.parametrize(("base", "lift", "power"), [(0.04, 0.05, 0.5), (0.1, 0.1, 0.9), (0.02, 0.2, 0.95)])
def test_so_many_users_give_the_power(base: float, lift: float, power: float) -> None:
    new, users = base * (1 + lift), users_against_lift("perArm", base, lift, power)
    error = math.sqrt((base * (1 - base) + new * (1 - new)) / users)
    assert norm.sf(norm.isf(0.025) - (new - base) / error) == pytest.approx(power, abs=1e-8)


@pytest.mark.parametrize("share", [0.025, 0.05, 0.2, 0.5])
def test_quantile(share: float) -> None:
    assert users_against_lift("quantile", share) == pytest.approx(norm.isf(share), abs=1e-9)


def test_it_starts_as_the_answer() -> None:
    base, lift, power, traffic = (control["value"] for control in users_against_lift("controls"))
    users = users_against_lift("perArm", base / 100, lift / 100, power)
    assert round(users) == 154_301 and round(2 * users) == 308_602
    weeks = users_against_lift("days", users, traffic) / 7
    assert weeks == pytest.approx(308_602 / 60_000, abs=1e-4)
    assert f"{weeks:.1f}" == "5.1" and math.ceil(weeks) == 6


PLANS = [  # of the table in the answer
    (0.04, 0.025, 0.8, 1_220_014, 20.3),
    (0.04, 0.1, 0.8, 78_944, 1.3),
    (0.2, 0.05, 0.8, 51_159, 0.9),
    (0.04, 0.05, 0.9, 413_131, 6.9),
]


@pytest.mark.parametrize(("base", "lift", "power", "total", "weeks"), PLANS)
def test_the_answers_other_plans(base: float, lift: float, power: float, total: int, weeks: float) -> None:
    users = users_against_lift("perArm", base, lift, power)
    assert round(2 * users) == total
    assert round(users_against_lift("days", users, 60_000) / 7, 1) == weeks
