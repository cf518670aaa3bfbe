"""Share of blocks that are right against the base rate of harm, for three false alarm rates; exact."""

import numpy as np
from matplotlib.figure import Figure


def figure() -> Figure:
    """Catch rate 99 %; false alarm rates 1, 0.1 and 0.01 %; base rates from 1 in 100,000 to 1 in 10."""
    base = np.geomspace(1e-5, 1e-1, 201)
    drawing = Figure(figsize=(6.4, 3.4))
    ax = drawing.subplots()
    for f, color, style, at in ((1e-2, "C0", "-", 1.2e-2), (1e-3, "C1", "--", 1.2e-3), (1e-4, "C2", "-.", 1.2e-4)):
        ax.plot(base, base * 0.99 / (base * 0.99 + (1 - base) * f), color=color, linestyle=style, linewidth=2)
        ax.text(at * 0.8, 0.56, f"{100 * f:g} %", color=color, ha="right", va="bottom")
    ax.plot(1e-3, 0.0901639, "o", color="C0")
    ax.text(1.25e-3, 0.05, "9 %", color="C0", va="center")
    ax.text(1.15e-5, 0.98, "false alarms:", va="top")
    ax.set(xlabel="harmful requests", ylabel="right blocks", xscale="log", xlim=(1e-5, 1e-1), ylim=(0, 1.02))
    ticks = (100_000, 10_000, 1_000, 100, 10)
    ax.set_xticks([1 / n for n in ticks], [f"1 in\n{n:,}" for n in ticks])
    ax.set_yticks([0, 0.5, 1], ["0 %", "50 %", "100 %"])
    return drawing
