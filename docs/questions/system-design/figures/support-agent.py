"""A support agent: the model proposes, a gate in code decides, tools act or a person takes over."""

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch


def figure() -> Figure:
    """The talk on the left, the gate in the middle, the two outcomes on the right, the log below."""
    ink = mpl.rcParams["text.color"]
    drawing = Figure(figsize=(6.4, 4.4))
    ax = drawing.add_axes((0.01, 0.01, 0.98, 0.98))
    ax.set(xlim=(0, 10), ylim=(0, 7))
    ax.axis("off")

    boxes = (
        (1.6, 6.2, "customer", ink, "-"),
        (1.6, 3.7, "model talks\nand proposes", "C0", "-"),
        (1.6, 1.0, "policies,\norders (read)", ink, "-"),
        (5.0, 3.7, "gate in code:\nidentity, limits,\nrisk", "C1", "--"),
        (8.4, 5.2, "tool acts,\nonce", "C2", "-"),
        (8.4, 2.5, "person, with\nsummary", ink, "-"),
    )
    for x, y, words, color, line in boxes:
        tall = 1.7 if words.count("\n") == 2 else 1.2
        _box(ax, x, y, tall, words, color, line)
    _arrow(ax, (1.6, 5.55), (1.6, 4.35), ink, "<->")
    _arrow(ax, (1.6, 1.65), (1.6, 3.05), ink)
    _arrow(ax, (3.1, 3.7), (3.5, 3.7), ink)
    _arrow(ax, (6.5, 4.1), (7.3, 4.55), "C2")
    _arrow(ax, (6.5, 3.4), (7.3, 3.15), ink)
    ax.text(6.6, 5.1, "allowed", ha="right", va="center", fontsize=12.5, color="C2")
    ax.text(6.6, 2.15, "risky, unsure\nor asked for", ha="right", va="center", fontsize=12.5)
    ax.text(6.7, 0.6, "every step is logged,\na sample audited", ha="center", va="center", fontsize=12.5)
    return drawing


def _box(ax: Axes, x: float, y: float, tall: float, words: str, color: str, line: str) -> None:
    frame = FancyBboxPatch(
        (x - 1.45, y - tall / 2), 2.9, tall, boxstyle="round,pad=0.05", fill=False, edgecolor=color, linewidth=1.8,
        linestyle=line,
    )  # fmt: skip
    ax.add_patch(frame)
    ax.text(x, y, words, ha="center", va="center", fontsize=13, color=color)


def _arrow(ax: Axes, start: tuple[float, float], end: tuple[float, float], color: str, style: str = "->") -> None:
    ax.annotate("", xy=end, xytext=start, arrowprops={"arrowstyle": style, "color": color, "linewidth": 1.5})
