"""Reward and true quality against the KL divergence from the reference, for a linear reward model of length."""

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure


def figure() -> Figure:
    """Length is normal with its mean moved by m: KL m²/2, true gain m - m²/4, reward 0.925 m (the fitted slope)."""
    m = np.linspace(0, 6, 241)
    kl = m**2 / 2
    drawing = Figure(figsize=(6.4, 3.6))
    ax = drawing.subplots()
    ax.axhline(0, linewidth=0.8, linestyle=":", color=mpl.rcParams["text.color"])
    ax.plot(kl, 0.925 * m, color="C1", linestyle="--", linewidth=2)
    ax.plot(kl, m - m**2 / 4, color="C0", linestyle="-", linewidth=2)
    ax.plot(2, 1, "o", color="C0")
    ax.text(9.6, 4.6, "reward", color="C1", ha="right", va="bottom")
    ax.text(2.6, 1.15, "best here", color="C0", ha="left", va="bottom")
    ax.text(12.2, -1.6, "true quality", color="C0", ha="right", va="top")
    ax.set(xlabel="KL from the reference, in nats", ylabel="gain over the reference", xlim=(0, 18), ylim=(-3.2, 6))
    return drawing
