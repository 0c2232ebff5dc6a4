"""Months by name, in one tradition or two, and by number."""

from __future__ import annotations

from rawi.marks.times.value import Parse, Symbol
from rawi.marks.times.words import DASHES, Words
from rawi.marks.times.years import with_year


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
        if (following == ordinal[0] and not w.assistant) or w.lex(following, "UNIT") is None:
            return None
        return ordinal[0], Symbol("month-number", grain="M", month=ordinal[1])
    if w.has(at - 1, "NUM", "VAGUE") or "c" in flags:
        return None
    number = w.number(at + 1)
    if (
        number is None
        or number.value not in range(1, 13)
        or number.clitic
        or (number.value == 1 and not number.digits)
    ):
        return None
    return number.end, Symbol("month-number", grain="M", month=int(number.value))
