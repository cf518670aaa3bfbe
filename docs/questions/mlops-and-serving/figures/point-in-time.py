"""Which value a training row may use: values on a time axis with the moment described and the moment published."""

import matplotlib as mpl
from matplotlib.figure import Figure


def figure() -> Figure:
    """Three values, each as of midnight and published at 06:00; a prediction at 03:00 on the second day."""
    text = mpl.rcParams["text.color"]
    drawing = Figure(figsize=(6.4, 2.5))
    ax = drawing.subplots()
    for row, (start, value) in enumerate(((0, 4), (24, 5), (48, 9))):
        ax.plot([start, start + 6], [-row, -row], color="C1", linestyle=":", linewidth=2)
        ax.plot([start + 6, start + 30], [-row, -row], color="C0", linestyle="-", linewidth=4)
        ax.plot(start, -row, "o", color="C1", markersize=8)
        ax.text(start + 16, -row + 0.15, f"reads {value}", color="C0", ha="center", va="bottom")
    ax.text(-1.5, 0, "as of", color="C1", ha="right", va="center")
    ax.axvline(27, color=text, linestyle="--", linewidth=1.2)
    ax.text(26.5, -2.2, "asked at 03:00: 4", ha="right", va="center")
    ax.set(xlim=(-11, 80), ylim=(-2.6, 0.75), yticks=[])
    ax.set_xticks([0, 24, 48, 72], labels=["1 March", "2 March", "3 March", "4 March"])
    for side in ("left", "right", "top"):
        ax.spines[side].set_visible(False)
    return drawing
