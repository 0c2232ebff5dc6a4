"""What a word does around places: its roles as flags, and the names that it may open; kept for each distinct word."""

from __future__ import annotations

from typing import NamedTuple

from rawi.lexicon.pack import Pack
from rawi.marks.places.candidates import Candidates

CUE, LOCATIVE, PREPOSITION, DIRECTION, PERIPHERY, CONTAINER = 1, 2, 4, 8, 16, 32
CAPITAL, TITLE, GIVEN, BODY, SOFT_BODY, NOT_NAME, DEMONYM, FIRST, INSIDE = 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384
AROUND = CUE | DIRECTION | PERIPHERY | CONTAINER | CAPITAL | DEMONYM


class Opener(NamedTuple):
    """A way to read a word as the first of a place name: its proclitics, the key that is left, the longest name."""

    proclitics: str
    stem: str
    longest: int


class Word(NamedTuple):
    """The roles of a word, the proclitics with which it plays them, and the names that it may open."""

    flags: int
    proclitics: str
    stem: str
    openers: tuple[Opener, ...]


NOTHING = Word(0, "", "", ())


class Words:
    """The words of one language pack; ``of(key)`` is a pure memo."""

    def __init__(self, pack: Pack, candidates: Candidates) -> None:
        self._pack, self._tables, self._candidates = pack, pack.places, candidates
        self.memo: dict[str, Word] = {}
        self._roles = self._flags()
        self._whole = self._tables.guard("whole")
        self._affixes = self._tables.within | self._tables.joint

    def of(self, key: str) -> Word:
        """The word whose matching key is ``key``."""
        found = self.memo.get(key)
        if found is None:
            if len(self.memo) > 200_000:
                self.memo.clear()
            found = self.memo[key] = self._make(key)
        return found

    def _flags(self) -> dict[str, int]:
        t = self._tables
        flags: dict[str, int] = {}
        classes = (
            (CUE, t.cues), (LOCATIVE, t.locative), (PREPOSITION, t.prepositions), (DIRECTION, t.directions),
            (PERIPHERY, t.periphery), (CONTAINER, t.container), (CAPITAL, t.capital), (TITLE, t.guard("title")),
            (GIVEN, t.guard("given")), (BODY, t.guard("body") - t.guard("soft_body")), (SOFT_BODY, t.guard("soft_body")),
            (NOT_NAME, t.guard("notname")), (DEMONYM, t.demonyms), (FIRST, t.first), (INSIDE, t.inside),
        )  # fmt: skip
        for flag, words in classes:
            for word in words:
                flags[word] = flags.get(word, 0) | flag
        return flags

    def _make(self, key: str) -> Word:
        flags = self._roles.get(key, 0)
        openers: list[Opener] = []
        longest = self._candidates.longest(key)
        if longest:
            openers.append(Opener("", key, longest))
        proclitics, stem = "", key
        if key not in self._whole:
            for split in self._pack.splits(key)[1:]:
                if any(letter not in self._affixes for letter in split.proclitics):
                    continue
                role = self._roles.get(split.stem, 0)
                if role and not flags:
                    flags, proclitics, stem = role, split.proclitics, split.stem
                if len(split.stem) > 2 and (longest := self._candidates.longest(split.stem)):
                    openers.append(Opener(split.proclitics, split.stem, longest))
        if not openers and len(key) > 6:
            openers.extend(self._glued(key))
        return Word(flags, proclitics, stem, tuple(openers)) if flags or openers else NOTHING

    def _glued(self, key: str) -> list[Opener]:
        """A name of two words that was written as one: the second opens with the article."""
        article = self._tables.article
        at = key.find(article, 2) if article else -1
        if at < 0 or len(key) - at < 4:
            return []
        name = f"{key[:at]} {key[at:]}"
        return [Opener("", name, 1)] if self._candidates.knows(name) else []
