"""Proofs for "Optimizers": what the page states and has no room to run, one function a question."""

from __future__ import annotations

from math import atan2, ceil, cos, degrees, exp, log, pi, sqrt

import numpy as np
from scipy.optimize import brentq
from scipy.special import comb, expit


def envelope(x: float, beta: float) -> float:
    """Asymptotic factor a step of heavy-ball momentum on a quadratic with rate times curvature x."""
    return float(abs(np.linalg.eigvals([[1 + beta - x, -beta], [1, 0]])).max())


def noise_floor(eta: float, beta: float) -> float:
    """Stationary variance around the minimum: curvature 1, independent gradient noise of variance 1."""
    step = np.array([[1 - eta, -eta * beta], [1, beta]])  # of (parameter, velocity)
    push = np.array([-eta, 1.0])
    solution = np.linalg.solve(np.eye(4) - np.kron(step, step), np.outer(push, push).ravel())
    return float(solution[0])


def adam_step(m: float, v: float, t: int) -> float:
    """Length of a step in units of the rate, corrected."""
    return m / (1 - 0.9**t) / sqrt(v / (1 - 0.999**t))


def test_momentum() -> None:
    """0.48 after seven steps; 10 g and 0.53 g; 254 steps, or 65 to 150; the range 0.003 to 3.79; the table of
    variances and what it approximates; the figure: less than half of the way, and past the minimum. Quick
    check: ten times; at 0.99 the sum is 100, and an average with 1 - beta has no such factor; steps on the
    floor are fewer in the figure."""
    assert round(0.9**7, 2) == 0.48
    same = alternating = average = long = 0.0
    for t in range(3_000):
        same, long, average = 0.9 * same + 1, 0.99 * long + 1, 0.99 * average + 0.01
        alternating = 0.9 * alternating + (-1) ** t
    assert np.isclose(same, 10) and np.isclose(long, 100) and np.isclose(long / same, 10) and np.isclose(average, 1)
    assert round(abs(alternating), 2) == 0.53 == round(1 / 1.9, 2) and round(0.99 / 0.9, 1) == 1.1
    assert ceil(log(100) / -log(1 - 0.018)) == 254
    assert round(sqrt(0.9), 3) == 0.949
    assert all(np.isclose(envelope(x, 0.9), sqrt(0.9)) for x in np.linspace(0.003, 3.79, 200))
    assert envelope(0.0025, 0.9) > 0.951 and envelope(3.8001, 0.9) > 1
    x = np.linspace(0.003, 3.79, 20_001)
    place, speed, last = np.ones_like(x), np.zeros_like(x), np.zeros_like(x)
    for t in range(1, 300):
        speed = 0.9 * speed + x * place
        place = place - speed
        last[abs(place) > 0.01] = t
    assert last.min() + 1 >= 65 and last.max() + 1 <= 150  # steps until the error stays below a hundredth
    assert [round(noise_floor(*case), 3) for case in ((0.01, 0), (0.01, 0.9), (0.1, 0))] == [0.005, 0.050, 0.053]
    assert round(noise_floor(0.01, 0.9) / noise_floor(0.01, 0)) == 10
    assert 0.95 < noise_floor(0.01, 0.9) / noise_floor(0.1, 0) < 1
    assert 0.95 < noise_floor(0.001, 0.99) / noise_floor(0.1, 0) < 1  # rate over (1 - beta) kept
    for beta, low, high in ((0.0, -10, -5), (0.9, 2, 4)):
        x, v = np.array([-10.0, 1.0]), np.zeros(2)
        for _ in range(30):
            v = beta * v + np.array([1, 100]) * x
            x = x - 0.018 * v
        assert low < x[0] < high
    plain, ball = 10.0, 10.0  # the convention: ten times the rate gives the same path
    v = u = 0.0
    for _ in range(50):
        v, u = 0.9 * v + plain, 0.9 * u + 0.1 * ball
        plain, ball = plain - 0.01 * v, ball - 0.1 * u
        assert np.isclose(plain, ball)
    # tuned constants: steps grow with the root of the condition number
    for kappa in (100.0, 10_000.0):
        root = sqrt(kappa)
        beta = ((root - 1) / (root + 1)) ** 2
        rate = (2 / (1 + 1 / root)) ** 2
        assert np.isclose(envelope(rate, beta), sqrt(beta), atol=1e-4)
        assert 1.9 < -log(beta) / 2 * root < 2.1


def test_adam() -> None:
    """3.2, 6.6 at step 12 and 1.26 at step 1,000 without correction; first step is the rate; noise steps of 0.23
    rates; scaling the loss leaves steps; m is too small, the root of v smaller; 3.2 after silence; epsilon as
    averaged momentum; 8 GB; the figure's end points; Reddi's problem; the distances 0.1 of the quick check, and
    what its wrong options say."""
    plain = [(1 - 0.9**t) / sqrt(1 - 0.999**t) for t in range(1, 3_000)]
    assert round(plain[0], 1) == 3.2 == round(0.1 / sqrt(0.001), 1)
    assert round(max(plain), 1) == 6.6 and int(np.argmax(plain)) + 1 == 12 and round(plain[999], 2) == 1.26
    assert sqrt(0.001) < 0.1 < sqrt(0.05) and round(0.1 / sqrt(0.05), 2) == 0.45  # beta2 0.999, 0.95
    for g in (0.001, -10.0):
        assert np.isclose(adam_step(0.1 * g, 0.001 * g * g, 1), np.sign(g))

    rng = np.random.default_rng(0)
    m = v = np.zeros(4_000)
    for t in range(1, 601):
        g = rng.normal(size=4_000)
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g
        if t in (1, 50, 600):
            length = sqrt(np.mean((m / (1 - 0.9**t)) ** 2 / (v / (1 - 0.999**t))))
            goal = 1 if t == 1 else sqrt(0.1 / 1.9)
            assert abs(length - goal) < 4 * goal / sqrt(8_000) + (0.002 if t == 50 else 0)
    assert round(sqrt(0.1 / 1.9), 2) == 0.23

    def run(gradients: np.ndarray, epsilon: float = 1e-8) -> np.ndarray:
        m, v, steps = 0.0, 0.0, []
        for t, g in enumerate(gradients, 1):
            m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g
            steps.append(m / (1 - 0.9**t) / (sqrt(v / (1 - 0.999**t)) + epsilon))
        return np.array(steps)

    noise = rng.normal(size=200)
    assert np.allclose(run(noise), run(100 * noise), atol=1e-6)
    silent = np.zeros(5_000)
    silent[-1] = 7
    assert round(run(silent)[-1], 1) == 3.2
    first = [sum(0.1 * 0.9 ** (t - i) * noise[i] for i in range(t + 1)) / (1 - 0.9 ** (t + 1)) for t in range(200)]
    assert np.allclose(run(noise, 1e6) * 1e6, first, rtol=1e-4, atol=1e-5)  # averaged gradients over epsilon
    assert 2 * 4 * 1e9 == 8e9
    for g in (0.001, 10.0):
        assert np.isclose(0.001 * run(np.full(100, g)).sum(), 0.1, rtol=1e-4)
    assert np.isclose(10 / 0.001, 10_000) and np.isclose(sqrt(10 / 0.001), 100)

    ends = []
    for turned in (0.0, pi / 6):
        turn = np.array([[cos(turned), -np.sin(turned)], [np.sin(turned), cos(turned)]])
        hessian = turn @ np.diag([1.0, 100.0]) @ turn.T
        x = y = turn @ np.array([-4.0, 1.0])
        a = b = np.zeros(2)
        for t in range(1, 61):
            y = y - 0.018 * hessian @ y
            g = hessian @ x
            a, b = 0.9 * a + 0.1 * g, 0.999 * b + 0.001 * g * g
            x = x - 0.1 * a / (1 - 0.9**t) / (np.sqrt(b / (1 - 0.999**t)) + 1e-8)
        ends.append((x @ hessian @ x / 2, y @ hessian @ y / 2, float(np.linalg.norm(x))))
    assert ends[0][2] < 0.05 and ends[0][0] < ends[0][1] / 10
    assert np.isclose(ends[0][1], ends[1][1]) and ends[1][0] > 4 * ends[1][1]

    # Reddi et al.: slopes 4, -1, -1 in turn on [-1, 1]; the mean slope is positive, so -1 is best
    x, v = 0.0, 0.0
    for t in range(1, 6_001):
        g = 4.0 if t % 3 == 1 else -1.0
        v = v / 17 + g * g * 16 / 17
        x = min(1.0, max(-1.0, x - 0.1 / sqrt(t) * g / sqrt(v)))
    assert x > 0.9


def test_adamw_weight_decay() -> None:
    """The SGD identity; 0.82; 10 % in 10,000 steps; with the penalty the resting point is that of the penalized loss
    for any noise, for AdamW it moves with the gradients' size; momentum's long-run decay; half the scale doubles the
    gradient; decay falls with the rate. Quick check: pull over weight is free of the weight, falls with s."""
    theta, g, eta, lam = 1.7, 0.3, 0.1, 0.01
    assert np.isclose(theta - eta * (g + lam * theta), (1 - eta * lam) * theta - eta * g)
    assert round((1 - 0.0002) ** 1_000, 2) == 0.82 and round(100 * (1 - (1 - 1e-5) ** 10_000)) == 10
    assert round((1 - 0.0002 / 10) ** 1_000, 2) == 0.98  # s = 10, as predicted
    rng = np.random.default_rng(0)
    size, copies, rate, decay = np.array([[0.5], [4.0]]), 200, 0.02, 0.25
    w, m, v = np.full((2, 2, copies), 0.6), np.zeros((2, 2, copies)), np.zeros((2, 2, copies))
    late = []
    for t in range(1, 1_401):
        g = w - 1 + size * rng.normal(size=w.shape)
        g[0] += decay * w[0]
        w[1] *= 1 - rate * decay
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g
        w = w - rate * m / (1 - 0.9**t) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
        if t > 800:
            late.append(w.mean(2))
    penalty, decoupled = np.mean(late, 0)
    assert np.allclose(penalty, 1 / 1.25, atol=0.03)
    scale = np.sqrt(size[:, 0] ** 2 + (decoupled - 1) ** 2)
    assert np.allclose(decoupled, 1 / (1 + decay * scale), atol=0.03) and decoupled[0] > decoupled[1] + 0.3
    assert abs(envelope(0.01 * 0.1, 0.9) - (1 - 0.001 / 0.1)) < 0.002  # decay through the velocity

    def gradient(w: np.ndarray) -> np.ndarray:  # of a loss of the normalized weights
        n = np.linalg.norm(w)
        pull = np.array([1.0, -2.0, 0.5])
        return pull / n - w * (pull @ w) / n**3

    w = np.array([1.0, 2.0, 3.0])
    assert np.allclose(gradient(w / 2), 2 * gradient(w))
    pulls = {(s, x): 0.001 * 0.1 * x / s / x for s in (1, 10) for x in (0.1, 1)}
    assert np.isclose(pulls[1, 0.1], pulls[1, 1]) and pulls[10, 1] < pulls[1, 1]


def test_sgd_or_adam() -> None:
    """With other draws and another rotation, after 20 and 40 steps: Adam leads clearly on frequencies of 1/rank; on
    equal ones the lead changes sides; a rotation leaves momentum as it is and takes much of Adam's lead. Best rates lie
    inside the grids, on 1/rank 32 times apart or more; Adam with a very large epsilon is momentum."""
    n, rates = 200, 2.0 ** np.arange(12)[:, None]
    zipf = 1 / np.arange(1, n + 1)
    zipf, even = zipf / zipf.sum(), np.full(n, 1 / n)

    def tuned(adam: bool, share: np.ndarray, axes: np.ndarray | None, goal: np.ndarray) -> np.ndarray:
        u = m = v = np.zeros((12, n))
        out = []
        for t in range(1, 41):
            w = u if axes is None else u @ axes
            g = share * (expit(w) - expit(goal))
            g = g if axes is None else g @ axes.T
            if adam:
                m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g**2
                u = u - rates / 128 * m / (1 - 0.9**t) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
            else:
                m = 0.9 * m + g
                u = u - rates * m
            if t in (20, 40):
                w = u if axes is None else u @ axes
                excess = (np.logaddexp(0, w) - np.logaddexp(0, goal) - expit(goal) * (w - goal)) @ share
                best = int(excess.argmin())
                assert 0 < best < 11
                out.append((float(excess.min()), float(rates[best, 0] / (128 if adam else 1))))
        return np.array(out)

    for seed in (0, 1):
        rng = np.random.default_rng(seed)
        rotation, goals = np.linalg.qr(rng.normal(size=(n, n)))[0], rng.normal(0, 2, (4, n))
        pairs = [(tuned(False, zipf, None, goal), tuned(True, zipf, None, goal)) for goal in goals]
        assert all((a[:, 1] / b[:, 1] >= 32).all() for a, b in pairs)
        lead = np.mean([np.log(a[:, 0] / b[:, 0]) for a, b in pairs], 0)
        assert np.all(lead > 0.7)
    flat = np.mean([np.log(tuned(False, even, None, x)[:, 0] / tuned(True, even, None, x)[:, 0]) for x in goals], 0)
    assert flat[0] < -0.2 and flat[1] > 0.2
    assert np.allclose(tuned(False, zipf, rotation, goals[0])[:, 0], pairs[0][0][:, 0])
    trials = zip(pairs, goals, strict=True)
    mixed = np.mean([np.log(a[:, 0] / tuned(True, zipf, rotation, x)[:, 0]) for (a, _), x in trials], 0)
    assert np.all(mixed < lead / 2)
    m, v = np.random.default_rng(0).normal(size=(2, 9))
    assert np.allclose(m / (np.sqrt(abs(v)) + 1e9) * 1e9, m)


def test_learning_rate_schedules() -> None:
    """Half and 0.024 of the peak; ended halfway, a cosine is at half its peak; a tenth of the step schedule's peak all
    along leaves far more, because of the flat direction; Adam's first step and 0.23 after 50; 2,000 steps at 0.999."""
    assert np.isclose((1 + cos(pi / 2)) / 2, 0.5) and round((1 + cos(0.9 * pi)) / 2, 3) == 0.024
    assert round(2 / (1 - 0.999)) == 2_000 and round(sqrt(0.1 / 1.9), 2) == 0.23

    def excess(rates: np.ndarray) -> tuple[float, float, float]:
        parts = []
        for curvature in (1.0, 0.01):
            mean, variance = 1.0, 0.0
            for rate in rates:
                keep = 1 - rate * curvature
                mean, variance = keep * mean, keep**2 * variance + (0.1 * rate) ** 2
            parts.append((curvature * mean**2 / 2, curvature * variance / 2))
        return parts[0][0] + parts[1][0], parts[0][1] + parts[1][1], parts[1][0]

    s = np.arange(2_000) / 2_000
    step = excess(np.where(s < 0.5, 0.2, 0.02))
    low = excess(np.full(2_000, 0.02))
    assert sum(low[:2]) > 4 * sum(step[:2]) and low[2] > 0.9 * sum(low[:2])
    before, after = excess(np.full(1_000, 0.2)), excess(np.where(np.arange(1_100) < 1_000, 0.2, 0.02))
    assert after[1] < 0.6 * before[1]  # the drop after the cut is noise
    half = excess(0.25 * (1 + np.cos(pi * s[:1_000])) / 2)
    whole = excess(0.25 * (1 + np.cos(pi * s)) / 2)
    assert half[1] > whole[1]


def test_batch_size() -> None:
    """The best rate and gain of a step on a quadratic, by search; the table; 45 % and 5.5 times; the root of ten; noise
    falls as 1/B; accumulated micro-batches average to the large batch; SGD's noise follows rate over batch."""
    h, squared, trace = 2.0, 3.0, 600.0  # curvature, squared norm of the gradient, trace of the covariance
    scale = trace / squared
    rates = np.linspace(1e-5, 0.5, 200_001)
    table = ((0.01, 0.0099, 101, 1.01), (0.1, 0.091, 11, 1.1), (1, 0.5, 2, 2), (10, 0.91, 1.1, 11))
    for ratio, rate, steps, rows in table:
        batch = ratio * scale
        gain = rates * squared - rates**2 * h / 2 * (squared + trace / batch)
        best = rates[gain.argmax()]
        assert abs(best * h - 1 / (1 + scale / batch)) < 1e-5
        assert np.isclose(gain.max(), squared / (2 * h) / (1 + scale / batch))
        assert abs(best * h / rate - 1) < 0.01
        assert np.isclose(1 + 1 / ratio, steps) and np.isclose((1 + 1 / ratio) * ratio, rows)
    r = np.geomspace(0.01, 100, 401)  # elasticities: beyond the critical size rows rise faster than steps fall
    rise, fall = np.gradient(np.log(1 + r), np.log(r)), -np.gradient(np.log(1 + 1 / r), np.log(r))
    assert np.array_equal(rise > fall + 1e-3, r > 1.005)
    assert round(100 * (1 - 1.1 / 2)) == 45 and 11 / 2 == 5.5 and 3 < sqrt(10) < 3.3
    rng = np.random.default_rng(0)
    rows = rng.normal(size=(64, 5))
    assert np.allclose(np.mean([part.mean(0) for part in np.split(rows, 8)], 0), rows.mean(0))
    means = rng.normal(size=(4_000, 16)).mean(1)
    assert abs(means.var() * 16 - 1) < 4 * sqrt(2 / 4_000)
    floor = {(rate, batch): rate / batch / (2 - rate) for rate in (0.01, 0.02) for batch in (10, 20)}
    assert np.isclose(noise_floor(0.01, 0) / 10, floor[0.01, 10])
    assert abs(floor[0.02, 20] / floor[0.01, 10] - 1) < 0.01


def test_gradient_clipping() -> None:
    """(3, 4); turned by 8 degrees; eight times; the balance at 0.11 against 1, and batches of 100 close to 1; steps of
    rate times threshold; per-layer clipping turns the direction; NaN; halving the threshold halves clipped steps."""

    def clip(g: np.ndarray, c: float) -> np.ndarray:
        return g * min(1.0, c / float(np.linalg.norm(g)))

    g = np.array([30.0, 40.0])
    assert np.linalg.norm(g) == 50 and np.allclose(clip(g, 5), (3, 4)) and np.allclose(np.clip(g, -5, 5), (5, 5))
    assert round(degrees(atan2(4, 3) - atan2(5, 5))) == 8
    assert np.isclose((1 / 5) / (1 / 40), 8)

    def balance(batch: int) -> float:
        k = np.arange(batch + 1)
        weights, means = comb(batch, k) * 0.1**k * 0.9 ** (batch - k), 10 * k / batch
        return float(brentq(lambda theta: weights @ np.clip(theta - means, -1, 1), -1, 11))

    assert round(balance(1), 2) == 0.11 and 0.9 * 0 + 0.1 * 10 == 1
    assert abs(balance(100) - 1) < 0.01
    k = np.arange(101)
    assert (comb(100, k) * 0.1**k * 0.9 ** (100 - k))[abs(1 - 10 * k / 100) >= 1].sum() < 0.005
    rng = np.random.default_rng(0)
    for _ in range(50):
        g = rng.normal(size=6) * rng.uniform(0.1, 50)
        assert np.linalg.norm(0.1 * clip(g, 1)) <= 0.1 + 1e-12
        big = g / np.linalg.norm(g) * rng.uniform(5, 50)
        assert np.allclose(clip(big, 0.5), clip(big, 1) / 2)
    layers = np.concatenate([clip(np.array([30.0, 40.0]), 5), clip(np.array([3.0, 4.0]), 5)])
    together = clip(np.array([30.0, 40.0, 3.0, 4.0]), 5)
    assert layers @ together / np.linalg.norm(layers) / np.linalg.norm(together) < 0.9
    assert np.isnan(np.array([1.0, np.nan]) * (1 / np.linalg.norm([1.0, np.nan]))).all()
    spike, calm = np.array([100.0, 0.0]), np.array([0.0, 0.5])
    assert not np.allclose((clip(spike, 1) + clip(calm, 1)) / 2, clip((spike + calm) / 2, 1))


def test_saddle_points() -> None:
    """1,389 steps; the factor 1.065 under momentum; Hessians at the origin; the stationary points of the chain are no
    bad minima; weights of opposite sign slide into the origin under mini-batch noise, not under noise added to
    the weights; zero stays; time grows with ln(1/start) and 1/start; Newton lands on the saddle, gradient
    descent at (0.8, 0.0012)."""
    assert ceil(log(1e6) / log(1.01)) == 1_389
    assert round(envelope(-0.01, 0.9), 3) == 1.065
    two = np.array([[0.0, -1.0], [-1.0, 0.0]])  # of (ab - 1)² / 2 at 0
    assert np.allclose(np.linalg.eigvalsh(two), (-1, 1))
    h = 1e-3
    for i in range(3):
        for j in range(3):
            values = {}
            for a in (-h, h):
                for b in (-h, h):
                    w = np.zeros(3)
                    w[i] += a
                    w[j] += b
                    values[a > 0, b > 0] = (w.prod() - 1) ** 2 / 2
            mixed = values[True, True] - values[True, False] - values[False, True] + values[False, False]
            assert abs(mixed / (4 * h * h)) < 1e-3  # all second derivatives vanish
    # a stationary point that is not a minimum has at least two zero weights; moving both lowers the loss
    w = np.array([0.0, 0.0, -0.7])
    assert (w.prod() - 1) ** 2 / 2 > ((w + np.array([0.01, -0.01, 0])).prod() - 1) ** 2 / 2

    a, b = 0.1, -0.1
    for _ in range(500):
        slope = a * b - 1
        a, b = a - 0.1 * slope * b, b - 0.1 * slope * a
    assert abs(a) < 1e-8 and abs(b) < 1e-8 and a == -b
    rng = np.random.default_rng(0)
    for jitter in (0.0, 1e-3):  # mini-batch noise alone, then noise added to each weight
        a, b = 0.3, -0.3
        for x, e, n1, n2 in rng.normal(size=(2_000, 4)).tolist():
            slope = (a * b * x - x - 0.1 * e) * x
            a, b = a - 0.05 * slope * b + jitter * n1, b - 0.05 * slope * a + jitter * n2
            assert jitter or a == -b
        assert abs(a * b - 1) < 0.1 if jitter else abs(a) < 1e-8
    assert all(0.0 ** (layers - 1) * (0.0**layers - 1) == 0 for layers in (2, 3))
    assert abs((83 - 59) / (59 - 34) - 1) < 0.05 and abs(log(10) / log(1.1) - 24) < 0.5
    assert abs(10_006 / 1_004 - 10) < 0.1
    start, hessian = np.array([1.0, 0.001]), np.diag([2.0, -2.0])
    assert np.allclose(start - np.linalg.solve(hessian, hessian @ start), 0)
    assert np.allclose(start - 0.1 * hessian @ start, (0.8, 0.0012))
    assert exp(1389 * log(1.01)) >= 1e6
