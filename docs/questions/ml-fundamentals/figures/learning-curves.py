"""Expected training and validation error of least squares against rows, exact, for a small and a large model."""

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure


def figure() -> Figure:
    """Gaussian columns, noise variance 1: 5 columns leave signal of variance 1 unexplained, 40 columns leave none."""
    rows = np.arange(60, 961)
    drawing = Figure(figsize=(6.4, 3.3))
    panels = drawing.subplots(1, 2, sharey=True)
    for ax, columns, floor in zip(panels, (5, 40), (2, 1), strict=True):
        training = floor * (1 - columns / rows)
        validation = floor * (1 + columns / (rows - columns - 1))
        ax.axhline(1, linewidth=0.9, linestyle=":", color=mpl.rcParams["text.color"])
        ax.plot(rows, validation, color="C0", linestyle="-", linewidth=2)
        ax.plot(rows, training, color="C1", linestyle="--", linewidth=2)
        ax.set(title=f"{columns} columns", xlabel="rows", xlim=(60, 960), ylim=(0, 3.3), xscale="log")
        ax.set_xticks([60, 240, 960], labels=["60", "240", "960"])
        ax.minorticks_off()
    panels[0].set_ylabel("squared error")
    panels[0].text(110, 2.16, "validation", color="C0", va="bottom")
    panels[0].text(110, 1.82, "training", color="C1", va="top")
    panels[0].text(66, 0.95, "noise", va="top")
    panels[1].text(93, 2.1, "validation", color="C0", va="bottom")
    panels[1].text(110, 0.55, "training", color="C1", va="top")
    return drawing
