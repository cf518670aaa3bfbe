"""Input tokens of an agent run against its number of calls: resent, cached, and with notes."""

from matplotlib.figure import Figure


def figure() -> Figure:
    """Prefix 3,000 tokens, 1,000 a step; cached tokens at a tenth; notes of 1,000 tokens at a history of 10,000."""
    calls = range(1, 41)
    drawing = Figure(figsize=(6.4, 3.5))
    ax = drawing.subplots()
    ax.plot(calls, [_run(n)[0] / 1000 for n in calls], color="C0", linestyle="-", linewidth=2)
    ax.plot(calls, [_run(n, 10_000)[0] / 1000 for n in calls], color="C1", linestyle="--", linewidth=2)
    ax.plot(calls, [_run(n)[1] / 1000 for n in calls], color="C2", linestyle="-.", linewidth=2)
    ax.text(29, 640, "whole history", color="C0", ha="right", fontsize=12)
    ax.text(40.4, 395, "notes", color="C1", ha="right", fontsize=12)
    ax.text(40.4, 160, "whole history, cached", color="C2", ha="right", fontsize=12)
    ax.set(xlabel="calls of the model", ylabel="thousand tokens paid", xlim=(0, 41), ylim=(0, 940))
    return drawing


def _run(calls: int, limit: float = float("inf")) -> tuple[int, float]:
    total = cached = history = stored = 0
    for _ in range(calls):
        if history >= limit:
            total, cached = total + 3_000 + history, cached + stored
            history, stored = 1_000, 3_000
        total, cached = total + 3_000 + history, cached + stored
        stored, history = 3_000 + history, history + 1_000
    return total, total - 0.9 * cached
