"""A change of conversion, split into the effect of rates and the effect of the mix."""

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure


def figure() -> Figure:
    """Waterfall: before, rate effect, mix effect, after; midpoint weights."""
    w = np.array([[0.6, 0.4], [0.4, 0.6]])
    r = np.array([[6.0, 2.0], [6.2, 2.2]])
    rates = float(w.mean(0) @ (r[1] - r[0]))
    mix = float(r.mean(0) @ (w[1] - w[0]))
    before, after = float(w[0] @ r[0]), float(w[1] @ r[1])

    drawing = Figure(figsize=(6.4, 3.4))
    ax = drawing.subplots()
    bottoms = [0, before, after, 0]
    heights = [before, rates, -mix, after]
    labels = [f"{before:.1f} %", f"+{rates:.1f}", f"−{-mix:.1f}", f"{after:.1f} %"]
    colors = ["C0", "C2", "C3", "C0"]
    for x in range(4):
        ax.bar(x, heights[x], 0.6, bottoms[x], color=colors[x])
        ax.text(x, bottoms[x] + heights[x] + 0.08, labels[x], color=colors[x], ha="center", va="bottom", fontsize=14)
    for x, level in enumerate((before, before + rates, after)):
        ax.plot([x + 0.3, x + 0.7], [level, level], linestyle=":", linewidth=1, color=mpl.rcParams["text.color"])
    ax.set_xticks(range(4), ["before", "rates", "mix", "after"], fontsize=13)
    ax.set_ylabel("conversion, %", fontsize=13)
    ax.tick_params(axis="y", labelsize=12)
    ax.set(ylim=(0, 5.6), xlim=(-0.5, 3.5))
    return drawing
