"""Loss of one row against the probability of its labeled class: cross-entropy, label smoothing and focal loss."""

import numpy as np
from matplotlib.figure import Figure


def figure() -> Figure:
    """Two classes; smoothing 0.1 has its lowest point at 0.95, focal loss with gamma 2 is nearly flat above 0.8."""
    p = np.linspace(0.02, 0.9995, 800)
    cross = -np.log(p)
    smooth = -0.95 * np.log(p) - 0.05 * np.log(1 - p)
    focal = (1 - p) ** 2 * cross
    drawing = Figure(figsize=(6.4, 3.4))
    ax = drawing.subplots()
    ax.plot(p, cross, color="C0", linestyle="-", linewidth=2)
    ax.plot(p, smooth, color="C1", linestyle="--", linewidth=2)
    ax.plot(p, focal, color="C2", linestyle="-.", linewidth=2)
    ax.plot(0.95, -0.95 * np.log(0.95) - 0.05 * np.log(0.05), "o", color="C1")
    ax.text(0.93, 0.40, "smoothing:\nlowest at 0.95", color="C1", ha="right", va="bottom")
    ax.text(0.30, 1.32, "cross-entropy", color="C0", ha="left", va="bottom")
    ax.text(0.25, 0.40, "focal", color="C2", ha="right", va="bottom")
    ax.set(xlabel="probability of the labeled class", ylabel="loss", xlim=(0, 1), ylim=(0, 2))
    return drawing
