"""Speakers of a page: to whom its statements are given, each once, with the words by which to know them elsewhere."""

from __future__ import annotations

from rawi.lexicon.pack import Pack
from rawi.model import Attribution, Entity, Reading, Span
from rawi.text.tokens import PUNCT, WORD, Tokens
from rawi.tracing.facts import Speaker

_NAMED = frozenset({"person", "official", "institution", "group", "document"})
LONGEST = 14


class SpeakerReader:
    """Finds the speakers with one language's tables."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        names = pack.names
        self._articles = tuple(names.shape("article"))
        self._titles = pack.tracing.of("title-word")
        self._unnamed = pack.tracing.of("unnamed-head")
        self._function = frozenset().union(
            *(pack.reporting.of(c) for c in ("prep", "opener", "comp", "rel", "neg", "aux", "conjunction")),
            names.words("stop", "verb"),
        )

    def find(self, tokens: Tokens, reading: Reading) -> tuple[list[Speaker], dict[int, int]]:
        """The speakers, and for each attribution's ``n`` the index of its speaker (absent: none, or an outlet)."""
        speakers: list[Speaker] = []
        place: dict[tuple[object, ...], int] = {}
        of: dict[int, int] = {}
        entities = {e.id: e for e in reading.entities}
        last = -1
        for a in sorted(reading.attributions, key=lambda x: (x.cue[0].start if x.cue else 0, x.n)):
            if a.type in ("outlet", "impersonal"):
                continue
            entity = self._entity(a, reading, entities)
            if not a.source and entity is None:
                if last >= 0:
                    of[a.n] = last
                continue
            made = self._speaker(tokens, a, entity, entities)
            if made is None:
                continue
            known = next((i for i, s in enumerate(speakers) if _one(s, made)), None)
            key = (made.kind, made.words, made.body)
            if known is None:
                known = place.setdefault(key, len(speakers))
                if known == len(speakers):
                    speakers.append(made)
            speakers[known] = _merged(speakers[known], made)
            of[a.n] = last = known
        return speakers, of

    def _entity(self, a: Attribution, reading: Reading, entities: dict[str, Entity]) -> Entity | None:
        if a.speaker and a.speaker in entities:
            return entities[a.speaker]
        spans = (*a.source, *((a.ref,) if a.ref else ()))
        inside = [e for e in reading.entities if any(s.overlaps(m) and _in(m, s) for s in spans for m in e.mentions)]
        people = [e for e in inside if e.kind == "person"]
        return people[0] if people else None

    def _speaker(
        self, tokens: Tokens, a: Attribution, entity: Entity | None, entities: dict[str, Entity]
    ) -> Speaker | None:
        span = a.source[0] if a.source else (entity.mentions[0] if entity else Span(0, 0))
        first, last = tokens.range_of(span)
        first, last = self._clear(tokens, first, min(last, first + LONGEST))
        person = entity is not None and entity.kind == "person"
        written = " ".join(tokens.form[i] for i in range(first, last) if tokens.kind[i] != PUNCT)
        body = tuple(dict.fromkeys(self._stems(tokens.key[first:last])))
        words: tuple[str, ...] = ()
        if entity is not None and entity.kind == "person":
            words = tuple(self._bare(self._pack.letters.key_of(self._pack.letters.form_of(w))) for w in entity.name.split())
            words = tuple(w for w in words if w not in self._titles)
            body = tuple(b for b in body if b not in words)
        elif entity is not None and not body:
            body = tuple(self._stems([self._pack.letters.key_of(self._pack.letters.form_of(w)) for w in entity.name.split()]))
        anonymous = a.type in ("anonymous", "witness") or (not words and self._unnamed_head(tokens, first, last))
        kind = "anonymous" if anonymous and not words else "document" if a.type == "document" else "named"
        if not words and not body:
            return None
        name = entity.name if person and entity else written
        return Speaker(name, kind, words, body, (span.start, span.end), person)

    def _clear(self, tokens: Tokens, first: int, last: int) -> tuple[int, int]:
        """The phrase up to whom the words go *to*, or its first relative clause."""
        for i in range(first + 1, last):
            split = self._pack.splits(tokens.key[i])
            if any(s.proclitics == "\u0644" and s.stem in self._pack.names.words("outlet_head") for s in split):
                return first, i
            if tokens.kind[i] == PUNCT and tokens.form[i] in "\u060c,(":
                return first, i
        return first, last

    def _unnamed_head(self, tokens: Tokens, first: int, last: int) -> bool:
        """Whether an indefinite word for somebody heads the phrase, and nothing definite follows at once."""
        words = [i for i in range(first, last) if tokens.kind[i] == WORD][:2]
        if not words or not any(s.stem in self._unnamed for s in self._pack.splits(tokens.key[words[0]])):
            return False
        return len(words) == 1 or not tokens.key[words[1]].startswith(self._articles)

    def _stems(self, keys: list[str]) -> list[str]:
        found = []
        for key in keys:
            if key in self._function or not any(c.isalnum() for c in key):
                continue
            split = self._pack.splits(key)
            stem = split[0].stem
            if any(s.stem in self._pack.names.nouns for s in split):
                stem = next(s.stem for s in split if s.stem in self._pack.names.nouns)
            bare = self._bare(stem)
            if bare not in self._titles:
                found.append(self._pack.search.stem(bare))
        return found

    def _bare(self, key: str) -> str:
        for article in self._articles:
            if key.startswith(article) and len(key) > len(article) + 1:
                return key[len(article) :]
        return key


def _in(mention: Span, source: Span) -> bool:
    return source.start <= mention.start and mention.end <= source.end


def _one(a: Speaker, b: Speaker) -> bool:
    """Whether two phrases of one page mean one speaker for certain: one person's name, or the same words."""
    if a.words and b.words:
        short, long = sorted((set(a.words), set(b.words)), key=len)
        return short <= long
    return a.kind == b.kind and a.body == b.body and a.words == b.words


def _merged(a: Speaker, b: Speaker) -> Speaker:
    words = a.words if len(a.words) >= len(b.words) else b.words
    name = a.name if len(a.name) >= len(b.name) or a.person and not b.person else b.name
    body = tuple(dict.fromkeys((*a.body, *(w for w in b.body if w not in words))))
    return Speaker(name, a.kind, words, body, a.span, a.person or b.person)
