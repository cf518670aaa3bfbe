"""Schedule of a pipeline: one forward, one backward in turn."""

from __future__ import annotations

from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path


def figure() -> Figure:
    """Four stages and five micro-batches; a backward takes twice as long as a forward."""
    p, m = 4, 5
    queues = []
    for s in range(p):
        ahead = p - 1 - s
        queue = [("F", i) for i in range(ahead)]
        for i in range(m):
            queue += [("F", i + ahead)] * (i + ahead < m) + [("B", i)]
        queues.append(queue)
    end: dict[tuple[str, int, int], int] = {}
    clock = [0] * p
    boxes: dict[str, list[Path]] = {"F": [], "B": []}
    drawing = Figure(figsize=(6.4, 2.9))
    ax = drawing.subplots()
    while any(queues):
        for s, queue in enumerate(queues):
            if not queue:
                continue
            kind, i = queue[0]
            before = s - 1 if kind == "F" else s + 1
            if 0 <= before < p and (kind, before, i) not in end:
                continue
            start = max(clock[s], end.get((kind, before, i), 0))
            width = 1 if kind == "F" else 2
            clock[s] = end[kind, s, i] = start + width
            queue.pop(0)
            left, right, top, low = start, start + width, s - 0.4, s + 0.4
            corners = [(left, top), (right, top), (right, low), (left, low), (left, top)]
            boxes[kind].append(Path(corners, closed=True))
            ax.text(start + width / 2, s, str(i + 1), ha="center", va="center")
    for kind, color, hatch in (("F", "C0", None), ("B", "C1", "//")):
        every = Path.make_compound_path(*boxes[kind])  # one shape for each color
        ax.add_patch(PathPatch(every, facecolor=color, edgecolor=color, alpha=0.35, hatch=hatch))
    total = max(clock)
    ax.text(0.2, 3, "idle", ha="left", va="center")
    ax.text(total - 0.2, 3, "idle", ha="right", va="center")
    ax.text(4.3, -0.75, "forward", color="C0", ha="right")
    ax.text(total, -0.75, "backward", color="C1", ha="right")
    ax.set(xlim=(0, total), ylim=(3.6, -0.6), yticks=range(p), xticks=[], xlabel="time")
    ax.set_yticklabels([f"stage {s + 1}" for s in range(p)])
    return drawing
