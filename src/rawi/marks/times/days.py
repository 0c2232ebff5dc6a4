"""Days: by name, by number, by distance from today, and parts of them."""

from __future__ import annotations

from rawi.marks.times.months import month, month_name
from rawi.marks.times.periods import nth_period
from rawi.marks.times.value import Parse, Symbol
from rawi.marks.times.words import DASHES, Words
from rawi.marks.times.years import era, relation, relative, with_year

_DAY_OPENERS = frozenset({"NUM", "ORD", "AT", "MONTH", "HMONTH"})
_SEPARATORS = frozenset("/.") | DASHES


def day_number(w: Words, at: int) -> tuple[int, int] | None:
    """End and value of a day of a month, in figures, as an ordinal, or as a definite ten."""
    number = w.number(at)
    if number is not None:
        short = len(w.forms[number.start]) <= 2 if number.digits else number.definite
        whole = number.value == int(number.value) and 1 <= number.value <= 31
        return (number.end, int(number.value)) if short and whole else None
    ordinal = w.ordinal(at)
    if ordinal is not None and 1 <= ordinal[1] <= 31:
        return ordinal
    return None


def day_month(w: Words, at: int) -> Parse | None:
    """A day of a month: ``14 March 2019``, ``the first of February``, ``the 15th of this month``."""
    number = day_number(w, at)
    if number is None:
        return None
    end, day = number
    if (w.mark(end, DASHES) or w.mark(end, "/")) and w.has(end + 1, "MONTH", "HMONTH"):
        end += 1
    return month_of_day(w, end, day)


def month_of_day(w: Words, at: int, day: int) -> Parse | None:
    """The month at ``at`` of the day ``day`` that stands before it."""
    j = w.skip(at, "DAYOF")
    unit = w.lex(j, "UNIT")
    if unit is not None and unit.value == "M" and "s" in unit.flags:
        named = month_name(w, j + 1)
        if named is not None and "d" not in unit.flags:
            end, symbol = with_year(w, *named)
            return end, symbol._replace(rule="day-month", grain="D", day=day)
        if "def" in unit.flags or w.has(j - 1, "DEM", "SAMEOF"):
            found = relative(w, j, bare=j > at)
            if found is not None:
                return found[0], Symbol("day-of-month", day=day, within=found[1])
        numbered = month(w, j)
        if numbered is not None and j > at:
            return numbered[0], numbered[1]._replace(rule="day-month", grain="D", day=day)
        return None
    if w.has(j, "DEM", "SAMEOF"):
        found = relative(w, j)
        if found is not None and found[1].unit == "M":
            return found[0], Symbol("day-of-month", day=day, within=found[1])
        return None
    named = month_name(w, j)
    if named is None or w.clitic(j):
        return None
    other = w.lex(named[0] + 1, "MONTH") if w.mark(named[0], "/") else None
    if other is not None and not other.clitic:
        # Two names for one day that are not one month: a slip of the pen, mostly in the older name.
        named = named[0] + 1 + other.size, named[1]._replace(month=int(other.number))
    end, symbol = with_year(w, *named)
    return end, symbol._replace(rule="day-month", grain="D", day=day)


def month_day(w: Words, at: int) -> Parse | None:
    """A month before its day, as in assistant requests: ``July 13``."""
    named = month_name(w, at)
    if named is None or not w.lenient:
        return None
    number = day_number(w, named[0])
    if number is None:
        return None
    end, symbol = with_year(w, number[0], named[1])
    return end, symbol._replace(rule="month-day", grain="D", day=number[1])


def numeric(w: Words, at: int) -> Parse | None:
    """A date in figures: ``14/3/2019``, ``2019-03-14``, ``14.3.2019``; day and month alone where context says so."""
    parts, end = _figures(w, at)
    if len(parts) == 3:
        symbol = _three(parts)
        if symbol is None:
            return None
        stop, calendar = era(w, end)
        year = symbol.year or 0
        if calendar == "hijri" or (not calendar and 1340 <= year <= 1500):
            symbol = symbol._replace(calendar="hijri")
        return stop, symbol
    if len(parts) == 2 and not w.mark(at + 1, "."):
        first, second = parts
        month = len(first) <= 2 and len(second) == 4 and 1 <= int(first) <= 12 and 1900 <= int(second) <= 2199
        if month and (w.lenient or w.mark(at + 1, "/")):
            return end, Symbol("numeric", grain="M", month=int(first), year=int(second))
        shown = w.has(at - 1, "WDAY", "DATEWORD", "LINK") or (w.lenient and w.mark(at + 1, "/"))
        if shown and len(second) <= 2 and 1 <= int(first) <= 31 and 1 <= int(second) <= 12:
            return end, Symbol("numeric", day=int(first), month=int(second))
    return None


def _figures(w: Words, at: int) -> tuple[list[str], int]:
    """The numbers of a date in figures and the token after it."""
    form = w.forms[at]
    if form.count(".") == 2:
        return form.split("."), at + 1
    parts = [w.digits(at)]
    end = at + 1
    while parts[-1] and len(parts) < 5 and w.mark(end, _SEPARATORS) and w.glued(end) and w.glued(end + 1):
        if w.forms[end] != w.forms[at + 1]:
            break
        following = w.digits(end + 1)
        if not following:
            break
        parts.append(following)
        end += 2
    return parts if all(parts) else [], end


def _three(parts: list[str]) -> Symbol | None:
    if not all(p.isdigit() for p in parts):
        return None
    a, b, c = (int(p) for p in parts)
    if len(parts[0]) == 4 and len(parts[1]) <= 2 and len(parts[2]) <= 2:
        year, month, day = a, b, c
    elif len(parts[2]) in (2, 4) and len(parts[0]) <= 2 and len(parts[1]) <= 2:
        day, month, year = a, b, c if len(parts[2]) == 4 else 2000 + c
        if month > 12 >= day:
            day, month = month, day
    else:
        return None
    if not (1 <= month <= 12 and 1 <= day <= 31 and 1000 <= year <= 2199):
        return None
    return Symbol("numeric", day=day, month=month, year=year)


def calendar_day(w: Words, at: int) -> Parse | None:
    """A day of a month, in figures or words."""
    if at >= w.count or (w.kinds[at] != 1 and _DAY_OPENERS.isdisjoint(w.classes(at))):
        return None
    found = numeric(w, at) if w.kinds[at] == 1 else None
    return found or day_month(w, at) or month_day(w, at)


def joined_day(w: Words, at: int) -> int:
    """The token where a date that explains the day before it begins: after a comma, ``corresponding to``."""
    j = w.comma(at)
    j = w.skip(j, "LINK")
    unit = w.lex(j, "UNIT")
    j = j + 1 if unit is not None and unit.value == "D" else j
    return w.skip(j, "DATEWORD")


def weekday(w: Words, at: int) -> Parse | None:
    """A weekday, with its modifier, its place in a month or week, or the date that explains it."""
    found = w.lex(at, "WDAY")
    if found is None:
        return None
    bare = "bare" in found.flags
    named = _after_day_word(w, at) or w.has(at - 1, "PART", "DEM", "BETWEEN") or w.assistant
    if bare and not named:
        return None
    end = at + 1
    symbol = Symbol("weekday", weekday=int(found.number))
    date = calendar_day(w, joined_day(w, end))
    ordinal = w.ordinal(end)
    if date is not None and not date[1].weekday and not w.clitic(end):
        counted = "WD" if ordinal is not None and 1 <= ordinal[1] <= 5 else date[1].unit
        return date[0], date[1]._replace(weekday=symbol.weekday, unit=counted, rule=f"weekday+{date[1].rule}")
    if ordinal is not None:
        return _numbered_weekday(w, ordinal, symbol)
    said = relation(w, end)
    if said is not None:
        end, what = said
        symbol = symbol._replace(relation=what)
        date = calendar_day(w, joined_day(w, end))
        if date is not None and not date[1].weekday:
            return date[0], date[1]._replace(weekday=symbol.weekday, rule=f"weekday+{date[1].rule}")
        return end, symbol
    week = _week_of(w, end)
    if week is not None:
        return week[0], symbol._replace(within=week[1])
    return end, symbol


def _after_day_word(w: Words, at: int) -> bool:
    unit = w.classes(at - 1).get("UNIT") if at else None
    return unit is not None and unit.value == "D"


def _numbered_weekday(w: Words, ordinal: tuple[int, int], symbol: Symbol) -> Parse | None:
    end, value = ordinal
    j = w.skip(end, "OF")
    container = month(w, j) or relative(w, j)
    if container is not None and container[1].grain == "M":
        if 1 <= value <= 5 and (value != 1 or j > end) and container[1].day is None and value < 6:
            return container[0], Symbol("nth", weekday=symbol.weekday, unit="WD", nth=value, within=container[1])
        stop, inner = container
        if inner.month is not None:
            return stop, inner._replace(grain="D", day=value, weekday=symbol.weekday, rule="weekday+day-month")
        return stop, Symbol("day-of-month", day=value, weekday=symbol.weekday, within=inner)
    if w.lenient and 1 <= value <= 31:
        return end, symbol._replace(day=value, rule="weekday+day")
    return None


def _week_of(w: Words, at: int) -> Parse | None:
    """A week that a weekday is said to lie in."""
    j = w.skip(at, "OF")
    if j == at and not w.lenient:
        return None
    week = relative(w, j)
    return week if week is not None and week[1].unit == "W" else None


def deictic(w: Words, at: int) -> Parse | None:
    """A day counted from today, with the weekday or date that explains it."""
    found = w.lex(at, "DEICTIC")
    if found is None:
        return None
    end = at + found.size
    symbol = Symbol("deictic", unit="D", shift=int(found.number))
    if "night" in found.flags:
        symbol = symbol._replace(type="TIME", grain="PD", part="NI")
    if w.assistant and found.number == 0:
        later = deictic(w, w.skip(end, "WHICH")) if w.lex(w.skip(end, "WHICH"), "DEICTIC") else None
        if later is not None:
            return later
    if w.mark(end, "(") and w.lex(end + 1, "WDAY"):
        named = weekday(w, end + 1)
        if named is not None and w.mark(named[0], ")") and "night" not in found.flags:
            inner = named[1]
            return named[0] + 1, symbol._replace(
                weekday=inner.weekday, day=inner.day, month=inner.month, year=inner.year, rule="deictic+weekday"
            )
    j = w.comma(end)
    k = j + 1 if _is_day_word(w, j) else j
    name = w.lex(k, "WDAY")
    day = weekday(w, k) if name is not None and not name.clitic and "def" in name.flags else None
    if day is not None and (k == end or day[1].grain == "D"):
        stop, inner = day
        inner = inner._replace(within=None) if inner.relation else inner
        return stop, symbol._replace(
            weekday=inner.weekday, day=inner.day, month=inner.month, year=inner.year, calendar=inner.calendar,
            rule="deictic+weekday",
        )  # fmt: skip
    date = calendar_day(w, w.skip(j, "LINK")) if not w.clitic(j) else None
    if date is not None and date[1].month and not w.has(j, "AND"):
        return date[0], symbol._replace(
            day=date[1].day, month=date[1].month, year=date[1].year, calendar=date[1].calendar, rule="deictic+date"
        )
    return end, symbol


def _is_day_word(w: Words, at: int) -> bool:
    unit = w.lex(at, "UNIT")
    return unit is not None and unit.value == "D" and bool(unit.flags & {"s", "c"}) and "def" not in unit.flags


def day(w: Words, at: int) -> Parse | None:
    """Any single day."""
    if at >= w.count:
        return None
    if _is_day_word(w, at) or (w.has(at, "DATEWORD") and not w.has(at, "UNIT")):
        found = day(w, at + 1) if not _is_day_word(w, at + 1) else None
        if found is not None and not w.clitic(at + 1):
            return found
        return nth_period(w, at)
    shown = w.lex(at, "DEM")
    if shown is not None and shown.value == "this" and w.lex(at + 1, "WDAY"):
        found = weekday(w, at + 1)
        if found is not None:
            return found[0], found[1]._replace(relation="this")
    classes = w.classes(at)
    unit = classes.get("UNIT")
    said = relative(w, at) if shown or "SAMEOF" in classes or (unit is not None and unit.value == "D") else None
    if said is not None and said[1].unit == "D":
        ordinal_date = calendar_day(w, joined_day(w, said[0])) if said[1].relation == "this" else None
        return ordinal_date or said
    return weekday(w, at) or deictic(w, at) or calendar_day(w, at)


def part(w: Words, at: int) -> Parse | None:
    """A part of a day with its day: ``Tuesday morning``, ``late on Wednesday``; or an adverb alone."""
    late = w.lex(at, "LATE")
    if late is not None:
        return _late(w, at, late.value, at + late.size)
    shown = w.lex(at, "DEM")
    found = w.lex(at + 1 if shown is not None else at, "PART")
    if found is None:
        return None
    if shown is not None:
        if "def" in found.flags and shown.value == "this" and found.value != "AF":
            return at + 1 + found.size, _in_part(Symbol("part", unit="D", shift=0), found.value)
        return None
    end = at + found.size
    if "c" in found.flags or "adv" in found.flags:
        of = w.has(end, "OF") and (_is_day_word(w, end + 1) or w.has(end + 1, "WDAY", "DEICTIC"))
        j = w.skip(end, "OF") if of else end
        each = w.lex(j, "EACH")
        inner = day(w, j) if each is None else None
        if inner is not None and not w.clitic(j) and inner[1].grain in ("D", "PD"):
            stop, symbol = inner
            if w.mark(stop, DASHES) or w.lex(stop, "WDAY"):
                second = w.lex(stop + 1, "WDAY") if w.mark(stop, DASHES) else w.lex(stop, "WDAY")
                if second is not None and found.value == "NI" and not second.clitic:
                    stop += 1 + w.mark(stop, DASHES)
            return stop, _in_part(symbol, found.value)
    if "adv" in found.flags and "c" not in found.flags and ("verb" not in found.flags or not w.word(end)):
        return end, _in_part(Symbol("part-adverb", shift=0, unit="D", base="context"), found.value)
    return None


def _late(w: Words, at: int, value: str, end: int) -> Parse | None:
    j = w.comma(w.skip(end, "OF", "FROM"))
    inner = part(w, j) or day(w, j)
    if inner is not None:
        return inner[0], _in_part(inner[1], inner[1].part or value)
    found = w.lex(j, "PART")
    if found is not None and j > end:
        return j + found.size, _in_part(Symbol("part-adverb", shift=0, unit="D", base="context"), found.value)
    if w.keys[at].startswith(w.tables.article):
        return None
    return end, _in_part(Symbol("part-adverb", shift=0, unit="D", base="context"), value)


def _in_part(symbol: Symbol, value: str) -> Symbol:
    kept = symbol.rule if symbol.rule.startswith("part") else f"part+{symbol.rule}"
    return symbol._replace(type="TIME", grain="PD", part=value, rule=kept)


def with_part(w: Words, end: int, symbol: Symbol) -> Parse:
    """``symbol`` (a day) with a part of day that follows it: ``yesterday evening``."""
    j = w.comma(end) if w.has(w.comma(end), "PART") else end
    found = w.lex(j, "PART")
    if found is None or found.clitic or symbol.grain != "D" or not found.flags & {"adv", "def"}:
        return end, symbol
    if "c" in found.flags and day(w, j + found.size) is not None:
        return end, symbol
    return j + found.size, _in_part(symbol, found.value)
