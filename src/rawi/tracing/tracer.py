"""The facade of the corpus step: a state to which readings are added, and its result.

Adding documents runs the same stages over what they touch that a whole corpus runs over everything, so that one
order of adding gives what every other gives.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from types import TracebackType

import numpy as np
import pyarrow as pa

from rawi.lexicon.pack import Pack
from rawi.model import Reading
from rawi.tracing.candidates import (
    ANCHOR_CAPS,
    FINGERPRINT_CAPS,
    Caps,
    candidates,
    loosened,
    recount,
    touched,
    touched_few,
)
from rawi.tracing.changes import (
    NAMED,
    PLACED,
    Dirty,
    Gathered,
    family_of,
    link_table,
    node_of,
    pair_table,
    passage_sizes,
    reuse_id,
    reuse_of,
    reuse_row,
    sql_list,
)
from rawi.tracing.compare import Page
from rawi.tracing.components import Groups, components
from rawi.tracing.facts import Facts
from rawi.tracing.families import Node, Rows
from rawi.tracing.fingerprints import winnow
from rawi.tracing.index import Indexer
from rawi.tracing.links import Reuse, same_event, text_links
from rawi.tracing.records import TraceChange, TraceResult
from rawi.tracing.state import FEW, PASSAGES, REUSE, State, pack_reuse
from rawi.tracing.words import WordReader

BATCH = 200
SMALL = 5000
MARK_KINDS: tuple[tuple[str, Caps, str], ...] = (
    ("fingerprint", FINGERPRINT_CAPS, "SELECT a, b FROM reuse"),
    ("anchor", ANCHOR_CAPS, "SELECT a, b FROM link WHERE kind = 'event'"),
)
_BY_NUMBER = (
    "SELECT DISTINCT CASE WHEN a < b THEN a ELSE b END AS a, CASE WHEN a < b THEN b ELSE a END AS b FROM ({}) k"
)


class Tracer:
    """The state of the corpus step, kept in the DuckDB file ``path`` (None: in memory).

    Raises :class:`rawi.errors.ProjectError` where ``path`` is no such state.
    """

    def __init__(self, path: Path | None = None, *, pack: Pack | None = None) -> None:
        if pack is None:
            from rawi.lang.ar.pack import arabic

            pack = arabic()
        self._indexer = Indexer(pack)
        self._reader = WordReader(pack.letters)
        self._state = State(path)

    def add(self, readings: Iterable[Reading]) -> TraceChange:
        """What changed by these readings; an id that is there already is replaced.

        All of it is kept, or, after an error or a kill, nothing.
        """
        with self._state.whole():
            count, free = self._state.size()
            dirty = Dirty()
            focus: list[int] = []
            seen: set[str] = set()
            stream = iter(readings)
            while batch := list(islice(stream, BATCH)):
                latest = {r.id: r for r in batch}
                old = self._state.numbers(latest) if count or seen & latest.keys() else []
                if old:
                    self._take_out(old, dirty)
                    focus = [n for n in focus if n not in set(old)]
                words = self._reader.read([r.text for r in latest.values()])
                made = [
                    (free + i, self._indexer.facts(r), w)
                    for i, (r, w) in enumerate(zip(latest.values(), words, strict=True))
                ]
                self._state.insert(made)
                focus.extend(n for n, _, _ in made)
                free += len(made)
                seen |= latest.keys()
            dirty.fresh = set(focus)
            if focus:
                self._compare(focus, dirty, whole=len(focus) > count)
            return self._settle(dirty)

    def remove(self, ids: Iterable[str]) -> TraceChange:
        """What changed by taking documents out; unknown ids are passed over."""
        with self._state.whole():
            dirty = Dirty()
            numbers = self._state.numbers(ids)
            if numbers:
                self._take_out(numbers, dirty)
            return self._settle(dirty)

    def result(self) -> TraceResult:
        """All tables of the state."""
        gathered = Gathered()
        nodes: dict[int, list[Node]] = {}
        for node, label in self._state.engine.rows("SELECT node, label FROM family ORDER BY label, node"):
            nodes.setdefault(label, []).append(node_of(node))
        for made in self._families(list(nodes.values())):
            gathered.add(made[1])
        self._gather_reuse(gathered, self._state.reuse())
        return gathered.result()

    def close(self) -> None:
        """Closes the state's file."""
        self._state.engine.close()

    def __enter__(self) -> Tracer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None
    ) -> None:
        self.close()

    def _compare(self, focus: list[int], dirty: Dirty, whole: bool) -> None:
        """Compares the documents ``focus`` with all; ``whole``: they are most of it, so all pairs are looked at."""
        for marks, caps, known in MARK_KINDS:
            by_number = _BY_NUMBER.format(known)
            if whole:
                self._state.engine.make("known", by_number)
                pairs = _triples(self._with_lost(candidates(self._state.engine, marks, caps)))
            else:
                few = touched_few(self._close(marks, focus), caps, focus) if len(focus) <= FEW else None
                pairs = _triples(touched(self._state.engine, marks, caps, focus, by_number)) if few is None else few
            self._decide(marks, pairs, dirty)

    def _with_lost(self, pairs: pa.Table) -> pa.Table:
        """The pairs, and with ``shared`` 0 those known that are no longer among them."""
        return self._state.engine.query(
            "SELECT a, b, shared FROM pairs UNION ALL SELECT k.a, k.b, 0 AS shared FROM known k"
            " LEFT JOIN pairs p ON p.a = k.a AND p.b = k.b WHERE p.a IS NULL",
            pairs=pairs,
        )

    def _close(self, marks: str, focus: list[int]) -> pa.Table:
        pages = self._state.pages(focus)
        hashes = [
            winnow(pages[n].seeds.keys).hash
            if marks == "fingerprint"
            else np.array(pages[n].facts.marks, dtype=np.int64)
            for n in focus
        ]
        return self._state.close(marks, np.concatenate(hashes))

    def _decide(self, marks: str, pairs: list[tuple[int, int, int]], dirty: Dirty) -> None:
        rows = sorted(pairs)
        for at in range(0, len(rows), BATCH):
            part = rows[at : at + BATCH]
            pages = self._state.pages(n for a, b, _ in part for n in (a, b))
            if marks == "fingerprint":
                self._keep_reuse([(pages[a], pages[b], a, b, shared) for a, b, shared in part], dirty)
            else:
                self._keep_events([(pages[a].facts, pages[b].facts, a, b, shared) for a, b, shared in part], dirty)

    def _keep_reuse(self, part: Sequence[tuple[Page, Page, int, int, int]], dirty: Dirty) -> None:
        made: list[Reuse] = []
        links: list[tuple[int, int, int, int, str]] = []
        for one, other, a, b, shared in part:
            # The order of ids, so that the order of adding changes nothing.
            if one.facts.id > other.facts.id:
                one, other, a, b = other, one, b, a
            found = reuse_of(one, other, a, b, shared) if shared else None
            if found:
                made.append(found)
                sizes = (passage_sizes(one), passage_sizes(other))
                for p, q, _ in text_links(one.facts, other.facts, found, sizes):
                    links.append((a, b, a * PASSAGES + p, b * PASSAGES + q, "text"))
        self._replace([(a, b) for _, _, a, b, _ in part], "text", links, dirty)
        self._replace_reuse([(a, b) for _, _, a, b, _ in part], made, dirty)

    def _keep_events(self, part: Sequence[tuple[Facts, Facts, int, int, int]], dirty: Dirty) -> None:
        links = [
            (a, b, a * PASSAGES, b * PASSAGES, "event")
            for one, other, a, b, shared in part
            if same_event(one, other, shared)
        ]
        self._replace([(a, b) for _, _, a, b, _ in part], "event", links, dirty)

    def _replace_reuse(self, pairs: list[tuple[int, int]], made: list[Reuse], dirty: Dirty) -> None:
        on = "(g.a = reuse.a AND g.b = reuse.b) OR (g.a = reuse.b AND g.b = reuse.a)"
        older = dirty.older(pairs)
        old = self._state.reuse(f"JOIN given g ON {on}", given=pair_table(older)) if older else []
        before = {(r.a, r.b): r for r in old}
        after = {(r.a, r.b): r for r in made}
        gone = [k for k in before if after.get(k) != before[k]]
        new = [r for k, r in after.items() if before.get(k) != r]
        if gone:
            self._state.engine.run(
                "DELETE FROM reuse WHERE EXISTS (SELECT 1 FROM given g WHERE g.a = reuse.a AND g.b = reuse.b)",
                given=pair_table(gone),
            )
        columns = [[r.a for r in new], [r.b for r in new], [pack_reuse(r) for r in new]]
        self._state.engine.insert("reuse", pa.table(columns, schema=REUSE))
        dirty.gone_reuse.update(k for k in gone if k not in after)
        dirty.new_reuse.update(after[k][:2] for k in after if before.get(k) != after[k])
        dirty.documents.update(n for k in (*gone, *((r.a, r.b) for r in new)) for n in k)

    def _replace(
        self, pairs: list[tuple[int, int]], kind: str, links: list[tuple[int, int, int, int, str]], dirty: Dirty
    ) -> None:
        engine = self._state.engine
        on = "((g.a = l.a AND g.b = l.b) OR (g.a = l.b AND g.b = l.a))"
        sql = f"SELECT l.a, l.b, l.x, l.y, l.kind FROM link l JOIN given g ON {on} WHERE l.kind = '{kind}'"
        older = dirty.older(pairs)
        old = set(engine.rows(sql, given=pair_table(older))) if older else set()
        gone, new = old - set(links), set(links) - old
        if gone:
            engine.run(
                "DELETE FROM link WHERE EXISTS"
                " (SELECT 1 FROM given g WHERE g.x = link.x AND g.y = link.y AND g.kind = link.kind)",
                given=link_table(sorted(gone)),
            )
        engine.insert("link", link_table(sorted(new)))
        dirty.nodes.update(n for k in (*gone, *new) for n in (k[2], k[3]))

    def _take_out(self, numbers: list[int], dirty: Dirty) -> None:
        """Takes documents out; pairs of others that only their marks kept apart are looked at again."""
        engine = self._state.engine
        asked = pa.table({"n": pa.array(numbers, pa.int64())})
        dirty.nodes.update(
            n
            for (n,) in engine.rows(
                f"SELECT node FROM family WHERE node // {PASSAGES} IN (SELECT n FROM asked)", asked=asked
            )
        )
        near = engine.rows(
            "SELECT a, b FROM reuse WHERE a IN (SELECT n FROM asked) OR b IN (SELECT n FROM asked)", asked=asked
        )
        ids = {n: f.id for n, f in self._state.facts({n for k in near for n in k}).items()}
        dirty.gone_ids.update(reuse_id(ids[a], ids[b]) for a, b in near)
        dirty.documents.update(n for k in near for n in k if n not in set(numbers))
        doubtful: dict[str, pa.Table] = {}
        for marks, caps, known in MARK_KINDS:
            engine.make("known", _BY_NUMBER.format(known))
            if loosened(engine, marks, caps, numbers):
                doubtful[marks] = engine.query("SELECT a, b FROM doubtful")
        self._state.delete(numbers)
        dirty.gone.update(numbers)
        for marks, caps, _ in MARK_KINDS:
            if marks in doubtful:
                engine.make("doubtful", "SELECT a, b FROM given", given=doubtful[marks])
                self._decide(marks, _triples(recount(engine, marks, caps)), dirty)

    def _settle(self, dirty: Dirty) -> TraceChange:
        """Makes the touched families anew."""
        engine = self._state.engine
        labels = self._labels(dirty)
        old_ids = self._named(labels)
        nodes = {n for n in dirty.nodes if n // PASSAGES not in dirty.gone}
        if labels:
            nodes |= {n for (n,) in engine.rows(f"SELECT node FROM family WHERE label IN ({sql_list(labels)})")}
            nodes = {n for n in nodes if n // PASSAGES not in dirty.gone}
            engine.run(f"DELETE FROM family WHERE label IN ({sql_list(labels)})")
            engine.run(f"DELETE FROM named WHERE label IN ({sql_list(labels)})")
        groups = self._components(nodes)
        engine.insert(
            "family",
            pa.table(
                [[n for g in groups for n in g], [g[0] for g in groups for _ in g]],
                schema=PLACED,
            ),
        )
        gathered = Gathered()
        names: list[tuple[int, str]] = []
        for group, (identity, made) in zip(
            groups, self._families([[node_of(n) for n in g] for g in groups]), strict=True
        ):
            if made:
                names.append((group[0], identity))
                gathered.add(made)
        engine.insert("named", pa.table([[n for n, _ in names], [i for _, i in names]], schema=NAMED))
        return self._change(dirty, gathered, old_ids, {i for _, i in names})

    def _labels(self, dirty: Dirty) -> set[int]:
        """The families of touched passages, and those that hold a touched pair of documents."""
        if not dirty.nodes and not dirty.documents:
            return set()
        nodes = pa.table({"node": pa.array(sorted(dirty.nodes), pa.int64())})
        numbers = pa.table({"n": pa.array(sorted(dirty.documents), pa.int64())})
        return {
            label
            for (label,) in self._state.engine.rows(
                "SELECT DISTINCT label FROM family WHERE node IN (SELECT node FROM nodes)"
                f" OR node // {PASSAGES} IN (SELECT n FROM numbers)",
                nodes=nodes, numbers=numbers,
            )
        }  # fmt: skip

    def _named(self, labels: set[int]) -> set[str]:
        if not labels:
            return set()
        return {i for (i,) in self._state.engine.rows(f"SELECT id FROM named WHERE label IN ({sql_list(labels)})")}

    def _components(self, nodes: set[int]) -> list[list[int]]:
        """The connected components of passages over the links that touch them, each sorted, in order."""
        given = pa.table({"n": pa.array(sorted(nodes), pa.int64())})
        sql = "SELECT x, y FROM link WHERE x IN (SELECT n FROM given) OR y IN (SELECT n FROM given)"
        edges = self._state.engine.query(sql, given=given)
        if edges.num_rows > SMALL:
            found: dict[int, list[int]] = {}
            table = components(self._state.engine, edges)
            for node, label in zip(table["node"].to_pylist(), table["label"].to_pylist(), strict=True):
                found.setdefault(label, []).append(node)
            return [found[label] for label in sorted(found)]
        groups = Groups[int]()
        for x, y in zip(edges["x"].to_pylist(), edges["y"].to_pylist(), strict=True):
            groups.join(x, y)
        found = groups.groups()
        return [found[label] for label in sorted(found)]

    def _families(self, groups: list[list[Node]]) -> Iterable[tuple[str, Rows]]:
        """For each group of passages its family's id and rows."""
        for at in range(0, len(groups), 100):
            part = groups[at : at + 100]
            numbers = sorted({n for g in part for n, _ in g})
            facts = self._state.facts(numbers)
            asked = pa.table({"n": pa.array(numbers, pa.int64())})
            pairs = self._state.reuse("WHERE a IN (SELECT n FROM asked) AND b IN (SELECT n FROM asked)", asked=asked)
            events = self._state.engine.rows(
                "SELECT DISTINCT a, b FROM link WHERE kind = 'event' AND a IN (SELECT n FROM asked)", asked=asked
            )
            of: dict[int, list[int]] = {}
            for k, g in enumerate(part):
                for n in {n for n, _ in g}:
                    of.setdefault(n, []).append(k)
            reuse: dict[int, list[Reuse]] = {}
            linked: dict[int, list[tuple[int, int]]] = {}
            for r in pairs:
                for k in set(of.get(r.a, ())) & set(of.get(r.b, ())):
                    reuse.setdefault(k, []).append(r)
            for a, b in events:
                for k in set(of.get(a, ())) & set(of.get(b, ())):
                    linked.setdefault(k, []).append((a, b))
            for k, g in enumerate(part):
                yield family_of(g, facts, reuse.get(k, []), linked.get(k, []))

    def _change(self, dirty: Dirty, gathered: Gathered, old: set[str], new: set[str]) -> TraceChange:
        numbers = {n for k in dirty.gone_reuse for n in k}
        facts = self._state.facts(numbers - dirty.gone)
        gone = {reuse_id(facts[a].id, facts[b].id) for a, b in dirty.gone_reuse if a in facts and b in facts}
        if dirty.new_reuse:
            given = pair_table(sorted(dirty.new_reuse))
            made = self._state.reuse("JOIN given g ON g.a = reuse.a AND g.b = reuse.b", given=given)
            self._gather_reuse(gathered, made)
        return TraceChange(
            gathered.result(),
            gone_families=tuple(sorted(old - new)),
            gone_reuse=tuple(sorted((gone | dirty.gone_ids) - set(gathered.ids["reuse"]))),
            documents=tuple(sorted(gathered.documents)),
        )

    def _gather_reuse(self, gathered: Gathered, pairs: Sequence[Reuse]) -> None:
        """Adds the rows of pairs, in the order of their numbers so that few documents are read twice."""
        ordered = sorted(pairs)
        for at in range(0, len(ordered), BATCH):
            part = ordered[at : at + BATCH]
            facts = self._state.facts(n for r in part for n in (r.a, r.b))
            gathered.add({"reuse": [reuse_row(r, facts[r.a], facts[r.b]) for r in part]})


def _triples(pairs: pa.Table) -> list[tuple[int, int, int]]:
    return list(zip(*(pairs[c].to_pylist() for c in ("a", "b", "shared")), strict=True))


def trace(readings: Iterable[Reading], *, pack: Pack | None = None) -> TraceResult:
    """The tables of all ``readings`` at once; the same as adding them one by one, in any order."""
    with Tracer(pack=pack) as tracer:
        return tracer.add(readings).result
