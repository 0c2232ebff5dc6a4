"""Durations, distances from now, and what repeats."""

from __future__ import annotations

from rawi.marks.times.value import Amount, Parse, Symbol
from rawi.marks.times.words import Words
from rawi.marks.times.years import relation

_HALVES = {
    "Y": (6.0, "M"),
    "H": (30.0, "MIN"),
    "D": (0.5, "D"),
    "DE": (5.0, "Y"),
    "CE": (50.0, "Y"),
    "M": (15.0, "D"),
}
_QUARTERS = {"H": (15.0, "MIN"), "CE": (25.0, "Y"), "Y": (3.0, "M")}
_THIRDS = {"H": (20.0, "MIN")}


def fraction(share: float, unit: str) -> Amount:
    """A half, quarter or third of a unit in a smaller unit."""
    table = _HALVES if share == 0.5 else _QUARTERS if share == 0.25 else _THIRDS
    return table.get(unit, (share, unit))


def duration(w: Words, at: int, *, bare: bool = False) -> Parse | None:
    """A length of time; ``bare``: a unit alone counts too, since a preposition asks for one."""
    found = (
        _counted(w, at)
        or _vague(w, at)
        or _fraction(w, at)
        or _dual(w, at)
        or _definite(w, at)
        or _single(w, at, bare)
    )
    if found is None:
        return None
    end, amounts = found
    while (more := _joined(w, end)) is not None:
        end, extra = more
        if extra[0][1] == amounts[-1][1]:
            amounts = (*amounts[:-1], ((amounts[-1][0] or 0) + (extra[0][0] or 0), extra[0][1]))
        else:
            amounts = amounts + extra
    grain = amounts[-1][1]
    symbol = Symbol("duration", type="DURATION", grain=grain, amounts=amounts)
    end = w.skip(end, "WHOLE")
    said = relation(w, end)
    if said is not None and said[1] in ("last", "next", "recent"):
        end = said[0]
        symbol = symbol._replace(
            relation=said[1], rule=f"duration-{said[1]}", direction=1 if said[1] == "next" else -1
        )
    elif w.has(end, "AGO"):
        end += 1
    return end, symbol


def _counted(w: Words, at: int) -> tuple[int, tuple[Amount, ...]] | None:
    number = w.number(at)
    if number is None or number.value <= 0:
        return None
    unit = w.lex(number.end, "UNIT")
    if unit is None or unit.clitic or "c" in unit.flags or "d" in unit.flags or unit.value in ("Q", "HY"):
        return None
    if ("def" in unit.flags and not (number.definite and number.digits)) or (number.definite and number.value == 100):
        return None
    value = int(number.value) if number.value == int(number.value) else number.value
    return number.end + unit.size, ((float(value), unit.value),)


def _vague(w: Words, at: int) -> tuple[int, tuple[Amount, ...]] | None:
    vague = w.lex(at, "VAGUE")
    if vague is None:
        return None
    unit = w.lex(at + vague.size, "UNIT")
    if unit is None or unit.clitic or not unit.flags & {"p", "s"} or unit.value in ("Q", "HY"):
        return None
    return at + vague.size + unit.size, ((None, unit.value),)


def _fraction(w: Words, at: int) -> tuple[int, tuple[Amount, ...]] | None:
    part = w.lex(at, "FRAC")
    if part is None:
        return None
    unit = w.lex(at + 1, "UNIT")
    if unit is None or unit.clitic or "s" not in unit.flags or "def" in unit.flags or unit.value in ("Q", "HY"):
        return None
    return at + 2, (fraction(round(part.number, 2), unit.value),)


def _dual(w: Words, at: int) -> tuple[int, tuple[Amount, ...]] | None:
    unit = w.lex(at, "UNIT")
    if unit is None or "d" not in unit.flags:
        return None
    end = at + unit.size
    two = w.number(end)
    if two is not None and two.value == 2 and not two.digits and not two.clitic:
        end = two.end
    if "def" in unit.flags and relation(w, end) is None:
        return None
    return end, ((2.0, unit.value),)


def _definite(w: Words, at: int) -> tuple[int, tuple[Amount, ...]] | None:
    """The definite plural: ``the past three years``, ``the coming days``, ``the last 24 hours``."""
    unit = w.lex(at, "UNIT")
    if unit is None or "p" not in unit.flags or "def" not in unit.flags:
        return None
    end = at + unit.size
    number = w.number(end)
    amount: Amount = (None, unit.value)
    if number is not None and (number.definite or number.digits):
        end = number.end
        amount = (number.value, unit.value)
    end = w.skip(end, "FEW")
    said = relation(w, end)
    if said is None and number is not None and w.lex(end, "ORD"):
        return end + 1, (amount,)
    return (
        (end, (amount,))
        if said is not None and said[1] in ("last", "next", "recent", "previous", "following")
        else None
    )


def _single(w: Words, at: int, bare: bool) -> tuple[int, tuple[Amount, ...]] | None:
    unit = w.lex(at, "UNIT")
    if unit is None or not unit.flags & {"s", "p"} or "def" in unit.flags or unit.value in ("Q", "HY"):
        return None
    end = at + unit.size
    if "s" in unit.flags:
        one = w.lex(end, "NUM")
        if one is not None and one.number == 1 and not one.clitic and "teen" not in one.flags:
            return end + 1, ((1.0, unit.value),)
        half = w.lex(end, "FRAC")
        if (
            w.has(end, "WHOLE")
            or (bare and not _governs(w, end))
            or (half is not None and half.clitic == "and" and unit.value != "S")
        ):
            return end, ((1.0, unit.value),)
        return None
    if w.has(end, "FEW"):
        return end + 1, ((None, unit.value),)
    return (end, ((None, unit.value),)) if bare and not _governs(w, end) else None


def _governs(w: Words, at: int) -> bool:
    """Whether the noun before ``at`` governs a definite one: ``during the days of the feast`` is no duration."""
    if not w.word(at) or w.has(at, "MOD"):
        return False
    return w.has(at, "FEAST") or (w.has(at - 2, "FOR") and w.keys[at].startswith(w.tables.article))


def _joined(w: Words, at: int) -> tuple[int, tuple[Amount, ...]] | None:
    """A second part: ``and a half``, ``and three months``."""
    part = w.lex(at, "FRAC")
    if part is not None and part.clitic == "and":
        unit = w.lex(at - 1, "UNIT")
        again = w.lex(at + 1, "UNIT")
        end = at + 2 if again is not None and unit is not None and again.value == unit.value else at + 1
        return (end, (fraction(round(part.number, 2), unit.value),)) if unit is not None else None
    number = w.number(at)
    if number is not None and number.clitic == "and":
        found = _counted(w, at)
        previous = w.lex(at - 1, "UNIT")
        if found is not None and previous is not None and found[1][0][1] != previous.value:
            return found
    return None


def repeated(w: Words, at: int) -> Parse | None:
    """What repeats: ``every Friday``, ``daily``, ``every three months``, ``on Fridays``."""
    dual = "UNIT" in w.classes(at) and (w.has(at + 1, "WDAY") or w.digits(at + 1))
    adverb = w.lex(at, "SETADV")
    if adverb is not None and (adverb.size > 1 or not dual):
        return at + adverb.size, Symbol("set-adverb", type="SET", value=adverb.value)
    each = w.lex(at, "EACH")
    if each is None:
        return _plural_days(w, at)
    j = at + 1
    day = w.lex(j, "UNIT")
    if day is not None and day.value == "D" and w.lex(j + 1, "WDAY"):
        j += 1
    name = w.lex(j, "WDAY")
    if name is not None and not name.clitic:
        symbol = Symbol(
            "set-weekday", type="SET", weekday=int(name.number), quant="EVERY", value=f"XXXX-WXX-{int(name.number)}"
        )
        evening = w.lex(j + 1, "PART")
        if evening is not None and not evening.clitic and "adv" in evening.flags:
            return j + 2, symbol._replace(value=symbol.value + "T" + evening.value)
        return j + 1, symbol
    part = w.lex(j, "PART")
    if part is not None and not part.clitic and "c" in part.flags:
        return j + part.size, Symbol("set-part", type="SET", quant="EVERY", value=f"XXXX-XX-XXT{part.value}")
    month = w.lex(j, "MONTH")
    if month is not None and not month.clitic:
        return j + month.size, Symbol("set-month", type="SET", quant="EVERY", value=f"XXXX-{int(month.number):02d}")
    season = w.lex(j, "SEASON")
    if season is not None and not season.clitic and "def" not in season.flags:
        return j + 1, Symbol("set-season", type="SET", quant="EVERY", value=f"XXXX-{season.value}")
    found = duration(w, j, bare=True)
    if found is not None and not w.clitic(j) and found[1].amounts[0][0] is not None and "def" not in _flags(w, j):
        return found[0], Symbol("set-unit", type="SET", quant="EVERY", amounts=found[1].amounts)
    return None


def _flags(w: Words, at: int) -> frozenset[str]:
    unit = w.lex(at, "UNIT")
    return unit.flags if unit is not None else frozenset()


def _plural_days(w: Words, at: int) -> Parse | None:
    unit = w.lex(at, "UNIT")
    if unit is None or unit.value != "D" or "p" not in unit.flags or "def" in unit.flags:
        return None
    name = w.lex(at + 1, "WDAY")
    if name is None or "def" not in name.flags or name.clitic or w.lex(at + 2, "WDAY") or w.mark(at + 2, ",\u060c"):
        return None
    if relation(w, at + 2) is not None:
        return None
    return at + 2, Symbol("set-weekday", type="SET", value=f"XXXX-WXX-{int(name.number)}", quant="EVERY")
