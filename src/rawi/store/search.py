"""Finds documents and statements by their words, filters and counts them by facets; every limit is the caller's."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from rawi.lexicon.pack import Pack
from rawi.model import Span
from rawi.store.load import DOCUMENT, STATEMENT, Listed, Stated, listed, stated
from rawi.store.records import plain, to_json, unpack_text
from rawi.store.terms import Terms, highlight, match_expression, parse_query

LATEST = "d.latest = 1"
MANY = 1500
FACETS = ("outlet", "day", "place", "speaker", "stance", "review")
_ORDERS = {
    "newest": "d.day DESC, d.n DESC",
    "oldest": "d.day IS NULL, d.day, d.n",
    "added": "d.n DESC",
}


class Filters(NamedTuple):
    """What to keep: values of one field are alternatives, fields all have to hold.

    ``since`` and ``until`` are inclusive ISO days. ``speaker``, ``stance`` and ``review`` have to hold of one and
    the same statement. The empty string stands for no outlet; ``undated`` keeps documents without a day.
    """

    outlet: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    undated: bool = False
    place: tuple[str, ...] = ()
    speaker: tuple[str, ...] = ()
    stance: tuple[str, ...] = ()
    review: tuple[str, ...] = ()


NOTHING = Filters()


class Hit(NamedTuple):
    """A document found: its list entry, a stretch of its text to show, and what to mark (offsets of the original)."""

    document: Listed
    shown: Span
    words: str
    marks: tuple[Span, ...]


class Found(NamedTuple):
    """One page of hits and how many there are in all."""

    hits: list[Hit]
    total: int


class Stating(NamedTuple):
    """One page of statements and how many there are in all."""

    statements: list[Stated]
    total: int


class Value(NamedTuple):
    """A value of a facet, how it is shown, and how many documents have it."""

    value: str
    label: str
    documents: int


class _Query(NamedTuple):
    """The matched documents as SQL: FROM and WHERE with their parameters."""

    tables: str
    where: str
    parameters: list[Any]


def find(
    db: sqlite3.Connection,
    words: str,
    pack: Pack,
    *,
    mode: str = "stem",
    filters: Filters = NOTHING,
    order: str = "best",
    limit: int = 20,
    offset: int = 0,
) -> Found:
    """The latest versions that hold all of ``words`` and pass the filters.

    ``mode``: ``stem`` (light stems), ``words`` (folded spellings), ``exact`` (as written). ``order``: ``best`` (where
    there are words), ``newest``, ``oldest``, ``added``.
    """
    terms = parse_query(words, pack)
    if words.strip() and not terms.wanted:
        return Found([], 0)
    query = _matched(db, terms, mode, filters, pack)
    total = db.execute(f"SELECT count(*) FROM {query.tables} WHERE {query.where}", query.parameters).fetchone()[0]
    by_rank = order == "best" and terms.wanted
    ordering = "bm25(word_index, 1.0, 1.0), d.n" if by_rank else _ORDERS.get(order, _ORDERS["newest"])
    rows = db.execute(
        f"SELECT {DOCUMENT}, d.text FROM {query.tables} WHERE {query.where} ORDER BY {ordering} LIMIT ? OFFSET ?",
        [*query.parameters, limit, offset],
    ).fetchall()
    return Found([_hit(row, terms, pack, mode) for row in rows], total)


def find_numbers(
    db: sqlite3.Connection, words: str, pack: Pack, *, mode: str = "stem", filters: Filters = NOTHING
) -> set[int]:
    """The row numbers of all documents that :func:`find` would find."""
    terms = parse_query(words, pack)
    if words.strip() and not terms.wanted:
        return set()
    query = _matched(db, terms, mode, filters, pack)
    return {r[0] for r in db.execute(f"SELECT d.n FROM {query.tables} WHERE {query.where}", query.parameters)}


def _hit(row: sqlite3.Row, terms: Terms, pack: Pack, mode: str) -> Hit:
    text = unpack_text(row["text"])
    shown, marks = highlight(text, terms, pack, mode)
    return Hit(listed(row), shown, shown.of(text), marks)


def _matched(db: sqlite3.Connection, terms: Terms, mode: str, filters: Filters, pack: Pack) -> _Query:
    tables, where, parameters = "document d", [LATEST], []
    if terms.wanted:
        tables = "word_index CROSS JOIN document d ON d.n = word_index.rowid"  # the index goes first
        where.append("word_index MATCH ?")
        parameters.append(match_expression(terms, mode, pack))
        if mode == "exact":
            verdicts = _verdicts(db.execute("PRAGMA database_list").fetchone()["file"], terms)

            def as_written(n: int, text: bytes) -> int:
                # The text of a row never changes, and one request asks several times.
                if n not in verdicts:
                    verdicts[n] = int(terms.written_in(unpack_text(text)))
                return verdicts[n]

            db.create_function("as_written", 2, as_written, deterministic=True)
            where.append("as_written(d.n, d.text)")
    for condition, values in _conditions(filters):
        where.append(condition)
        parameters.extend(values)
    return _Query(tables, " AND ".join(where), parameters)


@lru_cache(maxsize=32)
def _verdicts(database: str, terms: Terms) -> dict[int, int]:
    """What is known of the documents of a database that were looked through for ``terms``."""
    return {}


def _in(column: str, values: Sequence[str]) -> str:
    return f"{column} IN ({', '.join('?' * len(values))})"


def _conditions(filters: Filters) -> list[tuple[str, list[Any]]]:
    found: list[tuple[str, list[Any]]] = []
    if filters.outlet:
        found.append((_in("coalesce(d.outlet, '')", filters.outlet), [plain(v) for v in filters.outlet]))
    if filters.since:
        found.append(("d.day >= ?", [filters.since]))
    if filters.until:
        found.append(("d.day <= ?", [filters.until]))
    if filters.undated:
        found.append(("d.day IS NULL", []))
    if filters.place:
        inside = _in("p.place", filters.place)
        found.append((f"d.n IN (SELECT p.document FROM document_place p WHERE {inside})", list(filters.place)))
    said = [("s.speaker", filters.speaker), ("s.stance", filters.stance), ("s.state", filters.review)]
    said = [(column, values) for column, values in said if values]
    if said:
        inside = " AND ".join(_in(column, values) for column, values in said)
        found.append(
            (
                f"d.n IN (SELECT s.document FROM statement s WHERE {inside})",
                [v for _, values in said for v in values],
            )
        )
    return found


def count_facets(
    db: sqlite3.Connection,
    words: str,
    pack: Pack,
    *,
    mode: str = "stem",
    filters: Filters = NOTHING,
    most: int = 20,
    kinds: Sequence[str] = FACETS,
) -> dict[str, list[Value]]:
    """For each facet its values with the number of matched documents, most first; a facet's own choice is left out
    of its count, so that its other values can still be seen. Days are given whole and in order."""
    terms = parse_query(words, pack)
    if words.strip() and not terms.wanted:
        return {kind: [] for kind in kinds}
    groups: dict[Filters, list[str]] = {}
    for kind in kinds:
        groups.setdefault(_without(filters, kind), []).append(kind)
    found: dict[str, list[Value]] = {kind: [] for kind in kinds}
    for kept, members in groups.items():
        query = _matched(db, terms, mode, kept, pack)
        for row in _count_values(db, query, members, most):
            value = Value(row["value"], _label(db, row["kind"], row["value"]), row["count"])
            found[row["kind"]].append(value)
    return found


def _count_values(db: sqlite3.Connection, query: _Query, kinds: Sequence[str], most: int) -> list[sqlite3.Row]:
    """The values of several facets among the same documents: the most frequent, days in order and all of them."""
    if query.where == LATEST:
        return [row for kind in kinds for row in _count_one(db, kind, "", [], most)]
    numbers = [r[0] for r in db.execute(f"SELECT d.n FROM {query.tables} WHERE {query.where}", query.parameters)]
    given = to_json(numbers)
    if len(numbers) > MANY:
        # Many documents: the rows of a kind in their order, each looked up among the documents.
        inside = "AND document IN (SELECT value FROM json_each(?))"
        return [row for kind in kinds for row in _count_one(db, kind, inside, [given], most)]
    marks = ", ".join("?" * len(kinds))
    return db.execute(
        "WITH counted AS (SELECT f.kind AS kind, f.value AS value, count(*) AS count FROM json_each(?) m"
        f" CROSS JOIN facet f ON f.document = m.value WHERE f.kind IN ({marks}) GROUP BY f.kind, f.value),"
        " ranked AS (SELECT *, row_number() OVER (PARTITION BY kind ORDER BY count DESC, value) AS rank FROM counted)"
        " SELECT kind, value, count FROM ranked WHERE rank <= ? OR kind = 'day'"
        " ORDER BY kind, CASE kind WHEN 'day' THEN value END, count DESC, value",
        [given, *kinds, most],
    ).fetchall()


def _count_one(db: sqlite3.Connection, kind: str, inside: str, parameters: list[Any], most: int) -> list[sqlite3.Row]:
    order = "value LIMIT -1" if kind == "day" else f"count DESC, value LIMIT {int(most)}"
    return db.execute(
        f"SELECT kind, value, count(*) AS count FROM facet WHERE kind = ? {inside} GROUP BY value ORDER BY {order}",
        [kind, *parameters],
    ).fetchall()


def _without(filters: Filters, kind: str) -> Filters:
    if kind == "day":
        return filters._replace(since=None, until=None, undated=False)
    without: Filters = filters._replace(**{kind: ()})  # type: ignore[arg-type]
    return without


def _label(db: sqlite3.Connection, kind: str, value: str) -> str:
    if kind == "place":
        row = db.execute("SELECT name FROM place WHERE id = ?", (value,)).fetchone()
    elif kind == "speaker":
        row = db.execute("SELECT name FROM entity WHERE key = ?", (value,)).fetchone()
    else:
        return value
    return row[0] if row else value


def _stating(db: sqlite3.Connection, terms: Terms, mode: str, filters: Filters, pack: Pack) -> _Query:
    """The matched statements of latest versions as SQL."""
    tables, where, parameters = "statement s JOIN document d ON d.n = s.document", ["s.latest = 1"], []
    if terms.wanted:
        tables = (
            "said_index CROSS JOIN statement s ON s.n = said_index.rowid CROSS JOIN document d ON d.n = s.document"
        )
        where.append("said_index MATCH ?")
        parameters.append(match_expression(terms, mode, pack))
        if mode == "exact":
            db.create_function("said_so", 1, lambda text: int(terms.written_in(text)), deterministic=True)
            where.append("said_so(s.content)")
    for column, values in (("s.speaker", filters.speaker), ("s.stance", filters.stance), ("s.state", filters.review)):
        if values:
            where.append(_in(column, values))
            parameters.extend(values)
    for condition, values_ in _conditions(filters._replace(speaker=(), stance=(), review=(), place=())):
        where.append(condition)
        parameters.extend(values_)
    if filters.place:
        inside = _in("p.place", filters.place)
        where.append(f"s.n IN (SELECT p.statement FROM statement_place p WHERE {inside})")
        parameters.extend(filters.place)
    return _Query(tables, " AND ".join(where), parameters)


def group_statements(
    db: sqlite3.Connection, words: str, pack: Pack, *, mode: str = "stem", filters: Filters = NOTHING, most: int = 50
) -> list[tuple[str | None, int, Stated]]:
    """Speakers (None: no page of their own) with how many matched statements are theirs, and the oldest of these."""
    terms = parse_query(words, pack)
    if words.strip() and not terms.wanted:
        return []
    query = _stating(db, terms, mode, filters, pack)
    rows = db.execute(
        # Beside min() SQLite gives the other columns of the row that holds it.
        f"SELECT s.speaker, count(*) AS count, min(coalesce(s.day, '9999') || printf('%012d', s.n)), s.n AS n"
        f" FROM {query.tables} WHERE {query.where} GROUP BY s.speaker ORDER BY count DESC, s.speaker LIMIT ?",
        [*query.parameters, most],
    ).fetchall()
    return [(r["speaker"], r["count"], _one_statement(db, r["n"])) for r in rows]


def _one_statement(db: sqlite3.Connection, n: int) -> Stated:
    return stated(
        db.execute(
            f"SELECT {STATEMENT} FROM statement s JOIN document d ON d.n = s.document WHERE s.n = ?", (n,)
        ).fetchone()
    )


def group_families(
    db: sqlite3.Connection,
    words: str,
    pack: Pack,
    *,
    mode: str = "stem",
    least_outlets: int = 1,
    denied: bool = False,
    limit: int = 50,
    offset: int = 0,
) -> tuple[list[str], int]:
    """One page of the ids of claim families with matched statements, those with most of them first, and how many."""
    terms = parse_query(words, pack)
    if words.strip() and not terms.wanted:
        return [], 0
    query = _stating(db, terms, mode, NOTHING, pack)
    rows = db.execute(
        f"SELECT t.family AS family, count(*) AS count FROM {query.tables}"
        " CROSS JOIN telling t ON t.statement = s.id CROSS JOIN family f ON f.id = t.family"
        f" WHERE {query.where} AND f.outlets >= ? AND (f.denying > 0 OR NOT ?)"
        " GROUP BY t.family ORDER BY count DESC, t.family",
        [*query.parameters, least_outlets, int(denied)],
    ).fetchall()
    return [r["family"] for r in rows[offset : offset + limit]], len(rows)


def find_statements(
    db: sqlite3.Connection,
    words: str,
    pack: Pack,
    *,
    mode: str = "stem",
    filters: Filters = NOTHING,
    order: str = "best",
    limit: int = 50,
    offset: int = 0,
) -> Stating:
    """The statements of latest versions whose content holds all of ``words`` and which pass the filters.

    ``order``: ``best``, ``newest``, ``oldest``, ``doubtful`` (most to doubt first: the review queue), ``text``.
    """
    terms = parse_query(words, pack)
    if words.strip() and not terms.wanted:
        return Stating([], 0)
    tables, condition, parameters = _stating(db, terms, mode, filters, pack)
    # The document matters to the count only where a condition asks for it.
    joined = " JOIN document d ON d.n = s.document"
    counted = tables if "d." in condition else tables.replace(f" CROSS{joined}", "").replace(joined, "")
    total = db.execute(f"SELECT count(*) FROM {counted} WHERE {condition}", parameters).fetchone()[0]
    orders = {
        "best": "bm25(said_index), s.n" if terms.wanted else "s.day DESC, s.n",
        "newest": "s.day DESC, s.n",
        "oldest": "s.day IS NULL, s.day, s.n",
        "doubtful": "s.uncertain DESC, s.n",
        "text": "s.document, s.number",
    }
    rows = db.execute(
        f"SELECT {STATEMENT} FROM {tables} WHERE {condition} ORDER BY {orders[order]} LIMIT ? OFFSET ?",
        [*parameters, limit, offset],
    )
    return Stating([stated(row) for row in rows], total)
