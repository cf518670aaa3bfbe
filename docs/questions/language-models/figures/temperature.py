"""Softmax probabilities of eight logits at three temperatures."""

import numpy as np
from matplotlib.figure import Figure


def figure() -> Figure:
    """Logits 7, 6, ..., 0 at T = 0.5, 1 and 2, against the rank of the token."""
    rank = np.arange(1, 9)
    drawing = Figure(figsize=(6.4, 3.6))
    ax = drawing.subplots()
    styles = ((0.5, "C0", "--", "o"), (1.0, "C1", "-", "s"), (2.0, "C2", "-.", "^"))
    for temperature, color, line, marker in styles:
        p = np.exp(-(rank - 1) / temperature)
        p /= p.sum()
        ax.plot(rank, p, color=color, linestyle=line, marker=marker, linewidth=2)
        ax.text(0.85, p[0], f"T = {temperature:g}", color=color, ha="right", va="center", size="large")
    ax.set(xlabel="token, most probable first", ylabel="probability", xlim=(-0.4, 8.3), ylim=(0, 1), xticks=rank)
    return drawing
