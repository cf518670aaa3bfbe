"""A cloud with covariance (5, 4; 4, 11), its two principal directions, and the regression line beside them."""

import numpy as np
from matplotlib.figure import Figure


def figure() -> Figure:
    """Eighty points with exactly that covariance; half-axes of two standard deviations, regression slope 4/5."""
    cov = np.array([[5.0, 4.0], [4.0, 11.0]])
    rows = np.random.default_rng(1).normal(size=(80, 2))
    rows -= rows.mean(0)
    rows = rows @ np.linalg.inv(np.linalg.cholesky(np.cov(rows.T))).T @ np.linalg.cholesky(cov).T

    drawing = Figure(figsize=(6.4, 4.9))
    ax = drawing.subplots()
    ax.plot(*rows.T, "o", color="C0", alpha=0.35, markersize=5)
    for v, variance, color in ((np.array([1, 2]), 13, "C1"), (np.array([2, -1]), 3, "C2")):
        end = v / np.sqrt(5) * 2 * np.sqrt(variance)
        ax.annotate("", end, (0, 0), arrowprops={"arrowstyle": "->", "color": color, "linewidth": 2.5})
    line = np.array([-8.5, 8.5])
    ax.plot(line, 0.8 * line, color="C3", linestyle="--", linewidth=2)
    ax.text(2.6, 7.4, "first component,\nslope 2", color="C1", ha="right", va="center")
    ax.text(3.4, -1.9, "second, variance 3", color="C2", ha="left", va="center")
    ax.text(8.8, 6.6, "regression,\nslope 0.8", color="C3", ha="left", va="center")
    ax.set(xlabel="column 1", ylabel="column 2", xlim=(-8.7, 14), ylim=(-8.2, 8.8), aspect="equal")
    return drawing
