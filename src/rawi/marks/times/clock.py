"""Times of day by the clock, with their part of day, zone and date."""

from __future__ import annotations

from rawi.marks.times.days import day, part
from rawi.marks.times.value import Parse, Symbol
from rawi.marks.times.words import Words
from rawi.text.tokens import LATIN

# A time of day without a date lies on the day that the sentence speaks of.
CLOCK = Symbol("clock", type="TIME", grain="H", shift=0, unit="D", base="context")


def clock(w: Words, at: int) -> Parse | None:
    """A time of day; without the word for hour it needs a zone or part of day after it, or ``at`` before figures."""
    word = w.lex(at, "CLOCK")
    if word is None and w.assistant and _minute_word(w, at):
        return _minute_of_hour(w, at)
    j = at + word.size if word is not None else at
    j = w.skip(j, "APPROX") if word is not None else j
    figures = _figures(w, j)
    found = figures or _spoken(w, j, named=word is not None)
    if found is None:
        return None
    end, symbol = found
    end, symbol, sure = _after(w, end, symbol)
    if word is None and not sure:
        placed = figures is not None and (w.opened(at) or w.isolated(at, end)) and symbol.minute is not None
        listed = figures is None and symbol.minute is not None and w.has(at - 1, "IN")
        if not ((placed and (w.lenient or w.has(at - 1, "IN", "TO", "FROM", "BETWEEN", "AT"))) or listed):
            return None
    return with_day(w, end, symbol)


def _figures(w: Words, at: int) -> Parse | None:
    """``14:30`` or ``14:30:05``; after the word for hour also ``14.30``, there and before a zone ``1430``."""
    named = w.has(at - 1, "CLOCK")
    hour = w.digits(at)
    if len(hour) == 4:
        return _at(at + 1, hour[:2], hour[2:]) if named or w.has(at + 1, "ZONE", "ZONEWORD") else None
    if not w.mark(at + 1, ":") or not w.glued(at + 1) or not w.glued(at + 2):
        parts = w.forms[at].replace(",", ".").split(".") if named and at < w.count else []
        return _at(at + 1, *parts) if len(parts) == 2 and all(p.isdigit() for p in parts) else None
    found = _at(at + 3, hour, w.digits(at + 2))
    if found is None or not w.mark(at + 3, ":") or not w.glued(at + 3):
        return found
    second = w.digits(at + 4)
    if w.glued(at + 4) and len(second) == 2 and int(second) < 60:
        return at + 5, found[1]._replace(second=int(second), grain="S")
    return None if second else found


def _at(end: int, hour: str, minute: str) -> Parse | None:
    if not hour or len(hour) > 2 or len(minute) != 2 or int(hour) > 24 or int(minute) > 59:
        return None
    return end, CLOCK._replace(grain="MIN", hour=int(hour), minute=int(minute))


def _spoken(w: Words, at: int, *, named: bool) -> Parse | None:
    """An hour in figures or words with its minutes: ``the third and a half``, ``five less a third``."""
    number = w.number(at)
    ordinal = w.ordinal(at)
    if ordinal is not None and (named or w.keys[at].startswith(w.tables.article)):
        end, hour = ordinal
    elif number is not None and number.value == int(number.value) and not number.clitic:
        end, hour = number.end, int(number.value)
        if w.digits(number.start) and len(w.digits(number.start)) > 2:
            return None
    else:
        return None
    if not 1 <= hour <= (24 if named else 12):
        return None
    symbol = CLOCK._replace(hour=hour, minute=None)
    return _minutes(w, end, symbol) or (end, symbol)


def _minutes(w: Words, at: int, symbol: Symbol) -> Parse | None:
    share = w.lex(at, "FRAC")
    if share is not None and share.clitic == "and":
        return at + 1, symbol._replace(minute=round(share.number * 60), grain="MIN")
    less = w.lex(at, "EXCEPT")
    if less is not None:
        share = w.lex(at + 1, "FRAC")
        count = w.number(at + 1)
        taken = round(share.number * 60) if share is not None else int(count.value) if count is not None else 0
        if not 0 < taken < 60:
            return None
        end = at + 2 if share is not None else (count.end if count is not None else at)
        end = _minute_word(w, end) or end
        return end, symbol._replace(hour=(symbol.hour or 24) - 1, minute=60 - taken, grain="MIN")
    count = w.number(at)
    if count is not None and count.clitic == "and" and 0 < count.value < 60:
        end = _minute_word(w, count.end)
        if end:
            return end, symbol._replace(minute=int(count.value), grain="MIN")
    return None


def _minute_of_hour(w: Words, at: int) -> Parse | None:
    """``minute 12``, as in assistant requests: of the hour that it is."""
    number = w.number(at + 1)
    ordinal = w.ordinal(at + 1)
    if ordinal is None and (number is None or not 0 <= number.value < 60 or number.clitic):
        return None
    end, minute = (
        ordinal if ordinal is not None else (number.end, int(number.value)) if number is not None else (at, 0)
    )
    return end, CLOCK._replace(rule="minute", grain="MIN", minute=minute)


def _minute_word(w: Words, at: int) -> int:
    unit = w.lex(at, "UNIT")
    return at + 1 if unit is not None and unit.value == "MIN" else 0


def _after(w: Words, at: int, symbol: Symbol) -> tuple[int, Symbol, bool]:
    """Part of day, am or pm, and zone after a clock time; whether any of them was there."""
    end, sure = at, False
    for _ in range(3):
        j = w.skip(end, "IN")
        found = w.lex(j, "PART")
        meridiem = w.lex(end, "MERIDIEM")
        opened = w.mark(end, "(")
        zone = w.lex(end + opened, "ZONE")
        zoned = w.lex(end + opened, "ZONEWORD") if zone is None else None
        if zone is not None:
            end, symbol, sure = end + opened + zone.size, symbol._replace(zone=zone.value), True
            end += opened and w.mark(end, ")")
        elif zoned is not None and (
            w.word(end + opened + zoned.size) or w.kinds[min(end + opened + zoned.size, w.count - 1)] == LATIN
        ):
            end, symbol, sure = end + opened + zoned.size + 1, symbol._replace(zone="local"), True
            end += opened and w.mark(end, ")")
        elif (
            found is not None
            and not found.clitic
            and not symbol.part
            and found.flags & {"adv", "def"}
            and (j == end or "def" in found.flags)
        ):
            if "c" in found.flags and day(w, j + found.size) is not None:
                break
            end, symbol, sure = j + found.size, symbol._replace(part=found.value), True
        elif meridiem is not None and not symbol.part and (symbol.hour or 0) <= 12:
            end, symbol, sure = end + 1, symbol._replace(part=meridiem.value), True
        else:
            break
    return end, symbol, sure


def with_day(w: Words, at: int, symbol: Symbol) -> Parse:
    """The clock time with the day that follows it."""
    j = w.comma(at)
    k = w.skip(j, "OF", "FROM")
    found = part(w, k)
    if found is not None and found[1].rule != "part-adverb" and not (w.clitic(k) and k == j):
        return _zone_after(w, found[0], attach(found[1], symbol))
    if k == j and j > at:
        return at, symbol
    dated = day(w, k)
    if dated is not None and not (w.clitic(k) and k == j) and (k > j or not w.digits(k) or dated[1].month):
        return _zone_after(w, dated[0], attach(dated[1], symbol))
    return at, symbol


def _zone_after(w: Words, at: int, symbol: Symbol) -> Parse:
    zone = w.lex(at, "ZONE")
    if zone is not None:
        return at + zone.size, symbol._replace(zone=zone.value)
    return at, symbol


def attach(date: Symbol, time: Symbol) -> Symbol:
    """A day with the clock time of another symbol."""
    return date._replace(
        type="TIME", grain=time.grain, hour=time.hour, minute=time.minute, second=time.second, zone=time.zone,
        part=time.part or date.part, rule=f"clock+{date.rule}",
    )  # fmt: skip


def hours(symbol: Symbol) -> tuple[int, int]:
    """Hour from 0 to 24 and minute of a clock symbol, its part of day applied."""
    hour, minute = symbol.hour or 0, symbol.minute or 0
    if symbol.part in ("AF", "EV") and hour < 12 and symbol.hour is not None:
        return hour + 12, minute
    if symbol.part == "MI" and hour < 6:
        return hour + 12, minute
    if symbol.part == "NI" and 5 < hour < 12:
        return hour + 12, minute
    if symbol.part == "NI" and hour == 12:
        return (24, 0) if minute == 0 else (0, minute)
    if symbol.part == "MO" and hour == 12:
        return 0, minute
    return hour, minute
