"""Memory per GPU for the stages of ZeRO."""

from __future__ import annotations

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure


def figure() -> Figure:
    """Bytes of state per GPU of a 13-billion-parameter model, by stage and number of GPUs."""
    n = np.geomspace(1, 64, 100)
    rows = (
        ("data parallel", 16 + 0 * n, "C3", ":"),
        ("stage 1", 4 + 12 / n, "C1", "-."),
        ("stage 2", 2 + 14 / n, "C2", "--"),
        ("stage 3", 16 / n, "C0", "-"),
    )
    drawing = Figure(figsize=(6.4, 3.8))
    ax = drawing.subplots()
    for name, each, color, style in rows:
        gb = 13 * each
        ax.plot(n, gb, color=color, linestyle=style, linewidth=2)
        ax.text(68, gb[-1], name, color=color, ha="left", va="center")
    ax.axhline(80, linewidth=0.8, color=mpl.rcParams["text.color"])
    ax.text(64, 86, "80 GB", ha="right", va="bottom")
    ax.set_xscale("log", base=2)
    ax.set_yscale("log")
    ax.set_xticks([1, 2, 4, 8, 16, 32, 64], ["1", "2", "4", "8", "16", "32", "64"])
    ax.set_yticks([5, 10, 20, 50, 100, 200], ["5", "10", "20", "50", "100", "200"])
    ax.minorticks_off()
    ax.set(xlabel="GPUs", ylabel="state per GPU, GB", xlim=(1, 260), ylim=(2.5, 280))
    return drawing
