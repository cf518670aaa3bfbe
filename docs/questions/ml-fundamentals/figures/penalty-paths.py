"""Weights under an L1 and an L2 penalty against its strength: two twins and two columns on their own, exact."""

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure

CORRELATIONS = np.eye(4)
CORRELATIONS[0, 1] = CORRELATIONS[1, 0] = 0.95
COVARIANCES = np.array([1, 0.96, 0.5, -0.3])


def lasso(strength: float) -> np.ndarray:
    """The weights least in w'Rw/2 - w'c + strength * sum|w|: coordinate descent, until the twins have settled."""
    weights = np.zeros(4)
    for _ in range(400):
        for j in range(4):
            pull = COVARIANCES[j] - CORRELATIONS[j] @ weights + weights[j]
            weights[j] = np.sign(pull) * max(abs(pull) - strength, 0)
    return weights


def figure() -> Figure:
    """Covariances 1 and 0.96 of the twins A and B with y, 0.5 and -0.3 of C and D; a dot at strength 0.4."""
    grid = np.geomspace(0.02, 2, 61)

    def ridge(strength: float) -> np.ndarray:
        return np.linalg.solve(CORRELATIONS + strength * np.eye(4), COVARIANCES)

    drawing = Figure(figsize=(6.4, 3.3))
    panels = drawing.subplots(1, 2, sharey=True)
    for ax, title, fit in zip(panels, ("L1", "L2"), (lasso, ridge), strict=True):
        ax.axhline(0, linewidth=0.9, linestyle=":", color=mpl.rcParams["text.color"])
        paths, here = np.array([fit(strength) for strength in grid]), fit(0.4)
        for name, column, color, style in zip(
            "ABCD", range(4), ("C0", "C0", "C1", "C2"), ("-", "--", "-", "-"), strict=True
        ):
            ax.plot(grid, paths[:, column], color=color, linestyle=style, linewidth=2)
            ax.plot(0.4, here[column], "o", color=color)
            ax.text(0.018, paths[0, column], name, color=color, ha="right", va="center")
        ax.set(title=title, xlabel="strength", xlim=(0.0125, 2), ylim=(-0.4, 1.1), xscale="log")
        ax.set_xticks([0.02, 0.2, 2], labels=["0.02", "0.2", "2"])
        ax.minorticks_off()
    panels[0].set_ylabel("weight")
    return drawing
