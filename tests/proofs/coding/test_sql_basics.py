"""Proofs for "SQL basics": what the page states and has no room to run, one function a question."""

from __future__ import annotations

import sqlite3
from typing import Any

import pandas as pd
import pytest

SHOP = """
CREATE TABLE users (id INTEGER PRIMARY KEY, country TEXT);
CREATE TABLE orders (id INTEGER PRIMARY KEY, amount INTEGER, user_id INTEGER REFERENCES users (id));
CREATE TABLE visits (user_id INTEGER, day TEXT);
INSERT INTO users VALUES (1, 'DE'), (2, 'FR'), (3, 'DE');
INSERT INTO orders VALUES (10, 20, 1), (11, 30, 1), (12, 50, 2);
INSERT INTO visits VALUES (1, 'mo'), (1, 'tu'), (1, 'we'), (3, 'mo');
"""

ADS = """
CREATE TABLE surfaces (name TEXT PRIMARY KEY);
CREATE TABLE users (id INTEGER PRIMARY KEY, is_test INTEGER NOT NULL);
CREATE TABLE impressions (event_id TEXT NOT NULL, user_id INTEGER, surface TEXT NOT NULL,
  visible_ms INTEGER NOT NULL, at TEXT NOT NULL);
INSERT INTO surfaces VALUES ('feed'), ('stories'), ('search');
INSERT INTO users VALUES (1, 0), (2, 0), (9, 1);
INSERT INTO impressions VALUES
  ('a', 1, 'feed', 1500, '2026-03-01 00:00:00'), ('a', 1, 'feed', 1500, '2026-03-01 00:00:00'),
  ('b', 2, 'feed', 2300, '2026-03-01 09:30:00'), ('c', 2, 'feed', 400, '2026-03-01 09:31:00'),
  ('d', 9, 'feed', 5000, '2026-03-01 10:00:00'), ('e', 1, 'stories', 1200, '2026-03-01 12:00:00'),
  ('f', NULL, 'stories', 3000, '2026-03-01 13:00:00'), ('g', 2, 'stories', 2000, '2026-03-02 00:00:00');
"""

LOANS = """
CREATE TABLE agents (name TEXT PRIMARY KEY);
CREATE TABLE loans (id INTEGER PRIMARY KEY, agent TEXT, predicted INTEGER NOT NULL, actual INTEGER, fee INTEGER);
INSERT INTO agents VALUES ('ann'), ('bo'), ('cy');
INSERT INTO loans VALUES (1, 'ann', 1, 1, 30), (2, 'ann', 0, 0, 60), (3, 'bo', 1, 0, NULL),
  (4, NULL, 0, NULL, 90), (5, NULL, 1, NULL, NULL);
"""


def database(script: str = "", enforced: bool = False) -> sqlite3.Connection:
    """A new database in memory after the script, with foreign keys enforced or not."""
    base = sqlite3.connect(":memory:", isolation_level=None)
    if enforced:
        base.execute("PRAGMA foreign_keys = ON")
    base.executescript(script)
    return base


def one(base: sqlite3.Connection, expression: str) -> Any:
    """The only value of a query, or of an expression."""
    query = expression if "SELECT" in expression.split("(")[0] else f"SELECT {expression}"
    rows = base.execute(query).fetchall()
    assert len(rows) == 1 and len(rows[0]) == 1
    return rows[0][0]


def test_sql_keys_and_joins() -> None:
    """What keys refuse, and that SQLite asks for the pragma; joins without keys and on inequalities; the counts 0 and 1
    of user 3, WHERE against ON, SUM(DISTINCT), window, self, cross and anti-joins; which indexes exist; the order of
    clauses. Key of the quick check: 160."""
    assert one(database(), "SELECT * FROM pragma_foreign_keys") == 0
    loose = database(SHOP)
    loose.execute("INSERT INTO orders VALUES (99, 1, 77)")  # an orphan, unnoticed
    orphans = "SELECT COUNT(*) FROM orders AS o LEFT JOIN users AS u ON u.id = o.user_id WHERE u.id IS NULL"
    assert one(loose, orphans) == 1

    shop = database(SHOP, enforced=True)
    for refused in (
        "INSERT INTO orders VALUES (99, 1, 77)",
        "DELETE FROM users WHERE id = 1",
        "INSERT INTO users VALUES (1, 'IT')",
    ):
        with pytest.raises(sqlite3.IntegrityError):
            shop.execute(refused)
    shop.execute("BEGIN")
    shop.execute("INSERT INTO orders VALUES (99, 1, NULL)")  # a foreign key may be NULL
    shop.execute("DELETE FROM visits WHERE user_id = 3")
    shop.execute("DELETE FROM users WHERE id = 3")  # no orders: may go
    shop.execute("ROLLBACK")
    with pytest.raises(sqlite3.OperationalError, match="more than one primary key"):
        shop.execute("CREATE TABLE two (a INTEGER PRIMARY KEY, b INTEGER PRIMARY KEY)")
    keyed = database(
        "CREATE TABLE p (id INTEGER PRIMARY KEY, code TEXT UNIQUE, day TEXT, plain TEXT, UNIQUE (code, day));"
        "CREATE TABLE c (code TEXT REFERENCES p (code)); CREATE TABLE bad (plain TEXT REFERENCES p (plain));"
        "CREATE TABLE k (a INTEGER NOT NULL, b INTEGER NOT NULL, PRIMARY KEY (a, b));"
        "INSERT INTO p VALUES (1, 'x', 'mo', 'z'); INSERT INTO c VALUES ('x'); INSERT INTO k VALUES (1, 1), (1, 2);",
        enforced=True,
    )
    for refused in ("INSERT INTO c VALUES ('y')", "INSERT INTO k VALUES (1, 1)", "INSERT INTO k VALUES (1, NULL)"):
        with pytest.raises(sqlite3.IntegrityError):
            keyed.execute(refused)
    with pytest.raises(sqlite3.OperationalError, match="foreign key mismatch"):  # not declared unique
        keyed.execute("INSERT INTO bad VALUES ('z')")

    # joins need no key: visits has none, and an inequality is a condition too
    assert one(shop, "SELECT COUNT(*) FROM users AS u JOIN visits AS v ON v.user_id = u.id") == 4
    assert one(shop, "SELECT COUNT(*) FROM users AS a JOIN users AS b ON a.id < b.id") == 3  # and a self-join
    assert one(shop, "SELECT COUNT(*) FROM users CROSS JOIN orders") == 9

    joined = "FROM users AS u LEFT JOIN orders AS o ON o.user_id = u.id"
    assert shop.execute(f"SELECT COUNT(*), COUNT(o.id) {joined} WHERE u.id = 3").fetchone() == (1, 0)
    assert shop.execute(f"SELECT DISTINCT u.id {joined.replace('LEFT ', '')} ORDER BY 1").fetchall() == [(1,), (2,)]
    assert shop.execute(f"SELECT u.id {joined} WHERE o.amount > 25 ORDER BY 1").fetchall() == [(1,), (2,)]
    kept = shop.execute(f"SELECT u.id, o.amount {joined} AND o.amount > 25 ORDER BY 1").fetchall()
    assert kept == [(1, 30), (2, 50), (3, None)]
    assert shop.execute(f"SELECT u.id {joined} WHERE o.id IS NULL").fetchall() == [(3,)]

    latest = """SELECT user_id, id FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY user_id ORDER BY id DESC) AS n
                FROM orders) WHERE n = 1 ORDER BY user_id"""
    assert shop.execute(latest).fetchall() == [(1, 11), (2, 12)]
    numbered = "SELECT COUNT(*) FROM (SELECT ROW_NUMBER() OVER (PARTITION BY user_id ORDER BY id) FROM orders)"
    assert one(shop, numbered) == 3

    fan = """SELECT u.id, SUM(o.amount), SUM(DISTINCT o.amount) FROM users AS u
             JOIN orders AS o ON o.user_id = u.id JOIN visits AS v ON v.user_id = u.id GROUP BY u.id ORDER BY u.id"""
    assert shop.execute(fan).fetchall() == [(1, 150, 50)]
    shop.execute("INSERT INTO orders VALUES (13, 10, 3)")  # the quick check
    assert sum(row[1] for row in shop.execute(fan)) == 160
    assert one(shop, "SELECT SUM(amount) FROM orders") == 110 and 150 + 3 * 10 == 180
    shop.execute("UPDATE orders SET amount = 20 WHERE id = 11")  # two equal orders of user 1
    assert shop.execute(fan).fetchone() == (1, 120, 20)  # true: 40

    # WHERE filters rows before they are grouped, HAVING groups
    with pytest.raises(sqlite3.OperationalError):
        shop.execute("SELECT user_id FROM orders WHERE SUM(amount) > 30 GROUP BY user_id")
    groups = shop.execute("SELECT user_id FROM orders GROUP BY user_id HAVING SUM(amount) > 30 ORDER BY 1").fetchall()
    assert groups == [(1,), (2,)]

    # the key has its index (here the row id), the foreign key's column none until it is made
    def plan(query: str) -> str:
        return " ".join(str(row[3]) for row in shop.execute(f"EXPLAIN QUERY PLAN {query}"))

    assert "SEARCH" in plan("SELECT * FROM users WHERE id = 1")
    assert "SCAN" in plan("SELECT * FROM orders WHERE user_id = 1")
    shop.execute("CREATE INDEX by_user ON orders (user_id)")
    assert "SEARCH" in plan("SELECT * FROM orders WHERE user_id = 1")

    # the latest feature before each example, by an inequality join
    past = database(
        "CREATE TABLE e (id INTEGER, at INTEGER); CREATE TABLE f (at INTEGER, x TEXT);"
        "INSERT INTO e VALUES (1, 5), (2, 1); INSERT INTO f VALUES (2, 'old'), (4, 'new'), (5, 'same'), (6, 'future');"
    )
    asof = """SELECT id, x FROM (SELECT e.id, f.x, ROW_NUMBER() OVER (PARTITION BY e.id ORDER BY f.at DESC) AS n
              FROM e LEFT JOIN f ON f.at < e.at) WHERE n = 1 ORDER BY id"""
    assert past.execute(asof).fetchall() == [(1, "new"), (2, None)]
    in_where = asof.replace("ON f.at < e.at)", "ON TRUE WHERE f.at < e.at)")
    assert past.execute(in_where).fetchall() == [(1, "new")]  # example 2 is lost


def test_sql_count_ad_views() -> None:
    """The right query again, then one change at a time: NOT IN and the inner join lose the logged-out view, BETWEEN
    takes the next midnight, whole-row DISTINCT keeps a late retry, an unlisted surface is lost; reach is not views;
    DATE() gives the same result without the index. Key of the quick check: stories falls to 1; a NULL in the list
    would empty all."""
    spared = "NOT EXISTS (SELECT 1 FROM users AS u WHERE u.id = i.user_id AND u.is_test = 1)"
    half_open = "at >= '2026-03-01' AND at < '2026-03-02'"

    def count(base: sqlite3.Connection, users: str = spared, window: str = half_open) -> dict[str, int]:
        query = f"""WITH views AS (SELECT DISTINCT event_id, surface FROM impressions AS i
                      WHERE {window} AND visible_ms >= 1000 AND {users})
                    SELECT s.name, COUNT(v.event_id) FROM surfaces AS s
                    LEFT JOIN views AS v ON v.surface = s.name GROUP BY s.name"""
        return dict(base.execute(query).fetchall())

    ads = database(ADS)
    right = {"feed": 2, "search": 0, "stories": 2}
    assert count(ads) == right
    not_in = "user_id NOT IN (SELECT id FROM users WHERE is_test = 1)"
    assert count(ads, users=not_in) == {**right, "stories": 1}
    inner = """SELECT COUNT(DISTINCT event_id) FROM impressions JOIN users ON users.id = user_id
               WHERE surface = 'stories' AND is_test = 0 AND visible_ms >= 1000 AND at < '2026-03-02'"""
    assert one(ads, inner) == 1
    assert count(ads, users="user_id NOT IN (9, NULL)") == dict.fromkeys(right, 0)
    assert one(ads, "SELECT COUNT(*) FROM users WHERE is_test = 1 AND id IS NULL") == 0

    assert count(ads, window="at BETWEEN '2026-03-01' AND '2026-03-02 00:00:00'") == {**right, "stories": 3}
    assert count(ads, window="DATE(at) = '2026-03-01'") == right
    ads.execute("CREATE INDEX by_time ON impressions (at)")

    def plan(window: str) -> str:
        rows = ads.execute(f"EXPLAIN QUERY PLAN SELECT surface FROM impressions WHERE {window}")
        return " ".join(str(row[3]) for row in rows)

    assert "by_time" in plan(half_open) and "by_time" not in plan("DATE(at) = '2026-03-01'")

    reach = dict(ads.execute("SELECT surface, COUNT(DISTINCT user_id) FROM impressions GROUP BY surface"))
    assert reach == {"feed": 3, "stories": 2}  # NULL is skipped, user 1 once
    pivot = """SELECT COUNT(CASE WHEN surface = 'feed' THEN 1 END), COUNT(CASE WHEN surface = 'stories' THEN 1 END)
               FROM impressions"""
    assert ads.execute(pivot).fetchone() == (5, 3)

    # no record fails two rules
    failed = f"""SELECT MAX((visible_ms < 1000) + NOT ({half_open}) + (COALESCE(user_id, 0) = 9)) FROM impressions"""
    assert one(ads, failed) == 1

    # a retry that arrives with another time: one event, two different rows
    late = database(ADS + "INSERT INTO impressions VALUES ('a', 1, 'feed', 1500, '2026-03-01 00:00:07');")
    assert count(late) == right
    whole = f"""SELECT COUNT(*) FROM (SELECT DISTINCT * FROM impressions AS i
                WHERE surface = 'feed' AND visible_ms >= 1000 AND {spared})"""
    assert one(late, whole) == 3 and one(ads, whole) == 2
    twice = database(ADS + "INSERT INTO impressions VALUES ('b', 2, 'stories', 2300, '2026-03-01 09:30:00');")
    assert count(twice) == {**right, "stories": 3}  # one id, two surfaces
    for column in ("event_id", "surface", "visible_ms", "at"):  # so that every removed row is in a column of the check
        with pytest.raises(sqlite3.IntegrityError, match=column):
            twice.execute(f"UPDATE impressions SET {column} = NULL")
    lost = database(ADS + "INSERT INTO impressions VALUES ('h', 1, 'reels', 1500, '2026-03-01 08:00:00');")
    assert count(lost) == right
    assert one(lost, "SELECT COUNT(*) FROM impressions WHERE surface = 'reels'") == 1


def test_sql_null_traps() -> None:
    """NULL in comparisons, AND, OR, CHECK, UNIQUE, SUM, joins and groups; the agent without a loan; two accuracies
    and two means; pandas pairs missing keys and drops missing groups. Key of the quick check: 1.0."""
    base = database(LOANS)
    for unknown in ("NULL = NULL", "NULL <> 1", "'cy' NOT IN ('ann', NULL)", "NULL AND 1", "NULL OR 0", "1 + NULL"):
        assert one(base, unknown) is None
    assert one(base, "NULL AND 0") == 0 and one(base, "NULL OR 1") == 1 and one(base, "'ann' NOT IN ('ann', NULL)") == 0
    assert one(base, "'cy' <> 'ann' AND 'cy' <> 'bo' AND 'cy' <> NULL") is None
    assert one(base, "SELECT COUNT(*) FROM loans WHERE actual IS NOT 1") == 4  # as IS DISTINCT FROM
    assert one(base, "SELECT COUNT(*) FROM loans WHERE NOT (actual = 1)") == 2
    cy = "SELECT name FROM agents AS a WHERE NOT EXISTS (SELECT 1 FROM loans AS l WHERE l.agent = a.name)"
    assert one(base, cy) == "cy"

    portable = "AVG(CASE WHEN predicted = actual THEN 1.0 WHEN predicted <> actual THEN 0 END)"
    with_else = "AVG(CASE WHEN predicted = actual THEN 1.0 ELSE 0 END)"
    assert abs(one(base, f"SELECT {portable} FROM loans") - 2 / 3) < 1e-12
    assert one(base, f"SELECT {with_else} FROM loans") == 0.4
    assert base.execute("SELECT AVG(fee), SUM(fee) * 1.0 / COUNT(fee) FROM loans").fetchone() == (60, 60)
    assert base.execute("SELECT SUM(fee), COUNT(fee) FROM loans WHERE id = 3").fetchone() == (None, 0)
    # loan 3 has no fee: its row gives nothing to the sum of sums
    assert base.execute("SELECT SUM(id + fee), SUM(id) + SUM(fee) FROM loans").fetchone() == (187, 195)

    inner = base.execute("SELECT l.id FROM loans AS l JOIN agents ON name = agent ORDER BY 1")
    assert inner.fetchall() == [(1,), (2,), (3,)]
    left = base.execute("SELECT l.id FROM loans AS l LEFT JOIN agents ON name = agent WHERE name IS NULL ORDER BY 1")
    assert left.fetchall() == [(4,), (5,)]
    groups = base.execute("SELECT agent, COUNT(*) FROM loans GROUP BY agent")
    assert groups.fetchall() == [(None, 2), ("ann", 2), ("bo", 1)]
    assert len(base.execute("SELECT DISTINCT agent FROM loans").fetchall()) == 3
    both = "SELECT COUNT(*) FROM loans AS a JOIN loans AS b ON a.agent = b.agent AND a.id < b.id"
    assert one(base, both) == 1  # the two loans of ann; 4 and 5 do not pair
    strangers = """SELECT COUNT(*) FROM loans AS a JOIN loans AS b
                   ON COALESCE(a.agent, '') = COALESCE(b.agent, '') AND a.id < b.id"""
    assert one(base, strangers) == 2  # ann's two loans, and two that have nothing in common

    base.execute("CREATE TABLE t (fee INTEGER CHECK (fee > 0), code TEXT UNIQUE)")
    base.execute("INSERT INTO t VALUES (NULL, NULL), (NULL, NULL)")
    with pytest.raises(sqlite3.IntegrityError):
        base.execute("INSERT INTO t VALUES (-1, 'x')")

    loans = pd.DataFrame({"agent": ["ann", None, None], "fee": [1.0, None, 3.0]})
    assert len(loans.merge(pd.DataFrame({"agent": ["ann", None], "rank": [1, 2]}), on="agent")) == 3
    assert len(loans.groupby("agent").size()) == 1 and len(loans.groupby("agent", dropna=False).size()) == 2
    assert loans["fee"].mean() == 2.0

    paid = database(
        "CREATE TABLE payments (loan INTEGER, late INTEGER); CREATE TABLE hundred (id INTEGER);"
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100)"
        "INSERT INTO hundred SELECT i FROM n;"
        "INSERT INTO payments SELECT id, 0 FROM hundred WHERE id <= 60;"
    )
    query = "SELECT COUNT(*), AVG(late = 0) FROM hundred LEFT JOIN payments ON loan = id"
    assert paid.execute(query).fetchone() == (100, 1.0)
