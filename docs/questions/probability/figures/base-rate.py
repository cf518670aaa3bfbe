"""How likely fraud is after an alert, against the base rate, for the answer's false alarms and a tenth of them."""

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure

CATCH = 0.99


def figure() -> Figure:
    """The posterior at 5 % and 0.5 % false alarms, 99 % caught; points at a base rate of 1 %; dotted: the prior."""
    base = np.geomspace(1e-4, 0.5, 300)
    drawing = Figure(figsize=(6.4, 3.6))
    ax = drawing.subplots()
    ax.plot(100 * base, 100 * base, linewidth=1, linestyle=":", color=mpl.rcParams["text.color"])
    for alarm, color, style, marker in ((0.05, "C0", "-", "o"), (0.005, "C1", "--", "s")):
        posterior = CATCH * base / (CATCH * base + alarm * (1 - base))
        ax.plot(100 * base, 100 * posterior, color=color, linestyle=style, linewidth=2)
        ax.plot(1, 100 * CATCH * 0.01 / (CATCH * 0.01 + alarm * 0.99), marker, color=color, markersize=8)
    ax.text(1.2, 15, "16.7 %", color="C0", ha="left", va="center")
    ax.text(0.85, 69, "66.7 %", color="C1", ha="right", va="bottom")
    ax.text(5.6, 48, "5 % of honest\nflagged", color="C0", ha="left", va="top")
    ax.text(0.16, 36, "0.5 %\nflagged", color="C1", ha="right", va="center")
    ax.text(50, 1.5, "prior", ha="right", va="bottom")
    ax.set(
        xlabel="payments that are fraud", ylabel="alerts that are fraud", xscale="log", xlim=(0.008, 60), ylim=(0, 100)
    )
    ax.set_xticks([0.01, 0.1, 1, 10], ["0.01 %", "0.1 %", "1 %", "10 %"])
    ax.set_yticks([0, 50, 100], ["0", "50 %", "100 %"])
    ax.minorticks_off()
    return drawing
