"""What differs between two texts, word by word."""

from __future__ import annotations

from difflib import SequenceMatcher

from rawi.corpus.records import Change
from rawi.lexicon.pack import Pack
from rawi.model import Span
from rawi.text.tokens import Tokens, tokenize

MOST_TOKENS = 20_000


def compare_texts(old: str, new: str, language: Pack) -> list[Change]:
    """The stretches of two texts in order: equal, replaced, inserted, deleted; compared token by token as written.

    Very long texts are compared line by line.
    """
    a, b = tokenize(old, language.letters), tokenize(new, language.letters)
    if len(a) > MOST_TOKENS or len(b) > MOST_TOKENS:
        return _changes(old, new, _lines(old), _lines(new))
    return _changes(old, new, _tokens(a), _tokens(b))


def _tokens(tokens: Tokens) -> list[Span]:
    return [Span(s, e) for s, e in zip(tokens.start, tokens.end, strict=True)]


def _lines(text: str) -> list[Span]:
    spans, at = [], 0
    for line in text.splitlines(keepends=True):
        spans.append(Span(at, at + len(line)))
        at += len(line)
    return spans


def _changes(old: str, new: str, a: list[Span], b: list[Span]) -> list[Change]:
    matcher = SequenceMatcher(None, [s.of(old) for s in a], [s.of(new) for s in b], autojunk=False)
    return [
        Change(kind, left := _span(a, i, j), right := _span(b, k, m), left.of(old), right.of(new))
        for kind, i, j, k, m in matcher.get_opcodes()
    ]


def _span(spans: list[Span], first: int, last: int) -> Span:
    if last > first:
        return Span(spans[first].start, spans[last - 1].end)
    at = spans[first].start if first < len(spans) else spans[-1].end if spans else 0
    return Span(at, at)
