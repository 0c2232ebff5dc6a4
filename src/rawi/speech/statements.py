"""The attributions of one page: cues, frames, ends, nesting, speakers, labels, in that order."""

from __future__ import annotations

from collections.abc import Sequence

from rawi.lexicon.pack import Pack
from rawi.marks.found import Marks
from rawi.marks.names_view import Named
from rawi.model import Article
from rawi.speech.bounds import clause_floor, hard_end
from rawi.speech.contents import end_contents
from rawi.speech.drafts import Draft
from rawi.speech.frames import read_verb
from rawi.speech.headlines import read_colon
from rawi.speech.nominals import read_expectation, read_noun
from rawi.speech.page import Page
from rawi.speech.records import SpeechFound, recorded
from rawi.speech.relays import is_relay, read_preposition, read_relay
from rawi.speech.speakers import resolve
from rawi.speech.spotting import Spot, find_spots
from rawi.text.tokens import Tokens


def find_speech(tokens: Tokens, marks: Marks, pack: Pack, *, article: Article) -> SpeechFound:
    """The attributions of one document in text order of their cues, with everything that depends on them."""
    known = _known(tokens, marks)
    named = Named(tokens, pack, marks.names, marks.entities, marks.places)
    page = Page(tokens, marks.quotes, marks.times, known, named, pack)
    spots = find_spots(page)
    drafts = _drafts(page, spots, known)
    drafts.sort(key=lambda d: (d.start, d.cue[0][1]))
    end_contents(page, drafts)
    _join_self_cues(page, drafts)
    _share_relayed(page, drafts)
    drafts = [d for d in drafts if d.content]
    _nest(drafts)
    resolve(page, drafts)
    return recorded(page, drafts, marks, article)


def _known(tokens: Tokens, marks: Marks) -> bytearray:
    known = bytearray(len(tokens))
    spans = [m.span for m in marks.names] + [p.span for p in marks.places]
    for span in spans:
        first, last = tokens.range_of(span)
        known[first:last] = b"\x01" * (last - first)
    return known


def _drafts(page: Page, spots: Sequence[Spot], known: bytearray) -> list[Draft]:
    by_place = {s.head: s for s in spots}
    drafts: list[Draft] = []
    used, shadow = bytearray(len(page)), bytearray(len(page))
    for spot in spots:
        if used[spot.head]:
            continue
        for draft in _read(page, spot, by_place, known, shadow):
            drafts.append(draft)
            for first, last in draft.cue:
                used[first:last] = b"\x01" * (last - first)
            if draft.opens is not None and draft.form.shape not in {"noun", "masdar", "source"}:
                shadow[draft.cue[-1][1] : draft.opens] = b"\x01" * max(0, draft.opens - draft.cue[-1][1])
    for i in range(len(page) - 2):
        if not used[i]:
            expected = read_expectation(page, i)
            if expected:
                drafts.append(expected)
    return drafts


def _read(page: Page, spot: Spot, spots: dict[int, Spot], known: bytearray, shadow: bytearray) -> list[Draft]:
    if not spot.forms:
        draft = None if shadow[spot.head] else read_colon(page, spot.head, spots, known)
        return [draft] if draft else []
    if spot.forms[0].shape in {"source", "source-noun", "impersonal", "report-in", "self"}:
        return read_preposition(page, spot, spots)
    floor = clause_floor(page, spot.first)
    if is_relay(spot):
        found = read_relay(page, spot, spots, floor)
        if found:
            return found
    draft = read_verb(page, spot, spots, floor)
    if draft is None and not shadow[spot.head]:
        draft = read_noun(page, spot, hard_end(page, spot.head))
    return [draft] if draft else []


def _join_self_cues(page: Page, drafts: list[Draft]) -> None:
    """``as he put it`` joins the cue of the statement that it follows, as a second piece."""
    for draft in [d for d in drafts if d.rule == "self-cue"]:
        sentence = page.tokens.sentence[draft.head]
        before = [
            d for d in drafts if d.start < draft.start and d.content and page.tokens.sentence[d.head] == sentence
        ]
        if before:
            before[-1].cue.append(draft.cue[0])


def _share_relayed(page: Page, drafts: list[Draft]) -> None:
    """``X said that P, quoting Y``: Y is the inner source of the same content."""
    for draft in drafts:
        if draft.row.act != "relay" or draft.rule != "preposition-after":
            continue
        sentence = page.tokens.sentence[draft.head]
        before = [
            d
            for d in drafts
            if d.start < draft.start
            and page.tokens.sentence[d.head] == sentence
            and d.rule.endswith("clause")
            and d.content
        ]
        if before:
            draft.content, draft.relay_of = list(before[-1].content), before[-1]


def _nest(drafts: list[Draft]) -> None:
    """Gives each draft the smallest other one whose content holds it; the inner end of a relay keeps its outer."""
    for draft in drafts:
        if draft.relay_of is not None and draft.relay_of in drafts:
            draft.parent = draft.relay_of
            continue
        best: tuple[int, Draft] | None = None
        for other in drafts:
            if other is draft or other.relay_of is draft:
                continue
            for first, last in other.content:
                if first <= draft.start and draft.cue[-1][1] <= last and _held(draft, first, last):
                    size = last - first
                    if best is None or size < best[0] or (size == best[0] and other.relay_of is not None):
                        best = (size, other)
        if best and not _cycle(draft, best[1]):
            draft.parent = best[1]


def _held(draft: Draft, first: int, last: int) -> bool:
    return all(first <= a and b <= last + 1 for a, b in draft.content) or any(
        first <= a and b <= last for a, b in draft.content
    )


def _cycle(draft: Draft, parent: Draft) -> bool:
    above: Draft | None = parent
    while above is not None:
        if above is draft:
            return True
        above = above.parent
    return False
