"""Where a page comes from: the country of its outlet, and that of its dateline."""

from __future__ import annotations

from collections.abc import Sequence

from rawi.lexicon.pack import Pack
from rawi.marks.places.mention import Mention
from rawi.marks.places.view import View

DATELINE = 15
STROKES = frozenset("-\u2013\u2014:(|/")


def home_of(outlet: str, pack: Pack) -> str | None:
    """The country code of an outlet given by name or web host, ``None`` where the tables do not know it."""
    names = pack.names
    listed = names.outlet_of(outlet) if "." in outlet else None
    if listed is None:
        phrase = names.phrase(outlet)
        for start in range(min(2, len(phrase))):
            whole = (thing for end, thing in names.listed.match(phrase, start) if end == len(phrase))
            listed = next((thing for thing in whole if thing.kind == "outlet"), None)
            if listed is not None:
                break
    return (listed.country or None) if listed is not None else None


def dateline(mentions: Sequence[Mention], view: View, title_end: int) -> str | None:
    """The country of the place that the text names at its head beside a stroke, bracket or colon."""
    for m in mentions[:6]:
        at = view.token(m.first)
        if at < title_end or not m.candidates:
            continue
        if at > title_end + DATELINE:
            return None
        beside = [view.keys[i] for i in (m.first - 1, m.last) if 0 <= i < len(view.keys)]
        if STROKES.issuperset(beside[-1:]) or STROKES.issuperset(beside[:1]):
            return m.candidates[0].country
    return None
