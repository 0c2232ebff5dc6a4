"""Roots: how many origins stand behind a family in this corpus, as an interval, and through whom they came.

Documents that hand on one text, and documents that credit another of the family or one agency outside it, form a
*line*. A line's origins are the voices that vouch in it; a line without any is one unsourced origin (or a
first-hand one, where the page says that the outlet was there). ``hi`` keeps apart what is not certainly one, ``lo``
what is shown to be distinct.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from rawi.tracing.chains import chokes, circles, disjoint_paths
from rawi.tracing.compare import main_credits
from rawi.tracing.components import Groups
from rawi.tracing.facts import Credit, Facts, Range
from rawi.tracing.links import Reuse
from rawi.tracing.outlets import same_outlet
from rawi.tracing.voices import Voice, shown_distinct, voices

MOST_PATHS = 60


class Edge(NamedTuple):
    """``source`` depends on ``target``: a document, ``outlet:key``, or ``voice:number``; evidence as in ``Reuse``."""

    source: str
    target: str
    kind: str
    probability: float
    certainty: str
    evidence: tuple[tuple[str, int, tuple[Range, ...], str], ...]


class Root(NamedTuple):
    """One origin: ``kind`` named, anonymous or unsourced; ``stance`` assert, deny or withdrawn; where it shows."""

    name: str
    kind: str
    stance: str
    documents: tuple[int, ...]
    evidence: tuple[tuple[str, int, tuple[Range, ...], str], ...]


class Count(NamedTuple):
    """The roots of a family with everything that leads to them."""

    lo: int
    hi: int
    roots: tuple[Root, ...]
    edges: tuple[Edge, ...]
    circular: tuple[tuple[str, ...], ...]
    choke: tuple[str, ...]
    paths: int


def count_roots(
    documents: Sequence[int],
    facts: Mapping[int, Facts],
    told: Mapping[int, Sequence[int]],
    main: Sequence[tuple[int, int]],
    reuse: Sequence[Reuse],
    same: Sequence[tuple[tuple[int, int], tuple[int, int]]] = (),
) -> Count:
    """The roots of a family: ``documents`` in order of time, the tellings of each, those of its main claim, its
    reuse, and tellings of the same words."""
    edges = [*_credit_edges(documents, facts, told), *_reuse_edges(facts, reuse)]
    lines = _lines(documents, facts, edges, reuse)
    texts = _texts(documents, reuse, edges, facts)
    spoken = voices(documents, facts, told, main, texts, same)
    roots = [_voice_root(v, facts) for v in spoken]
    edges.extend(_says(spoken, facts, edges))
    bare = _unsourced(lines, spoken, facts)
    roots.extend(bare)
    asserting = [v for v in spoken if not v.denies]
    hi = len(asserting) + len(bare)
    lo = min(hi, max(1, _distinct(asserting)))
    circular = _circular(documents, facts, edges)
    choke, paths = _bottlenecks(documents, facts, edges, bare)
    return Count(lo, hi, tuple(roots), tuple(edges), circular, choke, paths)


# -- edges


def _credit_edges(
    documents: Sequence[int], facts: Mapping[int, Facts], told: Mapping[int, Sequence[int]]
) -> list[Edge]:
    found: list[Edge] = []
    for n in documents:
        done: set[str] = set()
        for c in _credits(facts[n], told[n]):
            target = _target(n, c, documents, facts)
            if target in done:
                continue
            done.add(target)
            kind = "byline" if c.kind in ("byline", "dateline", "tail") else "credit"
            found.append(Edge(facts[n].id, target, kind, 0.97, "certain", ((c.kind, n, (c.span,), c.name),)))
    return found


def _credits(facts: Facts, told: Sequence[int]) -> list[Credit]:
    """The credits that bear on the family: those of the page, and those in or around its tellings."""
    spans = [facts.passages[p] for p in {facts.tellings[i].passage for i in told} if p < len(facts.passages)]
    main = set(main_credits(facts))
    inside = [c for c in facts.credits if c in main or any(s <= c.span[0] < e for s, e in spans)]
    rank = {"byline": 0, "dateline": 0, "tail": 1, "relay": 2, "told": 3}
    return sorted(inside, key=lambda c: (rank[c.kind], c.vague, not c.agency, c.span))


def _target(n: int, credit: Credit, documents: Sequence[int], facts: Mapping[int, Facts]) -> str:
    own = facts[n].own.removeprefix("agency:")
    for m in documents:
        theirs = facts[m].own.removeprefix("agency:")
        if m != n and same_outlet(credit.key, theirs) and not same_outlet(own, theirs):
            return facts[m].id
    return f"outlet:{credit.key or credit.name}"


def _reuse_edges(facts: Mapping[int, Facts], reuse: Sequence[Reuse]) -> list[Edge]:
    found = []
    for r in reuse:
        if r.cls in ("same-quotation", "formula"):
            continue
        source, target = (r.a, r.b) if r.direction == "a-from-b" else (r.b, r.a)
        spans = (("reuse", r.a, r.spans_a, ""), ("reuse", r.b, r.spans_b, ""))
        probability = r.probability if r.direction != "none" else 0.5
        certainty = r.certainty if r.direction != "none" else "undecided"
        found.append(Edge(facts[source].id, facts[target].id, "reuse", probability, certainty, (*spans, *r.evidence)))
    return found


def _says(spoken: Sequence[Voice], facts: Mapping[int, Facts], edges: Sequence[Edge]) -> list[Edge]:
    found = []
    for number, v in enumerate(spoken):
        for n in dict.fromkeys(n for n, _ in v.refs):
            spans = tuple(facts[m].speakers[s].span for m, s in v.refs if m == n)
            found.append(Edge(facts[n].id, f"voice:{number}", "says", 1.0, "certain", (("says", n, spans, v.name),)))
    return found


# -- lines and their origins


def _lines(
    documents: Sequence[int], facts: Mapping[int, Facts], edges: Sequence[Edge], reuse: Sequence[Reuse]
) -> list[list[int]]:
    """Documents that have their words from one another or from one agency outside the family."""
    number = {facts[n].id: n for n in documents}
    groups = Groups([facts[n].id for n in documents])
    for e in edges:
        if e.target in number or e.target.startswith("outlet:"):
            groups.join(e.source, e.target)
    found = [[number[m] for m in members if m in number] for members in groups.groups().values()]
    return [sorted(line, key=documents.index) for line in found if line]


def _texts(
    documents: Sequence[int], reuse: Sequence[Reuse], edges: Sequence[Edge], facts: Mapping[int, Facts]
) -> dict[int, int]:
    """For each document the number of its text: copies of one text, and what is told on its credit, have one."""
    number = {facts[n].id: n for n in documents}
    groups = Groups(documents)
    for r in reuse:
        if r.cls not in ("same-quotation", "formula"):
            groups.join(r.a, r.b)
    for e in edges:
        if e.target in number:
            groups.join(number[e.source], number[e.target])
    return {n: groups.find(n) for n in documents}


def _unsourced(lines: Sequence[list[int]], spoken: Sequence[Voice], facts: Mapping[int, Facts]) -> list[Root]:
    voiced = {n for v in spoken for n, _ in v.refs}
    found = []
    for line in lines:
        if voiced & set(line):
            continue
        seen = next((n for n in line if facts[n].firsthand), None)
        first = line[0] if seen is None else seen
        kind = "unsourced" if seen is None else "named"
        spans = facts[first].firsthand[:1] if seen is not None else ()
        name = facts[first].outlet or facts[first].id
        credit = next((c for n in line for c in main_credits(facts[n]) if not c.vague), None)
        if seen is None and credit is not None:
            name = credit.name
        found.append(
            Root(name, kind, "assert", tuple(line), (("first-hand" if spans else "no-source", first, spans, ""),))
        )
    return found


def _voice_root(v: Voice, facts: Mapping[int, Facts]) -> Root:
    documents = tuple(dict.fromkeys(n for n, _ in v.refs))
    evidence = tuple(("says", n, (facts[n].speakers[s].span,), "") for n, s in v.refs)
    return Root(v.name, v.kind, "deny" if v.denies else "assert", documents, evidence)


def _distinct(spoken: Sequence[Voice]) -> int:
    """How many voices are, two by two, shown to be distinct (those with most words to know them by first)."""
    chosen: list[Voice] = []
    for v in sorted(spoken, key=lambda v: (-len(v.words), -len(v.body), v.name)):
        if all(shown_distinct(v, c) for c in chosen) and v.kind == "named":
            chosen.append(v)
    return len(chosen)


# -- circles and bottlenecks


def _circular(
    documents: Sequence[int], facts: Mapping[int, Facts], edges: Sequence[Edge]
) -> tuple[tuple[str, ...], ...]:
    """Outlets of the family that credit each other in a circle."""
    outlet = {facts[n].id: facts[n].outlet for n in documents}
    graph: dict[str, list[str]] = {}
    for e in edges:
        if e.kind in ("credit", "byline") and e.target in outlet:
            graph.setdefault(outlet[e.source], []).append(outlet[e.target])
    return tuple(tuple(c) for c in circles({k: sorted(set(v)) for k, v in graph.items()}))


def _bottlenecks(
    documents: Sequence[int], facts: Mapping[int, Facts], edges: Sequence[Edge], bare: Sequence[Root]
) -> tuple[tuple[str, ...], int]:
    """The points through which all support passes, and the greatest number of ways that share no point."""
    reports = [facts[n].id for n in documents]
    parents = {e.source for e in edges if e.kind != "says" and e.certainty != "undecided"}
    graph: dict[str, set[str]] = {}
    for e in edges:
        if e.certainty != "undecided" and (e.kind != "says" or e.source not in parents):
            graph.setdefault(e.source, set()).add(e.target)
    # What lies outside the corpus speaks with the voices of those who hand it on.
    for e in edges:
        if e.kind == "says":
            for up in graph.get(e.source, ()):
                if up.startswith("outlet:"):
                    graph.setdefault(up, set()).add(e.target)
    origins = sorted({e.target for e in edges if e.kind == "says"})
    for i, root in enumerate(bare):
        origin = f"bare:{i}"
        origins.append(origin)
        for n in root.documents:
            graph.setdefault(facts[n].id, set()).add(origin)
    plain = {k: sorted(v) for k, v in graph.items()}
    if len(reports) > MOST_PATHS:
        return (), 0
    return tuple(chokes(plain, reports, origins)), disjoint_paths(plain, reports, origins)
