"""Mean error of boosted stumps against the number of trees, for three learning rates."""

import numpy as np
from matplotlib.figure import Figure

SETS, ROWS, ROUNDS = 200, 50, 300


def errors(rate: float) -> np.ndarray:
    """Squared distance to the true curve after each round, averaged over data sets: a sine with noise 0.5."""
    x = (np.arange(ROWS) + 0.5) / ROWS
    truth = np.sin(2 * np.pi * x)
    y = truth + 0.5 * np.random.default_rng(0).normal(size=(SETS, ROWS))
    fit, out = y.mean(1, keepdims=True) + 0 * y, []
    before = np.arange(1, ROWS)
    for _ in range(ROUNDS):
        left = (y - fit).cumsum(1)[:, :-1]
        cut = (left**2 / (before * (ROWS - before))).argmax(1)[:, None]
        s = np.take_along_axis(left, cut, 1)
        fit += rate * np.where(np.arange(ROWS) <= cut, s / (cut + 1), -s / (ROWS - 1 - cut))
        out.append(np.mean((fit - truth) ** 2))
    return np.array(out)


def figure() -> Figure:
    """Rates 1, 0.3 and 0.05, number of trees on a logarithmic axis, lowest points marked."""
    drawing = Figure(figsize=(6.4, 3.6))
    ax = drawing.subplots()
    trees = np.arange(1, ROUNDS + 1)
    for rate, color, line in ((1, "C1", "-."), (0.3, "C2", "-"), (0.05, "C0", "--")):
        error = errors(rate)
        best = int(error.argmin())
        ax.plot(trees, error, color=color, linestyle=line, linewidth=2)
        ax.plot(trees[best], error[best], "o", color=color)
    ax.text(280, 0.19, "rate 1", color="C1", ha="right", va="bottom")
    ax.text(6.5, 0.31, "rate 0.05", color="C0", ha="left", va="bottom")
    ax.text(2.1, 0.205, "rate 0.3", color="C2", ha="left", va="bottom")
    ax.set(xlabel="trees", ylabel="error", xscale="log", xlim=(1, ROUNDS), ylim=(0, 0.5))
    ax.set_xticks([1, 10, 100, 300], ["1", "10", "100", "300"])
    ax.minorticks_off()
    return drawing
