"""XOR before and after a hidden layer of two units, OR and AND."""

from matplotlib.figure import Figure


def figure() -> Figure:
    """Left the four inputs, right their images under (OR, AND) with a separating line."""
    drawing = Figure(figsize=(6.4, 3.3))
    before, after = drawing.subplots(1, 2)
    for ax, yes, no in (
        (before, [(0, 1), (1, 0)], [(0, 0), (1, 1)]),
        (after, [(1, 0)], [(0, 0), (1, 1)]),
    ):
        ax.plot(*zip(*yes, strict=True), "o", color="C0", markersize=13)
        ax.plot(*zip(*no, strict=True), "x", color="C1", markersize=13, markeredgewidth=3)
        ax.set(xlim=(-0.35, 1.45), ylim=(-0.35, 1.45), xticks=[0, 1], yticks=[0, 1], aspect="equal")
    before.set(title="inputs", xlabel="x₁", ylabel="x₂")
    after.set(title="hidden layer", xlabel="OR", ylabel="AND")
    before.text(0.12, 1, "yes", color="C0", va="center")
    before.text(0.12, 0, "no", color="C1", va="center")
    after.text(1, -0.12, "yes, twice", color="C0", va="top", ha="center")
    after.text(0, -0.12, "no", color="C1", va="top", ha="center")
    after.plot([0.15, 1.45], [-0.35, 0.95], color="C2", linestyle="--", linewidth=2)
    after.text(0.52, 0.2, "one line", color="C2", ha="right", va="center")
    return drawing
