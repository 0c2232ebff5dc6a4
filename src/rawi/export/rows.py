"""The rows that one reading gives, without a project: statements, times, places; what the tables and frames hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rawi.model import Reading, Span
from rawi.store.write import reference

Row = dict[str, Any]
NO_STATES: Mapping[str, str] = {}

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


def _spans(spans: tuple[Span, ...]) -> str:
    return ";".join(f"{s.start}-{s.end}" for s in spans)


def _words(text: str, spans: tuple[Span, ...]) -> str:
    return " ".join(s.of(text) for s in spans)


def statement_rows(r: Reading, states: Mapping[str, str] = NO_STATES) -> Iterator[Row]:
    """One row a statement; ``states``: the review state of those that have one, by statement id."""
    ref = reference(r.id, r.key)
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


def time_rows(r: Reading) -> Iterator[Row]:
    """One row a time expression."""
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


def place_rows(r: Reading) -> Iterator[Row]:
    """One row a place."""
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
