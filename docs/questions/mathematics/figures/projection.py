"""Least squares as a projection: a target, its foot in the plane of the columns, and the residual between them."""

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure


def figure() -> Figure:
    """A plane drawn in parallel perspective; the residual stands on it at a right angle."""
    across, deep, up = np.array([1, 0]), np.array([0.55, 0.42]), np.array([0, 1])
    foot = 2.6 * across + 1.5 * deep
    target = foot + 1.55 * up
    corners = np.array([c * across + d * deep for c, d in ((-0.5, -0.5), (4.6, -0.5), (4.6, 2.6), (-0.5, 2.6))])
    ink = mpl.rcParams["text.color"]

    drawing = Figure(figsize=(6.4, 3.0))
    ax = drawing.subplots()
    ax.fill(*corners.T, color="C0", alpha=0.15, linewidth=0)
    ax.plot(*np.vstack([corners, corners[:1]]).T, color="C0", linewidth=1)
    arrow = {"arrowstyle": "-|>", "linewidth": 2, "shrinkA": 0, "shrinkB": 0}
    for end, color in ((target, ink), (foot, "C0")):
        ax.annotate("", end, (0, 0), arrowprops={**arrow, "color": color})
    ax.plot(*np.array([foot, target]).T, color="C1", linestyle="--", linewidth=2)
    back = -0.16 * foot / np.linalg.norm(foot)
    corner = np.array([foot + back, foot + back + 0.16 * up, foot + 0.16 * up])
    ax.plot(*corner.T, color="C1", linewidth=1.2)
    ax.text(target[0] - 0.12, target[1] + 0.02, "target y", ha="right", va="bottom")
    ax.text(foot[0] + 0.08, foot[1] + 0.85, "residual", color="C1", ha="left", va="center")
    ax.text(foot[0] + 0.05, foot[1] - 0.08, "fit", color="C0", ha="left", va="top")
    ax.text(1.8, -0.45, "what the columns can reach", color="C0", ha="center", va="center")
    ax.set(xlim=(-0.9, 6.15), ylim=(-0.7, 2.5))
    ax.set_aspect("equal")
    ax.set_axis_off()
    return drawing
