"""Users per arm against the relative lift to be detected, for three base rates: power 0.8, two-sided 5 %."""

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure
from scipy.special import ndtri


def per_arm(base: float, lift: np.ndarray) -> np.ndarray:
    """Users in each of two equal arms."""
    new = base * (1 + lift)
    z = ndtri(0.975) + ndtri(0.8)
    return np.asarray(z**2 * (base * (1 - base) + new * (1 - new)) / (new - base) ** 2)


def figure() -> Figure:
    """Log scales, so that the square shows as a straight line; the plan of the question is marked."""
    lift = np.geomspace(0.01, 0.2, 60)
    drawing = Figure(figsize=(6.4, 3.8))
    ax = drawing.subplots()
    for base, color, style in ((0.01, "C0", "--"), (0.04, "C1", "-"), (0.20, "C2", "-.")):
        ax.plot(100 * lift, per_arm(base, lift), color=color, linestyle=style, linewidth=2)
        ax.text(21, per_arm(base, lift)[-1], f"rate {base:.0%}".replace("%", " %"), color=color, va="center")
    at = float(per_arm(0.04, np.array([0.05]))[0])
    ax.plot(5, at, "o", color="C1", markersize=8)
    ax.annotate(
        "lift 5 %: 154,000",
        (5, at),
        (5.6, 1.5e6),
        ha="left",
        arrowprops={"arrowstyle": "-", "color": mpl.rcParams["text.color"]},
    )
    ax.set(xscale="log", yscale="log", xlim=(1, 34), ylim=(1e3, 3e7))
    ax.set(xlabel="relative lift, %", ylabel="users per arm")
    ax.set_xticks([1, 2, 5, 10, 20], labels=["1", "2", "5", "10", "20"])
    ax.set_yticks([1e3, 1e4, 1e5, 1e6, 1e7], labels=["1,000", "10,000", "100,000", "1 million", "10 million"])
    ax.minorticks_off()
    return drawing
