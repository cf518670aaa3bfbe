"""A batch of five users and their items as a matrix of scores: the diagonal is right, the rest are negatives."""

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle


def figure() -> Figure:
    """Five rows, five columns; users 2 and 5 took the same item, so two cells off the diagonal hold copies."""
    ink = mpl.rcParams["text.color"]
    drawing = Figure(figsize=(6.4, 4.2))
    ax = drawing.subplots()
    items = ["A", "B", "C", "D", "B"]
    for row in range(5):
        for column in range(5):
            right, copy = row == column, row != column and items[row] == items[column]
            color = "C0" if right else "C1" if copy else ink
            ax.add_patch(
                Rectangle(
                    (column + 0.05, row + 0.08),
                    0.9,
                    0.84,
                    facecolor=color if right else "none",
                    alpha=0.85 if right else 1,
                    edgecolor=color,
                    linewidth=2.4 if right or copy else 0.6,
                    linestyle="--" if copy else "-",
                )
            )
            if right or copy:
                mark = "+" if right else "copy"
                ax.text(column + 0.5, row + 0.5, mark, ha="center", va="center", fontsize=13, color=ink)
    for k, name in enumerate(items):
        ax.text(k + 0.5, -0.15, name, ha="center", va="bottom", fontsize=14)
        ax.text(-0.15, k + 0.5, f"user {k + 1}", ha="right", va="center", fontsize=13)
    ax.text(2.5, -0.62, "items of the batch", ha="center", va="bottom", fontsize=13)
    ax.set(xlim=(-1.1, 5.1), ylim=(5.1, -1.15), aspect="equal")
    ax.axis("off")
    return drawing
