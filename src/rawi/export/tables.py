"""The flat tables of a project, one row a thing: what CSV and Parquet write."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from rawi.corpus import Project, to_plain
from rawi.export.selection import Selection, listed_of
from rawi.model import Reading, Span
from rawi.store.traced import RECORDS, columns_of, read_rows
from rawi.store.write import reference

Row = dict[str, Any]

ARTICLES = (
    "rawi_format", "id", "ref", "key", "version", "versions", "outlet", "url", "published", "published_as",
    "language", "title_start", "title_end", "source_name", "source_sha256", "source_extractor", "statements",
    "input_doubts", "made_by", "text",
)  # fmt: skip
STATEMENTS = (
    "statement", "document", "ref", "n", "parent", "stance", "act", "kind", "type", "writer_stance", "speaker",
    "speaker_name", "time_begin", "time_end", "content_begin", "content_end", "cue_spans", "source_spans",
    "content_spans", "rule", "doubts", "state", "cue", "source", "content",
)  # fmt: skip
TIMES = (
    "document", "ref", "start", "end", "type", "value", "mod", "begin", "end_day", "calendar", "rule", "words",
)  # fmt: skip
PLACES = (
    "document", "ref", "start", "end", "place", "name", "name_en", "kind", "country", "claimed_by", "lat", "lon",
    "precision", "radius_km", "rivals", "rule", "words",
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


def tables() -> dict[str, Table]:
    """All tables by name: four of articles, six of what tracing found."""
    own = {
        "articles": Table(ARTICLES, _each(_article)),
        "statements": Table(STATEMENTS, _each(_statements)),
        "times": Table(TIMES, _each(_times)),
        "places": Table(PLACES, _each(_places)),
    }
    return own | {name: Table(tuple(columns_of(name)), _traced(name)) for name in RECORDS}


def _each(make: Callable[[Project, Reading], Iterator[Row]]) -> Callable[[Project, Selection], Iterator[Row]]:
    def rows(project: Project, selection: Selection) -> Iterator[Row]:
        for reading in selection.readings(project):
            yield from make(project, reading)

    return rows


def _spans(spans: tuple[Span, ...]) -> str:
    return ";".join(f"{s.start}-{s.end}" for s in spans)


def _words(text: str, spans: tuple[Span, ...]) -> str:
    return " ".join(s.of(text) for s in spans)


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
    entities = {e.id: e for e in r.entities}
    for a in r.attributions:
        entity = entities.get(a.speaker) if a.speaker else None
        said = r.times[a.time] if a.time is not None and a.time < len(r.times) else None
        about = r.times[a.content_time] if a.content_time is not None and a.content_time < len(r.times) else None
        yield {
            "statement": a.id,
            "document": r.id,
            "ref": ref,
            "n": a.n,
            "parent": a.parent,
            "stance": a.stance,
            "act": a.act,
            "kind": a.kind,
            "type": a.type,
            "writer_stance": a.writer_stance,
            "speaker": entity.key if entity else a.speaker,
            "speaker_name": entity.name if entity else None,
            "time_begin": said.begin if said else None,
            "time_end": said.end if said else None,
            "content_begin": about.begin if about else None,
            "content_end": about.end if about else None,
            "cue_spans": _spans(a.cue),
            "source_spans": _spans(a.source),
            "content_spans": _spans(a.content),
            "rule": a.rule,
            "doubts": " ".join(d.code for d in a.doubts),
            "state": states.get(a.id, "added"),
            "cue": _words(r.text, a.cue),
            "source": _words(r.text, a.source),
            "content": _words(r.text, a.content),
        }


def _times(_: Project, r: Reading) -> Iterator[Row]:
    for t in r.times:
        yield {
            "document": r.id,
            "ref": reference(r.id, r.key),
            "start": t.span.start,
            "end": t.span.end,
            "type": t.type,
            "value": t.value,
            "mod": t.mod,
            "begin": t.begin,
            "end_day": t.end,
            "calendar": t.calendar,
            "rule": t.rule,
            "words": t.span.of(r.text),
        }


def _places(_: Project, r: Reading) -> Iterator[Row]:
    for p in r.places:
        yield {
            "document": r.id,
            "ref": reference(r.id, r.key),
            "start": p.span.start,
            "end": p.span.end,
            "place": p.id,
            "name": p.name,
            "name_en": p.name_en,
            "kind": p.kind,
            "country": p.country,
            "claimed_by": " ".join(p.claimed_by),
            "lat": p.lat,
            "lon": p.lon,
            "precision": p.precision,
            "radius_km": p.radius_km,
            "rivals": len(p.rivals),
            "rule": p.rule,
            "words": p.span.of(r.text),
        }


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
