"""Mean regret of UCB1, of UCB with a quarter of its bonus and of Thompson sampling against pulls."""

import numpy as np
from matplotlib.figure import Figure

RATES = np.array([0.50, 0.45, 0.45, 0.40, 0.40])


def _curve(rule: float | None, n: int = 2_000, runs: int = 100) -> np.ndarray:
    """Mean regret after each pull; a number is the factor on UCB1's bonus, None is Thompson sampling."""
    rng, row = np.random.default_rng(0), np.arange(runs)
    wins, pulls = np.zeros((2, runs, 5))
    regret = np.zeros(n)
    for t in range(n):
        if rule is None:
            score = rng.beta(wins + 1, pulls - wins + 1)
        else:
            k = np.maximum(pulls, 0.01)
            score = wins / k + rule * np.sqrt(2 * np.log(t + 2) / k)
        arm = score.argmax(1)
        pulls[row, arm] += 1
        wins[row, arm] += rng.random(runs) < RATES[arm]
        regret[t] = (0.50 - RATES[arm]).mean()
    return regret.cumsum()


def figure() -> Figure:
    """Five Bernoulli arms, feedback at once, 100 runs; a dotted line for uniform choice."""
    pulls = np.arange(1, 2_001)
    drawing = Figure(figsize=(6.4, 3.4))
    ax = drawing.subplots()
    lines = (
        (_curve(1.0), "C1", "--", "UCB1", 1_990, 76),
        (_curve(None), "C0", "-", "Thompson", 1_990, 64),
        (_curve(0.25), "C2", "-.", "a quarter of the bonus", 1_990, 25),
    )
    ax.plot(pulls, 0.06 * pulls, color="C3", linestyle=":", linewidth=1.8)
    ax.text(880, 62, "uniform", color="C3", ha="right", va="bottom")
    for regret, color, style, name, x, y in lines:
        ax.plot(pulls[::20], regret[::20], color=color, linestyle=style, linewidth=2)
        ax.text(x, y, name, color=color, ha="right", va="center")
    ax.set(xlabel="pulls", ylabel="regret", xlim=(0, 2_000), ylim=(0, 120), xticks=(0, 500, 1_000, 1_500, 2_000))
    return drawing
