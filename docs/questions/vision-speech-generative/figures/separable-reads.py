"""Which inputs one output number reads: full, depthwise and 1×1 convolution, channels by positions."""

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

CHANNELS, POSITIONS = 4, 5


def figure() -> Figure:
    """Three grids of four channels by five positions; the shaded cells are read by one output number."""
    drawing = Figure(figsize=(6.4, 2.6))
    panels = drawing.subplots(1, 3)
    cases = (("full", "C0", (0, 4), (1, 4)), ("depthwise", "C1", (1, 2), (1, 4)), ("1×1", "C2", (0, 4), (2, 3)))
    for ax, (title, color, rows, columns) in zip(panels, cases, strict=True):
        for channel in range(CHANNELS):
            for position in range(POSITIONS):
                read = rows[0] <= channel < rows[1] and columns[0] <= position < columns[1]
                ax.add_patch(
                    Rectangle(
                        (position, channel),
                        1,
                        1,
                        facecolor=color if read else "none",
                        alpha=0.75 if read else 1,
                        edgecolor=mpl.rcParams["text.color"],
                        linewidth=0.9,
                    )
                )
        ax.set(title=title, xlim=(-0.1, POSITIONS + 0.1), ylim=(CHANNELS + 0.1, -0.1), xticks=[], yticks=[])
        ax.set_xlabel("positions")
        ax.set_aspect("equal")
        ax.spines[:].set_visible(False)
    panels[0].set_ylabel("channels")
    return drawing
