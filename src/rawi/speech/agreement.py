"""Agreement: gender and number of a source phrase by its head, and whether a verb can have it as its subject."""

from __future__ import annotations

from rawi.lexicon.reporting import CueForm
from rawi.speech.drafts import Draft, Range
from rawi.speech.page import Page
from rawi.speech.spotting import FINITE


def gender_of(page: Page, span: Range) -> tuple[str, str]:
    """The gender (m, f or empty) and number (s or p) of a source phrase by its head."""
    gender, number = page.named.agreement(*span)
    return gender, "p" if number in {"plural", "dual"} else "s"


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
        oblique = page.key[span[0]].endswith(tuple(page.tables.of("oblique")))
        return form.number == "p" or (form.gender == gender and not oblique)
    if form.number == "p":
        return False
    return form.gender == gender
