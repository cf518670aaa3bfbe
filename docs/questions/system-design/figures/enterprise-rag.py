"""An assistant over company documents: the index with its rights above, the path of a question below."""

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch


def figure() -> Figure:
    """Three boxes that build the index, six that answer, the two checks of rights in one color."""
    ink = mpl.rcParams["text.color"]
    drawing = Figure(figsize=(6.4, 4.6))
    ax = drawing.add_axes((0.01, 0.01, 0.98, 0.98))
    ax.set(xlim=(0, 10), ylim=(0, 7.4))
    ax.axis("off")

    boxes = (
        (1.6, 6.4, "documents\nand rights", ink, "-"),
        (5.0, 6.4, "cut into chunks,\nembed", ink, "-"),
        (8.4, 6.4, "index: words,\nvectors, rights", "C0", "-"),
        (1.6, 3.7, "question,\nuser", ink, "-"),
        (5.0, 3.7, "rewrite", ink, "-"),
        (8.4, 3.7, "search what\nuser may read", "C1", "--"),
        (8.4, 1.0, "rerank", ink, "-"),
        (5.0, 1.0, "check rights\nat source", "C1", "--"),
        (1.6, 1.0, "model: cites,\nor “not found”", "C2", "-"),
    )
    for x, y, words, color, line in boxes:
        _box(ax, x, y, words, color, line)
    for start, end in (
        ((3.1, 6.4), (3.5, 6.4)), ((6.5, 6.4), (6.9, 6.4)), ((3.1, 3.7), (3.5, 3.7)), ((6.5, 3.7), (6.9, 3.7)),
        ((8.4, 5.75), (8.4, 4.35)), ((8.4, 3.05), (8.4, 1.65)), ((6.9, 1.0), (6.5, 1.0)), ((3.5, 1.0), (3.1, 1.0)),
    ):  # fmt: skip
        _arrow(ax, start, end, ink)
    ax.text(0.45, 2.35, "answer", ha="left", va="center", fontsize=12.5)
    _arrow(ax, (0.3, 1.65), (0.3, 3.05), ink)
    for x, y, count in ((8.75, 2.35, "100"), (6.7, 1.95, "20"), (3.3, 1.95, "8")):
        ax.text(x, y, count, ha="center", va="center", fontsize=12.5)
    return drawing


def _box(ax: Axes, x: float, y: float, words: str, color: str, line: str) -> None:
    frame = FancyBboxPatch(
        (x - 1.45, y - 0.6), 2.9, 1.2, boxstyle="round,pad=0.05", fill=False, edgecolor=color, linewidth=1.8,
        linestyle=line,
    )  # fmt: skip
    ax.add_patch(frame)
    ax.text(x, y, words, ha="center", va="center", fontsize=13, color=color)


def _arrow(ax: Axes, start: tuple[float, float], end: tuple[float, float], color: str) -> None:
    ax.annotate("", xy=end, xytext=start, arrowprops={"arrowstyle": "->", "color": color, "linewidth": 1.5})
