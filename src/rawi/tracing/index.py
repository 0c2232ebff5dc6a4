"""One document for the corpus step: its facts, from its reading and its text, and nothing from any other document."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from itertools import pairwise

from rawi.lexicon.pack import Pack
from rawi.model import Attribution, Reading, Span
from rawi.text.tokens import LATIN, NUMBER, PUNCT, WORD, Tokens, tokenize
from rawi.tracing.credits import CreditReader, Layout
from rawi.tracing.facts import Facts, Range, Telling
from rawi.tracing.outlets import OutletNames
from rawi.tracing.speakers import SpeakerReader
from rawi.tracing.stems import Stemmer
from rawi.tracing.words import hash_text

LEAD_WORDS = 70
LONGEST_QUOTE = 150
MINUTES = 24 * 60
UNDATED = -1


class Indexer:
    """Makes the facts of readings with one language's tables."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.outlets = OutletNames(pack)
        self._credits = CreditReader(pack, self.outlets)
        self._stemmer = Stemmer(pack)
        self._speakers = SpeakerReader(pack, self._stemmer)
        reporting = pack.reporting
        self._neg = reporting.of("neg") | reporting.of("negation")
        self._common = frozenset(pack.search.stem(k) for k in pack.names.common)
        self._hashes: dict[str, int] = {}

    def facts(self, reading: Reading) -> Facts:
        """The facts of one reading."""
        pack, text = self.pack, reading.text
        title_end = reading.title_span.end if reading.title_span else 0
        tokens = tokenize(text, pack.letters, title_end)
        layout = self._credits.layout(tokens)
        own = self.outlets.own(reading.outlet, reading.url)
        mentions = self._credits.mentions(tokens)
        credits = self._credits.find(tokens, layout, mentions, reading, own.key)
        speakers, of = self._speakers.find(tokens, reading, layout.body, mentions)
        passages = self._passages(tokens, layout)
        first, last = minutes(reading.published)
        outlets = {i for m in mentions for i in range(m.first, m.last)}
        lead, anchors, numbers = self._lead(tokens, layout, reading, outlets)
        return Facts(
            id=reading.id,
            outlet=reading.outlet or "",
            own=("agency:" if own.agency else "") + own.key,
            published=reading.published or "",
            first=first,
            last=last,
            words=sum(k != PUNCT for k in tokens.kind),
            title=(0, tokens.end[tokens.title_end - 1] if tokens.title_end else 0),
            passages=tuple(_chars(tokens, p) for p in passages),
            credits=tuple(credits),
            speakers=tuple(speakers),
            tellings=tuple(self._tellings(tokens, reading, layout, passages, of)),
            quoted=self._quoted(reading, of),
            firsthand=self._firsthand(tokens, reading, layout),
            withdraws=self._withdraws(tokens, layout),
            lead=lead,
            lead_numbers=numbers,
            anchors=anchors,
            named=tuple((n.span.start, n.span.end) for n in reading.names),
        )

    # -- passages: where a page turns to another story

    def _passages(self, tokens: Tokens, layout: Layout) -> list[Range]:
        """Token ranges of the stories of a page; the headline belongs to the first."""
        cuts = [0]
        for first, _ in tokens.sentences:
            if first > layout.body and self._shifts(tokens, first):
                cuts.append(first)
        cuts.append(len(tokens))
        return [(a, b) for a, b in pairwise(cuts) if b > a]

    def _shifts(self, tokens: Tokens, at: int) -> bool:
        splits = self.pack.splits(tokens.key[at])
        return any(self.pack.tracing.opens("shift", tokens.key, at, s.stem) for s in splits)

    # -- statements

    def _tellings(
        self, tokens: Tokens, reading: Reading, layout: Layout, passages: Sequence[Range], of: dict[int, int]
    ) -> list[Telling]:
        inner = {a.parent for a in reading.attributions if a.parent}
        relays = {a.n: a for a in reading.attributions}
        found: list[Telling] = []
        for a in reading.attributions:
            if not a.content or (a.n in inner and (a.type == "outlet" or a.act == "relay")):
                continue
            if a.cue and tokens.title_end <= tokens.at(a.cue[0].start) < layout.body:
                continue
            spans = tuple((s.start, s.end) for s in a.content)
            credit = self._credit_of(reading, a, relays)
            found.append(
                self._telling(tokens, reading, passages, a.id, a.id, spans, of.get(a.n, -1), credit, a.stance)
            )
        for u in reading.unattributed:
            identity = _digest(reading.id, reading.key, str(u.span.start), u.class_)
            span = ((u.span.start, u.span.end),)
            found.append(self._telling(tokens, reading, passages, identity, "", span, -1, "", "reported"))
        if not found:
            found.extend(self._plain(tokens, reading, layout, passages))
        return sorted(found, key=lambda t: (t.spans[0], t.id))

    def _plain(self, tokens: Tokens, reading: Reading, layout: Layout, passages: Sequence[Range]) -> list[Telling]:
        """A page in which nothing was found: its sentences, as the writer's own."""
        found = []
        for first, last in tokens.sentences:
            if first >= layout.body and last - first >= 4:
                span = tokens.span(first, last)
                identity = _digest(reading.id, reading.key, str(span.start), "sentence")
                found.append(
                    self._telling(
                        tokens, reading, passages, identity, "", ((span.start, span.end),), -1, "", "reported"
                    )
                )
        return found

    def _credit_of(self, reading: Reading, a: Attribution, relays: dict[int, Attribution]) -> str:
        """The outlet to which a statement is laid: its own source, or that of the statement around it."""
        seen = 0
        here: Attribution | None = a
        while here is not None and seen < 8:
            if here.type == "outlet" and here.source:
                return self.outlets.resolve(here.source[0].of(reading.text)).key
            here, seen = relays.get(here.parent), seen + 1
        return ""

    def _telling(
        self,
        tokens: Tokens,
        reading: Reading,
        passages: Sequence[Range],
        identity: str,
        statement: str,
        spans: tuple[Range, ...],
        speaker: int,
        credit: str,
        stance: str,
    ) -> Telling:
        ranges = [tokens.range_of(Span(*s)) for s in spans]
        at = ranges[0][0]
        inside = [i for a, b in ranges for i in range(a, b)]
        held = [Span(*s) for s in spans]
        negated = any(any(s.stem in self._neg for s in self.pack.splits(tokens.key[i])) for i in inside[:6])
        return Telling(
            id=identity,
            statement=statement,
            spans=spans,
            speaker=speaker,
            credit=credit,
            stance=stance,
            negated=negated,
            numbers=tuple(dict.fromkeys(tokens.form[i] for i in inside if tokens.kind[i] == NUMBER)),
            dates=tuple(
                dict.fromkeys((t.begin or "")[:10] for t in reading.times if t.begin and _held(t.span, held))
            ),
            places=tuple(dict.fromkeys(p.id or p.name for p in reading.places if _held(p.span, held))),
            entities=tuple(
                dict.fromkeys(e.key or e.name for e in reading.entities if any(_held(m, held) for m in e.mentions))
            ),
            stems=tuple(dict.fromkeys(self._hash(s) for i in inside if (s := self._stem(tokens, i)))),
            passage=next((n for n, (a, b) in enumerate(passages) if a <= at < b), 0),
            at=at,
        )

    # -- what the page is about

    def _lead(
        self, tokens: Tokens, layout: Layout, reading: Reading, outlets: set[int]
    ) -> tuple[tuple[Range, ...], tuple[int, ...], tuple[str, ...]]:
        """Content stems of headline and opening with their weights (in halves), hashes of pairs of them, numbers.

        Names of outlets are left out: who tells a story is not what it is about.
        """
        named: set[int] = set()
        for span in (*(n.span for n in reading.names), *(p.span for p in reading.places)):
            named.update(range(*tokens.range_of(span)))
        weights: dict[str, int] = {}
        numbers: dict[str, None] = {}
        pairs: set[str] = set()
        taken, before = 0, ""
        order = [*range(layout.byline[0]), *range(max(layout.body, layout.byline[1]), len(tokens))]
        for i in order:
            if tokens.kind[i] == PUNCT or i in outlets:
                before = ""
                continue
            if i >= layout.body:
                taken += 1
                if taken > LEAD_WORDS:
                    break
            if tokens.kind[i] == NUMBER:
                numbers[tokens.form[i]] = None
            stem = self._stem(tokens, i)
            if stem:
                weight = 4 if i in named else 2 if stem in self._common else 3
                weights[stem] = max(weights.get(stem, 0), weight)
                if before:
                    pairs.add(f"{before} {stem}")
                before = stem
            else:
                before = ""
        lead = tuple(sorted((self._hash(s), w) for s, w in weights.items()))
        return lead, tuple(sorted(self._hash(p) for p in pairs)), tuple(numbers)

    def _stem(self, tokens: Tokens, i: int) -> str:
        if tokens.kind[i] == NUMBER:
            return "#" + tokens.form[i]
        return self._stemmer.stem(tokens.key[i]) if tokens.kind[i] in (WORD, LATIN) else ""

    def _hash(self, stem: str) -> int:
        found = self._hashes.get(stem)
        if found is None:
            if len(self._hashes) > 60_000:
                self._hashes.clear()
            found = self._hashes[stem] = hash_text(stem)
        return found

    # -- signs

    def _quoted(self, reading: Reading, of: dict[int, int]) -> tuple[tuple[int, int, int], ...]:
        """Quotations with their speakers' indexes (-1: not stated); a mark that never closes quotes nothing."""
        return tuple(
            (q.span.start, q.span.end, of.get(q.speaker, -1) if q.speaker else -1)
            for q in reading.quotes
            if len(q.span) <= LONGEST_QUOTE * 8 and q.close
        )

    def _firsthand(self, tokens: Tokens, reading: Reading, layout: Layout) -> tuple[Range, ...]:
        """Where the page says that the outlet was there: its reporter beside a verb of seeing, or the
        reading's own class."""
        found = [(u.span.start, u.span.end) for u in reading.unattributed if u.class_ == "firsthand"]
        reporter, attended = self.pack.tracing.of("reporter"), self.pack.tracing.of("attended")
        for i in range(layout.body, len(tokens)):
            if tokens.key[i] in reporter:
                near = range(max(layout.body, i - 2), min(len(tokens), i + 8))
                if any(s.stem in attended for j in near for s in self.pack.splits(tokens.key[j])):
                    found.append((tokens.start[i], tokens.end[i]))
        return tuple(sorted(set(found)))

    def _withdraws(self, tokens: Tokens, layout: Layout) -> tuple[Range, ...]:
        """Words of withdrawal in the headline or in the first words of the body."""
        table = self.pack.tracing.of("withdraw")
        zone = [*range(min(layout.byline[0], 4)), *range(layout.body, min(layout.body + 3, len(tokens)))]
        return tuple((tokens.start[i], tokens.end[i]) for i in zone if tokens.key[i] in table)


def minutes(published: str | None) -> Range:
    """The first and last minute, since 1970, at which a document can have been published (-1, -1: not known).

    A day without a time is a whole day; a time without a zone may lie anywhere from UTC-12 to UTC+14 only against
    other zones, and is taken as UTC.

    >>> minutes("1970-01-02"), minutes("1970-01-01T01:00:00+01:00"), minutes(None)
    ((1440, 2879), (0, 0), (-1, -1))
    """
    if not published:
        return (UNDATED, UNDATED)
    try:
        moment = datetime.fromisoformat(published.strip().replace("Z", "+00:00"))
    except ValueError:
        try:
            moment = datetime.fromisoformat(published.strip()[:10])
            published = published.strip()[:10]
        except ValueError:
            return (UNDATED, UNDATED)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    minute = int(moment.timestamp()) // 60
    return (minute, minute + MINUTES - 1) if len(published.strip()) <= 10 else (minute, minute)


def _held(span: Span, spans: Sequence[Span]) -> bool:
    return any(s.holds(span) for s in spans)


def _chars(tokens: Tokens, words: Range) -> Range:
    return tokens.start[words[0]], tokens.end[words[1] - 1]


def _digest(*parts: str) -> str:
    return sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
