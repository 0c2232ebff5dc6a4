"""A mention on its way from words to a place: where it stands, what stands around it, what it may mean."""

from __future__ import annotations

from rawi.marks.places.candidates import Candidate


class Mention:
    """Words ``first`` up to ``last`` of the view that may name a place.

    ``cues``: kinds announced by the cue word at ``cue_at`` (-1: none), or at ``series`` for a whole
    list. ``score``: evidence that it is a place at all. ``around``: an area about the place is meant;
    ``bearing``: in which direction. ``holder``: the mention after it that says where it lies.
    ``unknown``: no table knows the name; ``inside``: a mountain, crossing or camp named after a known
    place, itself unknown.
    """

    __slots__ = (
        "accepted", "around", "bearing", "best", "candidates", "close", "cue_at", "cues", "doubt", "first", "holder",
        "inside", "key", "last", "proclitics", "quoted", "rivals", "score", "series", "speaks", "strength", "unknown",
    )  # fmt: skip

    def __init__(self, first: int, last: int, key: str, proclitics: str, strength: int) -> None:
        self.first, self.last, self.key = first, last, key
        self.proclitics, self.strength = proclitics, strength
        self.cues: tuple[str, ...] = ()
        self.cue_at = self.series = -1
        self.score = 0.0
        self.accepted = False
        self.around = False
        self.bearing: float | None = None
        self.holder: Mention | None = None
        self.unknown = False
        self.inside = False
        self.quoted = False
        self.candidates: tuple[Candidate, ...] = ()
        self.best: Candidate | None = None
        self.rivals: tuple[Candidate, ...] = ()
        self.close: tuple[Candidate, ...] = ()
        self.doubt = ""
        self.speaks = False
