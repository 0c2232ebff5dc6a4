"""What a word does around places: its roles as flags, and the names that it may open; kept for each distinct word."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rawi.lexicon.pack import Pack
from rawi.marks.places.candidates import STRONG, Candidates
from rawi.marks.places.mention import Mention

CUE, LOCATIVE, PREPOSITION, DIRECTION, PERIPHERY, CONTAINER = 1, 2, 4, 8, 16, 32
CAPITAL, TITLE, GIVEN, BODY, SOFT_BODY, NOT_NAME, DEMONYM, FIRST, INSIDE = (
    64,
    128,
    256,
    512,
    1024,
    2048,
    4096,
    8192,
    16384,
)
SPEAKS = 32768
INVITING = CUE | LOCATIVE | PREPOSITION | DIRECTION | PERIPHERY | CAPITAL | DEMONYM
AROUND = CUE | DIRECTION | PERIPHERY | CONTAINER | CAPITAL | DEMONYM


class Opener(NamedTuple):
    """A way to read a word as the first of a place name.

    Its proclitics, the key that is left, the longest name, the words that may follow, and how sure a
    place the word alone is (0: none).
    """

    proclitics: str
    stem: str
    longest: int
    seconds: frozenset[str]
    alone: int


class Word(NamedTuple):
    """The roles of a word, the proclitics with which it plays them, and the names that it may open.

    ``shy``: alone it is a place only where something beside it says so; ``within``: it bears a preposition;
    ``definite``: it bears the article; ``seconds``: the words that may go on a name which it opens.
    """

    flags: int
    proclitics: str
    stem: str
    openers: tuple[Opener, ...]
    shy: bool
    within: bool
    definite: bool
    seconds: frozenset[str]


NOTHING = Word(0, "", "", (), True, False, False, frozenset())
DEFINITE = NOTHING._replace(definite=True)


class Words:
    """The words of one language pack; ``of(key)`` is a pure memo."""

    def __init__(self, pack: Pack, candidates: Candidates) -> None:
        self._pack, self._tables, self._candidates = pack, pack.places, candidates
        self.memo: dict[str, Word] = {}
        self._roles = self._flags()
        self._whole = self._tables.guard("whole")
        self._common = self._tables.common | self._tables.guard("given") | frozenset(self._tables.directions)
        self._affixes = self._tables.within | self._tables.joint

    def of(self, key: str) -> Word:
        """The word whose matching key is ``key``."""
        found = self.memo.get(key)
        if found is None:
            if len(self.memo) > 200_000:
                self.memo.clear()
            found = self.memo[key] = self._make(key)
        return found

    def name_of(self, m: Mention, key: str) -> bool:
        """Gives ``m`` the places called ``key``; whether there are any."""
        m.candidates = self._candidates.of(key)
        if m.candidates:
            m.key, m.strength, m.accepted = key, STRONG, True
        return bool(m.candidates)

    def _flags(self) -> dict[str, int]:
        t = self._tables
        flags: dict[str, int] = {}
        classes = (
            (CUE, t.cues), (LOCATIVE, t.locative), (PREPOSITION, t.prepositions), (DIRECTION, t.directions),
            (PERIPHERY, t.periphery), (CONTAINER, t.container), (CAPITAL, t.capital), (TITLE, t.guard("title")),
            (GIVEN, t.guard("given")), (BODY, t.guard("body") - t.guard("soft_body")),
            (SOFT_BODY, t.guard("soft_body")), (SPEAKS, t.speaks),
            (NOT_NAME, t.guard("notname")), (DEMONYM, t.demonyms), (FIRST, t.first), (INSIDE, t.inside),
        )  # fmt: skip
        for flag, words in classes:
            for word in words:
                flags[word] = flags.get(word, 0) | flag
        # A preposition whose key is also a given name is a preposition: the key does not tell them apart.
        return {w: f & ~(GIVEN | TITLE) if f & PREPOSITION else f for w, f in flags.items()}

    def _make(self, key: str) -> Word:
        flags = self._roles.get(key, 0)
        openers: list[Opener] = []
        self._open(openers, "", key)
        proclitics, stem = "", key
        if key not in self._whole:
            for split in self._pack.splits(key)[1:]:
                if any(letter not in self._affixes for letter in split.proclitics):
                    continue
                role = self._roles.get(split.stem, 0)
                if role and not flags:
                    flags, proclitics, stem = role, split.proclitics, split.stem
                if len(split.stem) > 2:
                    self._open(openers, split.proclitics, split.stem)
        if not openers and len(key) > 5:
            self._glued(openers, key)
        definite = self._definite(key)
        seconds = frozenset[str]().union(*(o.seconds for o in openers))
        if not flags and not openers:
            return DEFINITE if definite else NOTHING
        shy = all(o.alone < STRONG or o.stem in self._common for o in openers)
        within = any(p in self._tables.within for o in openers for p in o.proclitics)
        return Word(flags, proclitics, stem, tuple(openers), shy, within, definite, seconds)

    def _definite(self, key: str) -> bool:
        article = self._tables.article
        return bool(article) and any(
            split.stem.startswith(article) and len(split.stem) > len(article) + 1 for split in self._pack.splits(key)
        )

    def _open(self, openers: list[Opener], proclitics: str, stem: str) -> None:
        longest = self._candidates.longest(stem)
        if longest:
            seconds = self._candidates.seconds(stem) if longest > 1 else frozenset()
            openers.append(Opener(proclitics, stem, longest, seconds, self._candidates.strength(stem)))

    def _glued(self, openers: list[Opener], key: str) -> None:
        """A name of two words written as one: the second opens with the article, or the first is a usual one."""
        for name in self._parted(key):
            if self._candidates.knows(name):
                openers.append(Opener("", name, 1, frozenset(), self._candidates.strength(name)))
                return

    def _parted(self, key: str) -> Iterator[str]:
        article = self._tables.article
        at = key.find(article, 2) if article else -1
        if at > 0 and len(key) - at >= 4:
            yield f"{key[:at]} {key[at:]}"
        for first in self._tables.first:
            if key.startswith(first) and len(key) - len(first) > 2:
                yield f"{first} {key[len(first) :]}"
