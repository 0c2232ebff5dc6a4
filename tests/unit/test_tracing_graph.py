"""Components, circles, disjoint ways and points through which all passes."""

from __future__ import annotations

import random

import pyarrow as pa
import pytest

from rawi.tracing.chains import chokes, circles, disjoint_paths
from rawi.tracing.components import EDGES, Groups, components
from rawi.tracing.engine import DuckEngine, fill


@pytest.mark.parametrize("seed", range(5))
def test_label_propagation_finds_what_union_find_finds(seed: int) -> None:
    rng = random.Random(seed)
    edges = [(rng.randrange(60), rng.randrange(60)) for _ in range(45)]
    groups = Groups[int]()
    for x, y in edges:
        groups.join(x, y)
    table = pa.table([[x for x, _ in edges], [y for _, y in edges]], schema=EDGES)
    found = components(DuckEngine(), table).to_pylist()
    assert {r["node"]: r["label"] for r in found} == {n: groups.find(n) for e in edges for n in e}


def test_a_long_chain_needs_few_rounds() -> None:
    n = 3000
    table = pa.table([list(range(n)), list(range(1, n + 1))], schema=EDGES)
    assert set(components(DuckEngine(), table)["label"].to_pylist()) == {0}


def test_circles() -> None:
    graph = {"a": ["b"], "b": ["c"], "c": ["a", "d"], "d": ["e"], "e": [], "f": ["g"], "g": ["f"]}
    assert circles(graph) == [["a", "b", "c"], ["f", "g"]]
    assert circles({str(i): [str(i + 1)] for i in range(5000)}) == []


def test_two_witnesses_heard_through_one_agency_are_one_way() -> None:
    graph = {"r1": ["agency"], "r2": ["agency"], "agency": ["w1", "w2"]}
    assert disjoint_paths(graph, ["r1", "r2"], ["w1", "w2"]) == 1
    assert chokes(graph, ["r1", "r2"], ["w1", "w2"]) == ["agency"]
    graph["r2"] = ["w2"]
    assert disjoint_paths(graph, ["r1", "r2"], ["w1", "w2"]) == 2
    assert chokes(graph, ["r1", "r2"], ["w1", "w2"]) == []


def test_only_bare_names_go_into_sql() -> None:
    assert fill("{t} {n}", t="marks", n=3) == "marks 3"
    with pytest.raises(ValueError, match="no bare name"):
        fill("{t}", t="marks; DROP TABLE marks")
