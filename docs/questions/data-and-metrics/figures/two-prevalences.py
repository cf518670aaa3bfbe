"""One ROC curve of area 0.95, and the same scores as precision against recall at two prevalences, exact."""

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure
from scipy.stats import norm


def figure() -> Figure:
    """Normal scores of equal spread; 10 % and 0.1 % positives; the point of recall 0.8 is marked."""
    shift = np.sqrt(2) * norm.ppf(0.95)
    cut = np.linspace(-5, 9, 1_000)
    alarm, recall = norm.sf(cut), norm.sf(cut - shift)
    mark = shift + norm.isf(0.8)

    drawing = Figure(figsize=(6.4, 3.5))
    left, right = drawing.subplots(1, 2)
    left.plot([0, 1], [0, 1], linewidth=0.8, linestyle=":", color=mpl.rcParams["text.color"])
    left.plot(alarm, recall, color="C0", linewidth=2)
    left.plot(norm.sf(mark), 0.8, "o", color="C0")
    left.text(0.95, 0.42, "area 0.95,\nany prevalence", color="C0", ha="right", va="center")
    left.set(xlabel="false positive rate", ylabel="recall", title="ROC")
    for share, color, style in ((0.1, "C2", "-"), (0.001, "C1", "--")):
        right.plot(recall, share * recall / (share * recall + (1 - share) * alarm), style, color=color, linewidth=2)
        flagged = share * 0.8 + (1 - share) * norm.sf(mark)
        right.plot(0.8, share * 0.8 / flagged, "o", color=color)
    right.text(0.52, 0.93, "10 % positive", color="C2", ha="left", va="center")
    right.text(0.30, 0.27, "0.1 % positive", color="C1", ha="left", va="center")
    right.set(xlabel="recall", ylabel="precision", title="precision-recall")
    for ax in (left, right):
        ax.set(xlim=(-0.02, 1.02), ylim=(-0.02, 1.04), xticks=(0, 0.5, 1), yticks=(0, 0.5, 1))
    return drawing
