"""The rows that make a reading findable: statements, speakers, places, facets; made anew with each reading."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Sequence

from rawi.lexicon.pack import Pack
from rawi.model import Attribution, Entity, Place, Reading, Span
from rawi.store.records import pack, plain, to_json
from rawi.store.words import index_words

OPEN = "open"
_NO_PAGE = frozenset({"anonymous", "witness", "impersonal"})


def write_reading(db: sqlite3.Connection, n: int, reading: Reading, language: Pack) -> None:
    """Stores the reading of document ``n`` and everything by which it is found; no older one may be there."""
    made_by = f"{reading.made_by.rawi} {reading.made_by.tables}" if reading.made_by else ""
    db.execute(
        "UPDATE document SET reading = ?, made_by = ?, statements = ? WHERE n = ?",
        (pack(reading), made_by, len(reading.attributions), n),
    )
    row = db.execute("SELECT day, latest, outlet FROM document WHERE n = ?", (n,)).fetchone()
    _write_places(db, n, reading)
    entities = {e.id: e for e in reading.entities}
    for attribution in reading.attributions:
        _write_statement(db, n, reading, attribution, entities, row, language)
    if row["latest"]:
        write_facets(db, n)


def drop_reading(db: sqlite3.Connection, n: int, language: Pack) -> None:
    """Removes what was derived from the reading of document ``n``."""
    old = db.execute("SELECT n, content FROM statement WHERE document = ?", (n,)).fetchall()
    for row in old:
        words = index_words(row["content"], language)
        db.execute(
            "INSERT INTO said_index (said_index, rowid, form, stem) VALUES ('delete', ?, ?, ?)",
            (row["n"], words.form, words.stem),
        )
        db.execute("DELETE FROM statement_place WHERE statement = ?", (row["n"],))
    db.execute("DELETE FROM statement WHERE document = ?", (n,))
    db.execute("DELETE FROM document_place WHERE document = ?", (n,))
    db.execute("DELETE FROM facet WHERE document = ?", (n,))


def set_latest(db: sqlite3.Connection, n: int, latest: bool) -> None:
    """Makes document ``n`` a latest version, or no longer one."""
    db.execute("UPDATE document SET latest = ? WHERE n = ?", (int(latest), n))
    db.execute("UPDATE statement SET latest = ? WHERE document = ?", (int(latest), n))
    db.execute("DELETE FROM facet WHERE document = ?", (n,))
    if latest:
        write_facets(db, n)


def quoted(text: str, spans: Sequence[Span]) -> str:
    """The words of ``spans``, joined by one space: what corrections attach by."""
    return " ".join(s.of(text) for s in spans)


def _write_statement(
    db: sqlite3.Connection,
    n: int,
    reading: Reading,
    a: Attribution,
    entities: dict[str, Entity],
    row: sqlite3.Row,
    language: Pack,
) -> None:
    text = reading.text
    source, content = plain(quoted(text, a.source)) or "", plain(quoted(text, a.content)) or ""
    said = reading.times[a.time].begin if a.time is not None else None
    about = reading.times[a.content_time] if a.content_time is not None else None
    cursor = db.execute(
        "INSERT INTO statement (id, document, number, latest, stance, act, kind, type, speaker, source, cue, content,"
        ' day, begin, "end", rule, uncertain) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
        (
            a.id, n, a.n, row["latest"], a.stance, a.act, a.kind, a.type,
            _speaker(db, a, source, entities, language), source, plain(quoted(text, a.cue)), content,
            (said or row["day"] or "")[:10] or None, about.begin if about else None, about.end if about else None,
            a.rule, uncertainty(a),
        ),
    )  # fmt: skip
    number = cursor.lastrowid
    words = index_words(content, language)
    db.execute("INSERT INTO said_index (rowid, form, stem) VALUES (?, ?, ?)", (number, words.form, words.stem))
    inside = {place_key(p, text) for p in reading.places if any(c.holds(p.span) for c in a.content)}
    db.executemany("INSERT INTO statement_place VALUES (?, ?)", [(number, place) for place in sorted(inside)])


def uncertainty(a: Attribution) -> int:
    """How much there is to doubt in a statement: two for a doubt, one for a rival reading (three at most)."""
    return 2 * len(a.doubts) + min(len(a.rivals), 3)


def _speaker(
    db: sqlite3.Connection, a: Attribution, source: str, entities: dict[str, Entity], language: Pack
) -> str | None:
    """The key of the speaker; without one across documents, a key of kind and name that says no more than that."""
    if a.type in _NO_PAGE:
        return None
    entity = entities.get(a.speaker) if a.speaker else None
    name = " ".join((plain(entity.name) if entity else source or "").split())  # type: ignore[union-attr]
    kind = entity.kind if entity else a.type
    if entity is not None and entity.key:
        key, keyed = plain(entity.key) or "", 1
    elif name:
        key, keyed = f"?{kind}:{index_words(name, language).form}", 0
    else:
        return None
    db.execute("INSERT OR IGNORE INTO entity VALUES (?, ?, ?, ?)", (key, kind, name[:200], keyed))
    return key


def place_key(place: Place, text: str) -> str:
    """The gazetteer id of a place, else its name behind a question mark."""
    return place.id or f"?{plain(place.name or place.span.of(text))}"


def _write_places(db: sqlite3.Connection, n: int, reading: Reading) -> None:
    mentions: Counter[str] = Counter()
    for p in reading.places:
        key = place_key(p, reading.text)
        if key not in mentions:
            db.execute(
                "INSERT OR IGNORE INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    key, plain(p.name), p.name_en, p.kind, p.country, to_json(p.claimed_by), p.lat, p.lon,
                    p.precision, p.radius_km,
                ),
            )  # fmt: skip
        mentions[key] += 1
    db.executemany(
        "INSERT INTO document_place VALUES (?, ?, ?)", [(place, n, count) for place, count in mentions.items()]
    )


def write_facets(db: sqlite3.Connection, n: int) -> None:
    """The rows by which document ``n`` is found and counted; undated and outlet-less ones under the empty value."""
    db.execute("DELETE FROM facet WHERE document = ?", (n,))
    db.execute(
        "INSERT OR IGNORE INTO facet"
        " SELECT 'outlet', coalesce(outlet, ''), n FROM document WHERE n = ?1"
        " UNION ALL SELECT 'day', coalesce(day, ''), n FROM document WHERE n = ?1"
        " UNION ALL SELECT 'place', place, document FROM document_place WHERE document = ?1"
        " UNION ALL SELECT 'speaker', speaker, document FROM statement WHERE document = ?1 AND speaker IS NOT NULL"
        " UNION ALL SELECT 'stance', stance, document FROM statement WHERE document = ?1"
        " UNION ALL SELECT 'review', state, document FROM statement WHERE document = ?1",
        (n,),
    )
