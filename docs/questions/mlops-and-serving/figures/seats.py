"""Four seats, twelve answers: static batches against continuous batching, drawn step by step."""

from heapq import heappop, heappush

from matplotlib.axes import Axes
from matplotlib.figure import Figure

LENGTHS = (3, 9, 4, 2, 8, 3, 2, 5, 2, 4, 9, 3)
SEATS = 4


def bars(ax: Axes, jobs: list[tuple[int, int, int]], end: int, title: str) -> None:
    """Draw one bar for each (seat, start, length), colored by the batch that the answer came in."""
    for number, (seat, start, length) in enumerate(jobs):
        color = f"C{number // SEATS}"
        ax.broken_barh([(start, length)], (seat + 0.1, 0.8), facecolors=color, alpha=0.45)
        ax.broken_barh([(start, length)], (seat + 0.1, 0.8), facecolors="none", edgecolors=color)
        ax.text(start + length / 2, seat + 0.5, str(number + 1), ha="center", va="center")
    ax.axvline(end, color="C3", linestyle="--")
    ax.text(end + 0.3, 0.35, f"{end}\nsteps", color="C3", va="top")
    ax.set(title=title, ylabel="seats", yticks=[], xlim=(0, 29.5), ylim=(SEATS, 0))


def figure() -> Figure:
    """The same twelve answers in the same order, above with static batches of four, below continuously."""
    static, start = [], 0
    for first in range(0, len(LENGTHS), SEATS):
        batch = LENGTHS[first : first + SEATS]
        static += [(seat, start, length) for seat, length in enumerate(batch)]
        start += max(batch)
    free = [(0, seat) for seat in range(SEATS)]
    continuous = []
    for length in LENGTHS:
        time, seat = heappop(free)
        continuous.append((seat, time, length))
        heappush(free, (time + length, seat))

    drawing = Figure(figsize=(6.4, 4.2), layout="constrained")
    top, bottom = drawing.subplots(2, 1, sharex=True)
    bars(top, static, start, "static: wait for the longest")
    bars(bottom, continuous, max(time for time, _ in free), "continuous: take the next at once")
    bottom.set_xlabel("step")
    return drawing
