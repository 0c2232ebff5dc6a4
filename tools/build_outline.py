"""Builds the world outline of the offline maps from npm's `world-atlas` (Natural Earth 1:50m, public domain).

    python tools/build_outline.py path/to/countries-50m.json

Writes `src/rawi/show/data/outline.json`: rings of land and lines of borders, longitude and latitude in
hundredths of a degree, each point as the difference to the one before it. Countries are not kept: the maps
draw one land in one colour, so that no disputed area is filled as anybody's.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

OUT = Path(__file__).resolve().parents[1] / "src" / "rawi" / "show" / "data" / "outline.json"
LEAST_POINTS = 4
Point = tuple[int, int]


def decoded(topology: dict[str, Any]) -> list[list[Point]]:
    """The arcs as points in hundredths of a degree."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points: list[Point] = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            point = (round((x * sx + tx) * 100), round((y * sy + ty) * 100))
            if not points or points[-1] != point:
                points.append(point)
        arcs.append(points)
    return arcs


def rings_of(geometry: dict[str, Any]) -> list[list[int]]:
    """The rings of a polygon or multipolygon as lists of arc numbers (``~n``: arc n reversed)."""
    if geometry["type"] == "Polygon":
        return list(geometry["arcs"])
    if geometry["type"] == "MultiPolygon":
        return [ring for polygon in geometry["arcs"] for ring in polygon]
    return []


def ring_points(ring: list[int], arcs: list[list[Point]]) -> list[Point]:
    """The points of one ring."""
    points: list[Point] = []
    for number in ring:
        part = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += part[1:] if points else part
    return points


def steps(points: list[Point]) -> list[int]:
    """The points as one flat list of differences."""
    flat: list[int] = []
    x = y = 0
    for px, py in points:
        flat += [px - x, py - y]
        x, y = px, py
    return flat


def main() -> None:
    """Reads the topology and writes the outline."""
    topology = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    arcs = decoded(topology)
    owners: dict[int, set[str]] = defaultdict(set)
    for index, geometry in enumerate(topology["objects"]["countries"]["geometries"]):
        for ring in rings_of(geometry):
            for number in ring:
                owners[number if number >= 0 else ~number].add(f"{geometry.get('id')}-{index}")
    land = [ring_points(ring, arcs) for g in topology["objects"]["land"]["geometries"] for ring in rings_of(g)]
    borders = [arcs[n] for n, who in sorted(owners.items()) if len(who) > 1]
    outline = {
        "source": "Natural Earth 1:50m, public domain, by way of world-atlas 2.0.2",
        "land": [steps(p) for p in land if len(p) >= LEAST_POINTS],
        "borders": [steps(p) for p in borders if len(p) >= 2],
    }
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps(outline, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{len(outline['land'])} rings, {len(outline['borders'])} borders, {OUT.stat().st_size // 1024} KiB")


if __name__ == "__main__":
    main()
