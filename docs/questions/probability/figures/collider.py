"""All 36 pairs of two independent scores: among those hired from a sum of 9 the scores oppose each other, exactly."""

import numpy as np
from matplotlib.figure import Figure


def figure() -> Figure:
    """Skill and charm as two dice; the lines are the least-squares lines of all pairs and of the hired ones."""
    skill, charm = np.mgrid[1:7, 1:7].reshape(2, -1)
    hired = skill + charm >= 9
    drawing = Figure(figsize=(6.4, 4.2))
    ax = drawing.subplots()
    ax.plot(skill[~hired], charm[~hired], "o", color="C0", markersize=9, markerfacecolor="none", markeredgewidth=1.5)
    ax.plot(skill[hired], charm[hired], "^", color="C1", markersize=11)
    ends = np.array([0.6, 6.4])
    ax.plot(ends, np.polyval(np.polyfit(skill, charm, 1), ends), color="C0", linestyle="--", linewidth=2)
    ends = np.array([2.6, 6.4])
    ax.plot(ends, np.polyval(np.polyfit(skill[hired], charm[hired], 1), ends), color="C1", linestyle="-", linewidth=2)
    ax.text(6.5, 3.5, "all: flat", color="C0", ha="left", va="center")
    ax.text(6.5, 4.3, "hired: falls", color="C1", ha="left", va="center")
    ax.set(xlabel="skill", ylabel="charm", xlim=(0.4, 7.9), ylim=(0.4, 6.6), xticks=range(1, 7), yticks=range(1, 7))
    return drawing
