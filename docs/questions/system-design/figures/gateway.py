"""The gateway: what a request passes on its way to a model, and what is written down."""

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch


def figure() -> Figure:
    """Apps on the left, the gateway's steps in the middle, models on the right, the ledger below."""
    ink = mpl.rcParams["text.color"]
    drawing = Figure(figsize=(6.4, 4.2))
    ax = drawing.subplots()
    ax.set(xlim=(0, 10.4), ylim=(0, 7))
    ax.axis("off")

    _box(ax, 0.1, 3.2, 1.9, 1.6, "40 teams'\napps", ink)
    for low, text in ((5.0, "key, policy"), (3.5, "budget:\nreserve"), (2.0, "route alias")):
        _box(ax, 3.5, low, 2.6, 1.1, text, "C0")
    ax.text(4.8, 6.5, "gateway", ha="center", va="center", color="C0", fontsize=13)
    for low, text, color in ((4.4, "provider A", "C1"), (2.0, "provider B", "C2")):
        _box(ax, 7.8, low, 2.4, 1.1, text, color)
    _box(ax, 3.5, 0.2, 2.6, 0.9, "ledger: settle", ink)

    _arrow(ax, (2.0, 4.4), (3.5, 5.5), ink)
    _arrow(ax, (4.8, 5.0), (4.8, 4.6), "C0")
    _arrow(ax, (4.8, 3.5), (4.8, 3.1), "C0")
    _arrow(ax, (4.8, 2.0), (4.8, 1.1), ink)
    _arrow(ax, (6.1, 2.8), (7.8, 4.8), "C1")
    _arrow(ax, (6.1, 2.5), (7.8, 2.5), "C2", dashed=True)
    ax.text(9.0, 6.0, "own quota", ha="center", va="center", color="C1", fontsize=11)
    ax.text(9.0, 3.6, "own quota", ha="center", va="center", color="C2", fontsize=11)
    ax.text(7.0, 1.5, "fallback", ha="center", va="center", color="C2", fontsize=11)
    return drawing


def _box(ax: Axes, left: float, low: float, width: float, height: float, text: str, color: str) -> None:
    shape = FancyBboxPatch((left, low), width, height, boxstyle="round,pad=0,rounding_size=0.15", fill=False)
    shape.set(edgecolor=color, linewidth=1.8)
    ax.add_patch(shape)
    ax.text(left + width / 2, low + height / 2, text, ha="center", va="center", fontsize=12)


def _arrow(ax: Axes, start: tuple[float, float], end: tuple[float, float], color: str, *, dashed: bool = False) -> None:
    style = {"arrowstyle": "->", "color": color, "linewidth": 1.5, "linestyle": "--" if dashed else "-"}
    ax.annotate("", xy=end, xytext=start, arrowprops=style)
