"""Token columns: where each word, number and mark lies, its normal form and its matching key."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

from rawi.model import Span
from rawi.text.layout import find_dateline, headline_end
from rawi.text.letters import INVISIBLE, Letters
from rawi.text.sentences import split_sentences

WORD, NUMBER, PUNCT, LATIN, OTHER = 0, 1, 2, 3, 4

_MARKS = (
    "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u08d3-\u08e1\u08e3-\u08ff"
)
_DIGITS = "0-9\u0660-\u0669\u06f0-\u06f9\uff10-\uff19"
_ENTITY = r"&(?:#[0-9]{1,6}|#[xX][0-9a-fA-F]{1,5}|[a-zA-Z]{2,8});"
_TOKEN = re.compile(
    rf"(?P<latin>[A-Za-z\u00c0-\u024f][A-Za-z0-9\u00c0-\u024f]*)"
    rf"|(?P<number>[{_DIGITS}]+(?:[.,\u066b\u066c][{_DIGITS}]+)*)"
    rf"|(?P<word>[{INVISIBLE}]*[^\W\d_A-Za-z\u00c0-\u024f](?:[^\W\d_A-Za-z\u00c0-\u024f]|[{_MARKS}{INVISIBLE}])*)"
    rf"|(?P<entity>{_ENTITY})"
    r"|(?P<run>\.{2,}|-{2,}|[\u2013\u2014]{2,})"
    r"|(?P<mark>\S)"
)
_KIND = {"latin": LATIN, "number": NUMBER, "word": WORD, "entity": PUNCT, "run": PUNCT}


class Token(NamedTuple):
    """A view of one token, made on demand."""

    number: int
    span: Span
    kind: int
    form: str
    key: str


class Tokens:
    """The columns of one text; ``[i]`` of each column speaks of the same token.

    ``start``, ``end``: code points into ``text``. ``kind``: WORD, NUMBER, PUNCT, LATIN or OTHER.
    ``form``: normal form (marks, tatweel, invisible characters gone; ASCII digits; HTML entities
    opened). ``key``: matching key (alef, ya, ta marbuta and hamza seats folded; lower case).
    ``sentence``, ``paragraph``: index of the token's sentence and line. ``sentences`` and
    ``paragraphs``: half-open token ranges. ``title_end``: index after the last headline token
    (0 where there is no headline). ``dateline``: token range that opens the body, or None. Tokens cover every
    non-space character once.
    """

    __slots__ = (
        "dateline", "end", "form", "key", "kind", "paragraph", "paragraphs", "sentence", "sentences", "start",
        "text", "title_end",
    )  # fmt: skip

    def __init__(self, text: str, letters: Letters, title_end: int = 0) -> None:
        self.text = text
        self.start: list[int] = []
        self.end: list[int] = []
        self.kind: list[int] = []
        self.form: list[str] = []
        self.key: list[str] = []
        self._fill(letters)
        self.sentences, self.paragraphs = split_sentences(self)
        self.sentence = _index_of(self.sentences, len(self.start))
        self.paragraph = _index_of(self.paragraphs, len(self.start))
        self.title_end = self.at(title_end) if title_end else headline_end(self)
        self.dateline = find_dateline(self)

    def _fill(self, letters: Letters) -> None:
        form_of, key_of = letters.form_of, letters.key_of
        add_start, add_end, add_kind = self.start.append, self.end.append, self.kind.append
        add_form, add_key = self.form.append, self.key.append
        for match in _TOKEN.finditer(self.text):
            group = match.lastgroup
            word = match.group()
            add_start(match.start())
            add_end(match.end())
            if group == "word":
                add_kind(WORD)
                form = form_of(word)
            elif group == "mark":
                form = form_of(word)
                add_kind(OTHER if not form or word.isalnum() else PUNCT)
            else:
                add_kind(_KIND[group or "run"])
                form = html.unescape(word) if group == "entity" else form_of(word)
            add_form(form)
            add_key(key_of(form))

    def __len__(self) -> int:
        return len(self.start)

    def __getitem__(self, index: int) -> Token:
        return Token(index, self.span(index, index + 1), self.kind[index], self.form[index], self.key[index])

    def __iter__(self) -> Iterator[Token]:
        return (self[i] for i in range(len(self)))

    def span(self, first: int, last: int) -> Span:
        """The span of tokens ``first`` up to ``last`` (exclusive); empty ranges are refused by ``IndexError``."""
        if last <= first:
            raise IndexError(f"empty token range {first}..{last}")
        return Span(self.start[first], self.end[last - 1])

    def words(self, first: int, last: int) -> str:
        """The text of tokens ``first`` up to ``last`` (exclusive), as received."""
        return self.text[self.start[first] : self.end[last - 1]] if last > first else ""

    def at(self, position: int) -> int:
        """The index of the first token that ends after ``position`` (``len`` where none does)."""
        low, high = 0, len(self.end)
        while low < high:
            middle = (low + high) // 2
            if self.end[middle] <= position:
                low = middle + 1
            else:
                high = middle
        return low

    def range_of(self, span: Span) -> tuple[int, int]:
        """The half-open range of tokens that share a character with ``span``."""
        first = self.at(span.start)
        last = first
        while last < len(self.start) and self.start[last] < span.end:
            last += 1
        return first, last

    def glued(self, index: int) -> bool:
        """Whether no space stands between token ``index`` and the one before it."""
        return index > 0 and self.start[index] == self.end[index - 1]


def _index_of(ranges: list[tuple[int, int]], length: int) -> list[int]:
    column = [0] * length
    for number, (first, last) in enumerate(ranges):
        for i in range(first, last):
            column[i] = number
    return column


def tokenize(text: str, letters: Letters, title_end: int = 0) -> Tokens:
    """The token columns of ``text``; ``title_end`` is the code point where its headline ends (0: not known)."""
    return Tokens(text, letters, title_end)
