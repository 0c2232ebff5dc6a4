"""What only looks like a time expression: names with dates in them, verbs, persons, counts, ages."""

from __future__ import annotations

from rawi.marks.times.value import Symbol
from rawi.marks.times.words import DASHES, Words
from rawi.marks.times.years import counted


def blocked(w: Words) -> set[int]:
    """The tokens inside phrases that hold no time of their own."""
    found: set[int] = set()
    for i in [i for i, entry in enumerate(w.entries) if entry is not None and entry.blocks]:
        phrase = w.classes(i).get("BLOCK")
        if phrase is not None:
            found.update(range(i, i + phrase.size))
    return found


def name_before(w: Words, at: int, cls: str = "HEAD") -> bool:
    """Whether the word before ``at`` is a noun that takes a date as its name: a street, a town, a movement."""
    i = at - 1
    while i >= 0 and w.mark(i, "\"«“'("):
        i -= 1
    if i < 0:
        return False
    words = w.tables.guards[cls]
    key = w.keys[i]
    return key in words or any(s.stem in words for s in w.splits(key) if not s.stem.startswith(w.tables.article))


def plain(symbol: Symbol) -> bool:
    """Whether neither a year nor a modifier stands with the symbol."""
    return symbol.year is None and symbol.within is None and not symbol.relation


def accepted(w: Words, start: int, end: int, symbol: Symbol, *, listed: bool) -> bool:
    """Whether the expression is one; ``listed``: it goes on a list or range whose part before it is."""
    kind = symbol.rule.rpartition("+")[2]
    if symbol.type == "DURATION":
        return not _age(w, start, end)
    if (
        kind in ("day-month", "month", "numeric", "weekday")
        and symbol.type == "DATE"
        and "deictic" not in symbol.rule
    ):
        if name_before(w, start):
            return False
        if name_before(w, start, "EVENT") and symbol.year is None and symbol.within is None and not symbol.relation:
            return False
    if kind == "month" and plain(symbol) and symbol.rule == "month":
        return listed or _month(w, start, end, symbol)
    if symbol.rule == "relative-recent" and symbol.unit == "DE":
        return w.opened(start)
    if kind == "deictic" and symbol.rule == "deictic":
        return _deictic(w, start, end, symbol)
    if kind == "reference":
        return not (w.clitic(start) == "and" and w.sentence_start(start) and end == start + 1)
    if symbol.rule == "year" and not w.has(start, "UNIT"):
        sure = listed and 1800 <= (symbol.year or 0) <= 2199 and not counted(w, end, symbol.year or 0)
        return sure or _year(w, start, end, symbol)
    return not (kind == "year" and counted(w, end, symbol.year or 0, strict=True))


def _month(w: Words, start: int, end: int, symbol: Symbol) -> bool:
    """Whether a month stands as a month: weak names need a preposition, or a word for month, beside them."""
    found = w.lex(start, "MONTH") or w.lex(start, "HMONTH")
    if found is None or end > start + found.size:
        return True
    flags = found.flags
    if not flags & {"weak"}:
        return True
    if w.isolated(start, end) or w.has(start - 1, "DELIVERY"):
        return True
    strict = "form" in flags and not w.forms[start].endswith(found.written)
    if strict:
        return False
    if found.clitic and found.clitic not in ("and", "so"):
        return found.cls == "MONTH" or found.clitic in ("by", "and by")
    if "verb" in flags:
        return not found.clitic and w.has(
            start - 1, "IN", "SINCE", "FOR", "TO", "BETWEEN", "BEFORE", "AFTER", "BOUND"
        )
    return not found.clitic and (w.has(start - 1, "IN", "SINCE", "FOR", "TO", "BETWEEN", "BEFORE", "AFTER", "BOUND"))


def _deictic(w: Words, start: int, end: int, symbol: Symbol) -> bool:
    if symbol.shift == 0 and w.lex(end, "ORD") is not None:
        return False
    if symbol.shift == 0 and not w.clitic(start):
        before = w.lex(start - 1, "IN")
        if before is not None and before.value != "until":
            return w.lenient and w.isolated(start, end)
    if symbol.shift == 1 and w.clitic(start) in ("and", "so") and w.sentence_start(start):
        return not w.word(end)
    return not (symbol.shift == 1 and w.clitic(start) == "as")


def _year(w: Words, start: int, end: int, symbol: Symbol) -> bool:
    """Whether four bare figures are a year: a preposition or bracket before them, and nothing counted after them."""
    year = symbol.year or 0
    if symbol.calendar == "hijri" and end > start + 1:
        return True
    if w.isolated(start, end) and 1900 <= year <= 2199:
        return True
    if not 1900 <= year <= 2099 or counted(w, end, year):
        return False
    if w.glued(start) and (w.mark(start - 1, DASHES) or w.mark(start - 1, "/.:+#")):
        return False
    if w.mark(end, "-/:.") and w.glued(end) and w.digits(end + 1) and w.glued(end + 1):
        onward = int(w.digits(end + 1))
        return w.forms[end] in "-/" and year < onward <= 2099 and not (w.mark(end + 2, "-/:.") and w.glued(end + 3))
    if w.mark(start - 1, "(") and w.mark(end, ")"):
        return True
    if name_before(w, start, "VISION"):
        return False
    before = (
        w.lex(start - 1, "IN")
        or w.lex(start - 1, "SINCE")
        or w.lex(start - 1, "BETWEEN")
        or w.lex(start - 1, "BOUND")
    )
    before = before or w.lex(start - 1, "BEFORE") or w.lex(start - 1, "FOR") or w.lex(start - 1, "AFTER")
    if before is not None:
        return not w.has(start - 2, "APPROX")
    opener = w.lex(start - 1, "FROM") or w.lex(start - 1, "TO")
    if opener is not None:
        onward = w.lex(end, "TO") is not None or w.mark(end, DASHES)
        return onward or opener.cls == "TO" or (end == start + 1 and w.mark(end, ".,\u060c)"))
    return False


def _age(w: Words, start: int, end: int) -> bool:
    """Whether a number of years is somebody's age: alone in brackets, or after a word for age."""
    if w.mark(start - 1, "(") and w.mark(end, ")") and w.number(start) is not None:
        return True
    unit = w.lex(end - 1, "UNIT")
    if unit is None or unit.value not in ("Y", "M"):
        return False
    if w.guard(end, "AGE") or (w.has(end, "FROM") and w.guard(end + 1, "AGE")):
        return True
    first = max(0, start - 5)
    for i in range(start - 1, first - 1, -1):
        if w.sentence_start(i + 1):
            return False
        if w.keys[i] in w.tables.guards["AGE"] or any(s.stem in w.tables.guards["AGE"] for s in w.splits(w.keys[i])):
            return True
    return False
