"""Dollars per million tokens: an API against own GPUs that are sized for the peak, in the answer's invented prices."""

from math import ceil

import numpy as np
from matplotlib.figure import Figure


def figure() -> Figure:
    """The API is flat; own serving falls with volume, in steps of one replica."""
    billions = np.geomspace(4, 200, 600)
    seconds = 730 * 3600
    replicas = [ceil(3 * b * 1e9 / seconds / (0.85 * 5_000)) + 1 for b in billions]
    own = (20_000 + np.array(replicas) * 8 * 730) / (1_000 * billions)

    drawing = Figure(figsize=(6.4, 3.8))
    ax = drawing.subplots()
    ax.axhline(2, color="C0", linestyle="--", linewidth=2)
    ax.plot(billions, own, color="C1", linewidth=2.4)
    ax.text(4.5, 1.4, "API", color="C0", fontsize=13)
    ax.text(14, 4.3, "own GPUs and people", color="C1", fontsize=13)
    ax.set_xscale("log")
    ax.set_xticks([5, 10, 30, 100], ["5", "10", "30", "100"], fontsize=12)
    ax.minorticks_off()
    ax.set_ylim(0, 8)
    ax.set_yticks([0, 2, 4, 6, 8], ["0", "2", "4", "6", "8"], fontsize=12)
    ax.set_xlabel("billion tokens a month", fontsize=13)
    ax.set_ylabel("$ per million tokens".replace("$", r"\$"), fontsize=13)
    ax.spines[["top", "right"]].set_visible(False)
    return drawing
