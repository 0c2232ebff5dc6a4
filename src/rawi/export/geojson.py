"""GeoJSON (RFC 7946): one feature a place named in an article, with the statement it stands in; no place is left out:
one without coordinates has no geometry."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from rawi.corpus import Project
from rawi.export.selection import NOTE, Options, Selection, whole_file
from rawi.model import Attribution, Place, Reading
from rawi.store.write import reference


def write(project: Project, out: Path, selection: Selection, options: Options) -> dict[str, int]:
    """The number of features written to the file ``out``, of those without coordinates, and of undated ones."""
    features = without = undated = 0
    with whole_file(out) as stream:
        stream.write('{"type":"FeatureCollection","note":' + json.dumps(NOTE) + ',"features":[')
        for reading in selection.readings(project):
            for place in reading.places:
                stream.write(("," if features else "") + "\n" + _dumped(feature(reading, place)))
                features += 1
                without += place.lat is None or place.lon is None
                undated += reading.published is None
        stream.write("\n]}\n")
    return {"features": features, "without_coordinates": without, "undated": undated}


def _dumped(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))


def feature(reading: Reading, place: Place) -> dict[str, Any]:
    """One mention as a feature; longitude first, as the standard has it."""
    known = place.lat is not None and place.lon is not None
    holding = [a for a in reading.attributions if any(c.holds(place.span) for c in a.content)]
    inner = min(holding, key=_length, default=None)
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]} if known else None,
        "properties": {
            "document": reading.id,
            "ref": reference(reading.id, reading.key),
            "outlet": reading.outlet,
            "published": reading.published,
            "span": [place.span.start, place.span.end],
            "words": place.span.of(reading.text),
            "place": place.id,
            "name": place.name,
            "name_en": place.name_en,
            "kind": place.kind,
            "country": place.country,
            "claimed_by": list(place.claimed_by),
            "precision": place.precision,
            "radius_km": place.radius_km,
            "rivals": len(place.rivals),
            "statement": inner.id if inner else None,
            "stance": inner.stance if inner else None,
            "source": " ".join(s.of(reading.text) for s in inner.source) if inner else None,
        },
    }


def _length(a: Attribution) -> int:
    return sum(len(s) for s in a.content)
