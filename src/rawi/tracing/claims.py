"""Claims: which tellings of a family are one claim, and which of its claims deny another.

Two tellings are one claim where their words were aligned, or where they share most of their content words. A
number, a place, a date or a negation that differs vetoes it: the two stay claims of one family, side by side.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from rawi.tracing.components import Groups
from rawi.tracing.facts import Facts, Telling
from rawi.tracing.links import Reuse

ALIGNED = 0.6
OWN_WORDS = 0.5
LEAST_STEMS = 4
Key = tuple[int, int]  # a document's number and a telling's index in it


class Claims(NamedTuple):
    """The claims of a family: tellings by claim, the main claim first; pairs of claims that are one matter with a
    veto between; pairs of tellings whose words are the same, so that whoever is said to speak is one."""

    members: tuple[tuple[Key, ...], ...]
    variants: tuple[tuple[int, int], ...]
    same: tuple[tuple[Key, Key], ...]


def group(
    keys: Sequence[Key], facts: Mapping[int, Facts], reuse: Sequence[Reuse], linked: Sequence[tuple[int, int]]
) -> Claims:
    """The claims of the tellings ``keys``; ``linked`` are documents that tell one event in other words."""
    groups = Groups(keys)
    by_document: dict[int, list[int]] = {}
    for n, i in keys:
        by_document.setdefault(n, []).append(i)
    vetoed: list[tuple[Key, Key]] = []
    aligned = _aligned(by_document, facts, reuse)
    for one, other in (*((a, b) for a, b, _ in aligned), *_alike(by_document, facts, linked)):
        if veto(facts[one[0]].tellings[one[1]], facts[other[0]].tellings[other[1]]):
            vetoed.append((one, other))
        else:
            groups.join(one, other)
    order = _ordered(groups, facts)
    number = {groups.find(members[0]): i for i, members in enumerate(order)}
    variants = {tuple(sorted((number[groups.find(a)], number[groups.find(b)]))) for a, b in vetoed}
    same = tuple((a, b) for a, b, whole in aligned if whole)
    return Claims(tuple(order), tuple(sorted((a, b) for a, b in variants if a != b)), same)


def _ordered(groups: Groups[Key], facts: Mapping[int, Facts]) -> list[tuple[Key, ...]]:
    """First the claim that opens most pages, then by the number of documents, then the earliest and highest in
    its page."""
    opening = {(n, i) for n, i in _openings(groups.groups(), facts)}
    members: list[tuple[Key, ...]] = [tuple(m) for m in groups.groups().values()]

    def rank(claim: tuple[Key, ...]) -> tuple[int, int, int, str, int]:
        n, i = min(claim, key=lambda k: (_time(facts[k[0]]), facts[k[0]].id, k[1]))
        told = len({m for m, _ in claim})
        opens = len({k[0] for k in claim if k in opening}) if told > 1 else -1
        return -opens, -told, _time(facts[n]), facts[n].id, facts[n].tellings[i].at

    return sorted(
        (tuple(sorted(c, key=lambda k: (_time(facts[k[0]]), facts[k[0]].id, k[1]))) for c in members), key=rank
    )


def _openings(groups: Mapping[Key, list[Key]], facts: Mapping[int, Facts]) -> list[Key]:
    """The first telling of each document after its headline."""
    first: dict[int, Key] = {}
    for n, i in sorted(k for members in groups.values() for k in members):
        if facts[n].tellings[i].spans[0][0] >= facts[n].title[1]:
            first.setdefault(n, (n, i))
    return list(first.values())


def _time(facts: Facts) -> int:
    return facts.first if facts.first >= 0 else 2**60


def _aligned(
    by_document: Mapping[int, list[int]], facts: Mapping[int, Facts], reuse: Sequence[Reuse]
) -> list[tuple[Key, Key, bool]]:
    """Tellings whose words were aligned, and whether nearly all words of both were."""
    found = []
    for r in reuse:
        if r.a not in by_document or r.b not in by_document:
            continue
        overlap: dict[tuple[int, int], int] = {}
        for a0, a1, b0, b1, _ in r.runs:
            for i in by_document[r.a]:
                for s, e in facts[r.a].tellings[i].spans:
                    low, high = max(s, a0), min(e, a1)
                    if low >= high:
                        continue
                    scale = (b1 - b0) / max(1, a1 - a0)
                    low_b, high_b = b0 + (low - a0) * scale, b0 + (high - a0) * scale
                    for j in by_document[r.b]:
                        for t, u in facts[r.b].tellings[j].spans:
                            common = min(u, high_b) - max(t, low_b)
                            if common > 0:
                                overlap[i, j] = overlap.get((i, j), 0) + int(common)
        for (i, j), common in sorted(overlap.items()):
            shorter, longer = sorted((_length(facts[r.a].tellings[i]), _length(facts[r.b].tellings[j])))
            if common >= ALIGNED * shorter:
                found.append(((r.a, i), (r.b, j), common >= ALIGNED * longer))
    return found


def _alike(
    by_document: Mapping[int, list[int]], facts: Mapping[int, Facts], linked: Sequence[tuple[int, int]]
) -> list[tuple[Key, Key]]:
    found = []
    for a, b in linked:
        for i in by_document.get(a, ()):
            one = set(facts[a].tellings[i].stems)
            for j in by_document.get(b, ()):
                other = set(facts[b].tellings[j].stems)
                common, shorter = len(one & other), min(len(one), len(other))
                if common >= LEAST_STEMS and common >= OWN_WORDS * shorter:
                    found.append(((a, i), (b, j)))
    return found


def _length(t: Telling) -> int:
    return sum(e - s for s, e in t.spans)


def veto(one: Telling, other: Telling) -> str:
    """What forbids two tellings to be one claim: number, place, date, negation, denial; empty where nothing does."""
    if (one.stance == "denied") != (other.stance == "denied"):
        return "denial"
    if one.numbers and other.numbers and not set(one.numbers) & set(other.numbers):
        return "number"
    if one.negated != other.negated:
        return "negation"
    if one.dates and other.dates and not set(one.dates) & set(other.dates):
        return "date"
    if one.places and other.places and not set(one.places) & set(other.places):
        return "place"
    return ""
