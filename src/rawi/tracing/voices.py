"""The voices of a family: speakers of several pages that are one, and which of them vouch for its main claim."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from rawi.tracing.components import Groups
from rawi.tracing.facts import Facts, Speaker

Ref = tuple[int, int]  # a document's number and a speaker's index in it
# What is demanded, expected or doubted is no word for what happened.
VOUCHING = frozenset({"reported", "alleged", "denied"})
COMMON_STEMS = 3
COMMON_BODY = 2
COMMON_SHARE = 0.35


class Voice(NamedTuple):
    """One origin that speaks: how it is called, what it is, its mentions, whether it denies, and whether it tells
    the main claim or opens a page itself (``direct``), rather than only bearing on it."""

    name: str
    kind: str
    words: tuple[str, ...]
    body: tuple[str, ...]
    refs: tuple[Ref, ...]
    denies: bool
    direct: bool


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
    ``group_of``: which documents hand on one text; ``same``: tellings of the same words. Whoever is said to say the
    same words is one, whatever the pages call him, unless they name two persons.
    """
    core = {s for n, i in main for s in facts[n].tellings[i].stems}
    refs: dict[Ref, bool] = {}
    direct: set[Ref] = set()
    for n in documents:
        copied = any(group_of[m] == group_of[n] for m in documents if m != n)
        for i, denied, bears in _vouchers(facts[n], told[n], {i for m, i in main if m == n}, core, copied):
            ref = (n, facts[n].tellings[i].speaker)
            if not bears:
                direct.add(ref)
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
    _introduced(groups, order, facts, group_of)
    held = {(n, facts[n].tellings[i].speaker) for n, i in main if facts[n].tellings[i].stance != "denied"}
    return _made(groups, order, facts, {r for r, denied in refs.items() if denied}, held, direct)


def _introduced(
    groups: Groups[Ref], refs: list[Ref], facts: Mapping[int, Facts], group_of: Mapping[int, int]
) -> None:
    """Where a text first says what somebody is and then who, takes the unnamed one for him; for several, drops it."""
    kinds = {g: {facts[n].speakers[s].kind for n, s in members} for g, members in groups.groups().items()}
    for name, members in groups.groups().items():
        if kinds[name] != {"anonymous"}:
            continue
        texts = {group_of[n] for n, _ in members}
        heads = {facts[n].speakers[s].body[:1] for n, s in members}
        named = {
            groups.find((n, s))
            for n, s in refs
            if group_of[n] in texts and facts[n].speakers[s].words
            if any(h and h[0] in facts[n].speakers[s].body for h in heads)
        }
        if len(named) == 1:
            groups.join(name, next(iter(named)))
        elif named:
            refs[:] = [r for r in refs if groups.find(r) != name]


def _vouchers(
    facts: Facts, told: Sequence[int], main: set[int], core: set[int], copied: bool
) -> list[tuple[int, bool, bool]]:
    """The tellings whose speakers vouch, whether they deny, and whether they only bear on the main claim.

    The speaker of the main claim, or of the page's opening where it tells that otherwise; where the writer tells it
    in his own words, the first speaker who speaks of the same, or the only one there is (in a page that copies
    nobody the first). Further speakers vouch where what they say shares enough content words with the
    main claim, and further officers of a
    voucher's own body.
    """
    tellings = facts.tellings
    spoken = [i for i in told if tellings[i].speaker >= 0 and tellings[i].stance in VOUCHING]
    if not spoken:
        return []
    denies = bool(facts.withdraws)
    heads = [i for i in told if i in main] or [i for i in told if tellings[i].at > 0][:1] or list(told[:1])
    found = [i for i in heads if i in spoken]
    if not found:
        about = core | {s for i in heads for s in tellings[i].stems}
        near = [i for i in spoken if about & set(tellings[i].stems)]
        alone = not copied or len({tellings[i].speaker for i in spoken}) == 1
        found = near[:1] or (spoken[:1] if alone else [])
    if found and all(tellings[i].stance == "denied" for i in found):
        found += [
            i for i in spoken if tellings[i].stance != "denied" and tellings[i].speaker != tellings[found[0]].speaker
        ][:1]
    bodies = [set(facts.speakers[tellings[i].speaker].body) for i in found]
    bearing = [
        i
        for i in spoken
        if i not in found
        and _telling_one(facts, i)
        and (_bears_on(set(tellings[i].stems), core) or _of_one_house(facts.speakers[tellings[i].speaker], bodies))
    ]
    return [(i, denies or tellings[i].stance == "denied", i in bearing) for i in dict.fromkeys((*found, *bearing))]


def _bears_on(stems: set[int], core: set[int]) -> bool:
    common = len(stems & core)
    return common >= COMMON_STEMS and common >= COMMON_SHARE * len(stems)


def _of_one_house(speaker: Speaker, bodies: Sequence[set[str]]) -> bool:
    """Whether a second person of a voucher's own body speaks: they may know it from each other, or each himself."""
    return speaker.person and any(len(set(speaker.body) & body) >= COMMON_BODY for body in bodies)


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
        return False
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
    groups: Groups[Ref],
    refs: Sequence[Ref],
    facts: Mapping[int, Facts],
    denying: set[Ref],
    held: set[Ref],
    direct: set[Ref],
) -> list[Voice]:
    """``denying``: mentions that deny; ``held``: mentions that tell the main claim, so that their voice does
    not deny it."""
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
        found.append(Voice(best.name, kind, words, body, tuple(group), denies, bool(direct & set(group))))
    return found


def shown_distinct(a: Voice, b: Voice) -> bool:
    """Whether two voices are shown to be two: both named and telling the main claim, no word of name or body
    in common."""
    if a.kind != "named" or b.kind != "named" or not a.direct or not b.direct:
        return False
    return not set(a.words) & set(b.words) and not set(a.body) & set(b.body)
