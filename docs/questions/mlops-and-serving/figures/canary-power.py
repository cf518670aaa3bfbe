"""Chance that a canary is rolled back, exact, against its requests, for four true error rates."""

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure
from scipy.stats import binom


def figure() -> Figure:
    """One look at an old error rate of 1 %, randomized at the bound to roll back exactly 1 % of good models."""
    n = np.unique(np.geomspace(300, 200_000, 120).astype(int))
    bound = binom.isf(0.01, n, 0.01)
    at_bound = (0.01 - binom.sf(bound, n, 0.01)) / binom.pmf(bound, n, 0.01)
    drawing = Figure(figsize=(6.4, 3.6))
    ax = drawing.subplots()
    ax.axhline(0.9, linewidth=0.8, linestyle=":", color=mpl.rcParams["text.color"])
    for color, style, rate in ("C0", "-", 0.02), ("C1", "--", 0.015), ("C2", "-.", 0.012), ("C3", ":", 0.01):
        chance = binom.sf(bound, n, rate) + at_bound * binom.pmf(bound, n, rate)
        ax.plot(n, chance, color=color, linestyle=style, linewidth=2)
    ax.text(860, 0.66, "true rate\n2 %", color="C0", ha="right", va="center")
    ax.text(3_700, 0.50, "1.5 %", color="C1", ha="left")
    ax.text(22_000, 0.50, "1.2 %", color="C2", ha="left")
    ax.text(200_000, 0.035, "1 %: good model", color="C3", ha="right", va="bottom")
    ax.text(320, 0.915, "90 % caught", va="bottom")
    ax.set(xscale="log", xlabel="requests on the canary", ylabel="chance of rollback", ylim=(-0.02, 1.03))
    ax.set_xticks([1_000, 10_000, 100_000], labels=["1,000", "10,000", "100,000"])
    ax.minorticks_off()
    return drawing
