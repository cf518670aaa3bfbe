"""Simpson's paradox drawn: the rate of two models against the mix of their tickets, with the mix each of them got."""

import matplotlib as mpl
from matplotlib.figure import Figure

EASY, HARD = {"A": 90, "B": 85}, {"A": 60, "B": 50}
MIX = {"A": 90, "B": 10}  # percent of hard tickets


def figure() -> Figure:
    """A's line above B's at every mix; A's dot at 90 % hard tickets below B's at 10 %."""
    drawing = Figure(figsize=(6.4, 3.8))
    ax = drawing.subplots()
    ax.axvline(50, linewidth=0.8, linestyle=":", color=mpl.rcParams["text.color"])
    for name, color, style, mark in (("A", "C0", "-", "o"), ("B", "C1", "--", "s")):
        rate = EASY[name] + MIX[name] / 100 * (HARD[name] - EASY[name])
        ax.plot([0, 100], [EASY[name], HARD[name]], color=color, linestyle=style, linewidth=2)
        ax.plot(MIX[name], rate, mark, color=color, markersize=9)
    ax.text(104, 66.5, "A measured:\n63 %", color="C0", ha="right", va="bottom")
    ax.text(-4, 78, "B measured:\n81.5 %", color="C1", ha="left", va="top")
    ax.text(30, 82.5, "A", color="C0", ha="left", va="bottom")
    ax.text(70, 59, "B", color="C1", ha="right", va="top")
    ax.text(51, 92, "same mix: A leads", ha="left", va="center")
    ax.set(xlabel="share of hard tickets, %", ylabel="solved, %", xlim=(-6, 106), ylim=(46, 96))
    return drawing
