"""Bias squared, variance and expected test error of least-squares polynomials, exact."""

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure


def figure() -> Figure:
    """Twenty fixed inputs on [-1, 1], truth tanh(4x + 1), noise sd 0.5: exact curves against the degree."""
    n, noise = 20, 0.5**2
    x = np.linspace(-1, 1, n)
    truth = np.tanh(4 * x + 1)
    degrees = np.arange(1, 15)
    bases = [np.linalg.qr(np.polynomial.legendre.legvander(x, d))[0] for d in degrees]
    bias2 = np.array([np.mean((q @ (q.T @ truth) - truth) ** 2) for q in bases])
    variance = noise * (degrees + 1) / n
    error = bias2 + variance + noise
    best = int(np.argmin(error))

    drawing = Figure(figsize=(6.4, 3.6))
    ax = drawing.subplots()
    ax.axhline(noise, linewidth=0.8, linestyle=":", color=mpl.rcParams["text.color"])
    ax.plot(degrees, error, color="C2", linestyle="-", linewidth=2)
    ax.plot(degrees, variance, color="C1", linestyle="-.", linewidth=2)
    ax.plot(degrees, bias2, color="C0", linestyle="--", linewidth=2)
    ax.plot(degrees[best], error[best], "o", color="C2")
    ax.text(degrees[best], error[best] - 0.014, f"lowest: degree {degrees[best]}", color="C2", ha="center", va="top")
    ax.text(10.6, 0.412, "expected test error", color="C2", ha="right", va="bottom")
    ax.text(14, 0.256, "noise: the floor", ha="right", va="bottom")
    ax.text(10.6, 0.152, "variance", color="C1", ha="right", va="bottom")
    ax.text(1.5, 0.09, "bias²", color="C0", ha="left", va="bottom")
    ax.set(xlabel="polynomial degree", ylabel="squared error", xlim=(0.8, 14.2), ylim=(0, 0.46), xticks=degrees)
    return drawing
