"""Product search in stages: two retrievers, stock check, trees, a cross-encoder, the page, and its log."""

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle


def figure() -> Figure:
    """Six boxes in a bend, from the query at the top left to the page at the bottom left."""
    ink = mpl.rcParams["text.color"]
    drawing = Figure(figsize=(6.4, 4.4))
    ax = drawing.subplots()
    ax.set(xlim=(-0.1, 10.4), ylim=(0, 7.2))
    ax.axis("off")

    _box(ax, 0.0, 5.4, 1.8, "query", ink)
    _box(ax, 2.8, 6.2, 2.9, "words", "C0")
    _box(ax, 2.8, 4.6, 2.9, "vectors", "C1")
    _box(ax, 6.8, 5.4, 3.2, "still\nin stock?", ink)
    _box(ax, 6.8, 2.5, 3.2, "trees:\n1,000 to 50", "C2")
    _box(ax, 2.8, 2.5, 3.1, "cross-encoder:\ngrades 50", "C3")
    _box(ax, 0.0, 2.5, 1.8, "page", ink)
    _arrow(ax, (1.8, 5.6), (2.8, 6.2), "C0")
    _arrow(ax, (1.8, 5.2), (2.8, 4.6), "C1")
    _arrow(ax, (5.7, 6.2), (6.8, 5.6), "C0")
    _arrow(ax, (5.7, 4.6), (6.8, 5.2), "C1")
    _arrow(ax, (8.4, 4.8), (8.4, 3.1), ink)
    _arrow(ax, (6.8, 2.5), (5.9, 2.5), ink)
    _arrow(ax, (2.8, 2.5), (1.8, 2.5), ink)
    _arrow(ax, (0.9, 1.9), (0.9, 0.85), ink, "--")
    _arrow(ax, (4.3, 0.85), (4.3, 1.9), ink, "--")
    _arrow(ax, (8.4, 0.85), (8.4, 1.9), ink, "--")
    ax.text(5.1, 0.45, "log and judged pairs train the models", ha="center", va="center", fontsize=11.5)
    return drawing


def _box(ax: Axes, left: float, middle: float, width: float, words: str, color: str) -> None:
    ax.add_patch(Rectangle((left, middle - 0.6), width, 1.2, fill=False, edgecolor=color, linewidth=1.8))
    ax.text(left + width / 2, middle, words, ha="center", va="center", color=color, fontsize=11.5)


def _arrow(ax: Axes, start: tuple[float, float], end: tuple[float, float], color: str, line: str = "-") -> None:
    shape = {"arrowstyle": "->", "color": color, "linewidth": 1.5, "linestyle": line}
    ax.annotate("", xy=end, xytext=start, arrowprops=shape)
