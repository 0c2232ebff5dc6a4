"""Durations as TIMEX3 writes them."""

from __future__ import annotations

from collections.abc import Mapping

from rawi.marks.times.value import Amount

_CLOCK = ("H", "MIN", "S")
_LETTER = {"MIN": "M"}
_ORDER = ("CE", "DE", "Y", "M", "W", "D", "H", "MIN", "S")


def amounts_value(amounts: tuple[Amount, ...]) -> str:
    """The value of a duration: ``P3D``, ``PT1H30M``, ``P2DE``; X for an unknown number.

    >>> amounts_value(((3.0, "D"),)), amounts_value(((1.0, "H"), (30.0, "MIN"))), amounts_value(((None, "W"),))
    ('P3D', 'PT1H30M', 'PXW')
    """
    ordered = sorted(amounts, key=lambda a: _ORDER.index(a[1]))
    days = "".join(_number(n) + _LETTER.get(u, u) for n, u in ordered if u not in _CLOCK)
    clock = "".join(_number(n) + _LETTER.get(u, u) for n, u in ordered if u in _CLOCK)
    return f"P{days}" + (f"T{clock}" if clock else "")


def _number(count: float | None) -> str:
    return "X" if count is None else f"{count:g}"


def spread(
    amounts: tuple[Amount, ...], vague: Mapping[str, tuple[int, int]]
) -> tuple[tuple[float, str], tuple[float, str]]:
    """The least and the most that the coarsest amount may be, with its unit; a known number is both."""
    count, unit = min(amounts, key=lambda a: _ORDER.index(a[1]))
    if count is None:
        low, high = vague.get(unit, (2, 10))
        return (low, unit), (high, unit)
    return (count, unit), (count, unit)
