"""One entity for each thing that a document names: mentions of persons, titles and organisations brought together."""

from __future__ import annotations

from collections.abc import Iterable

from rawi.marks.names_scan import Mention
from rawi.marks.names_words import (
    ARTICLE, DEMONYM, FAMILY, FOREIGN, GIVEN, GROUP_HEAD, INSTITUTION_HEAD, KUNYA, NASAB, OFFICE, OUTLET_HEAD, PARTICLE, PIOUS,
    PLACE, QUALIFIER, ROLE, SLAVE, SOURCE, STOP, VERBAL,
)  # fmt: skip
from rawi.marks.people import People, Role
from rawi.model import Entity, NameKind
from rawi.text.tokens import PUNCT

Parts = tuple[tuple[str, ...], ...]
_WORDS = DEMONYM | QUALIFIER | SOURCE | OFFICE | ROLE | PLACE | GROUP_HEAD | INSTITUTION_HEAD | OUTLET_HEAD


class Thing:
    """An entity in the making: its mentions, and what they say of it."""

    __slots__ = ("kind", "mentions", "parts", "roles", "row", "words")

    def __init__(self, kind: NameKind, row: str = "", words: frozenset[str] = frozenset(), parts: Parts = ()) -> None:
        self.kind, self.row, self.words, self.parts = kind, row, words, parts
        self.mentions: list[Mention] = []
        self.roles: list[tuple[str, frozenset[str], Role]] = []


class Entities:
    """Brings the mentions of one document together."""

    def __init__(self, people: People, mentions: Iterable[Mention]) -> None:
        self.people = people
        self.mentions = sorted(mentions, key=lambda m: (m.first, -m.last))
        self.things: list[Thing] = []

    def resolve(self) -> list[Thing]:
        """The things of the document; mentions that stand for nothing known are dropped."""
        persons = [(m, self.parts(*m.name)) for m in self.mentions if m.kind == "person" and m.name]
        for m, parts in persons:
            if len(parts) > 1:
                self._person(m, parts)
        for m, parts in persons:
            if len(parts) == 1:
                self._person(m, parts)
        for m in self._surnames():
            self._person(m, self.parts(*m.name) if m.name else ())
        for m in self.mentions:
            if m.kind == "role":
                self._role(m)
            elif m.kind != "person" and not m.short:
                self._organisation(m)
        for m in self.mentions:
            if m.short:
                self._short(m)
        self.things = [t for t in self.things if t.mentions]
        for thing in self.things:
            thing.mentions.sort(key=lambda m: m.first)
        self.things.sort(key=lambda t: t.mentions[0].first)
        return self.things

    # -- persons

    def parts(self, first: int, last: int) -> Parts:
        """The parts of the name in tokens ``first`` to ``last``: compounds are one part, the words for ``son of`` none."""
        found: list[tuple[str, ...]] = []
        glue: list[str] = []
        for i in range(first, last):
            word = self.people.word(i)
            if word.flags & NASAB or self.people.kinds[i] == PUNCT:
                continue
            key = word.stem if i == first else self.people.keys[i]
            if word.flags & (SLAVE | KUNYA | FAMILY | PARTICLE) and not (word.flags & GIVEN) and i + 1 < last:
                glue.append(key)
                continue
            if word.flags & PIOUS and found and not glue:
                found[-1] = (*found[-1], key)
                continue
            found.append((*glue, key))
            glue = []
        return tuple(found)

    def same(self, a: tuple[str, ...], b: tuple[str, ...]) -> bool:
        """Whether two parts are one name, foreign ones in another spelling included."""
        if a == b or "".join(a) == "".join(b):
            return True
        if len(a) != 1 or len(b) != 1:
            return False
        one, two = a[0], b[0]
        if any(one == article + two or two == article + one for article in self.people.words.articles):
            return True
        if min(len(one), len(two)) < 5 or one[0] != two[0] or abs(len(one) - len(two)) > 2:
            return False
        given = self.people.words.tables.given
        if any(g is not None and not g.foreign for g in (given.get(one), given.get(two))):
            return False
        return self.people.words.tables.skeleton(one) == self.people.words.tables.skeleton(two)

    def _fits(self, parts: Parts, thing: Thing) -> int:
        """How well a name fits a person: 0 not, 1 by a first name or an inner part, 2 by the surname, 3 by more."""
        whole = thing.parts
        if not whole or not parts:
            return 0
        if len(parts) > 1:
            if len(whole) == 1:
                return 2 if self.same(parts[-1], whole[0]) else 0
            short, long = (parts, whole) if len(parts) <= len(whole) else (whole, parts)
            if self.same(short[-1], long[-1]) and (self.same(short[0], long[0]) or self._suffix(short, long)):
                return 3
            return 3 if all(any(self.same(p, w) for w in long) for p in short) else 0
        if self.same(parts[0], whole[-1]):
            return 2
        foreign = any(self.people.words.memo[k].flags & FOREIGN for p in whole for k in p)
        return 1 if len(whole) > 1 and self.same(parts[0], whole[0]) and (foreign or parts[0][0:1] != parts[0]) else 0

    def _suffix(self, short: Parts, long: Parts) -> bool:
        tail = long[len(long) - len(short) :]
        return all(self.same(a, b) for a, b in zip(short, tail, strict=True))

    def _person(self, m: Mention, parts: Parts) -> None:
        best: tuple[int, int, Thing] | None = None
        for thing in self.things:
            if thing.kind != "person":
                continue
            fit = self._fits(parts, thing)
            if fit:
                near = max((n.first for n in thing.mentions if n.first <= m.first), default=-1)
                if best is None or (fit, near) > best[:2]:
                    best = (fit, near, thing)
        thing = best[2] if best else Thing("person", parts=parts)
        if best is None:
            self.things.append(thing)
        if len(parts) > len(thing.parts):
            thing.parts = parts
        thing.mentions.append(m)
        for role in m.roles:
            thing.roles.append((role.noun.row, self.role_words(role), role))

    def _surnames(self) -> list[Mention]:
        """Mentions by a surname (or the last parts of a name) of persons named in full elsewhere."""
        table: dict[str, list[tuple[str, ...]]] = {}
        for thing in self.things:
            if thing.kind == "person":
                foreign = any(self.people.words.memo[k].flags & FOREIGN for p in thing.parts for k in p)
                starts = range(1 if len(thing.parts) > 1 else 0, len(thing.parts))
                for at in starts:
                    self._enter(table, tuple(k for p in thing.parts[at:] for k in p))
                if foreign and len(thing.parts) > 1 and self.people.words.memo[thing.parts[0][0]].flags & FOREIGN == 0:
                    self._enter(table, thing.parts[0])
        if not table:
            return []
        keys, tails = self.people.keys, tuple(table)
        near = {key for key in set(keys) if key.endswith(tails)}
        covered = bytearray(self.people.count)
        for m in self.mentions:
            covered[m.first : m.last] = b"\x01" * (m.last - m.first)
        found: list[Mention] = []
        for i in [i for i, key in enumerate(keys) if key in near and not covered[i]]:
            phrases = table.get(keys[i])
            if phrases is None:
                phrases = next((table[s] for s in self.people.word(i).stems if s in table), None)
            for phrase in phrases or ():
                end = i + len(phrase)
                if (len(phrase) == 1 or tuple(keys[i + 1 : end]) == phrase[1:]) and self._stands_free(i, end):
                    found.append(Mention(i, end, "person", "surname", (i, end)))
                    break
        return found

    @staticmethod
    def _enter(table: dict[str, list[tuple[str, ...]]], phrase: tuple[str, ...]) -> None:
        here = table.setdefault(phrase[0], [])
        if phrase not in here:
            here.append(phrase)
            here.sort(key=len, reverse=True)

    def _stands_free(self, i: int, end: int) -> bool:
        """Whether a surname that is a word of the language stands as a name: opening a clause or after a verb."""
        if end - i > 1:
            return True
        flags = self.people.word(i).flags
        if not flags & (_WORDS | STOP | VERBAL):
            return True
        if flags & (STOP | DEMONYM) or not flags & ARTICLE:
            return False
        before = self.people.word(i - 1).flags if i else STOP
        return i == 0 or bool(before & STOP) or self.people.kinds[i - 1] == PUNCT

    # -- titles

    def role_words(self, role: Role) -> frozenset[str]:
        """What an office is held of: stems without article, countries as codes."""
        return self.content_words(role.first + 1, role.last)

    def content_words(self, first: int, last: int) -> frozenset[str]:
        """The content words of tokens ``first`` to ``last``, stems without article, countries as codes."""
        found: set[str] = set()
        words = self.people.words
        i = first
        while i < last:
            word = self.people.word(i)
            if word.flags & PLACE and not word.flags & DEMONYM:
                match = words.places.match(self.people.keys, i, word.stem)
                if match and match[0][0] <= last and match[0][1]:
                    found.add(match[0][1])
                    i = match[0][0]
                    continue
            if word.country:
                found.add(word.country)
            elif not word.flags & STOP and self.people.kinds[i] != PUNCT:
                found.add(self.bare(word.stem))
            i += 1
        return frozenset(found)

    def bare(self, stem: str) -> str:
        """A stem without its article."""
        for article in self.people.words.articles:
            if stem.startswith(article) and len(stem) > len(article) + 1:
                return stem[len(article) :]
        return stem

    def _role(self, m: Mention) -> None:
        role = m.roles[0]
        row, words = role.noun.row, self.role_words(role)
        best: tuple[int, Thing] | None = None
        for thing in self.things:
            for other_row, other, _ in thing.roles:
                if row != other_row or not words <= other:
                    continue
                before = [n.first for n in thing.mentions if n.first < m.first]
                near = max(before) if before else -min(n.first for n in thing.mentions)
                if best is None or near > best[0]:
                    best = (near, thing)
        if best is None and role.noun.cls != "official":
            return
        if best is None:
            thing = Thing("role", row, words)
            thing.roles.append((row, words, role))
            self.things.append(thing)
        else:
            thing = best[1]
        thing.mentions.append(m)

    # -- organisations

    def head(self, m: Mention) -> str:
        """The head noun of an organisation, without article."""
        return self.bare(self.people.word(m.first).stem)

    def _organisation(self, m: Mention) -> None:
        row = m.listed.row if m.listed else ""
        words = self.content_words(m.first, m.last)
        head = self.head(m)
        for thing in reversed(self.things):
            if thing.kind != m.kind:
                continue
            if row and thing.row == row:
                thing.mentions.append(m)
                return
            if row or thing.row:
                continue
            same_head = self.head(thing.mentions[0]) == head
            inner = head in thing.words and len(words) > 1
            if words == thing.words or (words < thing.words and len(words) > 1 and (same_head or inner)):
                thing.mentions.append(m)
                return
            if thing.words < words and len(thing.words) > 1 and self.head(thing.mentions[0]) in words:
                thing.words = words
                thing.mentions.append(m)
                return
        thing = Thing(m.kind, row, words)
        thing.mentions.append(m)
        self.things.append(thing)

    def _short(self, m: Mention) -> None:
        """A head with its article alone stands for the thing of that head named last before it."""
        head = self.head(m)
        best: tuple[int, Thing] | None = None
        for thing in self.things:
            if thing.kind in {"person", "role"} or not (self._headed_by(thing, head) or m.kind == thing.kind == "outlet"):
                continue
            near = max((n.first for n in thing.mentions if n.first < m.first), default=-1)
            if near >= 0 and (best is None or near > best[0]):
                best = (near, thing)
        if best is not None:
            best[1].mentions.append(m._replace(kind=best[1].kind))

    def _headed_by(self, thing: Thing, head: str) -> bool:
        if any(self.head(m) == head for m in thing.mentions if not m.short):
            return True
        if not thing.row:
            return False
        main = self.people.words.tables.phrase(self.people.words.tables.listed_rows[thing.row].name)
        return self.bare(main[0]) == head


def finished(things: list[Thing], entities: Entities) -> list[Entity]:
    """The records of the things, numbered in text order."""
    tokens = entities.people.tokens
    made: list[Entity] = []
    for number, thing in enumerate(things, 1):
        name = _name(thing, entities)
        spans = tuple(tokens.span(m.first, m.last) for m in thing.mentions)
        roles = tuple(dict.fromkeys(_text(entities.people, r.first, r.last) for _, _, r in thing.roles))
        key = _key(thing, name, entities)
        made.append(Entity(id=f"e{number}", key=key, kind=thing.kind, name=name, mentions=spans, roles=roles))
    return made


def _text(people: People, first: int, last: int) -> str:
    """The words in normal form, one space between, proclitics of the first taken off."""
    tokens = people.tokens
    out: list[str] = []
    for i in range(first, last):
        form = tokens.form[i]
        if i == first:
            word = people.word(i)
            form = form[len(word.proclitics) :]
            form = word.stem[: max(0, len(word.stem) - len(form))] + form
        out.append(("" if not out or tokens.glued(i) else " ") + form)
    return "".join(out)


def _name(thing: Thing, entities: Entities) -> str:
    if thing.row and thing.kind != "role":
        return entities.people.words.tables.listed_rows[thing.row].name
    plain = [m for m in thing.mentions if not m.short]
    if thing.kind == "person":
        plain = [m for m in plain if m.name]
        spans = [m.name for m in plain if m.name]
    else:
        spans = [(m.first, m.last) for m in plain]
    clear = [s for s in spans if not entities.people.word(s[0]).proclitics] or spans
    best = max(clear, key=lambda s: s[1] - s[0])
    return _text(entities.people, *best)


def _key(thing: Thing, name: str, entities: Entities) -> str | None:
    """Kind, name and a disambiguator (office, table row, country) joined by ``/``; None where nothing tells namesakes apart."""
    if thing.row and thing.kind != "role":
        listed = entities.people.words.tables.listed_rows[thing.row]
        return f"{thing.kind}/{name}/{listed.country or listed.sort}"
    if thing.kind == "person":
        if len(thing.parts) < 2 and not any(words for _, words, _ in thing.roles):
            return None
        offices = [(row, words, role) for row, words, role in thing.roles if words]
        if not offices:
            return None
        _, words, role = max(offices, key=lambda r: len(r[1]))
        return f"person/{name}/{' '.join([role.noun.lemma, *sorted(words)])}"
    if thing.kind == "role":
        _, words, role = thing.roles[0]
        countries = any(w.isascii() for w in words)
        return f"role/{' '.join([role.noun.lemma, *sorted(words)])}" if countries else None
    codes = sorted(w for w in thing.words if w.isascii() and len(w) == 2 and w.isupper())
    return f"{thing.kind}/{name}/{codes[0]}" if codes else None
