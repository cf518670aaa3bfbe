"""Sixty steps of gradient descent and Adam in a quadratic valley along an axis, and in the same valley turned."""

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure

STEPS = 60


def valley(degrees: float) -> tuple[np.ndarray, np.ndarray]:
    """Hessian with curvatures 1 and 100, and the start, both turned."""
    c, s = np.cos(np.deg2rad(degrees)), np.sin(np.deg2rad(degrees))
    turn = np.array([[c, -s], [s, c]])
    return turn @ np.diag([1.0, 100.0]) @ turn.T, turn @ np.array([-4.0, 1.0])


def paths(degrees: float) -> tuple[np.ndarray, np.ndarray]:
    """Points of gradient descent with rate 0.018 and of Adam with rate 0.1 and its usual constants."""
    hessian, start = valley(degrees)
    plain, adam = [start], [start]
    m = v = np.zeros(2)
    for t in range(1, STEPS + 1):
        plain.append(plain[-1] - 0.018 * hessian @ plain[-1])
        g = hessian @ adam[-1]
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g**2
        adam.append(adam[-1] - 0.1 * m / (1 - 0.9**t) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8))
    return np.array(plain), np.array(adam)


def figure() -> Figure:
    """Left the floor runs along an axis, right it is turned by 30 degrees."""
    drawing = Figure(figsize=(6.4, 3.2), layout="constrained")
    panels = drawing.subplots(1, 2)
    text = mpl.rcParams["text.color"]
    for ax, degrees, low in zip(panels, (0, 30), (-2.6, -3.6), strict=True):
        hessian, _ = valley(degrees)
        grid = np.meshgrid(np.linspace(-4.8, 1.2, 151), np.linspace(low, low + 5, 151))
        height = np.einsum("ijk,il,ljk->jk", grid, hessian, grid) / 2
        ax.contour(*grid, height, levels=[1, 8, 30, 70], colors=[text], linewidths=0.4)
        plain, adam = paths(degrees)
        ax.plot(*plain.T, color="C1", linestyle="--", linewidth=1.5)
        ax.plot(*adam.T, color="C0", linestyle="-", marker="o", markersize=2.5, linewidth=1.5)
        ax.plot(0, 0, "+", color=text, markersize=14, markeredgewidth=2)
        ax.set(aspect="equal", xlim=(-4.8, 1.2), ylim=(low, low + 5), xticks=[], yticks=[])
    panels[0].set_title("along an axis")
    panels[1].set_title("turned by 30°")
    panels[0].text(-2.9, 0.75, "Adam", color="C0")
    panels[0].text(-3.6, -1.9, "gradient descent", color="C1")
    panels[1].text(-4.6, -1.75, "Adam", color="C0", ha="left", va="top")
    panels[1].text(-2.6, -2.95, "gradient descent", color="C1")
    return drawing
