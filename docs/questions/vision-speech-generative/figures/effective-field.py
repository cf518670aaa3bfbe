"""Weight of a pixel in the output by its place in the receptive field, for stacks of averaging layers, exact."""

import numpy as np
from matplotlib.figure import Figure


def figure() -> Figure:
    """Along one axis, from the middle to the rim: 5, 20 and 80 layers that average three neighbors, peaks set to 1."""
    drawing = Figure(figsize=(6.4, 3.3))
    ax = drawing.subplots()
    labels = ((5, "C0", "-", (0.51, 0.52)), (20, "C1", "--", (0.265, 0.40)), (80, "C2", "-.", (0.195, 0.10)))
    for layers, color, style, (x, y) in labels:
        weight = np.ones(1)
        for _ in range(layers):
            weight = np.convolve(weight, np.full(3, 1 / 3))
        ax.plot(
            np.arange(layers + 1) / layers, weight[layers:] / weight.max(), color=color, linestyle=style, linewidth=2
        )
        ax.text(x, y, f"{layers} layers", color=color, ha="left", va="bottom")
    ax.set(xlabel="place in the receptive field", ylabel="weight, peak = 1", xlim=(0, 1), ylim=(0, 1.05))
    ax.set_xticks([0, 0.5, 1], labels=["middle", "half-way", "rim"])
    ax.set_yticks([0, 0.5, 1])
    return drawing
