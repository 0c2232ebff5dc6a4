"""Relays and prepositional cues: who passes on whose words, and content that stands around its source."""

from __future__ import annotations

from rawi.lexicon.reporting import CueForm
from rawi.speech.bounds import clause_floor, hard_end
from rawi.speech.drafts import Draft, Range
from rawi.speech.noun_phrases import head_type, skip_adjuncts, source_left, source_right
from rawi.speech.page import COLONS, COMMAS, STOPS, Page
from rawi.speech.spotting import FINITE, Spot

REACH = 40


def is_relay(spot: Spot) -> bool:
    """Whether the cue may pass on another's words."""
    return any("relay" in f.cue.needs and f.shape in FINITE | {"hal"} for f in spot.forms)


def read_relay(page: Page, spot: Spot, spots: dict[int, Spot], floor: int) -> list[Draft]:
    """The two drafts of ``X relayed from Y that``; one where nobody but Y is named; none where it is no relay."""
    form = next(f for f in spot.forms if "relay" in f.cue.needs and f.shape in FINITE | {"hal"})
    end = min(hard_end(page, spot.head), spot.last + REACH)
    relay = page.tables.of("relay-from")
    pronoun = page.tables.of("relay-pronoun")
    if spot.last < end and page.key[spot.last] in pronoun:
        return _relayed_pronoun(page, spot, form, spots, end)
    via = next((i for i in range(spot.last, end) if page.key[i] in relay), None)
    opening = _said(page, via + 1, end, spots) if via is not None else None
    if via is None or opening is None or _broken(page, spot.last, via):
        return []
    inner_last, inner_cue, opens = opening
    inner_source = source_right(page, via + 1, inner_last)
    if inner_source is None and via + 1 < inner_last:
        return []
    inner = Draft([(via, via + 1)], form.cue, form, "relay-inner", via, source=inner_source, opens=opens)
    if inner_cue is not None:
        inner.cue.append(inner_cue)
    left = source_left(page, spot.first, floor) if page.form[spot.last] in COMMAS else None
    outer_source = left or source_right(page, spot.last, via) or source_left(page, spot.first, floor)
    if outer_source is None and not spot.conjunction and form.shape == "past":
        inner.cue = [(spot.first, via + 1)]
        inner.rule, inner.head = "relay-passive", spot.head
        return [inner]
    outer = Draft(
        [(spot.first, spot.last)], form.cue, form, "relay-outer", spot.head, source=outer_source, opens=opens
    )
    outer.hal = form.shape == "hal"
    inner.relay_of = inner.share = outer
    return [outer, inner]


def _relayed_pronoun(page: Page, spot: Spot, form: CueForm, spots: dict[int, Spot], end: int) -> list[Draft]:
    """``was quoted as saying``: one statement of the one referred to."""
    opening = _said(page, spot.last, end, spots)
    if opening is None:
        return []
    last, noun, opens = opening
    cue = [(spot.first, noun[1] if noun else spot.last + 1)]
    del last
    return [Draft(cue, form.cue, form, "relay-passive", spot.head, opens=opens)]


def _broken(page: Page, first: int, via: int) -> bool:
    return any(page.is_comp(i) or page.form[i] in COLONS for i in range(first, via))


def _said(page: Page, first: int, end: int, spots: dict[int, Spot]) -> tuple[int, Range | None, int] | None:
    """After ``from Y``: the end of Y, a noun of saying, and where the content opens."""
    for i in range(first, end):
        if page.is_comp(i):
            return i, None, i
        if page.form[i] in COLONS:
            return i, None, i + 1
        spot = spots.get(i)
        if (
            spot
            and i > first
            and any((f.shape in {"noun", "masdar"} and f.suffix) or f.shape == "noun" for f in spot.forms)
        ):
            if i + 1 < end and (page.is_comp(i + 1) or page.form[i + 1] in COLONS or page.opens_quote(i + 1)):
                return i, (i, i + 1), i + 2 if page.form[i + 1] in COLONS else i + 1
            governed = i + 2 < end and page.key[i + 1] in page.tables.of("governed") and page.is_comp(i + 2)
            if governed:
                return i, (i, i + 1), i + 2
        if page.form[i] in COMMAS and i + 1 < end and page.has_conjunction(i + 1):
            return None
    return None


def read_preposition(page: Page, spot: Spot, spots: dict[int, Spot]) -> list[Draft]:
    """The drafts of ``according to Y``: content after it where it opens its clause, else before it, or around it."""
    form = spot.forms[0]
    end = hard_end(page, spot.head)
    floor = clause_floor(page, spot.first)
    if form.shape == "self":
        return [Draft([(spot.first, spot.last)], form.cue, form, "self-cue", spot.first)]
    if form.shape == "impersonal":
        return [_charge(page, spot, form, end)]
    if form.shape == "report-in":
        return _report_in(page, spot, form, end)
    if spot.last < end and page.key[spot.last] in page.tables.of("self-cue"):
        return [Draft([(spot.first, spot.last + 1)], form.cue, form, "self-cue", spot.first)]
    if spot.last < end and page.key[spot.last] in page.tables.of("compliance"):
        return []
    cue_last, told = _told(page, spot, end, spots)
    opening = spot.first <= floor + 1
    source = source_right(page, cue_last, end, enclosed=opening) if cue_last < end else None
    if source is None or (told is None and not _can_speak(page, source[0])):
        return []
    draft = Draft([(spot.first, cue_last)], form.cue, form, "preposition", spot.first, source=source)
    after = source[1] if source else cue_last
    inner = _inner_of(page, draft, told, after, end)
    if inner and inner.source:
        after = inner.source[1]
    _around(page, draft, floor, after, end)
    if inner:
        inner.opens, inner.content = draft.opens, list(draft.content)
    if draft.opens is None and not draft.content:
        return []
    return [draft, inner] if inner else [draft]


def _can_speak(page: Page, i: int) -> bool:
    """Whether the phrase that opens at ``i`` can be a source: a head, a name, something definite; no rule or plan."""
    articles = tuple(page.tables.of("article"))
    stems = [stem for _, stem in page.pack.splits(page.key[i])]
    bare = [s.removeprefix(a) for s in stems for a in articles]
    if any(s in page.tables.of("compliance") for s in (*stems, *bare)):
        return False
    if head_type(page, i) is not None or page.known[i] or page.inside[i] >= 0:
        return True
    if any(s.startswith(articles) for s in stems):
        return True
    return i + 1 < len(page) and not page.is_punct(i + 1) and not page.is_prep(i + 1)


def _report_in(page: Page, spot: Spot, form: CueForm, end: int) -> list[Draft]:
    """``it said in the statement that``: the medium is the source."""
    limit = min(end, spot.last + REACH)
    opens = next((i for i in range(spot.last, limit) if page.is_comp(i) or page.form[i] in COLONS), None)
    source = source_right(page, spot.last, opens) if opens is not None else None
    if opens is None or source is None:
        return []
    start = opens + 1 if page.form[opens] in COLONS else opens
    return [
        Draft([(spot.first, spot.last)], form.cue, form, "report-in-clause", spot.head, source=source, opens=start)
    ]


def _told(page: Page, spot: Spot, end: int, spots: dict[int, Spot]) -> tuple[int, Spot | None]:
    """``according to what X said``: the cue reaches over the relative and its verb."""
    i = spot.last
    if i < end and page.key[i] in page.tables.of("ma") and i + 1 < end:
        verb = spots.get(i + 1)
        if verb and any(f.shape in FINITE for f in verb.forms):
            return verb.last, verb
    verb = spots.get(i)
    if verb and any(f.shape in FINITE for f in verb.forms) and spot.forms[0].shape == "source" and i < end:
        return verb.last, verb
    return i, None


def _inner_of(page: Page, draft: Draft, told: Spot | None, after: int, end: int) -> Draft | None:
    """The second source of ``according to what X relayed from Y``."""
    if told is None or after >= end or page.key[after] not in page.tables.of("relay-from"):
        return None
    source = source_right(page, after + 1, end)
    if source is None:
        return None
    inner = Draft([(after, after + 1)], draft.row, draft.form, "relay-inner", after, source=source)
    inner.relay_of = inner.share = draft
    return inner


def _around(page: Page, draft: Draft, floor: int, after: int, end: int) -> None:
    """Content of a prepositional cue: the clause after it at the start of a sentence, else what stands before."""
    before = draft.start
    while before > floor and (page.form[before - 1] in COMMAS or page.form[before - 1] in "-\u2013("):
        before -= 1
    opening = all(page.is_time(i) or page.in_class(i, "opener") or page.is_punct(i) for i in range(floor, before))
    start = skip_adjuncts(page, after, end)
    anew = page.has_conjunction(draft.start) and start < end and page.key[start] in page.tables.of("comp-fa")
    if opening and start < end and page.form[start] in STOPS:
        floor = page.sentence_of(draft.start)[0]
    elif opening or anew:
        start = skip_adjuncts(page, after, end)
        while start < end and page.form[start] in COMMAS | COLONS:
            start += 1
        if start < end:
            draft.opens = start
            draft.rule = "preposition-before"
        return
    start = floor
    while start < before and page.is_punct(start) and not page.opens_quote(start):
        start += 1
    comp = next((i for i in range(before - 1, start - 1, -1) if page.is_comp(i)), None)
    if before > start:
        draft.content = [(start, before), *_resumed(page, draft, before, after, end)]
        draft.rule = "preposition-after"
    del comp


def _resumed(page: Page, draft: Draft, before: int, after: int, end: int) -> list[Range]:
    """The rest of a clause that the parenthesis ``, according to Y,`` interrupts: it opens with no new clause."""
    start = after + 1
    if before >= draft.start or start >= end or page.form[after] not in COMMAS:
        return []
    fresh = page.has_conjunction(start) or page.in_class(start, "opener") or page.key[start] in page.rel
    if fresh or page.is_punct(start) or not (page.is_prep(start) or page.is_time(start)):
        return []
    last = next((i for i in range(start, end) if page.form[i] in COMMAS or page.form[i] in STOPS), end)
    return [(start, last)] if last > start else []


def _charge(page: Page, spot: Spot, form: CueForm, end: int) -> Draft:
    """``on the charge of``: impersonal, its content the noun phrase after it."""
    draft = Draft([(spot.first, spot.last)], form.cue, form, "charge", spot.first, impersonal=True)
    draft.opens = spot.last
    draft.limit = next((i for i in range(spot.last, end) if page.form[i] in COMMAS), end)
    return draft
