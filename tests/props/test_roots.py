"""Invariants of the corpus step: the order of adding changes nothing; copies add no roots."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from planted.corpus import planted
from rawi.lang.ar.pack import arabic
from rawi.model import Reading
from rawi.tracing import TraceChange, Tracer, TraceResult, trace
from rawi.tracing.schemas import RESULT

PACK = arabic()
CORPUS, TRUTH = planted(5, 7)
SLOW = settings(deadline=None, max_examples=4, suppress_health_check=[HealthCheck.too_slow])
OF_FAMILY = ("tellings", "claims", "edges", "roots")


def rows(result: TraceResult) -> dict[str, list[Any]]:
    return {name: table.to_pylist() for name, table in result.tables().items()}


@lru_cache(maxsize=1)
def whole() -> dict[str, list[Any]]:
    return rows(trace(CORPUS, pack=PACK))


@dataclass
class Shelf:
    """Keeps what changes hand over, as a store does."""

    tables: dict[str, list[Any]] = field(default_factory=lambda: {name: [] for name in RESULT})

    def take(self, change: TraceChange) -> None:
        new = rows(change.result)
        gone = {*change.gone_families, *(f["id"] for f in new["families"])}
        self.tables["families"] = [f for f in self.tables["families"] if f["id"] not in gone]
        for name in OF_FAMILY:
            self.tables[name] = [r for r in self.tables[name] if r["family"] not in gone]
        pairs = {*change.gone_reuse, *(r["id"] for r in new["reuse"])}
        self.tables["reuse"] = [r for r in self.tables["reuse"] if r["id"] not in pairs]
        for name, more in new.items():
            self.tables[name].extend(more)

    def sorted(self) -> dict[str, list[str]]:
        return {name: sorted(map(repr, held)) for name, held in self.tables.items()}


@SLOW
@given(st.integers(0, 10**6))
def test_any_order_of_adding_removing_and_replacing_gives_the_same(seed: int) -> None:
    rng = random.Random(seed)
    order = list(CORPUS)
    rng.shuffle(order)
    shelf = Shelf()
    with Tracer(pack=PACK) as tracer:
        at = 0
        while at < len(order):
            step = rng.choice((1, 1, 2, 5))
            shelf.take(tracer.add(order[at : at + step]))
            at += step
        gone = [r.id for r in rng.sample(order, 3)]
        shelf.take(tracer.remove(gone))
        shelf.take(tracer.add(r for r in order if r.id in gone))
        shelf.take(tracer.add(order[:2]))
        assert rows(tracer.result()) == whole()
    assert shelf.sorted() == {name: sorted(map(repr, held)) for name, held in whole().items()}


def family_of(result: TraceResult, document: str) -> dict[str, Any]:
    return next(f for f in result.families.to_pylist() if document in f["documents"])


def story(name: str) -> list[Reading]:
    return [r for r in CORPUS if r.id in TRUTH.stories[name]]


@SLOW
@given(st.data())
def test_a_pure_copy_never_raises_the_count(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(TRUTH.roots)))
    readings = story(name)
    original = data.draw(st.sampled_from(readings))
    copy = replace(original, id="copy", outlet="موقع ناقل", published="2024-06-01T00:00:00")
    before = family_of(trace(readings, pack=PACK), original.id)
    after = family_of(trace([*readings, copy], pack=PACK), original.id)
    assert "copy" in after["documents"]
    assert (after["lo"], after["hi"]) <= (before["lo"], before["hi"])
    assert after["denying"] <= before["denying"]
    assert after["paths"] <= max(1, before["paths"])


@SLOW
@given(st.sampled_from(sorted(TRUTH.roots)), st.randoms(use_true_random=False))
def test_names_of_documents_do_not_count(name: str, rng: random.Random) -> None:
    readings = story(name)
    labels = [f"x{i}" for i in range(len(readings))]
    rng.shuffle(labels)
    renamed = [replace(r, id=label) for r, label in zip(readings, labels, strict=True)]
    one, other = trace(readings, pack=PACK).families.to_pylist(), trace(renamed, pack=PACK).families.to_pylist()
    counted = ("lo", "hi", "named", "anonymous", "unsourced", "denying")
    counts = [[tuple(f[c] for c in counted) for f in x] for x in (one, other)]
    assert counts[0] == counts[1]


def test_bounds() -> None:
    for f in whole()["families"]:
        assert 1 <= f["lo"] <= f["hi"] or f["hi"] == 0
        assert f["hi"] == f["named"] + f["anonymous"] + f["unsourced"]
        assert 0 <= f["paths"] <= len(f["documents"])
        assert len(f["documents"]) >= 2


def test_two_principals_made_one_lower_the_count_by_one() -> None:
    name = next(s for s, (lo, _, _) in TRUTH.roots.items() if lo == 2)
    readings = story(name)
    one, other = (r.entities[0].name for r in readings)
    merged = [_renamed(r, other, one) for r in readings]
    assert family_of(trace(readings, pack=PACK), readings[0].id)["hi"] == 2
    assert family_of(trace(merged, pack=PACK), readings[0].id)["hi"] == 1


def _renamed(reading: Reading, old: str, new: str) -> Reading:
    """``reading`` with one speaker's name for another of the same length."""
    assert len(old) == len(new)
    entities = tuple(replace(e, name=new if e.name == old else e.name) for e in reading.entities)
    return replace(reading, text=reading.text.replace(old, new), entities=entities)


def test_without_its_credits_a_circle_is_two_origins() -> None:
    name = next(iter(TRUTH.circles))
    bare = [replace(r, text=r.text.replace("نقلت ", "وكتب "), attributions=()) for r in story(name)]
    cited = family_of(trace(story(name), pack=PACK), f"{name}-a")
    apart = [f["hi"] for f in trace(bare, pack=PACK).families.to_pylist()]
    assert cited["hi"] == 1 and (not apart or apart[0] >= cited["hi"])


def test_nothing_and_one_document_have_no_families() -> None:
    assert trace([], pack=PACK).families.num_rows == 0
    assert trace(CORPUS[:1], pack=PACK).families.num_rows == 0
    empty = Reading(id="e", key="k", text="")
    assert trace([empty, replace(empty, id="f")], pack=PACK).reuse.num_rows == 0
