"""Default rate against the score, exact: all applicants, and those approved on score plus an unrecorded impression."""

import numpy as np
from matplotlib.figure import Figure
from scipy.stats import norm


def figure() -> Figure:
    """Impression u and luck e standard normal; approved if x + u > 0; default if x + u + e < -1."""
    x = np.linspace(-2, 2, 161)
    u = np.linspace(-8, 8, 4_001)
    weight = norm.pdf(u)
    default = norm.cdf(-1 - x[:, None] - u)
    approved = (x[:, None] + u > 0) * weight
    everybody = (default * weight).sum(1) / weight.sum()
    seen = (default * approved).sum(1) / approved.sum(1)

    drawing = Figure(figsize=(6.4, 3.6))
    ax = drawing.subplots()
    ax.fill_between(x, 100 * seen, 100 * everybody, color="C0", alpha=0.12, linewidth=0)
    ax.plot(x, 100 * everybody, color="C0", linewidth=2)
    ax.plot(x, 100 * seen, color="C1", linewidth=2, linestyle="--")
    ax.text(-0.75, 47, "all applicants", color="C0", ha="left", va="bottom")
    ax.text(-1.0, 11, "approved only", color="C1", ha="center", va="bottom")
    ax.set(xlabel="recorded score", ylabel="default rate, %", xlim=(-2, 2), ylim=(0, 80))
    return drawing
