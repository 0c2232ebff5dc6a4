"""Periods longer than a day: numbered parts, seasons, decades, centuries, beginnings and ends."""

from __future__ import annotations

from collections.abc import Callable

from rawi.marks.times.months import month
from rawi.marks.times.value import Parse, Symbol
from rawi.marks.times.words import Words
from rawi.marks.times.years import SHIFTS, era, relation, relative, with_year, year, year_number


def nth_period(w: Words, at: int) -> Parse | None:
    """A numbered part of a period: ``the third quarter of 2018``, ``the first week of May``, ``last Monday of``."""
    unit = w.lex(at, "UNIT")
    if unit is not None and "def" in unit.flags and "s" in unit.flags and unit.value in ("Q", "HY", "W", "D", "DE"):
        ordinal = w.ordinal(at + 1)
        if ordinal is None:
            return None
        return _inside(
            w, ordinal[0], Symbol("nth", grain=unit.value, unit=unit.value, nth=ordinal[1]), unit.value in ("Q", "HY")
        )
    ordinal = w.ordinal(at)
    if ordinal is None or w.keys[at].startswith(w.tables.article):
        return None
    end, value = ordinal
    unit = w.lex(end, "UNIT")
    if unit is not None and unit.value == "D" and "p" in unit.flags and "def" not in unit.flags:
        symbol = Symbol("nth", grain="D", unit="D", nth=value)
        feast = feast_period(w, end + 1, symbol)
        return (feast[0], symbol._replace(within=feast[1])) if feast is not None else None
    if unit is not None and "s" in unit.flags and "def" not in unit.flags and unit.value in ("D", "W"):
        return _inside(w, end + 1, Symbol("nth", grain=unit.value, unit=unit.value, nth=value), False)
    day = w.lex(end, "WDAY")
    if day is not None and "bare" in day.flags:
        return _inside(
            w, end + 1, Symbol("nth", grain="D", weekday=int(day.number), unit="WD", nth=value), w.assistant
        )
    return None


def _inside(w: Words, at: int, symbol: Symbol, alone: bool) -> Parse | None:
    j = w.skip(at, "OF", "FROM")
    clitic = w.clitic(at) if j == at else ""
    container = feast_period(w, j if symbol.unit == "D" else w.skip(at, "AFTER"), symbol) or period(w, j, nested=True)
    if container is not None and (j > at or clitic or container[1].shift is not None or container[1].year):
        return container[0], symbol._replace(within=container[1])
    said = relation(w, at)
    if said is not None and alone:
        return said[0], symbol._replace(relation=said[1])
    return (at, symbol) if alone else None


def feast_period(w: Words, at: int, symbol: Symbol) -> Parse | None:
    """A feast as the point from which weekdays are counted."""
    found = w.lex(at, "FEAST")
    if found is None or symbol.unit not in ("WD", "D"):
        return None
    return with_year(w, at + found.size, Symbol("feast", grain="D", feast=found.value))


def century(w: Words, at: int) -> Parse | None:
    """A numbered century."""
    unit = w.lex(at, "UNIT")
    if unit is None or unit.value != "CE" or "def" not in unit.flags or "s" not in unit.flags:
        return None
    ordinal = w.ordinal(at + 1)
    if ordinal is None or not 1 <= ordinal[1] <= 30:
        return None
    before = w.lex(ordinal[0], "BCE")
    if before is not None:
        return ordinal[0] + before.size, Symbol("century-bce", grain="CE", value=f"BC{ordinal[1] - 1:02d}")
    end, calendar = era(w, ordinal[0])
    end = w.skip(end, "UNITADJ")
    return end, Symbol("century", grain="CE", century=ordinal[1] - 1, calendar=calendar or "gregorian")


def decade(w: Words, at: int) -> Parse | None:
    """A named decade, with its century where one is named."""
    found = w.lex(at, "DECADE")
    if found is None:
        return None
    j = w.skip(at + 1, "FROM", "OF")
    container = century(w, j) or relative(w, j)
    symbol = Symbol("decade", grain="DE", decade=int(found.number))
    if container is not None and container[1].grain == "CE":
        return container[0], symbol._replace(within=container[1])
    if (w.guard(j, "AGE") and j > at + 1) or any(w.guard(k, "AGE") for k in range(max(0, at - 4), at)):
        return None
    return at + 1, symbol


def season(w: Words, at: int) -> Parse | None:
    """A season with a year or modifier, or with the article after a preposition."""
    j = w.skip(at, "DEM")
    this = j > at
    k = w.skip(j, "SEASONWORD")
    found = w.lex(k, "SEASON")
    if found is None:
        return None
    end, symbol = with_year(w, k + 1, Symbol("season", grain="SE", season=found.value))
    bare = not (symbol.year or symbol.within or symbol.relation)
    if this and bare:
        return end, symbol._replace(relation="this")
    if bare and not ("def" in found.flags and (k > j or w.opened(at))):
        return None
    return end, symbol


def period(w: Words, at: int, *, nested: bool = False) -> Parse | None:
    """Any period longer than a day; ``nested``: inside another expression, where weak words are enough."""
    if at >= w.count:
        return None
    classes = w.classes(at)
    for opener, parsers in _OPENED:
        if opener in classes:
            for parser in parsers:
                found = parser(w, at)
                if found is not None:
                    return found
    if not nested:
        return None
    number = year_number(w, at, named=True) if w.digits(at) else None
    return number or bounded(w, at) or relative(w, at, bare=True)


def bounded(w: Words, at: int) -> Parse | None:
    """The beginning, middle or end of a period: the period itself with ``mod``."""
    bound = w.lex(at, "BOUND")
    if bound is None:
        return None
    j = at + bound.size
    inner = period(w, j, nested=True) if not w.has(j, "BOUND") else None
    if inner is None:
        return None
    return inner[0], inner[1]._replace(mod=bound.value, rule=f"bound+{inner[1].rule}")


def weekend(w: Words, at: int) -> Parse | None:
    """The weekend, of this, last or next week."""
    found = w.lex(at, "WEEKEND")
    if found is None:
        return None
    end = at + found.size
    said = relation(w, end)
    shift = SHIFTS[said[1]] if said else 0
    symbol = Symbol("weekend", grain="W", unit="W", shift=shift, relation=said[1] if said else "", weekend=True)
    return (said[0] if said else end), symbol


# Which parsers a class of words may open, in their order.
_OPENED: tuple[tuple[str, tuple[Callable[[Words, int], Parse | None], ...]], ...] = (
    ("UNIT", (nth_period, relative, year, month, century)),
    ("DEM", (relative, season)),
    ("SAMEOF", (relative,)),
    ("ORD", (nth_period,)),
    ("MONTH", (month,)),
    ("HMONTH", (month,)),
    ("DECADE", (decade,)),
    ("SEASON", (season,)),
    ("SEASONWORD", (season,)),
)
