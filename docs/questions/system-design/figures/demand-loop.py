"""Demand forecasting as a loop: data, one model, an order from the cost ratio, a shelf that censors what is seen."""

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle


def figure() -> Figure:
    """Top row from data to quantiles, bottom row back from the order to sales."""
    ink = mpl.rcParams["text.color"]
    drawing = Figure(figsize=(6.4, 4.2))
    ax = drawing.subplots()
    ax.set(xlim=(-0.1, 10.1), ylim=(0.2, 6.9))
    ax.axis("off")

    _box(ax, 0.0, 4.6, 2.8, "sales + stock,\nprice plans,\ncalendar", ink, 1.9)
    _box(ax, 3.8, 4.6, 2.5, "one global\nmodel", "C0", 1.9)
    _box(ax, 7.3, 4.6, 2.7, "quantiles\nof demand", "C0", 1.9)
    _arrow(ax, (2.8, 5.55), (3.8, 5.55), ink)
    _arrow(ax, (6.3, 5.55), (7.3, 5.55), ink)

    _arrow(ax, (8.65, 4.6), (8.65, 2.4), ink)
    ax.text(8.45, 3.5, "costs pick one", ha="right", va="center", fontsize=11)
    _box(ax, 7.3, 0.9, 2.7, "order", "C1", 1.5)
    _arrow(ax, (7.3, 1.65), (6.3, 1.65), ink)
    _box(ax, 3.8, 0.9, 2.5, "shelf: sold ≤\nstock", "C3", 1.5)
    ax.plot([3.8, 1.4], [1.65, 1.65], color="C3", linestyle="--", linewidth=1.5)
    _arrow(ax, (1.4, 1.65), (1.4, 4.6), "C3")
    ax.text(1.6, 3.3, "sold out:\nat least …", ha="left", va="center", fontsize=11, color="C3")
    return drawing


def _box(ax: Axes, left: float, low: float, width: float, words: str, color: str, height: float) -> None:
    ax.add_patch(Rectangle((left, low), width, height, fill=False, edgecolor=color, linewidth=1.8))
    ax.text(left + width / 2, low + height / 2, words, ha="center", va="center", color=color, fontsize=11)


def _arrow(ax: Axes, start: tuple[float, float], end: tuple[float, float], color: str) -> None:
    ax.annotate("", xy=end, xytext=start, arrowprops={"arrowstyle": "->", "color": color, "linewidth": 1.5})
