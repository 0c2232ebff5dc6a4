"""The time expressions of a document, resolved against its date."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Literal, NamedTuple

from rawi.lexicon.pack import Pack
from rawi.marks.times.context import Context, Said
from rawi.marks.times.grammar import expressions
from rawi.marks.times.infer import Day, day_of
from rawi.marks.times.resolve import Resolved, resolve, underspecified
from rawi.marks.times.tense import tense_around
from rawi.marks.times.value import Found, Symbol
from rawi.marks.times.words import Words
from rawi.model import Doubt, Span, Timex
from rawi.text.tokens import Tokens

Mode = Literal["news", "assistant"]
_NEEDS_TENSE = frozenset({"D", "M", "PD", "SE", "Q", "HY", "H", "MIN"})


class TimesFound(NamedTuple):
    """The time expressions in text order, and doubts about the document's date."""

    times: list[Timex]
    doubts: list[Doubt]


def find_times(tokens: Tokens, pack: Pack, *, published: str | None = None, mode: Mode = "news") -> TimesFound:
    """The time expressions of ``tokens``; ``published`` is an ISO day or date-time, None where the page has none.

    ``mode``: in news a date without a year lies in the past unless the sentence looks ahead; an assistant's
    user speaks of the future. Without a date the interval in which the text was written is inferred; what it
    leaves open stays underspecified (``XXXX-09-15``).
    """
    w = Words(tokens, pack.times, assistant=mode == "assistant")
    found = expressions(w)
    if not found:
        return TimesFound([], [] if published else [Doubt(code="undated")])
    day = day_of(w, found, published)
    if day.earliest is None:
        return TimesFound([_open(w, f) for f in found], list(day.doubts))
    times = _resolved(w, found, day.earliest, day.now)
    if day.latest != day.earliest:
        times = _agreeing(w, found, times, day)
    return TimesFound(times, list(day.doubts))


def _resolved(w: Words, found: list[Found], today: date, now: time | None) -> list[Timex]:
    """Every expression resolved in text order against one day."""
    context = Context(today=today, now=now, assistant=w.assistant)
    times: list[Timex] = []
    for number, item in enumerate(found):
        context.sentence = w.tokens.sentence[item.start]
        context.paragraph = w.tokens.paragraph[item.start]
        symbol = item.symbol
        loose = symbol.year is None and symbol.grain in _NEEDS_TENSE and symbol.type in ("DATE", "TIME")
        ahead = symbol.direction > 0 and not symbol.relation
        context.tense = tense_around(w, item.start, item.end) if loose or ahead else ""
        value = resolve(symbol, context)
        timex = _timex(w, item, value)
        if item.linked >= 0:
            times[item.linked], timex = _linked(times[item.linked], timex)
        times.append(timex)
        if value.period is not None:
            dated = symbol.year is not None or symbol.within is not None or bool(symbol.relation)
            named, hijri = symbol.month is not None, symbol.calendar == "hijri"
            context.said.append(
                Said(value.period, number + 1, context.sentence, context.paragraph, named, dated, hijri)
            )
    return times


def _timex(w: Words, item: Found, value: Resolved) -> Timex:
    symbol = item.symbol
    doubts: tuple[Doubt, ...] = ()
    if value.conflict:
        doubts = (Doubt(code="date-conflict", params={"value": value.value or "", "weekday": value.conflict}),)
    begin, end, mod = value.begin, value.end, value.mod
    calendar = "gregorian"
    if symbol.calendar == "hijri" and value.period is not None:
        calendar = "hijri"
        if value.period.grain == "D" and value.type == "DATE":
            begin = (value.period.begin - timedelta(days=1)).isoformat()
            end = (value.period.end + timedelta(days=1)).isoformat()
            mod = mod or "APPROX"
    anchor = "t0" if value.by == "now" else value.by if value.by[:1] == "t" and value.by[1:].isdigit() else None
    if anchor is None and value.by not in ("", "within"):
        anchor = "t0"
    return Timex(
        span=_span(w, item), type=value.type, value=value.value, mod=mod or None, quant=symbol.quant or None,  # type: ignore[arg-type]
        freq=symbol.freq or None, begin=begin, end=end, anchor=anchor, calendar=calendar,
        rule=" ".join((_name(symbol, value), *item.rows)), doubts=doubts,
    )  # fmt: skip


def _name(symbol: Symbol, value: Resolved) -> str:
    how = value.by if value.by and not value.by[1:].isdigit() else ""
    return f"time.{symbol.rule}" + (f" time.by-{how}" if how else "")


def _span(w: Words, item: Found) -> Span:
    """The span without the proclitics that were split off its first word, where they stand as plain letters."""
    start, end = w.tokens.start[item.start], w.tokens.end[item.end - 1]
    letters = len(item.clitic.split())
    key = w.keys[item.start]
    if letters and len(key) > letters and key[letters - 1] != key[letters]:
        surface = w.tokens.text[start : start + letters]
        if w.forms[item.start].startswith(surface) and surface.isalpha():
            return Span(start + letters, end)
    return Span(start, end)


def _linked(first: Timex, second: Timex) -> tuple[Timex, Timex]:
    """Two dates that the text equates: a Hijri one a day apart takes the Gregorian day, else a doubt."""
    hijri, other = (first, second) if first.calendar == "hijri" else (second, first)
    if hijri.calendar != "hijri" or other.calendar == "hijri" or not hijri.value or not other.value:
        return first, second
    try:
        apart = abs((date.fromisoformat(hijri.value) - date.fromisoformat(other.value)).days)
    except ValueError:
        return first, second
    if apart <= 1:
        sure = _changed(hijri, value=other.value, begin=other.value, end=other.value, mod=None)
    else:
        params = {"hijri": hijri.value, "gregorian": other.value}
        sure = _changed(hijri, doubts=(*hijri.doubts, Doubt(code="date-conflict", params=params)))
    return (sure, second) if hijri is first else (first, sure)


def _changed(timex: Timex, **fields: object) -> Timex:
    values = {name: getattr(timex, name) for name in timex.__struct_fields__}
    return Timex(**{**values, **fields})


def _open(w: Words, item: Found) -> Timex:
    """An expression of a text of unknown day: what its words alone say."""
    symbol = item.symbol
    relative = symbol.shift is not None or symbol.relation or symbol.within is not None
    if symbol.year is None and symbol.type in ("DATE", "TIME") and not symbol.century:
        value = symbol.ref or (None if relative else underspecified(symbol))
        kind = symbol.type if symbol.type != "TIME" or value else "TIME"
        return _timex(w, item, Resolved(kind, value))
    resolved = resolve(symbol, Context(today=date(2000, 1, 1)))
    if symbol.type == "DURATION":
        resolved = resolved._replace(begin=None, end=None, by="")
    return _timex(w, item, resolved)


def _agreeing(w: Words, found: list[Found], early: list[Timex], day: Day) -> list[Timex]:
    """The expressions whose value is the same whenever the text was written; the others stay open."""
    if day.earliest is None:
        return early
    last = day.latest or day.earliest + timedelta(days=3650)
    late = _resolved(w, found, last, day.now)
    times: list[Timex] = []
    for item, one, other in zip(found, early, late, strict=True):
        if one.value == other.value:
            fixed = one.begin == other.begin and one.end == other.end
            times.append(one if fixed else _changed(one, begin=None, end=None))
        elif day.latest is not None and one.begin and other.end and one.begin <= other.end:
            times.append(_changed(_open(w, item), begin=one.begin, end=other.end))
        else:
            times.append(_open(w, item))
    return times
