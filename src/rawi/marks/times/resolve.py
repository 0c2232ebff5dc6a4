"""From the symbolic value of an expression to its TIMEX3 value and its days."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import NamedTuple

from rawi.marks.times import partial
from rawi.marks.times.calendars import (
    Period,
    add,
    century_period,
    containing,
    day_period,
    decade_period,
    hijri_month_of,
    hijri_year_of,
    season_period,
    shifted,
    year_period,
)
from rawi.marks.times.clock import hours
from rawi.marks.times.context import Context
from rawi.marks.times.durations_value import amounts_value, spread
from rawi.marks.times.value import FINENESS, Symbol

VAGUE = {
    "D": (2, 10),
    "W": (2, 8),
    "M": (2, 12),
    "Y": (2, 10),
    "DE": (2, 5),
    "CE": (2, 5),
    "H": (2, 12),
    "MIN": (2, 60),
}


class Resolved(NamedTuple):
    """The value of an expression; ``period`` where it names days, ``conflict`` where its parts contradict another."""

    type: str
    value: str | None
    begin: str | None = None
    end: str | None = None
    period: Period | None = None
    mod: str = ""
    by: str = ""
    conflict: str = ""


def resolve(s: Symbol, c: Context) -> Resolved:
    """The value of ``s`` in its context; what lies outside the calendar keeps what its words alone say."""
    try:
        return _resolved(s, c)
    except (ValueError, OverflowError):
        if s.type == "DURATION":
            return Resolved("DURATION", amounts_value(s.amounts), mod=s.mod)
        if s.direction:
            return Resolved("DATE", "PAST_REF" if s.direction < 0 else "FUTURE_REF", mod=s.mod)
        return Resolved(s.type, underspecified(s))


def _resolved(s: Symbol, c: Context) -> Resolved:
    if s.ref:
        day = c.today.isoformat()
        present = s.ref == "PRESENT_REF"
        return Resolved("DATE", s.ref, day if present else None, day if present else None)
    if s.type == "SET":
        return Resolved("SET", s.value or amounts_value(s.amounts))
    if s.value:
        return Resolved(s.type, s.value)
    if s.shift is not None and s.unit in ("H", "MIN", "S") and s.hour is None and not s.part:
        return _moment(s.shift, s.unit, c)
    if s.amounts:
        return _distance(s, c) if s.direction and not s.relation else _duration(s, c)
    period, by, conflict = days_of(s, c)
    if period is None:
        return Resolved(s.type, underspecified(s))
    if s.type == "TIME":
        return _time(s, c, period, by, conflict)
    if s.mod == "MID" and c.assistant and period.grain == "M":
        period = day_period(period.begin + timedelta(days=14))
    begin, end = narrowed(period, s.mod)
    return Resolved("DATE", period.value, begin.isoformat(), end.isoformat(), period, s.mod, by, conflict)


def underspecified(s: Symbol) -> str | None:
    """What the words say without a document date, as TIMEX3 writes it with X for what is open."""
    if s.calendar == "hijri" or s.within is not None or (s.shift is not None and s.base != "context"):
        return None
    tail = f"T{s.part}" if s.type == "TIME" and s.hour is None else ""
    if s.type == "TIME" and s.hour is not None:
        hour, minute = hours(s)
        tail = f"T{hour:02d}:{minute:02d}"
    if s.month is not None:
        year = f"{s.year:04d}" if s.year is not None else "XXXX"
        return f"{year}-{s.month:02d}" + (f"-{s.day:02d}{tail}" if s.day is not None else "")
    if s.weekday is not None and not s.nth:
        return f"XXXX-WXX-{s.weekday}{tail}"
    if s.type == "TIME" and tail:
        return f"XXXX-XX-XX{tail}"
    return f"XXXX-{s.season}" if s.season else None


def narrowed(period: Period, mod: str) -> tuple[date, date]:
    """The days that ``mod`` leaves of a period: its first, middle or last third."""
    if mod not in ("START", "MID", "END"):
        return period.begin, period.end
    length = (period.end - period.begin).days + 1
    if period.grain == "M":
        cut = [period.begin, period.begin + timedelta(days=10), period.begin + timedelta(days=20)]
    elif period.grain == "Y" and period.begin.day == 1:
        cut = [period.begin.replace(month=m) for m in (1, 5, 9)]
    else:
        cut = [period.begin + timedelta(days=length * n // 3) for n in range(3)]
    edges = [*cut, period.end + timedelta(days=1)]
    number = ("START", "MID", "END").index(mod)
    return edges[number], max(edges[number], edges[number + 1] - timedelta(days=1))


def days_of(s: Symbol, c: Context) -> tuple[Period | None, str, str]:
    """The period that ``s`` names, what it was counted from, and a contradiction inside it."""
    if s.nth:
        return _nth(s, c), "within", ""
    if s.feast:
        year = s.year if s.calendar == "gregorian" else None
        if s.within is not None:
            inner = days_of(s.within, c)[0]
            year = inner.begin.year if inner is not None else None
        return partial.feast_period(c, s, year), "feast", ""
    if s.shift is not None:
        return _shifted(s, c)
    if s.within is not None:
        return _within(s, c), "within", ""
    if s.century is not None and s.calendar == "hijri":
        return partial.hijri_century(s.century), "", ""
    if s.century is not None:
        return century_period(s.century), "", ""
    if s.decade is not None:
        century = c.today.year // 100
        found = decade_period(century * 10 + s.decade)
        return found if found.begin <= c.today else decade_period(century * 10 - 10 + s.decade), "", ""
    if s.season:
        if s.year is not None:
            return season_period(s.year, s.season), "", ""
        return partial.season_without_year(c, s), "nearest", ""
    return _calendar(s, c)


def _calendar(s: Symbol, c: Context) -> tuple[Period | None, str, str]:
    if s.year is not None:
        if s.calendar == "hijri":
            return partial.hijri_period(s.year, s.month, s.day), "", ""
        if s.month is None:
            return year_period(s.year), "", ""
        if s.day is None:
            return containing(date(s.year, s.month, 1), "M"), "", ""
        found = partial.gregorian_day(s.year, s.month, s.day)
        conflict = _weekday_conflict(s, found)
        return (_nth_weekday(s, c), "within", "") if conflict and s.unit == "WD" else (found, "", conflict)
    if s.month is not None:
        found = partial.month_without_year(c, s)
        conflict = _weekday_conflict(s, found)
        if conflict and s.unit == "WD":
            return _nth_weekday(s, c), "within", ""
        return found, s.relation or "nearest", conflict
    if s.weekday is not None:
        return partial.weekday_alone(c, s), s.relation or "nearest", ""
    return None, "", ""


def _nth_weekday(s: Symbol, c: Context) -> Period | None:
    """``Tuesday the third of September`` that is no Tuesday: the third Tuesday of September."""
    month = s._replace(grain="M", day=None, weekday=None, unit="")
    return _nth(s._replace(day=None, month=None, year=None, nth=s.day or 1, within=month, relation=""), c)


def _weekday_conflict(s: Symbol, found: Period | None) -> str:
    if s.weekday is None or found is None or found.grain != "D" or found.begin.isoweekday() == s.weekday:
        return ""
    return found.value


def _shifted(s: Symbol, c: Context) -> tuple[Period | None, str, str]:
    base, by = c.today, "now"
    if s.base == "previous":
        said = c.previous(s.unit)
        if said is None:
            return None, "", ""
        base, by = said.period.begin, f"t{said.number}"
    elif s.base == "context" and not c.assistant:
        said = c.same_day()
        if said is not None:
            base, by = said.period.begin, f"t{said.number}"
    if s.calendar == "hijri":
        from_year = hijri_year_of(base) + (s.shift or 0)
        return partial.hijri_period(from_year, None, None), by, ""
    if s.unit in ("H", "MIN", "S"):
        return day_period(base), by, ""
    found = shifted(base, s.unit, s.shift or 0)
    if s.within is not None:
        other = days_of(s.within, c)[0]
        moved = base.replace(year=other.begin.year, day=1) if other is not None else base
        return containing(moved, s.unit), by, ""
    if s.weekend:
        saturday = found.begin + timedelta(days=5)
        if not s.relation and saturday > c.today and c.tense != "future" and not c.assistant:
            saturday -= timedelta(days=7)
        value = f"{containing(saturday, 'W').value}-WE"
        return Period("W", saturday, saturday + timedelta(days=1), value), by, ""
    if s.month is not None and s.day is not None:
        dated = _calendar(s._replace(shift=None), c)[0]
        if dated is not None:
            return dated, by, found.value if dated != found else ""
    if s.weekday is not None and found.begin.isoweekday() != s.weekday:
        # What is told as today or yesterday cannot lie days ahead of the page; what is told as tomorrow can.
        offsets = sorted(range(-5, 2) if (s.shift or 0) <= 0 else range(-3, 4), key=abs)
        near = next(d for d in offsets if (found.begin + timedelta(days=d)).isoweekday() == s.weekday)
        return day_period(found.begin + timedelta(days=near)), by, found.value
    return found, by, ""


def _within(s: Symbol, c: Context) -> Period | None:
    inner = s.within
    if inner is None:
        return None
    said = c.previous("M") if inner.base == "previous" and inner.unit == "M" and s.day is not None else None
    if said is not None and said.hijri:
        year, month = hijri_month_of(said.period.begin)
        return partial.hijri_period(year, month, s.day)
    container = days_of(inner, c)[0]
    if container is None:
        return None
    if s.decade is not None:
        return decade_period(container.begin.year // 100 * 10 + s.decade)
    if s.season:
        return season_period(container.begin.year, s.season)
    if s.weekday is not None and container.grain == "W":
        return day_period(container.begin + timedelta(days=s.weekday - 1))
    if s.month is not None:
        if s.calendar == "hijri":
            year = hijri_year_of(container.begin)
            periods = [partial.hijri_period(y, s.month, s.day) for y in (year, year + 1)]
            return next((p for p in periods if p is not None and container.begin <= p.begin <= container.end), None)
        if s.day is not None:
            return partial.gregorian_day(container.begin.year, s.month, s.day)
        return containing(date(container.begin.year, s.month, 1), "M")
    if s.day is not None:
        return partial.gregorian_day(container.begin.year, container.begin.month, s.day)
    return container


def _nth(s: Symbol, c: Context) -> Period | None:
    if s.within is None and s.unit in ("Q", "HY"):
        return partial.quarter_without_year(c, s)
    container = days_of(s.within, c)[0] if s.within is not None else containing(c.today, "M")
    if container is None:
        return None
    if s.unit in ("Q", "HY", "DE"):
        count = {"Q": 4, "HY": 2, "DE": 10}[s.unit]
        number = s.nth if s.nth > 0 else count
        if container.grain == "CE" or (s.unit != "DE" and container.grain == "Y" and number <= count):
            return shifted(container.begin, s.unit, number - 1)
        if s.unit == "HY" and container.grain == "M":
            middle = container.begin + timedelta(days=15)
            if number == 1:
                return container._replace(end=middle - timedelta(days=1))
            return container._replace(begin=middle)
        return None
    if s.unit == "D":
        return day_period(container.end if s.nth < 0 else container.begin + timedelta(days=s.nth - 1))
    weekday = s.weekday or 1
    first = container.begin + timedelta(days=(weekday - container.begin.isoweekday()) % 7)
    if s.within is not None and s.within.feast:
        first = first + timedelta(days=7) if first == container.begin else first
        return day_period(first + timedelta(days=7 * (s.nth - 1)))
    last = container.end - timedelta(days=(container.end.isoweekday() - weekday) % 7)
    if s.unit == "W":
        last = last if last + timedelta(days=6) <= container.end else last - timedelta(days=7)
    found = last if s.nth < 0 else first + timedelta(days=7 * (s.nth - 1))
    return containing(found, "W") if s.unit == "W" else day_period(found)


def _time(s: Symbol, c: Context, period: Period, by: str, conflict: str) -> Resolved:
    day = period.begin
    if period.grain != "D":
        begin, end = period.begin.isoformat(), period.end.isoformat()
        return Resolved("DATE", period.value, begin, end, period, s.mod, by, conflict)
    if s.hour is None and s.minute is None:
        value = f"{day.isoformat()}T{s.part}"
        return Resolved("TIME", value, day.isoformat(), day.isoformat(), period, s.mod, by, conflict)
    if s.rule.endswith("minute") and c.now is not None:
        s = s._replace(hour=c.now.hour)
    hour, minute = hours(s)
    if c.assistant and not s.part and hour <= 12 and s.rule == "clock" and c.now is not None:
        later = hour + 12 if (hour, minute) < (c.now.hour, c.now.minute) and hour < 12 else hour
        hour = later
    if hour == 24:
        day, hour = day + timedelta(days=1), 0
        period = day_period(day)
    value = f"{day.isoformat()}T{hour:02d}:{minute:02d}"
    if s.second is not None:
        value += f":{s.second:02d}"
    moment = value + ("Z" if s.zone == "Z" else "")
    return Resolved("TIME", value, moment, moment, period, s.mod, by, conflict)


def _moment(count: float, unit: str, c: Context, *, seconds: bool = False) -> Resolved:
    """A point some hours or minutes away; without a time of publication only its day is known."""
    if c.now is None:
        day = c.today.isoformat()
        return Resolved("DATE", day, day, day, day_period(c.today), "APPROX", "now")
    away = timedelta(seconds=count * {"H": 3600, "MIN": 60, "S": 1}[unit])
    moment = datetime.combine(c.today, c.now.replace(tzinfo=None)) + away
    value = moment.isoformat(timespec="seconds" if seconds or unit == "S" else "minutes")
    return Resolved("TIME", value, value, value, day_period(moment.date()), "", "now")


def _duration(s: Symbol, c: Context) -> Resolved:
    value = amounts_value(s.amounts)
    container = days_of(s.within, c)[0] if s.within is not None else None
    if container is not None and s.amounts[0][0]:
        count, unit = s.amounts[0][0], s.amounts[0][1]
        if s.relation in ("recent", "last"):
            first = add(container.end + timedelta(days=1), unit, -count)
            return Resolved("DURATION", value, first.isoformat(), container.end.isoformat(), mod=s.mod)
        last = add(container.begin, unit, count) - timedelta(days=1)
        return Resolved("DURATION", value, container.begin.isoformat(), last.isoformat(), mod=s.mod)
    if not s.relation:
        return Resolved("DURATION", value, mod=s.mod)
    _, high = spread(s.amounts, VAGUE)
    away = add(c.today, high[1], high[0] * s.direction) if s.amounts else c.today
    begin, end = sorted((c.today, away))
    return Resolved("DURATION", value, begin.isoformat(), end.isoformat(), mod=s.mod, by="now")


def _distance(s: Symbol, c: Context) -> Resolved:
    """``three days ago``: a day counted from now; an unknown number gives an interval."""
    base, by = c.today, "now"
    if s.direction > 0 and not (c.forward or c.tense == "present"):
        said = c.same_day()
        if said is None:
            return Resolved("DURATION", amounts_value(s.amounts), mod=s.mod)
        base, by = said.period.begin, f"t{said.number}"
    if any(count is None for count, _ in s.amounts):
        low, high = spread(s.amounts, VAGUE)
        edges = sorted((add(base, low[1], low[0] * s.direction), add(base, high[1], high[0] * s.direction)))
        ref = "PAST_REF" if s.direction < 0 else "FUTURE_REF"
        return Resolved("DATE", ref, edges[0].isoformat(), edges[1].isoformat(), mod=s.mod or "APPROX", by=by)
    finest = max((unit for _, unit in s.amounts), key=lambda u: FINENESS[u])
    if finest in ("H", "MIN", "S"):
        seconds = sum((count or 0) * {"H": 3600, "MIN": 60, "S": 1}.get(unit, 86400) for count, unit in s.amounts)
        found = _moment(seconds * s.direction, "S", c)
        if finest != "S" and found.type == "TIME" and found.value:
            minute = found.value[:16]
            found = found._replace(value=minute, begin=minute, end=minute)
        return found._replace(mod=s.mod or found.mod)
    if s.calendar == "hijri" and finest == "Y":
        year = hijri_year_of(base) + round(s.amounts[0][0] or 0) * s.direction
        hijri = partial.hijri_period(year, None, None)
        if hijri is not None:
            return Resolved("DATE", hijri.value, hijri.begin.isoformat(), hijri.end.isoformat(), hijri, s.mod, by)
    day = base
    for count, unit in s.amounts:
        day = add(day, unit, (count or 0) * s.direction)
    if s.weekday is not None:
        week = containing(day, "W")
        day = week.begin + timedelta(days=s.weekday - 1)
        return Resolved("DATE", day.isoformat(), day.isoformat(), day.isoformat(), day_period(day), s.mod, by)
    grain = "D" if finest == "W" and c.assistant else finest
    period = containing(day, grain)
    return Resolved("DATE", period.value, period.begin.isoformat(), period.end.isoformat(), period, s.mod, by)
