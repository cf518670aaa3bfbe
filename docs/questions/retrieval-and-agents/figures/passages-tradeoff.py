"""Recall, accuracy given the evidence, and their product against the number of passages: the invented example."""

import numpy as np
from matplotlib.figure import Figure


def figure() -> Figure:
    """Recall 0.92 (1 - 0.6^k), accuracy given the evidence 0.95 * 0.98^(k-1)."""
    k = np.arange(1, 21)
    recall = 0.92 * (1 - 0.6**k)
    reading = 0.95 * 0.98 ** (k - 1)
    answer = recall * reading
    drawing = Figure(figsize=(6.4, 3.5))
    ax = drawing.subplots()
    ax.plot(k, recall, color="C0", linestyle="--", linewidth=2)
    ax.plot(k, reading, color="C1", linestyle="-.", linewidth=2)
    ax.plot(k, answer, color="C2", linestyle="-", linewidth=2)
    ax.plot(k[5:7], answer[5:7], "o", color="C2")
    ax.text(20, 0.94, "evidence in the prompt", color="C0", ha="right", va="bottom")
    ax.text(20, 0.775, "right, given the evidence", color="C1", ha="right", va="bottom")
    ax.text(9.5, 0.57, "answers right", color="C2", ha="center", va="bottom")
    ax.set(
        xlabel="passages in the prompt", ylabel="share", xlim=(0.6, 20.4), ylim=(0.3, 1.02), xticks=[1, 5, 10, 15, 20]
    )
    return drawing
