"""What tracing found, stored and read back: tellings, copies, claims, families, edges, roots."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from rawi.errors import ProjectError
from rawi.store.records import from_json, to_json

TABLES: dict[str, tuple[str, ...]] = {
    "telling": ("id", "document", "statement", "claim", "family", "stance", "speaker", "day", "place", "spans"),
    "reuse": ("a", "b", "spans_a", "spans_b", "words", "class", "direction", "certainty", "evidence"),
    "claim": ("id", "family", "gist", "tellings", "numbers", "dates", "places", "entities"),
    "family": (
        "id", "gist", "tellings", "documents", "outlets", "lo", "hi", "named", "anonymous", "unsourced", "denying",
        "circular", "choke", "denials", "first_seen", "why",
    ),
    "edge": ("family", "from", "to", "kind", "evidence", "probability"),
    "root": ("id", "family", "name", "kind", "stance", "evidence"),
}  # fmt: skip
JSON_COLUMNS = frozenset({
    "spans", "spans_a", "spans_b", "evidence", "numbers", "dates", "places", "entities", "circular", "choke",
    "denials", "why",
})  # fmt: skip


class Family(NamedTuple):
    """A claim family with its roots as an interval, counted in this corpus; ``gist`` is quoted text."""

    id: str
    gist: str
    tellings: int
    documents: int
    outlets: int
    lo: int
    hi: int
    named: int
    anonymous: int
    unsourced: int
    denying: int
    circular: Any
    choke: Any
    denials: Any
    first_seen: str | None
    why: Any


class Telling(NamedTuple):
    """One document's telling of a claim: by a statement, or by spans that name no source."""

    id: str
    document: str
    statement: str | None
    claim: str
    family: str
    stance: str
    speaker: str | None
    day: str | None
    place: str | None
    spans: Any


class Reuse(NamedTuple):
    """A passage that two documents share: spans on both sides, words, class, direction and how certain it is."""

    a: str
    b: str
    spans_a: Any
    spans_b: Any
    words: int
    class_: str
    direction: str
    certainty: str
    evidence: Any


class Claim(NamedTuple):
    """One claim of a family; ``gist`` is quoted text."""

    id: str
    family: str
    gist: str
    tellings: int
    numbers: Any
    dates: Any
    places: Any
    entities: Any


class Edge(NamedTuple):
    """A link of the provenance graph of a family, with the spans that justify it."""

    family: str
    from_: str
    to: str
    kind: str
    evidence: Any
    probability: float


class Root(NamedTuple):
    """What a family rests on: a named, anonymous or unsourced origin."""

    id: str
    family: str
    name: str
    kind: str
    stance: str
    evidence: Any


def replace_rows(db: sqlite3.Connection, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Stores rows of a tracing table, those of the same key replaced; inside an open transaction."""
    columns = TABLES[table]
    names = ", ".join(f'"{c}"' for c in columns)
    marks = ", ".join("?" * len(columns))
    db.executemany(
        f"INSERT OR REPLACE INTO {table} ({names}) VALUES ({marks})",
        ([to_json(row[c]) if c in JSON_COLUMNS else row[c] for c in columns] for row in rows),
    )


def read_rows(
    db: sqlite3.Connection, table: str, where: str = "", parameters: Sequence[Any] = ()
) -> Iterator[list[Any]]:
    """The rows of a tracing table in the order of its columns, JSON opened; ``where`` may order and limit too."""
    columns = TABLES[table]
    names = ", ".join(f'"{c}"' for c in columns)
    for row in db.execute(f"SELECT {names} FROM {table} {where}", parameters):
        yield [from_json(v) if c in JSON_COLUMNS else v for c, v in zip(columns, row, strict=True)]


def logical_tables(db: sqlite3.Connection) -> Iterator[tuple[str, list[Any]]]:
    """Every row of every tracing table, with the table's name."""
    for table in TABLES:
        for row in read_rows(db, table):
            yield table, row


def families(
    db: sqlite3.Connection,
    *,
    least_outlets: int = 1,
    order: str = "outlets",
    denied: bool = False,
    limit: int = 50,
    offset: int = 0,
) -> tuple[list[Family], int]:
    """One page of families and how many there are; ``order``: ``outlets``, ``documents``, ``newest``, ``oldest``."""
    orders = {
        "outlets": "outlets DESC, documents DESC, id",
        "documents": "documents DESC, id",
        "newest": "first_seen DESC, id",
        "oldest": "first_seen, id",
    }
    where = "WHERE outlets >= ?" + (" AND denying > 0" if denied else "")
    total = db.execute(f"SELECT count(*) FROM family {where}", (least_outlets,)).fetchone()[0]
    rows = read_rows(
        db, "family", f"{where} ORDER BY {orders[order]} LIMIT ? OFFSET ?", (least_outlets, limit, offset)
    )
    return [Family(*row) for row in rows], total


def find_family(db: sqlite3.Connection, identity: str) -> Family:
    """The family with this id; raises :class:`ProjectError` where there is none."""
    row = next(read_rows(db, "family", "WHERE id = ?", (identity,)), None)
    if row is None:
        raise ProjectError(f"no family {identity}", expected="a family that `rawi trace` found")
    return Family(*row)


def find_claim(db: sqlite3.Connection, identity: str) -> Claim:
    """The claim with this id; raises :class:`ProjectError` where there is none."""
    row = next(read_rows(db, "claim", "WHERE id = ?", (identity,)), None)
    if row is None:
        raise ProjectError(f"no claim {identity}", expected="a claim that `rawi trace` found")
    return Claim(*row)


def tellings(db: sqlite3.Connection, *, family: str | None = None, document: str | None = None) -> list[Telling]:
    """The tellings of a family (oldest first) or of a document."""
    if family is not None:
        rows = read_rows(db, "telling", "WHERE family = ? ORDER BY day IS NULL, day, id", (family,))
    else:
        rows = read_rows(db, "telling", "WHERE document = ? ORDER BY id", (document,))
    return [Telling(*row) for row in rows]


def claims_of(db: sqlite3.Connection, family: str) -> list[Claim]:
    """The claims of a family, most told first."""
    return [Claim(*r) for r in read_rows(db, "claim", "WHERE family = ? ORDER BY tellings DESC, id", (family,))]


def edges_of(db: sqlite3.Connection, family: str) -> list[Edge]:
    """The links of a family's provenance graph."""
    return [Edge(*r) for r in read_rows(db, "edge", 'WHERE family = ? ORDER BY "from", "to", kind', (family,))]


def roots_of(db: sqlite3.Connection, family: str) -> list[Root]:
    """What a family rests on."""
    return [Root(*r) for r in read_rows(db, "root", "WHERE family = ? ORDER BY id", (family,))]


def copies_of(db: sqlite3.Connection, document: str) -> list[Reuse]:
    """The passages that a document shares with others, the longest first."""
    rows = read_rows(db, "reuse", "WHERE a = ?1 OR b = ?1 ORDER BY words DESC, a, b", (document,))
    return [Reuse(*row) for row in rows]
