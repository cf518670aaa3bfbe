"""Memory of the weights and the KV cache of Llama 3 8B at 16 bits, against the tokens in each sequence."""

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure

GIB = 2**30
WEIGHTS = 8.03e9 * 2 / GIB
PER_TOKEN = 2 * 32 * 8 * 128 * 2 / GIB
CARD = 80


def figure() -> Figure:
    """Weights and cache together for 1, 8 and 32 sequences, a card of 80 GiB, and the answer's point."""
    tokens = np.geomspace(1_024, 131_072, 200)
    text = mpl.rcParams["text.color"]
    drawing = Figure(figsize=(6.4, 3.6))
    ax = drawing.subplots()
    ax.axhline(CARD, linewidth=1.2, linestyle="--", color=text)
    ax.axhline(WEIGHTS, linewidth=0.8, linestyle=":", color=text)
    for sequences, color, style in ((32, "C1", "-"), (8, "C0", "--"), (1, "C2", "-.")):
        total = WEIGHTS + sequences * PER_TOKEN * tokens
        ax.plot(tokens[total < 120], total[total < 120], color=color, linestyle=style, linewidth=2)
    ax.plot(8_192, WEIGHTS + 32, "o", color="C1", markersize=8)
    ax.text(7_300, WEIGHTS + 33, "8,192 tokens: 15 + 32", color="C1", ha="right", va="bottom")
    ax.text(21_500, 105, "32 sequences", color="C1", ha="right", va="bottom")
    ax.text(76_000, 92, "8 sequences", color="C0", ha="right", va="bottom")
    ax.text(125_000, 33, "1 sequence", color="C2", ha="right", va="bottom")
    ax.text(1_080, CARD + 1, "a card of 80 GiB", ha="left", va="bottom")
    ax.text(1_080, WEIGHTS - 1.5, "weights alone: 15 GiB", ha="left", va="top")
    ax.set(xlabel="tokens in each sequence", ylabel="GiB", xscale="log", xlim=(1_024, 131_072), ylim=(0, 120))
    ax.set_xticks([1_024, 4_096, 16_384, 65_536], ["1,024", "4,096", "16,384", "65,536"])
    ax.set_yticks([0, 40, 80, 120])
    ax.minorticks_off()
    return drawing
