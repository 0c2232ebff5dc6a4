"""Reads the tokens from left to right and gives the time expressions with their symbolic values."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from rawi.marks.times import clock, days, durations, guards, months, periods, years
from rawi.marks.times.value import Found, Parse, Symbol
from rawi.marks.times.words import COMMAS, DASHES, Words
from rawi.text.tokens import NUMBER

Item = tuple[int, int, Symbol]
Parser = Callable[[Words, int], Parse | None]
_REST = ("FOR", "SINCE", "APPROX", "EACH")


def expressions(w: Words) -> list[Found]:
    """The expressions of the text in order, not overlapping; parts of lists share what only the last part says."""
    found: list[Item] = []
    closed = guards.blocked(w)
    after = 0
    for i, entry in enumerate(w.entries):
        if entry is None:
            if w.kinds[i] != NUMBER:
                continue
        elif not entry.opens:
            continue
        if i < after or i in closed or w.idle(i):
            continue
        items = at_token(w, i)
        if not items:
            continue
        same = bool(found) and found[-1][2].grain == items[0][2].grain
        listed = same and bool(joined(w, found[-1][1], items[0][0]))
        if guards.accepted(w, items[0][0], items[-1][1], items[-1][2], listed=listed):
            found.extend(items)
            after = items[-1][1]
        elif guards.name_before(w, items[0][0]) or guards.name_before(w, items[0][0], "EVENT"):
            after = items[-1][1]
    return _finished(w, share(w, found))


def joined(w: Words, end: int, start: int) -> str:
    """How the token range that ends at ``end`` goes on at ``start``: list, range, or empty where it does not."""
    if end == start:
        return "list" if w.clitic(start) in ("and", "and to") else ""
    if end + 1 == start:
        if w.has(end, "TO") or w.mark(end, DASHES):
            return "range"
        if w.has(end, "AND", "OR") or w.mark(end, COMMAS):
            return "list"
    if end + 2 == start and w.has(end, "TO", "AND") and w.has(end + 1, "TO", "IN", "FROM"):
        return "range"
    return ""


def at_token(w: Words, i: int) -> list[Item]:
    """The expressions that begin at token ``i``: one, or several days that share their month."""
    listed = _day_list(w, i)
    if listed:
        return listed
    whole = core(w, i)
    if whole is not None:
        w.settle(i, whole[0])
        end, symbol = merged(w, *whole)
        w.settle(whole[0], end)
        return [(i, end, symbol)]
    approximate = w.lex(i, "APPROX")
    if approximate is not None:
        inner = core(w, i + approximate.size) or durations.duration(w, i + approximate.size, bare=True)
        if inner is not None and inner[1].type != "SET":
            end, symbol = merged(w, *inner)
            return [(i, end, symbol._replace(mod=approximate.value))]
        return []
    if w.has(i, "BEFORE", "AFTER"):
        return _offset(w, i)
    return []


def core(w: Words, i: int) -> Parse | None:
    """One expression at ``i``, without what may be joined to it."""
    if i >= w.count:
        return None
    classes = w.classes(i)
    for parser in _parsers(frozenset(classes) if classes else _DIGITS):
        found = parser(w, i)
        if found is not None:
            return found
    return None


@lru_cache(maxsize=1024)
def _parsers(classes: frozenset[str]) -> tuple[Parser, ...]:
    """The parsers, in their order, that something of the classes may open."""
    return tuple(parser for parser, openers in PARSERS if not openers.isdisjoint(classes))


def _duration(w: Words, i: int) -> Parse | None:
    found = durations.duration(w, i, bare=_bare(w, i))
    if found is not None and "ORD" in w.classes(found[0] - 1) and w.has(found[0], "OF"):
        container = periods.period(w, found[0] + 1, nested=True)
        if container is not None and container[1].grain == "Y":
            return container[0], found[1]._replace(within=container[1], rule="duration+within")
    return found


def _hinted_clock(w: Words, i: int) -> Parse | None:
    if w.has(i, "CLOCK") or w.mark(i + 1, ":"):
        return clock.clock(w, i)
    return None


def _bare(w: Words, i: int) -> bool:
    if w.has(i - 1, *_REST):
        return True
    unit = w.lex(i, "UNIT")
    if unit is None:
        return False
    return (unit.clitic == "to" and "p" in unit.flags) or (w.lenient and w.isolated(i, i + unit.size))


def _day(w: Words, i: int) -> Parse | None:
    found = days.day(w, i)
    return days.with_part(w, *found) if found is not None else None


def _reference(w: Words, i: int) -> Parse | None:
    """A time without a date; ``earlier this month`` takes the value of the period it names."""
    ref = w.lex(i, "REF")
    if ref is None:
        span = w.lex(i, "SPAN")
        return (i + span.size, Symbol("span", type="DURATION", value=span.value)) if span is not None else None
    end = i + ref.size
    symbol = Symbol("reference", ref=ref.value)
    if ref.size > 1 and ref.value != "PRESENT_REF":
        j = w.skip(end, "OF")
        inner = days.day(w, j) or days.part(w, j) or years.relative(w, j)
        if inner is not None and (not w.clitic(j) or j > end) and not w.mark(end, COMMAS):
            return inner[0], inner[1]._replace(rule=f"reference+{inner[1].rule}")
    return end, symbol


def _feast(w: Words, i: int) -> Parse | None:
    feast = w.lex(i, "FEAST")
    if feast is None:
        return None
    end, symbol = years.with_year(w, i + feast.size, Symbol("feast", feast=feast.value))
    return end, symbol


def _last_of(w: Words, i: int) -> Parse | None:
    """``the last three days``, the ordinal before its number."""
    ordinal = w.lex(i, "ORD")
    if ordinal is None or ordinal.number != -1:
        return None
    inner = durations.duration(w, i + 1)
    if inner is None or inner[1].amounts[0][0] is None:
        return None
    return inner[0], inner[1]._replace(relation="recent", direction=-1, rule="duration-recent")


def _bare_year(w: Words, i: int) -> Parse | None:
    if len(w.digits(i)) == 4:
        return years.year_number(w, i, named=False)
    number = w.number(i)
    if number is not None and not number.digits and (w.lenient or w.has(i - 1, "IN")):
        return years.year_number(w, i, named=False)
    return None


def _its_day(w: Words, i: int) -> Parse | None:
    """``its 24th day``: the day that a count of days has reached, which is the day of the report."""
    day = w.lex(i, "DEICTIC")
    today = day is not None and day.number == 0 and day.size == 1
    if not today and w.lex(i, "ITSDAY") is None:
        return None
    ordinal = w.ordinal(i + 1)
    number = w.number(i + 1)
    if today and (day is None or not day.clitic.endswith("to")) and (number is None or not number.digits):
        return None
    end = ordinal[0] if ordinal is not None else number.end if number is not None and number.definite else 0
    return (end, Symbol("counted-day", unit="D", shift=0)) if end else None


def _offset(w: Words, i: int) -> list[Item]:
    """A distance before or after now; counted from an event (``weeks before the war``) it is a duration."""
    word = w.lex(i, "BEFORE") or w.lex(i, "AFTER")
    if word is None:
        return []
    j = i + word.size
    if years.year(w, j) is not None or months.month(w, j) is not None:
        return []
    approximate = w.lex(j, "APPROX")
    first = j + approximate.size if approximate is not None else j
    inner = durations.duration(w, first, bare=True)
    if inner is None or inner[1].relation or w.clitic(j) or inner[1].type != "DURATION":
        return []
    end, symbol = inner
    mod = approximate.value if approximate is not None else ""
    of = w.lex(end, "EVENTOF")
    if of is not None and (of.value == "any" or word.cls == "AFTER") and not w.has(end + 1, "DEICTIC"):
        return [(j, end, symbol._replace(mod=mod))]
    direction = -1 if word.cls == "BEFORE" else 1
    hijri = w.lex(end, "UNITADJ")
    calendar = "hijri" if hijri is not None and hijri.value == "hijri" else "gregorian"
    end = end + 1 if calendar == "hijri" else end
    symbol = symbol._replace(
        rule="before" if direction < 0 else "after", direction=direction, mod=mod, calendar=calendar
    )
    symbol = symbol._replace(type="TIME" if symbol.grain in ("H", "MIN", "S") else "DATE")
    return [(i, end, symbol)]


def _day_list(w: Words, i: int) -> list[Item]:
    """Days before one month: ``from 12 to 15 May``, ``3, 4 and 5 May``; each gets the month of the last."""
    start = i
    unit = w.lex(i, "UNIT")
    if unit is not None and unit.value == "D" and unit.flags & {"c", "p"}:
        i += 1
    if not w.digits(i) and not w.lex(i, "ORD"):
        return []
    marks: list[tuple[int, int]] = []
    at = i
    while len(marks) < 8:
        number = days.day_number(w, at)
        if number is None:
            return []
        end, value = number
        marks.append((at, value))
        if len(marks) > 1:
            month = days.month_of_day(w, end, value)
            if month is not None:
                return _shared_days(w, start, marks, month)
        at = _next_number(w, end)
        if not at:
            return []
    return []


def _next_number(w: Words, end: int) -> int:
    """The token of the next number of a list after ``end``, 0 where the list ends."""
    j = w.comma(end)
    if w.mark(j, DASHES) or w.has(j, "TO", "AND", "OR"):
        found = w.lex(j, "TO")
        j += found.size if found is not None else 1
        j = w.skip(j, "AT") if w.digits(j + 1) else j
    elif w.has(j, "AT") and w.clitic(j) == "":
        joint = w.lex(j, "AT")
        j = j + 1 if joint is not None and "and" in joint.value else j
        if j == end:
            return 0
    elif j == end and w.clitic(j) != "and":
        return 0
    return j if w.digits(j) or w.lex(j, "ORD") or w.lex(j, "NUM") else 0


def _shared_days(w: Words, start: int, marks: list[tuple[int, int]], month: Parse) -> list[Item]:
    end, last = month
    items: list[Item] = []
    for number, (at, value) in enumerate(marks):
        first = start if number == 0 else at
        stop = end if number == len(marks) - 1 else days.day_number(w, at)[0]  # type: ignore[index]
        symbol = last._replace(day=value)
        if (
            value > (last.day or 0)
            and number < len(marks) - 1
            and last.month is not None
            and w.has(marks[1][0] - 1, "TO")
        ):
            before = last.month - 1
            year = None if last.year is None else last.year - (before < 1)
            symbol = symbol._replace(month=before or 12, year=year)
        items.append((first, stop, symbol))
    return items


def merged(w: Words, end: int, symbol: Symbol) -> Parse:
    """``symbol`` with the clock time, weekday or week that stands right after it."""
    if symbol.grain == "D" and symbol.type == "DATE" and not symbol.ref:
        j = w.comma(end)
        if w.has(j, "CLOCK") or (w.digits(j) and w.mark(j + 1, ":")):
            time = clock.clock(w, j)
            if time is not None and (time[1].rule == "clock") and not w.clitic(j):
                return time[0], clock.attach(symbol, time[1])
        if symbol.weekday and w.assistant and w.has(end, "AFTER"):
            later = _offset(w, end)
            if later:
                return later[0][1], later[0][2]._replace(weekday=symbol.weekday, rule="weekday+after", grain="W")
        if symbol.weekday and w.assistant and w.has(end, "UNIT", "DEM"):
            week = years.relative(w, end)
            if week is not None and week[1].unit == "W":
                return merged(w, week[0], symbol._replace(within=week[1]))
    if symbol.grain == "W" and symbol.shift is not None and w.assistant:
        inner = days.day(w, end)
        if inner is not None and inner[1].rule == "weekday" and not w.clitic(end):
            return merged(w, inner[0], inner[1]._replace(within=symbol))
    return end, symbol


def share(w: Words, items: list[Item]) -> list[Item]:
    """Parts of a list or range without year or modifier take those of the part after them."""
    for k in range(len(items) - 2, -1, -1):
        start, end, symbol = items[k]
        after_start, _, after = items[k + 1]
        how = joined(w, end, after_start)
        if not how or symbol.grain != after.grain or symbol.calendar != after.calendar:
            continue
        if symbol.type == "TIME" and symbol.hour is not None and not symbol.part and after.part:
            items[k] = (start, end, symbol._replace(part=after.part))
        elif (
            symbol.type == "DATE" and guards.plain(symbol) and not guards.plain(after) and symbol.grain in ("D", "M")
        ):
            if (symbol.month is None) != (after.month is None) or (symbol.weekday is None) != (after.weekday is None):
                continue
            year = after.year
            if how == "range" and after.relation and symbol.month != after.month:
                continue
            if year is not None and how == "range" and (symbol.month or 0) > (after.month or 0):
                year -= 1
            items[k] = (start, end, symbol._replace(year=year, relation=after.relation, within=after.within))
    return items


def _finished(w: Words, items: list[Item]) -> list[Found]:
    found: list[Found] = []
    for first, end, symbol in items:
        article = w.lex(first - 1, "AT") if w.digits(first) and w.glued(first) else None
        start = first - 1 if article is not None and article.value == "the" else first
        taken = (w.settled.get(i) or w.used.get(i) for i in range(start, end))
        rows = tuple(dict.fromkeys(row for row in taken if row))
        linked = -1
        if found and w.has(found[-1].end, "LINK") and start <= found[-1].end + 2:
            linked = len(found) - 1
        found.append(Found(start, end, symbol, rows, w.clitic(start), linked))
    return found


_DIGITS = frozenset({"DIGITS"})
# What each parser may begin with; the first one that reads something wins.
PARSERS: tuple[tuple[Parser, frozenset[str]], ...] = tuple(
    (parser, frozenset(classes.split()))
    for parser, classes in (
        (_reference, "REF SPAN"),
        (durations.repeated, "SETADV EACH UNIT"),
        (_hinted_clock, "CLOCK DIGITS"),
        (days.part, "LATE DEM PART"),
        (_feast, "FEAST"),
        (_its_day, "ITSDAY DEICTIC"),
        (_day, "UNIT DATEWORD DEM SAMEOF WDAY DEICTIC ORD NUM AT MONTH HMONTH DIGITS"),
        (periods.weekend, "WEEKEND"),
        (periods.period, "UNIT SAMEOF DEM ORD NUM MONTH HMONTH DECADE SEASON SEASONWORD"),
        (periods.bounded, "BOUND"),
        (_last_of, "ORD"),
        (_duration, "UNIT NUM FRAC VAGUE AT ORD BOUND FEW DIGITS"),
        (clock.clock, "CLOCK ORD NUM UNIT AT DIGITS"),
        (_bare_year, "NUM DIGITS"),
    )
)
