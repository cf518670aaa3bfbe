"""Visual search: photo and catalog meet in one encoder, codes give a shortlist, full vectors the order."""

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle


def figure() -> Figure:
    """Photo along the top, catalog below it, the search from right to left at the bottom."""
    ink = mpl.rcParams["text.color"]
    drawing = Figure(figsize=(6.4, 4.6))
    ax = drawing.subplots()
    ax.set(xlim=(-0.1, 10.4), ylim=(0, 7.6))
    ax.axis("off")

    _box(ax, 0.0, 6.7, 1.8, "photo", ink)
    _box(ax, 2.8, 6.7, 2.7, "boxes, crops", ink)
    _box(ax, 0.0, 4.2, 5.5, "100 million catalog images", ink)
    _box(ax, 7.0, 5.4, 2.9, "one encoder\nfor both", "C0")
    _box(ax, 7.0, 1.7, 2.9, "codes: shortlist", "C1")
    _box(ax, 3.3, 1.7, 2.7, "full vectors:\norder", "C2")
    _box(ax, 0.0, 1.7, 2.3, "products", ink)
    _arrow(ax, (1.8, 6.7), (2.8, 6.7), ink)
    _arrow(ax, (5.5, 6.6), (7.0, 5.7), ink)
    _arrow(ax, (5.5, 4.3), (7.0, 5.1), ink)
    _arrow(ax, (8.45, 4.8), (8.45, 2.3), ink)
    _arrow(ax, (7.0, 1.7), (6.0, 1.7), ink)
    _arrow(ax, (3.3, 1.7), (2.3, 1.7), ink)
    ax.text(5.0, 0.4, "pairs of photo and catalog image train the encoder", ha="center", va="center", fontsize=11.5)
    return drawing


def _box(ax: Axes, left: float, middle: float, width: float, words: str, color: str) -> None:
    ax.add_patch(Rectangle((left, middle - 0.6), width, 1.2, fill=False, edgecolor=color, linewidth=1.8))
    ax.text(left + width / 2, middle, words, ha="center", va="center", color=color, fontsize=11.5)


def _arrow(ax: Axes, start: tuple[float, float], end: tuple[float, float], color: str, line: str = "-") -> None:
    shape = {"arrowstyle": "->", "color": color, "linewidth": 1.5, "linestyle": line}
    ax.annotate("", xy=end, xytext=start, arrowprops=shape)
