"""Proofs for "SQL over time": what the page states and has no room to run, one function a question."""

from __future__ import annotations

import sqlite3
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
import pytest

SIGNUPS = """
CREATE TABLE signups (id INTEGER PRIMARY KEY, email TEXT);
INSERT INTO signups VALUES (1, 'ann@x.org'), (2, ' Ann@x.org'), (3, 'bo@x.org'), (4, 'bo@x.org'), (5, NULL),
  (6, NULL), (7, 'cy@x.org');
"""

CHANGES = """
CREATE TABLE changes (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL, at TEXT NOT NULL, plan TEXT NOT NULL);
INSERT INTO changes VALUES (1, 1, '2026-03-01 09:00', 'free'), (2, 2, '2026-03-02 08:00', 'free'),
  (3, 2, '2026-03-04 12:00', 'pro'), (4, 2, '2026-03-04 12:00', 'team'), (5, 1, '2026-03-05 10:00', 'pro'),
  (6, 1, '2026-03-03 15:00', 'team');
"""

RESULTS = """
CREATE TABLE results (task TEXT, model TEXT, correct INTEGER NOT NULL);
INSERT INTO results VALUES ('spam', 'a', 95), ('spam', 'b', 95), ('spam', 'c', 90), ('spam', 'd', 80),
  ('toxic', 'e', 88), ('toxic', 'f', 85), ('toxic', 'g', 85);
"""

SALES = """
CREATE TABLE sales (id INTEGER PRIMARY KEY, store TEXT NOT NULL, day TEXT NOT NULL, amount INTEGER NOT NULL);
INSERT INTO sales VALUES (1, 'A', '2026-03-01', 10), (2, 'A', '2026-03-02', 20), (3, 'A', '2026-03-02', 5),
  (4, 'A', '2026-03-03', 7), (5, 'B', '2026-03-02', 40);
"""

ORDERS = """
CREATE TABLE orders (day TEXT NOT NULL, amount INTEGER NOT NULL);
INSERT INTO orders VALUES ('2026-01-05', 200), ('2026-01-31', 110), ('2026-02-10', 280), ('2026-04-01', 100),
  ('2026-04-30', 200);
"""

STREAKS = """
WITH days AS (SELECT {distinct} user_id, day FROM logins),
marked AS (
  SELECT user_id, day, julianday(day) - {number}() OVER (PARTITION BY user_id ORDER BY day) AS island FROM days)
SELECT user_id, MIN(day), MAX(day), COUNT({counted}) FROM marked GROUP BY user_id, island ORDER BY 1, 2
"""

SESSIONS = """
WITH stamped AS (
  SELECT id, user_id, at, CAST(strftime('%s', at) AS INTEGER) AS s FROM clicks WHERE {kept}),
flagged AS (
  SELECT *, CASE WHEN {test} END AS starts FROM stamped WINDOW w AS (PARTITION BY user_id ORDER BY s, id)),
numbered AS (SELECT *, SUM(starts) OVER (PARTITION BY user_id ORDER BY s, id) AS session FROM flagged)
SELECT user_id, session, MIN(at), COUNT(*) FROM numbered GROUP BY user_id, session ORDER BY user_id, session
"""
STARTS = "s - LAG(s) OVER w <= 1800 THEN 0 ELSE 1"

USERS = """
CREATE TABLE users (id INTEGER PRIMARY KEY, signup TEXT NOT NULL);
CREATE TABLE visits (user_id INTEGER NOT NULL, day TEXT NOT NULL);
INSERT INTO users VALUES (1, '2026-03-02'), (2, '2026-03-03'), (3, '2026-03-05'), (4, '2026-03-08'),
  (5, '2026-03-09'), (6, '2026-03-11'), (7, '2026-03-15'), (8, '2026-03-17'), (9, '2026-03-18');
INSERT INTO visits VALUES (1, '2026-03-09'), (1, '2026-03-09'), (2, '2026-03-05'), (2, '2026-03-20'),
  (3, '2026-03-12'), (4, '2026-03-08'), (4, '2026-03-18'), (5, '2026-03-12'), (6, '2026-03-18'), (8, '2026-03-19');
"""

RETENTION = """
WITH cohort AS (SELECT id, signup, date(signup, '-6 days', 'weekday 1') AS week FROM users),
seen AS (
  SELECT c.id, c.week, julianday(v.day) - julianday(c.signup) AS age
  FROM cohort AS c {join} JOIN visits AS v ON v.user_id = c.id WHERE date(c.week, '+13 days') <= '{known}')
SELECT week, COUNT(DISTINCT id), COUNT(DISTINCT CASE WHEN age = 7 THEN id END),
  COUNT(DISTINCT CASE WHEN age BETWEEN 1 AND 7 THEN id END), COUNT(DISTINCT CASE WHEN age >= 7 THEN id END),
  COUNT(CASE WHEN age = 7 THEN id END), COUNT(*)
FROM seen GROUP BY week ORDER BY week
"""

EVENTS = """
CREATE TABLE events (user_id INTEGER NOT NULL, step TEXT NOT NULL, at TEXT NOT NULL);
INSERT INTO events VALUES
  (1, 'view', '2026-03-01 10:00:00'), (1, 'cart', '2026-03-01 10:05:00'), (1, 'buy',  '2026-03-01 10:10:00'),
  (2, 'cart', '2026-03-01 09:00:00'), (2, 'view', '2026-03-01 09:30:00'), (3, 'view', '2026-03-01 12:00:00'),
  (3, 'cart', '2026-03-02 12:00:00'), (3, 'buy',  '2026-03-12 12:00:00'), (4, 'view', '2026-03-03 08:00:00'),
  (4, 'view', '2026-03-03 08:10:00'), (5, 'buy',  '2026-03-02 11:00:00');
"""

FUNNEL = """
WITH viewed AS (SELECT user_id, MIN(at) AS first FROM events WHERE step = 'view' GROUP BY user_id),
carted AS (
  SELECT v.user_id, v.first, MIN(e.at) AS at FROM viewed AS v
  JOIN events AS e ON e.user_id = v.user_id AND e.step = 'cart'
   AND e.at > v.first AND e.at < datetime(v.first, '+7 days') GROUP BY v.user_id, v.first),
bought AS (
  SELECT DISTINCT c.user_id FROM carted AS c
  JOIN events AS e ON e.user_id = c.user_id AND e.step = 'buy'
   AND e.at > c.at AND e.at < datetime(c.first, '+7 days'))
SELECT (SELECT COUNT(*) FROM viewed), (SELECT COUNT(*) FROM carted), (SELECT COUNT(*) FROM bought)
"""


def rows(base: sqlite3.Connection, query: str) -> list[tuple[Any, ...]]:
    """All rows of a query."""
    return base.execute(query).fetchall()


def database(script: str) -> sqlite3.Connection:
    """A new database in memory after the script."""
    base = sqlite3.connect(":memory:", isolation_level=None)
    base.executescript(script)
    return base


def plan(base: sqlite3.Connection, query: str) -> str:
    """How SQLite would run the query."""
    return " ".join(str(row[3]) for row in base.execute(f"EXPLAIN QUERY PLAN {query}"))


def test_sql_find_duplicates() -> None:
    """All NULLs are one group, which the NOT IN way cuts to one row. DISTINCT * keeps every row, an aggregate in WHERE
    is an error, and the unique index refuses a spelling but not a NULL. Key: by raw email only row 4 goes, no index."""
    base = database(SIGNUPS)
    key = "LOWER(TRIM(email))"
    assert rows(base, f"SELECT COUNT(*) FROM signups GROUP BY {key} HAVING {key} IS NULL") == [(2,)]
    assert len(rows(base, "SELECT DISTINCT * FROM signups")) == 7
    with pytest.raises(sqlite3.OperationalError, match="misuse of aggregate"):
        base.execute(f"SELECT {key} FROM signups WHERE COUNT(*) > 1 GROUP BY {key}")
    base.execute("BEGIN")
    base.execute(f"DELETE FROM signups WHERE id NOT IN (SELECT MIN(id) FROM signups GROUP BY {key})")
    assert rows(base, "SELECT id FROM signups ORDER BY id") == [(1,), (3,), (5,), (7,)]
    base.execute("ROLLBACK")
    base.execute("BEGIN")
    base.execute("""DELETE FROM signups WHERE id IN (SELECT id FROM (SELECT id,
        ROW_NUMBER() OVER (PARTITION BY email ORDER BY id) AS n FROM signups WHERE email IS NOT NULL) WHERE n > 1)""")
    assert rows(base, "SELECT id FROM signups ORDER BY id") == [(1,), (2,), (3,), (5,), (6,), (7,)]
    with pytest.raises(sqlite3.IntegrityError):
        base.execute(f"CREATE UNIQUE INDEX one_address ON signups ({key})")
    assert rows(base, "SELECT COUNT(*) FROM signups") == [(6,)]
    base.execute("ROLLBACK")
    assert rows(base, "SELECT NULLIF(TRIM(''), ''), NULLIF(TRIM('  '), ''), NULLIF(TRIM(' a '), '')") == [
        (None, None, "a")
    ]
    base.execute(f"""DELETE FROM signups WHERE id IN (SELECT id FROM (SELECT id,
        ROW_NUMBER() OVER (PARTITION BY {key} ORDER BY id) AS n FROM signups WHERE email IS NOT NULL) WHERE n > 1)""")
    assert rows(base, "SELECT id FROM signups ORDER BY id") == [(1,), (3,), (5,), (6,), (7,)]
    base.execute(f"CREATE UNIQUE INDEX one_address ON signups ({key})")
    with pytest.raises(sqlite3.IntegrityError):
        base.execute("INSERT INTO signups (email) VALUES ('BO@x.org')")
    base.execute("INSERT INTO signups (email) VALUES (NULL)")
    frame = pd.DataFrame({"email": ["ann@x.org", " Ann@x.org", "bo@x.org", "bo@x.org", "cy@x.org"]})
    assert list(frame.index[~frame["email"].str.strip().str.lower().duplicated()]) == [0, 2, 4]


def test_sql_latest_row_per_user() -> None:
    """The cut inside gives team and free, outside nothing. MAX(id) puts user 1 on team, RANK keeps both tied rows, the
    bare column comes from a row with the maximum, an index supplies the order, and SQLite puts NULL last under DESC."""
    base = database(CHANGES)
    query = """SELECT user_id, plan FROM (SELECT user_id, plan, at, {f}() OVER (PARTITION BY user_id ORDER BY {order})
               AS n FROM changes {inside}) AS numbered WHERE n = 1 {outside} ORDER BY user_id, plan"""
    usual = {"f": "ROW_NUMBER", "order": "at DESC, id DESC", "inside": "", "outside": ""}
    assert rows(base, query.format(**usual)) == [(1, "pro"), (2, "team")]
    cut = "at < '2026-03-04'"
    assert rows(base, query.format(**{**usual, "inside": f"WHERE {cut}"})) == [(1, "team"), (2, "free")]
    assert rows(base, query.format(**{**usual, "outside": f"AND {cut}"})) == []
    assert rows(base, query.format(**{**usual, "order": "id DESC"})) == [(1, "team"), (2, "team")]
    tied = {**usual, "f": "RANK", "order": "at DESC"}
    assert rows(base, query.format(**tied)) == [(1, "pro"), (2, "pro"), (2, "team")]
    bare = rows(base, "SELECT user_id, plan, MAX(at) FROM changes GROUP BY user_id")
    assert bare[0][1] == "pro" and bare[1][1] in ("pro", "team")
    with pytest.raises(sqlite3.OperationalError, match="misuse of window function"):
        base.execute("SELECT id FROM changes WHERE ROW_NUMBER() OVER (ORDER BY at) = 1")
    assert "TEMP B-TREE" in plan(base, query.format(**usual).split("ORDER BY user_id")[0])
    base.execute("CREATE INDEX newest ON changes (user_id, at DESC, id DESC)")
    assert "TEMP B-TREE" not in plan(base, query.format(**usual).split("ORDER BY user_id")[0])
    assert [x for (x,) in rows(base, "SELECT * FROM (VALUES (1), (NULL), (2)) ORDER BY 1 DESC")] == [2, 1, None]
    orders = "CREATE TABLE pay (user_id INTEGER, amount INTEGER); INSERT INTO pay VALUES (2, 50);"
    base.executescript(orders)
    doubled = """SELECT SUM(amount) FROM pay JOIN changes AS c USING (user_id)
                 WHERE c.at = (SELECT MAX(at) FROM changes AS d WHERE d.user_id = c.user_id)"""
    assert rows(base, doubled) == [(100,)]


def test_sql_rank_and_ties() -> None:
    """The top two are 4, 5 or 6 rows, the second-highest score is one value; the three definitions against direct
    counts on random scores, and 1, 1, 3 against 1, 1, 2; nobody has rank 2 among the spam models; floats that look
    equal do not tie; a unique order turns RANK into ROW_NUMBER. Key: dense rank 2 of 9, 9, 9, 7, 5 is 7."""
    base = database(RESULTS)
    query = """SELECT correct, RANK() OVER w, DENSE_RANK() OVER w FROM results WHERE task = 'spam'
               WINDOW w AS (ORDER BY correct DESC) ORDER BY 1 DESC"""
    assert rows(base, query) == [(95, 1, 1), (95, 1, 1), (90, 3, 2), (80, 4, 3)]
    top = """SELECT model FROM (SELECT task, model, {} OVER (PARTITION BY task ORDER BY correct DESC{}) AS r
             FROM results) AS ranked WHERE r <= 2 ORDER BY model"""
    kept = {
        name: "".join(m for (m,) in rows(base, top.format(f"{name}()", tie)))
        for name, tie in (("ROW_NUMBER", ", model"), ("RANK", ""), ("DENSE_RANK", ""))
    }
    assert kept == {"ROW_NUMBER": "abef", "RANK": "abefg", "DENSE_RANK": "abcefg"}
    second = """SELECT MAX(correct) FROM (SELECT correct, DENSE_RANK() OVER (ORDER BY correct DESC) AS d FROM results
                WHERE {}) WHERE d = 2"""
    assert rows(base, second.format("task = 'spam'")) == [(90,)]
    assert rows(base, second.format("model = 'a'")) == [(None,)]
    assert rows(base, second.format("task = 'toxic'")) == [(85,)]
    x = np.random.default_rng(0).integers(0, 20, 60)
    base.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, x REAL)")

    def ranks(values: list[float]) -> list[tuple[Any, ...]]:
        base.execute("DELETE FROM t")
        base.executemany("INSERT INTO t VALUES (?, ?)", list(enumerate(values)))
        return rows(
            base,
            """SELECT x, ROW_NUMBER() OVER (ORDER BY x DESC, id), RANK() OVER (ORDER BY x DESC), DENSE_RANK() OVER
               (ORDER BY x DESC), RANK() OVER (ORDER BY x DESC, id),
               1 + (SELECT COUNT(*) FROM t AS b WHERE b.x > t.x) FROM t ORDER BY 2""",
        )

    table = ranks([float(value) for value in x])
    assert [row[1] for row in table] == list(range(1, 61))
    for value, number, rank, dense, unique, counted in table:
        assert rank == 1 + np.sum(x > value) == counted and dense == 1 + len(set(x[x > value])) and unique == number
    scores = ranks([9.0, 9.0, 9.0, 7.0, 5.0])
    assert [row[0] for row in scores if row[3] == 2] == [7.0] and not [row for row in scores if row[2] == 2]
    assert scores[3][2] == 4 and [row[0] for row in scores if row[1] == 2] == [9.0]
    assert [row[2] for row in ranks([0.1 + 0.2, 0.3])] == [1, 2]


def test_sql_running_total() -> None:
    """Default frame against ROWS and an explicit RANGE, nested SUM, the grand total without ORDER BY, rows against
    days over gaps, the frame that ends before its row, integer shares; LAST_VALUE is the row's own amount."""
    base = database(SALES)

    def column(window: str, what: str = "SUM(amount)") -> list[Any]:
        return [x for (x,) in rows(base, f"SELECT {what} OVER ({window}) FROM sales ORDER BY store, day, id")]

    default = "PARTITION BY store ORDER BY day"
    assert column(default) == column(f"{default} RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW")
    assert column(default) == [10, 35, 35, 42, 40]
    assert column(f"{default}, id ROWS UNBOUNDED PRECEDING") == [10, 30, 35, 42, 40]
    assert column("PARTITION BY store") == [42, 42, 42, 42, 40]
    assert column("ORDER BY store, day, id")[-1] == 82  # runs on across stores
    assert column(f"{default}, id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING") == [None, 10, 30, 35, None]
    assert column(f"{default}, id", "LAST_VALUE(amount)") == [10, 20, 5, 7, 40]
    everything = "ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING"
    assert column(f"{default}, id {everything}", "LAST_VALUE(amount)") == [7, 7, 7, 7, 40]
    assert column("PARTITION BY store", "amount / SUM(amount)") == [0, 0, 0, 0, 1]
    base.execute("INSERT INTO sales VALUES (6, 'A', '2026-03-20', 1)")
    rolling = "SELECT day, SUM(amount) OVER (PARTITION BY store ORDER BY {}) FROM sales WHERE store = 'A'"
    assert rows(base, rolling.format("day, id ROWS 6 PRECEDING"))[-1] == ("2026-03-20", 43)
    assert rows(base, rolling.format("julianday(day) RANGE 6 PRECEDING"))[-1] == ("2026-03-20", 1)
    base.execute("DELETE FROM sales")
    week = [("A", f"2026-03-0{day}", 1) for day in (1, 1, 2, 3, 4, 5, 6, 7)]  # two sales on the first day
    base.executemany("INSERT INTO sales (store, day, amount) VALUES (?, ?, ?)", week)
    assert rows(base, rolling.format("day, id ROWS 6 PRECEDING"))[-1] == ("2026-03-07", 7)
    assert rows(base, rolling.format("julianday(day) RANGE 6 PRECEDING"))[-1] == ("2026-03-07", 8)
    daily = """SELECT day, SUM(SUM(amount)) OVER (PARTITION BY store ORDER BY day ROWS 6 PRECEDING) FROM sales
               GROUP BY store, day"""
    assert rows(base, daily)[-1] == ("2026-03-07", 8)


def test_sql_month_over_month() -> None:
    """7.1 % compares April with February, revenue a day is 10 in January and February, months without a year add up,
    growth rates do not average, an alias is unknown in its own list, and a filter takes the predecessor away."""
    base = database(ORDERS)
    monthly = "(SELECT substr(day, 1, 7) AS m, SUM(amount) AS r FROM orders GROUP BY substr(day, 1, 7))"
    lagged = rows(base, f"SELECT m, r, LAG(r) OVER (ORDER BY m) FROM {monthly}")
    assert lagged == [("2026-01", 310, None), ("2026-02", 280, 310), ("2026-04", 300, 280)]
    assert round(100 * (300 - 280) / 280, 1) == 7.1 and round(100 * (280 - 310) / 310, 1) == -9.7
    days = [pd.Period(month).days_in_month for month in ("2026-01", "2026-02")]
    assert days == [31, 28] and 310 / days[0] == 280 / days[1] == 10
    assert rows(base, "SELECT 5 / 0, 5 / NULLIF(0, 0)") == [(None, None)]
    base.execute("INSERT INTO orders VALUES ('2025-01-09', 1)")
    assert rows(base, "SELECT SUM(amount) FROM orders GROUP BY substr(day, 6, 2)")[0] == (311,)
    base.execute("DELETE FROM orders WHERE day < '2026'")
    assert (0.5 + -0.5) / 2 == 0 and 1.5 * 0.5 == 0.75
    with pytest.raises(sqlite3.OperationalError, match="no such column: before"):
        base.execute(f"SELECT LAG(r) OVER (ORDER BY m) AS before, r - before FROM {monthly}")
    filtered = f"SELECT m, LAG(r) OVER (ORDER BY m) FROM {monthly} WHERE m >= '2026-02'"
    assert rows(base, filtered)[0] == ("2026-02", None)
    outer = f"SELECT * FROM (SELECT m, LAG(r) OVER (ORDER BY m) FROM {monthly}) WHERE m >= '2026-02'"
    assert rows(base, outer)[0] == ("2026-02", 310)
    assert 100 * (5 - -10) / -10 < 0 < 5 - -10  # a rise from a negative month
    base.execute("CREATE TABLE years (month TEXT)")
    sold = [str(month) for month in pd.period_range("2025-01", "2026-04", freq="M") if str(month) != "2025-03"]
    base.executemany("INSERT INTO years VALUES (?)", [(month,) for month in sold])
    back = "SELECT * FROM (SELECT month, LAG(month, {}) OVER (ORDER BY month) FROM years) WHERE month = '2026-02'"
    assert rows(base, back.format(12)) == [("2026-02", "2025-01")]
    assert rows(base, back.format(11)) == [("2026-02", "2025-02")]
    assert pd.Period("2026-02").ordinal - pd.Period("2025-01").ordinal == 13


def test_sql_streaks() -> None:
    """Islands against a walk over the days for 60 random users; DISTINCT, or DENSE_RANK with COUNT(DISTINCT day), is
    right and neither is wrong with repeats; the other way by LAG agrees; 20260301 - 20260228 = 73; key 2 2 4 4 4."""
    rng = np.random.default_rng(1)
    day0 = np.datetime64("2026-02-01")
    logins = [(user, str(day0 + int(day))) for user in range(60) for day in rng.integers(0, 60, 40)]
    base = database("CREATE TABLE logins (user_id INTEGER, day TEXT)")
    base.executemany("INSERT INTO logins VALUES (?, ?)", logins)
    expected = []
    for user in range(60):
        days = sorted({np.datetime64(day) for who, day in logins if who == user})
        starts = [0] + [i + 1 for i, (a, b) in enumerate(pairwise(days)) if (b - a).astype(int) > 1]
        for first, after in zip(starts, [*starts[1:], len(days)], strict=True):
            expected.append((user, str(days[first]), str(days[after - 1]), after - first))
    right = STREAKS.format(distinct="DISTINCT", number="ROW_NUMBER", counted="*")
    dense = STREAKS.format(distinct="", number="DENSE_RANK", counted="DISTINCT day")
    wrong = STREAKS.format(distinct="", number="ROW_NUMBER", counted="*")
    assert rows(base, right) == rows(base, dense) == expected != rows(base, wrong)
    flags = """WITH days AS (SELECT DISTINCT user_id, day FROM logins), flagged AS (SELECT user_id, day,
        CASE WHEN julianday(day) - julianday(LAG(day) OVER (PARTITION BY user_id ORDER BY day)) <= {} THEN 0 ELSE 1 END
        AS starts FROM days), numbered AS (SELECT *, SUM(starts) OVER (PARTITION BY user_id ORDER BY day) AS n
        FROM flagged) SELECT user_id, MIN(day), MAX(day), COUNT(*) FROM numbered GROUP BY user_id, n ORDER BY 1, 2"""
    assert rows(base, flags.format(1)) == expected
    assert len(rows(base, flags.format(2))) < len(expected)  # a pause of one day is allowed
    base.execute("DELETE FROM logins")
    base.execute("INSERT INTO logins VALUES (1, '2026-03-01'), (2, '2026-03-01'), (2, '2026-03-01')")
    merged = STREAKS.format(distinct="DISTINCT", number="ROW_NUMBER", counted="*").replace(
        "GROUP BY user_id, ", "GROUP BY "
    )
    assert rows(base, merged)[0][3] == 2  # one island for two users
    repeat = [1, 2, 2, 3, 5, 6]
    assert [d for i, d in enumerate(repeat, start=1) if d - i == 0] == [1, 2, 5, 6]  # the false streak
    gaps = """SELECT COUNT(*) FROM (SELECT day, LEAD(day) OVER (ORDER BY day) AS later FROM (
        SELECT '2026-03-01' AS day UNION ALL SELECT '2026-03-02' UNION ALL SELECT '2026-03-05'))
        WHERE julianday(later) - julianday(day) > 1"""
    assert rows(base, gaps) == [(1,)]
    assert 20260301 - 20260228 == 73
    assert [day - i for i, day in enumerate([3, 4, 7, 8, 9], start=1)] == [2, 2, 4, 4, 4]


def test_sql_sessions() -> None:
    """Against a loop over random clicks; numbering from 0 with the CASE turned around; day fractions split some gaps of
    exactly 30 minutes; strangers share a partition; a filter or a date cuts the session over midnight. Clicks at
    0, 20, 45, 70, 105: key 2, with 4 half hours and 3 by the age of the session."""
    rng = np.random.default_rng(2)
    base = database("CREATE TABLE clicks (id INTEGER PRIMARY KEY, user_id INTEGER, at TEXT NOT NULL)")
    times = np.datetime64("2026-03-01") + rng.integers(0, 2 * 24 * 60, 400).astype("timedelta64[m]")
    clicks = [(i, int(rng.integers(0, 8)), str(t).replace("T", " ") + ":00") for i, t in enumerate(times)]
    base.executemany("INSERT INTO clicks VALUES (?, ?, ?)", clicks)
    expected: list[list[Any]] = []
    last: tuple[int, pd.Timestamp] | None = None
    for _, user, at in sorted(clicks, key=lambda click: (click[1], click[2], click[0])):
        now = pd.Timestamp(at)
        if last is None or last[0] != user:
            expected.append([user, 1, at, 1])
        elif now - last[1] > pd.Timedelta(minutes=30):
            expected.append([user, expected[-1][1] + 1, at, 1])
        else:
            expected[-1][3] += 1
        last = (user, now)
    right = SESSIONS.format(kept="user_id IS NOT NULL", test=STARTS)
    assert rows(base, right) == [tuple(row) for row in expected]

    base.executescript("""DELETE FROM clicks; INSERT INTO clicks VALUES (1, 1, '2026-03-01 10:00:00'),
        (2, 1, '2026-03-01 10:40:00'), (3, 2, '2026-03-01 23:50:00'), (4, 2, '2026-03-02 00:10:00'),
        (5, NULL, '2026-03-01 10:00:00'), (6, NULL, '2026-03-01 10:05:00');""")
    assert [row[:2] for row in rows(base, right)] == [(1, 1), (1, 2), (2, 1)]
    turned = SESSIONS.format(kept="user_id IS NOT NULL", test="s - LAG(s) OVER w > 1800 THEN 1 ELSE 0")
    assert [row[:2] for row in rows(base, turned)] == [(1, 0), (1, 1), (2, 0)]
    totals = "SELECT user_id, SUM(starts) FROM numbered GROUP BY user_id ORDER BY user_id"
    summed = [rows(base, query[: query.rindex("SELECT user_id")] + totals) for query in (right, turned)]
    assert summed == [[(1, 2), (2, 1)], [(1, 1), (2, 0)]]  # one session missed per user
    assert rows(base, SESSIONS.format(kept="1", test=STARTS))[0] == (None, 1, "2026-03-01 10:00:00", 2)  # one stream
    late = SESSIONS.format(kept="at >= '2026-03-02'", test=STARTS)
    assert rows(base, late) == [(2, 1, "2026-03-02 00:10:00", 1)]
    assert len(rows(base, "SELECT user_id, date(at) FROM clicks WHERE user_id = 2 GROUP BY 1, 2")) == 2

    split = """WITH RECURSIVE m (a) AS (SELECT '2026-03-01 00:00:00' UNION ALL
        SELECT datetime(a, '+1 minute') FROM m WHERE a < '2026-03-01 23:59:00')
        SELECT SUM((julianday(a, '+30 minutes') - julianday(a)) * 1440 > 30),
          SUM(strftime('%s', a, '+30 minutes') - strftime('%s', a) > 1800), COUNT(*) FROM m"""
    by_fraction, by_second, minutes = rows(base, split)[0]
    assert by_fraction > 0 and by_second == 0 and minutes == 1440

    at = np.array([0, 20, 45, 70, 105])
    assert list(np.diff(at)) == [20, 25, 25, 35] and 1 + np.sum(np.diff(at) > 30) == 2
    assert len(set(at // 30)) == 4 and 29 // 30 != 31 // 30
    starts: list[int] = []
    for minute in at:
        if not starts or minute - starts[-1] > 30:
            starts.append(int(minute))
    assert starts == [0, 45, 105]


def test_sql_retention() -> None:
    """2, 3 or 4 of 4 users in the first week; without the filter the young week shows 0 of 2; the inner join makes
    0.5 of 0.33 (key); user 1 counts twice by visits, and COUNT(*) is 7. The Monday holds for every day."""
    base = database(USERS)
    right = rows(base, RETENTION.format(join="LEFT", known="2026-03-22"))
    assert [row[:5] for row in right] == [("2026-03-02", 4, 2, 3, 4), ("2026-03-09", 3, 1, 2, 1)]
    assert right[0][5:] == (3, 7) and right[0][2] == 2  # 3 visits on day 7 by 2 users, 7 rows for 4 users
    young = rows(base, RETENTION.format(join="LEFT", known="9999-12-31"))
    assert young[2][:3] == ("2026-03-16", 2, 0)
    inner = rows(base, RETENTION.format(join="INNER", known="2026-03-22"))
    assert inner[1][:3] == ("2026-03-09", 2, 1)
    assert all(i[2] == r[2] and i[1] <= r[1] for i, r in zip(inner, right, strict=True))
    assert rows(base, "SELECT 1 / 3, ROUND(1.0 / 3, 2)") == [(0, 0.33)]
    for day in pd.date_range("2026-03-01", "2026-03-31"):
        monday = rows(base, f"SELECT date('{day.date()}', '-6 days', 'weekday 1')")[0][0]
        assert pd.Timestamp(monday) == day - pd.Timedelta(days=day.day_of_week)
    assert pd.Timestamp("2026-03-23").day_name() == "Monday"
    base.execute("INSERT INTO visits VALUES (6, '2026-03-25'), (5, '2026-03-25')")  # later visits move only from_7
    moved = rows(base, RETENTION.format(join="LEFT", known="2026-03-22"))
    assert moved[1][2:5] == (1, 2, 2)


def test_sql_funnel() -> None:
    """The earliest match finds every funnel that exists: 300 random logs against all pairs of cart and purchase. A
    first cart before the view hides a valid one, an index serves both joins, and user 2's new cart makes 4, 3, 1."""
    base = database(EVENTS)
    assert rows(base, FUNNEL) == [(4, 2, 1)]
    base.execute("INSERT INTO events VALUES (2, 'cart', '2026-03-02 10:00:00')")
    assert rows(base, FUNNEL) == [(4, 3, 1)]
    first_cart = """SELECT COUNT(*) FROM (SELECT MIN(CASE WHEN step = 'view' THEN at END) AS v,
        MIN(CASE WHEN step = 'cart' THEN at END) AS c FROM events GROUP BY user_id) WHERE c > v"""
    assert rows(base, first_cart) == [(2,)]  # misses user 2
    base.execute("CREATE INDEX by_step ON events (user_id, step, at)")
    assert plan(base, FUNNEL).count("SEARCH e USING COVERING INDEX by_step") >= 2

    rng = np.random.default_rng(3)
    base.executescript("DROP INDEX by_step; DELETE FROM events;")
    start = np.datetime64("2026-03-01T00:00:00")
    counts, steps = [0, 0, 0], ["view", "cart", "buy"]
    for user in range(300):
        log = [(steps[int(s)], int(h)) for s, h in zip(rng.integers(0, 3, 6), rng.integers(0, 400, 6), strict=True)]
        stamp = [(user, step, str(start + np.timedelta64(hour, "h")).replace("T", " ")) for step, hour in log]
        base.executemany("INSERT INTO events VALUES (?, ?, ?)", stamp)
        views = [hour for step, hour in log if step == "view"]
        if not views:
            continue
        v = min(views)
        carts = [hour for step, hour in log if step == "cart" and v < hour < v + 168]
        buys = [hour for step, hour in log if step == "buy" and v < hour < v + 168]
        counts[0] += 1
        counts[1] += bool(carts)
        counts[2] += any(c < b for c in carts for b in buys)
    assert rows(base, FUNNEL) == [tuple(counts)] and 0 < counts[2] < counts[1] < counts[0] < 300
