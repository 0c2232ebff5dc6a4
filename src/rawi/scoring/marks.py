"""Times and places against gold: spans paired where half of their words agree, then values and distances."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from rawi.scoring.words import Words, dice

Mark = Mapping[str, Any]
EARTH_DIAMETER_KM = 12742.0
_AREAS = frozenset({"admin", "region", "natural"})


def score_marks(text: str, gold: Mapping[str, Any], predicted: Mapping[str, Any]) -> Counter[str]:
    """The counts of one document for its ``times`` and ``places``."""
    words = Words(text)
    counts: Counter[str] = Counter()
    for g, p, exact in _paired(words, gold["times"], predicted["times"], "time", counts):
        counts["time exact"] += exact
        counts["time type"] += g["type"] == p.get("type")
        counts["time value"] += bool(g["value"]) and plain_value(g["value"]) == plain_value(p.get("value"))
    counts["time value gold"] = sum(bool(t["value"]) for t in gold["times"])
    for g, p, exact in _paired(words, gold["places"], predicted["places"], "place", counts):
        counts["place exact"] += exact
        if g["country"]:
            counts["country gold"] += 1
            counts["country"] += _country_right(g, p)
        if g["latlon"] and g["kind"] != "country":
            away = kilometres(g["latlon"], (p["lat"], p["lon"])) if p.get("lat") is not None else math.inf
            counts["distance gold"] += 1
            counts["within 161"] += away <= 161
            if g["kind"] not in _AREAS:
                counts["points gold"] += 1
                counts["within 25"] += away <= 25
    return counts


def _paired(
    words: Words, gold: Sequence[Mark], predicted: Sequence[Mark], name: str, counts: Counter[str]
) -> list[tuple[Mark, Mark, bool]]:
    """The pairs, best overlap first, none under one half; counts gold, predicted and pairs."""
    left = [words.touched([g["span"]], trim=False) for g in gold]
    right = [words.touched([p["span"]], trim=False) for p in predicted]
    ranked = sorted((-dice(a, b), i, j) for i, a in enumerate(left) for j, b in enumerate(right) if a & b)
    taken_left: set[int] = set()
    taken_right: set[int] = set()
    pairs = []
    for negative, i, j in ranked:
        if negative <= -0.5 and i not in taken_left and j not in taken_right:
            taken_left.add(i)
            taken_right.add(j)
            pairs.append((gold[i], predicted[j], left[i] == right[j]))
    counts.update({f"{name} gold": len(gold), f"{name} predicted": len(predicted), f"{name} paired": len(pairs)})
    return pairs


def plain_value(value: str | None) -> str:
    """A TIMEX3 value without the seconds or minutes that are zero.

    >>> plain_value("2024-05-03T10:00:00")
    '2024-05-03T10'
    """
    shorter = re.sub(r"(T\d\d:\d\d):00$", r"\1", (value or "").strip())
    return re.sub(r"(T\d\d):00$", r"\1", shorter)


def kilometres(a: Sequence[float], b: Sequence[float]) -> float:
    """The great-circle distance of two points in degrees (haversine)."""
    low, high = math.radians(a[0]), math.radians(b[0])
    half = math.sin((high - low) / 2) ** 2
    half += math.cos(low) * math.cos(high) * math.sin(math.radians(b[1] - a[1]) / 2) ** 2
    return EARTH_DIAMETER_KM * math.asin(min(1.0, math.sqrt(half)))


def _country_right(gold: Mark, predicted: Mark) -> bool:
    own = predicted.get("country")
    return bool(gold["country"] == own or (own is None and gold["country"] in (predicted.get("claimed_by") or ())))


def marks_figures(counts: Mapping[str, int]) -> dict[str, float | int | None]:
    """The reported figures, in per cent (None where there is nothing to measure)."""

    def f1(hits: str, name: str) -> float | None:
        both = counts.get(f"{name} gold", 0) + counts.get(f"{name} predicted", 0)
        return 200 * counts.get(hits, 0) / both if both else None

    def share(hits: str, of: str) -> float | None:
        return 100 * counts.get(hits, 0) / counts[of] if counts.get(of) else None

    return {
        "times": counts.get("time gold", 0),
        "time_span_f1": f1("time paired", "time"),
        "time_exact_span_f1": f1("time exact", "time"),
        "time_value_acc": share("time value", "time value gold"),
        "places": counts.get("place gold", 0),
        "place_span_f1": f1("place paired", "place"),
        "place_exact_span_f1": f1("place exact", "place"),
        "place_country_acc": share("country", "country gold"),
        "place_161km_acc": share("within 161", "distance gold"),
        "place_25km_acc_points": share("within 25", "points gold"),
    }
