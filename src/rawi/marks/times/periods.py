"""Periods longer than a day: years, months, seasons, quarters, decades, centuries, and what modifiers say of them."""

from __future__ import annotations

from rawi.marks.times.value import Parse, Symbol
from rawi.marks.times.words import DASHES, Words
from rawi.model import TimexType

SHIFTS = {
    "last": -1, "next": 1, "this": 0, "recent": -1, "same": 0, "following": 1, "previous": -1, "that": 0,
    "before-last": -2, "after-next": 2,
}  # fmt: skip
LAST_HIJRI = 1600
ANAPHORIC = frozenset({"same", "following", "that"})


def relation(w: Words, at: int) -> tuple[int, str] | None:
    """The modifier at ``at``: its end and what it says."""
    found = w.lex(at, "MOD")
    if found is not None:
        return at + 1, found.value
    j = w.skip(at, "WHICH")
    before = w.lex(j, "BEFORE") or w.lex(j, "AFTER")
    if before is not None:
        found = w.lex(j + before.size, "MOD")
        if found is not None and before.cls == "BEFORE" and found.value in ("last", "previous"):
            return j + before.size + 1, "before-last"
        if found is not None and before.cls == "AFTER" and found.value in ("next", "following"):
            return j + before.size + 1, "after-next"
    return None


def relative(w: Words, at: int, *, bare: bool = False) -> Parse | None:
    """A unit with a modifier or a demonstrative: last year, this month, the same week; ``bare``: also the unit alone."""
    said = ""
    j = at
    shown = w.lex(at, "SAMEOF") or w.lex(at, "DEM")
    if shown is not None and shown.clitic.endswith("as"):
        return None
    if shown is not None:
        said = shown.value
        j = at + 1
    unit = w.lex(j, "UNIT")
    if unit is None or not unit.flags & {"s"} or "def" not in unit.flags or unit.value in ("S", "MIN") and not w.assistant:
        return None
    end = j + unit.size
    calendar = "gregorian"
    while (adjective := w.lex(end, "UNITADJ")) is not None:
        calendar = adjective.value or calendar
        end += 1
    if not said:
        found = relation(w, end)
        if found is not None:
            end, said = found
        elif bare or (w.lenient and w.isolated(at, end)):
            said = "this"
        else:
            return None
    else:
        found = relation(w, end)
        if found is not None and found[1] in ("this", "same"):
            end = found[0]
    if unit.value in ("H", "MIN", "S") and not (w.assistant or said in ("next", "last")):
        return None
    if unit.value == "Y" and w.digits(end):
        numbered = year_number(w, end, named=True)
        if numbered is not None and not counted(w, numbered[0], numbered[1].year or 0, strict=True):
            return numbered[0], numbered[1]._replace(relation=said)
    base = "previous" if said in ANAPHORIC else "now"
    rule = f"relative-{said}"
    kind: TimexType = "TIME" if unit.value in ("H", "MIN", "S") else "DATE"
    found = Symbol(
        rule, type=kind, grain=unit.value, unit=unit.value, shift=SHIFTS[said], base=base, relation=said, calendar=calendar
    )
    return _compared(w, end, found)


def era(w: Words, at: int) -> tuple[int, str]:
    """The token after an optional era sign, and the calendar it names (empty where there is none)."""
    found = w.lex(at, "ERA") or w.lex(at, "UNITADJ")
    if found is None or (found.cls == "UNITADJ" and not found.value):
        return at, ""
    if len(w.keys[at]) == 1 and not w.glued(at) and found.value == "gregorian" and w.mark(at + 1, "."):
        return at, ""
    return at + 1, "hijri" if "hijri" in found.value else "gregorian"


def _compared(w: Words, end: int, symbol: Symbol) -> Parse:
    """``the same month of last year``: the month before, in another year."""
    j = w.skip(end, "DAYOF")
    if j > end and symbol.relation == "same" and symbol.unit in ("M", "Q", "HY"):
        other = year(w, j) or relative(w, j)
        if other is not None and other[1].grain == "Y":
            return other[0], symbol._replace(within=other[1])
    return end, symbol


def year_number(w: Words, at: int, *, named: bool) -> Parse | None:
    """A year in figures or words at ``at``; ``named``: the word for year stands before it."""
    number = w.number(at)
    if number is None or number.value != int(number.value) or number.clitic not in ("", "and", "the"):
        return None
    value = int(number.value)
    if number.digits and len(w.forms[number.start]) != 4 or not 1000 <= value <= 2199:
        return None
    if not number.digits and not named and value < 1900:
        return None
    end, calendar = era(w, number.end)
    if not calendar:
        calendar = "hijri" if 1400 <= value <= 1450 and named else "gregorian"
    return end, Symbol("year", grain="Y", year=value, calendar=calendar)


def year(w: Words, at: int) -> Parse | None:
    """The word for year with its number: ``the year 2016``; also ``2015/2016`` and ``2015-2016`` after it."""
    unit = w.lex(at, "UNIT")
    if unit is None or unit.value != "Y" or not unit.flags & {"s", "c", "p"}:
        return None
    j = w.skip(w.skip(at + 1, "UNITADJ"), "UNITADJ")
    found = year_number(w, j, named=True)
    if found is None:
        return None
    end, symbol = found
    if w.mark(end, "/") and w.glued(end) and len(w.digits(end + 1)) == 4:
        stop, calendar = era(w, end + 2)
        return stop, symbol._replace(calendar=calendar or symbol.calendar)
    return end, symbol


def month_name(w: Words, at: int) -> Parse | None:
    """A month by name, its second name in another tradition read with it."""
    found = w.lex(at, "MONTH") or w.lex(at, "HMONTH")
    if found is None:
        return None
    number, calendar = int(found.number), "gregorian" if found.cls == "MONTH" else "hijri"
    end = at + found.size
    symbol = Symbol("month", grain="M", month=number, calendar=calendar)
    if calendar == "hijri":
        return w.skip(end, "HONOR"), symbol
    if w.mark(end, "/") or w.mark(end, DASHES):
        other = w.lex(end + 1, "MONTH")
        if other is not None and other.number == number and not other.clitic:
            return end + 1 + other.size, symbol
    elif w.mark(end, "("):
        other = w.lex(end + 1, "MONTH")
        if other is not None and other.number == number and w.mark(end + 1 + other.size, ")"):
            return end + 2 + other.size, symbol
    else:
        other = w.lex(end, "MONTH")
        if other is not None and other.number == number and not other.clitic:
            return end + other.size, symbol
    return end, symbol


def month(w: Words, at: int) -> Parse | None:
    """A month: by name, with the word for month, or by its number, with a year or modifier where one follows."""
    unit = w.lex(at, "UNIT")
    if unit is not None and unit.value == "M" and "p" in unit.flags:
        named = month_name(w, at + 1)
        return None if named is None else with_year(w, *named)
    if unit is not None and unit.value == "M" and unit.flags & {"s", "c"}:
        named = month_name(w, at + 1)
        if named is None:
            named = _numbered(w, at, unit.flags)
        return None if named is None else with_year(w, *named)
    named = month_name(w, at)
    return None if named is None else with_year(w, *named)


def _numbered(w: Words, at: int, flags: frozenset[str]) -> Parse | None:
    """A month by its number: ``month 9``, ``the ninth month``."""
    if "def" in flags:
        ordinal = w.ordinal(at + 1)
        if ordinal is None or not 1 <= ordinal[1] <= 12:
            return None
        following = w.skip(ordinal[0], "OF")
        if following == ordinal[0] and not w.assistant or w.lex(following, "UNIT") is None:
            return None
        return ordinal[0], Symbol("month-number", grain="M", month=ordinal[1])
    if w.has(at - 1, "NUM", "VAGUE") or "c" in flags:
        return None
    number = w.number(at + 1)
    if number is None or number.value not in range(1, 13) or number.clitic or (number.value == 1 and not number.digits):
        return None
    return number.end, Symbol("month-number", grain="M", month=int(number.value))


def with_year(w: Words, end: int, symbol: Symbol) -> Parse:
    """``symbol`` (a month, a day of a month, a season) with the year or modifier that follows it."""
    after = w.comma(end)
    named = _year_after(w, after)
    if named is not None:
        stop, found = named
        if found.year is not None and symbol.calendar == "hijri" and found.year > LAST_HIJRI and found.calendar != "hijri":
            return stop, symbol._replace(within=found)
        if found.year is not None:
            hijri = symbol.calendar == "hijri" or found.calendar == "hijri" and symbol.grain == "Y"
            return stop, symbol._replace(year=found.year, calendar="hijri" if hijri else symbol.calendar)
        return stop, symbol._replace(within=found)
    said = relation(w, end)
    if said is not None and said[1] not in ("recent",):
        stop, what = said
        tail = w.skip(stop, "FROM", "OF")
        deeper = relative(w, tail) if tail > stop else None
        if deeper is not None and deeper[1].unit == "Y":
            return deeper[0], symbol._replace(within=deeper[1])
        return stop, symbol._replace(relation=what)
    return end, symbol


def _year_after(w: Words, at: int) -> Parse | None:
    """A year after a month or day: its number, ``of the year 2016``, ``of last year``."""
    if w.mark(at, "/") and len(w.digits(at + 1)) == 4:
        at += 1
    plain = year_number(w, at, named=True) if w.digits(at) else None
    if plain is not None and not w.mark(plain[0], "/") and not counted(w, plain[0], plain[1].year or 0, strict=True):
        return plain
    j = w.skip(at, "OF")
    if j == at and w.clitic(at) not in ("", "to"):
        return None
    found = year(w, j) or (year_number(w, j, named=False) if j > at and w.digits(j) else None)
    if found is None:
        found = relative(w, j)
        if found is not None and found[1].grain != "Y":
            found = None
    return found


def counted(w: Words, at: int, value: int, *, strict: bool = False) -> bool:
    """Whether the number before ``at`` counts the noun at ``at`` instead of naming a year.

    Two last figures from 11 to 99 govern an indefinite singular; other numbers any indefinite noun.
    """
    if w.guard(at, "MEASURE") or w.mark(at, "%\u066a"):
        return True
    if strict or not w.word(at) or w.guard(at, "FUNC") or w.has(at, "MOD", "FROM", "TO", "AND", "ERA", "AT", "IN"):
        return False
    key = w.keys[at]
    if key.startswith(w.tables.article) or w.tables.tense_of(key) or len(key) < 3:
        return False
    ends = key.endswith(tuple(w.tables.guards["COUNTEND"]))
    return ends


def nth_period(w: Words, at: int) -> Parse | None:
    """A numbered part of a period: ``the third quarter of 2018``, ``the first week of May``, ``last Monday of``."""
    unit = w.lex(at, "UNIT")
    if unit is not None and "def" in unit.flags and "s" in unit.flags and unit.value in ("Q", "HY", "W", "D", "DE"):
        ordinal = w.ordinal(at + 1)
        if ordinal is None:
            return None
        return _inside(w, ordinal[0], Symbol("nth", grain=unit.value, unit=unit.value, nth=ordinal[1]), unit.value in ("Q", "HY"))
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
        return _inside(w, end + 1, Symbol("nth", grain="D", weekday=int(day.number), unit="WD", nth=value), w.assistant)
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
    found = (
        nth_period(w, at)
        or relative(w, at)
        or year(w, at)
        or month(w, at)
        or century(w, at)
        or decade(w, at)
        or season(w, at)
        or (bounded(w, at) if nested else None)
    )
    if found is None and nested:
        number = year_number(w, at, named=True) if w.digits(at) else None
        return number or relative(w, at, bare=True)
    return found


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
