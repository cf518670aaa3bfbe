"""A log-normal tail and the power law that imitates it, on logarithmic axes."""

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure
from scipy.stats import norm


def figure() -> Figure:
    """Share above x of a log-normal (median 1, s = 2), and the straight line fitted to it from 10 % to 0.1 %."""
    share = np.geomspace(0.5, 1e-6, 400)
    x = np.exp(2 * norm.isf(share))
    seen = (share <= 0.1) & (share >= 1e-3)
    slope, level = np.polyfit(np.log(x[seen]), np.log(share[seen]), 1)
    line = np.geomspace(3, 2e5, 50)

    drawing = Figure(figsize=(6.4, 3.4))
    ax = drawing.subplots()
    ax.loglog(x, share, color="C0", linewidth=2)
    ax.loglog(line, np.exp(level) * line**slope, color="C1", linewidth=2, linestyle="--")
    ax.axhline(1e-3, linewidth=0.8, linestyle=":", color=mpl.rcParams["text.color"])
    ax.text(1.2, 6e-4, "1 in 1,000", va="top")
    ax.text(2_500, 6e-6, "log-normal", color="C0", ha="right", va="center")
    ax.text(1.6e4, 2e-4, "power law", color="C1", ha="center", va="center")
    ax.set(xlabel="x, in medians", ylabel="share above x", xlim=(1, 2e5), ylim=(1e-6, 0.7))
    ax.set_xticks((1, 100, 10_000), labels=("1", "100", "10,000"))
    ax.set_yticks((1e-6, 1e-4, 1e-2), labels=("0.0001 %", "0.01 %", "1 %"))
    ax.minorticks_off()
    return drawing
