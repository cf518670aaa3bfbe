"""Where k-means cuts two strips, a wide and a narrow group, and two rings: the best split found."""

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure


def split(rows: np.ndarray) -> np.ndarray:
    """The best of 20 runs of k-means with two centers."""
    rng, best = np.random.default_rng(0), (np.inf, np.zeros(len(rows), dtype=int))
    for _ in range(20):
        centers = rows[rng.choice(len(rows), 2, replace=False)]
        for _ in range(60):
            distances = ((rows[:, None] - centers) ** 2).sum(2)
            near = distances.argmin(1)
            centers = np.array([rows[near == j].mean(0) for j in (0, 1)])
        if distances.min(1).sum() < best[0]:
            best = distances.min(1).sum(), near
    return best[1]


def figure() -> Figure:
    """Three panels; markers and colors are the clusters of k-means on 200 rows, of which every second is drawn."""
    rng, y = np.random.default_rng(1), np.repeat([0, 1], 100)
    angle = 2 * np.pi * rng.random(200)
    panels = {
        "two strips": np.c_[rng.random(200) * 20 - 10, rng.random(200) + 4 * y],
        "wide and narrow": rng.normal(size=(200, 2)) * (4 - 3.5 * y)[:, None] + np.c_[9 * y, 0 * y],
        "two rings": ((1 + 4 * y + 0.2 * rng.normal(size=200)) * [np.cos(angle), np.sin(angle)]).T,
    }
    drawing = Figure(figsize=(6.4, 2.5))
    for ax, (title, rows) in zip(drawing.subplots(1, 3), panels.items(), strict=True):
        near = split(rows)
        near = near if rows[near == 0, 0].mean() < rows[near == 1, 0].mean() else 1 - near
        ax.scatter(*rows[near == 0][::2].T, s=12, marker="o", color="C0", linewidths=0)
        ax.scatter(*rows[near == 1][::2].T, s=14, marker="x", color="C1", linewidths=1)
        a, b = (rows[near == j].mean(0) for j in (0, 1))
        middle = (rows.min(0) + rows.max(0)) / 2
        half = np.ptp(rows, 0).max() / 2 + 1
        (left, low), (right, high) = middle - half, middle + half
        height = np.linspace(low, high, 50)
        cut = ((b @ b - a @ a) / 2 - (b - a)[1] * height) / (b - a)[0]
        keep = (cut > left) & (cut < right)
        ax.plot(cut[keep], height[keep], linestyle="--", linewidth=1.5, color=mpl.rcParams["text.color"])
        ax.set(title=title, xticks=[], yticks=[], xlim=(left, right), ylim=(low, high), aspect="equal")
    return drawing
