"""The trees that single and complete linkage build on the same five numbers."""

import matplotlib as mpl
from matplotlib.figure import Figure
from scipy.cluster.hierarchy import linkage

ROWS = [0, 2, 5, 8.5, 13]


def figure() -> Figure:
    """Two dendrograms; the dashed line cuts each into two clusters."""
    drawing = Figure(figsize=(6.4, 2.9))
    for ax, method in zip(drawing.subplots(1, 2), ("single", "complete"), strict=True):
        merges = linkage([[x] for x in ROWS], method)
        tops = [(float(i), 0.0) for i in range(len(ROWS))]  # where the branch of each cluster ends
        for a, b, height, _ in merges:
            (x, below), (z, other) = sorted((tops[int(a)], tops[int(b)]))
            ax.plot([x, x, z, z], [below, height, height, other], color="C0", linewidth=2)
            ax.text((x + z) / 2 - 0.06, height, f"{height:g}", color="C0", ha="right", va="bottom")
            tops.append(((x + z) / 2, height))
        cut = (merges[-2, 2] + merges[-1, 2]) / 2
        ax.axhline(cut, linestyle="--", linewidth=1.2, color=mpl.rcParams["text.color"])
        ax.text(-0.45, cut, "cut", ha="left", va="bottom")
        ax.set(title=f"{method} linkage", xlim=(-0.5, 4.5), ylim=(0, 1.18 * merges[-1, 2]), yticks=[])
        ax.set_ylabel("height of merge")
        ax.set_xticks(range(len(ROWS)), [f"{x:g}" for x in ROWS])
    return drawing
