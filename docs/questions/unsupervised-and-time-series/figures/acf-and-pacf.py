"""Exact ACF and PACF of an AR(1) and an MA(1), lags 1 to 8, both with coefficient 0.8."""

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure
from scipy.linalg import solve_toeplitz


def figure() -> Figure:
    """Rows: the process; columns: ACF and PACF; the PACF solves the Yule-Walker equations order by order."""
    lags = np.arange(1, 9)
    decay = 0.8 ** np.arange(9)
    single = np.r_[1, 0.8 / 1.64, np.zeros(7)]
    drawing = Figure(figsize=(6.4, 3.8))
    panels = drawing.subplots(2, 2, sharex=True, sharey=True)
    for row, name, rho, color in zip(panels, ("AR(1)", "MA(1)"), (decay, single), ("C0", "C1"), strict=True):
        partial = [solve_toeplitz(rho[:k], rho[1 : k + 1])[-1] for k in lags]
        for ax, kind, bars in zip(row, ("ACF", "PACF"), (rho[1:], partial), strict=True):
            ax.bar(lags, bars, width=0.5, color=color)
            ax.axhline(0, linewidth=0.8, color=mpl.rcParams["text.color"])
            ax.text(8.4, 0.92, f"{name}: {kind}", ha="right", va="top", color=color)
            ax.set(xlim=(0.4, 8.6), ylim=(-0.5, 1), xticks=[1, 2, 4, 6, 8], yticks=[-0.5, 0, 0.5, 1])
    for ax in panels[1]:
        ax.set_xlabel("lag")
    return drawing
