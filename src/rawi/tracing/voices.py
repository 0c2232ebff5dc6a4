"""The voices of a family: speakers of several pages that are one, and which of them vouch for its main claim."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from rawi.tracing.components import Groups
from rawi.tracing.facts import Facts, Speaker

Ref = tuple[int, int]  # a document's number and a speaker's index in it
COMMON_STEMS = 3
COMMON_SHARE = 0.35


class Voice(NamedTuple):
    """One origin that speaks: how it is called, what it is, its mentions, and whether it denies."""

    name: str
    kind: str
    words: tuple[str, ...]
    body: tuple[str, ...]
    refs: tuple[Ref, ...]
    denies: bool


def voices(
    documents: Sequence[int],
    facts: Mapping[int, Facts],
    told: Mapping[int, Sequence[int]],
    main: Sequence[tuple[int, int]],
    group_of: Mapping[int, int],
    same: Sequence[tuple[tuple[int, int], tuple[int, int]]] = (),
) -> list[Voice]:
    """The voices that vouch for the family's main claim (or deny it), in the order in which they first speak.

    ``told``: tellings of each document that belong to the family; ``main``: the tellings of its main claim;
    ``group_of``: which documents hand on one text; ``same``: tellings of the same words. Whoever is said to say the same words
    is one, whatever the pages call him, unless they name two persons.
    """
    core = {s for n, i in main for s in facts[n].tellings[i].stems}
    refs: dict[Ref, bool] = {}
    for n in documents:
        for i, denied in _vouchers(facts[n], told[n], {i for m, i in main if m == n}, core):
            ref = (n, facts[n].tellings[i].speaker)
            refs[ref] = refs.get(ref, denied) and denied
    order = list(refs)
    groups = Groups(order)
    for x, a in enumerate(order):
        for b in order[:x]:
            if _one(facts[a[0]].speakers[a[1]], facts[b[0]].speakers[b[1]], group_of[a[0]] == group_of[b[0]]):
                groups.join(a, b)
    for (n, i), (m, j) in same:
        one, other = (n, facts[n].tellings[i].speaker), (m, facts[m].tellings[j].speaker)
        if one in refs and other in refs and _may_be_one(facts[n].speakers[one[1]], facts[m].speakers[other[1]]):
            groups.join(one, other)
    held = {(n, facts[n].tellings[i].speaker) for n, i in main if facts[n].tellings[i].stance != "denied"}
    return _made(groups, order, facts, {r for r, denied in refs.items() if denied}, held)


def _vouchers(facts: Facts, told: Sequence[int], main: set[int], core: set[int]) -> list[tuple[int, bool]]:
    """The tellings whose speakers vouch, and whether they deny.

    The speaker of the main claim, or of the page's opening where it tells that otherwise; where the writer tells it in his
    own words, the first speaker who speaks of the same, or the only one there is. Further speakers vouch where what
    they say shares enough content words with the main claim.
    """
    tellings = facts.tellings
    spoken = [i for i in told if tellings[i].speaker >= 0]
    if not spoken:
        return []
    denies = bool(facts.withdraws)
    heads = [i for i in told if i in main] or [i for i in told if tellings[i].at > 0][:1] or list(told[:1])
    found = [i for i in heads if tellings[i].speaker >= 0]
    if not found:
        about = core | {s for i in heads for s in tellings[i].stems}
        near = [i for i in spoken if about & set(tellings[i].stems)]
        alone = len({tellings[i].speaker for i in spoken}) == 1
        found = near[:1] or (spoken[:1] if alone else [])
    if found and all(tellings[i].stance == "denied" for i in found):
        found += [i for i in spoken if tellings[i].stance != "denied" and tellings[i].speaker != tellings[found[0]].speaker][:1]
    found += [i for i in spoken if _telling_one(facts, i) and _bears_on(set(tellings[i].stems), core)]
    return [(i, denies or tellings[i].stance == "denied") for i in dict.fromkeys(found)]


def _bears_on(stems: set[int], core: set[int]) -> bool:
    common = len(stems & core)
    return common >= COMMON_STEMS and common >= COMMON_SHARE * len(stems)


def _may_be_one(a: Speaker, b: Speaker) -> bool:
    return not (a.words and b.words) or bool(set(a.words) & set(b.words))


def _telling_one(facts: Facts, i: int) -> bool:
    """Whether a person or somebody unnamed speaks, not a body or a paper."""
    speaker = facts.speakers[facts.tellings[i].speaker]
    return speaker.person or speaker.kind == "anonymous"


def _one(a: Speaker, b: Speaker, same_text: bool) -> bool:
    """Whether two speakers are certainly one."""
    if a.words and b.words:
        short, long = sorted((set(a.words), set(b.words)), key=len)
        return short <= long
    if a.kind == "anonymous" and b.kind == "anonymous":
        return same_text and (_within(a.body, b.body) or _alike(a.body, b.body))
    if "anonymous" in (a.kind, b.kind):
        unnamed, other = (a, b) if a.kind == "anonymous" else (b, a)
        # One text that first says what somebody is, then who.
        return same_text and bool(other.words) and bool(unnamed.body) and unnamed.body[0] in other.body
    if not a.words and not b.words:
        return _within(a.body, b.body)
    # A body and the person who speaks for it.
    person, body = (a, b) if a.words else (b, a)
    return bool(body.body) and set(body.body) <= set(person.body)


def _within(a: Sequence[str], b: Sequence[str]) -> bool:
    short, long = sorted((set(a), set(b)), key=len)
    return bool(short) and short <= long


def _alike(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether two phrases have one head and most other words in common."""
    common = len(set(a) & set(b))
    return bool(a) and a[0] == b[0] and common >= 2 and 2 * common > len(set(a) | set(b))


def _made(
    groups: Groups[Ref], refs: Sequence[Ref], facts: Mapping[int, Facts], denying: set[Ref], held: set[Ref]
) -> list[Voice]:
    """``denying``: mentions that deny; ``held``: mentions that tell the main claim, so that their voice does not deny it."""
    members: dict[Ref, list[Ref]] = {}
    for ref in refs:
        members.setdefault(groups.find(ref), []).append(ref)
    found = []
    for group in members.values():
        speakers = [facts[n].speakers[s] for n, s in group]
        best = max(speakers, key=lambda s: (s.person, len(s.words), len(s.body), s.name))
        kinds = {s.kind for s in speakers}
        kind = "anonymous" if kinds == {"anonymous"} else "named"
        body = tuple(dict.fromkeys(w for s in speakers for w in s.body))
        words = max((s.words for s in speakers), key=len)
        denies = any(r in denying for r in group) and not any(r in held and r not in denying for r in group)
        found.append(Voice(best.name, kind, words, body, tuple(group), denies))
    return found


def shown_distinct(a: Voice, b: Voice) -> bool:
    """Whether two voices are shown to be two: both named, no word of name or body in common."""
    if a.kind != "named" or b.kind != "named":
        return False
    return not set(a.words) & set(b.words) and not set(a.body) & set(b.body)
