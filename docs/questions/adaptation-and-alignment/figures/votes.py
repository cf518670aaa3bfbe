"""Majority vote over several chains of thought: the same single-chain accuracy, opposite limits, exact."""

from math import comb, factorial

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure


def right(n: int, p: float, rivals: int) -> float:
    """Chance that an answer of chance p wins the vote of n against equally likely rivals; ties at random."""
    other = (1 - p) / rivals
    total = 0.0
    for k in range(1, n + 1):
        below = np.array([other**j / factorial(j) for j in range(k)])
        for tied in range(rivals + 1):
            rest = n - k - tied * k
            if rest < 0:
                continue
            power = np.ones(1)
            for _ in range(rivals - tied):
                power = np.convolve(power, below)[: rest + 1]
            ways = power[rest] if rest < len(power) else 0.0
            level = comb(rivals, tied) * (other**k / factorial(k)) ** tied
            total += factorial(n) / factorial(k) * p**k * level * ways / (tied + 1)
    return float(total)


def figure() -> Figure:
    """A right answer of chance 0.4 against six wrong ones of 0.1 each, and against a single one of 0.6."""
    chains = np.arange(1, 46, 2)
    drawing = Figure(figsize=(6.4, 3.2))
    ax = drawing.subplots()
    ax.axhline(0.4, linewidth=0.8, linestyle=":", color=mpl.rcParams["text.color"])
    ax.plot(chains, [right(int(n), 0.4, 6) for n in chains], color="C0", linestyle="-", linewidth=2)
    ax.plot(chains, [right(int(n), 0.4, 1) for n in chains], color="C1", linestyle="--", linewidth=2)
    ax.text(17, 0.80, "wrong answers spread", color="C0", va="center")
    ax.text(17, 0.27, "wrong answers agree", color="C1", va="center")
    ax.text(45, 0.42, "single chain", ha="right", va="bottom")
    ax.set(xlabel="chains that vote", ylabel="share right", xlim=(1, 45), ylim=(0, 1.02))
    ax.set_xticks([1, 15, 30, 45])
    return drawing
