"""Friend suggestions: three sources, rules, a ranker, a last check, and the log that trains the ranker."""

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle


def figure() -> Figure:
    """Sources on the left, rules and ranker to the right, the answer and the log below."""
    ink = mpl.rcParams["text.color"]
    drawing = Figure(figsize=(6.4, 4.2))
    ax = drawing.subplots()
    ax.set(xlim=(-0.1, 10.1), ylim=(0.2, 6.9))
    ax.axis("off")

    sources = (("friends of friends", 5.8, "C0"), ("school, work", 4.5, ink), ("embeddings", 3.2, ink))
    for words, low, color in sources:
        _box(ax, 0.0, low, 3.3, words, color, 0.9)
        _arrow(ax, (3.3, low + 0.45), (4.0, 4.95 + (low - 4.5) * 0.25), color)
    _box(ax, 4.0, 4.0, 2.2, "rules:\nconsent,\nblocks", "C3", 1.9)
    _arrow(ax, (6.2, 4.95), (7.0, 4.95), ink)
    _box(ax, 7.0, 4.0, 3.0, "ranker: sent,\naccepted,\nalive", "C1", 1.9)

    _arrow(ax, (9.2, 4.0), (9.2, 2.0), ink)
    _box(ax, 6.9, 0.7, 3.1, "last check,\n20 shown", "C3", 1.3)
    _arrow(ax, (6.9, 1.35), (6.1, 1.35), ink)
    _box(ax, 1.9, 0.7, 4.2, "log: shown,\nsent, accepted, used", "C2", 1.3)
    ax.plot([4.6, 4.6, 7.7], [2.0, 3.0, 3.0], color="C2", linestyle="--", linewidth=1.5)
    _arrow(ax, (7.7, 3.0), (7.7, 4.0), "C2")
    ax.text(6.2, 2.65, "trains", ha="center", va="center", color="C2")
    return drawing


def _box(ax: Axes, left: float, low: float, width: float, words: str, color: str, height: float) -> None:
    ax.add_patch(Rectangle((left, low), width, height, fill=False, edgecolor=color, linewidth=1.8))
    ax.text(left + width / 2, low + height / 2, words, ha="center", va="center", color=color, fontsize=11)


def _arrow(ax: Axes, start: tuple[float, float], end: tuple[float, float], color: str) -> None:
    ax.annotate("", xy=end, xytext=start, arrowprops={"arrowstyle": "->", "color": color, "linewidth": 1.5})
