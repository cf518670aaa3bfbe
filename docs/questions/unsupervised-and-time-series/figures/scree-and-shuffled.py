"""Eigenvalues of a correlation matrix beside the largest of 19 copies with each column shuffled."""

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure


def eigenvalues(x: np.ndarray) -> np.ndarray:
    """Of the correlation matrices, falling."""
    z = (x - x.mean(-2, keepdims=True)) / x.std(-2, keepdims=True)
    return np.linalg.eigvalsh(z.swapaxes(-1, -2) @ z / x.shape[-2])[..., ::-1]


def figure() -> Figure:
    """100 rows, 20 columns, three real directions whose signal is a quarter of the variance."""
    rng, n, p = np.random.default_rng(4), 100, 20
    axes = np.linalg.qr(rng.normal(size=(p, p)))[0][:, :3]
    x = rng.normal(size=(n, 3)) @ axes.T * (p / 9) ** 0.5 + rng.normal(size=(n, p))
    real = eigenvalues(x)
    shuffled = eigenvalues(rng.permuted(np.repeat(x[None], 19, 0), axis=1)).max(0)
    rank = np.arange(1, p + 1)

    drawing = Figure(figsize=(6.4, 3.6))
    ax = drawing.subplots()
    ax.axhline(1, linewidth=0.9, linestyle=":", color=mpl.rcParams["text.color"])
    ax.plot(rank, shuffled, color="C1", linestyle="--", linewidth=2)
    ax.plot(rank, real, "o-", color="C0", linewidth=1.2, markersize=6)
    ax.text(3.4, 2.5, "data", color="C0", ha="left", va="bottom")
    ax.text(6.3, 1.72, "columns shuffled", color="C1", ha="left", va="center")
    ax.text(20.3, 1.04, "1", ha="right", va="bottom")
    ax.set(xlabel="component", ylabel="eigenvalue", xlim=(0.5, 20.5), ylim=(0, None), xticks=[1, 5, 10, 15, 20])
    return drawing
