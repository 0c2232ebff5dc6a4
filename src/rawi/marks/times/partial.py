"""Dates that lack their year, month or week: which one they mean, by modifier, context and tense."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from rawi.marks.times.calendars import (
    Period,
    containing,
    day_period,
    feast_day,
    from_hijri,
    hijri_month,
    hijri_year_of,
    month_period,
    quarter_period,
    season_period,
)
from rawi.marks.times.context import Context
from rawi.marks.times.value import Symbol

# A day that comes soon is meant rather than one of last year, even after "he announced": that would bear its year.
SOON, SOON_AFTER_PAST, LONG_AGO = 45, 21, 120


def choose(c: Context, relation: str, candidates: Iterable[Period], *, current: bool = True) -> Period | None:
    """The one of ``candidates`` that is meant: by its modifier, else by the date near it, else by tense.

    ``current``: the period that holds today counts as the last one by default.
    """
    periods = sorted(candidates, key=lambda p: p.begin)
    today = c.today
    if relation in ("last", "previous", "recent", "before-last"):
        past = [p for p in periods if p.end < today]
        return past[-2 if relation == "before-last" and len(past) > 1 else -1] if past else None
    if relation in ("next", "after-next"):
        coming = [p for p in periods if p.begin > today]
        return coming[1 if relation == "after-next" and len(coming) > 1 else 0] if coming else None
    if relation == "this":
        return min(periods, key=lambda p: _distance(p, today), default=None)
    if relation in ("same", "following", "that"):
        said = c.previous("Y")
        if said is not None:
            if relation == "following":
                return next((p for p in periods if p.begin > said.period.end), None)
            return min(periods, key=lambda p: abs((p.begin - said.period.begin).days), default=None)
    near = c.near() if not relation else None
    if near is not None:
        told = c.tense == "past" and near.period.begin <= today
        begun = [p for p in periods if p.begin <= today] if told else []
        return min(begun or periods, key=lambda p: abs((p.begin - near.period.begin).days), default=None)
    return by_tense(c, periods)


def by_tense(c: Context, periods: list[Period]) -> Period | None:
    """The last one that has begun, or the next one where the sentence looks ahead."""
    begun = [p for p in periods if p.begin <= c.today]
    coming = [p for p in periods if p.end >= c.today]
    if c.tense == "planned":
        return min(periods, key=lambda p: _distance(p, c.today), default=None)
    if c.forward and coming:
        return coming[0]
    if begun and coming and begun[-1].grain == "D" and begun[-1] is not coming[0]:
        soon = SOON if c.tense != "past" else SOON_AFTER_PAST
        if (coming[0].begin - c.today).days <= soon and (c.today - begun[-1].end).days >= LONG_AGO:
            return coming[0]
    return begun[-1] if begun else (coming[0] if coming else None)


def _distance(period: Period, today: date) -> int:
    if period.begin <= today <= period.end:
        return 0
    return min(abs((period.begin - today).days), abs((period.end - today).days))


def _years(c: Context, symbol: Symbol, make: Callable[[int], Period | None]) -> list[Period]:
    base = c.today.year
    near = c.near()
    years = set(range(base - 3, base + 4))
    if near is not None:
        years |= set(range(near.period.begin.year - 1, near.period.begin.year + 2))
    return [p for p in (make(y) for y in sorted(years)) if p is not None]


def month_without_year(c: Context, symbol: Symbol) -> Period | None:
    """A month, or a day of a month, whose year the words do not say."""
    month = symbol.month or 1
    if symbol.calendar == "hijri":
        return hijri_without_year(c, symbol)

    def make(year: int) -> Period | None:
        if symbol.day is None:
            return month_period(year, month)
        return gregorian_day(year, month, symbol.day)

    periods = _years(c, symbol, make)
    if symbol.weekday is not None:
        fitting = [p for p in periods if p.begin.isoweekday() == symbol.weekday]
        if fitting:
            near = min(fitting, key=lambda p: abs((p.begin - c.today).days))
            if abs((near.begin - c.today).days) < 400:
                return near
    relation = symbol.relation
    if relation == "this":
        return make(c.today.year)
    if symbol.day is not None and relation == "last" and month == c.today.month and symbol.day <= c.today.day:
        return make(c.today.year)
    if symbol.day is not None and relation in ("last", "next"):
        return _day_of_related_month(c, symbol, relation)
    if c.assistant and not relation:
        return make(c.today.year if month >= c.today.month else c.today.year + 1)
    return choose(c, relation, periods)


def _day_of_related_month(c: Context, symbol: Symbol, relation: str) -> Period | None:
    """``9 February last``: the modifier belongs to the month."""
    month = symbol.month or 1
    months = [month_period(y, month) for y in range(c.today.year - 1, c.today.year + 2)]
    found = choose(c, relation, months)
    return gregorian_day(found.begin.year, month, symbol.day or 1) if found is not None else None


def gregorian_day(year: int, month: int, day: int) -> Period | None:
    """The day, None where the month does not have it."""
    try:
        return day_period(date(year, month, day))
    except ValueError:
        return None


def hijri_period(year: int, month: int | None, day: int | None) -> Period | None:
    """A Hijri day, month or year; a month or year has the value of the Gregorian one that holds its middle."""
    if month is not None and day is not None:
        found = from_hijri(year, month, day)
        return day_period(found) if found is not None else None
    if month is not None:
        days = hijri_month(year, month)
        grain = "M"
    else:
        first, last = hijri_month(year, 1), hijri_month(year, 12)
        days = (first[0], last[1]) if first and last else None
        grain = "Y"
    if days is None:
        return None
    value = containing(days[0] + (days[1] - days[0]) / 2, grain).value
    return Period(grain, days[0], days[1], value)


def hijri_century(century: int) -> Period | None:
    """The hundred Hijri years from ``century * 100 + 1`` on; its value is the Gregorian century of their middle."""
    first, last = hijri_month(century * 100 + 1, 1), hijri_month(century * 100 + 100, 12)
    if first is None or last is None:
        return None
    value = containing(first[0] + (last[1] - first[0]) / 2, "CE").value
    return Period("CE", first[0], last[1], value)


def hijri_without_year(c: Context, symbol: Symbol) -> Period | None:
    """A Hijri month or day whose year the words do not say."""
    year = hijri_year_of(c.today)
    if symbol.relation == "this":
        return hijri_period(year, symbol.month, symbol.day)
    periods = (hijri_period(y, symbol.month, symbol.day) for y in range(year - 3, year + 4))
    return choose(c, symbol.relation, [p for p in periods if p is not None])


def weekday_alone(c: Context, symbol: Symbol) -> Period | None:
    """A weekday: the nearest one before today in news, after today where the sentence looks ahead."""
    wanted = symbol.weekday or 1
    today = c.today
    back = timedelta(days=(today.isoweekday() - wanted) % 7)
    ahead = timedelta(days=(wanted - today.isoweekday()) % 7)
    relation = symbol.relation
    if symbol.day is not None:
        near = [today + timedelta(days=d) for d in range(-62, 63)]
        fitting = [d for d in near if d.day == symbol.day and d.isoweekday() == wanted]
        if c.assistant:
            fitting = [d for d in fitting if d >= today] or fitting
        return day_period(min(fitting, key=lambda d: abs((d - today).days))) if fitting else None
    if relation in ("last", "previous", "recent"):
        return day_period(today - (back or timedelta(days=7)))
    if relation == "before-last":
        return day_period(today - (back or timedelta(days=7)) - timedelta(days=7))
    if relation in ("next", "following"):
        return day_period(today + (ahead or timedelta(days=7)))
    if relation == "after-next":
        return day_period(today + (ahead or timedelta(days=7)) + timedelta(days=7))
    if relation == "this":
        return day_period(
            today + ahead if c.assistant or c.tense in ("future", "present", "planned") else today - back
        )
    if relation == "same":
        said = c.previous("W")
        if said is not None:
            base = said.period.begin
            return day_period(base - timedelta(days=(base.isoweekday() - wanted) % 7))
    if c.assistant:
        return day_period(today + (ahead or timedelta(days=7)))
    if c.tense in ("future", "present", "planned"):
        return day_period(today + ahead)
    return day_period(today - back)


def season_without_year(c: Context, symbol: Symbol) -> Period | None:
    """A season whose year the words do not say."""
    periods = [season_period(y, symbol.season) for y in range(c.today.year - 3, c.today.year + 4)]
    return choose(c, symbol.relation, periods)


def quarter_without_year(c: Context, symbol: Symbol) -> Period | None:
    """A quarter or half whose year the words do not say."""
    count = 4 if symbol.unit == "Q" else 2
    number = symbol.nth if symbol.nth > 0 else count
    if not 1 <= number <= count:
        return None
    said = c.previous(symbol.unit) if c.said and c.said[-1].sentence == c.sentence else None
    months = 12 // count
    if said is not None and said.period.grain == symbol.unit:
        year = said.period.begin.year
        return _part(year, number, symbol.unit)
    periods = [_part(y, number, symbol.unit) for y in range(c.today.year - 2, c.today.year + 3)]
    begun = [p for p in periods if p.begin + timedelta(days=15 * months) <= c.today]
    if c.forward and not symbol.relation:
        return choose(c, symbol.relation, periods)
    return begun[-1] if begun and not symbol.relation else choose(c, symbol.relation, periods)


def _part(year: int, number: int, unit: str) -> Period:
    if unit == "Q":
        return quarter_period(year, number)
    return containing(date(year, 1 if number == 1 else 7, 1), "HY")


def feast_period(c: Context, symbol: Symbol, year: int | None) -> Period | None:
    """A feast in a year, or the one that is meant without a year."""
    years = [year] if year is not None else list(range(c.today.year - 2, c.today.year + 3))
    days = [d for d in (feast_day(symbol.feast, y) for y in years) if d is not None]
    periods = [day_period(d) for d in days]
    if year is not None:
        return periods[0] if periods else None
    if symbol.relation == "this":
        return next((p for p in periods if p.begin.year == c.today.year), None)
    return choose(c, symbol.relation, periods)
