"""Which entries share a mean and a variance: layer norm against batch norm, on a grid of tokens by features."""

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

TOKENS, FEATURES = 4, 6


def figure() -> Figure:
    """Two grids of four tokens by six features; the shaded cells are normalized together."""
    drawing = Figure(figsize=(6.4, 2.8))
    panels = drawing.subplots(1, 2)
    for ax, title, color in zip(panels, ("layer norm", "batch norm"), ("C0", "C1"), strict=True):
        for token in range(TOKENS):
            for feature in range(FEATURES):
                shared = token == 1 if title == "layer norm" else feature == 2
                ax.add_patch(
                    Rectangle(
                        (feature, token),
                        1,
                        1,
                        facecolor=color if shared else "none",
                        alpha=0.75 if shared else 1,
                        edgecolor=mpl.rcParams["text.color"],
                        linewidth=0.9,
                    )
                )
        words = "one token" if title == "layer norm" else "one feature"
        ax.text(FEATURES / 2, TOKENS + 0.25, words, color=color, ha="center", va="top")
        ax.set(
            title=title, ylabel="tokens", xlim=(-0.1, FEATURES + 0.1), ylim=(TOKENS + 0.9, -0.1), xticks=[], yticks=[]
        )
        ax.set_xlabel("features")
        ax.set_aspect("equal")
        ax.spines[:].set_visible(False)
    return drawing
