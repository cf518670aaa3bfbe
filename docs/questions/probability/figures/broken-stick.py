"""The unit square of the two cuts of a stick: where the three pieces form a triangle, and which piece is too long."""

from matplotlib.figure import Figure
from matplotlib.patches import Polygon


def figure() -> Figure:
    """Two triangles of area 1/8 each succeed; elsewhere one piece is longer than half of the stick."""
    drawing = Figure(figsize=(6.4, 4.6))
    ax = drawing.subplots()
    for corners in (((0, 0.5), (0.5, 0.5), (0.5, 1)), ((0.5, 0), (0.5, 0.5), (1, 0.5))):
        ax.add_patch(Polygon(corners, closed=True, facecolor="C0", edgecolor="C0", alpha=0.35))
        ax.add_patch(Polygon(corners, closed=True, facecolor="none", edgecolor="C0", linewidth=2))
    for x, y, words in (
        (0.25, 0.25, "right piece\ntoo long"),
        (0.75, 0.75, "left piece\ntoo long"),
        (0.02, 0.97, "middle\ntoo long"),
    ):
        corner = x < 0.1
        ax.text(x, y, words, ha="left" if corner else "center", va="top" if corner else "center")
    ax.text(0.98, 0.03, "middle\ntoo long", ha="right", va="bottom")
    ax.text(0.33, 0.60, "triangle", color="C0", ha="center", va="center", weight="bold")
    ax.text(0.67, 0.40, "triangle", color="C0", ha="center", va="center", weight="bold")
    ax.set(xlabel="first cut", ylabel="second cut", xlim=(0, 1), ylim=(0, 1), aspect="equal")
    ax.set(xticks=(0, 0.5, 1), yticks=(0, 0.5, 1))
    return drawing
