"""Direction: which of two documents has its words from the other, by signs that can be shown, or undecided.

A credit decides. Without one a score adds up the signs; its weights are log-odds set by hand from what the literature
and our own counts say, time least of all: outlets' clocks and crawlers' are not the moment of writing.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from rawi.tracing.compare import Page, Shared, common_credit, credits_of
from rawi.tracing.facts import Facts
from rawi.tracing.records import Sign

A_FROM_B, B_FROM_A, NONE = "a-from-b", "b-from-a", "none"
LEAST_PROBABLE = 0.7
CERTAIN, PROBABLE = 0.97, 0.8
AGENCY = 1.5
EARLIER_HOUR, EARLIER_MINUTES = 0.9, 0.4
CONTAINED = 0.4
HOUSE_STYLE = 0.8
STYLE_WORDS = 40


class Direction(NamedTuple):
    """``direction`` a-from-b, b-from-a or none; ``certainty`` certain, probable or undecided; why; P(that
    direction)."""

    direction: str
    certainty: str
    evidence: tuple[Sign, ...]
    probability: float


def direct(one: Page, other: Page, shared: Shared) -> Direction:
    """The direction between two documents that share text."""
    a, b = one.facts, other.facts
    of_a, of_b = credits_of(b, a), credits_of(a, b)
    signs = [Sign("credit", b.id, (c.span,), c.kind) for c in of_a] + [
        Sign("credit", a.id, (c.span,), c.kind) for c in of_b
    ]
    if of_a and of_b:
        return Direction(NONE, "undecided", tuple(signs), 0.5)
    if of_a or of_b:
        return Direction(B_FROM_A if of_a else A_FROM_B, "certain", tuple(signs), CERTAIN)
    common = common_credit(a, b)
    if common:
        both = (Sign("common-credit", a.id, (common[0].span,), common[0].kind),
                Sign("common-credit", b.id, (common[1].span,), common[1].kind))  # fmt: skip
        return Direction(NONE, "probable", both, PROBABLE)
    score, signs = _score(one, other, shared)
    probability = 1 / (1 + math.exp(-abs(score)))
    if probability < LEAST_PROBABLE:
        return Direction(NONE, "undecided", tuple(signs), 0.5)
    return Direction(B_FROM_A if score > 0 else A_FROM_B, "probable", tuple(signs), round(probability, 3))


def _score(one: Page, other: Page, shared: Shared) -> tuple[float, list[Sign]]:
    """Log-odds that ``other`` has its words from ``one``, and the signs that were counted."""
    a, b = one.facts, other.facts
    score, signs = 0.0, []
    if a.agency != b.agency:
        score += AGENCY if a.agency else -AGENCY
        signs.append(Sign("agency", a.id if a.agency else b.id))
    gap = _gap(a, b)
    if abs(gap) >= 10:
        weight = EARLIER_HOUR if abs(gap) >= 60 else EARLIER_MINUTES
        score += math.copysign(weight, gap)
        signs.append(Sign("earlier", a.id if gap > 0 else b.id, note=f"{abs(gap)} min"))
    share_a, share_b = shared.words / max(1, one.size), shared.words / max(1, other.size)
    if abs(share_a - share_b) > 0.3:
        score += math.copysign(CONTAINED, share_b - share_a)
        signs.append(Sign("contained", b.id if share_b > share_a else a.id, note=f"{max(share_a, share_b):.2f}"))
    for page, rest, sign in ((other, one, 1.0), (one, other, -1.0)):
        if _style_breaks(page, rest, shared, side=int(sign > 0)):
            score += sign * HOUSE_STYLE
            signs.append(Sign("house-style", page.facts.id, tuple(shared.spans(page, int(sign > 0)))))
    return score, signs


def _gap(a: Facts, b: Facts) -> int:
    """Minutes by which ``a`` is surely earlier than ``b`` (negative: later; 0: not known)."""
    if a.last < 0 or b.last < 0:
        return 0
    if a.last < b.first:
        return b.first - a.last
    return -(a.first - b.last) if b.last < a.first else 0


def _style_breaks(page: Page, rest: Page, shared: Shared, side: int) -> bool:
    """Whether the shared words of a page are spelled as the other spells and not as the page does elsewhere."""
    inside = np.zeros(page.size, dtype=bool)
    theirs = np.zeros(rest.size, dtype=bool)
    for s in shared.stretches:
        mine, other = (s.b, s.a) if side else (s.a, s.b)
        inside[mine[0] : mine[1]] = True
        theirs[other[0] : other[1]] = True
    if inside.sum() < STYLE_WORDS or (~inside).sum() < STYLE_WORDS:
        return False
    careful = page.careful
    within, outside = careful[inside].mean(), careful[~inside].mean()
    source = rest.careful[theirs].mean()
    return bool(abs(within - outside) > 0.15 and abs(within - source) < 0.05)
