"""The recommender as a funnel with a loop: retrieval, ranking, re-ranking, and what the logs feed."""

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Polygon


def figure() -> Figure:
    """Four stages from left to right, the counts of the answer's example under them, the loop below."""
    ink = mpl.rcParams["text.color"]
    drawing = Figure(figsize=(6.4, 4.2))
    ax = drawing.subplots()
    ax.set(xlim=(-0.15, 10.9), ylim=(0, 7))
    ax.axis("off")

    # height falls with each stage: fewer items, more work on each
    stages = (
        (0.0, 1.9, 6.8, 6.3, "catalog", "10 million", ink),
        (2.5, 2.2, 6.2, 5.3, "retrieval", "1,000", "C0"),
        (5.3, 2.1, 5.2, 4.5, "ranking", "1,000 scored", "C1"),
        (8.0, 2.2, 4.4, 4.1, "re-ranking", "20 shown", "C2"),
    )
    middle = 5.0
    for left, width, tall, short, name, count, color in stages:
        first, last = (tall - 3.2) / 2, (short - 3.2) / 2
        corners = [
            (left, middle + first), (left + width, middle + last),
            (left + width, middle - last), (left, middle - first),
        ]  # fmt: skip
        ax.add_patch(Polygon(corners, closed=True, fill=False, edgecolor=color, linewidth=1.8))
        ax.text(left + width / 2, middle + 0.22, name, ha="center", va="center", color=color)
        ax.text(left + width / 2, middle - 0.28, count, ha="center", va="center", fontsize=10.5)
    for start, end in ((1.9, 2.5), (4.7, 5.3), (7.4, 8.0)):
        _arrow(ax, (start, middle), (end, middle), ink)

    ax.text(9.1, 1.55, "log: shown,\nposition, outcome", ha="center", va="center", fontsize=10.5)
    _arrow(ax, (9.1, 4.3), (9.1, 2.2), ink)
    ax.text(4.9, 1.55, "training: correct for\nposition and sampling", ha="center", va="center", fontsize=10.5)
    _arrow(ax, (7.35, 1.55), (6.85, 1.55), ink)
    _arrow(ax, (6.35, 2.2), (6.35, 4.05), "C1")
    _arrow(ax, (3.6, 2.2), (3.6, 3.55), "C0")
    ax.text(3.45, 2.75, "new vectors", ha="right", va="center", fontsize=10.5, color="C0")
    ax.text(6.2, 2.75, "new weights", ha="right", va="center", fontsize=10.5, color="C1")
    ax.text(5.4, 0.35, "a small share of slots explores, so that the log holds surprises", ha="center", fontsize=10.5)
    return drawing


def _arrow(ax: Axes, start: tuple[float, float], end: tuple[float, float], color: str) -> None:
    ax.annotate("", xy=end, xytext=start, arrowprops={"arrowstyle": "->", "color": color, "linewidth": 1.5})
