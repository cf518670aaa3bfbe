"""Proofs for "Calculus, optimization and information": what the page states and has no room to run."""

from __future__ import annotations

from fractions import Fraction
from math import exp, log, log2, sqrt

import numpy as np
from scipy.linalg import inv
from scipy.special import log_softmax, logsumexp, softmax


def test_gradient_jacobian_hessian() -> None:
    """Eigenvalues 5 and -1 and the value -1 at (1, -1); the expansion; memory 4 MB and 4 TB; a local minimum -2 that is
    not global (-18); functions that share the eigenvalues 2 and 0, which is the key of the quick check; Hv from two
    gradients; the steepest direction; the rows of the Jacobian."""
    hessian = np.array([[2.0, 3.0], [3.0, 2.0]])
    values, vectors = np.linalg.eigh(hessian)
    assert np.allclose(values, [-1, 5])

    def f(x: float, y: float) -> float:
        return x**2 + 3 * x * y + y**2

    assert f(1, -1) == -1 and f(0.1, 0) > 0 and f(0, 0.1) > 0 and f(0, 0) == 0
    step = 0.3 * vectors[:, 0]
    assert np.isclose(step @ hessian @ step, values[0] * (step @ step))
    x, d = np.array([0.4, -0.7]), np.array([0.2, 0.5])
    gradient = np.array([2 * x[0] + 3 * x[1], 3 * x[0] + 2 * x[1]])
    assert np.isclose(f(*(x + d)), f(*x) + gradient @ d + d @ hessian @ d / 2)
    assert np.allclose(hessian @ d, hessian @ (x + d) - gradient)  # here the gradient is Hx: a Jacobian times d

    def three(v: np.ndarray) -> np.ndarray:
        return np.array([v[0] * v[1], v[0] + v[1], v[0] ** 2])

    jacobian = np.array([(three(x + e) - three(x - e)) / 2e-4 for e in 1e-4 * np.eye(2)]).T
    assert jacobian.shape == (3, 2) and np.allclose(jacobian, [[x[1], x[0]], [1, 1], [2 * x[0], 0]])

    parameters = 10**6
    assert 4 * parameters / 10**6 == 4 and parameters**2 == 10**12 and 4 * parameters**2 / 10**12 == 4
    g = np.array([-0.1, 0.1])  # around the three stationary points
    assert np.all(g**4 > 0) and np.all(-(g**4) < 0) and np.all(np.sign(g**3) == [-1, 1])
    assert 1 - 3 == -2 and 3 * 1**2 - 3 == 0 and 6 * 1 == 6 and (-3) ** 3 - 3 * (-3) == -18
    for sign, lowest in ((1, 0), (-1, -(0.1**4))):  # Hessian at the origin: diag(2, 0) for both
        grid = np.linspace(-0.1, 0.1, 21)
        assert np.isclose(np.min(grid[:, None] ** 2 + sign * grid**4), lowest)
    angles = np.linspace(0, 2 * np.pi, 3_601)
    slopes = gradient @ np.array([np.cos(angles), np.sin(angles)])
    best = angles[slopes.argmax()]
    assert np.allclose([np.cos(best), np.sin(best)], gradient / np.linalg.norm(gradient), atol=2e-3)


def test_matrix_gradient_by_hand() -> None:
    """The expansion is exact; -14 and 7/6; the orders 6e-6 and 4e-11 (float64), 5e-3 and four or five digits (float32),
    1e-8 one-sided, measured on 1/x; a central difference of a quadratic at any step; the follow-up gradients; key of
    the quick check: 1e-10 at 1e-5 and 1e-4 at 1e-12 are bending and rounding."""
    rng = np.random.default_rng(0)
    x, y, w, d, lam = rng.normal(size=(9, 4)), rng.normal(size=9), rng.normal(size=4), rng.normal(size=4), 0.7

    def loss(v: np.ndarray) -> float:
        return float(np.sum((x @ v - y) ** 2) + lam * v @ v)

    gradient, hessian = 2 * x.T @ (x @ w - y) + 2 * lam * w, 2 * (x.T @ x + lam * np.eye(4))
    assert np.isclose(loss(w + d) - loss(w), gradient @ d + d @ hessian @ d / 2)
    assert np.linalg.eigvalsh(hessian)[0] >= 2 * lam
    best = np.linalg.solve(x.T @ x + lam * np.eye(4), x.T @ y)
    assert np.allclose(x.T @ (x @ best - y) + lam * best, 0)
    mean = np.linalg.solve(x.T @ x / 9 + lam / 9 * np.eye(4), x.T @ y / 9)
    assert np.allclose(mean, best)
    errors = [abs((loss(w + h * d) - loss(w - h * d)) / (2 * h) - gradient @ d) for h in (1e-5, 1e-2)]
    assert errors[1] < errors[0]  # quadratic: a larger step is better still
    for h in (1e-3, 1.0, 10.0):
        assert np.isclose((loss(w + h * d) - loss(w - h * d)) / (2 * h), gradient @ d, rtol=1e-9)

    column, target = np.array([1.0, 2.0]), np.array([1.0, 3.0])
    assert 2 * column @ (0 * column - target) == 2 * (1 * (-1) + 2 * (-3)) == -14
    assert column @ column + 1 == 6 and column @ target == 7
    at = 7 / 6
    assert np.isclose(2 * column @ (at * column - target) + 2 * at, 0)

    epsilon = float(np.finfo(np.float64).eps)
    assert round(1e16 * epsilon) == 2 and round(1e6 * epsilon ** (1 / 3)) == 6 and round(1e11 * epsilon ** (2 / 3)) == 4
    single = float(np.finfo(np.float32).eps)
    assert round(1e7 * single) == 1 and round(1e3 * single ** (1 / 3)) == 5 and 4 < -np.log10(single ** (2 / 3)) < 5

    def median(step: float, central: bool) -> float:
        h = step * (1 + np.arange(200) / 200)
        slope = (1 / (1.1 - h) - 1 / (1.1 + h)) / (2 * h) if central else (1 / 1.1 - 1 / (1.1 + h)) / h
        return float(np.median(abs(slope * 1.21 - 1)))

    tens = 10.0 ** -np.arange(1, 14)
    assert tens[np.argmin([median(h, True) for h in tens])] in (1e-5, 1e-6)
    assert tens[np.argmin([median(h, False) for h in tens])] in (1e-8, 1e-9)
    assert 1e-12 < median(5e-6, True) < 1e-10 and 2e-9 < median(1e-8, False) < 5e-8
    assert 1e-11 < median(1e-5, True) < 1e-9 and 1e-5 < median(1e-12, True) < 1e-3
    assert 1e-5 < epsilon / 1e-12 < 1e-3 and (1e-5) ** 2 / 6 < 1e-10

    a, big = rng.normal(size=(4, 4)), rng.normal(size=(3, 4))
    assert np.isclose((w + d) @ a @ (w + d) - w @ a @ w, (a + a.T) @ w @ d + d @ a @ d)
    data, out, move = rng.normal(size=(4, 6)), rng.normal(size=(3, 6)), rng.normal(size=(3, 4))
    change = np.sum(((big + move) @ data - out) ** 2) - np.sum((big @ data - out) ** 2)
    linear = 2 * (big @ data - out) @ data.T
    assert np.isclose(change, np.sum(linear * move) + np.sum((move @ data) ** 2)) and linear.shape == big.shape


def test_forward_vs_reverse_mode() -> None:
    """Both modes give rows or columns of one Jacobian; 3 forward passes against 1,000, and 10 reverse passes against
    784, the key of the quick check; multiplications of a dense layer forward and backward are 1 to 2; 20 layers instead
    of 100; dual numbers multiply by the product rule; adding gives 6 and overwriting 3; the branch at 0."""
    rng = np.random.default_rng(0)
    layers = [rng.normal(size=(5, 3)), rng.normal(size=(6, 5)), rng.normal(size=(1_000, 6))]
    point = rng.normal(size=3)
    values = [point]
    for weights in layers:
        values.append(np.tanh(weights @ values[-1]))

    def forward(v: np.ndarray) -> np.ndarray:
        for weights, value in zip(layers, values[1:], strict=True):
            v = (1 - value**2) * (weights @ v)
        return v

    def reverse(u: np.ndarray) -> np.ndarray:
        for weights, value in zip(layers[::-1], values[:0:-1], strict=True):
            u = weights.T @ ((1 - value**2) * u)
        return u

    columns = np.array([forward(v) for v in np.eye(3)]).T  # 3 passes
    some = [0, 17, 999]
    rows = np.array([reverse(np.eye(1_000)[i]) for i in some])  # of 1,000 passes
    assert columns.shape == (1_000, 3) and np.allclose(columns[some], rows)

    hidden, scores = rng.normal(size=(20, 784)) / 28, rng.normal(size=(10, 20))  # 784 pixels, 10 scores
    slope = 1 - np.tanh(hidden @ rng.normal(size=784)) ** 2
    back_rows = np.array([(u @ scores * slope) @ hidden for u in np.eye(10)])
    ahead_columns = np.array([scores @ (slope * (hidden @ v)) for v in np.eye(784)]).T
    assert len(back_rows) == 10 and ahead_columns.shape[1] == 784 and np.allclose(back_rows, ahead_columns)

    batch, width_in, width_out = 32, 50, 70
    ahead = batch * width_in * width_out  # batch x in times in x out
    back = width_in * batch * width_out + batch * width_out * width_in  # to the weights, to the inputs
    assert (ahead + back) / ahead == 3
    assert 100 // 10 + 10 == 20  # ten kept, ten recomputed at a time

    a, da, b, db, h = 1.3, 0.4, -0.7, 2.0, 1e-6
    assert np.isclose(((a + h * da) * (b + h * db) - (a - h * da) * (b - h * db)) / (2 * h), da * b + a * db)
    contributions = [3.0, 3.0]  # of x * x at 3
    assert sum(contributions) == 6 and contributions[-1] == 3

    def identity(pair: tuple[float, float]) -> tuple[float, float]:
        return (0.0, 0.0) if pair[0] == 0 else pair

    assert identity((0.0, 1.0)) == (0.0, 0.0) and identity((0.1, 1.0)) == (0.1, 1.0)


def test_convex_functions() -> None:
    """Second derivative p(1 - p); 0.999, 0.25, 0.625 and 0.964 of the squared sigmoid; the smallest network; chords of
    the convex losses of the table and violations of the others; L2 adds 2 lambda to the Hessian; x^4; Jensen;
    gradient descent on a least-squares loss, at a geometric rate; an intercept without a penalty runs off; equal
    columns: many solutions, one loss; key of the quick check: the smaller of two parabolas lies above its chord."""
    rng = np.random.default_rng(0)
    z, h = np.linspace(-6, 6, 121), 1e-3
    p = 1 / (1 + np.exp(-z))

    def logistic(z: np.ndarray) -> np.ndarray:
        return np.logaddexp(0, -z)

    second = (logistic(z + h) - 2 * logistic(z) + logistic(z - h)) / h**2
    assert np.allclose(second, p * (1 - p), atol=1e-6) and np.all(p * (1 - p) > 0)

    def squared(z: float) -> float:
        return (1 - 1 / (1 + exp(-z))) ** 2

    assert round(squared(-8), 3) == 0.999 and squared(0) == 0.25 and round(squared(-4), 3) == 0.964
    assert round((squared(-8) + squared(0)) / 2, 3) == 0.625 < squared(-4)
    assert (1 * 1 - 1) ** 2 == (-1 * -1 - 1) ** 2 == 0 and (0 * 0 - 1) ** 2 == 1

    x, label = rng.normal(size=(1, 30, 4)), rng.choice([-1.0, 1.0], 30)
    a, b, t = 3 * rng.normal(size=(500, 4)), 3 * rng.normal(size=(500, 4)), rng.random(500)

    def losses(w: np.ndarray) -> list[np.ndarray]:
        margin = label * (x @ w[..., None])[..., 0]
        hinge = np.maximum(0, 1 - margin).mean(1)
        return [((1 - margin) ** 2).mean(1), logistic(margin).mean(1), hinge, hinge + abs(w).sum(1), (w**2).sum(1)]

    middle = losses(t[:, None] * a + (1 - t)[:, None] * b)
    for low, left, right in zip(middle, losses(a), losses(b), strict=True):
        assert np.all(low <= t * left + (1 - t) * right + 1e-9)
    # one factor held fixed the squared error of u v is a parabola; both together: the network above
    u = rng.normal(size=(2, 50))
    assert np.all(((u[0] + u[1]) / 2 * 0.7 - 1) ** 2 <= (((u[0] * 0.7 - 1) ** 2 + (u[1] * 0.7 - 1) ** 2) / 2) + 1e-12)

    flat = np.column_stack([x[0, :, 0], x[0, :, 0]])  # a column twice
    gram = flat.T @ flat
    values = np.linalg.eigvalsh(2 * gram)
    assert abs(values[0]) < 1e-9 and np.isclose(np.linalg.eigvalsh(2 * gram + 2 * 0.3 * np.eye(2))[0], 2 * 0.3)
    best = np.linalg.lstsq(flat, label)[0]
    for shift in (0.5, 10.0):
        traded = best + np.array([shift, -shift])
        assert np.isclose(np.sum((flat @ traded - label) ** 2), np.sum((flat @ best - label) ** 2))
    assert np.all(np.diff(np.exp(-np.arange(0.0, 50))) < 0)  # e^x falls toward 0 without reaching it
    gap, moving, where = [], np.array([5.0, -4.0, 3.0, 2.0]), x[0]  # descent at step 1/L
    curvatures = np.linalg.eigvalsh(where.T @ where)
    goal = np.linalg.lstsq(where, label)[0]
    for _ in range(20):
        gap.append(np.sum((where @ (moving - goal)) ** 2) / 2)
        moving = moving - where.T @ (where @ moving - label) / curvatures[-1]
    assert np.all(np.array(gap[1:]) <= (1 - curvatures[0] / curvatures[-1]) * np.array(gap[:-1]))
    intercept = np.arange(0.0, 30)  # all labels 1, the weight penalized and at 0, the intercept free
    assert np.all(np.diff(np.logaddexp(0, -intercept)) < 0)
    scale = np.logaddexp(0, -np.arange(1.0, 40))  # separable: larger weights, smaller loss
    assert np.all(np.diff(scale) < 0) and np.all(scale > 0)
    smaller = [min((w - 1) ** 2, (w + 1) ** 2) for w in (-1, 0, 1)]
    assert smaller == [0, 1, 0] and max((0 - 1) ** 2, (0 + 1) ** 2) <= (max(0, 4) + max(4, 0)) / 2
    assert 12 * 0.0**2 == 0  # second derivative of x^4 at 0
    sample = rng.normal(size=1_000)
    assert np.exp(sample.mean()) <= np.exp(sample).mean()


def test_lagrange_multipliers() -> None:
    """50, 60.5 and the price 10; slack at -3; ridge: 7/6 at t = 49/36 with slope -1, slack from 1.96; PCA's multiplier;
    no multiplier for x^2 <= 0; an irregular constraint has many multipliers beside one slope; a penalty that never
    gives 1; key of the quick check: about 197 cents."""

    def best(b: float) -> float:  # smallest x^2 + y^2 with x + y >= b
        return max(b, 0.0) ** 2 / 2

    angles = np.linspace(0, np.pi / 2, 901)
    for b in (10.0, 11.0):
        radius = b / (np.cos(angles) + np.sin(angles))  # the boundary seen from the origin
        assert np.isclose(np.min(radius**2), best(b))
    assert best(10) == 5**2 + 5**2 == 50 and best(11) == 60.5 and best(-3) == 0 and 2 * 5 == 10
    assert np.isclose((best(10 + 1e-4) - best(10 - 1e-4)) / 2e-4, 10)

    def loss(w: float) -> float:
        return (w - 1) ** 2 + (2 * w - 3) ** 2

    for w in (0.0, 0.3, 2.0):
        assert np.isclose(loss(w), 5 * w**2 - 14 * w + 10)
    w = 7 / 6
    assert np.isclose(14 / 10, 1.4) and np.isclose(1.4**2, 1.96) and np.isclose(w**2, 49 / 36)
    grid = np.linspace(-2, 2, 400_001)
    assert abs(grid[np.argmin(5 * grid**2 - 14 * grid + 10 + grid**2)] - w) < 1e-5
    assert abs(grid[np.argmin(np.where(grid**2 <= 49 / 36, 5 * grid**2 - 14 * grid + 10, np.inf))] - w) < 2e-5
    assert np.isclose((10 * w - 14) / (2 * w), -1)
    t, h = 49 / 36, 1e-6
    assert np.isclose((loss(sqrt(t + h)) - loss(sqrt(t - h))) / (2 * h), -1)
    for t in (1.96, 3.0):
        assert abs(grid[np.argmin(np.where(grid**2 <= t + 1e-9, 5 * grid**2 - 14 * grid + 10, np.inf))] - 1.4) < 2e-5

    rng = np.random.default_rng(0)
    x = rng.normal(size=(200, 3)) @ rng.normal(size=(3, 3))
    sigma = np.cov(x.T)
    values, vectors = np.linalg.eigh(sigma)
    top = vectors[:, -1]
    assert np.allclose(sigma @ top, values[-1] * top) and np.isclose(np.var(x @ top, ddof=1), values[-1])
    other = rng.normal(size=(3, 2_000))
    other /= np.linalg.norm(other, axis=0)
    assert np.all(np.einsum("ir,ij,jr->r", other, sigma, other) <= values[-1] + 1e-9)

    fine = np.linspace(-1, 1, 2_001)
    assert np.max(-(fine**2)) == 0 and np.argmax(-(fine**2)) == 1_000  # KKT at the origin, and the worst point
    price, place = np.linspace(0, 10, 101)[:, None], np.linspace(0, 2, 201)
    chosen = place[np.argmin(-(place**2) + price * place, axis=1)]
    assert set(chosen) <= {0.0, 2.0}
    assert place[np.argmin(np.where(place <= 1, -(place**2), np.inf))] == 1
    assert all(1 + multiplier * 2 * 0.0 != 0 for multiplier in (0, 1, 1e6))
    # x^3 subject to -x^3 <= c: best value -c, slope -1; at c = 0 any multiplier is stationary, so "regular" is needed
    assert all(3 * 0.0**2 + multiplier * (-3 * 0.0**2) == 0 for multiplier in (0, 1, 7))
    assert 200 - 3 * (101 - 100) == 197 and 200 + 3 == 203 and round(200 / 3, 1) == 66.7


def test_condition_number() -> None:
    """Operation counts; 3.5e-5 becomes 1, 28,000 times, with condition number 40,000; the bound; the square; an
    error in the matrix; the solver's residual; a computed inverse: error comparable, residual far larger for a solution
    of ordinary size; determinant 1e-100 with condition 1; ridge; scaling; key of the quick check: 16 -
    12 = 4, QR 10; with a residual as large as the fit QR loses digits too."""
    a = np.array([[1, 1], [1, 1.0001]])
    old, new = np.array([2, 2.0001]), np.array([2, 2.0002])
    assert np.allclose(a @ [1, 1], old) and np.allclose(a @ [0, 2], new)
    change = np.linalg.norm(new - old) / np.linalg.norm(old)
    moved = np.linalg.norm(np.array([0, 2]) - [1, 1]) / np.linalg.norm([1, 1])
    kappa = np.linalg.cond(a)
    assert round(1e5 * change, 1) == 3.5 and np.isclose(moved, 1)
    assert round(moved / change, -3) == 28_000 and round(kappa, -3) == 40_000 and moved / change <= kappa
    assert np.allclose(new - a @ [1, 1], [0, 0.0001])
    for nudge in 1e-9 * np.random.default_rng(1).normal(size=(50, 2, 2)):  # an error in the matrix, to first order
        shift = np.linalg.norm(np.linalg.solve(a + nudge, old) - [1, 1]) / np.linalg.norm([1, 1])
        assert shift <= 1.01 * kappa * np.linalg.norm(nudge, 2) / np.linalg.norm(a, 2)
    n = 1_000
    assert np.isclose(2 * n**3 / (2 / 3 * n**3), 3) and np.isclose((n**3 / 3) / (2 / 3 * n**3), 0.5)

    rng = np.random.default_rng(0)
    ratios, errors = [], []
    for _ in range(20):
        left, right = (np.linalg.qr(rng.normal(size=(40, 40)))[0] for _ in range(2))
        bad = left @ np.diag(np.logspace(0, -10, 40)) @ right
        truth = rng.normal(size=40)
        b = bad @ truth
        solved, inverted = np.linalg.solve(bad, b), inv(bad) @ b
        ratios.append(np.linalg.norm(bad @ inverted - b) / np.linalg.norm(bad @ solved - b))
        size = np.finfo(np.float64).eps * np.linalg.norm(bad, 2) * np.linalg.norm(solved)
        assert size / 20 < np.linalg.norm(bad @ solved - b) < 20 * size
        errors.append(np.linalg.norm(inverted - truth) / np.linalg.norm(solved - truth))
        assert np.linalg.norm(solved - truth) / np.linalg.norm(truth) < 1e-4  # at most about 10 of 16 digits lost
        b_off = rng.normal(size=40)
        assert np.linalg.norm(np.linalg.solve(bad, b_off)) / np.linalg.norm(truth) <= (
            1.001e10 * np.linalg.norm(b_off) / np.linalg.norm(b)
        )
    assert np.median(ratios) > 1e6 and 0.3 < np.median(errors) < 3

    x = rng.normal(size=(50, 3)) @ np.diag([1, 0.1, 0.01])
    s = np.linalg.svd(x, compute_uv=False)
    assert np.isclose(np.linalg.cond(x.T @ x), np.linalg.cond(x) ** 2)
    assert np.isclose(np.linalg.cond(x.T @ x + 2 * np.eye(3)), (s[0] ** 2 + 2) / (s[-1] ** 2 + 2))
    assert np.linalg.cond(x / x.std(0)) < 3 < 30 < np.linalg.cond(x)  # only the units
    small = 0.1 * np.eye(100)
    assert np.isclose(np.linalg.slogdet(small)[1] / log(10), -100) and np.isclose(np.linalg.cond(small), 1)
    assert 1 + 1e-16 == 1.0
    assert round(-np.log10(np.finfo(np.float64).eps)) == 16 and round(-np.log10(np.finfo(np.float32).eps)) == 7

    # quick check: condition 1e6, an exact fit; errors of both ways stay within 1e-4 and 1e-10, up to a factor
    worst = np.zeros(2)
    for _ in range(20):
        q, r = np.linalg.qr(rng.normal(size=(30, 6)))[0], np.linalg.qr(rng.normal(size=(6, 6)))[0]
        x, w = q @ np.diag(np.logspace(0, -6, 6)) @ r, rng.normal(size=6)
        y = x @ w
        found = np.linalg.solve(x.T @ x, x.T @ y), np.linalg.lstsq(x, y)[0]
        worst = np.maximum(worst, [np.linalg.norm(v - w) / np.linalg.norm(w) for v in found])

    def exact(x: np.ndarray, y: np.ndarray) -> np.ndarray:
        rows = [[Fraction(v) for v in row] for row in np.column_stack([x, y]).tolist()]
        p = x.shape[1]
        table = [[sum(row[i] * row[j] for row in rows) for j in range(p + 1)] for i in range(p)]
        for i in range(p):
            for j in range(p):
                if j != i:
                    factor = table[j][i] / table[i][i]
                    table[j] = [u - factor * v for u, v in zip(table[j], table[i], strict=True)]
        return np.array([float(table[i][p] / table[i][i]) for i in range(p)])

    medians = []
    for share in (0, 1):  # length of the residual over length of the fit
        found = []
        for _ in range(9):
            q, r = np.linalg.qr(rng.normal(size=(30, 4)))[0], np.linalg.qr(rng.normal(size=(4, 4)))[0]
            x, z = q @ np.diag(np.logspace(0, -6, 4)) @ r, rng.normal(size=30)
            fit, z = x @ rng.normal(size=4), z - q @ (q.T @ z)
            y = fit + share * z * np.linalg.norm(fit) / np.linalg.norm(z)
            best = exact(x, y)
            found.append(np.linalg.norm(np.linalg.lstsq(x, y)[0] - best) / np.linalg.norm(best))
        medians.append(np.median(found))
    assert medians[0] < 1e-10 and 1e-8 < medians[1] < 1e-4
    assert 1e-6 < worst[0] < 1e-3 and worst[1] < 1e-9 and 16 - 12 == 4 and 16 - 6 == 10 and (10**6) ** 2 == 10**12


def test_entropy_cross_entropy_kl() -> None:
    """0.811, 1, 0.189 and 0.208 bits; 0.693 nats a bit; the likelihood identity and the floor; the triangle inequality
    fails; the two fits of the figure; perplexity 50; -1 bit; slopes -0.9997 and -0.0007; key of the quick check: 0.64,
    beside 0.22 and 1.10."""

    def cross(p: list[float], q: list[float]) -> float:
        return -sum(a * log2(b) for a, b in zip(p, q, strict=True) if a)

    rain, guess = [0.75, 0.25], [0.5, 0.5]
    kl, swapped = cross(rain, guess) - cross(rain, rain), cross(guess, rain) - cross(guess, guess)
    assert round(cross(rain, rain), 3) == 0.811 and cross(rain, guess) == 1
    assert round(kl, 3) == 0.189 and round(swapped, 3) == 0.208 and round(log(2), 3) == 0.693
    a, b, c = [0.5, 0.5], [0.75, 0.25], [0.95, 0.05]
    parts = [cross(p, q) - cross(p, p) for p, q in ((a, b), (b, c), (a, c))]
    assert parts[2] > parts[0] + parts[1]

    rng = np.random.default_rng(0)
    random = rng.dirichlet(np.ones(4), (200, 2))
    assert np.all(np.sum(random[:, 0] * np.log(random[:, 0] / random[:, 1]), axis=1) > 0)
    labels = rng.choice(3, 500, p=[0.8, 0.1, 0.1])
    shares, q = np.bincount(labels, minlength=3) / 500, np.array([0.7, 0.2, 0.1])
    assert np.isclose(-np.mean(np.log(q[labels])), -np.sum(shares * np.log(q)))  # loss per row = cross-entropy
    p = np.array([0.8, 0.1, 0.1])
    entropy = -np.sum(p * np.log(p))
    assert round(entropy, 2) == 0.64 and round(-log(0.8), 2) == 0.22 and round(log(3), 2) == 1.10
    assert np.all(-np.log(random[:, 0, :3] / random[:, 0, :3].sum(1, keepdims=True)) @ p >= entropy)
    assert np.isclose(exp(-np.mean(np.log(np.full(50, 1 / 50)))), 50) and log2(1 / 2) == -1

    h, slopes = 1e-4, []
    for loss in (lambda z: log(1 + exp(-z)), lambda z: (1 / (1 + exp(-z)) - 1) ** 2):
        slopes.append((loss(-8 + h) - loss(-8 - h)) / (2 * h))
    sure = 1 / (1 + exp(8))
    assert np.allclose(slopes, [sure - 1, 2 * (sure - 1) * sure * (1 - sure)], atol=1e-8)
    assert round(slopes[0], 4) == -0.9997 and round(slopes[1], 4) == -0.0007

    # the figure: weights 0.6 and 0.4, peaks at -3 and 3, sd 1
    x = np.linspace(-14, 14, 1_401)

    def bell(mean: float, sd: float) -> np.ndarray:
        return np.exp(-0.5 * ((x - mean) / sd) ** 2) / (sd * sqrt(2 * np.pi))

    density = 0.6 * bell(-3, 1) + 0.4 * bell(3, 1)
    means, sds = np.meshgrid(np.linspace(-4, 4, 41), np.linspace(0.6, 4, 35), indexing="ij")
    fits = list(zip(means.ravel(), sds.ravel(), strict=True))
    ahead = [np.sum(density * (((x - m) / s) ** 2 / 2 + log(s))) for m, s in fits]  # cross-entropy, up to constants
    back = [np.sum((q := bell(m, s)) * (np.log(q + 1e-300) - np.log(density))) for m, s in fits]
    assert np.allclose(fits[int(np.argmin(ahead))], (-0.6, 3.1), atol=0.06)  # the moments of the density
    assert np.allclose(fits[int(np.argmin(back))], (-3, 1), atol=0.06)
    assert abs(min(back) * 0.02 + log(0.6)) < 0.01


def test_mutual_information() -> None:
    """0.918 bits with correlation 0; 0.144 nats at correlation 0.5; 0.020 nats of the real column; bias near (a - 1)(b
    - 1)/(2n), upward without dependence and downward for a copy; XOR; an id gives the label's entropy; six times as
    much for fifty categories; noise passes the 95 % quantile of a hundred shuffles in about one table of twenty, the
    real column in most. Key of the quick check: 0.5 bits, beside 0.36."""

    def information(joint: np.ndarray) -> float:
        joint = joint / joint.sum()
        outer = joint.sum(1, keepdims=True) * joint.sum(0)
        full = joint > 0
        return float(np.sum(joint[full] * np.log(joint[full] / outer[full])))

    square = np.array([[0, 1], [1, 0], [0, 1]]) / 3  # rows -1, 0, 1; columns 0, 1
    assert np.isclose(np.sum(square * np.outer([-1, 0, 1], [0, 1])), 0)
    assert round(information(square) / log(2), 3) == 0.918
    assert round(-0.5 * log(1 - 0.5**2), 3) == 0.144
    grid = np.linspace(-6, 6, 241)
    normal = np.exp(-(grid[:, None] ** 2 - 2 * 0.5 * grid[:, None] * grid + grid**2) / (2 * 0.75))
    assert abs(information(normal) - 0.144) < 0.001
    assert round(information(np.array([[0.3, 0.2], [0.2, 0.3]])), 3) == 0.020

    rng = np.random.default_rng(0)
    tables = rng.multinomial(2_000, np.full(20, 1 / 20), 400).reshape(400, 10, 2)
    found = np.array([information(table) for table in tables])
    assert abs(found.mean() - 9 / 4_000) < 4 * found.std() / sqrt(400) + 1e-4 and found.min() > 0
    copies = rng.multinomial(200, np.full(10, 0.1), 400)
    assert np.mean([information(np.diag(counts)) for counts in copies]) < log(10) - 0.01
    assert 0.148 / 0.024 > 6 and abs(0.148 / 0.024 - 6) < 0.5

    def score(counts: np.ndarray) -> np.ndarray:  # information of tables with the same margins, up to a constant
        return (counts * np.log(np.maximum(counts, 1))).sum((-2, -1))

    passed = []
    for shares in (np.full((10, 2), 1 / 20), np.array([[0.3, 0.2], [0.2, 0.3]])):
        above = []
        for table in rng.multinomial(200, shares.ravel(), 400).reshape(400, *shares.shape):
            total = table.sum(1)
            first = rng.multivariate_hypergeometric(total, int(table[:, 0].sum()), 100)
            shuffled = score(np.stack([first, total - first], -1))
            above.append(score(table) > np.quantile(shuffled, 0.95))
        passed.append(np.mean(above))
    assert abs(passed[0] - 0.055) < 4 * sqrt(0.055 * 0.945 / 400) and passed[1] > 0.6
    homes = rng.integers(2, size=(1_000, 2))
    found_bits = information(np.column_stack([2 - homes.sum(1), homes.sum(1)]).astype(float)) / log(2)
    assert abs(found_bits - 0.5) < 4 * 0.5 / sqrt(1_000) and round(999 / 4_000 / log(2), 2) == 0.36

    xor = np.zeros((2, 2, 2))
    for i in range(2):
        for j in range(2):
            xor[i, j, i ^ j] = 0.25
    assert information(xor.sum(1)) == information(xor.sum(0)) == 0
    assert np.isclose(information(xor.reshape(4, 2)) / log(2), 1)
    label = np.repeat([0, 1], 20)
    ids = np.zeros((40, 2))
    ids[np.arange(40), label] = 1
    assert np.isclose(information(ids) / log(2), 1) and np.isclose(information(ids[::-1]), information(ids))


def test_log_sum_exp() -> None:
    """The table of formats, bfloat16 from its bits; exp(89) in float32; the shift is exact and agrees with SciPy; 18.4
    and the dead gradient of an added 1e-8; log1p; softplus; the masked row; gradient between -1 and 1; 0
    times minus infinity in a one-hot sum; losses below 6e-8 need log1p in float32; key of the quick check: exp(12),
    about 163,000, against 65,504."""
    with np.errstate(all="ignore"):
        assert np.isinf(np.exp(np.float32(89))) and np.isfinite(np.exp(np.float32(88.7)))
        assert np.isinf(np.exp(np.float16(12))) and np.isfinite(np.exp(np.float16(11)))
        assert np.isnan(np.exp(np.float16(12)) / np.exp(np.float16(12))) and np.float32(np.exp(-200.0)) == 0
        masked = np.full(3, -np.inf)
        for logits in ((0, -200), (200, 0)):  # the first class is right
            p32 = softmax(np.array(logits, dtype=np.float32))
            assert p32[0] == 1 and np.isnan(-(np.array([1, 0]) * np.log(p32)).sum())
        assert np.all(np.isnan(masked - masked.max())) and np.isnan(np.inf * 0.0)
    double, single = np.finfo(np.float64), np.finfo(np.float32)
    assert round(float(double.max) / 1e308, 1) == 1.8 and round(float(double.eps) * 1e16, 1) == 2.2
    assert round(float(single.max) / 1e38, 1) == 3.4 and round(float(single.eps) * 1e7, 1) == 1.2
    assert round(log(float(double.max)), 1) == 709.8 and round(log(float(single.max)), 1) == 88.7
    half = np.finfo(np.float16)
    assert float(half.max) == 65_504 and round(log(65_504), 1) == 11.1 and round(float(half.eps), 5) == 0.00098
    brain = (2 - 2**-7) * 2.0**127  # bfloat16: 8 bits of exponent, 7 of fraction
    assert round(brain / 1e38, 1) == 3.4 and round(log(brain), 1) == 88.7 and round(2.0**-7, 4) == 0.0078
    assert 2 < 8 * np.log10(2) < 3

    rng = np.random.default_rng(0)
    z = rng.normal(size=6)
    shift = z - z.max()
    assert np.isclose(z.max() + np.log(np.exp(shift).sum()), logsumexp(z)) and np.exp(shift).sum() >= 1
    assert np.isclose((z.max() - z[2]) + np.log(np.exp(shift).sum()), -log_softmax(z)[2])
    assert np.allclose(softmax(z + 5), softmax(z)) and np.allclose(log_softmax(z + 5), log_softmax(z))
    gradient = softmax(1_000 * z) - np.eye(6)[2]
    assert np.all(abs(gradient) <= 1)
    numeric = (logsumexp(z + 1e-6 * np.eye(6)[2]) - logsumexp(z - 1e-6 * np.eye(6)[2])) / 2e-6 - 1
    assert np.isclose(numeric, softmax(z)[2] - 1)

    assert round(-log(1e-8), 1) == 18.4 and np.float16(1e-8) == 0
    p = 1e-20  # of the right class: slope of -log(p + 1e-8) by its logit
    assert p * (1 - p) / (p + 1e-8) < 1e-11
    assert log(1 + 1e-17) == 0 and np.log1p(1e-17) == 1e-17
    s = np.array([-800.0, -3.0, 0.0, 2.0, 800.0])
    assert np.allclose(np.maximum(s, 0) + np.log1p(np.exp(-abs(s))), np.logaddexp(0, s))
    assert np.float32(1000) + np.float32(0.00001) == np.float32(1000) and (np.float32(1000) - 1000) + 0.00001 > 0
    one, other = np.float32(1), np.exp(np.float32(-18))
    assert np.log(one + other) == 0 and round(float(np.log1p(other)) * 1e8, 1) == 1.5 == round(exp(-18) * 1e8, 1)
    assert round(2.0**-24 * 1e8) == 6 and one + np.float32(5.9e-8) == 1 < one + np.float32(6e-8)
    assert round(exp(12), -3) == 163_000 > 65_504
