"""Formulas: which dollars open one, and what becomes of it."""

from __future__ import annotations

import pytest
from bank.formula import find_formulas, mask_code, to_mathml


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("$x$", ["x"]),
        ("$`x_1`$ and $y$.", ["x_1", "y"]),
        ("`$x$` and ``$`y`$``", []),
        (r"\$5 and \$6", []),
        ("from $5 to $10", []),
        ("$ x $", []),
        ("$$x$$", []),
        ("a $x$b", []),
        (r"$\$5$", [r"\$5"]),
        ("$x\ny$", ["x\ny"]),
        ("($x$), “$y$”: $z$-test", ["x", "y", "z"]),
    ],
)
def test_which_dollars_open_a_formula(text: str, found: list[str]) -> None:
    assert [formula.tex for formula in find_formulas(text)] == found


def test_masking_keeps_places() -> None:
    text = "a $x$ b\n`c`\n$"
    assert mask_code(text) == "a     b\n   \n$"


def test_mathml_carries_its_tex() -> None:
    mathml = to_mathml(r"\frac{1}{2}", display=True)
    assert mathml.startswith('<math display="block">')
    assert r'<annotation encoding="application/x-tex">\frac{1}{2}</annotation>' in mathml


def test_a_letter_carries_no_padding() -> None:
    assert to_mathml(r"\Delta x", display=False).startswith(
        '<math><semantics><mrow><mi mathvariant="normal">Δ</mi><mi>'
    )


@pytest.mark.parametrize(
    ("tex", "words"), [(r"\foo", "Unknown command"), (r"\frac{1}{2", "closing token"), (" ", "empty")]
)
def test_a_bad_formula_is_refused_in_words(tex: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        to_mathml(tex, display=False)
