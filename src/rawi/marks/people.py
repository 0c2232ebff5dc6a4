"""Titles: how far an office reaches, with what it is held of, and the persons who hold it."""

from __future__ import annotations

from typing import NamedTuple

from rawi.lexicon.names import Noun
from rawi.marks.names_words import (
    ARTICLE,
    COMMON,
    DEMONYM,
    DOUBLE,
    FOREIGN,
    GIVEN,
    GROUP_HEAD,
    HONORIFIC,
    INSTITUTION_HEAD,
    KUNYA,
    LISTED,
    OFFICE,
    OUTLET_HEAD,
    PLACE,
    PLACE_HEAD,
    PREP,
    QUALIFIER,
    RANK,
    ROLE,
    ROLE_CLASSES,
    SLAVE,
    SOURCE,
    SPOKES,
    STOP,
    VERBAL,
    WEAK,
    Word,
)
from rawi.marks.persons import Persons
from rawi.text.tokens import WORD

COMMAS = frozenset({"\u060c", ","})
_HEADS = OFFICE | INSTITUTION_HEAD | GROUP_HEAD | OUTLET_HEAD | PLACE_HEAD | SOURCE | ROLE
LONGEST_ROLE = 16


class Role(NamedTuple):
    """A title in tokens ``first`` to ``last`` (exclusive): its head as a noun, and whether it is definite."""

    first: int
    last: int
    noun: Noun
    definite: bool


class People(Persons):
    """Reads titles and names in one document."""

    def role(self, i: int) -> Role | None:
        """The title whose head is token ``i``, with what the office is held of; None where none opens there."""
        word = self.word(i)
        noun = next((n for n in word.nouns if n.cls in ROLE_CLASSES), None)
        head = i + 1
        if word.flags & DOUBLE:
            double = self.words.tables.noun_phrases.match(self.keys, i, word.stem)
            if double and double[0][1].cls not in ROLE_CLASSES:
                return None
            if double:
                head, noun = double[0]
        if noun is None or (word.flags & STOP and not word.flags & ARTICLE):
            return None
        written_feminine = self.tokens.form[i].endswith(self._feminine)
        if noun.definite and not word.flags & ARTICLE and written_feminine:
            return None
        if noun.gender == "f" and noun.number == "singular" and not (noun.definite or written_feminine):
            noun = noun._replace(gender="m", definite=True)
        masculine = noun.gender == "m" and noun.number == "singular"
        last, definite = self._complements(head, noun.definite, self.limit(i), masculine=masculine)
        return Role(i, last, noun, definite)

    def complements(self, i: int, limit: int, *, definite: bool = False) -> tuple[int, bool]:
        """The end of what the noun at ``i - 1`` belongs to, and whether the phrase is definite then."""
        return self._complements(i, definite, limit)

    def _complements(self, i: int, definite: bool, limit: int, *, masculine: bool = False) -> tuple[int, bool]:
        """What follows the head of a title: nouns that it is held of, adjectives, prepositions of office."""
        limit = min(limit, i + LONGEST_ROLE)
        bare = not definite
        head = i
        surname_next = definite
        adjective, adjectives = False, 0
        while i < limit:
            if self.kinds[i] != WORD:
                end = (
                    self._quoted(i, limit) if (bare and not self._describes(i - 1)) or not (bare or adjective) else i
                )
                if end == i:
                    break
                i, definite, bare = end, True, False
                continue
            word = self.word(i)
            flags = word.flags
            if flags & SPOKES:
                i, definite, bare, surname_next = i + 1, False, True, False
                continue
            if flags & LISTED and not (flags & PREP and bare) and word.proclitics not in self.words.joint:
                end = self.listed_end(i)
                if end > i:
                    i, definite, bare, surname_next = end, True, False, False
                    continue
            if flags & PLACE and not (word.proclitics or flags & (GIVEN | DEMONYM)):
                end = self.place_end(i)
                if end > i and (bare or not definite):
                    i, definite, bare, surname_next = end, True, False, False
                    continue
            step = self._complement(i, word, bare, surname_next)
            if step == 3 and masculine and adjectives == i - head and self.keys[i].endswith(self._ends):
                step = 0
            adjectives += step == 3
            if step == 0:
                end = self._preposition(i, limit) if definite else i
                if end == i:
                    break
                i = end
                continue
            adjective = step == 3
            definite = definite or step == 2
            bare = bare and step == 1
            surname_next = False
            i += 1
        return i, definite

    def _describes(self, i: int) -> bool:
        """Whether token ``i`` is an adjective without article."""
        word = self.word(i)
        return not word.flags & (ARTICLE | _HEADS) and (
            bool(word.flags & QUALIFIER) or word.stem.endswith(self.nisba)
        )

    def _complement(self, i: int, word: Word, bare: bool, surname_next: bool) -> int:
        """0: the title ends; 1: a noun without article; 2: a word that makes it definite; 3: an adjective."""
        flags = word.flags
        if flags & ARTICLE and not flags & STOP:
            return self._with_article(i, word, bare, surname_next)
        if (flags & (STOP | VERBAL) and not flags & QUALIFIER) or word.proclitics or flags & PREP:
            return 0
        return self._without_article(i, word) if bare else 0

    def _with_article(self, i: int, word: Word, bare: bool, surname_next: bool) -> int:
        flags = word.flags
        if flags & (HONORIFIC | RANK) and not flags & (OFFICE | QUALIFIER) and not bare:
            return 0
        if word.proclitics:
            if surname_next or word.proclitics not in self.words.joint:
                return 0
            return 2 if bare or (self.word(i - 1).flags & ARTICLE and not flags & ROLE) else 0
        if flags & (DEMONYM | QUALIFIER) and not (bare and flags & _HEADS):
            return 3
        if bare:
            return 2
        role = flags & ROLE and not word.nouns[0].lemma.endswith(self._nisba_form)
        adjective = self.keys[i].endswith(self.nisba) and not role
        surname = surname_next and (flags & GIVEN or self.keys[i] in self.surnames)
        return 3 if adjective and not surname else 0

    def _without_article(self, i: int, word: Word) -> int:
        flags, described = word.flags, self.word(i - 1).flags
        adjective = flags & (QUALIFIER | DEMONYM) or described & ARTICLE
        if not adjective and (
            described & (QUALIFIER | DEMONYM) or (self._describes(i - 1) and not flags & (_HEADS | PLACE))
        ):
            return 0
        if flags & (_HEADS | COMMON):
            return 1
        if flags & (DEMONYM | QUALIFIER | HONORIFIC | RANK):
            return 0 if flags & (HONORIFIC | RANK) else 1
        if flags & (GIVEN | KUNYA | SLAVE) and not flags & WEAK:
            return 0
        after = self.word(i + 1) if i + 1 < self.count and self.kinds[i + 1] == WORD else None
        if after is not None and after.flags & ARTICLE and not after.proclitics and not flags & FOREIGN:
            return 1
        if not flags & (FOREIGN | PLACE) and word.stem.endswith(self.nisba + self._plural):
            return 1
        return 2

    def _preposition(self, i: int, limit: int) -> int:
        """The end of a prepositional part of a title, or ``i``.

        ``for`` with an institution belongs to the title; any other only where a name, or a comma and a name, follow.
        """
        word = self.word(i)
        if word.flags & STOP and not word.proclitics and word.stem in self._title_prep:
            at = i + 1
        elif self._governs(i, word):
            at = i
        else:
            return i
        end = self.held_by(at, limit)
        if end == at:
            return i
        owned = (
            at == i
            and self.keys[i].startswith(self.for_prefix)
            and word.flags & (OFFICE | INSTITUTION_HEAD | LISTED | PLACE)
        )
        if owned and not word.flags & ROLE:
            return end
        follows = end + 1 if end < limit and self.keys[end] in COMMAS else end
        if follows < limit and self.kinds[follows] == WORD:
            here = self.word(follows)
            named = self.opens_name(follows) or here.flags & (HONORIFIC | RANK | FOREIGN)
            if follows > end and not named:
                named = bool(here.flags & GIVEN) or self.unknown_pair(follows, limit)
            if named or (follows == end and self._namelike(here)):
                return end
        return i

    def leads_on(self, i: int) -> bool:
        """Whether a preposition of office stands at token ``i``."""
        return i < self.count and self.keys[i] in self._title_prep

    def _governs(self, i: int, word: Word) -> bool:
        """Whether a preposition glued to token ``i`` may lead to what an office is held of."""
        key, flags = self.keys[i], word.flags
        if key.startswith(self.for_prefix) and flags & COMMON:
            return True
        if flags & PREP:
            return bool(flags & (_HEADS | PLACE | ARTICLE | LISTED) and not flags & STOP)
        return key.startswith(self._glued_prep) and key not in self._stop

    def held_by(self, at: int, limit: int) -> int:
        """The end of the noun phrase inside a title that opens at ``at``."""
        end = at
        while end < limit and end - at < 7:
            if self.kinds[end] != WORD:
                quoted = self._quoted(end, limit) if end > at else end
                if quoted == end:
                    break
                end = quoted
                continue
            here = self.word(end)
            if end > at:
                if here.flags & (STOP | HONORIFIC | RANK) or self.opens_name(end):
                    break
                held = here.flags & PREP and here.flags & OFFICE and self.keys[end].startswith(self.for_prefix)
                if (
                    here.proclitics
                    and not held
                    and not (here.proclitics in self.words.joint and here.flags & ARTICLE)
                ):
                    break
                construct = not self.word(end - 1).flags & ARTICLE and self.word(end - 1).flags & _HEADS
                if not held and not construct and not here.flags & (ARTICLE | PLACE | LISTED):
                    break
                if self.word(end - 1).flags & ARTICLE and here.flags & COMMON and not here.proclitics:
                    break
            listed = self.listed_end(end) if here.flags & LISTED else end
            place = self.place_end(end) if here.flags & PLACE and listed == end else end
            end = max(end + 1, listed, place)
        return end
