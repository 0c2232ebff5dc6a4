"""What tracing found, stored and read back: tellings, copies, claims, families, edges, roots."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from rawi.errors import ProjectError
from rawi.store.records import from_json, plain, to_json, unpack_text


class Family(NamedTuple):
    """A claim family with its roots as an interval, counted in this corpus.

    ``gist_text`` is quoted text; ``size`` counts documents, ``outlets`` their outlets, ``paths`` the vertex-disjoint
    paths through which all support passes; ``circular`` lists the loops of outlets, ``choke`` the narrow places.
    """

    id: str
    gist_text: str
    tellings: int
    outlets: int
    size: int
    claims: list[str]
    documents: list[str]
    denials: list[str]
    lo: int
    hi: int
    named: int
    anonymous: int
    unsourced: int
    denying: int
    circular: list[list[str]]
    choke: list[str]
    paths: int
    first_seen: str | None


class Telling(NamedTuple):
    """One document's telling of a claim: by a statement, or by a span that names no source (``statement`` None)."""

    id: str
    document: str
    statement: str | None
    span: Any
    claim: str
    family: str
    stance: str
    speaker: str | None
    time: str | None
    place: str | None


class Reuse(NamedTuple):
    """A passage that two documents share: spans on both sides, words, class, direction and how certain it is."""

    id: str
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
    """One claim of a family: its gist as spans of a document and as their words, and the ids of its tellings."""

    id: str
    family: str
    gist_document: str
    gist: Any
    gist_text: str
    tellings: list[str]
    numbers: list[str]
    dates: list[str]
    places: list[str]
    entities: list[str]


class Edge(NamedTuple):
    """A link of a family's provenance graph, ``from_`` depends on ``to``, with the spans that justify it."""

    family: str
    from_: str
    to: str
    kind: str
    evidence: Any
    probability: float
    certainty: str


class Root(NamedTuple):
    """What a family rests on: a named, anonymous or unsourced origin, and the documents that rest on it."""

    id: str
    family: str
    name: str
    kind: str
    stance: str
    evidence: Any
    documents: list[str]


RECORDS: dict[str, Any] = {
    "telling": Telling, "reuse": Reuse, "claim": Claim, "family": Family, "edge": Edge, "root": Root,
}  # fmt: skip
_JSON = {
    "telling": {"span"},
    "reuse": {"spans_a", "spans_b", "evidence"},
    "claim": {"gist", "tellings", "numbers", "dates", "places", "entities"},
    "family": {"claims", "documents", "denials", "circular", "choke"},
    "edge": {"evidence"},
    "root": {"evidence", "documents"},
}
# The tables of tracing by the name that it gives them.
SOURCES = {
    "reuse": "reuse",
    "tellings": "telling",
    "claims": "claim",
    "families": "family",
    "edges": "edge",
    "roots": "root",
}

Rows = Iterable[Mapping[str, Any]]


def columns_of(table: str) -> list[str]:
    """The columns of a tracing table, in the order of its record."""
    return [f.removesuffix("_") for f in RECORDS[table]._fields]


def clear_tables(db: sqlite3.Connection) -> None:
    """Forgets everything that tracing found; inside an open transaction."""
    for table in RECORDS:
        db.execute(f"DELETE FROM {table}")


def drop_families(db: sqlite3.Connection, families: Iterable[str]) -> None:
    """Removes families with all that hangs on them; inside an open transaction."""
    for family in families:
        for table in ("telling", "claim", "edge", "root"):
            db.execute(f"DELETE FROM {table} WHERE family = ?", (family,))
        db.execute("DELETE FROM family WHERE id = ?", (family,))


def drop_reuse(db: sqlite3.Connection, ids: Iterable[str]) -> None:
    """Removes copies by id; inside an open transaction."""
    db.executemany("DELETE FROM reuse WHERE id = ?", ((i,) for i in ids))


def store_tables(db: sqlite3.Connection, tables: Mapping[str, Rows]) -> None:
    """Stores rows by tracing's names of the tables, those of the same key replaced; inside an open transaction."""
    gists: dict[str, str] = {}
    texts: dict[str, str] = {}
    for name in ("reuse", "tellings", "edges", "roots"):
        _insert(db, SOURCES[name], tables.get(name, ()))
    claims = []
    for row in tables.get("claims", ()):
        words = _gist_words(db, row, texts)
        gists[row["id"]] = words
        claims.append({**row, "gist_text": words})
    _insert(db, "claim", claims)
    sizes = {c["id"]: len(c["tellings"]) for c in claims}
    _insert(db, "family", (_family_row(db, row, gists, sizes) for row in tables.get("families", ())))


def _gist_words(db: sqlite3.Connection, claim: Mapping[str, Any], texts: dict[str, str]) -> str:
    document = claim["gist_document"]
    if document not in texts:
        row = db.execute("SELECT text FROM document WHERE id = ? AND latest", (plain(document),)).fetchone()
        texts[document] = unpack_text(row[0]) if row else ""
    words = " ".join(texts[document][s["start"] : s["end"]] for s in claim["gist"])
    return plain(" ".join(words.split())) or ""


def _family_row(
    db: sqlite3.Connection, family: Mapping[str, Any], gists: dict[str, str], sizes: dict[str, int]
) -> dict[str, Any]:
    """The row of a family with what lists show of it: the gist of its most told claim, and its counts."""
    claims = sorted(family["claims"], key=lambda c: (-sizes.get(c, 0), c))
    outlets = set()
    for document in family["documents"]:
        row = db.execute("SELECT outlet FROM document WHERE id = ? AND latest", (plain(document),)).fetchone()
        outlets.add(row[0] if row else None)
    return {
        **family,
        "gist_text": gists.get(claims[0], "") if claims else "",
        "tellings": sum(sizes.get(c, 0) for c in claims),
        "outlets": len(outlets),
        "size": len(family["documents"]),
    }


def _insert(db: sqlite3.Connection, table: str, rows: Rows) -> None:
    columns = columns_of(table)
    names, marks = ", ".join(f'"{c}"' for c in columns), ", ".join("?" * len(columns))
    json = _JSON[table]
    db.executemany(
        f"INSERT OR REPLACE INTO {table} ({names}) VALUES ({marks})",
        ([to_json(row[c]) if c in json else _bound(row[c]) for c in columns] for row in rows),
    )


def _bound(value: Any) -> Any:
    return plain(value) if isinstance(value, str) else value


def read_rows(db: sqlite3.Connection, table: str, rest: str = "", parameters: Sequence[Any] = ()) -> Iterator[Any]:
    """The records of a tracing table; ``rest`` of the query filters, orders and limits."""
    columns, record, json = columns_of(table), RECORDS[table], _JSON[table]
    names = ", ".join(f'"{c}"' for c in columns)
    for row in db.execute(f"SELECT {names} FROM {table} {rest}", parameters):
        yield record(*(from_json(v) if c in json else v for c, v in zip(columns, row, strict=True)))


def logical_tables(db: sqlite3.Connection) -> Iterator[tuple[str, list[Any]]]:
    """Every row of every tracing table, with the table's name."""
    for table in RECORDS:
        for row in read_rows(db, table):
            yield table, list(row)
    for row in db.execute("SELECT document, key, made_by FROM traced"):
        yield "traced", list(row)


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
        "outlets": "outlets DESC, size DESC, id",
        "documents": "size DESC, id",
        "newest": "first_seen DESC, id",
        "oldest": "first_seen, id",
    }
    where = "WHERE outlets >= ?" + (" AND denying > 0" if denied else "")
    total = db.execute(f"SELECT count(*) FROM family {where}", (least_outlets,)).fetchone()[0]
    rest = f"{where} ORDER BY {orders[order]} LIMIT ? OFFSET ?"
    return list(read_rows(db, "family", rest, (least_outlets, limit, offset))), total


def _one(db: sqlite3.Connection, table: str, identity: str) -> Any:
    found = next(read_rows(db, table, "WHERE id = ?", (identity,)), None)
    if found is None:
        raise ProjectError(f"no {table} {identity}", expected=f"a {table} that `rawi trace` found")
    return found


def find_family(db: sqlite3.Connection, identity: str) -> Family:
    """The family with this id; raises :class:`ProjectError` where there is none."""
    family: Family = _one(db, "family", identity)
    return family


def find_claim(db: sqlite3.Connection, identity: str) -> Claim:
    """The claim with this id; raises :class:`ProjectError` where there is none."""
    claim: Claim = _one(db, "claim", identity)
    return claim


def tellings(db: sqlite3.Connection, *, family: str | None = None, document: str | None = None) -> list[Telling]:
    """The tellings of a family (oldest first) or of a document (by id)."""
    if family is not None:
        return list(read_rows(db, "telling", "WHERE family = ? ORDER BY time IS NULL, time, id", (family,)))
    return list(read_rows(db, "telling", "WHERE document = ? ORDER BY id", (plain(document),)))


def claims_of(db: sqlite3.Connection, family: str) -> list[Claim]:
    """The claims of a family, most told first."""
    found: list[Claim] = list(read_rows(db, "claim", "WHERE family = ? ORDER BY id", (family,)))
    return sorted(found, key=lambda c: -len(c.tellings))


def edges_of(db: sqlite3.Connection, family: str) -> list[Edge]:
    """The links of a family's provenance graph."""
    return list(read_rows(db, "edge", 'WHERE family = ? ORDER BY "from", "to", kind', (family,)))


def roots_of(db: sqlite3.Connection, family: str) -> list[Root]:
    """What a family rests on."""
    return list(read_rows(db, "root", "WHERE family = ? ORDER BY id", (family,)))


def copies_of(db: sqlite3.Connection, document: str) -> list[Reuse]:
    """The passages that a document (by id) shares with others, the longest first."""
    return list(read_rows(db, "reuse", "WHERE a = ?1 OR b = ?1 ORDER BY words DESC, id", (plain(document),)))
