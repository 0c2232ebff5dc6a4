"""From a resolved mention to the record of the format: point or area, radius, rivals, doubts, rule."""

from __future__ import annotations

import math

from rawi.marks.places.candidates import POINTS, WEAK, Candidate, apart
from rawi.marks.places.mention import Mention
from rawi.marks.places.resolve import shifted
from rawi.marks.places.view import View
from rawi.model import Doubt, Place, PlaceKind, PlaceRival, Precision

AROUND_KM = 15.0
OFF_KM = 8.0
WIDE_KM = 200.0
TOGETHER_KM = 150.0
NAMED_BY_CUE: dict[str, PlaceKind] = {
    "city": "city", "town": "town", "village": "village", "settlement": "village", "district": "district",
    "camp": "camp", "natural": "natural", "facility": "facility", "admin1": "admin1", "admin2": "admin2",
}  # fmt: skip


def render(m: Mention, view: View) -> Place:
    """The record of ``m``."""
    if m.unknown or m.inside or m.best is None:
        return _unknown(m, view)
    if m.doubt:
        return _ambiguous(m, view)
    c = m.best
    lat, lon, radius = c.lat, c.lon, c.radius_km
    precision: Precision = "country" if c.kind == "country" else "point" if c.kind in POINTS else "area"
    if lat is None or lon is None:
        precision = "unknown"
    elif m.around and c.kind in POINTS:
        precision = "area"
        radius = AROUND_KM + (radius or 0.0)
        if m.bearing is not None:
            lat, lon = shifted(lat, lon, m.bearing, OFF_KM)
    elif m.around and m.bearing is not None and radius and radius <= WIDE_KM and c.kind != "country":
        lat, lon = shifted(lat, lon, m.bearing, radius / 2)
        radius = radius / 2
    return Place(
        span=view.span(m.first, m.last),
        id=c.id,
        name=c.name,
        name_en=c.name_en or None,
        kind=_kind(c, m),
        country=c.country,
        claimed_by=c.claimed_by,
        administered_by=c.administered_by,
        lat=lat,
        lon=lon,
        precision=precision,
        radius_km=radius,
        rivals=_rivals(m),
        rule=rule_of(m),
        doubts=(),
    )


def _kind(c: Candidate, m: Mention) -> PlaceKind:
    """The kind of the row; a plain place takes the kind that the cue word names."""
    if c.kind == "place":
        for cue in m.cues:
            if cue in ("city", "town", "village", "district"):
                return NAMED_BY_CUE[cue]
    return c.kind  # type: ignore[return-value]


def _rivals(m: Mention) -> tuple[PlaceRival, ...]:
    return tuple(
        PlaceRival(
            id=c.id,
            name=c.name,
            country=c.country,
            lat=c.lat,
            lon=c.lon,
            why_not="ambiguous" if m.doubt else "weaker",
        )
        for c in m.rivals
    )


def rule_of(m: Mention) -> str:
    """The name of the evidence that made the mention a place."""
    if m.doubt:
        return "place.ambiguous"
    if m.speaks and not m.around and m.cue_at < 0 and not m.proclitics:
        return "place.actor"
    if m.around:
        return "place.around"
    if m.cue_at >= 0:
        return "place.cue"
    if m.holder is not None:
        return "place.held"
    return "place.name"


def _unknown(m: Mention, view: View) -> Place:
    holder = m.holder.best if m.holder else None
    if m.inside and m.best is not None and m.strength > WEAK and not m.doubt:
        holder = m.best
    span = view.span(m.first, m.last)
    kind: PlaceKind = next((NAMED_BY_CUE[c] for c in m.cues if c in NAMED_BY_CUE), "other")
    named = holder is not None and holder.lat is not None
    close = holder is not None and holder.kind in POINTS
    return Place(
        span=span,
        id=None,
        name=view.text(m.first, m.last),
        kind=kind,
        country=holder.country if holder else None,
        claimed_by=holder.claimed_by if holder else (),
        administered_by=holder.administered_by if holder else (),
        lat=holder.lat if holder else None,
        lon=holder.lon if holder else None,
        precision=("country" if holder and holder.kind == "country" else "area") if named else "unknown",
        radius_km=(30.0 if close else holder.radius_km) if holder else None,
        rule="place.named-after" if m.inside else "place.unknown-after-cue",
        doubts=(Doubt(code="place-unknown", span=span, params={"name": view.text(m.first, m.last)}),),
    )


def _ambiguous(m: Mention, view: View) -> Place:
    """Several places bear the name and nothing decides: no id, no point; area or country where they share one."""
    span = view.span(m.first, m.last)
    countries = {c.country for c in (m.best, *m.close) if c is not None}
    country = countries.pop() if len(countries) == 1 else None
    best = m.best
    every = (best, *m.rivals) if best else m.rivals
    spread = max((apart(best, c) for c in m.close), default=math.inf) if best else math.inf
    near = best is not None and best.lat is not None and spread < TOGETHER_KM
    return Place(
        span=span,
        id=None,
        name=best.name if best else view.text(m.first, m.last),
        kind=_kind(best, m) if best else "place",
        country=country,
        lat=best.lat if best and near else None,
        lon=best.lon if best and near else None,
        precision="area" if near else "unknown",
        radius_km=round(spread, 1) if near else None,
        rivals=tuple(
            PlaceRival(id=c.id, name=c.name, country=c.country, lat=c.lat, lon=c.lon, why_not="ambiguous")
            for c in every
        ),
        rule="place.ambiguous",
        doubts=(Doubt(code="place-ambiguous", span=span, params={"rivals": str(len(every))}),),
    )
