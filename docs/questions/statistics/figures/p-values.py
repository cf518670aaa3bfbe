"""p-values of a two-sided z test, exact: flat without an effect, piled up near zero with one of power 0.5."""

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure
from scipy.stats import norm


def figure() -> Figure:
    """Share of p-values in twenty bins of width 0.05, without an effect and with a shift of z by 1.96."""
    edges = np.linspace(0, 1, 21)
    cut = norm.isf(edges / 2)  # of |z|
    below = norm.sf(cut - norm.isf(0.025)) + norm.cdf(-cut - norm.isf(0.025))
    share = 100 * np.diff(below)

    drawing = Figure(figsize=(6.4, 3.4))
    ax = drawing.subplots()
    ax.bar(edges[:-1], share, width=0.05, align="edge", color="C0", alpha=0.35, edgecolor="C0", linewidth=1)
    ax.plot([0, 1], [5, 5], color="C1", linestyle="--", linewidth=2.2)
    ax.axvline(0.05, linewidth=1, linestyle=":", color=mpl.rcParams["text.color"])
    ax.text(0.065, 47, "p = 0.05", ha="left", va="center")
    ax.text(0.11, 15, "with an effect (power 0.5)", color="C0", ha="left", va="center")
    ax.text(0.99, 6.2, "no effect: flat, 5 % a bar", color="C1", ha="right", va="bottom")
    ax.set(xlabel="p-value", ylabel="share of studies, %", xlim=(0, 1), ylim=(0, 54), xticks=np.arange(0, 1.01, 0.2))
    return drawing
