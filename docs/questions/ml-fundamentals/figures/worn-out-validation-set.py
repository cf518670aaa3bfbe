"""What pure guessing scores on a validation set of 1,000 rows, against the number of tries."""

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure
from scipy.special import ndtr
from scipy.stats import binom

ROWS = 1_000


def figure() -> Figure:
    """Exact mean of the best of k guesses; the vote of all, each with the sign of its score, in the normal limit."""
    tries = np.unique(np.geomspace(1, 10_000, 81).round())
    below = binom.cdf(np.arange(ROWS), ROWS, 0.5)  # P(score <= j)
    best = np.array([np.sum(1 - below**k) for k in tries]) / ROWS
    vote = ndtr(np.sqrt(2 * tries / (np.pi * ROWS)))

    drawing = Figure(figsize=(6.4, 3.4))
    ax = drawing.subplots()
    ax.axhline(0.5, linewidth=0.8, linestyle=":", color=mpl.rcParams["text.color"])
    ax.plot(tries, vote, color="C1", linestyle="-", linewidth=2)
    ax.plot(tries, best, color="C0", linestyle="--", linewidth=2)
    ax.text(620, 0.80, "vote that uses\nall scores", color="C1", ha="right", va="center")
    ax.text(9_000, 0.585, "best of them", color="C0", ha="right", va="bottom")
    ax.text(9_000, 0.49, "new rows", ha="right", va="top")
    ax.set(xlabel="tries on the same 1,000 rows", ylabel="accuracy", xscale="log", xlim=(1, 10_000), ylim=(0.45, 1.01))
    ax.set_xticks([1, 10, 100, 1_000, 10_000], ["1", "10", "100", "1,000", "10,000"])
    return drawing
