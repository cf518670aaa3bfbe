"""An arrival-time service: live speeds, a routing engine, a learned correction, and three consumers."""

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle


def figure() -> Figure:
    """Top row from GPS to the correction, below it the consumers and the log that trains the correction."""
    ink = mpl.rcParams["text.color"]
    drawing = Figure(figsize=(6.4, 4.2))
    ax = drawing.subplots()
    ax.set(xlim=(-0.1, 10.7), ylim=(0.2, 6.9))
    ax.axis("off")

    _box(ax, 0.0, 5.1, 2.6, "GPS points\nlive speeds", ink)
    _box(ax, 3.7, 5.1, 2.6, "routing\nengine", "C0")
    _box(ax, 7.4, 5.1, 2.6, "correction\nlearned", "C1")
    _arrow(ax, (2.6, 5.8), (3.7, 5.8), ink)
    _arrow(ax, (6.3, 5.8), (7.4, 5.8), ink)

    _box(ax, 7.4, 2.8, 2.6, "mean and\nquantiles", "C1")
    _arrow(ax, (8.7, 5.1), (8.7, 4.2), "C1")
    ax.text(6.2, 3.95, "fare: mean", ha="right", va="center")
    ax.text(6.2, 3.4, "dispatch: mean", ha="right", va="center")
    ax.text(6.2, 2.85, "promise: quantile", ha="right", va="center")
    _arrow(ax, (7.4, 3.4), (6.4, 3.4), ink)

    _box(ax, 2.2, 0.5, 7.0, "log of bookings:\narrived, or cancelled after …", "C2", 1.3)
    _arrow(ax, (4.4, 2.5), (4.4, 1.8), ink)
    ax.plot([9.2, 10.4, 10.4], [1.15, 1.15, 5.8], color="C2", linestyle="--", linewidth=1.5)
    _arrow(ax, (10.4, 5.8), (10.0, 5.8), "C2")
    ax.text(10.25, 2.25, "trains", ha="right", va="center", color="C2")
    return drawing


def _box(ax: Axes, left: float, low: float, width: float, words: str, color: str, height: float = 1.4) -> None:
    ax.add_patch(Rectangle((left, low), width, height, fill=False, edgecolor=color, linewidth=1.8))
    ax.text(left + width / 2, low + height / 2, words, ha="center", va="center", color=color, fontsize=11)


def _arrow(ax: Axes, start: tuple[float, float], end: tuple[float, float], color: str) -> None:
    ax.annotate("", xy=end, xytext=start, arrowprops={"arrowstyle": "->", "color": color, "linewidth": 1.5})
