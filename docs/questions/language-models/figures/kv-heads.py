"""Which query heads share which keys and values: MHA, GQA, MQA and MLA."""

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle


def figure() -> Figure:
    """Eight query heads in each of four panels; what is stored per token is filled."""
    text = mpl.rcParams["text.color"]
    drawing = Figure(figsize=(6.4, 4.6))
    panels = drawing.subplots(2, 2).ravel()
    queries = [float(i) for i in range(8)]
    for ax, (name, stored) in zip(panels, (("MHA", 8), ("GQA", 2), ("MQA", 1), ("MLA", 8)), strict=True):
        share = 8 // stored
        heads = [share * g + (share - 1) / 2 for g in range(stored)]
        latent = name == "MLA"
        for i, x in enumerate(queries):
            ax.plot([x, heads[i // share]], [2, 1.15], color=text, linewidth=0.9)
            ax.plot(x, 2, "o", color="C0", markersize=9)
        for x in heads:
            ax.add_patch(Rectangle((x - 0.32, 0.85), 0.64, 0.3, facecolor="none" if latent else "C1", edgecolor="C1"))
            if latent:
                ax.plot([x, 3.5], [0.85, 0.2], color="C2", linewidth=0.9, linestyle="--")
        if latent:
            ax.add_patch(Rectangle((2.5, -0.1), 2, 0.3, facecolor="C2", edgecolor="C2"))
            ax.text(4.8, 0.05, "latent", color="C2", va="center", ha="left")
        if name == "MHA":
            ax.text(3.5, 2.3, "queries", color="C0", ha="center", va="bottom")
            ax.text(3.5, 0.65, "keys and values", color="C1", ha="center", va="top")
        ax.text(-0.4, 2.75, name, ha="left", va="center", weight="bold")
        ax.set(xlim=(-0.6, 7.6), ylim=(-0.25, 3))
        ax.set_axis_off()
    return drawing
