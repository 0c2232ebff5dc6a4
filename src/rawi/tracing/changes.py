"""What an addition or a removal touches, and the rows of pairs, links and reuse that the tracer writes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any

import numpy as np
import pyarrow as pa

from rawi.tracing.compare import Page, compare
from rawi.tracing.edges import direct
from rawi.tracing.facts import Facts
from rawi.tracing.families import Members, Node, Rows, family_id, family_rows
from rawi.tracing.links import Reuse
from rawi.tracing.records import Sign, TraceResult
from rawi.tracing.schemas import RESULT
from rawi.tracing.state import LINK, PASSAGES

HELD = 4000
ORDER = {"edges": ("family", "from", "to", "kind"), "tellings": ("family", "claim", "id")}
PLACED = pa.schema([("node", pa.int64()), ("label", pa.int64())])
NAMED = pa.schema([("label", pa.int64()), ("id", pa.string())])


class Dirty:
    """What an addition or a removal has touched so far."""

    def __init__(self) -> None:
        self.nodes: set[int] = set()
        self.documents: set[int] = set()
        self.gone: set[int] = set()
        self.gone_ids: set[str] = set()
        self.gone_reuse: set[tuple[int, int]] = set()
        self.new_reuse: set[tuple[int, int]] = set()
        self.fresh: set[int] = set()

    def older(self, pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """The pairs of which something may be stored: those without a document that has just come."""
        return [p for p in pairs if p[0] not in self.fresh and p[1] not in self.fresh]


def reuse_id(one: str, other: str) -> str:
    """The identity of a pair of documents, whichever comes first."""
    a, b = sorted((one, other))
    return sha256("\x1f".join(("reuse", a, b)).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def reuse_of(one: Page, other: Page, a: int, b: int, fingerprints: int) -> Reuse | None:
    """The reuse between two pages, or None where they share too little; ``fingerprints``: see :func:`compare`."""
    shared = compare(one, other, fingerprints)
    if shared is None:
        return None
    way = direct(one, other, shared)
    number = {one.facts.id: a, other.facts.id: b}
    starts, ends, theirs, their_ends = one.start, one.end, other.start, other.end
    runs = tuple(
        (int(starts[r.a]), int(ends[r.a + r.size - 1]), int(theirs[r.b]), int(their_ends[r.b + r.size - 1]), r.size)
        for s in shared.stretches
        for r in s.runs
    )
    return Reuse(
        a, b, shared.cls, shared.words, shared.free, runs, tuple(shared.spans(one, 0)), tuple(shared.spans(other, 1)),
        way.direction, way.certainty, way.probability,
        tuple((s.kind, number[s.document], s.spans, s.note) for s in way.evidence),
    )  # fmt: skip


def passage_sizes(page: Page) -> list[int]:
    """The number of words in each passage."""
    bounds = [end for _, end in page.facts.passages]
    cuts = np.searchsorted(page.start, bounds)
    return np.diff(np.concatenate(([0], cuts))).tolist()  # type: ignore[no-any-return]


def node_of(number: int) -> Node:
    """The document and passage of a node number."""
    return number // PASSAGES, number % PASSAGES


def in_id_order(a: int, b: int, facts: dict[int, Facts]) -> tuple[int, int]:
    """The two document numbers in the order of their ids."""
    return (a, b) if facts[a].id < facts[b].id else (b, a)


class Gathered:
    """Rows of the result tables as they are made, kept as Arrow tables so that a large corpus stays small."""

    def __init__(self) -> None:
        self._rows: Rows = {}
        self._held = 0
        self._tables: dict[str, list[pa.Table]] = {name: [] for name in RESULT}
        self.ids: dict[str, list[str]] = {"families": [], "reuse": []}
        self.documents: set[str] = set()

    def add(self, rows: Rows) -> None:
        """Adds rows to the tables of these names."""
        for name, more in rows.items():
            self._rows.setdefault(name, []).extend(more)
            self._held += len(more)
            if name in self.ids:
                self.ids[name].extend(r["id"] for r in more)
        self.documents.update(d for f in rows.get("families", ()) for d in f["documents"])
        if self._held > HELD:
            self._flush()

    def _flush(self) -> None:
        for name, held in self._rows.items():
            self._tables[name].append(pa.Table.from_pylist(held, schema=RESULT[name]))
        self._rows, self._held = {}, 0

    def result(self) -> TraceResult:
        """The tables, each in its own order."""
        self._flush()
        made = {}
        for name, parts in self._tables.items():
            table = pa.concat_tables([RESULT[name].empty_table(), *parts])
            made[name] = table.sort_by([(c, "ascending") for c in ORDER.get(name, ("id",))])
        return TraceResult(**made)


def pair_table(pairs: Sequence[tuple[int, int]]) -> pa.Table:
    """Pairs of document numbers as a table."""
    return pa.table(
        {"a": pa.array([a for a, _ in pairs], pa.int64()), "b": pa.array([b for _, b in pairs], pa.int64())}
    )


def link_table(links: Sequence[tuple[int, int, int, int, str]]) -> pa.Table:
    """Links of passages as a table."""
    return pa.table([list(c) for c in zip(*links, strict=True)] if links else [[]] * 5, schema=LINK)


def sql_list(values: Iterable[int]) -> str:
    """Numbers as an SQL list."""
    return ",".join(str(int(v)) for v in sorted(values))


def family_of(
    nodes: list[Node], facts: dict[int, Facts], reuse: list[Reuse], linked: list[tuple[int, int]]
) -> tuple[str, Rows]:
    """The id and the rows of the family of these passages."""

    def by_id(pair: tuple[int, int]) -> tuple[str, str]:
        one, other = sorted((facts[pair[0]].id, facts[pair[1]].id))
        return one, other

    mine = {n: facts[n] for n, _ in nodes}
    pairs = tuple(sorted(reuse, key=lambda r: by_id((r.a, r.b))))
    # One order for both engines and every order of adding.
    events = tuple(sorted((in_id_order(a, b, facts) for a, b in linked), key=by_id))
    return family_id(mine, nodes), family_rows(Members(tuple(nodes), mine, pairs, events))


def reuse_row(r: Reuse, one: Facts, other: Facts) -> dict[str, Any]:
    """The row of a pair of documents that share words."""
    name = {r.a: one.id, r.b: other.id}
    return {
        "id": reuse_id(one.id, other.id), "a": one.id, "b": other.id,
        "spans_a": [{"start": s, "end": e} for s, e in r.spans_a],
        "spans_b": [{"start": s, "end": e} for s, e in r.spans_b],
        "words": r.words, "class": r.cls, "direction": r.direction, "certainty": r.certainty,
        "evidence": [Sign(k, name[n], spans, note).row() for k, n, spans, note in r.evidence],
    }  # fmt: skip
