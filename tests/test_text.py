"""Plain text of Markdown: what a reader would read aloud."""

from __future__ import annotations

import pytest
from bank.text import first_sentence, plain, symbols


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("**P**($A$) and *so* on", "P(A) and so on"),
        ('`df[["a"]]` is a frame', 'df[["a"]] is a frame'),
        ("a [link](https://x.org/_y_) here", "a link here"),
        ("two\nlines", "two lines"),
        (r"costs \$5 & $`x_1`$", "costs $5 & x_1"),
        ("$a * b_c$ and *d*", "a ∗ b_c and d"),
        ("$`\\frac{a}{1 + b}`$", "a/(1 + b)"),
    ],
)
def test_plain(markdown: str, text: str) -> None:
    assert plain(markdown) == text


@pytest.mark.parametrize(
    ("tex", "text"),
    [(r"x^2", "x^2"), (r"\sqrt{n}", "√(n)"), (r"\mathbb{E}[X]", "𝔼[X]"), (r"\frac{a}{b", "")],
)
def test_symbols_never_show_tex(tex: str, text: str) -> None:
    assert symbols(tex) == text


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("One. Two.", "One."),
        ("Bias vs. variance is one. Two.", "Bias vs. variance is one."),
        ("It is 0.5 of all. Then more.", "It is 0.5 of all."),
        ("e.g. This is one. Two.", "e.g. This is one."),
        ("No end", "No end"),
        ("Really? Yes.", "Really?"),
    ],
)
def test_first_sentence(text: str, first: str) -> None:
    assert first_sentence(text) == first
