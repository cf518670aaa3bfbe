"""Reliability diagram: exact curves of an overconfident, a cautious and a balanced-training model."""

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure
from scipy.special import expit, logit


def figure() -> Figure:
    """Share of positives against the predicted probability; logits doubled, halved, and shifted by ln 19."""
    p = np.linspace(0.001, 0.999, 400)
    drawing = Figure(figsize=(6.4, 4.6))
    ax = drawing.subplots()
    ax.plot([0, 1], [0, 1], linewidth=1, linestyle=":", color=mpl.rcParams["text.color"])
    ax.plot(p, expit(logit(p) / 2), color="C0", linewidth=2)
    ax.plot(p, expit(2 * logit(p)), color="C2", linewidth=2, linestyle="-.")
    ax.plot(p, expit(logit(p) - np.log(19)), color="C1", linewidth=2, linestyle="--")
    ax.text(0.03, 0.40, "overconfident", color="C0", ha="left", va="bottom")
    ax.text(0.76, 0.96, "too cautious", color="C2", ha="right", va="bottom")
    ax.text(0.70, 0.19, "trained on 50:50,\n5 % in use", color="C1", ha="right", va="center")
    ax.annotate(
        "calibrated",
        (0.5, 0.5),
        (0.53, 0.40),
        ha="left",
        va="center",
        arrowprops={"arrowstyle": "-", "linewidth": 0.8, "color": mpl.rcParams["text.color"]},
    )
    ax.set(xlabel="predicted probability", ylabel="share of positives", xlim=(0, 1), ylim=(0, 1.04))
    return drawing
