"""Two overlapping 95 % intervals, and the interval of their difference, which leaves out zero."""

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure


def figure() -> Figure:
    """Accuracies 0.80 and 0.83 on 2,000 independent rows each."""
    p = np.array([0.80, 0.83])
    se = np.sqrt(p * (1 - p) / 2_000)
    gap, reach = p[1] - p[0], 1.96 * float(np.hypot(*se))

    drawing = Figure(figsize=(6.4, 3.6), layout="constrained")
    top, bottom = drawing.subplots(2, 1, height_ratios=(1.5, 1))
    low, high = p[1] - 1.96 * se[1], p[0] + 1.96 * se[0]
    top.axvspan(low, high, alpha=0.25, color=mpl.rcParams["text.color"], linewidth=0)
    for i, (name, style) in enumerate((("model A", "--"), ("model B", "-"))):
        ends = p[i] - 1.96 * se[i], p[i] + 1.96 * se[i]
        top.plot(ends, (i, i), color=f"C{i}", linewidth=2.5, linestyle=style)
        top.plot(p[i], i, "o", color=f"C{i}")
        top.text(p[i], i + 0.16, name, color=f"C{i}", ha="center", va="bottom")
    top.text((low + high) / 2, -0.62, "overlap", ha="center", va="bottom")
    top.set(xlabel="accuracy, 95 % intervals", xlim=(0.775, 0.855), ylim=(-0.7, 1.7), yticks=[])

    bottom.axvline(0, linewidth=1, linestyle=":", color=mpl.rcParams["text.color"])
    bottom.plot((gap - reach, gap + reach), (0, 0), color="C2", linewidth=2.5)
    bottom.plot(gap, 0, "o", color="C2")
    bottom.text(gap, 0.2, "B minus A: above zero", color="C2", ha="center", va="bottom")
    bottom.set(xlabel="difference, 95 % interval", xlim=(-0.015, 0.065), ylim=(-0.6, 1), yticks=[])
    return drawing
