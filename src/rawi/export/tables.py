"""The flat tables of a project, one row a thing: what CSV and Parquet write."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from rawi.corpus import Project, to_plain
from rawi.export.rows import PLACES, STATEMENTS, TIMES, Row, place_rows, statement_rows, time_rows
from rawi.export.selection import Selection, listed_of
from rawi.model import Reading
from rawi.store.traced import RECORDS, columns_of, read_rows
from rawi.store.write import reference

ARTICLES = (
    "rawi_format", "id", "ref", "key", "version", "versions", "outlet", "url", "published", "published_as",
    "language", "title_start", "title_end", "source_name", "source_sha256", "source_extractor", "statements",
    "input_doubts", "made_by", "text",
)  # fmt: skip
NUMERIC: dict[str, str] = dict.fromkeys(
    ("version", "versions", "title_start", "title_end", "statements", "n", "parent", "start", "end", "rivals"), "int"
) | dict.fromkeys(("lat", "lon", "radius_km"), "float")
# What an input's first reading doubted travels with it; all else is made anew.
_CARRIED = frozenset({"extraction-suspect", "truncated-input"})


class Table(NamedTuple):
    """A table: its columns, and its rows over a selection, made as they are asked for."""

    columns: tuple[str, ...]
    rows: Callable[[Project, Selection], Iterator[Row]]


def tables(selection: Selection) -> dict[str, Table]:
    """The tables by name: four of articles, six of what tracing found (these name persons: not where they are
    pseudonymised)."""
    own = {
        "articles": Table(ARTICLES, _each(_article)),
        "statements": Table(STATEMENTS, _each(_statements)),
        "times": Table(TIMES, _each(lambda _, r: time_rows(r))),
        "places": Table(PLACES, _each(lambda _, r: place_rows(r))),
    }
    if selection.pseudonymise:
        return own
    return own | {name: Table(tuple(columns_of(name)), _traced(name)) for name in RECORDS}


def _each(make: Callable[[Project, Reading], Iterator[Row]]) -> Callable[[Project, Selection], Iterator[Row]]:
    def rows(project: Project, selection: Selection) -> Iterator[Row]:
        for reading in selection.readings(project):
            yield from make(project, reading)

    return rows


def _article(project: Project, r: Reading) -> Iterator[Row]:
    listed = listed_of(project, r)
    source = r.source_file
    doubts = [to_plain(d) for d in r.doubts if d.code in _CARRIED]
    yield {
        "rawi_format": str(r.format),
        "id": r.id,
        "ref": listed.ref,
        "key": r.key,
        "version": listed.version,
        "versions": listed.versions,
        "outlet": r.outlet,
        "url": r.url,
        "published": r.published,
        "published_as": r.published_as,
        "language": r.language,
        "title_start": r.title_span.start if r.title_span else None,
        "title_end": r.title_span.end if r.title_span else None,
        "source_name": source.name if source else None,
        "source_sha256": source.sha256 if source else None,
        "source_extractor": source.extractor if source else None,
        "statements": len(r.attributions),
        "input_doubts": json.dumps(doubts) if doubts else None,
        "made_by": f"{r.made_by.rawi} {r.made_by.tables}" if r.made_by else None,
        "text": r.text,
    }


def _statements(project: Project, r: Reading) -> Iterator[Row]:
    ref = reference(r.id, r.key)
    states = dict(
        project.db.execute(
            "SELECT s.id, s.state FROM statement s JOIN document d ON d.n = s.document WHERE d.ref = ?", (ref,)
        ).fetchall()
    )
    yield from statement_rows(r, states)


def selected_ids(project: Project, selection: Selection) -> set[str] | None:
    """The ids of the documents selected; None where all are."""
    if selection.is_everything():
        return None
    return {r.id for r in selection.readings(project)}


def _traced(name: str) -> Callable[[Project, Selection], Iterator[Row]]:
    def rows(project: Project, selection: Selection) -> Iterator[Row]:
        chosen = selected_ids(project, selection)
        families = _families_of(project, chosen)
        for record in read_rows(project.db, name):
            row = dict(zip(columns_of(name), record, strict=True))
            if chosen is None or _touches(name, row, chosen, families):
                yield {k: v if isinstance(v, str | int | float | None) else _json(v) for k, v in row.items()}

    return rows


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _families_of(project: Project, chosen: set[str] | None) -> set[str]:
    if chosen is None:
        return set()
    return {
        row[0]
        for document in chosen
        for row in project.db.execute("SELECT family FROM telling WHERE document = ?", (document,))
    }


def _touches(name: str, row: Row, chosen: set[str], families: set[str]) -> bool:
    """Whether a row of tracing belongs to the selection: a copy with a side in it, a family with a telling in it."""
    if name == "reuse":
        return row["a"] in chosen or row["b"] in chosen
    return (row["id"] if name == "family" else row["family"]) in families
