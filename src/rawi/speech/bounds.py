"""How far a cue may look: the end of its sentence or quotation, the start of its clause."""

from __future__ import annotations

from rawi.speech.page import Page


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
