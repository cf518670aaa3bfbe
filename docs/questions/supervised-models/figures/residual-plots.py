"""Four residual plots: what one hopes for, and three patterns."""

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure


def figure() -> Figure:
    """Sixty residuals each: shapeless, bent, a funnel, and slow waves over time."""
    rng = np.random.default_rng(4)
    x = np.linspace(0, 1, 60)
    noise = rng.normal(size=(4, 60))
    waves = np.zeros(60)
    for i in range(1, 60):
        waves[i] = 0.9 * waves[i - 1] + 0.45 * noise[3, i]
    panels = (
        ("shapeless: good", noise[0], "C0"),
        ("bend: mean wrong", 6 * (2 * x - 1) ** 2 - 2 + 0.6 * noise[1], "C1"),
        ("funnel: spread varies", (0.3 + 4 * x) * rng.uniform(-1, 1, 60), "C1"),
        ("runs: dependent", 1.8 * (waves - waves.mean()), "C1"),
    )
    drawing = Figure(figsize=(6.4, 4.6), layout="constrained")
    axes = drawing.subplots(2, 2, sharey=True).ravel()
    for ax, (name, values, color) in zip(axes, panels, strict=True):
        ax.axhline(0, color=mpl.rcParams["text.color"], linewidth=1, linestyle="--")
        ax.plot(x, values, "o", color=color, markersize=4)
        ax.set(xticks=[], yticks=[], ylim=(-5, 5))
        ax.set_title(name, color=color)
        ax.set_xlabel("time" if name.startswith("runs") else "fitted value")
    return drawing
