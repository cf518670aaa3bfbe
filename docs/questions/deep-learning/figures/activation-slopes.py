"""Slopes of sigmoid, tanh, ReLU and GELU."""

import numpy as np
from matplotlib.figure import Figure
from scipy.special import expit, ndtr


def figure() -> Figure:
    """Derivatives against the weighted sum z."""
    z = np.linspace(-5, 5, 1_001)
    drawing = Figure(figsize=(6.4, 3.5))
    ax = drawing.subplots()
    ax.plot([-5, 0], [0, 0], color="C0", linestyle="-", linewidth=2)
    ax.plot([0, 5], [1, 1], color="C0", linestyle="-", linewidth=2)
    ax.plot(z, ndtr(z) + z * np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi), color="C1", linestyle="--", linewidth=2)
    ax.plot(z, 1 - np.tanh(z) ** 2, color="C2", linestyle="-.", linewidth=2)
    ax.plot(z, expit(z) * expit(-z), color="C3", linestyle=":", linewidth=2.5)
    ax.text(4.9, 0.97, "ReLU", color="C0", ha="right", va="top")
    ax.text(1.9, 1.13, "GELU", color="C1", ha="left", va="bottom")
    ax.text(-0.75, 0.7, "tanh", color="C2", ha="right", va="center")
    ax.text(2.3, 0.13, "sigmoid", color="C3", ha="left", va="bottom")
    ax.set(xlabel="z", ylabel="slope", xlim=(-5, 5), ylim=(-0.2, 1.3), yticks=[0, 0.25, 0.5, 0.75, 1])
    return drawing
