"""A stationary AR(1) beside a random walk: five paths each, and two standard deviations around the mean."""

import numpy as np
from matplotlib.figure import Figure


def figure() -> Figure:
    """Both start at 0 with noise variance 1: the band of the AR(1) levels off, that of the random walk does not.
    Paths are drawn at every fourth step and bands at every tenth."""
    steps = np.arange(301)
    noise = np.random.default_rng(3).normal(size=(5, 301))
    noise[:, 0] = 0
    drawing = Figure(figsize=(6.4, 3.1))
    panels = drawing.subplots(1, 2, sharey=True)
    for ax, phi, title in zip(panels, (0.9, 1.0), ("AR(1), coefficient 0.9", "random walk"), strict=True):
        paths = noise.copy()
        for t in range(1, 301):
            paths[:, t] += phi * paths[:, t - 1]
        sd = np.sqrt((1 - phi ** (2.0 * steps)) / (1 - phi**2)) if phi < 1 else np.sqrt(steps)
        ax.plot(steps[::4], paths.T[::4], color="C0", linewidth=0.8)
        ax.plot(steps[::10], 2 * sd[::10], color="C1", linestyle="--", linewidth=2)
        ax.plot(steps[::10], -2 * sd[::10], color="C1", linestyle="--", linewidth=2)
        ax.set(title=title, xlabel="step", xlim=(0, 300), ylim=(-42, 42), xticks=[0, 150, 300])
    panels[0].text(150, 8, "2 sd", color="C1", ha="center", va="bottom")
    panels[1].text(110, 25, "2 sd", color="C1", ha="right", va="bottom")
    return drawing
