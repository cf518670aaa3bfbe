"""The evaluation platform as a loop: cases, runs, grades, gate, release, and live samples that become cases."""

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch


def figure() -> Figure:
    """The path of a change along the top, the way back from live traffic along the bottom."""
    ink = mpl.rcParams["text.color"]
    drawing = Figure(figsize=(6.4, 4.2))
    ax = drawing.subplots()
    ax.set(xlim=(0, 10.4), ylim=(0, 7))
    ax.axis("off")

    _box(ax, 0.1, 5.2, 2.3, 1.2, "change", ink)
    _box(ax, 3.1, 5.2, 2.6, 1.2, "runner:\nold and new", "C0")
    _box(ax, 6.9, 4.8, 3.3, 1.9, "graders:\ncode, judge,\npeople", "C1")
    _box(ax, 7.2, 2.7, 2.7, 1.2, "gate: paired", "C2")
    _box(ax, 7.2, 0.5, 2.7, 1.2, "release", ink)
    _box(ax, 3.0, 0.5, 2.8, 1.2, "live sample", ink)
    _box(ax, 0.1, 2.7, 2.7, 1.2, "case store", "C0")

    _arrow(ax, (2.4, 5.8), (3.1, 5.8), ink)
    _arrow(ax, (5.7, 5.8), (6.9, 5.8), "C0")
    _arrow(ax, (8.55, 4.8), (8.55, 3.9), "C1")
    _arrow(ax, (8.55, 2.7), (8.55, 1.7), "C2")
    _arrow(ax, (7.2, 1.1), (5.8, 1.1), ink)
    _arrow(ax, (3.0, 1.3), (1.5, 2.7), ink)
    _arrow(ax, (2.0, 3.9), (3.7, 5.2), "C0")
    _arrow(ax, (4.9, 1.7), (6.9, 4.9), "C1", dashed=True)
    ax.text(1.6, 1.6, "failures", ha="right", va="center", fontsize=11)
    ax.text(5.55, 3.5, "same\ngraders", ha="right", va="center", color="C1", fontsize=11)
    return drawing


def _box(ax: Axes, left: float, low: float, width: float, height: float, text: str, color: str) -> None:
    shape = FancyBboxPatch((left, low), width, height, boxstyle="round,pad=0,rounding_size=0.15", fill=False)
    shape.set(edgecolor=color, linewidth=1.8)
    ax.add_patch(shape)
    ax.text(left + width / 2, low + height / 2, text, ha="center", va="center", fontsize=12)


def _arrow(ax: Axes, start: tuple[float, float], end: tuple[float, float], color: str, *, dashed: bool = False) -> None:
    style = {"arrowstyle": "->", "color": color, "linewidth": 1.5, "linestyle": "--" if dashed else "-"}
    ax.annotate("", xy=end, xytext=start, arrowprops=style)
