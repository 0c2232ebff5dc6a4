"""Where a content opens after its cue: a clause, a quotation, a governed phrase, a bare noun phrase."""

from __future__ import annotations

from rawi.lexicon.reporting import CueForm
from rawi.speech.agreement import agree
from rawi.speech.noun_phrases import (
    head_type,
    is_definite,
    opens_content,
    skip_adjuncts,
    source_left,
    source_right,
)
from rawi.speech.page import COLONS, COMMAS, Page
from rawi.speech.spotting import FINITE, Spot


def find_opening(
    page: Page, spot: Spot, form: CueForm, spots: dict[int, Spot], end: int
) -> tuple[str, int, int] | None:
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
            if prepositional or (i + 1 < end and page.bare(i + 1) in page.opener):
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


def opens_clause(page: Page, spot: Spot) -> bool:
    """Whether a complementiser follows a participle, a governed preposition between them allowed."""
    i = spot.last
    if i < len(page) and page.key[i] in page.tables.of("governed"):
        i += 1
    return i < len(page) and page.is_comp(i)


def _another_voice(page: Page, spot: Spot, i: int) -> bool:
    """Whether a participle after a comma or a prepositional source opens at ``i``."""
    if any(f.shape == "hal" for f in spot.forms):
        return page.form[i - 1] in COMMAS or opens_clause(page, spot)
    return bool(spot.forms) and spot.forms[0].shape in {"source", "source-noun"} and page.form[i - 1] in COMMAS


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


def after_subject(page: Page, spot: Spot, form: CueForm, floor: int, end: int) -> tuple[str, int, int] | None:
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
