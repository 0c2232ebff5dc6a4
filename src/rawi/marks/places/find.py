"""The place mentions of a document, each resolved to one place or left in doubt."""

from __future__ import annotations

from functools import lru_cache

from rawi.lexicon.pack import Pack
from rawi.marks.places.candidates import STRONG, WEAK, Candidate, Candidates, apart
from rawi.marks.places.evidence import AGAIN, NEARBY, NEEDED, Evidence
from rawi.marks.places.gazetteer import load_gazetteer
from rawi.marks.places.mention import Mention
from rawi.marks.places.render import render
from rawi.marks.places.resolve import Resolver, Votes
from rawi.marks.places.unknown import find_unknown
from rawi.marks.places.view import View
from rawi.marks.places.words import DEMONYM, Words
from rawi.model import Place
from rawi.text.tokens import Tokens


class Finder:
    """Finds places with the tables of one language pack; its memos are pure caches."""

    def __init__(self, pack: Pack) -> None:
        self.tables = pack.places
        self.candidates = Candidates(pack.places, load_gazetteer())
        self.words = Words(pack, self.candidates)
        self.exact = self.tables.exact

    def find(self, tokens: Tokens, home: str | None) -> list[Place]:
        """The places of ``tokens`` in text order; ``home`` is the code of the page's own country."""
        view = View(tokens)
        evidence = Evidence(view, self.words, self.tables)
        votes = Votes(home)
        mentions = self._scan(view, evidence, votes)
        accepted = without_overlaps([m for m in mentions if m.accepted])
        pending = [m for m in mentions if not m.accepted]
        if pending:
            accepted = self._again(accepted, pending, votes)
        evidence.hold(accepted)
        accepted = find_unknown(view, self.words, self.tables, accepted)
        evidence.hold(accepted)
        for m in accepted:
            top = m.candidates[0] if m.candidates else None
            if top is not None and top.kind == "country" and (top.table or top.country):
                for code in (top.country,) if top.country else top.claimed_by:
                    votes.add(code, 1.0)
        Resolver(votes).resolve(accepted)
        return [render(m, view, self.tables) for m in accepted]

    def _scan(self, view: View, evidence: Evidence, votes: Votes) -> list[Mention]:
        found: list[Mention] = []
        before: Mention | None = None
        memo, of = self.words.memo, self.words.of
        keys = view.keys
        count = len(keys)
        at = 0
        while at < count:
            word = memo.get(keys[at])
            if word is None:
                word = of(keys[at])
            if word.flags & DEMONYM:
                votes.add(self.tables.demonyms[word.stem], 0.5)
            if word.openers:
                m = self._match(view, at, word.openers)
                if m is not None:
                    evidence.weigh(m, before)
                    if m.accepted:
                        before = m
                        found.append(m)
                        at = m.last
                        continue
                    if m.score > -1.0:
                        found.append(m)
            at += 1
        return found

    def _match(self, view: View, at: int, openers: tuple[tuple[str, str, int], ...]) -> Mention | None:
        best: tuple[int, bool, bool, str, str, int] | None = None
        keys, left = view.keys, len(view.keys) - at
        for proclitics, stem, longest in openers:
            for length in range(min(longest, left), 0, -1):
                key = stem if length == 1 else f"{stem} {' '.join(keys[at + 1 : at + length])}"
                strength = self.candidates.strength(key)
                if not strength or (length == 1 and not self._as_written(key, proclitics, view.forms[at])):
                    continue
                option = (length, strength >= STRONG, not proclitics, key, proclitics, strength)
                if best is None or option > best:
                    best = option
                break
        if best is None:
            return None
        length, _, _, key, proclitics, strength = best
        m = Mention(at, at + length, key, proclitics, strength)
        m.candidates = self.candidates.of(key)
        return m

    def _as_written(self, key: str, proclitics: str, form: str) -> bool:
        forms = self.exact.get(key)
        return forms is None or form[len(proclitics) :] in forms

    def _again(self, accepted: list[Mention], pending: list[Mention], votes: Votes) -> list[Mention]:
        """Takes mentions that their own surroundings left open and the rest of the document supports."""
        names = {m.key for m in accepted if m.score >= NEEDED[WEAK]}
        anchors = [m.candidates[0] for m in accepted if m.candidates and m.candidates[0].kind != "country"][:12]
        taken = list(accepted)
        for m in pending:
            score = m.score
            if m.key in names:
                score += AGAIN
            if score + NEARBY >= NEEDED[m.strength] > score and near_any(m, anchors):
                score += NEARBY
            if score >= NEEDED[m.strength]:
                m.accepted, m.score = True, score
                taken.append(m)
        return without_overlaps(taken)


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


@lru_cache(maxsize=4)
def _finder(pack: Pack) -> Finder:
    return Finder(pack)


def find_places(tokens: Tokens, pack: Pack, *, outlet: str | None = None, country: str | None = None) -> list[Place]:
    """The places of ``tokens`` in text order; ``outlet`` and ``country`` say where the page comes from, if known.

    ``country`` is an ISO 3166-1 code. Coordinates are WGS 84 degrees, ``radius_km`` kilometres. A
    place with ``precision`` "unknown" has no coordinates; doubts say why. The gazetteer is read at
    the first call.
    """
    finder = _finder(pack)
    return finder.find(tokens, country)
