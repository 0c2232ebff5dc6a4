"""Institutions, groups and outlets: those of the tables, and those that a head noun and its complement name."""

from __future__ import annotations

from typing import Literal, NamedTuple

from rawi.lexicon.names import Listed
from rawi.marks.names_words import (
    ARTICLE,
    COMMON,
    DEMONYM,
    FOREIGN,
    GIVEN,
    GROUP_HEAD,
    HONORIFIC,
    INSTITUTION_HEAD,
    KUNYA,
    LISTED,
    OFFICE,
    OUTLET_HEAD,
    OUTLET_KIND,
    PLACE,
    PLACE_HEAD,
    PREP,
    QUALIFIER,
    RANK,
    ROLE,
    SLAVE,
    SOURCE,
    STOP,
    VERBAL,
    Word,
)  # fmt: skip
from rawi.marks.people import People
from rawi.text.tokens import LATIN, NUMBER, WORD

_OPEN = frozenset('"\u00ab\u201c\u201e([')
_CLOSE = frozenset('"\u00bb\u201d\u201c)]')
OrganisationKind = Literal["outlet", "group", "institution"]


class Organisation(NamedTuple):
    """A named organisation in tokens ``first`` to ``last``; ``full``: it has a name and is no short form."""

    first: int
    last: int
    kind: OrganisationKind
    listed: Listed | None
    full: bool
    rule: str


class Organisations:
    """Reads organisations in one document with the grammar of titles."""

    def __init__(self, people: People) -> None:
        self.people = people
        self.tokens, self.words = people.tokens, people.words
        self.keys, self.kinds, self.count = people.keys, people.kinds, people.count
        self.seen: set[str] = set()
        self._pending: list[Organisation] = []
        self._heads = people.words.tables.words("outlet_head")

    def at(self, i: int, word: Word) -> Organisation | None:
        """The organisation whose name opens at token ``i``; the full names seen are remembered for weak ones."""
        flags = word.flags
        found = self._listed(i, word) if flags & LISTED else None
        if flags & OUTLET_HEAD:
            outlet = self._outlet(i, word)
            if outlet is not None and (found is None or outlet.last > found.last):
                found = outlet
            elif found is None and flags & ARTICLE and not flags & INSTITUTION_HEAD:
                found = Organisation(i, i + 1, "outlet", None, False, "short")
        if flags & (GROUP_HEAD | INSTITUTION_HEAD) and not flags & STOP:
            headed = self._headed(i, word)
            if headed is not None and (found is None or headed.last > found.last + 1 or headed.first < found.first):
                found = headed if found is None else found._replace(last=self._adjectives(found.last))
        if found is not None and found.listed is not None and found.full:
            self.seen.add(found.listed.row)
        return found

    def late(self) -> list[Organisation]:
        """Ordinary words passed over that stand for a thing whose full name came after them."""
        return [o for o in self._pending if o.listed is not None and o.listed.row in self.seen]

    # -- of the tables

    def _listed(self, i: int, word: Word) -> Organisation | None:
        for end, thing in self.words.tables.listed.match(self.keys, i, word.stem):
            if thing.weak and not self._supported(i, end, thing):
                if thing.kind != "outlet":
                    self._pending.append(Organisation(i, end, thing.kind, thing, True, thing.row))
                continue
            if thing.kind == "outlet" and end == i + 1 and word.proclitics and not thing.weak and len(word.stem) < 4:
                continue
            last = self._adjectives(end) if thing.kind != "outlet" else end
            return Organisation(i, last, thing.kind, thing, True, thing.row)
        return None

    def _supported(self, i: int, end: int, thing: Listed) -> bool:
        """Whether an ordinary word stands for the thing: quoted or bracketed, or its full name was met before."""
        quoted = i > 0 and self.keys[i - 1] in _OPEN and end < self.count and self.keys[end] in _CLOSE
        if quoted and (thing.kind != "outlet" or end - i > 1 or self._outlet_before(i - 1)):
            return True
        return thing.row in self.seen and (thing.kind != "outlet" or quoted)

    def _outlet_before(self, i: int) -> bool:
        return any(self.people.word(k).flags & (OUTLET_HEAD | OUTLET_KIND) for k in range(max(0, i - 2), i))

    def _adjectives(self, i: int) -> int:
        """The end of the demonyms with an article that follow a name."""
        while i < self.count and self.kinds[i] == WORD:
            word = self.people.word(i)
            if not (word.flags & DEMONYM and word.flags & ARTICLE) or word.proclitics:
                break
            i += 1
        return i

    # -- by a head noun

    def _outlet(self, i: int, word: Word) -> Organisation | None:
        limit = min(self.people.limit(i), i + 9)
        at = i + 1
        before = self.people.word(i - 1).flags if i else STOP
        if (word.flags & ARTICLE and before & ARTICLE and not before & STOP) or self.people.place_end(i) > i + 1:
            return None
        kind = False
        named = at < limit and any(
            thing.kind == "outlet"
            for _, thing in self.words.tables.listed.match(self.keys, at, self.people.word(at).stem)
        )
        while not named and at < limit and self.kinds[at] == WORD and self.people.word(at).flags & OUTLET_KIND:
            kind = True
            at += 1
        if at >= limit:
            return None
        opened = self.keys[at] in _OPEN
        inner = at + 1 if opened else at
        if inner >= limit:
            return None
        here = self.people.word(inner)
        if not here.proclitics and here.flags & LISTED:
            for end, thing in self.words.tables.listed.match(self.keys, inner, here.stem):
                if thing.kind != "outlet" or (thing.weak and word.flags & ARTICLE and not opened):
                    return None
                close = self._closed(end, limit) if opened else end
                known = self._of_country(thing, inner, end, close)
                last = self._adjectives(close)
                return Organisation(i, last, "outlet", known, True, known.row if known else "outlet-head")
        if opened:
            close = self._closed(inner, limit)
            return (
                Organisation(i, self._adjectives(close), "outlet", None, True, "outlet-quoted")
                if close > inner
                else None
            )
        if word.flags & ARTICLE:
            return None
        if word.flags & PLACE_HEAD and here.flags & PLACE:
            return None
        end = self._free_name(at, limit, agency=bool(word.flags & INSTITUTION_HEAD) and not kind)
        return Organisation(i, end, "outlet", None, True, "outlet-head") if end > at else None

    def _of_country(self, thing: Listed, first: int, last: int, close: int) -> Listed | None:
        """The outlet of this name in the country of the adjective after it; None where the table has none."""
        word = self.people.word(close) if close < self.count and self.kinds[close] == WORD else None
        if word is None or not word.country or word.proclitics or word.country == thing.country:
            return thing
        phrase = [*self.keys[first:last], self.keys[close]]
        found = self.words.tables.listed.match(phrase, 0, self.people.word(first).stem)
        longer = [t for end, t in found if end == len(phrase) and t.kind == "outlet"]
        return longer[0] if longer else (None if thing.weak else thing)

    def _closed(self, i: int, limit: int) -> int:
        for at in range(i, min(limit, i + 6)):
            if self.keys[at] in _CLOSE:
                return at + 1
        return i

    def _free_name(self, i: int, limit: int, *, agency: bool) -> int:
        """The end of an outlet's name that stands in no table: up to three words."""
        at, taken = i, 0
        while at < limit and taken < 3:
            if self.kinds[at] == NUMBER and (at == i or self.kinds[at - 1] == LATIN):
                return at + 1
            if self.kinds[at] == LATIN:
                at, taken = at + 1, taken + 1
                continue
            if self.kinds[at] != WORD:
                break
            word = self.people.word(at)
            flags = word.flags
            if flags & (STOP | VERBAL | ROLE | HONORIFIC | RANK | OUTLET_HEAD) or word.proclitics or flags & PREP:
                break
            if taken and not flags & (ARTICLE | DEMONYM) and not self._name_goes_on(at):
                break
            if not taken and (
                flags & (OFFICE | INSTITUTION_HEAD | COMMON) or (agency and flags & (ARTICLE | DEMONYM | QUALIFIER))
            ):
                break
            if not taken and flags & (DEMONYM | QUALIFIER) and not flags & ARTICLE:
                break
            at += 1
            taken += 1
        return at

    def _name_goes_on(self, i: int) -> bool:
        word = self.people.word(i)
        return not word.flags and not word.proclitics

    def _headed(self, i: int, word: Word) -> Organisation | None:
        kind: OrganisationKind = "group" if word.flags & GROUP_HEAD else "institution"
        limit = self.people.limit(i)
        if word.flags & ARTICLE:
            last = self._described(i + 1, limit, word)
            full = last > i + 1
            return Organisation(i, last, kind, None, full, "head-adjective" if full else "short")
        after = self.people.word(i + 1).flags if i + 1 < limit and self.kinds[i + 1] == WORD else 0
        personal = after & (GIVEN | HONORIFIC | SLAVE | KUNYA) and not after & (OFFICE | DEMONYM)
        if personal and (after & HONORIFIC or not after & (ROLE | LISTED)):
            named = self.people.person(i + 1, titled=True)
            if named is not None and named.last - named.first <= 4:
                return Organisation(i, self._purpose(named.last, limit), kind, None, True, "head-person")
        if after & ROLE and not after & (PREP | INSTITUTION_HEAD) and not after & ARTICLE:
            role = self.people.role(i + 1)
            if role is None or not role.definite or role.noun.number != "singular":
                return None
            return Organisation(i, role.last, kind, None, True, "head-office")
        last, definite = self.people.complements(i + 1, limit)
        thing = self._quoted_thing(i + 1, last)
        if not definite or (kind == "group" and thing is None and self._motion(i + 1, after)):
            return None
        last = self._purpose(last, limit)
        return Organisation(
            i, last, thing.kind if thing else kind, thing, True, thing.row if thing else "head-complement"
        )

    def _motion(self, i: int, flags: int) -> bool:
        """Whether a word for a group is here one for a movement or an arrangement: of traffic, of work."""
        if not flags & ARTICLE:
            feminine = self.kinds[i] == WORD and self.keys[i].endswith(self.words.tables.shape("feminine_end"))
            if feminine and not flags & (FOREIGN | PLACE | LISTED | GIVEN):
                return True
            return bool(flags & (OFFICE | COMMON | GROUP_HEAD | INSTITUTION_HEAD))
        return bool(flags & (OFFICE | COMMON | SOURCE) and not flags & (QUALIFIER | DEMONYM))

    def _quoted_thing(self, first: int, last: int) -> Listed | None:
        """The listed group or body whose name is all that stands in quotation marks at ``first``."""
        if first + 1 >= last or self.keys[first] not in _OPEN:
            return None
        found = self.words.tables.listed.match(self.keys, first + 1, self.people.word(first + 1).stem)
        return next((t for end, t in found if t.kind != "outlet" and end < last and self.keys[end] in _CLOSE), None)

    def _described(self, i: int, limit: int, head: Word) -> int:
        """The end of the adjectives with an article after a head with an article, and of what it is for."""
        start = i
        nisba, feminine = self.words.tables.shape("nisba"), self.words.tables.shape("feminine_end")
        gender = next((n.gender for n in head.nouns if n.gender), "")
        while i < limit and i - start < 4 and self.kinds[i] == WORD:
            word = self.people.word(i)
            adjective = word.flags & (DEMONYM | QUALIFIER) or self.keys[i].endswith(nisba)
            if not (word.flags & ARTICLE and adjective) or word.flags & (STOP | ROLE | HONORIFIC):
                break
            if word.proclitics and not (word.proclitics in self.words.joint and i > start):
                break
            if gender and (gender == "f") != self.keys[i].endswith(feminine):
                break
            i += 1
        return self._purpose(i, limit) if i > start else i

    def _purpose(self, i: int, limit: int) -> int:
        """The end of a purpose (``for`` and a noun of office with its complement) after a name, or ``i``."""
        if i >= limit or self.kinds[i] != WORD:
            return i
        word = self.people.word(i)
        owned = self.keys[i].startswith(self.people.for_prefix)
        general = self.people.word(i - 1).flags & QUALIFIER and self.keys[i].startswith(self.people.for_all)
        if not owned or word.flags & ROLE or (word.flags & STOP and not general):
            return i
        held = word.flags & OFFICE or (word.flags & LISTED and self.people.listed_end(i) > i)
        if not general and not (word.flags & PREP and held):
            return i
        return self.people.held_by(i, limit)
