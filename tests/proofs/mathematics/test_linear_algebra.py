"""Proofs for "Linear algebra": what the page states and has no room to run, one function a question."""

from __future__ import annotations

from itertools import product
from math import asin, ceil, exp, log, pi, sqrt

import numpy as np
import pytest
from scipy import stats
from scipy.linalg import hadamard
from scipy.optimize import brentq

norm = np.linalg.norm


def test_matrix_rank() -> None:
    """Row rank is column rank; a null vector leaves the fit; minimum norm, its limit from gradient descent; ridge is
    unique; contrasts in the row space are determined (4) and others not; dummies of three categories correlate at -0.5;
    more rows of the same kind keep the rank; key of the quick check: 10 of 12 columns, 28 distinct rows."""
    rng = np.random.default_rng(0)
    rank = np.linalg.matrix_rank
    for r in (1, 2, 3):
        a, b = rng.normal(size=(6, r)), rng.normal(size=(r, 4))
        assert rank(a @ b) == rank((a @ b).T) == r == rank((a @ b).T @ (a @ b))
        assert rank(a @ b @ rng.normal(size=(4, 2))) <= min(r, 2)

    red = np.array([1, 1, 0, 0, 0])
    x, y = np.column_stack([np.ones(5), red, 1 - red]), np.array([5.0, 7, 1, 2, 3])
    v = np.array([1, -1, -1])
    assert rank(x) == 2 and np.allclose(x @ v, 0) and y[:2].mean() == 6 and y[2:].mean() == 2
    smallest = np.linalg.lstsq(x, y)[0]
    assert np.allclose(smallest, [8 / 3, 10 / 3, -2 / 3])
    for t in (-2.0, 0.5, 3.0):
        w = smallest + t * v
        assert np.allclose(x @ w, [6, 6, 2, 2, 2]) and np.isclose(w[1] - w[2], 4) and norm(w) > norm(smallest)
        assert not np.isclose(w[0], smallest[0])  # the new row (1, 0, 0) depends on the choice
    assert rank(np.vstack([x, [0, 1, -1]])) == 2 and rank(np.vstack([x, [1, 0, 0]])) == 3
    w = np.zeros(3)
    for _ in range(500):
        w -= 0.05 * x.T @ (x @ w - y)
    assert np.allclose(w, smallest)
    assert rank(x.T @ x + 0.1 * np.eye(3)) == 3 and rank(np.vstack([x] * 20)) == 2
    assert rank(x[:, :2]) == 2 and np.allclose(x[:, :2] @ np.linalg.lstsq(x[:, :2], y)[0], x @ smallest)

    three = np.tile(np.eye(3), (4, 1))
    assert np.allclose(np.corrcoef(three.T)[np.triu_indices(3, 1)], -0.5)
    assert rank(np.column_stack([np.ones(12), three])) == 3
    third = 0.1 * np.arange(1.0, 9) + 0.2 * np.sqrt(np.arange(1.0, 9))
    near = np.column_stack([np.arange(1.0, 9), np.sqrt(np.arange(1.0, 9)), third])
    assert rank(near) == 2
    near[:, 2] += 1e-6 * rng.normal(size=8)
    assert rank(near) == 3 and np.linalg.inv(near.T @ near)[2, 2] > 1e10  # full rank, and nearly no information
    values = np.linalg.svd(near, compute_uv=False)
    assert rank(near) == np.sum(values > values[0] * 8 * np.finfo(float).eps)

    tiny = np.column_stack([np.ones(8), 1e-20 * rng.normal(size=8)])
    assert rank(tiny) == 1 and rank(tiny / norm(tiny, axis=0)) == 2

    rows = np.array([[1, *np.eye(4)[s], *np.eye(7)[d]] for s, d in product(range(4), range(7))])
    assert rows.shape == (28, 12) and rank(np.vstack([rows] * 36)[:1_000]) == 10
    assert rank(rng.normal(size=(5, 9))) == 5 and rank(rng.normal(size=(12, 9))) == 9  # rows help if there are few


def test_vector_norms() -> None:
    """Norms of (3, -4, 0); best constants 3, 22 and 50.5; the attacker's 1 against 0.01; the inequalities and when they
    are tight, a factor of 100; no norms: L0, the square, p = 1/2 (sizes 1, 1 and 4); clipping; the ridge shrinks, the
    soft threshold cuts. Key of the quick check: 0.5, 10 and 200."""
    assert [norm([3, -4, 0], p) for p in (1, 2, np.inf)] == [7, 5, 4]
    data, grid = np.array([1, 2, 3, 4, 100]), np.arange(0, 120, 0.5)
    misses = data[:, None] - grid
    best = [grid[norm(misses, p, axis=0).argmin()] for p in (1, 2, np.inf)]
    assert best == [3, 22, 50.5] == [np.median(data), data.mean(), (data.min() + data.max()) / 2]

    rng = np.random.default_rng(0)
    w = 0.01 * rng.choice([-1, 1], 10_000)
    assert np.isclose(0.01 * norm(w, 1), 1) and np.isclose(norm(w), 1)
    assert np.isclose(w @ (0.01 * np.sign(w)), 1) and np.isclose(w @ (0.01 * w / norm(w)), 0.01)
    u = rng.normal(size=(200, 50))
    weights = rng.normal(size=50)
    assert np.all(abs(u @ weights) <= norm(weights, 1) * abs(u).max(1) + 1e-9)
    for d in (2, 50, 10_000):
        x = rng.standard_t(2, size=(50, d))
        one, two, top = (norm(x, p, axis=1) for p in (1, 2, np.inf))
        assert np.all(top <= two) and np.all(two <= one)
        assert np.all(one <= sqrt(d) * two * (1 + 1e-12)) and np.all(sqrt(d) * two <= d * top * (1 + 1e-12))
        flat, spike = rng.choice([-2, 2], d), 3 * np.eye(1, d)[0]
        assert np.isclose(norm(flat, 1), sqrt(d) * norm(flat)) and np.isclose(norm(flat, 1), d * norm(flat, np.inf))
        assert norm(spike, 1) == norm(spike) == norm(spike, np.inf)
    assert sqrt(10_000) == 100

    a, b = np.array([1, 0]), np.array([0, 1])
    assert [np.sum(abs(z) ** 0.5) ** 2 for z in (a, b, a + b)] == [1, 1, 4]
    z = np.array([3.0, 0, -4])
    assert norm(2 * z, 0) == norm(z, 0) and norm(2 * z) ** 2 == 4 * norm(z) ** 2
    by_norm, by_entry = z / norm(z), z.clip(-1, 1)
    assert np.isclose(by_norm @ z, norm(z)) and by_entry @ z / norm(by_entry) < norm(z) - 0.01
    # one weight with fit 0.5: a penalty of the absolute value gives zero, of the square does not
    grid = np.linspace(-1, 1, 2_001)
    l1, l2 = ((grid - 0.5) ** 2 / 2 + penalty for penalty in (0.6 * abs(grid), 0.6 * grid**2))
    assert abs(grid[l1.argmin()]) < 1e-12 and grid[l2.argmin()] > 0.2

    flat = 0.5 * rng.choice([-1, 1], 400)
    assert [norm(flat, p) for p in (np.inf, 2, 1)] == [0.5, 10, 200] and norm(flat) ** 2 == 100 and sqrt(400) == 20


def test_dot_product_vs_cosine() -> None:
    """One order for stored vectors of equal length and any query; the table with three winners; length is the root of
    popularity; cosine 0 to 0.8 at equal dot products; cosine 0.98 and correlation -1; cosine distance breaks the
    triangle inequality (1 > 0.29 + 0.29); the appended coordinate. Key of the quick check: all three agree."""
    rng = np.random.default_rng(0)
    x, q = rng.normal(size=(300, 8)), 2.7 * rng.normal(size=8)

    def orders(x: np.ndarray) -> list[np.ndarray]:
        dot = x @ q
        return [np.argsort(s) for s in (-dot, -dot / norm(x, axis=1) / norm(q), norm(x - q, axis=1))]

    for length in (1, 0.3):
        first, second, third = orders(length * x / norm(x, axis=1, keepdims=True))
        assert np.array_equal(first, second) and np.array_equal(first, third)
    assert len({tuple(o) for o in orders(x)}) == 3
    assert np.array_equal(np.argsort(x @ q), np.argsort(x @ (5 * q)))
    assert np.allclose(norm(x - q, axis=1) ** 2, norm(q) ** 2 + norm(x, axis=1) ** 2 - 2 * x @ q)

    items, one = np.array([[4, 4], [0.2, 0], [1, 0.3]]), np.array([1, 0])
    dot, cos, far = items @ one, items @ one / norm(items, axis=1), norm(items - one, axis=1)
    assert np.allclose(dot, [4, 0.2, 1]) and np.allclose(cos.round(2), [0.71, 1, 0.96])
    assert np.allclose(far, [5, 0.8, 0.3]) and (dot.argmax(), cos.argmax(), far.argmin()) == (0, 1, 2)

    seen = rng.random((60, 20)) < rng.uniform(0.05, 0.8, 20)
    _, s, vt = np.linalg.svd(seen, full_matrices=False)
    assert np.allclose(norm(vt.T * s, axis=1), np.sqrt(seen.sum(0)))

    users, items, scale = rng.normal(size=(5, 2)), np.array([[1.0, 1], [1, -1]]), np.array([3, 1])
    assert np.allclose(users @ items.T, (users / scale) @ (items * scale).T)
    p, r = items * scale
    assert items[0] @ items[1] == 0 and np.isclose(p @ r / norm(p) / norm(r), 0.8)

    a, b = np.array([4, 5, 4]), np.array([5, 4, 5])
    assert round(a @ b / norm(a) / norm(b), 2) == 0.98 and np.isclose(np.corrcoef(a, b)[0, 1], -1)
    ca, cb = a - a.mean(), b - b.mean()
    assert np.isclose(ca @ cb / norm(ca) / norm(cb), np.corrcoef(a, b)[0, 1])
    half = 1 - sqrt(0.5)
    assert round(half, 2) == 0.29 and 2 * half < 1
    longest = norm(x, axis=1).max()
    longer = np.column_stack([x, np.sqrt(np.maximum(longest**2 - norm(x, axis=1) ** 2, 0))])
    assert np.allclose(norm(longer, axis=1), longest)
    assert np.array_equal(np.argsort(norm(longer - [*q, 0], axis=1)), np.argsort(-x @ q))
    unit = x / norm(x, axis=1, keepdims=True)
    assert np.allclose(norm(unit[0] - unit[1]) ** 2, 2 - 2 * unit[0] @ unit[1])


def test_projection_and_least_squares() -> None:
    """Nearest point, hat matrix with trace p and leverage; the line 0.5 + 2.5x with residuals 0.5, -1, 0.5 and
    41 = 39.5 + 1.5; squared condition number, lost digits; leave-one-out; weights; correlation of residual and target;
    a parabola leaves orthogonal residuals too. Key of the quick check: all coefficients zero."""
    rng = np.random.default_rng(0)
    x = np.column_stack([np.ones(30), rng.normal(size=(30, 3))])
    y = x[:, 1] ** 2 + rng.normal(size=30)  # no linear truth
    hat = x @ np.linalg.inv(x.T @ x) @ x.T
    b = np.linalg.lstsq(x, y)[0]
    rest = y - x @ b
    assert np.allclose(hat, hat.T) and np.allclose(hat @ hat, hat) and np.isclose(np.trace(hat), 4)
    assert np.allclose(hat @ y, x @ b) and np.allclose(x.T @ rest, 0)
    assert all(norm(y - x @ (b + rng.normal(size=4))) > norm(rest) for _ in range(20))
    moved = y + np.eye(30)[7]
    assert np.isclose((hat @ moved - hat @ y)[7], hat[7, 7])
    again = np.linalg.lstsq(x, rest)[0]  # quick check
    assert np.allclose(again, 0)
    left = np.delete(np.arange(30), 7)
    without = np.linalg.lstsq(x[left], y[left])[0]
    assert np.isclose(y[7] - x[7] @ without, rest[7] / (1 - hat[7, 7]))
    r2 = 1 - rest @ rest / np.sum((y - y.mean()) ** 2)
    assert np.isclose(np.corrcoef(rest, y)[0, 1], sqrt(1 - r2))
    weight = rng.uniform(0.5, 2, 30)
    root = np.sqrt(weight)
    weighted = np.linalg.lstsq(x * root[:, None], y * root)[0]
    assert np.allclose(x.T @ (weight * (y - x @ weighted)), 0)

    line, target = np.column_stack([np.ones(3), [0, 1, 2]]), np.array([1.0, 2, 6])
    b = np.linalg.lstsq(line, target)[0]
    rest = target - line @ b
    assert np.allclose(b, [0.5, 2.5]) and np.allclose(rest, [0.5, -1, 0.5]) and np.allclose(line.T @ rest, 0)
    assert np.allclose([target @ target, (line @ b) @ (line @ b), rest @ rest], [41, 39.5, 1.5])
    assert np.isclose(np.linalg.cond(x.T @ x), np.linalg.cond(x) ** 2) and 1 + 1e-16 == 1
    narrow = np.array([[1, 1], [1e-8, 0], [0, 1e-8]])
    assert np.linalg.matrix_rank(narrow) == 2
    powers = np.linspace(0, 1, 40)[:, None] ** np.arange(10)
    truth = np.ones(10)
    q, r = np.linalg.qr(powers)
    by_qr = np.linalg.solve(r, q.T @ (powers @ truth))
    by_normal = np.linalg.solve(powers.T @ powers, powers.T @ (powers @ truth))
    assert 100 * abs(by_qr - truth).max() < abs(by_normal - truth).max()
    # operation counts of the two methods for n rows and p columns, leading terms
    n, p = 10**6, 10
    assert abs((n * p**2 + p**3 / 3) / (2 * n * p**2 - 2 * p**3 / 3) - 0.5) < 0.001


def test_nearly_orthogonal_vectors() -> None:
    """Mean square of a cosine is 1/d exactly, by the beta law of its square; the tail bound; 22,000 and 12; 2,048
    directions of axes and Hadamard basis; 2,126 dimensions, and that they hold; 99 and 0.10; 0.5 with a common mean,
    gone when it is subtracted; 0.75 for uniform entries; nine standard deviations. Key of the quick check: halved,
    0.0625 and 0.0313."""
    for d in (2, 10, 1_000):
        square = stats.beta(0.5, (d - 1) / 2)
        assert np.isclose(square.mean(), 1 / d)
        for t in (0.05, 0.1, 0.3, 0.7):
            assert square.sf(t**2) <= 2 * exp(-d * t**2 / 2)
    assert round(1 / sqrt(1_000), 2) == 0.03
    assert round(exp(1_000 * 0.2**2 / 4), -3) == 22_000 and int(exp(1_000 * 0.1**2 / 4)) == 12
    for d, t in ((1_000, 0.2), (5_000, 0.1)):
        count = exp(d * t**2 / 4)
        assert count * (count - 1) / 2 * 2 * exp(-d * t**2 / 2) < 1
    basis = hadamard(1_024).astype(np.float32)  # over 32: orthonormal, its cosines with the axes are its entries
    assert np.array_equal(basis @ basis.T, 1_024 * np.eye(1_024)) and np.all(abs(basis) / 32 == 1 / 32)
    assert 1_024 + 1_024 == 2_048
    assert ceil(4 * log(10_000) / (0.2**2 / 2 - 0.2**3 / 3)) == 2_126

    rng = np.random.default_rng(0)
    points = rng.standard_t(3, size=(60, 2_000))
    k = ceil(4 * log(60) / (0.3**2 / 2 - 0.3**3 / 3))
    shadow = points @ rng.normal(size=(2_000, k)) / sqrt(k)
    i, j = np.triu_indices(60, 1)
    ratio = np.sum((shadow[i] - shadow[j]) ** 2, 1) / np.sum((points[i] - points[j]) ** 2, 1)
    assert ratio.min() > 0.7 and ratio.max() < 1.3

    variances = 0.98 ** np.arange(1_000)
    effective = variances.sum() ** 2 / (variances**2).sum()
    assert round(effective) == 99 and round(1 / sqrt(99), 2) == 0.10
    even = rng.normal(size=(200, 6)) @ rng.normal(size=(6, 6))  # correlated; mean zero and length 1 by construction
    even = np.vstack([even, -even]) / norm(np.vstack([even, -even]), axis=1, keepdims=True)
    roots = np.linalg.eigvalsh(np.cov(even.T, bias=True))
    assert np.isclose(np.mean((even @ even.T) ** 2), (roots**2).sum() / roots.sum() ** 2)

    def cosines(x: np.ndarray, y: np.ndarray) -> np.ndarray:
        return (x * y).sum(1) / norm(x, axis=1) / norm(y, axis=1)

    x, y = rng.normal(size=(2, 500, 1_000))
    shared = cosines(1 + x, 1 + y)
    assert abs(shared.mean() - 0.5) < 0.005
    center = (1 + np.vstack([x, y])).mean(0)
    assert abs(cosines(1 + x - center, 1 + y - center).mean()) < 0.01
    assert abs(cosines(rng.random((500, 1_000)), rng.random((500, 1_000))).mean() - 0.75) < 0.005
    assert 9 < 0.3 * sqrt(1_000) < 10
    assert 1 / sqrt(256) == 0.0625 and round(1 / sqrt(1_024), 4) == 0.0312 and 1 / sqrt(1_024) == 0.03125


def test_eigenvalues_and_eigenvectors() -> None:
    """Eigenvalues 3 and 1, trace 4, determinant 3, 59,049; powers; the spectral theorem; variances along the axes; the
    bound 2/3 on the step; a stationary distribution; rotation, shear; power iteration shrinks by the ratio. Key of the
    quick check: 1 and 0."""
    a = np.array([[2, 1], [1, 2]])
    assert np.array_equal(a @ [1, 1], [3, 3]) and np.array_equal(a @ [1, -1], [1, -1])
    assert np.allclose([np.linalg.det(a - root * np.eye(2)) for root in (1, 3)], 0)
    assert [(2 - root) ** 2 - 1 for root in (1, 3)] == [0, 0]
    assert np.trace(a) == 4 and np.isclose(np.linalg.det(a), 3)
    tenth = np.linalg.matrix_power(a, 10)
    assert 3**10 == 59_049 and np.array_equal(tenth @ [1, 1], [59_049] * 2) and np.array_equal(tenth @ [1, -1], [1, -1])

    rng = np.random.default_rng(0)
    any_matrix = rng.normal(size=(5, 5))
    values, v = np.linalg.eig(any_matrix)
    assert np.isclose(values.sum(), np.trace(any_matrix)) and np.isclose(values.prod(), np.linalg.det(any_matrix))
    fourth = v @ np.diag(values**4) @ np.linalg.inv(v)
    assert np.allclose(fourth, np.linalg.matrix_power(any_matrix, 4)) and np.iscomplexobj(values)
    assert not np.allclose(np.linalg.eig([[1, 1], [0, 2]])[1].T @ np.linalg.eig([[1, 1], [0, 2]])[1], np.eye(2))
    symmetric = any_matrix + any_matrix.T
    values, v = np.linalg.eigh(symmetric)
    assert np.allclose(v.T @ v, np.eye(5)) and np.all(np.diff(values) >= 0)
    assert np.allclose(v @ np.diag(values) @ v.T, symmetric)

    data = rng.normal(size=(200, 3)) @ rng.normal(size=(3, 3))
    values, v = np.linalg.eigh(np.cov(data.T))
    assert np.allclose((data @ v).var(axis=0, ddof=1), values)
    for step, shrinks in ((0.66, True), (0.67, False)):
        x = np.array([1.0, 0.5])
        for _ in range(3_000):
            x = x - step * a @ x
        assert (norm(x) < 1e-6) == shrinks
    chain = np.array([[0.9, 0.1], [0.4, 0.6]])
    assert np.allclose(np.array([0.8, 0.2]) @ chain, [0.8, 0.2])
    assert np.allclose(sorted(np.linalg.eigvals([[0, -1], [1, 0]]).imag), [-1, 1])
    assert np.linalg.matrix_rank(np.array([[1, 1], [0, 1]]) - np.eye(2)) == 1  # one direction for the double eigenvalue

    jump = np.array([[0.5, 10], [0, 0.5]])
    assert norm(jump, 2) >= norm(jump @ [0, 1]) > 10
    values, v = np.linalg.eigh(symmetric)
    order = np.argsort(-abs(values))
    x, ratio = rng.normal(size=5), abs(values[order[1]] / values[order[0]])
    for _ in range(20):
        before = norm(v[:, order[1:]].T @ x) / abs(v[:, order[0]] @ x)
        x = symmetric @ x / norm(symmetric @ x)
        assert norm(v[:, order[1:]].T @ x) / abs(v[:, order[0]] @ x) <= ratio * before * (1 + 1e-9)

    found = [(4, p, q) for p, q in ((0.5, 0.5), (1, 0), (1, 1)) if 4 + p + q == 5 and 4 * p * q == 0]
    assert found == [(4, 1, 0)] and 4 * 0.5 * 0.5 == 1 and 4 + 1 + 1 == 6 and 4 * 1 * 1 == 4


def test_singular_value_decomposition() -> None:
    """The shear: eigenvalues 1 and 1, singular values 1.618 and 0.618, 62 % longer; squares are eigenvalues of the Gram
    matrix; rank, norm, condition; pseudo-inverse of smallest norm; PCA from centered data and not without; signs; the
    lost small value; ridge factors. Key of the quick check: 3 and 2."""
    shear = np.array([[1, 1], [0, 1]])
    u, s, vt = np.linalg.svd(shear)
    assert np.allclose(np.linalg.eigvals(shear), 1) and np.allclose(s.round(3), [1.618, 0.618])
    assert round(100 * (s[0] - 1)) == 62 and np.allclose(shear @ vt[0], s[0] * u[:, 0])
    assert np.allclose(np.linalg.eigvalsh(shear.T @ shear)[::-1], s**2)
    values, vectors = np.linalg.eig([[-1, 1], [0, 2]])  # one basis, not perpendicular, and a negative value
    assert sorted(values) == [-1, 2] and abs(vectors[:, 0] @ vectors[:, 1]) > 0.1
    assert np.iscomplexobj(np.linalg.eigvals([[0, -1], [1, 0]]))

    rng = np.random.default_rng(0)
    a = rng.normal(size=(7, 3)) @ rng.normal(size=(3, 5))
    u, s, vt = np.linalg.svd(a, full_matrices=False)
    assert np.allclose(u * s @ vt, a) and np.sum(s > 1e-9) == 3 and np.isclose(norm(a, 2), s[0])
    x = rng.normal(size=(5, 1_000))
    assert np.all(norm(a @ x, axis=0) <= s[0] * norm(x, axis=0) * (1 + 1e-12))
    flip = np.array([-1, 1, -1, 1, 1])
    assert np.allclose((u * flip) * s @ (vt.T * flip).T, a)
    plus = vt[:3].T / s[:3] @ u[:, :3].T
    y = rng.normal(size=7)
    assert np.allclose(plus, np.linalg.pinv(a)) and np.allclose(plus @ y, np.linalg.lstsq(a, y)[0])
    assert np.allclose(plus @ a, vt[:3].T @ vt[:3]) and not np.allclose(plus @ a, np.eye(5))
    assert np.isclose(norm(plus, 2), 1 / s[2])  # the smallest stretch multiplies noise most
    square = rng.normal(size=(4, 4))
    assert np.isclose(np.linalg.cond(square), np.divide(*np.linalg.svd(square, compute_uv=False)[[0, -1]]))

    data = rng.normal(size=(300, 3)) * [3, 2, 1] + [40, 40, 40]
    centered = data - data.mean(0)
    u, s, vt = np.linalg.svd(centered, full_matrices=False)
    assert np.allclose(s**2 / 299, np.linalg.eigvalsh(np.cov(data.T))[::-1])
    assert np.allclose(centered @ vt.T, u * s)
    raw = np.linalg.svd(data, full_matrices=False)[2][0]
    assert abs(raw @ data.mean(0)) / norm(data.mean(0)) > 0.999 and abs(raw @ vt[0]) < 0.8

    thin = np.array([[1, 1], [1e-9, -1e-9]]) / sqrt(2)  # singular values 1 and 1e-9
    assert np.allclose(np.linalg.svd(thin, compute_uv=False), [1, 1e-9], rtol=1e-6, atol=0)
    assert np.unique(thin.T @ thin).size == 1  # stored as a matrix of rank 1: the small one is gone
    ridge = np.linalg.solve(centered.T @ centered + 5 * np.eye(3), centered.T @ data[:, 0])
    assert np.allclose(ridge, vt.T @ (s / (s**2 + 5) * (u.T @ data[:, 0])))

    turn = np.linalg.qr(rng.normal(size=(2, 2)))[0]
    symmetric = turn @ np.diag([2, -3]) @ turn.T
    assert np.allclose(np.linalg.svd(symmetric, compute_uv=False), [3, 2])
    gram = square.T @ square
    u, s, vt = np.linalg.svd(gram)
    assert np.allclose(u, vt.T) and np.allclose(s, np.linalg.eigvalsh(gram)[::-1])  # semidefinite: the two coincide


def test_low_rank_approximation() -> None:
    """Errors in both norms, and no better matrix among many; storage 100,000 of a million, 500; the noise edge 24 and
    the best cut 28, which keeps 5; more than 50 components at 90 %; zeros for missing entries pull down; negative
    entries; uniqueness; held-out rows never get worse; hidden entries find rank 3; the factor 2.86. Key of the quick
    check: 0.41, against 0.30, 0.17 and 0.50."""
    rng = np.random.default_rng(0)
    a = rng.normal(size=(8, 6))
    u, s, vt = np.linalg.svd(a, full_matrices=False)
    for k in (1, 2, 4):
        best = u[:, :k] * s[:k] @ vt[:k]
        assert np.isclose(norm(a - best) ** 2, np.sum(s[k:] ** 2)) and np.isclose(norm(a - best, 2), s[k])
        share = np.sum(s[:k] ** 2) / np.sum(s**2)
        assert np.isclose(norm(a - best) ** 2 / norm(a) ** 2, 1 - share)
        for _ in range(20):
            left = np.linalg.qr(u[:, :k] + 0.2 * rng.normal(size=(8, k)))[0]
            other = left @ (left.T @ a)  # the best one with these columns
            assert norm(a - other) > norm(a - best) and norm(a - other, 2) >= norm(a - best, 2) - 1e-12
    assert 50 * 2_000 == 100_000 and 1_000 * 1_000 == 10**6 and 1_000 * 1_000 / 2_000 == 500

    m, n = 200, 100
    assert round(sqrt(m) + sqrt(n)) == 24
    beta = n / m
    cut = sqrt(2 * (beta + 1) + 8 * beta / (beta + 1 + sqrt(beta**2 + 14 * beta + 1))) * sqrt(m)
    assert round(cut) == 28 and np.isclose(sqrt(2 * 2 + 8 / (2 + 4)), 4 / sqrt(3))
    left, right = (np.linalg.qr(rng.normal(size=(10, d, 5)))[0] for d in (m, n))
    noise = rng.normal(size=(10, m, n))
    edge = np.linalg.svd(noise, compute_uv=False)[:, 0]
    assert np.all(abs(edge - 24.1) < 1.5)
    values = np.linalg.svd((left * [80, 70, 60, 50, 40]) @ right.swapaxes(1, 2) + noise, compute_uv=False)
    share = np.cumsum(values**2, 1) / np.sum(values**2, 1, keepdims=True)
    assert np.all(np.sum(values > cut, 1) == 5) and np.all(np.sum(share < 0.9, 1) + 1 > 50)

    new = rng.normal(size=(30, 6))
    misses = [norm(new - new @ vt[:k].T @ vt[:k]) for k in range(7)]
    assert np.all(np.diff(misses) < 1e-12)  # held-out rows: the error never rises

    truth = np.outer(rng.uniform(1, 2, 40), rng.uniform(1, 2, 30))
    known = rng.random(truth.shape) < 0.5
    u, s, vt = np.linalg.svd(np.where(known, truth, 0))
    assert (u[:, 0] * s[0])[:, None].dot(vt[:1])[~known].mean() < 0.6 * truth[~known].mean()
    positive = np.array([[1, 1, 0], [0, 1, 1], [0, 0, 1]])
    u, s, vt = np.linalg.svd(positive)
    assert (u[:, :2] * s[:2] @ vt[:2]).min() < -0.01 and (u[:, :1] * s[0] @ vt[:1]).min() > -1e-12
    root = brentq(lambda x: x * sqrt(4 - x * x) / 2 + 2 * asin(x / 2) - pi / 2, 0, 2)  # median of the quarter circle
    assert round(4 / sqrt(3) / root, 2) == 2.86
    left, right = (np.linalg.qr(rng.normal(size=(d, 3)))[0] for d in (60, 40))
    seen, hidden = (left * [60, 50, 40]) @ right.T + rng.normal(size=(60, 40)), rng.random((60, 40)) < 0.1
    errors = []
    for k in range(1, 6):  # hidden entries, filled by repeated rank-k fits
        fit = np.zeros_like(seen)
        for _ in range(25):
            u, s, vt = np.linalg.svd(np.where(hidden, fit, seen), full_matrices=False)
            fit = u[:, :k] * s[:k] @ vt[:k]
        errors.append(np.mean((fit - seen)[hidden] ** 2))
    assert np.argmin(errors) + 1 == 3
    twin = np.eye(2)  # equal singular values: two best matrices of rank 1
    assert norm(twin - np.diag([1, 0])) == norm(twin - np.diag([0, 1])) == 1

    values = np.array([4, 3, 2, 1])
    dropped, total = np.sum(values[2:] ** 2), np.sum(values**2)
    assert (dropped, total) == (5, 30) and round(sqrt(5 / 30), 2) == 0.41
    assert round(5 / 30, 2) == 0.17 and values[2:].sum() / values.sum() == 0.3 and values[2] / values[0] == 0.5


def test_positive_semidefinite() -> None:
    """Quadratic form as variance and squared length; Cholesky takes definite matrices only; wrong tests by entries (3
    and -1), determinant and eigenvalues of a non-symmetric matrix (-2); rank 49 of 100; what keeps semidefiniteness; a
    floor at zero stays singular; rounding; shrinkage from c/(1 + c). Key of the quick check: 0.28 to 1."""
    rng = np.random.default_rng(0)
    data, x = rng.normal(size=(50, 4)) @ rng.normal(size=(4, 4)), rng.normal(size=4)
    assert np.isclose(x @ np.cov(data.T) @ x, np.var(data @ x, ddof=1))
    assert np.isclose(x @ (data.T @ data) @ x, norm(data @ x) ** 2)
    np.linalg.cholesky(np.cov(data.T))
    for bad in (np.diag([1.0, -1e-3]), np.diag([1.0, 0.0])):
        with pytest.raises(np.linalg.LinAlgError):
            np.linalg.cholesky(bad)

    assert np.allclose(np.linalg.eigvalsh([[1, 2], [2, 1]]), [-1, 3])
    assert np.isclose(np.linalg.det(-np.eye(2)), 1)
    edge = np.diag([0, -1])
    assert [np.linalg.det(edge[:k, :k]) for k in (1, 2)] == [0, 0] and np.linalg.eigvalsh(edge).min() == -1
    skew, y = np.array([[1, 4], [0, 1]]), np.array([1, -1])
    assert np.allclose(np.linalg.eigvals(skew), 1) and y @ skew @ y == -2
    assert np.isclose(np.linalg.eigvalsh((skew + skew.T) / 2).min(), -1)
    wide = np.cov(rng.normal(size=(50, 100)).T)
    assert np.linalg.matrix_rank(wide) == 49 and np.linalg.eigvalsh(wide).min() > -1e-12
    a, b = (np.cov(rng.normal(size=(9, 4)).T) for _ in range(2))
    m = rng.normal(size=(4, 6))
    for kept in (a + b, 3 * a, m.T @ a @ m, a * b):
        assert np.linalg.eigvalsh(kept).min() > -1e-12
    assert not np.allclose(a @ b, (a @ b).T)

    r = np.corrcoef([1, 2, 3], [1, 2, 4])[0, 1]
    bad = np.array([[1, r, -r], [r, 1, r], [-r, r, 1]])
    c = -np.linalg.eigvalsh(bad)[0]
    assert round(r, 2) == 0.98 and round(c, 2) == 0.96 and np.isclose(c, 2 * r - 1)
    for alpha, sign in ((c / (1 + c), 0), (c / (1 + c) + 0.01, 1), (0.7, 1), (1, 1), (c / (1 + c) - 0.01, -1)):
        least = np.linalg.eigvalsh((1 - alpha) * bad + alpha * np.eye(3)).min()
        assert np.sign(least.round(9)) == sign
    values, vectors = np.linalg.eigh(bad)
    for floor in (0, 1e-6):
        clipped = vectors * values.clip(floor) @ vectors.T
        scale = np.sqrt(np.diag(clipped))
        fixed = clipped / np.outer(scale, scale)
        assert np.allclose(fixed[0], [1, 0.5, -0.5], atol=1e-5) and np.allclose(np.diag(fixed), 1)
        assert (np.linalg.eigvalsh(fixed).min() > 1e-7) == (floor > 0)  # singular at zero
    np.linalg.cholesky(fixed)
    assert np.linalg.eigvalsh(fixed).min() < 1e-6  # nearly no risk in that combination
    typed = np.corrcoef(rng.normal(size=(8, 4))).round(2)  # valid, but rounding makes it indefinite
    assert np.linalg.eigvalsh(typed)[0] < -1e-3
    convex = np.array([[2, 1], [1, 2]])  # Hessian of a convex quadratic, and one of a saddle
    assert np.linalg.eigvalsh(convex).min() > 0 > np.linalg.eigvalsh(np.diag([2, -2])).min()

    def smallest(third: float) -> float:
        return float(np.linalg.eigvalsh([[1, 0.8, third], [0.8, 1, 0.8], [third, 0.8, 1]])[0])

    assert np.isclose(0.8**2 - (1 - 0.8**2), 0.28) and np.isclose(0.8**2, 0.64)
    assert smallest(0.28) > -1e-12 and smallest(1) > -1e-12 and smallest(0.279) < 0 and smallest(0.64) > 0
