"""Frames: which possible cues report, and where their source and content open."""

from __future__ import annotations

from rawi.lexicon.reporting import CueForm
from rawi.speech.drafts import Draft, Range
from rawi.speech.noun_phrases import (
    head_type,
    is_definite,
    opens_content,
    relative_head,
    skip_adjuncts,
    source_left,
    source_right,
)
from rawi.speech.agreement import agree
from rawi.speech.page import COLONS, COMMAS, Page
from rawi.speech.spotting import FINITE, Spot

REACH = 48


def hard_end(page: Page, at: int) -> int:
    """The end of the sentence of ``at``, or of the later one in which a quotation that is open there closes."""
    _, line_end = page.paragraph_of(at)
    _, end = page.sentence_of(at)
    while end < line_end and page.outer[end - 1] >= 0 and page.outer[end - 1] == page.outer[end]:
        closing = page.quotes.ranges[page.outer[end]][1]
        _, end = page.sentence_of(min(closing, line_end) - 1)
    return min(end, line_end)


def clause_floor(page: Page, i: int) -> int:
    """The first token that a subject or a content before ``i`` may reach back to: its sentence, headline apart."""
    start, _ = page.sentence_of(i)
    dateline = page.tokens.dateline
    if dateline and dateline[0] <= start < dateline[1]:
        start = dateline[1]
    outer = page.outer[i]
    if outer >= 0:
        start = max(start, page.quotes.ranges[outer][0] + 1)
    return start


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
    before = page.bare(spot.first - 1) if spot.first else ""
    if before in page.tables.of("inference") and page.key[spot.first - 1] not in page.tables.of("neg-only"):
        return any(f.shape == "present" for f in spot.forms)
    at_start = spot.first == page.sentence_of(spot.first)[0] or page.form[spot.first - 1] in COMMAS
    if at_start and page.bare(spot.head) in page.tables.of("formula-sure") and _opens_clause(page, spot):
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
    opening = _opening(page, spot, form, spots, min(end, spot.last + REACH))
    if (
        form.shape == "present"
        and form.cue.frames & {"n", "np"}
        and (opening is None or opening[0] in {"quote", "noun", "phrase"})
    ):
        opening = _after_subject(page, spot, form, floor, end) or opening
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
    if marker == spot.last and page.key[marker] in page.tables.of("governed"):
        draft.cue = [(spot.first, marker + 1)]
    region_first, region_last = draft.cue[0][1], min(at, marker)
    said = _said_again(page, region_first, region_last)
    if said is not None:
        draft.cue, region_last = [(said, said + 1)], said
    draft.rule = f"{form.shape}-{kind}"
    _fill_source(page, draft, form, region_first, region_last, floor, kind)
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


def _after_subject(page: Page, spot: Spot, form: CueForm, floor: int, end: int) -> tuple[str, int, int] | None:
    """Content that is a bare noun phrase right after a verb whose subject stands before it."""
    if spot.conjunction:
        return None
    subject = source_left(page, spot.first, floor)
    if subject is None or not agree(page, form, subject):
        return None
    at = skip_adjuncts(page, spot.last, end)
    if at >= end or page.is_punct(at) or page.is_comp(at) or page.is_prep(at) or page.bare(at) in page.opener:
        return None
    return ("noun", at, at)


def _opening(page: Page, spot: Spot, form: CueForm, spots: dict[int, Spot], end: int) -> tuple[str, int, int] | None:
    """How the content opens after the cue: kind, its first token, and the token that marks it."""
    frames, needs = form.cue.frames, form.cue.needs
    i, prepositional, relative = spot.last, None, False
    while i < end:
        key = page.key[i]
        if i == spot.last and page.form[i] in COMMAS and form.cue.act == "add" and not _comp_after(page, i + 1, end):
            return ("quote", i + 1, i)
        if page.form[i] in COLONS:
            return ("quote", i + 1, i) if i + 1 < end and ("q" in frames or form.cue.prior == "H") else None
        if page.opens_quote(i):
            sure = form.cue.prior == "H" and page.quote_end(i) - i > 4
            long = sure or page.quote_end(i) - i > 6
            closing = page.quote_end(i)
            named = _comp_after(page, closing, end) or (closing < end and page.form[closing] in COLONS)
            if "q" in frames and (i == spot.last or long) and not named and _clear_way(page, spot.last, i):
                return ("quote", i, i)
            if prepositional:
                break
            i = page.quote_end(i)
            continue
        if "claims" in frames and key in page.tables.of("claims"):
            return ("noun", i, i)
        if "responsibility" in frames:
            if key in page.tables.of("responsibility"):
                return ("noun", i, i)
            i += 1
            continue
        governed_clause = i > spot.last and page.key[i - 1] in frames
        if page.is_comp(i) and prepositional and not governed_clause and prepositional[1] < i:
            return prepositional
        if page.is_comp(i) and form.cue.prior == "L" and i - spot.last > 8:
            return None
        if page.is_comp(i) and "an" in frames:
            if "n" in frames and i - 1 > spot.last and _said_noun(page, i - 1):
                return ("noun", i - 1, i - 1)
            marker = i - 1 if i > spot.last and page.key[i - 1] in page.tables.of("governed") else i
            return ("clause", i, marker)
        if i in spots and i > spot.last and _another_voice(page, spots[i], i):
            break
        if key in page.rel:
            relative = True
        elif i > spot.last and i in spots and _breaks(page, spots[i], i) and not relative and not _in_source(page, i):
            break
        elif page.form[i] in COMMAS:
            relative = False
            if prepositional or i + 1 < end and page.bare(i + 1) in page.opener:
                break
        elif prepositional is None and not relative:
            if "n" in frames and i == skip_adjuncts(page, spot.last, end) and _said_noun(page, i):
                return ("noun", i, i)
            prepositional = _prepositional(page, i, frames, spot)
        i += 1
    if prepositional:
        return prepositional
    if "n" in frames or ("np" in frames and form.shape == "present" and _said_next(page, spot)):
        return _noun_opening(page, spot, form, end)
    del needs
    return None


def _opens_clause(page: Page, spot: Spot) -> bool:
    """Whether a complementiser follows a participle, a governed preposition between them allowed."""
    i = spot.last
    if i < len(page) and page.key[i] in page.tables.of("governed"):
        i += 1
    return i < len(page) and page.is_comp(i)


def _another_voice(page: Page, spot: Spot, i: int) -> bool:
    """Whether a participle after a comma or a prepositional source opens at ``i``."""
    if any(f.shape == "hal" for f in spot.forms):
        return page.form[i - 1] in COMMAS or _opens_clause(page, spot)
    return bool(spot.forms) and spot.forms[0].shape in {"source", "source-noun"} and page.form[i - 1] in COMMAS


def _plausible(page: Page, i: int) -> bool:
    """Whether a source of a bare noun phrase may open at ``i``: no verbal noun, nothing that belongs to somebody."""
    if head_type(page, i) is not None or page.known[i]:
        return True
    return not page.tables.masdar_shape(page.key[i]) and page.key[i] not in page.tables.of("content-noun")


def _said_noun(page: Page, i: int) -> bool:
    """Whether token ``i`` is a noun of what is said that belongs to the speaker: responsibility, refusal, trust."""
    return page.key[i] in page.tables.of("content-noun") and page.key[i].endswith(
        tuple(page.tables.of("person-suffix"))
    )


def _clear_way(page: Page, first: int, last: int) -> bool:
    """Whether nothing but a source and adjuncts stands between cue and quotation."""
    if last - first <= 1:
        return True
    source = source_right(page, first, last)
    at = skip_adjuncts(page, source[1] if source else first, last)
    return at >= last or last - at <= 2 or page.key[at] in page.rel


def _comp_after(page: Page, i: int, end: int) -> bool:
    """Whether a complementiser follows a quotation within four words: the quotation is a name in the source."""
    return any(page.is_comp(k) for k in range(i, min(end, i + 5)))


def _in_source(page: Page, i: int) -> bool:
    """Whether a form that looks like a cue is part of a name or title here (it has the article, or follows one)."""
    return is_definite(page, i)


def _breaks(page: Page, spot: Spot, i: int) -> bool:
    """Whether a cue ends the search of the one before it: a sure verb, or a new clause after a comma."""
    finite = [f for f in spot.forms if f.shape in FINITE]
    if finite and spot.conjunction and page.form[i - 1] in COMMAS:
        return True
    return any(f.cue.prior == "H" for f in finite)


def _prepositional(page: Page, i: int, frames: frozenset[str], spot: Spot) -> tuple[str, int, int] | None:
    """A governed preposition with a phrase that may be the content, at token ``i``."""
    frames = frames - {"an", "q", "n"}
    if not frames:
        return None
    key = page.key[i]
    if key in frames and i + 1 < len(page) and len(key) == 1 and page.opens_quote(i + 1):
        return ("phrase", i, i)
    if key in frames and page.is_prep(i):
        following = i + 1
        if following < len(page) and not _is_medium(page, following) and not page.is_time(following):
            return ("phrase", following, i)
        return None
    for proclitic, stem in page.pack.splits(key):
        if proclitic in frames and len(proclitic) == 1 and i > spot.head:
            known = page.tables.masdar_shape(stem) or stem in page.tables.of("content-noun")
            known = known or (len(stem) > 3 and proclitic not in page.tables.of("glued-to"))
            if known and not page.is_comp(i) and not page.is_prep(i) and stem not in page.tables.of("name-of"):
                return ("phrase", i, i)
    return None


def _is_medium(page: Page, i: int) -> bool:
    key = page.bare(i)
    for article in page.tables.of("article"):
        if key.startswith(article) and key[len(article) :] in page.tables.of("medium"):
            return True
    return key in page.tables.of("medium")


def _said_next(page: Page, spot: Spot) -> bool:
    return spot.last < len(page) and opens_content(page, spot.last)


def _begins_anew(page: Page, i: int) -> bool:
    """Whether another voice begins at token ``i``: a cue verb, or a conjunction with a head noun."""
    return page.is_cue_verb(i) or (
        page.has_conjunction(i) and page.key[i] not in page.tables.heads and head_type(page, i) is not None
    )


def _noun_opening(page: Page, spot: Spot, form: CueForm, end: int) -> tuple[str, int, int] | None:
    """Content that is a bare noun phrase: directly after a cue with its subject before, else after the subject."""
    first = skip_adjuncts(page, spot.last, end)
    if first >= end or _begins_anew(page, first):
        return None
    if page.is_prep(first) or (page.is_punct(first) and not page.opens_quote(first)):
        return None
    if form.shape in {"present", "hal"} or spot.conjunction:
        if form.shape == "hal" or (head_type(page, first) is None and opens_content(page, first)):
            return ("noun", first, first)
    source = source_right(page, spot.last, end, stop_at_content=True)
    if source is None:
        return ("noun", first, first)
    at = skip_adjuncts(page, source[1], end)
    if (
        at < end
        and not _begins_anew(page, at)
        and not page.is_punct(at)
        and page.bare(at) not in page.opener
        and page.key[at] not in page.rel
    ):
        return ("noun", at, at)
    if form.shape == "present":
        return ("noun", first, first)
    return None


def _fill_source(page: Page, draft: Draft, form: CueForm, first: int, last: int, floor: int, kind: str) -> None:
    """Source and target of a draft from the region between cue and content, else from what stands before the cue."""
    if form.cue.needs & {"impersonal"}:
        draft.impersonal = True
        return
    two_objects = "T" in form.cue.needs
    if draft.hal:
        draft.source = None
        if two_objects and first < last:
            draft.target = source_right(page, first, last)
        return
    before = None
    if form.suffix == "" or not two_objects:
        right = source_right(page, first, last) if first < last else None
    else:
        right = source_right(page, first, last) if first < last else None
    if form.shape == "present" or right is None or two_objects:
        before = _subject_before(page, draft, form, floor)
    if two_objects:
        _two_objects(page, draft, form, before, first, last)
    elif (
        form.shape == "present"
        and before is not None
        and (kind == "noun" or right is None or not agree(page, form, right))
    ):
        draft.source = before
    elif right is not None and not agree(page, form, right) and kind == "noun":
        draft.source, draft.opens = before, right[0]
    else:
        draft.source = right if right is not None else before
    if draft.source is None and (form.shape == "passive" or _nobody(page, draft, form, floor)):
        draft.impersonal = True


def _nobody(page: Page, draft: Draft, form: CueForm, floor: int) -> bool:
    """Whether ``it is believed that`` is meant: present, masculine singular, of belief, no voice before it in the sentence."""
    if form.shape != "present" or form.gender != "m" or form.number != "s" or form.cue.stance != "doubted":
        return False
    return not any(page.is_cue_verb(i) for i in range(floor, draft.start))


def _subject_before(page: Page, draft: Draft, form: CueForm, floor: int) -> Range | None:
    head = draft.start
    if page.has_conjunction(draft.head) and form.shape in FINITE and page.bare(draft.head) != page.key[draft.head]:
        return None
    if draft.cue[0][1] < len(page) and page.key[draft.cue[0][1]] in page.tables.of("resumptive"):
        return None
    if head > floor and page.key[head - 1] in page.rel:
        if draft.cue[0][1] < len(page) and page.key[draft.cue[0][1]] in page.tables.of("resumptive"):
            return None
        return relative_head(page, head - 1, floor)
    return source_left(page, head, floor)


def _two_objects(page: Page, draft: Draft, form: CueForm, before: Range | None, first: int, last: int) -> None:
    """Subject and object of accuse, demand, urge, inform: two phrases after the verb, or one on each side."""
    if form.suffix:
        draft.source = source_right(page, first, last) if first < last else before
        return
    if before is not None:
        draft.source = before
        draft.target = source_right(page, first, last) if first < last else None
        return
    if first >= last:
        return
    whole = source_right(page, first, last)
    if whole is None:
        return
    if not agree(page, form, whole):
        draft.target = whole
        return
    cut = _second_phrase(page, whole[0], min(last, whole[1]))
    rest = last if cut is None else cut
    if cut is None:
        after = skip_adjuncts(page, whole[1], last)
        target = source_right(page, after, last) if after < last else None
        draft.source, draft.target = whole, target
        return
    draft.source = source_right(page, whole[0], rest)
    draft.target = source_right(page, rest, last)


def _second_phrase(page: Page, first: int, last: int) -> int | None:
    """Where the object begins in ``subject object``: at a head after a complete phrase, or at a definite after a name."""
    complete = False
    for i in range(first, last):
        if any(stem in page.tables.of("name-of") for _, stem in page.pack.splits(page.key[i])):
            complete = False
            continue
        if i > first and complete:
            kind = head_type(page, i)
            glued = any(p in page.tables.of("glued-to") for p, _ in page.pack.splits(page.key[i]))
            apposed = kind == "official" and page.form[i - 1] in COMMAS
            if (
                kind
                and not glued
                and not apposed
                and not page.has_conjunction(i)
                and not _adjective_of(page, i, first)
            ):
                return i
        complete = complete or is_definite(page, i) or (i > first and head_type(page, i) is None)
    return None


def _adjective_of(page: Page, i: int, first: int) -> bool:
    """Whether the head at ``i`` is tied to the one before it: an idafa needs an indefinite noun before."""
    return i > first and not is_definite(page, i - 1) and head_type(page, i - 1) is not None


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
    if last - first < 5:
        return None
    draft.source = source_right(page, draft.cue[0][1], end)
    draft.content = [(first, last)]
    draft.rule = "quote-verb"
    if draft.source is None and not draft.row.prior == "H":
        return None
    return draft
