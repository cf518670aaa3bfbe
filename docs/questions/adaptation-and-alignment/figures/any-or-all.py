"""At least one of k runs passes, or all of them: exact, for two chances of a single run."""

import numpy as np
from matplotlib.figure import Figure


def figure() -> Figure:
    """1 - (1 - p)^k and p^k for p = 0.9 and p = 0.5, k from 1 to 10."""
    k = np.arange(1, 11)
    drawing = Figure(figsize=(6.4, 3.2))
    panels = drawing.subplots(1, 2, sharey=True)
    for ax, p in zip(panels, (0.9, 0.5), strict=True):
        ax.plot(k, 1 - (1 - p) ** k, color="C0", linestyle="-", marker="o", markersize=5, linewidth=2)
        ax.plot(k, p**k, color="C1", linestyle="--", marker="s", markersize=5, linewidth=2)
        ax.set(title=f"p = {p}", xlabel="runs k", xlim=(0.6, 10.4), ylim=(0, 1.06), xticks=[1, 4, 7, 10])
    panels[0].set_ylabel("chance")
    panels[0].text(10.2, 0.94, "at least one passes", color="C0", ha="right", va="top")
    panels[0].text(6.6, 0.42, "all pass", color="C1", ha="right", va="top")
    panels[1].text(10.2, 0.8, "at least one passes", color="C0", ha="right", va="top")
    panels[1].text(3.4, 0.2, "all pass", color="C1", va="bottom")
    return drawing
