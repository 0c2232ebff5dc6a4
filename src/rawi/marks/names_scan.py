"""One walk over a document that finds every titled, known or headed name."""

from __future__ import annotations

from typing import NamedTuple

from rawi.lexicon.names import Listed
from rawi.marks.names_page import QUOTE_OPEN
from rawi.marks.names_words import (
    ARTICLE,
    GIVEN,
    GIVEN_PHRASE,
    GROUP_HEAD,
    HONORIFIC,
    INSTITUTION_HEAD,
    KUNYA,
    LISTED,
    NASAB,
    OUTLET_HEAD,
    PLACE_HEAD,
    RANK,
    ROLE,
    SLAVE,
    STOP,
    WEAK,
    Word,
)  # fmt: skip
from rawi.marks.organisations import Organisation, Organisations
from rawi.marks.people import COMMAS, People, Role
from rawi.marks.persons import Person
from rawi.model import NameKind
from rawi.text.tokens import NUMBER, WORD

_ORGANISED = LISTED | GROUP_HEAD | OUTLET_HEAD | INSTITUTION_HEAD
_PERSONAL = GIVEN | HONORIFIC | RANK | KUNYA | SLAVE | GIVEN_PHRASE
Range = tuple[int, int]


class Mention(NamedTuple):
    """One mention in tokens ``first`` to ``last``: the noun phrase, with name, titles and address inside."""

    first: int
    last: int
    kind: NameKind
    rule: str
    name: Range | None = None
    honorific: Range | None = None
    roles: tuple[Role, ...] = ()
    listed: Listed | None = None
    short: bool = False


class Scanner:
    """Walks one document and keeps what it found, in text order; organisations inside a title after it."""

    def __init__(self, people: People) -> None:
        self.people = people
        self.organisations = Organisations(people)
        self.found: list[Mention] = []
        self._nisba = people.words.tables.shape("nisba_form")

    def scan(self) -> list[Mention]:
        """All mentions of the document."""
        opening, done = self.people.words.opening, 0
        for i in [i for i, key in enumerate(self.people.keys) if opening[key]]:
            if i >= done:
                done = self._at(i, self.people.word(i))
        for o in self.organisations.late():
            if not any(m.first < o.last and o.first < m.last for m in self.found):
                self._keep(o)
        return self.found

    def _at(self, i: int, word: Word) -> int:
        flags = word.flags
        if flags & _ORGANISED:
            organisation = self.organisations.at(i, word)
            if organisation is not None:
                self._keep(organisation)
                return organisation.last if organisation.rule != "head-office" else i + 1
        if (
            flags & ROLE
            and not self._adjective(i, word)
            and not self._named_so(i, flags)
            and not (flags & HONORIFIC and self._in_place(i))
        ):
            role = self.people.role(i)
            if role is not None:
                return self._titled(role, i)
        if flags & (HONORIFIC | RANK) and not flags & ROLE:
            after = self._honoured_role(i)
            if after:
                return after
        if flags & _PERSONAL and not self._blocked(i, word):
            person = self.people.person(i, titled=False)
            if person is not None:
                return self._person(
                    person, person.honorific, (), "person-address" if person.first > i else "person-given"
                )
        return i + 1

    def _adjective(self, i: int, word: Word) -> bool:
        """Whether a role that may be an adjective (diplomatic, ruling) describes the noun before it."""
        if not i or self.people.kinds[i - 1] != WORD:
            return False
        if word.proclitics and word.proclitics not in self.people.words.joint:
            return False
        before = self.people.word(i - 1)
        if word.proclitics and not self.people.keys[i - 1].endswith(self.people.nisba):
            return False
        if before.flags & STOP or (word.flags & ARTICLE and not before.flags & ARTICLE):
            return False
        return word.nouns[0].lemma.endswith(self._nisba) or bool(
            word.flags & ARTICLE and not before.flags & (ROLE | RANK)
        )

    def _keep(self, o: Organisation) -> None:
        self.found.append(
            Mention(o.first, o.last, o.kind, o.rule, (o.first, o.last), listed=o.listed, short=not o.full)
        )

    def _honoured_role(self, i: int) -> int:
        at, people = i, self.people
        while at < people.count and people.word(at).flags & HONORIFIC and not people.word(at).flags & ROLE:
            at += 1
        if at == i or at >= people.count:
            return 0
        word = people.word(at)
        if not word.flags & ROLE or word.proclitics or (word.flags & GIVEN and people.addressed(at)):
            return 0
        role = people.role(at)
        return self._titled(role, i) if role is not None else 0

    def _blocked(self, i: int, word: Word) -> bool:
        """Whether an ordinary word is not shown to be a name here, or the word before says that a place is named."""
        if self._in_place(i):
            return True
        if word.flags & STOP and not word.flags & (HONORIFIC | RANK):
            return True
        if word.flags & GIVEN and word.flags & WEAK and not word.flags & (HONORIFIC | RANK | KUNYA | GIVEN_PHRASE):
            return not self.people.opens_name(i) or bool(word.proclitics and not self._nasab(i))
        return bool(word.flags & KUNYA) and self.people.place_end(i) > i

    def _named_so(self, i: int, flags: int) -> bool:
        """Whether a given name that is an office too is the name here: a surname follows it."""
        following = self.people.word(i + 1) if i + 1 < self.people.count else None
        if not flags & GIVEN or following is None:
            return False
        if following.flags & NASAB:
            return True
        return bool(following.flags & ARTICLE) and not following.proclitics and not self.people.held(i + 1)

    def _in_place(self, i: int) -> bool:
        """Whether the word before says that a place is named."""
        return i > 0 and self.people.kinds[i - 1] == WORD and bool(self.people.word(i - 1).flags & PLACE_HEAD)

    def _nasab(self, i: int) -> bool:
        return i + 1 < self.people.count and bool(self.people.word(i + 1).flags & NASAB)

    # -- a title, and the name after it

    def _titled(self, role: Role, first: int) -> int:
        roles = [role]
        at = role.last
        person = self._name_after(at, role)
        while person is None and len(roles) < 3:
            further = self._role_after(at)
            if further is None:
                break
            named = self._name_after(further.last, further)
            if named is None:
                break
            roles.append(further)
            at, person = further.last, named
        if person is not None:
            return self._person(person, first, tuple(roles), "person-titled")
        counted = first > 0 and self.people.kinds[first - 1] == NUMBER
        if role.noun.number == "singular" and role.definite and not counted:
            self.found.append(Mention(first, role.last, "role", "role", roles=(role,)))
        self._inside(role)
        return role.last

    def _name_after(self, at: int, role: Role) -> Person | None:
        limit = self.people.limit(role.first)
        if at >= limit or role.noun.number == "plural" or not role.definite:
            return None
        if self.people.kinds[at] == WORD:
            person = self.people.person(at, titled=True) if not self.people.word(at).proclitics else None
            alone = person is not None and not person.strong and person.last - person.honorific == 1
            return None if alone and role.noun.cls != "official" and self.people.word(at).flags & ARTICLE else person
        if self.people.keys[at] in QUOTE_OPEN and at + 1 < limit and self.people.opens_name(at + 1):
            return self.people.person(at + 1, titled=True)
        if self.people.keys[at] in COMMAS and at + 1 < limit and self.people.kinds[at + 1] == WORD:
            word = self.people.word(at + 1)
            if word.proclitics:
                return None
            person = self.people.person(at + 1, titled=True)
            if person is None or person.strong or person.first > person.honorific:
                return person
            return person if self.people.unknown_pair(person.first, limit) else None
        return None

    def _role_after(self, at: int) -> Role | None:
        """A second title right after a title, or after a comma."""
        limit = self.people.count
        if at < limit and self.people.keys[at] in COMMAS:
            at += 1
        if at >= limit or self.people.kinds[at] != WORD:
            return None
        word = self.people.word(at)
        joined = not word.proclitics or word.proclitics in self.people.words.joint
        return self.people.role(at) if word.flags & ROLE and joined else None

    def _person(self, person: Person, first: int, before: tuple[Role, ...], rule: str) -> int:
        last = person.last
        after = self._apposition(last)
        roles = before
        if after is not None:
            roles, last = (*before, after), after.last
        address = (person.honorific, person.first) if person.first > person.honorific else None
        if not before and address is None and not person.strong:
            return person.last
        self.found.append(Mention(first, last, "person", rule, (person.first, person.last), address, roles))
        for role in roles:
            self._inside(role)
        return last

    def _apposition(self, at: int) -> Role | None:
        """The title in apposition after a name, a comma between them or not."""
        people = self.people
        comma = at < people.count and people.keys[at] in COMMAS
        start = at + 1 if comma else at
        if (
            start >= people.count
            or people.kinds[start] != WORD
            or people.tokens.sentence[start] != people.tokens.sentence[at - 1]
        ):
            return None
        word = people.word(start)
        if not word.flags & ROLE or word.proclitics or word.flags & STOP:
            return None
        role = people.role(start)
        if role is None or not role.definite or role.noun.number != "singular":
            return None
        held = role.last - role.first > 1 or people.leads_on(role.last)
        return role if held and self._name_after(role.last, role) is None else None

    def _inside(self, role: Role) -> None:
        """Keeps the organisations that a title names."""
        i = role.first + 1
        while i < role.last:
            word = self.people.word(i)
            if word.flags & _ORGANISED:
                found = self.organisations.at(i, word)
                if found is not None and found.last <= role.last and found.full:
                    self._keep(found)
                    i = found.last
                    continue
            i += 1
