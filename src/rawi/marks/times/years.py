"""Years, and what modifiers say of a unit or a named period: last, next, the same, of last year."""

from __future__ import annotations

from rawi.marks.times.value import Parse, Symbol
from rawi.marks.times.words import Words
from rawi.model import TimexType

SHIFTS = {
    "last": -1, "next": 1, "this": 0, "recent": -1, "same": 0, "following": 1, "previous": -1, "that": 0,
    "before-last": -2, "after-next": 2,
}  # fmt: skip
LAST_HIJRI = 1500
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
    """A unit with a modifier or a demonstrative: last year, this month; ``bare``: also the unit alone."""
    said = ""
    j = at
    shown = w.lex(at, "SAMEOF") or w.lex(at, "DEM")
    if shown is not None and shown.clitic.endswith("as"):
        return None
    if shown is not None:
        said = shown.value
        j = at + 1
    unit = w.lex(j, "UNIT")
    if unit is None or not unit.flags >= {"s", "def"} or (unit.value in ("S", "MIN") and not w.assistant):
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
    symbol = Symbol(
        rule,
        type=kind,
        grain=unit.value,
        unit=unit.value,
        shift=SHIFTS[said],
        base=base,
        relation=said,
        calendar=calendar,
    )
    return _compared(w, end, symbol)


def _compared(w: Words, end: int, symbol: Symbol) -> Parse:
    """``the same month of last year``: the month before, in another year."""
    j = w.skip(end, "DAYOF")
    if j > end and symbol.relation == "same" and symbol.unit in ("M", "Q", "HY"):
        other = year(w, j) or relative(w, j)
        if other is not None and other[1].grain == "Y":
            return other[0], symbol._replace(within=other[1])
    return end, symbol


def era(w: Words, at: int) -> tuple[int, str]:
    """The token after an optional era sign, and the calendar it names (empty where there is none)."""
    found = w.lex(at, "ERA") or w.lex(at, "UNITADJ")
    if found is None or (found.cls == "UNITADJ" and not found.value):
        return at, ""
    if len(w.keys[at]) == 1 and not w.glued(at) and found.value == "gregorian" and w.mark(at + 1, "."):
        return at, ""
    return at + 1, "hijri" if "hijri" in found.value else "gregorian"


def year_number(w: Words, at: int, *, named: bool) -> Parse | None:
    """A year in figures or words at ``at``; ``named``: the word for year stands before it."""
    number = w.number(at)
    if number is None or number.value != int(number.value) or number.clitic not in ("", "and", "the"):
        return None
    value = int(number.value)
    if (number.digits and len(w.forms[number.start]) != 4) or not 1000 <= value <= 2199:
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


def with_year(w: Words, end: int, symbol: Symbol) -> Parse:
    """``symbol`` (a month, a day of a month, a season) with the year or modifier that follows it."""
    after = w.comma(end)
    named = _year_after(w, after)
    if named is not None:
        stop, found = named
        foreign = symbol.calendar == "hijri" and found.calendar != "hijri" and (found.year or 0) > LAST_HIJRI
        if found.year is None or foreign:
            return stop, symbol._replace(within=found)
        return stop, symbol._replace(year=found.year)
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
    if (at < w.count and w.keys[at] in w.tables.guards["MEASURE"]) or w.mark(at, "%\u066a"):
        return True
    if strict or not w.word(at) or w.guard(at, "FUNC") or w.has(at, "MOD", "FROM", "TO", "AND", "ERA", "AT", "IN"):
        return False
    key = w.keys[at]
    if key.startswith(w.tables.article) or w.tables.tense_of(key) or len(key) < 3:
        return False
    return key.endswith(tuple(w.tables.guards["COUNTEND"]))
