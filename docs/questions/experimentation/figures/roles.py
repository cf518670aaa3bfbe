"""Causal graph of an e-mail and spending: what to adjust for (solid boxes) and what to leave out (dashed boxes)."""

import matplotlib as mpl
from matplotlib.figure import Figure

PLACES = {
    "send order": (0.6, 1.5),
    "e-mail": (3.0, 1.5),
    "visits": (5.2, 1.5),
    "spending": (7.5, 1.5),
    "past spending": (5.2, 3.3),
    "survey": (5.2, -0.2),
    "season": (9.4, 3.3),
}
ADJUST, LEAVE = ("past spending", "season"), ("send order", "visits", "survey")
ARROWS = (
    ("send order", "e-mail", 0.0),
    ("e-mail", "visits", 0.0),
    ("visits", "spending", 0.0),
    ("e-mail", "spending", 0.3),
    ("past spending", "e-mail", 0.0),
    ("past spending", "spending", 0.0),
    ("season", "spending", 0.0),
    ("e-mail", "survey", 0.0),
    ("spending", "survey", 0.0),
)


def figure() -> Figure:
    """Seven nodes of which two are the treatment and the outcome."""
    text = mpl.rcParams["text.color"]
    drawing = Figure(figsize=(6.4, 3.8))
    ax = drawing.subplots()
    for cause, effect, bend in ARROWS:
        (x0, y0), (x1, y1) = PLACES[cause], PLACES[effect]
        # stop short of the words: by their width along level arrows, by their height along the others
        length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
        if bend:
            start, end = (x0 + 0.6, y0 + 0.16), (x1 - 0.8, y1 + 0.16)
        elif y0 == y1:
            start = (x0 + 0.17 + 0.115 * len(cause), y0)
            end = (x1 - 0.17 - 0.105 * len(effect), y1)
        else:
            start = (x0 + (x1 - x0) * 0.42 / length, y0 + (y1 - y0) * 0.42 / length)
            end = (x1 - (x1 - x0) * 0.42 / length, y1 - (y1 - y0) * 0.42 / length)
        style = {"arrowstyle": "-|>", "color": text, "linewidth": 1.3, "mutation_scale": 13, "shrinkA": 0, "shrinkB": 0}
        style["connectionstyle"] = f"arc3,rad={-bend}"
        ax.annotate("", xy=end, xytext=start, arrowprops=style)
    for name, (x, y) in PLACES.items():
        color, line = ("C0", "-") if name in ADJUST else ("C1", "--") if name in LEAVE else (text, "none")
        box = {
            "boxstyle": "round,pad=0.3",
            "facecolor": "none",
            "edgecolor": color,
            "linewidth": 1.6,
            "linestyle": line,
        }
        ax.text(x, y, name, color=color, ha="center", va="center", fontsize=12, bbox=box if line != "none" else None)
    ax.text(9.4, 3.85, "precision", color="C0", ha="center", fontsize=11)
    ax.text(5.2, 3.85, "confounder: adjust", color="C0", ha="center", fontsize=11)
    ax.text(5.2, 0.88, "mediator", color="C1", ha="center", va="center", fontsize=11)
    ax.text(5.2, -0.95, "collider: leave out", color="C1", ha="center", fontsize=11)
    ax.text(0.6, 0.88, "instrument", color="C1", ha="center", va="center", fontsize=11)
    ax.set(xlim=(-0.7, 10.4), ylim=(-1.1, 4.2))
    ax.axis("off")
    return drawing
