"""Charged wording in the writer's own voice: what lies outside quotation marks and stands in the lexicon."""

from __future__ import annotations

from collections.abc import Sequence

from rawi.lexicon.pack import Pack
from rawi.model import Charged
from rawi.text.tokens import Tokens


def find_charged(tokens: Tokens, inside: Sequence[int], pack: Pack) -> list[Charged]:
    """The charged wordings of ``tokens`` in text order, the longest where several begin at one word.

    ``inside[i]`` is the quotation of token ``i`` or -1: what stands between quotation marks are somebody
    else's words and is left to its speaker. A label put in quotation marks after a distancing phrase is
    found by that phrase.
    """
    table, keys = pack.voice.charged, tokens.key
    found: list[Charged] = []
    at = 0
    while at < len(tokens):
        best = at
        if inside[at] < 0:
            for _, stem in pack.splits(keys[at]):
                if table.opens(stem):
                    for end, row in table.match(keys, at, stem):
                        if end > best:
                            best = end
                            mark = Charged(span=tokens.span(at, end), class_=row.kind, row=row.id)
                        break
            if best > at:
                found.append(mark)
        at = max(best, at + 1)
    return found
