"""A Beta prior for a conversion rate and what 3 of 10 and 30 of 100 make of it: exact densities."""

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure
from scipy.special import betaln


def density(x: np.ndarray, a: float, b: float) -> np.ndarray:
    """The density of Beta(a, b)."""
    return np.exp((a - 1) * np.log(x) + (b - 1) * np.log1p(-x) - betaln(a, b))


def figure() -> Figure:
    """Prior Beta(2, 38), posteriors Beta(5, 45) and Beta(32, 108), and the observed share of 30 %."""
    x = np.linspace(1e-4, 0.4, 500)
    drawing = Figure(figsize=(6.4, 3.4))
    ax = drawing.subplots()
    ax.plot(100 * x, density(x, 2, 38), color="C0", linestyle="--", linewidth=2)
    ax.plot(100 * x, density(x, 5, 45), color="C1", linestyle="-.", linewidth=2)
    ax.plot(100 * x, density(x, 32, 108), color="C2", linestyle="-", linewidth=2)
    ax.axvline(30, linewidth=1, linestyle=":", color=mpl.rcParams["text.color"])
    ax.text(4.6, 14.2, "prior: 2 and 38", color="C0", ha="left", va="center")
    ax.text(11.2, 9.5, "after 3 of 10", color="C1", ha="left", va="center")
    ax.text(22.5, 11.7, "after 30 of 100", color="C2", ha="center", va="bottom")
    ax.text(30.6, 14.2, "seen: 30 %", ha="left", va="center")
    ax.set(xlabel="conversion rate in %", ylabel="density", xlim=(0, 40), ylim=(0, 16), yticks=[])
    return drawing
