"""Reads back what is stored: documents and their versions, readings, statements, failures, counts."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from rawi.errors import ProjectError
from rawi.model import Article, Reading
from rawi.store.records import canonical_address, plain, unpack

DOCUMENT = (
    "d.n, d.ref, d.id, d.key, d.outlet, d.url, d.published, d.day, d.title, d.version, d.latest, d.statements,"
    " d.words, d.made_by, d.first_seen, d.last_seen,"
    " (SELECT count(DISTINCT key) FROM document w WHERE w.work = d.work) AS versions"
)
STATEMENT = (
    "s.n, s.id, d.ref, d.id AS document, d.title, d.outlet, d.day AS published_day, s.number, s.stance, s.act,"
    " s.kind, s.type, s.speaker, s.source, s.cue, s.content, s.day, s.begin,"
    ' s."end" AS end, s.rule, s.uncertain, s.state'
)


class Listed(NamedTuple):
    """One version of a document as lists show it. ``ref`` addresses it; ``versions`` counts the texts of its work."""

    n: int
    ref: str
    id: str
    key: str
    outlet: str | None
    url: str | None
    published: str | None
    day: str | None
    title: str
    version: int
    latest: bool
    statements: int
    words: int
    made_by: str | None
    first_seen: str
    last_seen: str
    versions: int


class Stated(NamedTuple):
    """One statement as lists show it: words as quoted, labels, its document and its review state."""

    n: int
    id: str
    ref: str
    document: str
    title: str
    outlet: str | None
    published_day: str | None
    number: int
    stance: str
    act: str
    kind: str
    type: str
    speaker: str | None
    source: str
    cue: str
    content: str
    day: str | None
    begin: str | None
    end: str | None
    rule: str
    uncertain: int
    state: str


class Failed(NamedTuple):
    """What could not be read: the input, where in it, what, and what was expected."""

    name: str
    position: int
    kind: str
    where: str
    what: str
    expected: str
    seen: str


class Seen(NamedTuple):
    """One sighting of a version: the input, its SHA-256, the part of it, when."""

    name: str
    sha256: str
    url: str | None
    position: int
    seen: str


def listed(row: sqlite3.Row) -> Listed:
    """The list entry of a row of ``DOCUMENT``."""
    values = {f: row[f] for f in Listed._fields}
    return Listed(**{**values, "latest": bool(row["latest"])})


def stated(row: sqlite3.Row) -> Stated:
    """The list entry of a row of ``STATEMENT``."""
    return Stated(*(row[f] for f in Stated._fields))


def find_document(db: sqlite3.Connection, handle: str, version: int | None = None) -> Listed:
    """The document of an id, a ref, an address or a key: its latest version, or the one of this number.

    Raises :class:`ProjectError` where there is none.
    """
    handle = plain(handle) or ""
    looks = [("d.ref = ?", handle), ("d.id = ?", handle), ("d.key = ?", handle)]
    address = canonical_address(handle)
    if address is not None:
        looks.append(("d.address = ?", address))
    row = None
    for condition, value in looks:
        # One look an index: together they would read the whole table.
        row = db.execute(
            f"SELECT {DOCUMENT} FROM document d WHERE {condition} ORDER BY d.latest DESC, d.n LIMIT 1", (value,)
        ).fetchone()
        if row is not None:
            break
    if row is not None and version is not None:
        row = db.execute(
            f"SELECT {DOCUMENT} FROM document d WHERE d.work = (SELECT work FROM document WHERE n = ?)"
            " AND d.version = ? ORDER BY d.id = ? DESC, d.n LIMIT 1",
            (row["n"], version, row["id"]),
        ).fetchone()
    if row is None:
        what = f"no article {handle}" + (f" in version {version}" if version is not None else "")
        raise ProjectError(what, expected="an id, an address or a ref that `rawi ask` lists")
    return listed(row)


def load_article(db: sqlite3.Connection, n: int) -> Article:
    """The article of document ``n`` as it was received."""
    row = db.execute("SELECT article, text FROM document WHERE n = ?", (n,)).fetchone()
    return unpack(Article, row["article"], row["text"])


def load_reading(db: sqlite3.Connection, n: int) -> Reading | None:
    """The reading of document ``n``; None where it is still to be read."""
    row = db.execute("SELECT reading, text FROM document WHERE n = ?", (n,)).fetchone()
    return None if row["reading"] is None else unpack(Reading, row["reading"], row["text"])


def iterate_readings(
    db: sqlite3.Connection, *, latest_only: bool = True, only: set[int] | None = None
) -> Iterator[tuple[int, Reading]]:
    """The number and reading of each document that has one (of those in ``only``), in the order of their coming."""
    condition = "latest AND" if latest_only else ""
    last = 0
    while True:
        rows = db.execute(
            "SELECT n, reading, text FROM document"
            f" WHERE {condition} reading IS NOT NULL AND n > ? ORDER BY n LIMIT 64",
            (last,),
        ).fetchall()
        if not rows:
            return
        for row in rows:
            last = row["n"]
            if only is None or last in only:
                yield last, unpack(Reading, row["reading"], row["text"])


def stale_documents(db: sqlite3.Connection, made_by: str) -> list[int]:
    """The numbers of the documents whose reading is missing or was made by another version or other tables."""
    rows = db.execute("SELECT n FROM document WHERE made_by IS NOT ? ORDER BY n", (made_by,))
    return [row[0] for row in rows]


def has_reading(db: sqlite3.Connection, identity: str, key: str, made_by: str) -> bool:
    """Whether this id with this text is stored and read by this version and these tables."""
    row = db.execute(
        "SELECT 1 FROM document WHERE id = ? AND key = ? AND made_by = ?", (plain(identity), key, made_by)
    ).fetchone()
    return row is not None


def versions(db: sqlite3.Connection, n: int) -> list[Listed]:
    """The versions of the work that document ``n`` belongs to, oldest first."""
    rows = db.execute(
        f"SELECT {DOCUMENT} FROM document d WHERE d.work = (SELECT work FROM document WHERE n = ?)"
        " ORDER BY d.version, d.n",
        (n,),
    )
    return [listed(row) for row in rows]


def sightings(db: sqlite3.Connection, n: int) -> list[Seen]:
    """Where and when document ``n`` was met, oldest first."""
    rows = db.execute(
        "SELECT i.name, i.sha256, i.url, s.position, s.seen FROM sighting s JOIN input i ON i.n = s.input"
        " WHERE s.document = ? ORDER BY s.seen, i.n, s.position",
        (n,),
    )
    return [Seen(*row) for row in rows]


def same_text(db: sqlite3.Connection, n: int) -> list[Listed]:
    """Other documents with the very same text."""
    rows = db.execute(
        f"SELECT {DOCUMENT} FROM document d WHERE d.key = (SELECT key FROM document WHERE n = ?) AND d.n <> ?"
        " ORDER BY d.n",
        (n, n),
    )
    return [listed(row) for row in rows]


def failures(db: sqlite3.Connection) -> list[Failed]:
    """What could not be read, in the order in which it was met."""
    rows = db.execute("SELECT name, position, kind, at, what, expected, seen FROM failure ORDER BY n")
    return [Failed(*row) for row in rows]


def statements_of(db: sqlite3.Connection, n: int) -> list[Stated]:
    """The statements of document ``n`` in text order."""
    rows = db.execute(
        f"SELECT {STATEMENT} FROM statement s JOIN document d ON d.n = s.document WHERE s.document = ?"
        " ORDER BY s.number",
        (n,),
    )
    return [stated(row) for row in rows]


def find_statement(db: sqlite3.Connection, identity: str) -> Stated:
    """The statement with this id; raises :class:`ProjectError` where there is none."""
    row = db.execute(
        f"SELECT {STATEMENT} FROM statement s JOIN document d ON d.n = s.document WHERE s.id = ?"
        " ORDER BY d.latest DESC, s.n LIMIT 1",
        (identity,),
    ).fetchone()
    if row is None:
        raise ProjectError(f"no statement {identity}", expected="a statement id that `rawi show article` lists")
    return stated(row)


def counts(db: sqlite3.Connection) -> dict[str, int]:
    """How much a project holds."""
    one = db.execute(
        "SELECT (SELECT count(*) FROM input) AS inputs, (SELECT count(*) FROM document) AS versions,"
        " (SELECT count(*) FROM document WHERE latest) AS articles,"
        " (SELECT count(*) FROM document WHERE reading IS NULL) AS unread,"
        " (SELECT count(*) FROM statement WHERE latest) AS statements,"
        " (SELECT count(*) FROM failure) AS failures, (SELECT count(*) FROM correction) AS corrections,"
        " (SELECT count(*) FROM family) AS families, (SELECT count(*) FROM claim) AS claims,"
        " (SELECT count(*) FROM reuse) AS copies"
    ).fetchone()
    return dict(one)
