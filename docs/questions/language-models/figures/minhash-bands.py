"""Chance that two documents share a band of their MinHash signatures, against their similarity."""

import numpy as np
from matplotlib.figure import Figure


def figure() -> Figure:
    """Signatures of 112 values in 14 bands of 8 and in 28 bands of 4: 1 - (1 - s^r)^b."""
    s = np.linspace(0, 1, 401)
    drawing = Figure(figsize=(6.4, 3.0))
    ax = drawing.subplots()
    ax.plot(s, 1 - (1 - s**4) ** 28, color="C1", linestyle="--", linewidth=2)
    ax.plot(s, 1 - (1 - s**8) ** 14, color="C0", linestyle="-", linewidth=2)
    ax.text(0.38, 0.62, "28 bands\nof 4", color="C1", ha="right", va="center")
    ax.text(0.74, 0.45, "14 bands\nof 8", color="C0", ha="left", va="center")
    ax.set(xlabel="similarity", ylabel="chance to be compared", xlim=(0, 1), ylim=(0, 1.02))
    return drawing
