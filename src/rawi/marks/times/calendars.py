"""Calendar arithmetic: periods of every grain, the Hijri calendar of Umm al-Qura, feasts.

Umm al-Qura by ``hijridate`` (1343 to 1500 AH); other years by the arithmetic calendar (Type II, civil epoch), as in
Reingold and Dershowitz, Calendrical Calculations, which may lie a day or two off.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
TABLE_YEARS = range(1343, 1501)
_ARITHMETIC_EPOCH = 227014


class Period(NamedTuple):
    """A stretch of days with its grain and TIMEX3 value; ``begin`` and ``end`` inclusive."""

    grain: str
    begin: date
    end: date
    value: str


def day_period(day: date) -> Period:
    """The one day."""
    return Period("D", day, day, day.isoformat())


@lru_cache(maxsize=8192)
def week_period(day: date) -> Period:
    """The ISO week of ``day``, Monday to Sunday.

    >>> week_period(date(2019, 3, 14)).value
    '2019-W11'
    """
    year, week, weekday = day.isocalendar()
    monday = day - timedelta(days=weekday - 1)
    return Period("W", monday, monday + timedelta(days=6), f"{year:04d}-W{week:02d}")


@lru_cache(maxsize=8192)
def month_period(year: int, month: int) -> Period:
    """The month; months under 1 and over 12 run into other years."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return Period("M", date(year, month, 1), date(year, month, monthrange(year, month)[1]), f"{year:04d}-{month:02d}")


def months_period(year: int, first: int, count: int, grain: str, value: str) -> Period:
    """``count`` months from ``first`` on."""
    return Period(grain, month_period(year, first).begin, month_period(year, first + count - 1).end, value)


def quarter_period(year: int, quarter: int) -> Period:
    """The quarter; numbers under 1 and over 4 run into other years."""
    year, quarter = year + (quarter - 1) // 4, (quarter - 1) % 4 + 1
    return months_period(year, quarter * 3 - 2, 3, "Q", f"{year:04d}-Q{quarter}")


def half_period(year: int, half: int) -> Period:
    """The half of a year."""
    year, half = year + (half - 1) // 2, (half - 1) % 2 + 1
    return months_period(year, half * 6 - 5, 6, "HY", f"{year:04d}-H{half}")


def season_period(year: int, season: str) -> Period:
    """The meteorological season; winter begins in December of ``year``."""
    return months_period(year, SEASONS[season], 3, "SE", f"{year:04d}-{season}")


def year_period(year: int) -> Period:
    """The year."""
    return Period("Y", date(year, 1, 1), date(year, 12, 31), f"{year:04d}")


def decade_period(decade: int) -> Period:
    """The decade that begins in year ``decade * 10``."""
    return Period("DE", date(max(decade * 10, 1), 1, 1), date(decade * 10 + 9, 12, 31), f"{decade:03d}")


def century_period(century: int) -> Period:
    """The years from ``century * 100`` on, as TIMEX3 counts them: 19 is the twentieth century."""
    return Period("CE", date(max(century * 100, 1), 1, 1), date(century * 100 + 99, 12, 31), f"{century:02d}")


def containing(day: date, grain: str) -> Period:
    """The period of ``grain`` that holds ``day``."""
    if grain == "W":
        return week_period(day)
    if grain == "M":
        return month_period(day.year, day.month)
    if grain == "Q":
        return quarter_period(day.year, (day.month + 2) // 3)
    if grain == "HY":
        return half_period(day.year, (day.month + 5) // 6)
    if grain == "Y":
        return year_period(day.year)
    if grain == "DE":
        return decade_period(day.year // 10)
    if grain == "CE":
        return century_period(day.year // 100)
    return day_period(day)


def shifted(day: date, grain: str, count: int) -> Period:
    """The period of ``grain`` that lies ``count`` of them after the one that holds ``day``.

    >>> shifted(date(2020, 1, 6), "M", -1).value, shifted(date(2020, 1, 6), "DE", -1).value
    ('2019-12', '201')
    """
    if grain in ("D", "W"):
        return containing(day + timedelta(days=count * (7 if grain == "W" else 1)), grain)
    if grain in ("M", "Q", "HY"):
        months = {"M": 1, "Q": 3, "HY": 6}[grain] * count
        first = month_period(day.year, day.month + months).begin
        return containing(first, grain)
    years = {"Y": 1, "DE": 10, "CE": 100}[grain] * count
    return containing(date(day.year + years, 1, 1), grain)


def add(day: date, unit: str, count: float) -> date:
    """``day`` moved by ``count`` units; the day of the month is kept where the month has it."""
    if unit in ("D", "W"):
        return day + timedelta(days=count * (7 if unit == "W" else 1))
    if unit in ("H", "MIN", "S"):
        return day + timedelta(hours=count / {"H": 1, "MIN": 60, "S": 3600}[unit])
    months = round({"M": 1, "Q": 3, "HY": 6, "Y": 12, "DE": 120, "CE": 1200}[unit] * count)
    target = month_period(day.year, day.month + months)
    return target.begin.replace(day=min(day.day, target.end.day))


@lru_cache(maxsize=4096)
def from_hijri(year: int, month: int, day: int) -> date | None:
    """The Gregorian day of a Hijri one; None where the month has no such day.

    >>> from_hijri(1437, 9, 15), from_hijri(1440, 7, 7)
    (datetime.date(2016, 6, 20), datetime.date(2019, 3, 14))
    """
    if year in TABLE_YEARS:
        # Loaded here: most pages hold no Hijri date.
        from hijridate import Hijri

        try:
            found = Hijri(year, month, day).to_gregorian()
        except (ValueError, OverflowError):
            return None
        return date(found.year, found.month, found.day)
    if not (1 <= month <= 12 and 1 <= day <= 30 and year >= 1):
        return None
    ordinal = _ARITHMETIC_EPOCH + 354 * (year - 1) + (3 + 11 * year) // 30 + 29 * (month - 1) + month // 2 + day
    return date.fromordinal(ordinal) if ordinal < date.max.toordinal() else None


@lru_cache(maxsize=4096)
def hijri_month(year: int, month: int) -> tuple[date, date] | None:
    """First and last day of a Hijri month; months under 1 and over 12 run into other years."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    first = from_hijri(year, month, 1)
    following = from_hijri(year + month // 12, month % 12 + 1, 1)
    return (first, following - timedelta(days=1)) if first and following else None


def hijri_year_of(day: date) -> int:
    """The Hijri year in which ``day`` lies.

    >>> hijri_year_of(date(2019, 3, 14))
    1440
    """
    guess = int((day.year - 622) * 33 / 32)
    for year in (guess + 2, guess + 1, guess, guess - 1):
        first = from_hijri(year, 1, 1)
        if first is not None and first <= day:
            return year
    return guess - 2


def hijri_month_of(day: date) -> tuple[int, int]:
    """Hijri year and month in which ``day`` lies.

    >>> hijri_month_of(date(2015, 8, 16))
    (1436, 11)
    """
    year = hijri_year_of(day)
    for month in range(12, 0, -1):
        first = from_hijri(year, month, 1)
        if first is not None and first <= day:
            return year, month
    return year, 1


def majority(begin: date, end: date, grain: str) -> Period:
    """The period of ``grain`` that holds most days from ``begin`` to ``end``."""
    middle = begin + (end - begin) / 2
    return containing(middle, grain)


def easter(year: int) -> date:
    """Easter Sunday of the Western churches (Meeus, Astronomical Algorithms, chapter 8).

    >>> easter(2013)
    datetime.date(2013, 3, 31)
    """
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


def feast_day(feast: str, year: int) -> date | None:
    """The first day of a feast in a Gregorian year; ``feast`` is a cell of ``feasts.tsv``, as ``hijri 10-01``."""
    calendar, _, when = feast.partition(" ")
    if when.startswith("easter"):
        return easter(year) + timedelta(days=int(when[6:] or 0))
    month, day = (int(p) for p in when.split("-"))
    if calendar == "gregorian":
        return date(year, month, day)
    first = hijri_year_of(date(year, 1, 1))
    for hijri_year in (first, first + 1):
        found = from_hijri(hijri_year, month, day)
        if found is not None and found.year == year:
            return found
    return None
