"""The words of a document as the place finder walks them: without the strokes that tie a name's parts together."""

from __future__ import annotations

from bisect import bisect_left

from rawi.model import Span
from rawi.text.tokens import WORD, Tokens

OPENING = frozenset("#\"'\u00ab\u201c\u201d\u2018\u2039([{")
_CLOSE = frozenset("\"'\u00bb\u201d\u201c\u2019\u203a)]}")
_LIST = frozenset(",\u060c/\u061b-\u2013")
_NUNATION = ("\u064b", "\u064c", "\u064d")
_TIES = frozenset("_-")


class View:
    """Columns of words: ``keys`` and ``forms``; ``span(first, last)`` leads back to the text."""

    __slots__ = ("_at", "_tokens", "forms", "keys", "kinds")

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens
        keys = tokens.key
        self._at: list[int] | None = None
        if "_" in keys or "-" in keys:
            ties = {i for i, k in enumerate(keys) if k in _TIES and self._tied(tokens, i)}
            if ties:
                self._at = [i for i in range(len(keys)) if i not in ties]
        if self._at is None:
            self.keys, self.forms, self.kinds = keys, tokens.form, tokens.kind
        else:
            self.keys = [keys[i] for i in self._at]
            self.forms = [tokens.form[i] for i in self._at]
            self.kinds = [tokens.kind[i] for i in self._at]

    @staticmethod
    def _tied(tokens: Tokens, i: int) -> bool:
        last = len(tokens.start) - 1
        return (
            0 < i < last
            and tokens.glued(i)
            and tokens.glued(i + 1)
            and tokens.kind[i - 1] == WORD
            and tokens.kind[i + 1] == WORD
        )

    def token(self, at: int) -> int:
        """The token behind word ``at``."""
        return at if self._at is None else self._at[at]

    def span(self, first: int, last: int) -> Span:
        """The span of words ``first`` up to ``last`` (exclusive) in the text."""
        return self._tokens.span(self.token(first), self.token(last - 1) + 1)

    def range_of(self, span: Span) -> tuple[int, int]:
        """The half-open range of words that share a character with ``span``."""
        first, last = self._tokens.range_of(span)
        if self._at is None:
            return first, last
        return bisect_left(self._at, first), bisect_left(self._at, last)

    def text(self, first: int, last: int) -> str:
        """The words as written."""
        return self._tokens.words(self.token(first), self.token(last - 1) + 1)

    def sentence(self, at: int) -> int:
        """The sentence of word ``at``."""
        return self._tokens.sentence[self.token(at)]

    def is_word(self, at: int) -> bool:
        """Whether ``at`` is a word (no number, mark or Latin word)."""
        return self.kinds[at] == WORD

    def opens(self, at: int) -> bool:
        """Whether ``at`` is an opening quotation mark or bracket."""
        return self.keys[at] in OPENING

    def quotes(self, at: int) -> bool:
        """Whether ``at`` is an opening quotation mark."""
        return self.keys[at] in OPENING and self.keys[at] not in "#([{"

    def closes(self, at: int) -> bool:
        """Whether ``at`` is a closing quotation mark or bracket."""
        return self.keys[at] in _CLOSE

    def inflected(self, first: int, last: int) -> bool:
        """Whether a word bears an ending of nunation, which no place name here has."""
        text = self.text(first, last)
        return any(mark in text for mark in _NUNATION)

    def separates(self, at: int) -> bool:
        """Whether ``at`` is a mark between the items of a list."""
        return self.keys[at] in _LIST
