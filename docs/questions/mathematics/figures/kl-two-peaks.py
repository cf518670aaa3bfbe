"""One normal curve fitted to a density with two peaks, by each direction of KL."""

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure


def bell(x: np.ndarray, mean: float, sd: float) -> np.ndarray:
    """Density of a normal distribution."""
    return np.exp(-0.5 * ((x - mean) / sd) ** 2) / (sd * np.sqrt(2 * np.pi))


def figure() -> Figure:
    """Weights 0.6 and 0.4, peaks at -3 and 3, sd 1: matched moments cover, the best reverse fit takes one peak."""
    x = np.linspace(-9, 9, 601)
    density = 0.6 * bell(x, -3, 1) + 0.4 * bell(x, 3, 1)
    mean = float(np.sum(x * density) / np.sum(density))
    sd = float(np.sqrt(np.sum((x - mean) ** 2 * density) / np.sum(density)))
    candidates = [(m, s) for m in np.linspace(-4, 4, 81) for s in np.linspace(0.5, 4, 71)]
    costs = [np.sum((q := bell(x, m, s)) * np.log((q + 1e-300) / density)) for m, s in candidates]
    best = candidates[int(np.argmin(costs))]

    drawing = Figure(figsize=(6.4, 3.4))
    ax = drawing.subplots()
    x, density = x[::6], density[::6]  # a hundred points draw the curves as well
    ax.fill_between(x, density, color=mpl.rcParams["text.color"], alpha=0.2, linewidth=0)
    ax.plot(x, bell(x, mean, sd), color="C0", linestyle="--", linewidth=2)
    ax.plot(x, bell(x, *best), color="C1", linestyle="-", linewidth=2)
    ax.text(-1.9, 0.33, "KL(q‖p): one peak", color="C1", ha="left", va="bottom")
    ax.text(0.2, 0.175, "KL(p‖q): covers both", color="C0", ha="left", va="bottom")
    for peak in (-3, 3):
        ax.text(peak, 0.03, "p", ha="center", va="bottom")
    ax.set(ylabel="density", xlim=(-9, 9), ylim=(0, 0.43), yticks=[])
    return drawing
