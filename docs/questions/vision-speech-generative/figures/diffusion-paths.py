"""Deterministic sampling paths from normal noise to data of two points, with the exact denoiser."""

import numpy as np
from matplotlib.figure import Figure
from scipy.special import ndtri


def figure() -> Figure:
    """40 evenly spaced normal quantiles, 200 steps, data 30 % at -1 and 70 % at +1."""
    kept = np.cumprod(1 - np.linspace(1e-4, 0.02, 1_000))
    levels = kept[np.linspace(999, 0, 200).astype(int)]
    paths = [ndtri((np.arange(40) + 0.5) / 40)]
    for a, b in zip(levels, np.append(levels[1:], 1), strict=True):
        x = paths[-1]
        guess = np.tanh(np.sqrt(a) * x / (1 - a) + np.log(0.7 / 0.3) / 2)
        noise = (x - np.sqrt(a) * guess) / np.sqrt(1 - a)
        paths.append(np.sqrt(b) * guess + np.sqrt(1 - b) * noise)
    lines = np.array(paths).T
    drawing = Figure(figsize=(6.4, 3.4))
    ax = drawing.subplots()
    for line in lines:
        up = line[-1] > 0
        ax.plot(line, color="C0" if up else "C1", linestyle="-" if up else "--", linewidth=1.1)
    ax.text(204, 1, "70 %", color="C0", va="center")
    ax.text(204, -1, "30 %", color="C1", va="center")
    ax.set(xlim=(0, 225), ylim=(-2.5, 2.5), ylabel="value")
    ax.set_xticks([0, 200], labels=["noise", "data"])
    ax.set_yticks([-2, -1, 0, 1, 2])
    return drawing
