"""A workflow as a fixed chain and an agent as a loop of model and tools."""

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch


def figure() -> Figure:
    """Above: code fixes the path. Below: the model chooses a tool, reads the result, and leaves when it is done."""
    ink = mpl.rcParams["text.color"]
    drawing = Figure(figsize=(6.4, 4.4))
    ax = drawing.subplots()
    ax.set(xlim=(0, 10), ylim=(0, 7.2))
    ax.axis("off")

    ax.text(0.1, 6.75, "workflow: code fixes the path", va="center", color="C0", fontsize=13)
    for center, name in ((1.0, "input"), (3.65, "step 1"), (6.35, "step 2"), (9.0, "output")):
        _box(ax, center, 5.5, name, "C0" if "step" in name else ink, "-")
    for start, end in ((1.9, 2.75), (4.55, 5.45), (7.25, 8.1)):
        _arrow(ax, (start, 5.5), (end, 5.5), ink)

    ax.text(0.1, 3.95, "agent: the model chooses", va="center", color="C1", fontsize=13)
    _box(ax, 1.0, 2.8, "goal", ink, "-")
    _box(ax, 5.0, 2.8, "model", "C1", "--")
    _box(ax, 9.0, 2.8, "answer", ink, "-")
    _box(ax, 5.0, 0.6, "tools", ink, "-")
    _arrow(ax, (1.9, 2.8), (4.1, 2.8), ink)
    _arrow(ax, (5.9, 2.8), (8.1, 2.8), ink)
    _arrow(ax, (4.7, 2.25), (4.7, 1.15), "C1")
    _arrow(ax, (5.3, 1.15), (5.3, 2.25), "C1")
    ax.text(7.0, 3.0, "done", ha="center", va="bottom", fontsize=12)
    ax.text(4.5, 1.7, "call", ha="right", va="center", color="C1", fontsize=12)
    ax.text(5.5, 1.7, "result", ha="left", va="center", color="C1", fontsize=12)
    return drawing


def _box(ax: Axes, x: float, y: float, name: str, color: str, style: str) -> None:
    box = FancyBboxPatch((x - 0.85, y - 0.5), 1.7, 1.0, boxstyle="round,pad=0.05", fill=False, edgecolor=color)
    box.set(linewidth=1.8, linestyle=style)
    ax.add_patch(box)
    ax.text(x, y, name, ha="center", va="center", color=color, fontsize=12.5)


def _arrow(ax: Axes, start: tuple[float, float], end: tuple[float, float], color: str) -> None:
    ax.annotate("", xy=end, xytext=start, arrowprops={"arrowstyle": "->", "color": color, "linewidth": 1.5})
