"""The names of a document as the speech layer asks for them: who, of what type, and how a verb agrees."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rawi.lexicon.names import Gender, Noun, Number
from rawi.lexicon.pack import Pack
from rawi.marks.names_words import (
    ARTICLE,
    COMMON,
    DEMONYM,
    GIVEN,
    HONORIFIC,
    KUNYA,
    OUTLET_HEAD,
    PLACE,
    RANK,
    ROLE,
    SLAVE,
    SOURCE,
    STOP,
    VERBAL,
    WEAK,
    name_words,
)  # fmt: skip
from rawi.marks.organisations import Organisations
from rawi.marks.people import COMMAS, People
from rawi.model import Entity, Name, Place, SourceType, Span
from rawi.text.tokens import LATIN, NUMBER, WORD, Tokens

_OF_KIND: dict[str, SourceType] = {
    "person": "person",
    "role": "official",
    "outlet": "outlet",
    "institution": "institution",
}
_OF_CLASS: dict[str, SourceType] = {
    "official": "official", "role": "official", "expert": "group", "press": "outlet", "anonymous": "anonymous",
    "witness": "witness", "document": "document", "outlet": "outlet", "group": "group", "institution": "institution",
}  # fmt: skip


class Agreement(NamedTuple):
    """Gender and number that a verb agrees with; empty strings where the word does not show them."""

    gender: Gender
    number: Number


class Named:
    """The names, entities and places of one document by token; its answers are pure functions of them."""

    def __init__(
        self,
        tokens: Tokens,
        pack: Pack,
        names: Sequence[Name],
        entities: Sequence[Entity],
        places: Sequence[Place] = (),
    ) -> None:
        self.tokens = tokens
        self.words = name_words(pack)
        self.people = People(tokens, self.words)
        self._organisations = Organisations(self.people)
        self._rows = pack.names.listed_rows
        self._quantifier = pack.names.words("quantifier")
        self._of = pack.names.words("of")
        self._mention: dict[int, tuple[int, Entity]] = {}
        self._rule: dict[int, str] = {}
        for entity in entities:
            for span in entity.mentions:
                first, last = tokens.range_of(span)
                for i in range(first, last):
                    if i not in self._mention or self._mention[i][0] - i < last - first:
                        self._mention[i] = (last, entity)
        for name in names:
            self._rule[tokens.at(name.span.start)] = name.rule
        self._kind = {e.id: e.kind for e in entities}
        self._place: dict[int, int] = {}
        for place in places:
            first, last = tokens.range_of(place.span)
            self._place.update(dict.fromkeys(range(first, last), last))

    # -- who

    def entity(self, first: int, last: int) -> Entity | None:
        """The entity that the head of the phrase in tokens ``first`` to ``last`` names, or None."""
        head = self.head(first, last)
        found = self._mention.get(head)
        return found[1] if found else None

    def fullest(self, entity: Entity, before: int) -> Span | None:
        """The longest mention of an entity that begins before code point ``before``: what a short form refers to."""
        earlier = [s for s in entity.mentions if s.start < before]
        return max(earlier, key=lambda s: (len(s), s.start)) if earlier else None

    def head(self, first: int, last: int) -> int:
        """The token that heads a noun phrase: after opening marks and words for a part (one of, some of)."""
        i = first
        while i < last:
            word = self.people.word(i)
            if self.people.kinds[i] not in (WORD, LATIN, NUMBER):
                i += 1
            elif word.stem in self._quantifier and i + 1 < last:
                i += 1
                if i + 1 < last and self.people.keys[i] in self._of:
                    i += 1
            else:
                return i
        return first

    # -- of what type

    def source_type(self, first: int, last: int) -> SourceType:
        """The type of source that the noun phrase in tokens ``first`` to ``last`` is."""
        head = self.head(first, last)
        word = self.people.word(head)
        noun = self._noun(head)
        found = self._mention.get(head)
        if found is not None and not (noun is not None and noun.cls in {"anonymous", "witness", "document"}):
            typed = self._of_entity(found[1], head)
            if typed is not None:
                return typed
        if noun is not None and not (word.flags & GIVEN and not word.flags & (WEAK | ARTICLE) and last - head == 1):
            several = noun.cls == "role" and noun.number == "plural"
            return "group" if several else _OF_CLASS.get(noun.cls, "person")
        if head in self._place or (word.flags & (PLACE | DEMONYM) and not word.flags & GIVEN):
            return "institution"
        if self.people.kinds[head] == LATIN:
            return "outlet"
        return self._unknown(head, last)

    def _noun(self, i: int) -> Noun | None:
        word = self.people.word(i)
        phrases = self.words.tables.noun_phrases.match(self.people.keys, i, word.stem)
        if phrases and phrases[0][1].cls not in {"honorific", "rank"}:
            return phrases[0][1]
        plain = [n for n in word.nouns if n.cls not in {"honorific", "rank"}]
        return plain[0] if plain else None

    def _of_entity(self, entity: Entity, head: int) -> SourceType | None:
        if entity.kind != "group":
            return _OF_KIND[entity.kind]
        for span in entity.mentions:
            listed = self._rows.get(self._rule.get(self.tokens.at(span.start), ""))
            if listed is not None:
                return "institution" if listed.sort in {"party", "alliance"} else "group"
        return "group"

    def _unknown(self, head: int, last: int) -> SourceType:
        word = self.people.word(head)
        shape = self.words.tables.shape
        if word.flags & ARTICLE and word.stem.endswith(shape("plural_end")):
            return "group"
        if word.flags & COMMON and word.stem.endswith(shape("feminine_plural_end")):
            return "document"
        return "person"

    # -- agreement

    def agreement(self, first: int, last: int) -> Agreement:
        """Gender and number of the phrase's head, as a verb after it agrees with them."""
        head = self.head(first, last)
        word = self.people.word(head)
        if word.flags & (HONORIFIC | RANK) and head + 1 < last and not word.nouns[0].gender:
            return self.agreement(head + 1, last)
        noun = self._noun(head) or next(iter(word.nouns), None)
        if noun is not None:
            return Agreement(noun.gender, noun.number)
        given = self.words.tables.given.get(word.stem)
        if given is not None:
            return Agreement("f" if given.gender == "f" else "m" if given.gender == "m" else "", "singular")
        if word.flags & (SLAVE | KUNYA):
            return Agreement("m", "singular")
        if head in self._place or word.flags & PLACE:
            return Agreement("f", "singular")
        shape = self.words.tables.shape
        if word.stem.endswith(shape("plural_end")) and word.flags & (ARTICLE | COMMON):
            return Agreement("m", "plural")
        if word.stem.endswith(shape("feminine_plural_end")):
            return Agreement("f", "plural")
        return Agreement("f", "singular") if word.stem.endswith(shape("feminine_end")) else Agreement("", "singular")

    # -- how far

    def phrase_end(self, first: int, limit: int) -> int:
        """The end (at most ``limit``) of the noun phrase at token ``first``: a mention, or title, idafa, adjectives.

        ``first`` itself where no noun phrase opens there (a function word, a mark).
        """
        known = self._mention.get(first)
        if known is not None and known[0] <= limit:
            return self._with_apposition(known[0], limit)
        if first >= limit or self.people.kinds[first] not in (WORD, LATIN):
            return first
        word = self.people.word(first)
        if word.flags & (STOP | VERBAL) and not word.flags & (SOURCE | ROLE | GIVEN):
            return first
        if word.flags & ROLE:
            role = self.people.role(first)
            if role is not None:
                return min(role.last, limit)
        if word.flags & (GIVEN | HONORIFIC | RANK | KUNYA | SLAVE):
            person = self.people.person(first, titled=True)
            if person is not None:
                return min(person.last, limit)
        if word.flags & OUTLET_HEAD:
            outlet = self._organisations.at(first, word)
            if outlet is not None:
                return min(outlet.last, limit)
        noun = self._noun(first)
        definite = noun.definite if noun is not None else bool(word.flags & ARTICLE)
        last, _ = self.people.complements(first + 1, limit, definite=definite)
        return min(last, limit)

    def _with_apposition(self, last: int, limit: int) -> int:
        at = last + 1 if last < limit and self.people.keys[last] in COMMAS else last
        known = self._mention.get(at)
        before = self._mention.get(last - 1)
        if known is not None and before is not None and known[1].id == before[1].id and known[0] <= limit:
            return known[0]
        return last


def source_type(
    tokens: Tokens,
    first: int,
    last: int,
    pack: Pack,
    names: Sequence[Name],
    entities: Sequence[Entity],
    places: Sequence[Place] = (),
) -> SourceType:
    """The type of source in tokens ``first`` to ``last``; for many phrases make a :class:`Named` once."""
    return Named(tokens, pack, names, entities, places).source_type(first, last)
