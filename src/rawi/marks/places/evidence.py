"""Whether words that may name a place do: what stands before and after them, weighed by a table of weights."""

from __future__ import annotations

from itertools import pairwise

from rawi.lexicon.places import PlaceTables
from rawi.marks.places.candidates import MEDIUM, STRONG, WEAK
from rawi.marks.places.mention import Mention
from rawi.marks.places.view import View
from rawi.marks.places.words import (
    AROUND,
    BODY,
    CAPITAL,
    CONTAINER,
    CUE,
    DEMONYM,
    DIRECTION,
    GIVEN,
    INSIDE,
    LOCATIVE,
    PERIPHERY,
    PREPOSITION,
    SOFT_BODY,
    SPEAKS,
    TITLE,
    Words,
)  # fmt: skip

NEEDED = {STRONG: 0.0, MEDIUM: 1.0, WEAK: 2.5, STRONG + 1: 0.0}
ANNOUNCED, SEAT, AROUND_IT, PLACED, LISTED, HELD = 3.0, 2.0, 2.0, 1.0, 1.5, 1.5
COMMON, SOFT, SPLIT, PERSON, ORGANISATION = -3.0, -1.0, -2.0, -4.0, -6.0
SETTLED = frozenset(("city", "town", "village", "settlement", "district", "camp", "admin1"))
OWN = frozenset(("natural", "facility", "camp", "region", "country"))
AGAIN, NEARBY = 2.0, 1.0
MILLION = 1_000_000


class Evidence:
    """Weighs mentions in the view of one document."""

    def __init__(self, view: View, words: Words, tables: PlaceTables) -> None:
        self.view, self.words, self.tables = view, words, tables
        self.joint, self.within = tables.joint, tables.within
        self.notname = tables.guard("notname")
        self.common, self.soft = (
            tables.common | tables.guard("given") | frozenset(tables.directions),
            tables.guard("soft"),
        )

    def weigh(self, m: Mention, before: Mention | None) -> None:
        """Fills cue, direction and score of ``m``; ``before`` is the mention accepted last."""
        at = self._before(m)
        self._listed(m, before)
        if at >= 0 and (before is None or before.last <= at):
            self._left(m, at)
        if m.proclitics:
            if any(p in self.within for p in m.proclitics):
                m.score += PLACED
            if m.strength < STRONG and m.series < 0:
                m.score += SPLIT
        if self._titled(m):
            m.score += ORGANISATION
        if m.key in self.common or (m.strength == WEAK and m.key in self.tables.demonyms):
            m.score += COMMON
        elif m.key in self.soft:
            m.score += SOFT
        if m.strength < STRONG and m.last - m.first > 1 and self._personal(m):
            m.score += SPLIT
        if m.score >= 0 and m.key in self.tables.demonyms and self._adjective(m, at, before):
            m.score += COMMON + ORGANISATION
        m.accepted = m.score >= NEEDED[m.strength]

    def _titled(self, m: Mention) -> bool:
        """Whether a region's name stands alone between quotation marks: a newspaper, a programme."""
        view = self.view
        return (
            m.quoted
            and m.last < len(view.keys)
            and view.quotes(m.first - 1)
            and view.closes(m.last)
            and bool(m.candidates)
            and m.candidates[0].kind == "region"
            and m.cue_at < 0
        )

    def _personal(self, m: Mention) -> bool:
        """Whether a name opens as persons' names do."""
        return bool(self.words.of(self.view.keys[m.first]).flags & (TITLE | GIVEN))

    def _before(self, m: Mention) -> int:
        """The word before the mention, an opening mark stepped over; -1 at a sentence's start."""
        at, view = m.first - 1, self.view
        if at >= 0 and view.opens(at):
            m.quoted = True
            at -= 1
        return at if at >= 0 and view.sentence(at) == view.sentence(m.first) else -1

    def _listed(self, m: Mention, before: Mention | None) -> None:
        if before is None or before.last > m.first:
            return
        gap = m.first - before.last
        joined = gap == 0 and any(p in self.joint for p in m.proclitics)
        if joined or (gap == 1 and self.view.separates(before.last)):
            m.score += LISTED
            if before.series >= 0 and m.key not in self.common:
                m.cues, m.series = before.cues, before.series
                m.score += ANNOUNCED - LISTED

    def _left(self, m: Mention, at: int) -> None:
        word = self.words.of(self.view.keys[at])
        flags = word.flags
        if flags & CUE and not self.view.inflected(at, at + 1):
            m.cues, m.cue_at = self.tables.cues[word.stem], at
            m.score += self._announced(m)
            if word.stem in self.tables.several:
                m.series = at
            m.inside = bool(flags & INSIDE) and not any(c.kind in OWN for c in m.candidates)
            self._further(m, at - 1)
            return
        if flags & CAPITAL or (flags & DEMONYM and at > 0 and self.words.of(self.view.keys[at - 1]).flags & CAPITAL):
            m.score += SEAT
            m.cues = ("city",)
            return
        if flags & (DIRECTION | PERIPHERY):
            m.score += AROUND_IT
            self._further(m, at)
            return
        if flags & (LOCATIVE | PREPOSITION):
            m.score += PLACED
        self._refused(m, at, flags)

    def _announced(self, m: Mention) -> float:
        """What a cue word says: little if it has other uses, more of an ordinary word before a settlement."""
        if "sector" in m.cues:
            return PLACED
        if m.key not in self.common:
            return ANNOUNCED
        if m.key in self.notname or SETTLED.isdisjoint(m.cues):
            return PLACED
        return (
            ANNOUNCED if self.view.keys[m.cue_at] in self.tables.inside or "admin1" in m.cues else ANNOUNCED - COMMON
        )

    def _further(self, m: Mention, at: int) -> None:
        """Reads directions and words for surroundings leftwards from ``at``: the north-eastern outskirts of."""
        bearings: list[float] = []
        steps = 0
        while at >= 0 and steps < 3:
            word = self.words.of(self.view.keys[at])
            if word.flags & DIRECTION:
                bearing = self.tables.directions.get(word.stem)
                if bearing is not None:
                    bearings.append(bearing)
                m.around = True
            elif word.flags & PERIPHERY:
                m.around = True
            else:
                break
            at -= 1
            steps += 1
        if bearings:
            m.bearing = mean_bearing(bearings[:2])

    def _refused(self, m: Mention, at: int, flags: int) -> None:
        big = any(c.kind == "country" or c.population > MILLION for c in m.candidates[:2])
        if (flags & GIVEN and not any(c.kind == "country" for c in m.candidates[:1])) or (
            flags & TITLE and not big and not (m.candidates[0].table and m.key not in self.soft)
        ):
            m.score += PERSON
        elif (flags & BODY or (flags & SOFT_BODY and m.strength < STRONG)) and not m.proclitics:
            m.score += ORGANISATION

    def _adjective(self, m: Mention, at: int, before: Mention | None) -> bool:
        """Whether a country's name is here the demonym that is spelt the same."""
        if at < 0 or m.cue_at >= 0 or any(p in self.within for p in m.proclitics):
            return False
        view, article = self.view, self.tables.article
        key = view.keys[at]
        flags = self.words.of(key).flags
        listed = any(p in self.joint for p in m.proclitics)
        if listed and before is not None and before.last == m.first:
            return False
        if flags & (PREPOSITION | DIRECTION | PERIPHERY):
            return False
        if not (article and m.key.startswith(article)):
            return True
        if before is not None and before.last == m.first and not listed:
            return True
        if self.words.of(key).definite or view.closes(at):
            return not flags & TITLE
        return at > 0 and bool(self.words.of(view.keys[at - 1]).flags & (BODY | SOFT_BODY))

    def hold(self, mentions: list[Mention]) -> None:
        """Links each mention to the one right after it that says where it lies."""
        for m, after in pairwise(mentions):
            gap = range(m.last, after.first)
            if len(gap) > 5 or after.first < m.last or self.view.sentence(m.first) != self.view.sentence(after.first):
                continue
            inside = any(p in self.within for p in after.proclitics)
            linked = inside
            for at in gap:
                flags = self.words.of(self.view.keys[at]).flags
                if (
                    flags & (CONTAINER | PERIPHERY | DIRECTION | CUE)
                    or self.view.separates(at)
                    or self.view.opens(at)
                ):
                    linked = linked or bool(flags & (CONTAINER | PERIPHERY | DIRECTION)) or self.view.opens(at)
                elif not (flags & AROUND or self.view.closes(at)):
                    linked = False
                    break
            if linked and not any(p in self.joint for p in after.proclitics[:1]):
                m.holder = after
            self._after(m)

    def speaks(self, m: Mention) -> bool:
        """Whether the name stands for those who speak there: beside a verb or noun of speaking, or before a colon."""
        view = self.view
        opens = m.first == 0 or view.sentence(m.first - 1) != view.sentence(m.first)
        if opens and m.last < len(view.keys) and view.keys[m.last] == ":":
            return True
        beside = [at for at in (m.first - 1, m.last) if 0 <= at < len(view.keys)]
        return any(self.words.of(view.keys[at]).flags & SPEAKS for at in beside)

    def _after(self, m: Mention) -> None:
        """Reads a direction right after the name: the outskirts of X, the northern ones."""
        if m.around and m.bearing is None and m.last < len(self.view.keys):
            word = self.words.of(self.view.keys[m.last])
            if word.flags & DIRECTION and not word.proclitics:
                m.bearing = self.tables.directions.get(word.stem)


def mean_bearing(bearings: list[float]) -> float:
    """The direction between two, in degrees from north.

    >>> mean_bearing([0.0, 270.0]), mean_bearing([180.0, 90.0])
    (315.0, 135.0)
    """
    if len(bearings) == 1:
        return bearings[0]
    a, b = bearings
    if abs(a - b) > 180:
        a, b = (a + 360, b) if a < b else (a, b + 360)
    return ((a + b) / 2) % 360
