"""Proofs for the section "Metrics" of the errata: numbers that no linked question shows."""

from __future__ import annotations

from fractions import Fraction


def test_rounding_each_rate_on_the_way_does_no_harm() -> None:
    """0.1 % positives, recall 0.80, false positive rate 0.004: precision 0.17, but 1.00 if 0.004 is rounded to 0.00
    first; 10/45 is 0.222, 22.2 %, and neither 0.2 nor 20 %; 0.2 is not 22 %."""

    def precision(rate: float, share: float = 0.1 / 100, recall: float = 0.80) -> float:
        return recall * share / (recall * share + rate * (1 - share))

    assert round(0.80 * 0.001 / (0.80 * 0.001 + 0.004 * 0.999), 2) == 0.17
    assert round(precision(0.004), 2) == 0.17 and round(0.004, 2) == 0.00 and precision(0.00) == 1.00
    exact = Fraction(10, 45)
    assert round(float(exact), 3) == 0.222 and round(100 * float(exact), 1) == 22.2 and exact != Fraction(20, 100)
    assert Fraction(2, 10) != Fraction(22, 100)
