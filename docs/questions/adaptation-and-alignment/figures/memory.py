"""Memory for weights, gradients and optimizer state of a 7-billion-parameter model, three ways of fine-tuning."""

from matplotlib.figure import Figure
from matplotlib.patches import Patch

WEIGHTS, TRAINED = 7.0, 0.04  # billions, so bytes times these are gigabytes


def figure() -> Figure:
    """Bytes per number: 2 weight, 2 gradient, 12 master copy and moments; 4.127 bits for a 4-bit weight."""
    frozen = (0.0, 2 * WEIGHTS, (4 + 8 / 64 + 32 / (64 * 256)) / 8 * WEIGHTS)
    moving = (WEIGHTS, TRAINED, TRAINED)
    drawing = Figure(figsize=(6.4, 3.0))
    ax = drawing.subplots()
    for row, (held, trained) in enumerate(zip(frozen, moving, strict=True)):
        ax.barh(row, held, height=0.6, color="none", edgecolor="C0", linestyle="--", linewidth=1.5)
        ax.barh(row, 4 * trained, left=held, height=0.6, color="C1")
        ax.barh(row, 12 * trained, left=held + 4 * trained, height=0.6, color="C2")
        ax.text(held + 16 * trained + 1.5, row, f"{held + 16 * trained:.1f}", va="center")
    ax.text(14, 0, "28", ha="center", va="center")
    ax.text(70, 0, "84", ha="center", va="center")
    ax.set(xlabel="GB, activations apart", xlim=(0, 130), yticks=range(3))
    ax.set_yticklabels(["full", "LoRA", "QLoRA"])
    ax.invert_yaxis()
    marks = [
        Patch(facecolor="none", edgecolor="C0", linestyle="--", label="frozen weights"),
        Patch(facecolor="C1", label="trained: weights, gradients"),
        Patch(facecolor="C2", label="trained: copy, moments"),
    ]
    ax.legend(handles=marks, loc="lower right", frameon=False)
    return drawing
