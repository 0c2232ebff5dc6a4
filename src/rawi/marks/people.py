"""Roles and persons: how far a title reaches, and which words after it (or alone) are somebody's name."""

from __future__ import annotations

from typing import NamedTuple

from rawi.lexicon.names import Noun
from rawi.marks.names_words import (
    ARTICLE, BOTH, CALLED, COMMON, DEMONYM, DOUBLE, FAMILY, FOREIGN, GIVEN, GIVEN_PHRASE, GROUP_HEAD, HONORIFIC, INSTITUTION_HEAD, KUNYA,
    LISTED, NASAB, OFFICE, OUTLET_HEAD, PARTICLE, PIOUS, PLACE, PLACE_HEAD, PREP, QUALIFIER, RANK, ROLE, ROLE_CLASSES, SLAVE,
    SOURCE, SPOKES, STOP, VERBAL, WEAK, NameWords, Word,
)  # fmt: skip
from rawi.text.tokens import PUNCT, WORD, Tokens

COMMAS = frozenset({"\u060c", ","})
_QUOTE_OPEN = frozenset('"\u00ab\u201c\u201e(')
_QUOTE_CLOSE = frozenset('"\u00bb\u201d\u201c)')
_HEADS = OFFICE | INSTITUTION_HEAD | GROUP_HEAD | OUTLET_HEAD | PLACE_HEAD | SOURCE | ROLE
_NO_NAME = STOP | COMMON | SPOKES | CALLED | OUTLET_HEAD | GROUP_HEAD | INSTITUTION_HEAD | PLACE_HEAD | SOURCE | OFFICE | ROLE
LONGEST_ROLE, LONGEST_NAME = 16, 7
NUNATION = "\u064b"


class Role(NamedTuple):
    """A title in tokens ``first`` to ``last`` (exclusive): its head as a noun, and whether it is definite."""

    first: int
    last: int
    noun: Noun
    definite: bool


class Person(NamedTuple):
    """A named person: name in tokens ``first`` to ``last``, address before it from ``honorific`` (= ``first`` if none)."""

    honorific: int
    first: int
    last: int
    strong: bool


class People:
    """Reads roles and names in one document; nothing is remembered between documents but word classes."""

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
        self._nisba = tables.shape("nisba")
        self._glued_prep, self.for_prefix = tables.shape("glued_prep"), tables.shape("for")

    def word(self, i: int) -> Word:
        """The word classes of token ``i``; a given name spelt like a function word is what is written."""
        found = self._memo[self.keys[i]]
        if found.flags & BOTH:
            written = self.tokens.form[i][len(found.proclitics) :] in self._functions
            return found._replace(flags=found.flags & ~(GIVEN if written else STOP))
        return found

    def limit(self, i: int) -> int:
        """The end of the sentence of token ``i``."""
        return self.tokens.sentences[self.tokens.sentence[i]][1]

    # -- roles

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
        if noun.definite and not word.flags & ARTICLE and self.tokens.form[i].endswith(self._feminine):
            return None
        last, definite = self._complements(head, noun.definite, self.limit(i))
        return Role(i, last, noun, definite)

    def complements(self, i: int, limit: int, *, definite: bool = False) -> tuple[int, bool]:
        """The end of what the noun at ``i - 1`` belongs to, and whether the phrase is definite then."""
        return self._complements(i, definite, limit)

    def _complements(self, i: int, definite: bool, limit: int) -> tuple[int, bool]:
        """What follows the head of a title: nouns that it is held of, adjectives, prepositions of office."""
        limit = min(limit, i + LONGEST_ROLE)
        bare = not definite
        surname_next = definite
        adjective = False
        while i < limit:
            if self.kinds[i] != WORD:
                end = self._quoted(i, limit) if bare or not adjective else i
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
            step = self._complement(i, word, definite, bare, surname_next)
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

    def _complement(self, i: int, word: Word, definite: bool, bare: bool, surname_next: bool) -> int:
        """0: the title ends here; 1: another noun without article; 2: a word that makes it definite; 3: an adjective."""
        flags = word.flags
        if flags & ARTICLE and not flags & STOP:
            if flags & (HONORIFIC | RANK) and not flags & (OFFICE | QUALIFIER) and not bare:
                return 0
            if word.proclitics:
                joint = word.proclitics in self.words.joint and not surname_next
                return 2 if joint and not flags & ROLE and self.word(i - 1).flags & ARTICLE else 2 if bare and joint else 0
            if flags & (DEMONYM | QUALIFIER):
                return 3
            if bare:
                return 2
            role = flags & ROLE and not word.nouns[0].lemma.endswith(self._nisba_form)
            adjective = self.keys[i].endswith(self._nisba) and not role
            return 3 if adjective and not (surname_next and flags & GIVEN) else 0
        if (flags & (STOP | VERBAL) and not flags & QUALIFIER) or word.proclitics or flags & PREP:
            return 0
        if not bare:
            return 0
        described = self.word(i - 1).flags
        if described & (QUALIFIER | DEMONYM) and not described & ARTICLE and not flags & (QUALIFIER | DEMONYM):
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
        if not flags & (FOREIGN | PLACE) and word.stem.endswith(self._nisba + self._plural):
            return 1
        return 2

    def _preposition(self, i: int, limit: int) -> int:
        """The end of a prepositional part of a title, or ``i``.

        ``for`` with an institution belongs to the title; any other only where a name, or a comma and a name, follow.
        """
        word = self.word(i)
        if word.flags & STOP and word.stem in self._title_prep:
            at = i + 1
        elif (word.flags & PREP and word.flags & (_HEADS | PLACE | ARTICLE | LISTED) and not word.flags & STOP) or (
            self.keys[i].startswith(self._glued_prep) and not word.flags & PREP and self.keys[i] not in self._stop
        ):
            at = i
        else:
            return i
        end = self.held_by(at, limit)
        if end == at:
            return i
        owned = at == i and self.keys[i].startswith(self.for_prefix) and word.flags & (OFFICE | INSTITUTION_HEAD | LISTED | PLACE)
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
                if here.proclitics and not held and not (here.proclitics in self.words.joint and here.flags & ARTICLE):
                    break
                construct = not self.word(end - 1).flags & ARTICLE and self.word(end - 1).flags & _HEADS
                if not held and not construct and not here.flags & (ARTICLE | PLACE | LISTED):
                    break
            listed = self.listed_end(end) if here.flags & LISTED else end
            place = self.place_end(end) if here.flags & PLACE and listed == end else end
            end = max(end + 1, listed, place)
        return end

    def _quoted(self, i: int, limit: int) -> int:
        """The end of a short quotation that opens at ``i``, or ``i``."""
        mark = self.keys[i]
        if mark not in _QUOTE_OPEN or i + 1 >= limit or self.kinds[i + 1] == PUNCT:
            return i
        if mark == '"' and not self.tokens.glued(i + 1):
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

    # -- names

    def opens_name(self, i: int) -> bool:
        """Whether a name surely opens at token ``i``: a given name that is nothing else, a kunya, a name of two words."""
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
        return bool(flags & FOREIGN) or (bool(flags & ARTICLE) and self.keys[i].endswith(self._nisba[:1]))

    def _namelike(self, word: Word) -> bool:
        return not word.proclitics and not word.flags & (_NO_NAME | VERBAL | DEMONYM | ARTICLE | QUALIFIER | HONORIFIC | RANK)

    def person(self, i: int, *, titled: bool) -> Person | None:
        """The name that opens at token ``i``, honorifics and ranks before it included; ``titled``: a title precedes."""
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
                if self.keys[i] == "-" and parts and i + 1 < limit and self.tokens.glued(i) and self.tokens.glued(i + 1):
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
            if not self._unknown_part(word, i, limit, parts, unknown, titled, known):
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
        if flags & (SLAVE | KUNYA | NASAB | FAMILY | PARTICLE) and following is not None and not following.flags & STOP:
            if flags & SLAVE:
                return i + 2 if following.flags & (ARTICLE | PIOUS) else i
            if flags & PARTICLE and (following.proclitics or following.flags & ARTICLE):
                return i
            inner = self._part(i + 1, following, limit)
            return inner if inner > i + 1 else i + 2
        if flags & GIVEN and not (flags & STOP and flags & WEAK) and not (flags & ROLE and self.held(i + 1)):
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
            return parts == 1 and not article
        if not parts:
            return titled
        return article == 0 or bool(flags & GIVEN)

    def held(self, i: int) -> bool:
        """Whether what an office is held of stands at token ``i``: then the word before it is an office, no surname."""
        if i >= self.count or self.kinds[i] != WORD:
            return False
        flags = self.word(i).flags
        return bool(flags & (ARTICLE | SPOKES | PREP | PLACE | LISTED | OFFICE)) and not flags & (STOP | GIVEN)

    def _unknown_part(
        self, word: Word, i: int, limit: int, parts: int, unknown: int, titled: bool, known: bool
    ) -> bool:
        flags = word.flags
        if known and flags & ROLE and not flags & (STOP | ARTICLE) and word.nouns[0].number == "dual":
            return unknown == 0 and not word.proclitics
        if flags & (_NO_NAME | VERBAL | DEMONYM | HONORIFIC | RANK | QUALIFIER) or word.proclitics or len(word.stem) < 2:
            return False
        if flags & LISTED and self.listed_end(i) > i:
            return False
        if NUNATION in self.tokens.text[self.tokens.start[i] : self.tokens.end[i]]:
            return False
        if flags & FOREIGN:
            return unknown < 3 and (titled or parts > 0)
        if not parts:
            return titled
        if unknown == 0:
            return True
        return unknown < 3 and (i + 1 >= limit or self.kinds[i + 1] != WORD)

    def _closes(self, i: int, limit: int) -> bool:
        """Whether the sentence, a mark or a function word ends the phrase at ``i``."""
        if i >= limit or self.kinds[i] != WORD:
            return True
        word = self.word(i)
        return bool(word.flags & (STOP | PREP | FOREIGN | VERBAL) or word.proclitics)
