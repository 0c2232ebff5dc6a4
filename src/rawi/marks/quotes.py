"""Quotations: stretches between quotation marks, with odd marks as doubts."""

from __future__ import annotations

from typing import NamedTuple

from rawi.lexicon.pack import Pack
from rawi.model import Doubt, Quote
from rawi.text.tokens import Tokens


class QuotesFound(NamedTuple):
    """The quotations of a document; ``inside[i]`` is the number of the innermost quotation of token ``i``, or -1."""

    quotes: list[Quote]
    inside: list[int]
    doubts: list[Doubt]


def find_quotes(tokens: Tokens, pack: Pack) -> QuotesFound:
    """The quotations of ``tokens``, in text order, speakers not yet known."""
    return QuotesFound([], [-1] * len(tokens), [])
