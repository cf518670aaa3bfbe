"""Two Gaussians, mixed and added: a draw of one of them against the sum of a draw of each."""

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure


def bell(x: np.ndarray, mean: float, variance: float) -> np.ndarray:
    return np.exp(-((x - mean) ** 2) / (2 * variance)) / np.sqrt(2 * np.pi * variance)


def figure() -> Figure:
    """N(0, 1) and N(4, 1): left their mixture in equal parts, right the sum of independent draws, N(4, 2)."""
    x = np.linspace(-4, 10, 400)
    parts = [bell(x, 0, 1) / 2, bell(x, 4, 1) / 2]

    drawing = Figure(figsize=(6.4, 2.9))
    left, right = drawing.subplots(1, 2, sharey=True)
    for part in parts:
        left.plot(x, part, color=mpl.rcParams["text.color"], linewidth=1, linestyle=":")
    left.plot(x, sum(parts), color="C0", linewidth=2)
    right.plot(x, bell(x, 4, 2), color="C1", linewidth=2, linestyle="--")
    left.text(2, 0.235, "mixture: one of them", color="C0", ha="center")
    right.text(4, 0.305, "sum: both, added", color="C1", ha="center")
    left.set(ylabel="density")
    for ax in (left, right):
        ax.set(xlim=(-4, 10), ylim=(0, 0.34), xticks=(0, 4, 8), yticks=(0, 0.1, 0.2, 0.3))
    return drawing
