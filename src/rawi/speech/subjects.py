"""The subject and the object of a cue verb: after it, before it, or one on each side."""

from __future__ import annotations

from rawi.lexicon.reporting import CueForm
from rawi.speech.agreement import agree
from rawi.speech.drafts import Draft, Range
from rawi.speech.noun_phrases import head_type, is_definite, relative_head, skip_adjuncts, source_left, source_right
from rawi.speech.page import COMMAS, Page
from rawi.speech.spotting import FINITE


def fill_source(page: Page, draft: Draft, form: CueForm, first: int, last: int, floor: int, kind: str) -> None:
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
    if form.person == 1:
        return
    before = None
    right = source_right(page, first, last) if first < last else None
    if form.number == "p" and right is not None and head_type(page, right[0]) is None and not page.known[right[0]]:
        right = None
    parted = first < last and page.form[first] in COMMAS
    if form.shape == "present" or right is None or two_objects or parted:
        before = _subject_before(page, draft, form, floor)
    if two_objects:
        _two_objects(page, draft, form, before, first, last)
    elif (
        form.shape == "present"
        and before is not None
        and (kind == "noun" or right is None or not agree(page, form, right))
    ) or (before is not None and first < last and page.form[first] in COMMAS and agree(page, form, before)):
        draft.source = before
    elif right is not None and not agree(page, form, right) and kind == "noun":
        draft.source, draft.opens = before, right[0]
    else:
        draft.source = right if right is not None else before
    if draft.source is None and (form.shape == "passive" or _nobody(page, draft, form, floor)):
        draft.impersonal = True


def _nobody(page: Page, draft: Draft, form: CueForm, floor: int) -> bool:
    """Whether ``it is believed that`` is meant: present, masculine, of belief, no voice before it in the sentence."""
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
    """Where the object begins in ``subject object``: at a head noun after a complete phrase."""
    complete = False
    named = page.named.phrase_end(first, last) if page.is_word(first) else first
    for i in range(first, last):
        if any(stem in page.tables.of("name-of") for _, stem in page.pack.splits(page.key[i])):
            complete = False
            continue
        beyond = i >= named or _country_apart(page, i)
        if i > first and beyond and complete and not page.is_prep(i - 1):
            if _accusative(page, i) or _second_definite(page, i):
                return i
            kind = head_type(page, i)
            glued = any(p in page.tables.of("glued-to") for p, _ in page.pack.splits(page.key[i]))
            apposed = kind == "official" and page.form[i - 1] in COMMAS
            if (
                kind
                and not glued
                and not apposed
                and not page.has_conjunction(i)
                and not _adjective_of(page, i, first)
                and not _relational(page, i)
            ):
                return i
        kind = head_type(page, i)
        complete = complete or is_definite(page, i) or kind == "country" or (i > first and kind is None)
    return None


def _country_apart(page: Page, i: int) -> bool:
    """Whether a country stands at ``i`` after a whole phrase: a definite word, a country, a name."""
    if head_type(page, i) != "country" or is_definite(page, i):
        return False
    before = head_type(page, i - 1)
    return is_definite(page, i - 1) or before in {"country", "group"} or (before is None and bool(page.known[i - 1]))


def _relational(page: Page, i: int) -> bool:
    """Whether a definite adjective of relation stands after a definite singular: ``the Syrian government``."""
    relational = is_definite(page, i) and page.bare(i).endswith(tuple(page.tables.of("nisba")))
    plurals = tuple(page.tables.of("plural-final"))
    return relational and is_definite(page, i - 1) and not page.bare(i - 1).endswith(plurals)


def _second_definite(page: Page, i: int) -> bool:
    """Whether two definite words side by side are subject and object: a plural after a singular, a verbal noun."""
    if not (is_definite(page, i) and is_definite(page, i - 1)) or page.known[i]:
        return False
    plural = tuple(page.tables.of("oblique"))
    if page.bare(i).endswith(plural) and not page.bare(i - 1).endswith(tuple(page.tables.of("plural-final"))):
        return True
    key = page.bare(i)
    article = next((a for a in page.tables.of("article") if key.startswith(a)), "")
    return len(key) > len(article) + 3 and page.tables.masdar_shape(key[len(article) :])


def _accusative(page: Page, i: int) -> bool:
    """Whether an indefinite accusative stands right after a definite word: the object of the verb."""
    finals = tuple(page.tables.of("accusative"))
    indefinite = len(page.form[i]) > 3 and page.form[i].endswith(finals) and not is_definite(page, i)
    return indefinite and is_definite(page, i - 1) and not page.known[i] and not page.has_conjunction(i)


def _adjective_of(page: Page, i: int, first: int) -> bool:
    """Whether the head at ``i`` is tied to the one before it: an idafa needs an indefinite noun before."""
    if i == first or is_definite(page, i - 1):
        return False
    return head_type(page, i - 1) not in {None, "country"} and not _country_apart(page, i)
