"""The publication date of a document: the outlet's local day or date-time, never converted."""

from __future__ import annotations

import re
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from rawi.model import Doubt

_ISO = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)(?:[T ](?P<time>\d\d:\d\d(?::\d\d)?)(?:[.,]\d+)?"
    r"\s?(?P<zone>Z|z|UTC|GMT|[+-]\d\d:?\d\d|[+-]\d\d)?)?"
)
_ENGLISH = ("%d %B %Y", "%B %d, %Y", "%d %b %Y", "%b %d, %Y", "%B %d %Y", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d")
_COMPACT = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)?)?")


class Published(NamedTuple):
    """A publication date as the format wants it, the raw string where it was another one, and doubts."""

    published: str | None = None
    published_as: str | None = None
    doubts: tuple[Doubt, ...] = ()


def publication(raw: str | None, raw_as: str | None = None) -> Published:
    """The date that ``raw`` writes; ``raw_as`` is what it was before, where it has been resolved already.

    >>> publication("2015-07-21 02:51:32")
    Published(published='2015-07-21T02:51:32', published_as='2015-07-21 02:51:32', doubts=())
    >>> publication("Fri, 03 May 2024 08:10:00 +0300").published
    '2024-05-03T08:10:00+03:00'
    """
    raw = (raw or "").strip() or None
    raw_as = (raw_as or "").strip() or None
    if raw is None and raw_as is None:
        return Published()
    if raw is not None and _COMPACT.fullmatch(raw) and _exists(raw):
        return Published(raw, raw_as)
    written = raw or raw_as or ""
    value = _iso(written) or _mail(written) or _english(written) or _words(written)
    if value is None:
        return Published(None, written, (Doubt(code="undated", params={"given": written}),))
    return Published(value, written)


def _exists(iso: str) -> bool:
    try:
        datetime.fromisoformat(iso)
    except ValueError:
        return False
    return True


def _iso(raw: str) -> str | None:
    match = _ISO.fullmatch(raw)
    if match is None:
        return None
    day, time, zone = match["day"], match["time"], match["zone"] or ""
    if zone.upper() in {"Z", "UTC", "GMT"}:
        zone = "+00:00"
    elif zone:
        digits = zone[1:].replace(":", "").ljust(4, "0")
        zone = f"{zone[0]}{digits[:2]}:{digits[2:]}"
    value = f"{day}T{time}{zone}" if time else day
    return value if _exists(value) else None


def _mail(raw: str) -> str | None:
    try:
        moment = parsedate_to_datetime(raw)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment.replace(microsecond=0).isoformat()


def _english(raw: str) -> str | None:
    for form in _ENGLISH:
        try:
            return datetime.strptime(raw, form).date().isoformat()
        except ValueError:
            continue
    return None


def _words(raw: str) -> str | None:
    """The one day that the date expressions of the language pack find in ``raw``; two different days are none."""
    # Loaded here: only a date in words needs the language tables.
    from rawi.lang.ar.pack import arabic
    from rawi.marks.times.find import find_times
    from rawi.text.tokens import tokenize

    if len(raw) > 200:
        return None
    pack = arabic()
    found = find_times(tokenize(raw, pack.letters), pack, published=None).times
    # A value is a day also where the calendar leaves its neighbours open (Hijri); what was written stays beside it.
    days = {t.value for t in found if t.type in ("DATE", "TIME") and t.value and _COMPACT.fullmatch(t.value)}
    if any(t.begin and t.end and t.begin[:10] != t.end[:10] and t.calendar == "gregorian" for t in found):
        return None
    if len({d[:10] for d in days}) != 1:
        return None
    day = max(days, key=len)
    return day if _exists(day) else None
