"""The tables of the corpus step's state, and what is read back from them: pages, facts, reuse."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pyarrow as pa

from rawi.tracing.align import Seeds
from rawi.tracing.candidates import MARKS
from rawi.tracing.compare import Page
from rawi.tracing.engine import DuckEngine
from rawi.tracing.facts import Facts, pack_facts, unpack_facts
from rawi.tracing.fingerprints import winnow
from rawi.tracing.links import Reuse
from rawi.tracing.words import Int64, Words, hash_text

ARTICLE = pa.schema(
    [
        ("n", pa.int64()), ("id", pa.string()), ("facts", pa.binary()), ("start", pa.binary()), ("size", pa.binary()),
        ("key", pa.binary()), ("careful", pa.binary()),
    ]
)  # fmt: skip
REUSE = pa.schema([("a", pa.int64()), ("b", pa.int64()), ("data", pa.string())])
LINK = pa.schema([("a", pa.int64()), ("b", pa.int64()), ("x", pa.int64()), ("y", pa.int64()), ("kind", pa.string())])
FAMILY = pa.schema([("node", pa.int64()), ("label", pa.int64())])
NAMED = pa.schema([("label", pa.int64()), ("id", pa.string())])
TABLES = {
    "article": ARTICLE, "fingerprint": MARKS, "anchor": MARKS, "reuse": REUSE, "link": LINK,
    "family": FAMILY, "named": NAMED,
}  # fmt: skip
PASSAGES = 1000
CACHED = 600
FEW = 50
SCANS = 3
Value = TypeVar("Value")


class State:
    """The stored side of the corpus step; a document has a number ``n``, a passage the number ``n * 1000 + its
    place``."""

    def __init__(self, path: Path | None = None) -> None:
        self.engine = DuckEngine(path)
        for name, schema in TABLES.items():
            self.engine.create(name, schema)
        self._pages: OrderedDict[int, Page] = OrderedDict()
        self._facts: OrderedDict[int, Facts] = OrderedDict()
        self._index: dict[str, MarkIndex] = {}
        self._scans: dict[str, int] = {}
        self._numbers: dict[str, int] | None = None

    # -- documents

    @contextmanager
    def whole(self) -> Iterator[None]:
        """A transaction: all of its changes are kept, or none."""
        try:
            with self.engine.whole():
                yield
        except BaseException:
            self.forget()
            raise

    def insert(self, batch: Sequence[tuple[int, Facts, Words]]) -> None:
        """Stores documents under their numbers, with all their marks."""
        rows = [(n, f.id, pack_facts(f), *_columns(w)) for n, f, w in batch]
        self.engine.insert("article", pa.table([list(c) for c in zip(*rows, strict=True)], schema=ARTICLE))
        for name, hashes in (
            ("fingerprint", [winnow(w.key).hash for _, _, w in batch]),
            ("anchor", [np.array(f.marks, dtype=np.int64) for _, f, _ in batch]),
        ):
            marks = _marks([(n, f, h) for (n, f, _), h in zip(batch, hashes, strict=True)])
            self.engine.insert(name, marks)
            if name in self._index:
                self._index[name].add(marks)
        if len(batch) <= FEW:
            # They will be compared at once.
            self._pages.update((n, Page(f, w.start, w.end, w.form != w.key, Seeds.of(w.key))) for n, f, w in batch)
        if self._numbers is not None:
            self._numbers.update((f.id, n) for n, f, _ in batch)

    def delete(self, numbers: Sequence[int]) -> None:
        """Takes documents out, with their marks, reuse and links."""
        gone = pa.table({"n": pa.array(numbers, pa.int64())})
        for name in ("article", "fingerprint", "anchor"):
            self.engine.run(f"DELETE FROM {name} WHERE n IN (SELECT n FROM gone)", gone=gone)
        for name in ("reuse", "link"):
            self.engine.run(
                f"DELETE FROM {name} WHERE a IN (SELECT n FROM gone) OR b IN (SELECT n FROM gone)", gone=gone
            )
        self.forget()

    def numbers(self, ids: Iterable[str]) -> list[int]:
        """The numbers of the documents with these ids that are there."""
        known = self._known()
        return [known[i] for i in ids if i in known]

    def size(self) -> tuple[int, int]:
        """How many documents there are, and the next free number."""
        known = self._known()
        return len(known), max(known.values(), default=-1) + 1

    def forget(self) -> None:
        """Drops what is kept in memory: the tables may be other than it says (a change that was taken back)."""
        self._numbers = None
        self._index.clear()
        self._pages.clear()
        self._facts.clear()

    def _known(self) -> dict[str, int]:
        if self._numbers is None:
            self._numbers = dict(self.engine.rows("SELECT id, n FROM article"))
        return self._numbers

    # -- what is read back

    def facts(self, numbers: Iterable[int]) -> dict[int, Facts]:
        """The facts of documents by number."""
        wanted = list(dict.fromkeys(numbers))
        held = {n: self._pages[n].facts for n in wanted if n in self._pages}
        rest = (n for n in wanted if n not in held)
        sql = "SELECT n, facts FROM article"
        return held | dict(self._read(rest, self._facts, sql, lambda r: unpack_facts(r[1])))

    def pages(self, numbers: Iterable[int]) -> dict[int, Page]:
        """The pages of documents by number."""
        sql = "SELECT n, start, size, key, careful, facts FROM article"
        return {n: p for n, p in self._read(numbers, self._pages, sql, _page)}

    def _read(self, numbers: Iterable[int], cache: OrderedDict[int, Any], sql: str, make: Any) -> list[Any]:
        wanted = list(dict.fromkeys(numbers))
        missing = [n for n in wanted if n not in cache]
        found = {n: cache[n] for n in wanted if n in cache}
        if missing:
            asked = pa.table({"n": pa.array(missing, pa.int64())})
            if len(missing) <= 64:
                rows = self.engine.rows(f"{sql} WHERE n IN ({','.join(map(str, missing))})")
            else:
                rows = self.engine.rows(f"{sql} WHERE n IN (SELECT n FROM asked)", asked=asked)
            for row in rows:
                found[row[0]] = cache[row[0]] = make(row)
        for n in wanted:
            cache.move_to_end(n)
        while len(cache) > max(CACHED, len(wanted)):
            cache.popitem(last=False)
        return [(n, found[n]) for n in wanted]

    def reuse(self, where: str = "", **tables: pa.Table) -> list[Reuse]:
        """Pairs of documents that share text, those that the SQL condition lets through."""
        rows = self.engine.rows(f"SELECT reuse.a, reuse.b, reuse.data FROM reuse {where}", **tables)
        return [unpack_reuse(a, b, data) for a, b, data in rows]

    def close(self, name: str, hashes: Int64) -> pa.Table:
        """The rows of a table of marks that have one of these hashes: by a scan, and where that is asked for again
        and again, from an index in memory."""
        if name not in self._index:
            self._scans[name] = self._scans.get(name, 0) + 1
            if self._scans[name] <= SCANS:
                wanted = ",".join(map(str, np.unique(hashes).tolist())) or "NULL"
                return self.engine.query(f"SELECT * FROM {name} WHERE hash IN ({wanted})")
            self._index[name] = MarkIndex(self.engine.query(f"SELECT * FROM {name}"))
        return self._index[name].close(hashes)


class MarkIndex:
    """A table of marks in the order of its hashes, in memory, with what came since."""

    def __init__(self, marks: pa.Table) -> None:
        self._columns = [np.asarray(marks[c]) for c in MARKS.names]
        order = np.argsort(self._columns[0], kind="stable")
        self._columns = [c[order] for c in self._columns]
        self._later: list[list[Int64]] = []

    def add(self, marks: pa.Table) -> None:
        """Adds rows."""
        self._later.append([np.asarray(marks[c]) for c in MARKS.names])
        if sum(len(c[0]) for c in self._later) > max(20_000, len(self._columns[0]) // 20):
            joined = [np.concatenate([a, *(later[i] for later in self._later)]) for i, a in enumerate(self._columns)]
            order = np.argsort(joined[0], kind="stable")
            self._columns, self._later = [c[order] for c in joined], []

    def close(self, hashes: Int64) -> pa.Table:
        """The rows that have one of the hashes."""
        wanted = np.unique(hashes)
        low = np.searchsorted(self._columns[0], wanted, side="left")
        count = np.searchsorted(self._columns[0], wanted, side="right") - low
        rows = np.repeat(low, count) + np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
        parts = [[c[rows]] for c in self._columns]
        for later in self._later:
            kept = np.isin(later[0], wanted)
            for part, column in zip(parts, later, strict=True):
                part.append(column[kept])
        return pa.table([np.concatenate(p) for p in parts], schema=MARKS)


def _columns(w: Words) -> tuple[bytes, bytes, bytes, bytes]:
    """The words of a document as they are stored: starts, sizes, hashes, spellings that the key folds."""
    size = np.minimum(w.end - w.start, 65535).astype(np.uint16)
    return w.start.tobytes(), size.tobytes(), w.key.tobytes(), (w.form != w.key).astype(np.uint8).tobytes()


def _marks(batch: Sequence[tuple[int, Facts, Int64]]) -> pa.Table:
    sizes = [len(h) for _, _, h in batch]

    def column(values: list[int]) -> Int64:
        return np.repeat(np.array(values, dtype=np.int64), sizes)

    hashes = np.concatenate([h for _, _, h in batch]) if batch else np.zeros(0, dtype=np.int64)
    outlets = [hash_text(f.outlet) if f.outlet else 0 for _, f, _ in batch]
    return pa.table(
        [hashes, column([n for n, _, _ in batch]), column(outlets), column([f.first for _, f, _ in batch]),
         column([f.last for _, f, _ in batch])],
        schema=MARKS,
    )  # fmt: skip


def _page(row: tuple[Any, ...]) -> Page:
    _, start, size, key, careful, facts = row
    first = np.frombuffer(start, dtype=np.int32)
    end = first + np.frombuffer(size, dtype=np.uint16)
    keys = np.frombuffer(key, dtype=np.int64)
    return Page(
        unpack_facts(facts), first, end.astype(np.int32), np.frombuffer(careful, dtype=np.bool_), Seeds.of(keys)
    )


def pack_reuse(reuse: Reuse) -> str:
    """A pair as JSON text, without its numbers."""
    return json.dumps(reuse[2:], ensure_ascii=True, separators=(",", ":"))


def unpack_reuse(a: int, b: int, data: str) -> Reuse:
    """The pair that :func:`pack_reuse` packed."""
    cls, words, free, runs, spans_a, spans_b, direction, certainty, probability, evidence = json.loads(data)
    signs = tuple((k, n, tuple(map(tuple, spans)), note) for k, n, spans, note in evidence)
    return Reuse(
        a, b, cls, words, free, tuple(map(tuple, runs)), tuple(map(tuple, spans_a)), tuple(map(tuple, spans_b)),
        direction, certainty, probability, signs,
    )  # fmt: skip
