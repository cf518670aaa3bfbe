"""Proofs for "pandas and NumPy": what the page states and has no room to run, one function a question."""

from __future__ import annotations

import heapq
import sqlite3
import tracemalloc
import warnings

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray
from scipy.stats import binom, norm


def expand(a: NDArray[np.floating], b: NDArray[np.floating]) -> NDArray[np.floating]:
    """Squared distances by the expansion."""
    return (a**2).sum(axis=1)[:, None] + (b**2).sum(axis=1) - 2 * a @ b.T


def test_numpy_broadcasting() -> None:
    """Sizes, strides and results of the shapes named; 3.2 GB for all pairs; the options of the quick check."""
    rng = np.random.default_rng(0)
    wide, v = rng.normal(size=(5, 3)), rng.normal(size=3)
    assert np.allclose((wide - wide.mean(axis=0)).mean(axis=0), 0)
    with pytest.raises(ValueError, match="broadcast"):
        wide - wide.mean(axis=1)
    view = np.broadcast_to(v, (5, 3))
    assert view.strides == (0, 8) and np.shares_memory(view, v)
    assert 20_000 * 20_000 * 8 == 3.2e9
    assert (wide[:, None, :] - rng.normal(size=(4, 3))).shape == (5, 4, 3)
    assert (np.zeros(4) - np.zeros((4, 1))).shape == (4, 4)
    gap = np.array([[1.0, np.nan], [1.0, 3.0]])
    assert np.isnan(gap - gap.mean(axis=1, keepdims=True)).tolist() == [[True, True], [False, False]]
    assert np.nanmean(gap, axis=1).tolist() == [1, 2]
    a, w = rng.normal(size=(32, 10)), rng.normal(size=32)
    assert np.array_equal(a * w[:, None], np.array([row * x for row, x in zip(a, w, strict=True)]))
    for wrong in (w, w.T, w[None, :]):
        with pytest.raises(ValueError, match="broadcast"):
            wrong * a
    assert w.T.shape == w.shape


def test_numpy_views_and_copies() -> None:
    """Quick check, in-place functions, kept buffers, repeated indices, a constant column, and pandas since 3.0."""
    x = np.arange(6)
    y, z = x[::2], x[[0, 2, 4]]
    y += 10
    assert (x[0], z[0]) == (10, 0)
    fortran = np.asfortranarray(np.arange(12.0).reshape(3, 4))
    assert np.shares_memory(fortran, fortran.T.reshape(-1)) and not np.shares_memory(fortran, fortran.reshape(-1))
    a = np.arange(12.0).reshape(3, 4)
    assert np.shares_memory(a[1], a) and not np.shares_memory(a[1:, [0, 2]], a) and np.shares_memory(a[:], a)
    numbers = [1, 2]
    assert numbers[:] is not numbers
    a[a > 5] = 0
    assert a.max() == 5

    def in_place(m: NDArray[np.float64]) -> None:
        m -= m.mean(axis=0)

    def rebound(m: NDArray[np.float64]) -> None:
        m = m - m.mean(axis=0)

    before = a.copy()
    rebound(a)
    assert np.array_equal(a, before)
    in_place(a)
    assert not np.array_equal(a, before)
    big = np.zeros(1000)
    assert big[:10].base is big and big[:10].copy().base is None
    assert np.bincount([0, 0, 1], minlength=3).tolist() == [2, 1, 0]
    constant = np.full(3, 0.1)
    assert constant.std() == pytest.approx(1.4e-17, rel=0.02) and np.ptp(constant) == 0
    df = pd.DataFrame({"x": [1, 2, 3]})
    mask = df["x"] > 1
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        df["x"][mask] = 0
    assert df["x"].tolist() == [1, 2, 3]
    df.loc[mask, "x"] = 0
    assert df["x"].tolist() == [1, 0, 0]


def test_pairwise_distances() -> None:
    """Error of order 2 at norm 1e8, float32 at 4096, negative squares, self-distance, peak memory, map coordinates."""
    assert np.finfo(float).eps == pytest.approx(2.2e-16, rel=0.01)
    assert np.finfo(float).eps * 1e8**2 == pytest.approx(2.2, rel=0.01)
    assert np.spacing(1e16) == 2
    close = np.array([[4096.0], [4097.0]], dtype=np.float32)
    assert expand(close, close)[0, 1] == 0
    assert 10_000**2 * 8 == 0.8e9 and 10_000**2 * 128 * 8 / 1e9 == 102.4
    rng = np.random.default_rng(0)
    x = 5e6 + rng.normal(0, 0.03, size=(200, 2))
    squares = expand(x, x)
    assert np.all(squares * 64 % 1 == 0) and (squares < 0).any()  # multiples of 1/64: a distance of 0.125 at least
    centered = expand(x - x.mean(axis=0), x - x.mean(axis=0))
    true = ((x[:, None] - x) ** 2).sum(axis=2)
    assert np.abs(centered - true).max() < 1e-9 < np.abs(np.maximum(squares, 0) - true).max()
    scaled = expand(x / 1e6, x / 1e6) * 1e12
    assert np.abs(scaled - true).max() > 1e-3
    a, b = rng.normal(size=(50, 4)), rng.normal(size=(60, 4))
    one = np.sqrt(sum((u[:, None] - v) ** 2 for u, v in zip(a.T, b.T, strict=True)))
    assert np.allclose(one, np.linalg.norm(a[:, None] - b, axis=2), rtol=1e-14)
    cloud = rng.normal(size=(500, 8))
    cloud -= cloud.mean(axis=0)
    itself = np.sqrt(np.maximum(expand(cloud, cloud), 0)).diagonal().max()
    assert 1e-7 / 4 < itself < 1e-7 * 4
    # the shape of the page's case, n : d = 10,000 : 128, at a tenth of the size
    many = rng.normal(size=(1_000, 13))
    tracemalloc.start()
    np.sqrt(np.maximum(expand(many - many.mean(axis=0), many - many.mean(axis=0)), 0))
    peak = tracemalloc.get_traced_memory()[1] / (1_000**2 * 8)
    tracemalloc.stop()
    assert 2 <= peak < 2.2
    nearest = ((a[:, None] - b) ** 2).sum(axis=2).argmin(axis=1)
    assert np.array_equal(nearest, ((b**2).sum(axis=1) - 2 * a @ b.T).argmin(axis=1))


def test_top_k_without_sorting() -> None:
    """One-liners of the answer, the smallest by mistake, unsigned negation, shards, heap, and the quick check."""
    rng = np.random.default_rng(0)
    for _ in range(50):
        scores = rng.permutation(200)
        idx = np.argpartition(scores, -3)[-3:]
        assert sorted(scores[idx]) == [197, 198, 199] and scores[idx][0] == 197
        assert sorted(scores[np.argpartition(scores, 3)[:3]]) == [0, 1, 2]
        best = {int(v) for shard in scores.reshape(10, 20) for v in np.sort(shard)[-3:]}
        assert sorted(best)[-3:] == [197, 198, 199]
        assert heapq.nlargest(3, scores.tolist()) == [199, 198, 197]
    assert (-np.array([1], dtype=np.uint8))[0] == 255
    assert float(2**53) == float(2**53 + 1)
    huge = np.array([2**53, 2**53 + 1])
    assert huge[np.argsort(-huge.astype(float), kind="stable")[0]] == huge.min()  # the smaller one wins
    assert np.argsort(-np.asarray(np.array([0, 3, 1], dtype=np.uint64), dtype=float)).tolist() == [1, 2, 0]
    orders = {tuple(np.argpartition(row, -20)[-20:].argsort()) for row in rng.normal(size=(30, 300))}
    assert len(orders) > 1
    unranked = [rng.normal(size=300) for _ in range(30)]
    assert any(np.any(np.diff(s[np.argpartition(s, -20)[-20:]]) < 0) for s in unranked)
    assert any(np.any(np.diff(s[np.argpartition(s, -20)[-20:]]) > 0) for s in unranked)
    matrix = rng.normal(size=(5, 30))
    part = np.argpartition(matrix, -4, axis=1)[:, -4:]
    order = np.argsort(-np.take_along_axis(matrix, part, axis=1), axis=1)
    assert np.array_equal(np.take_along_axis(part, order, axis=1), np.argsort(-matrix, axis=1)[:, :4])


def test_simulate_power() -> None:
    """The exact power of each printed case by summing binomial probabilities; the formula's n; standard errors."""

    def exact(p_a: float, p_b: float, n: int) -> float:
        k = np.arange(n + 1)
        pmf_a, pmf_b = binom.pmf(k, n, p_a), binom.pmf(k, n, p_b)
        i, j = np.flatnonzero(pmf_a > 1e-12), np.flatnonzero(pmf_b > 1e-12)
        a, b = i[:, None] / n, j / n
        pooled = (a + b) / 2
        hit = np.abs(b - a) > 1.96 * np.sqrt(2 * pooled * (1 - pooled) / n)
        return float((pmf_a[i][:, None] * pmf_b[j] * hit).sum())

    page = {(0.10, 2_000): 0.050, (0.12, 1_000): 0.295, (0.12, 2_000): 0.526, (0.12, 3_841): 0.802}
    for (p_b, n), printed in page.items():
        true = exact(0.10, p_b, n)
        assert abs(printed - true) < 4 * np.sqrt(true * (1 - true) / 40_000) + 0.0005
    assert exact(0.10, 0.10, 2_000) == pytest.approx(0.05, abs=0.0005)
    assert exact(0.10, 0.12, 2_000) == pytest.approx(0.525, abs=0.0005)
    assert exact(0.10, 0.12, 3_841) == pytest.approx(0.80, abs=0.0005)
    assert 100 * exact(0.001, 0.001, 1_000) == pytest.approx(1.4, abs=0.05)
    z, pooled = norm.ppf([0.975, 0.8]), 0.11
    n = (z[0] * np.sqrt(2 * pooled * (1 - pooled)) + z[1] * np.sqrt(0.1 * 0.9 + 0.12 * 0.88)) ** 2 / 0.02**2
    assert np.ceil(n) == 3_841
    assert 0.5 / np.sqrt(40_000) == 0.0025 and 0.5 / np.sqrt(400) == 0.025
    powers = [exact(0.10, 0.12, n) for n in (500, 1_000, 2_000)]
    assert powers == sorted(powers)
    # 10 sessions a user, all alike: the test that takes them as independent raises too many false alarms
    rng = np.random.default_rng(0)
    a, b = (rng.binomial(500, 0.1, size=4_000) / 500 for _ in range(2))
    m = (a + b) / 2
    alarms = np.mean(np.abs(b - a) > 1.96 * np.sqrt(2 * m * (1 - m) / 5_000))
    assert alarms > 0.3


def test_pandas_groupby_transform() -> None:
    """Zero totals, missing amounts and keys, count against size, calls of a lambda, SQL, and the quick check."""
    orders = pd.DataFrame({"customer": [5, 6, 5, 5, 6, 5], "amount": [1.0, -1, 3, np.nan, 1, 4]})
    g = orders.groupby("customer")
    share = orders["amount"] / g["amount"].transform("sum")
    assert share.isna().tolist() == [False, False, False, True, False, False]  # -1/0 is infinite, not NaN
    assert pd.isna(pd.Series([0.0]) / 0).all()
    assert g["amount"].transform("count").tolist() == [3, 2, 3, 3, 2, 3]
    assert g["amount"].transform("size").tolist() == [4, 2, 4, 4, 2, 4]
    calls: list[int] = []
    g["amount"].transform(lambda x: calls.append(1) or x.sum())
    assert len(calls) >= 2
    lost = pd.DataFrame({"customer": ["a", None], "amount": [1.0, 2]})
    assert lost.groupby("customer")["amount"].transform("sum").isna().tolist() == [False, True]
    kept = orders[g["amount"].transform("size") >= 3]
    assert kept["customer"].tolist() == [5, 5, 5, 5]
    assert orders[g.cumcount() >= 3].index.tolist() == [5]
    with warnings.catch_warnings(), pytest.raises(pd.errors.IndexingError):
        warnings.simplefilter("ignore")
        orders[g.size() >= 3]
    labels = pd.DataFrame({"customer": [0, 1, 0, 0, 2]}, index=[0, 1, 2, 0, 1])
    with pytest.warns(UserWarning, match="reindexed"):
        assert labels[labels.groupby("customer").size() >= 3].index.tolist() == [0, 0]  # right rows: labels 0, 2, 0
    x = orders["amount"]
    column = x.groupby(orders["customer"])
    scaled = (x - column.transform("mean")) / column.transform("std")
    assert np.allclose(scaled.groupby(orders["customer"]).std(), 1)
    assert x.fillna(column.transform("median")).iloc[3] == 3
    assert pd.isna(pd.DataFrame({"k": [1], "x": [2.0]}).groupby("k")["x"].transform("std")).all()
    base = sqlite3.connect(":memory:")
    orders.to_sql("orders", base)
    rows = base.execute('SELECT SUM(amount) OVER (PARTITION BY customer) FROM orders ORDER BY "index"').fetchall()
    assert [r[0] for r in rows] == g["amount"].transform("sum").tolist()


def test_pandas_merge_traps() -> None:
    """Totals 60, 70 and 50; types; validate; float columns; as-of joins; SQL on missing keys; 3 times 4 rows."""
    sales = pd.DataFrame({"user": [1, 2, None], "amount": [10, 20, 30]})
    users = pd.DataFrame({"user": [1, 1, None], "country": ["DE", "AT", "??"]})
    left = sales.merge(users, on="user", how="left")
    assert (sales["amount"].sum(), left["amount"].sum(), sales.merge(users, on="user")["amount"].sum()) == (60, 70, 50)
    assert left.drop_duplicates().shape == left.shape
    base = sqlite3.connect(":memory:")
    sales.to_sql("s", base)
    users.to_sql("u", base)
    joined = base.execute("SELECT SUM(amount), COUNT(country) FROM s LEFT JOIN u ON s.user = u.user").fetchone()
    assert joined == (70, 2)
    numbers, texts = pd.DataFrame({"k": [1, 2]}), pd.DataFrame({"k": ["1", "2"]})
    with pytest.raises(ValueError, match="merge on int64 and str"):
        numbers.merge(texts, on="k")
    silent = numbers.astype(object).merge(texts, on="k", how="left", indicator=True)
    assert (silent["_merge"] == "left_only").all()
    sales.merge(users, on="user", validate="many_to_many")
    with pytest.raises(ValueError, match="not unique"):
        sales.merge(users, on="user", validate="many_to_one")
    found = numbers.merge(pd.DataFrame({"k": [1], "w": [5]}), on="k", how="left")
    assert found["w"].dtype == float
    a, b = pd.DataFrame({"k": [1], "j": [1], "x": [0]}), pd.DataFrame({"k": [1], "j": [2], "x": [0]})
    assert len(a.merge(b)) == 0 and list(a.merge(b, on="k")) == ["k", "j_x", "x_x", "j_y", "x_y"]
    shuffled = sales.set_axis([9, 8, 7]).merge(users.head(1), on="user", how="left")
    assert shuffled.index.tolist() == [0, 1, 2]
    prices = pd.DataFrame({"time": [1, 5], "price": [10, 20]})
    past = pd.merge_asof(pd.DataFrame({"time": [1, 4, 5, 6]}), prices, on="time", allow_exact_matches=False)
    assert past["price"].fillna(-1).tolist() == [-1, 10, 10, 20]
    sold = pd.DataFrame({"time": [10], "product": ["a"]})
    both = pd.DataFrame({"time": [5, 8], "product": ["a", "b"], "price": [1, 99]})
    assert pd.merge_asof(sold, both, on="time", by="product", allow_exact_matches=False)["price"].tolist() == [1]
    assert pd.merge_asof(sold, both.drop(columns="product"), on="time")["price"].tolist() == [99]
    sevens = pd.DataFrame({"key": [7, 7, 7]}), pd.DataFrame({"key": [7] * 4})
    assert len(sevens[0].merge(sevens[1], on="key", how="left")) == 12


def test_pandas_rolling_features() -> None:
    """The answer against a loop and SQL; the borders of windows; 1/sqrt(7); shift that leaves its store."""
    rng = np.random.default_rng(0)
    keys = [(s, d) for s in "ABC" for d in range(40) if rng.random() < 0.6]
    sales = pd.DataFrame(keys, columns=["store", "number"]).assign(units=rng.integers(0, 50, len(keys)))
    sales["day"] = pd.Timestamp("2026-01-01") + pd.to_timedelta(sales["number"], unit="D")
    sales = sales.iloc[rng.permutation(len(sales))]
    ordered = sales.sort_values(["store", "day"])
    means = ordered.groupby("store").rolling("7D", on="day", closed="left")["units"].mean()
    out = pd.Series(means.to_numpy(), index=ordered.index).reindex(sales.index)
    store, day, units = sales["store"].to_numpy(), sales["number"].to_numpy(), sales["units"].to_numpy()
    back = day[:, None] - day
    inside = (store[:, None] == store) & (back >= 1) & (back <= 7)
    with np.errstate(invalid="ignore"):
        slow = (inside * units).sum(axis=1) / inside.sum(axis=1)
    assert np.allclose(out, slow, equal_nan=True) and np.isnan(slow).any()
    base = sqlite3.connect(":memory:")
    sales.assign(row=range(len(sales)))[["row", "store", "number", "units"]].to_sql("s", base)
    query = (
        "SELECT AVG(units) OVER (PARTITION BY store ORDER BY number RANGE BETWEEN 7 PRECEDING AND 1 PRECEDING) "
        "FROM s ORDER BY row"
    )
    assert np.allclose([np.nan if r[0] is None else r[0] for r in base.execute(query)], slow, equal_nan=True)
    days = pd.DataFrame({"d": pd.date_range("2026-01-01", periods=8), "x": 2.0 ** np.arange(8)})
    assert days.rolling("7D", on="d")["x"].sum().iloc[-1] == 2 + 4 + 8 + 16 + 32 + 64 + 128
    assert days.rolling("7D", on="d", closed="left")["x"].sum().iloc[-1] == 1 + 2 + 4 + 8 + 16 + 32 + 64
    assert 1 / np.sqrt(7) == pytest.approx(0.38, abs=0.003)
    gaps = sales.loc[out.notna()].index
    zeros = (inside * units).sum(axis=1) / 7
    assert np.all(zeros[[sales.index.get_loc(i) for i in gaps]] <= out[gaps].to_numpy() + 1e-9)
    two = pd.DataFrame({"store": ["A"] * 3 + ["B"] * 3, "units": [100, 100, 100, 1, 1, 1]})
    slip = two.groupby("store")["units"].shift(1).rolling(2, min_periods=1).mean()
    assert slip.iloc[3] == 100  # the first row of B holds A's sales
    assert two["units"].rolling(3, center=True).mean().iloc[1] == 100
