"""z-scores of running tests without any effect: many cross 1.96 at some look, few end beyond it."""

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure


def figure() -> Figure:
    """Twenty random walks over fifty looks, rescaled to variance 1 at each look."""
    looks = np.arange(1, 51)
    steps = np.random.default_rng(129).normal(size=(20, 50))
    z = steps.cumsum(1) / np.sqrt(looks)
    crossed = (abs(z) > 1.96).any(1)

    drawing = Figure(figsize=(6.4, 3.8))
    ax = drawing.subplots()
    for path in z[~crossed]:
        ax.plot(looks, path, color=mpl.rcParams["text.color"], linewidth=0.6, alpha=0.35)
    for path in z[crossed]:
        ax.plot(looks, path, color="C1", linewidth=1.4)
        first = int((abs(path) > 1.96).argmax())
        ax.plot(looks[first], path[first], "o", color="C1")
    for sign in (1, -1):
        ax.axhline(sign * 1.96, color="C0", linestyle="--", linewidth=1.6)
        ax.plot(looks, sign * 2.17 * np.sqrt(50 / looks), color="C2", linestyle="-.", linewidth=1.6)
    ax.text(24, -2.08, "−1.96", color="C0", ha="center", va="top")
    ax.text(16.5, 3.9, "O'Brien-Fleming", color="C2", ha="left", va="bottom")
    ax.text(1, 3.0, f"{crossed.sum()} of 20 cross", color="C1", ha="left", va="bottom")
    ax.set(xlabel="look", ylabel="z-score, no effect", xlim=(0.5, 50.5), ylim=(-4.8, 4.8), yticks=(-4, -2, 0, 2, 4))
    return drawing
