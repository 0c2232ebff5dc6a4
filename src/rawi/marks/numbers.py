"""Numbers in digits and in words, cardinal and ordinal, read over the classes of words."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from rawi.lexicon.times import Lexeme
from rawi.text.tokens import NUMBER, Tokens

Lex = Callable[[int, str], Lexeme | None]
_SCALES = (100, 1000)


class NumberFound(NamedTuple):
    """A number over tokens ``start`` up to ``end``; ``digits``: in figures; ``definite``: with the article.

    ``clitic``: what is written on to its first word; ``the`` where the article stands before figures.
    """

    start: int
    end: int
    value: float
    digits: bool
    clitic: str = ""
    definite: bool = False


def number_at(tokens: Tokens, at: int, lex: Lex) -> NumberFound | None:
    """The cardinal that begins at token ``at``: figures (``1,500``, ``2.5``), words up to the thousands, or both."""
    if at >= len(tokens):
        return None
    if tokens.kind[at] == NUMBER:
        value = figures(tokens.form[at])
        return None if value is None else _scaled(NumberFound(at, at + 1, value, True), lex)
    article = lex(at, "AT") or lex(at, "AND")
    if article is not None and at + 1 < len(tokens) and tokens.kind[at + 1] == NUMBER and tokens.glued(at + 1):
        value = figures(tokens.form[at + 1])
        return (
            None
            if value is None
            else _scaled(NumberFound(at + 1, at + 2, value, True, article.value, article.value == "the"), lex)
        )
    return _in_words(at, lex)


def figures(form: str) -> float | None:
    """The value of a number in figures; None for several points or commas (a date, an address).

    >>> figures("1,500"), figures("2.5"), figures("12.5.2018")
    (1500.0, 2.5, None)
    """
    if form.isdigit():
        return float(form) if len(form) < 8 else None
    text = form.replace("\u066b", ".").replace("\u066c", ",")
    head, _, tail = text.partition(",")
    if tail:
        text = head + tail if len(tail) == 3 and tail.isdigit() else f"{head}.{tail}"
    try:
        return float(text)
    except ValueError:
        return None


def _scaled(number: NumberFound, lex: Lex) -> NumberFound:
    scale = lex(number.end, "NUM")
    if scale is not None and int(scale.number) in _SCALES and not scale.clitic and number.value < 1000:
        return number._replace(end=number.end + scale.size, value=number.value * scale.number)
    return number


def _in_words(at: int, lex: Lex) -> NumberFound | None:
    first = lex(at, "NUM")
    if first is None:
        return None
    total, current, end = 0, int(first.number), at + first.size
    if "teen" in first.flags:
        ten = lex(end, "NUM")
        if ten is None or ten.number != 10 or ten.clitic:
            return None
    while (word := lex(end, "NUM")) is not None:
        value, joined = int(word.number), word.clitic == "and"
        if (word.clitic and not joined) or not _fits(current, value, joined=joined):
            break
        if value in _SCALES and not joined:
            current *= value
        elif joined and current >= 1000:
            total, current = total + current, value
        else:
            current += value
        end += word.size
    return NumberFound(at, end, float(total + current), False, first.clitic, "def" in first.flags)


def _fits(current: int, value: int, *, joined: bool) -> bool:
    """Whether ``value`` may continue a number of which ``current`` has been read."""
    if not joined:
        return (value == 10 and 1 <= current <= 9) or (value in _SCALES and 2 < current < value)
    if current >= 1000:
        return value < 1000
    rest = current % 100
    if rest == 0 and current >= 100:
        return value < 100
    return 0 < rest < 10 and value in range(20, 100, 10)


def ordinal_at(at: int, lex: Lex) -> tuple[int, int] | None:
    """End and value of the ordinal at ``at``: the fifth, the eleventh, the twenty-fourth; -1 for the last."""
    first = lex(at, "ORD")
    if first is None:
        tens = lex(at, "NUM")
        if tens is not None and "def" in tens.flags and int(tens.number) in range(20, 101, 10):
            return at + tens.size, int(tens.number)
        return None
    value, end = int(first.number), at + first.size
    if 0 < value < 10:
        following = lex(end, "NUM")
        if following is not None and following.number == 10 and not following.clitic:
            return end + following.size, value + 10
        if (
            following is not None
            and following.clitic == "and"
            and "def" in following.flags
            and following.number >= 20
        ):
            return end + following.size, value + int(following.number)
    return end, value
