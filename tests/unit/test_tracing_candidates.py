"""Candidates: grades of marks, the window, the earliest document of a popular mark."""

from __future__ import annotations

import pyarrow as pa

from rawi.tracing.candidates import MARKS, PAIRS, Caps, candidates, touched, touched_few
from rawi.tracing.engine import DuckEngine

CAPS = Caps(all_pairs=4, per_outlet=2, nameless=4, window=1000, least=2)
ARTICLE = pa.schema([("n", pa.int64()), ("id", pa.string())])


def engine(rows: list[tuple[int, int, int, int]]) -> DuckEngine:
    """Rows: hash, document, outlet, minute."""
    made = DuckEngine()
    for name, schema in (("mark", MARKS), ("article", ARTICLE), ("known", PAIRS)):
        made.create(name, schema)
    made.insert("mark", pa.table([list(c) for c in zip(*((*r, r[3]) for r in rows), strict=True)], schema=MARKS))
    numbers = sorted({n for _, n, _, _ in rows})
    made.insert("article", pa.table([numbers, [f"d{n}" for n in numbers]], schema=ARTICLE))
    return made


def pairs(rows: list[tuple[int, int, int, int]]) -> dict[tuple[int, int], int]:
    return {(r["a"], r["b"]): r["shared"] for r in candidates(engine(rows), "mark", CAPS).to_pylist()}


def test_two_shared_marks_make_a_candidate() -> None:
    rows = [(h, n, n, 0) for h in (7, 8, 9) for n in (1, 2)] + [(50, n, n, 0) for n in (1, 3)]
    assert pairs(rows) == {(1, 2): 3}


def test_the_window_parts_what_is_far_apart_but_not_the_undated() -> None:
    assert pairs([(h, n, n, 5000 * n) for h in (7, 8) for n in (1, 2)]) == {}
    assert pairs([(h, n, n, -1 if n == 2 else 5000) for h in (7, 8) for n in (1, 2)]) == {(1, 2): 2}


def test_what_one_outlet_repeats_is_a_formula() -> None:
    rows = [(h, n, 1 if n < 4 else n, 0) for h in (7, 8) for n in (1, 2, 3, 4)]
    assert pairs(rows) == {}


def test_a_popular_mark_ties_each_document_to_the_earliest() -> None:
    rows = [(h, n, n, 100 - n) for h in (7, 8) for n in range(1, 7)]
    assert pairs(rows) == {(n, 6): 2 for n in range(1, 6)}


def test_documents_without_an_outlet_are_capped_together() -> None:
    rows = [(h, n, 0, 0) for h in (7, 8) for n in range(1, 6)]
    assert pairs(rows) == {}


def test_adding_a_document_may_end_older_pairs() -> None:
    rows = [(h, n, 1 if n < 3 else n, 0) for h in (7, 8) for n in (1, 2, 4)]
    made = engine(rows)
    made.make("before", "SELECT a, b FROM given", given=candidates(made, "mark", CAPS))
    made.insert("mark", pa.table([[7, 8], [3, 3], [1, 1], [0, 0], [0, 0]], schema=MARKS))
    made.insert("article", pa.table([[3], ["d3"]], schema=ARTICLE))
    changed = touched(made, "mark", CAPS, [3], "SELECT a, b FROM before").to_pylist()
    assert {(r["a"], r["b"]): r["shared"] for r in changed} == {(1, 2): 0, (1, 4): 0, (2, 4): 0}
    assert touched_few(made.query("SELECT * FROM mark"), CAPS, [3]) is None


def test_a_few_documents_need_no_sql() -> None:
    rows = [(h, n, n, 10 * n) for h in (7, 8, 9) for n in (1, 2, 3)]
    made = engine(rows)
    by_engine = touched(made, "mark", CAPS, [3], "SELECT a, b FROM known").to_pylist()
    few = touched_few(made.query("SELECT * FROM mark"), CAPS, [3])
    assert few == [(1, 3, 3), (2, 3, 3)] == sorted((r["a"], r["b"], r["shared"]) for r in by_engine)
