"""Expected sampled hit rate at 10 of two models against the number of random negatives, exact."""

import numpy as np
from matplotlib.figure import Figure
from scipy.special import bdtr


def figure() -> Figure:
    """10,000 items: one model always ranks the true item 100th, the other first in 40 % and 3,000th in 60 %."""
    negatives = np.unique(np.round(np.geomspace(10, 10_000, 200)).astype(int))
    steady = bdtr(9, negatives, 99 / 9_999)
    spiky = 0.4 + 0.6 * bdtr(9, negatives, 2_999 / 9_999)

    drawing = Figure(figsize=(6.4, 3.6))
    ax = drawing.subplots()
    ax.plot(negatives, steady, color="C0", linewidth=2)
    ax.plot(negatives, spiky, color="C1", linewidth=2, linestyle="--")
    ax.text(1_000, 0.75, "always 100th", color="C0", ha="left", va="center", fontsize=12)
    ax.text(110, 0.37, "first in 40 %", color="C1", ha="left", va="top", fontsize=12)
    ax.set(xscale="log", xlim=(10, 10_000), ylim=(0, 1.05))
    ax.set_xticks([10, 100, 1_000, 10_000], ["10", "100", "1,000", "10,000"])
    ax.set_xlabel("random negatives", fontsize=12)
    ax.set_ylabel("sampled hit rate at 10", fontsize=12)
    return drawing
