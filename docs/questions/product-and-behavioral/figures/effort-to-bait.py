"""Value to the reader against clicks, as a fixed effort moves from quality to bait."""

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure


def figure() -> Figure:
    """Effort q² + b² = 1, clicks q + 2b, value q − b; from all on quality to most clicks."""
    angle = np.linspace(0, np.arctan(2), 200)
    clicks, value = np.cos(angle) + 2 * np.sin(angle), np.cos(angle) - np.sin(angle)

    drawing = Figure(figsize=(6.4, 3.6))
    ax = drawing.subplots()
    ax.axhline(0, linewidth=0.8, linestyle=":", color=mpl.rcParams["text.color"])
    ax.plot(clicks, value, color="C0", linewidth=2)
    ax.plot(clicks[0], value[0], "o", color="C0", markersize=8)
    ax.plot(clicks[-1], value[-1], "s", color="C1", markersize=8)
    ax.text(1.06, 1.02, "all effort on quality", color="C0", ha="left", va="bottom", fontsize=13)
    ax.text(2.15, -0.45, "most clicks:\nmostly bait", color="C1", ha="right", va="center", fontsize=13)
    ax.set_xlabel("clicks (rewarded)", fontsize=13)
    ax.set_ylabel("value to the reader", fontsize=13)
    ax.tick_params(labelsize=12)
    ax.set(xlim=(0.9, 2.35), ylim=(-0.7, 1.25))
    return drawing
