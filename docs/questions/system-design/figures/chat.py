"""Chat serving: admission, routing by chat, a replica with two phases, and where old keys and values wait."""

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch


def figure() -> Figure:
    """A request from left to right, the stream back along the top, the cache tiers at the bottom."""
    ink = mpl.rcParams["text.color"]
    drawing = Figure(figsize=(6.4, 4.2))
    ax = drawing.subplots()
    ax.set(xlim=(0, 10.4), ylim=(0, 7))
    ax.axis("off")

    _box(ax, 0.1, 3.6, 1.5, 1.3, "users", ink)
    _box(ax, 2.3, 3.6, 2.1, 1.3, "bounded\nqueue", "C0")
    _box(ax, 5.1, 3.6, 2.0, 1.3, "route by\nchat", "C0")
    _box(ax, 7.9, 4.4, 2.4, 1.0, "decode", "C1")
    _box(ax, 7.9, 2.9, 2.4, 1.0, "prefill", "C1")
    ax.text(9.1, 2.45, "GPU memory", ha="center", va="center", color="C1", fontsize=11)
    _box(ax, 7.6, 0.4, 2.7, 1.2, "host memory:\nsilent chats", "C2")
    _box(ax, 3.9, 0.4, 2.6, 1.2, "disk, or anew\nfrom text", ink)
    _box(ax, 3.3, 5.7, 2.3, 0.9, "filter", ink)

    _arrow(ax, (1.6, 4.25), (2.3, 4.25), ink)
    _arrow(ax, (4.4, 4.25), (5.1, 4.25), "C0")
    _arrow(ax, (7.1, 4.0), (7.9, 3.5), "C0")
    _arrow(ax, (9.1, 3.9), (9.1, 4.4), "C1")
    _arrow(ax, (8.3, 5.4), (5.6, 6.15), ink)
    _arrow(ax, (3.3, 6.15), (0.9, 4.9), ink)
    _arrow(ax, (9.1, 2.2), (9.1, 1.6), "C2", both=True)
    _arrow(ax, (7.6, 1.0), (6.5, 1.0), ink, both=True)
    ax.text(7.6, 6.25, "stream", ha="center", va="center", fontsize=11)
    return drawing


def _box(ax: Axes, left: float, low: float, width: float, height: float, text: str, color: str) -> None:
    shape = FancyBboxPatch((left, low), width, height, boxstyle="round,pad=0,rounding_size=0.15", fill=False)
    shape.set(edgecolor=color, linewidth=1.8)
    ax.add_patch(shape)
    ax.text(left + width / 2, low + height / 2, text, ha="center", va="center", fontsize=12)


def _arrow(ax: Axes, start: tuple[float, float], end: tuple[float, float], color: str, *, both: bool = False) -> None:
    style = {"arrowstyle": "<->" if both else "->", "color": color, "linewidth": 1.5}
    ax.annotate("", xy=end, xytext=start, arrowprops=style)
