"""Precision against recall of six detections of four objects, as measured and as interpolated."""

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure


def figure() -> Figure:
    """The area under the staircase is the average precision, 0.625."""
    hits = np.array([1, 0, 1, 1, 0, 0])
    found = hits.cumsum()
    precision, recall = found / np.arange(1, 7), found / 4

    drawing = Figure(figsize=(6.4, 3.4))
    ax = drawing.subplots()
    stairs = [0, 0.25, 0.25, 0.75, 0.75, 1], [1, 1, 0.75, 0.75, 0, 0]
    ax.fill_between(*stairs, color="C0", alpha=0.15, linewidth=0)
    ax.plot(*stairs, color="C0", linestyle="-", linewidth=2)
    ax.plot(recall, precision, color="C1", linestyle="--", linewidth=1.5, marker="o")
    ax.text(0.27, 0.92, "interpolated", color="C0", ha="left", va="center")
    ax.text(0.28, 0.48, "measured", color="C1", ha="left", va="center")
    ax.text(0.35, 0.2, "AP = 0.625", color=mpl.rcParams["text.color"], ha="center", va="center")
    ax.text(0.77, 0.06, "never found", color=mpl.rcParams["text.color"], ha="left", va="center")
    ax.set(xlabel="recall", ylabel="precision", xlim=(0, 1.01), ylim=(0, 1.05))
    ax.set_xticks([0, 0.25, 0.5, 0.75, 1])
    return drawing
