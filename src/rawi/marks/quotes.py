"""Quotations: stretches between quotation marks, paired by shape and spacing, with odd marks as doubts."""

from __future__ import annotations

from typing import NamedTuple

from rawi.lexicon.pack import Pack
from rawi.model import Doubt, Quote
from rawi.text.tokens import PUNCT, Tokens

OPENERS = {"\u00ab": "\u00bb", "\u201c": "\u201d", "\u201e": "\u201d", "\u2039": "\u203a"}
CLOSERS = frozenset({"\u00bb", "\u201d", "\u203a"})
EITHER = frozenset({'"', "\u201c", "\u201d", "\u201f"})
MARKS = frozenset(OPENERS) | CLOSERS | EITHER


class QuotesFound(NamedTuple):
    """The quotations of a document; ``inside[i]`` is the number of the innermost quotation of token ``i``, or -1.

    The marks themselves lie inside. ``ranges[n]`` is the half-open token range of quotation ``n``, marks included.
    """

    quotes: list[Quote]
    inside: list[int]
    doubts: list[Doubt]
    ranges: list[tuple[int, int]] = []  # noqa: RUF012 - the default is never written to


def find_quotes(tokens: Tokens, pack: Pack) -> QuotesFound:
    """The quotations of ``tokens``, in text order, speakers not yet known.

    A mark that opens and closes alike is read by its spacing, else by whether one is open. A quotation that
    is never closed ends with its paragraph; it and a lost closing mark are doubts ``unbalanced-quote``.
    """
    ranges: list[tuple[int, int]] = []
    doubts: list[Doubt] = []
    for first, last in tokens.paragraphs:
        open_at: list[int] = []
        for i in range(first, last):
            if tokens.kind[i] != PUNCT or tokens.form[i] not in MARKS:
                continue
            if _opens(tokens, i, open_at, first, last):
                open_at.append(i)
            elif open_at:
                start = _matching(tokens, open_at, i)
                ranges.append((start, i + 1))
            else:
                doubts.append(Doubt(code="unbalanced-quote", span=tokens.span(i, i + 1)))
        for start in open_at[:1]:
            doubts.append(Doubt(code="unbalanced-quote", span=tokens.span(start, start + 1)))
            ranges.append((start, last))
    ranges.sort(key=lambda r: (r[0], -r[1]))
    inside = [-1] * len(tokens)
    for number, (first, last) in enumerate(ranges):
        inside[first:last] = [number] * (last - first)
    quotes = [_quote(tokens, *r) for r in ranges]
    return QuotesFound(quotes, inside, doubts, ranges)


def _opens(tokens: Tokens, i: int, open_at: list[int], first: int, last: int) -> bool:
    form = tokens.form[i]
    if form in OPENERS and form not in EITHER:
        return True
    if form in CLOSERS and form not in EITHER:
        return False
    glued_before = i > first and tokens.glued(i) and tokens.kind[i - 1] != PUNCT
    glued_after = i + 1 < last and tokens.glued(i + 1) and tokens.kind[i + 1] != PUNCT
    same_open = any(_family(tokens.form[o]) == _family(form) for o in open_at)
    if same_open:
        return glued_after and not glued_before and form == "\u201c"
    if form == "\u201d":
        return glued_after
    return not (glued_before and not glued_after and not open_at and form == '"' and _later(tokens, i, last) % 2 == 0)


def _later(tokens: Tokens, i: int, last: int) -> int:
    """How many more marks of this kind follow in the paragraph."""
    return sum(1 for k in range(i + 1, last) if tokens.form[k] == tokens.form[i])


def _family(form: str) -> str:
    return "guillemet" if form in "\u00ab\u00bb" else "single" if form in "\u2039\u203a" else "double"


def _matching(tokens: Tokens, open_at: list[int], i: int) -> int:
    """The opening mark that the mark at ``i`` closes; what was opened inside it and never closed is dropped."""
    family = _family(tokens.form[i])
    for depth in range(len(open_at) - 1, -1, -1):
        if _family(tokens.form[open_at[depth]]) == family:
            start = open_at[depth]
            del open_at[depth:]
            return start
    return open_at.pop()


def _quote(tokens: Tokens, first: int, last: int) -> Quote:
    close = tokens.form[last - 1]
    return Quote(
        span=tokens.span(first, last),
        open=tokens.form[first],
        close=close if close in MARKS and last - first > 1 else "",
    )
