"""Planted corpora: what is copied is found, and the roots of every story are exact."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pytest

from planted.corpus import Truth, planted
from rawi.tracing import TraceResult, trace

SEEDS = (1, 2, 3)
STORIES = 21
COPY = ("wire-copy", "outlet-copy", "shared-document")


@lru_cache(maxsize=4)
def traced(seed: int) -> tuple[TraceResult, Truth]:
    readings, truth = planted(seed, STORIES)
    return trace(readings), truth


def copies(result: TraceResult) -> dict[tuple[str, str], dict[str, Any]]:
    return {(r["a"], r["b"]): r for r in result.reuse.to_pylist() if r["class"] in COPY}


def pairs(truth: Truth) -> dict[tuple[str, str], int]:
    return {(min(p), max(p)): words for p, words in truth.shared.items()}


@pytest.mark.parametrize("seed", SEEDS)
def test_reuse_of_thirty_words_and_more_is_found_and_nothing_else(seed: int) -> None:
    result, truth = traced(seed)
    found, wanted = copies(result), {p: w for p, w in pairs(truth).items() if w >= 30}
    words = sum(min(found[p]["words"], w) for p, w in wanted.items() if p in found)
    assert words >= 0.98 * sum(wanted.values())
    assert sum(p in pairs(truth) for p in found) >= 0.98 * len(found)
    assert len(wanted) >= 30


@pytest.mark.parametrize("seed", SEEDS)
def test_spans_say_where_the_shared_words_lie(seed: int) -> None:
    result, _ = traced(seed)
    readings, _ = planted(seed, STORIES)
    texts = {r.id: r.text for r in readings}
    for row in result.reuse.to_pylist():
        for side in ("a", "b"):
            spans = [(s["start"], s["end"]) for s in row[f"spans_{side}"]]
            assert spans and all(0 <= s < e <= len(texts[row[side]]) for s, e in spans)
            assert not any(texts[row[side]][s].isspace() or texts[row[side]][e - 1].isspace() for s, e in spans)


@pytest.mark.parametrize("seed", SEEDS)
def test_one_quotation_in_three_outlets_is_no_copy(seed: int) -> None:
    result, truth = traced(seed)
    classes = {(r["a"], r["b"]): r["class"] for r in result.reuse.to_pylist()}
    assert truth.quotations
    assert {classes.get(p) for p in truth.quotations} == {"same-quotation"}


@pytest.mark.parametrize("seed", SEEDS)
def test_roots_are_exact(seed: int) -> None:
    result, truth = traced(seed)
    family = {d: f for f in result.families.to_pylist() for d in f["documents"]}
    got, wanted = {}, {}
    for story, documents in truth.stories.items():
        f = family.get(documents[0])
        if story in truth.roots:
            wanted[story] = (*truth.roots[story], sorted(documents), story in truth.circles)
            got[story] = f and (f["lo"], f["hi"], f["denying"], sorted(f["documents"]), bool(f["circular"]))
        else:
            # False friends are in no family.
            wanted[story], got[story] = None, f
    assert got == wanted


@pytest.mark.parametrize("seed", SEEDS)
def test_circles_name_their_outlets(seed: int) -> None:
    result, truth = traced(seed)
    found = sorted(tuple(c) for f in result.families.to_pylist() for c in f["circular"])
    assert found == sorted(tuple(sorted(c)) for c in truth.circles.values())


@pytest.mark.parametrize("seed", SEEDS)
def test_directions_that_are_told_are_right(seed: int) -> None:
    result, truth = traced(seed)
    told = [r for r in copies(result).values() if r["direction"] != "none"]
    right = [
        (truth.origin.get(r["a"]) == r["b"]) if r["direction"] == "a-from-b" else (truth.origin.get(r["b"]) == r["a"])
        for r in told
    ]
    assert len(told) >= 10 and sum(right) >= 0.9 * len(told)
    assert all(ok for ok, r in zip(right, told, strict=True) if r["certainty"] == "certain")


def test_every_edge_and_root_can_be_opened_down_to_words() -> None:
    result, _ = traced(1)
    documents = {f["id"]: set(f["documents"]) for f in result.families.to_pylist()}
    for row in (*result.edges.to_pylist(), *result.roots.to_pylist()):
        assert row["evidence"]
        assert {e["document"] for e in row["evidence"]} <= documents[row["family"]]
    copied = [e for e in result.edges.to_pylist() if e["kind"] == "reuse"]
    assert copied
    for edge in copied:
        assert {edge["from"], edge["to"]} <= {s["document"] for s in edge["evidence"] if s["spans"]}
