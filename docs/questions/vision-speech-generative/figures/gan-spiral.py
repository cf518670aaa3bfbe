"""Paths of the one-point GAN in the plane of generator point and discriminator slope, without and with a penalty."""

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure


def path(penalty: float, steps: int) -> np.ndarray:
    """Simultaneous steps of size 0.1 from (1, 1), minimax loss, gradient penalty at the real point."""
    points = [(1.0, 1.0)]
    for _ in range(steps):
        theta, psi = points[-1]
        fake = 1 / (1 + np.exp(-psi * theta))
        points.append((theta + 0.1 * fake * psi, psi - 0.1 * (fake * theta + penalty * psi)))
    return np.array(points)


def figure() -> Figure:
    """One path a panel; the solution is the origin."""
    drawing = Figure(figsize=(6.4, 3.9))
    panels = drawing.subplots(1, 2, sharey=True)
    runs = ((0.0, "no penalty", "C1", "--"), (0.1, "with penalty", "C0", "-"))
    for ax, (penalty, title, color, style) in zip(panels, runs, strict=True):
        theta, psi = path(penalty, 500).T
        ax.plot(theta, psi, color=color, linestyle=style, linewidth=1.8)
        ax.plot(1, 1, color=color, marker="o", markersize=6)
        ax.plot(0, 0, color=mpl.rcParams["text.color"], marker="+", markersize=12, markeredgewidth=2)
        ax.set(title=title, xlabel="generator", xlim=(-2.6, 2.6), ylim=(-2.6, 2.6), aspect="equal")
        ax.set_xticks([-2, 0, 2])
        ax.set_yticks([-2, 0, 2])
    panels[0].set_ylabel("discriminator")
    panels[0].text(0.85, 0.85, "start", color="C1", ha="right", va="top")
    return drawing
