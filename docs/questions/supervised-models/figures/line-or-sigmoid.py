"""A straight line and a sigmoid fitted to zeros and ones, one of them far out."""

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure


def figure() -> Figure:
    """Ten rows and one at 30: the line before and after, the sigmoid after."""
    x = np.append(np.arange(1, 11), 30)
    y = np.array([0, 0, 0, 1, 0, 1, 0, 1, 1, 1, 1])
    columns, w = np.column_stack([np.ones(x.size), x]), np.zeros(2)
    for _ in range(25):
        p = 1 / (1 + np.exp(-columns @ w))
        w = w + np.linalg.solve(columns.T * (p * (1 - p)) @ columns, columns.T @ (y - p))
    grid = np.linspace(-1, 32, 133)

    drawing = Figure(figsize=(6.4, 3.6), layout="constrained")
    ax = drawing.subplots()
    for rows, style in ((10, ":"), (11, "--")):
        slope, start = np.polyfit(x[:rows], y[:rows], 1)
        ax.plot(grid, start + slope * grid, color="C1", linestyle=style, linewidth=2)
    ax.plot(grid, 1 / (1 + np.exp(-w[0] - w[1] * grid)), color="C0", linewidth=2)
    ax.plot(x, y, "o", color=mpl.rcParams["text.color"], markersize=6)
    ax.text(13.6, 1.3, "line, ten rows", color="C1", ha="left", va="center")
    ax.text(18, 0.72, "line with the far row", color="C1", ha="left", va="center")
    ax.text(13.6, 0.92, "sigmoid", color="C0", ha="left", va="center")
    ax.set(xlabel="x", ylabel="label, prediction", xlim=(-1, 32), ylim=(-0.25, 1.5), yticks=[0, 0.5, 1])
    return drawing
