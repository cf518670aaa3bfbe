"""Recall of an inverted file against cells probed: full vectors, codes alone, and codes with 50 rescored."""

import numpy as np
from matplotlib.figure import Figure


def distances(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Squared distances between the rows of a and those of b."""
    return (a**2).sum(1)[:, None] - 2 * a @ b.T + (b**2).sum(1)


def kmeans(v: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
    """Centers after eight rounds from the first k rows, and the nearest center of each row."""
    centers = v[:k]
    for _ in range(8):
        member = np.eye(k)[distances(v, centers).argmin(1)]
        centers = member.T @ v / np.maximum(member.sum(0), 1)[:, None]
    return centers, distances(v, centers).argmin(1)


def figure() -> Figure:
    """The run on the page, for every number of cells."""
    rng = np.random.default_rng(0)
    mix = rng.normal(size=(8, 32))

    def draw(n: int) -> np.ndarray:
        return rng.normal(size=(n, 8)) @ mix + 0.5 * rng.normal(size=(n, 32))

    x, queries = draw(4_000), draw(200)
    centers, cell = kmeans(x, 40)
    decoded, rest = centers[cell], x - centers[cell]
    for i in range(0, 32, 4):
        book, code = kmeans(rest[:, i : i + 4], 16)
        decoded[:, i : i + 4] += book[code]
    exact, coded = distances(queries, x), distances(queries, decoded)
    best = exact.argpartition(10)[:, :10].tolist()
    rank = distances(queries, centers).argsort().argsort()

    def recall(score: np.ndarray) -> float:
        found = score.argpartition(10)[:, :10].tolist()
        return float(np.mean([len(set(a) & set(b)) / 10 for a, b in zip(found, best, strict=True)]))

    cells, curves = (1, 2, 3, 4, 6, 8, 10, 13, 16, 20), []
    for probed in cells:
        seen = rank[:, cell] < probed
        full, short = np.where(seen, exact, np.inf), np.where(seen, coded, np.inf)
        last = np.partition(short, 49)[:, [49]]
        curves.append((recall(full), recall(np.where(short <= last, full, np.inf)), recall(short)))
    full, rescored, codes = np.transpose(curves)

    drawing = Figure(figsize=(6.4, 3.4))
    ax = drawing.subplots()
    ax.plot(cells, full, color="C0", linewidth=2)
    ax.plot(cells, rescored, color="C2", linewidth=2, linestyle="--")
    ax.plot(cells, codes, color="C1", linewidth=2, linestyle="-.")
    ax.text(20, 1.02, "full vectors", color="C0", ha="right", va="bottom")
    ax.text(20, 0.945, "codes, 50 rescored", color="C2", ha="right", va="top")
    ax.text(20, 0.57, "codes alone", color="C1", ha="right", va="top")
    ax.set(xlabel="cells probed, of 40", ylabel="recall@10", xlim=(0, 20.5), ylim=(0.35, 1.1))
    ax.set_xticks([1, 5, 10, 15, 20])
    ax.set_yticks([0.4, 0.6, 0.8, 1.0])
    return drawing
