"""What the writer asserts with no source: sentences and clauses that no attribution of the document covers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rawi.lexicon.pack import Pack
from rawi.model import Attribution, Span, Unattributed, UnattributedClass
from rawi.text.tokens import PUNCT, Tokens

LEAST_WORDS = 4
LEAST_REMAINDER = 7


def find_unattributed(
    tokens: Tokens, attributions: Iterable[Attribution], inside: Sequence[int], pack: Pack
) -> list[Unattributed]:
    """The statements without a source, in text order, each with its class; headline and dateline are left out.

    A sentence counts whole where no part of an attribution lies in it and no quotation opened before
    it. Where an attribution opens later in the sentence, the words before it count if they are at least
    seven and the clause has ended (at a comma): the writer's own lead to somebody's words.
    """
    covered = _covered(tokens, attributions)
    found: list[Unattributed] = []
    for first, last in tokens.sentences:
        first = max(first, tokens.title_end, tokens.dateline[1] if tokens.dateline else 0)
        if last - first < LEAST_WORDS:
            continue
        free = _free_range(tokens, covered, inside, first, last)
        if free is None:
            continue
        start, end = _trimmed(tokens, *free)
        if _words(tokens, start, end) >= LEAST_WORDS:
            found.append(Unattributed(span=tokens.span(start, end), class_=_class_of(tokens, start, end, pack)))
    return found


def _covered(tokens: Tokens, attributions: Iterable[Attribution]) -> bytearray:
    """Per token 1 where a cue, source or content lies."""
    covered = bytearray(len(tokens))
    for attribution in attributions:
        spans: list[Span] = [*attribution.cue, *attribution.source, *attribution.content]
        if attribution.target:
            spans.append(attribution.target)
        for span in spans:
            first, last = tokens.range_of(span)
            covered[first:last] = b"\x01" * (last - first)
    return covered


def _free_range(
    tokens: Tokens, covered: bytearray, inside: Sequence[int], first: int, last: int
) -> tuple[int, int] | None:
    """The whole sentence, the writer's lead in it, or None."""
    if all(inside[i] >= 0 for i in range(first, last) if tokens.kind[i] != PUNCT):
        return None
    touched = covered.find(1, first, last)
    if touched < 0:
        return first, last
    comma = next((i for i in range(touched - 1, first, -1) if tokens.kind[i] == PUNCT), None)
    if comma is None or comma < touched - 3 or _words(tokens, first, comma) < LEAST_REMAINDER:
        return None
    return first, comma


def _trimmed(tokens: Tokens, first: int, last: int) -> tuple[int, int]:
    while first < last and tokens.kind[first] == PUNCT:
        first += 1
    while last > first and tokens.kind[last - 1] == PUNCT:
        last -= 1
    return first, last


def _words(tokens: Tokens, first: int, last: int) -> int:
    return sum(1 for i in range(first, last) if tokens.kind[i] != PUNCT)


def _class_of(tokens: Tokens, first: int, last: int, pack: Pack) -> UnattributedClass:
    """The class of the formula that fits, one at the sentence's start before one anywhere; else ``writer``."""
    table, keys = pack.voice.formulas, tokens.key
    anywhere: UnattributedClass | None = None
    for at in range(first, last):
        for _, stem in pack.splits(keys[at]):
            if not table.opens(stem):
                continue
            for end, row in table.match(keys, at, stem):
                if end <= last and (not row.at_start or at == first):
                    if row.at_start or row.kind == "firsthand":
                        return row.kind
                    anywhere = anywhere or row.kind
    return anywhere or "writer"
