"""What BM25 makes of a word's number of occurrences, for documents of three lengths."""

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure


def figure() -> Figure:
    """The weight in units of the idf, k1 = 1.2 and b = 0.75; the raw count beside it."""
    k1, b = 1.2, 0.75
    f = np.linspace(0, 20, 401)

    drawing = Figure(figsize=(6.4, 3.4))
    ax = drawing.subplots()
    text = mpl.rcParams["text.color"]
    ax.axhline(k1 + 1, linewidth=0.8, linestyle=":", color=text)
    ax.plot(f[f <= 2.6], f[f <= 2.6], color=text, linestyle="-", linewidth=1)
    for length, color, line in ((0.5, "C0", "-"), (1, "C1", "--"), (4, "C2", "-.")):
        ax.plot(f, f * (k1 + 1) / (f + k1 * (1 - b + b * length)), color=color, linestyle=line, linewidth=2)
    ax.text(2.8, 2.62, "raw count", ha="left", va="top")
    ax.text(20, 2.23, "ceiling 2.2", ha="right", va="bottom")
    ax.text(2.6, 1.99, "half as long", color="C0", ha="left", va="bottom")
    ax.text(4.6, 1.68, "average", color="C1", ha="left", va="top")
    ax.text(11.0, 1.42, "4 times as long", color="C2", ha="left", va="top")
    ax.set(xlabel="occurrences in the document", ylabel="weight / idf", xlim=(0, 20.2), ylim=(0, 2.7))
    ax.set_xticks([0, 5, 10, 15, 20])
    return drawing
