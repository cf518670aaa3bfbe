"""How a learned linear model overtakes a rule of equal weights as labels arrive."""

import numpy as np
from matplotlib.figure import Figure


def figure() -> Figure:
    """AUC on new rows against the number of labels, means of 150 draws of weights and data."""
    labels = (30, 50, 80, 130, 200, 350, 600, 1000, 2000)
    rule, model = [], []
    for n in labels:
        runs = []
        for seed in range(150):
            rng = np.random.default_rng(seed)
            weights = rng.uniform(0, 1, 10)
            x = rng.normal(size=(n + 1_000, 10))
            y = x @ weights + 2 * rng.logistic(size=n + 1_000) > 0
            learned = np.linalg.lstsq(x[:n], 2.0 * y[:n] - 1, rcond=None)[0]
            runs.append((_auc(x[n:].sum(1), y[n:]), _auc(x[n:] @ learned, y[n:])))
        first, second = np.mean(runs, 0)
        rule.append(first)
        model.append(second)

    drawing = Figure(figsize=(6.4, 3.8))
    ax = drawing.subplots()
    ax.axhline(np.mean(rule), color="C0", linestyle="--", linewidth=2)
    ax.plot(labels, model, color="C1", linewidth=2.4)
    ax.text(30, np.mean(rule) + 0.005, "rule: plain sum", color="C0", fontsize=13)
    ax.text(95, 0.635, "learned weights", color="C1", fontsize=13)
    ax.set_xscale("log")
    ax.set_xticks([30, 100, 300, 1000], ["30", "100", "300", "1,000"], fontsize=12)
    ax.minorticks_off()
    ax.set_ylim(0.58, 0.735)
    ax.set_yticks([0.6, 0.65, 0.7], ["0.60", "0.65", "0.70"], fontsize=12)
    ax.set_xlabel("labels to learn from", fontsize=13)
    ax.set_ylabel("AUC on new rows", fontsize=13)
    ax.spines[["top", "right"]].set_visible(False)
    return drawing


def _auc(score: np.ndarray, y: np.ndarray) -> float:
    rank, hits = score.argsort().argsort(), y.sum()
    return float((rank[y].sum() - hits * (hits - 1) / 2) / (hits * (~y).sum()))
