"""Proofs for "Training at scale": what the page states and has no room to run, one function each."""

from __future__ import annotations

import numpy as np


def layer(x: np.ndarray, w: dict[str, np.ndarray], heads: int) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """One transformer layer on (tokens, width) and the tensors that its backward pass needs."""

    def norm(z: np.ndarray) -> np.ndarray:
        return (z - z.mean(1, keepdims=True)) / np.sqrt(z.var(1, keepdims=True) + 1e-5)

    s, h = x.shape
    a = norm(x)
    q, k, v = ((a @ w[n]).reshape(s, heads, -1).transpose(1, 0, 2) for n in "qkv")
    z = q @ k.transpose(0, 2, 1) / np.sqrt(h / heads)
    p = np.exp(z - z.max(2, keepdims=True))
    p /= p.sum(2, keepdims=True)
    o = (p @ v).transpose(1, 0, 2).reshape(s, h)
    x2 = x + o @ w["o"]
    b = norm(x2)
    u = b @ w["u"]
    c = u / (1 + np.exp(-1.702 * u))  # a common form of GELU
    saved = {"x": x, "a": a, "q": q, "k": k, "v": v, "p": p, "o": o, "x2": x2, "b": b, "u": u, "c": c}
    return x2 + c @ w["d"], saved


def layer_backward(
    g: np.ndarray, t: dict[str, np.ndarray], w: dict[str, np.ndarray], heads: int
) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """Gradients from the saved tensors alone."""

    def norm_back(d: np.ndarray, z: np.ndarray) -> np.ndarray:
        scale = np.sqrt(z.var(1, keepdims=True) + 1e-5)
        n = (z - z.mean(1, keepdims=True)) / scale
        return (d - d.mean(1, keepdims=True) - n * (d * n).mean(1, keepdims=True)) / scale

    s, h = g.shape
    grads = {"d": t["c"].T @ g}
    sig = 1 / (1 + np.exp(-1.702 * t["u"]))
    du = (g @ w["d"].T) * (sig + 1.702 * t["u"] * sig * (1 - sig))
    grads["u"] = t["b"].T @ du
    g2 = g + norm_back(du @ w["u"].T, t["x2"])
    grads["o"] = t["o"].T @ g2
    do = (g2 @ w["o"].T).reshape(s, heads, -1).transpose(1, 0, 2)
    dp = do @ t["v"].transpose(0, 2, 1)
    dz = t["p"] * (dp - (dp * t["p"]).sum(2, keepdims=True)) / np.sqrt(h / heads)
    parts = {"q": dz @ t["k"], "k": dz.transpose(0, 2, 1) @ t["q"], "v": t["p"].transpose(0, 2, 1) @ do}
    da = np.zeros_like(g)
    for n, part in parts.items():
        flat = part.transpose(1, 0, 2).reshape(s, h)
        grads[n] = t["a"].T @ flat
        da += flat @ w[n].T
    return g2 + norm_back(da, t["x"]), grads


def test_training_memory() -> None:
    """A layer's backward pass from the saved tensors alone agrees with finite differences; in 16 bits they are
    32 h bytes a token and 2 a s more for the softmax; 16 bytes a parameter in both recipes, 8 and 12 for SGD;
    2.6 GB of weights; 21, 13 and 13 GB; the doubled length; the quick check."""
    rng = np.random.default_rng(0)
    s, h, heads = 6, 8, 2
    shapes = dict.fromkeys("qkvo", (h, h)) | {"u": (h, 4 * h), "d": (4 * h, h)}
    w = {n: rng.normal(size=shape) / np.sqrt(h) for n, shape in shapes.items()}
    assert sum(m.size for m in w.values()) == 12 * h**2
    x, r = rng.normal(size=(s, h)), rng.normal(size=(s, h))
    _, saved = layer(x, w, heads)
    size = {n: 2 * t.size / s for n, t in saved.items()}  # bytes a token in 16 bits
    assert size.pop("p") == 2 * heads * s and sum(size.values()) == 32 * h
    table = [("x", "x2"), ("a",), ("q", "k", "v"), ("o",), ("b",), ("u", "c")]
    assert [sum(size[n] for n in row) / h for row in table] == [4, 2, 6, 2, 2, 16]
    dx, grads = layer_backward(r, saved, w, heads)
    for n in ["x", *w]:
        target = x if n == "x" else w[n]
        e = rng.normal(size=target.shape) * 1e-5
        up, down = (layer(x + k * e, w, heads) if n == "x" else layer(x, w | {n: w[n] + k * e}, heads) for k in (1, -1))
        slope = float((r * (up[0] - down[0])).sum() / 2)
        assert np.isclose(slope, float(((dx if n == "x" else grads[n]) * e).sum()), rtol=1e-5, atol=1e-12)
    assert 2 + 2 + 4 + 4 + 4 == 4 + 4 + 8 == 16 and 4 + 4 == 8 and 4 + 4 + 4 == 12
    layers, h, heads, s, v, b = 24, 2048, 16, 2048, 50_000, 4
    n = layers * 12 * h**2 + v * h
    state, kept, soft, logits = 16 * n, layers * b * s * 32 * h, layers * b * s * 2 * heads * s, b * s * v * 8
    assert round(n / 1e9, 1) == 1.3 and round(2 * n / 1e9, 1) == 2.6 and round(state / 1e9) == 21
    assert round(kept / 1e9) == round(soft / 1e9) == 13 and round((kept + soft + logits) / 1e9) == 29
    assert layers * (b // 2) * (2 * s) * 2 * heads * (2 * s) == 2 * soft
    assert round((state + kept + logits) / 1e9) == 37 and round((state + kept + soft + logits) / 1e9) == 50
    assert round(logits / 1e9) == 3
    # quick check: also with an extra 32-bit buffer for accumulated gradients
    acts = kept + soft + logits
    assert round(acts / 4 / 1e9) == 7 and round((state + acts / 4) / 1e9) == 28
    assert round((state + acts / 4 + 4 * n) / 1e9) == 33
    assert round(6 * n / 1e9, 1) == 7.9 and round((state + acts - 6 * n) / 1e9) == 42
    assert state + acts / 4 + 4 * n < 36e9
    assert min(state + acts, state + acts - 6 * n) > 36 * 2**30  # 36 GB or GiB


def test_mixed_precision() -> None:
    """fp16 spans 2^-24 to 65,504 with 10 fraction bits; bf16's next number after 1 is 1.0078; ones in fp16 stop at
    2,048; 0.003 is lost and 0.005 is not, at a weight of 1, half a step being 0.0039; updates of 0.0001 lie below half
    a step in both, and count on average with stochastic rounding; scaling a loss by S scales its gradient, norm
    included."""
    f = np.finfo(np.float16)
    assert f.smallest_subnormal == 2.0**-24 and f.max == 65504 and f.nmant == 10
    assert round(2.0**-24 * 1e8) == 6 and f.tiny == 2.0**-14

    def bf16(x: float) -> float:
        bits = np.float32(x).view(np.uint32).astype(np.uint64)
        bits = (bits + np.uint64(0x7FFF) + ((bits >> np.uint64(16)) & np.uint64(1))) >> np.uint64(16) << np.uint64(16)
        return float(bits.astype(np.uint32).view(np.float32))

    after = np.array([0x3F81 << 16], dtype=np.uint32).view(np.float32)[0]  # 1 is 0x3F80
    assert after == 1 + 2.0**-7 and f"{after:.4f}" == "1.0078" and bf16(1) == 1
    assert f"{(after - 1) / 2:.4f}" == "0.0039"
    assert bf16(1.003) == 1 and bf16(1.005) == after and np.isfinite(bf16(3e38))
    assert 1e-4 < 2.0**-11 < 2.0**-8
    total = np.float16(0)
    for _ in range(3000):
        total = np.float16(total + np.float16(1))
    assert total == 2048
    rng = np.random.default_rng(0)
    x, y, w = rng.normal(size=(20, 3)), rng.normal(size=20), rng.normal(size=3)

    def loss(v: np.ndarray, scale: float) -> float:
        return scale * float(((x @ v - y) ** 2).sum())

    def slope(scale: float) -> np.ndarray:
        return np.array([(loss(w + e, scale) - loss(w - e, scale)) / 2e-4 for e in 1e-4 * np.eye(3)])

    assert np.allclose(slope(1024), 1024 * slope(1)) and 10 - 7 == 3
    # stochastic rounding: up with probability (distance to the lower neighbor) / step, so the mean is kept
    step, weight, steps = 2.0**-7, np.ones(20_000), 100
    for _ in range(steps):
        down = np.floor((weight + 1e-4) / step) * step
        weight = down + step * (rng.random(weight.size) < (weight + 1e-4 - down) / step)
    assert abs(weight.mean() - (1 + steps * 1e-4)) < 4 * weight.std() / np.sqrt(weight.size)


def test_gradient_accumulation() -> None:
    """A row in the smallest micro-batch weighs ten times too much; forgetting to divide gives eight times the
    gradient; batch statistics differ; Adam ignores a constant factor but for epsilon and clipping does not; the mean of
    the batch is 2.5 and the mean of means 3."""
    assert np.isclose((1 / 4 / 10) / (1 / 400), 10)
    rng = np.random.default_rng(0)
    x, y, w = rng.normal(size=(64, 3)), rng.normal(size=64), rng.normal(size=3)
    grads = [x[i].T @ (x[i] @ w - y[i]) / 8 for i in np.split(np.arange(64), 8)]
    whole = x.T @ (x @ w - y) / 64
    assert np.allclose(sum(grads), 8 * whole) and np.allclose(sum(grads) / 8, whole)
    centered = np.concatenate([x[i] - x[i].mean(0) for i in np.split(np.arange(64), 8)])
    assert not np.allclose(centered, x - x.mean(0), atol=0.1)

    def adam(factor: float, eps: float) -> np.ndarray:
        m, v, out = np.zeros(3), np.zeros(3), np.zeros(3)
        for t in range(1, 20):
            g = factor * np.sin(t + np.arange(3))
            m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g
            out -= (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + eps)
        return out

    assert np.allclose(adam(1, 0), adam(8, 0)) and np.allclose(adam(1, 1e-8), adam(8, 1e-8), rtol=1e-5)
    assert not np.array_equal(adam(1, 1e-2), adam(8, 1e-2))
    assert (300 * 2 + 100 * 4) / 400 == 2.5 and (2 + 4) / 2 == 3 and (1 / 2 / 100) / (1 / 2 / 300) == 3


def test_activation_checkpointing() -> None:
    """1 + 1 + 2 is a third more than 1 + 2; L / s + s - 1 is least at the square root; 19 at 100 layers in segments of
    10; 16 times less a layer; 2 h L / s + 32 h s is least at 1 for 24 layers and 2 for 64; 0.8 instead of 12.9 GB, plus
    0.5."""
    assert np.isclose((1 + 1 + 2) / (1 + 2), 4 / 3)
    for n in (36, 64, 100):
        held = {s: n // s + s - 1 for s in range(1, n + 1) if n % s == 0}
        assert min(held, key=lambda s: held[s]) == round(n**0.5)
    assert 100 // 10 + 10 - 1 == 19 and 32 / 2 == 16
    for n, best in ((24, 1), (64, 2)):
        assert min(range(1, n + 1), key=lambda s: 2 * n / s + 32 * s) == best == round((n / 16) ** 0.5)
    tokens, h, layers = 8_192, 2_048, 24
    assert round(2 * h * tokens * layers / 1e9, 1) == 0.8 and round(32 * h * tokens * layers / 1e9, 1) == 12.9
    assert round(32 * h * tokens / 1e9, 1) == 0.5


def test_data_parallelism() -> None:
    """Averages of equal shares are the whole gradient, of unequal ones if scaled by count; 2.6 GB, 4.55 GB, 45.5 and
    455 ms, 320 ms; the ring stays below two gradients; 12.5 % from 8 to 64 devices; 2 (N - 1) rounds."""
    rng = np.random.default_rng(0)
    x, y, w = rng.normal(size=(64, 3)), rng.normal(size=64), rng.normal(size=3)
    shares = [x[i].T @ (x[i] @ w - y[i]) / len(i) for i in np.split(np.arange(64), 8)]
    assert np.allclose(np.mean(shares, 0), x.T @ (x @ w - y) / 64)
    cuts = np.split(np.arange(64), [5, 20, 50])  # unequal shares: 4 devices, summed loss times 4 / 64, then the mean
    summed = [x[i].T @ (x[i] @ w - y[i]) for i in cuts]
    whole = x.T @ (x @ w - y) / 64
    assert np.allclose(np.mean([d * 4 / 64 for d in summed], 0), whole)
    assert not np.allclose(np.mean([d / len(i) for d, i in zip(summed, cuts, strict=True)], 0), whole, rtol=0.05)
    parameters = 1.3 * 1e9
    size = 2 * parameters
    sent = 2 * 7 / 8 * size
    assert (
        np.isclose(size, 2.6e9)
        and round(sent / 100e9 * 1e3) < round(2 / 3 * 320) < round(sent / 10e9 * 1e3)
        and np.isclose(sent, 4.55e9)
        and round(sent / 100e9 * 1e3, 1) == 45.5
    )
    assert 32 / 16 == 2 and round(sent / 10e9 * 1e3) == 455 and round(6 * parameters * 16_384 / 400e12 * 1e3, -1) == 320
    assert all(2 * (n - 1) / n < 2 for n in range(2, 10_000))
    assert np.isclose((63 / 64) / (7 / 8), 1.125) and 2 * 7 / 8 == 1.75 and round(2 * 63 / 64, 2) == 1.97


def test_zero_and_fsdp() -> None:
    """Adam on shards is Adam on the whole; clipping by the global norm too, by each shard's own norm not, which turns
    the step; gathers and reduce-scatters add up to 2 and 3 passes; 0.65 GB a block; floors of 52 and 26 GB; 26.4
    GB at 512 GPUs."""
    rng = np.random.default_rng(0)
    g = rng.normal(size=(10, 12)) * np.repeat([1, 5, 0.2, 1], 3)

    def adam(grads: np.ndarray) -> np.ndarray:
        m, v, w = (np.zeros(grads.shape[1]) for _ in range(3))
        for t, d in enumerate(grads, 1):
            m, v = 0.9 * m + 0.1 * d, 0.999 * v + 0.001 * d * d
            w -= 0.01 * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
        return w

    shards = np.split(g, 4, axis=1)
    assert np.array_equal(np.concatenate([adam(s) for s in shards]), adam(g))
    step = g[0]
    norm = np.sqrt(sum((s[0] ** 2).sum() for s in shards))
    assert np.isclose(norm, np.linalg.norm(step))
    own = np.concatenate([s[0] / max(1, np.linalg.norm(s[0])) for s in shards])
    assert own @ step / np.linalg.norm(own) / np.linalg.norm(step) < 0.95
    for n in (4, 16, 64):
        scatter = gather = (n - 1) / n
        assert np.isclose(scatter + gather, 2 * (n - 1) / n) and np.isclose((scatter + 2 * gather) / (2 * gather), 1.5)
    k = 8  # micro-batches a step, in passes: k reduce-scatters and a gather; k times a reduce-scatter and two gathers
    assert (k + 1) / 2 == 4.5 and 3 * k / 2 == 12
    assert 13e9 / 40 * 2 / 1e9 == 0.65 and 4 * 13 == 52 and 2 * 13 == 26 and 16 * 13 == 208
    at_64, at_512 = ((2 + 14 / k) * 13 for k in (64, 512))
    assert f"{at_64:.1f}" == "28.8" and f"{at_64 / 8:.1f}" == "3.6"
    assert f"{at_512:.1f}" == "26.4" and f"{at_512 - 26:.1f}" == "0.4"


def test_tensor_or_pipeline_parallel() -> None:
    """Columns then rows need one sum, rows first fails through a nonlinearity; heads split likewise; 67 MB, 470 MB,
    37.6 GB and 280 times; the bubble of the figure is nine units; with one micro-batch one device works; 40 %."""
    rng = np.random.default_rng(0)
    x, a, b = rng.normal(size=(5, 8)), rng.normal(size=(8, 16)), rng.normal(size=(16, 8))
    y = np.tanh(x @ a) @ b
    parts = [np.tanh(x @ ai) @ bi for ai, bi in zip(np.split(a, 4, 1), np.split(b, 4), strict=True)]
    assert np.allclose(sum(parts), y)
    wrong = sum(np.tanh(xi @ ai) for xi, ai in zip(np.split(x, 4, 1), np.split(a, 4), strict=True))
    assert not np.allclose(wrong, np.tanh(x @ a), atol=0.1)

    def head(q: np.ndarray, k: np.ndarray, v: np.ndarray) -> np.ndarray:
        p = np.exp(q @ k.T)
        return p / p.sum(1, keepdims=True) @ v

    wq, wk, wv, wo = rng.normal(size=(4, 8, 8)) / 3
    cut = [slice(0, 4), slice(4, 8)]
    heads = [head(x @ wq[:, c], x @ wk[:, c], x @ wv[:, c]) for c in cut]
    assert np.allclose(np.concatenate(heads, 1) @ wo, sum(h @ wo[c] for h, c in zip(heads, cut, strict=True)))
    act = 4096 * 8192 * 2
    layer_bytes = 4 * 1.75 * act
    assert 2 * 7 / 8 == 1.75
    assert round(act / 1e6) == 67 and round(layer_bytes / 1e6, -1) == 470 and round(80 * layer_bytes / 1e9, 1) == 37.6
    assert np.isclose(80 * layer_bytes / (2 * act), 280)
    # four stages, five micro-batches, 3 units each: 24 in all, 9 idle
    assert 3 * (5 + 3) - 3 * 5 == 9
    for p in (2, 8):
        assert np.isclose(1 - (p - 1) / (1 + p - 1), 1 / p)  # m = 1: the work of one device
    assert np.isclose((8 + 7) / 8, 1.875) and (56 + 7) / 56 == 1.125 and np.isclose(1 - 1.125 / 1.875, 0.4)
    # interleaving: v slices, each a v-th as long, so the ramp of p - 1 slots is a v-th as long
    p, m, v = 8, 32, 4
    ramp, work = (p - 1) / v, m
    assert np.isclose(ramp / (ramp + work), (p - 1) / (v * m + p - 1))
