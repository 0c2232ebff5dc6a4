"""The voices of a family: speakers of several pages that are one, and which of them vouch for its main claim."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from rawi.tracing.components import Groups
from rawi.tracing.facts import Facts, Speaker

Ref = tuple[int, int]  # a document's number and a speaker's index in it
LEAD_WORDS = 45
COMMON_STEMS = 2


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
) -> list[Voice]:
    """The voices that vouch for the family's main claim (or deny it), in the order in which they first speak.

    ``told``: tellings of each document that belong to the family; ``main``: the tellings of its main claim;
    ``group_of``: which documents hand on one text. Unnamed speakers of one text are kept apart only by their words.
    """
    core = {s for n, i in main for s in facts[n].tellings[i].stems}
    refs: list[Ref] = []
    denying: set[Ref] = set()
    for n in documents:
        for i in told[n]:
            t = facts[n].tellings[i]
            if t.speaker < 0 or not _vouches(facts[n], i, (n, i) in set(main), core):
                continue
            ref = (n, t.speaker)
            refs.append(ref)
            if t.stance == "denied" or facts[n].withdraws:
                denying.add(ref)
    refs = list(dict.fromkeys(refs))
    groups = Groups(refs)
    for x, a in enumerate(refs):
        for b in refs[:x]:
            if _one(facts[a[0]].speakers[a[1]], facts[b[0]].speakers[b[1]], group_of[a[0]] == group_of[b[0]], a[0] == b[0]):
                groups.join(a, b)
    return _made(groups, refs, facts, denying)


def _vouches(facts: Facts, i: int, main: bool, core: set[int]) -> bool:
    """Whether a telling bears on the main claim: it is told in it, opens the page, or shares its content words."""
    t = facts.tellings[i]
    if main:
        return True
    first = facts.tellings[0].at
    return t.at - first <= LEAD_WORDS or len(core & set(t.stems)) >= COMMON_STEMS


def _one(a: Speaker, b: Speaker, same_text: bool, same_page: bool) -> bool:
    """Whether two speakers are certainly one."""
    if a.words and b.words:
        short, long = sorted((set(a.words), set(b.words)), key=len)
        return short <= long
    if a.kind == "anonymous" or b.kind == "anonymous":
        return a.kind == b.kind and same_text and _within(a.body, b.body)
    if not a.words and not b.words:
        return _within(a.body, b.body)
    # A body and the person who speaks for it.
    person, body = (a, b) if a.words else (b, a)
    return bool(body.body) and set(body.body) <= set(person.body)


def _within(a: Sequence[str], b: Sequence[str]) -> bool:
    short, long = sorted((set(a), set(b)), key=len)
    return bool(short) and short <= long


def _made(groups: Groups, refs: Sequence[Ref], facts: Mapping[int, Facts], denying: set[Ref]) -> list[Voice]:
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
        found.append(Voice(best.name, kind, words, body, tuple(group), any(r in denying for r in group)))
    return found


def shown_distinct(a: Voice, b: Voice) -> bool:
    """Whether two voices are shown to be two: both named, no word of name or body in common."""
    if a.kind != "named" or b.kind != "named":
        return False
    return not set(a.words) & set(b.words) and not set(a.body) & set(b.body)
