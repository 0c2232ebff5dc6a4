"""From drafts to records: numbers, identities, labels, speakers, times, quotations, doubts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, cast

import rawi.model as model
from rawi.marks.found import Marks
from rawi.model import Act, Article, Attribution, Doubt, Entity, Kind, NameKind, Quote, SourceType, Span, Stance
from rawi.speech.drafts import Draft, Range
from rawi.speech.page import Page
from rawi.speech.speakers import type_of
from rawi.text.tokens import PUNCT, Tokens

_NAME_KIND: dict[str, NameKind] = {
    "person": "person",
    "official": "role",
    "institution": "institution",
    "group": "group",
    "outlet": "outlet",
}


class SpeechFound(NamedTuple):
    """What the speech layer found: statements, entities with all that speak, quotations with speakers, doubts."""

    attributions: Sequence[Attribution]
    entities: Sequence[Entity]
    quotes: Sequence[Quote]
    doubts: Sequence[Doubt]


def recorded(page: Page, drafts: list[Draft], marks: Marks, article: Article) -> SpeechFound:
    """The records of the drafts, which are in text order with parents and speakers resolved."""
    speakers = _Speakers(page, marks.entities)
    numbers = {id(d): n for n, d in enumerate(drafts, 1)}
    attributions = [_attribution(page, d, numbers, article, speakers, marks) for d in drafts]
    quotes = _spoken(marks.quotes.quotes, attributions)
    return SpeechFound(attributions, speakers.entities(), quotes, [])


class _Speakers:
    """The entity of each speaker: one that the names layer found, else one made for the mention that speaks."""

    def __init__(self, page: Page, entities: Sequence[Entity]) -> None:
        self._page = page
        self._known = list(entities)
        self._made: dict[tuple[str, str], tuple[str, list[Span]]] = {}

    def of(self, span: Range, kind: SourceType) -> str | None:
        """The id of the entity that the mention names; None for documents, witnesses and unnamed sources."""
        entity = self._page.named.entity(*span)
        if entity is not None:
            return entity.id
        sort = _NAME_KIND.get(kind)
        if sort is None:
            return None
        tokens = self._page.tokens
        words = " ".join(self._page.bare(i) for i in range(*span) if self._page.is_word(i))
        number = len(self._known) + len(self._made) + 1
        identity, mentions = self._made.setdefault((sort, words), (f"e{number}", []))
        mention = tokens.span(*span)
        if mention not in mentions:
            mentions.append(mention)
        return identity

    def entities(self) -> list[Entity]:
        """All entities: those of the names layer, then those made here."""
        text = self._page.tokens.text
        return [
            *self._known,
            *(
                Entity(
                    id=identity, key=None, kind=cast(NameKind, sort), name=spans[0].of(text), mentions=tuple(spans)
                )
                for (sort, _), (identity, spans) in self._made.items()
            ),
        ]


def _attribution(
    page: Page, draft: Draft, numbers: dict[int, int], article: Article, speakers: _Speakers, marks: Marks
) -> Attribution:
    tokens = page.tokens
    depth, above = 0, draft.parent
    while above is not None:
        depth, above = depth + 1, above.parent
    cue = tuple(tokens.span(*r) for r in draft.cue)
    content = tuple(tokens.span(*r) for r in draft.content)
    sort = _type(page, draft)
    who = draft.ref or draft.source
    time, content_time = _times(page, draft, content, marks)
    return Attribution(
        n=numbers[id(draft)],
        id=model.statement_id(article.id, article.key, cue[0].start, " ".join(c.of(tokens.text) for c in cue), depth),
        cue=cue,
        source=(tokens.span(*draft.source),) if draft.source else (),
        ref=tokens.span(*draft.ref) if draft.ref else None,
        content=content,
        kind=_kind(page, draft.content),
        stance=_stance(draft),
        act=cast(Act, draft.row.act),
        writer_stance=_writer_stance(draft),
        type=sort,
        target=tokens.span(*draft.target) if draft.target else None,
        parent=numbers.get(id(draft.parent), 0) if draft.parent is not None else 0,
        speaker=speakers.of(who, sort) if who is not None and not draft.impersonal else None,
        time=time,
        content_time=content_time,
        rule=f"{draft.rule} {draft.row.id}",
        doubts=_doubts(tokens, draft, cue[0]),
    )


def _doubts(tokens: Tokens, draft: Draft, cue: Span) -> tuple[Doubt, ...]:
    if draft.source is None and draft.ref is None and not draft.impersonal:
        return (Doubt(code="ambiguous-speaker", span=cue),)
    return ()


def _times(page: Page, draft: Draft, content: Sequence[Span], marks: Marks) -> tuple[int | None, int | None]:
    """The time of the statement, around its cue outside the content, and the first time that it speaks of."""
    first, last = page.sentence_of(draft.head)
    sentence = page.tokens.span(first, last)
    outside = inside = None
    for number, timex in enumerate(marks.times):
        if any(piece.holds(timex.span) for piece in content):
            inside = number if inside is None else inside
        elif sentence.holds(timex.span) and timex.type in {"DATE", "TIME"} and outside is None:
            outside = number
    return outside, inside


def _spoken(quotes: Sequence[Quote], attributions: Sequence[Attribution]) -> list[Quote]:
    """The quotations with their speakers: the innermost statement whose content holds them."""
    spoken = []
    for quote in quotes:
        holders = [
            (len(piece), a.n) for a in attributions for piece in a.content if piece.start <= quote.span.start
            and quote.span.end <= piece.end + 1
        ]  # fmt: skip
        speaker = min(holders)[1] if holders else None
        spoken.append(Quote(span=quote.span, open=quote.open, close=quote.close, speaker=speaker))
    return spoken


def _kind(page: Page, content: list[Range]) -> Kind:
    """Direct, mixed or indirect by the marks: edge particles aside, three quoted words make a quotation."""
    words = [i for first, last in content for i in range(first, last) if page.tokens.kind[i] != PUNCT]
    while words and (page.is_comp(words[0]) or page.is_prep(words[0])):
        words.pop(0)
    if words and all(page.outer[i] >= 0 for i in words):
        return "direct"
    longest: dict[int, int] = {}
    for i in words:
        if page.outer[i] >= 0:
            longest[page.outer[i]] = longest.get(page.outer[i], 0) + 1
    return "mixed" if max(longest.values(), default=0) >= 3 else "indirect"


def _stance(draft: Draft) -> Stance:
    """The stance of the row; a negation turns a denial into a report and a report into a doubt."""
    if not draft.negated:
        return cast(Stance, draft.row.stance)
    if draft.row.act == "say" and draft.row.stance == "reported":
        return "denied"
    turned = {"denied": "reported", "reported": "doubted"}
    return cast(Stance, turned.get(draft.row.stance, draft.row.stance))


def _writer_stance(draft: Draft) -> model.WriterStance:
    """What the cue word alone says of the writer: distance for claims, endorsement for showing."""
    if draft.row.act == "claim" and draft.row.stance == "alleged":
        return "distance"
    return "endorse" if draft.row.act == "evidence" and not draft.negated else "neutral"


def _type(page: Page, draft: Draft) -> SourceType:
    """The type of the one referred to; a role or a name that points to a fuller mention takes that one's type."""
    if draft.impersonal:
        return "impersonal"
    span = draft.ref or draft.source
    if span is None:
        return "person"
    kind = type_of(page, span)
    if draft.source and draft.ref:
        own = type_of(page, draft.source)
        return kind if kind == "person" or own in {"official", "person"} else own
    return kind
