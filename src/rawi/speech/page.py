"""One page as the reporting layer sees it: token columns with function-word classes, quotations and sentences."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from rawi.lexicon.pack import Pack
from rawi.lexicon.reporting import ReportingTables
from rawi.marks.names_view import Named
from rawi.marks.quotes import QuotesFound
from rawi.model import Timex
from rawi.text.tokens import PUNCT, WORD, Tokens

COMMAS = frozenset({"\u060c", ",", "\u061b", ";"})
STOPS = frozenset({".", "!", "\u061f", "?", "\u2026", "...", ".."})
COLONS = frozenset({":"})
QUOTE_MARKS = frozenset('"\u00ab\u00bb\u201c\u201d\u201e\u201f')
OPEN_BRACKETS = frozenset("([")
CLOSE_BRACKETS = frozenset(")]")


class Page:
    """The columns of one page, and what each token is: particle, head noun, name, verb, part of a quotation."""

    def __init__(
        self,
        tokens: Tokens,
        quotes: QuotesFound,
        times: Sequence[Timex],
        known: bytearray,
        named: Named,
        pack: Pack,
    ) -> None:
        self.tokens = tokens
        self.key = tokens.key
        self.form = tokens.form
        self.pack = pack
        self.known = known
        self.named = named
        self._cue_memo: dict[str, bool] = {}
        self.tables: ReportingTables = pack.reporting
        self.quotes = quotes
        self.inside = quotes.inside
        self.comp = self.tables.of("comp") | self.tables.of("comp-fa")
        self.comp_wa = self.tables.of("comp-wa")
        self.prep = self.tables.spelled("prep")
        self.rel = self.tables.of("rel")
        self.opener = self.tables.of("opener")
        self.time = self.tables.of("time")
        self.outer = self._outer()
        self.timed = bytearray(len(tokens))
        for timex in times:
            first, last = tokens.range_of(timex.span)
            self.timed[first:last] = b"\x01" * (last - first)

    def _outer(self) -> list[int]:
        """Per token the number of the outermost quotation around it, or -1."""
        outer = [-1] * len(self.tokens)
        done = 0
        for number, (first, last) in enumerate(self.quotes.ranges):
            if first >= done:
                if self.form[last - 1] not in QUOTE_MARKS or last - first == 1:
                    last = min(last, self.tokens.sentences[self.tokens.sentence[first]][1])
                outer[first:last] = [number] * (last - first)
                done = last
        return outer

    def __len__(self) -> int:
        return len(self.tokens)

    def is_punct(self, i: int) -> bool:
        """Whether token ``i`` is a mark."""
        return self.tokens.kind[i] == PUNCT

    def is_word(self, i: int) -> bool:
        """Whether token ``i`` is a word of the language."""
        return self.tokens.kind[i] == WORD

    def sentence_of(self, i: int) -> tuple[int, int]:
        """The token range of the sentence of token ``i``; quotations are not looked at."""
        return self.tokens.sentences[self.tokens.sentence[i]]

    def paragraph_of(self, i: int) -> tuple[int, int]:
        """The token range of the line of token ``i``."""
        return self.tokens.paragraphs[self.tokens.paragraph[i]]

    def bare(self, i: int) -> str:
        """The key of token ``i`` without a glued conjunction, where what is left is longer than two letters."""
        key = self.key[i]
        return self._bare(key)

    def is_prep(self, i: int) -> bool:
        """Whether token ``i``, as it is spelled, is a preposition, a glued conjunction aside."""
        form = self.form[i]
        return form in self.prep or (len(form) > 2 and form[1:] in self.prep and form.startswith(self.conjunctions))

    @cached_property
    def conjunctions(self) -> tuple[str, ...]:
        """The glued conjunctions of the language."""
        return tuple(self.tables.of("conjunction"))

    def _bare(self, key: str) -> str:
        if len(key) > 3 and key.startswith(self.conjunctions) and key not in self.tables.heads:
            return key[1:]
        return key

    def has_conjunction(self, i: int) -> bool:
        """Whether token ``i`` may open with a glued conjunction."""
        key = self.key[i]
        if len(key) <= 2 or not key.startswith(self.conjunctions) or key in self.tables.heads:
            return False
        forms = self.tables.forms
        return key not in forms or key[1:] in forms

    def is_time(self, i: int) -> bool:
        """Whether token ``i`` lies in a time expression or is a plain time word."""
        return bool(self.timed[i]) or self.key[i] in self.time or self.key[i] in self.tables.of("time-noun")

    def in_class(self, i: int, name: str) -> bool:
        """Whether token ``i`` is of a function-word class, with or without a glued conjunction."""
        key, words = self.key[i], self.tables.of(name)
        return key in words or (key.startswith(self.conjunctions) and key[1:] in words)

    def is_cue_verb(self, i: int) -> bool:
        """Whether token ``i`` is a verb or participle that hardly ever is anything but a cue."""
        key = self.key[i]
        found = self._cue_memo.get(key)
        if found is None:
            forms = self.tables.forms
            found = len(key) > 2 and any(
                f.cue.prior == "H" and f.shape in {"past", "present", "hal"} and f.person == 3 and not f.suffix
                for _, stem in self.pack.splits(key)
                for f in forms.get(stem, ())
            )
            self._cue_memo[key] = found
        return found

    def may_be_verb(self, i: int) -> bool:
        """Whether token ``i`` can be a finite form of a cue verb."""
        forms = self.tables.forms
        return any(
            f.shape in {"past", "present"} for _, stem in self.pack.splits(self.key[i]) for f in forms.get(stem, ())
        )

    def looks_verbal(self, i: int) -> bool:
        """Whether token ``i`` has the shape of a finite verb and is no known name or head noun."""
        key = self.bare(i)
        if self.known[i] or not self.is_word(i) or key in self.tables.heads or len(key) < 3:
            return False
        if key in self.tables.of("verb"):
            return True
        if key.startswith(tuple(self.tables.of("article"))):
            return False
        final = key.endswith(tuple(self.tables.of("verb-final"))) and not key.endswith("\u0627\u062a")
        final = final and key not in self.tables.of("no-verb")
        return final or (key.startswith(tuple(self.tables.of("verb-initial"))) and len(key) > 3)

    def is_comp(self, i: int) -> bool:
        """Whether token ``i`` is a complementiser."""
        return self.key[i] in self.comp and not (
            i + 1 < len(self) and self.form[i + 1] == "." and self.tokens.glued(i + 1)
        )

    def opens_quote(self, i: int) -> bool:
        """Whether a quotation opens at token ``i``."""
        return self.inside[i] >= 0 and self.quotes.ranges[self.inside[i]][0] == i

    def quote_end(self, i: int) -> int:
        """The token index after the quotation that opens at ``i``."""
        return self.quotes.ranges[self.inside[i]][1]
