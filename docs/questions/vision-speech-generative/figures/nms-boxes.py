"""Four detections: two on one person, one on a neighbor, one far off."""

from matplotlib.figure import Figure


def figure() -> Figure:
    """Boxes A to D as in the answer, drawn to scale, with the overlaps of the first three."""
    drawing = Figure(figsize=(6.4, 3.3))
    ax = drawing.subplots()
    boxes = ("A", 0.95, 0, "-"), ("B", 0.90, 1, "--"), ("C", 0.80, 4, "-."), ("D", 0.60, 30, ":")
    for name, score, left, style in boxes:
        color = {"A": "C0", "B": "C1", "C": "C2", "D": "C3"}[name]
        x = (left, left + 10, left + 10, left, left)
        ax.plot(x, (0, 0, 20, 20, 0), color=color, linestyle=style, linewidth=2)
        at, align = {"A": (0, "right"), "B": (1.2, "left"), "C": (13.8, "right"), "D": (35, "center")}[name]
        ax.text(at, 20.6, f"{name} {score:.2f}", color=color, ha=align, va="bottom")
    for y, text in ((13, "IoU"), (10.2, "A and B 0.82"), (7.8, "B and C 0.54"), (5.4, "A and C 0.43")):
        ax.text(16, y, text, ha="left", va="center")
    ax.set(xlim=(-5.5, 41), ylim=(-0.5, 23.5), aspect="equal")
    ax.axis("off")
    return drawing
