"""One entity for each thing that a document names: mentions of persons, titles and organisations brought together."""

from __future__ import annotations

from collections.abc import Iterable

from rawi.marks.names_scan import Mention
from rawi.marks.names_words import (
    ARTICLE,
    COMMON,
    DEMONYM,
    FAMILY,
    FOREIGN,
    GIVEN,
    GROUP_HEAD,
    INSTITUTION_HEAD,
    KUNYA,
    NASAB,
    OFFICE,
    OUTLET_HEAD,
    PARTICLE,
    PIOUS,
    PLACE,
    QUALIFIER,
    ROLE,
    SLAVE,
    SOURCE,
    STOP,
    VERBAL,
)  # fmt: skip
from rawi.marks.people import People, Role
from rawi.model import NameKind
from rawi.text.tokens import PUNCT

Parts = tuple[tuple[str, ...], ...]
_WORDS = DEMONYM | QUALIFIER | SOURCE | OFFICE | ROLE | PLACE | GROUP_HEAD | INSTITUTION_HEAD | OUTLET_HEAD


class Thing:
    """An entity in the making: its mentions, and what they say of it."""

    __slots__ = ("kind", "mentions", "roles", "row", "spellings", "words")

    def __init__(self, kind: NameKind, row: str = "", words: frozenset[str] = frozenset(), parts: Parts = ()) -> None:
        self.kind, self.row, self.words = kind, row, words
        self.spellings: dict[Parts, int] = {parts: 0} if parts else {}
        self.mentions: list[Mention] = []
        self.roles: list[tuple[str, frozenset[str], Role]] = []

    @property
    def parts(self) -> Parts:
        """The parts of the name in full: of those written most often, the longest."""
        full = [p for p in self.spellings if len(p) > 1] or list(self.spellings)
        return max(full, key=lambda p: (self.spellings[p], len(p)), default=())


class Entities:
    """Brings the mentions of one document together."""

    def __init__(self, people: People, mentions: Iterable[Mention]) -> None:
        self.people = people
        self.mentions = sorted(mentions, key=lambda m: (m.first, -m.last))
        self.things: list[Thing] = []
        self._listed: dict[str, Thing] = {}
        self._headed: list[Thing] = []

    def resolve(self) -> list[Thing]:
        """The things of the document; mentions that stand for nothing known are dropped."""
        persons = [(m, self.parts(*m.name)) for m in self.mentions if m.kind == "person" and m.name]
        for m, parts in persons:
            if len(parts) > 1:
                self._person(m, parts)
        for m, parts in persons:
            if len(parts) == 1:
                self._person(m, parts)
        for m, parts in self._surnames():
            self._person(m, parts)
        for thing in self.things:
            thing.mentions = [self._trimmed(m, thing) for m in thing.mentions]
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
        """The parts of the name in tokens ``first`` to ``last``: compounds are one, ``son of`` is none."""
        found: list[tuple[str, ...]] = []
        glue: list[str] = []
        for i in range(first, last):
            word = self.people.word(i)
            if self.people.kinds[i] == PUNCT:
                continue
            key = word.stem if i == first else self.people.keys[i]
            if word.flags & (SLAVE | KUNYA | FAMILY | PARTICLE | NASAB) and not (word.flags & GIVEN) and i + 1 < last:
                glue.append(self.people.words.tables.main_form(key) if word.flags & KUNYA else key)
                continue
            if word.flags & PIOUS and found and not glue:
                found[-1] = (*found[-1], key)
                continue
            found.append((*glue, key))
            glue = []
        return tuple(found)

    def same(self, a: tuple[str, ...], b: tuple[str, ...]) -> bool:
        """Whether two parts are one name, foreign ones in another spelling included."""
        if a == b:
            return True
        if len(a) != 1 or len(b) != 1:
            return "".join(a) == "".join(b)
        one, two = a[0], b[0]
        if any(one == article + two or two == article + one for article in self.people.words.articles):
            return True
        if min(len(one), len(two)) < 5 or one[0] != two[0] or abs(len(one) - len(two)) > 2:
            return False
        given = self.people.words.tables.given
        if any(g is not None and not g.foreign for g in (given.get(one), given.get(two))):
            return False
        return self.people.words.tables.skeleton(one) == self.people.words.tables.skeleton(two)

    def _fits(self, parts: Parts, thing: Thing, addressed: bool = False) -> int:
        """How well a name fits a person: 0 not, 1 by a first name or an inner part, 2 by the surname, 3 by more."""
        whole = thing.parts
        if not whole or not parts:
            return 0
        if len(parts) > 1:
            if len(whole) == 1:
                return 2 if self.same(parts[-1], whole[0]) else 0
            short, long = (parts, whole) if len(parts) <= len(whole) else (whole, parts)
            if self._suffix(short, long):
                return 3
            return 3 if self.same(short[0], long[0]) and self._in_order(short[1:], long[1:]) else 0
        if self.same(parts[0], whole[-1]):
            return 2
        if len(whole) < 2 or not self.same(parts[0], whole[0]):
            return 0
        foreign = any(self.people.words.memo[k].flags & FOREIGN for p in whole for k in p)
        return 1 if foreign or addressed or len(parts[0]) > 1 else 0

    def _in_order(self, short: Parts, long: Parts) -> bool:
        """Whether the parts stand in the longer name in their order, the words for ``son of`` left aside."""
        rest = iter([self._core(p) for p in long])
        return all(any(self.same(self._core(part), other) for other in rest) for part in short)

    def _core(self, part: tuple[str, ...]) -> tuple[str, ...]:
        """A part without the word for ``son of`` before it."""
        son = len(part) > 1 and self.people.words.memo[part[0]].flags & NASAB
        return part[1:] if son else part

    def _suffix(self, short: Parts, long: Parts) -> bool:
        tail = long[len(long) - len(short) :]
        return all(self.same(a, b) for a, b in zip(short, tail, strict=True))

    def _person(self, m: Mention, parts: Parts) -> None:
        best: tuple[int, int, int, Thing] | None = None
        for thing in self.things:
            fit = self._fits(parts, thing, m.honorific is not None) if thing.kind == "person" else 0
            if fit:
                rank = (fit, self._named_here(m, thing), len(thing.mentions), thing)
                if best is None or rank[:3] > best[:3]:
                    best = rank
        thing = best[3] if best else Thing("person", parts=parts)
        if best is None:
            self.things.append(thing)
        if m.rule != "surname":
            thing.spellings[parts] = thing.spellings.get(parts, 0) + 1
        thing.mentions.append(m)
        for role in m.roles:
            thing.roles.append((role.noun.row, self.role_words(role), role))

    def _named_here(self, m: Mention, thing: Thing) -> int:
        """Where in the paragraph of ``m`` and before it the person is named in full; -1 where nowhere."""
        line = self.people.tokens.paragraph
        here = (n for n in thing.mentions if n.name and n.name[1] - n.name[0] > 1)
        return max((n.first for n in here if n.first < m.first and line[n.first] == line[m.first]), default=-1)

    def _trimmed(self, m: Mention, thing: Thing) -> Mention:
        """The mention without a last word that only it adds to a name written otherwise throughout."""
        if m.name is None or m.name[1] != m.last or thing.spellings.get(thing.parts, 0) < 2:
            return m
        parts, last = self.parts(*m.name), m.last - 1
        added = len(parts) == len(thing.parts) + 1 and all(
            self.same(a, b) for a, b in zip(parts, thing.parts, strict=False)
        )
        if not added or self.people.word(last).flags & (FOREIGN | GIVEN):
            return m
        return m._replace(last=last, name=(m.name[0], last))

    def _surnames(self) -> list[tuple[Mention, Parts]]:
        """Mentions by a surname (or the last parts of a name) of persons named in full elsewhere."""
        table: dict[str, list[tuple[tuple[str, ...], Parts]]] = {}
        for thing in self.things:
            if thing.kind == "person":
                for parts in thing.spellings:
                    for at in range(1 if len(parts) > 1 else 0, len(parts)):
                        self._enter(table, parts[at:])
        if not table:
            return []
        keys, tails = self.people.keys, tuple(table)
        vocabulary = set(keys)
        near = {key for key in vocabulary if key.endswith(tails)}
        near.update(self._respelt(table, vocabulary - near))
        covered = bytearray(self.people.count)
        for m in self.mentions:
            covered[m.first : m.last] = b"\x01" * (m.last - m.first)
        found: list[tuple[Mention, Parts]] = []
        for i in [i for i, key in enumerate(keys) if key in near and not covered[i]]:
            phrases = table.get(keys[i])
            if phrases is None:
                phrases = next((table[s] for s in self.people.word(i).stems if s in table), None)
            for phrase, parts in phrases or ():
                end = i + len(phrase)
                if (len(phrase) == 1 or tuple(keys[i + 1 : end]) == phrase[1:]) and self._stands_free(i, end):
                    found.append((Mention(i, end, "person", "surname", (i, end)), parts))
                    break
        return found

    def _respelt(self, table: dict[str, list[tuple[tuple[str, ...], Parts]]], keys: set[str]) -> list[str]:
        """The words that spell a foreign surname of the table otherwise; the table learns them."""
        tables, memo = self.people.words.tables, self.people.words.memo
        known = {
            tables.skeleton(k): k
            for k, entries in table.items()
            if len(k) >= 5 and not memo[k].flags & ~FOREIGN and any(len(phrase) == 1 for phrase, _ in entries)
        }
        if not known:
            return []
        opening = {k[0] for k in known.values()}
        found = []
        for key in keys:
            written = known.get(tables.skeleton(key)) if len(key) >= 5 and key[:1] in opening else None
            if written is not None and not memo[key].flags & ~FOREIGN and self.same((key,), (written,)):
                table[key] = [entry for entry in table[written] if len(entry[0]) == 1]
                found.append(key)
        return found

    @staticmethod
    def _enter(table: dict[str, list[tuple[tuple[str, ...], Parts]]], parts: Parts) -> None:
        phrase = tuple(k for part in parts for k in part)
        here = table.setdefault(phrase[0], [])
        if all(phrase != other for other, _ in here):
            here.append((phrase, parts))
            here.sort(key=lambda entry: -len(entry[0]))

    def _stands_free(self, i: int, end: int) -> bool:
        """Whether a surname that is a word of the language stands as a name: opening a clause or after a verb."""
        if end - i > 1:
            return True
        flags = self.people.word(i).flags
        if not flags & (_WORDS | STOP | VERBAL | COMMON):
            return True
        if flags & (STOP | DEMONYM | COMMON) or not flags & ARTICLE:
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
            if word.country and not word.flags & QUALIFIER:
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
        if m.listed:
            row = m.listed.row
            thing = self._listed.get(row)
            if thing is None:
                thing = self._listed[row] = Thing(m.kind, row)
                self.things.append(thing)
            thing.mentions.append(m)
            return
        words = self.content_words(m.first, m.last)
        head = self.head(m)
        for thing in reversed(self._headed):
            if thing.kind != m.kind:
                continue
            same_head = self.head(thing.mentions[0]) == head
            inner = len(words) > 1 and self._portfolio(thing.mentions[0]) == head
            if words == thing.words or (words < thing.words and len(words) > 1 and (same_head or inner)):
                thing.mentions.append(m)
                return
            lone = self._portfolio(m) == self.head(thing.mentions[0])
            if thing.words < words and len(thing.words) > 1 and (same_head or lone):
                thing.words = words
                thing.mentions.append(m)
                return
        thing = Thing(m.kind, words=words)
        thing.mentions.append(m)
        self.things.append(thing)
        self._headed.append(thing)

    def _portfolio(self, m: Mention) -> str:
        """The second word of a ministry's name, by which alone it may be named; empty for anything else."""
        if m.last - m.first < 2 or self.head(m) not in self.people.words.ministry:
            return ""
        return self.bare(self.people.word(m.first + 1).stem)

    def _short(self, m: Mention) -> None:
        """A head with its article alone stands for the thing of that head named last before it."""
        head = self.head(m)
        best: tuple[int, Thing] | None = None
        for thing in self.things:
            if thing.kind in {"person", "role"} or not (
                self._headed_by(thing, head) or m.kind == thing.kind == "outlet"
            ):
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
