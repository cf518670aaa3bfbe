"""The memory of weights and cache in the moving figure against a Transformer's shape, counted array by array."""

from __future__ import annotations

import numpy as np
import pytest
from pieces import piece

kv_memory = piece("kv-memory")

LAYERS, WIDTH, HEAD, QUERY_HEADS, HIDDEN, TOKENS = 32, 4_096, 128, 32, 14_336, 128_256
GIB = 2**30


def _parameters(heads: int) -> int:
    """Of the whole model: embeddings and output, and in each layer attention, feed-forward and two norms."""
    maps = [(WIDTH, QUERY_HEADS * HEAD), (WIDTH, heads * HEAD), (WIDTH, heads * HEAD), (QUERY_HEADS * HEAD, WIDTH)]
    layer = [*maps, *[(WIDTH, HIDDEN)] * 3, (WIDTH,), (WIDTH,)]
    return sum(int(np.prod(shape)) for shape in [(TOKENS, WIDTH)] * 2 + layer * LAYERS + [(WIDTH,)])


@pytest.mark.parametrize(
    ("tokens", "sequences", "heads", "bits"),
    [(8_192, 32, 8, 16), (1_024, 1, 1, 4), (131_072, 128, 32, 16), (131_072, 1, 8, 8), (4_096, 100, 2, 4)],
)
def test_memory(tokens: int, sequences: int, heads: int, bits: int) -> None:
    shape = (2, LAYERS, heads, HEAD)  # keys and values of one token
    token = int(np.prod(shape)) * bits / 8 / GIB
    weights = 2 * _parameters(heads) / GIB
    found = kv_memory("memory", tokens, sequences, heads, bits)
    assert found["weights"] == pytest.approx(weights, rel=1e-4)
    assert found["token"] == pytest.approx(token)
    assert found["cache"] == pytest.approx(token * tokens * sequences)
    assert weights + found["most"] * token * tokens <= 80 < weights + (found["most"] + 1) * token * tokens


def test_it_begins_with_the_numbers_of_the_answer() -> None:
    """8 KV heads, 16 bits, 32 sequences of 8,192 tokens: 128 KiB per token, 1 GiB each, 32 GiB beside 15."""
    start = {control["name"]: control["value"] for control in kv_memory("controls")}
    assert start == {"length": 13, "sequences": 32, "heads": 3, "bits": 4}
    begun = kv_memory("memory", 2 ** start["length"], start["sequences"], 2 ** start["heads"], 2 ** start["bits"])
    assert begun["token"] * 2**20 == 128 and begun["token"] * 8_192 == 1 and begun["cache"] == 32
    assert round(begun["weights"]) == 15 and begun["most"] == 65


def test_the_words_of_the_figure() -> None:
    """One, 8 and 32 sequences of 8,192 tokens add 1, 8 and 32 GiB; twice that length nearly fills the card."""
    assert [kv_memory("memory", 8_192, sequences, 8, 16)["cache"] for sequences in (1, 8, 32)] == [1, 8, 32]
    twice = kv_memory("memory", 16_384, 32, 8, 16)
    assert 78 < twice["weights"] + twice["cache"] < 80
