"""``X: P``: a colon that makes what stands before it the speaker of what stands after it."""

from __future__ import annotations

from rawi.lexicon.reporting import Cue, CueForm
from rawi.speech.drafts import Draft, Range
from rawi.speech.noun_phrases import head_type, opens_content, source_right
from rawi.speech.page import COMMAS, STOPS, Page
from rawi.speech.spotting import FINITE, Spot

COLON = Cue("COLON", ":", "say", "reported", frozenset({"q"}), frozenset(), "M")
FORM = CueForm(COLON, "colon", "", "", 3, "")
LONGEST = 14
DASHES = frozenset("-\u2013\u2014")


def read_colon(page: Page, colon: int, spots: dict[int, Spot], known: bytearray) -> Draft | None:
    """The draft of a colon at token ``colon``, or None: the phrase before it must be a speaker, with no verb in it.

    ``known[i]`` says that token ``i`` belongs to a known name or place.
    """
    first, last = page.paragraph_of(colon)
    start = max(first, page.sentence_of(colon)[0])
    if page.outer[colon] >= 0 or colon == start or colon + 1 >= last or colon - start > LONGEST:
        return None
    if page.tokens.glued(colon + 1) and page.tokens.kind[colon + 1] == page.tokens.kind[colon - 1] == 1:
        return None
    if any(i in spots and _verb(spots[i]) for i in range(start, colon)):
        return None
    comma = next(
        (i for i in range(colon - 1, start, -1) if page.form[i] in COMMAS and _speaks(page, i + 1, known)), None
    )
    source = source_right(page, start, colon)
    if source is None:
        return None
    if not _speaks(page, source[0], known) and not _capital_speaks(page, start, colon):
        if comma is None:
            return None
        source = source_right(page, comma + 1, colon)
        if source is None:
            return None
    headline = colon < page.tokens.title_end
    if not headline and any(page.form[i] in DASHES for i in range(start, colon)):
        return None
    if headline and not _speaks_surely(page, source, known):
        return None
    if not headline and not page.opens_quote(colon + 1) and start != first:
        return None
    draft = Draft([(colon, colon + 1)], COLON, FORM, "colon", colon, source=source, opens=colon + 1)
    if not page.opens_quote(colon + 1):
        draft.limit = next((i for i in range(colon + 1, last) if page.form[i] in STOPS and page.outer[i] < 0), last)
    return draft


def _verb(spot: Spot) -> bool:
    return any(f.shape in FINITE for f in spot.forms) and not any(f.shape in {"masdar", "noun"} for f in spot.forms)


def _speaks(page: Page, i: int, known: bytearray) -> bool:
    kind = head_type(page, i)
    if kind is not None:
        return kind != "country" and not _by(page, i)
    return bool(known[i]) or (not opens_content(page, i) and _named_in_body(page, i))


def _by(page: Page, i: int) -> bool:
    """Whether a glued ``by`` or ``in`` stands before a common noun: ``in pictures``."""
    return page.key[i] not in page.tables.heads and any(
        proclitic in page.tables.of("glued-by") for proclitic, _ in page.pack.splits(page.key[i])
    )


def _capital_speaks(page: Page, first: int, colon: int) -> bool:
    """Whether a lone country or capital speaks: what follows the colon is quoted or denied in its own voice."""
    lone = colon - first == 1 and head_type(page, first) == "country"
    return lone and (page.opens_quote(colon + 1) or page.in_class(colon + 1, "neg"))


def _speaks_surely(page: Page, source: Range, known: bytearray) -> bool:
    """Whether the phrase has a head or a known name; a word that just comes again takes no preposition."""
    if head_type(page, source[0]) is not None or known[source[0]]:
        return True
    return not any(page.is_prep(i) for i in range(*source))


def _named_in_body(page: Page, i: int) -> bool:
    """Whether the word at ``i`` of a headline comes again in the body: a name that the page speaks of."""
    body = page.tokens.title_end
    if i >= body or len(page.key[i]) < 4 or not page.is_word(i):
        return False
    return page.key[i] in page.key[body:]
