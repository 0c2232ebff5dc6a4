"""What a time expression says before it is resolved: a symbolic value that may lack its year, month or day."""

from __future__ import annotations

from typing import NamedTuple

from rawi.model import TimexType

# Grains from coarse to fine: century, decade, year, half, quarter, season, month, week, day, part of day, clock.
GRAINS = ("CE", "DE", "Y", "HY", "Q", "SE", "M", "W", "D", "PD", "H", "MIN", "S")
FINENESS = {grain: number for number, grain in enumerate(GRAINS)}

Amount = tuple[float | None, str]


class Symbol(NamedTuple):
    """One reading of an expression; fields that the words do not state stay empty.

    ``shift`` counts ``unit`` from ``base`` (now, or the previous expression); ``relation`` is what a modifier says
    of a named thing (last next this same following previous recent before-last after-next). ``nth`` counts
    ``unit`` (or ``weekday``) inside ``within``. ``amounts`` are durations, None for an unknown number;
    ``direction`` -1 before, 1 after now. ``share`` marks a part that borrows from its neighbour.
    """

    rule: str
    type: TimexType = "DATE"
    grain: str = "D"
    calendar: str = "gregorian"
    century: int | None = None
    decade: int | None = None
    year: int | None = None
    half: int | None = None
    quarter: int | None = None
    season: str = ""
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    part: str = ""
    hour: int | None = None
    minute: int | None = None
    second: int | None = None
    zone: str = ""
    shift: int | None = None
    unit: str = ""
    base: str = "now"
    relation: str = ""
    nth: int = 0
    within: Symbol | None = None
    mod: str = ""
    amounts: tuple[Amount, ...] = ()
    direction: int = 0
    feast: str = ""
    ref: str = ""
    quant: str = ""
    freq: str = ""
    value: str = ""
    weekend: bool = False


class Found(NamedTuple):
    """An expression as found: half-open token range, symbol, row ids of its words, proclitic to cut off.

    ``linked`` is the number of the expression that the text equates with it (two calendars), or -1.
    """

    start: int
    end: int
    symbol: Symbol
    rows: tuple[str, ...]
    clitic: str
    linked: int = -1


Parse = tuple[int, Symbol]
