"""Purchases gained against clicks lost as the weight on purchases grows, in the invented shop of the text."""

import numpy as np
from matplotlib.figure import Figure


def figure() -> Figure:
    """4,000 queries of 20 items, the best five shown: the curve over weights from 0 to purchases only."""
    rng = np.random.default_rng(0)
    a, b = rng.normal(size=(2, 4_000, 20))
    click = 1 / (1 + np.exp(2.5 - a))
    buy = click / (1 + np.exp(2 + 0.5 * a - b))

    def earned(score: np.ndarray) -> np.ndarray:
        top = (-score).argsort(1)[:, :5]
        return np.array([np.take_along_axis(p, top, 1).sum() for p in (click, buy)])

    marks = (0, 2, 4, 8, 16)
    weights = (0, 0.25, 0.5, 1, 1.5, 2, 3, 4, 6, 8, 16, 64)
    best = earned(click)
    change = {w: 100 * (earned(click + w * buy) / best - 1) for w in weights}
    end = 100 * (earned(buy) / best - 1)
    curve = np.array([*change.values(), end])

    drawing = Figure(figsize=(6.4, 3.6))
    ax = drawing.subplots()
    ax.plot(-curve[:, 0], curve[:, 1], color="C0", linewidth=2)
    for w in marks:
        x, y = -change[w][0], change[w][1]
        ax.plot(x, y, "o", color="C0")
        ax.text(x + 0.9, y - 1, "clicks only" if w == 0 else f"weight {w}", color="C0", ha="left", va="top")
    ax.plot(-end[0], end[1], "s", color="C1")
    ax.text(-end[0], end[1] + 1.6, "purchases only", color="C1", ha="right", va="bottom")
    ax.set(xlabel="clicks lost (%)", ylabel="purchases gained (%)", xlim=(-1, 34), ylim=(-7, 56))
    drawing.subplots_adjust(bottom=0.16)
    return drawing
