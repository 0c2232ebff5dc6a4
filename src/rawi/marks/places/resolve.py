"""Which place a mention means: one sense a document, by kind, holder, countries spoken of, people, nearness."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence

from rawi.marks.places.candidates import POINTS, Candidate, apart, km
from rawi.marks.places.mention import Mention

ALIKE, UNLIKE = 3.0, -1.5
GOVERNED = 2.0
GOVERNING = frozenset(("admin1", "admin2", "area", "sector"))
SHARE, HOME = 3.0, 1.0
HELD, ELSEWHERE = 3.0, -3.0
REACH = 120.0
UNPLACED = 2.0
ANCHORS = 16
TWINS = 30.0
MARGIN = 0.6
FAR = 300.0

REGIONAL = frozenset(
    ("country", "region", "admin1", "admin2", "admin3", "place", "district", "city", "town", "natural")
)

# Kinds that a cue word announces, and the kinds of row that answer to it.
ANSWERS = {
    "city": frozenset(("city", "town", "place", "village", "admin3")),
    "town": frozenset(("town", "place", "village", "city", "admin3", "admin2")),
    "village": frozenset(("village", "place", "town")),
    "settlement": frozenset(("village", "place", "town", "city")),
    "admin1": frozenset(("admin1", "admin2", "country", "region")),
    "admin2": frozenset(("admin2", "admin3", "admin1")),
    "area": REGIONAL,
    "sector": REGIONAL,
    "district": frozenset(("district", "place")),
    "camp": frozenset(("camp",)),
    "natural": frozenset(("natural",)),
    "facility": frozenset(("facility",)),
}


class Votes:
    """What a document says about countries: a share for each, and the page's own country."""

    def __init__(self, home: str | None) -> None:
        self.home = home
        self.counts: Counter[str] = Counter()
        if home:
            self.add(home)

    def add(self, country: str, weight: float = 1.0) -> None:
        """Counts one mention of a country, of its people or of a place that lies in it alone."""
        self.counts[country] += weight  # type: ignore[assignment]

    def weight(self, candidate: Candidate) -> float:
        """What the document's countries say for ``candidate``."""
        total = sum(self.counts.values())
        codes = candidate.codes
        share = max((self.counts.get(c, 0) for c in codes), default=0) / total if total else 0.0
        return SHARE * share + (HOME if self.home in codes else 0.0)


class Resolver:
    """Chooses among candidates for the mentions of one document."""

    def __init__(self, votes: Votes) -> None:
        self.votes = votes
        self.anchors: list[Candidate] = []

    def resolve(self, mentions: Sequence[Mention]) -> None:
        """Gives each mention with candidates its ``best`` and ``rivals``, or a doubt."""
        groups = self._senses(mentions)
        order = sorted(groups, key=lambda g: (self._open(g), g[0].first))
        for group in order:
            if not self._open(group):
                self._choose(group)
        for group in order:
            if self._open(group):
                self._choose(group)

    def _senses(self, mentions: Sequence[Mention]) -> list[list[Mention]]:
        """Mentions that share a sense: the same name; where cue words differ in kind, the same cue."""
        groups: dict[tuple[str, tuple[str, ...]], list[Mention]] = {}
        for m in mentions:
            if m.candidates:
                admin = not GOVERNING.isdisjoint(m.cues)
                groups.setdefault((m.key, m.cues if admin else ()), []).append(m)
        return list(groups.values())

    @staticmethod
    def _open(group: list[Mention]) -> bool:
        candidates = group[0].candidates
        if len(candidates) < 2:
            return False
        return not candidates[0].table or candidates[0].prior - candidates[1].prior < 3.0

    def _choose(self, group: list[Mention]) -> None:
        cues = next((m.cues for m in group if m.cues), ())
        holders = [c for m in group if m.holder for c in self._holders(m.holder)]
        scored = sorted(
            ((self._score(c, cues, holders), -n, c) for n, c in enumerate(group[0].candidates)), reverse=True
        )
        top, _, best = scored[0]
        rivals = [(s, c) for s, _, c in scored[1:] if not same_place(c, best)]
        close = [c for s, c in rivals if top - s < MARGIN]
        sure = best.table or best.population >= 15_000 or bool(holders) or best.kind == "country"
        ambiguous = bool(close) and (not sure or any(c.table for c in close))
        foreign = not sure and self._foreign(best)
        for m in group:
            m.best = best
            m.rivals = tuple(c for _, c in rivals[:5])
            if foreign:
                m.unknown = True
            elif ambiguous:
                m.doubt, m.close = "place-ambiguous", tuple(close)
        self._note(best, ambiguous=ambiguous or foreign)

    def _foreign(self, best: Candidate) -> bool:
        """Whether a small place lies in no country that the document speaks of, and far from all its places."""
        if not self.votes.counts or self.votes.weight(best) > 0:
            return False
        return all(apart(best, a) > FAR for a in self.anchors)

    def _note(self, best: Candidate, *, ambiguous: bool) -> None:
        if ambiguous:
            return
        if best.country and best.kind != "country":
            self.votes.add(best.country, 0.5)
        if best.kind != "country" and best.lat is not None and len(self.anchors) < ANCHORS:
            self.anchors.append(best)

    def _holders(self, holder: Mention) -> Iterable[Candidate]:
        if holder.best is not None:
            return (holder.best,)
        return holder.candidates[:3]

    def _score(self, c: Candidate, cues: tuple[str, ...], holders: list[Candidate]) -> float:
        score = c.prior + self.votes.weight(c) + self._kind(c, cues) + self._near(c)
        if c.lat is None:
            score -= UNPLACED
        if holders:
            score += max(held_by(c, h) for h in holders)
        return score

    @staticmethod
    def _kind(c: Candidate, cues: tuple[str, ...]) -> float:
        if not cues:
            return 0.0
        if not any(c.kind in ANSWERS.get(cue, ()) for cue in cues):
            return UNLIKE
        return ALIKE + (GOVERNED if c.kind in ("admin1", "admin2") and not GOVERNING.isdisjoint(cues) else 0.0)

    def _near(self, c: Candidate) -> float:
        if c.lat is None or c.kind == "country":
            return 0.0
        ways = [apart(c, a) for a in self.anchors if a.id != c.id]
        return -min(2.5, 0.5 * math.log2(1 + min(ways) / 40)) if ways else 0.0


def same_place(rival: Candidate, best: Candidate) -> bool:
    """Whether two candidates are one place in two kinds: a town and its province, a country and its capital."""
    if "country" in (rival.kind, best.kind) and rival.country == best.country and best.country:
        return True
    return apart(rival, best) <= TWINS


def held_by(c: Candidate, holder: Candidate) -> float:
    """How well ``c`` lies in, or close to, ``holder``."""
    if c.id == holder.id:
        return 0.0
    if holder.kind == "country":
        if not c.codes:
            return 0.0
        return HELD if set(holder.codes) & set(c.codes) else ELSEWHERE
    way = apart(c, holder)
    reach = max(REACH, 1.5 * (holder.radius_km or 0.0))
    if way <= reach:
        return HELD
    return ELSEWHERE if way < math.inf else 0.0


def shifted(lat: float, lon: float, bearing: float, way: float) -> tuple[float, float]:
    """The point ``way`` km from another in the direction of ``bearing`` degrees.

    >>> shifted(0.0, 0.0, 90.0, 111.2)
    (0.0, 1.0)
    """
    north = way * math.cos(math.radians(bearing)) / 111.2
    east = way * math.sin(math.radians(bearing)) / (111.2 * max(0.1, math.cos(math.radians(lat))))
    return round(lat + north, 4), round(lon + east, 4)


__all__ = ["POINTS", "Resolver", "Votes", "held_by", "km", "shifted"]
