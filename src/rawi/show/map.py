"""Maps without a network: land and borders from Natural Earth as SVG, one colour for all land.

No area is filled as a country's, so that a disputed one is given to nobody; borders are thin lines that follow
Natural Earth's de facto view, and the caller prints a note that says so.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

OUTLINE = Path(__file__).parent / "data" / "outline.json"
KM_PER_DEGREE = 111.32
MARGIN = 60
Box = tuple[float, float, float, float]


class Outline(NamedTuple):
    """Rings of land and lines of borders: each a list of (longitude, latitude) in degrees, with its box."""

    land: list[tuple[Box, list[tuple[float, float]]]]
    borders: list[tuple[Box, list[tuple[float, float]]]]


class Frame(NamedTuple):
    """What a map shows: west, south, east, north in degrees, and its size in pixels."""

    west: float
    south: float
    east: float
    north: float
    width: int
    height: int

    def x(self, lon: float) -> float:
        """The horizontal pixel of a longitude."""
        return round((lon - self.west) / (self.east - self.west) * self.width, 1)

    def y(self, lat: float) -> float:
        """The vertical pixel of a latitude."""
        return round((self.north - lat) / (self.north - self.south) * self.height, 1)

    def pixels(self, km: float) -> float:
        """The vertical pixels of a distance in kilometres."""
        return km / KM_PER_DEGREE / (self.north - self.south) * self.height


def frame_of(points: Iterable[tuple[float, float]], width: int = 720, least_degrees: float = 3.0) -> Frame:
    """A frame around ``points`` (latitude, longitude), with a margin; longitudes shrink with the middle latitude.

    Without points the frame shows the Arab world.

    >>> frame = frame_of([(33.3, 44.4)])
    >>> frame.west < 44.4 < frame.east and frame.south < 33.3 < frame.north
    True
    """
    known = list(points)
    if not known:
        return _framed(-18.0, 8.0, 62.0, 38.0, width)
    south, north = min(p[0] for p in known), max(p[0] for p in known)
    west, east = min(p[1] for p in known), max(p[1] for p in known)
    tall, wide = max(north - south, least_degrees) * 1.25, max(east - west, least_degrees) * 1.25
    middle, centre = (north + south) / 2, (east + west) / 2
    return _framed(centre - wide / 2, middle - tall / 2, centre + wide / 2, middle + tall / 2, width)


def _framed(west: float, south: float, east: float, north: float, width: int) -> Frame:
    south, north = max(south, -80.0), min(north, 82.0)
    shrink = math.cos(math.radians((south + north) / 2))
    height = round(width * (north - south) / ((east - west) * shrink))
    if height > width:
        extra = ((north - south) / shrink - (east - west)) / 2
        return Frame(west - extra, south, east + extra, north, width, width)
    if height < width // 2:
        extra = ((east - west) * shrink / 2 - (north - south)) / 2
        low, high = max(south - extra, -85.0), min(north + extra, 85.0)
        return Frame(west, low, east, high, width, round(width * (high - low) / ((east - west) * shrink)))
    return Frame(west, south, east, north, width, height)


@lru_cache(maxsize=1)
def outline() -> Outline:
    """The outline that ships with rawi, read once."""
    data = json.loads(OUTLINE.read_text(encoding="utf-8"))
    return Outline([_line(flat) for flat in data["land"]], [_line(flat) for flat in data["borders"]])


def _line(flat: Sequence[int]) -> tuple[Box, list[tuple[float, float]]]:
    x = y = 0
    points = []
    for i in range(0, len(flat), 2):
        x, y = x + flat[i], y + flat[i + 1]
        points.append((x / 100, y / 100))
    lons, lats = [p[0] for p in points], [p[1] for p in points]
    return (min(lons), min(lats), max(lons), max(lats)), points


@lru_cache(maxsize=32)
def base_svg(frame: Frame) -> str:
    """The SVG paths of land and borders inside ``frame``, without the ``<svg>`` around them.

    Their classes are ``land`` and ``border``; the caller styles them.
    """
    shape = outline()
    land = "".join(_path(points, frame, close=True) for box, points in shape.land if _meets(box, frame))
    borders = "".join(_path(points, frame, close=False) for box, points in shape.borders if _meets(box, frame))
    return f'<path class="land" d="{land}"/><path class="border" fill="none" d="{borders}"/>'


def _meets(box: Box, frame: Frame) -> bool:
    west, south, east, north = box
    return west < frame.east and east > frame.west and south < frame.north and north > frame.south


def _path(points: list[tuple[float, float]], frame: Frame, *, close: bool) -> str:
    """One path; points on the same pixel are left out, and those far outside are drawn in to the frame's margin."""
    west, north = frame.west, frame.north
    across, down = frame.width / (frame.east - west), frame.height / (north - frame.south)
    right, bottom = frame.width + MARGIN, frame.height + MARGIN
    pieces: list[str] = []
    last: tuple[int, int] | None = None
    for lon, lat in points:
        x, y = round((lon - west) * across), round((north - lat) * down)
        x = -MARGIN if x < -MARGIN else right if x > right else x
        y = -MARGIN if y < -MARGIN else bottom if y > bottom else y
        if (x, y) != last:
            pieces.append(f"{x} {y}")
            last = (x, y)
    return f"M{'L'.join(pieces)}{'Z' if close else ''}" if len(pieces) > 1 else ""


def scale_bar(frame: Frame) -> tuple[int, float]:
    """A round distance in kilometres that fits a fifth of the map, and its length in pixels at the middle latitude.

    >>> scale_bar(frame_of([(33.0, 44.0)]))[0]
    50
    """
    middle = math.radians((frame.north + frame.south) / 2)
    km_per_pixel = (frame.east - frame.west) * KM_PER_DEGREE * math.cos(middle) / frame.width
    target = km_per_pixel * frame.width / 5
    step = 10 ** math.floor(math.log10(target))
    nice = max(step * m for m in (1, 2, 5) if step * m <= target)
    return int(nice) if nice >= 1 else 1, max(nice, 1) / km_per_pixel
