"""Alignment of two texts by seed and extension: which stretches of words they share, edits between them allowed.

Seeds are equal five-word runs at all positions of both texts. Seeds on one diagonal grow into runs of equal words;
runs that follow each other in both texts, with no more than :data:`GAP` other words between them, join into one
stretch.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from rawi.tracing.fingerprints import GRAM, grams
from rawi.tracing.words import Int64

GAP = 12
REPEATS = 4


class Seeds(NamedTuple):
    """A text made ready for alignment: its word hashes, and its five-word runs in the order of their hashes."""

    keys: Int64
    runs: Int64
    order: Int64

    @classmethod
    def of(cls, keys: Int64) -> Seeds:
        """The seeds of a text's word hashes."""
        runs = grams(keys)
        order = np.argsort(runs, kind="stable")
        return cls(keys, runs[order], order)


class Run(NamedTuple):
    """Equal words: ``size`` of them from word ``a`` of the one and word ``b`` of the other text."""

    a: int
    b: int
    size: int


class Stretch(NamedTuple):
    """A shared stretch: half-open word ranges in both texts, and the runs of equal words in it."""

    a: tuple[int, int]
    b: tuple[int, int]
    runs: tuple[Run, ...]

    @property
    def words(self) -> int:
        """The number of equal words."""
        return sum(r.size for r in self.runs)


def align(one: Seeds, other: Seeds) -> list[Stretch]:
    """The stretches that two texts share, in the order of the first; no word of either is in two of them.

    >>> from rawi.tracing.words import Words
    >>> keys = np.arange(20, dtype=np.int64) * 7919
    >>> [(s.a, s.b, s.words) for s in align(Seeds.of(keys), Seeds.of(keys[3:]))]
    [((3, 20), (0, 17), 17)]
    """
    return _join(_choose(_runs(*_matches(one, other))))


def _matches(one: Seeds, other: Seeds) -> tuple[Int64, Int64]:
    """Pairs of positions that open equal five-word runs; runs that one text repeats often are left out."""
    low = np.searchsorted(other.runs, one.runs, side="left")
    high = np.searchsorted(other.runs, one.runs, side="right")
    count = high - low
    hit = np.flatnonzero((count > 0) & (count <= REPEATS))
    many = count[hit]
    a = np.repeat(one.order[hit], many)
    offsets = np.arange(len(a)) - np.repeat(np.cumsum(many) - many, many)
    b = other.order[np.repeat(low[hit], many) + offsets]
    return a, b


def _runs(a: Int64, b: Int64) -> list[Run]:
    if not len(a):
        return []
    diagonal = b - a
    order = np.lexsort((a, diagonal))
    a, diagonal = a[order], diagonal[order]
    breaks = np.flatnonzero((np.diff(diagonal) != 0) | (np.diff(a) != 1)) + 1
    first = np.concatenate(([0], breaks))
    last = np.concatenate((breaks, [len(a)]))
    size = a[last - 1] - a[first] + GRAM
    starts, shifts = a[first], diagonal[first]
    return [Run(i, i + d, n) for i, d, n in zip(starts.tolist(), shifts.tolist(), size.tolist(), strict=True)]


def _choose(runs: list[Run]) -> list[Run]:
    """Runs that do not overlap in either text, longer ones first; an overlapping run keeps what is left of it."""
    chosen: list[Run] = []
    for run in sorted(runs, key=lambda r: (-r.size, r.a, r.b)):
        left: Run | None = run
        for other in chosen:
            left = _without(left, other) if left is not None else None
        if left is not None:
            chosen.append(left)
    return sorted(chosen)


def _without(run: Run, other: Run) -> Run | None:
    """The longer rest of ``run`` beside ``other``; None where fewer words than a seed are left."""
    clear_a = run.a + run.size <= other.a or other.a + other.size <= run.a
    clear_b = run.b + run.size <= other.b or other.b + other.size <= run.b
    if clear_a and clear_b:
        return run
    before = min(other.a - run.a if not clear_a else run.size, other.b - run.b if not clear_b else run.size)
    skip = max(other.a + other.size - run.a if not clear_a else 0, other.b + other.size - run.b if not clear_b else 0)
    after = run.size - skip
    if max(before, after) < GRAM:
        return None
    return Run(run.a, run.b, before) if before >= after else Run(run.a + skip, run.b + skip, after)


def _join(runs: list[Run]) -> list[Stretch]:
    found: list[list[Run]] = []
    for run in runs:
        for stretch in reversed(found[-3:]):
            last = stretch[-1]
            gap_a, gap_b = run.a - last.a - last.size, run.b - last.b - last.size
            if 0 <= gap_a <= GAP and 0 <= gap_b <= GAP:
                stretch.append(run)
                break
        else:
            found.append([run])
    return [
        Stretch((s[0].a, s[-1].a + s[-1].size), (s[0].b, s[-1].b + s[-1].size), tuple(s))
        for s in found
    ]  # fmt: skip
