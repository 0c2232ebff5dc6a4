"""W3C Web Annotation (JSON-LD): each statement an annotation whose targets are its cue, source and content.

Every stretch is selected twice, as the model asks where texts may move: by position (code points, the unit that the
recommendation counts in) and by its words with what stands before and after.
The PROV-O terms beside it say who made it.
The context is written out in the file: no reader has to fetch one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rawi.corpus import Project
from rawi.export.selection import NOTE, Options, Selection, whole_file
from rawi.model import Attribution, Reading, Span, text_key
from rawi.store.write import reference
from rawi.version import __version__

AROUND = 32
# The terms used here, as the context of the recommendation maps them (https://www.w3.org/ns/anno.jsonld).
CONTEXT: dict[str, Any] = {
    "oa": "http://www.w3.org/ns/oa#",
    "as": "http://www.w3.org/ns/activitystreams#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "prov": "http://www.w3.org/ns/prov#",
    "schema": "https://schema.org/",
    "rawi": "urn:rawi:",
    "id": {"@id": "@id", "@type": "@id"},
    "type": {"@id": "@type", "@type": "@vocab"},
    **{name: f"oa:{name}" for name in (
        "Annotation", "SpecificResource", "TextPositionSelector", "TextQuoteSelector", "TextualBody", "classifying",
    )},
    "AnnotationCollection": "as:OrderedCollection",
    "SoftwareAgent": "prov:SoftwareAgent",
    "body": {"@id": "oa:hasBody", "@type": "@id"},
    "target": {"@id": "oa:hasTarget", "@type": "@id"},
    "source": {"@id": "oa:hasSource", "@type": "@id"},
    "selector": {"@id": "oa:hasSelector", "@type": "@id"},
    "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"},
    "purpose": {"@id": "oa:hasPurpose", "@type": "@vocab"},
    "start": "oa:start", "end": "oa:end", "exact": "oa:exact", "prefix": "oa:prefix", "suffix": "oa:suffix",
    "value": "rdf:value",
    "label": "as:summary",
    "items": {"@id": "as:items", "@type": "@id", "@container": "@list"},
    "wasAttributedTo": {"@id": "prov:wasAttributedTo", "@type": "@id"},
    "wasDerivedFrom": {"@id": "prov:wasDerivedFrom", "@type": "@id"},
    "role": "rawi:role", "stance": "rawi:stance", "act": "rawi:act", "kind": "rawi:kind",
    "sourceType": "rawi:source-type", "rule": "rawi:rule", "within": {"@id": "rawi:within", "@type": "@id"},
    "textKey": "rawi:text-key", "note": "rawi:note", "total": "as:totalItems",
}  # fmt: skip
ENGINE = {"id": "urn:rawi:engine", "type": "SoftwareAgent", "label": f"rawi {__version__}"}


def write(project: Project, out: Path, selection: Selection, options: Options) -> dict[str, int]:
    """The number of articles and annotations written to the file ``out``, one annotation a line inside it."""
    articles = annotations = 0
    with whole_file(out) as stream:
        head = {"@context": CONTEXT, "id": "urn:rawi:annotations", "type": "AnnotationCollection", "note": NOTE}
        stream.write(json.dumps(head)[:-1] + ', "wasAttributedTo": ' + json.dumps(ENGINE) + ', "items": [')
        for reading in selection.readings(project):
            articles += 1
            for one in annotations_of(reading):
                stream.write((",\n" if annotations else "\n") + json.dumps(one))
                annotations += 1
        stream.write(f'\n], "total": {annotations}}}\n')
    return {"articles": articles, "annotations": annotations}


def annotations_of(r: Reading) -> Iterator[dict[str, Any]]:
    """One annotation for each statement of a reading; the source of its targets is the article's address, or a name
    made from its reference."""
    source = r.url or f"urn:rawi:article.{reference(r.id, r.key)}"
    names = {a.n: f"urn:rawi:statement.{a.id}" for a in r.attributions}
    for a in r.attributions:
        yield {
            "id": names[a.n],
            "type": "Annotation",
            "motivation": "classifying",
            "body": {"id": f"{names[a.n]}.labels", **_labels(a, r, names)},
            "target": [
                _target(r, source, role, span)
                for role, spans in (("cue", a.cue), ("source", a.source), ("content", a.content))
                for span in spans
            ],
            "wasAttributedTo": ENGINE["id"],
            "wasDerivedFrom": source,
        }


def _labels(a: Attribution, r: Reading, names: dict[int, str]) -> dict[str, Any]:
    speaker = next((e for e in r.entities if e.id == a.speaker), None)
    said: dict[str, Any] = {"stance": a.stance, "act": a.act, "kind": a.kind, "sourceType": a.type, "rule": a.rule}
    if speaker:
        agent = f"urn:rawi:agent.{text_key(f'{a.type} {speaker.key or r.id + speaker.name}')}"
        said["wasAttributedTo"] = {"id": agent, "label": _sound(speaker.name)}
    if a.parent in names:
        said["within"] = names[a.parent]
    return said


def _target(r: Reading, source: str, role: str, span: Span) -> dict[str, Any]:
    text = r.text
    return {
        "type": "SpecificResource",
        "role": role,
        "source": source,
        "textKey": r.key,
        "selector": [
            {"type": "TextPositionSelector", "start": span.start, "end": span.end},
            {
                "type": "TextQuoteSelector",
                "exact": _sound(span.of(text)),
                "prefix": _sound(text[max(0, span.start - AROUND) : span.start]),
                "suffix": _sound(text[span.end : span.end + AROUND]),
            },
        ],
    }


def _sound(text: str) -> str:
    """The text with one character for each of its own, none of them a lone surrogate."""
    return text.encode("utf-8", "replace").decode("utf-8")
