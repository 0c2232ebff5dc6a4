"""The day from which a text counts: its date of publication, what its own words say of it, or an interval of days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import NamedTuple

from rawi.marks.times.calendars import from_hijri
from rawi.marks.times.tense import tense_around
from rawi.marks.times.value import Found, Symbol
from rawi.marks.times.words import Words
from rawi.model import Doubt

EARLIER, LATER = 3, 1
NEWS_YEAR = 400


class Day(NamedTuple):
    """The day of a text: ``earliest`` to ``latest`` (equal where it is known, None where open), the time, doubts."""

    earliest: date | None
    latest: date | None
    now: time | None
    doubts: tuple[Doubt, ...]


def day_of(w: Words, found: Sequence[Found], published: str | None) -> Day:
    """The day of the text; a contradiction between its words and ``published`` is a doubt, and the words win.

    >>> parse("2015-07-21T02:21:20")
    (datetime.date(2015, 7, 21), datetime.time(2, 21, 20))
    """
    stated, now = parse(published)
    if stated is None:
        return _undated(w, found)
    said = [
        (s.shift or 0, s.weekday)
        for s in (f.symbol for f in found)
        if s.rule.endswith("deictic+weekday") and s.weekday
    ]
    if not said:
        return Day(stated, stated, now, ())
    votes = [
        (sum((stated + timedelta(days=k + shift)).isoweekday() == weekday for shift, weekday in said), -abs(k), -k, k)
        for k in range(-EARLIER, LATER + 1)
    ]
    right, *_, moved = max(votes)
    if moved == 0 or right == 0:
        return Day(stated, stated, now, ())
    day = stated + timedelta(days=moved)
    doubt = Doubt(code="date-conflict", params={"published": stated.isoformat(), "text": day.isoformat()})
    return Day(day, day, now if moved == 0 else None, (doubt,))


def parse(published: str | None) -> tuple[date | None, time | None]:
    """Day and time of an ISO day or date-time; None where it is none."""
    try:
        day = date.fromisoformat((published or "")[:10])
    except ValueError:
        return None, None
    rest = (published or "")[11:]
    try:
        return day, time.fromisoformat(rest) if rest else None
    except ValueError:
        return day, None


def _undated(w: Words, found: Sequence[Found]) -> Day:
    """The interval in which a text without a date was written, from what its expressions allow."""
    exact = [d for d in (_exact(f.symbol) for f in found) if d is not None]
    if exact and len(set(exact)) == 1:
        iso = exact[0].isoformat()
        return Day(exact[0], exact[0], None, (Doubt(code="undated", params={"earliest": iso, "latest": iso}),))
    earliest = _earliest(w, found)
    latest = min((d for d in (_future(w, f) for f in found) if d is not None), default=None)
    year = next((y for y in (_year(f.symbol) for f in found) if y is not None), None)
    if year is not None:
        earliest = max(earliest or date(year, 1, 1), date(year, 1, 1))
        latest = min(latest or date(year, 12, 31), date(year, 12, 31))
    if earliest is not None:
        earliest, latest = _by_weekday(found, earliest, latest)
    if earliest is not None and latest is not None and latest < earliest:
        latest = None
    params = {k: d.isoformat() for k, d in (("earliest", earliest), ("latest", latest)) if d is not None}
    return Day(earliest, latest, None, (Doubt(code="undated", params=params),))


def _exact(s: Symbol) -> date | None:
    """The day of the text where the words give it: ``today Thursday 14 March 2019``."""
    if s.shift is None or s.unit != "D" or s.base != "now" or s.year is None or s.month is None or s.day is None:
        return None
    day = _date(s)
    return day - timedelta(days=s.shift) if day is not None else None


def _date(s: Symbol) -> date | None:
    if s.year is None:
        return None
    if s.calendar == "hijri":
        return from_hijri(s.year, s.month or 1, s.day or 1)
    try:
        return date(s.year, s.month or 1, s.day or 1)
    except ValueError:
        return None


def _earliest(w: Words, found: Sequence[Found]) -> date | None:
    """The day before which the text cannot have been written: the latest full date that it tells as past.

    A date whose sentence shows no tense counts where another one confirms it, since plans are often told so.
    """
    told: list[date] = []
    untold: list[date] = []
    for item in found:
        day, tense = _past(w, item)
        if day is not None:
            (told if tense == "past" else untold).append(day)
    untold.sort()
    return max(told or untold[-2:-1] or untold, default=None)


def _past(w: Words, found: Found) -> tuple[date | None, str]:
    """A full date not told as still to come, and the tense around it; a bare year only after ``since``."""
    s = found.symbol
    if s.year is None or s.type not in ("DATE", "TIME") or s.relation == "next":
        return None, ""
    since = w.has(found.start - 1, "SINCE")
    tense = "past" if since else tense_around(w, found.start, found.end)
    onward = w.has(found.start - 1, "TO") or found.clitic.endswith("to")
    if tense in ("future", "present") or onward or (s.month is None and not since):
        return None, ""
    return _date(s), tense


def _future(w: Words, found: Found) -> date | None:
    """The day after which the text cannot have been written: a full date that it tells as still to come."""
    s = found.symbol
    if s.year is None or s.month is None or s.type not in ("DATE", "TIME"):
        return None
    if tense_around(w, found.start, found.end) != "future":
        return None
    day = _date(s)
    if day is None or s.day is not None:
        return day
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _year(s: Symbol) -> int | None:
    """The year of the text where a modifier ties a written year to it: ``this year 2019``, ``last year 2018``."""
    if s.year is None or s.calendar == "hijri":
        return None
    ties = {"this": 0, "last": 1, "next": -1}
    return s.year + ties[s.relation] if s.relation in ties and s.month is None else None


def _by_weekday(found: Sequence[Found], earliest: date, latest: date | None) -> tuple[date, date | None]:
    """The first day from ``earliest`` on, within about a year, on which a day of a month falls on its weekday."""
    pairs = [
        s for s in (f.symbol for f in found)
        if s.weekday and s.month and s.day and s.year is None and s.calendar == "gregorian"
    ]  # fmt: skip
    if not pairs:
        return earliest, latest
    days = []
    for s in pairs:
        day = next(
            (
                d for d in (earliest + timedelta(days=k) for k in range(NEWS_YEAR * 6))
                if (d.month, d.day) == (s.month, s.day) and d.isoweekday() == s.weekday
            ),
            None,
        )  # fmt: skip
        if day is not None:
            days.append(day - timedelta(days=s.shift or 0) if s.unit == "D" and s.shift is not None else day)
    exact = [d for d, s in zip(days, pairs, strict=False) if s.unit == "D" and s.shift is not None]
    if exact:
        return exact[0], exact[0]
    return (max(min(days), earliest), latest) if days else (earliest, latest)
