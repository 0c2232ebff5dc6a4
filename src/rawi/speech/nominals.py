"""Nouns that report: claims, accusations, calls; and expectations that nobody is named for."""

from __future__ import annotations

from rawi.lexicon.reporting import Cue, CueForm
from rawi.speech.drafts import Draft
from rawi.speech.noun_phrases import is_definite, opens_content, source_right
from rawi.speech.page import COMMAS, STOPS, Page
from rawi.speech.spotting import Spot

REACH = 9
EXPECT = Cue("EXPECT", "", "expect", "doubted", frozenset({"an"}), frozenset({"impersonal"}), "H")


def read_noun(page: Page, spot: Spot, end: int) -> Draft | None:
    """The draft of a noun or masdar cue with its genitive as source and a clause or governed phrase as content."""
    for form in spot.forms:
        if form.shape not in {"noun", "masdar"}:
            continue
        draft = _read(page, spot, form, end)
        if draft:
            return draft
    return None


def _read(page: Page, spot: Spot, form: CueForm, end: int) -> Draft | None:
    frames = form.cue.frames
    opens = marker = None
    limit = min(end, spot.last + REACH)
    for i in range(spot.last, limit):
        key = page.key[i]
        if page.form[i] in COMMAS or page.form[i] in STOPS:
            return None
        if page.is_comp(i) and "an" in frames:
            opens = i
            marker = i - 1 if i > spot.last and page.key[i - 1] in page.tables.of("governed") else i
            break
        if form.shape == "noun" and key in frames and page.is_prep(i) and i + 1 < limit:
            opens, marker = i, i
            break
        if form.shape == "noun" and "n" in frames and i == spot.last and opens_content(page, i):
            opens = marker = i
            break
        if form.shape == "noun" and _glued(page, i, frames) and i > spot.last - 1:
            opens = marker = i
            break
    if opens is None or marker is None:
        return None
    if form.shape == "masdar" and not page.is_comp(opens):
        return None
    if form.shape == "masdar" and not form.suffix and opens - spot.last > 5:
        return None
    draft = Draft([(spot.first, spot.last)], form.cue, form, f"noun-{form.shape}", spot.head, opens=opens)
    about = next((i for i in range(spot.last, marker) if page.key[i] in page.tables.of("about")), marker)
    start = spot.last
    if start < about and page.key[start] in page.tables.of("expect-opener"):
        start += 1
    region = source_right(page, start, about) if start < about else None
    suffixed = form.suffix != "" or page.bare(spot.head).endswith(tuple(page.tables.of("person-suffix")))
    if page.key[spot.head] in page.tables.of("said-inf"):
        draft.hal = True
    elif region is not None:
        draft.source = region
    elif not suffixed or is_definite(page, spot.head):
        draft.impersonal = True
    return draft


def _glued(page: Page, i: int, frames: frozenset[str]) -> bool:
    for proclitic, stem in page.pack.splits(page.key[i]):
        if len(proclitic) == 1 and proclitic in frames and len(stem) > 3 and not page.is_prep(i):
            named = page.tables.masdar_shape(stem) or stem in page.tables.of("content-noun")
            return named and not page.is_comp(i)
    return False


def read_expectation(page: Page, i: int) -> Draft | None:
    """``it is expected that``: an impersonal, doubted statement that opens at token ``i``."""
    if not page.in_class(i, "expect-opener") or i + 2 >= len(page):
        return None
    if page.key[i + 1] not in page.tables.of("expect"):
        return None
    form = CueForm(EXPECT, "impersonal", "", "", 3, "")
    opens = i + 2
    return Draft([(i, i + 2)], EXPECT, form, "expectation", i, opens=opens, impersonal=True)
