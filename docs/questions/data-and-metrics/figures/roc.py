"""ROC curve of scores that are normal around 0 (negatives) and 2 (positives), exact, with three thresholds."""

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure
from scipy.stats import norm


def figure() -> Figure:
    """Recall against the false positive rate; thresholds 2, 1 and 0; the diagonal of chance; the area."""
    cut = np.linspace(-4, 6, 400)
    alarm, recall = norm.sf(cut), norm.sf(cut - 2)

    drawing = Figure(figsize=(6.4, 4.2))
    ax = drawing.subplots()
    ax.fill_between(alarm, recall, color="C0", alpha=0.12, linewidth=0)
    ax.plot([0, 1], [0, 1], linewidth=0.8, linestyle=":", color=mpl.rcParams["text.color"])
    ax.plot(alarm, recall, color="C0", linewidth=2)
    for threshold in (2, 1, 0):
        x, y = norm.sf(threshold), norm.sf(threshold - 2)
        ax.plot(x, y, "o", color="C1")
        ax.text(x + 0.025, y - 0.02, f"threshold {threshold}", color="C1", ha="left", va="top")
    ax.text(0.62, 0.38, f"area: {norm.cdf(2 / np.sqrt(2)):.2f}", color="C0", ha="left", va="center")
    ax.text(0.60, 0.65, "chance", ha="right", va="bottom")
    ax.set(xlabel="false positive rate", ylabel="recall", xlim=(-0.02, 1.02), ylim=(-0.02, 1.04))
    return drawing
