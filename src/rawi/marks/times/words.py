"""The tokens of a text as the grammar sees them: classes of words, numbers, joints."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rawi.lexicon.pack import Split
from rawi.lexicon.times import LEANING, OPENERS, Entry, Lexeme, TimeTables
from rawi.marks.numbers import NumberFound, number_at, ordinal_at
from rawi.text.tokens import NUMBER, PUNCT, WORD, Tokens

COMMAS = frozenset(",\u060c")
DASHES = frozenset("-\u2013\u2014\u2010\u2011")
_NOTHING: Mapping[str, Lexeme] = {}
OPENING = ("IN", "BEFORE", "AFTER", "SINCE", "FOR", "TO", "BETWEEN", "BOUND", "DATEWORD")


class Words:
    """Columns of a text with its entries; ``used`` remembers which table row was taken last for which token.

    ``lenient`` is set where single weak words count as expressions: in assistant mode, and where the text is
    nothing but the expression.
    """

    __slots__ = (
        "assistant",
        "count",
        "entries",
        "forms",
        "keys",
        "kinds",
        "lenient",
        "phrases",
        "settled",
        "tables",
        "tokens",
        "used",
    )

    def __init__(self, tokens: Tokens, tables: TimeTables, *, assistant: bool = False) -> None:
        memo = tables.entries
        self.tokens = tokens
        self.tables = tables
        self.keys = tokens.key
        self.forms = tokens.form
        self.kinds = tokens.kind
        self.entries: list[Entry | None] = [memo[k] for k in tokens.key]
        self.count = len(tokens)
        self.assistant = assistant
        self.lenient = assistant or self.count <= 4
        self.used: dict[int, str] = {}
        self.settled: dict[int, str] = {}
        self.phrases: dict[int, dict[str, Lexeme]] = {}

    def lex(self, at: int, cls: str) -> Lexeme | None:
        """The lexeme of class ``cls`` at token ``at``, the longest phrase first."""
        if not 0 <= at < self.count:
            return None
        entry = self.entries[at]
        if entry is None:
            return None
        found = (self.classes(at) if entry.longer else entry.classes).get(cls)
        if found is not None:
            self.used[at] = found.row
        return found

    def classes(self, at: int) -> Mapping[str, Lexeme]:
        """What begins at token ``at``, by class."""
        entry = self.entries[at]
        if entry is None:
            return _NOTHING
        if not entry.longer or at + 1 >= self.count or self.keys[at + 1] not in entry.seconds:
            return entry.classes
        known = self.phrases.get(at)
        if known is None:
            known = self.phrases[at] = self._phrases_at(at, entry)
        return known

    def _phrases_at(self, at: int, entry: Entry) -> dict[str, Lexeme]:
        """What begins at a token that opens phrases: by class, the longest phrase that stands there."""
        known: dict[str, Lexeme] = {}
        for rest, lexeme in entry.longer:
            if lexeme.cls not in known and tuple(self.keys[at + 1 : at + 1 + len(rest)]) == rest:
                known[lexeme.cls] = lexeme
        return {**entry.classes, **known}

    def idle(self, at: int) -> bool:
        """Whether nothing at ``at`` can be an expression, judged by what follows: a cheap test before the grammar."""
        entry = self.entries[at]
        if entry is None:
            if len(self.forms[at]) == 4 or self.forms[at].count(".") == 2:
                return False
        elif entry.longer and (phrases := self._opening_phrases(at, entry)):
            if any(x.cls not in LEANING for x in phrases):
                return False
            after = at + max(x.size for x in phrases)
            return after >= self.count or (self.entries[after] is None and self.kinds[after] != NUMBER)
        elif not entry.leans:
            return self._lone_unit(at, entry)
        after = at + 1
        if after >= self.count:
            return True
        follower = self.entries[after]
        if entry is not None and entry.wants is not None:
            return self.kinds[after] != NUMBER and entry.wants.isdisjoint(self.classes(after))
        if follower is None and self.kinds[after] != PUNCT:
            return self.kinds[after] == WORD
        if follower is not None and follower.opens:
            return False
        beyond = after + 1
        return beyond >= self.count or (self.entries[beyond] is None and self.kinds[beyond] != NUMBER)

    def _opening_phrases(self, at: int, entry: Entry) -> list[Lexeme]:
        """The phrases of several words at ``at`` that an expression may begin with."""
        if at + 1 >= self.count or self.keys[at + 1] not in entry.seconds:
            return []
        return [x for x in self.classes(at).values() if x.size > 1 and x.cls in OPENERS]

    def _lone_unit(self, at: int, entry: Entry) -> bool:
        """Whether a unit in the singular or plural stands among words of no class: the public, the day, a general."""
        unit = entry.classes.get("UNIT")
        if unit is None or self.lenient or unit.clitic or not unit.flags & {"s", "p"} or len(entry.classes) > 1:
            return False
        after = at + 1
        beside = after < self.count and (self.entries[after] is not None or self.kinds[after] == NUMBER)
        return not beside and at > 0 and self.entries[at - 1] is None and not self.mark(after, "\u060c,(")

    def settle(self, start: int, end: int) -> None:
        """Keeps the rows last taken for the tokens of an expression just read, before anything looks further."""
        for at in range(start, end):
            if at in self.used:
                self.settled[at] = self.used[at]

    def has(self, at: int, *classes: str) -> bool:
        """Whether token ``at`` has one of the classes."""
        if not 0 <= at < self.count or self.entries[at] is None:
            return False
        known, used = self.classes(at), self.used
        for cls in classes:
            if cls in known:
                used[at] = known[cls].row
                return True
        return False

    def skip(self, at: int, *classes: str) -> int:
        """The token after an optional word of one of the classes."""
        if not 0 <= at < self.count or self.entries[at] is None:
            return at
        for cls in classes:
            found = self.lex(at, cls)
            if found is not None:
                return at + found.size
        return at

    def number(self, at: int) -> NumberFound | None:
        """The number at ``at``, in digits or words."""
        if at >= self.count or (self.entries[at] is None and self.kinds[at] != NUMBER):
            return None
        return number_at(self.tokens, at, self.lex)

    def ordinal(self, at: int) -> tuple[int, int] | None:
        """End and value of the ordinal at ``at``."""
        if at >= self.count or self.entries[at] is None:
            return None
        return ordinal_at(at, self.lex)

    def comma(self, at: int) -> int:
        """The token after an optional comma."""
        return at + 1 if at < self.count and self.kinds[at] == PUNCT and self.forms[at] in COMMAS else at

    def mark(self, at: int, forms: frozenset[str] | str) -> bool:
        """Whether token ``at`` is one of the marks ``forms``."""
        return 0 <= at < self.count and self.kinds[at] == PUNCT and self.forms[at] in forms

    def glued(self, at: int) -> bool:
        """Whether no space stands before token ``at``."""
        return 0 < at < self.count and self.tokens.start[at] == self.tokens.end[at - 1]

    def digits(self, at: int) -> str:
        """The digits of token ``at``, empty where it is no plain number."""
        if 0 <= at < self.count and self.kinds[at] == NUMBER and self.forms[at].isdigit():
            return self.forms[at]
        return ""

    def word(self, at: int) -> bool:
        """Whether token ``at`` is a word."""
        return 0 <= at < self.count and self.kinds[at] == WORD

    def splits(self, key: str) -> Iterable[Split]:
        """Every way to split proclitics off a key."""
        return self.tables.splits(key)

    def guard(self, at: int, cls: str) -> bool:
        """Whether the word at ``at``, with or without article and conjunction, stands in guard class ``cls``."""
        if not 0 <= at < self.count:
            return False
        words = self.tables.guards[cls]
        key = self.keys[at]
        article = self.tables.article
        if key in words or (key.startswith(article) and key[len(article) :] in words):
            return True
        return any(key.endswith(w) and 0 < len(key) - len(w) <= 3 and len(w) > 2 for w in words)

    def clitic(self, at: int) -> str:
        """The proclitic split off the word at ``at``."""
        entry = self.entries[at] if 0 <= at < self.count else None
        if entry is None:
            return ""
        for _, lexeme in entry.longer:
            return lexeme.clitic
        for lexeme in entry.classes.values():
            return lexeme.clitic
        return ""

    def opened(self, at: int) -> bool:
        """Whether what stands before token ``at`` lets a time follow: a preposition, or a proclitic one on it."""
        return self.has(at - 1, *OPENING) or bool(self.clitic(at))

    def isolated(self, start: int, end: int) -> bool:
        """Whether the tokens from ``start`` to ``end`` are the whole text, save marks and a preposition."""
        before = start == 0 or (start == 1 and self.has(0, *OPENING))
        return before and all(self.kinds[i] == PUNCT for i in range(end, self.count))

    def sentence_start(self, at: int) -> bool:
        """Whether token ``at`` opens its sentence."""
        return at == 0 or self.tokens.sentence[at] != self.tokens.sentence[at - 1]
