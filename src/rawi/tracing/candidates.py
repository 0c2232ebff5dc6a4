"""Candidates: which two documents share enough marks to be compared, as SQL that DuckDB and Spark share.

A *mark* is a fingerprint or an anchor: a row ``hash, n, outlet, first, last`` of a table of marks. A mark's grade
is a function of the whole corpus: ``2`` formula (in more than :data:`PER_OUTLET` documents of one outlet: nothing
follows from sharing it), ``1`` popular (in more than :data:`ALL_PAIRS` documents, of many outlets: each is compared
with the earliest document only), ``0`` else (all pairs). A grade only rises as documents are added. Documents
further apart in time than the window are not compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

import pyarrow as pa

from rawi.tracing.engine import DuckEngine, fill

MARKS = pa.schema(
    [("hash", pa.int64()), ("n", pa.int64()), ("outlet", pa.int64()), ("first", pa.int64()), ("last", pa.int64())]
)
NUMBERS = pa.schema([("n", pa.int64())])
PAIRS = pa.schema([("a", pa.int64()), ("b", pa.int64()), ("shared", pa.int64())])


class Caps(NamedTuple):
    """Limits of one kind of mark; ``window`` in minutes, ``least`` shared marks make a candidate."""

    all_pairs: int
    per_outlet: int
    nameless: int
    window: int
    least: int


FINGERPRINT_CAPS = Caps(all_pairs=60, per_outlet=3, nameless=60, window=30 * 1440, least=2)
ANCHOR_CAPS = Caps(all_pairs=16, per_outlet=4, nameless=16, window=3 * 1440, least=5)

# Grades of the marks in `asked`, counted over the documents that `{keep}` lets through.
_GRADES = """
SELECT hash, df,
       CASE WHEN most > {per_outlet} OR nameless > {nameless} THEN 2 WHEN df > {all_pairs} THEN 1 ELSE 0 END AS grade
FROM (
  SELECT hash, SUM(docs) AS df, MAX(CASE WHEN outlet = 0 THEN 0 ELSE docs END) AS most,
         MAX(CASE WHEN outlet = 0 THEN docs ELSE 0 END) AS nameless
  FROM (
    SELECT m.hash AS hash, m.outlet AS outlet, COUNT(*) AS docs
    FROM {marks} m JOIN asked_mark q ON m.hash = q.hash {keep}
    GROUP BY m.hash, m.outlet
  ) counted GROUP BY hash
) summed
"""

_ALL_HASHES = "SELECT hash FROM {marks} GROUP BY hash HAVING COUNT(*) > 1"
_FOCUS_HASHES = "SELECT DISTINCT m.hash AS hash FROM {marks} m JOIN focus f ON m.n = f.n"

_NEAR_SQL = """(x.last < 0 OR y.last < 0 OR (x.first - y.last <= {window} AND y.first - x.last <= {window}))"""

# The earliest document of each popular mark: by time, then by its number in the order of ids.
_PILOTS = """
SELECT hash, n, outlet, first, last FROM (
  SELECT m.hash AS hash, m.n AS n, m.outlet AS outlet, m.first AS first, m.last AS last,
         ROW_NUMBER() OVER (
           PARTITION BY m.hash ORDER BY CASE WHEN m.first < 0 THEN 1 ELSE 0 END, m.first, a.id) AS rank
  FROM {marks} m JOIN grade g ON m.hash = g.hash JOIN article a ON a.n = m.n
  WHERE g.grade = 1
) ranked WHERE rank = 1
"""

_PAIRS = """
SELECT a, b, CAST(SUM(shared) AS BIGINT) AS shared FROM (
  SELECT CASE WHEN x.n < y.n THEN x.n ELSE y.n END AS a, CASE WHEN x.n < y.n THEN y.n ELSE x.n END AS b,
         COUNT(*) AS shared
  FROM {marks} x JOIN grade g ON g.hash = x.hash JOIN {marks} y ON y.hash = x.hash {join}
  WHERE g.grade = 0 AND g.df > 1 AND x.n <> y.n AND {once} AND {near}
  GROUP BY 1, 2
  UNION ALL
  SELECT CASE WHEN x.n < y.n THEN x.n ELSE y.n END AS a, CASE WHEN x.n < y.n THEN y.n ELSE x.n END AS b,
         COUNT(*) AS shared
  FROM {marks} x JOIN pilot y ON y.hash = x.hash
  WHERE x.n <> y.n AND {near}
  GROUP BY 1, 2
) summed GROUP BY a, b HAVING SUM(shared) >= {least}
"""


def candidates(engine: DuckEngine, marks: str, caps: Caps) -> pa.Table:
    """All pairs of documents with at least ``least`` shared marks: columns ``a b shared``, ``a < b`` by number."""
    engine.make("asked_mark", fill(_ALL_HASHES, marks=marks))
    engine.make("grade", _grades(marks, caps))
    engine.make("pilot", fill(_PILOTS, marks=marks))
    return engine.query(_pairs_sql(marks, caps, join="", once="x.n < y.n"))


def touched(engine: DuckEngine, marks: str, caps: Caps, focus: Sequence[int], known: str) -> pa.Table:
    """The pairs that adding the documents in ``focus`` (already among the marks) may have changed.

    Their ``shared`` is what it is now. Pairs without a document of ``focus`` are there where a mark's grade rose or
    its earliest document is another, ``shared`` 0 where they are candidates no longer. ``known``: a query for the
    pairs found before (``a < b``).
    """
    _prepare(engine, marks, caps, pa.table({"n": pa.array(focus, pa.int64())}))
    once = "(x.n < y.n OR y.n NOT IN (SELECT n FROM focus))"
    found = engine.query(_pairs_sql("close_mark", caps, join="JOIN focus f ON f.n = x.n", once=once))
    if not _moved(engine, caps):
        return found
    engine.make("known", known)
    engine.make("found", "SELECT a, b FROM given", given=found)
    engine.make("doubtful", _DOUBTFUL + " UNION SELECT a, b FROM found")
    return recount(engine, marks, caps)


def touched_few(close: pa.Table, caps: Caps, focus: Sequence[int]) -> list[tuple[int, int, int]] | None:
    """What :func:`touched` finds, for a few documents and without SQL: ``close`` holds all rows of marks that have a
    hash of the focus. None where a mark's grade changed or is popular: then the engine has to count.
    """
    new = set(focus)
    by_hash: dict[int, list[tuple[int, int, int, int]]] = {}
    columns = (close[c].to_pylist() for c in ("hash", "n", "outlet", "first", "last"))
    for mark, n, outlet, first, last in zip(*columns, strict=True):
        by_hash.setdefault(mark, []).append((n, outlet, first, last))
    shared: dict[tuple[int, int], int] = {}
    for rows in by_hash.values():
        grade = _grade(rows, caps)
        if grade == 1 or grade != _grade([r for r in rows if r[0] not in new], caps):
            return None
        if grade == 0:
            for x, y in combinations(rows, 2):
                if (x[0] in new or y[0] in new) and _near(x, y, caps.window):
                    pair = (min(x[0], y[0]), max(x[0], y[0]))
                    shared[pair] = shared.get(pair, 0) + 1
    return [(a, b, count) for (a, b), count in sorted(shared.items()) if count >= caps.least]


def _grade(rows: Sequence[tuple[int, int, int, int]], caps: Caps) -> int:
    counts: dict[int, int] = {}
    for _, outlet, _, _ in rows:
        counts[outlet] = counts.get(outlet, 0) + 1
    if counts.pop(0, 0) > caps.nameless or max(counts.values(), default=0) > caps.per_outlet:
        return 2
    return 1 if len(rows) > caps.all_pairs else 0


def _near(x: tuple[int, int, int, int], y: tuple[int, int, int, int], window: int) -> bool:
    return x[3] < 0 or y[3] < 0 or (x[2] - y[3] <= window and y[2] - x[3] <= window)


def loosened(engine: DuckEngine, marks: str, caps: Caps, focus: Sequence[int]) -> bool:
    """Makes the table ``doubtful`` of the pairs that removing the documents in ``focus`` (still among the marks) may
    change, none of ``focus`` among them; whether there are any. Call :func:`recount` when the documents are gone.
    """
    _prepare(engine, marks, caps, pa.table({"n": pa.array(focus, pa.int64())}))
    if not _moved(engine, caps):
        return False
    kept = "n NOT IN (SELECT n FROM focus)"
    engine.make(
        "doubtful",
        "SELECT DISTINCT x.n AS a, y.n AS b FROM movers x JOIN movers y ON y.hash = x.hash AND x.n < y.n"
        f" WHERE x.{kept} AND y.{kept}",
    )
    return True


_DOUBTFUL = """
SELECT DISTINCT k.a AS a, k.b AS b FROM movers x
JOIN (SELECT a, b FROM known UNION SELECT a, b FROM found) k ON k.a = x.n
JOIN movers y ON y.n = k.b AND y.hash = x.hash
"""


def _prepare(engine: DuckEngine, marks: str, caps: Caps, focus: pa.Table) -> None:
    engine.make("focus", "SELECT n FROM given", given=focus)
    # One pass over the marks; all that follows looks only at the rows that the focus shares.
    engine.make("asked_mark", fill(_FOCUS_HASHES, marks=marks))
    engine.make(
        "close_mark", fill("SELECT m.* FROM {marks} m WHERE m.hash IN (SELECT hash FROM asked_mark)", marks=marks)
    )
    engine.make("grade", _grades("close_mark", caps))
    engine.make("pilot", fill(_PILOTS, marks="close_mark"))


def _moved(engine: DuckEngine, caps: Caps) -> bool:
    """Makes ``movers``, the rows of marks whose grade the documents in ``focus`` change; whether there are any."""
    engine.make("earlier", _grades("close_mark", caps, keep="AND m.n NOT IN (SELECT n FROM focus)"))
    engine.make(
        "moved",
        "SELECT g.hash AS hash FROM grade g JOIN earlier e ON g.hash = e.hash"
        " WHERE g.grade <> e.grade OR g.grade = 1",
    )
    engine.make("movers", "SELECT m.hash AS hash, m.n AS n FROM close_mark m JOIN moved v ON v.hash = m.hash")
    return bool(engine.rows("SELECT hash FROM moved LIMIT 1"))


def recount(engine: DuckEngine, marks: str, caps: Caps) -> pa.Table:
    """The pairs of the table ``doubtful`` with the number of marks that they share now (0: no candidate)."""
    engine.make(
        "asked_mark", fill("SELECT DISTINCT m.hash AS hash FROM {marks} m JOIN doubtful d ON m.n = d.a", marks=marks)
    )
    engine.make("grade", _grades(marks, caps))
    engine.make("pilot", fill(_PILOTS, marks=marks))
    return engine.query(_RECOUNT.format(marks=marks, least=caps.least, near=fill(_NEAR_SQL, window=caps.window)))


_RECOUNT = """
SELECT d.a AS a, d.b AS b, COALESCE(c.shared, 0) AS shared FROM doubtful d LEFT JOIN (
  SELECT x.n AS a, y.n AS b, COUNT(*) AS shared
  FROM doubtful p JOIN {marks} x ON x.n = p.a JOIN {marks} y ON y.n = p.b AND y.hash = x.hash
  JOIN grade g ON g.hash = x.hash LEFT JOIN pilot l ON l.hash = x.hash
  WHERE (g.grade = 0 OR (g.grade = 1 AND (l.n = x.n OR l.n = y.n))) AND {near}
  GROUP BY x.n, y.n HAVING COUNT(*) >= {least}
) c ON c.a = d.a AND c.b = d.b
"""


def _grades(marks: str, caps: Caps, keep: str = "") -> str:
    return _GRADES.format(
        marks=marks, keep=keep, per_outlet=caps.per_outlet, nameless=caps.nameless, all_pairs=caps.all_pairs
    )


def _pairs_sql(marks: str, caps: Caps, join: str, once: str) -> str:
    near = fill(_NEAR_SQL, window=caps.window)
    return _PAIRS.format(marks=marks, join=join, once=once, near=near, least=caps.least)
