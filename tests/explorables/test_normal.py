"""What the moving figures share of the normal distribution, against SciPy."""

from __future__ import annotations

import pytest
from pieces import piece
from scipy.stats import norm

normal = piece("../normal")


@pytest.mark.parametrize("z", [-3, -0.5, 0, 1.96, 4])
def test_above(z: float) -> None:
    assert normal("above", z) == pytest.approx(norm.sf(z), abs=1e-7)


@pytest.mark.parametrize("share", [0.001, 0.025, 0.5, 0.8])
def test_cut(share: float) -> None:
    assert normal("cut", share) == pytest.approx(norm.isf(share), abs=1e-4)
