"""Bias and spread of six off-policy estimates in the invented world of the text."""

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure


def figure() -> Figure:
    """1,000 logs of 1,000 rows: mean error as a dot, two standard deviations either way as a bar."""
    rng = np.random.default_rng(0)
    reward = rng.beta(6, 4, (20, 10))

    def policy(z: np.ndarray) -> np.ndarray:
        return np.exp(z) / np.exp(z).sum(1, keepdims=True)

    old = policy(4 * reward + rng.normal(size=reward.shape))
    new = policy(15 * reward)
    truth = (new * reward).sum(1).mean()
    q = np.tile(reward.mean(0), (20, 1))
    x = rng.integers(0, 20, (1_000, 1_000))
    a = (rng.random(x.shape)[..., None] > old.cumsum(1)[x, :-1]).sum(-1)
    r = rng.random(x.shape) < reward[x, a]
    w = (new / old)[x, a]
    direct = (new * q).sum(1)[x]
    estimates = (
        ("log average", r.mean(1), "C1"),
        ("direct", direct.mean(1), "C1"),
        ("IPS", (w * r).mean(1), "C0"),
        ("clipped at 5", (np.minimum(w, 5) * r).mean(1), "C1"),
        ("SNIPS", (w * r).sum(1) / w.sum(1), "C0"),
        ("doubly robust", (direct + w * (r - q[x, a])).mean(1), "C0"),
    )

    drawing = Figure(figsize=(6.4, 3.4))
    ax = drawing.subplots()
    ax.axvline(0, linewidth=0.8, linestyle=":", color=mpl.rcParams["text.color"])
    for row, (_, v, color) in enumerate(estimates):
        bias, spread = float(v.mean() - truth), float(v.std())
        style = "-" if color == "C0" else "--"
        ax.plot([bias - 2 * spread, bias + 2 * spread], [row, row], style, color=color, linewidth=2)
        ax.plot(bias, row, "o" if color == "C0" else "s", color=color)
    ax.text(0.003, -0.55, "truth", ha="left", va="center")
    ax.set(xlabel="estimate minus truth", xlim=(-0.18, 0.1), ylim=(5.6, -0.9))
    ax.set_yticks(range(6), [name for name, _, _ in estimates])
    drawing.subplots_adjust(left=0.24, bottom=0.17)
    return drawing
