"""Loss against parameters at three training budgets, by the refitted Chinchilla law."""

import numpy as np
from matplotlib.figure import Figure

E, A, B, ALPHA, BETA = 1.8172, 482.01, 2085.43, 0.3478, 0.3658


def figure() -> Figure:
    """Budgets of 1e20, 1e22 and 1e24 FLOPs; tokens are the budget over six times the parameters."""
    size = np.logspace(7.7, 12.3, 600)
    drawing = Figure(figsize=(6.4, 3.4))
    ax = drawing.subplots()
    for power, color, style in ((20, "C0", "-"), (22, "C1", "--"), (24, "C2", "-.")):
        tokens = 10.0**power / (6 * size)
        loss = E + A / size**ALPHA + B / tokens**BETA
        best = int(np.argmin(loss))
        shown = loss < loss[best] + 0.35
        ax.plot(size[shown], loss[shown], color=color, linestyle=style, linewidth=2)
        ax.plot(size[best], loss[best], "o", color=color, markersize=8)
        ax.text(size[best], loss[best] + 0.09, f"1e{power} FLOPs", color=color, ha="center", va="bottom")
    ax.set(xlabel="parameters", ylabel="loss", xscale="log", ylim=(1.85, 2.95))
    ax.set_xticks([1e8, 1e9, 1e10, 1e11, 1e12], ["0.1 B", "1 B", "10 B", "100 B", "1,000 B"])
    ax.minorticks_off()
    return drawing
