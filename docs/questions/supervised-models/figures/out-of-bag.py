"""Eight bootstrap samples of eight rows: how often each tree drew each row, and which trees judge it."""

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle


def figure() -> Figure:
    """Filled cells: the tree drew the row, so often; dashed cells: it did not, so it judges the row."""
    rows = trees = 8
    rng = np.random.default_rng(6)
    counts = np.array([np.bincount(rng.integers(rows, size=rows), minlength=rows) for _ in range(trees)]).T

    drawing = Figure(figsize=(6.4, 4.0))
    ax = drawing.subplots()
    for row, tree in np.ndindex(rows, trees):
        drawn = counts[row, tree]
        place = (tree + 0.06, row + 0.06)
        if drawn:
            ax.add_patch(Rectangle(place, 0.88, 0.88, facecolor="C0", edgecolor="none", alpha=0.3))
            ax.text(tree + 0.5, row + 0.5, f"{drawn}×", ha="center", va="center")
        else:
            ax.add_patch(Rectangle(place, 0.88, 0.88, facecolor="none", edgecolor="C1", linestyle="--", linewidth=1.8))
            ax.text(tree + 0.5, row + 0.5, "?", color="C1", ha="center", va="center")
    for row, judges in enumerate((counts == 0).sum(1)):
        ax.text(trees + 0.2, row + 0.5, f"{judges} tree{'s' if judges > 1 else ''}", color="C1", ha="left", va="center")
    ax.set(xlim=(0, trees + 1.9), ylim=(rows, 0), xlabel="trees", ylabel="rows")
    ax.set_xticks(np.arange(trees) + 0.5, [str(tree + 1) for tree in range(trees)])
    ax.set_yticks(np.arange(rows) + 0.5, [str(row + 1) for row in range(rows)])
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    color = mpl.rcParams["text.color"]
    ax.set_title("2×: drawn twice;  ?: not drawn, so it judges", color=color)
    return drawing
