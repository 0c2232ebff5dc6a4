"""Speakers of a page: to whom its statements are given, each once, with the words by which to know them elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from rawi.lexicon.pack import Pack
from rawi.model import Attribution, Entity, Reading, Span
from rawi.text.tokens import PUNCT, WORD, Tokens
from rawi.tracing.credits import Mention
from rawi.tracing.facts import Speaker
from rawi.tracing.stems import Stemmer

_NAMED = frozenset({"person", "official", "institution", "group", "document"})
LONGEST = 14
NEAR = 6


class SpeakerReader:
    """Finds the speakers with one language's tables."""

    def __init__(self, pack: Pack, stemmer: Stemmer) -> None:
        self._pack = pack
        self._stemmer = stemmer
        names = pack.names
        self._articles = tuple(names.shape("article"))
        self._titles = pack.tracing.of("title-word")
        self._unnamed = pack.tracing.of("unnamed-head")
        self._own = names.words("outlet_head") | pack.tracing.of("own-staff")
        heads = names.words("institution_head", "group_head")
        self._body_heads = frozenset(pack.search.stem(h) for h in heads)
        self._heads = heads | pack.reporting.heads.keys()
        self._breaks = frozenset().union(
            *(pack.reporting.of(c) for c in ("prep", "rel", "comp", "aux", "neg")),
            names.words("spokes", "title_prep"),
        )

    def find(
        self, tokens: Tokens, reading: Reading, body: int, mentions: Sequence[Mention]
    ) -> tuple[list[Speaker], dict[int, int]]:
        """The speakers, and for each attribution's ``n`` the index of its speaker (absent: none, or an outlet).

        ``body``: the token with which the page's text opens; what a byline or a dateline seems to say is nobody's
        word.
        """
        outlets = {i for m in mentions for i in range(m.first, m.last)}
        named = self._named_tokens(tokens, reading)
        speakers: list[Speaker] = []
        bodies = self._bodies(tokens, reading)
        of: dict[int, int] = {}
        entities = {e.id: e for e in reading.entities}
        last = -1
        for a in sorted(reading.attributions, key=lambda x: (x.cue[0].start if x.cue else 0, x.n)):
            if a.type in ("outlet", "impersonal") or self._in_byline(tokens, a, body):
                continue
            entity = self._entity(a, reading, entities)
            if not a.source and entity is None:
                if last >= 0:
                    of[a.n] = last
                continue
            made = self._speaker(tokens, a, entity, outlets, named)
            if made is None:
                if last >= 0 and tokens.at(a.source[0].start if a.source else 0) not in outlets:
                    of[a.n] = last
                continue
            more = [w for b in made.body for w in bodies.get(b, ())]
            if made.kind == "document" and made.body:
                more += self._author(tokens, reading, made.body[0])
            made = made._replace(body=tuple(dict.fromkeys((*made.body, *more))))
            known = next((i for i, s in enumerate(speakers) if _one(s, made)), None)
            if known is None and len(made.body) == 1 and not made.words:
                # ``The minister`` after the minister has been named.
                known = next((i for i in reversed(range(len(speakers))) if made.body[0] in speakers[i].body), None)
            if known is None:
                known = len(speakers)
                speakers.append(made)
            speakers[known] = _merged(speakers[known], made)
            of[a.n] = last = known
        return speakers, of

    def _in_byline(self, tokens: Tokens, a: Attribution, body: int) -> bool:
        at = tokens.at(a.cue[0].start) if a.cue else body
        return tokens.title_end <= at < body

    def _author(self, tokens: Tokens, reading: Reading, head: str) -> list[str]:
        """The words of the body named right after a document's word, anywhere in the page."""
        at = [i for i in range(len(tokens)) if tokens.kind[i] == WORD and self._stemmer.stem(tokens.key[i]) == head]
        for e in reading.entities:
            if e.kind == "institution":
                starts = [tokens.at(m.start) for m in e.mentions]
                if any(0 < s - i <= NEAR for s in starts for i in at):
                    return self._stems([self._key(w) for w in e.name.split()])
        return []

    def _bodies(self, tokens: Tokens, reading: Reading) -> dict[str, tuple[str, ...]]:
        """For the head word of a body that the page names in full once: all of its words (``the front`` is
        that front)."""
        found: dict[str, set[tuple[str, ...]]] = {}
        for e in reading.entities:
            if e.kind in ("institution", "group"):
                stems = tuple(self._stems([self._key(w) for w in e.name.split()]))
                if len(stems) > 1:
                    found.setdefault(stems[0], set()).add(stems)
        full = {head: next(iter(names)) for head, names in found.items() if len(names) == 1}
        return {head: names for head, names in full.items() if head in self._body_heads}

    def _entity(self, a: Attribution, reading: Reading, entities: dict[str, Entity]) -> Entity | None:
        given = entities.get(a.speaker) if a.speaker else None
        if given is not None and given.kind == "person" and not a.source:
            return given
        spans = (*a.source, *((a.ref,) if a.ref else ()))
        for name in reading.names:
            inside = any(s.start <= name.span.start and name.span.end <= s.end for s in spans)
            person = entities.get(name.entity) if inside and name.kind == "person" and name.entity else None
            if person is not None and person.kind == "person":
                return person
        # What only the grammar took for somebody is not known to be one.
        known = {n.entity for n in reading.names}
        return given if given is not None and given.kind != "outlet" and given.id in known else None

    def _speaker(
        self, tokens: Tokens, a: Attribution, entity: Entity | None, outlets: set[int], named: set[int]
    ) -> Speaker | None:
        span = a.source[0] if a.source else (entity.mentions[0] if entity else Span(0, 0))
        first, last = tokens.range_of(span)
        first, last = self._clear(tokens, first, min(last, first + LONGEST))
        person = entity is not None and entity.kind == "person"
        if person and entity and self._of_unnamed(tokens, first, last, entity):
            entity, person = None, False
        if first in outlets and not person:
            return None
        written = " ".join(tokens.form[i] for i in range(first, last) if tokens.kind[i] != PUNCT)
        body = tuple(dict.fromkeys(self._stems(tokens.key[first:last])))
        words: tuple[str, ...] = ()
        if entity is not None and person:
            words = self._name_words(entity.name)
            roles = [self._key(w) for role in entity.roles for w in role.split()] + self._before(tokens, entity)
            body = tuple(dict.fromkeys(b for b in (*body, *self._stems(roles)) if b not in words))
        elif a.type == "person" and self._surname(tokens, first, last):
            words = self._name_words(written)
            body = tuple(b for b in body if b not in words)
            person = True
        elif not self._can_speak(tokens, first, last, body):
            # The phrase names nobody; whom the reading takes it to mean, if anybody.
            if entity is None:
                return None
            body, written = tuple(self._stems([self._key(w) for w in entity.name.split()])), entity.name
            if not body:
                return None
        indefinite = a.type != "document" and self._unnamed_head(tokens, first, last, named)
        anonymous = not words and (a.type in ("anonymous", "witness") or indefinite)
        kind = "anonymous" if anonymous else "document" if a.type == "document" else "named"
        name = entity.name if person and entity and entity.kind == "person" else written
        return Speaker(name, kind, words, body, (span.start, span.end), person)

    def _surname(self, tokens: Tokens, first: int, last: int) -> bool:
        """Whether the phrase is one definite word, or two, that are no ordinary words: a surname."""
        words = [i for i in range(first, last) if tokens.kind[i] == WORD]
        if not 1 <= len(words) <= 2 or len(words) != last - first:
            return False
        if not tokens.key[words[0]].startswith(self._articles):
            return False
        return not any(self._stemmer.ordinary(tokens.key[i]) for i in words)

    def _named_tokens(self, tokens: Tokens, reading: Reading) -> set[int]:
        """The tokens of proper names: of persons, bodies, groups and places."""
        spans = [n.span for n in reading.names if n.kind != "role"] + [p.span for p in reading.places]
        return {i for s in spans for i in range(*tokens.range_of(s))}

    def _before(self, tokens: Tokens, person: Entity) -> list[str]:
        """The role nouns right before a person's name."""
        found = []
        for mention in person.mentions:
            i = tokens.at(mention.start) - 1
            while i >= 0 and tokens.kind[i] == WORD and mention.start - tokens.start[i] < 30:
                if not any(self._pack.names.noun(s.stem) for s in self._pack.splits(tokens.key[i])):
                    break
                found.append(tokens.key[i])
                i -= 1
        return found

    def _name_words(self, name: str) -> tuple[str, ...]:
        """The words of a person's name, without titles and articles; a name of two words that some write as
        one is one."""
        words: list[str] = []
        slaves = self._pack.names.words("slave")
        for key in (self._key(w) for w in name.split()):
            if words and words[-1] in slaves:
                words[-1] += key
            elif self._bare(key) not in self._titles:
                words.append(self._bare(key))
        return tuple(words)

    def _key(self, word: str) -> str:
        return self._pack.letters.key_of(self._pack.letters.form_of(word))

    def _can_speak(self, tokens: Tokens, first: int, last: int, body: tuple[str, ...]) -> bool:
        """Whether the phrase is somebody: a name, or headed by a word for one; an outlet's own people are nobody."""
        words = [i for i in range(first, last) if tokens.kind[i] == WORD and tokens.key[i] not in self._breaks][:2]
        if not body or not words or any(self._is_own(tokens.key[i]) for i in words):
            return False
        names = self._pack.names
        leads = self._pack.names.words("quantifier", "of")
        heads = words[1:] if any(s.stem in leads for s in self._pack.splits(tokens.key[words[0]])) else words[:1]
        for at in heads:
            for split in self._pack.splits(tokens.key[at]):
                bare = self._bare(split.stem)
                if names.noun(split.stem) or bare in self._heads or split.stem in self._unnamed:
                    return True
        return False

    def _is_own(self, key: str) -> bool:
        return any(self._bare(s.stem) in self._own for s in self._pack.splits(key))

    def _clear(self, tokens: Tokens, first: int, last: int) -> tuple[int, int]:
        """The phrase up to whom the words go *to*, or its first relative clause."""
        for i in range(first + 1, last):
            split = self._pack.splits(tokens.key[i])
            if any(s.proclitics and self._bare(s.stem) in self._own for s in split):
                return first, i
            if tokens.kind[i] == PUNCT and tokens.form[i] in "\u060c,(":
                return first, i
        return first, last

    def _of_unnamed(self, tokens: Tokens, first: int, last: int, person: Entity) -> bool:
        """Whether somebody unnamed heads the phrase and the person only stands further on: ``a member of X's
        party``."""
        if not self._unnamed_head(tokens, first, last, set()):
            return False
        starts = [tokens.at(m.start) for m in person.mentions]
        return not any(first <= at <= first + 1 for at in starts)

    def _unnamed_head(self, tokens: Tokens, first: int, last: int, named: set[int]) -> bool:
        """Whether the phrase is indefinite: no article and no name in it before its first preposition or mark."""
        words = 0
        for i in range(first, last):
            key = tokens.key[i]
            if tokens.kind[i] != WORD or (words and key in self._breaks):
                break
            splits = self._pack.splits(key)
            if i in named or any(s.stem.startswith(self._articles) for s in splits):
                return False
            words += 1
        return words > 0

    def _stems(self, keys: list[str]) -> list[str]:
        words = (
            k for k in keys if any(c.isalnum() for c in k) and self._bare(self._stemmer.word(k)) not in self._titles
        )
        return [s for s in map(self._stemmer.stem, words) if s]

    def _bare(self, key: str) -> str:
        return self._stemmer.bare(key)


def _one(a: Speaker, b: Speaker) -> bool:
    """Whether two phrases of one page mean one speaker for certain: one person's name, or the same words."""
    if a.words and b.words:
        short, long = sorted((set(a.words), set(b.words)), key=len)
        return short <= long
    if a.kind == b.kind == "document" and a.body and b.body:
        return a.body[0] == b.body[0]
    return a.kind == b.kind and a.body == b.body and a.words == b.words


def _merged(a: Speaker, b: Speaker) -> Speaker:
    words = a.words if len(a.words) >= len(b.words) else b.words
    name = a.name if len(a.name) >= len(b.name) or (a.person and not b.person) else b.name
    body = tuple(dict.fromkeys((*a.body, *(w for w in b.body if w not in words))))
    return Speaker(name, a.kind, words, body, a.span, a.person or b.person)
