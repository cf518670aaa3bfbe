"""Fraud detection as a decision and a loop: score, three actions, late labels, training."""

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle


def figure() -> Figure:
    """The payment runs along the top, the actions stand below, labels and training close the loop."""
    ink = mpl.rcParams["text.color"]
    drawing = Figure(figsize=(6.4, 4.6))
    ax = drawing.subplots()
    ax.set(xlim=(-0.1, 10.4), ylim=(0, 7.6))
    ax.axis("off")

    _box(ax, 0.0, 6.7, 2.2, "payment", ink)
    _box(ax, 3.2, 6.7, 2.8, "live counters", ink)
    _box(ax, 7.0, 6.7, 2.2, "score p", "C0")
    _arrow(ax, (2.2, 6.7), (3.2, 6.7), ink)
    _arrow(ax, (6.0, 6.7), (7.0, 6.7), ink)
    actions = ((0.0, "approve", "C2", 7.4), (3.4, "challenge", "C1", 7.8), (6.8, "decline", "C3", 8.1))
    for left, name, color, start in actions:
        _box(ax, left, 3.9, 2.6, name, color)
        _arrow(ax, (start, 6.1), (left + 1.3, 4.5), color)
    _box(ax, 0.0, 0.9, 4.6, "labels, weeks later", ink)
    _box(ax, 6.8, 0.9, 2.6, "training", "C0")
    _arrow(ax, (1.3, 3.3), (1.3, 1.5), "C2")
    _arrow(ax, (4.2, 3.3), (3.4, 1.5), "C1")
    _arrow(ax, (7.6, 3.3), (4.6, 1.4), "C3", "--")
    ax.text(6.75, 2.35, "random 1 % released", ha="left", va="center", fontsize=11.5, color="C3")
    _arrow(ax, (4.6, 0.9), (6.8, 0.9), ink)
    ax.plot([9.4, 10.1, 10.1], [0.9, 0.9, 6.7], color=ink, linewidth=1.5)
    _arrow(ax, (10.1, 6.7), (9.2, 6.7), ink)
    return drawing


def _box(ax: Axes, left: float, middle: float, width: float, words: str, color: str) -> None:
    ax.add_patch(Rectangle((left, middle - 0.6), width, 1.2, fill=False, edgecolor=color, linewidth=1.8))
    ax.text(left + width / 2, middle, words, ha="center", va="center", color=color, fontsize=11.5)


def _arrow(ax: Axes, start: tuple[float, float], end: tuple[float, float], color: str, line: str = "-") -> None:
    shape = {"arrowstyle": "->", "color": color, "linewidth": 1.5, "linestyle": line}
    ax.annotate("", xy=end, xytext=start, arrowprops=shape)
