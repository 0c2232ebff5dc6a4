"""Persons: which words after a title, or alone, are somebody's name."""

from __future__ import annotations

from typing import NamedTuple

from rawi.marks.names_page import NamePage
from rawi.marks.names_words import (
    ARTICLE,
    CALLED,
    COMMON,
    DEMONYM,
    DOUBLE,
    FAMILY,
    FOREIGN,
    GIVEN,
    GIVEN_PHRASE,
    GROUP_HEAD,
    HONORIFIC,
    INSTITUTION_HEAD,
    KUNYA,
    LISTED,
    NASAB,
    OFFICE,
    OUTLET_HEAD,
    PARTICLE,
    PIOUS,
    PLACE,
    PLACE_HEAD,
    PREP,
    QUALIFIER,
    RANK,
    ROLE,
    SLAVE,
    SOURCE,
    SPOKES,
    STOP,
    VERBAL,
    WEAK,
    Word,
)
from rawi.text.tokens import WORD

_NO_NAME = (
    STOP
    | COMMON
    | SPOKES
    | CALLED
    | OUTLET_HEAD
    | GROUP_HEAD
    | INSTITUTION_HEAD
    | PLACE_HEAD
    | SOURCE
    | OFFICE
    | ROLE
)
LONGEST_NAME = 7
NUNATION = "\u064b"


class Person(NamedTuple):
    """A named person: name in tokens ``first`` to ``last``, address before it from ``honorific``."""

    honorific: int
    first: int
    last: int
    strong: bool


class Persons(NamePage):
    """Reads personal names in one document."""

    def opens_name(self, i: int) -> bool:
        """Whether a name surely opens at token ``i``: a plain given name, a kunya, two words."""
        word = self.word(i)
        flags = word.flags
        if word.proclitics or flags & (STOP | ROLE | SOURCE):
            return bool(flags & GIVEN and not flags & (WEAK | STOP) and not word.proclitics)
        if flags & GIVEN:
            return not flags & WEAK or self._continues(i + 1)
        if flags & SLAVE:
            return i + 1 < self.count and bool(self.word(i + 1).flags & (ARTICLE | PIOUS))
        return bool(flags & KUNYA) and i + 1 < self.count and self.kinds[i + 1] == WORD

    def _continues(self, i: int) -> bool:
        """Whether a word after a given name that is an ordinary word as well shows that it is a name."""
        if i >= self.count or self.kinds[i] != WORD:
            return False
        word = self.word(i)
        flags = word.flags
        if flags & (STOP | PREP | VERBAL):
            return False
        if flags & (NASAB | FAMILY | SLAVE) or (flags & GIVEN and not flags & WEAK):
            return True
        if flags & (DEMONYM | QUALIFIER | _NO_NAME) or word.proclitics:
            return False
        return bool(flags & FOREIGN) or (bool(flags & ARTICLE) and self.keys[i].endswith(self.nisba[:1]))

    def _namelike(self, word: Word) -> bool:
        return not word.proclitics and not word.flags & (
            _NO_NAME | VERBAL | DEMONYM | ARTICLE | QUALIFIER | HONORIFIC | RANK
        )

    def person(self, i: int, *, titled: bool) -> Person | None:
        """The name that opens at token ``i``, address before it included; ``titled``: a title precedes."""
        limit = self.limit(i)
        at = i
        while at < limit and self.kinds[at] == WORD and self.word(at).flags & (HONORIFIC | RANK):
            word = self.word(at)
            if at > i and word.proclitics:
                return None
            end = self._address_end(at)
            if end + 1 < self.count and self.keys[end] in "./" and end == at + 1 and len(self.keys[at]) == 1:
                end += 1
                limit = self.limit(end)
            at = end
        addressed = at > i
        if at >= limit:
            return None
        last, strong = self._name_end(at, limit, titled or addressed)
        if addressed and not titled and not strong and not self.word(i).flags & ARTICLE:
            return None
        if addressed and self.word(i).flags & CALLED:
            i = at
        return Person(i, at, last, strong) if last > at else None

    def _address_end(self, i: int) -> int:
        word = self.word(i)
        if word.flags & DOUBLE:
            for end, noun in self.words.tables.noun_phrases.match(self.keys, i, word.stem):
                if noun.cls in {"honorific", "rank"}:
                    return end
        return i + 1

    def _name_end(self, i: int, limit: int, titled: bool) -> tuple[int, bool]:
        """The end of the name that opens at ``i`` (``i`` where none does), and whether a known name is in it."""
        start, parts, unknown, known, article = i, 0, 0, False, 0
        limit = min(limit, i + LONGEST_NAME + 3)
        while i < limit and parts < LONGEST_NAME:
            if self.kinds[i] != WORD:
                if (
                    self.keys[i] == "-"
                    and parts
                    and i + 1 < limit
                    and self.tokens.glued(i)
                    and self.tokens.glued(i + 1)
                ):
                    i += 1
                    unknown = max(0, unknown - 1)
                    continue
                break
            word = self.word(i)
            flags = word.flags
            if parts and word.proclitics:
                break
            end = self._part(i, word, limit)
            if end > i:
                parts += 1 if flags & KUNYA and self.place_end(i) == i else 0
                known = known or bool(flags & (GIVEN | KUNYA | SLAVE | GIVEN_PHRASE | NASAB))
                parts += 1
                i = end
                continue
            if flags & ARTICLE and not flags & STOP:
                if not self._surname(word, i, parts, titled, article):
                    break
                article += 1
                parts += 1
                i += 1
                continue
            if article or not self._unknown_part(word, i, limit, parts, unknown, titled, known):
                break
            unknown += 1
            parts += 1
            i += 1
        if parts == 0 or (parts == 1 and not titled):
            return start, False
        if not known and not self._plausible(start, i, limit):
            return start, False
        return i, known

    def unknown_pair(self, i: int, limit: int) -> bool:
        """Whether two or three unknown words at ``i`` up to a mark or a function word may be a foreign name."""
        last, _ = self._name_end(i, limit, True)
        return last - i in (2, 3) and self._closes(last, limit)

    def _plausible(self, first: int, last: int, limit: int) -> bool:
        """Whether words that are all unknown may be a name: each has the shape of one, and the phrase ends there."""
        for i in range(first, last):
            word = self.word(i)
            if not word.flags & (FOREIGN | ARTICLE) and (self.keys[i].endswith(self._ends) or len(self.keys[i]) < 3):
                return False
        return last - first > 1 or self._closes(last, limit) or bool(self.word(last - 1).flags & FOREIGN)

    def _part(self, i: int, word: Word, limit: int) -> int:
        """The end of a known part of a name at ``i``, or ``i``."""
        flags = word.flags
        if flags & GIVEN_PHRASE:
            found = self.words.tables.given_phrases.match(self.keys, i, word.stem)
            if found:
                return found[0][0]
        following = self.word(i + 1) if i + 1 < limit and self.kinds[i + 1] == WORD else None
        if (
            flags & (SLAVE | KUNYA | NASAB | FAMILY | PARTICLE)
            and following is not None
            and not following.flags & STOP
        ):
            if flags & SLAVE:
                return i + 2 if following.flags & (ARTICLE | PIOUS) else i
            if flags & NASAB and following.flags & PLACE_HEAD:
                return i
            if flags & PARTICLE and (following.proclitics or following.flags & ARTICLE):
                return i
            inner = self._part(i + 1, following, limit)
            return inner if inner > i + 1 else i + 2
        if (
            flags & GIVEN
            and not (flags & STOP and flags & WEAK)
            and not (flags & ROLE and self.held(i + 1) and not self.addressed(i))
        ):
            if following is not None and following.flags & PIOUS and not following.proclitics:
                return i + 2
            return i + 1
        return i

    def _surname(self, word: Word, i: int, parts: int, titled: bool, article: int) -> bool:
        """Whether a word with the article is part of the name: one after a given name, or alone after an address."""
        flags = word.flags
        if word.proclitics or flags & (QUALIFIER | SPOKES | LISTED) or article >= 2:
            return False
        if flags & (HONORIFIC | RANK | _NO_NAME) and not (parts and flags & ROLE and not flags & (HONORIFIC | RANK)):
            return False
        if flags & ROLE and (parts != 1 or self.held(i + 1)):
            return False
        if flags & DEMONYM:
            return parts in (1, 2) and not article and (titled or parts == 1)
        if not parts:
            return titled
        return article == 0 or bool(flags & GIVEN)

    def held(self, i: int) -> bool:
        """Whether what an office is held of stands at token ``i``: then the word before it is no surname."""
        if i >= self.count or self.kinds[i] != WORD:
            return False
        flags = self.word(i).flags
        if flags & (STOP | GIVEN):
            return False
        if flags & (SPOKES | PREP | PLACE | LISTED | OFFICE | COMMON | DEMONYM | QUALIFIER):
            return True
        return bool(flags & ARTICLE) and not self.keys[i].endswith(self.nisba[:1])

    def _unknown_part(
        self, word: Word, i: int, limit: int, parts: int, unknown: int, titled: bool, known: bool
    ) -> bool:
        flags = word.flags
        if known and flags & ROLE and not flags & ARTICLE and word.nouns[0].number == "dual":
            return unknown == 0 and not word.proclitics
        if (
            flags & (_NO_NAME | VERBAL | DEMONYM | HONORIFIC | RANK | QUALIFIER)
            or word.proclitics
            or len(word.stem) < 2
        ):
            return False
        if flags & LISTED and self.listed_end(i) > i:
            return False
        if NUNATION in self.tokens.text[self.tokens.start[i] : self.tokens.end[i]]:
            return False
        if word.stem[0] in self.words.prepositions and word.stem.endswith(self._ends) and len(word.stem) > 4:
            return False
        if flags & FOREIGN:
            return unknown < 3 and (titled or parts > 0)
        if not parts:
            return titled
        if unknown == 0:
            return True
        if not known and titled and unknown == 1:
            return self._closes(i + 1, limit)
        return unknown < 3 and (i + 1 >= limit or self.kinds[i + 1] != WORD)

    def _closes(self, i: int, limit: int) -> bool:
        """Whether the sentence, a mark or a function word ends the phrase at ``i``."""
        if i >= limit or self.kinds[i] != WORD:
            return True
        word = self.word(i)
        return bool(word.flags & (STOP | PREP | FOREIGN | VERBAL) or word.proclitics)
