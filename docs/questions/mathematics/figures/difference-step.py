"""Error of two finite differences against the step: large steps feel the bend, small ones the rounding."""

import numpy as np
from matplotlib.figure import Figure


def label(power: int) -> str:
    """Power of ten in plain characters."""
    return "10" + str(power).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))


def figure() -> Figure:
    """Relative error of the derivative of 1/x at 1.1 in float64: median over 64 steps between two powers of 2."""
    halvings = np.arange(1, 47)
    steps = np.ldexp(1 + np.arange(64) / 64, -halvings[:, None])
    above, here, below = 1 / (1.1 + steps), 1 / 1.1, 1 / (1.1 - steps)
    x = np.ldexp(1.5, -halvings)

    drawing = Figure(figsize=(6.4, 3.6))
    ax = drawing.subplots()
    for slope, color, style in (((here - above) / steps, "C1", "--"), ((below - above) / (2 * steps), "C0", "-")):
        error = np.median(abs(slope * 1.1**2 - 1), axis=1)
        ax.loglog(x, error, color=color, linestyle=style, linewidth=2)
    ax.text(2e-5, 5e-5, "one-sided", color="C1", ha="right", va="bottom")
    ax.text(3e-3, 2e-7, "central", color="C0", ha="left", va="top")
    ax.text(2e-10, 3e-8, "rounding", ha="right", va="top")
    ax.set(xlabel="step h", ylabel="relative error", xlim=(1e-14, 1), ylim=(1e-12, 2))
    ax.minorticks_off()
    powers = range(-12, 1, 4)
    ax.set_xticks([10.0**power for power in powers], [label(power) for power in powers])
    ax.set_yticks([10.0**power for power in powers], [label(power) for power in powers])
    return drawing
