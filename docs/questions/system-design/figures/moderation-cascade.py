"""Moderation as a cascade: hash, small model, large model, people, and a random sample that measures."""

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle


def figure() -> Figure:
    """Each step handles fewer posts at a higher price; two ends, removed and shown."""
    ink = mpl.rcParams["text.color"]
    drawing = Figure(figsize=(6.4, 5.0))
    ax = drawing.subplots()
    ax.set(xlim=(-0.1, 10.4), ylim=(0, 8.3))
    ax.axis("off")

    _box(ax, 0.0, 7.4, 1.5, "post", ink)
    _box(ax, 2.3, 7.4, 1.7, "hash", "C0")
    _box(ax, 4.8, 7.4, 2.5, "small model:\nevery post", "C0")
    _box(ax, 8.5, 7.4, 1.7, "shown", "C2")
    _box(ax, 4.8, 4.9, 2.5, "large model:\n1 %", "C1")
    _box(ax, 4.8, 2.4, 2.5, "people", "C4")
    _box(ax, 0.6, 4.9, 2.3, "removed", "C3")
    _arrow(ax, (1.5, 7.4), (2.3, 7.4), ink)
    _arrow(ax, (4.0, 7.4), (4.8, 7.4), ink)
    _arrow(ax, (7.3, 7.4), (8.5, 7.4), "C2")
    _arrow(ax, (6.05, 6.8), (6.05, 5.5), ink)
    ax.text(6.2, 6.15, "doubtful", ha="left", va="center", fontsize=11.5)
    _arrow(ax, (6.05, 4.3), (6.05, 3.0), ink)
    ax.text(6.2, 3.65, "still doubtful", ha="left", va="center", fontsize=11.5)
    _arrow(ax, (2.8, 6.8), (2.0, 5.5), "C3")
    _arrow(ax, (4.8, 6.9), (2.9, 5.5), "C3")
    _arrow(ax, (4.8, 4.9), (2.9, 4.9), "C3")
    _arrow(ax, (4.8, 2.6), (2.2, 4.3), "C3")
    _arrow(ax, (7.3, 5.1), (8.9, 6.8), "C2")
    ax.plot([7.3, 9.3], [2.5, 2.5], color="C2", linewidth=1.5)
    _arrow(ax, (9.3, 2.5), (9.3, 6.8), "C2")
    ax.plot([9.9, 9.9], [6.8, 0.6], color=ink, linewidth=1.5, linestyle="--")
    ax.plot([9.9, 8.3], [0.6, 0.6], color=ink, linewidth=1.5, linestyle="--")
    ax.text(8.2, 0.6, "random sample of views: prevalence, labels", ha="right", va="center", fontsize=11.5)
    return drawing


def _box(ax: Axes, left: float, middle: float, width: float, words: str, color: str) -> None:
    ax.add_patch(Rectangle((left, middle - 0.6), width, 1.2, fill=False, edgecolor=color, linewidth=1.8))
    ax.text(left + width / 2, middle, words, ha="center", va="center", color=color, fontsize=11.5)


def _arrow(ax: Axes, start: tuple[float, float], end: tuple[float, float], color: str, line: str = "-") -> None:
    shape = {"arrowstyle": "->", "color": color, "linewidth": 1.5, "linestyle": line}
    ax.annotate("", xy=end, xytext=start, arrowprops=shape)
