"""Boundaries between two Gaussian classes: a line if their covariances are equal, a curve if not."""

import numpy as np
from matplotlib.figure import Figure


def figure() -> Figure:
    """Ellipses at one and two standard deviations; boundaries where the two Gaussian scores are equal, exact."""
    x, y = np.meshgrid(np.linspace(-5, 6, 300), np.linspace(-4.2, 4.2, 300))
    grid = np.stack([x, y], axis=-1)
    shared = np.array([[1.2, 0.5], [0.5, 0.8]])
    means = np.array([[-1.4, 0.0], [1.4, 0.4]])
    narrow, wide = np.diag([0.3, 0.3]), np.array([[2.6, 0.6], [0.6, 2.0]])

    def score(mean: np.ndarray, cov: np.ndarray) -> np.ndarray:
        gap = grid - mean
        return -0.5 * np.log(np.linalg.det(cov)) - 0.5 * np.einsum("...i,ij,...j", gap, np.linalg.inv(cov), gap)

    drawing = Figure(figsize=(6.4, 3.1))
    panels = drawing.subplots(1, 2, sharey=True)
    cases = {"equal: a line": (shared, shared), "unequal: a curve": (narrow, wide)}
    for ax, (title, covs) in zip(panels, cases.items(), strict=True):
        scores = []
        for mean, cov, color, style in zip(means, covs, ("C0", "C1"), ("-", "--"), strict=True):
            turn = np.linspace(0, 2 * np.pi, 100)
            circle = np.linalg.cholesky(cov) @ np.array([np.cos(turn), np.sin(turn)])
            for size in (1, 2):
                ax.plot(*(mean[:, None] + size * circle), color=color, linestyle=style, linewidth=1.5)
            scores.append(score(mean, cov))
        ax.contour(x, y, scores[1] - scores[0], levels=[0], colors="C2", linewidths=2.5)
        ax.set(title=title, xlim=(-5, 6), ylim=(-4.2, 4.2), xticks=[], yticks=[], aspect="equal")
    panels[0].text(-3.6, -2.9, "class A", color="C0", ha="center")
    panels[0].text(3.2, -2.4, "class B", color="C1", ha="center")
    panels[1].text(-2.2, -2.4, "class A", color="C0", ha="center")
    panels[1].text(3.4, -3.4, "class B", color="C1", ha="center")
    return drawing
