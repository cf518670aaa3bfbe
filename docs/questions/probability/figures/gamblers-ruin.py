"""Chance to reach 100 chips before 0 in single-chip bets, against the chips one starts with."""

import numpy as np
from matplotlib.figure import Figure


def figure() -> Figure:
    """Four win probabilities, exact: a straight line for the fair game, bent by any edge either way."""
    chips = np.arange(101)
    drawing = Figure(figsize=(6.4, 3.8))
    ax = drawing.subplots()
    lines = ((0.51, "C2", "-."), (0.5, "C0", "-"), (0.49, "C1", "--"), (18 / 38, "C3", ":"))
    labels = ((26, 0.73, "p = 0.51"), (44, 0.535, "fair"), (57, 0.3, "0.49"), (70, 0.10, "0.474"))
    for (p, color, style), (x, y, words) in zip(lines, labels, strict=True):
        r = (1 - p) / p
        chance = chips / 100 if p == 0.5 else (1 - r**chips) / (1 - r**100)
        ax.plot(chips, chance, color=color, linestyle=style, linewidth=2)
        ax.text(x, y, words, color=color, ha="right", va="center")
    ax.set(xlabel="chips at the start", ylabel="chance to reach 100", xlim=(0, 100), ylim=(0, 1))
    ax.set(xticks=(0, 25, 50, 75, 100), yticks=(0, 0.5, 1))
    return drawing
