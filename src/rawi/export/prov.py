"""PROV-JSON (W3C): articles and statements as entities, speakers and outlets as agents, the reading an activity."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from rawi.corpus import Project
from rawi.export.selection import NOTE, Options, Selection, whole_file
from rawi.export.tables import selected_ids
from rawi.model import Reading, text_key
from rawi.store.traced import read_rows
from rawi.store.write import reference
from rawi.version import __version__

PREFIX = {"rawi": "urn:rawi:", "schema": "https://schema.org/"}
Bundle = dict[str, dict[str, Any]]


def write(project: Project, out: Path, selection: Selection, options: Options) -> dict[str, int]:
    """The number of records of each kind written to the file ``out``."""
    bundle: Bundle = {"entity": {}, "agent": {}, "activity": {}}
    engine = "rawi:engine"
    bundle["agent"][engine] = {"prov:type": {"$": "prov:SoftwareAgent", "type": "prov:QUALIFIED_NAME"},
                               "prov:label": f"rawi {__version__}"}  # fmt: skip
    bundle["activity"]["rawi:reading"] = {"prov:label": "reading", "rawi:tables": project.language.tables_hash}
    _relate(bundle, "wasAssociatedWith", {"prov:activity": "rawi:reading", "prov:agent": engine})
    articles: dict[str, str] = {}
    for reading in selection.readings(project):
        articles[reading.id] = _article(bundle, reading)
    chosen = selected_ids(project, selection)
    for r in read_rows(project.db, "reuse"):
        if r.direction != "none" and (chosen is None or (r.a in chosen and r.b in chosen)):
            _copy(bundle, articles, r)
    with whole_file(out) as stream:
        json.dump({"prefix": PREFIX, "rawi:note": NOTE, **bundle}, stream, ensure_ascii=True, indent=1)
        stream.write("\n")
    return {kind: len(records) for kind, records in bundle.items()}


def _relate(bundle: Bundle, kind: str, record: dict[str, Any]) -> None:
    records = bundle.setdefault(kind, {})
    records[f"_:{kind}{len(records)}"] = record


def _article(bundle: Bundle, r: Reading) -> str:
    name = f"rawi:article.{reference(r.id, r.key)}"
    bundle["entity"][name] = {
        "prov:type": "schema:NewsArticle",
        "rawi:id": r.id,
        "rawi:key": r.key,
        **({"schema:url": r.url} if r.url else {}),
        **({"schema:datePublished": r.published} if r.published else {}),
    }
    outlet = _agent(bundle, "outlet", r.outlet) if r.outlet else None
    if outlet:
        _relate(bundle, "wasAttributedTo", {"prov:entity": name, "prov:agent": outlet})
    by_number = {a.n: f"rawi:statement.{a.id}" for a in r.attributions}
    entities = {e.id: e for e in r.entities}
    for a in r.attributions:
        statement = by_number[a.n]
        words = " ".join(s.of(r.text) for s in a.content)
        bundle["entity"][statement] = {
            "prov:type": "schema:Quotation",
            "prov:value": words.encode("utf-8", "replace").decode("utf-8"),
            "rawi:stance": a.stance,
            "rawi:act": a.act,
            "rawi:spans": json.dumps([[s.start, s.end] for s in a.content]),
        }
        _relate(bundle, "wasGeneratedBy", {"prov:entity": statement, "prov:activity": "rawi:reading"})
        # The article passes the statement on; what it was told by stands behind it.
        _relate(bundle, "wasQuotedFrom", {"prov:generatedEntity": statement, "prov:usedEntity": name})
        entity = entities.get(a.speaker) if a.speaker else None
        source = entity.name if entity else " ".join(s.of(r.text) for s in a.source)
        if source.strip():
            key = entity.key if entity and entity.key else f"{r.id} {source}"
            agent = _agent(bundle, a.type, source, key)
            _relate(bundle, "wasAttributedTo", {"prov:entity": statement, "prov:agent": agent})
        if a.parent in by_number:
            relayed = {"prov:generatedEntity": statement, "prov:usedEntity": by_number[a.parent]}
            _relate(bundle, "wasDerivedFrom", relayed)
    return name


def _agent(bundle: Bundle, kind: str, name: str, key: str | None = None) -> str:
    agent = f"rawi:agent.{text_key(f'{kind} {key or name}')}"
    label = " ".join(name.split()).encode("utf-8", "replace").decode("utf-8")
    bundle["agent"].setdefault(agent, {"prov:label": label, "rawi:kind": kind})
    return agent


def _copy(bundle: Bundle, articles: dict[str, str], r: Any) -> None:
    copier, origin = (r.a, r.b) if r.direction == "a-from-b" else (r.b, r.a)
    if copier in articles and origin in articles:
        _relate(
            bundle,
            "wasDerivedFrom",
            {
                "prov:generatedEntity": articles[copier],
                "prov:usedEntity": articles[origin],
                "rawi:class": r.class_,
                "rawi:certainty": r.certainty,
            },
        )
