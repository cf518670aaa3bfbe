"""A hundred 95 % intervals for one true accuracy; those that miss it stand out."""

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure


def figure() -> Figure:
    """A hundred test sets of 1,000 rows, true accuracy 0.85, interval of plus and minus 1.96 standard errors."""
    rng = np.random.default_rng(10)
    n, truth = 1_000, 0.85
    p = rng.binomial(n, truth, 100) / n
    half = 1.96 * np.sqrt(p * (1 - p) / n)
    missed = abs(p - truth) > half
    rows = np.arange(100)

    drawing = Figure(figsize=(6.4, 4.6))
    ax = drawing.subplots()
    ax.axvline(truth, linewidth=1, linestyle="--", color=mpl.rcParams["text.color"])
    for chosen, color, width in ((~missed, "C0", 1.0), (missed, "C1", 2.6)):
        ax.hlines(rows[chosen], (p - half)[chosen], (p + half)[chosen], color=color, linewidth=width)
    for row in rows[missed]:
        left = p[row] < truth
        end = p[row] - half[row] if left else p[row] + half[row]
        ax.text(end + (-0.001 if left else 0.001), row, "miss", color="C1", ha="right" if left else "left", va="center")
    ax.text(truth, 101, "true accuracy", ha="center", va="bottom")
    ax.set(xlabel="accuracy, with its 95 % interval", xlim=(0.782, 0.918), ylim=(-2, 107), yticks=[])
    ax.set_ylabel("100 test sets")
    return drawing
