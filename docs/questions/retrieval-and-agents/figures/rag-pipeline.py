"""Retrieval-augmented generation in two rows: what is done ahead of time, and what is done for each question."""

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch


def figure() -> Figure:
    """Boxes and arrows; the index joins the rows."""
    ink = mpl.rcParams["text.color"]
    drawing = Figure(figsize=(6.4, 3.4))
    ax = drawing.subplots()
    ax.set(xlim=(0, 10), ylim=(0, 5.4))
    ax.axis("off")
    ax.text(0.1, 5.1, "ahead of time", va="center", color="C0")
    ax.text(0.1, 0.3, "for each question", va="center", color="C1")
    for left, label in ((0.1, "documents"), (2.75, "chunks"), (5.4, "index")):
        _box(ax, left, 3.5, label, "C0")
    for left, label in ((0.1, "question"), (2.75, "search"), (5.4, "prompt"), (8.05, "answer")):
        _box(ax, left, 0.9, label, "C1")
    for start, end in (((2.0, 4.1), (2.7, 4.1)), ((4.65, 4.1), (5.35, 4.1))):
        _arrow(ax, start, end, "C0")
    for start, end in (((2.0, 1.5), (2.7, 1.5)), ((4.65, 1.5), (5.35, 1.5)), ((7.3, 1.5), (8.0, 1.5))):
        _arrow(ax, start, end, "C1")
    _arrow(ax, (5.6, 3.45), (4.4, 2.15), ink)
    ax.text(5.3, 2.75, "best few", ha="left", va="center")
    return drawing


def _box(ax: Axes, left: float, bottom: float, label: str, color: str) -> None:
    shape = FancyBboxPatch((left, bottom), 1.85, 1.2, boxstyle="round,pad=0,rounding_size=0.15", fill=False)
    shape.set(edgecolor=color, linewidth=1.8)
    ax.add_patch(shape)
    ax.text(left + 0.925, bottom + 0.6, label, ha="center", va="center", fontsize=10.5)


def _arrow(ax: Axes, start: tuple[float, float], end: tuple[float, float], color: str) -> None:
    ax.annotate("", xy=end, xytext=start, arrowprops={"arrowstyle": "->", "color": color, "linewidth": 1.5})
