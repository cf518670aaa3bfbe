"""Operations of one layer of a Transformer against the number of tokens: the linear part and the quadratic part."""

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure

WIDTH = 4_096


def figure() -> Figure:
    """Width 4,096, feed-forward width four times that, no scores skipped; the two parts are equal at six widths."""
    n = np.geomspace(512, 262_144, 60)
    linear, quadratic = 24 * n * WIDTH**2, 4 * n**2 * WIDTH
    meet = 6 * WIDTH

    drawing = Figure(figsize=(6.4, 3.6))
    ax = drawing.subplots()
    ax.axvline(meet, linewidth=0.8, linestyle=":", color=mpl.rcParams["text.color"])
    ax.plot(n, linear / 1e12, color="C0", linestyle="--", linewidth=2)
    ax.plot(n, quadratic / 1e12, color="C1", linestyle="-", linewidth=2)
    ax.text(3_300, 2.6, "projections,\nfeed-forward", color="C0", ha="right", va="bottom")
    ax.text(6_000, 0.25, "all pairs of\ntokens", color="C1", ha="left", va="top")
    ax.text(meet * 1.15, 0.006, "equal:\n24,576 tokens", ha="left", va="bottom")
    ax.set(xlabel="tokens", ylabel="teraFLOP, one layer", xscale="log", yscale="log")
    ax.set(xlim=(512, 262_144), ylim=(0.004, 2_000))
    ax.set_xticks([1_024, 4_096, 16_384, 65_536, 262_144], ["1k", "4k", "16k", "64k", "256k"])
    ax.set_yticks([0.01, 1, 100], ["0.01", "1", "100"])
    ax.minorticks_off()
    return drawing
