"""A family made into rows: its tellings, claims, edges and roots, from its members alone.

A pure function of one family, so that families can be made in parallel (the partition key is the family).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any, NamedTuple

from rawi.tracing.claims import Claims, group
from rawi.tracing.facts import Facts, Range
from rawi.tracing.links import Reuse
from rawi.tracing.records import Sign
from rawi.tracing.roots import Count, count_roots

Node = tuple[int, int]  # a document's number and a passage's number in it
Rows = dict[str, list[dict[str, Any]]]


class Members(NamedTuple):
    """What makes a family: its passages, the facts of their documents, the reuse among them, own-words links."""

    nodes: tuple[Node, ...]
    facts: Mapping[int, Facts]
    reuse: tuple[Reuse, ...]
    linked: tuple[tuple[int, int], ...]


def ordered(facts: Mapping[int, Facts], numbers: Sequence[int]) -> list[int]:
    """Documents in order of time, undated ones last, then of id."""
    return sorted(numbers, key=lambda n: (facts[n].first if facts[n].first >= 0 else 2**60, facts[n].id))


def family_id(facts: Mapping[int, Facts], nodes: Sequence[Node]) -> str:
    """The identity of the family of these passages: that of its earliest one."""
    first = ordered(facts, [n for n, _ in nodes])[0]
    passage = min(p for n, p in nodes if n == first)
    return _digest("family", facts[first].id, str(facts[first].passages[passage][0] if facts[first].passages else 0))


def family_rows(members: Members) -> Rows:
    """The rows of all tables for one family; none where it has a single document."""
    facts = members.facts
    documents = ordered(facts, sorted({n for n, _ in members.nodes}))
    if len(documents) < 2:
        return {}
    held = set(members.nodes)
    told = {n: [i for i, t in enumerate(facts[n].tellings) if (n, t.passage) in held] for n in documents}
    keys = [(n, i) for n in documents for i in told[n]]
    claims = group(keys, facts, members.reuse, members.linked)
    main = list(claims.members[0]) if claims.members else []
    count = count_roots(documents, facts, told, main, members.reuse, claims.same)
    identity = family_id(facts, members.nodes)
    return _rows(identity, documents, facts, claims, count)


def _rows(identity: str, documents: list[int], facts: Mapping[int, Facts], claims: Claims, count: Count) -> Rows:
    names = [_claim_id(identity, facts, c) for c in claims.members]
    rows: Rows = {"tellings": [], "claims": [], "families": [], "edges": [], "roots": []}
    denials = []
    for name, members in zip(names, claims.members, strict=True):
        rows["claims"].append(_claim_row(name, identity, facts, members))
        if any(facts[n].tellings[i].stance == "denied" for n, i in members):
            denials.append(name)
        rows["tellings"].extend(_telling_row(facts[n], i, name, identity) for n, i in members)
    roots = [_digest("root", identity, r.kind, r.name, r.stance, str(k)) for k, r in enumerate(count.roots)]
    label = _labels(facts, documents, count, roots)
    for root_id, r in zip(roots, count.roots, strict=True):
        rows["roots"].append(
            {
                "id": root_id, "family": identity, "name": r.name, "kind": r.kind, "stance": r.stance,
                "evidence": _signs(facts, r.evidence), "documents": sorted(facts[n].id for n in r.documents),
            }
        )  # fmt: skip
    for e in count.edges:
        rows["edges"].append(
            {
                "family": identity, "from": e.source, "to": label.get(e.target, e.target), "kind": e.kind,
                "evidence": _signs(facts, e.evidence), "probability": e.probability, "certainty": e.certainty,
            }
        )  # fmt: skip
    kinds = [r.kind for r in count.roots if r.stance != "deny"]
    rows["families"].append(
        {
            "id": identity, "claims": names, "documents": [facts[n].id for n in documents], "denials": denials,
            "lo": count.lo, "hi": count.hi, "named": kinds.count("named"), "anonymous": kinds.count("anonymous"),
            "unsourced": kinds.count("unsourced"), "denying": sum(r.stance == "deny" for r in count.roots),
            "circular": [list(c) for c in count.circular], "choke": [label.get(c, c) for c in count.choke],
            "paths": count.paths, "first_seen": facts[documents[0]].published or None,
        }
    )  # fmt: skip
    return rows


def _labels(facts: Mapping[int, Facts], documents: list[int], count: Count, roots: list[str]) -> dict[str, str]:
    """What stands in the tables for inner names: a root's id for a voice or a line without one."""
    voices = sum(e.target.startswith("voice:") for e in count.edges) and [
        r for r in count.roots if r.evidence and r.evidence[0][0] == "says"
    ]
    spoken = len(voices) if voices else 0
    label = {f"voice:{k}": roots[k] for k in range(spoken)}
    label.update({f"bare:{k}": roots[spoken + k] for k in range(len(roots) - spoken)})
    return label


def _claim_id(identity: str, facts: Mapping[int, Facts], members: Sequence[tuple[int, int]]) -> str:
    n, i = members[0]
    return _digest("claim", identity, facts[n].id, facts[n].tellings[i].id)


def _claim_row(
    name: str, identity: str, facts: Mapping[int, Facts], members: Sequence[tuple[int, int]]
) -> dict[str, Any]:
    n, i = members[0]
    tellings = [facts[m].tellings[j] for m, j in members]
    return {
        "id": name, "family": identity, "gist_document": facts[n].id, "gist": _spans(facts[n].tellings[i].spans),
        "tellings": [t.id for t in tellings],
        "numbers": sorted({x for t in tellings for x in t.numbers}),
        "dates": sorted({x for t in tellings for x in t.dates}),
        "places": sorted({x for t in tellings for x in t.places}),
        "entities": sorted({x for t in tellings for x in t.entities}),
    }  # fmt: skip


def _telling_row(facts: Facts, i: int, claim: str, family: str) -> dict[str, Any]:
    t = facts.tellings[i]
    start, end = t.spans[0]
    return {
        "id": t.id, "document": facts.id, "statement": t.statement or None, "span": {"start": start, "end": end},
        "claim": claim, "family": family, "stance": t.stance,
        "speaker": facts.speakers[t.speaker].name if t.speaker >= 0 else None,
        "time": facts.published or None, "place": t.places[0] if t.places else None,
    }  # fmt: skip


def _signs(
    facts: Mapping[int, Facts], evidence: Sequence[tuple[str, int, tuple[Range, ...], str]]
) -> list[dict[str, Any]]:
    return [Sign(kind, facts[n].id, spans, note).row() for kind, n, spans, note in evidence]


def _spans(spans: Sequence[Range]) -> list[dict[str, int]]:
    return [{"start": s, "end": e} for s, e in spans]


def _digest(*parts: str) -> str:
    return sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
