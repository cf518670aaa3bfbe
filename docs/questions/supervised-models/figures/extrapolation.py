"""A trend and its continuation: boosted stumps alone, and boosted stumps on the residuals of a line."""

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure


def boosted(x: np.ndarray, y: np.ndarray, new: np.ndarray, rounds: int = 150, rate: float = 0.2) -> np.ndarray:
    """Least-squares boosting with stumps on one sorted column."""
    n, k = len(x), np.arange(1, len(x))
    fit, answer = np.full(n, y.mean()), np.full(len(new), y.mean())
    for _ in range(rounds):
        left = (y - fit).cumsum()[:-1]
        cut = int((left**2 / (k * (n - k))).argmax())
        low, high = rate * left[cut] / (cut + 1), -rate * left[cut] / (n - 1 - cut)
        threshold = (x[cut] + x[cut + 1]) / 2
        fit += np.where(x < threshold, low, high)
        answer += np.where(new < threshold, low, high)
    return answer


def figure() -> Figure:
    """Forty training points on x from 0 to 10; both models drawn to 16."""
    x = np.linspace(0, 10, 40)
    y = 2 + 0.8 * x + 0.7 * np.random.default_rng(1).normal(size=40)
    new = np.linspace(0, 16, 801)
    slope, level = np.polyfit(x, y, 1)
    flat = boosted(x, y, new)
    both = level + slope * new + boosted(x, y - level - slope * x, new)

    drawing = Figure(figsize=(6.4, 3.4))
    ax = drawing.subplots()
    ax.axvline(10, linewidth=0.8, linestyle=":", color=mpl.rcParams["text.color"])
    ax.plot(x, y, "o", markersize=3, color=mpl.rcParams["text.color"])
    ax.plot(new, both, color="C0", linestyle="--", linewidth=2)
    ax.plot(new, flat, color="C1", linestyle="-", linewidth=2)
    ax.text(13.4, 13.6, "line + trees", color="C0", ha="right", va="bottom")
    ax.text(15.8, 9.2, "trees", color="C1", ha="right", va="top")
    ax.text(9.8, 1.0, "training", ha="right", va="bottom")
    ax.text(10.2, 1.0, "new", ha="left", va="bottom")
    ax.set(xlabel="x", ylabel="y", xlim=(0, 16), ylim=(0, 16))
    return drawing
