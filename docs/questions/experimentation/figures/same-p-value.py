"""Two tests with p = 0.4 and their 95 % intervals, against zero and the smallest lift that matters."""

import matplotlib as mpl
from matplotlib.figure import Figure
from scipy.special import ndtri


def figure() -> Figure:
    """Base rate 10 %, 100,000 and 5,000 users per arm; lift in points."""
    drawing = Figure(figsize=(6.4, 2.8))
    ax = drawing.subplots()
    text = mpl.rcParams["text.color"]
    ax.axvline(0, color=text, linewidth=1)
    ax.axvline(0.5, color="C2", linestyle="--", linewidth=2)
    for row, (users, color, verdict) in enumerate(
        ((100_000, "C0", "too small to matter"), (5_000, "C1", "cannot tell"))
    ):
        error = 100 * (2 * 0.1 * 0.9 / users) ** 0.5
        middle, reach = ndtri(0.8) * error, ndtri(0.975) * error
        ax.plot([middle - reach, middle + reach], [-row, -row], color=color, linewidth=4, solid_capstyle="butt")
        ax.plot(middle, -row, "o", color=color, markersize=9)
        ax.text(2.08, -row + 0.16, f"{users:,} per arm: {verdict}", color=color, ha="right", va="bottom")
    ax.text(0.52, -1.55, "smallest lift that matters", color="C2", ha="left", va="center")
    ax.set(xlabel="lift, points", xlim=(-0.8, 2.1), ylim=(-1.8, 0.6), yticks=[])
    return drawing
