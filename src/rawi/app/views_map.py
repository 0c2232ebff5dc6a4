"""Map and timeline of what a search finds: both count the same articles and filter each other."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from rawi.app.asked import Asked
from rawi.app.atlas import atlas
from rawi.app.pages import Page, page_of
from rawi.app.views_corpus import chosen_filters, place_and_speaker_labels
from rawi.app.workbench import Call
from rawi.corpus import PlaceCount
from rawi.store.search import Value

DRAWN = 250
TABLE = 100
WIDEST_KM = 250.0
DAYS_SHOWN = 62
MONTHS_SHOWN = 60


class Bin(NamedTuple):
    """A stretch of time with its articles: an ISO day, month or year, its first and last day."""

    name: str
    since: str
    until: str
    documents: int
    href: str


def map_and_timeline(call: Call) -> Page:
    """Places with coordinates as points and areas, those without listed, and the articles over time."""
    asked, project = call.asked, call.project
    words, mode, filters = asked.text("q"), asked.text("mode", "stem"), asked.filters
    places = project.places(words, mode=mode, filters=filters)
    days = project.timeline(words, mode=mode, filters=filters)
    total = project.ask(words, mode=mode, filters=filters, limit=1).total
    placed = (
        project.ask(words, mode=mode, filters=filters._replace(place=()), limit=1).total if filters.place else total
    )
    wide = [p for p in places if is_wide(p)]
    drawn = [
        p
        for p in places
        if p.lat is not None and p.lon is not None and p.precision in ("point", "area") and not is_wide(p)
    ]
    shown_ids = {p.id for p in drawn}
    unplaced = [p for p in places if p.id not in shown_ids and not is_wide(p)]
    bins = timeline_bins(days, asked)
    undated = next((d.documents for d in days if d.value == ""), 0)
    data = {
        "total": total,
        "of": placed,
        "places": places[:1000],
        "placed": len(drawn),
        "drawn": len(drawn[:DRAWN]),
        "wide": len(wide),
        "unplaced": len(unplaced),
        "undated": undated,
        "timeline": bins,
    }
    labels = place_and_speaker_labels(call, {}, places)
    return page_of(
        data,
        asked=asked,
        drawing=atlas(drawn[:DRAWN], asked, call.say),
        points=drawn[:TABLE],
        wide_listed=wide[:TABLE],
        unplaced_listed=unplaced[:TABLE],
        top=max((b.documents for b in bins), default=1),
        chosen=chosen_filters(asked, labels, call.say),
        place_link=place_link,
    )


def is_wide(place: PlaceCount) -> bool:
    """Whether a place is too wide for a point or a circle: a country, a continent, a sea, or known so far only."""
    return place.precision == "country" or place.kind == "country" or (place.radius_km or 0.0) > WIDEST_KM


def place_link(place: PlaceCount, asked: Asked) -> str:
    """The address that keeps only what names this place, or lets it go where it is chosen."""
    chosen = asked.many("place")
    rest = tuple(p for p in chosen if p != place.id) if place.id in chosen else (*chosen, place.id)
    return asked.query(place=rest or None)


def timeline_bins(days: list[Value], asked: Asked) -> list[Bin]:
    """The dated articles by day, month or year, so many that they can be seen; empty stretches are left out."""
    dated = [d for d in days if len(d.value) == 10]
    if not dated:
        return []
    size = 10 if len(dated) <= DAYS_SHOWN else 7
    if size == 7 and len({d.value[:7] for d in dated}) > MONTHS_SHOWN:
        size = 4
    counts: Counter[str] = Counter()
    for day in dated:
        counts[day.value[:size]] += day.documents
    return [_bin(name, counts[name], asked) for name in sorted(counts)]


def _bin(name: str, documents: int, asked: Asked) -> Bin:
    since = {10: name, 7: f"{name}-01", 4: f"{name}-01-01"}[len(name)]
    until = {10: name, 7: f"{name}-31", 4: f"{name}-12-31"}[len(name)]
    return Bin(name, since, until, documents, asked.query(since=since, until=until, undated=None))
