"""Agreement: gender and number of a source phrase by its head, and whether a verb can have it as its subject."""

from __future__ import annotations

from rawi.lexicon.reporting import CueForm
from rawi.speech.drafts import Draft, Range
from rawi.speech.noun_phrases import article_off, is_definite
from rawi.speech.page import Page
from rawi.speech.spotting import FINITE


def gender_of(page: Page, span: Range) -> tuple[str, str]:
    """The gender (m, f or empty) and number (s or p) of a source phrase by its head."""
    head = span[0]
    while head < span[1] - 1 and page.is_punct(head):
        head += 1
    stem = article_off(page, page.key[head])
    kind = page.tables.heads.get(stem)
    key = page.bare(head)
    feminine = stem.endswith(tuple(page.tables.of("feminine-final"))) or stem in page.tables.of("feminine-head")
    if kind == "country":
        return ("f", "s")
    plural = stem.endswith(tuple(page.tables.of("plural-final"))) and len(stem) > 4
    if kind is None and not is_definite(page, head):
        return ("", "s")
    if plural and kind in {"official", "group", "witness"}:
        return ("m", "p")
    if stem in page.tables.of("broken-plural"):
        return ("f", "p")
    del key
    return ("f" if feminine else "m", "s")


def agrees(page: Page, draft: Draft, span: Range) -> bool:
    """Whether the verb of ``draft`` can have ``span`` as its subject."""
    return agree(page, draft.form, span)


def agree(page: Page, form: CueForm, span: Range) -> bool:
    """Whether a verb of this form can have ``span`` as its subject; what cannot be told agrees."""
    if form.shape not in FINITE | {"hal"} or form.person == 1:
        return True
    gender, number = gender_of(page, span)
    if not gender:
        return True
    if number == "p":
        return form.number == "p" or (form.number == "s" and (form.gender == gender or form.shape in FINITE))
    if form.number == "p":
        return False
    return form.gender == gender
