"""Roofline of a GPU with 989 Tflop/s and 3.35 TB/s, with decode steps of an 8B model on it."""

import numpy as np
from matplotlib.figure import Figure

PEAK, BAND = 989e12, 3.35e12


def figure() -> Figure:
    """Attainable rate against intensity; points for one 4096 x 4096 layer and for whole steps with 2,000 tokens."""
    drawing = Figure(figsize=(6.4, 4.0), layout="constrained")
    ax = drawing.subplots()
    x = np.geomspace(0.5, 4000, 200)
    ax.loglog(x, np.minimum(PEAK, BAND * x) / 1e12, color="C0", linewidth=2)
    ridge = PEAK / BAND
    ax.axvline(ridge, color="C0", linewidth=0.8, linestyle=":")
    ax.text(ridge * 1.12, 2.0, f"ridge: {ridge:.0f}", color="C0")
    ax.text(6, 90, "bandwidth", color="C0", ha="right")
    ax.text(3800, 1150, "peak arithmetic", color="C0", ha="right", va="bottom")
    for batch in (1, 16, 1024):
        layer = 1 / (1 / batch + 2 / 4096)
        ax.plot(layer, min(PEAK, BAND * layer) / 1e12, "o", color="C1", markersize=8)
        ax.annotate(
            f"layer, {batch:,}",
            (layer, min(PEAK, BAND * layer) / 1e12),
            (9, -13),
            color="C1",
            textcoords="offset points",
        )
    step = 1024 * (16e9 + 4 * 2000 * 4096 * 32) / (16e9 + 1024 * 2000 * 131_072)
    ax.plot(step, BAND * step / 1e12, "s", color="C2", markersize=8)
    ax.annotate(
        "whole step, 1,024\nchats of 2,000 tokens",
        (step, BAND * step / 1e12),
        (-12, 10),
        color="C2",
        textcoords="offset points",
        ha="right",
    )
    names = ("1", "10", "100", "1,000")
    ax.set_xticks((1, 10, 100, 1000), names)
    ax.set_yticks((1, 10, 100, 1000), names)
    ax.minorticks_off()
    ax.set(xlabel="floating-point operations per byte", ylabel="Tflop/s at most", xlim=(0.5, 4000), ylim=(1, 3000))
    return drawing
