"""Alignment: exact stretches with edits between them, order, repeats."""

from __future__ import annotations

import numpy as np

from rawi.tracing.align import Seeds, align


def seeds(*numbers: int) -> Seeds:
    return Seeds.of(np.array(numbers, dtype=np.int64) * 1_000_003 + 17)


def test_equal_texts_are_one_stretch() -> None:
    one = seeds(*range(40))
    assert [(s.a, s.b, s.words) for s in align(one, one)] == [((0, 40), (0, 40), 40)]


def test_an_edit_joins_a_wide_gap_parts() -> None:
    one = seeds(*range(40))
    edited = seeds(*range(20), 900, 901, *range(21, 40))
    assert [(s.a, s.b, s.words) for s in align(one, edited)] == [((0, 40), (0, 41), 39)]
    parted = seeds(*range(20), *range(900, 930), *range(20, 40))
    assert [(s.a, s.b) for s in align(one, parted)] == [((0, 20), (0, 20)), ((20, 40), (50, 70))]


def test_moved_paragraphs_are_two_stretches() -> None:
    one, other = seeds(*range(60)), seeds(*range(30, 60), *range(30))
    assert sorted((s.a, s.b) for s in align(one, other)) == [((0, 30), (30, 60)), ((30, 60), (0, 30))]


def test_no_word_is_in_two_stretches() -> None:
    one = seeds(*range(30))
    twice = seeds(*range(30), *range(500, 540), *range(30))
    covered = [i for s in align(one, twice) for r in s.runs for i in range(r.a, r.a + r.size)]
    assert len(covered) == len(set(covered)) == 30


def test_too_little_is_nothing() -> None:
    assert align(seeds(*range(4)), seeds(*range(4))) == []
    assert align(seeds(), seeds(*range(9))) == []
    assert align(seeds(*range(30)), seeds(*range(100, 130))) == []


def test_a_refrain_aligns_nothing_by_itself() -> None:
    refrain = tuple(range(6))
    one = seeds(*(refrain * 7))
    other = seeds(*(refrain * 7))
    assert all(s.words <= 42 for s in align(one, other))
