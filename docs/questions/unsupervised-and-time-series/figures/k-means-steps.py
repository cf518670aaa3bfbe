"""Four rounds of k-means on 24 rows, three centers that start on rows: groups, moves of the centers, and W."""

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure

ROWS = np.array(
    [
        [[2.9, 2.7], [3.0, 5.9], [3.4, 7.4], [4.5, 3.5], [4.5, 8.4], [4.9, 4.2], [5.3, 7.6], [5.9, 7.3]],
        [[5.6, 1.2], [5.5, 8.6], [6.2, 3.1], [6.6, 2.1], [6.6, 6.8], [6.9, 4.3], [7.4, 8.8], [9.2, 4.0]],
        [[11.9, 4.8], [13.7, 5], [14.3, 6.2], [16, 4.8], [16.2, 6.8], [16.5, 4.5], [17.1, 4.1], [18.8, 5.4]],
    ]
).reshape(-1, 2)
START = [15, 0, 12]  # rows on which the centers stand at first


def rounds() -> list[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """The centers of each round, the group of each row, and where the centers go; in the last, nowhere."""
    done: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = []
    centers = ROWS[START]
    while not done or (done[-1][0] != centers).any():
        near = ((ROWS[:, None] - centers) ** 2).sum(2).argmin(1)
        done.append((centers, near, np.array([ROWS[near == j].mean(0) for j in range(3)])))
        centers = done[-1][2]
    return done


def spread(centers: np.ndarray, near: np.ndarray) -> float:
    """W: the squared distances of the rows to the centers of their groups, added up."""
    return float(((ROWS - centers[near]) ** 2).sum())


def figure() -> Figure:
    """A panel a round. Markers and colors are the groups; a cross is a center, and its arrow leads to the mean."""
    drawing = Figure(figsize=(6.4, 3.9))
    for ax, (number, (centers, near, means)) in zip(drawing.subplots(2, 2).flat, enumerate(rounds(), 1), strict=True):
        before, after = spread(centers, near), spread(means, near)
        for j, marker in enumerate("os^"):
            own = ROWS[near == j]
            star = np.stack([np.broadcast_to(centers[j], own.shape), own], 1).reshape(-1, 2)
            ax.plot(*np.vstack([star, centers[j]]).T, color=f"C{j}", linewidth=0.5)
            ax.plot(*own.T, linestyle="", markersize=4, marker=marker, color=f"C{j}")
            ax.plot(*centers[j], "+", color=mpl.rcParams["text.color"], markersize=11, markeredgewidth=2)
            if number < len(rounds()):
                arrow = {"arrowstyle": "->", "color": mpl.rcParams["text.color"], "linewidth": 1.4, "shrinkA": 0}
                ax.annotate("", means[j], centers[j], arrowprops=arrow | {"shrinkB": 0})
        words = f"W {before:.1f}, then {after:.1f}" if after < before else f"W stays {before:.1f}"
        ax.set_title(f"round {number}: {words}", fontsize=12)
        ax.set(xlim=(1.5, 20), ylim=(0, 10), xticks=[], yticks=[], aspect="equal")
    return drawing
