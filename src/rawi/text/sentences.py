"""Sentences and paragraphs as token ranges: a line break ends both, a full stop ends a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rawi.text.tokens import Tokens

_STOPS = frozenset(".!?\u061f\u2026\u06d4")
_CLOSERS = frozenset("\u00bb\u201d\u201c\"')]}\u203a")


def split_sentences(tokens: Tokens) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """The sentences and the paragraphs of the columns: two lists of half-open token ranges in order, without gaps.

    A closing mark after the stop belongs to the sentence that it closes. A stop with no space
    after it (``3.5``, ``example.org``) ends nothing, and neither does one after a single letter.
    """
    text, start, end, form = tokens.text, tokens.start, tokens.end, tokens.form
    sentences: list[tuple[int, int]] = []
    paragraphs: list[tuple[int, int]] = []
    count = len(start)
    opened = paragraph = i = 0
    while i < count:
        after = i + 1
        stop = form[i] in _STOPS or (form[i].startswith("..") and len(form[i]) > 1)
        if stop and not _abbreviates(tokens, i):
            while after < count and form[after] in _CLOSERS and start[after] == end[after - 1]:
                after += 1
            spaced = after == count or start[after] > end[after - 1]
            if spaced or form[after] in _STOPS:
                if after == count or form[after] not in _STOPS:
                    sentences.append((opened, after))
                    opened = after
            else:
                after = i + 1
        if after < count and "\n" in text[end[after - 1] : start[after]]:
            if opened < after:
                sentences.append((opened, after))
                opened = after
            paragraphs.append((paragraph, after))
            paragraph = after
        i = after
    if opened < count:
        sentences.append((opened, count))
    if paragraph < count:
        paragraphs.append((paragraph, count))
    return sentences, paragraphs


def _abbreviates(tokens: Tokens, i: int) -> bool:
    """Whether the full stop at ``i`` closes an abbreviation: one letter before it and another word after it."""
    return (
        tokens.form[i] == "."
        and i > 0
        and tokens.end[i - 1] == tokens.start[i]
        and len(tokens.form[i - 1]) == 1
        and tokens.form[i - 1].isalpha()
        and i + 1 < len(tokens.start)
    )
