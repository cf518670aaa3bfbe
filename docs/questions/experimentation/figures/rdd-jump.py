"""Regression discontinuity: spending against a score, local lines on both sides of 50, and the gap at the cutoff."""

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure


def figure() -> Figure:
    """One seeded sample of 1,000 customers, shown as means of bins of 2.5; the true jump is 4, the lines use 20."""
    rng = np.random.default_rng(11)
    x = np.arange(0.05, 100, 0.1)
    above = x >= 50
    y = 20 + 0.1 * x + 40 * np.exp((x - 100) / 8) + 4 * above + rng.normal(0, 5, x.size)
    bins = (x // 2.5).astype(int)
    centers = 1.25 + 2.5 * np.arange(40)
    means = np.bincount(bins, y) / np.bincount(bins)
    drawing = Figure(figsize=(6.4, 3.8))
    ax = drawing.subplots()
    ax.axvline(50, color=mpl.rcParams["text.color"], linestyle=":", linewidth=1)
    for side, color, mark, fill in ((~above, "C0", "o", "none"), (above, "C2", "o", "C2")):
        keep = (centers >= 50) == side[-1]
        ax.plot(centers[keep], means[keep], mark, color=color, markerfacecolor=fill, markersize=5)
        rows = side & (abs(x - 50) <= 20)
        ends = np.array([30, 50] if not side[-1] else [50, 70])
        ax.plot(ends, np.polyval(np.polyfit(x[rows], y[rows], 1), ends), color=color, linewidth=3)
    ax.text(22, 17.5, "no support", color="C0", ha="center")
    ax.text(72, 27, "support", color="C2", ha="left")
    ax.text(48.5, 36, "cutoff: compare\nhere only", ha="right", va="bottom")
    ax.set(xlabel="score", ylabel="spending", xlim=(0, 100), ylim=(15, 70))
    return drawing
