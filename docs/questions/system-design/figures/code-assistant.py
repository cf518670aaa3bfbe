"""A code assistant: one index, a fast path that completes and a slow path that changes a repository."""

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch


def figure() -> Figure:
    """Two rows of boxes from left to right, the shared index between them."""
    ink = mpl.rcParams["text.color"]
    drawing = Figure(figsize=(6.4, 4.4))
    ax = drawing.add_axes((0.01, 0.01, 0.98, 0.98))
    ax.set(xlim=(0, 10), ylim=(0, 7))
    ax.axis("off")

    boxes = (
        (1.6, 5.5, "keystroke", ink, "-"),
        (5.0, 5.5, "small model,\ncached prompt", "C0", "-"),
        (8.4, 5.5, "filter: show\nor stay silent", "C0", "-"),
        (1.6, 3.2, "code index,\nopen files", ink, "-"),
        (1.6, 0.9, "task", ink, "-"),
        (5.0, 0.9, "large model\nin a loop", "C1", "--"),
        (8.4, 0.9, "diff for\nreview", "C1", "--"),
        (5.0, 3.2, "sandbox:\nedit, run tests", "C1", "--"),
    )
    for x, y, words, color, line in boxes:
        _box(ax, x, y, words, color, line)
    for start, end in (((3.1, 5.5), (3.5, 5.5)), ((6.5, 5.5), (6.9, 5.5)), ((2.9, 3.9), (3.6, 4.8))):
        _arrow(ax, start, end, "C0")
    for start, end in (((3.1, 0.9), (3.5, 0.9)), ((6.5, 0.9), (6.9, 0.9)), ((2.9, 2.5), (3.6, 1.6))):
        _arrow(ax, start, end, "C1")
    _arrow(ax, (5.0, 1.6), (5.0, 2.5), "C1", "<->")
    ax.text(5.0, 6.6, "completion: 300 ms", ha="center", va="center", fontsize=13, color="C0")
    ax.text(8.4, 2.15, "agent:\nminutes", ha="center", va="center", fontsize=13, color="C1")
    return drawing


def _box(ax: Axes, x: float, y: float, words: str, color: str, line: str) -> None:
    frame = FancyBboxPatch(
        (x - 1.45, y - 0.6), 2.9, 1.2, boxstyle="round,pad=0.05", fill=False, edgecolor=color, linewidth=1.8,
        linestyle=line,
    )  # fmt: skip
    ax.add_patch(frame)
    ax.text(x, y, words, ha="center", va="center", fontsize=13, color=color)


def _arrow(ax: Axes, start: tuple[float, float], end: tuple[float, float], color: str, style: str = "->") -> None:
    ax.annotate("", xy=end, xytext=start, arrowprops={"arrowstyle": style, "color": color, "linewidth": 1.5})
