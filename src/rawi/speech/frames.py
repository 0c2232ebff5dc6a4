"""Frames: which possible cues report, and how their parts stand around them."""

from __future__ import annotations

from rawi.lexicon.reporting import CueForm
from rawi.speech.bounds import hard_end
from rawi.speech.drafts import Draft
from rawi.speech.noun_phrases import head_type, source_left, source_right
from rawi.speech.openings import after_subject, find_opening, opens_clause
from rawi.speech.page import COMMAS, Page
from rawi.speech.spotting import FINITE, Spot
from rawi.speech.subjects import fill_source

REACH = 48


def read_verb(page: Page, spot: Spot, spots: dict[int, Spot], floor: int) -> Draft | None:
    """The draft of a verb or participle, or None where it does not report here."""
    if _narrates(page, spot):
        return None
    finite = [f for f in spot.forms if f.shape in FINITE or f.shape == "hal"]
    for form in finite:
        if "masdar" in form.cue.needs:
            return _renewed(page, spot, form, spots, floor)
        draft = _read_form(page, spot, form, spots, floor)
        if draft:
            return draft
    return None


def _renewed(page: Page, spot: Spot, form: CueForm, spots: dict[int, Spot], floor: int) -> Draft | None:
    """``renewed his call``: the noun of saying is the cue, the verb's subject its source."""
    end = min(hard_end(page, spot.head), spot.last + 16)
    for i in range(spot.last, end):
        noun = spots.get(i)
        named = next((f for f in noun.forms if f.shape in {"noun", "masdar"}), None) if noun else None
        if noun is None or named is None:
            continue
        draft = Draft([(i, noun.last)], named.cue, named, "renewed-noun", spot.head)
        draft.source = source_right(page, spot.last, i) if spot.last < i else None
        if draft.source is None and not spot.conjunction:
            draft.source = source_left(page, spot.first, floor)
        draft.opens = noun.last
        if noun.last < end and page.key[noun.last] in page.tables.of("governed") and page.is_comp(noun.last + 1):
            draft.cue, draft.opens = [(i, noun.last + 1)], noun.last + 1
        return draft
    return None


def _narrates(page: Page, spot: Spot) -> bool:
    """Whether the cue is a formula of the narrator: at the start of a sentence, or as an inference."""
    apart = page.in_class(spot.head, "asyndetic") or page.in_class(spot.head, "speaking-apart")
    near = range(spot.last, min(spot.last + 6, len(page)))
    if apart and any(page.key[k] in page.tables.of("anonymity") for k in near):
        return True
    before = page.bare(spot.first - 1) if spot.first else ""
    if before in page.tables.of("inference") and page.key[spot.first - 1] not in page.tables.of("neg-only"):
        return any(f.shape == "present" for f in spot.forms)
    at_start = spot.first == page.sentence_of(spot.first)[0] or page.form[spot.first - 1] in COMMAS
    if at_start and page.bare(spot.head) in page.tables.of("formula-sure") and opens_clause(page, spot):
        return True
    return (
        at_start
        and page.bare(spot.head) in page.tables.of("formula-head")
        and page.key[spot.head] == page.bare(spot.head)
    )


def _read_form(page: Page, spot: Spot, form: CueForm, spots: dict[int, Spot], floor: int) -> Draft | None:
    end = hard_end(page, spot.head)
    if spot.last < end and page.key[spot.last] in page.tables.of("cue-tail"):
        spot = spot._replace(last=spot.last + 1)
    if page.outer[spot.head] >= 0:
        end = min(end, page.quotes.ranges[page.outer[spot.head]][1])
    opening = find_opening(page, spot, form, spots, min(end, spot.last + REACH))
    if (
        form.shape == "present"
        and form.cue.frames & {"n", "np"}
        and (opening is None or opening[0] in {"quote", "noun", "phrase"})
    ):
        opening = after_subject(page, spot, form, floor, end) or opening
    draft = Draft([(spot.first, spot.last)], form.cue, form, f"{form.shape}-{form.cue.lemma}", spot.head)
    draft.negated, draft.hal = spot.negated, form.shape == "hal"
    if form.shape in FINITE and (opening is None or opening[0] == "noun"):
        told = _as_told(page, draft, floor, end)
        if told is not None:
            return told
    if opening is None:
        return _postposed(page, draft, end) if form.shape in FINITE else None
    kind, at, marker = opening
    draft.opens = at
    if kind == "noun" and page.key[at] in page.tables.of("and-he"):
        return None
    if marker == spot.last and page.key[marker] in page.tables.of("governed"):
        draft.cue = [(spot.first, marker + 1)]
    region_first, region_last = draft.cue[0][1], min(at, marker)
    said = _said_again(page, region_first, region_last)
    if said is not None:
        draft.cue, region_last = [(said, said + 1)], said
    draft.rule = f"{form.shape}-{kind}"
    fill_source(page, draft, form, region_first, region_last, floor, kind)
    if kind == "noun" and draft.source is None and not draft.hal and form.shape == "past" and not spot.conjunction:
        return None
    if kind == "noun" and draft.source is not None and not _plausible(page, draft.source[0]):
        return None
    if draft.opens is not None and draft.opens >= end:
        return None
    return draft


def _said_again(page: Page, first: int, last: int) -> int | None:
    """The place of a bare infinitive or participle of saying right before the content: it is then the cue."""
    for i in range(last - 1, max(first, last - 3) - 1, -1):
        if page.key[i] in page.tables.of("said-inf") or page.key[i] in page.tables.of("absolute-hal"):
            return i
    return None


def _plausible(page: Page, i: int) -> bool:
    """Whether a source of a bare noun phrase may open at ``i``: no verbal noun, nothing that belongs to somebody."""
    if head_type(page, i) is not None or page.known[i]:
        return True
    return not page.tables.masdar_shape(page.key[i]) and page.key[i] not in page.tables.of("content-noun")


def _as_told(page: Page, draft: Draft, floor: int, end: int) -> Draft | None:
    """``P, as the police announced``: the clause before is the content, the conjunction belongs to the cue."""
    opener = draft.start - 1
    if opener <= floor or page.has_conjunction(draft.head):
        return None
    if page.key[opener] in page.tables.of("as"):
        first = opener
    elif page.key[opener] in page.tables.of("ma") and opener - 1 > floor and page.is_prep(opener - 1):
        first = opener - 1
    else:
        return None
    before = first
    while before > floor and page.is_punct(before - 1) and page.outer[before - 1] < 0:
        before -= 1
    if before - floor < 3:
        return None
    draft.source = source_right(page, draft.cue[0][1], end)
    if draft.source is None:
        return None
    draft.cue, draft.content, draft.rule = [(first, draft.cue[0][1])], [(floor, before)], "as-told"
    return draft


def _postposed(page: Page, draft: Draft, end: int) -> Draft | None:
    """A verb after what it reports: a quotation right before it."""
    if not draft.row.frames & {"q", "an"} or page.has_conjunction(draft.head):
        return None
    before = draft.start - 1
    floor, _ = page.paragraph_of(draft.start)
    while before > floor and (page.form[before] in COMMAS or page.form[before] in "-\u2013\u2014"):
        before -= 1
    number = page.outer[before] if before >= floor else -1
    if number < 0 or page.quotes.ranges[number][1] != before + 1 or page.outer[draft.head] >= 0:
        return None
    first, last = page.quotes.ranges[number]
    if last - first < 5 or all(page.known[first + 1 : last - 1]):
        return None
    draft.source = source_right(page, draft.cue[0][1], end)
    draft.content = [(first, last)]
    draft.rule = "quote-verb"
    if draft.source is None and draft.row.prior != "H":
        return None
    return draft
