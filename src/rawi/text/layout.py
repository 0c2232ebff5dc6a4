"""Layout of a news page: which line is the headline, where the dateline of the body lies."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rawi.text.tokens import Tokens

HEADLINE_WORDS = 30
DATELINE_TOKENS = 14
_STOPS = frozenset(".\u06d4")
_DASHES = frozenset("-\u2013\u2014\u2015\u2212")
_DATELINE_MARKS = frozenset('\u060c,()[]/:\u00ab\u00bb"')


def headline_end(tokens: Tokens) -> int:
    """The token index after the first line where that line reads like a headline, else 0.

    It reads like one when more lines follow, it has at most 30 tokens and does not end with a
    full stop. A page of one line is a headline only by its length and its missing stop.
    """
    if not tokens.paragraphs:
        return 0
    first, last = tokens.paragraphs[0]
    alone = len(tokens.paragraphs) == 1
    short = last - first <= HEADLINE_WORDS and not (alone and last - first > HEADLINE_WORDS // 2)
    return last if short and tokens.form[last - 1] not in _STOPS else 0


def find_dateline(tokens: Tokens) -> tuple[int, int] | None:
    """The half-open token range of the dateline that opens the body, its dash included, or None.

    ``Place - Agency -``, ``Place, Country (Agency) --``, ``Place - Agency:``: at most 14 tokens before a spaced dash,
    and nothing among them but words, numbers and the marks that a dateline may hold.
    """
    from rawi.text.tokens import PUNCT

    first = tokens.title_end
    if first >= len(tokens):
        return None
    end_of_line = tokens.paragraphs[tokens.paragraph[first]][1]
    last_dash = None
    for i in range(first, min(end_of_line, first + DATELINE_TOKENS)):
        form = tokens.form[i]
        if _is_dash(form):
            spaced = i + 1 >= end_of_line or tokens.start[i + 1] > tokens.end[i] or len(form) > 1
            if spaced and i > first:
                last_dash = i
            if last_dash is not None and not _names_more(tokens, i + 1, end_of_line):
                break
        elif tokens.kind[i] == PUNCT and form not in _DATELINE_MARKS:
            break
    if last_dash is None or last_dash + 1 >= end_of_line:
        return None
    near = range(last_dash + 1, min(end_of_line - 1, last_dash + 5))
    colon = next((i for i in near if tokens.form[i] == ":"), None)
    return (first, (last_dash if colon is None else colon) + 1)


def _is_dash(form: str) -> bool:
    return bool(form) and all(c in _DASHES for c in form)


def _names_more(tokens: Tokens, first: int, end: int) -> bool:
    """Whether another dash follows within four tokens: the agency of ``Place - Agency -``."""
    return any(_is_dash(tokens.form[i]) for i in range(first, min(end, first + 5)))
