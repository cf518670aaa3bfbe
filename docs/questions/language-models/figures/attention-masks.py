"""Which token may attend to which: encoder, decoder, and both together."""

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

TOKENS = 6
INPUT = 3


def figure() -> Figure:
    """Rows are tokens that ask, columns tokens that are seen; in the last grid the first three are the input."""
    full, causal = np.ones((TOKENS, TOKENS), bool), np.tri(TOKENS, dtype=bool)
    both = causal.copy()
    both[:INPUT, :INPUT] = True
    drawing = Figure(figsize=(6.4, 2.8))
    axes = drawing.subplots(1, 3)
    for ax, mask, name, color in zip(
        axes, (full, causal, both), ("encoder", "decoder", "both"), ("C0", "C1", "C2"), strict=True
    ):
        for row in range(TOKENS):
            for column in range(TOKENS):
                seen = bool(mask[row, column])
                box = Rectangle((column + 0.1, row + 0.1), 0.8, 0.8, fill=seen, color=color, linewidth=0.8)
                if not seen:
                    box.set(edgecolor=mpl.rcParams["text.color"], linestyle=":")
                ax.add_patch(box)
        ax.text(TOKENS / 2, -0.35, name, color=color, ha="center", va="bottom", fontsize=15)
        ax.set(xlim=(-0.1, TOKENS + 0.1), ylim=(TOKENS + 0.1, -0.1), aspect="equal")
        ax.set_axis_off()
    axes[0].text(-0.3, TOKENS / 2, "token that asks", rotation=90, ha="right", va="center", fontsize=13)
    axes[1].text(TOKENS / 2, TOKENS + 0.4, "token that is seen", ha="center", va="top", fontsize=13)
    axes[2].text(INPUT / 2, TOKENS + 0.4, "input", ha="center", va="top", fontsize=13)
    axes[2].text(INPUT * 1.5, TOKENS + 0.4, "output", ha="center", va="top", fontsize=13)
    return drawing
