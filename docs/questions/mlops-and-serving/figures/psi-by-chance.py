"""PSI between two samples of one distribution, ten bins: mean and 95 % point by the chi-squared approximation."""

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure
from scipy import stats


def figure() -> Figure:
    """Mean 9 * 2 / n and 95 % point of 2 / n times chi-squared with nine degrees of freedom, on log axes."""
    rows = np.geomspace(100, 10_000, 60)
    text = mpl.rcParams["text.color"]

    drawing = Figure(figsize=(6.4, 3.6))
    ax = drawing.subplots()
    for cut in (0.1, 0.25):
        ax.axhline(cut, linewidth=0.9, linestyle=":", color=text)
        ax.text(9_800, cut * 1.06, f"{cut}", ha="right", va="bottom")
    ax.plot(rows, 2 / rows * stats.chi2.ppf(0.95, 9), color="C1", linestyle="-", linewidth=2)
    ax.plot(rows, 2 / rows * 9, color="C0", linestyle="--", linewidth=2)
    ax.text(1_250, 0.033, "95 % point", color="C1", ha="left", va="bottom")
    ax.text(700, 0.0215, "mean", color="C0", ha="right", va="top")
    ax.set(xlabel="rows a side", ylabel="PSI without any change", xscale="log", yscale="log")
    ax.set(xlim=(100, 10_000), ylim=(0.0015, 0.6))
    ax.set_xticks([100, 1_000, 10_000], ["100", "1,000", "10,000"])
    ax.set_yticks([0.01, 0.1], ["0.01", "0.1"])
    ax.minorticks_off()
    return drawing
