"""Whether two mentions name one speaker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rawi.scoring.words import Spans, Words, dice, scoring_words


def spans_of(value: Any) -> Spans:
    """A span, a list of spans or null, as a list of spans."""
    if not value:
        return []
    return [value] if isinstance(value[0], int) else list(value)


def same_speaker(words: Words, gold: Mapping[str, Any], predicted: Mapping[str, Any]) -> bool:
    """Whether the predicted speaker is the gold one.

    It is where half of the sources' words agree, or where the distinguishing words of one mention stand in the other.
    "Nobody" (no source and no ref) is a speaker that only nobody matches.
    """
    gold_source, own_source = words.touched(spans_of(gold["source"])), words.touched(spans_of(predicted["source"]))
    if gold_source and own_source and dice(gold_source, own_source) >= 0.5:
        return True
    gold_nobody = not gold_source and not gold.get("ref")
    own_nobody = not own_source and not predicted.get("ref")
    if gold_nobody or own_nobody:
        return gold_nobody and own_nobody
    return any(one_name(a, b) for a in _mentions(words, gold) for b in _mentions(words, predicted) if a and b)


def _mentions(words: Words, statement: Mapping[str, Any]) -> list[list[str]]:
    return [words.forms(spans_of(statement[field])) for field in ("ref", "source") if statement.get(field)]


def one_name(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether two mentions, as folded words, can name one speaker.

    Roles, titles and common given names distinguish nobody. The distinguishing words of the
    mention with fewer of them must stand in the other (three quarters of three and more).
    A mention of roles alone fits one that has all of its roles.
    """
    shared = scoring_words().shared
    pairs = sorted(
        ((frozenset(w for w in mention if w not in shared and len(w) > 1), frozenset(mention)) for mention in (a, b)),
        key=lambda pair: len(pair[0]),
    )
    (fewer, fewer_all), (more, more_all) = pairs
    if fewer:
        return fewer <= more or (len(fewer) >= 3 and len(fewer & more) >= 0.75 * len(fewer))
    if more:
        return bool(fewer_all) and fewer_all <= more_all
    return bool(fewer_all & more_all) and (fewer_all <= more_all or more_all <= fewer_all)
