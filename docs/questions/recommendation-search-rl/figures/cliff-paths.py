"""The cliff: the path that is best without missteps, and the one that is best with ten percent random actions."""

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle


def figure() -> Figure:
    """Four rows, twelve columns; the greedy path hugs the cliff, the other keeps one row of distance."""
    ink = mpl.rcParams["text.color"]
    drawing = Figure(figsize=(6.4, 2.9))
    ax = drawing.subplots()
    ax.set(xlim=(-0.05, 12.05), ylim=(-0.05, 4.05), aspect="equal")
    ax.axis("off")
    for k in range(13):
        ax.plot([k, k], [0, 4], color=ink, linewidth=0.5, alpha=0.35)
    for k in range(5):
        ax.plot([0, 12], [k, k], color=ink, linewidth=0.5, alpha=0.35)
    ax.add_patch(Rectangle((1, 0), 10, 1, facecolor="C3", edgecolor="C3", alpha=0.35))
    ax.text(6, 0.48, "cliff: −100, back to S", ha="center", va="center", fontsize=11.5)
    ax.text(0.5, 0.5, "S", ha="center", va="center", fontsize=13)
    ax.text(11.5, 0.5, "G", ha="center", va="center", fontsize=13)
    paths = (
        ("C0", "-", ((0.62, 0.85), (0.62, 1.4), (11.38, 1.4), (11.38, 0.85))),
        ("C1", "--", ((0.38, 0.85), (0.38, 2.4), (11.62, 2.4), (11.62, 0.85))),
    )
    for color, style, points in paths:
        xs, ys = zip(*points, strict=True)
        ax.plot(xs[:-1], ys[:-1], color=color, linestyle=style, linewidth=2)
        arrow = {"arrowstyle": "->", "color": color, "linewidth": 2, "linestyle": "-"}
        ax.annotate("", xy=points[-1], xytext=points[-2], arrowprops=arrow)
    ax.text(6, 1.46, "best without missteps: 13 steps", color="C0", ha="center", va="bottom", fontsize=11.5)
    ax.text(6, 2.46, "best with 10 % random: 15 steps", color="C1", ha="center", va="bottom", fontsize=11.5)
    return drawing
