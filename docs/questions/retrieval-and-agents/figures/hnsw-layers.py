"""A walk through three layers of a graph, from the sparse top to the full bottom."""

from itertools import pairwise

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure


def figure() -> Figure:
    """Points in columns; a layer holds every second or fourth of those below; the walk goes right and down."""
    spots = np.arange(13)
    layers = {2: spots[::6], 1: spots[::3], 0: spots}
    walk = [(0, 2), (6, 2), (6, 1), (9, 1), (9, 0), (10, 0)]
    text = mpl.rcParams["text.color"]

    drawing = Figure(figsize=(6.4, 3.2))
    ax = drawing.subplots()
    for height, columns in layers.items():
        ax.plot(columns, [height] * len(columns), color=text, linewidth=0.8, alpha=0.5)
        ax.plot(columns, [height] * len(columns), "o", color=text, markersize=6)
    for (x0, y0), (x1, y1) in pairwise(walk):
        ax.annotate(
            "",
            (x1, y1),
            (x0, y0),
            arrowprops={"arrowstyle": "-|>", "color": "C0", "linewidth": 2.5, "shrinkA": 4, "shrinkB": 4},
        )
    ax.plot([10.35], [-0.33], "*", color="C1", markersize=15)
    ax.text(10.75, -0.36, "query", color="C1", va="center")
    ax.text(0, 2.22, "enter here", color="C0", ha="left")
    for height, name in ((2, "few points,\nlong steps"), (1, "more"), (0, "all points")):
        ax.text(12.5, height, name, va="center", ha="left")
    ax.set(xlim=(-0.5, 15.6), ylim=(-0.6, 2.6))
    ax.axis("off")
    return drawing
