"""Thirty steps of gradient descent and of momentum 0.9 on a quadratic valley of condition number 100."""

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure

CURVATURE = np.array([1.0, 100.0])
START = np.array([-10.0, 1.0])
RATE, STEPS = 0.018, 30


def path(beta: float) -> np.ndarray:
    """All points visited from the start, v = beta v + g."""
    x, v, points = START, np.zeros(2), [START]
    for _ in range(STEPS):
        v = beta * v + CURVATURE * x
        x = x - RATE * v
        points.append(x)
    return np.array(points)


def figure() -> Figure:
    """The valley floor runs from left to right; the minimum is the cross."""
    drawing = Figure(figsize=(6.4, 4.0), layout="constrained")
    panels = drawing.subplots(2, 1)
    along, across = np.meshgrid(np.linspace(-11, 7, 181), np.linspace(-2.2, 2.2, 111))
    height = (CURVATURE[0] * along**2 + CURVATURE[1] * across**2) / 2
    text = mpl.rcParams["text.color"]
    cases = (("gradient descent: 30 steps", 0.0, "C1", "--"), ("momentum 0.9: 30 steps", 0.9, "C0", "-"))
    for ax, (name, beta, color, line) in zip(panels, cases, strict=True):
        ax.contour(along, across, height, levels=[2, 10, 30, 70, 150], colors=[text], linewidths=0.4)
        points = path(beta)
        ax.plot(*points.T, color=color, linestyle=line, marker="o", markersize=3.5, linewidth=1.5)
        ax.plot(0, 0, "+", color=text, markersize=14, markeredgewidth=2)
        ax.set_title(name, color=color)
        ax.set(xlim=(-11, 7), ylim=(-2.2, 2.2), xticks=[], yticks=[])
    return drawing
