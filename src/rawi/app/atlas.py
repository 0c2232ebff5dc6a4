"""The map of places as SVG: points, areas, the nearest towns by name, a scale bar; no area is filled as anybody's."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from html import escape
from itertools import islice
from typing import NamedTuple

from markupsafe import Markup

from rawi.app.asked import Asked
from rawi.corpus import PlaceCount
from rawi.marks.places.gazetteer import load_gazetteer
from rawi.show.map import Frame, base_svg, frame_of, scale_bar
from rawi.show.messages import Messages
from rawi.show.visible import visible

TOWNS = 16
GOVERNORATES = 10
NAMED = 14
LARGEST_AREA = 120.0
OUTER = 0.08


class Town(NamedTuple):
    """A town or governorate of the gazetteer that helps a reader to find the way."""

    name: str
    name_en: str
    lat: float
    lon: float
    population: int
    governorate: bool


class _Label(NamedTuple):
    x: float
    y: float
    words: str
    kind: str


def atlas(places: Sequence[PlaceCount], asked: Asked, say: Messages) -> Markup:
    """The map of ``places``; each is a link that chooses it."""
    frame = frame_of(_middle(places))
    most = max((p.documents for p in places), default=1)
    areas = "".join(_area(p, frame) for p in places if p.precision == "area" and _inside(p, frame))
    inside = [p for p in places if _inside(p, frame)]
    points = "".join(_point(p, frame, most, asked, say) for p in reversed(inside))
    labels = _labels(inside, frame, say)
    km, pixels = scale_bar(frame)
    drawn = "".join(
        f'<text class="{label.kind}" x="{label.x:.0f}" y="{label.y:.0f}" text-anchor="middle">'
        f"{escape(label.words)}</text>"
        for label in labels
    )
    dots = "".join(
        f'<circle class="towndot" cx="{frame.x(t.lon)}" cy="{frame.y(t.lat)}" r="1.6"/>'
        for t in _towns_in(frame)
        if not t.governorate
    )
    bar = (
        f'<g class="scale"><path d="M16 {frame.height - 16}h{pixels:.0f}"/>'
        f'<text x="{16 + pixels / 2:.0f}" y="{frame.height - 22}" text-anchor="middle">'
        f"{escape(say('app.map.km', n=km))}</text></g>"
    )
    return Markup(
        f'<svg class="atlas" viewBox="0 0 {frame.width} {frame.height}" role="group" direction="ltr" '
        f'aria-label="{escape(say("app.map.map"))}"><rect class="sea" width="{frame.width}" height="{frame.height}"/>'
        f"{base_svg(frame)}{areas}{dots}{points}{drawn}{bar}</svg>"
    )


def _middle(places: Sequence[PlaceCount]) -> list[tuple[float, float]]:
    """The places without the few that would shrink all others: those in the outer parts of all mentions."""
    weighted = [(p.lat, p.lon, p.documents) for p in places if p.lat is not None and p.lon is not None]
    if len(weighted) < 12:
        return [(lat, lon) for lat, lon, _ in weighted]
    total = sum(n for *_, n in weighted)
    bounds = []
    for axis in (0, 1):
        passed, low, high = 0.0, None, None
        for row in sorted(weighted, key=lambda r: r[axis]):
            passed += row[2]
            if low is None and passed > total * OUTER:
                low = row[axis]
            if high is None and passed >= total * (1 - OUTER):
                high = row[axis]
        bounds.append((low, high))
    (s, n), (w, e) = bounds
    return [(lat, lon) for lat, lon, _ in weighted if s <= lat <= n and w <= lon <= e]  # type: ignore[operator]


def _inside(place: PlaceCount, frame: Frame) -> bool:
    if place.lat is None or place.lon is None:
        return False
    return frame.south <= place.lat <= frame.north and frame.west <= place.lon <= frame.east


def _area(place: PlaceCount, frame: Frame) -> str:
    radius = min(frame.pixels(place.radius_km or 20.0), LARGEST_AREA)
    return f'<circle class="area" cx="{frame.x(place.lon or 0)}" cy="{frame.y(place.lat or 0)}" r="{radius:.0f}"/>'


def _point(place: PlaceCount, frame: Frame, most: int, asked: Asked, say: Messages) -> str:
    radius = 3.5 + 9 * math.sqrt(place.documents / most)
    chosen = place.id in asked.many("place")
    rest = tuple(p for p in asked.many("place") if p != place.id) if chosen else (*asked.many("place"), place.id)
    words = say(
        "app.map.point", name=visible(place_name(place, say)), articles=say.count("articles", place.documents)
    )
    kind = "area-centre" if place.precision == "area" else "point"
    return (
        f'<a class="{kind}{" chosen" if chosen else ""}" href="{escape(asked.query(place=rest or None))}" '
        f'aria-label="{escape(words)}"><circle cx="{frame.x(place.lon or 0)}" cy="{frame.y(place.lat or 0)}" '
        f'r="{radius:.1f}"/><title>{escape(words)}</title></a>'
    )


def place_name(place: PlaceCount, say: Messages) -> str:
    """The name of a place in the language of the interface where it has one."""
    return place.name_en or place.name if say.ui == "en" else place.name


def _labels(places: Sequence[PlaceCount], frame: Frame, say: Messages) -> list[_Label]:
    """Names of the most mentioned places, then of towns, none over another."""
    kept: list[tuple[float, float, float, float]] = []
    labels = []
    wanted = [
        (frame.x(p.lon or 0), frame.y(p.lat or 0) - 12, visible(place_name(p, say)), "name") for p in places[:NAMED]
    ]
    wanted += [
        (
            frame.x(t.lon),
            frame.y(t.lat) - 5,
            t.name if say.ui == "ar" else t.name_en or t.name,
            "governorate" if t.governorate else "town",
        )
        for t in _towns_in(frame)
    ]
    for x, y, words, kind in wanted:
        half = len(words) * (3.9 if kind == "name" else 3.2)
        box = (x - half, y - 11, x + half, y + 3)
        fits = box[0] > 0 and box[2] < frame.width and box[1] > 0
        if fits and not any(box[0] < k[2] and k[0] < box[2] and box[1] < k[3] and k[1] < box[3] for k in kept):
            kept.append(box)
            labels.append(_Label(x, y, words, kind))
    return labels


def _towns_in(frame: Frame) -> list[Town]:
    """The largest towns and governorates inside a frame, so many that they can be read."""
    found: list[Town] = []
    for governorate, most in ((False, TOWNS), (True, GOVERNORATES)):
        inside = (
            t
            for t in towns()
            if t.governorate is governorate and frame.south < t.lat < frame.north and frame.west < t.lon < frame.east
        )
        found += islice(inside, most)
    return found


@lru_cache(maxsize=1)
def towns() -> tuple[Town, ...]:
    """The towns and governorates of the gazetteer with more than 15,000 people, the largest first; read once."""
    gazetteer = load_gazetteer()
    rows = (gazetteer.row(n) for n in gazetteer.peopled(15_000))
    kept = [
        Town(r.name, r.name_en, r.lat, r.lon, r.population, r.kind == "admin1")
        for r in rows
        if r.lat is not None and r.lon is not None and r.kind in ("place", "city", "town", "admin1")
    ]
    return tuple(sorted(kept, key=lambda t: -t.population))
