"""What a shear makes of the unit circle: an ellipse with the singular values as half-axes."""

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure


def figure() -> Figure:
    """Left the circle with the right singular vectors, right its image with the stretched left ones."""
    shear = np.array([[1.0, 1.0], [0.0, 1.0]])
    left, values, right = np.linalg.svd(shear)
    turn = np.where(right[:, 1] < 0, -1, 1)  # signs are free: let the inputs point up
    outputs, inputs = (left * turn * values).T, right * turn[:, None]
    angle = np.linspace(0, 2 * np.pi, 121)
    circle = np.array([np.cos(angle), np.sin(angle)])
    ink, aside = mpl.rcParams["text.color"], np.array([3.7, 0])

    drawing = Figure(figsize=(6.4, 3.0))
    ax = drawing.subplots()
    for start, curve, ends in ((0 * aside, circle, inputs), (aside, shear @ circle, outputs)):
        ax.plot(*(start[:, None] + curve), color=ink, linewidth=1)
        for end, color, style in zip(ends, ("C0", "C1"), ("-", "--"), strict=True):
            ax.plot(*np.array([start, start + end]).T, color=color, linestyle=style, linewidth=2)
            ax.plot(*(start + end), "o", color=color)
    for end, word, color in zip(inputs, ("v₁", "v₂"), ("C0", "C1"), strict=True):
        ax.text(*(1.24 * end), word, color=color, ha="center", va="center")
    first, second = aside + outputs
    ax.text(first[0] + 0.1, first[1] + 0.08, f"{values[0]:.2f} u₁", color="C0", ha="left", va="bottom")
    ax.text(second[0] - 0.08, second[1] + 0.1, f"{values[1]:.2f} u₂", color="C1", ha="right", va="bottom")
    ax.annotate("", (2.05, 0), (1.35, 0), arrowprops={"arrowstyle": "->", "color": ink, "linewidth": 1.5})
    ax.text(0, -1.35, "unit circle", ha="center", va="center")
    ax.text(aside[0], -1.35, "after the shear", ha="center", va="center")
    ax.set(xlim=(-1.4, 6.0), ylim=(-1.6, 1.45))
    ax.set_aspect("equal")
    ax.set_axis_off()
    return drawing
