"""Forward chaining drawn: what each fold trains on, skips and scores, with a growing and with a sliding window."""

from matplotlib.figure import Figure
from matplotlib.patches import Patch

STEPS, TEST, GAP, FIRST = 12, 2, 1, 4


def figure() -> Figure:
    """Twelve time steps, three folds a panel: training rows, a gap of one step, a test block of two steps."""
    drawing = Figure(figsize=(6.4, 2.7))
    panels = drawing.subplots(1, 2, sharey=True)
    for ax, title, sliding in zip(panels, ("growing window", "sliding window"), (False, True), strict=True):
        for fold in range(3):
            end = FIRST + fold * TEST
            start = end - FIRST if sliding else 0
            ax.barh(fold, end - start, left=start, height=0.55, color="C0")
            ax.barh(fold, GAP, left=end, height=0.55, color="none", edgecolor="C1", linestyle="--", linewidth=1.5)
            ax.barh(fold, TEST, left=end + GAP, height=0.55, color="C2")
        ax.set(title=title, xlabel="time →", xlim=(0, STEPS), xticks=[], yticks=range(3))
        ax.set_yticklabels([f"fold {fold + 1}" for fold in range(3)])
    panels[0].invert_yaxis()  # the axis is shared
    marks = [
        Patch(facecolor="C0", label="train"),
        Patch(facecolor="none", edgecolor="C1", linestyle="--", linewidth=1.5, label="gap: label not known yet"),
        Patch(facecolor="C2", label="score"),
    ]
    drawing.legend(handles=marks, loc="outside lower center", ncols=3)
    return drawing
