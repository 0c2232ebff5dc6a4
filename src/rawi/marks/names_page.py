"""The words of a document as the name finders read them: classes, sentence ends, listed names, short quotations."""

from __future__ import annotations

from functools import cached_property

from rawi.marks.names_words import (
    ARTICLE,
    BOTH,
    FOREIGN,
    GIVEN,
    HONORIFIC,
    PIOUS,
    RANK,
    ROLE,
    STOP,
    WEAK,
    NameWords,
    Word,
)
from rawi.text.tokens import PUNCT, Tokens

QUOTE_OPEN = frozenset('"\u00ab\u201c\u201e(')
_QUOTE_CLOSE = frozenset('"\u00bb\u201d\u201c)')


class NamePage:
    """The words of one document with their classes; nothing is remembered between documents but word classes."""

    def __init__(self, tokens: Tokens, words: NameWords) -> None:
        self.tokens, self.words = tokens, words
        self.keys, self.kinds = tokens.key, tokens.kind
        self.count = len(tokens)
        self._memo = words.memo
        tables = words.tables
        self._title_prep, self._stop = tables.words("title_prep"), tables.words("stop")
        self._functions = tables.function_forms
        self._plural = tables.shape("plural_end")
        self._nisba_form = tables.shape("nisba_form")
        self.for_all = tables.shape("for_all")
        self._feminine = tables.feminine_written
        self._ends = tables.shape("feminine_end")
        self.nisba = tables.shape("nisba")
        self._glued_prep, self.for_prefix = tables.shape("glued_prep"), tables.shape("for")

    def word(self, i: int) -> Word:
        """The word classes of token ``i``; a given name spelt like a function word is what is written."""
        found = self._memo[self.keys[i]]
        if found.flags & BOTH:
            written = not self.addressed(i) and self.tokens.form[i][len(found.proclitics) :] in self._functions
            return found._replace(flags=found.flags & ~((GIVEN | FOREIGN | WEAK) if written else STOP))
        return found

    def addressed(self, i: int) -> bool:
        """Whether an address with its article (the gentleman, the doctor) stands right before token ``i``."""
        if not i:
            return False
        flags = self._memo[self.keys[i - 1]].flags
        return bool(flags & (HONORIFIC | RANK) and flags & ARTICLE and not flags & ROLE)

    @cached_property
    def surnames(self) -> frozenset[str]:
        """The keys with an article that stand right after a given name somewhere in the document."""
        given = (i for i in range(self.count - 1) if self._memo[self.keys[i]].flags & (GIVEN | PIOUS))
        return frozenset(k for k in (self.keys[i + 1] for i in given) if k.startswith(self.words.articles or ("\0",)))

    def limit(self, i: int) -> int:
        """The end of the sentence of token ``i``."""
        return self.tokens.sentences[self.tokens.sentence[i]][1]

    def _quoted(self, i: int, limit: int) -> int:
        """The end of a short quotation that opens at ``i``, or ``i``."""
        mark = self.keys[i]
        if mark not in QUOTE_OPEN or i + 1 >= limit or self.kinds[i + 1] == PUNCT:
            return i
        if mark == '"' and not self.tokens.glued(i + 1):
            return i
        following = self.word(i + 1).flags
        if following & GIVEN and not following & WEAK:
            return i
        if mark == "(" and self.listed_end(i + 1) == i + 1:
            return i
        for at in range(i + 2, min(limit, i + 8)):
            if self.keys[at] in _QUOTE_CLOSE:
                return at + 1
            if self.kinds[at] == PUNCT and self.keys[at] != "-":
                return i
        return i

    def listed_end(self, i: int) -> int:
        """The end of the listed outlet, group or body whose full (not weak) name opens at ``i``, or ``i``."""
        for end, thing in self.words.tables.listed.match(self.keys, i, self.word(i).stem):
            if not thing.weak:
                return end
        return i

    def place_end(self, i: int) -> int:
        """The end of the hand-listed place whose name opens at ``i``, or ``i``."""
        found = self.words.places.match(self.keys, i, self.word(i).stem)
        return found[0][0] if found else i
