"""The place mentions of a document, each resolved to one place or left in doubt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rawi.lexicon.pack import Pack
from rawi.lexicon.places import PlaceTables
from rawi.marks.places.candidates import MASK, STRONG, WEAK, Candidate, Candidates, apart
from rawi.marks.places.evidence import AGAIN, NEARBY, NEEDED, SETTLED, Evidence
from rawi.marks.places.gazetteer import load_gazetteer
from rawi.marks.places.home import dateline, home_of
from rawi.marks.places.mention import Mention
from rawi.marks.places.render import render
from rawi.marks.places.resolve import Resolver, Votes
from rawi.marks.places.unknown import find_unknown
from rawi.marks.places.view import OPENING, View
from rawi.marks.places.words import (
    CAPITAL,
    CUE,
    DEFINITE,
    DEMONYM,
    DIRECTION,
    INVITING,
    NOTHING,
    PERIPHERY,
    PREPOSITION,
    Opener,
    Words,
)
from rawi.model import Place, Span
from rawi.text.tokens import Tokens

PACKS = 4


class Scan(NamedTuple):
    """One walk over a document: mentions accepted and left open, places of shy words and of cue words."""

    accepted: list[Mention]
    pending: list[Mention]
    shy: list[int]
    cues: list[int]


class Finder:
    """Finds places with the tables of one language pack; its memos are pure caches."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._homes: dict[str, str | None] = {}
        self.tables = pack.places
        self.candidates = Candidates(pack.places, load_gazetteer())
        self.words = Words(pack, self.candidates)
        self.exact = self.tables.exact

    def home(self, outlet: str) -> str | None:
        """The country of ``outlet``, where the tables of names know it."""
        if outlet not in self._homes:
            self._homes[outlet] = home_of(outlet, self._pack)
        return self._homes[outlet]

    def find(self, tokens: Tokens, home: str | None) -> list[Place]:
        """The places of ``tokens`` in text order; ``home`` is the code of the page's own country."""
        view = View(tokens)
        evidence = Evidence(view, self.words, self.tables)
        votes = Votes(home)
        scan = self._scan(view, evidence, votes)
        accepted = self._again(view, scan)
        evidence.hold(accepted)
        unknown = find_unknown(view, self.words, self.tables, scan.cues, accepted)
        if unknown:
            accepted = sorted([*accepted, *unknown], key=lambda m: m.first)
            evidence.hold(accepted)
        written = dateline(accepted, view, tokens.title_end)
        if written:
            votes.add(written)
        for m in accepted:
            if m.inside:
                m.first = m.cue_at
                m.last += m.quoted and m.last < len(view.keys) and view.closes(m.last)
            self._vote(m, votes)
        Resolver(votes).resolve(accepted)
        accepted = [m for m in accepted if not m.unknown or not m.candidates or SETTLED.intersection(m.cues)]
        for m in accepted:
            m.speaks = m.key in self.tables.actors and evidence.speaks(m)
        return [render(m, view) for m in accepted]

    def find_at(self, tokens: Tokens, spans: Sequence[Span], home: str | None) -> list[Place | None]:
        """The place that each of ``spans`` means, ``None`` where no table knows its name."""
        view = View(tokens)
        votes = Votes(home)
        evidence = Evidence(view, self.words, self.tables)
        given = [self._given(view, evidence, span) for span in spans]
        self._scan(view, evidence, votes)
        found = [m for m in given if m is not None]
        for m in found:
            self._vote(m, votes)
        Resolver(votes).resolve(found)
        return [None if m is None else render(m, view) for m in given]

    def _given(self, view: View, evidence: Evidence, span: Span) -> Mention | None:
        first, last = view.range_of(span)
        while last > first and not view.is_word(last - 1):
            last -= 1
        for at in range(first, last):
            word = self.words.of(view.keys[at])
            m = self._match(view, at, word.openers) if word.openers else None
            if m is not None and m.last == last and m.strength != MASK:
                evidence.weigh(m, None)
                m.inside = m.unknown = False
                return m
            if view.is_word(at) and not word.flags & (CUE | CAPITAL | PREPOSITION | DIRECTION | PERIPHERY):
                return None
        return None

    @staticmethod
    def _vote(m: Mention, votes: Votes) -> None:
        top = m.candidates[0] if m.candidates else None
        if top is not None and top.kind == "country":
            for code in (top.country,) if top.country else top.claimed_by:
                votes.add(code, 1.0)

    def _scan(self, view: View, evidence: Evidence, votes: Votes) -> Scan:
        scan = Scan([], [], [], [])
        before: Mention | None = None
        memo, of, keys = self.words.memo, self.words.of, view.keys
        count = len(keys)
        at = flags = 0
        while at < count:
            key = keys[at]
            word = memo.get(key)
            if word is None:
                word = of(key)
            if word is NOTHING or word is DEFINITE:
                if key not in OPENING:
                    flags = 0
                at += 1
                continue
            if word.openers:
                if (
                    not word.shy
                    or flags & INVITING
                    or word.within
                    or (before is not None and before.last >= at - 1)
                    or (word.seconds and at + 1 < count and keys[at + 1] in word.seconds)
                ):
                    m = self._match(view, at, word.openers)
                    if m is not None and self._take(m, view, evidence, scan):
                        at, flags = m.last, 0
                        before = m if m.accepted else before
                        continue
                else:
                    scan.shy.append(at)
            flags = word.flags
            if flags & (DEMONYM | CUE):
                if flags & DEMONYM:
                    votes.add(self.tables.demonyms[word.stem], 0.5)
                if flags & CUE:
                    scan.cues.append(at)
            at += 1
        return scan

    @staticmethod
    def _take(m: Mention, view: View, evidence: Evidence, scan: Scan) -> bool:
        """Weighs ``m`` and keeps it, accepted or open; whether the walk goes on behind it."""
        if m.strength == MASK:
            return True
        if view.inflected(m.first, m.last):
            return False
        evidence.weigh(m, scan.accepted[-1] if scan.accepted else None)
        if m.accepted:
            scan.accepted.append(m)
        elif m.score > -1.0:
            scan.pending.append(m)
        return m.accepted

    def _match(self, view: View, at: int, openers: tuple[Opener, ...]) -> Mention | None:
        best: tuple[int, bool, bool, str, str, int] | None = None
        keys, left = view.keys, len(view.keys) - at
        following = keys[at + 1] if left > 1 else ""
        for proclitics, stem, longest, seconds, alone in openers:
            option: tuple[int, bool, bool, str, str, int] | None = None
            if following in seconds:
                for length in range(min(longest, left), 1, -1):
                    key = f"{stem} {' '.join(keys[at + 1 : at + length])}"
                    strength = self.candidates.strength(key)
                    if strength:
                        option = (length, strength >= STRONG, not proclitics, key, proclitics, strength)
                        break
            if option is None and alone and self._as_written(stem, proclitics, view.forms[at]):
                option = (1, alone >= STRONG, not proclitics, stem, proclitics, alone)
            if option is not None and (best is None or option > best):
                best = option
        if best is None:
            return None
        length, _, _, key, proclitics, strength = best
        m = Mention(at, at + length, key, proclitics, strength)
        m.candidates = self.candidates.of(key)
        return m

    def _as_written(self, key: str, proclitics: str, form: str) -> bool:
        forms = self.exact.get(key)
        return forms is None or form[len(proclitics) :] in forms

    def _again(self, view: View, scan: Scan) -> list[Mention]:
        """The accepted mentions, with those that only the rest of the document supports."""
        accepted = scan.accepted
        names = {m.key for m in accepted if m.score >= NEEDED[WEAK]}
        taken: list[Mention] = []
        for m in scan.pending:
            score = m.score + (AGAIN if m.key in names else 0.0)
            if score + NEARBY >= NEEDED[m.strength] > score:
                anchors = [a.candidates[0] for a in accepted if a.candidates and a.candidates[0].kind != "country"][
                    :12
                ]
                score += NEARBY if near_any(m, anchors) else 0.0
            if score >= NEEDED[m.strength]:
                m.accepted, m.score = True, score
                taken.append(m)
        if names:
            for at in scan.shy:
                word = self.words.of(view.keys[at])
                if any(
                    o.stem in names and o.stem not in self.tables.common and not o.proclitics for o in word.openers
                ):
                    again = self._match(view, at, word.openers)
                    if again is not None and again.key in names:
                        again.accepted, again.score = True, AGAIN
                        taken.append(again)
        return without_overlaps([*accepted, *taken]) if taken else accepted


def near_any(m: Mention, anchors: list[Candidate]) -> bool:
    """Whether a candidate of ``m`` lies within 60 km of an anchor in the same country."""
    return any(c.country == a.country and apart(c, a) < 60 for c in m.candidates[:8] for a in anchors)


def without_overlaps(mentions: list[Mention]) -> list[Mention]:
    """The mentions in text order; of two that share a word, the longer, then the better supported one."""
    kept: list[Mention] = []
    for m in sorted(mentions, key=lambda m: (m.first - m.last, -m.score, m.first)):
        if all(m.last <= k.first or k.last <= m.first for k in kept):
            kept.append(m)
    return sorted(kept, key=lambda m: m.first)


_FINDERS: dict[PlaceTables, Finder] = {}


def _finder(pack: Pack) -> Finder:
    """The finder of a pack, made once; a few packs are kept."""
    tables = pack.places
    found = _FINDERS.get(tables)
    if found is None:
        while len(_FINDERS) >= PACKS:
            _FINDERS.pop(next(iter(_FINDERS)))
        found = _FINDERS[tables] = Finder(pack)
    return found


def find_places(tokens: Tokens, pack: Pack, *, outlet: str | None = None, country: str | None = None) -> list[Place]:
    """The places of ``tokens`` in text order; ``outlet`` and ``country`` say where the page comes from, if known.

    ``country`` is an ISO 3166-1 code. Coordinates are WGS 84 degrees, ``radius_km`` kilometres. A
    place with ``precision`` "unknown" has no coordinates; doubts say why. The gazetteer is read at
    the first call.
    """
    finder = _finder(pack)
    if country is None and outlet:
        country = finder.home(outlet)
    return finder.find(tokens, country)


def place_at(tokens: Tokens, pack: Pack, spans: Sequence[Span], *, country: str | None = None) -> list[Place | None]:
    """The place that each of ``spans`` means in ``tokens``, ``None`` where no table knows the name.

    For names that a person or another program has marked; ``country`` as in :func:`find_places`.
    """
    return _finder(pack).find_at(tokens, spans, country)
