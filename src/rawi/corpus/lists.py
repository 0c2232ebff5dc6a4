"""Lists over a whole project: speakers, outlets, places."""

from __future__ import annotations

import sqlite3

from rawi.corpus.records import Outlet, PlaceCount, Source
from rawi.store.records import from_json, to_json

_SOURCE = (
    "SELECT e.key, e.kind, e.name, e.keyed, count(*), count(DISTINCT s.document), count(DISTINCT d.outlet)"
    " FROM statement s JOIN entity e ON e.key = s.speaker JOIN document d ON d.n = s.document WHERE s.latest"
)


def list_sources(
    db: sqlite3.Connection, *, key: str | None = None, kind: str | None = None, limit: int = 100, offset: int = 0
) -> list[Source]:
    """Speakers, those with most statements first; one of them where ``key`` is given."""
    if key is None and kind is None:
        return _most_quoted(db, limit, offset)
    where = " AND e.key = ?" if key is not None else " AND e.kind = ?"
    rows = db.execute(
        f"{_SOURCE}{where} GROUP BY e.key ORDER BY 5 DESC, e.key LIMIT ? OFFSET ?", (key or kind, limit, offset)
    )
    return [Source(r[0], r[1], r[2], bool(r[3]), *r[4:]) for r in rows]


def _most_quoted(db: sqlite3.Connection, limit: int, offset: int) -> list[Source]:
    """The page is chosen by the index alone; only its rows are looked at closely."""
    keys = db.execute(
        "SELECT speaker, count(*) FROM statement WHERE speaker IS NOT NULL GROUP BY speaker"
        " ORDER BY 2 DESC, speaker LIMIT ? OFFSET ?",
        (limit, offset),
    ).fetchall()
    return [s for row in keys for s in list_sources(db, key=row[0], limit=1)]


def list_outlets(db: sqlite3.Connection) -> list[Outlet]:
    """Outlets, those with most articles first; articles without one under the empty name."""
    rows = db.execute(
        "SELECT coalesce(outlet, ''), count(*), sum(statements), min(day), max(day) FROM document WHERE latest"
        " GROUP BY 1 ORDER BY 2 DESC, 1"
    )
    return [Outlet(*row) for row in rows]


def list_places(db: sqlite3.Connection, documents: set[int] | None = None) -> list[PlaceCount]:
    """Places with the number of latest documents (of those given) that name them, most first."""
    if documents is None:
        counted = "SELECT value AS place, count(*) AS n FROM facet WHERE kind = 'place' GROUP BY value"
        parameters: list[str] = []
    else:
        counted = (
            "SELECT d.place AS place, count(*) AS n FROM json_each(?) m"
            " CROSS JOIN document_place d ON d.document = m.value GROUP BY d.place"
        )
        parameters = [to_json(sorted(documents))]
    rows = db.execute(
        "SELECT p.id, p.name, p.name_en, p.kind, p.country, p.claimed_by, p.lat, p.lon, p.precision, p.radius_km, c.n"
        f" FROM ({counted}) c JOIN place p ON p.id = c.place ORDER BY c.n DESC, p.id",
        parameters,
    )
    return [PlaceCount(*(from_json(v) if i == 5 else v for i, v in enumerate(r))) for r in rows]
