"""Proofs for "Networks from scratch": what the page states and has no room to run, one function a question."""

from __future__ import annotations

import math
import warnings

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def softmax(z: Floats) -> Floats:
    """Row by row, along the last axis."""
    p: Floats = np.exp(z - z.max(axis=-1, keepdims=True))
    return p / p.sum(axis=-1, keepdims=True)


def xent(logits: Floats, y: NDArray[np.int_]) -> tuple[float, Floats]:
    """The page's loss and gradient."""
    rows = np.arange(len(y))
    z = logits - logits.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    grad = np.exp(log_p)
    grad[rows, y] -= 1
    return -log_p[rows, y].mean(), grad / len(y)


def test_code_softmax_cross_entropy() -> None:
    """Decides the edge cases (empty batch, label -1, minus infinity), the three mistakes, the gradient for soft targets
    and the quick check."""
    grad = xent(np.zeros((4, 3)), np.zeros(4, int))[1]
    assert np.allclose(grad[0], [-1 / 6, 1 / 12, 1 / 12])
    assert np.allclose(4 * grad[0], [-2 / 3, 1 / 3, 1 / 3]) and np.allclose(grad.sum(axis=1), 0)
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        assert np.isnan(xent(np.zeros((0, 3)), np.zeros(0, int))[0])
    rng = np.random.default_rng(0)
    z = rng.normal(size=(5, 3))
    assert xent(z, np.full(5, -1))[0] == xent(z, np.full(5, 2))[0]
    z[:, 1] = -np.inf
    loss, grad = xent(z, np.array([0, 2, 0, 2, 0]))
    assert np.isfinite(loss) and np.isfinite(grad).all() and (grad[:, 1] == 0).all()
    with np.errstate(all="ignore"):
        assert xent(z, np.full(5, 1))[0] == np.inf
        assert np.isnan(xent(np.full((1, 3), -np.inf), np.array([0]))[0])
        far = np.array([[0.0, 0.0], [2000.0, 0.0]])  # one maximum for the whole batch
        assert np.log(np.exp(far - far.max()).sum(axis=1))[0] == -np.inf
    log_p = np.log(softmax(rng.normal(size=(5, 3))))
    y = np.array([0, 2, 1, 1, 0])
    assert log_p[:, y].shape == (5, 5) and abs(log_p[:, y].mean() - log_p[range(5), y].mean()) > 0.01
    assert f"{-math.log(1e-12):.1f}" == "27.6"
    z, q = rng.normal(size=4), softmax(rng.normal(size=4))  # soft targets: p - q
    for j in range(4):
        e = 1e-6 * np.eye(4)[j]
        slope = (-(q * np.log(softmax(z + e))).sum() + (q * np.log(softmax(z - e))).sum()) / 2e-6
        assert abs(slope - (softmax(z) - q)[j]) < 1e-8


def two_layers(p: dict[str, Floats], x: Floats, y: Floats) -> tuple[float, dict[str, Floats]]:
    """The page's network."""
    a = x @ p["W1"] + p["b1"]
    h = np.maximum(a, 0)
    d_out = (h @ p["W2"] + p["b2"] - y) / len(x)
    d_a = d_out @ p["W2"].T * (a > 0)
    grads = {"W1": x.T @ d_a, "b1": d_a.sum(axis=0), "W2": h.T @ d_out, "b2": d_out.sum(axis=0)}
    return 0.5 * float(((d_out * len(x)) ** 2).sum()) / len(x), grads


def test_code_backprop() -> None:
    """Decides that at the kink the difference is the mean of both one-sided slopes at any step, that a start at zero
    moves only the last bias, that updating W2 first spoils the gradient, and the quick check's 0.98."""
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(4, 3)), rng.normal(size=(4, 2))
    x[0] = 0
    p = {"W1": rng.normal(size=(3, 5)), "b1": np.zeros(5), "W2": rng.normal(size=(5, 2)), "b2": np.zeros(2)}
    loss, grads = two_layers(p, x, y)
    for step in (1e-3, 1e-5):
        for j in range(5):
            e = step * np.eye(5)[j]
            up = two_layers({**p, "b1": e}, x, y)[0]
            down = two_layers({**p, "b1": -e}, x, y)[0]
            right, left = (up - loss) / step, (loss - down) / step
            assert abs(left - grads["b1"][j]) < 10 * step < 1e3 * abs(right - left)
            assert np.isclose((up - down) / (2 * step), (left + right) / 2, atol=1e-9)
    zeros = {name: np.zeros_like(w) for name, w in p.items()}
    moved = {name for name, g in two_layers(zeros, x, y)[1].items() if np.abs(g).max() > 0}
    assert moved == {"b2"}
    shifted = [two_layers({**zeros, "W1": s * np.ones((3, 5))}, x, y)[0] for s in (1e-6, -1e-6)]
    assert shifted[0] == shifted[1]  # both gradients zero: the check divides 0 by 1e-12
    early = {**p, "W2": p["W2"] - 0.1 * grads["W2"]}
    assert np.abs(two_layers(early, x, y)[1]["W1"] - grads["W1"]).max() > 0.01
    n = 50
    d_out = rng.normal(size=(n, 2)) / n
    right_b, wrong_b = d_out.sum(axis=0), d_out.mean(axis=0)
    error = np.linalg.norm(right_b - wrong_b) / max(np.linalg.norm(right_b), np.linalg.norm(wrong_b))
    assert np.isclose(error, 49 / 50) and f"{error:.2f}" == "0.98" and 1 / 50 == 0.02


def layer_norm(x: Floats, eps: float = 1e-5) -> tuple[Floats, Floats]:
    """Normalized rows and one over the root, gamma 1 and beta 0."""
    centered = x - x.mean(axis=-1, keepdims=True)
    r = 1 / np.sqrt((centered**2).mean(axis=-1, keepdims=True) + eps)
    return centered * r, r


def layer_norm_back(g: Floats, x_hat: Floats, r: Floats) -> Floats:
    """The page's three terms."""
    along = (g * x_hat).mean(axis=-1, keepdims=True)
    return r * (g - g.mean(axis=-1, keepdims=True) - x_hat * along)


def test_code_layer_norm() -> None:
    """Decides the edge cases (constant row, width 1), the halved gradient of the quick check, the sum of zero, the
    gradients of RMSNorm and batch norm, and the variance that float32 loses."""
    rng = np.random.default_rng(0)
    g = rng.normal(size=(3, 8))
    x_hat, r = layer_norm(np.full((3, 8), 7.0))
    assert (x_hat == 0).all() and np.allclose(layer_norm_back(g, x_hat, r), (g - g.mean(1, keepdims=True)) * r)
    assert f"{r[0, 0]:.0f}" == "316"
    one, root = layer_norm(rng.normal(size=(3, 1)))
    assert (one == 0).all() and (layer_norm_back(g[:, :1], one, root) == 0).all()
    x = rng.normal(size=(3, 8))
    single = layer_norm_back(g, *layer_norm(x, eps=0))
    double = layer_norm_back(g, *layer_norm(2 * x, eps=0))
    assert np.allclose(double, single / 2) and np.allclose(single.sum(axis=1), 0)
    assert np.abs(single - layer_norm(x, eps=0)[1] * g).max() > 0.1
    rms = 1 / np.sqrt((x**2).mean(axis=1, keepdims=True) + 1e-5)
    formula = rms * (g - x * rms * (g * x * rms).mean(axis=1, keepdims=True))
    formula_batch = layer_norm_back(g.T, *layer_norm(x.T)).T
    for i in np.ndindex(x.shape):
        e = np.zeros_like(x)
        e[i] = 1e-6
        ends = [(g * m / np.sqrt((m**2).mean(axis=1, keepdims=True) + 1e-5)).sum() for m in (x + e, x - e)]
        assert abs((ends[0] - ends[1]) / 2e-6 - formula[i]) < 1e-7
        ends = [(g * (m - m.mean(0)) / np.sqrt(m.var(0) + 1e-5)).sum() for m in (x + e, x - e)]
        assert abs((ends[0] - ends[1]) / 2e-6 - formula_batch[i]) < 1e-6
    assert np.spacing(np.float32(10_000**2)) == 8
    values = (10_000 + rng.normal(size=512)).astype(np.float32)
    squares = [float((v**2).mean() - v.mean() ** 2) for v in (values, values[:100], values[:37])]
    assert max(abs(s - 1) for s in squares) > 1 and abs(values.std() - 1) < 0.15


def test_code_adam() -> None:
    """Decides the first steps of each slip by an independent formula, the step after resuming with empty averages and
    after a long silence, the failure on integers, and the quick check's 0.67."""
    m, v = 0.1, 0.001
    assert f"{m / math.sqrt(v):.1f}" == "3.2" and abs(1 - (1 - 0.999**20_000)) < 1e-8
    quiet_m, quiet_v = 0.9**20_000, 0.999**20_000
    late = (0.9 * quiet_m + 0.1) / math.sqrt(0.999 * quiet_v + 0.001)
    assert f"{late:.1f}" == "3.2"
    m_hat, v_hat = 0.9 * m / (1 - 0.9**2), 0.999 * v / (1 - 0.999**2)
    assert np.isclose(m_hat, 0.09 / 0.19) and np.isclose(v_hat, 0.000999 / 0.001999)
    assert f"{m_hat / math.sqrt(v_hat):.2f}" == "0.67"
    assert f"{0.9 * 1:.2f}" == "0.90"
    assert math.isclose(math.sqrt(1e-8), 0.0001)
    p = np.zeros(3, int)
    try:
        p -= np.array([0.5, 0.5, 0.5])
    except TypeError as error:
        assert "Cannot cast" in str(error)
    else:
        raise AssertionError("integers were updated")
    assert 2 * np.zeros(1, np.float32).nbytes == 8


def test_training_loop_bugs() -> None:
    """Decides the floor of a doubled softmax for three and ten classes, the twin's backward pass through both softmaxes
    by differences, that of ten sorted batches at most two hold more than one class, and that only the loss of 15.17 is
    above the 1.10 of a uniform guess."""
    assert max(0.32, 0.75, 0.35) < math.log(3) < 15.17
    for classes, floor in ((3, "0.55"), (10, "1.46")):
        sure = softmax(np.array([[1000.0] + [0.0] * (classes - 1)]))
        loss = xent(sure, np.array([0]))[0]
        assert np.isclose(loss, math.log(1 + (classes - 1) / math.e)) and f"{loss:.2f}" == floor
    assert f"{math.log(10):.2f}" == "2.30"
    for first in range(0, 601, 7):
        for second in range(first, 601, 7):  # where the second and the third class begin
            kinds = (np.arange(600) >= first).astype(int) + (np.arange(600) >= second)
            batches = kinds.reshape(10, 60)
            assert (batches[:, 0] == batches[:, -1]).sum() >= 8
    rng = np.random.default_rng(0)
    z, y = rng.normal(size=(4, 3)), np.array([0, 1, 2, 1])
    p = softmax(z)
    d = (softmax(p) - np.eye(3)[y]) / 4
    d = p * (d - (d * p).sum(axis=1, keepdims=True))
    for i in np.ndindex(z.shape):
        e = np.zeros_like(z)
        e[i] = 1e-6
        slope = (xent(softmax(z + e), y)[0] - xent(softmax(z - e), y)[0]) / 2e-6
        assert abs(slope - d[i]) < 1e-8


def test_code_attention() -> None:
    """Decides the masking mistakes (weights after the softmax, queries for keys), that the scores are what doubles with
    the heads, and which tokens a wrongly cut head holds."""
    rng = np.random.default_rng(0)
    t, d = 6, 8
    x = rng.normal(size=(t, d))
    tokens = np.repeat(np.arange(t), d).reshape(t, d)
    wrong = tokens.reshape(2, t, d // 2)
    assert set(wrong[0].ravel()) == {0, 1, 2} and set(wrong[1].ravel()) == {3, 4, 5}
    real = np.array([True, True, True, False, True, True])

    def attend(x: Floats, allowed: NDArray[np.bool_]) -> Floats:
        return softmax(np.where(allowed, x @ x.T / np.sqrt(d), -1e30)) @ x

    causal = np.tri(t) > 0
    other = x.copy()
    other[3] += 1  # the padding token changes
    keys, queries = causal & real[None, :], causal & real[:, None]
    assert np.allclose(attend(x, keys)[real], attend(other, keys)[real])
    assert np.abs(attend(x, queries) - attend(other, queries))[real].max() > 0.01
    last = x.copy()
    last[5] += 1
    after = [np.where(causal, softmax(m @ m.T / np.sqrt(d)), 0) @ m for m in (x, last)]
    assert np.abs(after[0] - after[1])[:5].max() > 0.01
    poisoned = x.copy()
    poisoned[3] = np.nan  # its weight is 0 in every other row, and still all of them become NaN
    weights = softmax(np.where(keys, np.nan_to_num(poisoned @ poisoned.T), -1e30))
    assert (weights[real, 3] == 0).all() and np.isnan(weights @ poisoned).all()
    width, length = 512, 100
    for heads, root in ((8, 8.0), (16, 5.7)):
        q = np.zeros((heads, length, width // heads))
        scores = q @ q.swapaxes(1, 2)
        assert scores.size == heads * length**2
        assert scores.size * (width // heads) == width * length**2
        assert round(math.sqrt(width // heads), 1) == root


def decode(parts: list[NDArray[np.int_]], model: dict[str, Floats], bug: str) -> Floats:
    """Outputs of a cached decoder that reads one part after the other, with or without a bug."""
    width = model["embed"].shape[1]
    cache = [[np.zeros((0, width)), np.zeros((0, width))] for _ in model["layers"]]
    outputs = []
    for call, part in enumerate(parts):
        past, n = len(cache[0][0]), len(part)
        start = 0 if bug == "position" else past
        x = model["embed"][part] + model["position"][start : start + n]
        seen = np.tri(n, past + n, k=0 if bug == "offset" else past) > 0
        if bug == "none at all" or (bug == "none later" and call):
            seen[:] = True
        for (q, k, v), layer in zip(model["layers"], cache, strict=True):
            layer[0], layer[1] = np.concatenate([layer[0], x @ k]), np.concatenate([layer[1], x @ v])
            x = x + softmax(np.where(seen, x @ q @ layer[0].T / np.sqrt(width), -1e30)) @ layer[1]
        outputs.append(x)
    return np.concatenate(outputs)


def test_code_kv_cache() -> None:
    """Decides every cell of the table of mistakes, the quick check with two chunks of four, that rejected tokens can be
    cut, and that a common prefix can be shared."""
    rng = np.random.default_rng(0)
    width, length = 8, 9
    model = {
        "embed": rng.normal(size=(20, width)),
        "position": rng.normal(size=(length, width)),
        "layers": rng.normal(size=(3, 3, width, width)) / width**0.5,
    }
    tokens = rng.integers(20, size=length)

    def agrees(bug: str, sizes: list[int]) -> bool:
        used = tokens[: sum(sizes)]
        parts = np.split(used, np.cumsum(sizes)[:-1])
        gap = float(np.abs(decode(parts, model, bug) - decode([used], model, "")).max())
        assert gap < 1e-12 or gap > 0.01
        return gap < 1e-12

    splits = ([1] * 9, [5, 1, 1, 1, 1], [4, 3, 2])
    table = {
        "": (True, True, True),
        "position": (False, False, False),
        "offset": (False, False, False),
        "none at all": (True, False, False),
        "none later": (True, True, False),
    }
    for bug, row in table.items():
        assert tuple(agrees(bug, sizes) for sizes in splits) == row
    assert agrees("none later", [8]) and not agrees("none later", [4, 4])
    assert not agrees("position", [4, 1, 1, 1, 1])
    drafted = tokens.copy()
    drafted[7:] = (drafted[7:] + 1) % 20  # what stands before a rejected token is not touched
    assert np.allclose(decode([tokens], model, "")[:7], decode([drafted], model, "")[:7])


def test_code_sampling() -> None:
    """Decides the floating-point tie, the empty set of the wrong mask, k of 0 and -1, the draws within four standard
    errors, the Gumbel trick, logits set to zero, and the quick check."""
    assert str(0.5 + 0.2 + 0.1) == "0.7999999999999999"
    assert np.searchsorted(np.cumsum([0.5, 0.2, 0.1, 0.1, 0.1]), 0.8) + 1 == 4
    p = np.array([0.6, 0.3, 0.1])
    assert np.searchsorted(p.cumsum(), 0.5) + 1 == 1 and (p.cumsum() <= 0.5).sum() == 0
    ten = np.full(10, 0.1)
    assert ten.cumsum()[-1] < 1  # rounding in the running sum
    after = np.sqrt([0.4**4, 0.3**4, 0.2**4, 0.0])
    after /= after.sum()
    assert np.allclose(after.round(3), [0.552, 0.31, 0.138, 0])
    n = 100_000
    error = np.sqrt(after * (1 - after) / n)
    before, shares = np.array([0.64, 0.36, 0, 0]), np.array([0.63981, 0.36019, 0, 0])
    assert (np.abs(shares - before) <= 4 * np.sqrt(before * (1 - before) / n)).all()
    rng = np.random.default_rng(1)
    with np.errstate(divide="ignore"):
        noisy = np.log(after) + rng.gumbel(size=(n, 4))
    shares = np.bincount(noisy.argmax(axis=1), minlength=4) / n
    assert (np.abs(shares - after) <= 4 * error).all()
    order = np.argsort([-1.0, -3.0, -2.0], kind="stable")
    assert order[:-1].tolist() == [1, 2] and len(order[:0]) == 0  # k = -1 drops the least likely; k = 0 leaves none
    z = np.log([0.4, 0.3, 0.2, 0.1])
    assert softmax(np.array([[z[0], z[1], 0, 0]]))[0, 2:].min() > 0.1


def test_code_lora() -> None:
    """Decides the trained numbers and their share, the two wrong backward passes, which matrix moves first from a start
    with A at zero, and that descent reaches the best rank-r change for eight seeds."""
    assert 8 * (1024 + 1024) == 16_384 and 1024 * 1024 == 1_048_576
    assert f"{100 * 16_384 / 1_048_576:.1f}" == "1.6"
    for d, k, r in ((1024, 1024, 8), (300, 700, 4), (64, 4096, 16)):  # forming BA once against the detour per row
        for n in range(1, 2000):
            assert (r * d * k < n * r * (d + k)) == (n > d * k / (d + k))
    rng = np.random.default_rng(0)
    w, a, b = rng.normal(size=(4, 6)), rng.normal(size=(2, 6)), rng.normal(size=(4, 2))
    x, dy, scale = rng.normal(size=(5, 6)), rng.normal(size=(5, 4)), 4.0
    right = dy @ w + scale * dy @ b @ a
    assert np.allclose(right, dy @ (w + scale * b @ a)) and np.abs(right - dy @ w).max() > 0.1
    assert np.abs(x @ (w + b @ a).T - (x @ w.T + scale * x @ a.T @ b.T)).max() > 0.1
    merged = w + scale * b @ a
    assert np.allclose(merged - scale * b @ a, w)

    def grads(a: Floats, b: Floats) -> tuple[Floats, Floats]:
        return scale * (dy @ b).T @ x, scale * dy.T @ (x @ a.T)

    d_a, d_b = grads(0 * a, b)
    assert np.abs(d_a).max() > 0.1 and (d_b == 0).all()
    d_a, d_b = grads(0 * a, 0 * b)
    assert (d_a == 0).all() and (d_b == 0).all()
    assert f"{math.sqrt(9 + 4 + 1):.3f}" == "3.742"
    draws = [np.random.default_rng(seed) for seed in range(8)]
    sides = np.array([[np.linalg.qr(g.normal(size=(12, 3)))[0] for _ in range(2)] for g in draws])
    goal = sides[:, 0] @ np.diag([3.0, 2, 1]) @ sides[:, 1].swapaxes(1, 2)
    for rank, left in ((1, "2.236"), (2, "1.000"), (3, "0.000")):
        a, b = np.array([g.normal(size=(rank, 12)) for g in draws]) / np.sqrt(12), np.zeros((8, 12, rank))
        for _ in range(400):
            dy = (b @ a - goal).swapaxes(1, 2)  # identity inputs, so W drops out
            d_a, d_b = (dy @ b).swapaxes(1, 2), (a @ dy).swapaxes(1, 2)
            a, b = a - 0.1 * d_a, b - 0.1 * d_b
        assert {f"{x:.3f}" for x in np.linalg.norm(b @ a - goal, axis=(1, 2))} == {left}
