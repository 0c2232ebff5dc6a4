"""Links between passages: the same text, one quotation, or the same event told in other words."""

from __future__ import annotations

from typing import NamedTuple

from rawi.tracing.compare import LEAST_WORDS
from rawi.tracing.facts import Facts, Range

LEAST_SHARE = 0.3
QUOTED_WORDS = 10
RARE_MARKS = 5
OWN_WORDS_WEIGHT = 11
OWN_WORDS_SHARE = 0.08
# More than 0.1 parts two of the judged clusters (witnesses of one flood, two reporters of one fire).
ONE_PAIR_SHARE = 0.09
WINDOW_MINUTES = 3 * 1440


class Reuse(NamedTuple):
    """One pair of documents that share text, as it is kept; ``runs`` are equal words: code points in both texts."""

    a: int
    b: int
    cls: str
    words: int
    free: int
    runs: tuple[tuple[int, int, int, int, int], ...]
    spans_a: tuple[Range, ...]
    spans_b: tuple[Range, ...]
    direction: str
    certainty: str
    probability: float
    evidence: tuple[tuple[str, int, tuple[Range, ...], str], ...]


def passage_of(facts: Facts, at: int) -> int:
    """The number of the passage in which a code point lies."""
    return next((n for n, (_, end) in enumerate(facts.passages) if at < end), max(0, len(facts.passages) - 1))


def text_links(
    one: Facts, other: Facts, reuse: Reuse, sizes: tuple[list[int], list[int]]
) -> list[tuple[int, int, int]]:
    """The passages of two documents that are one story by their text: ``(passage, passage, words)``.

    Of the shorter passage at least three words in ten are shared, and enough words; of one quotation enough words.
    """
    counts: dict[tuple[int, int], int] = {}
    if reuse.cls == "formula":
        return []
    for a, _, b, _, size in reuse.runs:
        key = passage_of(one, a), passage_of(other, b)
        counts[key] = counts.get(key, 0) + size
    found = []
    for (p, q), words in sorted(counts.items()):
        shorter = max(1, min(sizes[0][p], sizes[1][q]))
        least = QUOTED_WORDS if reuse.cls == "same-quotation" else LEAST_WORDS
        if words >= least and (words >= LEAST_SHARE * shorter or reuse.cls == "same-quotation"):
            found.append((p, q, words))
    return found


def same_event(one: Facts, other: Facts, marks: int) -> bool:
    """Whether two openings tell one event in their own words.

    They share ``marks`` rare words and pairs of neighbouring words, at least :data:`RARE_MARKS`, a pair among all
    that they share, and enough weight of content words, more where one pair is all; they were published within
    three days; and no number speaks against it: where both give numbers, they have one in common.
    """
    if marks < RARE_MARKS or not _near(one, other) or numbers_clash(one.lead_numbers, other.lead_numbers):
        return False
    pairs = len(set(one.anchors) & set(other.anchors))
    if not pairs:
        return False
    a, b = dict(one.lead), dict(other.lead)
    common = a.keys() & b.keys()
    weight = sum(min(a[s], b[s]) for s in common)
    least = min(sum(a.values()), sum(b.values()))
    return weight >= OWN_WORDS_WEIGHT and weight >= (OWN_WORDS_SHARE if pairs > 1 else ONE_PAIR_SHARE) * least


def numbers_clash(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether both give several numbers and have none in common."""
    a, b = set(one), set(other)
    return len(a) >= 2 and len(b) >= 2 and not a & b


def _near(one: Facts, other: Facts) -> bool:
    if one.last < 0 or other.last < 0:
        return True
    return one.first - other.last <= WINDOW_MINUTES and other.first - one.last <= WINDOW_MINUTES
